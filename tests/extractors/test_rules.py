"""Every example and every refusal of every rule, through the whole line."""

import re
from datetime import date
from decimal import Decimal

import pytest

from extractors import eras, lengths, numerals, ordinals, quantities
from extractors.calendar_words import calendar_words
from extractors.rules import PUBLISHED, RULES, Rule, rule
from pipeline import extract

SAYS = [(each, sentence, wanted) for each in RULES.values() for sentence, wanted in each.says]
REFUSES = [(each, sentence) for each in RULES.values() for sentence in each.refuses]


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize(("tried", "sentence", "wanted"), SAYS, ids=lambda value: getattr(value, "name", None))
def test_a_rule_reads_its_examples(tried: Rule, sentence: str, wanted: dict[str, object]) -> None:
    records = getattr(extract(sentence, published=PUBLISHED), tried.kind)
    wanted = {**wanted, "rule": tried.name}
    found = [{key: plain(getattr(record, key)) for key in wanted} for record in records]
    assert wanted in found


@pytest.mark.parametrize(("tried", "sentence"), REFUSES, ids=lambda value: getattr(value, "name", None))
def test_a_rule_refuses(tried: Rule, sentence: str) -> None:
    assert [record.text for record in getattr(extract(sentence, published=PUBLISHED), tried.kind)] == []


def test_every_stage_has_rules() -> None:
    assert {name.split(".")[0] for name in RULES} >= {"quantities", "periods", "ordinals"}


def test_a_rule_without_proof_does_not_load() -> None:
    with pytest.raises(ValueError, match="needs at least one worked example and one refusal"):
        rule("tests.none", "quantities", says=[], refuses=["十分"])
    with pytest.raises(ValueError, match="needs at least one worked example and one refusal"):
        rule("tests.none", "quantities", says=[("3个", {"text": "3个"})], refuses=[])
    with pytest.raises(ValueError, match="two rules"):
        rule("quantities.range", "quantities", says=[("3个", {"text": "3个"})], refuses=["十分"])
    with pytest.raises(ValueError, match="needs a docstring"):
        rule("tests.none", "quantities", says=[("3个", {"text": "3个"})], refuses=["十分"])(lambda: None)
    assert "tests.none" not in RULES


SCANS = [
    numerals.NUMERAL,
    numerals.LEDGER,
    calendar_words().lexical,
    *eras.plan_patterns(),
    lengths.LENGTH,
    eras.DECADE,
]
SCANS += [calendar_words().since, ordinals._FIRST]


@pytest.mark.parametrize("pattern", SCANS, ids=lambda pattern: pattern.pattern[:20])
def test_no_scan_matches_the_empty_text(pattern: re.Pattern[str]) -> None:
    assert pattern.match("") is None


def test_the_characters_that_let_a_numeral_count_hold_every_unit() -> None:
    assert set("个元%年亩") <= quantities.may_follow()
