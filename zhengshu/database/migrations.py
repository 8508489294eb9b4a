"""The numbered migrations of a database: files of SQL, each of which brings it from one version to the next."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from zhengshu.errors import UsageError

Kind = Literal["sqlite", "postgres"]


@dataclass(frozen=True, slots=True)
class Migration:
    """The SQL that makes version ``number`` of the one before: ``sqlite/0002_views.sql`` version 2 of version 1."""

    number: int
    sql: str

    def statements(self) -> Iterator[str]:
        """Cut the SQL of SQLite into its statements, a trigger with those inside it being one."""
        statement = ""
        for line in self.sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement
                statement = ""


@cache
def migrations(kind: Kind) -> tuple[Migration, ...]:
    """Read the migrations of a kind of database, in their order."""
    files = sorted((Path(__file__).parent / kind).glob("[0-9]*_*.sql"))
    return tuple(Migration(int(file.name.split("_")[0]), file.read_text("utf-8")) for file in files)


def due(kind: Kind, version: int, name: str) -> tuple[Migration, ...]:
    """Tell which migrations the database ``name`` of that version needs; raises UsageError where it is newer."""
    known = migrations(kind)
    if version > known[-1].number:
        raise UsageError(
            f"{name} was made by a newer zhengshu: its tables are of version {version}, this program knows "
            f"{known[-1].number}; load with the newer program"
        )
    return known[version:]
