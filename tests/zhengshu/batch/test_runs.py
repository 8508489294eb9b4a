"""A second run does only what is new or changed, and its output is that of a run that never stopped."""

import contextlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipeline import main
from tests.zhengshu.batch.releases import content, release, write_lines, zhengshu

PLACES = ["out", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "facts.csv", "facts.jsonl", "parquet"]


def options(place: str) -> list[str]:
    forms = {"facts.csv": "facts-csv", "facts.jsonl": "facts-jsonl", "parquet": "parquet"}
    return ["--format", forms[place]] if place in forms else []


def run(*arguments: object, cwd: Path, status: int = 0) -> dict[str, Any]:
    """Run an extraction in this process and give its report."""
    with contextlib.chdir(cwd):
        assert main(["extract", *map(str, arguments), "--report", "report.json"]) == status
    report: dict[str, Any] = json.loads((cwd / "report.json").read_text("utf-8"))
    return report


@pytest.mark.parametrize("place", PLACES)
def test_a_second_run_reads_what_is_new_or_changed_and_ends_as_one_from_scratch(tmp_path: Path, place: str):
    source = write_lines(tmp_path / "in.jsonl", range(24))
    assert run(source, "--out", place, *options(place), cwd=tmp_path)["articles"]["read"] == 24
    before = content(tmp_path / place)
    again = run(source, "--out", place, *options(place), cwd=tmp_path)
    assert again["articles"] == {"read": 0, "failed": 0, "unchanged": 24, "not_selected": 0}
    assert content(tmp_path / place) == before
    lines = write_lines(source, range(30)).read_text("utf-8").splitlines(keepends=True)
    lines[7] = lines[7].replace("投资", "产值")
    source.write_text("".join(lines), "utf-8")
    assert run(source, "--out", place, *options(place), cwd=tmp_path)["articles"]["read"] == 7
    assert content(tmp_path / place) != before
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    run(source, "--out", place, *options(place), cwd=fresh)
    assert content(tmp_path / place) == content(fresh / place)


def test_one_file_holds_what_the_run_was_given_and_a_folder_what_it_ever_was(tmp_path: Path):
    for place, left in [("out.jsonl", 5), ("out", 15)]:
        run(write_lines(tmp_path / "a.jsonl", range(10)), "--out", place, cwd=tmp_path)
        run(write_lines(tmp_path / "b.jsonl", range(10, 15)), "--out", place, cwd=tmp_path)
        found = content(tmp_path / place)
        assert len(found) == (1 if place == "out.jsonl" else left)
        assert sum(body.count(b'"schema_version"') for body in found.values()) == left


def test_a_document_that_was_taken_away_is_written_again(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(5))
    run(source, cwd=tmp_path)
    before = content(tmp_path / "outputs")
    (tmp_path / "outputs" / "r00003.json").unlink()
    assert run(source, cwd=tmp_path)["articles"]["read"] == 1
    assert content(tmp_path / "outputs") == before
    run(source, "--format", "parquet", cwd=tmp_path)
    before = content(tmp_path / "parquet")
    (tmp_path / "parquet" / "facts" / "part-00000.parquet").unlink()
    assert run(source, "--format", "parquet", cwd=tmp_path)["articles"]["read"] == 0
    assert content(tmp_path / "parquet") == before


def test_what_failed_is_read_again_alone(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(5))
    (tmp_path / "outputs" / "r00002.json").mkdir(parents=True)
    first = run(source, cwd=tmp_path, status=1)
    assert (first["articles"]["read"], first["failures"]) == (4, {"output": 1})
    assert first["failed"][0]["source"] == "r00002"
    (tmp_path / "outputs" / "r00002.json").rmdir()
    write_lines(source, range(9))
    again = run(source, "--only-failed", cwd=tmp_path)["articles"]
    assert (again["read"], again["not_selected"]) == (1, 8)
    assert run(source, cwd=tmp_path)["articles"]["read"] == 4


def test_since_reads_what_is_young_enough_or_has_no_date(tmp_path: Path):
    records = [{**release(i), "published": day} for i, day in enumerate(["2025-01-01", "2025-06-01", None])]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    told = run("in.jsonl", "--since", "2025-06-01", cwd=tmp_path)["articles"]
    assert (told["read"], told["not_selected"]) == (2, 1)
    assert sorted(content(tmp_path / "outputs")) == ["r00001.json", "r00002.json"]


