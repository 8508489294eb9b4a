"""The article as the rules read it: a view with its way back to the source, and its words on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Words(Protocol):
    """The words of a view, segmented where somebody asks."""

    def word(self, position: int) -> tuple[int, int]:
        """Give the span (start, end) of the word that covers the character at ``position``."""

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the spans of the words that overlap [start, end), in order; punctuation is one word a character."""


@dataclass(frozen=True, slots=True)
class Join:
    """A hard line break that the view leaves out: [start, end) in the source, and the evidence."""

    start: int
    end: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A view of ``source``: digits half-width, characters simplified, hard line breaks rejoined.

    ``offsets[i]`` is the source offset of view character ``i``; None where both have the same length.
    """

    source: str
    text: str
    offsets: Sequence[int] | None
    joins: tuple[Join, ...]
    words: Words
    published: date | None = None
    region: str | None = None
    title: str | None = None
    publisher: str | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the view to the span of the source: a rejoined break lies inside it."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1
