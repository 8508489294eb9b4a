"""Say which line breaks of a text are mere wraps, and by what evidence; the view leaves those out.

A wrongly rejoined heading is worse than a missed join. Two kinds of evidence count: the break stands inside a mention
(a numeral, a numeral and its unit, a date, a rank, a name in quotation marks), or the lines look like wrapped prose
(a clause without end, a word across the break, lines of one length).
"""

import re
from functools import cache
from itertools import pairwise

from schemas import Join
from zhengshu.segment import Cut, LazyWords

_SENTENCE_END = frozenset("。！？!?；;：:…)）】」』》>—~")
_DASHES = frozenset("—~")
_CLOSING = frozenset("”’\"'")
_LIST_MARK = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节条]|[★▲●■◆·•※*#\-—]|附件|记者|来源|作者|编辑"
)
_QUOTED = re.compile(r"《[^《》]{0,80}》|“[^“”]{0,200}”")
_PROSE_END = re.compile(r"[。！？；]")
_CLAUSE = re.compile(r"[，。；、]")
_MIN_LINE = 20
_TAIL = 12
_NEXT_TEXT = re.compile(r"\s*")
_WINDOW = 24

# --- the shapes that a break may stand in ----------------------------------------------------------------------------

_CHINESE = "〇零一二三四五六七八九十百千万亿两"
_NUMERAL = rf"(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?|[{_CHINESE}]+(?:点[〇零一二三四五六七八九]+)?)"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][〇零九八七六五四三二一]{3})年度?"
_NAMED_YEAR = r"[今去明上前当][年天日]"
_DASH = r"(?:—{1,2}|–|-|~|至|到)"
_TWELVE = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})"
_MONTH = rf"(?:{_TWELVE}月?{_DASH})?{_TWELVE}月份?"
_PART = (
    rf"上半年|下半年|全年|前?第?[一二三四两1-4]个?季度|[前头]{_NUMERAL}个?月|{_MONTH}(?:[0-9]{{1,2}}[日号]|[底末初]|[上中下]旬)?|"
    r"[春夏秋冬]季|同期|[底末初]"
)
_ORDINAL = "[一二三四五六七八九十]+"
_LEAD = r"(?:截至|截止|起至|[到自从至])?"
_COUNTED = "位|名|届|次|批|轮|期|个|家|条|款|项|年|天|季度|代|站|场"
_UNITS = (
    "个?百分点|平方公里|平方米|立方米|千瓦时|千瓦|公里|千米|公顷|公斤|美元|元|人次|个?小时|分钟|人|个|家|户|名|项|条|所|座|位|件|起|"
    "场|次|种|类|台|辆|套|处|吨|亩|米|倍|成|级|岁|天|年|%|‰|℃"
)
"""The commonest units, for a caller that gives none."""

_CALENDAR = (
    "今年|去年|明年|上年|前年|当年|今天|昨天|明天|今日|次日|当天|当日|昨日|目前|当前|同期|上半年|下半年|全年|季度|年底|年末|年初|"
    "月底|月末|以来|期间|时期|截至|截止|本月|上月|首位|榜首"
)
_WORDS = re.compile(_CALENDAR)
_ENDINGS = frozenset(word[:i] for word in _CALENDAR.split("|") for i in range(1, len(word)))
_BEGINNINGS = frozenset(word[i] for word in _CALENDAR.split("|") for i in range(1, len(word)))
_NEAR = re.compile(rf"[0-9{_CHINESE}][^，。；\s]{{0,5}}$|[第数上几近前自从到至截止分翻了党的届会过去未来今后下（-]$")
"""What a line ends in that a break inside a mention can follow; the rest is not looked at."""

_NO_END = re.compile(r"截[至止]$")
_NO_BEGINNING = re.compile(r"以来|的|[百千]分点|(?:以上|以下|以内|左右)(?=[，。；、）的])")
"""No line of prose ends in the one or begins with the other."""

