"""Scores are those of the referee, shared/tools/score.py."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from tests.documents import full_document, span
from zhengshu.errors import UsageError
from zhengshu.evaluate import KINDS, evaluate, load_documents, load_gold, same, table

REFEREE = Path(__file__).parents[3] / "shared" / "tools" / "score.py"
TEXT = "2021年，引进外来资金5600余亿元，增长8.1%，位居全省第3位、全国前10名，实施“四强”产业攀登计划，年产三成。"


def quantity(fragment: str, value: str, unit: str, modifier: str = "exact", **more: Any) -> dict[str, Any]:
    return {**span(TEXT, fragment), "value": value, "high": None, "unit": unit, "modifier": modifier, **more}


def period(fragment: str, start: str | None, end: str | None) -> dict[str, Any]:
    return {**span(TEXT, fragment), "start_date": start, "end_date": end}


GOLD = {
    "doc": "sample.txt",
    "sha256": "a" * 64,
    "mentions": [
        {"kind": "quantity", **quantity("5600余亿元", "560000000000", "元", "more_than")},
        {"kind": "quantity", **quantity("8.1%", "8.1", "%")},
        {"kind": "quantity", **quantity("三成", "30", "%")},
        {"kind": "period", **period("2021年", "2021-01-01", "2021-12-31")},
        {"kind": "ordinal", **span(TEXT, "第3位"), "value": "3", "role": "rank", "scope": "全省", "top": False},
        {"kind": "ordinal", **span(TEXT, "前10名"), "value": "10", "role": "rank", "scope": "全国", "top": True},
        {"kind": "program", **span(TEXT, "“四强”产业攀登计划"), "type": "plan"},
        {"kind": "ignore", **span(TEXT, "年产")},
        {"kind": "fact", **span(TEXT, "8.1%"), "indicator": "外来资金"},
    ],
}

PERFECT: dict[str, Any] = {"article": {"sha256": "a" * 64}} | {
    key: [{k: v for k, v in m.items() if k != "kind"} for m in GOLD["mentions"] if m["kind"] == kind]  # type: ignore[index]
    for kind, key in KINDS.items()
}

FLAWED: dict[str, Any] = {
    "article": {"sha256": "a" * 64},
    "quantities": [
        quantity("5600余亿", "560000000000", "元", "more_than"),
        quantity("8.1%", "8.10", "%", "approx"),
        quantity("引进", "1", "个"),
        quantity("增长8.1%，", "1", "个"),
    ],
    "periods": [period("2021年", "2021-01-01", None), period("年产", None, None)],
    "ordinals": [{**span(TEXT, "第3位"), "value": "4", "role": "sequence", "scope": None, "top": True}],
}


def test_perfect_document():
    scores, missing = evaluate([GOLD], {"a" * 64: PERFECT})
    assert missing == []
    for kind in KINDS:
        score = scores[kind]
        assert score.gold == score.read == score.span == score.full == score.loose > 0
        assert score.errors == []
    assert "1.000" in table(scores)[1]


def test_flawed_document():
    scores, _ = evaluate([GOLD], {"a" * 64: FLAWED})
    quantities = scores["quantity"]
    assert (quantities.gold, quantities.read, quantities.span, quantities.full, quantities.loose) == (3, 4, 1, 0, 2)
    assert quantities.errors == [
        "sample.txt: quantity “8.1%”: modifier is approx, gold says exact",
        "sample.txt: quantity “5600余亿元”: read as “5600余亿”",
        "sample.txt: quantity “三成”: missed",
        "sample.txt: quantity “引进”: spurious",
        "sample.txt: quantity “增长8.1%，”: spurious",
    ]
    assert (scores["period"].read, scores["period"].full) == (1, 0), "what touches an ignore does not count"
    assert dict(scores["ordinal"].wrong) == {"value": 1, "role": 1, "scope": 1, "top": 1}
    assert scores["program"].f1(scores["program"].span) == 0.0


def test_missing_document_counts_as_missed():
    scores, missing = evaluate([GOLD], {})
    assert missing == ["sample.txt"]
    assert (scores["quantity"].gold, scores["quantity"].read) == (3, 0)


@pytest.mark.parametrize(
    ("name", "claimed", "right", "answer"),
    [
        ("value", "0.666667", "0.6666666667", True),
        ("value", "100.0", "1E+2", True),
        ("value", "5600", "5601", False),
        ("value", None, "1", False),
        ("high", None, None, True),
        ("top", None, False, True),
        ("unit", "元", "美元", False),
    ],
)
def test_same(name: str, claimed: object, right: object, answer: bool):
    assert same(name, claimed, right) is answer


def test_stored_documents_load_by_hash(tmp_path: Path):
    document = full_document()
    (tmp_path / "sample.json").write_text(document.model_dump_json())
    (tmp_path / "all.jsonl").write_text(document.model_dump_json() + "\n\n")
    assert dict(load_documents(str(tmp_path))).keys() == {document.article.sha256}
    assert dict(load_documents(str(tmp_path / "all.jsonl"))).keys() == {document.article.sha256}


def test_places_without_gold_or_documents(tmp_path: Path):
    with pytest.raises(UsageError, match="holds no annotations"):
        load_gold(str(tmp_path))
    with pytest.raises(UsageError, match="holds no documents"):
        dict(load_documents(str(tmp_path)))
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read"):
        load_gold(str(tmp_path))
    with pytest.raises(UsageError, match="this is no JSON"):
        dict(load_documents(str(tmp_path)))


@pytest.mark.skipif(not REFEREE.exists(), reason="the referee is not in this tree")
@pytest.mark.parametrize("document", [PERFECT, FLAWED, {}], ids=["perfect", "flawed", "missing"])
def test_figures_are_those_of_the_referee(document: dict[str, Any]):
    assert_equal_to_referee([GOLD], {"a" * 64: document} if document else {})


@pytest.mark.skipif(not REFEREE.exists(), reason="the referee is not in this tree")
def test_figures_on_shifted_gold_are_those_of_the_referee():
    """Real annotations scored against a damaged copy of themselves: spans moved, values and types changed."""
    folder = REFEREE.parents[1] / "gold" / "dev" / "annotations"
    gold = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    documents = {g["sha256"]: damaged(g) for g in gold}
    assert_equal_to_referee(gold, documents)


def damaged(gold: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for kind, key in KINDS.items():
        records = [dict(m) for m in gold["mentions"] if m["kind"] == kind]
        for i, record in enumerate(records):
            if i % 5 == 1:
                record["end"] += 1
            if i % 7 == 2:
                record.update({k: "0" for k in ("value", "unit", "start_date", "scope", "type") if k in record})
        ignored = [dict(m) for m in gold["mentions"] if m["kind"] == "ignore"][::2]
        document[key] = [r for i, r in enumerate(records) if i % 11 != 4] + ignored
    return document


def assert_equal_to_referee(gold: list[dict[str, Any]], documents: dict[str, dict[str, Any]]) -> None:
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    assert spec is not None
    assert spec.loader is not None
    referee = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(referee)
    tally, _, missing = referee.score(gold, documents)
    scores, ours_missing = evaluate(gold, documents)
    assert ours_missing == missing
    for kind, score in scores.items():
        theirs = tally[kind]
        for name, count in [("gold", score.gold), ("pred", score.read), ("span", score.span), ("full", score.full)]:
            assert count == theirs[name], (kind, name)
        assert score.loose == theirs["loose"], kind
        wrong = {name: theirs["bad_" + name] for name in score.wrong}
        assert dict(score.wrong) == wrong
        assert score.f1(score.span) == pytest.approx(referee.f1(theirs["span"], theirs["pred"], theirs["gold"])[0])
