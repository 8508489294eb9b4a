"""A load: everything once, nothing twice, what was said before kept, and all or nothing."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Extraction
from tests.corpus import NAMES, articles, document
from tests.documents import SENTENCE
from tests.zhengshu.database.asking import AUGUST, JULY, article, ask, everything, sample
from zhengshu import tables
from zhengshu.database import load_documents, loading, stored_documents
from zhengshu.database.postgres_database import PostgresDatabase
from zhengshu.database.rows import RECORDS, Prepared, prepare
from zhengshu.errors import DatabaseError, Failure, UsageError

HOUSE = Path(__file__).parents[3]
HISTORY = "SELECT version, value, valid_from, valid_to FROM v_history WHERE article = 'sample' ORDER BY version"


def corpus() -> list[Extraction]:
    return [document(name) for name in NAMES]


def test_rows_are_those_of_the_tables():
    for name in NAMES:
        prepared = prepare(document(name))
        assert isinstance(prepared, Prepared)
        written = prepared.rows(1, 1, "now")
        for table, rows in tables.rows(document(name)).items():
            kept = [(row[0], *row[2:]) for row in written[table]]
            kept = [row[:-3] for row in kept] if table == "articles" else kept
            assert kept == [tuple(plain(cell) for cell in row) for row in rows]


def plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell if cell is None or isinstance(cell, str | int) else str(cell)


def test_every_record_is_loaded_and_a_second_load_changes_nothing(url: str):
    texts = list(articles().values())
    loaded = load_documents(corpus(), url, texts=texts, at=JULY)
    before = everything(url)
    assert loaded.added == loaded.texts == len(before["articles"]) == len(before["texts"]) == len(NAMES)
    assert loaded.records == sum(len(before[table]) for table in RECORDS)
    assert before["runs"] == [(1, "2025-07-18T09:30:00.000000Z", len(NAMES), 0, 0, 0)]
    again = load_documents(corpus(), url, texts=texts)
    assert (again.unchanged, again.added, again.replaced, again.records) == (len(NAMES), 0, 0, 0)
    assert again.rows == 0, "as the driver counts them"
    assert everything(url) == before


def test_both_databases_hold_the_same(tmp_path: Path, postgres: str):
    url = str(tmp_path / "x.db")
    for place in (url, postgres):
        load_documents(corpus(), place, texts=articles().values(), at=JULY)
    assert everything(url) == everything(postgres)
    for view in ("v_facts", "v_series", "v_programs", "v_program_figures", "v_releases", "v_review", "v_texts"):
        rows = [sorted(ask(place, f"SELECT * FROM {view}"), key=repr) for place in (url, postgres)]
        assert rows[0] == rows[1], view
        assert rows[0]


def test_a_run_and_its_stored_outputs_make_the_same_database(tmp_path: Path, url: str):
    command = [sys.executable, str(HOUSE / "pipeline.py")]
    inputs = ["extract", str(HOUSE / "corpus" / "articles"), "--out", str(tmp_path / "out")]
    subprocess.run([*command, *inputs, "--db", url], capture_output=True, check=True)
    of_run = everything(url)
    assert len(of_run["articles"]) == len(NAMES)
    stored = str(tmp_path / "stored.db")
    subprocess.run([*command, "load", str(tmp_path / "out"), "--db", stored], capture_output=True, check=True)
    of_stored = everything(stored)
    assert [row[:1] + row[2:] for row in of_run.pop("runs")] == [row[:1] + row[2:] for row in of_stored.pop("runs")]
    timeless = [[row[:-2] + row[-1:] for row in found] for found in (of_run.pop("articles"), of_stored.pop("articles"))]
    assert timeless[0] == timeless[1]
    assert of_run == of_stored


def test_a_corrected_figure_can_be_traced(url: str):
    load_documents([sample(), sample("other")], url, at=JULY)
    loaded = load_documents([sample(value="570000000000"), sample("other")], url, at=AUGUST)
    assert (loaded.replaced, loaded.unchanged, loaded.added) == (1, 1, 0)
    july, august = "2025-07-18T09:30:00.000000Z", "2025-08-01T00:00:00.000000Z"
    assert ask(url, "SELECT value FROM v_facts WHERE article = 'sample'") == [("570000000000",)]
    assert ask(url, HISTORY) == [(1, "560000000000", july, august), (2, "570000000000", august, None)]
    assert ask(url, "SELECT id, added, replaced, unchanged FROM runs ORDER BY id") == [(1, 2, 0, 0), (2, 0, 1, 1)]


CHANGES = [{"title": "更正"}, {"published": "2022-01-30"}, {"sha256": "0" * 64}, {"unit": "万"}]


@pytest.mark.parametrize("change", CHANGES, ids=["title", "published", "text", "record"])
def test_every_change_makes_a_version_and_the_place_of_the_file_none(url: str, change: dict[str, str]):
    load_documents([sample()], url, at=JULY)
    assert load_documents([sample(source="elsewhere.txt")], url).rows == 0
    assert load_documents([sample(**change)], url).replaced == 1
    assert load_documents([sample()], url).replaced == 1, "and back"
    assert ask(url, "SELECT count(*) FROM articles WHERE valid_to IS NULL") == [(1,)]
    assert ask(url, "SELECT max(version), count(*) FROM articles") == [(3, 3)]


def test_another_generator_makes_a_version(url: str):
    load_documents([sample()], url)
    newer = json.loads(sample().model_dump_json())
    newer["generator"]["version"] = "9"
    assert load_documents([Extraction.model_validate_json(json.dumps(newer))], url).replaced == 1


def test_a_load_before_the_last_one_is_refused(url: str):
    load_documents([sample()], url, at=AUGUST)
    with pytest.raises(UsageError, match="give a later one with --at"):
        load_documents([sample(title="x")], url, at=JULY)
    assert ask(url, "SELECT count(*) FROM articles") == [(1,)]


def test_a_failed_load_leaves_the_database_as_it_was(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "BATCH_DOCUMENTS", 2)

    def breaking() -> Iterator[Extraction]:
        yield from (sample(f"new{i}") for i in range(5))
        yield sample(title="changed")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_documents(breaking(), url)
    if "://" not in url:
        assert not Path(url).exists(), "not even a file is left"
    load_documents([sample()], url)
    before = everything(url)
    with pytest.raises(KeyboardInterrupt):
        load_documents(breaking(), url)
    assert everything(url) == before


def test_one_bad_document_is_named_and_the_others_go_on(tmp_path: Path, url: str):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "good.json").write_text(sample("good").model_dump_json(), "utf-8")
    (folder / "broken.json").write_text("{", "utf-8")
    (folder / "lines.jsonl").write_text(
        sample("good", title="another").model_dump_json() + "\n" + sample("more").model_dump_json() + "\n", "utf-8"
    )
    said: list[Failure] = []
    loaded = load_documents(stored_documents(str(folder)), url, say=said.append)
    assert (loaded.added, loaded.failed) == (2, 2)
    assert "broken.json: this is no JSON" in str(said[0])
    assert str(said[1]) == "good: another document of this article was loaded before; remove one of them"


def broken(**records: object) -> Extraction:
    read = json.loads(sample().model_dump_json())
    for path, value in records.items():
        kind, _, field = path.partition("__")
        read[kind][0][field] = value
    return Extraction.model_validate_json(json.dumps(read))


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (broken(quantities__unit="a\0b"), "NUL character"),
        (sample(title="a\0b"), "NUL character"),
        (sample(source="a\0b"), "NUL character"),
        (broken(facts__quantity="q9"), "refers to a figure 'q9' that is not there"),
        (broken(facts__period="t9"), "refers to a period 't9' that is not there"),
        (broken(periods__id="t" * 3000), "refers to a period 't1' that is not there|longer than 200"),
        (broken(numbers__end=10**30), "ends outside the article"),
        (broken(programs__start=40, programs__end=30), "ends outside the article or before its start"),
        (broken(numbers__id="n2"), "two of its numbers have the same id"),
        (sample(length=10**30), "its article would have"),
    ],
    ids=["nul", "nul_title", "nul_source", "figure", "period", "long_id", "huge", "backwards", "twice", "length"],
)
def test_what_no_database_can_hold_is_refused_in_a_sentence(url: str, bad: Extraction, says: str):
    said: list[Failure] = []
    good = sample("good", title=r"no NUL: \u0000")
    loaded = load_documents([bad, good], url, say=said.append)
    assert (loaded.added, loaded.failed) == (1, 1)
    (failure,) = said
    assert failure.source == "sample"
    assert re.search(says, failure.reason)
    assert "\n" not in str(failure)
    assert ask(url, "SELECT title FROM articles") == [(r"no NUL: \u0000",)]


HOSTILE = ["'; DROP TABLE facts; --", '"', "\\N", "a\tb\nc\r\\.", "𠮷😀", "", "%s {} ?", "\x7f\x01", "NULL", "̈a"]


def test_hostile_names_pass_through(url: str):
    documents = [sample(f"id{i}{name}", title=name, publisher=name, unit=name) for i, name in enumerate(HOSTILE)]
    load_documents(documents, url)
    assert load_documents(documents, url).rows == 0
    found = ask(url, "SELECT title, publisher, unit FROM v_facts")
    assert sorted(found) == sorted((name, name, name) for name in HOSTILE)


def test_texts_of_ten_megabytes_pass_through(url: str):
    long = "全市𠮷" * 1_000_000
    name = sample(unit=long[:3_000_000], title=long)
    load_documents([name], url)
    assert ask(url, "SELECT length(title) FROM articles") == [(len(long),)]
    read = json.loads(sample("facts").model_dump_json())
    read["facts"][0]["indicator"] = long
    load_documents([Extraction.model_validate_json(json.dumps(read))], url)
    assert ask(url, "SELECT max(length(indicator)) FROM v_facts") == [(len(long),)]


exact = st.decimals(allow_nan=False, allow_infinity=False, places=None).map(lambda d: f"{d:f}").filter(
    lambda text: len(text) < 900
) | st.from_regex(r"-?[1-9][0-9]{29}(\.[0-9]{1,30})?", fullmatch=True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(exact, min_size=1, max_size=20))
def test_values_of_any_length_survive_exactly(url: str, values: list[str]):
    documents = [sample(f"d{i}", value=value, high=value) for i, value in enumerate(values)]
    load_documents(documents, url)
    written = [f"{Decimal(value):f}" for value in values]
    for column in ("value", "high"):
        found = dict(ask(url, f"SELECT article, {column} FROM v_facts"))
        assert [Decimal(found[f"d{i}"]) for i in range(len(values))] == [Decimal(value) for value in written]


def test_values_sort_as_numbers(url: str):
    load_documents([sample(f"d{value}", value=value) for value in ("9", "10", "-3.5", "1" + "0" * 30)], url)
    found = ask(url, "SELECT value FROM v_facts ORDER BY value_real")
    assert [value for (value,) in found] == ["-3.5", "9", "10", "1" + "0" * 30]
    load_documents([sample("huge", value="1" + "0" * 900)], url)
    assert len(ask(url, "SELECT value_real FROM v_facts")) == 5, "what no double can hold is no error"


def test_texts_are_kept_where_the_hash_agrees_and_can_be_searched(url: str):
    wrong = article("other", "不是这篇文章")
    loaded = load_documents([sample(), sample("other", sha256="1" * 64)], url, texts=[article(), wrong])
    assert (loaded.texts, loaded.without_text) == (1, 1)
    assert ask(url, "SELECT article FROM v_texts WHERE text LIKE '%外来资金%'") == [("sample",)]
    assert ask(url, "SELECT article FROM v_texts WHERE text LIKE '%产业%'") == [("sample",)]
    load_documents([sample(title="changed")], url)
    assert ask(url, "SELECT title, text FROM v_texts") == [("changed", SENTENCE)], "versions share it"
    said: list[Failure] = []
    load_documents([], url, texts=[article("nul", "a\0")], say=said.append)
    assert "NUL" in str(said[0])


def test_sqlite_finds_texts_by_their_trigrams(tmp_path: Path):
    url = str(tmp_path / "x.db")
    load_documents([sample()], url, texts=[article()])
    found = "SELECT t.sha256 FROM texts_search s JOIN texts t ON t.id = s.rowid WHERE texts_search MATCH '{}'"
    assert len(ask(url, found.format("外来资金"))) == 1
    assert ask(url, found.format("就业岗位")) == []
    ask(url, "VACUUM")
    assert len(ask(url, found.format("攀登计划"))) == 1


def test_loaders_at_once_neither_wait_for_each_other_forever_nor_write_twice(url: str):
    names = [f"d{i:02}" for i in range(40)]
    problems: list[BaseException] = []

    def load(seed: int) -> None:
        mixed = random.Random(seed).sample(names, len(names))
        try:
            load_documents([sample(name) for name in mixed], url)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=load, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert problems == []
    assert ask(url, "SELECT count(*), count(DISTINCT id), max(version), max(run) FROM articles") == [(40, 40, 1, 1)]
    assert ask(url, "SELECT count(*) FROM facts") == [(40,)]


def test_rows_of_a_writer_who_did_not_wait_are_not_mixed_with_ours(postgres: str, monkeypatch: pytest.MonkeyPatch):
    load_documents([sample()], postgres)
    before = everything(postgres)
    monkeypatch.setattr(PostgresDatabase, "current", lambda *_: {})
    with pytest.raises(DatabaseError, match="another program wrote rows of the same articles into articles"):
        load_documents([sample(title="changed")], postgres)
    assert everything(postgres) == before


SLOW = """
import sys
from pathlib import Path
from tests.zhengshu.database.asking import sample
from zhengshu.database import load_documents, loading
loading.BATCH_DOCUMENTS = 20
def documents():
    for i in range(400):
        if i == 20:
            Path(sys.argv[2]).touch()
        yield sample(f"d{i}", title=sys.argv[3])
