"""What the readers of calendar time hand on: periods, the points they are made of, and what governs the next one."""

from dataclasses import dataclass, field
from datetime import date

from extractors.dates import Span
from extractors.numerals import chinese_integer


@dataclass(slots=True)
class PeriodFound:
    """A period of the view: [start, end), its dates (inclusive; None where open or unknown), its type, its rule."""

    start: int
    end: int
    start_date: date | None
    end_date: date | None
    type: str
    rule: str = "periods.point"


@dataclass(slots=True)
class Point:
    """One place on the calendar: its span in the view, its dates, and what it names."""

    start: int
    end: int
    dates: Span
    type: str
    year: int | None = None
    month: int | None = None
    explicit: bool = False
    same_period: bool = False
    rule: str = "periods.point"


@dataclass(slots=True)
class Context:
    """What governs a bare expression: the publication, the paragraph's year and month, the sentence's period."""

    plan: tuple[int, int] | None = None
    year: int | None = None
    told: int | None = None
    month: int | None = None
    day: date | None = None
    sentence: PeriodFound | None = None
    years_ahead: dict[int, int | None] = field(default_factory=dict)


def integer(text: str) -> int:
    """Read a short integer in either script: ``12``, ``十二``, ``两``."""
    if text.isdecimal() and text.isascii():
        return int(text)
    if all(c in "〇零0一二三四五六七八九" for c in text) and len(text) == 4:
        return int("".join(str("〇一二三四五六七八九".find(c.replace("零", "〇").replace("0", "〇"))) for c in text))
    return chinese_integer(text) or 0
