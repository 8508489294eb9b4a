"""Named government programmes: plans, actions, reforms, mechanisms, funds, zones, campaigns, documents, titles.

A name is found by what closes it (a head: 计划 行动 工程 …), by what encloses it (quotation marks, 《》) together with
the words around them, or because the whole nation knows it. The words stand in programs.toml and program_names.csv.
Offsets are code points of the view (``reading.text``), end exclusive.
"""

import csv
import re
import tomllib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from schemas.reading import Reading

__all__ = ["EXAMPLES", "REFUSES", "ProgramFound", "read_programs"]


@dataclass(slots=True)
class ProgramFound:
    """A named programme over a span of the view, its type, and the rule that found it."""

    start: int
    end: int
    type: str
    rule: str


@dataclass(frozen=True, slots=True)
class Head:
    """A word that closes a name: ``计划 -> plan, launched``."""

    text: str
    type: str
    needs: str


# --- tables ----------------------------------------------------------------------------------------------------------

_HERE = Path(__file__).parent
_WINDOW = 30
"""How far to the left of a head a name may begin, in characters."""


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


class _Ending:
    """The heads that end with the same two characters: the shortest, and the longer ones by length."""

    __slots__ = ("ahead", "longer", "shortest")

    def __init__(self, pair: str, lengths: dict[int, dict[str, Head]]) -> None:
        self.shortest = lengths.get(2, {}).get(pair)
        self.longer = sorted(((length, heads) for length, heads in lengths.items() if length > 2), reverse=True)
        self.ahead = frozenset(head[-3] for _, heads in self.longer for head in heads)


class Tables:
    """The words of the stage, ready for use."""

    def __init__(self) -> None:
        words = tomllib.loads((_HERE / "programs.toml").read_text("utf-8"))
        with (_HERE / "program_names.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.heads = {
            head: Head(head, kind, needs)
            for kind, lists in words["heads"].items()
            for needs, heads in lists.items()
            for head in heads
        }
        self.heads_by_last: dict[str, list[Head]] = {}
        self.heads_by_first: dict[str, list[Head]] = {}
        for head in sorted(self.heads.values(), key=lambda head: -len(head.text)):
            self.heads_by_last.setdefault(head.text[-1], []).append(head)
            if len(head.text) > 2:
                self.heads_by_first.setdefault(head.text[:2], []).append(head)
        self.closing = frozenset([*self.heads_by_last, *"条施策见"])
        self.names = {row["name"]: row["type"] for row in rows}
        self.unquoted = {row["name"] for row in rows if row["unquoted"] == "yes"}
        self._left(words["left"])
        self._quotes(words["quotes"])
        self._documents(words["documents"])
        self.plans = frozenset(words["periods"]["plans"])
        self.organisation = tuple(words["right"]["organisation"])
        self.organisation_begins = frozenset(each[:2] for each in self.organisation)
        self.refused: dict[str, tuple[str, ...]] = {}
        for beginning, tails in _by_beginning(words["right"]["refuse"]).items():
            self.refused[beginning] = tuple(sorted(tails))
        self.refused_begins = frozenset(tail[0] for tails in self.refused.values() for tail in tails)
        self._scan()

    def _left(self, left: dict[str, list[str]]) -> None:
        self.launch = frozenset(left["launch"])
        self.stops = frozenset(left["stops"])
        self.opening = frozenset(left["opening"])
        self.official = frozenset(left["official"])
        self.outside = frozenset(left["outside"])
        self.modifiers = frozenset(left["modifiers"])
        self.functions = frozenset(left["functions"])
        self.generic = frozenset(left["generic"])
        self.regions = frozenset(name for line in left["regions"] for name in line.split())
        self.left_heads = tuple(left["left_heads"])
        self.no_regions = tuple(left["no_regions"])
        self.fields = frozenset(left["fields"])
        self.sites = frozenset(left["sites"])
        self.kinds_of_work = frozenset(left["kinds_of_work"])
        self.common_sites = frozenset(left["common_sites"])
        self.common_funds = frozenset(left["common_funds"])
        self.award = frozenset(left["award"])
        self.progress = tuple(left["progress"])
        self.launched = re.compile(_any({word[-2:] for word in left["launch"]}))

    def _quotes(self, quotes: dict[str, list[str]]) -> None:
        nouns: dict[str, str] = dict(quotes["class_nouns"])  # type: ignore[arg-type]
        self.class_nouns = nouns
        self.campaign_after = re.compile(_any(quotes["campaign_after"]))
        self.campaign_begins = frozenset(word[0] for word in quotes["campaign_after"])
        self.theme_before = tuple(quotes["theme_before"])
        self.theme_after = tuple(quotes["theme_after"])
        self.title_after = tuple(quotes["title_after"])
        self.title_before = tuple(quotes["title_before"])
        self.launch_before = tuple(quotes["launch_before"])
        self.launched_after = tuple(quotes["launched_after"])
        self.refuse_after = tuple(quotes["refuse_after"])
        self.emphasis = frozenset(quotes["emphasis"])
        self.push_before = tuple(quotes["push_before"])
        self.push_after = tuple(quotes["push_after"])
        self.tails = frozenset(quotes["tails"])
        self.class_after = re.compile(rf"等[^，。；、“”\n0-9分违非犯裂恐敌]{{0,6}}?(?P<noun>{_any(nouns)})")

    def _documents(self, documents: dict[str, list[str]]) -> None:
        self.document_heads = tuple(documents["heads"])
        self.media_end = tuple(documents["media_end"])
        self.issued = re.compile(rf"(?:{_any(documents['issued'])})(?:了|的|实施)?$")
        self.media_before = re.compile(rf"(?:{_any(documents['media_before'])})(?:了|的)?$")
        self.media_after = re.compile(_any(documents["media_after"]))
        self.media_inside = re.compile(_any(documents["media_inside"]))

    def _scan(self) -> None:
        ends: dict[str, dict[int, dict[str, Head]]] = {}
        for head in self.heads.values():
            if head.needs in _UNQUOTED and len(head.text) > 1:
                ends.setdefault(head.text[-2:], {}).setdefault(len(head.text), {})[head.text] = head
        self.by_end = {pair: _Ending(pair, lengths) for pair, lengths in ends.items()}
        self.head_ends = frozenset([*self.by_end, *("制" + mark for mark in _AFTER_SYSTEM)])
        self.names_by_end: dict[str, list[str]] = {}
        for name in sorted(self.unquoted, key=len, reverse=True):
            if name[-2:] in self.by_end:
                self.names_by_end.setdefault(name[-3:], []).append(name)
        headless = {name for name in self.unquoted if name[-2:] not in self.by_end}
        self.known = re.compile(_spelled(headless))
        self.known_begins = frozenset(name[:2] for name in headless if len(name) > 2)
        self.pair_names = re.compile("|".join(sorted(name for name in headless if len(name) == 2)))
        self.pair_marks = {name[0] for name in headless if len(name) == 2}
        self.sign = re.compile(_signs([*self._signs_of_heads(), *_begins(headless), *_begins_of_levels()]))
        self.some_head = re.compile(_pairs({head[-2:] for head in self.heads if len(head) > 1}) + "|[贷券制]")
        self.no_words = frozenset(" \n，。、；：！？“”‘’《》（）()的了是和与等将0123456789")

    def _signs_of_heads(self) -> Iterator[tuple[str, str]]:
        """Give the two characters that end a head, and what must stand before them where they are no head alone."""
        for pair in self.head_ends:
            ending = self.by_end.get(pair)
            if ending is None or ending.shortest is not None:
                yield pair, ""
            else:
                before = ending.ahead.union(name[0] for name in self.names_by_end if name[1:] == pair)
                yield pair, f"(?<=[{re.escape(''.join(sorted(before)))}]{re.escape(pair)})"


