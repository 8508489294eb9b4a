"""The words to the left of a head: where a name begins, and what stands before it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from extractors.program_tables import program_words
from schemas.reading import Reading

WINDOW = 30
"""How far to the left of a head a name may begin, in characters."""

WORDLIKE = re.compile(r"[\u4E00-\u9FFF0-9A-Za-z+·]+")

_JOINING = frozenset("和与或及")

_ASKS_ACTION = frozenset({"plan", "action", "reform", "mechanism"})


@dataclass(slots=True)
class Left:
    """Where a name begins, the words of its distinguishing part, and the word that stands before it."""

    start: int
    words: list[tuple[int, int]]
    before: str
    before_end: int


def walk(reading: Reading, floor: int, at: int, kind: str = "") -> Left:
    """Walk left from ``at`` over the words that may belong to a name: ``大力开展|消费扶贫 -> 消费扶贫, 开展``."""
    tables, text = program_words(), reading.text
    taken: list[tuple[int, int]] = []
    spans = reading.words.words(floor, at)
    before, before_end = "", at
    for index in range(len(spans) - 1, -1, -1):
        start, end = spans[index][0], min(spans[index][1], at)
        word = text[start:end]
        if start < floor:
            before_end = end
            break
        before, before_end = word, end
        if word in _JOINING:
            if not (
                _parallel(text, spans[:index], taken, kind) or (kind == "mechanism" and _paired(text, spans, index))
            ):
                break
        elif _ends_name(word) and not (_joins(text, spans, index, kind) or _does(text, spans, index, kind)):
            if (
                word in ("了", "好", "新一轮", "新", "全国")
                and index
                and text[slice(*spans[index - 1])] in tables.launch
            ):
                before = text[slice(*spans[index - 1])]
            break
        taken.append((start, end))
        before, before_end = "", start
    taken.reverse()
    return Left(taken[0][0] if taken else at, taken, before, before_end)


_SET_GOING = frozenset({"实施", "启动", "开展", "组织实施", "启动实施", "深入实施", "组织开展", "深入开展", "部署开展"})
_SET_GOING_OF = ("开展的", "实施的", "启动的", "推进的", "部署的", "组织的")
_NAMED_BY_DOING = frozenset({"plan", "action", "project"})


def _does(text: str, spans: list[tuple[int, int]], index: int, kind: str) -> bool:
    """Tell whether a verb behind a word of launch opens a name: 实施|打造|一流营商环境三年行动."""
    if kind not in _NAMED_BY_DOING or not index or text[slice(*spans[index])] not in program_words().doing:
        return False
    return text[slice(*spans[index - 1])] in _SET_GOING


def _paired(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """Tell whether 与 joins two doings of one system: 评估|与|备案|制度."""
    if text[slice(*spans[index])] != "与" or not 0 < index < len(spans) - 1:
        return False
    (start, end), (then, stop) = spans[index - 1], spans[index + 1]
    return end - start == 2 == stop - then and text[start:end] not in program_words().launch


def _joins(text: str, spans: list[tuple[int, int]], index: int, kind: str) -> bool:
    """Tell whether a word that else ends a name is part of it here: 可|持续|发展, 长岭|—|永清段, 再|就业|工程."""
    start, end = spans[index]
    word = text[start:end]
    if word in ("可", "再"):
        return text.startswith(("可持续", "再就业", "再贷款", "再生", "再制造"), start)
    if word == "持续":
        return text[start - 1 : start] == "可"
    if word == "政府":
        return text.startswith(_OF_GOVERNMENT, end)
    return kind in ("project", "zone") and _DASH.match(text, start) is not None


_OF_GOVERNMENT = ("债务", "采购", "投资", "数据", "性债务", "专项债", "绩效", "信息公开", "购买服务")
"""政府 in front of these is no office: 政府|采购|制度改革."""


COUNT_OF_THINGS = re.compile(
    r"(?![一百千万][^零〇一二两三四五六七八九十百千万余多几])[零〇一二两三四五六七八九十百千万]{1,8}[余多几]?[座次条个届项家批名位件种类场处所支款部篇份张台辆套轮]"
    r"|第[一二三四五六七八九十]{1,3}[个份家轮座]"
)
"""四十多次|专项行动: a count in characters ends a name as one in digits does; 一, 百, 千 and 万 alone may begin one."""


@lru_cache(maxsize=1 << 14)
def _ends_name(word: str) -> bool:
    """Tell whether a word cannot belong to a name on its right: 实施, 全面实现, 亿元, 这是, a mark of punctuation."""
    tables = program_words()
    if word in tables.launch or word in tables.stops or not WORDLIKE.fullmatch(word):
        return True
    if len(word) > 1 and COUNT_OF_THINGS.fullmatch(word):
        return True
    if len(word) == 4 and word not in tables.generic:
        return word[2:] in tables.launch or (word[:2] in tables.stops and word[2:] not in tables.opening)
    return len(word) > 1 and (word[-1] in "的了是为元" or word[0] in "这那")


def _parallel(text: str, left: list[tuple[int, int]], taken: list[tuple[int, int]], kind: str) -> bool:
    """Tell whether 和 joins two parts of one name: what stands left of it has no head of its own and shares this one.

    ``老工业城市和资源型城市… -> True``, ``实施产业基础再造和装备攻关工程 -> True``, ``国企改革和财税改革 -> False``
    """
    tables = program_words()
    if not taken or not left:
        return False
    here = {text[start:end] for start, end in taken}
    start, end = left[-1]
    last = text[start:end]
    if text.startswith(tables.left_heads, end - 2):
        return False
    first = text[slice(*taken[-1])]
    alike = len(last) == len(first) == 2 and last[1] == first[1]
    if alike or (last in tables.opening and first in tables.opening):
        return True
    for start, end in left[:-7:-1]:
        word = text[start:end]
        if word in tables.launch or (kind == "zone" and word in _FOUNDED):
            set_up = word in _FOUNDED if kind == "zone" else word.endswith(_PUT_TO_WORK)
            return set_up and end - start < 5 and left[-1][1] - end >= 4
        if word in tables.stops or not WORDLIKE.fullmatch(word):
            return False
        if len(word) > 1 and (word in here or word[-2:] in here):
            return True
    return False


_PUT_TO_WORK = ("实施", "启动", "开展", "推行", "建立", "健全")

_FOUNDED = frozenset({"建设", "加快建设", "高标准建设", "打造", "创建", "争创", "设立", "获批", "加快", "作为", "建成"})


def own_region(reading: Reading, word: str) -> bool:
    """Tell whether a word names a place: a province, a prefecture, the article's own, one in 省 市 县 区 州 盟 旗."""
    tables = program_words()
    if word in tables.regions:
        return True
    if len(word) > 2 and word[-1] in "省市县州区盟旗" and not word.endswith(tables.no_regions):
        return True
    region = (reading.region or "").rstrip("省市县区")
    return len(word) >= 2 and len(region) >= 2 and word in (region, region[:2], region[-2:])


