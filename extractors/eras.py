"""Read named stretches of time: five-year plans, decades, centuries, and the time since a dated event."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from extractors.calendar_records import Context, PeriodFound, integer
from extractors.calendar_words import calendar_words
from extractors.rules import rule
from extractors.tables import alternation

_CENTURY_NAME = r"(?:上个?|本|2[01]|1[0-9]|[3-9]|二十一?|十[一二三四五六七八九]?|[三四五六七八九])世纪"
_TEN = r"[0-9]0|[一二三四五六七八九]十"
_TO = r"[ \u3000]?(?:—{1,2}|–|―|－|-|~|～|至|到)[ \u3000]?"
DECADE = re.compile(
    rf"""
    (?: (?P<century> 上个?|本|19|20|21|十九|二十|二十一 )世纪 | (?P<hundred> 19|20 )(?=[0-9]0年代) )?
    (?: (?P<from> {_TEN} ) (?:年代)? {_TO} (?P<to> {_TEN} )                  # 50到70年代
      | (?P<near> [一二三四五六七八] ) (?P<next> [二三四五六七八九]十 )          # 八九十年代
      | (?P<ten> {_TEN} ) )
    年代 (?![理表言码销]) (?P<edge> 初期|中期|末期|初|中|末|后期 )?
    """,
    re.VERBOSE,
)
_LISTED_DECADE = re.compile(
    rf"(?P<century>上个?|本|19|20|21|十九|二十|二十一)世纪(?P<ten>{_TEN}|[一二三四五六七八])(?=[、和与及](?:{_TEN})年代)"
)
"""The first of two decades that share a century and 年代: ``上世纪五、六十年代``."""

_DECADES = re.compile(rf"{_CENTURY_NAME}[0-9一二三四五六七八九十、和与及至到—-]{{1,12}}年代")
CENTURY = re.compile(
    rf"""
    (?P<century> {_CENTURY_NAME} )
    (?! 海上 | 马克思 | 网(?!络) | 经济报道 )
    (?: 的?(?P<side> 头|前|最初|最后 ) (?P<years> [1-9][0-9]? | [一二三四五六七八九]?十[一二三四五六七八九]? ) 年(?!代)
      | 的?第(?P<nth> [一二三四五六七八九十] )个十年
      | (?P<half> [上下前后] )半(?:叶|期|段)
      | (?P<edge> 初期?|[早前中后晚]期|末期?|中后期|中叶 ) )?
    """,
    re.VERBOSE,
)
_PART_ENDS = re.compile(r"[，。；、：）\n]|$|前(?!期)")
"""Behind 中期 these show that it is a part of the plan: ``“十四五”中期，``, not ``“十四五”中期评估``."""

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
            ("“十四五”中期评估", {"text": "“十四五”", "start_date": "2021-01-01", "end_date": "2025-12-31"}),
            ("“十四五”初期，", {"text": "“十四五”初期", "start_date": None, "end_date": None, "type": "plan"}),
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
            if _PART_ENDS.match(text, end):  # no day that anybody fixed: dates unknown
                return PeriodFound(begin, end, None, None, "plan", "periods.plan")
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
                "上世纪八九十年代，这里只有一条土路",
                {"text": "上世纪八九十年代", "start_date": "1980-01-01", "end_date": "1999-12-31", "type": "range"},
            ),
            ("20世纪60年代至80年代", {"text": "20世纪60年代至80年代", "end_date": "1989-12-31"}),
            ("上世纪五、六十年代", {"text": "上世纪五", "start_date": "1950-01-01", "end_date": "1959-12-31"}),
        ],
        refuses=["新一代信息技术", "上世纪七八十年代初", "取得20年代理权"],
    )
    def decade(self, start: int) -> PeriodFound | None:
        """Read one decade or the first and last of some: ``上世纪八九十年代 -> 1980 to 1999``; else a century."""
        text = self.text
        if text.find("代", start, start + 16) < 0 and text.find("世", start, start + 4) < 0:
            return None
        listed = _LISTED_DECADE.match(text, start)
        match = listed or DECADE.match(text, start)
        if match is None:
            return self._named_century(start) if _DECADES.match(text, start) is None else None
        groups = match.groupdict()
        opening, closing = groups.get("from") or groups.get("near"), groups.get("to") or groups.get("next")
        decades = [_tens(ten) for ten in (opening or groups["ten"], closing) if ten]
        if decades[-1] < decades[0] or (groups.get("near") and (groups["edge"] or decades[1] - decades[0] != 10)):
            return None  # nobody can tell which of the two 七八十年代初 is
        if groups.get("hundred"):
            number = int(groups["hundred"]) + 1
        else:
            number = self._century(groups["century"]) if groups["century"] else self._century_of(decades[0])
        first, last = (number - 1) * 100 + decades[0], (number - 1) * 100 + decades[-1]
        dates = _edge_of_decade(last, groups.get("edge"))
        if first < last:
            dates = date(first, 1, 1), dates[1]
        end = match.end()
        if TAIL_SINCE.match(text, end):
            return PeriodFound(start, end + 2, dates[0], self.published, "since", "periods.decade")
        return PeriodFound(start, end, dates[0], dates[1], "range", "periods.decade")

    @rule(
        "periods.century",
        "periods",
        says=[
            (
                "本世纪以来",
                {"text": "本世纪以来", "start_date": "2001-01-01", "end_date": "2022-09-14", "type": "since"},
            ),
            (
                "21世纪头二十年，全市经济总量翻了三番",
                {"text": "21世纪头二十年", "start_date": "2001-01-01", "end_date": "2020-12-31", "type": "range"},
            ),
            (
                "进入21世纪第二个十年",
                {"text": "21世纪第二个十年", "start_date": "2011-01-01", "end_date": "2020-12-31"},
            ),
            ("20世纪最后十年", {"text": "20世纪最后十年", "start_date": "1991-01-01", "end_date": "2000-12-31"}),
            ("上世纪上半叶", {"text": "上世纪上半叶", "start_date": "1901-01-01", "end_date": "1950-12-31"}),
            ("20世纪中期", {"text": "20世纪中期", "start_date": None, "end_date": None}),
        ],
        refuses=["21世纪海上丝绸之路", "7至10世纪", "公元前3世纪", "21世纪经济报道"],
    )
    def _named_century(self, start: int) -> PeriodFound | None:
        """Read a century or the part of it that is named: ``21世纪头二十年 -> 2001 to 2020``."""
        text = self.text
        match = CENTURY.match(text, start)
        if match is None or text[start - 1 : start] in ("前", "至", "—", "-"):
            return None  # 公元前3世纪, 7至10世纪
        found = PeriodFound(start, match.end(), None, None, "range", "periods.century")
        name, edge = match["century"].removesuffix("世纪"), match["edge"]
        if (self.published is None and name in ("上", "上个", "本")) or (edge and edge != "末"):
            return found
        first = (self._century(name) - 1) * 100 + 1
        found.start_date, found.end_date = date(first, 1, 1), date(first + 99, 12, 31)
        if edge:
            found.start_date = found.end_date
        elif match["side"]:
            years = integer(match["years"])
            if match["side"] == "最后":
                found.start_date = date(first + 100 - years, 1, 1)
            else:
                found.end_date = date(first + years - 1, 12, 31)
        elif match["nth"]:
            tenth = first + 10 * (integer(match["nth"]) - 1)
            found.start_date, found.end_date = date(tenth, 1, 1), date(tenth + 9, 12, 31)
        elif match["half"] in ("上", "前"):
            found.end_date = date(first + 49, 12, 31)
        elif match["half"]:
            found.start_date = date(first + 50, 1, 1)
        if TAIL_SINCE.match(text, match.end()):
            found.end, found.end_date, found.type = match.end() + 2, self.published, "since"
        return found

    def _century_of(self, ten: int) -> int:
        """Give the century of a bare decade: 八十年代 is of the 20th, 二十年代 of the 21st once that is near."""
        near = self.published is None or self.published.year >= 1990 + ten
        return 21 if ten < 30 and near else 20

    def _century(self, name: str) -> int:
        """Give the number of a century; 上 and 本 count from the publication's, by default the 21st."""
        this = (self.published.year - 1) // 100 + 1 if self.published is not None else 21
        return {"上": this - 1, "上个": this - 1, "本": this}.get(name) or integer(name)

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


def _tens(text: str) -> int:
    """Read the tens of a decade: ``九十``, ``90``, and ``九`` where the next decade says 十 (``八九十年代``)."""
    number = integer(text)
    return 10 * number if number < 10 else number


def _edge_of_decade(first: int, edge: str | None) -> tuple[date, date]:
    """Narrow a decade to its 初 (four years), 中 (three) or 末 (three)."""
    if not edge:
        return date(first, 1, 1), date(first + 9, 12, 31)
    years = (0, 3) if edge[0] == "初" else (4, 6) if edge[0] == "中" else (7, 9)
    return date(first + years[0], 1, 1), date(first + years[1], 12, 31)
