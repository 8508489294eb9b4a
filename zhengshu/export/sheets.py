"""The sheets of a workbook and what their cells hold: exact numbers, dates, links, and texts that run nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schemas.exact import plain
from zhengshu.cells import significant
from zhengshu.errors import OutputLostError
from zhengshu.tables import Column, Value

MAX_ROWS = 1_048_576
"""The rows of a sheet, header included: a limit of the file format."""

_MAX_CHARACTERS = 32_767
"""What a cell holds, in UTF-16 units."""

_MAX_LITERAL = 255
"""What a text inside a formula holds."""

_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)
"""Before it, days are numbered otherwise than in the calendar, or not at all."""

_WIDTHS = {"text": 14, "exact": 16, "integer": 8, "date": 11, "boolean": 8, "json": 14}
_WIDE = {"sentence": 80, "message": 60, "about": 80, "source": 32, "title": 32, "name": 32, "indicator": 24}


class Sheet:
    """One sheet: a frozen header, then a row a record, in the order they come."""

    def __init__(self, file: Any, name: str, columns: Sequence[Column], formats: "Formats") -> None:  # noqa: ANN401
        self.name = name
        self.columns = columns
        self.next = 1
        self._formats = formats
        self._sheet = file.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(columns):
            self._sheet.set_column(at, at, _WIDE.get(column.name, _WIDTHS[column.type]))
            self._sheet.write_string(0, at, column.name, formats.header)

    def write(self, row: Sequence["Value | Link"]) -> str:
        """Write the next row and give the place of it, as a link names it: ``#facts!A2``."""
        if self.next >= MAX_ROWS:
            raise OutputLostError(
                f"the sheet {self.name} would need more rows than the {MAX_ROWS:,} that a sheet holds; "
                "choose others with --tables, export fewer documents, or use --format csv"
            )
        for at, value in enumerate(row):
            self._write(at, value)
        self.next += 1
        return f"#{self.name}!A{self.next}"

    def _write(self, at: int, value: "Value | Link") -> None:
        match value:
            case None:
                pass
            case Link() if max(len(value.target), len(value.text)) > _MAX_LITERAL:
                self._sheet.write_string(self.next, at, _cut(value.text))
            case Link():
                self._sheet.write_formula(self.next, at, value.formula(), self._formats.link, value.text)
            case bool():
                self._sheet.write_boolean(self.next, at, value)
            case Decimal() if _fits(value):
                self._sheet.write_number(self.next, at, float(value), self._formats.number(value))
            case int():
                self._sheet.write_number(self.next, at, value)
            case date() if value >= _FIRST_DAY:
                self._sheet.write_datetime(self.next, at, value, self._formats.date)
            case Decimal():
                self._sheet.write_string(self.next, at, plain(value))
            case _:
                self._sheet.write_string(self.next, at, _cut(str(value)))

    def finish(self) -> None:
        """Let the reader filter all rows."""
        self._sheet.autofilter(0, 0, self.next - 1, len(self.columns) - 1)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads elsewhere: to a row of the workbook, or to a file or page."""

    target: str
    text: str

    def formula(self) -> str:
        """Write the link as a formula: a sheet holds only 65,530 links of the other kind."""
        return f'=HYPERLINK("{_quoted(self.target)}","{_quoted(self.text)}")'


class Formats:
    """The formats of cells: that of a number shows all of its decimals."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401
        self._file = file
        self._numbers: dict[int, Any] = {}
        self.header = file.add_format({"bold": True, "bottom": 1})
        self.link = file.add_format({"font_color": "#0563C1", "underline": 1})
        self.date = file.add_format({"num_format": "yyyy-mm-dd"})

    def number(self, value: Decimal) -> Any:  # noqa: ANN401
        """Give the format of a number: ``7.20`` shows two decimals."""
        decimals = max(0, -int(value.as_tuple().exponent))
        if decimals not in self._numbers:
            self._numbers[decimals] = self._file.add_format({"num_format": f"0.{'0' * decimals}".rstrip(".")})
        return self._numbers[decimals]


def _fits(value: Decimal) -> bool:
    """Say whether a spreadsheet keeps every digit of a number: ``12345678901234567 -> False``."""
    return significant(value)[0] <= _DIGITS and -300 < value.adjusted() < 300


def _cut(text: str) -> str:
    """Cut what a cell cannot hold; the record says where the whole stands."""
    if len(text) * 2 <= _MAX_CHARACTERS or len(text.encode("utf-16-le")) // 2 <= _MAX_CHARACTERS:
        return text
    return text.encode("utf-16-le")[: (_MAX_CHARACTERS - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _quoted(text: str) -> str:
    return text.replace('"', '""')
