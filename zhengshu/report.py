"""What a run tells its reader: a short table, and one sentence with the records read from it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from unicodedata import east_asian_width

from schemas import Extraction, Mention
from schemas.exact import plain
from schemas.mentions import Record
from zhengshu.batch import KINDS, Done

MAX_ROWS = 40
"""A longer table is no short one; the rows left out are counted in the totals."""

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_MAX_ID_WIDTH = 44


class Table:
    """Collects the rows of a run; memory stays flat however long the run is."""

    def __init__(self) -> None:
        self.rows: list[Done] = []
        self.done = 0
        self.failed = 0
        self.characters = 0
        self.counts = [0] * len(KINDS)
        self.seconds = 0.0

    def add(self, done: Done) -> None:
        """Count one document in."""
        self.done += 1
        self.characters += done.characters
        self.counts = [total + count for total, count in zip(self.counts, done.counts, strict=True)]
        self.seconds += done.seconds
        if len(self.rows) < MAX_ROWS:
            self.rows.append(done)

    def __str__(self) -> str:
        rows = [["article", *KINDS, "seconds"]]
        rows += [[shorten(r.id, _MAX_ID_WIDTH), *map(str, r.counts), f"{r.seconds:.3f}"] for r in self.rows]
        if self.done > len(self.rows):
            rows.append([f"and {self.done - len(self.rows)} more", *[""] * (len(KINDS) + 1)])
        what = f"{self.done} article" + ("s" if self.done != 1 else "")
        what += f", {self.failed} failed" if self.failed else ""
        rows.append([what, *map(str, self.counts), f"{self.seconds:.3f}"])
        return "\n".join(align(rows))


def width(text: str) -> int:
    """Count terminal columns: a Chinese character takes two. ``"GDP增长" -> 7``."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def shorten(text: str, columns: int) -> str:
    """Cut a text to at most so many columns, with an ellipsis where something was cut."""
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[:-1]
    return text + "…"


def align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lay rows out in columns: the first to the left, numbers to the right; a rule under the head."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    for number, row in enumerate(rows):
        first = row[0] + " " * (widths[0] - width(row[0]))
        rest = (" " * (columns - width(cell)) + cell for cell, columns in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([first, *rest]).rstrip()
        if number == 0:
            yield "─" * (sum(widths) + 2 * (len(widths) - 1))


def specimen(documents: Iterable[tuple[Extraction, str]]) -> str | None:
    """Show the sentence with the greatest variety of records, and the records under it.

    Among equals the shorter sentence wins, then the earlier one.
    """
    best: tuple[tuple[int, int, int], str, list[Mention]] | None = None
    for document, text in documents:
        mentions = [*document.quantities, *document.periods, *document.ordinals, *document.programs]
        for sentence in _SENTENCE.finditer(text):
            inside = [m for m in mentions if sentence.start() <= m.start and m.end <= sentence.end()]
            kinds = len({type(mention) for mention in inside})
            rank = (kinds, min(len(inside), 6), -len(sentence[0]))
            if inside and (best is None or rank > best[0]):
                best = (rank, sentence[0].strip(), sorted(inside, key=lambda m: m.start))
    if best is None:
        return None
    rows = [["", "text", "read as"], *([type(m).__name__.lower(), m.text, read_as(m)] for m in best[2])]
    widths = [max(width(row[i]) for row in rows) for i in range(2)]
    lines = [
        "  ".join([*(c + " " * (w - width(c)) for c, w in zip(row, widths, strict=False)), row[2]]) for row in rows
    ]
    return "\n".join([best[1], "", *(f"  {line}" for line in lines[1:])])


_SHOWN_ELSEWHERE = ("id", "start", "end", "text", "rule")


def read_as(record: Record, without: Sequence[str] = _SHOWN_ELSEWHERE) -> str:
    """Show the fields of a record on one line, without where it stands: ``value=30000 unit=户``."""
    values = ((name, value) for name, value in record if name not in without)
    return " ".join(f"{name}={_show(value)}" for name, value in values if value is not None and value is not False)


def _show(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
