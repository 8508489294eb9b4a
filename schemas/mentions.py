"""The records: what each means is in shared/ANNOTATION.md; offsets are code points, end exclusive."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.exact import Exact

Modifier = Literal["exact", "approx", "nearly", "more_than", "at_least", "less_than", "at_most"]
PeriodType = Literal["year", "part", "day", "range", "plan", "relative", "since", "until", "as_of"]
OrdinalRole = Literal["rank", "sequence"]
ProgramType = Literal[
    "plan",
    "action",
    "project",
    "strategy",
    "reform",
    "mechanism",
    "fund",
    "zone",
    "campaign",
    "document",
    "title",
    "other",
]
NumeralRole = Literal["quantity", "period", "ordinal", "name", "word", "label", "list", "unread"]
Severity = Literal["info", "warning", "error"]

Offset = Annotated[int, Field(ge=0)]


class Record(BaseModel):
    """A frozen record that forbids fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Mention(Record):
    """A record over a span of the article: ``text == article.text[start:end]``."""

    id: str
    """Id of the record, unique in its document."""
    start: Offset
    """Offset of the first character in the article, in code points from 0."""
    end: Offset
    """Offset behind the last character."""
    text: str
    """The article from start to end, line breaks included."""


class Numeral(Mention):
    """An entry of the ledger: one numeral with its scale, and what became of it.

    ``value`` is null where it counts nothing; ``record`` is the id of the record that took it.
    """

    value: Exact | None
    """What the numeral is worth by itself, null where it counts nothing."""
    role: NumeralRole
    """What became of the numeral."""
    record: str | None
    """Id of the quantity, period or ordinal that took it, else null."""


class ReadMention(Mention):
    """A mention that a rule read; ``rule`` is its name: ``quantities.amount``, ``periods.range``."""

    rule: str
    """Name of the rule that read the record."""


class Quantity(ReadMention):
    """A number with its unit: ``5600余亿元 -> 560000000000 元, more_than``.

    ``high`` is the upper end of a range. ``base_value`` is ``value`` in ``base_unit``: an SI symbol,
    an ISO 4217 code, or ``1`` for counts and ratios; both null where the unit has no such base.
    """

    value: Exact
    """The number multiplied out, of a range the lower end."""
    high: Exact | None
    """Upper end of a range, else null."""
    unit: str | None
    """Canonical unit after scale words, null where the number stands bare."""
    unit_text: str | None
    """Unit as written, with its scale word."""
    dimension: str | None
    """What the unit measures."""
    modifier: Modifier
    """How exact the number is, by the hedge beside it."""
    base_value: Exact | None
    """Value in base_unit, null where there is no such unit."""
    base_unit: str | None
    """Coherent SI unit, ISO 4217 code, or 1 for counts and ratios; null where there is none."""


class Period(ReadMention):
    """Calendar time: ISO dates, both inclusive; null where open or unknown."""

    start_date: date | None
    """First day, null where open or unknown."""
    end_date: date | None
    """Last day, inclusive; null where open or unknown."""
    type: PeriodType
    """Kind of period."""


class Ordinal(ReadMention):
    """A rank or a sequence number: ``第3位 -> 3, rank, scope 全省``."""

    value: Exact
    """The rank or the place in the sequence."""
    role: OrdinalRole
    """Whether it is a rank among peers or a sequence number."""
    scope: str | None
    """The peers as written, null where none."""
    top: bool
    """Whether it only says to be among the first so many (前十)."""


class Program(ReadMention):
    """A named government programme; ``name`` is ``text`` without line breaks."""

    name: str
    """The text without line breaks."""
    type: ProgramType
    """Kind of programme."""


class Finding(Record):
    """Something a reader should know of the reading: never a silent guess, never a silent drop."""

    code: str
    """What was found."""
    severity: Severity
    """How grave it is: info, warning or error."""
    message: str
    """One sentence for a reader."""
    start: Offset
    """Offset of the first character concerned, in code points from 0."""
    end: Offset
    """Offset behind the last character concerned."""
