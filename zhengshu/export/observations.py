"""Facts as statistical observations: a row a fact in SDMX-CSV 2.0, as tools of official statistics read it.

https://github.com/sdmx-twg/sdmx-csv — a row has its value, its time in the notations of SDMX, its area and indicator,
and names the article and the fact it comes from, so that two releases may say different things of one figure.
What is no value at a time and a place is left out and counted: ``LEFT_OUT``.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

from schemas import Article, Extraction, Fact, Period, Quantity
from zhengshu.cells import Cell, csv_lines
from zhengshu.export.formats import Choices
from zhengshu.export.places import open_lines
from zhengshu.sinks import Sink

STRUCTURE = ("dataflow", "ZHENGSHU:FACTS(1.0)", "I")
"""What the first three cells of each row say: data of this flow, for information (not to append or replace)."""

COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *("REF_AREA", "INDICATOR", "ASPECT", "BASIS", "SUBJECT", "ARTICLE", "FACT", "TIME_PERIOD"),
    *("OBS_VALUE", "UNIT_MEASURE", "MODIFIER", "BASE_VALUE", "BASE_UNIT"),
    *("INDICATOR_NAME", "REF_AREA_NAME", "SHARE_OF", "PER", "PUBLISHED", "SOURCE"),
)
"""The columns: how the row is meant, its dimensions, its value, its attributes."""

LEFT_OUT = ("rank", "range", "no period", "open period", "no region")
"""Why a fact is no observation, the first that holds."""

NONE = "_Z"
"""What a dimension holds that does not apply: the code of SDMX for it."""

NATION = {"全国": "CN"}
"""Areas outside GB/T 2260 that have a code of ISO 3166."""


@contextmanager
def open_observations(out: str, choices: Choices) -> Iterator["Observations"]:
    """Open the file of observations, or standard output for ``-``."""
    head = ("\ufeff" if choices.bom else "") + csv_lines([COLUMNS])
    with open_lines(out, ".csv", head) as sink:
        yield Observations(sink, choices)


class Observations:
    """Writes a row for each fact that is an observation and counts the others."""

    def __init__(self, sink: Sink, choices: Choices) -> None:
        self._sink = sink
        self._guard = choices.guard
        self._written = 0
        self._left: Counter[str] = Counter()

    def add(self, document: Extraction, article: Article | None) -> None:
        """Write the observations of a document."""
        found = []
        for item in observe(document):
            if isinstance(item, str):
                self._left[item] += 1
            else:
                found.append(item)
        self._written += len(found)
        self._sink.write(document.article.id, csv_lines(found, guard=self._guard))

    def told(self) -> list[str]:
        """Say how many facts were written, and why the others were not."""
        reasons = "; ".join(f"{self._left[reason]:,} {reason}" for reason in LEFT_OUT if self._left[reason])
        told = f"{self._written:,} observations"
        return [f"{told}; {self._left.total():,} facts left out: {reasons}" if reasons else told]


def observe(document: Extraction) -> Iterator[tuple[Cell, ...] | str]:
    """Give each fact of a document as the row of an observation, or why it is none."""
    quantities = {record.id: record for record in document.quantities}
    periods = {record.id: record for record in document.periods}
    for fact in document.facts:
        quantity, period = quantities.get(fact.quantity), periods.get(fact.period or "")
        time = time_period(period) if period else None
        if quantity is None:
            yield "rank"
        elif quantity.high is not None:
            yield "range"
        elif period is None:
            yield "no period"
        elif time is None:
            yield "open period"
        elif fact.region is None:
            yield "no region"
        else:
            yield _row(document, fact, quantity, fact.region, time)


def _row(document: Extraction, fact: Fact, quantity: Quantity, region: str, time: str) -> tuple[Cell, ...]:
    header = document.article
    area = fact.region_code or NATION.get(region, region)
    return (
        *STRUCTURE,
        *(area, fact.indicator_code or fact.indicator, fact.aspect, fact.basis or NONE, fact.subject or NONE),
        *(header.id, fact.id, time),
        *(_signed(quantity.value, fact), quantity.unit, quantity.modifier),
        *(_signed(quantity.base_value, fact), quantity.base_unit),
        *(fact.indicator_name or fact.indicator, region, fact.base, fact.per, header.published, header.source),
    )


def _signed(value: Decimal | None, fact: Fact) -> Decimal | None:
    """Give a fall its minus sign: ``下降3.2% -> -3.2``; in the document ``direction`` says it.

    Copies, for arithmetic rounds to 28 digits.
    """
    return value.copy_abs().copy_negate() if value and fact.direction == "down" else value


def time_period(period: Period) -> str | None:
    """Write a period as SDMX does: ``2021``, ``2021-S1``, ``2021-Q2``, ``2021-06``, ``2021-06-30``, ``2016-01-01/P5Y``.

    Anything else that has both ends is its first day and its length in whole years, months or days. 到2025年 is the
    last day of 2025; other periods with an open end are None.
    """
    start, end = period.start_date, period.end_date
    if period.type == "until" and end is not None:
        start = end
    if start is None or end is None or end < start:
        return None
    if start == end:
        return start.isoformat()
    if start.day > 1 or end.day < monthrange(end.year, end.month)[1]:
        return f"{start.isoformat()}/P{(end - start + timedelta(days=1)).days}D"
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return _months(start, months)


def _months(start: date, months: int) -> str:
    """Write whole months: a year, half, quarter or month of the calendar has a name, the others a length."""
    since = start.month - 1
    year = f"{start.year:04}"
    names = {12: year, 6: f"{year}-S{since // 6 + 1}", 3: f"{year}-Q{since // 3 + 1}", 1: f"{year}-{start.month:02}"}
    if months in names and since % months == 0:
        return names[months]
    length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    return f"{start.isoformat()}/{length}"
