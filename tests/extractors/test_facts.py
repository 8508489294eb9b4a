"""What the figures of whole sentences say, what says nothing, and that no text makes the stage slow."""

import time

import pytest

from pipeline import extract
from schemas import Extraction

PUBLISHED = "2024-07-15"


def read(sentence: str) -> Extraction:
    return extract(sentence, published=PUBLISHED)


def told(sentence: str) -> list[tuple[str, str, str, str | None]]:
    """Give figure, indicator, aspect and direction of each fact, in the order of the text."""
    record = read(sentence)
    figures = {each.id: each.text for each in (*record.quantities, *record.ordinals)}
    return [(figures[fact.quantity], fact.indicator, fact.aspect, fact.direction) for fact in record.facts]


SAYS = [
    # what is measured
    ("力争货物和服务进出口增长4%", [("4%", "货物和服务进出口", "target", "up")]),
    ("服务进出口总额2.8万亿元", [("2.8万亿元", "服务进出口总额", "level", None)]),
    ("其中，出口153亿元，进口89亿元", [("153亿元", "出口", "level", None), ("89亿元", "进口", "level", None)]),
    ("水泥产能突破3000万吨", [("3000万吨", "水泥产能", "level", None)]),
    ("全市班列开行数量增长12%", [("12%", "班列开行数量", "change", "up")]),
    ("今天发布的6月份商务活动指数为50.2%", [("50.2%", "商务活动指数", "level", None)]),
    ("累计为企业降低用能成本26亿元", [("26亿元", "用能成本", "change", "down")]),
    ("区里取消和下放审批事项64个", [("64个", "审批事项", "change", "down")]),
    ("灌溉范围被扩大到35平方公里", [("35平方公里", "灌溉范围", "level", None)]),
    (
        "大豆播种面积2万亩，产量4000吨",
        [("2万亩", "大豆播种面积", "level", None), ("4000吨", "大豆产量", "level", None)],
    ),
    ("某地以石化为代表的重点产业增加值增长6%", [("6%", "重点产业增加值", "change", "up")]),
    # what is counted
    (
        "4家基础电信企业用户总数达到900万户",
        [("4家", "基础电信企业", "level", None), ("900万户", "用户总数", "level", None)],
    ),
    ("建成20个省级以上绿色园区", [("20个", "省级以上绿色园区", "level", None)]),
    ("发布30个应用场景项目", [("30个", "应用场景项目", "level", None)]),
    ("塌方造成2人死亡、7人受伤", [("2人", "死亡", "level", None), ("7人", "受伤", "level", None)]),
    ("产量同比增长的有45种", [("45种", "产量同比增长", "level", None)]),
    # what is said of it
    ("营业收入增长5%，利润总额4.3%", [("5%", "营业收入", "change", "up"), ("4.3%", "利润总额", "change", "up")]),
    ("外汇储备接近全球的30%", [("30%", "外汇储备", "share", None)]),
    ("研发投入是设备投入的两倍多", [("两倍多", "研发投入", "change", "up")]),
    ("PM2.5浓度改善10.8%", [("10.8%", "PM2.5浓度", "change", "up")]),
    ("降水量比常年偏多三成", [("三成", "降水量", "change", "up")]),
    ("价格与上月持平，降幅收窄0.3个百分点", [("0.3个百分点", "价格", "change", "down")]),
    (
        "认定小巨人企业20家、瞪羚企业50家，分别增长12%和20%",
        [
            ("20家", "小巨人企业", "level", None),
            ("50家", "瞪羚企业", "level", None),
            ("12%", "小巨人企业", "change", "up"),
            ("20%", "瞪羚企业", "change", "up"),
        ],
    ),
    ("事故起数、死亡人数分别下降9%、7%", [("9%", "事故起数", "change", "down"), ("7%", "死亡人数", "change", "down")]),
    (
        "原油、煤和天然气进口量分别增长5%、33%和3%",
        [
            ("5%", "原油进口量", "change", "up"),
            ("33%", "煤进口量", "change", "up"),
            ("3%", "天然气进口量", "change", "up"),
        ],
    ),
    ("稳企业、稳预期，地区生产总值增长5.1%", [("5.1%", "地区生产总值", "change", "up")]),
    (
        "今年主要预期目标是：财政收入增长6%。居民收入增长7%。",
        [("6%", "财政收入", "target", "up"), ("7%", "居民收入", "target", "up")],
    ),
    ("出口额在中部六省中居第二位", [("第二位", "出口额", "rank", None)]),
    ("专利拥有量连续多年居全国首位", [("首位", "专利拥有量", "rank", None)]),
]


@pytest.mark.parametrize(("sentence", "wanted"), SAYS, ids=[sentence for sentence, _ in SAYS])
def test_a_sentence_says(sentence: str, wanted: list[tuple[str, str, str, str | None]]) -> None:
    assert told(sentence) == wanted


NOTHING = [
    "超过5万元的部分，另行计算",  # a condition
    "参加人数不足20人的，不予受理",
    "40岁的村民张某来到县城",  # an age
    "工地位于县城以南30公里处",  # a place
    "驿站距离高铁站约500米",
    "第二轮承包到期后再延长30年",  # a length of time
    "利润总额4.3%",  # a percentage of an amount without a word of change
    "每隔100米设一处标志",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_figure_says_nothing(sentence: str) -> None:
    assert told(sentence) == []


def test_a_rate_says_what_it_is_per() -> None:
    facts = read("每亩产量达到600公斤").facts
    assert [(fact.indicator, fact.per) for fact in facts] == [("产量", "每亩")]


def test_a_share_behind_of_which_is_of_the_level_in_front() -> None:
    facts = read("汽车保有量120万辆，其中新能源车30万辆，占25%").facts
    assert (facts[-1].indicator, facts[-1].base) == ("新能源车", "汽车保有量")


def test_who_stands_in_front_of_a_period_is_the_subject() -> None:
    facts = read("临海港务2023年吞吐量突破8400万吨").facts
    assert [(fact.indicator, fact.subject) for fact in facts] == [("吞吐量", "临海港务")]


REPEATED = [
    "增加3个",
    "其中，出口3亿元",
    "同比增长5%，",
    "甲、乙分别增长3%、5%；",
    "从3%提高到5%",
    "每亩2元",
    "占全市的3%的",
    "以乙为代表的3个",
    "2023年3个",
    "有3个的",
    "目标：增长3%。\n",
    "3人（",
    "的3%",
    "比3个高",
    "累计共3个",
]


@pytest.mark.parametrize("unit", REPEATED)
def test_time_grows_linearly(unit: str) -> None:
    def spent(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        extract(text, published=PUBLISHED)
        return time.process_time() - begin

    spent(2_000)
    small, large = min(spent(4_000) for _ in range(2)), spent(32_000)
    assert large < 24 * small + 0.2  # eight times the text; quadratic would be 64


@pytest.mark.parametrize("character", "的比占从每与、，。“（1年个增共")
def test_a_million_of_one_character_is_read_fast(character: str) -> None:
    begin = time.process_time()
    extract("增长3%" + character * 1_000_000 + "增长3%", published=PUBLISHED)
    assert time.process_time() - begin < 20
