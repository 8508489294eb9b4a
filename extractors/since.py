"""Read the time since something began: ``自2019年开办以来``, ``自贸片区设立以来``."""

import re
from bisect import bisect_left
from datetime import date
from functools import cache

from extractors.calendar_records import PeriodFound
from extractors.calendar_words import calendar_words
from extractors.rules import rule
from extractors.tables import alternation, load

_NOT_SUBJECT = re.compile(
    r"是|为(?!了)|出现|迎来|遭遇?|发生(?=入)|受(?=入|疫)|创下?(?![办立建刊])|达到|听取|讲述|总结|运用|回顾|盘点|遇(?=入)"
    r"|对(?![外口华台标接])|[在据](?=疫)"
)
"""What stands before these in a clause does not begin with the rest: ``多地出现入汛以来最强降雨``."""

_OWN = re.compile(r"自(?![贸治主由然己动身有愿助驾来律])从?")
_SINCE = re.compile(r"以来")
_REACH = 22
_CLAUSE_ENDS = "，。；：、！？\n\u3000 （）()|"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compile a beginning before 以来 alone, behind a date, and behind what began."""
    begins = f"(?:{alternation(load('periods')['since']['begins'])})以来"
    return (
        re.compile(begins),
        re.compile(rf"(?!在)[^，。；：、？！\n（）()0-9的了其将已被称]{{0,14}}?{begins}"),
        re.compile(rf"(?:自从?|从)?(?P<subject>[^0-9的了将已被年月日号]{{0,16}}?){begins}"),
    )


class SinceReader:
    """Knows every 以来 of one view, and what began without a date: ``named`` is where it starts -> where it ends."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.named: dict[int, int] = {}
        self.at: list[int] = []
        self._find()

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
    def _find(self) -> None:
        """Find the time since something began on a day that the text does not tell: ``自贸片区设立以来``."""
        begins, _, _ = _patterns()
        for match in _SINCE.finditer(self.text):
            at = match.start()
            if begins.match(self.text, max(0, at - 2)) is not None:
                self.at.append(at)
                begin = self._subject(at)
                if begin is not None:
                    self.named[begin] = at + 2

    def _subject(self, at: int) -> int | None:
        """Give where what began before 以来 is named: the head of its clause, or its own 自."""
        text = self.text
        left = text[max(0, at - _REACH) : at]
        cut = max(left.rfind(end) for end in _CLAUSE_ENDS)
        if cut < 0 and at > _REACH:
            return None
        head = at - len(left) + cut + 1
        head = max((verb.end() for verb in _NOT_SUBJECT.finditer(text, head, at)), default=head)
        own = _OWN.search(text, head, at)
        match = _patterns()[2].fullmatch(text, own.start() if own else head, at + 2)
        if match is None or calendar_words().since.search(text, head, at + 2) is not None:
            return None
        alone = own is not None or len(match["subject"]) > 1 or text[at - 2] in "入开建"
        return match.start() if alone else None

    def near(self, end: int) -> bool:
        """Tell whether 以来 stands close behind, so that the words before it may belong to the period."""
        i = bisect_left(self.at, end)
        return i < len(self.at) and self.at[i] - end <= 18

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
    def dated(self, period: PeriodFound) -> bool:
        """Read a date and what began then up to 以来 as one: ``自2019年开办以来``; not where another since begins."""
        begun = _patterns()[1].match(self.text, period.end) if self.near(period.end) else None
        before = self.text[period.start - 1 : period.start]
        if begun is None or before in ("比", "为", "较") or calendar_words().since.search(begun.group()) is not None:
            return False
        period.start -= before in ("自", "从")
        period.end, period.rule = begun.end(), "periods.dated_since"
        period.end_date, period.type = self.published, "since"
        return True
