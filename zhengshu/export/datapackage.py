"""What stands beside the CSV: a Tabular Data Package of Frictionless Data, version 1.

https://specs.frictionlessdata.io/tabular-data-package/ — field types, keys, descriptions, size and hash of each file.
"""

import json
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from zhengshu.export.formats import Choices
from zhengshu.tables import TABLES, Column, ColumnType, Table

NAME = "datapackage.json"

_TYPES: dict[ColumnType, dict[str, Any]] = {
    "text": {"type": "string"},
    "exact": {"type": "number"},
    "integer": {"type": "integer"},
    "date": {"type": "date", "format": "default"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    "json": {"type": "array"},
}
_ABOUT = "Every figure of Chinese government press releases, as typed records that point at their evidence."
_GUARDED = " A text that begins with =, +, -, @ or a tab has an apostrophe in front, for spreadsheets would run it."


def write(folder: Path, choices: Choices) -> None:
    """Describe the tables of a folder."""
    package = {
        "profile": "tabular-data-package",
        "name": "zhengshu",
        "title": "Zhengshu 政数",
        "description": _ABOUT + (_GUARDED if choices.guard else ""),
        "resources": [_resource(folder, TABLES[name]) for name in choices.tables],
    }
    (folder / NAME).write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n", "header": True},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": [*table.key],
            "foreignKeys": [*_foreign_keys(table)],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, **_TYPES[column.type], "description": column.about}
    return field if column.null else field | {"constraints": {"required": True}}


def _foreign_keys(table: Table) -> Iterator[dict[str, Any]]:
    """Give the references that always hold.

    ``facts.quantity`` and ``numbers.record`` are the id of a record of one table or another, and ``facts.period``
    may be empty: Table Schema has no words for either.
    """
    if table.name != "articles":
        yield {"fields": ["article"], "reference": {"resource": "articles", "fields": ["id"]}}
