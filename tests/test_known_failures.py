"""What we know we read wrong (corpus/known_failures.jsonl): each a strict expected failure.

A sentence that begins to be read right fails the suite until it is promoted: see "Promote a known failure" in
CONTRIBUTING.md.
"""

import json
from typing import Any, get_args

import pytest

from pipeline import extract
from schemas import Article, Extraction
from schemas.mentions import Modifier, OrdinalRole, PeriodType, ProgramType
from tests.corpus import CORPUS
from zhengshu.evaluate.fields import BESIDE, FULL, KINDS, same

PLACE = CORPUS / "known_failures.jsonl"
KINDS_AND_FACTS = {**KINDS, "fact": "facts"}
CHOICES = {"modifier": Modifier, "role": OrdinalRole}
TYPES = {"period": PeriodType, "program": ProgramType}

Failure = dict[str, Any]


def failures() -> list[tuple[int, Failure]]:
    lines = PLACE.read_text("utf-8").split("\n")
    return [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]


def records(document: Extraction, kind: str) -> list[dict[str, Any]]:
    """Give the records of a kind as gold writes them; a fact has the text of its quantity and of its period."""
    plain = document.model_dump(mode="json")
    found: list[dict[str, Any]] = plain[KINDS_AND_FACTS[kind]]
    if kind == "fact":
        texts = {record["id"]: record["text"] for key in KINDS.values() for record in plain[key]}
        found = [{**fact, "text": texts[fact["quantity"]], "period": texts.get(fact["period"])} for fact in found]
    return found


def reads_right(failure: Failure) -> bool:
    """Tell whether the records of this kind are those wanted, no more and no fewer, in every field that is named."""
    kind, wanted = failure["kind"], failure["wanted"]
    article = Article(id="known", text=failure["text"], published=failure["published"], region=failure.get("region"))
    found = records(extract(article), kind)
    return len(found) == len(wanted) and all(
        all(same(kind, name, record[name], right) for name, right in mention.items())
        for record, mention in zip(found, wanted, strict=True)
    )


def expected(number: int, failure: Failure) -> Any:
    passing = f"corpus/known_failures.jsonl:{number} is read right now: promote it (CONTRIBUTING.md)"
    reason = f"{failure['why']} [if this passes: {passing}]"
    mark = pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)
    return pytest.param(failure, marks=mark, id=f"{number}-{failure['kind']}")


@pytest.mark.parametrize("failure", [expected(*each) for each in failures()])
def test_is_read_right(failure: Failure):
    assert reads_right(failure)


@pytest.mark.parametrize(("number", "failure"), failures())
def test_says_what_would_be_right(number: int, failure: Failure):
    needed = {"text", "published", "kind", "wanted", "why"}
    assert needed <= failure.keys() <= {*needed, "region"}, number
    kind = failure["kind"]
    assert kind in KINDS_AND_FACTS
    assert failure["why"].strip()
    assert "\n" not in failure["why"]
    place = 0
    for mention in failure["wanted"]:
        assert "text" in mention
        assert mention.keys() <= {"text", *FULL[kind], *BESIDE.get(kind, ())}
        place = failure["text"].index(mention["text"], place) + (kind != "fact")
        for name, choices in {**CHOICES, "type": TYPES.get(kind)}.items():
            assert name not in mention or mention[name] in get_args(choices)


def test_none_is_there_twice():
    seen = [(failure["text"], failure["kind"]) for _, failure in failures()]
    assert len(set(seen)) == len(seen)


def test_a_right_reading_is_told_from_a_wrong_one():
    """What holds the suite: the comparison says yes to a right reading, and no to each way of missing it."""
    right = {"text": "新增3万余户。", "published": None, "kind": "quantity"}
    assert reads_right({**right, "wanted": [{"text": "3万余户", "value": "30000.0", "modifier": "more_than"}]})
    assert not reads_right({**right, "wanted": [{"text": "3万余户", "modifier": "exact"}]})
    assert not reads_right({**right, "wanted": [{"text": "3万"}]})
    assert not reads_right({**right, "wanted": []})
    assert not reads_right({**right, "wanted": [{"text": "3万余户"}, {"text": "户"}]})
