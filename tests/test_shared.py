"""What the project promises on the shared texts: the referee's scores, the first article, the whole ledger."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from pipeline import extract
from schemas import Article, Extraction
from tests.shared import SHARED, annotations, bulk, needs_shared, referee, zibo
from zhengshu import ingest
from zhengshu.validate import differences, faults

pytestmark = needs_shared

GOLD = SHARED / "gold" / "dev"
KINDS = {"quantity": "quantities", "period": "periods", "ordinal": "ordinals", "program": "programs"}
THRESHOLDS = [
    ("quantity", "full", 0.93),
    ("period", "full", 0.93),
    ("ordinal", "full", 0.90),
    ("program", "span", 0.70),
]
"""Kind, measure, least F1: those of issue 2."""


def articles_of_the_gold() -> Iterator[Article]:
    for found in ingest.read([str(GOLD / "articles.jsonl")]):
        assert isinstance(found, Article), found
        yield found


@cache
def outputs() -> dict[str, Any]:
    documents = (extract(article).model_dump(mode="json") for article in articles_of_the_gold())
    return {document["article"]["sha256"]: document for document in documents}


@cache
def verdict() -> tuple[Any, Any, Any]:
    found: tuple[Any, Any, Any] = referee().score(annotations(), outputs())
    return found


def test_every_annotation_has_its_article():
    _, _, missing = verdict()
    assert missing == []
    assert len(annotations()) == len(outputs()) == 26


@pytest.mark.parametrize(("kind", "measure", "least"), THRESHOLDS)
def test_referee(kind: str, measure: str, least: float):
    tally, errors, _ = verdict()
    counts = tally[kind]
    f1, _, _ = referee().f1(counts[measure], counts["pred"], counts["gold"])
    assert f1 >= least, errors[kind][:20]


# --- the first article ----------------------------------------------------------------------------------------------


@cache
def zibo_gold() -> dict[str, Any]:
    (found,) = (annotation for annotation in annotations() if annotation["sha256"] == zibo_document().article.sha256)
    return found


@cache
def zibo_document() -> Extraction:
    return extract(zibo())


def test_zibo_is_the_article_of_the_gold():
    assert zibo_gold()["doc"].startswith("zibo-2022-09-13")
    assert zibo().published == date(2022, 9, 13)


@pytest.mark.parametrize(("kind", "count"), [("quantity", 39), ("period", 20), ("ordinal", 5)])
def test_zibo_figures_are_all_right_and_none_is_spurious(kind: str, count: int):
    gold = {(m["start"], m["end"]): m for m in zibo_gold()["mentions"] if m["kind"] == kind}
    ignored = [(m["start"], m["end"]) for m in zibo_gold()["mentions"] if m["kind"] == "ignore"]
    rows = {(r["start"], r["end"]): r for r in zibo_document().model_dump(mode="json")[KINDS[kind]]}
    kept = {s: r for s, r in rows.items() if s in gold or not any(a < s[1] and s[0] < b for a, b in ignored)}
    assert len(gold) == count
    assert {s: r["text"] for s, r in kept.items()} == {s: m["text"] for s, m in gold.items()}
    for span, mention in gold.items():
        wrong = referee().attributes(kind, mention, kept[span])
        assert wrong == [], (mention, kept[span])


def test_zibo_programmes():
    gold = {(m["start"], m["end"]) for m in zibo_gold()["mentions"] if m["kind"] == "program"}
    read = {(r.start, r.end) for r in zibo_document().programs}
    assert len(gold) == 40
    assert len(gold & read) >= 30


# --- every numeral of every text ------------------------------------------------------------------------------------


DEV = SHARED / "corpora" / "dev"

DEV_FILES = sorted(path.name for path in DEV.glob("*.txt"))


@cache
def manifest() -> dict[str, dict[str, Any]]:
    lines = next(DEV.glob("*.jsonl")).read_text("utf-8").split("\n")
    return {row["file"]: row for row in (json.loads(line) for line in lines if line)}


def manifest_article(row: dict[str, Any], text: str) -> Article:
    """Some rows know the year alone; then nothing is known of the day."""
    published = row["published"] if len(row["published"] or "") == len("2022-09-13") else None
    fields = {"id": row["file"], "text": text, "published": published, "region": row["region"]}
    return Article.model_validate(fields)


def unproven(article: Article) -> list[str]:
    """What validation says of an article's document, which is read twice."""
    document = extract(article)
    return [f"{article.id}: {fault}" for fault in faults(document, article.text)] + differences(
        document, extract(article)
    )


@pytest.mark.parametrize("file", DEV_FILES)
def test_ledger_of_a_dev_article_is_complete(file: str):
    assert unproven(manifest_article(manifest()[file], (DEV / file).read_text("utf-8"))) == []


def test_every_dev_article_is_read():
    assert len(DEV_FILES) == len(manifest()) == 101


def test_ledger_of_the_bulk_is_complete():
    items = bulk(20)
    assert len(items) == 800
    assert [fault for item in items for fault in faults(extract(item), item.text)] == []
