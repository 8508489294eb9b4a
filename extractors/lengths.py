"""Read a length anchored at the publication: ``近4年来``, ``过去五年``, ``未来三年``, ``十年间``."""

import re
from datetime import date

from extractors.calendar_records import Context, PeriodFound, integer
from extractors.calendar_words import calendar_words
from extractors.dates import Span, shift_days, shift_months
from extractors.rules import rule

LENGTH = re.compile(
    r"(?P<lead>近|最近|过去|未来|今后|此后|往后|今年以来的|这)?(?:的)?"
    r"(?P<n>[0-9]{1,3}|[一二三四五六七八九十两]{1,3})(?P<many>[余多](?=年(?:以?来|间)))?\s?"
    r"(?P<unit>年(?:多(?=以?来))?|个多月|个月|天|周|个星期|个季度|小时)"
    r"(?P<tail>以来|[来间中内里前后])?"
)
_PAST_LEADS = frozenset(("近", "最近", "过去"))
_ANCHORED_LEADS = frozenset(("近", "最近", "过去", "未来", "今后", "此后", "往后"))
_AFTER = re.compile(r"之?后(?![期续备勤台疫])")
_APPOSED = re.compile(r"(?:至|到|-|—|–|~|～)[ \u3000]?[0-9〇零一二三四五六七八九]{4}(?:年度?)?的?这?$")
"""A range of years, which a length behind it only sums up: ``2019年至2021年三年间``, ``从2018年到2022年这5年间``."""

_ROUND = re.compile(r"[一二三四五六七八九]?十|[1-9]0")
_LASTED = re.compile(r"(?:历时|长达|为期|[用耗留驻花]|[经历]过?|走过|持续|时隔|相隔|度过|等待)了?$")


class LengthReader:
    """Reads the anchored lengths of one view; 五年来 is the plan that the context names."""

    def __init__(self, text: str, published: date | None, context: Context) -> None:
        self.text = text
        self.published = published
        self.context = context

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
        refuses=[
            "走过了近120年历程",
            "工期180天",
            "连续三年增长",
            "这项纪录在过去20年后仍无人打破",
            "北宋1019到1021三年间屡兴河工",
        ],
    )
    def read(self, start: int) -> PeriodFound | None:
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
        if lead in _PAST_LEADS and _AFTER.match(self.text, end - (tail == "后")):
            return None  # 过去 is a verb here
        if lead in _PAST_LEADS and tail == "后":
            tail, end = None, end - 1  # 过去三年|后疫情时代
        if lead in (None, "这") and _APPOSED.search(self.text[max(0, start - 10) : start]):
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
        today, plan = self.published, self.context.plan
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