def _by_beginning(words: Iterable[str]) -> dict[str, set[str]]:
    """Part words behind their first two characters (制 and 贷: the first): ``制度性, 工程师 -> 制度: 性, 工程: 师``."""
    parted: dict[str, set[str]] = {}
    for word in words:
        parted.setdefault(word[:2], set()).add(word[2:])
        if word[0] in "制券贷条":
            parted.setdefault(word[0], set()).add(word[1:])
    return {beginning: tails - {""} for beginning, tails in parted.items() if tails - {""}}


def _pairs(pairs: Iterable[str]) -> str:
    """Write a pattern for the first character of each pair with its second ahead, one branch a first character."""
    seconds: dict[str, str] = {}
    for pair in sorted(pairs):
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    return "|".join(f"{re.escape(first)}(?=[{re.escape(last)}])" for first, last in seconds.items())


def _signs(signs: Iterable[tuple[str, str]]) -> str:
    """Write a quick pattern for the first character of each sign: two characters, and a test of what is around them."""
    tests: dict[str, dict[str, str]] = {}
    for pair, test in sorted(signs):
        firsts = tests.setdefault(pair[1], {})
        firsts[test] = firsts.get(test, "") + pair[0]
    first = "".join(sorted({each for firsts in tests.values() for each in "".join(firsts.values())}))
    branches = (
        f"{re.escape(second)}(?:{'|'.join(f'(?<=[{re.escape(each)}].){test}' for test, each in firsts.items())})"
        for second, firsts in tests.items()
    )
    return f"[{re.escape(first)}](?=[{re.escape(''.join(tests))}])(?={'|'.join(branches)})"


def _begins(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the first two characters of each name, and the third as a test."""
    return ((name[:2], re.escape(name[2])) for name in names if len(name) > 2)


def _begins_of_levels() -> Iterator[tuple[str, str]]:
    """Give the last character of each word that awards a title with the first of a level behind it: 获|国(家)."""
    return ((verb + level[0], level[1]) for verb in _BEFORE_LEVEL for level in _LEVELS)


def _spelled(words: Iterable[str]) -> str:
    """Write a pattern for words that branches where they part, the longest first: ``河长制, 河图 -> 河(?:长制|图)``."""
    tree: dict[str, list[str]] = {}
    for word in words:
        tree.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(first) + _spelled(rest) for first, rest in sorted(tree.items()) if first]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in tree else joined


_UNQUOTED = ("named", "launched", "placed", "bare")
"""What heads need that also stand without quotation marks."""

_AFTER_SYSTEM = "、。，；等和及"
"""What must follow the head 制, for 制 also begins many words."""

_LEVELS = ("国家", "全国", "中国", "省级", "世界")
_BEFORE_LEVEL = frozenset("选围评获批为定予膺了得度造创")
"""The characters that end a word of award in front of a level."""


@cache
def _tables() -> Tables:
    return Tables()


# --- documents in 《》 ------------------------------------------------------------------------------------------------

_BOOK_QUOTES = re.compile(r"《([^《》\n]{1,80}(?:〈[^《》\n]{1,60}〉[^《》\n]{0,30})?)》")
_VERSION = re.compile(r"(?:[（(〔][^（()）〔〕]{1,20}[）)〕])+$")


def _documents(text: str, titles: Iterable[re.Match[str]]) -> Iterator[ProgramFound]:
    """《》 around a government's document: ``印发《关于促进就业的意见》 -> 关于促进就业的意见``, no film."""
    tables = _tables()
    for match in titles:
        title = _VERSION.sub("", match[1]).rstrip()
        before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() : match.end() + 4]
        headed = title.endswith(tables.document_heads)
        if headed:
            media = tables.media_before.search(before) or title.endswith(tables.media_end)
        else:
            media = (
                not tables.issued.search(before)
                or tables.media_before.search(before)
                or tables.media_after.match(after)
                or tables.media_inside.search(title)
                or title.endswith(tables.media_end)
            )
        if not media:
            yield ProgramFound(match.start(1), match.end(1), "document", "document")


# --- the words to the left of a head ---------------------------------------------------------------------------------

_WORDLIKE = re.compile(r"[\u4E00-\u9FFF0-9A-Za-z+·]+")
_JOINING = frozenset("和与或及")
_ASKS_ACTION = frozenset({"plan", "action", "reform", "mechanism"})


@dataclass(slots=True)
class Left:
    """Where a name begins, the words of its distinguishing part, and the word that stands before it."""

    start: int
    words: list[tuple[int, int]]
    before: str
    before_end: int


def _walk(reading: Reading, floor: int, at: int, kind: str = "") -> Left:
    """Walk left from ``at`` over the words that may belong to a name: ``大力开展|消费扶贫 -> 消费扶贫, 开展``."""
    tables, text = _tables(), reading.text
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
        elif _ends_name(word) and not _joins(text, spans, index, kind):
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


def _paired(text: str, spans: list[tuple[int, int]], index: int) -> bool:
    """Tell whether 与 joins two doings of one system: 评估|与|备案|制度."""
    if text[slice(*spans[index])] != "与" or not 0 < index < len(spans) - 1:
        return False
    (start, end), (then, stop) = spans[index - 1], spans[index + 1]
    return end - start == 2 == stop - then and text[start:end] not in _tables().launch


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


@lru_cache(maxsize=1 << 14)
def _ends_name(word: str) -> bool:
    """Tell whether a word cannot belong to a name on its right: 实施, 全面实现, 亿元, 这是, a mark of punctuation."""
    tables = _tables()
    if word in tables.launch or word in tables.stops or not _WORDLIKE.fullmatch(word):
        return True
    if len(word) == 4 and word not in tables.generic:
        return word[2:] in tables.launch or (word[:2] in tables.stops and word[2:] not in tables.opening)
    return len(word) > 1 and (word[-1] in "的了是为元" or word[0] in "这那")


def _parallel(text: str, left: list[tuple[int, int]], taken: list[tuple[int, int]], kind: str) -> bool:
    """Tell whether 和 joins two parts of one name: what stands left of it has no head of its own and shares this one.

    ``老工业城市和资源型城市… -> True``, ``实施产业基础再造和装备攻关工程 -> True``, ``国企改革和财税改革 -> False``
    """
    tables = _tables()
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
        if word in tables.stops or not _WORDLIKE.fullmatch(word):
            return False
        if len(word) > 1 and (word in here or word[-2:] in here):
            return True
    return False


_PUT_TO_WORK = ("实施", "启动", "开展", "推行", "建立", "健全")
_FOUNDED = frozenset({"建设", "加快建设", "高标准建设", "打造", "创建", "争创", "设立", "获批", "加快", "作为", "建成"})


def _own_region(reading: Reading, word: str) -> bool:
    """Tell whether a word names a place: a province, a prefecture, the article's own, one in 省 市 县 区 州 盟 旗."""
    tables = _tables()
    if word in tables.regions:
        return True
    if len(word) > 2 and word[-1] in "省市县州区盟旗" and not word.endswith(tables.no_regions):
        return True
    region = (reading.region or "").rstrip("省市县区")
    return len(word) >= 2 and len(region) >= 2 and word in (region, region[:2], region[-2:])


