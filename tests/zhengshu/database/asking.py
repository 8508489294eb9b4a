"""What the tests ask of a database of either kind."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from schemas import Article, Extraction
from tests.documents import SENTENCE, full_document
from zhengshu.database.rows import COLUMNS

TABLES = ("runs", *COLUMNS, "texts")
JULY, AUGUST = datetime(2025, 7, 18, 9, 30, tzinfo=UTC), datetime(2025, 8, 1, tzinfo=UTC)


def ask(url: str, sql: str) -> list[tuple[Any, ...]]:
    """Run SQL and give what both kinds of database would: numbers and dates as text."""
    if "://" in url:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(sql)  # type: ignore[call-overload]
            return [tuple(map(_plain, row)) for row in cursor.fetchall()] if cursor.description else []
    with closing(sqlite3.connect(url)) as connection, connection:
        return connection.execute(sql).fetchall()


def columns(url: str, relation: str) -> list[str]:
    sql = f"SELECT * FROM {relation} WHERE 1 = 0"
    if "://" in url:
        with psycopg.connect(url) as connection:
            return [column.name for column in connection.execute(sql).description or ()]  # type: ignore[call-overload]
    with closing(sqlite3.connect(url)) as connection:
        return [column[0] for column in connection.execute(sql).description]


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table; no table where there is nothing yet."""
    found = {}
    for table in TABLES:
        names = ["sha256", "text"] if table == "texts" else [f'"{name}"' for name in columns(url, table)]
        names = [name for name in names if not name.strip('"').endswith("_real")]
        found[table] = sorted(ask(url, f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    return found


def _plain(value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
        case date():
            return value.isoformat()
        case list():
            return json.dumps(value, separators=(",", ":"))
        case float() | int() | str() | None:
            return value
        case _:
            return f"{value:f}"


def sample(name: str = "sample", **changes: Any) -> Extraction:
    """Give a small document with a record of each kind, its article or its quantity changed."""
    document = full_document(SENTENCE).model_dump(mode="json")
    quantity = {key: changes.pop(key) for key in ("value", "high", "unit") if key in changes}
    document["quantities"][0].update(quantity)
    document["article"].update({"id": name, **changes})
    return Extraction.model_validate_json(json.dumps(document))


def article(name: str = "sample", text: str = SENTENCE) -> Article:
    return Article(id=name, text=text)
