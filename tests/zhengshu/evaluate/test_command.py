"""`zhengshu evaluate` as its user meets it: tables, JSON, page, baselines, exit statuses."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline import main
from tests.corpus import CORPUS
from zhengshu.evaluate import errors_page, intervals

NAMES = ("meitan-xiangcun-2023", "macau-2023", "jinnan-1957")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three articles of the corpus with their gold."""
    for name in NAMES:
        for folder, pattern in (("articles", f"{name}.*"), ("gold", f"{name}.json")):
            (tmp_path / folder).mkdir(exist_ok=True)
            for path in (CORPUS / folder).glob(pattern):
                shutil.copy(path, tmp_path / folder)
    return tmp_path / "gold"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["evaluate", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def spoil(gold: Path, name: str = NAMES[0], **fields: Any) -> None:
    """Change the first quantity of a gold file, so that the reading of it is wrong."""
    path = gold / f"{name}.json"
    annotation = json.loads(path.read_text("utf-8"))
    next(m for m in annotation["mentions"] if m["kind"] == "quantity").update(fields)
    path.write_text(json.dumps(annotation))


def test_articles_are_read_where_no_documents_are_given(gold: Path, capsys: pytest.CaptureFixture[str]):
    status, out, err = run(capsys, gold)
    assert (status, err) == (0, "")
    kinds, facts = out.split("\n\n")
    head, _, *rows = kinds.splitlines()
    assert head.split() == ["kind", "gold", "read", "precision", "recall", "span", "full", "loose", "wrong"]
    assert [row.split()[0] for row in rows] == ["quantity", "period", "ordinal", "program"]
    assert facts.splitlines()[0].split() == ["kind", "gold", "found", "core", "full", "wrong"]


def test_stored_documents_give_the_same(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    main(["extract", str(tmp_path / "articles"), "--out", str(tmp_path / "out")])
    capsys.readouterr()
    assert run(capsys, gold, "--outputs", tmp_path / "out", "--json") == run(capsys, gold, "--json", "--workers", 2)


@pytest.mark.parametrize(
    ("by", "cells"),
    [
        ("genre", ["brief", "quantity"]),
        ("article", ["macau-2023", "quantity"]),
        ("field", ["modifier", "quantity"]),
        ("rule", ["quantities.amount"]),
    ],
)
def test_by(gold: Path, capsys: pytest.CaptureFixture[str], by: str, cells: list[str]):
    out = run(capsys, gold, "--by", by)[1]
    table = [line.split() for line in out.split("\n\n")[2].splitlines()]
    assert table[0][0] == by
    assert any(row[: len(cells)] == cells for row in table)


def test_several_tables(gold: Path, capsys: pytest.CaptureFixture[str]):
    assert len(run(capsys, gold, "--by", "genre", "--by", "field")[1].split("\n\n")) == 5


def test_json_is_one_object(gold: Path, capsys: pytest.CaptureFixture[str]):
    spoil(gold, unit="光年")
    found = json.loads(run(capsys, gold, "--json", "--errors", 3)[1])
    assert (found["articles"], found["missing"]) == (3, [])
    assert set(found["genres"]) == {"brief", "release", "historical"}
    assert set(found["by_article"]) == set(NAMES)
    unit = found["kinds"]["quantity"]["fields"]["unit"]
    assert unit["wrong"] >= 1
    assert unit["accuracy"] == 1 - unit["wrong"] / unit["compared"]
    error = next(each for each in found["errors"] if each["gold"] and each["gold"].get("unit") == "光年")
    assert (error["class"], error["wrong"], error["article"]) == ("attribute", ["unit"], NAMES[0])
    assert error["rule"].startswith("quantities.")
    if intervals.available():
        low, high = found["kinds"]["quantity"]["intervals"]["full"]
        assert low <= found["kinds"]["quantity"]["full"] <= high


def test_page(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    pytest.importorskip("jinja2")
    spoil(gold, unit="光年")
    assert run(capsys, gold, "--html", tmp_path / "errors.html")[0] == 0
    page = (tmp_path / "errors.html").read_text("utf-8")
    assert "光年" in page
    assert '<p class="sentence"' in page


def test_page_without_jinja_is_refused_before_anything_is_read(gold: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setattr(errors_page, "available", lambda: False)
    assert run(capsys, gold, "--html", "x.html") == (2, "", f"zhengshu: {errors_page.NEEDS_JINJA}\n")


def test_without_numpy_the_table_prints_and_says_what_is_missing(gold: Path, capsys: Any, monkeypatch: Any):
    monkeypatch.setattr(intervals, "available", lambda: False)
    status, out, err = run(capsys, gold)
    assert (status, err) == (0, f"{intervals.NEEDS_NUMPY}\n")
    assert "quantity" in out
    assert "–" not in out


def test_a_missing_article_is_one(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "articles" / "macau-2023.txt").unlink()
    status, _, err = run(capsys, gold, "--save-baseline", tmp_path / "b.jsonl")
    assert status == 1
    assert "macau-2023: no document has the text of this gold article" in err
    assert not (tmp_path / "b.jsonl").exists(), "a baseline without an article would hide its falls"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["absent"], "absent holds no annotations"),
        (["{gold}", "--articles", "{gold}"], "no article of {gold} was found; name them with --articles"),
        (["{gold}", "--baseline", "absent"], "the baseline absent cannot be read"),
        (["{gold}", "--outputs", "absent"], "there is no absent"),
    ],
)
def test_usage_is_two(gold: Path, capsys: Any, arguments: list[str], says: str):
    status, out, err = run(capsys, *(argument.format(gold=gold) for argument in arguments))
    assert (status, out) == (2, "")
    assert says.format(gold=gold) in err


def test_a_fall_is_one_and_is_listed(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    place = tmp_path / "b.jsonl"
    status, _, err = run(capsys, gold, "--save-baseline", place)
    assert (status, err.splitlines()[-1].startswith(f"{place} holds the outcome of ")) == (0, True)
    assert run(capsys, gold, "--baseline", place)[0] == 0

    spoil(gold, unit="光年")
    status, out, _ = run(capsys, gold, "--baseline", place)
    assert status == 1
    assert "against the baseline: 1 fell, 0 rose, 0 gold records vanished, 0 are new" in out
    assert "right → wrong in unit (quantities." in out
    found = json.loads(run(capsys, gold, "--baseline", place, "--json")[1])["baseline"]
    assert [fall["after"] for fall in found["falls"]] == ["wrong in unit"]


def test_a_baseline_gives_nothing_up_unless_it_is_told_to(gold: Path, tmp_path: Path, capsys: Any):
    place = tmp_path / "b.jsonl"
    run(capsys, gold, "--save-baseline", place)
    before = place.read_bytes()
    spoil(gold, unit="光年")
    status, _, err = run(capsys, gold, "--save-baseline", place)
    assert (status, place.read_bytes()) == (1, before)
    assert "right → wrong in unit" in err
    assert "--accept-falls gives them up" in err
    status, _, err = run(capsys, gold, "--save-baseline", place, "--accept-falls")
    assert (status, "right → wrong in unit" in err) == (0, True)
    assert place.read_bytes() != before
    assert run(capsys, gold, "--baseline", place)[0] == 0
