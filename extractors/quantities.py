"""Read quantities: every numeral that measures or counts, with its unit, its hedge and its range.

The stage walks along the numerals that no period took. At each it looks left (label? list mark? hedge?) and right
(scale, hedge, unit, range, hedge again), then shares the unit of a list's last member with the members before it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extractors.fates import CLASS, CLOCK, LABEL, LIST, NAME, RATIO, SEQUENCE, UNREAD, WORD, Fate
from extractors.hedges import hedge_after, hedge_before
from extractors.numerals import Number, tidy
from extractors.periods import PeriodFound
from extractors.units import Unit, find_unit, surfaces
from schemas import Reading

_ONE = Decimal(1)


@dataclass(slots=True)
class QuantityFound:
    """A quantity of the view: [start, end), its worth, its unit (None where bare) and its hedge."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    unit_text: str | None
    modifier: str
    scale: Decimal = _ONE


@dataclass(slots=True)
class Slot:
    """A numeral on its way: read as a quantity, refused with a fate, or bare (waiting for a list's unit)."""

    number: Number
    quantity: QuantityFound | None = None
    fate: Fate | None = None


_DIGIT_ONLY = frozenset("0123456789")
_CHINESE_SMALL = frozenset("一二三四五六七八九两十")
_ROUND_SCALE = re.compile(r"[十百千万亿]+")

_DOCUMENT_NUMBER = re.compile(r"[〔\[【［(（]\s?[0-9]{4}\s?[〕\]】］)）]\s?第?[0-9]+\s?号")
_CLOCK = re.compile(r"(?:2[0-4]|[01]?[0-9])(?:[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])|\s?[时点](?!间|代|期|有|尚|髦|差|速|装)(?:\s?[0-9]{1,2}\s?分(?:\s?[0-9]{1,2}\s?秒)?|半|整|许|钟)?)")
_CLOCK_RANGE = re.compile(r"[0-9]{1,2}(?:[时点])?\s?[—\-–~～至]+\s?[0-9]{1,2}[时点](?!间|代|期)")
_SIMPLE_FRACTION = re.compile(r"(?<![0-9./])([1-9])/([2-9]|1[0-9]|[1-9]0)(?![0-9A-Za-z./年月])")
_CLOCK_CHINESE = re.compile(r"(?:十[一二]?|[一二三四五六七八九]|二十[一二三四]?)点(?:钟|半|整|[一二三四五]?十[一二三四五六七八九]?分)")
_CLOCK_BEFORE = re.compile(r"(?:上午|下午|早上|晚上|凌晨|中午|傍晚|清晨|早晨|今晨|当晚|[日号晚晨早])\s?$")
_RATIO = re.compile(r"\s?[:：∶比]\s?[0-9]")
_LIST_AFTER = re.compile(r"[、.．](?![0-9])|[)）][、.]?")
_LIST_IS = re.compile(r"[是要](?!否)|则(?=[是要])")
_LETTER = re.compile(r"[A-Za-z]")
_LABEL_NOUN = re.compile(
    r"\s?(?:号(?!召)|国道|省道|县道|乡道|路(?!径)|线(?!索)|热线|次列车|航班|医院|房|室|楼|栋楼|弄|幢|平台|网站|频道|警|晚会|条款|铁路|高速|胡同|公寓"
    r"|部队|集团军|潜艇|指挥中心|举报|洞|调查|航班|战机|客机|星(?!期)|型|式|系列|事件|运动会|年级|开头|基站|强(?!化|调|制|度|势|劲|力)|多万)"
)
_LABEL_HEAD = re.compile(r"(?:电话|热线|邮编|邮政编码|编号|传真|号码|代码|邮箱|QQ|微信|序号|文号|账号|学号|分机|比分)[^，。；\n]{0,4}[：:]$")
_ADMIN_NOUN = re.compile(r"[省市县区州国村镇乡](?!道|级|[0-9]国道)")
_BARE_BEFORE = re.compile(r"(?:为|达|达到|至|到|提高|提升|上升|下降|降低|增加|减少|由|从|在|约|超|超过|突破|近|逾|仅|不足|增至|降至|升至|缩小|扩大|[是])了?$")
_BARE_AFTER = re.compile(r"[，。；、）)\s的,;]|$|(?:上升|下降|提高|提升|降至|升至|降到|升到|增至|增加|缩小|扩大|以上|以下|左右|之间|以内|降低|减少)")
_QUOTED_NAME = re.compile(r"[“\"「『‘]")
_QUOTED_REST = re.compile(r"[^”\"」』’，。；！？\n“]{1,9}[”\"」』’]")
_INDEFINITE_BEFORE = frozenset("这那每新同某有第另任哪各头")
_LENGTH_AFTER_ONE = re.compile(r"[内以后之多期左半来](?!一)")
_LENGTH_BEFORE_ONE = re.compile(r"(?:成立|实施|运行|为期|时隔|历时|超过|不到|不足|仅用|近|约|满|达|连续|持续|用了?|花了?|提前|推迟|延长|缩短|延迟|试行|施行|开通|运营|增加|减少|相隔|有效期|每隔)$")
_TIER_BEFORE = re.compile(r"[省市县乡镇村区组州国]{2,}$|[”\"]$")
_TIER_AFTER = re.compile(r"架构|网络|联动|体系|管理|书记|服务|同|工作|政府|法院|机构|平台|财政|医疗|组织|干部|田长|河长|林长|联|贯通|治理|诊疗|节点|党")
_YEAR_NOUNS = re.compile(r"级|轻人|度|龄|夜饭|货|薪|代(?!之)|画")
_GREAT = re.compile(r"大(?!约|概|多|部|幅|力|于|量|小|型)")
_OF_PEER = frozenset("第")
_SHARE_SEPARATOR = re.compile(r"\s?(?:、|和|与|及|以及|或|或者)\s?")
_COMMA = re.compile(r"\s?[，,]\s?")
_DASH = re.compile(r"\s?(?:—{1,2}|–|-|−|~|～|至|到|－)\s?")
_FROM = frozenset("从由自")
_NO_SIGN_AFTER = frozenset("月日号年元时点级个万亿千百十第℃度%％‰)）」”")
_ELECTRIC = re.compile(r"电|用能|发[出了]")
_FAN = re.compile(r"翻(?:了)?(?:近|约|超过|超)?$")
_CLASS_AFTER = re.compile(r"(?:\s?的)?(?:重大|重点|工业|大|投资|产业|省市|在建|新建|招商|施工|固定资产)*(?:项目|企业|工程|园区|产业|集群|大户)")
_SUB_YUAN = re.compile(r"(?:(?<=元)(?P<jiao>[0-9一二三四五六七八九])角)?(?:(?<=角)(?P<fen>[0-9一二三四五六七八九])分)?")
_TENTHS = re.compile(r"[一二三四五六七八九半](?![个家户人项亩年名成])")
_VOLTAGE_THING = re.compile(r"(?:特高压|超高压|交流|直流|输电|高压)*(?:线路|输变电|变电|电网|输电|工程|电缆|开关)")
_COUNTED_SERIES = re.compile(r"[、，]\s?[一二三四五六七八九十两]+")
NOT_TOP = frozenset("目当之日此年月天以空提生史跟眼从会赛午先")
"""Behind these 前 is the end of a word (目前, 此前), not the head of a rank."""

