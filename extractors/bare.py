"""Judge a numeral without a unit: where its neighbours show that it counts, it is a quantity all the same."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.counting import Counting
from extractors.fates import CALENDAR, CLASS, GRADE, LABEL, NAME, WORD, Fate
from extractors.hedges import hedge_after, hedge_before
from extractors.lists import SEPARATOR
from extractors.numerals import NUMERAL, Number
from extractors.rules import rule
from extractors.slots import ARABIC, is_chinese
from extractors.tables import alternation, load

Verdict = Fate | Literal[True] | None
"""A fate where it is refused, True where it counts, None where it waits for a list's unit (else it is unread)."""

_ADMIN_NOUN = re.compile(
    r"[省市县区州国村镇乡](?!道|级|[0-9]国道)|地(?![区方址点级面铁带块产势层下球图理表形上中质位基])"
)

_REGIONS = tuple("省市县区州国")
"""What a Chinese numeral counts without a classifier: 十六区; villages and towns have such numerals in their names."""

_DECIMAL_AFTER = re.compile(r"[，。；、）,;)的缩提下上升增减扩降]|$")


@dataclass(frozen=True, slots=True)
class _Words:
    label_nouns: re.Pattern[str]
    label_heads: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    nouns: re.Pattern[str]
    few: re.Pattern[str]
    label_before: re.Pattern[str]
    great: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("quantities")
    labels, bare = table["labels"], table["bare"]
    nouns = "|".join(
        f"{word}(?![{labels['unless'][word]}])" if word in labels["unless"] else re.escape(word)
        for word in sorted(labels["nouns"], key=len, reverse=True)
    )
    return _Words(
        re.compile(rf"\s?(?:{nouns})"),
        re.compile(rf"(?:{alternation(labels['heads'])})[^，。；\n]{{0,4}}[：:]$"),
        re.compile(rf"(?:{alternation(bare['before'])})了?$"),
        re.compile(rf"[，。；、）)\s的,;]|$|(?:{alternation(bare['after'])})"),
        re.compile(rf"[{bare['single']}](?=[0-9\s]|$|{alternation(bare['single_ends'])})|{alternation(bare['nouns'])}"),
        re.compile(alternation(bare["few"])),
        re.compile(rf"(?:{alternation(labels['before'])})$"),
        re.compile(rf"大(?![{table['words']['not_great']}])"),
    )


