"""Statistical statements: a quantity or a rank tied to what it measures."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.mentions import Offset, Record

Aspect = Literal["level", "change", "share", "contribution", "rank", "target"]
Direction = Literal["up", "down"]
Basis = Literal["yoy", "mom", "ytd", "avg", "other"]


class Fact(Record):
    """What a figure says, of whom, when and where; ``quantity`` and ``period`` are ids of records.

    ``indicator`` is what is measured as written: the text of ``indicator_spans`` (code points, end exclusive) put
    together without line breaks. ``base`` is what a share is of, ``per`` what a rate is for (每亩), ``subject`` who
    holds the value where that is not the region.
    """

    id: str
    quantity: str
    indicator: Annotated[str, Field(min_length=1)]
    indicator_spans: Annotated[tuple[tuple[Offset, Offset], ...], Field(min_length=1)]
    indicator_code: str | None
    indicator_name: str | None
    aspect: Aspect
    direction: Direction | None
    basis: Basis | None
    base: str | None
    per: str | None
    period: str | None
    region: str | None
    region_code: str | None
    subject: str | None
    rule: str
