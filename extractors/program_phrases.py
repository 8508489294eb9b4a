"""Phrases in the order in which heads end: a name the nation knows, else a name of its own; and five-year plans."""

import re
from collections.abc import Iterable, Iterator

from extractors.program_found import ProgramFound
from extractors.program_heads import head_at, headed
from extractors.program_names import nationwide
from extractors.program_tables import program_words
from extractors.rules import rule
from schemas.reading import Reading


def phrases(reading: Reading, ends: Iterable[int], chained: set[int]) -> Iterator[ProgramFound]:
    """Phrases that a head closes, and five-year plans; ``chained`` holds where the names found so far end."""
    text = reading.text
    known = frozenset(chained)
    last: ProgramFound | None = None
    for at in ends:
        found = _phrase(reading, at, known, chained)
        if found is None:
            continue
        chained.add(found.end)
        if last is not None and last.end <= found.start:
            yield last
        last = found
    if last is not None:
        yield last
    if "个五年" in text:
        yield from _five_years(text)


def _phrase(reading: Reading, at: int, known: frozenset[int], chained: set[int]) -> ProgramFound | None:
    """Read the name whose last two characters stand at ``at``: one of the nation's, else one of its own."""
    tables, text = program_words(), reading.text
    end = at + 2
    if text[at:end] not in tables.by_end:
        return None if at + 1 in known else headed(reading, at + 1, tables.heads["制"], chained)
    if end in known:
        return None
    head = head_at(text, end)
    own = None if head is None else headed(reading, end, head, chained)
    for name in tables.names_by_end.get(text[end - 3 : end], ()):
        if text.startswith(name, end - len(name)):
            at = end - len(name)
            return own if own is not None and _wider(text, own, at) else nationwide(text, at, name)
    return own


_WIDER = frozenset({"reform", "strategy", "action", "mechanism"})


def _wider(text: str, own: ProgramFound, at: int) -> bool:
    """Tell whether a phrase is a name of its own around one the nation knows: 深化|养老|供给侧结构性改革."""
    if own.rule != "programs.head_launched" or own.type not in _WIDER or not 1 < at - own.start < 5:
        return False
    return not any(mark in text[own.start : at] for mark in "和与及、")


_FIVE_YEARS = re.compile(
    r"(?:国民经济和社会发展)?第[一二三四五六七八九十]{1,3}个五年(?:规划|计划)(?:(?:和20[0-9]{2}年远景目标)?纲要)?"
)


@rule(
    "programs.five_years",
    "programs",
    says=[
        (
            "编制国民经济和社会发展第十三个五年规划纲要。",
            {"text": "国民经济和社会发展第十三个五年规划纲要", "type": "plan"},
        ),
    ],
    refuses=["第五个年头。"],
)
def _five_years(text: str) -> Iterator[ProgramFound]:
    """A plan of the nation for five years: ``第十三个五年规划纲要``."""
    for match in _FIVE_YEARS.finditer(text):
        yield ProgramFound(match.start(), match.end(), "plan", "programs.five_years")
