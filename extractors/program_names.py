"""Names the whole nation knows, and where names may stand."""

import re
from collections.abc import Iterable, Iterator

from extractors.program_found import ProgramFound
from extractors.program_tables import BEFORE_LEVEL, LEVELS, program_words
from extractors.rules import rule

_SECTION = re.compile(
    r"(?:(?:[一二三四五六七八九东中西南北]{1,2}[线期段]){0,4}(?:(?:(?!重点|两大|首个|控制|节点|重大|世纪)[^\W的和与及是在了等将已为有]){1,8}?)?工程)?"
)
"""The part of a national project: 西气东输|二线西段工程, 南水北调|中线引江补汉工程."""

_MANY_CHIEFS = "河湖林田路街山湾库渠塘链群"
"""河长制 has longer forms: 河湖|长制 is one name."""


def nationwide(text: str, start: int, name: str) -> ProgramFound | None:
    """A name the whole nation knows: ``共建一带一路 -> 一带一路``; a company of that name is none."""
    end, kind = start + len(name), program_words().names[name]
    if text.startswith(program_words().bodies, end + (text[end : end + 1] in ("”", "’"))):
        return None
    if kind == "project" and not name.endswith("工程"):
        section = _SECTION.match(text, end)
        end = section.end() if section else end
    if name.endswith("长制"):
        while text[start - 1 : start] and text[start - 1] in _MANY_CHIEFS:
            start -= 1
    if text.startswith("集团", end) or (text[start].isdigit() and text[start - 1 : start].isdigit()):
        return None
    return ProgramFound(start, end, kind, "programs.known")


def seek(text: str) -> tuple[list[int], list[int], list[int]]:
    """Find, in one pass, where heads may end, names of the nation may begin, and levels stand behind an award."""
    tables = program_words()
    head_ends, known_begins = tables.head_ends, tables.known_begins
    heads: list[int] = []
    names: list[int] = []
    levels: list[int] = []
    for match in tables.sign.finditer(text):
        at = match.start()
        pair = text[at : at + 2]
        if pair in head_ends:
            heads.append(at)
        if pair in known_begins:
            names.append(at)
        if pair[0] in BEFORE_LEVEL and text.startswith(LEVELS, at + 1):
            levels.append(at + 1)
    return heads, names, levels


@rule(
    "programs.known",
    "programs",
    says=[
        ("高质量共建“一带一路”，南水北调中线一期工程供水。", {"text": "一带一路", "type": "strategy"}),
        ("高质量共建“一带一路”，南水北调中线一期工程供水。", {"text": "南水北调中线一期工程", "type": "project"}),
        ("社会主义教育运动在全县展开。", {"text": "社会主义教育运动", "type": "action"}),
        ("全面推行河长制。", {"text": "河长制", "type": "mechanism"}),
        ("落实河湖长制。", {"text": "河湖长制", "type": "mechanism"}),
    ],
    refuses=["中国南水北调集团发布消息。", "全国“扫黄打非”办公室通报情况。"],
)
def known_names(text: str, begins: Iterable[int]) -> Iterator[ProgramFound]:
    """Find the names that no head closes; those with a head are found with the phrases."""
    tables, past = program_words(), 0
    for start in begins:
        match = tables.known.match(text, start) if start >= past else None
        if match is not None and match.end() > start:
            past = match.end()
            found = nationwide(text, start, match.group())
            if found is not None:
                yield found
    if any(mark in text for mark in tables.pair_marks):
        for match in tables.pair_names.finditer(text):
            yield ProgramFound(match.start(), match.end(), tables.names[match.group()], "programs.known")
