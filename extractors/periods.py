"""Read calendar time: points and their ranges, plan periods, lengths anchored at the publication, decades, events.

A point (points.py) is one place on the calendar (``2021年9月``). Points make ranges (``2018年至2022年``), and words
before and behind (截至 到 自…起 以来 前) open or close them.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from functools import cache, partial

from extractors.calendar_words import calendar_words
from extractors.dates import Span, shift_days, shift_months
from extractors.numerals import Number
from extractors.points import BARE_YEAR, DASH, PeriodFound, Point, PointReader, integer
from extractors.rules import rule
from extractors.tables import alternation, load
from schemas import Reading

__all__ = ["PeriodFound", "read_periods"]

LENGTH = re.compile(
    r"(?P<lead>近|最近|过去|未来|今后|此后|往后|今年以来的|这)?(?:的)?"
    r"(?P<n>[0-9]{1,3}|[一二三四五六七八九十两]{1,3})(?P<many>[余多](?=年(?:以?来|间)))?\s?"
    r"(?P<unit>年(?:多(?=以?来))?|个多月|个月|天|周|个星期|个季度|小时)"
    r"(?P<tail>以来|[来间中内里前后])?"
)
DECADE = re.compile(
    r"(?:(?P<century>上|本|19|20|21|十九|二十|二十一)世纪|(?P<hundred>19|20)(?=[0-9]0年代))?"
    r"(?P<ten>[0-9]0|[一二三四五六七八九]十)年代(?P<edge>初期|中期|末期|初|中|末|后期)?"
)
CENTURY = re.compile(
    r"(?P<century>上|本|2[01]|1[0-9]|[3-9]|二十一?|十[一二三四五六七八九]?|[三四五六七八九])世纪(?P<edge>初|末|中叶)?(?!海上|马克思)"
)
TAIL_SINCE = re.compile(r"以来")
_LEXICAL_ONLY = frozenset("去明下当同次翌目即昨年岁月季眼")
_CALENDAR = frozenset("年月日号季个天周小世")
_SECOND = {"个": tuple("月多星季五"), "小": ("时",), "世": ("纪",)}
_LINKS = frozenset("—-–~～至到、和与及 .-/\u3000\u00a0")
_NEXT_MONTH = re.compile(r"、(?:1[0-2]|[1-9])(?:月|两个月)|、[二三四]季度")
_MANY_YEARS = re.compile(r"[余多]年(?:以?来|间)")
_DASHES = frozenset("—-–~～至到 \u3000\u00a0")
_LEADS = ("最近", "过去", "未来", "今后", "此后", "往后", "近", "这", "前", "头", "第")
_LEAD_ENDS = frozenset([*(lead[-1] for lead in _LEADS), "的"])
_ANCHORED_LEADS = frozenset(("近", "最近", "过去", "未来", "今后", "此后", "往后"))
_OPENING = frozenset("至止到从自由间")
_OPENING_OR_PART = _OPENING | frozenset("第.0123456789近—–―－~～-")
_CLOSING = tuple("以起开前来至到—-~～期时之")
_ROUND = re.compile(r"[一二三四五六七八九]?十|[1-9]0")
_MORE_DIGITS = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿%个家年天月人次项名元号日点倍]")
_DIGIT_CHARACTERS = frozenset("0123456789〇零一二三四五六七八九十百千万亿第两几数余多半廿卅")
_SENTENCE_BREAK = re.compile(r"[。！？\n]")
_TO_NOW = re.compile(r"至今|到今天|以来至今")
_UP_TO = re.compile(r"起?\s?[至到]")
_FROM_TO = re.compile(r"[至到]")
_WITHIN = re.compile(r"(?<=年)内(?!陆(?!续)|[部容地河外资需销设涵蒙在阁贸控生涝])")
_ARTICLE = re.compile(r"(?:^|\n)[ \u3000]{0,4}第[一二三四五六七八九十百]{1,5}条")
_WRITTEN = re.compile(r"[0-9〇零一二三四五六七八九]{4}年?|五|世纪|年代|大以来|成立以来|开放以来")
"""A year, plan, century or event that even a provision puts on the calendar."""

_BEGINS = (
    r"(?:启动|成立|建[交立成]|复交|爆发|暴发|发生|实施|施行|开[展通放播园业馆行工办启创始学讲训]|发行|运[行营]|投[产运用]|执政"
    r"|复工|会晤|营业|组建|入[冬汛夏梅春秋住列]|上[台线任]|就任|创[办立建刊]|设立|启用|下水|进驻|发射|通车|服役|登陆|挂牌|揭牌|获批"
    r"|颁布|出台|印发|发布|召开|举办|重组|合并|移交|履职|生效|签署|提出|加入|开幕|结束)以来"
)
_BEGUN = re.compile(rf"(?!在)[^，。；：、？！\n（）()0-9的了其将已被称]{{0,14}}?{_BEGINS}")
_NAMED = re.compile(rf"(?:自从?|从)?(?P<subject>[^0-9的了将已被年月日号]{{0,16}}?){_BEGINS}")
_NOT_SUBJECT = re.compile(
    r"是|为(?!了)|出现|迎来|遭遇?|发生(?=入)|受(?=入|疫)|创下?(?![办立建刊])|达到|听取|讲述|总结|运用|回顾|盘点|遇(?=入)"
    r"|对(?![外口华台标接])|[在据](?=疫)"
)
"""What stands before these in a clause does not begin with the rest: ``多地出现入汛以来最强降雨``."""

_OWN = re.compile(r"自(?![贸治主由然己动身有愿助驾来律])从?")
_HEADS = ("", "。", "，", "；", "：", ":", ")", "）", "\n", "\u3000", " ")
_CLAUSE_ENDS = "，。；：、！？\n\u3000 （）()|"
_LASTED = re.compile(r"(?:历时|长达|为期|[用耗留驻花]|[经历]过?|走过|持续|时隔|相隔|度过|等待)了?$")
_AS_OF = re.compile(r"截[至止](?:到)?(?:北京时间|当地时间)?$")


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
        self.named: dict[int, int] = {}
        self.since_at: list[int] = []
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
            starts.extend(self._find_named())
        starts.sort()
        return starts

    @rule(
        "periods.named_since",
        "periods",
        says=[
            (
                "临港自贸片区设立以来，累计形成",
                {"text": "临港自贸片区设立以来", "start_date": None, "end_date": "2022-09-14", "type": "since"},
            ),
            ("该项目自开工以来，完成投资", {"text": "自开工以来", "start_date": None, "end_date": "2022-09-14"}),
            ("为园区成立以来最高", {"text": "园区成立以来", "start_date": None}),
            ("多地出现入汛以来最强降雨", {"text": "入汛以来", "start_date": None}),
        ],
        refuses=["长期以来", "新时代以来", "一直以来"],
    )
    def _find_named(self) -> list[int]:
        """Find the time since something began on a day that the text does not tell: ``自贸片区设立以来``."""
        text, at = self.text, self.text.find("以来")
        while at >= 0:
            self.since_at.append(at)
            left = text[max(0, at - 22) : at]
            cut = max(left.rfind(end) for end in _CLAUSE_ENDS)
            if cut >= 0 or at <= 22:
                begin = at - len(left) + cut + 1
                begin = max((verb.end() for verb in _NOT_SUBJECT.finditer(text, begin, at)), default=begin)
                own = _OWN.search(text, begin, at)
                match = _NAMED.fullmatch(text, own.start() if own else begin, at + 2)
                known = match is not None and calendar_words().since.search(text, begin, at + 2) is not None
                if match is not None and not known and (own or len(match["subject"]) > 1 or text[at - 2] in "入开建"):
                    self.named[match.start()] = at + 2
            at = text.find("以来", at + 2)
        return list(self.named)

    def _since_near(self, end: int) -> bool:
        """Tell whether 以来 stands close behind, so that the words before it may belong to the period."""
        i = bisect_left(self.since_at, end)
        return i < len(self.since_at) and self.since_at[i] - end <= 18

    def _in_word(self, at: int) -> bool:
        """Tell whether a calendar word is no word here: 三|年初, 项目|前期, 本次|年会, 大年|初二."""
        text, first = self.text, self.text[at]
        before, after = text[at - 1 : at], text[at + 2 : at + 3]
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
        if before == "的" and text.startswith("明天", at):
            return True
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
        if start in self.named:
            return PeriodFound(start, self.named[start], None, self.published, "since", "periods.named_since")
        first = self.text[start]
        if first in "0123456789" and (start == 0 or self.text[start - 1] not in _OPENING_OR_PART):
            point = self.points.quick(start)
            if point is not None and not self._since_near(point.end):
                return PeriodFound(start, point.end, point.dates[0], point.dates[1], point.type)
        for reader in self._readers(first):
            period = reader(start)
            if period is not None:
                if period.type in ("plan", "range") and period.start_date is not None:
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
        """Read a five-year plan period: ``“十三五”期间 -> 2016 to 2020``."""
        text = self.text
        quoted = start > 0 and text[start - 1] in '“"「『'
        short, long = plan_patterns()
        match = short.match(text, start - 1 if quoted else start) or long.match(text, start)
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
        first, last = calendar_words().plans[named]
        begin, end = match.span()
        if not groups["edge"] and not self.points.compared(begin):
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
        context = self.points.context
        if self.published is not None:
            if plan[1] <= self.published.year:
                context.plan = plan
        elif context.plan is None or context.plan == plan:
            context.plan = plan
        else:
            context.plan = 0, 0

    @rule(
        "periods.anchored_length",
        "periods",
        says=[
            ("40多年来不断发展", {"text": "40多年来", "start_date": "1982-09-14", "end_date": "2022-09-14"}),
            ("过去的五年", {"text": "过去的五年", "start_date": "2017-09-14"}),
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
        """Read a length anchored at the publication: ``近4年来``, ``过去五年``, ``未来三年``, ``十年间``."""
        match = LENGTH.match(self.text, start)
        if match is None:
            return None
        lead, tail, count = match["lead"], match["tail"], integer(match["n"])
        end, unit = match.end(), match["unit"].removesuffix("多") if match["unit"].startswith("年") else match["unit"]
        following = self.text[end : end + 1]
        if tail == "来" and following and following in "源自到临看说往访函电":
            tail, end = None, end - 1
        if tail == "前" and lead:
            tail, end = None, end - 1
        if tail in ("中", "里", "内", "后") and not (
            lead in _ANCHORED_LEADS or (tail == "中" and _ROUND.fullmatch(match["n"]))
        ):
            tail, end = None, end - 1
        if tail == "间" and start > 0 and self.text[start - 1] == "的":
            return None
        if tail == "内" and following in "部容":
            return None
        if lead == "近" and tail is None and _LASTED.search(self.text[max(0, start - 3) : start]):
            return None
        if lead == "近" and (tail == "后" or following == "后"):
            return None
        if not self._anchored(lead, tail, count, unit, end):
            return None
        if tail is None and lead is None:
            return None
        dates = self._length_dates(lead, tail, count, unit)
        return PeriodFound(match.start(), end, dates[0], dates[1], "relative", "periods.anchored_length")

    def _anchored(self, lead: str | None, tail: str | None, count: int, unit: str, end: int) -> bool:
        if tail in ("以来", "来", "间", "中", "前"):
            return not (lead in ("近", None) and tail == "前" and count == 0)
        if lead == "近":
            return (count <= 10 and calendar_words().length_noun.match(self.text, end) is None) or tail in (
                "里",
                "内",
                "中",
            )
        if lead == "这":
            return unit == "年"
        return lead is not None

    def _length_dates(self, lead: str | None, tail: str | None, count: int, unit: str) -> Span:
        today, plan = self.published, self.points.context.plan
        if count == 5 and unit == "年" and (lead == "这" or (lead is None and tail in ("来", "以来", "间"))):
            return (date(plan[0], 1, 1), date(plan[1], 12, 31)) if plan and plan[1] else (None, None)
        if lead == "这" and not tail:
            return None, None
        if today is None:
            return None, None
        sign = 1 if lead in calendar_words().future or (lead is None and tail == "后") else -1
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
            return shift_days(day, count // 24)
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
    def _event(self, start: int) -> PeriodFound | None:
        """Read the time since a dated event: ``党的十八大以来 -> 2012-11-08 to the publication``."""
        match = calendar_words().since.match(self.text, start)
        if match is None:
            return None
        begin = start - (self.text[start - 1 : start] == "自")
        return PeriodFound(
            begin, match.end(), calendar_words().events[match["event"]], self.published, "since", "periods.event"
        )

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
            ("18到20日举行", {"text": "18到20日", "start_date": "2022-08-18", "end_date": "2022-08-20"}),
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
        begun = (
            _BEGUN.match(text, period.end) if tail is None and not is_range and self._since_near(period.end) else None
        )
        if begun is not None and not self._resumed(begun, before):
            period.start -= 1 if source else 0
            period.end, period.rule = begun.end(), "periods.dated_since"
            period.end_date, period.type = self.published, "since"
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

    @rule(
        "periods.dated_since",
        "periods",
        says=[
            (
                "自2019年开办以来，累计接待",
                {"text": "自2019年开办以来", "start_date": "2019-01-01", "end_date": "2022-09-14", "type": "since"},
            ),
            ("今年入汛以来，全省", {"text": "今年入汛以来", "start_date": "2022-01-01", "type": "since"}),
        ],
        refuses=["有记录以来最热", "连续三年开办以来"],
    )
    def _resumed(self, begun: re.Match[str], before: str) -> bool:
        """Read a date and what began then up to 以来 as one: ``自2019年开办以来``; not where another since begins."""
        inside = begun.group()
        return before[-1:] in ("比", "为", "较") or calendar_words().since.search(inside) is not None

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
    return at >= 0 and text[at] in _DIGIT_CHARACTERS


def read_periods(reading: Reading, numbers: list[Number]) -> list[PeriodFound]:
    """Find the periods of a view, in order, none overlapping."""
    return PeriodReader(reading, numbers).read()
