"""What became of every record, and the counts; fields compare as the guidelines say."""

from typing import Any

import pytest

from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, PERFECT
from zhengshu.evaluate import evaluate
from zhengshu.evaluate.fields import phrase_f1, same
from zhengshu.evaluate.scores import ALL_KINDS, genre


def test_perfect_document():
    evaluation = evaluate([GOLD], {HASH: PERFECT})
    assert evaluation.missing == []
    assert list(evaluation.errors()) == []
    for kind, counts in evaluation.counts.items():
        assert counts.gold == counts.span == counts.full > 0
        assert (counts.read, counts.loose) == ((0, 0) if kind == "fact" else (counts.gold, counts.gold))
        assert not counts.wrong
    assert evaluation.counts["fact"].core == 2


def test_flawed_document():
    evaluation = evaluate([GOLD], {HASH: FLAWED})
    counts = evaluation.counts
    quantities = counts["quantity"]
    assert (quantities.gold, quantities.read, quantities.span, quantities.full, quantities.loose) == (3, 4, 1, 0, 2)
    assert [str(error) for error in evaluation.errors() if error.kind == "quantity"] == [
        "sample.txt: quantity “5600余亿元”: read as “5600余亿”",
        "sample.txt: quantity “8.1%”: modifier is approx, gold says exact (quantities.amount)",
        "sample.txt: quantity “三成”: missed",
        "sample.txt: quantity “引进”: spurious",
        "sample.txt: quantity “增长8.1%，”: spurious",
    ]
    assert (counts["period"].read, counts["period"].full) == (1, 0), "what touches an ignore does not count"
    assert dict(counts["ordinal"].wrong) == {"value": 1, "role": 1, "scope": 1, "top": 1}
    assert counts["program"].f1(counts["program"].span) == 0.0
    assert counts["quantity"].accuracy("modifier") == 0.0
    assert counts["quantity"].accuracy("value") == 1.0


def test_facts_are_judged_on_their_quantity():
    evaluation = evaluate([GOLD], {HASH: FLAWED})
    facts = evaluation.counts["fact"]
    assert (facts.gold, facts.span, facts.core, facts.full) == (2, 1, 0, 0)
    (missed, found) = (error for error in evaluation.errors() if error.kind == "fact")
    assert (missed.outcome, missed.place["text"]) == ("missed", "5600余亿元")
    assert found.wrong == ("indicator", "aspect", "direction", "basis", "subject")
    assert found.read is not None
    assert (found.read["period"], found.read["text"]) == ("2021年", "8.1%")


def test_type_of_a_period_is_reported_beside_full():
    document = {**PERFECT, "periods": [{**PERFECT["periods"][0], "type": "range"}]}
    evaluation = evaluate([GOLD], {HASH: document})
    periods = evaluation.counts["period"]
    assert (periods.full, periods.accuracy("type")) == (1, 0.0)
    (error,) = evaluation.errors()
    assert str(error) == "sample.txt: period “2021年”: type is range, gold says year (periods.rule)"


def test_missing_document_counts_as_missed():
    evaluation = evaluate([GOLD], {})
    assert evaluation.missing == ["sample.txt"]
    assert (evaluation.counts["quantity"].gold, evaluation.counts["quantity"].read) == (3, 0)
    assert {error.outcome for error in evaluation.errors()} == {"missed"}


def test_exact_spans_belong_together_whatever_overlaps():
    """The reader sees one fate a record, even where the loose pairing gives the first what is exactly the second's."""
    gold = {"doc": "x", "sha256": HASH, "mentions": [program(0, 9), program(3, 6)]}
    evaluation = evaluate([gold], {HASH: {"programs": [program(3, 6), program(5, 7)]}})
    assert [(error.outcome, error.place["start"]) for error in evaluation.errors()] == [("span", 0)]
    assert evaluation.counts["program"].loose == 2


def program(start: int, end: int) -> dict[str, Any]:
    return {"kind": "program", "start": start, "end": end, "text": "", "type": "plan"}


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        ({"doc": "gwr_2010_908.txt"}, "gwr"),
        ({"doc": "zibo-2022-09-13.txt"}, "zibo-2022-09-13"),
        ({"doc": "gwr_2010", "genre": "work report"}, "work report"),
    ],
)
def test_genre(annotation: dict[str, Any], name: str):
    assert genre(annotation) == name


@pytest.mark.parametrize(
    ("kind", "name", "claimed", "right", "answer"),
    [
        ("quantity", "value", "0.666667", "0.6666666667", True),
        ("quantity", "value", "100.0", "1E+2", True),
        ("quantity", "value", "5600", "5601", False),
        ("quantity", "value", None, "1", False),
        ("quantity", "value", "viele", "manche", False),
        ("quantity", "value", "Infinity", "Infinity", True),
        ("quantity", "value", "NaN", "1", False),
        ("quantity", "high", None, None, True),
        ("quantity", "unit", "元", "美元", False),
        ("ordinal", "top", None, False, True),
        ("fact", "indicator", "主营业务收入", "业务收入", True),
        ("fact", "base", None, "", True),
        ("fact", "base", None, "GDP", False),
        ("fact", "aspect", "level", "share", False),
    ],
)
def test_same(kind: str, name: str, claimed: object, right: object, answer: bool):
    assert same(kind, name, claimed, right) is answer


def test_phrase_f1_counts_characters():
    assert phrase_f1("主营业务收入", "业务收入") == pytest.approx(0.8)
    assert phrase_f1("收收入", "收入") == pytest.approx(0.8)


def test_many_overlapping_spans_stay_fast():
    """A hundred thousand records side by side are judged by place, not one against another."""
    records = [program(3 * i, 3 * i + 2) for i in range(100_000)]
    shifted = [program(3 * i + 1, 3 * i + 3) for i in range(100_000)]
    ignored = [{**record, "kind": "ignore"} for record in records[::2]]
    counts = evaluate([{"doc": "x", "sha256": HASH, "mentions": [*records, *ignored]}], {HASH: {"programs": shifted}})
    assert counts.counts["program"].loose == 50_000


def test_every_kind_is_counted():
    assert tuple(evaluate([GOLD], {}).counts) == ALL_KINDS
