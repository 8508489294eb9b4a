"""Rewrites of a text that must not change what it says, each with its map from the old offsets to the new ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from schemas import Extraction

ATTRIBUTES = {
    "quantities": ("value", "high", "unit", "modifier", "dimension", "base_value", "base_unit"),
    "periods": ("start_date", "end_date", "type"),
    "ordinals": ("value", "role", "scope", "top"),
    "programs": ("type",),
    "numbers": ("value", "role"),
}
"""What two readings of the same words must agree in, by list of the document."""

DIGIT_WORDS = "零一二三四五六七八九"

Edit = tuple[int, int, str]
"""[start, end) of a text, and what takes its place; an insertion has start == end."""


@dataclass(frozen=True, order=True)
class Mark:
    """What was read from a span: the list it stands in and what it says."""

    kind: str
    start: int
    end: int
    says: tuple[Any, ...]


@dataclass(frozen=True)
class Rewriting:
    """A text with edits applied, and where each character of the old text went."""

    text: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span: what was put in at its edges stays outside, what was put in inside it lies inside."""
        return self.begins[start], self.ends[end - 1]

    def mark(self, mark: Mark) -> Mark:
        return Mark(mark.kind, *self.span(mark.start, mark.end), mark.says)


def rewrite(text: str, edits: Iterable[Edit]) -> Rewriting:
    """Apply edits that do not overlap: ``rewrite("5家", [(0, 1, "五")]).text -> "五家"``."""
    parts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    at = length = 0
    for start, end, new in [*sorted(edits), (len(text), len(text), "")]:
        assert at <= start <= end, "edits overlap"
        parts += [text[at:start], new]
        begins += range(length, length + start - at)
        ends += range(length + 1, length + start - at + 1)
        length += start - at
        begins += [length] * (end - start)
        ends += [length + len(new)] * (end - start)
        length, at = length + len(new), end
    return Rewriting("".join(parts), tuple(begins), tuple(ends))


def marks(document: Extraction, *kinds: str) -> set[Mark]:
    """Collect what a document says, where: of the lists named, else of all."""
    return {
        Mark(kind, row.start, row.end, tuple(getattr(row, name) for name in ATTRIBUTES[kind]))
        for kind in kinds or ATTRIBUTES
        for row in getattr(document, kind)
    }


def changes(expected: set[Mark], found: set[Mark], text: str) -> list[str]:
    """Say what differs between two readings of one text, in order, with a few characters around."""
    rows = [*((m, "lost") for m in expected - found), *((m, "new") for m in found - expected)]
    rows.sort(key=lambda row: (row[0].start, row[0].end, row[0].kind, row[1]))
    return [
        f"{what} {m.kind} {text[max(0, m.start - 15) : m.start]}⟦{text[m.start : m.end]}⟧{text[m.end : m.end + 10]} "
        f"{' '.join(map(str, m.says))}".replace("\n", "↵")
        for m, what in rows
    ]


# --- what a text is made of ------------------------------------------------------------------------------------------

_STOPS = "。！？"
_CLOSERS = "”’」』）》"


def sentences(text: str, joined: Callable[[int], bool] = lambda at: False) -> list[tuple[int, int]]:
    """Give the spans of the sentences: up to 。！？ with what closes behind it, or to a line end that is no wrap."""
    spans: list[tuple[int, int]] = []
    start = i = 0
    while i < len(text):
        if text[i] in _STOPS:
            while i + 1 < len(text) and text[i + 1] in _STOPS + _CLOSERS:
                i += 1
        elif text[i] != "\n" or joined(i):
            i += 1
            continue
        spans.append((start, i + 1))
        start = i = i + 1
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


# --- other ways to write a number --------------------------------------------------------------------------------


def _section(group: int) -> str:
    words, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // scale % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGIT_WORDS[digit] + word
        gap = False
    return words


def chinese(number: int) -> str:
    """Write an integer below 10**16 in Chinese numerals: ``10203 -> 一万零二百零三``, ``12 -> 十二``."""
    if number == 0:
        return "零"
    words, gap = "", False
    for power, myriad in ((3, "万亿"), (2, "亿"), (1, "万"), (0, "")):
        group = number // 10 ** (4 * power) % 10**4
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _section(group) + myriad
        gap = False
    return words.removeprefix("一") if words.startswith("一十") else words


def chinese_decimal(written: str) -> str:
    """Write ``36.30`` as ``三十六点三零``; without a point as :func:`chinese` does."""
    whole, _, decimals = written.partition(".")
    return chinese(int(whole)) + ("点" + "".join(DIGIT_WORDS[int(c)] for c in decimals) if decimals else "")
