"""A named programme as the stage finds it, and how candidates that overlap settle.

Offsets are code points of the view (``reading.text``), end exclusive.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class ProgramFound:
    """A named programme over a span of the view, its type, and the rule that found it."""

    start: int
    end: int
    type: str
    rule: str


_RANK = {
    "programs.document": 9,
    "programs.known": 3,
    "programs.classed": 2,
    "programs.shared": 2,
    "programs.launched": 1,
    "programs.repeat": 0,
}
"""Which candidate wins where two overlap; then the longer one. Everything else ranks 5."""


def settle(candidates: Iterable[ProgramFound]) -> list[ProgramFound]:
    """Keep the candidates that win where they overlap, in text order."""
    candidates = list(candidates)
    if len(candidates) < 2:
        return candidates
    kept: list[ProgramFound] = []
    taken: set[int] = set()
    for found in sorted(candidates, key=lambda f: (-_RANK.get(f.rule, 5), f.start - f.end, f.start)):
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


def leave_out(found: Iterable[ProgramFound], masked: list[tuple[int, int]]) -> list[ProgramFound]:
    """Leave out what lies inside the title of a document or a film."""
    if not masked:
        return list(found)
    starts = [start for start, _ in masked]
    kept = []
    for candidate in found:
        nearest = bisect_right(starts, candidate.start) - 1
        if nearest < 0 or candidate.end > masked[nearest][1]:
            kept.append(candidate)
    return kept