_LEADS = frozenset("到自从至")
_LABELLED = re.compile(r"(?:附件|附表|专栏|图|表|[A-Za-z/.．\s]|[^\u4e00-\u9fa5：0-9]-)$")
_PLAIN = frozenset("〇零一二三四五六七八九两")
_MIXED = re.compile(rf"[0-9][余多]?[{_CHINESE}]+$")
_NUMBERED = re.compile(r"[0-9]{1,3}[.．](?![0-9])")
_CELL = re.compile(r"[0-9,.]+")
_DATE = re.compile(r"(?:19|20)[0-9]{2}年|[0-9]{1,2}[月日号]|[0-9]{1,2}年(?:以?来|前)")
"""A line of digits only is a cell or a page number, unless a date goes on below it."""

_CENTURIES = re.compile(r"(?:19|20)[0-9]{2}")
_DIGITS = re.compile(r"[0-9,.]+")
_DIGITS_LAST = re.compile(r"[0-9,.]*$")
_BEHIND_BARE = frozenset("，。；、）")


_Shapes = tuple[tuple[re.Pattern[str], bool], ...]


@cache
def _shapes(units: frozenset[str]) -> _Shapes:
    """Compile the shapes; of each, whether a part of it can be whole by itself, so that a line may end there."""
    listed = "|".join(map(re.escape, sorted(units, key=lambda unit: (-len(unit), unit)))) or _UNITS
    amount = rf"{_NUMERAL}(?:[余多]|(?<=十)几)?[十百千万亿]*[余多]?(?:{listed})"
    shapes = [
        (rf"{amount}(?:以上|以下|以内|之内|内|左右|上下)?", True),
        (rf"{_NUMERAL}(?:[、和]{_NUMERAL})+[万亿]*(?:{listed})", False),
        (rf"[数上几][十百千万亿]+[余多]?(?:{listed})|{_NUMERAL}[余多]?[万亿]+|(?<![人总户件])数[万亿]", False),
        (r"零下[0-9]+(?:\.[0-9]+)?(?:℃|摄氏度)", False),
        (r"(?<![0-9A-Za-z-])-[0-9]+(?:\.[0-9]+)?[%‰]", False),
        (rf"[0-9]+\.[0-9]+|{_NUMERAL}分之{_NUMERAL}", False),
        (rf"(?:翻了?[一两二三四]番|{_NUMERAL}分之{_NUMERAL})以上", True),
        (r"翻了?[一两二三四]番", True),
        (rf"{_NUMERAL}[%‰]?[余多]?[万亿]*(?:{listed})?(?<!截){_DASH}{_NUMERAL}[余多]?[万亿]*(?:{listed})", True),
        (rf"{amount}[/／](?:{listed})", False),
        (rf"第{_NUMERAL}(?:{_COUNTED})|第{_NUMERAL}|前{_NUMERAL}(?:位|名|强)", False),
        (rf"{_LEAD}(?:{_YEAR}|{_NAMED_YEAR})的?(?:{_PART})?(?:{_DASH}{_YEAR}|以来|开始|[起前]|期间)?", True),
        (rf"{_LEAD}(?:{_PART})(?:以来|[起前])?", True),
        (r"[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{1,2}[日号]", False),
        (rf"[0-9]{{1,2}}日?{_DASH}[0-9]{{1,2}}日", True),
        (rf"(?:近|过去|未来|今后)的?{_NUMERAL}[余多]?(?:年|个月|天|小时)(?:以?来|间|内)?", True),
        (rf"{_NUMERAL}[余多]?年(?:以?来|间|前)", True),
        (rf"{_NUMERAL}年来(?=[，、])", False),
        (rf"党的{_ORDINAL}届{_ORDINAL}中全会以来|党的{_ORDINAL}大以来|第{_ORDINAL}个五年[计规]划", False),
        (rf"{_LEAD}“{_ORDINAL}”(?:时期|期间|规划|以来|末)|{_ORDINAL}五(?:时期|期间|规划|以来|末)", False),
    ]
    return tuple((re.compile(shape), whole) for shape, whole in shapes)


