"""Read calendar time: years, parts of years, days, ranges, plan periods, lengths anchored at the publication.

A *point* is one place on the calendar (``2021年9月``, ``上半年``, ``“十三五”``). Points make ranges (``2018年至2022年``), and
words before and behind (截至 到 自…起 以来 前) open or close them. ``上年`` and a bare ``8月`` take the year that governs
the paragraph, else the year of publication; without either their dates are null, never guessed.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from extractors.dates import Span, day_of, last_day, months, shift_days, shift_months, year_of
from extractors.numerals import Number, chinese_integer
from extractors.rules import rule
from extractors.units import find_unit
from schemas import Reading


@dataclass(slots=True)
class PeriodFound:
    """A period of the view: [start, end), its dates (inclusive; None where open or unknown) and its type."""

    start: int
    end: int
    start_date: date | None
    end_date: date | None
    type: str


@dataclass(slots=True)
class Point:
    """One place on the calendar: its span in the view, its dates, and what it names."""

    start: int
    end: int
    dates: Span
    type: str
    year: int | None = None
    month: int | None = None
    explicit: bool = False
    edge: bool = False
    same_period: bool = False


@dataclass(slots=True)
class Context:
    """What governs a bare expression: the publication, the paragraph's year and month, the sentence's period."""

    text: str
    published: date | None
    plan: tuple[int, int] | None = None
    year: int | None = None
    month: int | None = None
    day: date | None = None
    sentence: PeriodFound | None = None
    years_ahead: dict[int, int | None] = field(default_factory=dict)


@cache
def tables() -> tuple[dict[str, tuple[int, int]], dict[str, date], dict[int, date]]:
    """Read the table: plan periods, events, first days of the lunar year."""
    table = tomllib.loads((Path(__file__).parent / "periods.toml").read_text("utf-8"))
    plans = {name: (first, last) for name, (first, last) in table["plans"].items()}
    events = {name: date.fromisoformat(day) for name, day in table["events"].items()}
    return plans, events, {int(year): date.fromisoformat(day) for year, day in table["spring_festival"].items()}


_CN = "一二三四五六七八九十"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r"\s?(?:—{1,2}|–|―|－|-|~|～|至|到)\s?"

POINT = re.compile(
    rf"""
    (?:
        (?P<iso> (?P<iy>(?:19|20)[0-9]{{2}}) (?P<isep>[-./]) (?P<im>1[0-2]|0?[1-9]) (?P=isep) (?P<id>3[01]|[12][0-9]|0?[1-9]) (?![0-9.]) )
      | (?:
            (?: (?P<open> (?:19|20)[0-9]{{2}} ) (?= {_DASH} (?:19|20)[0-9]{{2}} (?:年|赛季|财年|学年|[，。；）)、\s]) | (?=底|末(?!端|梢)) | [、和与及] (?:19|20)[0-9]{{2}} (?:年|[、和与及] (?:19|20)) )
              | (?P<year> (?:1[0-9]|20|21)[0-9]{{2}} | [一二][〇零0九八七六五四三二一]{{3}} ) \s?年 (?:度(?!假|过))?
              | (?P<short> [0-9]{{2}} ) 年(?=度|底|末|初|以来|第?[一二三四]季度|[上下]半年|1?[0-9]月|1?[0-9]?[—-]1?[0-9]月)
              | (?P<thismonth> 本月|上月|当月 )(?=[0-9]{{1,2}}[日号]) | (?P<named> 今年|去年|前年|明年|后年|上年|当年|本年度|本年|同年|次年|翌年|第二年|上一年度?|上年度|下一?年度?(?!级|龄) )
            )
            \s? (?: 的(?=[上下]半年|[前]?[一二三四]个?季度|1?[0-9]月) )?
        )?
        (?:
            (?P<all> 全年 )
          | (?P<half> [上下]半年 )
          | (?P<q1> 第?[一二三四1-4] ) (?: {_DASH} (?P<q2> [一二三四1-4] ) )? \s?季度 (?P<qedge> [末初底] )?
          | (?P<q3> 第[一二三四1-4] ) 季 (?![度节军赛])
          | 前 (?P<quarters> [一二三两123] ) 个?季度
          | [前头] (?P<months> 十[一二]?|1[0-2]|[1-9]|[一二三四五六七八九两] ) 个?月(?!份|底|末|[0-9])
          | (?P<season> [春夏秋冬]季 )
          | (?P<m1> {_MONTH} ) (?: 月份? )? {_DASH} (?P<m2> {_MONTH} ) 月份? (?! \s?[0-9一二三四五六七八九十]{{1,3}}[日号] | [上中下]旬 )
          | (?P<month> {_MONTH}|正 ) \s?月
              (?: (?:份)? (?P<xun> [上中下]旬 ) (?P<xedge>末)?
                | \s?(?P<day> {_DAY} ) [日号] (?!线|楼|门|文)
                | (?P<bareday> 3[01]|[12][0-9]|[1-9] ) (?= {_DASH} {_DAY}[日号] | [、和] \s? {_DAY}[日号])
                | 份? (?P<medge> 底|末|初 )
                | 份 )?
          | (?P<edge> 年底|年末|年初|岁末|底|末|初 )
          | (?P<festival> 春节前? )
          | (?P<number> 3[01]|[12][0-9]|[1-9] ) 号 (?= 上午|下午|晚|凌晨|早|中午|夜|在|说|称|表示|宣布|证实|公布|发表|发布|举行|召开|抵达|起(?!火)|开始|[至到]\s?[0-9]{{1,2}}号|，|证|指出|警告|报道|通过|签署 )
          | (?P<dayonly> {_DAY} ) (?:日|(?<=[至到][0-9])号|(?<=[至到][0-9][0-9])号|(?<=月[0-9])号|(?<=月[0-9][0-9])号) (?! 游|均|元|本|前(?!后)|常|期|程|报(?!道|告)|益|用|间|照|落|处理|产|供|内|之内|里)
        )?
        (?P<same> 同期 )?
    )
    """,
    re.VERBOSE,
)
"""One place on the calendar, from its first character; every part is optional, so an empty match is none."""

_NUMERIC_START = re.compile(r"[0-9一二三四五六七八九十〇零两]")

_LEXICAL_WORDS = {
    "今": ("今年", "今天", "今日", "今明两年"),
    "去": ("去年",),
    "前": ("前天", "前年", "前一日", "前一天"),
    "明": ("明年", "明天"),
    "后": ("后年",),
    "上": ("上年", "上半年", "上月", "上个月", "上一年", "上季度", "上一季度", "上世纪", "上周"),
    "下": ("下半年", "下月", "下个月", "下一年", "下周"),
    "当": ("当前", "当天", "当日", "当月", "当年", "当季"),
    "本": ("本月", "本年", "本季度", "本世纪", "本周"),
    "同": ("同年", "同月", "同日"),
    "次": ("次年", "次日", "次月"),
    "翌": ("翌年", "翌日"),
    "目": ("目前",),
    "即": ("即日",),
    "昨": ("昨天", "昨日"),
    "年": ("年初", "年末", "年底"),
    "岁": ("岁末",),
    "月": ("月末", "月底", "月初"),
    "季": ("季度末", "季末"),
    "第": ("第二年", "第一季度", "第二季度", "第三季度", "第四季度"),
    "眼": ("眼下",),
}


def _lexical_pattern() -> re.Pattern[str]:
    """Compile the lexical words behind one character class, so that the scan skips at full speed."""
    firsts = "".join(_LEXICAL_WORDS)
    rest = "|".join(
        f"(?<={first})(?:{'|'.join(sorted((re.escape(word[1:]) for word in words), key=len, reverse=True))})"
        for first, words in _LEXICAL_WORDS.items()
    )
    return re.compile(f"[{firsts}](?:{rest})")


LEXICAL = _lexical_pattern()
PLAN = re.compile(
    r"""(?P<open>[“"「『])?(?P<plan>十[一二三四五]?|[一二三四五六七八九])五(?P<close>[”"」』])?"""
    r"(?P<phase>时期|期间|阶段)?(?P<edge>末(?!端)|初期|初|中期)?"
)
FIVE_YEARS = re.compile(
    r"第(?P<plan>十[一二三四五]?|[一二三四五六七八九])个五年(?:计划|规划)(?P<phase>时期|期间)?(?P<edge>末)?"
)
LENGTH = re.compile(
    r"(?P<lead>近|最近|过去|未来|今后|此后|往后|今年以来的|这)?(?:的)?"
    r"(?P<n>[0-9]{1,3}|[一二三四五六七八九十两]{1,3})\s?(?P<unit>年|个多月|个月|天|周|个星期|个季度|小时)"
    r"(?P<tail>以来|[来间中内里前后])?"
)
DECADE = re.compile(
    r"(?:(?P<century>上|本|19|20|21|十九|二十|二十一)世纪)?(?P<ten>[0-9]0|[一二三四五六七八九]十)年代(?P<edge>初期|中期|末期|初|中|末|后期)?"
)
CENTURY = re.compile(r"(?P<century>上|本|19|20|21|十九|二十|二十一)世纪(?P<edge>初|末|中叶)?(?!海上)")
TAIL_SINCE = re.compile(r"以来")
TAIL = re.compile(
    r"(?P<since>以来|(?<=年)来(?=[，、：的我全，])) | (?P<start>起(?![火诉源义飞步伏草码点航降])|开始|以后起)"
    r"| (?P<before>之前|以前|前(?![0-9一二三四五六七八九十两几后往沿列景期夕所不来任提置瞻述者身移进行方])) "
    r"| (?P<during>期间|时期) | (?P<now>至今|到今天)",
    re.VERBOSE,
)
_AFTER_EDGE_BEFORE = re.compile(r"之?前(?![0-9一二三四五六七八九十两几后往沿列景期夕所不来])")
_LENGTH_NOUN = re.compile(r"的?(?:历程|历史|时间|努力|建设|发展|奋斗|之久|筹备|施工|光阴|岁月|春秋)")
_VERB_TO = frozenset(
    "达加长高升降低少大小缩展延迟至得看想感受遇等轮推回扩增提收拓搬移调直收说来传送赶拿做办落找听接碰用减下上"
)
"""Behind these 到 is the end of a verb (增长到, 提高到), not the head of a period."""

MONTHS = {"十一": 11, "十二": 12, "十": 10, "正": 1, **{c: i for i, c in enumerate("一二三四五六七八九", 1)}}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2}
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


def _integer(text: str) -> int:
    """Read a short integer in either script: ``12``, ``十二``, ``两``."""
    if text.isdecimal() and text.isascii():
        return int(text)
    if all(c in "〇零0一二三四五六七八九" for c in text) and len(text) == 4:
        return int("".join(str("〇一二三四五六七八九".find(c.replace("零", "〇").replace("0", "〇"))) for c in text))
    return chinese_integer(text) or 0


class PeriodReader:
    """Reads the periods of one view from left to right, keeping what governs the next one."""

    def __init__(self, reading: Reading, numbers: list[Number]) -> None:
        self.text = reading.text
        self.published = reading.published
        self.numbers = numbers
        self.context = Context(reading.text, reading.published)
        self.found: list[PeriodFound] = []
        self.done = 0
        self.paragraph = 0

    # -- the flow -------------------------------------------------------------------------------------------------

    def read(self) -> list[PeriodFound]:
        """Read every place where calendar time can begin."""
        for start in self._starts():
            if start < self.done:
                continue
            self._enter(start)
            period = self._read_at(start)
            if period is not None:
                self._keep(period)
        return self.found

    def _starts(self) -> list[int]:
        """Give where a period can begin: at a numeral with a calendar word near it, a plan, or a lexical word."""
        text, starts = self.text, []
        for number in self.numbers:
            start, end = number.start, number.end
            following = text[end : end + 1]
            if following and (following in _CALENDAR or following in _LINKS or number.text[-1] == "五"):
                if start and text[start - 1] in _LEAD_ENDS:
                    lead = self._lead(start)
                    if lead < start:
                        starts.append(lead)
                starts.append(start)
            elif end - start >= 4 and number.form == "arabic" and _BARE_YEAR.match(text, start):
                starts.append(start)
        starts.extend([match.start() for match in LEXICAL.finditer(text)])
        if "以来" in text:
            starts.extend([match.start() for match in event_since().finditer(text)])
        starts.sort()
        return starts

    def _lead(self, start: int) -> int:
        for lead in _LEADS:
            if self.text.startswith(lead, start - len(lead)) and start >= len(lead):
                return start - len(lead)
        return start

    def _enter(self, start: int) -> None:
        """Forget what governed the last paragraph or sentence when a new one begins."""
        text = self.text
        if text.find("\n", self.paragraph, start) >= 0:
            self.paragraph = text.rfind("\n", 0, start) + 1
            self.context.year = self.context.month = self.context.day = None
            self.context.sentence = None
        elif self.context.sentence is not None and _SENTENCE_BREAK.search(text, self.context.sentence.end, start):
            self.context.sentence = None

    def _keep(self, period: PeriodFound) -> None:
        self.found.append(period)
        self.done = period.end
        if period.type in ("year", "part", "day", "range") and period.start_date and not self._compared(period.start):
            self.context.sentence = period

    def _compared(self, start: int) -> bool:
        """Tell whether a period only serves a comparison: ``比2012年增长``."""
        return start > 0 and self.text[start - 1] in "比较同与由从自到至"

    # -- one expression ---------------------------------------------------------------------------------------------

    def _read_at(self, start: int) -> PeriodFound | None:
        simple = self._simple_word(start)
        if simple is not None:
            return simple
        for reader in self._readers(self.text[start]):
            period = reader(start)
            if period is not None:
                if period.type in ("plan", "range") and period.start_date is not None:
                    self._prefix(period, self.text[max(0, period.start - 3) : period.start])
                return period
        return None

    def _simple_word(self, start: int) -> PeriodFound | None:
        """Read 今天, 目前, 当前 and the like at once where nothing around them can open or close the period."""
        match = _DAY_WORD.match(self.text, start)
        if (
            match is None
            or (start and self.text[start - 1] in _OPENING)
            or self.text[match.end() : match.end() + 1] in _CLOSING
        ):
            return None
        shift = _SIMPLE_DAYS[match.group()]
        day = self.published if shift == 0 or self.published is None else shift_days(self.published, shift)
        return PeriodFound(start, match.end(), day, day, "as_of" if match.group() in _NOW else "day")

    def _readers(self, first: str) -> tuple[Callable[[int], PeriodFound | None], ...]:
        """Choose the readers that can begin with a character, so that few patterns are tried in vain."""
        if first in "0123456789":
            return self._length, self._decade, self._calendar
        if first in _LEXICAL_ONLY:
            return (self._calendar,)
        if first == "前":
            return self._length, self._calendar
        return self._plan, self._length, self._decade, self._event, self._calendar

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
        refuses=["三五个人", "十五个五年"],
    )
    def _plan(self, start: int) -> PeriodFound | None:
        text = self.text
        quoted = start > 0 and text[start - 1] in '“"「『'
        match = PLAN.match(text, start - 1 if quoted else start) or FIVE_YEARS.match(text, start)
        if match is None:
            return None
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
            if not both and start > 0 and text[start - 1] in _DIGIT_CHARACTERS:
                return None
        first, last = tables()[0][named]
        self.context.plan = (first, last)
        begin, end = match.span()
        if TAIL_SINCE.match(text, end):
            return PeriodFound(begin, end + 2, date(first, 1, 1), self.published, "since")
        if groups["edge"] == "末":
            return PeriodFound(begin, end, date(last, 12, 31), date(last, 12, 31), "plan")
        if groups["edge"]:
            end -= len(groups["edge"])
        if groups.get("phase") == "阶段":
            end -= 2
        return PeriodFound(begin, end, date(first, 1, 1), date(last, 12, 31), "plan")

    @rule(
        "periods.anchored_length",
        "periods",
        says=[
            (
                "近4年来连续增长",
                {"text": "近4年来", "start_date": "2018-09-14", "end_date": "2022-09-14", "type": "relative"},
            ),
            ("未来三年将投资", {"text": "未来三年", "start_date": "2022-09-14", "end_date": "2025-09-14"}),
            ("十年间", {"text": "十年间", "start_date": "2012-09-14", "end_date": "2022-09-14"}),
        ],
        refuses=["走过了近120年历程", "工期180天", "连续三年增长"],
    )
    def _length(self, start: int) -> PeriodFound | None:
        """Read a length anchored at the publication: ``近4年来``, ``过去五年``, ``未来三年``, ``十年间``, ``三个月来``."""
        match = LENGTH.match(self.text, start)
        if match is None:
            return None
        lead, tail, count = match["lead"], match["tail"], _integer(match["n"])
        end = match.end()
        following = self.text[end : end + 1]
        if tail == "来" and following in "源自到临看说往访函电":
            tail, end = None, end - 1
        if tail == "前" and (lead or (following in "的后往沿列景" and match["unit"] == "年" and False)):
            tail, end = None, end - 1
        if tail in ("中", "里", "内", "后") and not (
            lead in _LEADS_ANCHORED or (tail == "中" and _ROUND.fullmatch(match["n"]))
        ):
            tail, end = None, end - 1
        if tail == "间" and start > 0 and self.text[start - 1] == "的":
            return None
        if tail == "内" and following in "部容":
            return None
        if not self._anchored(lead, tail, count, match["unit"], end):
            return None
        if tail is None and lead is None:
            return None
        dates = self._length_dates(lead, tail, count, match["unit"])
        return PeriodFound(match.start(), end, dates[0], dates[1], "relative")

    def _anchored(self, lead: str | None, tail: str | None, count: int, unit: str, end: int) -> bool:
        if tail in ("以来", "来", "间", "中", "前"):
            return not (lead in ("近", None) and tail == "前" and count == 0)
        if lead == "近":
            return (count <= 10 and _LENGTH_NOUN.match(self.text, end) is None) or tail in ("里", "内", "中")
        if lead == "这":
            return count == 5 and unit == "年"
        return lead is not None

    def _length_dates(self, lead: str | None, tail: str | None, count: int, unit: str) -> Span:
        today, plan = self.published, self.context.plan
        if count == 5 and unit == "年" and (lead == "这" or (lead is None and tail in ("来", "以来"))):
            return (date(plan[0], 1, 1), date(plan[1], 12, 31)) if plan else (None, None)
        if lead == "这" and not tail:
            return None, None
        if today is None:
            return None, None
        sign = 1 if lead in ("未来", "今后", "此后", "往后") or (lead is None and tail == "后") else -1
        other = self._step(today, sign * count, unit)
        if tail == "前" and lead is None:
            return other, other
        return (today, other) if sign > 0 else (other, today)

    @staticmethod
    def _step(day: date, count: int, unit: str) -> date | None:
        if unit == "年":
            return shift_months(day, 12 * count)
        if unit in ("个月", "个多月"):
            return shift_months(day, count)
        if unit == "个季度":
            return shift_months(day, 3 * count)
        if unit == "小时":
            return shift_days(day, -(-count // 24) if count > 0 else -(-count // 24))
        return shift_days(day, count * (7 if unit in ("周", "个星期") else 1))

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
    def _decade(self, start: int) -> PeriodFound | None:
        text = self.text
        if text.find("代", start, start + 9) < 0 and text.find("世", start, start + 4) < 0:
            return None
        match = DECADE.match(text, start)
        if match is not None:
            ten = _integer(match["ten"])
            number = self._century(match["century"]) if match["century"] else (20 if ten >= 30 else 21)
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
                return PeriodFound(start, end + 2, dates[0], self.published, "since")
            return PeriodFound(start, end, dates[0], dates[1], "range")
        match = CENTURY.match(text, start)
        if match is None:
            return None
        number = self._century(match["century"])
        first = (number - 1) * 100 + 1
        if TAIL_SINCE.match(text, match.end()):
            return PeriodFound(start, match.end() + 2, date(first, 1, 1), self.published, "since")
        if match["edge"] == "末":
            return PeriodFound(start, match.end(), date(first + 99, 12, 31), date(first + 99, 12, 31), "range")
        if match["edge"]:
            return PeriodFound(start, match.end(), None, None, "range")
        return PeriodFound(start, match.end(), date(first, 1, 1), date(first + 99, 12, 31), "range")

    def _century(self, name: str) -> int:
        """Give the number of a century; 上 and 本 count from the publication's, by default the 21st."""
        this = (self.published.year - 1) // 100 + 1 if self.published is not None else 21
        return {"上": this - 1, "本": this}.get(name) or _integer(name)

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
    def _event(self, start: int) -> PeriodFound | None:
        match = event_since().match(self.text, start)
        if match is None:
            return None
        return PeriodFound(start, match.end(), tables()[1][match["event"]], self.published, "since")

    # -- points and what stands around them ---------------------------------------------------------------------

    def _calendar(self, start: int) -> PeriodFound | None:
        first = self._point(start)
        if first is None:
            return None
        period = self._range(first) or PeriodFound(first.start, first.end, first.dates[0], first.dates[1], first.type)
        self._around(period, first)
        return period

    def _point(self, start: int, after: Point | None = None) -> Point | None:
        """Read one point; ``after`` is the range's first end, whose year and month a bare one takes."""
        word = _WORD.match(self.text, start)
        if word is not None and (
            word.group() not in _BEFORE_DAY or self.text[word.end() : word.end() + 1] not in _DIGITS
        ):
            return self._word(word)
        match = POINT.match(self.text, start)
        if match is None or match.end() == start:
            return self._bare_year_point(start, after)
        return self._numeric(match, after)

    @rule(
        "periods.bare_year",
        "periods",
        says=[
            ("发布2022纪录片片单", {"text": "2022", "start_date": "2022-01-01", "end_date": "2022-12-31"}),
        ],
        refuses=["共有2022名学员", "编号2022号文"],
    )
    def _bare_year_point(self, start: int, after: Point | None) -> Point | None:
        """Read four digits in front of a noun as a year: ``发布2025纪录片片单``; a count would have its classifier."""
        match = _YEAR_BEFORE_NOUN.match(self.text, start)
        if match is None and after is not None and after.type == "year":
            match = _BARE_YEAR.match(self.text, start)
        elif start > 0 and self.text[start - 1] in _NO_YEAR_BEFORE:
            return None
        if match is None:
            return None
        year = int(match.group())
        if (
            year > (self.published.year if self.published else 2030) + 10
            or find_unit(self.text, match.end()) is not None
        ):
            return None
        return Point(start, match.end(), year_of(year), "year", year, explicit=True)

    @rule(
        "periods.range",
        "periods",
        says=[
            (
                "2018年至2022年",
                {"text": "2018年至2022年", "start_date": "2018-01-01", "end_date": "2022-12-31", "type": "range"},
            ),
            ("3月1日至5日", {"text": "3月1日至5日", "start_date": "2022-03-01", "end_date": "2022-03-05"}),
            ("2018年至今", {"text": "2018年至今", "end_date": "2022-09-14"}),
        ],
        refuses=["增长5至6倍"],
    )
    def _range(self, first: Point) -> PeriodFound | None:
        """Read ``… 至 …`` where two points make a range."""
        text = self.text
        now = _TO_NOW.match(text, first.end)
        if now is not None:
            return PeriodFound(first.start, now.end(), first.dates[0], self.published, "range")
        dash = _DASH_RE.match(text, first.end) or _UP_TO.match(text, first.end)
        if dash is None or (first.type == "as_of" and text[first.start : first.end] != "即日") or first.type == "plan":
            return None
        second = self._point(dash.end(), first)
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
            self.context.year = second.year
        return PeriodFound(first.start, second.end, start_date, end_date, "range")

    @rule(
        "periods.open_and_closed",
        "periods",
        says=[
            (
                "截至8月底，累计",
                {"text": "截至8月底", "start_date": "2022-08-31", "end_date": "2022-08-31", "type": "as_of"},
            ),
            ("到2025年，建成", {"text": "到2025年", "start_date": None, "end_date": "2025-12-31", "type": "until"}),
            ("自2019年起执行", {"text": "自2019年起", "start_date": "2019-01-01", "end_date": None, "type": "since"}),
            ("2025年底前完成", {"text": "2025年底前", "start_date": None, "end_date": "2025-12-31"}),
            ("提高到2025年的水平", {"text": "2025年", "start_date": "2025-01-01"}),
        ],
        refuses=["达到20亿元以上"],
    )
    def _around(self, period: PeriodFound, first: Point) -> None:
        """Take in the words before and behind: 截至 到 自 从 … 起 以来 前 期间."""
        text = self.text
        tail = TAIL.match(text, period.end)
        before = text[max(0, period.start - 3) : period.start]
        source = before[-1:] if before[-1:] in ("自", "从") else ""
        is_range = period.type == "range"
        if tail is not None and tail["since"] and not first.same_period:
            period.end = tail.end()
            period.end_date, period.type = self.published, "since"
            if period.start_date and period.end_date and period.start_date > period.end_date:
                period.end_date = None
            if source == "自":
                period.start -= 1
            return
        if tail is not None and tail["start"] and (source or tail[0] != "开始"):
            if source:
                period.start -= 1
            period.end = tail.end()
            if not is_range:
                period.end_date, period.type = None, "since"
            return
        if source and _FROM_TO.search(text[period.start : period.end]) and (is_range or first.type == "part"):
            period.start -= 1
        if is_range:
            if tail is not None and tail["during"]:
                period.end = tail.end()
            return
        if tail is not None and tail["before"] and period.type != "as_of":
            period.end = tail.end()
            period.start_date, period.type = None, "until"
            if before.endswith("到") and before[-2:-1] not in _VERB_TO:
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
            if before[-2:-1] not in _VERB_TO or before[-3:-1] in _TO_HEADS:
                period.start -= 1
                period.start_date, period.type = None, "until"

    # -- resolving ------------------------------------------------------------------------------------------------

    def _governing_year(self, position: int) -> int | None:
        """Give the year under discussion: the paragraph's explicit year, else the publication's."""
        if self.context.year is not None:
            return self.context.year
        if self.published is not None:
            return self.published.year
        if self.paragraph not in self.context.years_ahead:
            end = self.text.find("\n", position)
            ahead = _YEAR_AHEAD.search(self.text, self.paragraph, end if end >= 0 else len(self.text))
            self.context.years_ahead[self.paragraph] = _integer(ahead[1]) if ahead else None
        return self.context.years_ahead[self.paragraph]

    def _named_year(self, name: str, position: int) -> int | None:
        """Resolve 今年 去年 明年 by the publication, 上年 当年 次年 by the year under discussion."""
        today = self.published.year if self.published else None
        if name in _BY_PUBLICATION:
            return today + _BY_PUBLICATION[name] if today is not None else None
        governing = self._governing_year(position)
        if governing is None:
            return None
        return governing + _BY_DISCUSSION.get(name, 0)

    def _year(self, match: re.Match[str]) -> tuple[int | None, bool, bool]:
        """Give (year, written, governs): the year of a point, whether it is written, whether it governs what follows."""
        if match["year"] or match["open"]:
            year = _integer(match["year"] or match["open"])
            if not self._compared(match.start()) and not _OF_BASE.match(self.text, match.end()):
                self.context.year = year
                self.context.month = None
            return year, True, True
        if match["short"]:
            short = int(match["short"])
            year = 2000 + short if short <= 49 else 1900 + short
            self.context.year = year
            return year, True, True
        if match["named"]:
            return self._named_year(match["named"], match.start()), True, False
        return None, False, False

    @rule(
        "periods.point",
        "periods",
        says=[
            (
                "2021年9月13日召开",
                {"text": "2021年9月13日", "start_date": "2021-09-13", "end_date": "2021-09-13", "type": "day"},
            ),
            ("前三季度", {"text": "前三季度", "start_date": "2022-01-01", "end_date": "2022-09-30", "type": "part"}),
            ("1至8月份", {"text": "1至8月份", "start_date": "2022-01-01", "end_date": "2022-08-31"}),
            ("二〇二一年", {"text": "二〇二一年", "start_date": "2021-01-01"}),
            ("一季度末", {"text": "一季度末", "start_date": "2022-03-31", "end_date": "2022-03-31"}),
        ],
        refuses=["认缴规模2021亿元", "项目1500余个", "近年来", "常年供应"],
    )
    def _numeric(self, match: re.Match[str], after: Point | None) -> Point | None:
        start, end = match.span()
        if match["iso"]:
            day = day_of(int(match["iy"]), int(match["im"]), int(match["id"]))
            return Point(start, end, (day, day), "day", int(match["iy"]), explicit=True) if day else None
        if match["thismonth"]:
            return self._this_month(match)
        bare = not (match["year"] or match["open"] or match["short"] or match["named"])
        if bare and not self._may_stand_bare(match, after):
            return None
        year, written, explicit = self._year(match)
        if not written:
            year = after.year if after is not None and after.year is not None else self._bare_year(match)
        point = self._part(match, year, written, after)
        if point is None:
            return None
        point.explicit = explicit
        if match["same"] or (match["open"] and _LIST_SAME_PERIOD.match(self.text, match.end())):
            point = self._same_period(point)
        return point

    def _this_month(self, match: re.Match[str]) -> Point | None:
        """Resolve ``本月3号``, ``上月28日`` by the publication."""
        if match["dayonly"] is None:
            return None
        first = self._month_word(match["thismonth"], match.start())[0]
        day = day_of(first.year, first.month, _integer(match["dayonly"])) if first else None
        if first is not None and day is None:
            return None
        return Point(
            match.start(), match.end(), (day, day), "day", first.year if first else None, first.month if first else None
        )

    def _may_stand_bare(self, match: re.Match[str], after: Point | None) -> bool:
        """Refuse what is no calendar time without a year: ``底``, ``春节``, ``3日`` as a length, ``三月`` in words."""
        if match["edge"] or match["festival"] or (match["same"] and match.end() - match.start() == 2):
            return False
        if match["all"] or match["season"]:
            return False
        text, start = self.text, match.start()
        before = text[start - 1 : start]
        if match["months"] and before and before in "提目当此空超生先史":
            return False
        if before and before in "0123456789.∶:第" and after is None:
            return False
        if match["number"] and after is None and before and (before in _NO_NUMBER_BEFORE or before.isascii()):
            return False
        if match["dayonly"]:
            number = _integer(match["dayonly"])
            if after is None and (before in _NO_DAY_BEFORE or text[max(0, start - 2) : start] in _NO_DAY_BEFORE_2):
                return False
            if not match["dayonly"].isascii() and after is None and number < 11 and before not in "至—-月，。、（(":
                return False
            return 1 <= number <= 31
        return True

    def _bare_year(self, match: re.Match[str]) -> int | None:
        """Give the year of a bare month or part: the paragraph's, else the publication's, never far ahead of it."""
        year = self._governing_year(match.start())
        if self.context.year is None and self.published is not None and (match["month"] or match["m2"]):
            month = MONTHS.get(match["month"] or match["m2"]) or _integer(match["month"] or match["m2"])
            if month - self.published.month >= 9:
                return self.published.year - 1
        return year

    def _part(self, match: re.Match[str], year: int | None, written: bool, after: Point | None) -> Point | None:
        start, end = match.span()
        if match["month"]:
            return self._month(match, year)
        if match["dayonly"] or match["number"]:
            return self._day_only(match, after)
        dates, kind = self._part_dates(match, year)
        edge = bool(match["edge"] or match["qedge"])
        return Point(start, end, dates, kind, year if written or after else None, edge=edge)

    def _part_dates(self, match: re.Match[str], year: int | None) -> tuple[Span, str]:
        """Give the dates of a year or one of its parts."""
        unknown: Span = (None, None)
        if match["half"]:
            return (months(year, *((1, 6) if match["half"][0] == "上" else (7, 12))) if year else unknown), "part"
        if match["q1"]:
            first = _quarter(match["q1"])
            last = _quarter(match["q2"]) if match["q2"] else first
            if year is None or last < first:
                return unknown, "part"
            dates = months(year, 3 * first - 2, 3 * last)
            return _edge(dates, match["qedge"]), "part"
        if match["q3"]:
            quarter = _quarter(match["q3"])
            return (months(year, 3 * quarter - 2, 3 * quarter) if year else unknown), "part"
        if match["quarters"]:
            return (months(year, 1, 3 * _quarter(match["quarters"])) if year else unknown), "part"
        if match["months"]:
            count = 2 if match["months"] == "两" else _integer(match["months"])
            return (months(year, 1, count) if year else unknown), "part"
        if match["m1"]:
            first, last = _integer(match["m1"]), _integer(match["m2"])
            return (months(year, first, last) if year and first < last else unknown), "part"
        if match["season"]:
            first, last = SEASONS[match["season"][0]]
            if year is None:
                return unknown, "part"
            if last > 12:
                return (date(year, 12, 1), last_day(year + 1, last - 12)), "part"
            return months(year, first, last), "part"
        if match["festival"]:
            day = tables()[2].get(year) if year else None
            if day is not None and match["festival"].endswith("前"):
                day = shift_days(day, -1)
            return (day, day), "day"
        if match["edge"]:
            return (_edge(year_of(year), match["edge"]) if year else unknown), "part"
        return (year_of(year) if year else unknown), "year"

    def _month(self, match: re.Match[str], year: int | None) -> Point | None:
        start, end = match.span()
        month = MONTHS.get(match["month"]) or _integer(match["month"])
        self.context.month = month
        point = Point(start, end, (None, None), "part", year, month)
        written_day = match["day"] or match["bareday"]
        point.type = "day" if written_day else "part"
        if year is None:
            return point
        dates: Span = months(year, month, month)
        if written_day:
            day = day_of(year, month, _integer(written_day))
            if day is None:
                return None
            dates = (day, day)
            self.context.day = day
        elif match["xun"]:
            dates = {
                "上": (date(year, month, 1), date(year, month, 10)),
                "中": (date(year, month, 11), date(year, month, 20)),
                "下": (date(year, month, 21), last_day(year, month)),
            }[match["xun"][0]]
        elif match["medge"]:
            point.edge = True
            dates = _edge((date(year, month, 1), last_day(year, month)), match["medge"])
        point.dates = dates
        return point

    @rule(
        "periods.day_of_the_month",
        "periods",
        says=[
            ("记者13日获悉", {"text": "13日", "start_date": "2022-09-13", "end_date": "2022-09-13"}),
            ("记者28日获悉", {"text": "28日", "start_date": "2022-08-28"}),
        ],
        refuses=["5日内办结", "为期3日"],
    )
    def _day_only(self, match: re.Match[str], after: Point | None) -> Point | None:
        """Resolve ``13日``: in the range's month, in the paragraph's, else the nearest such day not after publication."""
        number = _integer(match["dayonly"] or match["number"])
        point = Point(match.start(), match.end(), (None, None), "day")
        if after is not None:
            if after.month is None or after.year is None:
                return point if after.month is not None or after.type == "day" else None
            year, month = after.year, after.month
        elif self.context.day is not None:
            year, month = self.context.day.year, self.context.day.month
        elif self.published is None:
            return point
        else:
            year, month = self.published.year, self.published.month
            if number > self.published.day:
                earlier = shift_months(self.published.replace(day=1), -1)
                if earlier is None:
                    return point
                year, month = earlier.year, earlier.month
        day = day_of(year, month, number)
        if day is not None:
            point.dates, point.year, point.month = (day, day), year, month
        return point

    @rule(
        "periods.same_period",
        "periods",
        says=[
            (
                "上半年出口比去年同期增长",
                {"text": "去年同期", "start_date": "2021-01-01", "end_date": "2021-06-30", "type": "part"},
            ),
            ("比去年同期增长", {"text": "去年同期", "start_date": None, "end_date": None}),
        ],
        refuses=["同期增长"],
    )
    def _same_period(self, point: Point) -> Point:
        """Resolve ``去年同期`` by the period compared in the same sentence; null dates without one."""
        compared, year = self.context.sentence, point.dates[0].year if point.dates[0] else None
        point.dates, point.same_period, point.type = (None, None), True, "part"
        if compared is None or year is None or compared.start_date is None or compared.end_date is None:
            return point
        back = compared.start_date.year - year
        point.dates = (
            shift_months(compared.start_date, -12 * back),
            _month_end_like(compared.end_date, back),
        )
        return point

    def _word(self, match: re.Match[str]) -> Point | None:
        """Resolve a lexical word: 目前 今天 本月 上月 当月 年末 月底 …"""
        word, (start, end) = match.group(), match.span()
        today = self.published
        point = Point(start, end, (None, None), "day")
        if word in ("目前", "当前", "眼下", "即日"):
            point.type = "as_of"
            point.dates = (today, today)
        elif word in _DAYS:
            if word == "当日" or word == "当天" or word == "同日":
                day = self.context.day or today
            elif word in ("次日", "翌日", "前一日", "前一天"):
                day = shift_days(self.context.day, _DAYS[word]) if self.context.day else None
            else:
                day = shift_days(today, _DAYS[word]) if today else None
            point.dates = (day, day)
        elif word in _MONTH_WORDS:
            point.type = "part"
            point.dates = self._month_word(word, start)
        elif word in ("年末", "年底", "岁末", "年初"):
            point.type, point.edge = "part", True
            year = self._governing_year(start)
            point.dates = _edge(year_of(year), word) if year else (None, None)
        elif word in ("月末", "月底", "月初"):
            point.type = "part"
            year, month = self._governing_year(start), self.context.month or (today.month if today else None)
            if year and month:
                point.dates = _edge((date(year, month, 1), last_day(year, month)), word)
        else:
            return None
        return point

    def _month_word(self, word: str, start: int) -> Span:
        today = self.published
        if word in ("当月", "同月", "次月") or (word in ("上月", "本月", "上个月") and self.context.month):
            month, year = self.context.month or (today.month if today else None), self._governing_year(start)
        else:
            month, year = (today.month, today.year) if today else (None, None)
        if month is None or year is None:
            return None, None
        first = shift_months(date(year, month, 1), _MONTH_WORDS[word])
        return (first, last_day(first.year, first.month)) if first else (None, None)


