"""Every row of TRAPS.md: where the systems in use today fall, and what is right."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline import extract, main
from schemas import Article, Extraction
from schemas.exact import plain
from tests.shared import SHARED, needs_shared
from zhengshu import ingest
from zhengshu.validate import differences, faults

PUBLISHED = "2022-09-14"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Trap:
    """A row, a sentence with it, and everything that may be read from that sentence, in text order.

    quantities: text, value, high, unit, modifier. periods: text, start, end, type. ordinals: text, value, role, scope,
    top. programs: name, type. numbers: text, role. ``row`` is the first cell of the row, as it stands.
    """

    row: str
    text: str
    quantities: tuple[Row, ...] = ()
    periods: tuple[Row, ...] = ()
    ordinals: tuple[Row, ...] = ()
    programs: tuple[Row, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()


def q(text: str, value: str, unit: str | None, modifier: str = "exact", high: str | None = None) -> Row:
    return text, value, high, unit, modifier


def t(text: str, start: str | None, end: str | None, type_: str = "year") -> Row:
    return text, start, end, type_


def year(text: str, number: int) -> Row:
    return t(text, f"{number}-01-01", f"{number}-12-31")


def o(text: str, value: str, scope: str | None = None, top: bool = False, role: str = "rank") -> Row:
    return text, value, role, scope, top


def n(role: str, *texts: str) -> tuple[tuple[str, str], ...]:
    return tuple((text, role) for text in texts)


CLAIM = "5600亿元 claimed over 5600余亿元; 2016年至2021年 claimed over the list of years"
LINE_SEPARATOR = "U+2028 inside a JSONL record"
HUNDREDFOLD = "a document of 1 sentence and the same sentence in 100"

LIST_OF_YEARS = "2016年、2017年、2019年、2021年…四次"
TECH = "二维码 一揽子 一流 一线 一企一策 A股 S级 H5 二十大 “八变”"
SINCE_REFORM = "“十三五”以来"
PLACES = "第三人民医院, 三中全会, 七一, 四川, 万州, 百度, 千岛湖, 陆家嘴, 五粮液"
LABELS = "G20, C919, 5G, PM2.5, 3A级, GB/T 2260, 国发〔2022〕3号, 2号线, 110kV线路"
WRAPPED = "三↵↵级工作架构；2021↵年"
RADICALS = "⼀ (Kangxi radical, from PDFs) for 一; １２３; 1 234亿元; 1,234.5"
BMP = "𠮷野家增长5%（a character beyond the BMP before the figure）"
RANKS = "全省第一、全国第三；居全国首位；前十强"
YEARS = "二〇二一年，１９８５年，一九五八年"
LAST_DAYS = "一季度末，年末，月末，9月末"
INDEFINITE = "三十几万元、二百余万元、一千多万元、数十万元、好几千元"
MAGNITUDES = "1,100万、一万五千亿、二十万亿、5.23万亿"
SHORT_YEAR = "21年 after 20年、 or in 21年底"
THOUSAND = "一千瓦、12千米、百万千瓦时、千米每小时"
NAMES = "李四人民币、某市里、三点建议"
CENTS = "123元1角1分、3元5角"
MIXED = "2024年内、年内、4/5G、3.15晚会、12.4%、1.5级"
RELATIVE = "1季度、上一季度、去年上半年、今年以来、同比、环比"

WRAP_LINE = "各级各部门坚持上下联动、一抓到底，在全市范围内逐步建立起市、区县、镇办"

TRAPS = [
    Trap(
        "项目1500余个",
        "全市新签约项目1500余个。",
        (q("1500余个", "1500", "个", "more_than"),),
        numbers=n("quantity", "1500"),
    ),
    Trap("项目1500余个", "项目1500余个", (q("1500余个", "1500", "个", "more_than"),), numbers=n("quantity", "1500")),
    Trap(
        "外来资金达到5600余亿元",
        "引进外来资金达到5600余亿元。",
        (q("5600余亿元", "560000000000", "元", "more_than"),),
        numbers=n("quantity", "5600余亿"),
    ),
    Trap(
        "认缴基金规模2021亿元",
        "认缴基金规模2021亿元。",
        (q("2021亿元", "202100000000", "元"),),
        numbers=n("quantity", "2021亿"),
    ),
    Trap(
        "税收173.95亿元",
        "全市完成税收173.95亿元。",
        (q("173.95亿元", "17395000000", "元"),),
        numbers=n("quantity", "173.95亿"),
    ),
    Trap(
        "走过了近120年历程",
        "近现代工业发展走过了近120年历程。",
        (q("120年", "120", "年", "nearly"),),
        numbers=n("quantity", "120"),
    ),
    Trap(
        LIST_OF_YEARS,
        "2016年、2017年、2019年、2021年，示范区建设四次获得国务院督查激励。",
        (q("四次", "4", "次"),),
        tuple(year(f"{number}年", number) for number in (2016, 2017, 2019, 2021)),
        numbers=(*n("period", "2016", "2017", "2019", "2021"), ("四", "quantity")),
    ),
    Trap(
        "近4年来连续保持全省前3位",
        "近4年来连续保持全省前3位。",
        periods=(t("近4年来", "2018-09-14", "2022-09-14", "relative"),),
        ordinals=(o("前3位", "3", "全省", top=True),),
        numbers=(("4", "period"), ("3", "ordinal")),
    ),
    Trap(
        SINCE_REFORM,
        "“十三五”以来，全市经济稳步增长。",
        periods=(t("“十三五”以来", "2016-01-01", "2022-09-14", "since"),),
        numbers=n("period", "十三五"),
    ),
    Trap(
        "“十四五”时期（2021—2025年）",
        "“十四五”时期（2021—2025年），全市经济稳步增长。",
        periods=(
            t("“十四五”时期", "2021-01-01", "2025-12-31", "plan"),
            t("2021—2025年", "2021-01-01", "2025-12-31", "range"),
        ),
        numbers=n("period", "十四五", "2021", "2025"),
    ),
    Trap(
        "“5+1”重点民生工作格局",
        "着力构建“5+1”重点民生工作格局。",
        programs=(("“5+1”重点民生工作格局", "mechanism"),),
        numbers=n("name", "5", "1"),
    ),
    Trap(
        "作为“一号改革工程”",
        "把优化营商环境作为“一号改革工程”。",
        programs=(("一号改革工程", "project"),),
        numbers=n("name", "一"),
    ),
    Trap(
        "“招商引资五年倍增计划”",
        "深入实施“招商引资五年倍增计划”。",
        programs=(("招商引资五年倍增计划", "plan"),),
        numbers=n("name", "五"),
    ),
    Trap(
        TECH,
        "喜迎二十大，推行二维码，实施一揽子政策，打造一流企业，慰问一线职工，坚持一企一策，发行A股，评为S级企业，"
        "推广H5页面，推动“八变”。",
        numbers=(
            ("二十", "name"),
            *n("word", "二", "一", "一", "一", "一", "一"),
            ("5", "label"),
            ("八", "name"),
        ),
    ),
    Trap("“12345”政务服务热线", "开通“12345”政务服务热线。", numbers=n("label", "12345")),
    Trap("市里做法", "学习市里做法。"),
    Trap(
        "提高0.5个百分点",
        "占比提高0.5个百分点。",
        (q("0.5个百分点", "0.5", "百分点"),),
        numbers=n("quantity", "0.5", "百"),
    ),
    Trap("5%-6%", "预计增长5%-6%。", (q("5%-6%", "5", "%", high="6"),), numbers=n("quantity", "5", "6")),
    Trap(
        "增速由-1.1%转为3%",
        "增速由-1.1%转为3%。",
        (q("-1.1%", "-1.1", "%"), q("3%", "3", "%")),
        numbers=n("quantity", "1.1", "3"),
    ),
    Trap(
        "约3000万千瓦时",
        "年发电约3000万千瓦时。",
        (q("3000万千瓦时", "30000000", "千瓦时", "approx"),),
        numbers=n("quantity", "3000万", "千"),
    ),
    Trap("2000万吨", "粮食产量2000万吨。", (q("2000万吨", "20000000", "吨"),), numbers=n("quantity", "2000万")),
    Trap(
        "三分之一；一千二百三十四亿元，三分之一",
        "占全省的三分之一；完成投资一千二百三十四亿元，占三分之一。",
        (
            q("三分之一", "0.333333", None),
            q("一千二百三十四亿元", "123400000000", "元"),
            q("三分之一", "0.333333", None),
        ),
        numbers=n("quantity", "三分之一", "一千二百三十四亿", "三分之一"),
    ),
    Trap(
        "2025年底",
        "2025年底，体系全面建成。",
        periods=(t("2025年底", "2025-12-31", "2025-12-31", "part"),),
        numbers=n("period", "2025"),
    ),
    Trap(
        "1至8月，1-8月，2021年1至8月",
        "1至8月，全市增长；1-8月，全省增长；2021年1至8月，全国增长。",
        periods=(
            t("1至8月", "2022-01-01", "2022-08-31", "part"),
            t("1-8月", "2022-01-01", "2022-08-31", "part"),
            t("2021年1至8月", "2021-01-01", "2021-08-31", "part"),
        ),
        numbers=n("period", "1", "8", "1", "8", "2021", "1", "8"),
    ),
    Trap(
        "前三季度",
        "前三季度，全市生产总值稳步增长。",
        periods=(t("前三季度", "2022-01-01", "2022-09-30", "part"),),
        numbers=n("period", "三"),
    ),
    Trap(
        "上半年",
        "上半年，全市生产总值稳步增长。",
        periods=(t("上半年", "2022-01-01", "2022-06-30", "part"),),
    ),
    Trap(
        "壹佰贰拾亿元，２０％",
        "完成投资壹佰贰拾亿元，增长２０％。",
        (q("壹佰贰拾亿元", "12000000000", "元"), q("２０％", "20", "%")),
        numbers=n("quantity", "壹佰贰拾亿", "２０"),
    ),
    Trap(
        "不低于10亿元",
        "总投资不低于10亿元。",
        (q("10亿元", "1000000000", "元", "at_least"),),
        numbers=n("quantity", "10亿"),
    ),
    Trap(
        "逾3万户、不足100家、至少50项",
        "惠及逾3万户、不足100家、至少50项。",
        (
            q("3万户", "30000", "户", "more_than"),
            q("100家", "100", "家", "less_than"),
            q("50项", "50", "项", "at_least"),
        ),
        numbers=n("quantity", "3万", "100", "50"),
    ),
    Trap(
        "2.2个和1.7个百分点",
        "分别提高2.2个和1.7个百分点。",
        (q("2.2个", "2.2", "百分点"), q("1.7个百分点", "1.7", "百分点")),
        numbers=n("quantity", "2.2", "1.7", "百"),
    ),
    Trap(
        "10、20、30亿元",
        "三地分别投资10、20、30亿元。",
        (q("10", "1000000000", "元"), q("20", "2000000000", "元"), q("30亿元", "3000000000", "元")),
        numbers=(("三", "word"), *n("quantity", "10", "20", "30亿")),
    ),
    Trap(
        "十五五、十五个五年",
        "谋划十五五。",
        periods=(t("十五五", "2026-01-01", "2030-12-31", "plan"),),
        numbers=n("period", "十五五"),
    ),
    Trap(
        "十五五、十五个五年",
        "走过了十五个五年。",
        (q("十五个", "15", "个"), q("五年", "5", "年")),
        numbers=n("quantity", "十五", "五"),
    ),
    Trap(
        "第十四个五年规划",
        "编制第十四个五年规划。",
        periods=(t("第十四个五年规划", "2021-01-01", "2025-12-31", "plan"),),
        programs=(("第十四个五年规划", "plan"),),
        numbers=n("period", "十四", "五"),
    ),
    Trap(
        YEARS,
        "二〇二一年，全市增长；１９８５年，全市增长；一九五八年，全市增长。",
        periods=(year("二〇二一年", 2021), year("１９８５年", 1985), year("一九五八年", 1958)),
        numbers=n("period", "二〇二一", "１９８５", "一九五八"),
    ),
    Trap(
        "三至五年内，18—59岁，30～40℃",
        "三至五年内建成，服务18—59岁人口，控温30～40℃。",
        (
            q("三至五年内", "3", "年", "at_most", high="5"),
            q("18—59岁", "18", "岁", high="59"),
            q("30～40℃", "30", "摄氏度", high="40"),
        ),
        numbers=n("quantity", "三", "五", "18", "59", "30", "40"),
    ),
    Trap(
        "三十多年前，十几亿人口，两千余年",
        "三十多年前，我国有十几亿人口和两千余年历史。",
        (
            q("三十多年", "30", "年", "more_than"),
            q("十几亿", "1000000000", None, "more_than"),
            q("两千余年", "2000", "年", "more_than"),
        ),
        numbers=n("quantity", "三十", "十几亿", "两千"),
    ),
    Trap(
        LAST_DAYS,
        "一季度末，贷款增长；年末，贷款增长；月末，贷款增长；9月末，贷款增长。",
        periods=(
            t("一季度末", "2022-03-31", "2022-03-31", "part"),
            t("年末", "2022-12-31", "2022-12-31", "part"),
            t("月末", "2022-09-30", "2022-09-30", "part"),
            t("9月末", "2022-09-30", "2022-09-30", "part"),
        ),
        numbers=n("period", "一", "9"),
    ),
    Trap(
        RANKS,
        "总量居全省第一、全国第三；增速居全国首位；进入全国前十强。",
        ordinals=(
            o("第一", "1", "全省"),
            o("第三", "3", "全国"),
            o("首位", "1", "全国"),
            o("前十强", "10", "全国", top=True),
        ),
        numbers=n("ordinal", "一", "三", "十"),
    ),
    Trap(RANKS, "进入前十强。", ordinals=(o("前十强", "10", top=True),), numbers=n("ordinal", "十")),
    Trap(
        WRAPPED,
        f"{WRAP_LINE}三\n\n级工作架构，形成了工作合力。",
        (q("三\n\n级", "3", "级"),),
        numbers=(("一", "word"), ("三", "quantity")),
    ),
    Trap(
        WRAPPED,
        "全市经济运行总体平稳、稳中有进，主要指标好于预期，2021\n年，全市生产总值增长8%。",
        (q("8%", "8", "%"),),
        (year("2021\n年", 2021),),
        numbers=(("2021", "period"), ("8", "quantity")),
    ),
    Trap(BMP, "𠮷野家增长5%。", (q("5%", "5", "%"),), numbers=n("quantity", "5")),
    Trap(RADICALS, "增产⼀吨。", (q("⼀吨", "1", "吨"),)),  # a radical alone is none of the ledger's characters
    Trap(RADICALS, "惠及⼀万户。", (q("⼀万户", "10000", "户"),), numbers=n("quantity", "⼀万")),
    Trap(RADICALS, "新建１２３个。", (q("１２３个", "123", "个"),), numbers=n("quantity", "１２３")),
    Trap(RADICALS, "投资1 234亿元。", (q("1 234亿元", "123400000000", "元"),), numbers=n("quantity", "1 234亿")),
    Trap(RADICALS, "指数为1,234.5。", (q("1,234.5", "1234.5", None),), numbers=n("quantity", "1,234.5")),
    Trap(RADICALS, "投资1,234.5亿元。", (q("1,234.5亿元", "123450000000", "元"),), numbers=n("quantity", "1,234.5亿")),
    Trap(PLACES, "他到第三人民医院看病。", numbers=n("word", "三")),
    Trap(PLACES, "传达三中全会精神。", numbers=n("word", "三")),
    Trap(PLACES, "开展七一慰问。", numbers=n("name", "七一")),
    Trap(PLACES, "他来自四川和万州。", numbers=n("word", "四", "万")),
    Trap(PLACES, "考察百度，游览千岛湖。", numbers=n("word", "百", "千")),
    Trap(PLACES, "在陆家嘴推介五粮液。", numbers=n("word", "陆", "五")),
    Trap(
        PLACES,
        PLACES,
        numbers=(*n("word", "三", "三"), ("七一", "name"), *n("word", "四", "万", "百", "千", "陆", "五")),
    ),
    Trap(LABELS, "出席G20峰会，乘坐C919客机。", numbers=n("label", "20", "919")),
    Trap(LABELS, "建设5G网络，降低PM2.5浓度。", numbers=n("label", "5", "2.5")),
    Trap(LABELS, "创建3A级景区。", numbers=n("label", "3")),
    Trap(LABELS, "区划代码执行GB/T 2260标准。", numbers=n("label", "2260")),
    Trap(LABELS, "贯彻国发〔2022〕3号文件。", numbers=n("label", "2022", "3")),
    Trap(LABELS, "地铁2号线开通。", numbers=n("label", "2")),
    Trap(LABELS, "新建110kV线路。", numbers=n("label", "110")),
    Trap(
        LABELS,
        "电压由110kV提高到220kV。",
        (q("110kV", "110", "千伏"), q("220kV", "220", "千伏")),
        numbers=n("quantity", "110", "220"),
    ),
    Trap(
        INDEFINITE,
        "分别补助三十几万元、二百余万元、一千多万元、数十万元、好几千元。",
        (
            q("三十几万元", "300000", "元", "more_than"),
            q("二百余万元", "2000000", "元", "more_than"),
            q("一千多万元", "10000000", "元", "more_than"),
            q("数十万元", "100000", "元", "more_than"),
            q("几千元", "1000", "元", "more_than"),
        ),
        numbers=n("quantity", "三十几万", "二百余万", "一千多万", "数十万", "几千"),
    ),
    Trap(
        "两三个、三五家",
        "新增两三个、三五家。",
        (q("两三个", "2", "个", high="3"), q("三五家", "3", "家", high="5")),
        numbers=n("quantity", "两三", "三五"),
    ),
    Trap(
        MAGNITUDES,
        "分别为1,100万元、一万五千亿元、二十万亿元、5.23万亿元。",
        (
            q("1,100万元", "11000000", "元"),
            q("一万五千亿元", "1500000000000", "元"),
            q("二十万亿元", "20000000000000", "元"),
            q("5.23万亿元", "5230000000000", "元"),
        ),
        numbers=n("quantity", "1,100万", "一万五千亿", "二十万亿", "5.23万亿"),
    ),
    Trap(
        MAGNITUDES,
        MAGNITUDES,
        (
            q("1,100万", "11000000", None),
            q("一万五千亿", "1500000000000", None),
            q("二十万亿", "20000000000000", None),
            q("5.23万亿", "5230000000000", None),
        ),
        numbers=n("quantity", "1,100万", "一万五千亿", "二十万亿", "5.23万亿"),
    ),
    Trap(
        "2007年和2012年",
        "2007年和2012年，全市获得表彰。",
        periods=(year("2007年", 2007), year("2012年", 2012)),
        numbers=n("period", "2007", "2012"),
    ),
    Trap(
        SHORT_YEAR,
        "20年、21年全市生产总值分别增长。",
        periods=(year("20年", 2020), year("21年", 2021)),
        numbers=n("period", "20", "21"),
    ),
    Trap(
        SHORT_YEAR,
        "2020年、21年全市生产总值分别增长。",
        periods=(year("2020年", 2020), year("21年", 2021)),
        numbers=n("period", "2020", "21"),
    ),
    Trap(
        SHORT_YEAR,
        "在21年底建成。",
        periods=(t("21年底", "2021-12-31", "2021-12-31", "part"),),
        numbers=n("period", "21"),
    ),
    Trap(SHORT_YEAR, "工程历时21年建成。", (q("21年", "21", "年"),), numbers=n("quantity", "21")),
    Trap(THOUSAND, "功率一千瓦。", (q("一千瓦", "1", "千瓦"),), numbers=n("quantity", "一", "千")),
    Trap(THOUSAND, "全长12千米。", (q("12千米", "12", "公里"),), numbers=n("quantity", "12", "千")),
    Trap(
        THOUSAND,
        "年发电达到百万千瓦时。",
        (q("百万千瓦时", "1000000", "千瓦时"),),
        numbers=n("quantity", "百万", "千"),
    ),
    Trap(
        THOUSAND,
        "时速120千米每小时。",
        (q("120千米每小时", "120", "公里/小时"),),
        numbers=n("quantity", "120", "千"),
    ),
    Trap(NAMES, "李四人民币账户已开立。", numbers=n("word", "四")),
    Trap(NAMES, "某市里的干部来访。"),
    Trap(NAMES, "会上提出三点建议。", numbers=n("word", "三")),
    Trap(
        CENTS,
        "收费123元1角1分、3元5角。",
        (q("123元1角1分", "123.11", "元"), q("3元5角", "3.5", "元")),
        numbers=n("quantity", "123", "1", "1", "3", "5"),
    ),
    Trap(
        MIXED,
        "2024年内完成任务。",
        periods=(t("2024年内", None, "2024-12-31", "until"),),
        numbers=n("period", "2024"),
    ),
    Trap(MIXED, "年内完成任务。", periods=(t("年内", None, "2022-12-31", "until"),)),
    Trap(MIXED, "升级4/5G网络。", numbers=n("label", "4", "5")),
    Trap(MIXED, "举办3.15晚会。", numbers=n("label", "3.15")),
    Trap(MIXED, "同比增长12.4%。", (q("12.4%", "12.4", "%"),), numbers=n("quantity", "12.4")),
    Trap(MIXED, "发生1.5级地震。", (q("1.5级", "1.5", "级"),), numbers=n("quantity", "1.5")),
    Trap(
        "2024年3月31日事件多少起",
        "2024年3月31日事件多少起",
        periods=(t("2024年3月31日", "2024-03-31", "2024-03-31", "day"),),
        numbers=n("period", "2024", "3", "31"),
    ),
    Trap(
        RELATIVE,
        "1季度，全市增长。",
        periods=(t("1季度", "2022-01-01", "2022-03-31", "part"),),
        numbers=n("period", "1"),
    ),
    Trap(
        RELATIVE,
        "上一季度，全市增长。",
        periods=(t("上一季度", "2022-04-01", "2022-06-30", "part"),),
        numbers=n("period", "一"),
    ),
    Trap(RELATIVE, "去年上半年，全市增长。", periods=(t("去年上半年", "2021-01-01", "2021-06-30", "part"),)),
    Trap(RELATIVE, "今年以来，全市增长。", periods=(t("今年以来", "2022-01-01", "2022-09-14", "since"),)),
    Trap(
        RELATIVE,
        "同比增长5%，环比下降3%。",
        (q("5%", "5", "%"), q("3%", "3", "%")),
        numbers=n("quantity", "5", "3"),
    ),
]


def document(text: str) -> Extraction:
    return extract(Article.model_validate({"id": "trap", "text": text, "published": PUBLISHED}))


def read(found: Extraction) -> dict[str, tuple[Row, ...]]:
    """Everything that was read, kind by kind, as a ``Trap`` has it."""
    return {
        "quantities": tuple(
            (r.text, plain(r.value), r.high if r.high is None else plain(r.high), r.unit, r.modifier)
            for r in found.quantities
        ),
        "periods": tuple(
            (r.text, r.start_date and r.start_date.isoformat(), r.end_date and r.end_date.isoformat(), r.type)
            for r in found.periods
        ),
        "ordinals": tuple((r.text, plain(r.value), r.role, r.scope, r.top) for r in found.ordinals),
        "programs": tuple((r.name, r.type) for r in found.programs),
        "numbers": tuple((r.text, r.role) for r in found.numbers),
    }


def case(trap: Trap) -> Any:
    return pytest.param(trap, id=trap.text.replace("\n", "↵"))


@pytest.mark.parametrize("trap", [case(trap) for trap in TRAPS])
def test_trap(trap: Trap):
    found = document(trap.text)
    assert faults(found, trap.text) == []
    assert read(found) == {kind: getattr(trap, kind) for kind in read(found)}


@needs_shared
def test_every_row_is_a_case():
    lines = (SHARED / "TRAPS.md").read_text("utf-8").splitlines()
    rows = {line.split("|")[1].strip() for line in lines if line.startswith("|")} - {"text", "---"}
    assert rows == {trap.row for trap in TRAPS} | {CLAIM, LINE_SEPARATOR, HUNDREDFOLD}


VALUES = [
    ("外来资金达到5600余亿元", "5600余亿", "560000000000"),
    ("全市有三四十家企业", "三四十", "30"),
    ("投资10、20、30亿元", "10", "10"),
    ("约3000万千瓦时", "千", None),
    ("地铁2号线", "2", None),
    ("推行二维码", "二", None),
    ("“十五五”以来", "十五五", None),
    ("提高0.5个百分点", "百", None),
    ("“十三五”以来", "十三五", None),
]


@pytest.mark.parametrize(("text", "numeral", "value"), VALUES)
def test_entry_of_the_ledger_has_the_value_it_counts(text: str, numeral: str, value: str | None):
    (entry,) = (entry for entry in document(text).numbers if entry.text == numeral)
    assert (entry.value if entry.value is None else plain(entry.value)) == value


def test_offsets_are_code_points():
    """A character beyond the BMP is one character, not two."""
    (quantity,) = document("𠮷野家增长5%。").quantities
    assert (quantity.start, quantity.end) == (5, 7)


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.text.replace("\n", "↵") for trap in TRAPS])
def test_hundred_sentences_read_like_one(trap: Trap):
    """A paragraph each: what one says governs no other."""
    sentence = trap.text.rstrip("。") + "。\n"
    one, hundred = read(document(sentence)), read(document(sentence * 100))
    assert hundred == {kind: rows * 100 for kind, rows in one.items()}


# --- claims that the article does not make --------------------------------------------------------------------------

MONEY = "外来资金达到5600余亿元。"
YEARS_WON = "2016年、2017年、2019年、2021年，示范区建设四次获得国务院督查激励。"
ALL_YEARS = "2016年、2017年、2019年、2021年"

Raw = dict[str, Any]


def change(kind: str, **fields: object) -> Callable[[Raw], object]:
    return lambda raw: raw[kind][0].update(fields)


def claim_range(text: str) -> Callable[[Raw], object]:
    """Put one range in place of the four years, with a ledger that agrees."""

    def claim(raw: Raw) -> None:
        span = {"start": 0, "end": len(ALL_YEARS), "text": text, "end_date": "2021-12-31", "type": "range"}
        raw["periods"] = [raw["periods"][0] | span]
        for entry in raw["numbers"][:4]:
            entry["record"] = raw["periods"][0]["id"]

    return claim


CLAIMS: dict[str, tuple[str, Callable[[Raw], object], str]] = {
    "5600亿元 as the text": (MONEY, change("quantities", text="5600亿元"), "the article has “5600余亿元”"),
    "5600亿元 over a shorter span": (MONEY, change("quantities", text="5600亿元", end=11), "the article has “5600余”"),
    "5600亿元 without its hedge": (MONEY, change("quantities", modifier="exact"), "the article says more_than"),
    "5600元": (MONEY, change("quantities", value="5600"), "the article says 560000000000"),
    "2016年至2021年 as the text": (YEARS_WON, claim_range("2016年至2021年"), "the article has “2016年、2017年"),
    "2016年至2021年 over the list": (YEARS_WON, claim_range(ALL_YEARS), "claimed, but not read from the article"),
    "2016年至2021年 over the first": (
        YEARS_WON,
        change("periods", end_date="2021-12-31", type="range"),
        "end_date is 2021-12-31, the article says 2016-12-31",
    ),
}


@pytest.mark.parametrize(("text", "claim", "says"), CLAIMS.values(), ids=CLAIMS)
def test_claim_is_refused(text: str, claim: Callable[[Raw], object], says: str):
    honest = document(text)
    raw = honest.model_dump(mode="json")
    claim(raw)
    claimed = Extraction.model_validate(raw)
    lines = [*faults(claimed, text), *differences(claimed, honest)]
    assert any(says in line for line in lines), lines
    assert [*faults(honest, text), *differences(honest, document(text))] == []


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_line_separator_inside_a_record(tmp_path: Path, separator: str):
    """Only a line feed ends a line of JSONL, on the way in and on the way out."""
    text = f"全市增长5%。{separator}新增1500余个。"
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n", "utf-8")
    (article,) = ingest.read([str(source)])
    assert isinstance(article, Article)
    assert article.text == text
    found = extract(article)
    assert [(r.start, r.text) for r in found.quantities] == [(4, "5%"), (10, "1500余个")]
    assert main(["extract", str(source), "--out", str(out)]) == 0
    assert main(["validate", str(out), "--source", str(source)]) == 0
