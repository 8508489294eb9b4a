"""The tables are those of the schemas; an older database is upgraded, a newer one and a stranger's are refused."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import psycopg
import pytest
from pydantic import BaseModel

from schemas import Fact, Finding, Numeral, Ordinal, Period, Program, Quantity
from tests.zhengshu.database.asking import ask, columns, sample
from zhengshu.database import load_documents
from zhengshu.database.migrations import migrations
from zhengshu.database.rows import COLUMNS
from zhengshu.errors import UsageError
from zhengshu.tables import TABLES

VIEWS = ["v_history", "v_facts", "v_series", "v_program_mentions", "v_program_figures", "v_programs"]
VIEWS += ["v_releases", "v_review", "v_texts"]
POSTGRES = {"text": "text", "exact": "numeric", "integer": "integer", "date": "date", "boolean": "boolean"}
SQLITE = {"text": "TEXT", "exact": "TEXT", "integer": "INTEGER", "date": "TEXT", "boolean": "INTEGER"}
MODELS: dict[str, type[BaseModel]] = {"numbers": Numeral, "quantities": Quantity, "periods": Period, "facts": Fact}
MODELS |= {"ordinals": Ordinal, "programs": Program, "findings": Finding}


def test_sqlite_has_the_columns_of_the_schemas(tmp_path: Path):
    url = str(tmp_path / "x.db")
    load_documents([sample()], url)
    for name, table in TABLES.items():
        there = {n: (t, not null) for _, n, t, null, _, _, *_ in ask(url, f"PRAGMA table_xinfo({name})")}
        wanted = {c.name: (SQLITE.get(c.type, "TEXT"), c.null) for c in table.columns}
        assert {column: there[column] for column in wanted} == wanted
        real = {f"{c.name}_real" for c in table.columns if c.type == "exact"}
        own = {"articles": {"version", "digest", "run", "valid_from", "valid_to"}}.get(name, {"version"})
        assert there.keys() - wanted.keys() == own | real


def test_postgres_has_the_columns_of_the_schemas_and_their_comments(postgres: str):
    load_documents([sample()], postgres)
    found = ask(
        postgres,
        "SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull::int, "
        "col_description(c.oid, a.attnum), obj_description(c.oid) FROM pg_class c "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
        "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'",
    )
    assert all(about and table_about for *_, about, table_about in found)
    there = {(table, column): (kind, not required, about) for table, column, kind, required, about, _ in found}
    for name, table in TABLES.items():
        for c in table.columns:
            assert there[name, c.name] == (POSTGRES.get(c.type, "jsonb"), c.null, c.about)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_enumerations_are_those_of_the_schemas(kind: Literal["sqlite", "postgres"]):
    sql = migrations(kind)[0].sql
    for name, model in MODELS.items():
        (body,) = re.findall(rf"CREATE TABLE {name} \((.*?)^\)", sql, re.MULTILINE | re.DOTALL)
        checks = {c: set(re.findall(r"'(\w+)'", v)) for c, v in re.findall(r"CHECK \((\w+) IN \(([^)]*)\)\)", body)}
        checks.pop("top", None)
        wanted: dict[str, set[Any]] = {}
        for field, info in model.model_fields.items():
            for kind_of in (info.annotation, *get_args(info.annotation)):
                if get_origin(kind_of) is Literal:
                    wanted[field] = set(get_args(kind_of))
        assert checks == wanted, name


def test_views_are_the_same_in_both(tmp_path: Path, postgres: str):
    url = str(tmp_path / "x.db")
    for place in (url, postgres):
        load_documents([sample()], place)
    assert [columns(url, view) for view in VIEWS] == [columns(postgres, view) for view in VIEWS]
    made = re.findall(r"CREATE VIEW (\w+)", "".join(m.sql for m in migrations("sqlite")))
    assert made == VIEWS
    described = re.findall(r"COMMENT ON VIEW (\w+)", "".join(m.sql for m in migrations("postgres")))
    assert described == VIEWS


def test_keys_checks_and_references_hold(url: str):
    load_documents([sample()], url)
    for wrong in (
        "UPDATE quantities SET modifier = 'about'",
        "UPDATE quantities SET value = 'much'",
        "UPDATE facts SET aspect = 'level up'",
        "UPDATE periods SET start_date = 'soon'",
        "UPDATE facts SET period = 't9'" if "://" in url else "UPDATE facts SET rule = NULL",
        'UPDATE numbers SET "end" = start - 1',
        "INSERT INTO runs SELECT * FROM runs",
    ):
        with pytest.raises((sqlite3.IntegrityError, psycopg.Error)):
            ask(url, wrong)


def test_an_older_sqlite_database_is_upgraded(tmp_path: Path):
    url = str(tmp_path / "old.db")
    first = migrations("sqlite")[0]
    with closing(sqlite3.connect(url)) as connection:
        connection.executescript(first.sql + "PRAGMA user_version = 1; PRAGMA application_id = 0x5A485355;")
    load_documents([sample()], url)
    assert ask(url, "PRAGMA user_version") == [(len(migrations("sqlite")),)]
    assert ask(url, "SELECT indicator FROM v_facts") == [("外来资金",)]


def test_an_older_postgres_database_is_upgraded(postgres: str):
    ask(postgres, migrations("postgres")[0].sql + "UPDATE zhengshu_schema SET version = 1")
    load_documents([sample()], postgres)
    assert ask(postgres, "SELECT version FROM zhengshu_schema") == [(len(migrations("postgres")),)]
    assert ask(postgres, "SELECT indicator FROM v_facts") == [("外来资金",)]


def test_a_newer_database_is_refused(url: str):
    load_documents([sample()], url)
    ask(url, "UPDATE zhengshu_schema SET version = 99" if "://" in url else "PRAGMA user_version = 99")
    with pytest.raises(UsageError, match=r"made by a newer zhengshu: its tables are of version 99, this program knows"):
        load_documents([sample("other")], url)
    assert ask(url, "SELECT id FROM articles") == [("sample",)]


def test_a_database_of_another_program_is_refused(url: str):
    ask(url, "CREATE TABLE articles (mine text)")
    with pytest.raises(UsageError, match="of another program"):
        load_documents([sample()], url)
    assert columns(url, "articles") == ["mine"]


def test_what_is_no_database_is_refused_in_a_sentence(tmp_path: Path):
    text = tmp_path / "text.db"
    text.write_text("this is no database\n" * 100)
    for place, says in (
        (str(text), "file is not a database"),
        (str(tmp_path), "unable to open database file"),
        (str(text / "x.db"), "cannot be opened as a database"),
        ("mysql://host/x", "mysql:// is no database known here"),
        ("postgresql://nobody@127.0.0.1:1/none", "the PostgreSQL database cannot be opened"),
    ):
        with pytest.raises(UsageError, match=says) as caught:
            load_documents([sample()], place)
        assert "\n" not in str(caught.value)
    assert text.read_text().startswith("this is no database")


def test_every_column_that_is_loaded_is_there(url: str):
    load_documents([sample()], url)
    for table, names in COLUMNS.items():
        assert set(names) <= set(columns(url, table))
