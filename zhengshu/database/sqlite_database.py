"""What a load asks of a database, in SQLite: a file, made where there is none."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhengshu.database.migrations import Migration, due
from zhengshu.database.rows import COLUMNS, SqlRow
from zhengshu.errors import DatabaseError, UsageError

APPLICATION = 0x5A485355
"""What the file says to be, ``ZHSU``: PRAGMA application_id."""

_OLDEST = (3, 37)
_PATIENCE = 300
"""Seconds that a load waits for another one to end."""


class SqliteDatabase:
    """A file of SQLite, open for one load."""

    def __init__(self, path: str) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise UsageError(f"this Python has SQLite {sqlite3.sqlite_version}; 3.37 is the oldest that will do")
        self.name = path
        self.path = Path(path)
        self.existed = self.path.exists()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise UsageError(f"{path} cannot be opened as a database: {reason}; name another file with --db") from None

    @contextmanager
    def load(self) -> Iterator[None]:
        """Hold the one transaction of a load, alone, with the tables as this program needs them."""
        try:
            self._begin()
            yield
            self.connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise DatabaseError(f"{self.name} takes no load: {error}; it is as it was") from None
        finally:
            self._close()

    def _begin(self) -> None:
        try:
            self.connection.executescript("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;")
            self.connection.execute("BEGIN IMMEDIATE")
            version = self._version()
        except sqlite3.Error as error:
            raise UsageError(f"{self.name} cannot be loaded into: {error}; name another file with --db") from None
        self._migrate(due("sqlite", version, self.name))

    def _version(self) -> int:
        """Tell the version of its tables, 0 of an empty file; raises UsageError for a database of somebody else."""
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        (application,) = self.connection.execute("PRAGMA application_id").fetchone()
        (tables,) = self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if (tables or version) and application != APPLICATION:
            raise UsageError(f"{self.name} is a database of another program; name another file with --db")
        return int(version)

    def _migrate(self, needed: Sequence[Migration]) -> None:
        for migration in needed:
            for statement in migration.statements():
                self.connection.execute(statement)
            self.connection.execute(f"PRAGMA user_version = {migration.number}")
        if needed:
            self.connection.execute(f"PRAGMA application_id = {APPLICATION}")

    def _close(self) -> None:
        """Undo what was not committed; a file that the load made and left empty goes."""
        with contextlib.suppress(sqlite3.Error):
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        self.connection.close()
        with contextlib.suppress(OSError):
            if not self.existed and self.path.stat().st_size == 0:
                self.path.unlink()

    def changed(self) -> int:
        """Count the rows that this load has changed, as the driver tells."""
        return self.connection.total_changes

    def newest(self) -> str | None:
        """Tell when the last run was loaded."""
        (newest,) = self.connection.execute("SELECT max(loaded_at) FROM runs").fetchone()
        return newest if newest is None else str(newest)

    def current(self, articles: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Give the version and the digest that these articles have now."""
        found = self.connection.execute(
            "SELECT id, version, digest FROM articles "
            "WHERE valid_to IS NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(articles),),
        )
        return {article: (version, digest) for article, version, digest in found}

    def begin_run(self, loaded_at: str) -> int:
        """Add a run and give its number."""
        (run,) = self.connection.execute(
            "INSERT INTO runs (id, loaded_at, added, replaced, unchanged, failed) "
            "SELECT coalesce(max(id), 0) + 1, ?, 0, 0, 0, 0 FROM runs RETURNING id",
            (loaded_at,),
        ).fetchone()
        return int(run)

    def end_run(self, run: int, added: int, replaced: int, unchanged: int, failed: int) -> None:
        """Say of a run what it did."""
        self.connection.execute(
            "UPDATE runs SET added = ?, replaced = ?, unchanged = ?, failed = ? WHERE id = ?",
            (added, replaced, unchanged, failed, run),
        )

    def supersede(self, articles: Sequence[str], at: str) -> None:
        """End the current versions of these articles."""
        self.connection.execute(
            "UPDATE articles SET valid_to = ? WHERE valid_to IS NULL AND id IN (SELECT value FROM json_each(?))",
            (at, json.dumps(articles)),
        )

    def insert(self, rows: Mapping[str, Sequence[SqlRow]]) -> None:
        """Add rows to every table, in the order in which the tables are given."""
        for table, added in rows.items():
            self.connection.executemany(_INSERT[table], added)

    def store_texts(self, texts: Mapping[str, str]) -> int:
        """Keep the texts, by sha256, that articles here have and that are not kept yet; count them."""
        before = self._texts()
        self.connection.executemany(
            "INSERT INTO texts (sha256, text) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM articles WHERE sha256 = ?1) "
            "ON CONFLICT (sha256) DO NOTHING",
            texts.items(),
        )
        return self._texts() - before

    def _texts(self) -> int:
        (count,) = self.connection.execute("SELECT count(*) FROM texts").fetchone()
        return int(count)

    def without_text(self) -> int:
        """Count the articles as they now stand whose text is not kept."""
        (count,) = self.connection.execute(WITHOUT_TEXT).fetchone()
        return int(count)

    def notices(self) -> list[str]:
        """Give what the database said of the load: nothing."""
        return []


WITHOUT_TEXT = (
    "SELECT count(*) FROM articles a WHERE valid_to IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.sha256 = a.sha256)"
)


def _insert(table: str) -> str:
    names = ", ".join(f'"{name}"' for name in COLUMNS[table])
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(COLUMNS[table]))})"  # noqa: S608


_INSERT = {table: _insert(table) for table in COLUMNS}
