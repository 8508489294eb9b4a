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

_SENTENCE_END = re.compile(r"[。！？\n]")
_CLAUSE_END = re.compile(
    r"[，；：。！？\n（）(),;: \u3000](?:(?<=[，；：。！？\n（）()])|(?<=[,;:])(?:(?<![0-9].)|(?![0-9]))"
    r"|(?<=[\u4e00-\u9fa5][ \u3000])[ \u3000]*(?=[\u4e00-\u9fa5“]))"
)
"""A mark begins the pattern, for speed: what must stand around it is asked where one is found."""


@dataclass(slots=True)
class Figure:
    """A quantity or a rank that may carry a fact; ``index`` is its place among those of its kind.

    ``unit`` is the canonical unit, ``dimension`` what it measures; None for a bare number and a rank.
    """

    start: int
    end: int
    index: int
    quantity: QuantityFound | None = None
    rank: OrdinalFound | None = None
    unit: str | None = field(init=False)
    dimension: str | None = field(init=False)

    def __post_init__(self) -> None:
        unit = self.quantity.unit if self.quantity is not None else None
        self.unit, self.dimension = (unit.name, unit.dimension) if unit is not None else (None, None)


@dataclass(slots=True)
class Clause:
    """A stretch between two marks, with the mark in front of it and the figures and periods inside."""

    start: int
    end: int
    mark: str
    figures: list[Figure] = field(default_factory=list)
    periods: list[int] = field(default_factory=list)
    governed: int = 0
    """How many of the periods were looked at for what governs; figures are read from left to right."""


@dataclass(slots=True)
class Sentence:
    """A sentence with figures, or with periods alone (one clause then); ``paragraph`` is where its paragraph begins."""

    start: int
    end: int
    paragraph: int
    clauses: list[Clause] = field(default_factory=list)
    figured: bool = False


def figures_of(quantities: Sequence[QuantityFound], ordinals: Sequence[OrdinalFound]) -> list[Figure]:
    """List the quantities and the ranks in text order."""
    figures = [Figure(q.start, q.end, i, quantity=q) for i, q in enumerate(quantities)]
    figures += [Figure(o.start, o.end, i, rank=o) for i, o in enumerate(ordinals) if o.role == "rank"]
    figures.sort(key=lambda figure: figure.start)
    return figures


def sentences(text: str, figures: Sequence[Figure], periods: Sequence[PeriodFound]) -> Iterator[Sentence]:
    """Yield the sentences with a figure or a period, up to the last figure, cut into clauses; pass over the others."""
    starts = [period.start for period in periods]
    firsts = [figure.start for figure in figures]
    at = i = p = 0
    while i < len(figures):
        first = min(firsts[i], starts[p]) if p < len(periods) else firsts[i]
        start = _before(text, first, at)
        end = _sentence_end(text, first, figures, i)
        upto_figure, upto_period = bisect_left(firsts, end, i), bisect_left(starts, end, p)
        sentence = Sentence(start, end, text.rfind("\n", 0, start) + 1 if start else 0)
        if upto_figure > i:
            sentence.figured = True
            sentence.clauses = _clauses(text, sentence, figures[i:upto_figure], periods, range(p, upto_period))
        else:
            sentence.clauses = [Clause(start, end, "", [], list(range(p, upto_period)))]
        yield sentence
        at, i, p = end, upto_figure, upto_period


def _before(text: str, position: int, floor: int) -> int:
    """Give where the sentence around ``position`` begins, looking back no farther than ``floor``."""
    start = text.rfind("\n", floor, position) + 1 or floor
    for mark in "。！？":
        start = text.rfind(mark, start, position) + 1 or start
    return start


def _sentence_end(text: str, position: int, figures: Sequence[Figure], i: int) -> int:
    """Find the mark that ends the sentence around ``position``; none inside a figure counts."""
    while True:
        match = _SENTENCE_END.search(text, position)
        if match is None:
            return len(text)
        at = match.start()
        while i < len(figures) and figures[i].end <= at:
            i += 1
        if i == len(figures) or figures[i].start > at:
            return match.end()
        position = figures[i].end


def _clauses(
    text: str, sentence: Sentence, figures: Sequence[Figure], periods: Sequence[PeriodFound], inside: range
) -> list[Clause]:
    """Cut a sentence at its marks, but never inside a figure or a period; give each clause what begins in it."""
    clauses, clause = [], Clause(sentence.start, sentence.end, "")
    f, p = 0, inside.start
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        at = match.start()
        while f < len(figures) and figures[f].start < at:
            clause.figures.append(figures[f])
            f += 1
        while p < inside.stop and periods[p].start < at:
            clause.periods.append(p)
            p += 1
        if (clause.figures and clause.figures[-1].end > at) or (
            clause.periods and periods[clause.periods[-1]].end > at
        ):
            continue
        clause.end = at
        clauses.append(clause)
        clause = Clause(match.end(), sentence.end, match.group())
    clause.figures.extend(figures[f:])
    clause.periods.extend(range(p, inside.stop))
    if clause.start < clause.end or clause.figures or clause.periods:
        clauses.append(clause)
    return clauses
