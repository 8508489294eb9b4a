"""Read calendar time: points and their ranges, plan periods, lengths anchored at the publication, decades, events.

A point (points.py) is one place on the calendar (``2021年9月``). Points make ranges (``2018年至2022年``), and words
before and behind (截至 到 自…起 以来 前) open or close them.
"""

import re
from collections.abc import Callable
from functools import cache, partial

from extractors.calendar_records import PeriodFound, Point
from extractors.calendar_words import calendar_words
from extractors.dates import shift_days
from extractors.eras import DIGIT_CHARACTERS, EraReader
from extractors.lengths import LengthReader
from extractors.numerals import Number
from extractors.points import BARE_YEAR, DASH, PointReader
from extractors.rules import rule
from extractors.since import SinceReader
from extractors.tables import load
from schemas import Reading

__all__ = ["PeriodFound", "read_periods"]

_LEXICAL_ONLY = frozenset("去明下当同次翌目即昨年岁月季眼")
_CALENDAR = frozenset("年月日号季个天周小世")
_SECOND = {"个": tuple("月多星季五"), "小": ("时",), "世": ("纪",)}
_LINKS = frozenset("—-–~～至到、和与及 .-/\u3000\u00a0")
_NEXT_MONTH = re.compile(r"、(?:1[0-2]|[1-9])(?:月|两个月)|、[二三四]季度")
_MANY_YEARS = re.compile(r"[余多]年(?:以?来|间)")
_DASHES = frozenset("—-–~～至到 \u3000\u00a0")
_LEADS = ("最近", "过去", "未来", "今后", "此后", "往后", "近", "这", "前", "头", "第")
_LEAD_ENDS = frozenset([*(lead[-1] for lead in _LEADS), "的"])
_OPENING = frozenset("至止到从自由间")
_OPENING_OR_PART = _OPENING | frozenset("第.0123456789近—–―－~～-")
_CLOSING = tuple("以起开前来至到—-~～期时之")
_SENTENCE_BREAK = re.compile(r"[。！？\n]")
_TO_NOW = re.compile(r"至今|到今天|以来至今")
_UP_TO = re.compile(r"起?\s?[至到]")
_FROM_TO = re.compile(r"[至到]")
_WITHIN = re.compile(r"(?<=年)内(?!陆(?!续)|[部容地河外资需销设涵蒙在阁贸控生涝])")
_ARTICLE = re.compile(r"(?:^|\n)[ \u3000]{0,4}第[一二三四五六七八九十百]{1,5}条")
_WRITTEN = re.compile(r"[0-9〇零一二三四五六七八九]{4}年?|五|世纪|年代|大以来|成立以来|开放以来")
"""A year, plan, century or event that even a provision puts on the calendar."""

_HEADS = ("", "。", "，", "；", "：", ":", ")", "）", "\n", "\u3000", " ")
_AS_OF = re.compile(r"截[至止](?:到)?(?:北京时间|当地时间)?$")


@cache
def _tail() -> re.Pattern[str]:
    """Compile what opens or closes a period behind it."""
    context = load("periods")["context"]
    return re.compile(
        rf"""
        (?P<since> 以来 | (?<=年)来(?=[，、：的我全]) )
      | (?P<start> 起(?![{context["not_start"]}]) | 开始 | 以后起 )
      | (?P<before> 之前 | 以前 | 前(?![{context["not_before"]}]) )
      | (?P<during> 期间 | 时期 )
      | (?P<now> 至今 | 到今天 )
        """,
        re.VERBOSE,
    )


