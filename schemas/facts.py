"""Statistical statements: a quantity or a rank tied to what it measures."""

from typing import Literal

from schemas.mentions import Record

Aspect = Literal["level", "change", "share", "contribution", "rank", "target"]
Direction = Literal["up", "down"]
Basis = Literal["yoy", "mom", "ytd", "avg", "other"]


class Fact(Record):
    """What a figure says, of whom, when and where; ``quantity`` and ``period`` are ids of records."""

    id: str
    quantity: str
    indicator: str
    aspect: Aspect
    direction: Direction | None
    basis: Basis | None
    base: str | None
    period: str | None
    region: str | None
    region_code: str | None
    subject: str | None
    rule: str
