"""Cut a text into the clauses that its figures stand in: a figure is read with what its own clause says.

Offsets are code points of the view, end exclusive.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.ordinals import OrdinalFound
from extractors.periods import PeriodFound
from extractors.slots import QuantityFound

_SENTENCE_END = re.compile(r"[。！？\n]|(?<=[^0-9])!|(?<=[\u4e00-\u9fa5])\?")
_CLAUSE_END = re.compile(r"[，；：。！？\n（）()]|(?<![0-9])[,;:]|[,;:](?![0-9])")
MAX_CLAUSE = 300
"""A longer run without a mark is no clause: only so much of it in front of a figure is looked at."""


@dataclass(slots=True)
class Figure:
    """A quantity or a rank that may carry a fact; ``index`` is its place among those of its kind."""

    start: int
    end: int
    index: int
    quantity: QuantityFound | None = None
    rank: OrdinalFound | None = None


@dataclass(slots=True)
class Clause:
    """A stretch between two marks, with the mark in front of it and the figures and periods inside."""

    start: int
    end: int
    mark: str
    figures: list[Figure] = field(default_factory=list)
    periods: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """A sentence that holds figures; ``paragraph`` is where its paragraph begins."""

    start: int
    end: int
    paragraph: int
    clauses: list[Clause] = field(default_factory=list)


def figures_of(quantities: Sequence[QuantityFound], ordinals: Sequence[OrdinalFound]) -> list[Figure]:
    """List the quantities and the ranks in text order."""
    figures = [Figure(q.start, q.end, i, quantity=q) for i, q in enumerate(quantities)]
    figures += [Figure(o.start, o.end, i, rank=o) for i, o in enumerate(ordinals) if o.role == "rank"]
    figures.sort(key=lambda figure: figure.start)
    return figures


def sentences(text: str, figures: Sequence[Figure], periods: Sequence[PeriodFound]) -> Iterator[Sentence]:
    """Yield the sentences that hold a figure or a period, cut into clauses; the others are passed over."""
    starts = [period.start for period in periods]
    at = i = p = 0
    while i < len(figures) or p < len(periods):
        first = min(figures[i].start if i < len(figures) else len(text), starts[p] if p < len(periods) else len(text))
        start = _sentence_start(text, first, at)
        end = _sentence_end(text, first, figures, i)
        sentence = Sentence(start, end, text.rfind("\n", 0, start) + 1 if start else 0)
        upto_figure = _upto(figures, i, end)
        upto_period = bisect_left(starts, end, p)
        if upto_figure > i:
            sentence.clauses = _clauses(text, sentence, figures[i:upto_figure], periods, range(p, upto_period))
        elif upto_period > p:
            sentence.clauses = [Clause(start, end, "", [], list(range(p, upto_period)))]
        yield sentence
        at, i, p = end, upto_figure, upto_period


def _upto(figures: Sequence[Figure], i: int, end: int) -> int:
    while i < len(figures) and figures[i].start < end:
        i += 1
    return i


def _sentence_start(text: str, position: int, floor: int) -> int:
    start = max(text.rfind(mark, floor, position) for mark in "。！？\n") + 1
    return max(start, floor)


def _sentence_end(text: str, position: int, figures: Sequence[Figure], i: int) -> int:
    """Find the mark that ends the sentence around ``position``; none inside a figure counts."""
    while True:
        match = _SENTENCE_END.search(text, position)
        if match is None:
            return len(text)
        while i < len(figures) and figures[i].end <= match.start():
            i += 1
        if i < len(figures) and figures[i].start <= match.start():
            position = figures[i].end
            continue
        return match.end()


def _clauses(
    text: str, sentence: Sentence, figures: Sequence[Figure], periods: Sequence[PeriodFound], inside: range
) -> list[Clause]:
    """Cut a sentence at its marks, but never inside a figure or a period."""
    solid = sorted([(f.start, f.end) for f in figures] + [(periods[p].start, periods[p].end) for p in inside])
    clauses, start, mark, s = [], sentence.start, "", 0
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        while s < len(solid) and solid[s][1] <= match.start():
            s += 1
        if s < len(solid) and solid[s][0] <= match.start():
            continue
        clauses.append(Clause(start, match.start(), mark))
        start, mark = match.end(), match.group()
    if start < sentence.end:
        clauses.append(Clause(start, sentence.end, mark))
    _distribute(clauses, figures, periods, inside)
    return clauses


def _distribute(
    clauses: list[Clause], figures: Sequence[Figure], periods: Sequence[PeriodFound], inside: range
) -> None:
    """Put each figure and each period into the clause that it begins in."""
    starts = [clause.start for clause in clauses]
    for figure in figures:
        clauses[max(0, bisect_left(starts, figure.start + 1) - 1)].figures.append(figure)
    for p in inside:
        clauses[max(0, bisect_left(starts, periods[p].start + 1) - 1)].periods.append(p)