_NOUN_AFTER_MANY = re.compile(r"[\u4e00-\u9fa5](?<![元样种媒功边数少于出达个])")
_DECIMAL_TAIL = re.compile(r"[0-9]{2,3}(?![0-9.])")
_CUBIC = re.compile(r"方(?![面案式法便向针])")


def _CUBIC_UNIT() -> Unit:  # noqa: N802
    """Give 立方米, which 方 means behind 万 and 亿: ``百亿方``."""
    unit = find_unit("立方米", 0)
    assert unit is not None  # noqa: S101
    return unit


_SESSION = re.compile(r"届$")
_POINT_UNIT = Unit("点", _ONE, "index", None, _ONE, 1)
_COUNTED_NOUN = re.compile(r"[金银铜死伤](?=[0-9，。、；）\s])|车道|平台|校区|门类|板块|学科|工种|专业|岗位|行业|领域|企业|村民|品种|频道|单位|部门|部委|省份|国家|地区|城市|高校|院校|学校|党派|民族|贫困户|农户")
_SMALL_NUMERAL = re.compile(r"[一二三四五六七八九十两千百万]")
_SURNAMES = frozenset("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙")
_PERSON = re.compile(rf"[人长员任民者授师记][{''.join(sorted(_SURNAMES))}]$")
_JIAO_AFTER = re.compile(r"[一二三四五六七八九]分|钱|[，。；、）]")
_CIRCLE = re.compile(r"[\u4e00-\u9fa5]{0,6}圈")
_QUOTES = frozenset("“\"「『‘")
_PLAIN_DIGITS = frozenset("两三六七八九")
_PLAIN_UNITS = frozenset(("个", "年", "名", "家", "次", "项", "种", "座", "条", "天", "所", "个月", "小时", "人次", "万元"))
"""With these no numeral is part of a longer word, so the segmenter need not be asked."""

_NO_PREFIX = frozenset("近约超逾达共有为满数仅上过足到")
_VERB_HEDGE = re.compile(r"(至少|最少|至多|最多)[\u4e00-\u9fa5]{1,4}$")
_MANY_AFTER = re.compile(r"[元样种层次媒功方边数处余]")


def _is_chinese(number: Number) -> bool:
    return number.form != "arabic" and number.text[0] not in _DIGIT_ONLY


