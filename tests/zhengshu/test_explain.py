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


def test_a_fact_is_shown_by_its_figure_and_a_figure_without_one_says_so() -> None:
    shown = lines(Article(id="a", text="全市产值达86.5亿元，同比增长7.2%。6台。", region="湖州市"))
    facts = shown[shown.index("facts") :]
    assert "  f1  86.5亿元  q1 indicator=产值 aspect=level region=湖州市 region_code=330500" in facts
    assert any(line.startswith("  f2  7.2%      q2 indicator=产值") for line in facts)
    assert any(line.startswith("      facts.change: ") for line in facts)
    assert facts[facts.index("without a fact") + 1] == "  q3  6台  no indicator was found: it says nothing by itself"


@pytest.mark.parametrize("name", NAMES)
def test_every_record_and_every_other_numeral_of_an_article_is_explained(name: str) -> None:
    given = articles()[name]
    read, settle = _flow()
    document = settle(given, *read(given))
    shown = lines(given)
    told = {line.split()[0] for line in shown if line.startswith("  ") and line.strip()}
    for record in (*document.quantities, *document.periods, *document.ordinals, *document.programs, *document.facts):
        assert record.id in told
        assert record.rule in RULES
    silent = shown[shown.index("without a fact") :] if "without a fact" in shown else []
    silent = silent[: silent.index("")] if "" in silent else silent
    ranks = [rank for rank in document.ordinals if rank.role == "rank"]
    without = {figure.id for figure in (*document.quantities, *ranks)} - {fact.quantity for fact in document.facts}
    assert {line.split()[0] for line in silent[1:]} == without
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