load_documents(documents(), sys.argv[1])
"""


def test_a_kill_in_mid_load_leaves_the_database_whole(tmp_path: Path, url: str):
    """Ten moments, some before the first row is written, some behind the last."""
    load_documents([sample(f"d{i}") for i in range(100)], url, at=JULY)
    before = everything(url)
    chance = random.Random(6)
    for at in range(10):
        begun = tmp_path / f"begun{at}"
        command = [sys.executable, "-c", SLOW, url, str(begun), "changed"]
        with subprocess.Popen(command, cwd=HOUSE, env={**os.environ, "PYTHONPATH": str(HOUSE)}) as loader:
            while not begun.exists() and loader.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.12)
            loader.send_signal(signal.SIGKILL)
        now = everything(url)
        if now != before:
            assert len(now["articles"]) == 500, "all of it was committed before the kill"
            break
    loaded = load_documents([sample(f"d{i}", title="changed") for i in range(400)], url)
    assert loaded.added + loaded.replaced + loaded.unchanged == 400
    assert ask(url, "SELECT count(*), count(valid_to) FROM articles") == [(500, 100)]
    assert ask(url, "SELECT count(*) FROM v_facts") == [(400,)]
    assert load_documents([sample(f"d{i}", title="changed") for i in range(400)], url).rows == 0