def _cut_region(left: Left, past: int, text: str) -> None:
    """Leave out the article's own region, however the segmenter cut it, where a word ends with it: 沙|溪口市|链长."""
    past += text[past : past + 1] in tuple("省市县区")
    if past in [end for _, end in left.words[:-1]]:
        left.words = [(start, end) for start, end in left.words if start >= past]
        left.start = past


def trim(reading: Reading, left: Left, kind: str, chained: Collection[int] = ()) -> None:
    """Leave out leading words that are no part of the name: ``全市|培育|示范企业``, ``淄博市|链长``."""
    tables, text = program_words(), reading.text
    stem = (reading.region or "").rstrip("省市县区")
    if len(stem) > 2 and kind not in ("fund", "project") and text.startswith(stem, left.start):
        _cut_region(left, left.start + len(stem), text)
    while left.words:
        start, end = left.words[0]
        word = text[start:end]
        rest = left.words[1:]
        length = left.words[-1][1] - end
        if word in tables.official:
            return
        if word in tables.outside:
            out = not (kind == "fund" and word in ("省", "市"))
        elif own_region(reading, word):
            out = kind not in ("zone", "fund", "project") or (kind == "zone" and length >= 10)
        elif word in tables.opening:
            launched = left.before in tables.launch or (kind == "title" and left.before in tables.award)
            launched = launched or left.before_end - 1 in chained
            launched = launched or (left.before == "的" and text.endswith(_SET_GOING_OF, 0, start))
            clause = left.before != "" and not WORDLIKE.fullmatch(left.before)
            out = kind in ("zone", "fund") or not (launched or (clause and kind in _ASKS_ACTION)) or not rest
        else:
            out = word in _JOINING
        if not out:
            return
        left.words = rest
        left.start = end
        if word in tables.opening or word in _JOINING:
            left.before = word


_MARK = re.compile(r"[^\w+·]")

_DASH = re.compile(r"(?<=\w)[—－\-](?=\w)")


def left_edge(text: str, start: int, dashes: bool = False) -> int:
    """Give the place left of which no name that ends at ``start`` can begin: the last mark of punctuation.

    A single dash between two places of a project is none: 长岭—永清段工程.
    """
    lowest = start - WINDOW if start > WINDOW else 0
    for match in _MARK.finditer(text[lowest:start][::-1]):
        at = start - match.end()
        if not (dashes and _DASH.match(text, at)):
            return at + 1
    return lowest