def _mention_across(upper: str, lower: str, units: frozenset[str], cut: Cut | None) -> bool:
    """Tell whether the break stands inside a mention: ``5600余|亿元``, ``0.5个百|分点``, ``9月|13日``, ``第|3位``."""
    tail, head = upper[-_WINDOW:], lower[:_WINDOW]
    window, at = tail + head, len(tail)
    cannot_begin = _NO_BEGINNING.match(head)
    if _NO_END.search(tail) or (cannot_begin and _word_ends(lower, cannot_begin.end(), cut)):
        return True
    if tail[-1] in _ENDINGS or tail[-2:] in _ENDINGS:
        if any(m.start() < at < m.end() and _is_word(window, m.start(), m.end(), cut) for m in _WORDS.finditer(window)):
            return True
    elif _NEAR.search(tail[-7:]) is None:
        return False
    if _NUMBERED.match(head) or (_CELL.fullmatch(upper) and not _DATE.match(window)):
        return False
    prose = _CLAUSE.search(upper) is not None
    shapes = _shapes(units)
    for shape, may_be_whole in shapes:
        for match in shape.finditer(window):
            start, end = match.span()
            if not start < at < end:
                continue
            whole = may_be_whole and not _goes_on(window, start, at, upper) and _is_whole(window, start, at, shapes)
            if (whole and not prose) or not _seam(window, start, at, prose):
                continue
            if (prose and not whole) or _word_ends(lower, end - at, cut):
                return True
    return False


def _is_whole(window: str, start: int, at: int, shapes: _Shapes) -> bool:
    """Tell whether what stands above the break may be all: ``5亿元|左右``, ``2021年|9月``; 到 may end another word."""
    return window[start:at] in _LEADS or any(shape.fullmatch(window, start, at) for shape, may_be in shapes if may_be)


def _goes_on(window: str, start: int, at: int, upper: str) -> bool:
    """Tell whether a date above the break calls for more: it follows 截至, or the line holds nothing else."""
    return window[start] == "截" or (window[at - 1] == "年" and at - start == len(upper.lstrip()))


def _seam(window: str, start: int, at: int, prose: bool) -> bool:
    """Refuse a break between two numerals that may be two: ``附件1|2026年``, ``全国第三|一季度``."""
    last, first = window[at - 1], window[at]
    if last in _PLAIN and first in _PLAIN:
        return re.search(r"[一二][〇零九八七六五四三二一]{3}年", window[max(0, at - 3) : at + 4]) is not None
    if last in _CHINESE and first in _CHINESE:
        mixed = _MIXED.search(window, 0, at) is not None
        return first in "万亿" or (not mixed and (last in _PLAIN or first in _PLAIN))
    if not (last.isdecimal() or last == ".") or not (first.isdecimal() or first == "."):
        return True
    begin = start + _DIGITS_LAST.search(window[start:at]).start()  # type: ignore[union-attr]
    number = _DIGITS.match(window, begin).group()  # type: ignore[union-attr]
    behind = window[begin + len(number) : begin + len(number) + 1]
    if behind == "年":
        if len(number) < 4:
            return prose and begin > 0
        return _CENTURIES.fullmatch(number) is not None and (begin > 0 or at == 3 or first == "0")
    if begin == 0 or _LABELLED.search(window[max(0, begin - 4) : begin]):
        return False
    if behind in ("月", "日", "号") and behind:
        fits = number.isdecimal() and int(number) <= (12 if behind == "月" else 31)
        return fits and (prose or window[begin - 1] in "年月（(至—-~：，、")
    return behind not in _BEHIND_BARE or prose


def _is_word(window: str, start: int, end: int, cut: Cut | None) -> bool:
    """Tell whether a word begins at ``start`` and does not stop short of ``end``: ``今天`` of ``今天上午``."""
    first, last = LazyWords(window, cut).word(start)
    return first == start and end <= last


def _word_ends(lower: str, length: int, cut: Cut | None) -> bool:
    """Tell whether a word ends ``length`` characters into the line below: 人 of ``人次``, not of ``人民日报``."""
    looked_at = length - 1 if lower[0].isdecimal() else 0
    if lower[looked_at].isascii():
        return True
    return LazyWords(lower[: length + _TAIL], cut).word(looked_at)[1] <= length


def _name_across(upper: str, lower: str) -> bool:
    """Tell whether the break stands inside a short name in quotation marks or brackets, closed at once below."""
    for opening, closing in ("“”", "《》", "（）"):
        at = upper.rfind(opening, max(0, len(upper) - 40))
        if at < 0 or closing in upper[at:] or _PROSE_END.search(upper, at):
            continue
        end = lower.find(closing, 0, 40)
        if end >= 0 and lower.find(opening, 0, end) < 0 and not _PROSE_END.search(lower, 0, end):
            return True
    return False