class QuantityReader:
    """Reads the quantities of one view from left to right."""

    def __init__(self, reading: Reading, numbers: list[Number], periods: list[PeriodFound]) -> None:
        self.reading = reading
        self.text = reading.text
        self.numbers = numbers
        self.periods = periods
        self.slots: list[Slot] = []
        self.index = self.done = 0

    def read(self) -> tuple[list[QuantityFound], dict[int, Fate]]:
        """Give the quantities in order, and the fate of each numeral that became none, by its start."""
        free = _outside(self.numbers, self.periods)
        self.free = free
        self.index = 0
        while self.index < len(free):
            number = free[self.index]
            if number.start >= self.done:
                slot = self._slot(number)
                self.slots.append(slot)
                if slot.quantity is not None:
                    self.done = slot.quantity.end
            self.index += 1
        self._share_units()
        found = [slot.quantity for slot in self.slots if slot.quantity is not None]
        fates = {slot.number.start: slot.fate or UNREAD for slot in self.slots if slot.quantity is None}
        return found, fates

    # -- one numeral ------------------------------------------------------------------------------------------

    def _slot(self, number: Number) -> Slot:
        if number.value is None:
            return Slot(number, fate=WORD if _is_chinese(number) else LABEL)
        if number.end - number.start == 1 and number.text not in _DIGIT_ONLY:
            fate = self._lone(number)
            if fate is not None:
                return Slot(number, fate=fate)
        fate = self._label(number)
        if fate is not None:
            return Slot(number, fate=fate)
        if self.index + 1 < len(self.free) and self.free[self.index + 1].start - number.end <= 8:
            ranged = self._range(number)
            if ranged is not None:
                return Slot(number, ranged)
        return self._single(number)

    def _lone(self, number: Number) -> Fate | None:
        """Tell at once that a single Chinese numeral counts nothing: no unit can begin behind it (``统一``, ``第一``)."""
        text, start = self.text, number.start
        if text[number.end : number.end + 1] in may_follow():
            return None
        before = text[start - 1 : start]
        if before == "第":
            return SEQUENCE
        if before and (before in "、和前" or (before in _QUOTES and self._brand(start))):
            return None
        return WORD

    def _label(self, number: Number) -> Fate | None:
        """Refuse what its neighbours show to be a label, a list mark, a time of day or a ratio."""
        text, start, end = self.text, number.start, number.end
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "第" or (before == "前" and self._is_top(number)):
            return SEQUENCE
        if before and before in "、和" and self.slots and self.slots[-1].fate is SEQUENCE and start - self.slots[-1].number.end == 1:
            return SEQUENCE
        if after in "、.．)）" and after and self._list_mark(start, end):
            return LIST
        if _is_chinese(number):
            if after and after in "是要则" and _LIST_IS.match(text, end) and (not before or before in "。；，：:、\n 　”,;"):
                return LIST
            if after == "点" and _CLOCK_CHINESE.match(text, start):
                return CLOCK
            return None
        return self._arabic_label(number, before, after)

    def _arabic_label(self, number: Number, before: str, after: str) -> Fate | None:
        text, start, end = self.text, number.start, number.end
        if before and before.isascii() and (before.isalpha() or before in "_/@#+="):
            return LABEL
        if before and before in "-" and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum():
            return LABEL
        if after and after.isascii() and after.isalpha() and find_unit(text, end) is None:
            return LABEL
        if before and before in "〔[【［(（" and _DOCUMENT_NUMBER.match(text, start - 1):
            return LABEL
        if before and before in "〕]】］)）" and after == "号":
            return LABEL
        if after and after in "”\"’′″" or (after == "大" and _GREAT.match(text, end)):
            return LABEL if after != "大" else NAME
        if (after and after in "·•" and text[end + 1 : end + 2] in _DIGIT_ONLY) or (before and before in "·•′°" and number.scale == 1):
            return LABEL
        if after == "后" and len(number.text) == 2 and number.text[1] in "05":
            return LABEL
        if after and after in "—-–~～至时点 " and _CLOCK_RANGE.match(text, start):
            return self._take(CLOCK, _CLOCK_RANGE)
        if after and after in ":：时点" and _CLOCK.match(text, start) and (after in "时点" or _CLOCK_BEFORE.search(text[max(0, start - 3) : start]) or not _RATIO.match(text, end)):
            return self._clock(number)
        if after and after in ":：∶比" and _RATIO.match(text, end):
            return RATIO
        if before and before in ":：∶比" and start > 1 and text[start - 2] in _DIGIT_ONLY:
            return RATIO
        if after == "+" or (before == "+" and start > 1):
            return LABEL
        return None

    def _clock(self, number: Number) -> Fate | None:
        """Take a time of day, its minutes too; ``3000点`` is no time."""
        match = _CLOCK.match(self.text, number.start)
        return self._take(CLOCK, _CLOCK) if match is not None and match.end() > number.end else None

    def _take(self, fate: Fate, pattern: re.Pattern[str]) -> Fate:
        """Give the same fate to every numeral that the pattern covers from here."""
        match = pattern.match(self.text, self.free[self.index].start)
        while match and self.index + 1 < len(self.free) and self.free[self.index + 1].start < match.end():
            self.index += 1
            self.slots.append(Slot(self.free[self.index], fate=fate))
        return fate

    def _is_top(self, number: Number) -> bool:
        """Tell whether 前 in front makes a rank (``前3位``, ``前十``): the ordinals read it."""
        if number.start > 1 and self.text[number.start - 2] in NOT_TOP:
            return False
        following = self.text[number.end : number.end + 1]
        if following and following in "位名强":
            return True
        return number.value is not None and number.value <= 100 and find_unit(self.text, number.end) is None

    def _list_mark(self, start: int, end: int) -> bool:
        """Tell whether a numeral marks an item: ``一、``, ``（二）``, ``1.`` at the start of a line or sentence."""
        text = self.text
        if _LIST_AFTER.match(text, end) is None or end - start > 3:
            return False
        bracketed = text[start - 1 : start] in ("（", "(") and text[end] in ")）"
        if text[end] in ")）" and not bracketed:
            return False
        at = start - 1 if bracketed else start
        if bracketed:
            return True
        before = text[max(0, at - 2) : at].rstrip(" 　\t")
        return not before or before[-1] in "\n。；：:;!！"

    # -- a quantity ----------------------------------------------------------------------------------------------

    def _single(self, number: Number) -> Slot:
        """Read a numeral with the unit right behind it."""
        text, end, value = self.text, number.end, number.value
        assert value is not None  # noqa: S101
        if text[end : end + 1] == "番":
            return self._fold(number)
        if text[end : end + 1] == "/" and (simple := _SIMPLE_FRACTION.match(text, number.start)) and int(simple[1]) < int(simple[2]):
            worth = tidy(round(Decimal(simple[1]) / Decimal(simple[2]), 6))
            quantity = QuantityFound(number.start, simple.end(), worth, None, None, None, "exact")
            self._finish(quantity, None)
            return Slot(number, quantity)
        if number.form in ("fraction", "percent", "permille"):
            return Slot(number, self._share(number))
        inner = "more_than" if number.hedge else None
        if text[end : end + 1] in ("余", "多", "来", "几") and text[end : end + 1]:
            unit = find_unit(text, end + 1)
            if unit is not None or (text[end] == "余" and number.form == "arabic"):
                inner, end = ("approx" if text[end] == "来" else "more_than"), end + 1
            elif text[end] == "多" and number.form == "arabic" and _NOUN_AFTER_MANY.match(text, end + 1):
                inner, end = "more_than", end + 1
        space = 1 if text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2] not in _DIGIT_ONLY else 0
        unit = find_unit(text, end + space)
        if unit is not None and unit.name == "个" and text[end + space + 1 : end + space + 2] in ("多", "半"):
            longer = find_unit("个" + text[end + space + 2 : end + space + 5], 0)
            if longer is not None and longer.dimension == "time":
                return self._inserted(number, longer, end + space, inner)
        if unit is None and text[end : end + 1] == "日" and (not _is_chinese(number) or len(number.text) > 1 or text[end + 1 : end + 2] == "内"):
            unit = find_unit("天", 0)
        if unit is None and text[end : end + 1] == "点" and number.form == "arabic" and value > 24:
            unit = _POINT_UNIT
        if unit is None and number.scale >= 10**4 and _CUBIC.match(text, end):
            unit = replace(_CUBIC_UNIT(), length=1)
        if unit is None:
            return self._bare(number, inner, end)
        fate = self._not_counting(number, unit, end, inner)
        if fate is not None:
            return Slot(number, fate=fate)
        return Slot(number, self._measured(number, unit, end + space, inner))

    def _measured(self, number: Number, unit: Unit, unit_start: int, inner: str | None) -> QuantityFound:
        text, value = self.text, number.value
        assert value is not None  # noqa: S101
        end, high = unit_start + unit.length, number.high
        if unit.factor != 1:
            value, high = tidy(value * unit.factor), high and tidy(high * unit.factor)
        tail = _DECIMAL_TAIL.match(text, end) if unit.name in ("米", "秒") and number.form == "arabic" else None
        if tail is not None and number.scale == 1 and "." not in number.text and find_unit(text, tail.end()) is None:
            value, end = Decimal(f"{value}.{tail.group()}"), tail.end()
        elif unit.name == "元" and text[end - 1] in "元角":
            extra = _SUB_YUAN.match(text, end)
            if extra is not None and extra.end() > end:
                value, end = self._sub_yuan(value, extra), extra.end()
        elif unit.name == "%" and text[unit_start] == "成":
            more = _TENTHS.match(text, end)
            if more is not None:
                value, end = value + _tenth(more.group()), more.end()
        quantity = QuantityFound(
            number.start, end, value, high, unit, _scale_words(number) + text[unit_start : unit_start + unit.length], "exact",
            number.scale,
        )
        if unit.name == "度" and _ELECTRIC.search(text[max(0, number.start - 12) : end + 2]):
            quantity.unit = find_unit("千瓦时", 0)
        self._half_more(quantity)
        self._finish(quantity, inner)
        return quantity

    @staticmethod
    def _sub_yuan(value: Decimal, extra: re.Match[str]) -> Decimal:
        """Add 角 and 分: ``123元1角1分 -> 123.11``; their numerals belong to the same quantity."""
        jiao, fen = (int(g) if g and g.isascii() else "〇一二三四五六七八九".find(g or "〇") for g in extra.group("jiao", "fen"))
        return value + Decimal(jiao * 10 + fen) / 100

    def _inserted(self, number: Number, unit: Unit, unit_start: int, inner: str | None) -> Slot:
        """Read what stands between 个 and its unit: ``2个多小时`` is more than 2 小时, ``一个半月`` 1.5 个月."""
        assert number.value is not None  # noqa: S101
        half, end = self.text[unit_start + 1] == "半", unit_start + unit.length + 1
        value = number.value + Decimal("0.5") if half else number.value
        quantity = QuantityFound(number.start, end, value, number.high, unit, self.text[unit_start:end], "exact")
        self._finish(quantity, inner or (None if half else "more_than"))
        return Slot(number, quantity)

    def _half_more(self, quantity: QuantityFound) -> None:
        """Add a half behind the unit: ``两年半 -> 2.5 年``, ``一个半月``."""
        text, unit = self.text, quantity.unit
        if unit is not None and unit.dimension == "time" and text[quantity.end : quantity.end + 1] == "半":
            if text[quantity.end + 1 : quantity.end + 2] not in ("年", "径", "个", "夜", "数", "天"):
                quantity.value += Decimal("0.5")
                quantity.end += 1

    def _finish(self, quantity: QuantityFound, inner: str | None) -> None:
        """Take in the sign and the hedges around a quantity, and settle its modifier."""
        text = self.text
        self._sign(quantity)
        after, end = hedge_after(text, quantity.end, quantity.unit)
        if after == "at_least" and text.startswith("起", quantity.end):
            after, end = None, quantity.end
        if after is not None and not (inner and after == "more_than"):
            quantity.end = end
            if after == "more_than":
                beyond, beyond_end = hedge_after(text, end, quantity.unit)
                quantity.end = beyond_end if beyond == "at_least" else end
        before, length = hedge_before(text, quantity.start)
        if length == 1 and text[quantity.start - 1] == "上":
            quantity.start -= 1
        if inner == "approx" and after is None:
            quantity.modifier = "approx"
        else:
            quantity.modifier = inner or self._both(before, after) or self._far_hedge(quantity.start) or "exact"

    def _far_hedge(self, start: int) -> str | None:
        """Read 至少 and 最多 across a short verb: ``至少检测两次``."""
        left = self.text[max(0, start - 6) : start]
        match = _VERB_HEDGE.search(left) if "至" in left or "最" in left else None
        if match is None:
            return None
        return "at_least" if match[1] in ("至少", "最少") else "at_most"

    @staticmethod
    def _both(before: str | None, after: str | None) -> str | None:
        """Settle two hedges: a bound behind the number beats a nearness in front (``近5公里内``)."""
        if before in (None, "at_least") and after is not None:
            return after
        return before if before is not None else after

    def _sign(self, quantity: QuantityFound) -> None:
        text, start = self.text, quantity.start
        if start and text[start - 1] in "-−－" and (start == 1 or self._may_be_signed(text[start - 2])):
            quantity.start -= 1
            quantity.value = -quantity.value
        elif text.startswith("零下", start - 2) and start >= 2:
            quantity.start -= 2
            quantity.value = -quantity.value

    @staticmethod
    def _may_be_signed(before: str) -> bool:
        """Tell whether a dash behind ``before`` can be a minus sign: ``由-1.1%``, not ``5%-6%`` or ``3月-5月``."""
        return not before.isascii() and before not in _NO_SIGN_AFTER or before in " \n\t(:,"

    def _share(self, number: Number) -> QuantityFound:
        """Make ``百分之五`` 5 %, ``千分之三`` 3 ‰, ``三分之二`` 0.666667 without a unit."""
        assert number.value is not None  # noqa: S101
        unit = find_unit({"percent": "%", "permille": "‰"}.get(number.form, " "), 0)
        quantity = QuantityFound(number.start, number.end, number.value, number.high, unit, None, "exact")
        self._finish(quantity, "more_than" if number.hedge else None)
        return quantity

    def _fold(self, number: Number) -> Slot:
        """Read ``翻两番`` as 4 倍: n doublings make 2 to the n."""
        match = _FAN.search(self.text[max(0, number.start - 4) : number.start])
        value = number.value
        if match is None or value is None or not 0 < value <= 20:
            return Slot(number, fate=WORD)
        quantity = QuantityFound(number.start, number.end + 1, Decimal(2) ** int(value), None, find_unit("倍", 0), "番", "exact")
        self._finish(quantity, None)
        quantity.start = number.start - len(match.group())
        return Slot(number, quantity)

    def _bare(self, number: Number, inner: str | None, end: int) -> Slot:
        """Read a number without a unit where its neighbours show that it counts (``指数为102.3``, ``510万沼气用户``)."""
        text, start = self.text, number.start
        before, _ = hedge_before(text, start)
        if _is_chinese(number):
            if len(number.text) > 1 and number.form == "chinese" and _COUNTED_NOUN.match(text, end):
                return self._plain(number, inner, end)
            if self._chinese_counts(number, before, inner) and text[end : end + 1] != "级":
                return self._plain(number, inner, end)
            return Slot(number, fate=self._chinese_fate(number))
        if text[end : end + 1] == "级" or _LABEL_NOUN.match(text, end):
            return Slot(number, fate=LABEL if number.scale == 1 else CLASS)
        if number.scale >= 10**4 or inner is not None:
            return self._plain(number, inner, end)
        left = text[max(0, start - 4) : start]
        if _BARE_BEFORE.search(left) and _BARE_AFTER.match(text, end):
            return self._plain(number, inner, end)
        if left[-1:] in ("：", ":") and _BARE_AFTER.match(text, end) and len(number.text) < 7 and not _LABEL_HEAD.search(text[max(0, start - 9) : start]):
            return self._plain(number, inner, end)
        if left[-1:] in ("-", "－", "—") and left[-2:-1].isalpha():
            return Slot(number, fate=LABEL)
        if "." not in number.text and _COUNTED_NOUN.match(text, end):
            return self._plain(number, inner, end)
        if "." not in number.text and _ADMIN_NOUN.match(text, end) and number.value is not None and number.value < 10**4:
            return self._plain(number, inner, end)
        if "." in number.text and text[end : end + 1] in tuple("，。；、）的缩提下上升增减扩降") and left[-1:] not in ("", "\n"):
            return self._plain(number, inner, end)
        return Slot(number)

    def _chinese_counts(self, number: Number, before: str | None, inner: str | None) -> bool:
        """Tell whether a Chinese numeral counts without a unit: ``十四亿``, ``数万建设者``, ``近百万人口``."""
        hedged = number.hedge or before is not None or inner is not None
        if number.form == "scale":
            return hedged and (len(number.text) > 1 or number.text in "万亿") and not self._wordlike(number, number.end)
        big = number.form == "chinese" and number.text[-1] in "万亿" and len(number.text) > 1
        return big and not self._wordlike(number, number.end)

    def _plain(self, number: Number, inner: str | None, end: int) -> Slot:
        assert number.value is not None  # noqa: S101
        quantity = QuantityFound(number.start, end, number.value, number.high, None, None, "exact", number.scale)
        self._finish(quantity, inner)
        return Slot(number, quantity)

    def _chinese_fate(self, number: Number) -> Fate | None:
        """Say why a Chinese numeral without a unit counts nothing; None leaves it to a list or to ``unread``."""
        text, start, end = self.text, number.start, number.end
        if _GREAT.match(text, end):
            return NAME
        if self._brand(start):
            return NAME
        if len(number.text) == 1 or number.form == "scale":
            return None if self._in_list(number) else WORD
        if number.form == "digits" and number.high is None:
            return NAME
        if text[end : end + 1] == "号":
            return LABEL
        return WORD if self._wordlike(number, end) else None

    def _in_list(self, number: Number) -> bool:
        """Tell whether a list goes on behind a single numeral: ``三、五年`` waits for its unit."""
        match = _SHARE_SEPARATOR.match(self.text, number.end)
        return match is not None and self.index + 1 < len(self.free) and self.free[self.index + 1].start == match.end()

    # -- refusals ----------------------------------------------------------------------------------------------

    def _not_counting(self, number: Number, unit: Unit, end: int, inner: str | None) -> Fate | None:
        """Refuse a numeral with a unit that counts nothing: in a word, a name, an article (一个), a class of things."""
        text, start = self.text, number.start
        behind = end + unit.length
        if text.startswith("级", behind) and unit.name != "级":
            return CLASS
        if unit.dimension == "time" and _CIRCLE.match(text, behind):
            return NAME
        if unit.dimension == "voltage" and _VOLTAGE_THING.match(text, behind):
            return LABEL
        if unit.name == "年" and _YEAR_NOUNS.match(text, behind):
            return WORD
        if unit.dimension == "currency" and text.startswith("以上", behind) and _CLASS_AFTER.match(text, behind + 2):
            return CLASS
        if _is_chinese(number):
            return self._chinese_not_counting(number, unit, inner, behind)
        return self._arabic_not_counting(number, unit, behind)

    def _arabic_not_counting(self, number: Number, unit: Unit, behind: int) -> Fate | None:
        if unit.name == "成" and not (number.value is not None and number.value <= 10):
            return UNREAD
        if self._brand(number.start) and unit.dimension in ("count", "time") and number.value is not None:
            return NAME
        return None

    def _chinese_not_counting(self, number: Number, unit: Unit, inner: str | None, behind: int) -> Fate | None:
        text, start, digits = self.text, number.start, number.text
        count = unit.dimension == "count"
        if number.form == "digits" and number.high is None:
            return WORD
        if number.form == "scale" and not number.hedge and inner is None:
            hedged, length = hedge_before(text, start)
            if hedged is None or (length == 1 and text[start - 1] == "过" and unit.dimension == "currency"):
                return CLASS
            return WORD if self._wordlike(number, behind) else None
        if digits == "一" and count and text[start - 1 : start] not in _QUOTES:
            return self._indefinite(number, unit, behind)
        if len(digits) <= 2 and not (digits in _PLAIN_DIGITS and unit.name in _PLAIN_UNITS) and self._wordlike(number, behind):
            return WORD
        if self._brand(start) or self._slogan(start):
            return NAME
        if unit.name == "元" and text[number.end] == "角" and not _JIAO_AFTER.match(text, behind):
            return WORD
        if unit.name == "元" and _PERSON.search(text[max(0, start - 2) : start]):
            return WORD
        if unit.name == "度" and digits == "一":
            return WORD
        if digits == "一" and unit.name == "公里" and text[max(0, start - 2) : start] == "最后":
            return WORD
        if digits == "一":
            return self._indefinite(number, unit, behind)
        if digits == "二" and (count or unit.name in ("年", "元")):
            return LABEL
        if unit.name == "级" and digits != "两":
            tier = _TIER_BEFORE.search(text[max(0, start - 6) : start]) or _TIER_AFTER.match(text, behind)
            return None if tier else LABEL
        if unit.name == "期" and text[start - 1 : start] != "分":
            return LABEL
        if unit.name == "次" and _SESSION.search(text[max(0, start - 5) : start]):
            return NAME
        if unit.name == "届" and digits != "两" and (number.value or 0) >= 5:
            return NAME
        if unit.name == "成" and (number.value or 0) > 10:
            return WORD
        if unit.name == "分" and digits == "十":
            return WORD
        return None

    def _indefinite(self, number: Number, unit: Unit, behind: int) -> Fate | None:
        """Refuse 一 as an article (一个, 一批); keep it where it measures or counts in a series (一个中心、三个基地)."""
        text, start = self.text, number.start
        before = text[start - 1 : start]
        if unit.dimension == "count":
            return None if self._series(number, unit, behind) else WORD
        if before and before in _INDEFINITE_BEFORE:
            return WORD
        if unit.dimension == "time":
            left = text[max(0, start - 4) : start]
            if _LENGTH_BEFORE_ONE.search(left) or (_LENGTH_AFTER_ONE.match(text, behind) and before != "的"):
                return None
            return WORD
        return WORD if before == "的" and unit.name not in ("倍",) else None

    def _series(self, number: Number, unit: Unit, behind: int) -> bool:
        """Tell whether 一 counts in a series of counts with the same classifier."""
        text = self.text
        for other in self.free[self.index + 1 : self.index + 2]:
            gap = text[behind : other.start]
            if _is_chinese(other) and other.text != "一" and "、" in gap and len(gap) <= 10 and not re.search(r"[，。；]", gap):
                unit_after = find_unit(text, other.end)
                return unit_after is not None and unit_after.name == unit.name
        return False

    def _brand(self, start: int) -> bool:
        """Tell whether a numeral opens a short quoted name: ``“五个优化”``, ``“15分钟服务圈”``."""
        text = self.text
        return (
            start > 0
            and text[start - 1] in _QUOTES
            and _QUOTED_REST.match(text, start) is not None
        )

    def _wordlike(self, number: Number, behind: int) -> bool:
        """Tell whether the segmenter sees the numeral inside a longer word: 统一, 三农, 千家万户, 李三元.

        A word that begins before the numeral is one where it ends with it (统一) or begins with a surname; others are
        the segmenter's guesses (分五批).
        """
        left, right = self.reading.words.word(number.start)
        if left == number.start:
            return right > behind
        if number.start - left == 1 and self.text[left] in _SURNAMES:
            return True
        return len(number.text) == 1 and self.text[number.start - 1] not in _NO_PREFIX and (right <= number.end or right > behind)

    def _slogan(self, start: int) -> bool:
        """Tell whether a numeral stands in a short quotation with other numerals: ``“七山一水两分田”``."""
        left = self.text[max(0, start - 10) : start]
        if _QUOTES.isdisjoint(left):
            return False
        opened = max(map(left.rfind, "“‘「『"))
        if opened < 0 or any(mark in left[opened:] for mark in "”’」』，。；"):
            return False
        rest = _QUOTED_REST.match(self.text, start)
        if rest is not None and len(left) - opened + len(rest.group()) <= 7:
            return True
        return rest is not None and len(_SMALL_NUMERAL.findall(left[opened:] + rest.group())) >= 2

    # -- ranges and lists ------------------------------------------------------------------------------------------

    def _range(self, number: Number) -> QuantityFound | None:
        """Read ``A—B`` as one mention: ``5%—6%``, ``5至6%``, ``18—59岁``, ``100到200亿元``."""
        text = self.text
        other = self.free[self.index + 1]
        if number.high is not None or other.value is None or other.high is not None:
            return None
        own = find_unit(text, number.end)
        own_end = number.end + (own.length if own is not None else 0)
        dash = _DASH.match(text, own_end)
        if dash is None or dash.end() != other.start:
            return None
        if number.form in ("percent", "permille"):
            return self._percent_range(number, other)
        if own is not None and text[dash.start() : dash.end()].strip() in ("至", "到") and text[number.start - 1 : number.start] in _FROM:
            return None
        inner, end = ("more_than", other.end + 1) if text[other.end : other.end + 1] == "余" else (None, other.end)
        unit = find_unit(text, end)
        if unit is None or (own is not None and own.name != unit.name and own.dimension != unit.dimension):
            return None
        low, high = self._ends(number, other, own, unit)
        if low is None or high is None or low >= high or text.startswith("级", end + unit.length):
            return None
        if _is_chinese(number) and self._brand(number.start):
            return None
        quantity = QuantityFound(
            number.start, end + unit.length, low, high, unit, _scale_words(other) + text[end : end + unit.length], "exact",
            other.scale,
        )
        self._finish(quantity, inner)
        self.index += 1
        return quantity

    @staticmethod
    def _ends(number: Number, other: Number, own: Unit | None, unit: Unit) -> tuple[Decimal | None, Decimal | None]:
        """Value both ends; the first takes the scale of the second where it has none (``100到200亿元``)."""
        if number.value is None or other.value is None:
            return None, None
        low = number.value * (own.factor if own else unit.factor)
        if own is None and number.scale == 1 and other.scale > 1 and number.value < other.value / other.scale:
            low = low * other.scale
        return tidy(low) if unit.factor != 1 or low != number.value else number.value, (
            tidy(other.value * unit.factor) if unit.factor != 1 else other.value
        )

    def _percent_range(self, number: Number, other: Number) -> QuantityFound | None:
        if number.value is None or other.value is None or number.value >= other.value:
            return None
        quantity = self._share(number)
        quantity.high, quantity.end = other.value, other.end
        self.index += 1
        self._finish(quantity, None)
        return quantity

    def _share_units(self) -> None:
        """Give a list's unit and scale to its members, from right to left: ``10、20、30亿元``, ``2.2个和1.7个百分点``."""
        for i in range(len(self.slots) - 2, -1, -1):
            slot, following = self.slots[i], self.slots[i + 1]
            source = following.quantity
            if source is None or source.unit is None or slot.number.value is None:
                continue
            if slot.quantity is not None:
                self._share_with_read(slot.quantity, source)
            elif slot.fate is None:
                slot.quantity = self._share_with_bare(slot.number, source)

    def _linked(self, end: int, start: int) -> bool:
        gap = self.text[end:start]
        if _SHARE_SEPARATOR.fullmatch(gap):
            return True
        return bool(_COMMA.fullmatch(gap)) and "分别" in self.text[max(0, end - 40) : end]

    def _share_with_read(self, quantity: QuantityFound, source: QuantityFound) -> None:
        if not self._linked(quantity.end, source.start):
            return
        assert source.unit is not None  # noqa: S101
        if quantity.unit is None:
            quantity.unit = source.unit
            if source.unit.factor != 1:
                quantity.value = tidy(quantity.value * source.unit.factor)
            if quantity.scale == 1 and source.scale > 1:
                quantity.value = tidy(quantity.value * source.scale)
        elif quantity.unit.name == "个" and source.unit.name == "百分点":
            quantity.unit = source.unit

    def _share_with_bare(self, number: Number, source: QuantityFound) -> QuantityFound | None:
        if not self._linked(number.end, source.start) or source.unit is None or number.value is None:
            return None
        if _is_chinese(number) and (source.unit.dimension == "count" and len(number.text) == 1):
            return None
        if self.text[number.start - 1 : number.start] == "、" and len(number.text) == 4 and source.unit.name == "年":
            return None
        value = number.value * source.unit.factor
        if number.scale == 1 and source.scale > 1:
            value *= source.scale
        quantity = QuantityFound(
            number.start, number.end, tidy(value) if value != number.value else number.value, number.high, source.unit, None,
            "exact", source.scale,
        )
        self._finish(quantity, "more_than" if number.hedge else None)
        return quantity


def _tenth(character: str) -> Decimal:
    """Value what stands behind 成: ``八成五`` is 85, ``四成半`` 45."""
    return Decimal("〇一二三四五六七八九".find(character)) if character != "半" else Decimal(5)


def _scale_words(number: Number) -> str:
    text = number.text
    if text[-1] in _DIGIT_ONLY:
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
    return frozenset({surface[0] for surface in surfaces()} | set("是要则点、．.)）至到—–-−~～－番分多余来几年日月大号级与和及或方半/%％‰"))


Reader = Callable[[Reading, list[Number], list[PeriodFound]], tuple[list[QuantityFound], dict[int, Fate]]]