def _trim(reading: Reading, left: Left, kind: str, chained: Collection[int] = ()) -> None:
    """Leave out leading words that are no part of the name: ``全市|培育|示范企业``, ``淄博市|链长``."""
    tables, text = _tables(), reading.text
    while left.words:
        start, end = left.words[0]
        word = text[start:end]
        rest = left.words[1:]
        length = left.words[-1][1] - end
        if word in tables.official:
            return
        if word in tables.outside:
            out = not (kind == "fund" and word in ("省", "市"))
        elif _own_region(reading, word):
            out = kind not in ("zone", "fund", "project") or (kind == "zone" and length >= 10)
        elif word in tables.opening:
            launched = left.before in tables.launch or (kind == "title" and left.before in tables.award)
            launched = launched or left.before_end - 1 in chained
            clause = left.before != "" and not _WORDLIKE.fullmatch(left.before)
            out = kind in ("zone", "fund") or not (launched or (clause and kind in _ASKS_ACTION)) or not rest
        else:
            out = word in _JOINING
        if not out:
            return
        left.words = rest
        left.start = end
        if word in tables.opening or word in _JOINING:
            left.before = word


def _generic(text: str, words: list[tuple[int, int]]) -> bool:
    generic = _tables().generic
    return all(text[start:end] in generic or text[start:end].isdigit() for start, end in words)


# --- phrases that a head closes --------------------------------------------------------------------------------------

_FIVE_YEARS = re.compile(
    r"(?:国民经济和社会发展)?第[一二三四五六七八九十]{1,3}个五年(?:规划|计划)(?:(?:和20[0-9]{2}年远景目标)?纲要)?"
)


_COUNT_ONLY = re.compile(r"[0-9一二三四五六七八九十两几多]+[点项大个条]?")


def _head_at(text: str, end: int) -> Head | None:
    """Give the longest head that ends at ``end`` and does not go on into another word."""
    ending = _tables().by_end[text[end - 2 : end]]
    head = ending.shortest
    if text[end - 3 : end - 2] in ending.ahead:
        for length, heads in ending.longer:
            longer = heads.get(text[end - length : end]) if length <= end else None
            if longer is not None:
                head = longer
                break
    return None if head is None or _goes_on(text, end, head) else head


def _goes_on(text: str, end: int, head: Head) -> bool:
    """Tell whether the characters of a head belong to another word: ``制度|性开放 -> True``."""
    tables = _tables()
    if text[end : end + 1] in tables.refused_begins:
        tails = tables.refused.get(head.text[-2:])
        if tails is not None and text.startswith(tails, end):
            return True
    return text[end : end + 2] in tables.organisation_begins and text.startswith(tables.organisation, end)


_MARK = re.compile(r"[^\w+·]")
_DASH = re.compile(r"(?<=\w)[—－\-](?=\w)")


def _floor(text: str, start: int, dashes: bool = False) -> int:
    """Give the place left of which no name that ends at ``start`` can begin: the last mark of punctuation.

    A single dash between two places of a project is none: 长岭—永清段工程.
    """
    lowest = start - _WINDOW if start > _WINDOW else 0
    for match in _MARK.finditer(text[lowest:start][::-1]):
        at = start - match.end()
        if not (dashes and _DASH.match(text, at)):
            return at + 1
    return lowest


_KINDS_OF_PLACES = re.compile(r"（[省州市县区旗、]{1,5}）")
_MARKS_BEFORE = frozenset("的）)，。、；：“”《》（\n \u3000")
_NEAR = re.compile(r"分钟|刻钟|小时")
_ROUND = re.compile(r"首轮|新一轮|第[一二三四五六七八九十0-9]{1,3}[轮期批]")
"""第二轮|电子消费优惠计划: what comes in rounds has been launched."""
_LARGE = frozenset({"工程", "计划", "行动", "战略", "运动", "基金", "制度"})
_LARGE_LAUNCH = re.compile(r"(?:启动|实施|开展|推进|设立|组建|发起|实行|推行)[^，。；]{1,16}(?:的|[亿万]元)$")
"""启动为期三年的|清水工程: a description between the launch and the name."""


def _headed(reading: Reading, end: int, head: Head, chained: set[int]) -> ProgramFound | None:
    """A head with a distinguishing part of its own: ``开展消费扶贫行动 -> 消费扶贫行动``; 重点工程 names nothing."""
    tables, text = _tables(), reading.text
    at = end - len(head.text)
    if head.needs == "bare":
        return _bare(reading, at, end, head)
    if text[at - 1 : at] in _MARKS_BEFORE:
        return _behind_a_mark(text, at, end, head) if at else None
    if head.text == "机制" and text[at - 2 : at] in tables.functions:
        return None
    if head.text == "工程" and (text[at - 2 : at] in tables.kinds_of_work or text[at - 3 : at] in tables.kinds_of_work):
        return None
    floor = _floor(text, at, head.type in ("project", "zone"))
    if at - floor < 2 or text[at - 1] == "个":
        return None
    if head.needs != "named" and not _may_be_launched(text, floor, at, head, chained):
        return None
    if not _ends_word(reading, at, end):
        return None
    left = _walk(reading, max(0, floor - 1), at, head.type)
    _trim(reading, left, head.type, chained)
    length = at - left.start
    if not left.words or (_generic(text, left.words) and not _even_so(reading, left, head)):
        return None
    if length < 2 or length > _WINDOW - 2 or left.words[-1][1] != at or _COUNT_ONLY.fullmatch(text, left.start, at):
        return None
    if head.text[-2:] in ("制度", "机制") and head.needs == "launched" and length < 4:
        return None
    if head.text[-1] == "圈" and _NEAR.search(text, left.start, at) is None:
        return None
    if head.text == "基金" and text[slice(*left.words[-1])] in tables.common_funds:
        return None
    if head.needs != "named" and not (head.type == "project" and _placed(reading, left, head)):
        official = text[slice(*left.words[0])] in tables.official and len(left.words) > 1 and head.text != "计划"
        subject = not _WORDLIKE.match(left.before) and text.startswith(tables.progress, end)
        described = (
            left.before in ("的", "亿元", "万元")
            and head.text in _LARGE
            and _LARGE_LAUNCH.search(text, max(0, left.start - 18), left.start)
        )
        if head.needs == "placed":
            return None
        if not (
            left.before in tables.launch
            or _ROUND.fullmatch(left.before)
            or official
            or subject
            or described
            or left.before_end - 1 in chained
        ):
            return None
    if head.type == "title" and text.startswith("（", end):
        kinds = _KINDS_OF_PLACES.match(text, end)
        end = kinds.end() if kinds else end
    return ProgramFound(left.start, end, head.type, f"head_{head.needs}")


_SITE = (
    r"江|河|湖|洲|岛|湾|峡|港|堤|大桥|高速|高铁|铁路|公路|机场|航道|水库|水闸|灌区|电站|运河|水道|枢纽|流域|隧道"
    r"|山|草原|沙漠|沙地|湿地|林场|[蓄分][滞洪]洪?区|煤矿|油田|气田|电厂|核电|管道|管线|地铁|轨道|码头|[国省县]道|快线|环线"
)
_ON_SITE = re.compile(rf"{_SITE}|[GS][0-9]")
_SITE_WORD = re.compile(rf".*(?:{_SITE})")
_ROAD = re.compile(r"[GS][0-9]{1,4}|[国省县]道|[0-9]{2,3}(?:国道|省道|线)")


def _placed(reading: Reading, left: Left, head: Head) -> bool:
    """Tell whether a project says where it lies: 张掖|抽水蓄能电站, 四湖|流域综合治理, G30|连霍高速公路扩容改造."""
    text, tables = reading.text, _tables()
    proper = False
    if text[slice(*left.words[-1])] in tables.kinds_of_work:
        return False
    for start, end in left.words:
        word = text[start:end]
        if _ROAD.match(word) or _own_region(reading, word) or word in tables.sites:
            return True
        if _SITE_WORD.fullmatch(word) and (proper or len(word) > 2) and word not in tables.common_sites:
            return True
        proper = proper or not (
            word in tables.common_sites or word in tables.generic or word in tables.opening or word in tables.official
        )
    return proper and head.needs == "placed" and _ON_SITE.search(head.text) is not None


