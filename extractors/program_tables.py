"""The words of the programmes stage, out of programs.toml and program_names.csv, ready for use."""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Head:
    """A word that closes a name: ``计划 -> plan, launched``."""

    text: str
    type: str
    needs: str


_HERE = Path(__file__).parent


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
        self.bodies = tuple(words["right"]["bodies"])
        self.organisation = tuple(words["right"]["organisation"])
        self.organisation_begins = frozenset(each[0] for each in self.organisation)
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
        self.doing = frozenset(left["doing"])
        self.modifiers = frozenset(left["modifiers"])
        self.functions = frozenset(left["functions"])
        self.generic = frozenset(left["generic"])
        self.regions = frozenset(name for line in left["regions"] for name in line.split())
        abroad = _any(name for line in left["abroad"] for name in line.split())
        self.abroad = re.compile(rf"(?:{abroad})")
        self.abroad_before = re.compile(rf"(?<!援)(?<!援助)(?:{abroad})(?:政府|总统|军方|国会|议会)?$")
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
        self.honour = re.compile(rf"最美[^\W的]{{2,8}}|[^\W的]{{2,8}}(?:{_any(quotes['honours'])})")
        self.honoured = tuple(quotes["honoured"])
        self.honouring = re.compile(rf"(?:{_any(quotes['honouring'])})[^，。；“”、]{{0,9}}$")
        self.branding = tuple(quotes["branding"])
        self.branded = tuple(quotes["branded"])
        self.launch_before = tuple(quotes["launch_before"])
        self.launched_after = tuple(quotes["launched_after"])
        self.refuse_after = tuple(quotes["refuse_after"])
        self.unlawful = re.compile(_any(quotes["unlawful"]))
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
        self.work_after = re.compile(_any(documents["work_after"]))
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
        self.known = re.compile(spelled(headless))
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
    return ((verb + level[0], level[1]) for verb in BEFORE_LEVEL for level in LEVELS)


def spelled(words: Iterable[str]) -> str:
    """Write a pattern for words that branches where they part, the longest first: ``河长制, 河图 -> 河(?:长制|图)``."""
    tree: dict[str, list[str]] = {}
    for word in words:
        tree.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(first) + spelled(rest) for first, rest in sorted(tree.items()) if first]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in tree else joined


_UNQUOTED = ("named", "launched", "placed", "bare")
"""What heads need that also stand without quotation marks."""

_AFTER_SYSTEM = "、。，；等和及"
"""What must follow the head 制, for 制 also begins many words."""

LEVELS = ("国家", "全国", "中国", "省级", "世界")

BEFORE_LEVEL = frozenset("选围评获批为定予膺了得度造创")
"""The characters that end a word of award in front of a level."""


@cache
def program_words() -> Tables:
    """Load the tables, once."""
    return Tables()
