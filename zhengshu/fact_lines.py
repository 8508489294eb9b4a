"""Facts as flat lines for a table: one line a fact, with its figure, its period and the sentence it stands in.

The cells are those of the document, joined by their ids; CSV is that of RFC 4180, JSONL an object a line.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from schemas import Article, Extraction, Fact, Ordinal, Period, Quantity
from schemas.exact import plain
from zhengshu import cells
from zhengshu.cells import Cell
from zhengshu.evidence import Sentences, one_line

Line = dict[str, Cell]
Figure = Quantity | Ordinal

COLUMNS = (
    *("article", "title", "publisher", "published", "fact", "indicator", "indicator_code", "indicator_name"),
    *("figure", "value", "high", "unit", "modifier", "rank", "scope", "top"),
    *("period", "period_start", "period_end", "period_type"),
    *("aspect", "direction", "basis", "base", "per", "region", "region_code", "subject", "rule"),
    *("evidence", "figure_start", "figure_end", "indicator_spans", "evidence_start", "evidence_end"),
)
"""The columns of every line, in their order."""

_OF_FACT = tuple(name for name in Fact.model_fields if name in COLUMNS and name != "period")


@dataclass(frozen=True, slots=True)
class LineFormat:
    """A way to write the lines: the suffix of its file, what stands above them, the lines of one document."""

    suffix: str
    head: str
    write: Callable[[Extraction, Article], str]


def fact_lines(document: Extraction, text: str) -> Iterator[Line]:
    """Yield a line for each fact of a document; every line has every one of ``COLUMNS``, None where there is nothing.

    ``产值达86.5亿元 -> {"indicator": "产值", "value": Decimal("8650000000"), "unit": "元", "aspect": "level", …}``
    """
    if not document.facts:
        return
    records: tuple[Figure, ...] = (*document.quantities, *document.ordinals)
    figures = {record.id: record for record in records}
    periods = {record.id: record for record in document.periods}
    sentences = Sentences(document, text)
    header = document.article
    about = {"article": header.id, "title": header.title, "publisher": header.publisher}
    about["published"] = header.published.isoformat() if header.published else None
    for fact in document.facts:
        figure = figures[fact.quantity]
        start, end = sentences.around(figure.start, figure.end, fact.indicator_spans)
        line = about | figure_cells(figure) | _period(periods[fact.period] if fact.period else None)
        line |= {name: getattr(fact, name) for name in _OF_FACT}
        line |= {"fact": fact.id, "figure_start": figure.start, "figure_end": figure.end}
        line |= {"evidence": text[start:end], "evidence_start": start, "evidence_end": end}
        yield {name: _one_line(line[name]) if name != "article" else line[name] for name in COLUMNS}


def figure_cells(figure: Figure) -> Line:
    """Give the cells of a figure: a rank has its own, so that nobody adds it to amounts."""
    line: Line = dict.fromkeys(("figure", "value", "high", "unit", "modifier", "rank", "scope", "top"))
    line["figure"] = figure.text
    if isinstance(figure, Ordinal):
        return line | {"rank": figure.value, "scope": figure.scope, "top": figure.top}
    return line | {"value": figure.value, "high": figure.high, "unit": figure.unit, "modifier": figure.modifier}


def _period(period: Period | None) -> Line:
    if period is None:
        return dict.fromkeys(("period", "period_start", "period_end", "period_type"))
    return {
        "period": period.text,
        "period_start": period.start_date.isoformat() if period.start_date else None,
        "period_end": period.end_date.isoformat() if period.end_date else None,
        "period_type": period.type,
    }


def _one_line(cell: Cell) -> Cell:
    """Leave out the line breaks of a text, so that a fact is one line of the file whatever reads it."""
    return one_line(cell) if isinstance(cell, str) else cell


# --- the formats --------------------------------------------------------------------------------------------------


def csv_lines(document: Extraction, article: Article) -> str:
    """Write the lines of a document as CSV: nothing where it has no fact."""
    return cells.csv_lines(line.values() for line in fact_lines(document, article.text))


def json_lines(document: Extraction, article: Article) -> str:
    """Write the lines of a document as JSON, an object each, numbers as strings as in the document."""
    found = fact_lines(document, article.text)
    return "".join(json.dumps(line, ensure_ascii=False, default=plain) + "\n" for line in found)


FORMATS = {
    "facts-csv": LineFormat(".csv", cells.csv_lines([COLUMNS]), csv_lines),
    "facts-jsonl": LineFormat(".jsonl", "", json_lines),
}
"""The formats of ``extract`` that write facts, by their names."""
