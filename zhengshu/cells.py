"""Cells of a CSV: every digit of a number, and no text that a spreadsheet would run as a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from schemas.exact import plain

Cell = str | int | bool | Decimal | date | tuple[tuple[int, int], ...] | None

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


def csv_lines(rows: Iterable[Iterable[Cell]], *, guard: bool = True) -> str:
    """Write rows as CSV of RFC 4180; without ``guard`` a text stays as it is, whatever a spreadsheet makes of it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([csv_cell(cell, guard=guard) for cell in row] for row in rows)
    return buffer.getvalue()


def csv_cell(cell: Cell, *, guard: bool = True) -> str:
    """Write a cell: empty for None, plain decimals, ISO dates, JSON for what is nested.

    ``"=1+1" -> "'=1+1"``, but ``Decimal("-3.2") -> "-3.2"``
    """
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if guard and _FORMULA.match(cell) else cell
        case Decimal():
            return plain(cell)
        case bool() | tuple():
            return json.dumps(cell, separators=(",", ":"))
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def significant(value: Decimal) -> tuple[int, int]:
    """Count the digits of a number without zeros behind, and give the exponent of the last: ``7.20 -> (2, -1)``.

    ``Decimal.normalize`` would round to 28 digits first.
    """
    _, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits))
    kept = written.rstrip("0")
    return (len(kept.lstrip("0")), int(exponent) + len(written) - len(kept)) if kept else (1, 0)