def _may_be_launched(text: str, floor: int, at: int, head: Head, chained: set[int]) -> bool:
    """Tell, without asking for words, whether a `launched` head can stand: most cannot."""
    tables = _tables()
    if (
        head.type == "project"
        and at - floor > 3
        and (
            _ON_SITE.search(text, floor, at)
            or text[floor : floor + 2] in tables.regions
            or text[floor : floor + 2] in tables.sites
        )
    ):
        return True
    if head.needs == "placed":
        return at - floor > 1
    phrase = text[floor:at]
    last = 0
    for match in tables.launched.finditer(phrase):
        last = match.end()
    if last and _may_be_name(phrase[last:].lstrip("了")):
        return True
    for word in ("国家", "全国", "轮", "批"):
        begin = phrase.rfind(word) + 1
        if begin and (_may_be_name(phrase[begin - 1 + len(word) :]) or (begin == 1 and len(phrase) > 3)):
            return True
    described = max(phrase.rfind("的"), phrase.rfind("元"))
    if described >= 0:
        part, begin = phrase[described + 1 :], floor + described
        launch = (
            head.text in _LARGE and _may_be_name(part) and _LARGE_LAUNCH.search(text, max(0, begin - 17), begin + 1)
        )
        return bool(launch)
    if chained and not chained.isdisjoint(range(floor - 1, at - 1)):
        return True
    return text.startswith(tables.progress, at + len(head.text)) and _NO_NAME.search(phrase) is None


_NO_NAME = re.compile("[的了是将]")


def _may_be_name(part: str) -> bool:
    """Tell whether what stands between a launch and a head can tell a thing apart: 推进|重点|工程 cannot."""
    tables = _tables()
    common = part in tables.generic or part in tables.functions
    return len(part) > 1 and not common and _NO_NAME.search(part) is None


_NO_SYSTEM = frozenset("体机控编限抑强复法税学建有绘研监管")
"""With these before it, 制 is no head: 体制 机制 控制 所有制; but 代办|制, 包干|制."""


