"""Documents as Parquet: a folder with a table of articles and one of each kind of record, in parts.

A value is had twice: as a Decimal of 28 digits before the point and 10 behind it, null where it has more, and in
``value_text`` with every digit. What is nested (``indicator_spans``) is a list.
"""

import contextlib
import io
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj
from pyarrow.parquet import ParquetFile, ParquetWriter

from zhengshu.errors import DocumentError
from zhengshu.tables import TABLES, Column

DECIMAL = pa.decimal128(38, 10)
"""What a value fits in; one that does not is null there, and whole in the column ``…_text``."""

_FITS = r"^-?[0-9]{1,28}(\.[0-9]{1,10})?$"
_SPANS = pa.list_(pa.list_(pa.int32()))
_IN_JSON: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("text", "exact", "date"), pa.string()),
    "integer": pa.int32(),
    "boolean": pa.bool_(),
    "json": _SPANS,
}
_KEYS = ("article", "position")


def _struct(table: str, without: tuple[str, ...] = ()) -> pa.DataType:
    columns = (column for column in TABLES[table].columns if column.name not in without)
    return pa.struct([pa.field(column.name, _IN_JSON[column.type]) for column in columns])


_KINDS = tuple(name for name in TABLES if name != "articles")
_ABOUT = ("schema_version", "generator", "generator_version")
_GENERATOR = pa.struct([pa.field("name", pa.string()), pa.field("version", pa.string())])
_DOCUMENT = pa.schema(
    {
        "schema_version": pa.string(),
        "article": _struct("articles", _ABOUT),
        **{name: pa.list_(_struct(name, _KEYS)) for name in _KINDS},
        "generator": _GENERATOR,
    }
)


def _fields(column: Column) -> "Iterator[pa.Field[Any]]":
    about = {"description": column.about}
    if column.type == "exact":
        yield pa.field(column.name, DECIMAL, True, about)
        yield pa.field(f"{column.name}_text", pa.string(), column.null, {"description": f"{column.name}, every digit"})
    elif column.type == "date":
        yield pa.field(column.name, pa.date32(), column.null, about)
    else:
        yield pa.field(column.name, _IN_JSON[column.type], column.null, about)


SCHEMAS: Mapping[str, pa.Schema] = {
    name: pa.schema([field for column in table.columns for field in _fields(column)], {"description": table.about})
    for name, table in TABLES.items()
}
"""The Arrow schema of each table, articles first."""


def tables(documents: list[str]) -> dict[str, pa.Table]:
    """Give documents, as lines of JSON, as tables: rows in the order of the documents and of their records."""
    data = "\n".join(documents).encode()
    read = pj.ReadOptions(use_threads=False, block_size=max(len(data) + 1, 1 << 16))
    parse = pj.ParseOptions(explicit_schema=_DOCUMENT, unexpected_field_behavior="error")
    whole = pj.read_json(io.BytesIO(data), read, parse).combine_chunks()
    header, generator = _one(whole.column("article")), _one(whole.column("generator"))
    columns = {name: header.field(name) for name in _names("articles", _ABOUT)}
    columns |= {"schema_version": _one(whole.column("schema_version"))}
    columns |= {"generator": generator.field("name"), "generator_version": generator.field("version")}
    found = {"articles": _table("articles", columns)}
    for kind in _KINDS:
        lists = _one(whole.column(kind))
        parents, records = pc.list_parent_indices(lists), pc.list_flatten(lists)
        columns = {name: records.field(name) for name in _names(kind, _KEYS)}
        columns["article"] = header.field("id").take(parents)
        if "position" in _names(kind):
            columns["position"] = _positions(lists)
        found[kind] = _table(kind, columns)
    return found


def _one(column: "pa.ChunkedArray[Any]") -> Any:  # noqa: ANN401
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _names(table: str, without: tuple[str, ...] = ()) -> list[str]:
    return [column.name for column in TABLES[table].columns if column.name not in without]


def _positions(lists: Any) -> Any:  # noqa: ANN401
    lengths = pc.list_value_length(lists).to_pylist()
    return pa.array([at for length in lengths for at in range(length)], pa.int32())


def _table(name: str, columns: Mapping[str, Any]) -> pa.Table:
    arrays = []
    for column in TABLES[name].columns:
        found = columns[column.name]
        if column.type == "exact":
            fits = pc.match_substring_regex(found, _FITS)
            arrays.append(pc.if_else(fits, found, pa.scalar(None, pa.string())).cast(DECIMAL))
        arrays.append(found.cast(pa.date32()) if column.type == "date" else found)
    return pa.Table.from_arrays(arrays, schema=SCHEMAS[name])


@contextlib.contextmanager
def open_part(paths: Mapping[str, Path]) -> Iterator["Part"]:
    """Open the files of a part, one for each table, for documents."""
    with contextlib.ExitStack() as stack:
        writers = {
            name: stack.enter_context(ParquetWriter(path, SCHEMAS[name], compression="zstd", compression_level=3))
            for name, path in paths.items()
        }
        yield Part(writers)


class Part:
    """The open files of a part."""

    def __init__(self, writers: Mapping[str, ParquetWriter]) -> None:
        self.writers = writers

    def write(self, documents: list[str]) -> None:
        """Write some documents, as lines of JSON; they become a group of rows in each table."""
        for name, table in tables(documents).items():
            if table.num_rows:
                self.writers[name].write_table(table, row_group_size=table.num_rows)
        pa.default_memory_pool().release_unused()


# --- and back ------------------------------------------------------------------------------------------------------


def documents(folder: Path) -> Iterator[str]:
    """Give the documents of a folder of Parquet as lines of JSON, part by part.

    Raises DocumentError where a part is not whole or its tables do not fit together.
    """
    for path in sorted((folder / "articles").glob("part-*.parquet")):
        try:
            records = {kind: _grouped(folder / kind / path.name) for kind in _KINDS}
            waiting = {kind: next(groups, None) for kind, groups in records.items()}
            for header in _rows(path):
                found = {}
                for kind, groups in records.items():
                    group = waiting[kind]
                    if group is not None and group[0] == header["id"]:
                        found[kind], waiting[kind] = group[1], next(groups, None)
                yield json.dumps(_document(header, found), ensure_ascii=False)
        except (OSError, pa.ArrowException, KeyError) as error:
            raise DocumentError(f"{path}: this part cannot be read: {error}") from None
        left = [kind for kind, group in waiting.items() if group is not None]
        if left:
            raise DocumentError(f"{path}: the articles lack those of the records in {', '.join(left)}")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with ParquetFile(path) as file:
        for batch in file.iter_batches(1024):
            yield from batch.to_pylist()


def _grouped(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for article, group in groupby(_rows(path), key=itemgetter("article")):
        yield article, [_record(path.parent.name, row) for row in group]


def _record(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Give a row as the record of a document: values with every digit, dates in ISO."""
    cells = {}
    for column in TABLES[table].columns:
        if column.name in _KEYS:
            continue
        cell = row[f"{column.name}_text" if column.type == "exact" else column.name]
        cells[column.name] = cell.isoformat() if column.type == "date" and cell is not None else cell
    return cells


def _document(header: dict[str, Any], found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    article = _record("articles", header)
    about = {name: article.pop(name) for name in _ABOUT}
    generator = {"name": about["generator"], "version": about["generator_version"]}
    records = {kind: found.get(kind, []) for kind in _KINDS}
    return {"schema_version": about["schema_version"], "article": article, **records, "generator": generator}
