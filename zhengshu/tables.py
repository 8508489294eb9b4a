"""Documents as tables: one of articles, and one of each kind of record with a row a record, keyed by the article.

Every sink of tables (Parquet, CSV, databases) takes its names, types and notes from here, and these from the schemas.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from schemas import ArticleHeader, Extraction, Fact, Finding, Numeral, Ordinal, Period, Program, Quantity

ColumnType = Literal["text", "exact", "integer", "date", "boolean", "json"]
Value = str | Decimal | int | date | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``exact`` holds Decimals of any length, ``json`` what is nested, written as JSON."""

    name: str
    type: ColumnType
    null: bool
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table and what a row of it is; ``key`` names the columns that no two rows share."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


_RECORDS: Mapping[str, type[BaseModel]] = {
    "numbers": Numeral,
    "quantities": Quantity,
    "periods": Period,
    "ordinals": Ordinal,
    "programs": Program,
    "facts": Fact,
    "findings": Finding,
}
_TYPES: Mapping[type, ColumnType] = {str: "text", Decimal: "exact", int: "integer", date: "date", bool: "boolean"}
_ARTICLE = Column("article", "text", False, "id of the article")
_POSITION = Column("position", "integer", False, "place among the findings of the article, from 0")
_ABOUT_DOCUMENT = (
    Column("schema_version", "text", False, "version of the output document"),
    Column("generator", "text", False, "program that wrote it"),
    Column("generator_version", "text", False, "its version"),
)


def _column(name: str, annotation: object, about: str) -> Column:
    """Tell the type of a field: ``Decimal | None`` is exact and may be null."""
    kinds = {*_kinds(annotation)}
    (kind,) = kinds - {type(None)}
    return Column(name, _TYPES.get(kind, "json"), type(None) in kinds, about)


def _kinds(annotation: Any) -> Iterator[type]:  # noqa: ANN401
    """Give what a field may hold, without constraints: ``Literal["up"] | None`` a str or None."""
    match get_origin(annotation):
        case origin if origin is Annotated:
            yield from _kinds(get_args(annotation)[0])
        case origin if origin in (Union, UnionType):
            for kind in get_args(annotation):
                yield from _kinds(kind)
        case origin if origin is Literal:
            yield type(get_args(annotation)[0])
        case _:
            yield annotation


def _columns(model: type[BaseModel]) -> tuple[Column, ...]:
    fields = model.model_fields.items()
    return tuple(_column(name, field.annotation, field.description or name) for name, field in fields)


def _table(name: str, model: type[BaseModel]) -> Table:
    about = (model.__doc__ or name).strip().splitlines()[0]
    keyed = (_ARTICLE, _POSITION) if model is Finding else (_ARTICLE,)
    key = ("article", "position") if model is Finding else ("article", "id")
    return Table(name, about, key, keyed + _columns(model))


TABLES: Mapping[str, Table] = {
    "articles": Table("articles", "One row an article.", ("id",), _columns(ArticleHeader) + _ABOUT_DOCUMENT),
    **{name: _table(name, model) for name, model in _RECORDS.items()},
}
"""The tables by name, articles first."""


def rows(document: Extraction) -> dict[str, list[Row]]:
    """Give the rows of a document in every table, cells in the order of the table's columns."""
    name = document.article.id
    about = (document.schema_version, document.generator.name, document.generator.version)
    found: dict[str, list[Row]] = {"articles": [(*_cells(document.article, "articles"), *about)]}
    for kind in _RECORDS:
        records = enumerate(getattr(document, kind))
        if kind == "findings":
            found[kind] = [(name, at, *_cells(record, kind)) for at, record in records]
        else:
            found[kind] = [(name, *_cells(record, kind)) for _, record in records]
    return found


def _cells(record: BaseModel, table: str) -> Iterator[Any]:
    nested = {column.name for column in TABLES[table].columns if column.type == "json"}
    for name, value in record:
        yield json.dumps(value, separators=(",", ":")) if name in nested else value
