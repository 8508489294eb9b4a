"""Quotations of the view, each with what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.program_found import ProgramFound
from extractors.program_tables import Head, program_words

_QUOTES = re.compile(
    r"“([^“”\n]{1,40})”|‘([^‘’\n]{1,40})’|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|\"([^\"\n]{1,40})\""
)

_CURLY_QUOTES = re.compile(r"“([^“”\n]{1,40})”")
"""The usual ones, found much faster."""


@dataclass(slots=True)
class Quote:
    """A quotation: ``open`` and ``close`` span it with its marks, the content lies one inside."""

    open: int
    close: int
    content: str
    before: str
    after: str


def quotations(text: str) -> Iterator[Quote]:
    """Find every quotation, in text order, whatever its marks."""
    rare = "‘" in text or '"' in text or "「" in text or "『" in text
    for match in (_QUOTES if rare else _CURLY_QUOTES).finditer(text):
        start, end = match.span()
        yield Quote(start, end, text[start + 1 : end - 1], text[max(0, start - 6) : start], text[end : end + 16])


def whole(quote: Quote, kind: str, rule: str) -> ProgramFound:
    """Make a programme of the quoted words without their marks."""
    return ProgramFound(quote.open + 1, quote.close - 1, kind, rule)


def closing_head(content: str, needs: tuple[str, ...] = ("named", "launched", "inside", "bare")) -> Head | None:
    """Give the head that closes quoted words, longest first: ``技改专项贷 -> 贷``."""
    for head in program_words().heads_by_last.get(content[-1:], ()):
        if head.needs in needs and content.endswith(head.text):
            return head
    return None


CLAUSE = re.compile(r"[，。；！？：]|[我你他她它]们?")
