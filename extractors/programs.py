"""Named government programmes: plans, actions, reforms, mechanisms, funds, zones, campaigns, documents, titles.

A name is found by what closes it (a head: 计划 行动 工程 …), by what encloses it (quotation marks, 《》) together with
the words around them, or because the whole nation knows it. The words stand in programs.toml and program_names.csv.
Offsets are code points of the view (``reading.text``), end exclusive.
"""

import csv
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
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
        self.longest_head = max(map(len, self.heads))
        self.names = {row["name"]: row["type"] for row in rows}
        self.unquoted = {row["name"] for row in rows if row["unquoted"] == "yes"}
        self._left(words["left"])
        self._quotes(words["quotes"])
        self._documents(words["documents"])
        self.plans = frozenset(words["periods"]["plans"])
        self.organisation = tuple(words["right"]["organisation"])
        self.refused = re.compile(_any(words["right"]["refuse"]))
        self.longest_refusal = max(map(len, words["right"]["refuse"]))
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
        self.regions = frozenset(left["regions"])
        self.award = frozenset(left["award"])
        self.progress = tuple(left["progress"])
        self.launched = re.compile(_any({word[-2:] for word in left["launch"]}))

    def _quotes(self, quotes: dict[str, list[str]]) -> None:
        nouns: dict[str, str] = dict(quotes["class_nouns"])  # type: ignore[arg-type]
        self.class_nouns = nouns
        self.campaign_after = re.compile(_any(quotes["campaign_after"]))
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
        self.by_end = {pair: sorted(lengths.items(), reverse=True) for pair, lengths in ends.items()}
        self.head = re.compile(f"{_classes(self.by_end)}|制(?=[{_AFTER_SYSTEM}])")
        self.names_by_end: dict[str, list[str]] = {}
        for name in sorted(self.unquoted, key=len, reverse=True):
            if name[-2:] in self.by_end:
                self.names_by_end.setdefault(name[-3:], []).append(name)
        headless = {name for name in self.unquoted if name[-2:] not in self.by_end}
        self.known_start = re.compile(_classes(name[:3] for name in headless if len(name) > 2))
        self.known = re.compile(_spelled(headless))
        self.pair_names = re.compile("|".join(sorted(name for name in headless if len(name) == 2)))
        self.some_head = re.compile(_pairs({head[-2:] for head in self.heads if len(head) > 1}) + "|[贷券制]")


def _pairs(pairs: Iterable[str]) -> str:
    """Write a pattern for the first character of each pair with its second ahead, one branch a first character."""
    seconds: dict[str, str] = {}
    for pair in sorted(pairs):
        seconds[pair[0]] = seconds.get(pair[0], "") + pair[1]
    return "|".join(f"{re.escape(first)}(?=[{re.escape(last)}])" for first, last in seconds.items())


def _classes(beginnings: Iterable[str]) -> str:
    """Write a quick pattern for the first character of each beginning, the classes of the others ahead."""
    several = list(beginnings)
    first, *rest = ("".join(sorted({each[i] for each in several})) for i in range(len(several[0])))
    ahead = "".join(f"[{re.escape(characters)}]" for characters in rest)
    return f"[{re.escape(first)}](?={ahead})"


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


@cache
def _tables() -> Tables:
    return Tables()


# --- documents in 《》 ------------------------------------------------------------------------------------------------

_BOOK_QUOTES = re.compile(r"《([^《》\n]{1,80}(?:〈[^《》\n]{1,60}〉[^《》\n]{0,30})?)》")
_VERSION = re.compile(r"(?:[（(〔][^（()）〔〕]{1,20}[）)〕])+$")


def _documents(text: str) -> Iterator[ProgramFound]:
    """《》 around a government's document: ``印发《关于促进就业的意见》 -> 关于促进就业的意见``, no film."""
    tables = _tables()
    for match in _BOOK_QUOTES.finditer(text):
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


def _walk(reading: Reading, floor: int, at: int) -> Left:
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
        if word in _JOINING or word == "和":
            if not _parallel(text, spans[:index], taken, at):
                break
        elif _ends_name(word):
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


