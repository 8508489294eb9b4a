"""Datasette serves the database with our metadata: every table and view has its title, every query gives rows."""

import asyncio
import json
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.corpus import NAMES, articles, document
from zhengshu.database import load_documents
from zhengshu.tables import TABLES

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # pkg_resources and others, at import
    from datasette.app import Datasette

METADATA = Path(__file__).parents[3] / "zhengshu" / "database" / "datasette.json"
ABOUT: dict[str, Any] = json.loads(METADATA.read_text("utf-8"))["databases"]["zhengshu"]
PARAMETERS = {
    "facts_of_indicator": {"indicator": "地区生产总值"},
    "series": {"indicator": "地区生产总值", "region": "云江省"},
    "programs": {"name": "行动"},
    "program_figures": {"name": "行动"},
    "releases_of_day": {"day": "2023-05-09"},
    "review": {},
    "corrections": {"article": "brief-hefeng-harvest"},
    "search": {"words": "产业"},
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("served") / "zhengshu.db"
    load_documents([document(name) for name in NAMES], str(path), texts=articles().values())
    return Datasette([str(path)], metadata=json.loads(METADATA.read_text("utf-8")))


def get(served: Datasette, path: str) -> Any:
    async def ask() -> Any:
        await served.invoke_startup()
        return await served.client.get(path)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what datasette itself does is not ours to mend
        return asyncio.run(ask())


def test_every_table_and_view_has_its_title(served: Datasette):
    database = get(served, "/zhengshu.json").json()
    there = {table["name"] for table in database["tables"]} | {view["name"] for view in database["views"]}
    assert there == ABOUT["tables"].keys()
    assert all(about.get("title") or about.get("hidden") for about in ABOUT["tables"].values())
    for name, table in TABLES.items():
        assert ABOUT["tables"][name]["columns"] == {column.name: column.about for column in table.columns}


def test_a_page_shows_title_facets_and_rows(served: Datasette):
    page = get(served, "/zhengshu/v_facts?aspect=rank")
    assert page.status_code == 200
    assert "<h1" in page.text
    assert "One row a fact as it now stands" in page.text
    assert "facet-region" in page.text
    assert "前十强" in page.text


@pytest.mark.parametrize("name", [name for name, about in ABOUT["tables"].items() if "facets" in about])
def test_facets_are_columns(served: Datasette, name: str):
    answer = get(served, f"/zhengshu/{name}.json?_size=1").json()
    assert set(ABOUT["tables"][name]["facets"]) <= set(answer["columns"])


def test_every_query_has_its_parameters_here():
    assert PARAMETERS.keys() == ABOUT["queries"].keys()


@pytest.mark.parametrize("query", PARAMETERS)
def test_every_query_gives_rows(served: Datasette, query: str):
    answer = get(served, f"/zhengshu/{query}.json?{urlencode(PARAMETERS[query])}").json()
    assert answer["ok"], answer
    assert answer["rows"]