class Bare:
    """Judges the numerals without a unit of one view."""

    __slots__ = ("counting", "text")

    def __init__(self, text: str, counting: Counting) -> None:
        self.text = text
        self.counting = counting

    @rule(
        "quantities.bare",
        "quantities",
        says=[
            ("指数为102.3，比上月高", {"text": "102.3", "value": "102.3", "unit": None}),
            ("3000余企业参会", {"text": "3000余", "value": "3000", "unit": None, "modifier": "more_than"}),
            ("总人口14亿", {"text": "14亿", "value": "1400000000"}),
            ("消费价格指数为一百点四，", {"text": "一百点四", "value": "100.4"}),
            ("中心城区等十六区", {"text": "十六", "value": "16"}),
            ("农户户均存款5万3，比上年多4千元", {"text": "5万3", "value": "53000"}),
            ("全市纳税大户突破20万大关", {"text": "20万", "value": "200000", "unit": None, "modifier": "more_than"}),
            ("三万多党员干部", {"text": "三万多", "value": "30000", "modifier": "more_than"}),
        ],
        refuses=["沿204国道前行", "国发〔2021〕18号", "C919客机", "二十国集团", "十五运会"],
    )
    def judge(self, number: Number, inner: str | None, end: int) -> Verdict:
        """Read a number without a unit where its neighbours show that it counts: ``指数为102.3``."""
        text, start, words = self.text, number.start, _words()
        before, _ = hedge_before(text, start)
        if text[end : end + 1] in ("月", "日") and inner is None and number.scale == 1 and not is_chinese(number):
            return CALENDAR
        if is_chinese(number):
            if len(number.text) > 1 and number.form == "chinese" and words.nouns.match(text, end):
                return True
            if len(number.text) == 1 and number.text != "一" and self._few(number):
                return True
            if self._chinese_bare(number):
                return True
            if self._chinese_counts(number, before, inner, end) and text[end : end + 1] != "级":
                return True
            return self._chinese_fate(number)
        if number.scale >= 10 and text.startswith("大关", end):
            return True
        if text[end : end + 1] == "级" or words.label_nouns.match(text, end):
            return (GRADE if text[end : end + 1] == "级" else LABEL) if number.scale == 1 else CLASS
        left = text[max(0, start - 4) : start]
        if number.scale == 1 and inner is None and words.label_before.search(left):
            return LABEL
        if text[end : end + 1] in ARABIC and number.scale < 10**4:
            return None
        if number.scale >= 10 or inner is not None or hedge_after(text, end, None)[0] is not None:
            return True
        if words.before.search(left) and words.after.match(text, end):
            return True
        if (
            left[-1:] in ("：", ":")
            and words.after.match(text, end)
            and len(number.text) < 7
            and not words.label_heads.search(text[max(0, start - 9) : start])
        ):
            return True
        if left[-1:] in ("-", "－", "—") and left[-2:-1].isalpha():
            return LABEL
        if "." not in number.text and words.nouns.match(text, end):
            return True
        if (
            "." not in number.text
            and _ADMIN_NOUN.match(text, end)
            and number.value is not None
            and number.value < 10**4
        ):
            return True
        if "." in number.text and _DECIMAL_AFTER.match(text, end) and left[-1:] not in ("", "\n"):
            return True
        return None

    @rule(
        "quantities.few",
        "quantities",
        says=[
            ("市发展改革委等八部门联合印发方案", {"text": "八", "value": "8", "unit": None}),
            ("按双向四车道建设", {"text": "四", "value": "4", "unit": None}),
        ],
        refuses=["开展“五单位”创建", "第三部门", "一部门"],
    )
    def _few(self, number: Number) -> bool:
        """Read a single Chinese numeral right in front of what it counts: ``八部门联合印发 -> 8``."""
        return _words().few.match(self.text, number.end) is not None and not self.counting.brand(number.start)

    def _chinese_bare(self, number: Number) -> bool:
        """Read in characters what is bare in digits: ``一百点四``, ``十六区``; with 点 it is no word."""
        text, start, end, words = self.text, number.start, number.end, _words()
        if len(number.text) < 2 or number.form != "chinese" or number.high is not None or self.counting.brand(start):
            return False
        if "点" in number.text:
            return _DECIMAL_AFTER.match(text, end) is not None or words.after.match(text, end) is not None
        if self.counting.wordlike(number, end):
            return False
        if text[end : end + 1] in _REGIONS and _ADMIN_NOUN.match(text, end) and not text.startswith("国集团", end):
            return True
        return bool(words.before.search(text[max(0, start - 4) : start]) and words.after.match(text, end))

    def _chinese_counts(self, number: Number, before: str | None, inner: str | None, end: int) -> bool:
        """Tell whether a Chinese numeral counts without a unit: ``十四亿``, ``数万建设者``, ``近百万人口``."""
        hedged = number.hedge or before is not None or inner is not None
        if number.form == "scale":
            return (
                hedged and (len(number.text) > 1 or number.text in "万亿") and not self.counting.wordlike(number, end)
            )
        big = number.form == "chinese" and number.text[-1] in "万亿" and len(number.text) > 1
        return big and not self.counting.wordlike(number, end)

    def _chinese_fate(self, number: Number) -> Fate | None:
        """Say why a Chinese numeral without a unit counts nothing; None leaves it to a list or to ``unread``."""
        text, start, end = self.text, number.start, number.end
        if _words().great.match(text, end):
            return NAME
        if self.counting.brand(start):
            return NAME
        if len(number.text) == 1 or number.form == "scale":
            return None if self._in_list(number) else WORD
        if text.startswith("产业", end):
            return WORD
        if number.form == "digits" and number.high is None:
            return NAME
        if text[end : end + 1] == "号":
            return LABEL
        return WORD if self.counting.wordlike(number, end) else None

    def _in_list(self, number: Number) -> bool:
        """Tell whether a list goes on behind a single numeral: ``三、五年`` waits for its unit."""
        match = SEPARATOR.match(self.text, number.end)
        return match is not None and NUMERAL.match(self.text, match.end()) is not None
