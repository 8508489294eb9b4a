"""Read one place on the calendar: a year, a part of it, a month, a day, a word for one of them.

``上年`` and a bare ``8月`` take the year that governs the paragraph, else the year of publication; without either their
dates are null, never guessed.
"""

import re
from datetime import date
from functools import cache

from extractors.calendar_records import Context, Point, integer
from extractors.calendar_words import calendar_words
from extractors.dates import Span, day_of, last_day, months, shift_days, shift_months, year_of
from extractors.rules import rule
from extractors.tables import alternation, load
from extractors.units import find_unit
from extractors.word_points import WordReader, edge_of

_GAP = r"[ \u00a0\u3000]?"
_YEAR4 = r"(?:19|20)[0-9]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
_DASH = r"[ \u3000]?(?:—{1,2}|–|―|－|-|~|～|至|到)[ \u3000]?"
DASH = re.compile(_DASH)
"""What stands between the ends of a range."""

BARE_YEAR = re.compile(rf"{_YEAR4}(?![0-9.])")
_QUICK = re.compile(
    rf"(?:(?P<month>1[0-2]|[1-9])月(?P<day>3[01]|[12][0-9]|[1-9])日|(?P<year>{_YEAR4})年)"
    r"(?![0-9〇零一二三四五六七八九十以来起前至到期时之底末初度的上下全第春夏秋冬同正元头开后间中内代线楼门文年、和与及Qq"
    r" \u00a0\u3000—–―－~～-])"
)
_LIST_SAME_PERIOD = re.compile(rf"[、和与及]{_YEAR4}年同期")
_OF_BASE = re.compile(
    r"的(?:近|约|超过|超)?[0-9.点一二三四五六七八九十两]+(?:多|余)?[倍%成]|不变价|价格计算|为(?:基期|100)|的(?:实际)?(?:水平|实绩|基数)"
)
"""A year in front of these serves a comparison: ``2012年的5.1倍``, ``2015年不变价格``."""
_YEAR_AHEAD = re.compile(rf"(?<![0-9比较由从自到至])({_YEAR4})年(?!同期)")
_DIGITS = tuple("0123456789")
_SPOKEN_DAY = re.compile(
    r"[0-9]{1,2}月[0-9]{1,2}号|本月[0-9]{1,2}号|当地时间[0-9]{1,2}号|[。！？\n\u3000 ][0-9]{1,2}号，"
    r"|[0-9]{1,2}号(?:上午|下午|晚|凌晨|中午|表示|宣布|称|说)"
)
_NEXT = frozenset(("第二年", "次年", "翌年"))
_LOOSE = frozenset(("当年", "同年"))
"""Without a year in the paragraph they mean 'back then': no mention."""

_NUMBER = r"[0-9一二三四五六七八九十]{1,3}"
_EVERY = re.compile(
    rf"每个?(?:[年月周]|季度|年度)(?:度|的)?(?:{_NUMBER}(?:月份?|日|号)[—至到-])?(?:{_NUMBER}月(?:{_NUMBER}[日号][—至到-])?){{0,2}}$"
)
"""A day or month behind these is one of each year or month: ``每年3月31日前``, ``每月15日``."""

_SERIES = re.compile(r"[播》”]|节目|纪录片|综艺")
"""Near these 第二季 is the season of a series, no quarter."""

_BEFORE_DAY = frozenset(("本月", "上月", "当月"))
MONTHS = {"十一": 11, "十二": 12, "十": 10, "正": 1, "元": 1, **{c: i for i, c in enumerate("一二三四五六七八九", 1)}}
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2}
SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