def _ends_name(word: str) -> bool:
    """Tell whether a word cannot belong to a name on its right: 实施, 全面实现, 亿元, 这是, a mark of punctuation."""
    tables = _tables()
    if word in tables.launch or word in tables.stops or not _WORDLIKE.fullmatch(word):
        return True
    if len(word) == 4 and word not in tables.generic:
        return word[2:] in tables.launch or (word[:2] in tables.stops and word[2:] not in tables.opening)
    return len(word) > 1 and (word[-1] in "的了是为元" or word[0] in "这那")


def _parallel(text: str, left: list[tuple[int, int]], taken: list[tuple[int, int]], at: int) -> bool:
    """Tell whether 和 joins two parts of one name: a word of one side comes back on the other, no head ends the left.

    ``老工业城市和资源型城市… -> True``, ``国企改革和财税改革 -> False``
    """
    tables = _tables()
    if not taken or not left:
        return False
    here = {text[start:end] for start, end in taken}
    start, end = left[-1]
    last = text[start:end]
    if any(
        text.endswith(head, 0, end) for head in ("计划", "行动", "工程", "改革", "制度", "机制", "战略", "规划", "活动")
    ):
        return False
    first = text[slice(*taken[-1])]
    alike = len(last) == len(first) == 2 and last[1] == first[1]
    if alike or (last in tables.opening and first in tables.opening):
        return True
    for start, end in left[:-6:-1]:
        word = text[start:end]
        if word in tables.launch or word in tables.stops or not _WORDLIKE.fullmatch(word):
            return False
        if len(word) > 1 and (word in here or word[-2:] in here):
            return True
    return False


def _own_region(reading: Reading, word: str) -> bool:
    """Tell whether a word names a place: a province, the article's own region, or a word that ends in 市 县 省."""
    if word in _tables().regions:
        return True
    if (
        len(word) > 2
        and word[-1] in "省市县州区"
        and not word.endswith(("示范区", "试验区", "城市", "城区", "园区", "特区", "社区", "灾区"))
    ):
        return True
    region = (reading.region or "").rstrip("省市县区")
    return len(word) >= 2 and len(region) >= 2 and word in (region, region[:2], region[-2:])


def _trim(reading: Reading, left: Left, kind: str) -> None:
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
    tables = _tables()
    for length, heads in tables.by_end.get(text[end - 2 : end], ()):
        head = heads.get(text[max(0, end - length) : end])
        if head is not None:
            return None if _goes_on(text, end, head) else head
    return None


def _goes_on(text: str, end: int, head: Head) -> bool:
    """Tell whether the characters of a head belong to another word: ``制度|性开放 -> True``."""
    tables = _tables()
    match = tables.refused.match(text, end - min(2, len(head.text)), end + tables.longest_refusal)
    return (match is not None and match.end() > end) or text.startswith(tables.organisation, end)


_TO_THE_LEFT = re.compile(r"[\w+·]+\Z")


def _floor(text: str, start: int) -> int:
    """Give the place left of which no name that ends at ``start`` can begin: the last mark of punctuation."""
    match = _TO_THE_LEFT.search(text, max(0, start - _WINDOW), start)
    return match.start() if match else start


_LARGE = frozenset({"工程", "计划", "行动", "战略", "运动"})
_LARGE_LAUNCH = re.compile(r"(?:启动|实施|开展|推进)[^，。；]{1,12}的$")
"""启动为期三年的|清水工程: a description between the launch and the name."""


