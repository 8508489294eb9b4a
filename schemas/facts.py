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
    """Id of the fact, unique in its document."""
    quantity: str
    """Id of the quantity or of the ordinal that is the figure."""
    indicator: Annotated[str, Field(min_length=1)]
    """What is measured, as written, without line breaks."""
    indicator_spans: Annotated[tuple[tuple[Offset, Offset], ...], Field(min_length=1)]
    """Where the indicator stands: pairs of start and end in code points, end exclusive."""
    indicator_code: str | None
    """Code of the official indicator, our own; null where it is none."""
    indicator_name: str | None
    """Canonical name of the official indicator, null where it is none."""
    aspect: Aspect
    """What the figure is to its indicator: a level, a change, a share, a contribution, a rank or a target."""
    direction: Direction | None
    """Where a change goes, up or down; null of what is no change."""
    basis: Basis | None
    """What a change is against: yoy, mom, ytd, avg or other; null where there is none."""
    base: str | None
    """What a share or a contribution is of, as written; null where there is none."""
    per: str | None
    """What a rate is for, as written (每亩); null where there is none."""
    period: str | None
    """Id of the period that governs the figure, null where there is none."""
    region: str | None
    """Region that the figure is of, by its full name; null where none is known."""
    region_code: str | None
    """Code of the region in GB/T 2260 when the article was published, null where it has none."""
    subject: str | None
    """Who holds the value where that is not the region, as written; else null."""
    rule: str
    """Name of the rule that read the fact."""
