"""The queries of the README give what it shows, in both databases; the views see what is current."""

import os
import subprocess
import sys
from pathlib import Path

from tests.test_readme import blocks
from tests.zhengshu.database.asking import AUGUST, JULY, ask, columns, sample
from zhengshu.database import load_documents

HOUSE = Path(__file__).parents[3]


def test_the_queries_of_the_readme_give_the_rows_shown(url: str, tmp_path: Path):
    (setup,) = blocks("README.md", "sh", "runs: databases")
    assert setup.count("--db huzhou.db") == 2
    command = tmp_path / "zhengshu"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HOUSE / "pipeline.py"}" "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONUTF8": "1"}
    script = setup.replace("--db huzhou.db", f"--db '{url}'")
    subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, env=environment, capture_output=True, check=True)
    queries, results = blocks("README.md", "sql"), blocks("README.md", "result")
    assert len(queries) == len(results) == 8
    for sql, result in zip(queries, results, strict=True):
        head, *rows = result.splitlines()
        found = [" | ".join("" if cell is None else str(cell) for cell in row).rstrip() for row in ask(url, sql)]
        assert found == rows, sql
        assert columns(url, f"({sql}) AS shown") == head.split(" | ")


def test_views_show_what_is_current_alone(url: str):
    load_documents([sample()], url, at=JULY)
    load_documents([sample(value="1"), sample("other", title="x")], url, at=AUGUST)
    for view in ("v_facts", "v_program_mentions", "v_releases"):
        assert ask(url, f"SELECT count(*) FROM {view}") == [(2,)], view
    assert ask(url, "SELECT articles, mentions, figures FROM v_programs") == [(2, 2, 2)]
    assert ask(url, "SELECT count(*) FROM v_history") == [(3,)]


def test_a_value_that_is_written_with_more_digits_is_no_conflict(url: str):
    documents = [sample("a", value="7.2"), sample("b", value="7.20"), sample("c", value="7.200")]
    load_documents(documents, url)
    sql = "SELECT value, conflict, articles FROM v_series"
    assert ask(url, sql) == [("7.2", 0, 3)]
    load_documents([sample("d", value="7.3")], url)
    assert sorted(ask(url, sql)) == [("7.2", 1, 3), ("7.3", 1, 1)]