def _headed(reading: Reading, end: int, head: Head, chained: set[int]) -> ProgramFound | None:
    """A head with a distinguishing part of its own: ``开展消费扶贫行动 -> 消费扶贫行动``; 重点工程 names nothing."""
    tables, text = _tables(), reading.text
    at = end - len(head.text)
    if head.needs == "bare":
        return _bare(reading, at, end, head)
    floor = _floor(text, at)
    if at - floor < 2 or text[at - 1] == "个":
        return None
    if head.needs == "launched" and not _may_be_launched(text, floor, at, end, chained):
        return None
    if not _ends_word(reading, at, end):
        return None
    left = _walk(reading, max(0, floor - 1), at)
    _trim(reading, left, head.type)
    length = at - left.start
    if not left.words or (_generic(text, left.words) and not _even_so(reading, left, head)):
        return None
    if length < 2 or length > _WINDOW - 2 or left.words[-1][1] != at or _COUNT_ONLY.fullmatch(text, left.start, at):
        return None
    if head.text[-2:] in ("制度", "机制") and head.needs == "launched" and length < 4:
        return None
    if head.text == "机制" and text[slice(*left.words[-1])] in tables.functions:
        return None
    if head.needs == "launched":
        official = text[slice(*left.words[0])] in tables.official and len(left.words) > 1 and head.text != "计划"
        subject = not _WORDLIKE.match(left.before) and text.startswith(tables.progress, end)
        described = (
            left.before == "的"
            and head.text in _LARGE
            and _LARGE_LAUNCH.search(text, max(0, left.start - 14), left.start)
        )
        if not (left.before in tables.launch or official or subject or described or left.before_end - 1 in chained):
            return None
    start = left.start - 3 if head.type == "zone" and text[left.start - 3 : left.start - 1] == "中国" else left.start
    return ProgramFound(start, end, head.type, f"head_{head.needs}")


def _may_be_launched(text: str, floor: int, at: int, end: int, chained: set[int]) -> bool:
    """Tell, without asking for words, whether a `launched` head can stand: most cannot."""
    tables = _tables()
    if floor - 1 in chained or text.startswith(tables.progress, end) or tables.launched.search(text, floor, at):
        return True
    return "国家" in text[floor:at] or "全国" in text[floor:at]


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
    if head.needs != "named":
        return False
    if head.type == "zone":
        return _own_region(reading, reading.text[slice(*left.words[0])])
    if head.type == "reform":
        return len(left.words) > 1 and left.words[-1][1] - left.start >= 4
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


_SECTION = re.compile(r"(?:(?:[一二三四五六七八九东中西南北]{1,2}[线期段]){0,4}(?:主体|配套|后续)?工程)?")
"""The part of a national project: 西气东输|二线西段工程."""


def _known(text: str) -> Iterator[ProgramFound]:
    """Names the whole nation knows: ``共建一带一路 -> 一带一路``; a company of that name is none."""
    tables = _tables()
    for match in tables.known.finditer(text):
        start, end = match.span()
        kind = tables.names[match.group()]
        if kind == "project":
            section = _SECTION.match(text, end)
            end = section.end() if section else end
        if not text.startswith(("集团", "公司"), end) and not (
            text[start].isdigit() and text[start - 1 : start].isdigit()
        ):
            yield ProgramFound(start, end, kind, "known")


def _phrases(reading: Reading, chained: set[int]) -> Iterator[ProgramFound]:
    """Phrases that a head closes, and five-year plans; ``chained`` holds where the names found so far end."""
    tables, text = _tables(), reading.text
    known = frozenset(chained)
    last: ProgramFound | None = None
    for match in tables.head.finditer(text):
        system = match.group() == "制" and text[match.end()] in _AFTER_SYSTEM
        end = match.end() + (0 if system else 1)
        head = tables.heads["制"] if system else _head_at(text, end)
        found = None if head is None or end in known else _headed(reading, end, head, chained)
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


# --- names in quotation marks ----------------------------------------------------------------------------------------

_QUOTES = re.compile(
    r"“([^“”\n]{1,40})”|‘([^‘’\n]{1,40})’|「([^「」\n]{1,40})」|『([^『』\n]{1,40})』|\"([^\"\n]{1,40})\""
)
_HAN = re.compile(r"[\u4E00-\u9FFF]{1,14}")
_MEASURES = re.compile(r"[\u4E00-\u9FFF]{2,12}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})条(?:措施|政策|意见)?")
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
    for match in _QUOTES.finditer(text):
        start, end = match.span()
        yield Quote(start, end, text[start + 1 : end - 1], text[max(0, start - 6) : start], text[end : end + 16])


def _whole(quote: Quote, kind: str, rule: str) -> ProgramFound:
    return ProgramFound(quote.open + 1, quote.close - 1, kind, rule)


