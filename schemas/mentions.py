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

    model_config = ConfigDict(frozen=True, extra="forbid")


class Mention(Record):
    """A record over a span of the article: ``text == article.text[start:end]``."""

    id: str
    start: Offset
    end: Offset
    text: str


class Numeral(Mention):
    """An entry of the ledger: one numeral with its scale, and what became of it.

    ``value`` is null where it counts nothing; ``record`` is the id of the record that took it.
    """

    value: Exact | None
    role: NumeralRole
    record: str | None


class ReadMention(Mention):
    """A mention that a rule read; ``rule`` is its name: ``quantities.amount``, ``periods.range``."""

    rule: str


class Quantity(ReadMention):
    """A number with its unit: ``5600余亿元 -> 560000000000 元, more_than``.

    ``high`` is the upper end of a range. ``base_value`` is ``value`` in ``base_unit``: an SI symbol,
    an ISO 4217 code, or ``1`` for counts and ratios; both null where the unit has no such base.
    """

    value: Exact
    high: Exact | None
    unit: str | None
    unit_text: str | None
    dimension: str | None
    modifier: Modifier
    base_value: Exact | None
    base_unit: str | None


class Period(ReadMention):
    """Calendar time: ISO dates, both inclusive; null where open or unknown."""

    start_date: date | None
    end_date: date | None
    type: PeriodType


class Ordinal(ReadMention):
    """A rank or a sequence number: ``第3位 -> 3, rank, scope 全省``."""

    value: Exact
    role: OrdinalRole
    scope: str | None
    top: bool


class Program(ReadMention):
    """A named government programme; ``name`` is ``text`` without line breaks."""

    name: str
    type: ProgramType


class Finding(Record):
    """Something a reader should know of the reading: never a silent guess, never a silent drop."""

    code: str
    severity: Severity
    message: str
    start: Offset
    end: Offset
