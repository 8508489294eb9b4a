"""Documents as data frames of pandas or polars, one a table. Needs the extra ``pandas`` or ``polars``.

Numbers are exact. pandas holds them as Decimal objects. polars has decimals of 38 digits: a column is
``Decimal(38, 12)`` where every value has at most 26 digits before the point and 12 behind it, else text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from schemas import Extraction
from schemas.exact import plain
from zhengshu.errors import Failure, UsageError
from zhengshu.tables import TABLES, Column, ColumnType, rows

Library = Literal["pandas", "polars"]

PRECISION, SCALE = 38, 12

FAILURES = (
    Column("source", "text", False, "the article or file that failed"),
    Column("reason", "text", False, "why, as a sentence"),
)
"""The columns of the frame of what failed."""


def frames(documents: Iterable[Extraction | Failure], library: Library = "pandas") -> dict[str, Any]:
    """Put documents into a frame for each table of ``zhengshu.tables``, and what failed into one called ``failures``.

    Dates are dates, offsets integers, ``indicator_spans`` JSON. Raises UsageError where the library is not installed.

    >>> from pipeline import extract
    >>> found = frames([extract("惠及3万余户，投资86.5亿元。")])
    >>> found["quantities"][["text", "value", "unit"]].values.tolist()
    [['3万余户', Decimal('30000'), '户'], ['86.5亿元', Decimal('8650000000'), '元']]
    >>> frames([extract("惠及3万余户。")], "polars")["quantities"].select("text", "value", "unit").rows()
    [('3万余户', Decimal('30000.000000000000'), '户')]
    """
    build = _builder(library)
    columns: dict[str, Sequence[Column]] = {name: table.columns for name, table in TABLES.items()}
    columns["failures"] = FAILURES
    held: dict[str, list[Sequence[Any]]] = {name: [] for name in columns}
    for item in documents:
        if isinstance(item, Failure):
            held["failures"].append((item.source, item.reason))
        else:
            for name, found in rows(item).items():
                held[name] += found
    return {name: build(columns[name], held.pop(name)) for name in columns}


def _builder(library: str) -> Callable[[Sequence[Column], list[Sequence[Any]]], Any]:
    if library not in ("pandas", "polars"):
        raise UsageError(f"there are no frames of {library}; name pandas or polars")
    try:
        module = import_module(library)
    except ImportError:
        raise UsageError(f"these frames need {library}; install it: pip install 'zhengshu[{library}]'") from None
    build = _pandas if library == "pandas" else _polars
    return lambda columns, held: build(module, columns, held)


_PANDAS: Mapping[ColumnType, str] = {
    "text": "string",
    "exact": "object",
    "integer": "int64",
    "date": "datetime64[s]",
    "boolean": "bool",
    "json": "string",
}
"""No column of integers or booleans may be null."""


def _pandas(pandas: ModuleType, columns: Sequence[Column], held: list[Sequence[Any]]) -> Any:  # noqa: ANN401
    cells = zip(*held, strict=True) if held else ((),) * len(columns)
    return pandas.DataFrame(
        {c.name: pandas.Series(list(v), dtype=_PANDAS[c.type]) for c, v in zip(columns, cells, strict=True)}
    )


def _polars(polars: ModuleType, columns: Sequence[Column], held: list[Sequence[Any]]) -> Any:  # noqa: ANN401
    types: dict[ColumnType, Any] = {
        "text": polars.String,
        "exact": polars.Decimal(PRECISION, SCALE),
        "integer": polars.Int64,
        "date": polars.Date,
        "boolean": polars.Boolean,
        "json": polars.String,
    }
    cells = zip(*held, strict=True) if held else ((),) * len(columns)
    series = []
    for column, values in zip(columns, cells, strict=True):
        if column.type == "exact" and not all(value is None or _fits(value) for value in values):
            written = [None if value is None else plain(value) for value in values]
            series.append(polars.Series(column.name, written, dtype=polars.String))
        else:
            series.append(polars.Series(column.name, list(values), dtype=types[column.type]))
    return polars.DataFrame(series)


def _fits(value: Decimal) -> bool:
    """Say whether polars holds every digit of a number, zeros behind too: of one more it would make a null."""
    return int(value.as_tuple().exponent) >= -SCALE and value.adjusted() < PRECISION - SCALE