def _closing_head(content: str, needs: tuple[str, ...] = ("named", "launched", "inside", "bare")) -> Head | None:
    """Give the head that closes quoted words, longest first: ``技改专项贷 -> 贷``."""
    heads = _tables().heads
    for length in range(min(_tables().longest_head, len(content)), 0, -1):
        head = heads.get(content[-length:])
        if head is not None and head.needs in needs:
            return head
    return None


def _following_head(reading: Reading, close: int, widest: int) -> tuple[Head, int, int] | None:
    """Give the first head behind the closing mark, where it begins and ends: ``”产业攀登计划 -> 攀登计划``.

    Heads that follow one another are one: 专项|行动|计划.
    """
    tables, text = _tables(), reading.text
    match = _HAN.match(text, close)
    if match is None or tables.some_head.search(text, close, match.end()) is None:
        return None
    found: tuple[Head, int, int] | None = None
    for length in range(tables.longest_head, 2, -1):
        head = tables.heads.get(text[close : close + length])
        if head is not None and not _goes_on(text, close + length, head):
            found = head, close, close + length
            break
    for start, end in reading.words.words(close, match.end()):
        word = text[start:end]
        if found is not None and end <= found[2]:
            continue
        if found is not None and word not in tables.tails:
            break
        ends = word in tables.stops or word in tables.launch or word in _ABSTRACT
        if start < close or (ends and word not in tables.heads):
            break
        piece = text[close : min(end, match.end())]
        head = _closing_head(piece, ("named", "launched", "quoted", "inside", "bare"))
        if head is not None and (len(head.text) > 1 or word == head.text) and not _goes_on(text, end, head):
            found = head, close, end
        elif found is not None or end - close > widest:
            break
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
    if head.text == "企业" and tables.names.get(quote.content) != "title":
        return None
    if head.needs == "quoted" and quote.content[-1] in "式型性级" and len(quote.content) < 5:
        return None
    inner = _closing_head(quote.content)
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


def _quoted_start(reading: Reading, quote: Quote, head: Head) -> int:
    """Give where a name with quotation marks inside begins: words of it may stand before them."""
    tables, text = _tables(), reading.text
    if not text[quote.open - 1 : quote.open] or not "\u4e00" <= text[quote.open - 1] <= "\u9fff":
        return quote.open
    floor = max(_floor(text, quote.open), quote.open - 12)
    left = _walk(reading, max(0, floor - 1), quote.open)
    _trim(reading, left, head.type)
    words = [text[start:end] for start, end in left.words]
    if not words or quote.open - left.start > 8 or left.words[-1][1] != quote.open:
        return quote.open
    if head.type not in ("title", "zone") and (words[0] in tables.official or head.needs in ("quoted", "inside")):
        return quote.open
    if any(_own_region(reading, word) for word in words):
        return quote.open
    return left.start


def _themed(quote: Quote) -> ProgramFound | None:
    """Quoted words that are the theme of a series or an event: ``“中国这十年”主题新闻发布会 -> 中国这十年``."""
    tables = _tables()
    if tables.campaign_after.match(quote.after):
        return _whole(quote, "campaign", "theme")
    if quote.before.endswith(tables.theme_before) or (
        quote.before.endswith("以") and quote.after.startswith(tables.theme_after)
    ):
        return _whole(quote, "campaign", "theme")
    return None


_AWARDED = re.compile(
    r"(?:集体|个人|模范|标兵|先进|城市|县|市|企业|单位|之乡|之都|之家|奖章|城|基地|人物|能手)(?:[（(].{1,4}[）)])?$"
)


def _titled(quote: Quote) -> ProgramFound | None:
    """Quoted words that are awarded: ``授予“全国先进集体”称号 -> 全国先进集体``."""
    tables = _tables()
    if quote.after.startswith(tables.title_after) or (
        quote.before.endswith(tables.title_before) and _AWARDED.search(quote.content)
    ):
        return _whole(quote, "title", "title")
    return None


