"""Facts as flat lines for a table: one line a fact, with its figure, its period and the sentence it stands in.

The cells are those of the document, joined by their ids; CSV is that of RFC 4180, JSONL an object a line.
"""

import csv
import io
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from schemas import Article, Extraction, Fact, Ordinal, Period, Quantity
from schemas.exact import plain

Cell = str | int | bool | Decimal | tuple[tuple[int, int], ...] | None
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

_REACH = 400
"""A sentence is shown so many characters to either side of what it proves: some texts are one sentence."""

_END = re.compile(r"[。！？!?]+[”’」』）)]*|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = " \t\n\r\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000"
_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


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
    ends = _sentence_ends(document, text)
    header = document.article
    about = {"article": header.id, "title": header.title, "publisher": header.publisher}
    about["published"] = header.published.isoformat() if header.published else None
    for fact in document.facts:
        figure = figures[fact.quantity]
        start, end = _evidence(text, ends, figure, fact)
        cells = about | _figure(figure) | _period(periods[fact.period] if fact.period else None)
        cells |= {name: getattr(fact, name) for name in _OF_FACT}
        cells |= {"fact": fact.id, "figure_start": figure.start, "figure_end": figure.end}
        cells |= {"evidence": text[start:end], "evidence_start": start, "evidence_end": end}
        yield {name: _one_line(cells[name]) if name != "article" else cells[name] for name in COLUMNS}


def _figure(figure: Figure) -> Line:
    """Give the cells of a figure: a rank has its own, so that nobody adds it to amounts."""
    cells: Line = dict.fromkeys(("value", "high", "unit", "modifier", "rank", "scope", "top"))
    cells["figure"] = figure.text
    if isinstance(figure, Ordinal):
        return cells | {"rank": figure.value, "scope": figure.scope, "top": figure.top}
    return cells | {"value": figure.value, "high": figure.high, "unit": figure.unit, "modifier": figure.modifier}


def _period(period: Period | None) -> Line:
    if period is None:
        return dict.fromkeys(("period", "period_start", "period_end", "period_type"))
    return {
        "period": period.text,
        "period_start": period.start_date.isoformat() if period.start_date else None,
        "period_end": period.end_date.isoformat() if period.end_date else None,
        "period_type": period.type,
    }


def _sentence_ends(document: Extraction, text: str) -> list[int]:
    """List where sentences end: at a mark, or at a line break that was not read across, and at the text's end."""
    joined = {at for f in document.findings if f.code == "line_joined" for at in range(f.start, f.end)}
    return [*(match.end() for match in _END.finditer(text) if match.start() not in joined), len(text)]


def _evidence(text: str, ends: list[int], figure: Figure, fact: Fact) -> tuple[int, int]:
    """Give the sentence that holds figure and indicator, or the sentences where these are several.

    At most ``_REACH`` characters to either side of the figure; an indicator from farther away is not in it.
    """
    floor, roof = figure.start - _REACH, figure.end + _REACH
    near = [span for span in fact.indicator_spans if floor <= span[0] and span[1] <= roof]
    first = min([figure.start, *(start for start, _ in near)])
    last = max([figure.end, *(end for _, end in near)])
    before = bisect_right(ends, first)
    start = max(ends[before - 1] if before else 0, floor, 0)
    end = min(ends[bisect_right(ends, last - 1)], roof)
    while start < first and text[start] in _BLANK:
        start += 1
    while end > last and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def _one_line(cell: Cell) -> Cell:
    """Leave out the line breaks of a text, so that a fact is one line of the file whatever reads it."""
    return "".join(cell.splitlines()) if isinstance(cell, str) else cell


# --- the formats --------------------------------------------------------------------------------------------------


def csv_lines(document: Extraction, article: Article) -> str:
    """Write the lines of a document as CSV: nothing where it has no fact."""
    return _csv([_csv_cell(cell) for cell in line.values()] for line in fact_lines(document, article.text))


def json_lines(document: Extraction, article: Article) -> str:
    """Write the lines of a document as JSON, an object each, numbers as strings as in the document."""
    found = fact_lines(document, article.text)
    return "".join(json.dumps(line, ensure_ascii=False, default=plain) + "\n" for line in found)


def _csv(rows: Iterator[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def _csv_cell(cell: Cell) -> str:
    """Write a cell: empty for None, plain decimals, and no text that a spreadsheet would run as a formula.

    ``"=1+1" -> "'=1+1"``, but ``Decimal("-3.2") -> "-3.2"``
    """
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if _FORMULA.match(cell) else cell
        case Decimal():
            return plain(cell)
        case bool() | tuple():
            return json.dumps(cell, separators=(",", ":"))
        case _:
            return str(cell)


FORMATS = {
    "facts-csv": LineFormat(".csv", _csv(iter([list(COLUMNS)])), csv_lines),
    "facts-jsonl": LineFormat(".jsonl", "", json_lines),
}
"""The formats of ``extract`` that write facts, by their names."""
