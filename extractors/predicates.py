"""Read what stands between a thing and its figure: 达, 同比增长, 占…的比重, 比上年下降, 从…提高到.

The words in front of a figure are read from right to left until none fits; what is left over is the thing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from extractors.periods import PeriodFound
from extractors.tables import alternation, load

Span = tuple[int, int]

_SHARE_OF = re.compile(r"占(?!比)(?:到|据|了)?(?P<base>[^占，。]{1,30}?)(?:的)?(?:比重|比例|份额)?(?:的)?$")
_SHARE_OF_WHOLE = re.compile(
    r"(?:不得?)?(?:相当于|接近|超过|低于|高于|达到|达|不到|不足|约为|约占|仅为|为|是)了?(?P<base>[^，。的为是占]{2,24})的$"
)
_SHARE_IN = re.compile(r"在(?P<base>[^在，。]{1,24}?)中?(?:所)?占(?:的)?(?:比重|比例|份额)?$")
_SHARE_AMONG = re.compile(r"(?P<base>[^，。]{2,24})中(?P<thing>[^，。中]{2,24}?)的?(?:占比|比重|比例)$")
_CONTRIBUTES_TO = re.compile(r"对(?P<base>[^对，。]{1,24}?)的?贡献(?:率|度)?$")
_PULLS = re.compile(r"(?:拉动|带动|拉高|拉低|影响)(?P<base>[^，。]{0,16}?)$")
_CONTRIBUTED = re.compile(r"贡献了?(?P<base>[^，。]{0,10})$")
_GOES_ON = re.compile(
    r"[^。；\n]{1,40}?(?:[到至]|(?:提高|增加|扩大|降低|减少|调整|发展|变|改|转|缩短|增|升|降)(?:成|为))"
)
"""Behind 从 or 由 and a figure: only where a second level follows is it the first."""

_FROM = re.compile(r"[从由][^，。从由的]{0,10}(?:[初前时来年期末底间后])的?$")
_RATE_BEGINS = "每平"
_BLANK = " \u3000\u00a0\t"


@dataclass(slots=True)
class Predicate:
    """What the words in front of a figure say; the thing ends at ``end``."""

    end: int
    verb: str = ""
    direction: str | None = None
    basis: str | None = None
    base: Span | None = None
    share: bool = False
    contribution: bool = False
    gap: bool = False
    reaches: bool = False
    opens: bool = False
    has: bool = False
    respectively: bool = False
    multiple_of: bool = False
    of: bool = False
    per: Span | None = None
    growth_noun: bool = False
    says: bool = False
    compared: PeriodFound | None = None


@cache
def _suffixes() -> dict[str, str]:
    """Give the role of each word that may stand in front of a figure; where two fit, the earlier line wins."""
    table = load("facts")
    words: dict[str, str] = {}
    for role in ("yoy", "mom", "ytd", "avg"):
        words.update(dict.fromkeys(table["basis"][role], role))
    predicate = table["predicate"]
    for role in ("share", "contribution", "up", "down", "growth_up", "growth_down", "level", "adverb"):
        for word in predicate[role]:
            words.setdefault(word, role)
    for stem in (*predicate["reached_by"], *predicate["up"], *predicate["down"]):
        for end in predicate["reach"]:
            words[stem + end] = "reach"
    return words


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Give how long the words of the table are that end in a character, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in _suffixes():
        lengths.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


@cache
def _existential() -> frozenset[str]:
    return frozenset(load("facts")["predicate"]["existential"])


@cache
def _per() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compile 每亩, 每人每月 at the end of a stretch, and at its beginning in front of the thing."""
    units = alternation(load("facts")["predicate"]["per_units"])
    rate = rf"(?:平均)?(?:每一?(?:{units})){{1,2}}"
    return re.compile(f"{rate}$"), re.compile(rf"{rate}(?=[\u4e00-\u9fa5])")


@cache
def _over() -> frozenset[str]:
    return frozenset(load("facts")["predicate"]["over"])


@cache
def _single() -> frozenset[str]:
    return frozenset(load("facts")["predicate"]["single"])


@cache
def _gaps() -> re.Pattern[str]:
    table = load("facts")["predicate"]
    up, down = alternation(table["gap_up"]), alternation(table["gap_down"])
    return re.compile(rf"(?:(?P<up>{up})|(?P<down>{down}))(?P<ref>[^，。0-9]{{1,20}})$")


def _suffix(text: str, start: int, end: int) -> tuple[str, str]:
    """Give the longest word of the table that ends at ``end``, and its role."""
    if end <= start:
        return "", ""
    words = _suffixes()
    for length in _lengths().get(text[end - 1], ()):
        if length <= end - start and (role := words.get(text[end - length : end])) is not None:
            return text[end - length : end], role
    return "", ""