def test_resume_takes_what_the_stopped_run_was_given(tmp_path: Path):
    write_lines(tmp_path / "in.jsonl", range(8))
    run("in.jsonl", "--region", "湖州市", cwd=tmp_path)
    ran = zhengshu("extract", "--resume", cwd=tmp_path)
    assert (ran.returncode, "there is none to resume" in ran.stderr) == (2, True)
    with sqlite3.connect(tmp_path / "outputs" / ".journal.sqlite") as journal:
        journal.execute("UPDATE runs SET ended = NULL")
        journal.execute("UPDATE articles SET outcome = NULL WHERE seq > 5")
    journal.close()
    assert run("--resume", cwd=tmp_path)["articles"] == {"read": 3, "failed": 0, "unchanged": 5, "not_selected": 0}
    elsewhere = zhengshu("extract", "--resume", "--out", tmp_path / "none")
    assert (elsewhere.returncode, "no run to resume" in elsewhere.stderr) == (2, True)


def test_another_program_reads_everything_again(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(3))
    run(source, cwd=tmp_path)
    with sqlite3.connect(tmp_path / "outputs" / ".journal.sqlite") as journal:
        journal.execute("UPDATE articles SET version = '0.0.9+0' WHERE seq = 2")
    journal.close()
    assert run(source, cwd=tmp_path)["articles"]["read"] == 1


def test_a_journal_that_cannot_serve_is_one_sentence(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(3))
    (tmp_path / "no.sqlite").write_text("no database at all, but some text")
    ran = zhengshu("extract", source, "--journal", tmp_path / "no.sqlite", cwd=tmp_path)
    assert (ran.returncode, "no journal can be kept in" in ran.stderr) == (2, True)
    run(source, "--journal", tmp_path / "j.sqlite", cwd=tmp_path)
    other = zhengshu("extract", source, "--journal", tmp_path / "j.sqlite", "--out", "x.jsonl", cwd=tmp_path)
    assert "is the journal of json, not of json lines" in other.stderr
    with sqlite3.connect(tmp_path / "j.sqlite") as journal:
        journal.execute("PRAGMA user_version = 9")
    journal.close()
    newer = zhengshu("extract", source, "--journal", tmp_path / "j.sqlite", cwd=tmp_path)
    assert (newer.returncode, "is a journal of version 9, not 1" in newer.stderr) == (2, True)
    assert len(newer.stderr.splitlines()) == 1


def test_two_runs_do_not_share_a_journal(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(3))
    run(source, cwd=tmp_path)
    held = sqlite3.connect(tmp_path / "outputs" / ".journal.sqlite", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    ran = zhengshu("extract", source, cwd=tmp_path)
    held.close()
    assert (ran.returncode, "another run holds the journal" in ran.stderr) == (2, True)


def test_the_log_is_json_where_that_is_asked_for(tmp_path: Path):
    source = write_lines(tmp_path / "in.jsonl", range(3))
    with source.open("a") as file:
        file.write("{\n")
    ran = zhengshu("extract", source, "--log", "json", cwd=tmp_path)
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert {line["event"] for line in lines} == {"failure", "stage", "end"}
    (failure,) = (line for line in lines if line["event"] == "failure")
    assert (failure["level"], failure["cause"], failure["source"]) == ("error", "input", f"{source}, line 4")
    end = lines[-1]
    assert (end["articles"]["read"], end["articles"]["failed"], end["records"]["quantities"] > 3) == (3, 1, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--out", "-", "--duplicates", "links.jsonl"], "--duplicates needs a journal"),
        (["--no-journal", "--only-failed"], "--only-failed needs a journal"),
        (["--no-journal", "--format", "parquet"], "Parquet is put together from the journal"),
        (["--format", "parquet", "--out", "tables.parquet"], "Parquet goes to a folder"),
    ],
)
def test_what_needs_a_journal_is_refused_without_one(tmp_path: Path, arguments: list[str], says: str):
    ran = zhengshu("extract", write_lines(tmp_path / "in.jsonl", range(2)), *arguments, cwd=tmp_path)
    assert (ran.returncode, says in ran.stderr, len(ran.stderr.splitlines())) == (2, True, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_a_folder_with_a_point_in_its_name_takes_parquet(tmp_path: Path):
    run(write_lines(tmp_path / "in.jsonl", range(2)), "--format", "parquet", "--out", "2025.07", cwd=tmp_path)
    assert (tmp_path / "2025.07" / "facts" / "part-00000.parquet").exists()
