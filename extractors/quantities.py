"""Read quantities: every numeral that measures or counts, with its unit, its hedge and its range.

The stage walks along the numerals that no period took. At each it looks left (label? list mark? hedge?) and right
(scale, hedge, unit, range, hedge again), then shares the unit of a list's last member with the members before it.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from extractors.bare import Bare
from extractors.counting import Counting
from extractors.fates import ARTICLE, CLOCK, CODE, LABEL, SEQUENCE, UNREAD, WORD, Fate
from extractors.hedges import far_hedge, hedge_before, surround
from extractors.labels import Labels
from extractors.lists import share_units
from extractors.numerals import Number, product, tidy
from extractors.periods import PeriodFound
from extractors.rules import rule
from extractors.slots import ARABIC, ONE, QuantityFound, Slot, is_chinese
from extractors.tables import load
from extractors.units import Unit, find_unit, only_before, rate, second_letters, surfaces
from schemas import Reading

_SIMPLE_FRACTION = re.compile(r"(?<![0-9./])([1-9])/([2-9]|1[0-9]|[1-9]0)(?![0-9A-Za-z./年月])")
_DASH = re.compile(r"\s?(?:—{1,2}|–|-|−|~|～|至|到|－)\s?")
_FROM = frozenset("从由自")
_ELECTRIC = re.compile(r"电|用能|发[出了]")
_TEMPERATURE = re.compile(
    r"(?:气温|温度|高温|低温|水温|体温|室温|升温|降温|回暖|零[下上])(?![计])[^，。；：！？\n角经纬]*$"
)
"""What in front of 度 in its clause tells of heat; beyond 60 it may be Fahrenheit, or no weather: left as 度."""

_HOTTEST = 60
_FAN = re.compile(r"翻(?:了)?(?:近|约|超过|超)?$")
_SUB_YUAN = re.compile(r"(?:(?<=元)(?P<jiao>[0-9一二三四五六七八九])角)?(?:(?<=角)(?P<fen>[0-9一二三四五六七八九])分)?")
_TENTHS = re.compile(r"[一二三四五六七八九半](?![个家户人项亩年名成〇零一二三四五六七八九十])")
_DECIMAL_TAIL = re.compile(r"[0-9]{2,3}(?![0-9.])")
_CUBIC = re.compile(r"方(?![面案式法便向针])")
_LI = re.compile(r"里(?=[路地外，。、；多]|左右|以上|水路|半[，。；、的]|$)")
"""里 where it is a length: 行程5000里，; not 5000里程, 百里挑一."""

_HALF = re.compile(r"半(?![年径个夜数天])")
_HALF_ENDS = re.compile(r"半(?=[，。；、：）”的地多左\n]|$)")
_SQUARE = re.compile(r"平(?=[，。；、）的\n]|$)")
_POINTS = re.compile(r"个点(?=[，。；、）\n]|左右|以上|$)")
_CHANGES = re.compile(r"(?:提高|提升|上升|下降|下跌|暴跌|降低|回落|增长|上调|下调|降|升)了?(?:近|约|超过|超|逾)?$")
_INDEX = re.compile(r"[指点]数|[股期]市|盘")
_SIGNS = {"$": "美元", "＄": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}
"""Currency signs: they stand in front of the number, outside the span."""

_QUICK_DIMENSIONS = frozenset(("count", "currency", "ratio", "mass", "area", "age", "length"))
_SPECIAL_BEFORE = frozenset("第前币上“‘「『〔［【（·•°′：∶比￥＄€£＋－−〕］】）")
_POINT_UNIT = Unit("点", ONE, "index", None, ONE, 1)


@cache
def cubic_metre() -> Unit:
    """Give 立方米, which 方 means behind 万 and 亿: ``百亿方``."""
    unit = find_unit("立方米", 0)
    assert unit is not None  # noqa: S101
    return replace(unit, length=1)


@cache
def square_metre() -> Unit:
    """Give 平方米, which 平 means behind a number too large for a score: ``60余万平，``."""
    unit = find_unit("平方米", 0)
    assert unit is not None  # noqa: S101
    return replace(unit, length=1)


@cache
def li() -> Unit:
    """Give 里, the market mile of 500 m (国务院 1959 市制)."""
    unit = find_unit("华里", 0)
    assert unit is not None  # noqa: S101
    return replace(unit, name="里", length=1)


@cache
def quick_units() -> dict[str, tuple[Unit, frozenset[str]]]:
    """Give the units of one character, each with what behind it calls for a closer look.

    That is: the second letters of longer units and of words that begin like it, hedges, dashes, digits.
    """
    hedges, digits = "以左上下内之多余来开前后有许及半", "0123456789一二三四五六七八九十几两百千万亿"
    closer = frozenset(f"{hedges}{digits}级/／每（( 至到—–−-~～－角分圈块点")
    quick = {}
    for surface in surfaces():
        unit = find_unit(surface, 0)
        if (
            len(surface) == 1
            and surface not in only_before()
            and unit is not None
            and unit.factor == 1
            and unit.dimension in _QUICK_DIMENSIONS
        ):
            quick[surface] = (unit, closer | second_letters(surface))
    for surface in ("级", "度", "期", "届", "分", "款", "季", "版"):
        quick.pop(surface, None)
    return quick


@cache
def _unit_of_sign(name: str) -> Unit:
    unit = find_unit(name, 0)
    assert unit is not None  # noqa: S101
    return replace(unit, length=0)


@cache
def noun_after_many() -> re.Pattern[str]:
    """Compile what 多 behind a number may stand in front of: any noun, but 多样, 多种 are words."""
    return re.compile(rf"[\u4e00-\u9fa5](?<![{load('quantities')['bare']['not_many']}])")


class QuantityReader:
    """Reads the quantities of one view from left to right."""

    def __init__(self, reading: Reading, numbers: list[Number], periods: list[PeriodFound]) -> None:
        self.text = reading.text
        self.free = _outside(numbers, periods)
        self.labels = Labels(reading.text)
        self.counting = Counting(reading, self.free)
        self.bare = Bare(reading.text, self.counting)
        self.slots: list[Slot] = []
        self.index = self.done = 0

    def read(self) -> tuple[list[QuantityFound], dict[int, Fate]]:
        """Give the quantities in order, and the fate of each numeral that became none, by its start."""
        free = self.free
        while self.index < len(free):
            number = free[self.index]
            if number.start >= self.done:
                slot = self._slot(number)
                self.slots.append(slot)
                if slot.quantity is not None:
                    self.done = slot.quantity.end
            self.index += 1
        share_units(self.text, self.slots)
        found = [slot.quantity for slot in self.slots if slot.quantity is not None]
        fates = {slot.number.start: slot.fate or UNREAD for slot in self.slots if slot.quantity is None}
        return found, fates

    def _slot(self, number: Number) -> Slot:
        if number.value is None:
            return Slot(number, fate=WORD if is_chinese(number) else LABEL)
        if number.end - number.start == 1 and number.text not in ARABIC:
            fate = self._lone(number)
            if fate is not None:
                return Slot(number, fate=fate)
        elif number.form == "arabic":
            quantity = self._quick(number)
            if quantity is not None:
                return Slot(number, quantity)
        fate = self.labels.label(number, self.slots[-1] if self.slots else None)
        if fate is not None:
            if fate is CLOCK:
                self._spread(fate, self.labels.clock_end(number))
            elif fate is CODE:
                self._spread(fate, self.labels.code_end(number))
            return Slot(number, fate=fate)
        if self.index + 1 < len(self.free) and self.free[self.index + 1].start - number.end <= 8:
            ranged = self._range(number)
            if ranged is not None:
                return Slot(number, ranged)
        return self._single(number)

    def _article(self, number: Number, before: str, following: str) -> Fate | None:
        """Tell at once that 一 with a classifier is an article (``一个``): no series, no quotation, no rank."""
        if number.text != "一" or following not in quick_units() or before in _SPECIAL_BEFORE or before in "、和":
            return None
        unit, closer = quick_units()[following]
        behind = self.text[number.end + 1 : number.end + 13]
        return ARTICLE if unit.dimension == "count" and "、" not in behind and behind[:1] not in closer else None

    def _quick(self, number: Number) -> QuantityFound | None:
        """Read ``300家`` or ``12.5亿元`` at once where nothing on either side can change the reading: most are such."""
        text, start, end = self.text, number.start, number.end
        following = text[end : end + 1]
        found = quick_units().get(following)
        if found is None or text[end + 1 : end + 2] in found[1]:
            return None
        before = text[start - 1] if start else "\n"
        if before in _SPECIAL_BEFORE or ("!" <= before <= "\x7f"):
            return None
        if before in "、和" and self.slots and self.slots[-1].fate is SEQUENCE:
            return None
        assert number.value is not None  # noqa: S101
        modifier = "more_than" if number.hedge else hedge_before(text, start)[0] or far_hedge(text, start) or "exact"
        unit_text = _scale_words(number) + following
        return QuantityFound(start, end + 1, number.value, number.high, found[0], unit_text, modifier, number.scale)

    def _lone(self, number: Number) -> Fate | None:
        """Tell at once that a single Chinese numeral counts nothing: no unit can begin behind it (``统一``)."""
        text, start = self.text, number.start
        before, following = text[start - 1 : start], text[number.end : number.end + 1]
        if following in may_follow():
            return self._article(number, before, following)
        if before == "第":
            return SEQUENCE
        if before and (before in "、和前" or (self.counting.brand(start))):
            return None
        return WORD

    def _counts_many(self, number: Number, behind: int) -> bool:
        """Tell whether 多 in front of a noun or a mark belongs to the number: ``2000多贫困户``, ``13亿多，``."""
        if number.form != "arabic" and number.scale < 10**4:
            return False
        return noun_after_many().match(self.text, behind) is not None or self.text[behind : behind + 1] in tuple(
            "，。；、）"
        )

    @staticmethod
    def _measures_volume(number: Number) -> bool:
        """Tell whether a number is too large to count sides (三方会谈), so that 方 is 立方米: ``500方混凝土``."""
        return number.form == "arabic" and number.value is not None and number.value >= 100

    def _colloquial(self, number: Number, end: int) -> Unit | None:
        """Read 方 as 立方米, 平 as 平方米, 里 as a length where number and surroundings show it: 万方, 500里。"""
        if _CUBIC.match(self.text, end) and (number.scale >= 10**4 or self._measures_volume(number)):
            return rate(self.text, end, cubic_metre())
        if _SQUARE.match(self.text, end) and (number.scale >= 10**4 or self._measures_volume(number)):
            return square_metre()
        half = self.text.startswith("半", end + 1)
        return li() if _LI.match(self.text, end) and (number.form == "arabic" or _long(number) or half) else None

    @rule(
        "quantities.points",
        "quantities",
        says=[("社保降费后，企业用工成本下降5个点", {"text": "5个点", "value": "5", "unit": "百分点"})],
        refuses=["落下一个点球"],
    )
    def _points(self, number: Number, unit: Unit) -> Unit:
        """Give what N个点 counts behind a verb of change: 百分点, but 点 where the sentence tells of an index."""
        left = self.text[max(0, number.start - 40) : number.start]
        if _CHANGES.search(left) is None:
            return unit
        sentence = left[left.rfind("。") + 1 :] + self.text[number.end : number.end + 16].partition("。")[0]
        points = _POINT_UNIT if _INDEX.search(sentence) else find_unit("百分点", 0)
        return replace(points, length=2) if points is not None else unit

    def _spread(self, fate: Fate, end: int) -> None:
        """Give the same fate to the numerals that follow up to ``end``: the minutes of a time of day."""
        while self.index + 1 < len(self.free) and self.free[self.index + 1].start < end:
            self.index += 1
            self.slots.append(Slot(self.free[self.index], fate=fate))

    def _single(self, number: Number) -> Slot:
        """Read a numeral with the unit right behind it."""
        text, end, value = self.text, number.end, number.value
        assert value is not None  # noqa: S101
        if text[end : end + 1] == "番":
            return self._fold(number)
        if (
            text[end : end + 1] == "/"
            and not text.startswith("决赛", end + 2)
            and (simple := _SIMPLE_FRACTION.match(text, number.start))
            and int(simple[1]) < int(simple[2])
        ):
            worth = tidy(round(Decimal(simple[1]) / Decimal(simple[2]), 6))
            quantity = QuantityFound(
                number.start, simple.end(), worth, None, None, None, "exact", rule="quantities.share"
            )
            surround(self.text, quantity, None)
            return Slot(number, quantity)
        if number.form in ("fraction", "percent", "permille"):
            return Slot(number, self._share(number))
        inner = "more_than" if number.hedge else None
        if text[end : end + 1] in ("余", "多", "来", "几") and text[end : end + 1]:
            unit = find_unit(text, end + 1) or (li() if _LI.match(text, end + 1) else None)
            if unit is not None or (text[end] == "余" and number.form == "arabic"):
                inner, end = ("approx" if text[end] == "来" else "more_than"), end + 1
            elif text[end] == "多" and self._counts_many(number, end + 1):
                inner, end = "more_than", end + 1
        space = 1 if text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2] not in ARABIC else 0
        unit = find_unit(text, end + space)
        if unit is not None and unit.name == "个" and text[end + space + 1 : end + space + 2] in ("多", "半"):
            longer = find_unit("个" + text[end + space + 2 : end + space + 5], 0)
            if longer is not None and (longer.dimension == "time" or longer.name == "百分点"):
                return self._inserted(number, longer, end + space, inner)
        if (
            unit is None
            and text[end : end + 1] == "日"
            and (not is_chinese(number) or len(number.text) > 1 or text[end + 1 : end + 2] == "内")
            and text[number.start - 1 : number.start] != "月"
        ):
            unit = find_unit("天", 0)
        if (
            unit is None
            and text[end : end + 1] == "点"
            and number.form == "arabic"
            and (value > 24 or "." in number.text)
        ):
            unit = _POINT_UNIT
        if unit is None and text[end : end + 1] in ("方", "里", "平"):
            unit = self._colloquial(number, end)
        if unit is None and number.start and (sign := _SIGNS.get(self.text[number.start - 1])):
            unit = _unit_of_sign(sign)
        if unit is None:
            return self._bare(number, inner, end)
        if unit.name == "个" and _POINTS.match(text, end + space):
            unit = self._points(number, unit)
        fate = self.counting.refuse(number, unit, end, inner)
        if fate is not None:
            return Slot(number, fate=fate)
        return Slot(number, self._measured(number, unit, end + space, inner))

    @rule(
        "quantities.amount",
        "quantities",
        says=[
            ("惠及群众3万余户", {"text": "3万余户", "value": "30000", "unit": "户", "modifier": "more_than"}),
            ("完成投资12.5亿元", {"text": "12.5亿元", "value": "1250000000", "unit": "元"}),
            ("新建扩建学校十二所", {"text": "十二所", "value": "12", "unit": "所"}),
            ("浇筑500方混凝土，完成八亿土方", {"text": "500方", "value": "500", "unit": "立方米"}),
            ("往返行程3000里，", {"text": "3000里", "value": "3000", "unit": "里"}),
            ("一天即可办结", {"text": "一天", "value": "1", "unit": "天"}),
            ("捐赠港币5000万元", {"text": "5000万元", "value": "50000000", "unit": "港元"}),
            ("处理天然气20亿方/年", {"text": "20亿方/年", "value": "2000000000", "unit": "立方米/年"}),
            (
                "县城新开工住宅60余万平。",
                {"text": "60余万平", "value": "600000", "unit": "平方米", "modifier": "more_than"},
            ),
            ("悬挂10面国旗", {"text": "10面", "value": "10", "unit": "面"}),
        ],
        refuses=[
            "市第三人民医院",
            "12345热线",
            "是一流的统一平台",
            "二级公路",
            "2025届毕业生",
            "零件加工",
            "四处奔走",
            "两面夹击",
            "万里长城",
        ],
    )
    def _measured(self, number: Number, unit: Unit, unit_start: int, inner: str | None) -> QuantityFound:
        """Read a numeral with the unit or classifier right behind it: ``5600余亿元 -> 560000000000 元, more_than``."""
        text, value = self.text, number.value
        assert value is not None  # noqa: S101
        end, high, rule_name = unit_start + unit.length, number.high, "quantities.amount"
        if number.text == "一" and unit.dimension == "count":
            rule_name = "quantities.series"  # alone it would be an article (一个)
        elif unit.length == 2 and text.startswith("个点", unit_start):
            rule_name = "quantities.points"
        if unit.factor != 1:
            value, high = product(value, unit.factor), high and product(high, unit.factor)
        decimals = unit.name in ("米", "秒") and number.form == "arabic"
        tail = _DECIMAL_TAIL.match(text, end) if decimals else None
        if tail is not None and number.scale == 1 and "." not in number.text and find_unit(text, tail.end()) is None:
            value, end = Decimal(f"{value}.{tail.group()}"), tail.end()
        elif unit.name == "元" and text[end - 1] in "元角":
            extra = _SUB_YUAN.match(text, end)
            if extra is not None and extra.end() > end:
                value, end, rule_name = self._sub_yuan(value, extra), extra.end(), "quantities.jiao_and_fen"
        elif unit.name == "%" and text[unit_start] == "成":
            more = _TENTHS.match(text, end)
            if more is not None:
                value, end = value + _tenth(more.group()), more.end()
        quantity = QuantityFound(
            number.start,
            end,
            value,
            high,
            unit,
            _scale_words(number) + text[unit_start : unit_start + unit.length],
            "exact",
            number.scale,
            rule_name,
        )
        if unit.name == "元" and number.start and text[number.start - 1] == "币":
            quantity.unit = self._currency(number.start, unit)
        if unit.name == "度" and _ELECTRIC.search(text[max(0, number.start - 12) : end + 2]):
            quantity.unit = find_unit("千瓦时", 0)
        if unit.name == "度" and self._of_heat(quantity):
            quantity.unit, quantity.rule = find_unit("摄氏度", 0), "quantities.degrees"
        if text[end : end + 1] == "半":
            self._half_more(quantity)
        surround(self.text, quantity, inner)
        return quantity

    @rule(
        "quantities.degrees",
        "quantities",
        says=[
            ("青湖属湿润气候，多年平均气温14度", {"text": "14度", "value": "14", "unit": "摄氏度"}),
            ("最低气温降至零下28度", {"unit": "摄氏度"}),
        ],
        refuses=["气温一度回升"],
    )
    def _of_heat(self, quantity: QuantityFound) -> bool:
        """Tell whether 度 is 摄氏度: behind a word of heat in its clause, and no hotter than weather: ``气温14度``."""
        if quantity.unit is None or quantity.unit.name != "度" or max(quantity.value, quantity.high or 0) > _HOTTEST:
            return False
        left = self.text[max(0, quantity.start - 24) : quantity.start]
        return "华氏" not in left and _TEMPERATURE.search(left) is not None

    def _currency(self, start: int, unit: Unit) -> Unit:
        """Give the currency that stands in front of an amount in 元: ``港币5000元 -> 5000 港元``."""
        left = self.text[max(0, start - 3) : start]
        for word, name in load("quantities")["currency"]["before"].items():
            if left.endswith(word):
                return find_unit(name, 0) or unit
        return unit

    @rule(
        "quantities.jiao_and_fen",
        "quantities",
        says=[
            ("每人123元1角1分", {"text": "123元1角1分", "value": "123.11", "unit": "元"}),
            ("单价3元5角", {"text": "3元5角", "value": "3.5"}),
        ],
        refuses=["长三角一体化"],
    )
    @staticmethod
    def _sub_yuan(value: Decimal, extra: re.Match[str]) -> Decimal:
        """Add 角 and 分: ``123元1角1分 -> 123.11``; their numerals belong to the same quantity."""
        jiao, fen = (
            int(g) if g and g.isascii() else "〇一二三四五六七八九".find(g or "〇") for g in extra.group("jiao", "fen")
        )
        return value + Decimal(jiao * 10 + fen) / 100

    @rule(
        "quantities.hedge_inside_the_unit",
        "quantities",
        says=[
            ("历时2个多小时", {"text": "2个多小时", "value": "2", "unit": "小时", "modifier": "more_than"}),
            ("用了一个半月", {"text": "一个半月", "value": "1.5", "unit": "个月"}),
        ],
        refuses=["一个多层次体系"],
    )
    def _inserted(self, number: Number, unit: Unit, unit_start: int, inner: str | None) -> Slot:
        """Read what stands between 个 and its unit: ``2个多小时`` is more than 2 小时, ``一个半月`` 1.5 个月."""
        assert number.value is not None  # noqa: S101
        half, end = self.text[unit_start + 1] == "半", unit_start + unit.length + 1
        value = number.value + Decimal("0.5") if half else number.value
        unit_text, rule_name = self.text[unit_start:end], "quantities.hedge_inside_the_unit"
        quantity = QuantityFound(number.start, end, value, number.high, unit, unit_text, "exact", rule=rule_name)
        surround(self.text, quantity, inner or (None if half else "more_than"))
        return Slot(number, quantity)

    @rule(
        "quantities.and_a_half",
        "quantities",
        says=[
            ("工期缩短4天半", {"text": "4天半", "value": "4.5", "unit": "天"}),
            ("棉花亩产皮棉八十斤半。", {"text": "八十斤半", "value": "80.5", "unit": "斤"}),
            ("新修的堤长三里半。", {"text": "三里半", "value": "3.5", "unit": "里"}),
        ],
        refuses=["上半年", "村里半数农户"],
    )
    def _half_more(self, quantity: QuantityFound) -> None:
        """Add a half behind the unit: ``两年半 -> 2.5 年``, ``一个半月``."""
        text, unit = self.text, quantity.unit
        if unit is None or unit.factor != 1 or quantity.high is not None:
            return
        ends = {"time": _HALF, "mass": _HALF_ENDS, "area": _HALF_ENDS, "length": _HALF_ENDS}.get(unit.dimension)
        if ends is not None and ends.match(text, quantity.end):
            quantity.value += Decimal("0.5")
            quantity.end += 1
            quantity.rule = "quantities.and_a_half"

    @rule(
        "quantities.share",
        "quantities",
        says=[
            (
                "超过百分之三十六点三",
                {"text": "百分之三十六点三", "value": "36.3", "unit": "%", "modifier": "more_than"},
            ),
            ("财政支出增长百分之五点几", {"text": "百分之五点几", "value": "5", "unit": "%", "modifier": "more_than"}),
            ("占三分之二", {"text": "三分之二", "value": "0.666667", "unit": None}),
        ],
        refuses=["分之后再说", "进入1/4决赛"],
    )
    def _share(self, number: Number) -> QuantityFound:
        """Make ``百分之五`` 5 %, ``千分之三`` 3 ‰, ``三分之二`` 0.666667 without a unit."""
        assert number.value is not None  # noqa: S101
        unit = find_unit({"percent": "%", "permille": "‰"}.get(number.form, " "), 0)
        some = 2 if number.high is None and self.text.startswith("点几", number.end) else 0  # 百分之五点几
        quantity = QuantityFound(
            number.start, number.end + some, number.value, number.high, unit, None, "exact", rule="quantities.share"
        )
        surround(self.text, quantity, "more_than" if number.hedge or some else None)
        return quantity

    @rule(
        "quantities.doubling",
        "quantities",
        says=[
            ("产值翻了两番", {"text": "翻了两番", "value": "4", "unit": "倍"}),
            ("翻一番以上", {"text": "翻一番以上", "value": "2", "modifier": "at_least"}),
        ],
        refuses=["翻番", "三番五次"],
    )
    def _fold(self, number: Number) -> Slot:
        """Read ``翻两番`` as 4 倍: n doublings make 2 to the n."""
        match = _FAN.search(self.text[max(0, number.start - 4) : number.start])
        value = number.value
        if match is None or value is None or not 0 < value <= 20:
            return Slot(number, fate=WORD)
        quantity = QuantityFound(
            number.start,
            number.end + 1,
            Decimal(2) ** int(value),
            None,
            find_unit("倍", 0),
            "番",
            "exact",
            rule="quantities.doubling",
        )
        surround(self.text, quantity, None)
        quantity.start = number.start - len(match.group())
        return Slot(number, quantity)

    @rule(
        "quantities.range",
        "quantities",
        says=[
            ("气温-10℃到-5℃", {"text": "-10℃到-5℃", "value": "-10", "high": "-5", "unit": "摄氏度"}),
            ("增长5%—6%", {"text": "5%—6%", "value": "5", "high": "6", "unit": "%"}),
            ("安排100到200亿元", {"text": "100到200亿元", "value": "10000000000", "high": "20000000000"}),
        ],
        refuses=["比分为3-2", "转0533-2345"],
    )
    def _range(self, number: Number) -> QuantityFound | None:
        """Read ``A—B`` as one mention: ``5%—6%``, ``5至6%``, ``18—59岁``, ``100到200亿元``."""
        text = self.text
        other = self.free[self.index + 1]
        if number.high is not None or other.value is None or other.high is not None:
            return None
        own = find_unit(text, number.end)
        own_end = number.end + (own.length if own is not None else 0)
        dash = _DASH.match(text, own_end)
        if dash is None:
            return None
        minus = dash.end() == other.start - 1 and text[dash.end()] in "-−－"
        if dash.end() != other.start and not minus:
            return None
        if number.form in ("percent", "permille"):
            return self._percent_range(number, other)
        if (
            own is not None
            and text[dash.start() : dash.end()].strip() in ("至", "到")
            and text[number.start - 1 : number.start] in _FROM
        ):
            return None
        hedged = text[other.end : other.end + 1] in ("余", "多") and find_unit(text, other.end + 1) is not None
        inner, end = ("more_than", other.end + 1) if hedged else (None, other.end)
        unit = find_unit(text, end)
        if unit is None or (own is not None and own.name != unit.name and own.dimension != unit.dimension):
            return None
        low, high = self._ends(number, other, own, unit)
        if low is None or high is None or text.startswith("级", end + unit.length):
            return None
        high = -high if minus else high
        if (-low if text[number.start - 1 : number.start] in ("-", "−", "－") else low) >= high:
            return None
        if is_chinese(number) and self.counting.brand(number.start):
            return None
        quantity = QuantityFound(
            number.start,
            end + unit.length,
            low,
            high,
            unit,
            _scale_words(other) + text[end : end + unit.length],
            "exact",
            other.scale,
            "quantities.range",
        )
        if unit.name == "度" and self._of_heat(quantity):
            quantity.unit = find_unit("摄氏度", 0)
        surround(self.text, quantity, inner)
        self.index += 1
        return quantity

    @staticmethod
    def _ends(number: Number, other: Number, own: Unit | None, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
        """Value both ends; the first takes the scale of the second where it has none (``100到200亿元``)."""
        if number.value is None or other.value is None:
            return None, None
        low = product(number.value, own.factor if own else unit.factor)
        if own is None and number.scale == 1 and other.scale > 1 and number.value < other.value / other.scale:
            low = product(low, other.scale)
        return tidy(low) if unit.factor != 1 or low != number.value else number.value, (
            product(other.value, unit.factor) if unit.factor != 1 else other.value
        )

    def _percent_range(self, number: Number, other: Number) -> QuantityFound | None:
        if number.value is None or other.value is None or number.value >= other.value:
            return None
        quantity = self._share(number)
        quantity.high, quantity.end, quantity.rule = other.value, other.end, "quantities.range"
        self.index += 1
        surround(self.text, quantity, None)
        return quantity

    def _bare(self, number: Number, inner: str | None, end: int) -> Slot:
        """Read a numeral without a unit where it counts all the same."""
        verdict = self.bare.judge(number, inner, end)
        if verdict is not True:
            return Slot(number, fate=verdict)
        assert number.value is not None  # noqa: S101
        few = len(number.text) == 1 and number.form == "chinese"
        rule_name = "quantities.few" if few else "quantities.bare"
        quantity = QuantityFound(
            number.start, end, number.value, number.high, None, None, "exact", number.scale, rule_name
        )
        surround(self.text, quantity, inner)
        return Slot(number, quantity)


def _long(number: Number) -> bool:
    """Tell whether a Chinese numeral is a measured length, not a figure of speech: 五万多里, not 万里."""
    return number.form == "chinese" and number.value is not None and number.value >= 100


def _tenth(character: str) -> Decimal:
    """Value what stands behind 成: ``八成五`` is 85, ``四成半`` 45."""
    return Decimal("〇一二三四五六七八九".find(character)) if character != "半" else Decimal(5)


def _scale_words(number: Number) -> str:
    text = number.text
    if text[-1] in ARABIC:
        return ""
    return text[len(text.rstrip("万亿千百十" if number.form == "arabic" else "万亿")) :]


def _outside(numbers: list[Number], periods: list[PeriodFound]) -> list[Number]:
    """Give the numerals that no period took."""
    if not periods:
        return numbers
    free, i = [], 0
    for number in numbers:
        while i < len(periods) and periods[i].end <= number.start:
            i += 1
        if i == len(periods) or number.end <= periods[i].start:
            free.append(number)
    return free


def read_quantities(
    reading: Reading, numbers: list[Number], periods: list[PeriodFound]
) -> tuple[list[QuantityFound], dict[int, Fate]]:
    """Find the quantities of a view, and say what became of the other numerals."""
    return QuantityReader(reading, numbers, periods).read()


@cache
def may_follow() -> frozenset[str]:
    """Give the characters that let a numeral in front of them count: first letters of units, hedges, marks, 第-free."""
    return frozenset(
        {surface[0] for surface in surfaces()}
        | set("是要则点时、．.)）至到—–-−~～－番分多余来几年日月大号级与和及或方半/%％‰")
    )
