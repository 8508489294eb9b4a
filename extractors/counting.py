"""Refuse numerals that have a unit and yet count nothing: in words, names, articles (一个), classes of things."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from extractors.fates import ARTICLE, CLASS, GRADE, LABEL, NAME, UNREAD, WORD, Fate
from extractors.hedges import hedge_after, hedge_before
from extractors.numerals import Number
from extractors.rules import rule
from extractors.slots import is_chinese
from extractors.tables import alternation, load
from extractors.units import Unit, find_unit
from schemas import Reading

_QUOTED_REST = re.compile(r"[^”\"」』’，。；！？\n“]{1,9}[”\"」』’]")
_INDEFINITE_BEFORE = frozenset("这那每新同某有第另任哪各头")
_LENGTH_AFTER_ONE = re.compile(r"[内以后之多期左半来](?!一)")
_TIER_BEFORE = re.compile(r"[省市县乡镇村区组州国]{2,}$|[”\"]$")
_ENDS = tuple("，。；、）的,;)\n")
_REACHES = re.compile(r"(?:[达到为至]|近|共)$")
_SESSION = re.compile(r"届(?:[一二三四五六七八九十]{1,3}次[、和至])?$")
_SMALL_NUMERAL = re.compile(r"[一二三四五六七八九十两千百万]")
_JIAO_AFTER = re.compile(r"[一二三四五六七八九]分|钱|[，。；、）]")
_CIRCLE = re.compile(r"[\u4e00-\u9fa5]{0,6}圈")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_QUOTES = frozenset('“"「『‘')
_start = attrgetter("start")


def _length_follows(text: str, behind: int) -> bool:
    """Tell whether what stands behind 一 and a unit of time shows a length: ``一年以后``, ``一天即可办结``."""
    return (_LENGTH_AFTER_ONE.match(text, behind) or _words().one_after.match(text, behind)) is not None


@dataclass(frozen=True, slots=True)
class _Words:
    one_before: re.Pattern[str]
    one_after: re.Pattern[str]
    idiom_before: tuple[str, ...]
    adverbs: tuple[str, ...]
    counted_before: frozenset[str]
    year_units: frozenset[str]
    magnitude_before: re.Pattern[str]
    magnitude_after: re.Pattern[str]
    terms: re.Pattern[str]
    tier_after: re.Pattern[str]
    year_words: re.Pattern[str]
    class_things: re.Pattern[str]
    voltage_things: re.Pattern[str]
    person: re.Pattern[str]
    surnames: frozenset[str]
    no_prefix: frozenset[str]
    plain_digits: frozenset[str]
    plain_units: frozenset[str]


@cache
def _words() -> _Words:
    words = load("quantities")["words"]
    attributes, voltages = alternation(words["class_attributes"]), alternation(words["voltage_attributes"])
    return _Words(
        re.compile(rf"(?:{alternation(words['one_before'])})$"),
        re.compile(alternation(words["one_after"])),
        tuple(words["idiom_before"]),
        tuple(words["adverbs"]),
        frozenset(words["counted_before"]),
        frozenset(load("quantities")["labels"]["year_units"]),
        re.compile(rf"(?:{alternation(words['magnitude_before'])})(?:达到?|为|增强到)?(?:近|约|超|超过)?$"),
        re.compile(rf"的?(?:{alternation(words['magnitude_after'])})"),
        re.compile(alternation(words["terms"])),
        re.compile(alternation(words["tier_after"])),
        re.compile(rf"{alternation(words['year_words'])}|代(?!之)"),
        re.compile(rf"(?:\s?的)?(?:{attributes})*(?:{alternation(words['class_things'])})"),
        re.compile(rf"(?:{voltages})*(?:{alternation(words['voltage_things'])})"),
        re.compile(rf"[{words['before_name']}][{words['surnames']}]$"),
        frozenset(words["surnames"]),
        frozenset(words["no_prefix"]),
        frozenset(words["plain_digits"]),
        frozenset(words["plain_units"]),
    )


class Counting:
    """Tells, in one view, whether a numeral with a unit counts."""

    __slots__ = ("free", "text", "words")

    def __init__(self, reading: Reading, free: list[Number]) -> None:
        self.text = reading.text
        self.words = reading.words
        self.free = free

    def refuse(self, number: Number, unit: Unit, end: int, inner: str | None) -> Fate | None:
        """Refuse a numeral with a unit that counts nothing: in a word, a name, an article (一个), a class of things."""
        text, behind = self.text, end + unit.length
        if text.startswith("级", behind) and unit.name != "级":
            return CLASS
        if unit.dimension == "time" and _CIRCLE.match(text, behind):
            return NAME
        if unit.name == "世纪" and text.startswith("世纪", end):
            return LABEL
        if unit.dimension == "voltage" and _words().voltage_things.match(text, behind):
            return LABEL
        if unit.name == "年" and _words().year_words.match(text, behind):
            return WORD
        if (
            unit.dimension == "currency"
            and text.startswith("以上", behind)
            and _words().class_things.match(text, behind + 2)
        ):
            return CLASS
        if is_chinese(number):
            return self._chinese_not_counting(number, unit, inner, behind)
        return self._arabic_not_counting(number, unit, behind)

    def _arabic_not_counting(self, number: Number, unit: Unit, behind: int) -> Fate | None:
        if unit.name == "成" and not (number.value is not None and number.value <= 10):
            return UNREAD
        if unit.name in _words().year_units and _YEAR.fullmatch(number.text):
            return LABEL
        if self.brand(number.start) and unit.dimension in ("count", "time") and number.value is not None:
            return NAME
        return None

    def _chinese_not_counting(self, number: Number, unit: Unit, inner: str | None, behind: int) -> Fate | None:
        text, start, digits = self.text, number.start, number.text
        count = unit.dimension == "count"
        if number.form == "digits" and (number.high is None or (unit.name == "级" and number.scale == 1)):
            return WORD if number.high is None else GRADE
        words = _words()
        if count and (digits == "零" or (text.startswith(words.adverbs, start) and not self._after_count(start))):
            return WORD
        if text.endswith(words.idiom_before, 0, start):
            return WORD
        if number.form == "scale" and not number.hedge and inner is None:
            hedged, length = hedge_before(text, start)
            reaches = unit.dimension != "count" and _REACHES.search(text[max(0, start - 2) : start])
            if hedged is None and not reaches and not self._bounded(unit, behind):
                return CLASS
            if length == 1 and text[start - 1] == "过" and unit.dimension == "currency":
                return CLASS
            return WORD if self.wordlike(number, behind) else None
        if digits == "一" and count and text[start - 1 : start] not in _QUOTES:
            return self._indefinite(number, unit, behind)
        if (
            len(digits) <= 2
            and not (digits in _words().plain_digits and unit.name in _words().plain_units)
            and self.wordlike(number, behind)
        ):
            return WORD
        if self.brand(start) or self._slogan(start):
            return NAME
        delta = text[start - 1 : start] in tuple("长珠湘金闽渝")
        if unit.name == "元" and text[number.end] == "角" and (delta or not _JIAO_AFTER.match(text, behind)):
            return WORD
        if unit.name == "元" and _words().person.search(text[max(0, start - 2) : start]):
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
            left, words = text[max(0, start - 6) : start], _words()
            magnitude = words.magnitude_before.search(left) or words.magnitude_after.match(text, behind)
            if magnitude or "点" in digits:
                return None
            tier = _TIER_BEFORE.search(left) or words.tier_after.match(text, behind)
            return None if tier else GRADE
        if unit.name == "期" and text[start - 1 : start] != "分":
            return LABEL
        if unit.name == "次" and (
            _SESSION.search(text[max(0, start - 7) : start]) or _words().terms.match(text, start)
        ):
            return NAME
        if unit.name == "局" and (number.value or 0) >= 5:
            return NAME
        if unit.name == "届" and digits != "两" and (number.value or 0) >= 5:
            return NAME
        if unit.name == "成" and (number.value or 0) > 10:
            return WORD
        if unit.name == "分" and digits == "十":
            return WORD
        return None

    def _after_count(self, start: int) -> bool:
        """Tell whether what stands in front of an adverb's look-alike shows that it counts: ``新增四处``."""
        return start > 0 and self.text[start - 1] in _words().counted_before

    def _bounded(self, unit: Unit, behind: int) -> bool:
        """Tell whether a bound ends the amount, so that it names no class: ``保持在千亿元以上，``, not 亿元以上项目."""
        modifier, end = hedge_after(self.text, behind, unit)
        return modifier is not None and self.text[end : end + 1] in _ENDS

    def _indefinite(self, number: Number, unit: Unit, behind: int) -> Fate | None:
        """Refuse 一 as an article (一个, 一批); keep it where it measures, or counts in a series."""
        text, start = self.text, number.start
        before = text[start - 1 : start]
        if unit.dimension == "count":
            return None if self._series(number, unit, behind) else ARTICLE
        if before and before in _INDEFINITE_BEFORE:
            return WORD
        if unit.dimension == "time":
            left = text[max(0, start - 4) : start]
            if _words().one_before.search(left) or (_length_follows(text, behind) and before != "的"):
                return None
            return WORD
        return WORD if before == "的" and unit.name not in ("倍",) else None

    @rule(
        "quantities.series",
        "quantities",
        says=[
            ("建设一个中心、三个基地", {"text": "一个", "value": "1", "unit": "个"}),
        ],
        refuses=["建设一个中心"],
    )
    def _series(self, number: Number, unit: Unit, behind: int) -> bool:
        """Tell whether 一 counts in a series of counts with the same classifier."""
        text, following = self.text, bisect_right(self.free, number.start, key=_start)
        for other in self.free[following : following + 1]:
            gap = text[behind : other.start]
            if (
                is_chinese(other)
                and other.text != "一"
                and "、" in gap
                and len(gap) <= 10
                and not re.search(r"[，。；]", gap)
            ):
                unit_after = find_unit(text, other.end)
                return unit_after is not None and unit_after.name == unit.name
        return False

    def brand(self, start: int) -> bool:
        """Tell whether a numeral opens a short quoted name: ``“五个优化”``, ``“15分钟服务圈”``."""
        text = self.text
        return start > 0 and text[start - 1] in _QUOTES and _QUOTED_REST.match(text, start) is not None

    def wordlike(self, number: Number, behind: int) -> bool:
        """Tell whether the segmenter sees the numeral inside a longer word: 统一, 三农, 千家万户, 李三元.

        A word that begins before the numeral is one where it ends with it (统一) or begins with a surname; others are
        the segmenter's guesses (分五批).
        """
        left, right = self.words.word(number.start)
        if left == number.start:
            return right > behind
        if right == behind and number.start - left >= 2:
            return True
        if number.start - left == 1 and self.text[left] in _words().surnames:
            return True
        return (
            len(number.text) == 1
            and self.text[number.start - 1] not in _words().no_prefix
            and (right <= number.end or right > behind)
        )

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