class PredicateReader:
    """Reads predicates in one text; ``periods`` are those of the sentence."""

    def __init__(self, text: str, periods: Iterable[PeriodFound]) -> None:
        self.text = text
        self.period_ends = {period.end: period for period in periods}
        self.ratio = self.points = self.whole = False
        self.before = 0

    def read(self, start: int, end: int, unit: str | None) -> Predicate:
        """Read the words in [start, end) in front of a figure of this unit."""
        predicate, self.before = Predicate(end), end
        self.ratio, self.points = unit in ("%", "‰", None), unit == "百分点"
        changed = False
        while predicate.end > start:
            if self.text[predicate.end - 1] in _BLANK:
                predicate.end -= 1
                continue
            if predicate.end in self.period_ends and self._period(predicate, start):
                continue
            word, role = _suffix(self.text, start, predicate.end)
            if not word or not self._take(predicate, word, role, start):
                if self._compared(predicate, start, changed):
                    changed = True
                    continue
                break
        self.whole = unit in ("%", "倍") and predicate.of and not (predicate.verb or predicate.reaches)
        self._from(predicate, start)
        self._nouns(predicate, start, unit)
        self._per(predicate, start)
        return predicate

    def _goes_on(self) -> bool:
        """Tell whether a second level follows the figure: 从30%|提高到35%."""
        return _GOES_ON.match(self.text, self.before) is not None

    def _period(self, predicate: Predicate, start: int) -> bool:
        """Pass over a period in front of the figure: 增长到|2021年的|2340亿元."""
        period = self.period_ends[predicate.end]
        if period.start < start:
            return False
        if period.start > start and self.text[period.start - 1] in "比较" and not predicate.basis:
            predicate.basis, predicate.compared = _basis(self.text[period.start : period.end]), period
            predicate.end = period.start - 1
        else:
            predicate.end = period.start
        return True

    def _take(self, predicate: Predicate, word: str, role: str, start: int) -> bool:
        """Take a word in; False where it cannot belong to the predicate any more."""
        before = predicate.end - len(word)
        if predicate.growth_noun and role not in ("yoy", "mom", "ytd", "avg"):
            return False
        if role in ("up", "down"):
            if predicate.verb:
                return False
            if word in _single() and not self._may_be_verb(start, before):
                return False
            predicate.verb, predicate.direction = word, role
        elif role in ("growth_up", "growth_down"):
            predicate.growth_noun = True
            predicate.verb = predicate.verb or word
            predicate.direction = predicate.direction or ("up" if role == "growth_up" else "down")
        elif role == "reach":
            if predicate.verb:
                return False
            predicate.reaches = True
        elif role in ("yoy", "mom", "ytd", "avg"):
            if role == "avg" and word == "平均" and not predicate.verb:
                return False
            predicate.basis = predicate.basis or role
        elif role == "share":
            predicate.share = self.ratio
            if word == "占":
                predicate.end = before
            return False
        elif role == "contribution":
            predicate.contribution = True
            return False
        elif word in ("从", "由", "自", "由原来", "从原来"):
            predicate.opens = self._goes_on()
            predicate.end = before
            return True
        elif word == "分别":
            predicate.respectively = True
        elif word == "的":
            if predicate.verb or predicate.reaches or predicate.says:
                return False
            predicate.of = True
        elif word == "是" and predicate.of:
            predicate.multiple_of = True
        elif role == "level":
            predicate.says = True
        elif word == "能" and self.text[before - 1] in load("facts")["predicate"]["energies"]:
            return False  # 产能, 抽水蓄能
        elif word == "所" and self.text[before - 1] in load("facts")["predicate"]["offices"]:
            return False  # 场所
        if word in _existential():
            predicate.has = True
        predicate.end = before
        return True

    def _may_be_verb(self, start: int, before: int) -> bool:
        """Tell whether a one-character verb may end here: behind 同比, 比上年, 分别, 均 or a thing, not in 最高."""
        text = self.text
        left = text[max(start, before - 12) : before]
        if not left or left[-1] in "同环年月比均别又再略微分末底初期也都将可最至多":
            return bool(left) and left[-1] not in "最至多"
        return any(mark in left for mark in "比较") or before in self.period_ends

    def _compared(self, predicate: Predicate, start: int, done: bool) -> bool:
        """Take in 比…, 较…, 与…相比 in front of the verb, and what it says of the basis."""
        if done or not (predicate.verb or predicate.gap or self.text.endswith("相比", start, predicate.end)):
            return self._gap(predicate, start)
        text, end = self.text, predicate.end
        floor = max(start, end - 24)
        table = load("facts")["basis"]
        at = max(text.rfind("比", floor, end), text.rfind("较", floor, end))
        if at < 0:
            at = max(text.rfind(word, floor, end) for word in table["compare"])
        if at < 0 or (at + 1 >= end and text[at] not in "比较"):
            return False
        if text[at - 1 : at] in tuple(table["not_compare_before"]) and at > start:
            return False
        if text[at] not in "比较" and not text.endswith("比", at, end):
            return False
        if at + 1 < end and text[at + 1] in table["not_compare_after"]:
            return False
        predicate.basis = predicate.basis or _basis(text[at + 1 : end])
        predicate.end = at
        return True

    def _gap(self, predicate: Predicate, start: int) -> bool:
        """Take in 高于全省, 低于全国平均水平 in front of percentage points."""
        if predicate.verb or predicate.gap or predicate.share or predicate.contribution:
            return False
        match = (
            _gaps().search(self.text[max(start, predicate.end - 28) : predicate.end])
            if self.points or self.ratio
            else None
        )
        if match is None or (not self.points and (match["up"] or match["down"]) not in _over()):
            return False
        predicate.gap, predicate.direction = True, "up" if match["up"] else "down"
        predicate.verb = match["up"] or match["down"]
        predicate.basis = predicate.basis or "other"
        predicate.end -= len(match[0])
        return True

    def _from(self, predicate: Predicate, start: int) -> None:
        """Take in a time told in words in front of the first level: 从搬迁之初的|500元."""
        match = _FROM.search(self.text[max(start, predicate.end - 14) : predicate.end])
        if match is not None and not (predicate.verb or predicate.share or predicate.contribution):
            predicate.opens, predicate.end = self._goes_on(), predicate.end - len(match[0])

    def _times(self, predicate: Predicate, offset: int) -> None:
        """Find what something is so many times of: 收入|是支出的|两倍."""
        match = _SHARE_OF_WHOLE.search(self.text[offset : self.before])
        if match is not None:
            predicate.multiple_of, predicate.end = True, offset + match.start()

    def _nouns(self, predicate: Predicate, start: int, unit: str | None) -> None:
        """Find 占…的比重, 对…的贡献率 and 拉动…增长 at the end of what is left."""
        text, end = self.text, predicate.end
        left = text[max(start, end - 60) : end]
        offset = end - len(left)
        if (match := _PULLS.search(left)) is not None and (self.points or predicate.verb):
            predicate.contribution, predicate.share = True, False
            predicate.base = _span(match, "base", offset)
            predicate.end = offset + match.start()
        elif predicate.contribution:
            match = _CONTRIBUTES_TO.search(left)
            if match is not None:
                predicate.base, predicate.end = _span(match, "base", offset), offset + match.start()
            else:
                predicate.end -= len(_suffix(text, start, end)[0])
        elif self.ratio and (match := _CONTRIBUTED.search(left)) is not None:
            predicate.contribution, predicate.base = True, _span(match, "base", offset)
            predicate.end = offset + match.start()
        elif unit == "倍" and self.whole:
            self._times(predicate, offset)
        elif not (self.ratio or self.points):
            return
        elif match := (
            _SHARE_IN.search(left)
            or _SHARE_OF.search(left)
            or (_SHARE_OF_WHOLE.search(self.text[offset : self.before]) if self.whole else None)
        ):
            predicate.share, predicate.base = True, _span(match, "base", offset)
            predicate.end = offset + match.start()
        elif "中" in left and (match := _SHARE_AMONG.search(left)) is not None:
            predicate.share, predicate.base = True, _span(match, "base", offset)
            predicate.end = offset + match.end("thing")
        elif predicate.share and not predicate.verb:
            word = _suffix(text, start, end)[0]
            if word in ("占比", "占比重", "所占比重", "所占比例", "占比例"):
                predicate.end -= len(word)

    def _per(self, predicate: Predicate, start: int) -> None:
        """Find 每亩, 每人每月 at the end of what is left, or at its beginning: 每亩|产量."""
        left = self.text[max(start, predicate.end - 10) : predicate.end]
        match = _per()[0].search(left) if "每" in left else None
        if match is None:
            while start < predicate.end and self.text[start] in _BLANK:
                start += 1
            ahead = (
                _per()[1].match(self.text, start, predicate.end)
                if self.text[start : start + 1] in _RATE_BEGINS
                else None
            )
            predicate.per = ahead.span() if ahead is not None else None
        else:
            predicate.per = predicate.end - len(match[0]), predicate.end
            predicate.end -= len(match[0])


def _span(match: re.Match[str], group: str, offset: int) -> Span | None:
    start, end = match.span(group)
    return (offset + start, offset + end) if end > start else None


_YOY = re.compile(r"(?:上年|去年|前一年|上一年|年前同期)(?!末|底)")
_YTD = re.compile(r"年初|(?:上年|去年|上年年|去年年)[末底]")
_MOM = re.compile(r"上个?月|上个?季|上周|前一月|上一季")
_BUDGET = re.compile(r"预算|计划|目标")


def _basis(reference: str) -> str:
    """Name what a change is against: ``上年同期 -> yoy``, ``2012年 -> other``."""
    if _BUDGET.search(reference):
        return "other"
    if _YTD.search(reference):
        return "ytd"
    if _YOY.search(reference):
        return "yoy"
    return "mom" if _MOM.search(reference) else "other"
