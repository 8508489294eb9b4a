"""The sums over the facts of an article: what agrees, what does not, and what rounding must not disturb."""

import pytest

from pipeline import extract

CHECKS = [
    ("growth_confirmed", "城镇化率从60.0%提高到66.5%，提高6.5个百分点。"),
    ("growth_confirmed", "企业由200家增加到300家，增长50%。"),
    ("growth_confirmed", "企业由200家增加到400家，翻了一番。"),
    ("growth_mismatch", "企业由200家增加到300家，增长80%。"),
    ("count_confirmed", "2016年、2017年、2019年、2021年四次入选。"),
    ("count_mismatch", "2016年、2017年、2019年三次、2020年、2021年五次入选。"),
    ("share_over_100", "工业占全市经济总量的比重达到112%。"),
    ("value_confirmed", "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1200亿元。"),
    ("value_conflict", "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1500亿元。"),
    ("sum_confirmed", "全市种植面积128万亩（水田68万亩、旱田60万亩）。"),
    ("sum_confirmed", "全市种植面积128万亩，增长5%，其中水田68万亩，旱田60万亩，同时改造20万亩。"),
    ("sum_confirmed", "全市登记患者224例，其中住院患者217例（甲区198例，乙区5例，丙区14例）；另有7例待查。"),
    ("sum_mismatch", "全市种植面积128万亩（水田98万亩、旱田60万亩）。"),
    ("sum_confirmed", "2023年，全市货物进出口总额752亿元，同比增长5%；出口488亿元，增长3%；进口264亿元，增长9%。"),
    ("sum_mismatch", "2023年，全市货物进出口总额752亿元，同比增长5%；出口588亿元，增长3%；进口264亿元，增长9%。"),
    ("value_confirmed", "2023年，全市GDP为1200亿元。\n\n2023年，全市地区生产总值达到1200亿元。"),
    ("total_confirmed", "2023年，全市地区生产总值1000亿元。制造业增加值260亿元，占全市GDP的26%。"),
    ("total_mismatch", "2023年，全市地区生产总值1000亿元。制造业增加值360亿元，占全市GDP的26%。"),
]
QUIET = [
    "现有病例225例，新增疑似病例251例，其中，甲区74例，乙区177例。",
    "一般公共预算收入69亿元，为预算的103%。",
    "外出务工人员2866万人，占去年外出务工人数的105%。",
    "全市登记患者224例，其中住院患者217例（甲区198例，乙区5例，丙区14例）。",
    "纪检机关函询1258件，谈话180件，其中市级535件，县级597件。",
    "2023年，全市地区生产总值1200亿元；其中园区内地区生产总值达到500亿元。",
    "铁路总里程1206公里，其中甲线734公里，乙线472公里，同时新建120公里。",
    "企业由209家增加到300家，增长43.5%左右。",
    "2023年，全市地区生产总值1200亿元。\n\n2023年，全市地区生产总值达到1200.4亿元。",
    "2023年，淄博市地区生产总值1200亿元。\n\n2023年，济南市地区生产总值1500亿元。",
    "全市种植面积约128万亩（水田98万亩、旱田60万亩）。",
    "2023年，全市货物贸易进出口总值752亿元。\n\n2023年，综合保税区内进出口75亿元。",
    "2023年，全市货物进出口总额752亿元。\n\n2023年，全市出口48亿元，进口26亿元。",
    "2023年，全市地区生产总值1000亿元。制造业增加值360亿元，占全省GDP的2.6%。",
    "2023年，全市地区生产总值1000亿元。制造业增加值约360亿元，占全市GDP的26%。",
    "2023年，全市地区生产总值1000亿元。2021年，制造业增加值360亿元，占全市GDP的26%。",
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


def test_a_mismatch_counts_as_its_figure_does() -> None:
    findings = extract(CHECKS[-1][1], published="2024-07-15", region="淄博市").findings
    (message,) = (finding.message for finding in findings if finding.code == "total_mismatch")
    assert message == "1000亿元 is stated, 360亿元 at 26% gives 1331.48 to 1415.69"


def test_counts_in_ones_are_exact() -> None:
    assert not codes("全市有教师598名，其中小学教师186名，中学教师410名。")
