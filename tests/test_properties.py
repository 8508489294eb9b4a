"""A figure reads back as it was written, however it was written, and no text breaks the reader."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import extract
from schemas import Quantity
from zhengshu.validate import NUMERALS, differences, faults

CHECK = settings(derandomize=True, max_examples=200, deadline=None)

DIGITS = "零一二三四五六七八九"
FINANCIAL = str.maketrans("零一二三四五六七八九十百千亿", "零壹贰叁肆伍陆柒捌玖拾佰仟億")
WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")

UNITS = {
    "吨": ("吨", 1),
    "元": ("元", 1),
    "万元": ("元", 10**4),
    "亿元": ("元", 10**8),
    "万亿元": ("元", 10**12),
    "万吨": ("吨", 10**4),
    "公里": ("公里", 1),
    "千米": ("公里", 1),
    "亩": ("亩", 1),
    "美元": ("美元", 1),
    "万人次": ("人次", 10**4),
    "平方公里": ("平方公里", 1),
}

integers = st.one_of(st.integers(0, 200), st.integers(0, 10**16 - 1))
decimals = st.builds(
    lambda whole, places, digits: Decimal(f"{whole}.{digits % 10**places:0{places}}"),
    st.integers(0, 10**9),
    st.integers(1, 6),
    st.integers(0, 10**6 - 1),
)
units = st.sampled_from(sorted(UNITS))


def chinese(number: int) -> str:
    """Write an integer below 10**16 in Chinese numerals: ``10203 -> 一万零二百零三``, ``12 -> 十二``."""
    if number == 0:
        return "零"
    words, gap = "", False
    for power, myriad in ((3, "万亿"), (2, "亿"), (1, "万"), (0, "")):
        group = number // 10 ** (4 * power) % 10**4
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += section(group) + myriad
        gap = False
    return words.removeprefix("一") if words.startswith("一十") else words


def section(group: int) -> str:
    """Write up to four digits: ``1020 -> 一千零二十``."""
    words, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = group // scale % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + word
        gap = False
    return words


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1020, "一千零二十"),
        (10203, "一万零二百零三"),
        (100001, "十万零一"),
        (123400000000, "一千二百三十四亿"),
        (10**8 + 1, "一亿零一"),
        (10**12, "一万亿"),
        (2 * 10**9 + 5 * 10**7, "二十亿五千万"),
    ],
)
def test_the_writer_of_chinese_numerals(number: int, written: str):
    """Else the properties below would prove nothing."""
    assert chinese(number) == written


def read(figure: str) -> Quantity:
    """Read the one quantity of a sentence that holds nothing else."""
    text = f"其产量为{figure}，保持稳定。"
    found = extract(text, published="2022-09-14")
    assert faults(found, text) == []
    assert found.periods == found.ordinals == found.programs == ()
    (quantity,) = found.quantities
    assert (quantity.text, quantity.start) == (figure, 4)
    assert (quantity.high, quantity.modifier) == (None, "exact")
    return quantity


def check(figure: str, value: Decimal | int, unit: str) -> None:
    canonical, factor = UNITS[unit]
    quantity = read(figure)
    assert quantity.value == value * factor
    assert quantity.unit == canonical


@CHECK
@given(integers, units)
@example(8_000_000_000, "元")
@example(13_800_000_000, "元")
def test_integer(number: int, unit: str):
    check(f"{number}{unit}", number, unit)


@CHECK
@given(decimals, units)
def test_decimal(number: Decimal, unit: str):
    check(f"{number:f}{unit}", number, unit)


@CHECK
@given(st.one_of(integers, decimals), units)
def test_thousands_separators(number: Decimal | int, unit: str):
    check(f"{number:,}{unit}", number, unit)


@CHECK
@given(st.one_of(integers, decimals), units)
def test_full_width(number: Decimal | int, unit: str):
    check(str(number).translate(WIDE) + unit, number, unit)
    check(f"{number:,}".translate(WIDE) + unit, number, unit)


@CHECK
@given(st.one_of(integers, decimals))
def test_percentage(number: Decimal | int):
    for sign in ("%", "％"):
        quantity = read(f"{number:,}{sign}")
        assert (quantity.value, quantity.unit) == (number, "%")


@CHECK
@given(integers, st.sampled_from(["吨", "公里", "亩", "美元", "平方公里"]))
def test_chinese_numerals(number: int, unit: str):
    check(f"{chinese(number)}{unit}", number, unit)


@CHECK
@given(integers, st.sampled_from(["吨", "公里", "亩", "美元", "平方公里"]))
def test_financial_numerals(number: int, unit: str):
    check(f"{chinese(number).translate(FINANCIAL)}{unit}", number, unit)


@CHECK
@given(integers, units, st.sampled_from(["余", "多"]))
def test_hedge_between_number_and_unit(number: int, unit: str, hedge: str):
    text = f"其产量为{number}{hedge}{unit}，保持稳定。"
    (quantity,) = extract(text).quantities
    canonical, factor = UNITS[unit]
    assert (quantity.value, quantity.unit, quantity.modifier) == (number * factor, canonical, "more_than")
    assert quantity.text == f"{number}{hedge}{unit}"


@CHECK
@given(decimals, decimals, st.sampled_from(["—", "-", "～", "至", "~", "－"]), st.sampled_from(["%", "吨", "亿元"]))
def test_range(low: Decimal, high: Decimal, dash: str, unit: str):
    low, high = min(low, high), max(low, high) + 1
    text = f"其产量为{low:f}{dash}{high:f}{unit}，保持稳定。"
    (quantity,) = extract(text).quantities
    factor = UNITS.get(unit, (unit, 1))[1]
    assert quantity.text == f"{low:f}{dash}{high:f}{unit}"
    assert (quantity.value, quantity.high) == (low * factor, high * factor)


@CHECK
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.booleans())
def test_day(day: date, full_width: bool):
    written = f"{day.year}年{day.month}月{day.day}日"
    text = f"会议于{written.translate(WIDE) if full_width else written}召开。"
    (period,) = extract(text).periods
    assert (period.start_date, period.end_date, period.type) == (day, day, "day")
    assert period.text == text[3:-3]


# --- any text -------------------------------------------------------------------------------------------------------

PIECES = [
    *NUMERALS.replace("-", ""),
    *"年月日号时点分元吨亩个家项户人次级成番倍度角约近超逾达余多几数第前首末底初上下去今明全省市县区国"
    "，。、；：！？“”《》（）()[]〔〕【】％%‰℃.,:/-—–~～+ \t\n\r\u3000\u2028\x00\ufeff",
    *[
        "十四五",
        "十三五",
        "百分点",
        "百分之",
        "分之",
        "以上",
        "以来",
        "左右",
        "千瓦时",
        "平方公里",
        "上半年",
        "季度",
        "至今",
    ],
    *[
        "截至",
        "自",
        "到",
        "同期",
        "规划",
        "计划",
        "行动",
        "工程",
        "改革",
        "机制",
        "制度",
        "示范区",
        "基金",
        "“十",
        "5G",
        "GB/T ",
    ],
    *["億", "萬", "⾦", "①", "Ⅲ", "²", "𠮷", "㎡", "é", "🙂", "\u0301"],
]

pieces = st.sampled_from(PIECES)
characters = st.characters(codec="utf-8")
texts = st.one_of(
    st.text(characters, max_size=80),
    st.lists(pieces, max_size=60).map("".join),
    st.lists(st.one_of(pieces, st.text(characters, max_size=3)), max_size=60).map("".join),
)
dates = st.one_of(st.none(), st.dates())


@settings(derandomize=True, max_examples=600, deadline=None)
@given(texts, dates)
@example("", None)
@example("\n", None)
@example("2021年〇月〇日", None)
def test_any_text_gives_a_document_without_faults(text: str, published: date | None):
    document = extract(text, published=published)
    assert faults(document, text) == []
    assert differences(document, extract(text, published=published)) == []


@CHECK
@given(texts)
def test_a_document_survives_being_written(text: str):
    document = extract(text)
    again = type(document).model_validate_json(document.model_dump_json())
    assert again == document
    assert faults(again, text) == []


BROKE = ["⼀、坚持", "⼗⼆项", "海峽兩岸", "中國大陸", "鞦韆", "貳拾叄", "第叄名", "王○○", "实现三年初见成效"]
"""Texts whose documents validation once refused: characters that fold to numerals, records that overlapped."""


@pytest.mark.parametrize("text", BROKE)
def test_text_that_broke_a_document(text: str):
    assert faults(extract(text, published="2022-09-14"), text) == []
