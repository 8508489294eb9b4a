"""Read named stretches of time: five-year plans, decades, centuries, and the time since a dated event."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from extractors.calendar_records import Context, PeriodFound, integer
from extractors.calendar_words import calendar_words
from extractors.dates import Span
from extractors.rules import rule
from extractors.tables import alternation

DECADE = re.compile(
    r"(?:(?P<century>上|本|19|20|21|十九|二十|二十一)世纪|(?P<hundred>19|20)(?=[0-9]0年代))?"
    r"(?P<ten>[0-9]0|[一二三四五六七八九]十)年代(?P<edge>初期|中期|末期|初|中|末|后期)?"
)
CENTURY = re.compile(
    r"(?P<century>上|本|2[01]|1[0-9]|[3-9]|二十一?|十[一二三四五六七八九]?|[三四五六七八九])世纪(?P<edge>初|末|中叶)?(?!海上|马克思)"
)
TAIL_SINCE = re.compile(r"以来")
DIGIT_CHARACTERS = frozenset("0123456789〇零一二三四五六七八九十百千万亿第两几数余多半廿卅")
_MORE_DIGITS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿%个家年天月人次项名元号日点倍]")


@cache
def plan_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile “十四五” and 第十四个五年规划 for every plan of the table."""
    ordinals = alternation(calendar_words().plans)
    short = re.compile(
        rf"""
        (?P<open> [“"「『] )? (?P<plan> {ordinals} ) 五 (?P<close> [”"」』] )?
        (?P<phase> 时期 | 期间 | 阶段 )? (?P<edge> 末(?!端) | 初期 | 初 | 中期 )?
        """,
        re.VERBOSE,
    )
    long = re.compile(rf"第(?P<plan>{ordinals})个五年(?:计划|规划)(?P<phase>时期|期间)?(?P<edge>末)?")
    return short, long


