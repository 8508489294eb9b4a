"""How fast a load is, against the bare insert of the same rows: executemany of SQLite, COPY of PostgreSQL.

    .venv/bin/python benchmarks/databases.py DOCUMENTS.jsonl [--articles N] [--records N] [--postgres URL]

DOCUMENTS is what ``extract --out X.jsonl`` wrote; its documents are repeated under new ids until there are as many
articles and records as asked for. A load reads and validates the stored documents and writes them to tables with
their keys, checks and indexes. The bare insert writes the same rows, ready in memory: once into the tables of the load
(``same tables``), once into tables of the same columns without any key, check or index (``bare tables``).
PostgreSQL is a private server unless one is named; the schemas that are made there are dropped.
"""

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
BATCH = 1_000
KINDS = ("numbers", "quantities", "periods", "ordinals", "programs", "facts", "findings")
Rows = dict[str, list[Any]]


def repeat(documents: Path, place: Path, articles: int, records: int) -> tuple[int, int]:
    """Write the documents to ``place``, again and again under new ids, until there are enough; count both."""
    done = found = 0
    with place.open("w", encoding="utf-8") as file:
        while done < articles or found < records:
            for line in documents.open(encoding="utf-8"):
                document = json.loads(line)
                document["article"]["id"] += f"-{done}"
                file.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
                done += 1
                found += sum(len(document[kind]) for kind in KINDS)
                if done >= articles and found >= records:
                    break
    return done, found


def batches(documents: Path) -> Iterator[Rows]:
    """Give the rows of the documents, ready for a database, a batch at a time."""
    from zhengshu.database import stored_documents  # noqa: PLC0415
    from zhengshu.database.rows import prepare  # noqa: PLC0415
    from zhengshu.errors import Failure  # noqa: PLC0415

    rows: Rows = {}
    for number, document in enumerate(stored_documents(str(documents)), 1):
        if isinstance(document, Failure):
            raise SystemExit(f"{document}: the benchmark counts only valid documents")
        prepared = prepare(document)
        if isinstance(prepared, str):
            raise SystemExit(f"{prepared}: the benchmark counts only valid documents")
        for table, added in prepared.rows(1, 1, "2026-01-01T00:00:00.000000Z").items():
            rows.setdefault(table, []).extend(added)
        if number % BATCH == 0:
            yield rows
            rows = {}
    yield rows


def bare_sqlite(documents: Path, folder: Path, *, keyed: bool) -> float:
    """Give the seconds that executemany takes for the rows alone."""
    from zhengshu.database.migrations import migrations  # noqa: PLC0415
    from zhengshu.database.rows import COLUMNS  # noqa: PLC0415

    connection = sqlite3.connect(folder / f"bare-{keyed}.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")
    if keyed:
        for migration in migrations("sqlite"):
            connection.executescript(migration.sql)
        connection.execute("INSERT INTO runs VALUES (1, '2026-01-01T00:00:00.000000Z', 0, 0, 0, 0)")
    else:
        for table, names in COLUMNS.items():
            connection.execute(f"CREATE TABLE {table} ({quoted(names)})")
    connection.execute("BEGIN")
    seconds = 0.0
    for rows in batches(documents):
        began = time.perf_counter()
        for table, added in rows.items():
            marks = ", ".join("?" * len(COLUMNS[table]))
            connection.executemany(f"INSERT INTO {table} ({quoted(COLUMNS[table])}) VALUES ({marks})", added)  # noqa: S608
        seconds += time.perf_counter() - began
    began = time.perf_counter()
    connection.execute("COMMIT")
    seconds += time.perf_counter() - began
    connection.close()
    return seconds


