"""A figure reads back as it was written, however it was written, and no text breaks the reader."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import extractors.units
from pipeline import extract
from schemas import Quantity
from tests.rewriting import chinese, chinese_decimal
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


# --- every unit of the table, and every form of a number ------------------------------------------------------------


@cache
def unit_table() -> dict[str, tuple[str, Decimal]]:
    """Read the units' table itself: each surface with its canonical name and what one of it is worth."""
    table = tomllib.loads((Path(extractors.units.__file__).parent / "units.toml").read_text("utf-8"))
    rows: dict[str, tuple[str, Decimal]] = {}
    for unit in table["unit"]:
        rows |= {surface: (unit["name"], Decimal(1)) for surface in unit["surfaces"]}
        rows |= {surface: (unit["name"], Decimal(factor)) for surface, factor in unit.get("scaled", {}).items()}
        names: dict[str, str] = {}
        for surface, factor in unit.get("multiples", {}).items():
            rows[surface] = (names.setdefault(factor, surface), Decimal(1))
    rows |= {surface: (surface, Decimal(1)) for group in table["classifiers"] for surface in group["surfaces"]}
    return {surface: row for surface, row in rows.items() if surface not in table.get("only_before", {})}


UNREAD_UNITS = {
    "世纪": "a century is calendar time",
    "大卡": "数字 + 大 is an epithet: 六大产业",
    "大气压": "as 大卡",
    "多米尼加比索": "多 is read as a hedge before 米",
}
"""Surfaces of the table that a number in front of them does not get, and why."""

IN_CHARACTERS_OTHERWISE = {"届", "期", "局", "级"}
"""Behind Chinese numerals these make a sequence or a grade: 三十七届, 三级."""

FORMS = {
    "37": 37,
    "2.5": Decimal("2.5"),
    "1,234": 1234,
    "1 234": 1234,
    "３７": 37,
    "3.6万": 36000,
    "三十七": 37,
    "叁拾柒": 37,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_unit_behind_every_form(form: str):
    wrong = []
    for surface, (name, factor) in unit_table().items():
        if surface in UNREAD_UNITS or (form[0] in "三叁" and surface in IN_CHARACTERS_OTHERWISE):
            continue
        document = extract(f"其产量为{form}{surface}，保持稳定。", published="2022-09-14")
        found = [(q.text, q.start, q.value, q.high, q.unit, q.modifier) for q in document.quantities]
        if found != [(form + surface, 4, FORMS[form] * factor, None, name, "exact")]:
            wrong.append((surface, found))
    assert wrong == []


@pytest.mark.parametrize("surface", UNREAD_UNITS)
@pytest.mark.xfail(strict=True, reason="listed in UNREAD_UNITS")
def test_units_that_are_not_read(surface: str):
    (quantity,) = extract(f"其产量为37{surface}，保持稳定。").quantities
    assert (quantity.text, quantity.value, quantity.unit) == (f"37{surface}", 37, unit_table()[surface][0])


SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
BEFORE = {
    "约": "approx",
    "近": "nearly",
    "超过": "more_than",
    "逾": "more_than",
    "不低于": "at_least",
    "至少": "at_least",
}
BEFORE |= {"不足": "less_than", "低于": "less_than", "不超过": "at_most", "最多": "at_most"}
BEHIND = {"左右": "approx", "以上": "at_least", "以下": "less_than", "以内": "at_most"}
DASHES = ["—", "——", "–", "-", "－", "~", "～", "至", "到"]
plain_units = st.sampled_from(["吨", "公里", "亩", "美元", "平方公里"])


def one(figure: str, before: str = "") -> tuple[Decimal, Decimal | None, str | None, str]:
    """Read the one quantity of a sentence, which must cite the whole figure and nothing else."""
    text = f"其产量{before or '为'}{figure}，保持稳定。"
    document = extract(text, published="2022-09-14")
    assert faults(document, text) == []
    (quantity,) = document.quantities
    assert (quantity.text, document.periods, document.ordinals) == (figure, (), ())
    return quantity.value, quantity.high, quantity.unit, quantity.modifier


def written(number: Decimal | int, form: str) -> str:
    """Write a number in one of the forms: arabic, comma, blank, wide, chinese, financial."""
    whole, _, places = f"{number:f}".partition(".")
    decimals = f".{places}" if places else ""
    in_characters = chinese_decimal(whole + decimals)
    return {
        "arabic": whole + decimals,
        "comma": f"{int(whole):,}{decimals}",
        "blank": f"{int(whole):,}{decimals}".replace(",", " "),
        "wide": f"{int(whole):,}{decimals}".translate(WIDE),
        "chinese": in_characters,
        "financial": in_characters.translate(FINANCIAL),
    }[form]


forms = st.sampled_from(["arabic", "comma", "blank", "wide", "chinese", "financial"])
small_decimals = st.builds(lambda n, places: Decimal(n).scaleb(-places), st.integers(10, 10**8), st.integers(1, 4))


@CHECK
@given(st.one_of(st.integers(10, 10**12), small_decimals), forms, plain_units)
def test_any_form(number: Decimal | int, form: str, unit: str):
    assert one(written(number, form) + unit) == (number * UNITS[unit][1], None, unit, "exact")


@CHECK
@given(st.integers(2, 9999), st.sampled_from(sorted(SCALES)), st.integers(1, 9), st.booleans(), plain_units)
def test_mixed_scale(head: int, scale: str, tail: int, in_characters: bool, unit: str):
    """``3万5千吨``, ``一万五千亿吨``, ``1.2万吨``."""
    if in_characters:
        assert one(f"{chinese(head * 1000)}亿{unit}")[0] == head * 1000 * SCALES["亿"]
    else:
        assert one(f"{head}{scale}{tail}千{unit}")[0] == head * SCALES[scale] + tail * 1000
        assert one(f"{head}.{tail}{scale}{unit}")[0] == Decimal(f"{head}.{tail}") * SCALES[scale]


@CHECK
@given(st.one_of(st.integers(1, 999), small_decimals), st.integers(1, 9), st.integers(2, 9))
def test_shares(number: Decimal | int, above: int, below: int):
    """``百分之三十六点三``, ``千分之八``, ``六成``, ``三分之二``."""
    assert one(f"百分之{written(number, 'chinese')}") == (number, None, "%", "exact")
    assert one(f"千分之{written(number, 'chinese')}") == (number, None, "‰", "exact")
    assert one(f"{DIGITS[above]}成") == (above * 10, None, "%", "exact")
    share = (Decimal(above) / below).quantize(Decimal("0.000001"))
    assert one(f"{DIGITS[below]}分之{DIGITS[above]}") == (share, None, None, "exact")


@CHECK
@given(st.integers(10, 10**6), st.integers(1, 10**6), st.sampled_from(DASHES), plain_units, st.booleans())
def test_any_dash(low: int, more: int, dash: str, unit: str, in_characters: bool):
    form = "chinese" if in_characters and dash in ("至", "到", "—") else "arabic"
    figure = f"{written(low, form)}{dash}{written(low + more, form)}{unit}"
    assert one(figure) == (low * UNITS[unit][1], (low + more) * UNITS[unit][1], unit, "exact")


@CHECK
@given(st.integers(10, 10**9), forms, plain_units, st.sampled_from(sorted(BEFORE)), st.sampled_from(sorted(BEHIND)))
def test_hedges(number: int, form: str, unit: str, before: str, behind: str):
    figure = written(number, form) + unit
    assert one(figure, before) == (number, None, unit, BEFORE[before])
    assert one(figure + behind) == (number, None, unit, BEHIND[behind])
