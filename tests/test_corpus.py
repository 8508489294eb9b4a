"""Every article of the corpus reads as its gold annotations say."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise
from typing import Any, get_args

import pytest

from schemas.facts import Aspect, Basis, Direction
from schemas.mentions import Modifier, OrdinalRole, PeriodType, ProgramType
from tests.corpus import CORPUS, NAMES, Gold, articles, document, gold
from zhengshu.evaluate import evaluate
from zhengshu.validate import faults

KINDS = {"quantity": "quantities", "period": "periods", "ordinal": "ordinals", "program": "programs"}
ATTRIBUTES = {
    "quantity": ("value", "high", "unit", "modifier"),
    "period": ("start_date", "end_date", "type"),
    "ordinal": ("value", "role", "scope", "top"),
    "program": ("name", "type"),
    "fact": ("indicator", "aspect", "direction", "basis", "base", "period", "region", "subject"),
    "ignore": (),
}
CHOICES: dict[tuple[str, str], tuple[object, ...]] = {
    ("quantity", "modifier"): get_args(Modifier),
    ("period", "type"): get_args(PeriodType),
    ("ordinal", "role"): get_args(OrdinalRole),
    ("ordinal", "top"): (True, False),
    ("program", "type"): get_args(ProgramType),
    ("fact", "aspect"): get_args(Aspect),
    ("fact", "direction"): (*get_args(Direction), None),
    ("fact", "basis"): (*get_args(Basis), None),
}
PROGRAM_FLOOR = 0.95
"""Span F1 of the programmes over the corpus; raise it with what the rules reach."""

Mention = dict[str, Any]


def attributes(kind: str, mention: Mention) -> tuple[object, ...]:
    """Everything that must agree; numbers by their value, ``10`` as ``10.0``."""
    values = ((name, mention[name]) for name in ATTRIBUTES[kind])
    return tuple(Decimal(v) if name in ("value", "high") and v is not None else v for name, v in values)


def mentions(annotation: Gold, kind: str) -> dict[tuple[int, int, str], tuple[object, ...]]:
    return {(m["start"], m["end"], m["text"]): attributes(kind, m) for m in annotation["mentions"] if m["kind"] == kind}


def records(name: str, kind: str) -> dict[tuple[int, int, str], tuple[object, ...]]:
    """The records read, but for those over an ``ignore`` that no gold mention has."""
    rows = document(name).model_dump(mode="json")[KINDS[kind]]
    ignored = [(m["start"], m["end"]) for m in gold()[name]["mentions"] if m["kind"] == "ignore"]
    wanted = {(start, end) for start, end, _ in mentions(gold()[name], kind)}
    return {
        (r["start"], r["end"], r["text"]): attributes(kind, r)
        for r in rows
        if (r["start"], r["end"]) in wanted or not any(a < r["end"] and r["start"] < b for a, b in ignored)
    }


FIGURES = [(name, kind) for name in NAMES for kind in ("quantity", "period", "ordinal")]


@pytest.mark.parametrize(("name", "kind"), FIGURES)
def test_figures_are_exactly_those_of_the_gold(name: str, kind: str):
    assert records(name, kind) == mentions(gold()[name], kind)


def test_programmes_reach_the_floor():
    documents = {document(name).article.sha256: document(name).model_dump(mode="json") for name in NAMES}
    evaluation = evaluate(gold().values(), documents)
    assert not evaluation.missing
    programs = evaluation.counts["program"]
    assert programs.f1(programs.span) >= PROGRAM_FLOOR, [str(e) for e in evaluation.errors() if e.kind == "program"]


@pytest.mark.parametrize("name", NAMES)
def test_document_is_proven_by_its_text(name: str):
    article, found = articles()[name], document(name)
    assert faults(found, article.text) == []
    for kind in ("numbers", *KINDS.values()):
        for record in getattr(found, kind):
            assert record.text == article.text[record.start : record.end]


@pytest.mark.parametrize("name", NAMES)
def test_no_numeral_is_left_unread_without_a_finding(name: str):
    found = document(name)
    unread = [(entry.start, entry.end) for entry in found.numbers if entry.role == "unread"]
    assert unread == [(f.start, f.end) for f in found.findings if f.code == "numeral_unread"]


def test_corpus_is_whole():
    assert NAMES == list(gold()) == sorted(articles())
    assert len(NAMES) >= 16
    assert {path.suffix for path in (CORPUS / "articles").iterdir()} == {".txt", ".json"}
    read = Counter(m["kind"] for annotation in gold().values() for m in annotation["mentions"])
    assert set(read) == set(ATTRIBUTES), "the corpus has every kind of mention"


@pytest.mark.parametrize("name", NAMES)
def test_gold_belongs_to_its_article(name: str):
    annotation, article = gold()[name], articles()[name]
    assert annotation.keys() == {"doc", "genre", "sha256", "length", "published", "mentions"}
    assert annotation["doc"] == name
    assert annotation["sha256"] == sha256(article.text.encode()).hexdigest()
    assert annotation["length"] == len(article.text)
    assert annotation["published"] == (article.published.isoformat() if article.published else None)
    assert 400 <= len(article.text) <= 1500


@pytest.mark.parametrize("name", NAMES)
def test_gold_mentions_are_well_formed(name: str):
    text = articles()[name].text
    for mention in gold()[name]["mentions"]:
        assert mention.keys() == {"kind", "start", "end", "text", *ATTRIBUTES[mention["kind"]]}, mention
        assert 0 <= mention["start"] < mention["end"] <= len(text), mention
        assert mention["text"] == text[mention["start"] : mention["end"]], mention
        check_values(mention)


def check_values(mention: Mention) -> None:
    kind = mention["kind"]
    for name in ("value", "high"):
        if mention.get(name) is not None:
            assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", mention[name]), mention
    if mention.get("high") is not None:
        assert Decimal(mention["high"]) > Decimal(mention["value"]), mention
    for name in ("start_date", "end_date"):
        if mention.get(name) is not None:
            assert date.fromisoformat(mention[name]).isoformat() == mention[name], mention
    if mention.get("start_date") and mention.get("end_date"):
        assert mention["start_date"] <= mention["end_date"], mention
    for (of, name), choices in CHOICES.items():
        assert kind != of or mention[name] in choices, mention
    if kind == "program":
        assert mention["name"] == "".join(mention["text"].splitlines()), mention
    if kind == "quantity":
        assert mention["unit"] is None or mention["unit"].strip(), mention


@pytest.mark.parametrize("name", NAMES)
def test_gold_mentions_are_in_order_and_none_twice(name: str):
    spans = [(m["start"], m["end"], m["kind"]) for m in gold()[name]["mentions"]]
    assert len(set(spans)) == len(spans)
    assert [start for start, _, _ in spans] == sorted(start for start, _, _ in spans)
    for kinds in (("quantity", "period", "ordinal"), ("program",)):
        places = sorted((start, end) for start, end, kind in spans if kind in kinds)
        assert all(a[1] <= b[0] for a, b in pairwise(places)), "mentions of these kinds overlap"