@cache
def point_pattern() -> re.Pattern[str]:
    """Compile one place on the calendar; every part is optional, so an empty match is none."""
    context, words = load("periods")["context"], calendar_words()
    years = alternation([*words.years, *words.years_told])
    verbs, no_day = alternation(context["number_verbs"]), alternation(context["no_day_after"])
    things = alternation(context["number_things"])
    return re.compile(
        rf"""
        (?: (?P<iso> (?P<iy>(?:19|20)[0-9]{{2}}) (?P<isep>[-./]) (?P<im>1[0-2]|0?[1-9])              # 2021-09-13
            (?P=isep) (?P<id>3[01]|[12][0-9]|0?[1-9]) (?![0-9.]) )
          | (?:
                (?: (?P<open> {_YEAR4} ) (?=                                                        # 2016—2020年
                        {_DASH} {_YEAR4} (?:年|赛季|财年|学年|[，。；）)、\s]|的?这?[二两三四五六七八九十]{{1,2}}年)
                      | 底 | 末(?!端|梢) | 财年 | 赛季 | 学年
                      | [上下]半年 | 第?[一二三四]季度 | [Qq][1-4](?![0-9A-Za-z])
                      | [、和与及] {_YEAR4} (?:年|[、和与及] (?:19|20)) )
                  | (?P<year> (?:1[0-9]|20|21)[0-9]{{2}} | [一二][〇零0九八七六五四三二一]{{3}} )
                        {_GAP}年 (?:度(?!假|过))?
                  | (?P<short> [0-9]{{2}} ) 年                                                        # 21年底
                        (?=度|底|末|初|以来|第?[一二三四]季度|[上下]半年|1?[0-9]月|1?[0-9]?[—-]1?[0-9]月)
                  | (?P<listed> [0-9]{{2}} ) 年 (?= [、和与及][0-9]{{2}}年 | (?<= [0-9]{{2}}年[、和与及][0-9]{{2}}年 ) )
                  | (?P<thismonth> 本月|上月|当月 )(?=[0-9]{{1,2}}[日号])
                  | (?P<named> {years} )(?!级|龄)
                )
                {_GAP} (?: 的(?=[上下]半年|[前第]?[一二三四]个?季度|1?[0-9]月) )?
            )?
            (?:
                (?P<all> 全年 )
              | (?P<half> [上下]半年 ) (?P<halfedge> [末底] )?
              | (?P<q1> 第?[一二三四1-4] ) (?: {_DASH} (?P<q2> [一二三四1-4] ) )? {_GAP}季度 (?P<qedge> [末初底] )?
              | (?P<q3> 第[一二三四1-4] ) 季 (?![度节军赛])
              | [Qq] (?P<qlatin> [1-4] ) (?![0-9A-Za-z])
              | 前 (?P<quarters> [一二三两123] ) 个?季度
              | [前头] (?P<months> 十[一二]?|1[0-2]|[1-9]|[一二三四五六七八九两] ) 个?月(?!份|底|末|[0-9])
              | (?P<season> [春夏秋冬]季 )
              | (?P<m1> {_MONTH} ) (?: 月份? )? {_DASH} (?P<m2> {_MONTH} ) 月份?
                    (?! {_GAP}[0-9一二三四五六七八九十]{{1,3}}[日号] | [上中下]旬 )
              | (?P<month> {_MONTH}|正|元 ) {_GAP}月
                  (?! (?<=[正一二三四五六七八九十]月) (?: 廿 | 初[一二三四五六七八九十] ) )         # 三月初八 is lunar
                  (?: (?:份)? (?P<xun> [上中下]旬 ) (?P<xedge>末)?
                    | {_GAP}(?P<day> {_DAY} ) [日号] (?!线|楼|门|文)
                    | (?P<bareday> 3[01]|[12][0-9]|[1-9] ) (?= {_DASH} {_DAY}[日号] | [、和] {_GAP} {_DAY}[日号])
                    | 份? (?P<medge> 底|末|初 )
                    | 份 )?
              | (?P<loneday> 3[01]|[12][0-9]|[1-9] )                                              # 18到20日
                    (?= (?:—{{1,2}}|–|-|~|～|至|到) (?:3[01]|[12][0-9]|[1-9])日(?![内均游]) )
              | (?P<lonemonth> {_MONTH} ) (?= 、 {_MONTH} (?:月|两个月) )
              | (?P<lonequarter> [一二三] ) (?= 、 [二三四]季度 )
              | (?P<edge> 年底|年末|年初(?!次|中|级)|岁末|底|末|初(?!次|中|级|步|衷|心|学) )
              | (?P<festival> 春节前? )
              | (?P<number> 3[01]|[12][0-9]|[1-9] ) 号 (?= {verbs} | 起(?!火) | [至到]{_GAP}[0-9]{{1,2}}号 )
              | (?P<spoken> 3[01]|[12][0-9]|[1-9] ) 号 (?! {things} | [、和与及至到] | ["”’）)] )
              | (?P<dayonly> {_DAY} )
                    (?: 日 | (?<=[至到月][0-9])号 | (?<=[至到月][0-9][0-9])号 )
                    (?! {no_day} | 前(?!后) | 报(?!道|告) | 落(?![在入马成户幕网]) | 产(?![生卵仔]) )
            )?
            (?P<same> 同期 )?
        )
        """,
        re.VERBOSE,
    )