def bare_postgres(documents: Path, url: str, *, keyed: bool) -> float:
    """Give the seconds that COPY takes for the rows alone."""
    import psycopg  # noqa: PLC0415

    from zhengshu.database.migrations import migrations  # noqa: PLC0415
    from zhengshu.database.rows import COLUMNS  # noqa: PLC0415

    seconds = 0.0
    with psycopg.connect(url) as connection:
        run: Callable[[Any], object] = connection.execute
        for migration in migrations("postgres"):
            run(migration.sql)
        run("INSERT INTO runs VALUES (1, now(), 0, 0, 0, 0)")
        into = {table: table if keyed else f"bare_{table}" for table in COLUMNS}
        for table in () if keyed else COLUMNS:
            run(f"CREATE TABLE bare_{table} AS SELECT {quoted(COLUMNS[table])} FROM {table}")  # noqa: S608
        connection.commit()
        for rows in batches(documents):
            began = time.perf_counter()
            for table, added in rows.items():
                sql: Any = f"COPY {into[table]} ({quoted(COLUMNS[table])}) FROM STDIN"
                with connection.cursor() as cursor, cursor.copy(sql) as copy:
                    for row in added:
                        copy.write_row(row)
            seconds += time.perf_counter() - began
        began = time.perf_counter()
        connection.commit()
        return seconds + time.perf_counter() - began


def quoted(names: tuple[str, ...]) -> str:
    """List the names of columns: ``"start", "end"``."""
    return ", ".join(f'"{name}"' for name in names)


def load(documents: Path, url: str) -> tuple[float, int]:
    """Load the stored documents; give the seconds and the rows changed."""
    from zhengshu.database import load_documents, stored_documents  # noqa: PLC0415

    began = time.perf_counter()
    loaded = load_documents(stored_documents(str(documents)), url)
    if loaded.failed:
        raise SystemExit(f"{loaded}: the benchmark counts only valid documents")
    return time.perf_counter() - began, loaded.rows


def report(name: str, documents: Path, records: int, url: str, bare: Callable[[bool], float]) -> None:
    """Measure one database and print its lines."""
    second_name = {"sqlite": "executemany", "postgres": "COPY"}[name]
    loose, keyed = bare(False), bare(True)
    first, _ = load(documents, url)
    second, changed = load(documents, url)
    print(f"{name}: load {records / first:,.0f} records/s ({first:.1f} s)")
    for tables, seconds in (("same tables", keyed), ("bare tables", loose)):
        print(f"  {second_name} into {tables}: {records / seconds:,.0f} records/s; ratio {seconds / first:.2f}")
    print(f"  second load: {changed} rows changed ({second:.1f} s)", flush=True)


@contextmanager
def server(url: str | None) -> Iterator[str]:
    """Give the URL of the server named, or of a private one."""
    if url:
        yield url
        return
    from tests.postgres import find_binaries, serve  # noqa: PLC0415

    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("there is no PostgreSQL: install the extra test, or name a server with --postgres")
    with serve(binaries) as private:
        yield private


@contextmanager
def schema(url: str, name: str) -> Iterator[str]:
    """Give the URL of an empty schema, which is dropped in the end."""
    import psycopg  # noqa: PLC0415

    make: Any = f"CREATE SCHEMA {name}"
    drop: Any = f"DROP SCHEMA {name} CASCADE"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(make)
        try:
            yield f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"
        finally:
            connection.execute(drop)


def main() -> None:
    """Measure both databases with the same documents."""
    sys.path.insert(0, str(HOUSE))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("documents", type=Path, help="JSONL that extract wrote")
    parser.add_argument("--articles", type=int, default=20_000, help="articles at least")
    parser.add_argument("--records", type=int, default=1_000_000, help="records at least")
    parser.add_argument("--postgres", help="URL of a server")
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="measure one of them")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        documents = folder / "documents.jsonl"
        articles, records = repeat(options.documents, documents, options.articles, options.records)
        print(
            f"{articles:,} articles, {records:,} records, {documents.stat().st_size / 1e6:.0f} MB of JSON", flush=True
        )
        if options.only != "postgres":
            url = str(folder / "load.db")
            report("sqlite", documents, records, url, lambda keyed: bare_sqlite(documents, folder, keyed=keyed))
        if options.only != "sqlite":
            named = stack.enter_context(server(options.postgres))
            places = {kind: stack.enter_context(schema(named, f"zhengshu_{kind}")) for kind in ("load", "same", "bare")}
            report(
                "postgres",
                documents,
                records,
                places["load"],
                lambda keyed: bare_postgres(documents, places["same" if keyed else "bare"], keyed=keyed),
            )


if __name__ == "__main__":
    main()
