"""What a load asks of a database, in PostgreSQL: rows are copied into staging tables, and from there into their own."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, LiteralString

from zhengshu.database.migrations import Migration, due
from zhengshu.database.rows import COLUMNS, SqlRow
from zhengshu.errors import DatabaseError, UsageError

if TYPE_CHECKING:
    import psycopg

NEEDS_PSYCOPG = "PostgreSQL needs psycopg: pip install 'zhengshu[postgres]'"

_LOCK = 0x5A485355
"""The number under which loads of one schema wait for each other."""


class PostgresDatabase:
    """A schema of a PostgreSQL database, the first of the search path, open for one load."""

    def __init__(self, url: str) -> None:
        try:
            import psycopg  # noqa: PLC0415
        except ImportError:
            raise UsageError(NEEDS_PSYCOPG) from None
        self.errors = psycopg.Error
        self.rows_changed = 0
        self.said: list[str] = []
        self.writer = ThreadPoolExecutor(1)
        self.writing: Future[None] | None = None
        try:
            self.connection: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
        except psycopg.Error as error:
            raise UsageError(f"the PostgreSQL database cannot be opened: {_sentence(error)}") from None
        self.name = f"database {self.connection.info.dbname} of {self.connection.info.host}"
        self.connection.add_notice_handler(self._hear)

    def _hear(self, notice: "psycopg.errors.Diagnostic") -> None:
        if notice.severity_nonlocalized == "WARNING" and notice.message_primary:
            self.said.append(notice.message_primary)

    @contextmanager
    def load(self) -> Iterator[None]:
        """Hold the one transaction of a load, alone, with the tables as this program needs them."""
        try:
            with self.connection.transaction():
                self._begin()
                with self._written():
                    yield
        except self.errors as error:
            raise DatabaseError(f"{self.name} takes no load: {_sentence(error)}; it is as it was") from None
        finally:
            self.writer.shutdown()
            with contextlib.suppress(self.errors):
                self.connection.close()

    @contextmanager
    def _written(self) -> Iterator[None]:
        """See that no rows are under way any more when the transaction ends: behind it they would be kept at once."""
        try:
            yield
            self._settle()
        finally:
            if self.writing is not None:
                wait([self.writing])

    def _settle(self) -> None:
        """Wait for the rows under way, and raise what became of them."""
        if self.writing is not None:
            self.writing.result()
            self.writing = None

    def _begin(self) -> None:
        """Wait for the load under way, if any, and see to the tables.

        The lock is of the transaction, and what a statement sees is what was committed before it: READ COMMITTED.
        """
        self.connection.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        self.connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", (_LOCK,))
        self._migrate(due("postgres", self._version(), self.name))
        for table in COLUMNS:
            self._run(f"CREATE TEMP TABLE staged_{table} (LIKE {table}) ON COMMIT DROP")

    def _version(self) -> int:
        """Tell the version of its tables, 0 where there are none; raises UsageError for those of somebody else."""
        (ours, theirs) = self._one("SELECT to_regclass('zhengshu_schema'), to_regclass('articles')")
        if ours is None and theirs is not None:
            raise UsageError(f"{self.name} has a table articles of another program; name an empty schema or database")
        if ours is None:
            return 0
        (version,) = self._one("SELECT version FROM zhengshu_schema")
        return int(version)

    def _migrate(self, needed: Sequence[Migration]) -> None:
        for migration in needed:
            self._run(migration.sql)
            self.connection.execute("UPDATE zhengshu_schema SET version = %s", (migration.number,))

    def _run(self, sql: str) -> int:
        """Run SQL that is made of our own words alone; tell how many rows it changed."""
        return self.connection.execute(sql).rowcount

    def _one(self, sql: LiteralString, *parameters: object) -> tuple[Any, ...]:
        row = self.connection.execute(sql, parameters or None).fetchone()
        return row or ()

    def changed(self) -> int:
        """Count the rows that this load has changed, as the driver tells."""
        self._settle()
        return self.rows_changed

    def newest(self) -> str | None:
        """Tell when the last run was loaded."""
        written = """to_char(max(loaded_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        (newest,) = self._one(f"SELECT {written} FROM runs")  # noqa: S608
        return str(newest) if newest is not None else None

    def current(self, articles: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Give the version and the digest that these articles have now."""
        self._settle()
        found = self.connection.execute(
            "SELECT id, version, digest FROM articles WHERE valid_to IS NULL AND id = ANY(%s)", (list(articles),)
        )
        return {article: (version, digest) for article, version, digest in found}

    def begin_run(self, loaded_at: str) -> int:
        """Add a run and give its number."""
        (run,) = self._one(
            "INSERT INTO runs (id, loaded_at, added, replaced, unchanged, failed) "
            "SELECT coalesce(max(id), 0) + 1, %s::timestamptz, 0, 0, 0, 0 FROM runs RETURNING id",
            loaded_at,
        )
        self.rows_changed += 1
        return int(run)

    def end_run(self, run: int, added: int, replaced: int, unchanged: int, failed: int) -> None:
        """Say of a run what it did."""
        self._settle()
        self.rows_changed += self.connection.execute(
            "UPDATE runs SET added = %s, replaced = %s, unchanged = %s, failed = %s WHERE id = %s",
            (added, replaced, unchanged, failed, run),
        ).rowcount

    def supersede(self, articles: Sequence[str], at: str) -> None:
        """End the current versions of these articles."""
        self.rows_changed += self.connection.execute(
            "UPDATE articles SET valid_to = %s WHERE valid_to IS NULL AND id = ANY(%s)", (at, list(articles))
        ).rowcount

    def insert(self, rows: Mapping[str, Sequence[SqlRow]]) -> None:
        """Add rows to every table, in the order in which the tables are given, while the next documents are read."""
        self._settle()
        self.writing = self.writer.submit(self._insert, rows)

    def _insert(self, rows: Mapping[str, Sequence[SqlRow]]) -> None:
        """Copy rows into the staging tables, and from there into their own.

        A row that is there already comes from a writer who did not wait for the lock: nothing may be mixed with it.
        """
        for table, added in rows.items():
            if not added:
                continue
            names = ", ".join(f'"{name}"' for name in COLUMNS[table])
            self._copy(f"COPY staged_{table} ({names}) FROM STDIN", added)
            merged = self._run(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM staged_{table} ON CONFLICT DO NOTHING"  # noqa: S608
            )
            self._run(f"TRUNCATE staged_{table}")
            self.rows_changed += merged
            if merged < len(added):
                raise DatabaseError(
                    f"{self.name} takes no load: another program wrote rows of the same articles into {table}; "
                    "it is as it was, load again"
                )

    def _copy(self, sql: str, rows: Sequence[SqlRow]) -> None:
        with self.connection.cursor() as cursor, cursor.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)

    def store_texts(self, texts: Mapping[str, str]) -> int:
        """Keep the texts, by sha256, that articles here have and that are not kept yet; count them."""
        self._settle()
        cursor = self.connection.cursor()
        cursor.executemany(
            "INSERT INTO texts (sha256, text) SELECT t.sha256, t.text "
            "FROM (VALUES (%s::text, %s::text)) AS t (sha256, text) "
            "WHERE EXISTS (SELECT 1 FROM articles a WHERE a.sha256 = t.sha256) ON CONFLICT DO NOTHING",
            list(texts.items()),
        )
        stored = max(cursor.rowcount, 0)
        self.rows_changed += stored
        return stored

    def without_text(self) -> int:
        """Count the articles as they now stand whose text is not kept."""
        (count,) = self._one(
            "SELECT count(*) FROM articles a WHERE valid_to IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM texts t WHERE t.sha256 = a.sha256)"
        )
        return int(count)

    def notices(self) -> list[str]:
        """Give the warnings that the database gave in this load."""
        return self.said


def _sentence(error: Exception) -> str:
    """Take the first line of what PostgreSQL says: the others show the statement."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