@cache
def _year_before_noun() -> re.Pattern[str]:
    after = re.escape(load("periods")["context"]["no_year_after"])
    return re.compile(rf"(?:19[5-9]|20[0-4])[0-9](?=[\u4e00-\u9fa5“《）])(?![{after}])")


class PointReader:
    """Reads the points of one view; ``context`` is what the period reader knows to govern them."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.context = Context()
        self.words = WordReader(text, published, self.context, self._governing_year)
        self.paragraph = 0
        self.spoken: bool | None = None

    def quick(self, start: int) -> Point | None:
        """Read ``4月8日`` and ``2021年`` at once where nothing behind them can belong to them: most points are such."""
        match = _QUICK.match(self.text, start)
        if match is None:
            return None
        if match["year"]:
            year = int(match["year"])
            if not self.compared(start):
                self.context.year, self.context.month, self.context.told = year, None, None
            return Point(start, match.end(), year_of(year), "year", year, explicit=True)
        if (
            start
            and self.text[start - 1] in "年月周度的—至到-"
            and _EVERY.search(self.text[max(0, start - 16) : start])
        ):
            return None
        month, governing = int(match["month"]), self._month_year(int(match["month"]), start)
        self.context.month = month
        if governing is None:
            return Point(start, match.end(), (None, None), "day", None, month)
        day = day_of(governing, month, int(match["day"]))
        if day is None:
            return None
        self.context.day = day
        return Point(start, match.end(), (day, day), "day", governing, month)

    def point(self, start: int, after: Point | None = None) -> Point | None:
        """Read one point; ``after`` is the range's first end, whose year and month a bare one takes."""
        word = calendar_words().word.match(self.text, start)
        if word is not None and (
            word.group() not in _BEFORE_DAY or self.text[word.end() : word.end() + 1] not in _DIGITS
        ):
            return self.words.read(word)
        match = point_pattern().match(self.text, start)
        if match is None or match.end() == start:
            return self._bare_year_point(start, after)
        point = self._numeric(match, after)
        while point is not None and self.text[point.end - 1] in " \u00a0\u3000":
            point.end -= 1
        return point

    @rule(
        "periods.bare_year",
        "periods",
        says=[
            ("发布2022纪录片片单", {"text": "2022", "start_date": "2022-01-01", "end_date": "2022-12-31"}),
        ],
        refuses=["共有2022名学员", "编号2022号文"],
    )
    def _bare_year_point(self, start: int, after: Point | None) -> Point | None:
        """Read four digits in front of a noun as a year: ``发布2022纪录片``; a count has its classifier."""
        match = _year_before_noun().match(self.text, start)
        ends_range = after is not None and after.type == "year"
        if ends_range:
            match = match or BARE_YEAR.match(self.text, start)
        elif start > 0 and self.text[start - 1] in calendar_words().no_year_before:
            return None
        if match is None:
            return None
        year = int(match.group())
        if (
            year > (self.published.year if self.published else 2030) + 10
            or find_unit(self.text, match.end()) is not None
        ):
            return None
        return Point(start, match.end(), year_of(year), "year", year, explicit=True, rule="periods.bare_year")

    def _governing_year(self, position: int) -> int | None:
        """Give the year under discussion: the paragraph's explicit year, else the publication's."""
        if self.context.year is not None:
            return self.context.year
        if self.published is not None:
            return self.published.year
        if self.paragraph not in self.context.years_ahead:
            end = self.text.find("\n", position)
            ahead = _YEAR_AHEAD.search(self.text, self.paragraph, end if end >= 0 else len(self.text))
            self.context.years_ahead[self.paragraph] = integer(ahead[1]) if ahead else None
        return self.context.years_ahead[self.paragraph]

    def _named_year(self, name: str, position: int) -> int | None:
        """Resolve 今年 去年 明年 by the publication, 上年 当年 次年 by the year under discussion."""
        by_publication = calendar_words().years.get(name)
        if by_publication is not None:
            if self.published is None:
                return None
            if not self.compared(position):
                self.context.told = self.published.year + by_publication
            return self.published.year + by_publication
        if name in _LOOSE:
            return self.context.year
        if name == "第二年" and self.context.told is None and self.context.year is None:
            return None  # nobody can tell which year it follows
        governing = self.context.told if self.context.told is not None else self._governing_year(position)
        return governing + calendar_words().years_told.get(name, 0) if governing is not None else None

    def _year(self, match: re.Match[str], after: Point | None) -> tuple[int | None, bool, bool]:
        """Give (year, written, governs what follows) of a point."""
        if match["year"] or match["open"]:
            year = integer(match["year"] or match["open"])
            if not self.compared(match.start()) and not _OF_BASE.match(self.text, match.end()):
                self.context.year, self.context.told = year, None
                self.context.month = None
            return year, True, True
        if match["short"] or match["listed"]:
            short = int(match["short"] or match["listed"])
            year = 2000 + short if short <= 49 else 1900 + short
            self.context.year = year
            return year, True, True
        if match["named"]:
            after_year = after.year if after is not None and match["named"] in _NEXT else None
            return after_year + 1 if after_year else self._named_year(match["named"], match.start()), True, False
        return None, False, False

    @rule(
        "periods.point",
        "periods",
        says=[
            ("一、二季度", {"text": "一", "start_date": "2022-01-01", "end_date": "2022-03-31"}),
            ("提高到2025年的水平", {"text": "2025年", "start_date": "2025-01-01"}),
            (
                "2021年9月13日召开",
                {"text": "2021年9月13日", "start_date": "2021-09-13", "end_date": "2021-09-13", "type": "day"},
            ),
            ("前三季度", {"text": "前三季度", "start_date": "2022-01-01", "end_date": "2022-09-30", "type": "part"}),
            ("1至8月份", {"text": "1至8月份", "start_date": "2022-01-01", "end_date": "2022-08-31"}),
            ("二〇二一年", {"text": "二〇二一年", "start_date": "2021-01-01"}),
            ("一季度末", {"text": "一季度末", "start_date": "2022-03-31", "end_date": "2022-03-31"}),
            ("2021下半年出口增长", {"text": "2021下半年", "start_date": "2021-07-01", "end_date": "2021-12-31"}),
            ("2021Q3营收增长", {"text": "2021Q3", "start_date": "2021-07-01", "end_date": "2021-09-30"}),
            ("大前年，全市接待游客120万人次", {"text": "大前年", "start_date": "2019-01-01", "end_date": "2019-12-31"}),
            ("代表团本月20号抵达", {"text": "本月20号", "start_date": "2022-09-20"}),
        ],
        refuses=[
            "认缴规模2021亿元",
            "项目1500余个",
            "近年来",
            "常年供应",
            "每年5月集中检修",
            "三月初八庙会",
            "每年度第一季度",
            "扩大前年产量仅3万吨",
        ],
    )
    def _numeric(self, match: re.Match[str], after: Point | None) -> Point | None:
        """Read a year, a half, a quarter, a month or a day: ``前三季度 -> 1 January to 30 September``."""
        start, end = match.span()
        if match["iso"]:
            day = day_of(int(match["iy"]), int(match["im"]), int(match["id"]))
            return Point(start, end, (day, day), "day", int(match["iy"]), explicit=True) if day else None
        if match["thismonth"]:
            return self._this_month(match)
        if match["named"] in _LOOSE and self.context.year is None:
            return None
        if match["named"] == "第二年" and self.text[match.start() - 1 : match.start()] in ("的", "续"):
            return None
        if match["listed"] and not self._listed_year(match):
            return None
        bare = not (match["year"] or match["open"] or match["short"] or match["listed"] or match["named"])
        if bare and not self._may_stand_bare(match, after):
            return None
        year, written, explicit = self._year(match, after)
        if not written:
            year = after.year if after is not None and after.year is not None else self._bare_year(match)
        point = self._part(match, year, written, after)
        if point is None:
            return None
        point.explicit = explicit
        if match["same"] or (match["open"] and _LIST_SAME_PERIOD.match(self.text, match.end())):
            point = self._same_period(point)
        return point

    def _listed_year(self, match: re.Match[str]) -> bool:
        """Tell whether ``21年`` stands in a list of years one after another; ``10年、20年`` are lengths."""
        text, short = self.text, int(match["listed"])
        behind, before = text[match.end() + 1 : match.end() + 3], text[max(0, match.start() - 4) : match.start() - 2]
        neighbours = [int(near) for near in (behind, before) if near.isdecimal()]
        return any(abs(short - near) == 1 for near in neighbours)

    def _this_month(self, match: re.Match[str]) -> Point | None:
        """Resolve ``本月3号``, ``上月28日`` by the publication."""
        number = match["dayonly"] or match["number"] or match["spoken"]
        if number is None:
            return None
        first = self.words.month(match["thismonth"], match.start())[0]
        day = day_of(first.year, first.month, integer(number)) if first else None
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
        if match["q3"] and (before.strip("，。；：（、") or _SERIES.search(text, max(0, start - 30), match.end() + 30)):
            return False
        if match["months"] and before and before in "提目当此空超生先史":
            return False
        if (
            before
            and before in "年月周度的—至到-"
            and after is None
            and _EVERY.search(text[max(0, start - 16) : start])
        ):
            return False
        if before and before in "0123456789.∶:第" and after is None:
            return False
        if match["spoken"] and after is None and not self._speaks_of_days():
            return False
        named = before.strip() and (before.isascii() or before in calendar_words().no_number_before)
        if (match["number"] or match["spoken"]) and after is None and named:
            return False
        if match["dayonly"]:
            number = integer(match["dayonly"])
            if after is None and calendar_words().no_day_before.search(text[max(0, start - 3) : start]):
                return False
            if not match["dayonly"].isascii() and after is None and number < 11 and before not in "至—-月，。、（(":
                return False
            return 1 <= number <= 31
        return True

    @rule(
        "periods.spoken_day",
        "periods",
        says=[("代表团9月9号抵达，16号离开", {"text": "16号", "start_date": "2022-09-16", "end_date": "2022-09-16"})],
        refuses=["春江花园16号离学校很近", "神舟7号", "1号、2号入口"],
    )
    def _speaks_of_days(self) -> bool:
        """Tell whether the article writes days as 号 elsewhere, beyond doubt: ``9月17号``, ``17号上午``."""
        if self.spoken is None:
            self.spoken = _SPOKEN_DAY.search(self.text) is not None
        return self.spoken

    def _bare_year(self, match: re.Match[str]) -> int | None:
        """Give the year of a bare month or part."""
        month = match["month"] or match["m2"]
        so_far = match["months"] or match["quarters"]
        if so_far and self._long_ahead(
            3 * _quarter(so_far) if match["quarters"] else MONTHS.get(so_far) or integer(so_far)
        ):
            return self.published.year - 1 if self.published is not None else None
        if month:
            return self._month_year(MONTHS.get(month) or integer(month), match.start())
        return self._governing_year(match.start())

    def _long_ahead(self, month: int) -> bool:
        """Tell whether what is said to have passed ends half a year after the publication: 前三季度 in January."""
        return self.context.year is None and self.published is not None and month - self.published.month >= 6

    def _month_year(self, month: int, position: int) -> int | None:
        """Give the year of a bare month: the paragraph's, else the publication's, but never far ahead of it."""
        if self.context.year is None and self.published is not None and month - self.published.month >= 9:
            return self.published.year - 1
        return self._governing_year(position)

    def _aside(self, start: int, end: int) -> bool:
        """Tell whether a month only serves another: ``比6月增长``, ``自6月…以来``; ``从6月情况看`` tells of it."""
        text = self.text
        if text.startswith("以来", end):
            return True
        return text[start - 1 : start] in tuple("比较同与自从由至到") and "看" not in text[end : end + 5]

    def _part(self, match: re.Match[str], year: int | None, written: bool, after: Point | None) -> Point | None:
        start, end = match.span()
        if match["month"]:
            return self._month(match, year)
        if match["dayonly"] or match["number"] or match["spoken"] or match["loneday"]:
            return self._day_only(match, after)
        dates, kind = self._part_dates(match, year)
        return Point(start, end, dates, kind, year if written or after else None)

    def _part_dates(self, match: re.Match[str], year: int | None) -> tuple[Span, str]:
        """Give the dates of a year or one of its parts."""
        unknown: Span = (None, None)
        if match["half"]:
            first, last = (1, 6) if match["half"][0] == "上" else (7, 12)
            return (edge_of(months(year, first, last), match["halfedge"]) if year else unknown), "part"
        if match["q1"]:
            first = _quarter(match["q1"])
            last = _quarter(match["q2"]) if match["q2"] else first
            if year is None or last < first:
                return unknown, "part"
            dates = months(year, 3 * first - 2, 3 * last)
            return edge_of(dates, match["qedge"]), "part"
        if match["lonemonth"]:
            month = MONTHS.get(match["lonemonth"]) or integer(match["lonemonth"])
            return (months(year, month, month) if year else unknown), "part"
        if match["q3"] or match["lonequarter"] or match["qlatin"]:
            quarter = _quarter(match["q3"] or match["lonequarter"] or match["qlatin"])
            return (months(year, 3 * quarter - 2, 3 * quarter) if year else unknown), "part"
        if match["quarters"]:
            return (months(year, 1, 3 * _quarter(match["quarters"])) if year else unknown), "part"
        if match["months"]:
            count = 2 if match["months"] == "两" else integer(match["months"])
            return (months(year, 1, count) if year else unknown), "part"
        if match["m1"]:
            first, last = integer(match["m1"]), integer(match["m2"])
            return (months(year, first, last) if year and first < last else unknown), "part"
        if match["season"]:
            first, last = SEASONS[match["season"][0]]
            if year is None:
                return unknown, "part"
            if last > 12:
                return (date(year, 12, 1), last_day(year + 1, last - 12)), "part"
            return months(year, first, last), "part"
        if match["festival"]:
            day = calendar_words().spring_festival.get(year) if year else None
            if day is not None and match["festival"].endswith("前"):
                day = shift_days(day, -1)
            return (day, day), "day"
        if match["edge"]:
            return (edge_of(year_of(year), match["edge"]) if year else unknown), "part"
        return (year_of(year) if year else unknown), "year"

    def _month(self, match: re.Match[str], year: int | None) -> Point | None:
        start, end = match.span()
        month = MONTHS.get(match["month"]) or integer(match["month"])
        if not self._aside(start, end):
            self.context.month = month
        point = Point(start, end, (None, None), "part", year, month)
        written_day = match["day"] or match["bareday"]
        point.type = "day" if written_day else "part"
        if year is None:
            return point
        dates: Span = months(year, month, month)
        if written_day:
            day = day_of(year, month, integer(written_day))
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
            dates = edge_of((date(year, month, 1), last_day(year, month)), match["medge"])
        point.dates = dates
        return point

    @rule(
        "periods.day_of_the_month",
        "periods",
        says=[
            ("记者13日获悉", {"text": "13日", "start_date": "2022-09-13", "end_date": "2022-09-13"}),
            ("记者28日获悉", {"text": "28日", "start_date": "2022-08-28"}),
            ("试验区方案17日产生", {"text": "17日", "start_date": "2022-08-17"}),
            ("9号，全市项目集中开工", {"text": "9号", "start_date": "2022-09-09"}),
        ],
        refuses=["5日内办结", "为期3日", "处5日以上15日以下拘留", "每月15日发放", "每年4月24日为宣传日"],
    )
    def _day_only(self, match: re.Match[str], after: Point | None) -> Point | None:
        """Resolve ``13日`` in the range's or paragraph's month, else as the nearest day not after publication."""
        number = integer(match["dayonly"] or match["number"] or match["spoken"] or match["loneday"])
        point = Point(match.start(), match.end(), (None, None), "day", rule="periods.day_of_the_month")
        if match["spoken"]:
            point.rule = "periods.spoken_day"
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
            self.context.day = day
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
        point.rule = "periods.same_period"
        if compared is None or year is None or compared.start_date is None or compared.end_date is None:
            return point
        back = compared.start_date.year - year
        point.dates = (
            shift_months(compared.start_date, -12 * back),
            _month_end_like(compared.end_date, back),
        )
        return point

    def compared(self, start: int) -> bool:
        """Tell whether a period only serves a comparison: ``比2012年增长``."""
        return start > 0 and self.text[start - 1] in calendar_words().compared


def _quarter(text: str) -> int:
    text = text.removeprefix("第")
    return QUARTERS.get(text) or int(text)


def _month_end_like(day: date, back: int) -> date | None:
    """Move a period's last day back by years: a month's end stays a month's end."""
    moved = shift_months(day, -12 * back)
    if moved is not None and day == last_day(day.year, day.month):
        return last_day(moved.year, moved.month)
    return moved
