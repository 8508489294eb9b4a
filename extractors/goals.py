"""Find the parts of an article that speak of what is to come: sections and lists under a heading of goals.

``二、“十五五”时期主要目标和重点任务`` opens one up to the next heading of its kind, ``到2030年努力实现以下目标：`` one
over the items of its list. What such a part counts is a target unless it says that it is done (已, 去年).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache

from extractors.periods import PeriodFound
from extractors.tables import alternation, load

_HEADING = re.compile(
    r"^[ \u3000]*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[）)])[^。！？\n]{2,40}$",
    re.MULTILINE,
)
_ENUMERATED = ("一、", "二、", "三、", "（一）", "（二）", "(一)", "(二)", "部分")
_TOP = re.compile(r"[ \u3000]*第?[一二三四五六七八九十]{1,3}(?:、|部分)")
_ANNEX = re.compile(r"^[ \u3000]*(?:名词解释|名词注释|注释|附注)[^。！？\n]{0,12}$", re.MULTILINE)
_LEAD_IN = re.compile(r"[：:][ \u3000]*\n")
_ANNOUNCED = re.compile(r"(?:目标|任务|安排)[^。！？\n]{0,6}$")
_ITEM = re.compile(r"[ \u3000]*(?:—{1,2}|--|[●▲■◆★·•]|[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．]|[①-⑳])")
_NEXT_LINE = re.compile(r"\n+")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load("facts")["goals"]
    return re.compile(alternation(table["heads"])), re.compile(alternation(table["over"]))


class Goals:
    """Knows where one view speaks of goals."""

    def __init__(self, text: str, periods: Sequence[PeriodFound], published: date | None) -> None:
        self.spans = sorted([*_sections(text, periods, published), *_lists(text)])
        self.starts = [start for start, _ in self.spans]

    def covers(self, position: int) -> bool:
        """Tell whether a position lies in a part that speaks of goals."""
        i = bisect_right(self.starts, position)
        return i > 0 and position < self.spans[i - 1][1]


def _sections(text: str, periods: Sequence[PeriodFound], published: date | None) -> list[tuple[int, int]]:
    """Give the sections under a heading of goals for a time that is not over: 三、2026年工作安排 in January 2026."""
    if not any(map(text.__contains__, _ENUMERATED)):
        return []
    headings, starts = list(_HEADING.finditer(text)), [period.start for period in periods]
    spans = []
    for index, match in enumerate(headings):
        inside = periods[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        if not _opens(text, match.span(), inside, published):
            continue
        top = _TOP.match(text, match.start()) is not None
        following = (
            other.start() for other in headings[index + 1 :] if not top or _TOP.match(text, other.start()) is not None
        )
        stop = next(following, len(text))
        annex = _ANNEX.search(text, match.end(), stop)
        spans.append((match.end(), annex.start() if annex is not None else stop))
    return spans


def _opens(text: str, heading: tuple[int, int], inside: Sequence[PeriodFound], published: date | None) -> bool:
    """Tell whether a heading with these periods announces goals: a word for them, and a time that is not over."""
    heads, over = _words()
    if heads.search(text, *heading) is None or over.search(text, *heading) is not None:
        return False
    if not inside or any(period.type not in ("year", "plan", "until", "part") for period in inside):
        return False
    last = max((period.end_date for period in inside if period.end_date is not None), default=None)
    return published is None or last is None or last >= published


def _lists(text: str) -> list[tuple[int, int]]:
    """Give the lists behind a line that ends with goals and a colon: the lines that begin with a mark of items."""
    spans = []
    for match in _LEAD_IN.finditer(text):
        if _ANNOUNCED.search(text[max(0, match.start() - 10) : match.start()]) is None:
            continue
        at = end = match.end() - 1
        while (line := _NEXT_LINE.match(text, at)) is not None and _ITEM.match(text, line.end()) is not None:
            stop = text.find("\n", line.end())
            at = end = stop if stop >= 0 else len(text)
        if end >= match.end():
            spans.append((match.end(), end))
    return spans
