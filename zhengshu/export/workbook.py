"""A workbook for Excel and LibreOffice: a sheet a table, numbers as numbers, every row linked to its evidence.

A number of more than 15 digits is written as text, for a spreadsheet would drop the digits behind. Memory stays
flat: XlsxWriter writes each row to a temporary file when the next one begins. Needs the extra ``xlsx``.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas import Article, Extraction
from zhengshu.errors import OutputLostError, UsageError
from zhengshu.evidence import Sentences, one_line
from zhengshu.export.formats import Choices, counted
from zhengshu.export.places import replacing_file, scratch_folder
from zhengshu.export.sheets import Formats, Link, Sheet
from zhengshu.fact_lines import Figure, figure_cells
from zhengshu.tables import TABLES, Column, Row, Value, rows

_ORDER = [name for name in TABLES if name not in ("articles", "numbers", "facts")] + ["numbers", "facts"]
"""Facts and the ledger lead to the records that they name, so these are written first."""

_ARROW = "→"
_LINK = Column("evidence", "text", True, "a link to the sentence, the record or the file that proves the row")
_SENTENCE = (
    Column("article", "text", False, "id of the article"),
    Column("start", "integer", False, "where the sentence begins in the article, in code points from 0"),
    Column("end", "integer", False, "where it ends, exclusive"),
    Column("sentence", "text", False, "the sentence, without line breaks"),
)
_FIGURE = (
    Column("figure", "text", False, "the quantity or the rank as written"),
    Column("value", "exact", True, "value of the quantity; empty for a rank"),
    Column("high", "exact", True, "upper end of its range"),
    Column("unit", "text", True, "its unit"),
    Column("modifier", "text", True, "how exact it is"),
    Column("rank", "exact", True, "value of the rank; empty for a quantity"),
    Column("period_text", "text", True, "the period as written"),
    Column("period_start", "date", True, "first day of the period"),
    Column("period_end", "date", True, "last day of the period"),
)
"""What the sheet of facts shows of the records that its ids name, so that it can be read by itself."""


@contextmanager
def open_workbook(out: str, choices: Choices) -> Iterator["Workbook"]:
    """Open a workbook; it takes its place when it is complete."""
    writer = _xlsxwriter()
    with replacing_file(out, ".xlsx") as path, scratch_folder(path.parent) as folder:
        options = {"constant_memory": True, "tmpdir": str(folder), "strings_to_urls": False}
        file = writer.Workbook(str(path), options)
        # The time of writing would make the bytes of each run others.
        file.set_properties({"title": "Zhengshu 政数", "created": datetime(2000, 1, 1)})
        workbook = Workbook(file, Path(out).resolve().parent, choices)
        try:
            yield workbook
            workbook.finish()
            file.close()
        except writer.exceptions.XlsxWriterException as error:
            raise OutputLostError(f"the workbook cannot be written: {error}") from None
        finally:
            _close_sheets(file)


def _xlsxwriter() -> ModuleType:
    try:
        import xlsxwriter  # noqa: PLC0415
    except ImportError:
        raise UsageError("the format xlsx needs XlsxWriter; install it: pip install 'zhengshu[xlsx]'") from None
    return xlsxwriter  # type: ignore[no-any-return]


def _close_sheets(file: Any) -> None:  # noqa: ANN401
    """Close the temporary files of a workbook that was given up."""
    for sheet in file.worksheets():
        if sheet.row_data_fh is not None:
            sheet.row_data_fh.close()


class Workbook:
    """The sheets of the tables that were chosen, one of sentences where texts are known, one that explains columns."""

    def __init__(self, file: Any, folder: Path, choices: Choices) -> None:  # noqa: ANN401
        self._file = file
        self._folder = folder
        self._formats = Formats(file)
        self._sheets = {name: self._open(name, _columns(name)) for name in choices.tables}
        self._sentences: Sheet | None = None

    def _open(self, name: str, columns: Sequence[Column]) -> Sheet:
        return Sheet(self._file, name, columns, self._formats)

    def add(self, document: Extraction, article: Article | None) -> None:
        """Write the rows of a document, and the sentences that hold them."""
        found = rows(document)
        source = self._source((article.source if article else None) or document.article.source)
        own = self._sheets["articles"].write((source, *found["articles"][0]))
        proofs = self._prove(document, article.text, source) if article else dict.fromkeys(_keys(document), own)
        places: dict[str, str] = {}
        for name in (name for name in _ORDER if name in self._sheets):
            sheet = self._sheets[name]
            extra = _figures(document) if name == "facts" else [()] * len(found[name])
            for row, more in zip(found[name], extra, strict=True):
                proof = proofs[name, str(row[1])]
                if name == "facts" and article is None:
                    proof = places.get(str(row[2]), proof)
                place = sheet.write((Link(proof, _ARROW), *_linked(row, sheet.columns[1:], places), *more))
                if name != "findings":
                    places[str(row[1])] = place

    def _source(self, source: str | None) -> Link | None:
        """Link to the file of an article where it stands, as seen from the workbook, or to its page."""
        target = source or ""
        if not re.match(r"https?://", target):
            path = Path(re.sub(r":\d+$", "", target))
            if not path.is_file() or "#" in target:
                return None
            target = Path(os.path.relpath(path.resolve(), self._folder)).as_posix()
        return Link(target, _ARROW) if target.isprintable() else None

    def _prove(self, document: Extraction, text: str, source: Link | None) -> dict[tuple[str, str], str]:
        """Write the sentences that hold records, each once, and give the place of that of each record."""
        if self._sentences is None:
            self._sentences = self._open("sentences", (_LINK, *_SENTENCE))
        sentences = Sentences(document, text)
        figures = _figures_by_id(document)
        spans = {}
        for name, records in _records(document, self._sheets):
            for at, record in enumerate(records):
                if name == "facts":
                    figure = figures[record.quantity]
                    spans[name, record.id] = sentences.around(figure.start, figure.end, record.indicator_spans)
                else:
                    key = str(at) if name == "findings" else record.id
                    spans[name, key] = sentences.around(record.start, record.end)
        place = {
            (start, end): self._sentences.write((source, document.article.id, start, end, one_line(text[start:end])))
            for start, end in sorted({*spans.values()})
        }
        return {key: place[span] for key, span in spans.items()}

    def finish(self) -> None:
        """Explain the columns, and let the reader filter."""
        sheets = [*self._sheets.values(), *filter(None, [self._sentences])]
        about = self._open("columns", [Column(name, "text", False, "") for name in ("sheet", "column", "about")])
        for sheet in sheets:
            for column in sheet.columns:
                about.write((sheet.name, column.name, column.about))
        for sheet in (*sheets, about):
            sheet.finish()

    def told(self) -> list[str]:
        """Say how many rows each sheet has."""
        sheets = [*self._sheets.values(), *filter(None, [self._sentences])]
        return [counted([(sheet.name, sheet.next - 1) for sheet in sheets])]


def _columns(name: str) -> tuple[Column, ...]:
    return (_LINK, *TABLES[name].columns, *(_FIGURE if name == "facts" else ()))


def _records(document: Extraction, names: Any) -> Iterator[tuple[str, Sequence[Any]]]:  # noqa: ANN401
    for name in names:
        if name != "articles":
            yield name, getattr(document, name)


def _keys(document: Extraction) -> Iterator[tuple[str, str]]:
    """Name the records of a document by their table and id; findings have a position instead."""
    for name, records in _records(document, TABLES):
        for at, record in enumerate(records):
            yield name, str(at) if name == "findings" else record.id


def _linked(row: Row, columns: Sequence[Column], places: dict[str, str]) -> Iterator["Value | Link"]:
    """Give the cells of a row; the id of a record that has its row here leads there."""
    for value, column in zip(row, columns, strict=False):
        if column.name in ("quantity", "period", "record") and value in places:
            yield Link(places[str(value)], str(value))
        else:
            yield value


def _figures_by_id(document: Extraction) -> dict[str, Figure]:
    records: tuple[Figure, ...] = (*document.quantities, *document.ordinals)
    return {record.id: record for record in records}


def _figures(document: Extraction) -> Iterator[tuple[Value, ...]]:
    """Give what the sheet of facts shows of the records that its ids name."""
    figures = _figures_by_id(document)
    periods = {record.id: record for record in document.periods}
    for fact in document.facts:
        shown: Any = figure_cells(figures[fact.quantity])
        cells = [shown[column.name] for column in _FIGURE if column.name in shown]
        period = periods[fact.period] if fact.period else None
        yield *cells, *((period.text, period.start_date, period.end_date) if period else (None, None, None))