class EraReader:
    """Reads the plans, decades, centuries and events of one view; ``compared`` tells what only serves a comparison."""

    def __init__(self, text: str, published: date | None, context: Context, compared: Callable[[int], bool]) -> None:
        self.text = text
        self.published = published
        self.context = context
        self.compared = compared

    @rule(
        "periods.plan",
        "periods",
        says=[
            (
                "“十三五”期间",
                {"text": "“十三五”期间", "start_date": "2016-01-01", "end_date": "2020-12-31", "type": "plan"},
            ),
            ("“十四五”末", {"text": "“十四五”末", "start_date": "2025-12-31", "end_date": "2025-12-31"}),
            ("十五五规划", {"text": "十五五", "start_date": "2026-01-01", "end_date": "2030-12-31"}),
        ],
        refuses=["三五个人", "十五个五年", "启动“八五”普法工作"],
    )
    def plan(self, start: int) -> PeriodFound | None:
        """Read a five-year plan period: ``“十三五”期间 -> 2016 to 2020``."""
        text = self.text
        quoted = start > 0 and text[start - 1] in '“"「『'
        short, long = plan_patterns()
        match = short.match(text, start - 1 if quoted else start) or long.match(text, start)
        if match is None or text.startswith("普法", match.end()):
            return None  # the “八五” of law teaching is no plan of the economy's
        groups = match.groupdict()
        named = groups["plan"]
        if "open" in groups:
            both = bool(groups["open"]) and bool(groups["close"])
            alone = len(named) > 1 and not _MORE_DIGITS.match(text, match.end())
            if not both and not (
                groups["phase"] or alone or text[match.end() : match.end() + 2] in ("计划", "规划", "以来")
            ):
                return None
            if bool(groups["open"]) != bool(groups["close"]):
                return None
            if not both and start > 0 and text[start - 1] in DIGIT_CHARACTERS:
                return None
        first, last = calendar_words().plans[named]
        begin, end = match.span()
        if not groups["edge"] and not self.compared(begin):
            self._name_plan((first, last))
        if TAIL_SINCE.match(text, end):
            begin -= text[begin - 1 : begin] == "自"
            return PeriodFound(begin, end + 2, date(first, 1, 1), self.published, "since", "periods.plan")
        if groups["edge"] == "末":
            return PeriodFound(begin, end, date(last, 12, 31), date(last, 12, 31), "plan", "periods.plan")
        if groups["edge"]:
            end -= len(groups["edge"])
        if groups.get("phase") == "阶段":
            end -= 2
        return PeriodFound(begin, end, date(first, 1, 1), date(last, 12, 31), "plan", "periods.plan")

    def _name_plan(self, plan: tuple[int, int]) -> None:
        """Keep the plan that 五年来 looks back on: one that is over; without a publication only a plan named alone."""
        context = self.context
        if self.published is not None:
            if plan[1] <= self.published.year:
                context.plan = plan
        elif context.plan is None or context.plan == plan:
            context.plan = plan
        else:
            context.plan = 0, 0

    @rule(
        "periods.decade",
        "periods",
        says=[
            ("上世纪90年代", {"text": "上世纪90年代", "start_date": "1990-01-01", "end_date": "1999-12-31"}),
            (
                "本世纪以来",
                {"text": "本世纪以来", "start_date": "2001-01-01", "end_date": "2022-09-14", "type": "since"},
            ),
        ],
        refuses=["新一代信息技术"],
    )
    def decade(self, start: int) -> PeriodFound | None:
        """Read a decade or a century: ``上世纪90年代 -> 1990 to 1999``."""
        text = self.text
        if text.find("代", start, start + 9) < 0 and text.find("世", start, start + 4) < 0:
            return None
        match = DECADE.match(text, start)
        if match is not None:
            ten = integer(match["ten"])
            if match["hundred"]:
                number = int(match["hundred"]) + 1
            else:
                number = self._century(match["century"]) if match["century"] else self._century_of(ten)
            first = (number - 1) * 100 + ten
            dates: Span = (date(first, 1, 1), date(first + 9, 12, 31))
            edge, end = match["edge"], match.end()
            if edge in ("初", "初期"):
                dates = (date(first, 1, 1), date(first + 3, 12, 31))
            elif edge in ("末", "末期", "后期"):
                dates = (date(first + 7, 1, 1), date(first + 9, 12, 31))
            elif edge:
                dates = (date(first + 4, 1, 1), date(first + 6, 12, 31))
            if TAIL_SINCE.match(text, end):
                return PeriodFound(start, end + 2, dates[0], self.published, "since", "periods.decade")
            return PeriodFound(start, end, dates[0], dates[1], "range", "periods.decade")
        match = CENTURY.match(text, start)
        if match is None or text[start - 1 : start] in ("前", "至", "—", "-"):
            return None  # 公元前3世纪, 7至10世纪
        if self.published is None and match["century"] in ("上", "本"):
            return PeriodFound(start, match.end(), None, None, "range", "periods.decade")
        number = self._century(match["century"])
        first = (number - 1) * 100 + 1
        if TAIL_SINCE.match(text, match.end()):
            return PeriodFound(start, match.end() + 2, date(first, 1, 1), self.published, "since", "periods.decade")
        if match["edge"] == "末":
            return PeriodFound(
                start, match.end(), date(first + 99, 12, 31), date(first + 99, 12, 31), "range", "periods.decade"
            )
        if match["edge"]:
            return PeriodFound(start, match.end(), None, None, "range", "periods.decade")
        return PeriodFound(start, match.end(), date(first, 1, 1), date(first + 99, 12, 31), "range", "periods.decade")

    def _century_of(self, ten: int) -> int:
        """Give the century of a bare decade: 八十年代 is of the 20th, 二十年代 of the 21st once that is near."""
        near = self.published is None or self.published.year >= 1990 + ten
        return 21 if ten < 30 and near else 20

    def _century(self, name: str) -> int:
        """Give the number of a century; 上 and 本 count from the publication's, by default the 21st."""
        this = (self.published.year - 1) // 100 + 1 if self.published is not None else 21
        return {"上": this - 1, "本": this}.get(name) or integer(name)

    @rule(
        "periods.event",
        "periods",
        says=[
            (
                "党的十八大以来",
                {"text": "党的十八大以来", "start_date": "2012-11-08", "end_date": "2022-09-14", "type": "since"},
            ),
            ("改革开放以来", {"text": "改革开放以来", "start_date": "1978-12-18"}),
        ],
        refuses=["改革开放的成果"],
    )
    def event(self, start: int) -> PeriodFound | None:
        """Read the time since a dated event: ``党的十八大以来 -> 2012-11-08 to the publication``."""
        match = calendar_words().since.match(self.text, start)
        if match is None:
            return None
        begin = start - (self.text[start - 1 : start] == "自")
        return PeriodFound(
            begin, match.end(), calendar_words().events[match["event"]], self.published, "since", "periods.event"
        )
