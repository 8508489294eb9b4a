"""Read a word for a place on the calendar: 目前 今天 本月 上季度 本周三 年末 月底 …

``本月`` is the month under discussion where one is, ``当日`` the last day told, ``今天`` always the publication's.
"""

import re
from collections.abc import Callable
from datetime import date

from extractors.calendar_records import Context, Point
from extractors.calendar_words import calendar_words
from extractors.dates import Span, last_day, months, shift_days, shift_months, year_of
from extractors.rules import rule

_MONTH_PART = re.compile(r"[初底末](?!端|期|次)|[上中下]旬")
_WEEKDAY = re.compile(r"末|[二三四五六日天](?!年|天|周|方|国)|一(?!年|天|周|共|直|系|批|些|个|次|定|样|度|期|律|般|级)")


class WordReader:
    """Reads the calendar words of one view; ``governing_year`` gives the year under discussion at a place."""

    def __init__(
        self, text: str, published: date | None, context: Context, governing_year: Callable[[int], int | None]
    ) -> None:
        self.text = text
        self.published = published
        self.context = context
        self.governing_year = governing_year

    @rule(
        "periods.word",
        "periods",
        says=[
            ("目前已完工", {"text": "目前", "start_date": "2022-09-14", "end_date": "2022-09-14", "type": "as_of"}),
            ("上月末", {"text": "上月末", "start_date": "2022-08-31", "end_date": "2022-08-31"}),
            ("比上月回落", {"text": "上月", "start_date": "2022-08-01", "end_date": "2022-08-31", "type": "part"}),
            ("力争年内完工", {"text": "年内", "end_date": "2022-12-31", "type": "until"}),
        ],
        refuses=["近日召开会议", "当今社会", "明日之星", "更加美好的明天", "当前位置：首页", "中方愿同日方合作"],
    )
    def read(self, match: re.Match[str]) -> Point | None:
        """Resolve a lexical word: 目前 今天 本月 上季度 本周 年末 月底 …"""
        word, (start, end), words = match.group(), match.span(), calendar_words()
        point = Point(start, end, (None, None), "part", rule="periods.word")
        if word in words.now:
            point.type, point.dates = "as_of", (self.published, self.published)
        elif word in words.days or word in words.days_told:
            day = self._day_word(word)
            point.type, point.dates = "day", (day, day)
        elif word in words.months:
            point.dates = self.month(word, start)
            self._month_part(point)
        elif word in words.quarters:
            point.dates = self._quarter_word(words.quarters[word])
        elif word in words.weeks:
            point.type, point.dates = "range", self._week_word(words.weeks[word])
            self._weekday(point)
        elif word == "年内":
            year = self.governing_year(start)
            point.type, point.dates = "until", (None, date(year, 12, 31) if year else None)
        else:
            point.dates = self._edge_word(word, start)
        return point

    def _month_part(self, point: Point) -> None:
        """Narrow 本月 to what stands behind it: ``本月初``, ``上月末``, ``本月中旬``."""
        match = _MONTH_PART.match(self.text, point.end)
        if match is None:
            return
        point.end, (first, last) = match.end(), point.dates
        if first is None or last is None:
            return
        if match.group() in "初底末":
            point.dates = edge_of((first, last), match.group())
        else:
            ends = {"上": (1, 10), "中": (11, 20), "下": (21, last.day)}[match.group()[0]]
            point.dates = first.replace(day=ends[0]), first.replace(day=ends[1])

    def _day_word(self, word: str) -> date | None:
        """Resolve 今天 by the publication, 当日 and 次日 by the last day told in the paragraph."""
        words = calendar_words()
        if word in words.days:
            return shift_days(self.published, words.days[word]) if self.published else None
        told, shift = self.context.day, words.days_told[word]
        if told is None:
            return self.published if shift == 0 else None
        return shift_days(told, shift)

    def month(self, word: str, start: int) -> Span:
        """Resolve 本月 and 上月 by the month under discussion, else by the publication's."""
        today, told, year = self.published, self.context.month, self.governing_year(start)
        ahead = today is not None and told is not None and year is not None and (year, told) > (today.year, today.month)
        if ahead or told is None:  # a month still to come is not the one that is under discussion
            year, told = (today.year, today.month) if today else (None, None)
        month = told
        if month is None or year is None:
            return None, None
        first = shift_months(date(year, month, 1), calendar_words().months[word])
        return (first, last_day(first.year, first.month)) if first else (None, None)

    def _quarter_word(self, shift: int) -> Span:
        if self.published is None:
            return None, None
        start = self.published.replace(month=(self.published.month - 1) // 3 * 3 + 1, day=1)
        first = shift_months(start, 3 * shift)
        return months(first.year, first.month, first.month + 2) if first else (None, None)

    def _week_word(self, shift: int) -> Span:
        if self.published is None:
            return None, None
        monday = shift_days(self.published, 7 * shift - self.published.weekday())
        return (monday, shift_days(monday, 6)) if monday else (None, None)

    @rule(
        "periods.weekday",
        "periods",
        says=[
            ("本周三召开", {"text": "本周三", "start_date": "2022-09-14", "end_date": "2022-09-14", "type": "day"}),
            ("上周五收盘", {"text": "上周五", "start_date": "2022-09-09", "end_date": "2022-09-09"}),
            ("本周末开放", {"text": "本周末", "start_date": "2022-09-17", "end_date": "2022-09-18", "type": "range"}),
        ],
        refuses=["周三召开", "逢周一休馆", "每逢周六"],
    )
    def _weekday(self, point: Point) -> None:
        """Narrow 本周 to the day behind it: ``本周三``, ``上周五``; a bare 周三 may be of any week."""
        match, monday = _WEEKDAY.match(self.text, point.end), point.dates[0]
        if match is None:
            return
        point.end, point.rule = match.end(), "periods.weekday"
        if match.group() == "末":
            point.dates = (shift_days(monday, 5), shift_days(monday, 6)) if monday else point.dates
            return
        point.type = "day"
        if monday is not None:
            day = shift_days(monday, "一二三四五六日天".index(match.group()) if match.group() != "天" else 6)
            point.dates = day, day

    def _edge_word(self, word: str, start: int) -> Span:
        """Resolve 年末 月底 to a day of the year or month under discussion."""
        year = self.governing_year(start)
        if year is None:
            return None, None
        if word in calendar_words().year_edges:
            return edge_of(year_of(year), word)
        month = self.context.month or (self.published.month if self.published else None)
        return edge_of((date(year, month, 1), last_day(year, month)), word) if month else (None, None)


def edge_of(dates: tuple[date, date], word: str | None) -> Span:
    """Narrow a period to its first or last day: ``(2021-09-01, 2021-09-30), 末 -> 2021-09-30 both``."""
    if not word:
        return dates
    return (dates[0], dates[0]) if word[-1] == "初" else (dates[1], dates[1])