def _closed(quote: Quote) -> ProgramFound | None:
    """Quoted words that a head closes: ``“招商引资五年倍增计划”``, ``“关心关爱企业家十条”``."""
    tables = _tables()
    if _CLAUSE.search(quote.content) or quote.content in tables.emphasis:
        return None
    if _MEASURES.fullmatch(quote.content):
        return _whole(quote, "mechanism", "measures")
    head = _closing_head(quote.content)
    if head is None or (len(quote.content) - len(head.text) < 2 and head.needs != "bare"):
        return None
    if (len(head.text) == 1 and len(quote.content) < 3) or len(quote.content) > 24:
        return None
    quoted_text = head.type in ("mechanism", "reform") and quote.content[:2] in tables.launch
    if quoted_text or quote.content.endswith("冰雪运动"):
        return None
    return _whole(quote, head.type, "closed")


def _counted(text: str, quote: Quote) -> ProgramFound | None:
    """A count of what was just listed: ``优化技术、优化产品、优化质量“三个优化” -> 三个优化``."""
    match = _COUNTED.fullmatch(quote.content)
    if match is None:
        return None
    listed = text[max(0, quote.open - 90) : quote.open].count(match[2])
    count = _COUNT[match[1]]
    emphasis = quote.content in _tables().emphasis
    return _whole(quote, "mechanism", "counted") if listed >= count > 2 and not emphasis else None


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
        found = _titled(quote) or _closed(quote) or _counted(text, quote)
        if found is None and not quote.after.startswith(tables.refuse_after):
            found = _launched(quote) or _goes_along(quote, pushed)
        pushed = found if found is not None and found.rule == "launched" else None
        if found is not None:
            yield found
        same = tables.class_after.match(quote.after)
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
    kept: list[ProgramFound] = []
    taken: set[int] = set()
    for found in sorted(candidates, key=lambda f: (-_RANK.get(f.rule, 5), f.start - f.end, f.start)):
        if taken.isdisjoint(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            kept.append(found)
    return sorted(kept, key=lambda found: found.start)


_REPEATED = frozenset(
    {"theme", "closed", "counted", "launched", "classed", "measures", "title", "around", "head_launched"}
)


_THEMES = frozenset({"theme", "launched", "classed", "title"})
"""Quoted words that may be common words elsewhere: unquoted repeats need a mark of punctuation beside them."""


def _repeats(text: str, kept: list[ProgramFound]) -> Iterator[ProgramFound]:
    """Every further occurrence of a name that the article has introduced: ``“三年跨越计划” … 三年跨越计划``."""
    names = {text[found.start : found.end]: found for found in kept if found.rule in _REPEATED}
    for name, start in _occurrences(text, names):
        end, first = start + len(name), names[name]
        quoted = text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING
        edge = not _WORDLIKE.match(text[start - 1 : start] or " ") or not _WORDLIKE.match(text[end : end + 1] or " ")
        if quoted or (len(name) >= 4 and (edge or first.rule not in _THEMES)):
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
    shown = [*_documents(text)] if "《" in text else []
    masked = [match.span() for match in _BOOK_QUOTES.finditer(text)] if "《" in text else []
    known = [*_known(text)]
    phrases = _phrases(reading, {found.end for found in known})
    kept = _settle([*shown, *_outside([*known, *_quoted(reading), *phrases], masked)])
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
    ("head_bare", "新增省级瞪羚企业12家。", [("省级瞪羚企业", "title")]),
    (
        "known",
        "高质量共建“一带一路”，南水北调中线一期工程供水。",
        [("一带一路", "strategy"), ("南水北调中线一期工程", "project")],
    ),
    ("known", "全面推行河长制。", [("河长制", "mechanism")]),
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
    ("theme", "举行“奋进的五年”主题新闻发布会。", [("奋进的五年", "campaign")]),
    ("theme", "大会以“开放共赢”为主题。", [("开放共赢", "campaign")]),
    ("title", "授予他“全省优秀技能人才”称号。", [("全省优秀技能人才", "title")]),
    ("closed", "扎实推进“工业强县五年倍增计划”。", [("工业强县五年倍增计划", "plan")]),
    ("closed", "推出“惠农贷”。", [("惠农贷", "fund")]),
    ("measures", "出台“稳就业十二条”。", [("稳就业十二条", "mechanism")]),
    ("counted", "严格程序、严格标准、严格纪律，做到“三个严格”。", [("三个严格", "mechanism")]),
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
    ("head_bare", "支持企业发展。"),
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
