"""The sums over the facts of an article: what agrees, what does not, and what rounding must not disturb."""

import pytest

from pipeline import extract

CHECKS = [
    ("growth_confirmed", "城镇化率从60.0%提高到66.5%，提高6.5个百分点。"),
    ("growth_confirmed", "企业由200家增加到300家，增长50%。"),
    ("growth_mismatch", "企业由200家增加到300家，增长80%。"),
    ("count_confirmed", "2016年、2017年、2019年、2021年四次入选。"),
    ("count_mismatch", "2016年、2017年、2019年三次、2020年、2021年五次入选。"),
    ("share_over_100", "工业占全市经济总量的比重达到112%。"),
    ("value_confirmed", "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1200亿元。"),
    ("value_conflict", "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1500亿元。"),
    ("sum_confirmed", "全市种植面积128万亩（水田68万亩、旱田60万亩）。"),
    ("sum_mismatch", "全市种植面积128万亩（水田98万亩、旱田60万亩）。"),
]
QUIET = [
    "企业由209家增加到300家，增长43.5%左右。",
    "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1200.4亿元。",
    "2023年，淄博市地区生产总值1200亿元。\n\n2023年，济南市地区生产总值1500亿元。",
    "全市种植面积约128万亩（水田98万亩、旱田60万亩）。",
]


def codes(text: str) -> set[str]:
    findings = extract(text, published="2024-07-15", region="淄博市").findings
    return {finding.code for finding in findings if finding.code.endswith(("confirmed", "mismatch", "conflict", "100"))}


@pytest.mark.parametrize(("code", "text"), CHECKS)
def test_a_sum_is_done(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", QUIET)
def test_rounding_hedges_and_other_regions_give_no_alarm(text: str) -> None:
    assert not {code for code in codes(text) if not code.endswith("confirmed")}