def _ends_word(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a head ends where a word ends; 工程|建设 is one word to jieba, 基金|港为|载体 is cut wrongly."""
    start, stop = reading.words.word(end - 1)
    if end - at == 1:
        return reading.text[at - 1] not in _NO_SYSTEM and (start == at or end - start > 2)
    return stop == end or reading.text[end:stop] == "建设" or (start > at and end - at > 2)


def _even_so(reading: Reading, left: Left, head: Head) -> bool:
    """Tell whether common words still tell a name apart: 上海|自贸试验区, 投资|审批|制度改革, 实施|质量|提升行动."""
    if head.text == "战略":
        return left.words[-1][1] - left.start >= 4 and left.before in _tables().launch
    if head.needs != "named":
        return False
    if head.type == "title":
        return reading.text[slice(*left.words[0])] in _tables().official
    if head.type == "zone":
        first = reading.text[slice(*left.words[0])]
        return _own_region(reading, first) or (first in _tables().official and len(left.words) > 2)
    if head.type == "reform":
        if len(left.words) == 1:
            field = reading.text[slice(*left.words[0])] in _tables().fields
            return field and head.text != "综合改革" and left.before in _tables().launch
        return left.words[-1][1] - left.start >= 4
    return head.type == "action" and len(head.text) > 3 and left.before in _tables().launch


def _bare(reading: Reading, at: int, end: int, head: Head) -> ProgramFound:
    """A head that is a whole name: ``新增省级瞪羚企业 -> 省级瞪羚企业``."""
    tables, text = _tables(), reading.text
    start = at
    for word_start, word_end in reversed(reading.words.words(max(0, at - 12), at)):
        word = text[word_start:word_end]
        if word_end != start or not (word in tables.official or word in tables.modifiers):
            break
        start = word_start
    return ProgramFound(start, end, head.type, "head_bare")


_SECTION = re.compile(
    r"(?:(?:[一二三四五六七八九东中西南北]{1,2}[线期段]){0,4}(?:(?:(?!重点|两大|首个|控制|节点|重大|世纪)[^\W的和与及是在了等将已为有]){1,8}?)?工程)?"
)
"""The part of a national project: 西气东输|二线西段工程, 南水北调|中线引江补汉工程."""
_MANY_CHIEFS = "河湖林田路街山湾库渠塘链群"
"""河长制 has longer forms: 河湖|长制 is one name."""


def _nationwide(text: str, start: int, name: str) -> ProgramFound | None:
    """A name the whole nation knows: ``共建一带一路 -> 一带一路``; a company of that name is none."""
    end, kind = start + len(name), _tables().names[name]
    if text.startswith(("集团", "公司", "委员会", "理事会"), end):
        return None
    if kind == "project" and not name.endswith("工程"):
        section = _SECTION.match(text, end)
        end = section.end() if section else end
    if name.endswith("长制"):
        while text[start - 1 : start] and text[start - 1] in _MANY_CHIEFS:
            start -= 1
    if text.startswith("集团", end) or (text[start].isdigit() and text[start - 1 : start].isdigit()):
        return None
    return ProgramFound(start, end, kind, "known")


def _seek(text: str) -> tuple[list[int], list[int], list[int]]:
    """Find, in one pass, where heads may end, names of the nation may begin, and levels stand behind an award."""
    tables = _tables()
    head_ends, known_begins = tables.head_ends, tables.known_begins
    heads: list[int] = []
    names: list[int] = []
    levels: list[int] = []
    for match in tables.sign.finditer(text):
        at = match.start()
        pair = text[at : at + 2]
        if pair in head_ends:
            heads.append(at)
        if pair in known_begins:
            names.append(at)
        if pair[0] in _BEFORE_LEVEL and text.startswith(_LEVELS, at + 1):
            levels.append(at + 1)
    return heads, names, levels


def _known(text: str, begins: Iterable[int]) -> Iterator[ProgramFound]:
    """Find the names that no head closes; those with a head are found with the phrases."""
    tables, past = _tables(), 0
    for start in begins:
        match = tables.known.match(text, start) if start >= past else None
        if match is not None and match.end() > start:
            past = match.end()
            found = _nationwide(text, start, match.group())
            if found is not None:
                yield found
    if any(mark in text for mark in tables.pair_marks):
        for match in tables.pair_names.finditer(text):
            yield ProgramFound(match.start(), match.end(), tables.names[match.group()], "known")


def _phrases(reading: Reading, ends: Iterable[int], chained: set[int]) -> Iterator[ProgramFound]:
    """Phrases that a head closes, and five-year plans; ``chained`` holds where the names found so far end."""
    text = reading.text
    known = frozenset(chained)
    last: ProgramFound | None = None
    for at in ends:
        found = _phrase(reading, at, known, chained)
        if found is None:
            continue
        chained.add(found.end)
        if last is not None and last.end <= found.start:
            yield last
        last = found
    if last is not None:
        yield last
    if "个五年" in text:
        for match in _FIVE_YEARS.finditer(text):
            yield ProgramFound(match.start(), match.end(), "plan", "five_years")


def _phrase(reading: Reading, at: int, known: frozenset[int], chained: set[int]) -> ProgramFound | None:
    """Read the name whose last two characters stand at ``at``: one of the nation's, else one of its own."""
    tables, text = _tables(), reading.text
    end = at + 2
    if text[at:end] not in tables.by_end:
        return None if at + 1 in known else _headed(reading, at + 1, tables.heads["制"], chained)
    if end in known:
        return None
    for name in tables.names_by_end.get(text[end - 3 : end], ()):
        if text.startswith(name, end - len(name)):
            return _nationwide(text, end - len(name), name)
    head = _head_at(text, end)
    return None if head is None else _headed(reading, end, head, chained)


_OF_OLD = frozenset({"运动", "教育制度", "责任制", "责任制度"})
_OF = re.compile(r"(?:实行|开展|掀起|推行|发动|实施)了?(?P<name>(?!群众性|一)[^\W的了和在为是]{3,8}的)$")


# --- titles and zones by their wording -------------------------------------------------------------------------------

_AWARDING = re.compile(
    r"(?:入选|入围|获评|荣获|荣膺|评为|命名|认定|授予|获批|创建|创成|摘得|列为|晋升|跻身|推荐|通过|获得)(?:为|了|成为)?"
    r"(?:第?[一二三四五六七八九十]{1,3}批|首批|新一批|(?:20)?[0-9]{2}年度?)?$"
)
_TITLE = re.compile(
    r"(?:国家级?|全国|中国|省级|世界级?)[^\W的是在了和与等为]{2,22}?"
    r"(?:[^城]市|县|城市|集群|基地|镇|村|乡|之乡|街区|企业|工厂|景区|度假区|社区|学校|先进单位|先进集体|园区|名城|百强县|示范区|试验区|先行区|产业集群|示范(?:省|州|市|县|区)（[省州市县区旗、]{1,5}）)"
    r"(?=[，。、；：（）\s(和及称名等”]|$)"
)
_COINED = re.compile(
    r"(?:国家级|中国)[^\W的是在了和与等为]{1,14}?(?:谷|之都|之乡|之城|标杆城市|中心)(?=[，。、；\s和等”]|$)"
)
"""What a city wants to become under a name of its own: 打造中国氢谷."""


def _awarded(text: str, levels: Iterable[int]) -> Iterator[ProgramFound]:
    """A title of the nation or the province behind a word that awards it: ``入选第四批国家农产品质量安全县``."""
    past = 0
    for level in levels:
        start = level
        if start < past:
            continue
        if text.endswith(("打造", "争创"), 0, start):
            if not text.startswith(("国家级", "中国"), start):
                continue
            patterns = [_COINED, _TITLE]
        elif _AWARDING.search(text, max(0, start - 14), start):
            patterns = [_TITLE]
        else:
            continue
        while (match := next(filter(None, (each.match(text, start) for each in patterns)), None)) is not None:
            past = match.end()
            if text[past - 2 : past] not in ("范区", "验区", "行区"):
                yield ProgramFound(start, past, "title", "awarded")
            start = past + 1
            if not text.startswith("、", past) or not text.startswith(_LEVELS, start):
                break


_PILOT_ZONE = re.compile(r"中国[（(][\u4e00-\u9fff]{2,6}[）)]$")


def _behind_a_mark(text: str, at: int, end: int, head: Head) -> ProgramFound | None:
    """A name with brackets or 的 before its head: ``中国（云南）自由贸易试验区``, ``开展|扫除文盲的运动``."""
    if head.type == "zone" and text[at - 1] != "的":
        match = _PILOT_ZONE.search(text, max(0, at - 12), at)
        return ProgramFound(match.start(), end, "zone", "pilot_zone") if match else None
    if head.text in _OF_OLD and text[at - 1] == "的":
        match = _OF.search(text, max(0, at - 14), at)
        return ProgramFound(match.start("name"), end, head.type, "with_of") if match else None
    return None


# --- names in quotation marks ----------------------------------------------------------------------------------------

_QUOTES = re.compile(
    r"“([^“”\n]{1,40})”|‘([^‘’\n]{1,40})’|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|\"([^\"\n]{1,40})\""
)
_CURLY_QUOTES = re.compile(r"“([^“”\n]{1,40})”")
"""The usual ones, found much faster."""
_HAN = re.compile(r"[^\W0-9A-Za-z_的了是和与等将]{1,14}")
"""What may stand behind a closing mark up to a head: no particle, no digit."""
_MEASURES = re.compile(
    r"[\u4E00-\u9FFF]{2,12}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})条(?:措施|政策|意见)?"
    r"|(?:[二三四五六七八九]?十[一二三四五六七八九]?|[1-9][0-9])条"
)
_COUNTED = re.compile(r"([二两三四五六七八九十])[个项大]?([\u4E00-\u9FFF]{2})")
_COUNT = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_CLAUSE = re.compile(r"[，。；！？：]|[我你他她它]们?")


@dataclass(slots=True)
class Quote:
    """A quotation: ``open`` and ``close`` span it with its marks, the content lies one inside."""

    open: int
    close: int
    content: str
    before: str
    after: str


def _quotations(text: str) -> Iterator[Quote]:
    rare = "‘" in text or '"' in text or "「" in text or "『" in text
    for match in (_QUOTES if rare else _CURLY_QUOTES).finditer(text):
        start, end = match.span()
        yield Quote(start, end, text[start + 1 : end - 1], text[max(0, start - 6) : start], text[end : end + 16])


def _whole(quote: Quote, kind: str, rule: str) -> ProgramFound:
    return ProgramFound(quote.open + 1, quote.close - 1, kind, rule)


def _closing_head(content: str, needs: tuple[str, ...] = ("named", "launched", "inside", "bare")) -> Head | None:
    """Give the head that closes quoted words, longest first: ``技改专项贷 -> 贷``."""
    for head in _tables().heads_by_last.get(content[-1:], ()):
        if head.needs in needs and content.endswith(head.text):
            return head
    return None


def _following_head(reading: Reading, close: int, widest: int) -> tuple[Head, int, int] | None:
    """Give the first head behind the closing mark, where it begins and ends: ``”产业攀登计划 -> 攀登计划``.

    Heads that follow one another are one: 专项|行动|计划.
    """
    tables, text = _tables(), reading.text
    match = None if text[close : close + 1] in tables.no_words else _HAN.match(text, close)
    if match is None or tables.some_head.search(text, close, match.end()) is None:
        return None
    found: tuple[Head, int, int] | None = None
    alone = tables.heads.get(text[close : match.end()])
    if alone is not None:
        return alone, close, match.end()
    if text.startswith(_HEADS_IN_A_WORD, close):
        return tables.heads[text[close : close + 2]], close, close + 2
    for each in tables.heads_by_first.get(text[close : close + 2], ()):
        if text.startswith(each.text, close) and not _goes_on_quoted(text, close + len(each.text), each):
            found = each, close, close + len(each.text)
            break
    for start, end in reading.words.words(close, match.end()):
        word = text[start:end]
        if found is not None and end <= found[2]:
            continue
        if found is not None and word not in tables.tails:
            return _further(reading, found, close, match.end())
        ends = (word in tables.stops and word not in _DOING) or word in tables.launch or word in _ABSTRACT
        if text[close - 2].isdigit() and word == "目标":
            ends = False
        if start < close or (
            ends and word not in tables.heads and not (len(word) > 1 and text.startswith(_HEADS_AFTER_VERBS, end))
        ):
            break
        piece = text[close : min(end, match.end())]
        head = _closing_head(piece, ("named", "launched", "quoted", "inside", "bare"))
        if head is not None and (len(head.text) > 1 or word == head.text) and not _goes_on_quoted(text, end, head):
            found = head, close, end
        elif found is not None or end - close > widest:
            break
    return found


_HEADS_IN_A_WORD = ("工程建设", "企业名单")
_DOING = frozenset("抓推建走办打创做优强")
"""Short verbs inside a name: “陕耀全球”拓市场|抓|订单活动."""
_HEADS_AFTER_VERBS = ("机制", "模式", "负责制", "责任制")
"""“链长+链主”推进|机制, “米袋子”省长|负责制: the verb or the office belongs to the name."""


def _goes_on_quoted(text: str, end: int, head: Head) -> bool:
    """Tell whether a head behind quoted words goes on; “陇电入鲁”工程|建设 does not."""
    return not (head.text == "工程" and text.startswith("建设", end)) and _goes_on(text, end, head)


def _further(reading: Reading, found: tuple[Head, int, int], close: int, limit: int) -> tuple[Head, int, int]:
    """Go on to a second head a word or two behind the first: “双百”重大项目|攻坚行动."""
    tables, text = _tables(), reading.text
    if found[0].type not in ("project", "plan"):
        return found
    for _, end in reading.words.words(found[2], min(limit, found[2] + 6))[:3]:
        head = tables.heads.get(text[found[2] : end])
        if head is not None and len(head.text) > 2 and head.needs == "named" and not _goes_on(text, end, head):
            return head, close, end
    return found


_ABSTRACT = frozenset({"思想", "精神", "理念", "问题", "要求", "原则", "目标", "方针", "建设"})
"""Behind a closing mark these end what may be a name: “三个代表”重要|思想."""


def _around(reading: Reading, quote: Quote) -> ProgramFound | None:
    """Quotation marks around part of a name: ``新经济培育“沃土”行动``, ``“1+N”审批制度改革``."""
    tables = _tables()
    follows = _following_head(reading, quote.close, 10)
    if follows is None or quote.content in tables.emphasis or _CLAUSE.search(quote.content):
        return None
    head, _, end = follows
    if quote.content.isdigit() and head.type in ("other", "title"):
        return None
    if head.text == "企业" and tables.names.get(quote.content) != "title" and not _selected(quote, end - quote.close):
        return None
    if head.needs == "quoted" and quote.content[-1] in "式型性级" and len(quote.content) < 5:
        return None
    inner = None if "+" in quote.content else _closing_head(quote.content)
    gap = end - quote.close - len(head.text)
    if (inner is not None or quote.content in tables.names or head.text == "城市") and gap > 0:
        return None
    if inner is not None and head.needs == "quoted" and head.text not in tables.tails:
        return None
    if quote.content in tables.names and head.needs in ("quoted", "inside") and head.type != "title":
        return None
    if quote.content in tables.plans and head.type != "plan":
        return None
    return ProgramFound(_quoted_start(reading, quote, head), end, head.type, "around")


_BATCH = re.compile(r"(?:第[一二三四五六七八九十0-9]{1,3}批|首批|新增|评选|认定|培育|公布)$")


def _selected(quote: Quote, skip: int) -> bool:
    """Tell whether firms are chosen under the quoted name: 第三批“云领雁”企业|名单."""
    return _BATCH.search(quote.before) is not None or quote.after.startswith(("名单", "称号", "认定", "梯度培育"), skip)


def _quoted_start(reading: Reading, quote: Quote, head: Head) -> int:
    """Give where a name with quotation marks inside begins: words of it may stand before them."""
    tables, text = _tables(), reading.text
    if not text[quote.open - 1 : quote.open] or not "\u4e00" <= text[quote.open - 1] <= "\u9fff":
        return quote.open
    if head.type not in ("title", "zone") and head.needs in ("quoted", "inside"):
        return quote.open
    floor = max(_floor(text, quote.open), quote.open - 12)
    left = _walk(reading, max(0, floor - 1), quote.open)
    _trim(reading, left, head.type)
    words = [text[start:end] for start, end in left.words]
    if not words or quote.open - left.start > 8 or left.words[-1][1] != quote.open:
        return quote.open
    if head.type not in ("title", "zone") and words[0] in tables.official:
        return quote.open
    if any(_own_region(reading, word) for word in words):
        return quote.open
    return left.start


def _themed(quote: Quote) -> ProgramFound | None:
    """Quoted words that are the theme of a series or an event: ``“中国这十年”主题新闻发布会 -> 中国这十年``."""
    tables = _tables()
    if quote.after[:1] in tables.campaign_begins and tables.campaign_after.match(quote.after):
        return _whole(quote, "campaign", "theme")
    if quote.before.endswith(tables.theme_before) or (
        quote.before.endswith("以") and quote.after.startswith(tables.theme_after)
    ):
        return _whole(quote, "campaign", "theme")
    return None


_NO_TITLE = ("论坛", "会", "赛", "展", "节", "号", "榜")
_FIRST_AWARDED = ("首届", "首批", "荣获", "获评", "入选", "授予")
_AWARDED = re.compile(
    r"(?:集体|个人|模范|标兵|先进|城市|县|市|企业|单位|之乡|之都|之家|奖章|城|基地|人物|能手)(?:[（(].{1,4}[）)])?$"
)


_BRANDED = ("服务品牌", "工作品牌", "党建品牌", "政务品牌", "政务服务品牌", "治理品牌", "志愿服务品牌", "文化惠民品牌")


def _branded(quote: Quote) -> ProgramFound | None:
    """Quoted words that are an office's own brand: ``擦亮“溪心办”服务品牌 -> 溪心办``."""
    if "品牌" not in quote.after:
        return None
    called = quote.after.startswith("品牌") and quote.before.endswith(("叫响", "打响", "唱响", "擦亮", "提升"))
    return _whole(quote, "other", "branded") if called or quote.after.startswith(_BRANDED) else None


def _titled(quote: Quote) -> ProgramFound | None:
    """Quoted words that are awarded: ``授予“全国先进集体”称号 -> 全国先进集体``."""
    tables = _tables()
    of_a_level = quote.content.startswith(_LEVELS) and not quote.content.endswith(_NO_TITLE)
    if of_a_level and (quote.before.endswith(_FIRST_AWARDED) or quote.after.startswith(("创建", "称号", "荣誉"))):
        return _whole(quote, "title", "title")
    if quote.after.startswith(tables.title_after) or (
        quote.before.endswith(tables.title_before) and _AWARDED.search(quote.content)
    ):
        return _whole(quote, "title", "title")
    return None


def _closed(quote: Quote) -> ProgramFound | None:
    """Quoted words that a head closes: ``“招商引资五年倍增计划”``, ``“关心关爱企业家十条”``."""
    tables = _tables()
    if quote.content[-1] not in tables.closing or _CLAUSE.search(quote.content) or quote.content in tables.emphasis:
        return None
    if _MEASURES.fullmatch(quote.content):
        return _whole(quote, "mechanism", "measures")
    head = _closing_head(quote.content)
    if head is None or (len(quote.content) - len(head.text) < 2 and head.needs != "bare"):
        return None
    if (len(head.text) == 1 and len(quote.content) < 3) or len(quote.content) > 24:
        return None
    quoted_text = quote.content[:2] in tables.launch and head.type in _NOT_OPENED_BY_VERBS
    if quoted_text or quote.content.endswith(("冰雪运动", "人制", "敌对行动", "中心城市", "孪生城市")):
        return None
    return _whole(quote, head.type, "closed")


_UPHELD = re.compile(
    r"(?:落实|执行|推行|实施|实行|推进|开展|打好|打赢|深化|建立|完善|健全|抓好|建好|筑牢|守牢|拓展)(?:了|好)?[^，。；：“”的]{0,8}$"
)
_POLES = re.compile(r"(?:[一二两三四五六七八九十][\u4E00-\u9FFF]{1,3}、?){2,5}")
_NO_POLES = re.compile(r"[园院馆校]|合一|^一.一.$")
_NO_CAUSE = re.compile(r"坚持|必须|率先|确立|维护|自信|意识|定位|不|善于|结合|统筹|从严|一律")
_BUILT = ("建设", "构建", "打造", "实施", "构筑", "推进", "谋划", "着力构建", "加快构建")


_NOT_OPENED_BY_VERBS = frozenset({"mechanism", "reform", "strategy", "plan"})
"""“实施乡村振兴战略” quotes a sentence; the name stands inside it."""


def _counted(text: str, quote: Quote) -> ProgramFound | None:
    """A count of what was just listed or is put to work: ``优化技术、优化产品、优化质量“三个优化” -> 三个优化``."""
    content = quote.content
    if content[0] not in _COUNT or content in _tables().emphasis:
        return None
    match = _COUNTED.fullmatch(content)
    if match is not None and text[max(0, quote.open - 90) : quote.open].count(match[2]) >= _COUNT[match[1]] > 2:
        return _whole(quote, "mechanism", "counted")
    if _COUNTED_NOUN.fullmatch(content) and not _NO_CAUSE.search(content):
        upheld = _UPHELD.search(text, max(0, quote.open - 14), quote.open)
        listed = quote.before[-2:-1] == "”" and quote.before[-1:] in ("和", "、")
        if upheld or (listed and _UPHELD.search(text, max(0, quote.open - 30), text.rfind("“", 0, quote.open - 1))):
            head = _closing_head(content)
            return _whole(quote, head.type if head else "mechanism", "counted")
    if quote.before.endswith(_BUILT) and _POLES.fullmatch(content) and not _NO_POLES.search(content):
        return _whole(quote, "strategy", "counted")
    return None


_COUNTED_NOUN = re.compile(r"[二两三四五六七八九十][个项大场条类][\u4E00-\u9FFF]{2,4}")


_EACH = re.compile(r"一.一.|.*法案")


def _launched(quote: Quote) -> ProgramFound | None:
    """Quoted words that a government launched: ``推进“单一窗口”建设 -> 单一窗口``."""
    tables = _tables()
    launched = quote.before.endswith(tables.launch_before) and quote.after.startswith(tables.launched_after)
    if not launched and not (quote.before.endswith(tables.push_before) and quote.after.startswith(tables.push_after)):
        return None
    if len(quote.content) < 3 or len(quote.content) > 14 or quote.content in tables.emphasis:
        return None
    if quote.content in tables.plans or _EACH.fullmatch(quote.content):
        return None
    kind = "action" if quote.before.endswith(("实施", "启动", "开展", "了")) else "other"
    return _whole(quote, kind, "launched")


def _quoted(reading: Reading) -> Iterator[ProgramFound]:
    """Everything that quotation marks show; a list of quotations shares what stands behind its last."""
    tables, text = _tables(), reading.text
    group: list[Quote] = []
    pushed: ProgramFound | None = None
    for quote in _quotations(text):
        content = quote.content
        if group and not _listed(text[group[-1].close : quote.open]):
            group, pushed = [], None
        group.append(quote)
        around = _themed(quote) or (_around(reading, quote) if len(content) > 1 else None)
        if around is not None:
            yield around
            continue
        if content in tables.names:
            yield _whole(quote, tables.names[content], "known")
            continue
        if len(content) < 2 or len(content) > 30:
            continue
        found = _branded(quote) or _titled(quote) or _closed(quote) or _counted(text, quote)
        if found is None and not quote.after.startswith(tables.refuse_after):
            found = _launched(quote) or _goes_along(quote, pushed)
        pushed = found if found is not None and found.rule == "launched" else None
        if found is not None:
            yield found
        same = tables.class_after.match(quote.after) if quote.after[:1] == "等" else None
        if same:
            yield from _classed(group, tables.class_nouns[same["noun"]])


def _goes_along(quote: Quote, pushed: ProgramFound | None) -> ProgramFound | None:
    """Quoted words listed behind launched ones: ``推进“一窗办”“马上就办”改革 -> 一窗办, 马上就办``."""
    tables = _tables()
    if pushed is None or not quote.after.startswith(tables.launched_after + tables.push_after):
        return None
    fits = 3 <= len(quote.content) <= 14 and quote.content not in tables.emphasis
    return _whole(quote, pushed.type, "launched") if fits else None


def _listed(between: str) -> bool:
    return between in ("", "、", "和", "及", "以及", "与")


def _classed(group: list[Quote], kind: str) -> Iterator[ProgramFound]:
    """The members of a list that a class noun sums up: ``“见贷即保”“随借随还”等政策 -> mechanism``."""
    for quote in group:
        tables = _tables()
        if 3 <= len(quote.content) <= 16 and quote.content not in tables.emphasis | tables.plans:
            yield _whole(quote, kind, "classed")


# --- all together ----------------------------------------------------------------------------------------------------

_RANK = {"document": 9, "known": 3, "classed": 1, "launched": 2, "repeat": 0}
"""Which candidate wins where two overlap; then the longer one. Everything else ranks 5."""


def _settle(candidates: Iterable[ProgramFound]) -> list[ProgramFound]:
    """Keep the candidates that win where they overlap, in text order."""
    candidates = list(candidates)
    if len(candidates) < 2:
        return candidates
    kept: list[ProgramFound] = []
    taken: set[int] = set()
    for found in sorted(candidates, key=lambda f: (-_RANK.get(f.rule, 5), f.start - f.end, f.start)):
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


_REPEATED = frozenset(
    {"branded", "theme", "closed", "counted", "launched", "classed", "measures", "title", "around", "head_launched"}
)


_THEMES = frozenset({"branded", "theme", "launched", "classed", "title"})
"""Quoted words that may be common words elsewhere: unquoted repeats need a mark of punctuation beside them."""


def _repeats(text: str, kept: list[ProgramFound]) -> Iterator[ProgramFound]:
    """Every further occurrence of a name that the article has introduced: ``“三年跨越计划” … 三年跨越计划``."""
    names = {text[found.start : found.end]: found for found in kept if found.rule in _REPEATED}
    if not names:
        return
    for name, start in _occurrences(text, names):
        end, first = start + len(name), names[name]
        quoted = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
        edge = not _WORDLIKE.match(text[start - 1 : start] or " ") or not _WORDLIKE.match(text[end : end + 1] or " ")
        if quoted or ((len(name) >= 4 or first.rule == "branded") and (edge or first.rule not in _THEMES)):
            yield ProgramFound(start, end, first.type, "repeat")


_OPENING = frozenset('“‘「『"')
_CLOSING = frozenset('”’」』"')
_FEW = 40


def _occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Find every place of every name; many names are sought in one pass, so that time stays linear."""
    several = [name for name in names if text.count(name) > 1] if len(list(names)) <= _FEW else list(names)
    if len(several) > _FEW:
        for match in re.finditer(_spelled(several), text):
            yield match.group(), match.start()
        return
    for name in several:
        start = text.find(name)
        while start >= 0:
            yield name, start
            start = text.find(name, start + len(name))


def _outside(found: Iterable[ProgramFound], masked: list[tuple[int, int]]) -> list[ProgramFound]:
    """Leave out what lies inside the title of a document or a film."""
    if not masked:
        return list(found)
    starts = [start for start, _ in masked]
    kept = []
    for candidate in found:
        nearest = bisect_right(starts, candidate.start) - 1
        if nearest < 0 or candidate.end > masked[nearest][1]:
            kept.append(candidate)
    return kept


def read_programs(reading: Reading) -> list[ProgramFound]:
    """Read every named programme of a view, in text order, none overlapping.

    ``启动“春风行动”，印发《就业条例》 -> 春风行动 action, 就业条例 document``
    """
    text = reading.text
    titles = [*_BOOK_QUOTES.finditer(text)] if "《" in text else []
    shown = [*_documents(text, titles)]
    masked = [match.span() for match in titles]
    heads, names, levels = _seek(text)
    known = [*_known(text, names)]
    phrases = _phrases(reading, heads, {found.end for found in known})
    others = [*known, *_quoted(reading), *phrases, *_awarded(text, levels)]
    if not others and not shown:
        return []
    kept = _settle([*shown, *_outside(others, masked)])
    again = _outside(_repeats(text, kept), masked) if kept else []
    return _settle([*kept, *again]) if again else kept


EXAMPLES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("document", "省政府印发《关于支持制造业发展的意见》。", [("关于支持制造业发展的意见", "document")]),
    (
        "document",
        "根据《粮食流通管理条例》（以下简称《条例》）",
        [("粮食流通管理条例", "document"), ("条例", "document")],
    ),
    ("head_named", "深入开展养老诈骗整治专项行动。", [("养老诈骗整治专项行动", "action")]),
    ("head_named", "全市推进农村集体产权制度改革。", [("农村集体产权制度改革", "reform")]),
    ("head_named", "江西自贸试验区挂牌。", [("江西自贸试验区", "zone")]),
    ("head_named", "沿海渔港和内河渔港提升三年行动启动。", [("沿海渔港和内河渔港提升三年行动", "action")]),
    ("head_named", "推进中国-东盟自贸区建设。", [("中国-东盟自贸区", "zone")]),
    ("head_named", "被评为全省粮食生产先进单位。", [("粮食生产先进单位", "title")]),
    ("head_launched", "严格落实食品安全追溯制度。", [("食品安全追溯制度", "mechanism")]),
    ("head_launched", "推行首席代表制、项目会商制等。", [("首席代表制", "mechanism"), ("项目会商制", "mechanism")]),
    ("head_launched", "投资十亿元实施为期两年的碧波工程。", [("碧波工程", "project")]),
    ("head_named", "建设湿地保护和生态修复示范区。", [("湿地保护和生态修复示范区", "zone")]),
    ("head_named", "推进一刻钟便民生活圈建设。", [("一刻钟便民生活圈", "mechanism")]),
    ("head_launched", "实施种业提质和农机升级工程。", [("种业提质和农机升级工程", "project")]),
    ("head_launched", "玉屏江堤防加固工程完工。", [("玉屏江堤防加固工程", "project")]),
    ("head_launched", "设立总规模十亿元的乡村产业振兴基金。", [("乡村产业振兴基金", "fund")]),
    ("head_launched", "第二轮旅游消费优待计划启动。", [("旅游消费优待计划", "plan")]),
    ("head_launched", "爱国卫生运动和消灭鼠害运动一起开展。", [("爱国卫生运动", "action"), ("消灭鼠害运动", "action")]),
    ("head_placed", "青石抽水蓄能电站项目获核准。", [("青石抽水蓄能电站项目", "project")]),
    ("head_bare", "新增省级瞪羚企业12家。", [("省级瞪羚企业", "title")]),
    (
        "known",
        "高质量共建“一带一路”，南水北调中线一期工程供水。",
        [("一带一路", "strategy"), ("南水北调中线一期工程", "project")],
    ),
    ("known", "全面推行河长制。", [("河长制", "mechanism")]),
    ("known", "落实河湖长制。", [("河湖长制", "mechanism")]),
    ("awarded", "入选第三批国家水土保持重点县。", [("国家水土保持重点县", "title")]),
    ("awarded", "打造中国石墨谷、中国竹编之乡。", [("中国石墨谷", "title"), ("中国竹编之乡", "title")]),
    ("pilot_zone", "中国（江西）自由贸易试验区获批。", [("中国（江西）自由贸易试验区", "zone")]),
    ("with_of", "大力开展植树造林的运动。", [("植树造林的运动", "action")]),
    (
        "five_years",
        "编制国民经济和社会发展第十三个五年规划纲要。",
        [("国民经济和社会发展第十三个五年规划纲要", "plan")],
    ),
    (
        "around",
        "实施“春苗”人才培育计划，深化“一枚章”审批制度改革。",
        [("“春苗”人才培育计划", "plan"), ("“一枚章”审批制度改革", "reform")],
    ),
    ("around", "“十三五”规划收官。", [("“十三五”规划", "plan")]),
    ("around", "新增国家级专精特新“小巨人”企业8家。", [("国家级专精特新“小巨人”企业", "title")]),
    ("around", "完善“网格+警格”推进机制。", [("“网格+警格”推进机制", "mechanism")]),
    ("around", "“双千”重点项目攻坚行动收官。", [("“双千”重点项目攻坚行动", "action")]),
    ("around", "坚持“菜篮子”市长负责制。", [("“菜篮子”市长负责制", "mechanism")]),
    ("branded", "擦亮“城小办”服务品牌，城小办窗口提速。", [("城小办", "other"), ("城小办", "other")]),
    ("theme", "举行“奋进的五年”主题新闻发布会。", [("奋进的五年", "campaign")]),
    ("theme", "大会以“开放共赢”为主题。", [("开放共赢", "campaign")]),
    ("title", "授予他“全省优秀技能人才”称号。", [("全省优秀技能人才", "title")]),
    ("closed", "扎实推进“工业强县五年倍增计划”。", [("工业强县五年倍增计划", "plan")]),
    ("closed", "推出“惠农贷”。", [("惠农贷", "fund")]),
    ("measures", "出台“稳就业十二条”。", [("稳就业十二条", "mechanism")]),
    ("counted", "严格程序、严格标准、严格纪律，做到“三个严格”。", [("三个严格", "mechanism")]),
    ("counted", "严格落实“四项责任”。", [("四项责任", "mechanism")]),
    ("counted", "打造“两核四带”。", [("两核四带", "strategy")]),
    ("launched", "启动实施“百企联百村”，推进“智慧粮库”建设。", [("百企联百村", "action"), ("智慧粮库", "other")]),
    ("classed", "推出“见贷即保”“随借随还”等政策。", [("见贷即保", "mechanism"), ("随借随还", "mechanism")]),
    (
        "repeat",
        "实施“三年登高计划”。各县围绕三年登高计划抓落实。",
        [("三年登高计划", "plan"), ("三年登高计划", "plan")],
    ),
]
"""One sentence of our own for each way a rule works: rule, sentence, what is read from it."""

REFUSES: list[tuple[str, str]] = [
    ("document", "电影《山路》上映，《人民日报》刊发评论。"),
    ("document", "电视剧《铁道行动》今晚开播。"),
    ("head_named", "这是一个示范区。"),
    ("head_named", "成立国企改革专项行动领导小组。"),
    ("head_launched", "完善工作机制，推进重点工程，制定年度计划。"),
    ("head_launched", "推进制度性开放，深化改革开放。"),
    ("head_launched", "长江控制性工程开工，农村公路工程完工。"),
    ("head_launched", "设立社会保险基金。"),
    ("head_placed", "大型水库项目和公路项目。"),
    ("head_bare", "支持企业发展。"),
    ("awarded", "国家重点实验室通过验收。"),
    ("pilot_zone", "中国（江西）博览会开幕。"),
    ("with_of", "开展群众性的体育运动。"),
    ("branded", "“桃源”品牌香烟降价。"),
    ("known", "中国南水北调集团发布消息。"),
    ("five_years", "第五个年头。"),
    ("around", "对腐败“零容忍”政策不变，“12345”热线平台畅通。"),
    ("around", "“十三五”时期成效明显。"),
    ("theme", "他说“我们的主题公园”很美。"),
    ("title", "素有“水乡”之称。"),
    ("closed", "叫停“形象工程”。"),
    ("measures", "他提了“三条”。"),
    ("counted", "深刻领悟“两个确立”，答好“四个问题”。"),
    ("launched", "推进“一村一策”。"),
    ("classed", "反对“两面派”“小圈子”等违法犯罪活动。"),
    ("repeat", "当地落实政策，政策见效。"),
]
"""One sentence of our own in which a rule must find nothing."""
