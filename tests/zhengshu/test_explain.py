"""``explain`` accounts for every numeral of a sentence: the rule that read it, or the reason why nothing did."""

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.ledger import left_out, reasons
from extractors.rules import RULES
from pipeline import _flow
from schemas import Article
from tests.corpus import NAMES, articles
from zhengshu import explain

PIPELINE = str(Path(__file__).parents[2] / "pipeline.py")
SENTENCE = "《2024年计划》实施，建成一个平台，惠及３万余户，拨打12345。"


def lines(given: Article) -> list[str]:
    read, settle = _flow()
    reading, found = read(given)
    summaries = {name: rule.summary for name, rule in RULES.items()}
    told = explain.Reasons(reasons(reading, found), left_out(reading, found), summaries)
    return list(explain.explain(reading, settle(given, reading, found), told))


def test_a_sentence_explained() -> None:
    shown = "\n".join(lines(Article(id="a", text=SENTENCE)))
    assert "q1  ３万余户  value=30000 unit=户" in shown
    assert "quantities.amount: Read a numeral with the unit or classifier right behind it" in shown
    assert "read as   《2024年计划》实施，建成一个平台，惠及3万余户" in shown
    assert "2024年  inside the name 《2024年计划》" in shown
    assert "一     word: 一 is an indefinite article here, not a count" in shown
    assert "12345  label: a telephone number" in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_record_and_every_other_numeral_of_an_article_is_explained(name: str) -> None:
    given = articles()[name]
    read, settle = _flow()
    document = settle(given, *read(given))
    shown = lines(given)
    told = {line.split()[0] for line in shown if line.startswith("  ") and line.strip()}
    for record in (*document.quantities, *document.periods, *document.ordinals, *document.programs):
        assert record.id in told
        assert record.rule in RULES
    for numeral in document.numbers:
        assert (numeral.record is None) == (numeral.id in told)


def test_the_command_reads_a_sentence_or_standard_input() -> None:
    command = [sys.executable, PIPELINE, "explain", "--published", "2025-07-15"]
    given = subprocess.run([*command, "比上月增长"], capture_output=True, encoding="utf-8", check=True)
    piped = subprocess.run([*command, "-"], input="比上月增长", capture_output=True, encoding="utf-8", check=True)
    assert given.stdout == piped.stdout
    assert "t1  上月  start_date=2025-06-01 end_date=2025-06-30 type=part" in given.stdout
    assert "periods.word: " in given.stdout


def test_a_text_without_figures_says_so() -> None:
    assert lines(Article(id="a", text="全力推进")) == ["text      全力推进", "words     全力 推进", "numerals  none"]
