"""Further occurrences of a name that the article has introduced."""

import re
from collections.abc import Iterable, Iterator

from extractors.program_found import ProgramFound
from extractors.program_left import WORDLIKE
from extractors.program_tables import spelled
from extractors.rules import rule

_REPEATED = frozenset(
    f"programs.{name}"
    for name in (
        *("branded", "theme", "closed", "counted", "launched", "classed", "measures", "title", "around"),
        "head_launched",
    )
)

_THEMES = frozenset({"programs.branded", "programs.theme", "programs.launched", "programs.classed", "programs.title"})
"""Quoted words that may be common words elsewhere: unquoted repeats need a mark of punctuation beside them."""


@rule(
    "programs.repeat",
    "programs",
    says=[
        ("实施“三年登高计划”。各县围绕三年登高计划抓落实。", {"text": "三年登高计划", "type": "plan"}),
    ],
    refuses=["当地落实政策，政策见效。"],
)
def repeats(text: str, kept: list[ProgramFound]) -> Iterator[ProgramFound]:
    """Every further occurrence of a name that the article has introduced: ``“三年跨越计划” … 三年跨越计划``."""
    names = {text[found.start : found.end]: found for found in kept if found.rule in _REPEATED}
    if not names:
        return
    for name, start in _occurrences(text, names):
        end, first = start + len(name), names[name]
        quoted = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
        edge = not WORDLIKE.match(text[start - 1 : start] or " ") or not WORDLIKE.match(text[end : end + 1] or " ")
        if quoted or ((len(name) >= 4 or first.rule == "programs.branded") and (edge or first.rule not in _THEMES)):
            yield ProgramFound(start, end, first.type, "programs.repeat")


_OPENING = frozenset('“‘「『"')

_CLOSING = frozenset('”’」』"')

_FEW = 40


def _occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Find every place of every name; many names are sought in one pass, so that time stays linear."""
    several = [name for name in names if text.count(name) > 1] if len(list(names)) <= _FEW else list(names)
    if len(several) > _FEW:
        for match in re.finditer(spelled(several), text):
            yield match.group(), match.start()
        return
    for name in several:
        start = text.find(name)
        while start >= 0:
            yield name, start
            start = text.find(name, start + len(name))