class PeriodReader:
    """Reads the periods of one view from left to right, keeping what governs the next one."""

    def __init__(self, reading: Reading, numbers: list[Number]) -> None:
        self.text = reading.text
        self.published = reading.published
        self.numbers = numbers
        self.points = PointReader(reading.text, reading.published)
        self.found: list[PeriodFound] = []
        self.since = SinceReader(reading.text, reading.published)
        self.lengths = LengthReader(reading.text, reading.published, self.points.context)
        self.eras = EraReader(reading.text, reading.published, self.points.context, self.points.compared)
        self.done = self.entered = 0
        end = reading.text.find("\n")
        self.paragraph_end = end if end >= 0 else len(reading.text)

    def read(self) -> list[PeriodFound]:
        """Read every place where calendar time can begin."""
        provisions = self._provisions()
        for start in self._starts():
            if start < self.done:
                continue
            self._enter(start)
            period = self._read_at(start)
            if period is None:
                continue
            if start >= provisions and not _WRITTEN.search(self.text, period.start, period.end):
                continue
            self._keep(period)
        return self.found

    def _starts(self) -> list[int]:
        """Give where a period can begin: at a numeral with a calendar word near it, a plan, or a lexical word."""
        text, starts = self.text, []
        for number in self.numbers:
            start, end = number.start, number.end
            following = text[end : end + 1]
            if following and self._may_begin(number, following):
                if start and text[start - 1] in _LEAD_ENDS:
                    lead = self._lead(start)
                    if lead < start:
                        starts.append(lead)
                starts.append(start)
            elif end - start >= 4 and number.form == "arabic" and BARE_YEAR.match(text, start):
                starts.append(start)
        found = [match.start() for match in calendar_words().lexical.finditer(text)]
        starts.extend([at for at in found if not self._in_word(at)])
        if "以来" in text:
            starts.extend([match.start() for match in calendar_words().since.finditer(text)])
            starts.extend(self.since.named)
        starts.sort()
        return starts

    def _in_word(self, at: int) -> bool:
        """Tell whether a calendar word is no word here: 三|年初, 项目|前期, 本次|年会, 大年|初二."""
        text, first = self.text, self.text[at]
        before, after = text[at - 1 : at], text[at + 2 : at + 3]
        if first == "大":
            return bool(before) and before in calendar_words().ends_in_big  # 扩大|前年
        if first == "年":
            return (
                _is_digit(text, at - 1) or before == "大" or (text[at + 1] == "初" and after in tuple("次中级一二三"))
            )
        if first == "月" and text[at + 1] == "初":
            return bool(after) and after in "一二三四五六七八九十"  # a lunar day: 三月初八
        if text.startswith("同日", at):
            return after in ("方", "本", "元")
        if first == "目":
            return before == "项" or after == "期"
        if text.startswith(("明天", "明日"), at) and (before == "的" or after == "之"):
            return True  # 更加美好的明天, 明日之星
        if text.startswith("当前", at):
            return after in ("位", "页")
        return (first == "次" and before in ("本", "首", "这", "一", "每")) or (
            first == "后" and before in tuple("前今")
        )

    def _may_begin(self, number: Number, following: str) -> bool:
        """Tell by what follows a numeral whether it can begin a period: ``20个`` cannot, ``2个月`` can."""
        if following in _CALENDAR:
            return following not in _SECOND or self.text[number.end + 1 : number.end + 2] in _SECOND[following]
        if following in _LINKS:
            if following == "、" and _NEXT_MONTH.match(self.text, number.end):
                return True
            return following in _DASHES or number.end - number.start >= 4
        if following in "余多":
            return _MANY_YEARS.match(self.text, number.end) is not None
        return number.text[-1] == "五"

    def _lead(self, start: int) -> int:
        if self.text[start - 1] == "的":
            shorter = self._lead(start - 1) if start > 1 else start
            return shorter if shorter < start - 1 else start
        for lead in _LEADS:
            if self.text.startswith(lead, start - len(lead)) and start >= len(lead):
                return start - len(lead)
        return start

    def _enter(self, start: int) -> None:
        """Forget what governed the last paragraph or sentence when a new one begins."""
        text, context = self.text, self.points.context
        if start > self.paragraph_end:
            self.points.paragraph = text.rfind("\n", 0, start) + 1
            end = text.find("\n", start)
            self.paragraph_end = end if end >= 0 else len(text)
            context.year = context.told = context.month = context.day = context.sentence = None
        elif context.sentence is not None and _SENTENCE_BREAK.search(text, self.entered, start):
            context.sentence = None
        self.entered = start

    def _provisions(self) -> int:
        """Give where a statute's articles begin, else the end: what they say is true of every year."""
        lines = _ARTICLE.findall(self.text) if "\n第" in self.text else ()
        first = _ARTICLE.search(self.text) if len(lines) > 2 else None
        return first.start() if first is not None else len(self.text)

    def _keep(self, period: PeriodFound) -> None:
        if period.start_date and period.end_date and period.start_date > period.end_date:
            period.end_date = None  # it begins after the publication: it is open
        self.found.append(period)
        self.done = period.end
        if (
            period.type in ("year", "part", "day", "range")
            and period.start_date
            and not self.points.compared(period.start)
        ):
            self.points.context.sentence = period

    def _read_at(self, start: int) -> PeriodFound | None:
        simple = self._simple_word(start)
        if simple is not None:
            return simple
        if start in self.since.named:
            return PeriodFound(start, self.since.named[start], None, self.published, "since", "periods.named_since")
        first = self.text[start]
        if first in "0123456789" and (start == 0 or self.text[start - 1] not in _OPENING_OR_PART):
            point = self.points.quick(start)
            if point is not None and not (self.since.at and self.since.near(point.end)):
                return PeriodFound(start, point.end, point.dates[0], point.dates[1], point.type)
        for reader in self._readers(first):
            period = reader(start)
            if period is not None:
                if period.type == "plan" or (period.type == "range" and period.start_date is not None):
                    left = self.text[max(0, period.start - 7) : period.start]
                    self._settle(period, partial(self._prefix, period, left))
                return period
        return None

    def _simple_word(self, start: int) -> PeriodFound | None:
        """Read 今天, 目前, 当前 and the like at once where nothing around them can open or close the period."""
        match = calendar_words().simple.match(self.text, start)
        if (
            match is None
            or (start and self.text[start - 1] in _OPENING)
            or self.text[match.end() : match.end() + 1] in _CLOSING
        ):
            return None
        shift = calendar_words().days.get(match.group())
        day = shift_days(self.published, shift) if shift and self.published is not None else self.published
        return PeriodFound(start, match.end(), day, day, "as_of" if shift is None else "day", "periods.word")

    def _readers(self, first: str) -> tuple[Callable[[int], PeriodFound | None], ...]:
        """Choose the readers that can begin with a character, so that few patterns are tried in vain."""
        if first in "0123456789":
            return self.lengths.read, self.eras.decade, self._calendar
        if first in _LEXICAL_ONLY:
            return (self._calendar,)
        if first == "前":
            return self.lengths.read, self._calendar
        return self.eras.plan, self.lengths.read, self.eras.decade, self.eras.event, self._calendar

    def _calendar(self, start: int) -> PeriodFound | None:
        first = self.points.point(start)
        if first is None:
            return None
        period = self._range(first) or PeriodFound(
            first.start, first.end, first.dates[0], first.dates[1], first.type, first.rule
        )
        self._settle(period, partial(self._around, period, first))
        return period

    @staticmethod
    def _settle(period: PeriodFound, take_in: Callable[[], None]) -> None:
        """Take in the words around a period; they become its rule where they open or close it."""
        before = period.type, period.start_date, period.end_date
        take_in()
        if before != (period.type, period.start_date, period.end_date) and period.rule != "periods.dated_since":
            period.rule = "periods.open_and_closed"

    @rule(
        "periods.range",
        "periods",
        says=[
            (
                "2018年至2022年",
                {"text": "2018年至2022年", "start_date": "2018-01-01", "end_date": "2022-12-31", "type": "range"},
            ),
            (
                "2019到2021三年间，投入资金26亿元",
                {"text": "2019到2021", "start_date": "2019-01-01", "end_date": "2021-12-31", "type": "range"},
            ),
            ("18到20日举行", {"text": "18到20日", "start_date": "2022-08-18", "end_date": "2022-08-20"}),
            ("3月1日至5日", {"text": "3月1日至5日", "start_date": "2022-03-01", "end_date": "2022-03-05"}),
            ("2018年至今", {"text": "2018年至今", "end_date": "2022-09-14"}),
        ],
        refuses=["增长5至6倍", "2019到2021台"],
    )
    def _range(self, first: Point) -> PeriodFound | None:
        """Read ``… 至 …`` where two points make a range."""
        text = self.text
        now = _TO_NOW.match(text, first.end)
        if now is not None:
            return PeriodFound(first.start, now.end(), first.dates[0], self.published, "range", "periods.range")
        dash = DASH.match(text, first.end) or _UP_TO.match(text, first.end)
        if dash is None or (first.type == "as_of" and text[first.start : first.end] != "即日") or first.type == "plan":
            return None
        second = self.points.point(dash.end(), first)
        if second is None or (second.dates[0] is None and first.dates[0] is not None and second.type != first.type):
            return None
        if second.type == "as_of" and text[dash.end() : dash.end() + 2] not in ("目前", "今天"):
            return None
        start_date, end_date = first.dates[0], second.dates[1]
        if first.year is None and second.year is not None and first.dates[0] is None:
            start_date = None
        if start_date and end_date and start_date > end_date:
            return None
        if second.year is not None and second.explicit:
            self.points.context.year = second.year
        return PeriodFound(first.start, second.end, start_date, end_date, "range", "periods.range")

    @rule(
        "periods.open_and_closed",
        "periods",
        says=[
            (
                "截至8月底，累计",
                {"text": "截至8月底", "start_date": "2022-08-31", "end_date": "2022-08-31", "type": "as_of"},
            ),
            ("到2025年，建成", {"text": "到2025年", "start_date": None, "end_date": "2025-12-31", "type": "until"}),
            (
                "到“十四五”中期，研发投入年均增长8%以上",
                {"text": "到“十四五”中期", "start_date": None, "end_date": None, "type": "until"},
            ),
            ("自2019年起执行", {"text": "自2019年起", "start_date": "2019-01-01", "end_date": None, "type": "since"}),
            ("2025年底前完成", {"text": "2025年底前", "start_date": None, "end_date": "2025-12-31"}),
        ],
        refuses=["达到20亿元以上"],
    )
    def _around(self, period: PeriodFound, first: Point) -> None:
        """Take in the words before and behind: 截至 到 自 从 … 起 以来 前 期间."""
        text = self.text
        tail = _tail().match(text, period.end)
        before = text[max(0, period.start - 7) : period.start]
        source = before[-1:] if before[-1:] in ("自", "从") else ""
        is_range = period.type == "range" and first.type != "range"  # 本周 is a range of its own
        if tail is not None and tail["since"] and not first.same_period:
            period.end = tail.end()
            period.end_date, period.type = self.published, "since"
            if source == "自":
                period.start -= 1
            return
        if tail is None and not is_range and self.since.dated(period):
            return
        if (
            tail is not None
            and tail["start"]
            and (source or tail[0] != "开始" or (text[tail.end() : tail.end() + 1] == "，" and before[-1:] in _HEADS))
        ):
            if source:
                period.start -= 1
            period.end = tail.end()
            if not is_range:
                period.end_date, period.type = None, "since"
            return
        if source and _FROM_TO.search(text[period.start : period.end]) and (is_range or first.type == "part"):
            period.start -= 1
        if first.type == "year" and _WITHIN.match(text, period.end):
            period.end += 1
            period.start_date, period.type = None, "until"
            return
        if is_range:
            if tail is not None and tail["during"]:
                period.end = tail.end()
            return
        if tail is not None and tail["before"] and period.type != "as_of":
            period.end = tail.end()
            period.start_date, period.type = None, "until"
            if before.endswith("到") and before[-2:-1] not in calendar_words().verbs_to:
                period.start -= 1
            return
        if tail is not None and tail["during"]:
            period.end = tail.end()
        self._prefix(period, before)

    def _prefix(self, period: PeriodFound, before: str) -> None:
        text = self.text
        as_of = _AS_OF.search(before)
        if as_of is not None:
            period.start -= len(as_of[0])
            period.start_date, period.type = period.end_date, "as_of"
        elif before.endswith("到") and period.type != "as_of" and text[period.end : period.end + 1] != "的":
            words = calendar_words()
            if before[-2:-1] in words.verbs_to and before[-3:-1] not in words.heads_to:
                return
            period.start -= 1
            period.start_date, period.type = None, "until"


def _is_digit(text: str, at: int) -> bool:
    """Tell whether a character is a numeral's, so that 年初 behind it is no word (``三年初见成效``)."""
    return at >= 0 and text[at] in DIGIT_CHARACTERS


def read_periods(reading: Reading, numbers: list[Number]) -> list[PeriodFound]:
    """Find the periods of a view, in order, none overlapping."""
    return PeriodReader(reading, numbers).read()