# --- lines of wrapped prose -------------------------------------------------------------------------------------------


_Reads = tuple[frozenset[str], Cut | None]
"""What the lines are read with: the surfaces of the units, and the segmenter."""


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the spans of the lines that hold something, white space at both ends left out (an indent is kept)."""
    spans = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        line = match.group()
        stripped = line.rstrip()
        if stripped:
            end = start + len(stripped)
            spans.append((start, end))
    return spans


def _ended(line: str) -> bool:
    """Tell whether a line ends like a sentence: its last mark, closing quotation marks aside."""
    bare = line.rstrip("".join(_CLOSING))
    return not bare or bare[-1] in _SENTENCE_END


def _open_quote(line: str) -> bool:
    return line.rfind("“") > line.rfind("”") or line.rfind("《") > line.rfind("》")


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Give the width at which a text is hard-wrapped, or 0: most long lines must be equally long."""
    widths = [end - start for start, end in lines]
    widest = max(widths, default=0)
    full = sum(widest - 2 <= width <= widest for width in widths)
    return widest if full >= 4 and full * 2 >= len(widths) and widest >= _MIN_LINE else 0


def _word_across(tail: str, head: str, cut: Cut | None) -> bool:
    """Tell whether the segmenter sees one word where the break stands: ``动能转|换 -> True``."""
    words = LazyWords(tail + head, cut)
    start, end = words.word(len(tail) - 1)
    return start < len(tail) < end


def _evidence(text: str, above: tuple[int, int], below: tuple[int, int], width: int, reads: _Reads) -> str | None:
    """Say why the break between two lines is a hard wrap, or None where it may be meant."""
    upper, lower = text[above[0] : above[1]], text[below[0] : below[1]]
    if lower[0].isspace() or (_ended(upper) and upper[-1] not in _DASHES):
        return None
    if _mention_across(upper, lower, *reads):
        return "a mention across the break"
    if _name_across(upper, lower):
        return "a name across the break"
    if upper[-1] in _DASHES or _LIST_MARK.match(lower):
        return None
    return _prose(upper, lower, width, reads[1])


def _prose(upper: str, lower: str, width: int, cut: Cut | None) -> str | None:
    """Say why two lines read as wrapped prose, or None."""
    wrapped = width > 0 and width - 2 <= len(upper) <= width
    if not wrapped and len(upper) < _MIN_LINE:
        return None
    goes_on = _PROSE_END.search(lower) is not None or (width > 0 and width - 2 <= len(lower) <= width)
    if not goes_on:
        return None
    if _open_quote(upper):
        return "a quotation is open"
    if _PROSE_END.search(_QUOTED.sub("", upper)):
        return "a clause without end"
    if upper[-1] in "，、":
        return "a clause without end"
    if _word_across(upper[-_TAIL:], lower[:_TAIL], cut) and (wrapped or "，" in upper):
        return "a word across the break"
    return "a line as long as its neighbours" if wrapped and "，" in upper else None


def _may_join(text: str) -> bool:
    """Tell at once that no line of a text can go on: each ends like a sentence (most articles)."""
    at = text.find("\n")
    while at >= 0:
        before = at - 1
        while before >= 0 and text[before].isspace():
            before -= 1
        while before > 0 and text[before] in _CLOSING:
            before -= 1
        if before >= 0 and (text[before] not in _SENTENCE_END or text[before] in _DASHES):
            return True
        at = text.find("\n", _NEXT_TEXT.match(text, at).end())  # type: ignore[union-attr]
    return False


def joins(text: str, units: frozenset[str] = frozenset(), cut: Cut | None = None) -> tuple[Join, ...]:
    """Find the hard line breaks of a folded text that are mere wraps: ``5600余↵↵亿元``, each with its evidence.

    ``units`` are the surfaces that may stand behind a numeral; without them the commonest are known.
    """
    if not _may_join(text):
        return ()
    lines = _lines(text)
    width = _wrap_width(text, lines)
    found = []
    for above, below in pairwise(lines):
        evidence = _evidence(text, above, below, width, (units, cut))
        if evidence is not None:
            found.append(Join(above[1], below[0], evidence))
    return tuple(found)