_LEXICAL_ONLY = frozenset("去明下当同次翌目即昨年岁月季眼")
_CALENDAR = frozenset("年月日号季个天周小")
_LINKS = frozenset("—-–~～至到、和与及世 .-/")
_LEADS = ("最近", "过去", "未来", "今后", "此后", "往后", "近", "这", "前", "头", "第")
_LEAD_ENDS = frozenset(lead[-1] for lead in _LEADS)
_DIGITS = tuple("0123456789")
_NOW = frozenset(("目前", "当前", "眼下"))
_SIMPLE_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, **dict.fromkeys(_NOW, 0)}
_DAY_WORD = re.compile("|".join(_SIMPLE_DAYS))
_OPENING = frozenset("至止到从自由")
_CLOSING = tuple("以起开前来至到—-~～期时之")
_BEFORE_DAY = frozenset(("本月", "上月", "当月"))
_LEADS_ANCHORED = frozenset(("近", "最近", "过去", "未来", "今后", "此后", "往后"))
_ROUND = re.compile(r"[一二三四五六七八九]?十|[1-9]0")
_NO_NUMBER_BEFORE = frozenset("第路街道巷弄区“‘（(院楼室门村镇乡舟宫箭乙甲·—之")
_YEAR_BEFORE_NOUN = re.compile(
    r"(?:19[5-9]|20[0-4])[0-9](?=[\u4e00-\u9fa5“《）])(?![余多号级强路次余年月日至到和及与万亿千百届名位点分])"
)
_NO_YEAR_BEFORE = frozenset("0123456789.-—/~+＋第约近超逾达共有过足为到至号编码")
_OF_BASE = re.compile(r"的(?:近|约|超过|超)?[0-9.一二三四五六七八九十两]+(?:多|余)?[倍%成]")
_LIST_SAME_PERIOD = re.compile(r"[、和与及](?:19|20)[0-9]{2}年同期")
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9.])")
_MORE_DIGITS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿%个家年天月人次项名元号日点倍]")
_DIGIT_CHARACTERS = frozenset("0123456789〇零一二三四五六七八九十百千万亿第")
_SENTENCE_BREAK = re.compile(r"[。！？\n]")
_DASH_RE = re.compile(_DASH)
_TO_NOW = re.compile(r"至今|到今天|以来至今")
_UP_TO = re.compile(r"起?\s?[至到]")
_FROM_TO = re.compile(r"[至到]")
_AS_OF = re.compile(r"截[至止](?:到)?$")
_TO_HEADS = frozenset(("力争", "预计", "目标", "确保", "争取"))
_YEAR_AHEAD = re.compile(r"(?<![0-9比较由从自到至])((?:19|20)[0-9]{2})年(?!同期)")
_BY_PUBLICATION = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2, "本年": 0, "本年度": 0}
_BY_DISCUSSION = {
    "上年": -1, "上年度": -1, "上一年": -1, "上一年度": -1, "当年": 0, "同年": 0,
    "次年": 1, "翌年": 1, "第二年": 1, "下年": 1, "下一年": 1, "下年度": 1, "下一年度": 1,
}  # fmt: skip
_DAYS = {
    "今天": 0,
    "今日": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "明天": 1,
    "当日": 0,
    "当天": 0,
    "同日": 0,
    "次日": 1,
    "翌日": 1,
    "前一日": -1,
    "前一天": -1,
}
_MONTH_WORDS = {"本月": 0, "当月": 0, "同月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1, "次月": 1}
_WORD = re.compile(
    "|".join(
        [*_DAYS, *_MONTH_WORDS, "目前", "当前", "眼下", "即日", "年末", "年底", "岁末", "年初", "月末", "月底", "月初"]
    )
)
_NO_DAY_BEFORE = frozenset("近每第续期历隔约过各逐")
_NO_DAY_BEFORE_2 = frozenset(("为期", "历时", "连续", "工期", "超过", "不足", "不少", "提前"))


@cache
def event_since() -> re.Pattern[str]:
    """Compile the events that 以来 may follow."""
    events = sorted(tables()[1], key=len, reverse=True)
    firsts = "".join(sorted({event[0] for event in events}))
    return re.compile(f"(?=[{firsts}])(?P<event>{'|'.join(map(re.escape, events))})以来")


def _quarter(text: str) -> int:
    text = text.removeprefix("第")
    return QUARTERS.get(text) or int(text)


def _edge(dates: tuple[date, date], word: str | None) -> Span:
    """Narrow a period to its first or last day: ``(2021-09-01, 2021-09-30), 末 -> 2021-09-30 both``."""
    if not word:
        return dates
    return (dates[0], dates[0]) if word[-1] == "初" else (dates[1], dates[1])


def _month_end_like(day: date, back: int) -> date | None:
    """Move a period's last day back by years: a month's end stays a month's end."""
    moved = shift_months(day, -12 * back)
    if moved is not None and day == last_day(day.year, day.month):
        return last_day(moved.year, moved.month)
    return moved


def read_periods(reading: Reading, numbers: list[Number]) -> list[PeriodFound]:
    """Find the periods of a view, in order, none overlapping."""
    return PeriodReader(reading, numbers).read()
