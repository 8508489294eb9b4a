"""The figures are those of shared/tools/score.py on any gold and any output, hostile ones too."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import annotations, needs_shared, referee
from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, PERFECT, of_gold
from zhengshu.evaluate import evaluate
from zhengshu.evaluate.fields import BESIDE, KINDS
from zhengshu.evaluate.tables import figure

pytestmark = needs_shared


def assert_equal_to_referee(gold: list[dict[str, Any]], documents: dict[str, dict[str, Any]]) -> None:
    tally, _, missing = referee().score(gold, documents)
    evaluation = evaluate(gold, documents)
    assert evaluation.missing == missing
    for kind, counts in evaluation.counts.items():
        theirs = tally[kind]
        names = [("gold", "gold"), ("pred", "read"), ("span", "span"), ("full", "full"), ("loose", "loose")]
        for name, ours in [*names, ("core", "core")]:
            assert getattr(counts, ours) == theirs[name], (kind, name)
        wrong = {name: count for name, count in counts.wrong.items() if name not in BESIDE.get(kind, ())}
        assert wrong == {name[4:]: count for name, count in theirs.items() if name.startswith("bad_") and count}, kind
        if kind in KINDS:
            for measure in ("span", "full", "loose"):
                f1, precision, recall = referee().f1(theirs[measure], theirs["pred"], theirs["gold"])
                assert figure(counts, kind, measure) == pytest.approx(f1)
                if measure == "span":
                    assert (counts.precision, counts.recall) == (precision, recall)


@pytest.mark.parametrize("document", [PERFECT, FLAWED, None], ids=["perfect", "flawed", "missing"])
def test_sample(document: dict[str, Any] | None):
    assert_equal_to_referee([GOLD], {HASH: document} if document else {})


VALUES: list[Any] = [
    "1",
    "1.0",
    "0.333333",
    "0.33333",
    "-2",
    "1E+2",
    "viele",
    "",
    None,
    3,
    2.5,
    "1" * 40,
    "1" * 39 + "2",
]
WORDS: list[Any] = ["收入", "主营业务收入", "收", "", None]
NAMES: list[Any] = ["level", "up", "元", None]
FIELDS: dict[str, list[Any]] = {
    **dict.fromkeys(("value", "high"), VALUES),
    **dict.fromkeys(("indicator", "base"), WORDS),
    **dict.fromkeys(("unit", "modifier", "start_date", "end_date", "type", "role", "scope"), NAMES),
    **dict.fromkeys(("aspect", "direction", "basis", "region", "subject"), NAMES),
    "top": [True, False, None, 1, 0, "no"],
}


@pytest.mark.parametrize("seed", range(60))
def test_damaged_copies_of_the_gold(seed: int):
    """Gold scored against copies of itself: records moved, dropped, doubled, shuffled, fields changed or taken out."""
    chance = random.Random(seed)
    gold = chance.sample(annotations(), chance.randint(1, 6))
    documents = {each["sha256"]: damaged_document(each, chance) for each in gold if chance.random() < 0.9}
    assert_equal_to_referee([damaged_gold(each, chance) for each in gold], documents)


def damaged_document(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    document = of_gold(gold)
    ignored = [dict(mention) for mention in gold["mentions"] if mention["kind"] == "ignore"]
    for key in (*KINDS.values(), "facts"):
        records = damaged(document[key] + chance.sample(ignored, len(ignored) // 2), chance)
        if chance.random() < 0.3:
            chance.shuffle(records)
        document[key] = records
    for fact in document["facts"]:
        if document["periods"] and chance.random() < 0.2:
            fact["period"] = chance.choice([None, "t?", chance.choice(document["periods"]).get("id")])
    if chance.random() < 0.1:
        document[chance.choice([*KINDS.values(), "facts"])] = None
    return document


def damaged_gold(gold: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    mentions = damaged(gold["mentions"], chance, rate=0.05)
    for mention in mentions:
        if chance.random() < 0.03:
            mention["kind"] = chance.choice([*KINDS, "ignore"])
    return {**gold, "mentions": mentions}


def damaged(records: list[dict[str, Any]], chance: random.Random, rate: float = 0.2) -> list[dict[str, Any]]:
    found = []
    for record in records:
        copies = [dict(record) for _ in range(chance.choices((0, 1, 2), (rate / 2, 1 - rate, rate / 2))[0])]
        for copy in copies:
            if "start" in copy and chance.random() < rate:
                copy["start"] = max(0, copy["start"] + chance.randint(-3, 3))
                copy["end"] = max(copy["start"], copy["end"] + chance.randint(-4, 4))
            for name, values in FIELDS.items():
                if name in copy and chance.random() < rate / 2:
                    copy[name] = chance.choice(values)
                elif name in copy and name != "indicator" and chance.random() < rate / 10:
                    del copy[name]
        found += copies
    return found


SPANS = st.tuples(st.integers(0, 9), st.integers(0, 5)).map(
    lambda pair: {"start": pair[0], "end": sum(pair), "text": "x"}
)
FIELD = {name: st.sampled_from(values) for name, values in FIELDS.items()}
IDS = st.sampled_from(["a", "b", "c", None])


def record(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    free = {name: values for name, values in FIELD.items() if name not in more}
    return st.builds(lambda span, fields: {**span, **fields}, SPANS, st.fixed_dictionaries(more, optional=free))


MENTIONS = record(
    kind=st.sampled_from([*KINDS, "fact", "ignore", "other"]),
    indicator=st.sampled_from(WORDS),
    period=st.sampled_from(["x", "", None, "z"]),
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.lists(record(id=IDS), max_size=6) for key in KINDS.values()},
        "facts": st.lists(record(quantity=IDS, period=IDS), max_size=6),
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(MENTIONS, max_size=12), DOCUMENTS)
def test_hostile_gold_and_documents(mentions: list[dict[str, Any]], document: dict[str, Any]):
    """Spans that overlap, are empty or twice there, fields of any kind, ids that resolve to anything."""
    assert_equal_to_referee([{"doc": "x", "sha256": HASH, "mentions": mentions}], {HASH: document})


PROGRAMS = st.lists(SPANS.map(lambda span: {**span, "type": "plan"}), max_size=8)


@settings(max_examples=200, deadline=None)
@given(PROGRAMS, PROGRAMS, st.lists(SPANS, max_size=2))
def test_spans_that_overlap_and_touch(gold: list[dict[str, Any]], read: list[dict[str, Any]], ignored: list[Any]):
    mentions = [{**mention, "kind": "program"} for mention in gold] + [{**span, "kind": "ignore"} for span in ignored]
    assert_equal_to_referee([{"doc": "x", "sha256": HASH, "mentions": mentions}], {HASH: {"programs": read}})
