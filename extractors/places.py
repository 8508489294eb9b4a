"""Find the places that a text names: divisions by full and short name, chains of them, areas, countries, and 全市.

广州南沙 -> 广州市南沙区; 苏州高新区 -> an area of that name; 长三角, 美国 -> as written. Offsets are code points of the
text, end exclusive.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import NamedTuple

from extractors import gazetteer
from extractors.gazetteer import NATION, Region
from extractors.tables import alternation, load

Whole = Callable[[int, int], bool]
"""Tells whether [start, end) is made of whole words."""

_LONGEST_CHAIN = 4


class Place(NamedTuple):
    """A place as the text names it at [start, end); ``deictic`` keeps 全市 and 我省, which their context resolves."""

    start: int
    end: int
    region: Region | None
    deictic: str | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    by_beginning: dict[str, tuple[str, ...]]
    begins: re.Pattern[str]
    beginnings: frozenset[str]
    shorts: frozenset[str]
    doubtful: frozenset[str]
    generic: frozenset[str]
    nation: frozenset[str]
    others: dict[str, Region]
    functional: re.Pattern[str]


@cache
def _names() -> _Names:
    table = load("regions")["places"]
    countries = " ".join(table["countries"].values()).split()
    others = {name: Region(None, name, "country") for name in countries}
    others |= {name: Region(None, table["full"].get(name, name), "area") for name in table["areas"]}
    shorts = frozenset(gazetteer.short_names(("province", "prefecture")))
    beginnings: dict[str, set[str]] = defaultdict(set)
    for name in chain(gazetteer.names(), shorts, others, table["nation"]):
        beginnings[name[:2]].add(name)
    all_beginnings = frozenset(beginnings) | {one + kind for one in _POINTING for kind in "省市县区州盟旗镇乡村自国"}
    first, second = ("".join(sorted({pair[i] for pair in all_beginnings})) for i in (0, 1))
    return _Names(
        {key: tuple(sorted(found, key=lambda name: (-len(name), name))) for key, found in beginnings.items()},
        re.compile(f"[{first}](?=[{second}])"),
        all_beginnings,
        shorts,
        frozenset(table["words"]),
        frozenset(table["generic"]),
        frozenset(table["nation"]),
        others,
        re.compile(alternation(table["functional"])),
    )


@cache
def _divisions() -> dict[str, tuple[str, ...]]:
    """Give the full and short names of all divisions by their first two characters, the longest first."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in chain(gazetteer.names(), gazetteer.short_names(("province", "prefecture", "county"))):
        found[name[:2]].add(name)
    return {key: tuple(sorted(names, key=lambda name: (-len(name), name))) for key, names in found.items()}


_POINTING = "全我本该"
DEICTIC = re.compile(
    rf"[{_POINTING}](?:自治区|[省市县区州盟旗镇乡村]|(?<=该)国)"
    r"(?![域场值级容政长委籍货话语]|内外|间)"
)
_DEICTIC_BEFORE = "安健完齐保成周顾自基根日原资文样版剧书脚"


class Finder:
    """Finds places in one text, as of one year; ``home`` decides between divisions of one name."""

    def __init__(self, text: str, year: int | None, home: Region | None = None, whole: Whole | None = None) -> None:
        self.text = text
        self.year = year
        self.home = home
        self.whole = whole
        self.known: dict[str, Region | None] = {}

    def find(self, start: int, end: int) -> Iterator[Place]:
        """Yield the places in [start, end), the longest at each place, none inside another."""
        names, text = _names(), self.text
        beginnings, floor = names.beginnings, start
        found = [match.start() for match in names.begins.finditer(text, start, end)]
        for at in [at for at in found if text[at : at + 2] in beginnings]:
            if at >= floor:
                place = (self._deictic(at, end) if text[at] in _POINTING else None) or self.at(at, end)
                if place is not None:
                    floor = place.end
                    yield place

    def at(self, start: int, end: int) -> Place | None:
        """Read the place that begins at ``start``, with the places inside it that follow: 江苏|苏州|高新区."""
        first = self._one(start, end)
        if first is None:
            return None
        begin, (stop, region) = start, first
        city = region
        for _ in range(_LONGEST_CHAIN):
            if city.level in ("prefecture", "county") or city.name.endswith("市"):
                area = _names().functional.match(self.text, stop, end)
                if area is not None:
                    return Place(start, area.end(), Region(None, self.text[begin : area.end()], "area"))
            after = self._inner(stop, end, city) if city.code is not None else None
            if after is None:
                break
            begin, (stop, inner) = stop, after
            region, city = self._called(city, inner), inner
        return Place(start, stop, region)

    def _called(self, outer: Region, inner: Region) -> Region:
        """Name a district with the city it is written behind: 广州|南沙 -> 广州市南沙区, but 浙江|德清 -> 德清县."""
        district = inner.level == "county" and inner.name.endswith("区") and outer.level != "county"
        named = outer.level == "prefecture" or outer.name[-1:] == "市"
        return replace(inner, name=outer.name + inner.name) if district and named else inner

    def _one(self, start: int, end: int) -> tuple[int, Region] | None:
        """Read one name at ``start`` that no place stands in front of."""
        names = _names()
        for name in names.by_beginning.get(self.text[start : start + 2], ()):
            stop = start + len(name)
            if stop > end or not self.text.startswith(name, start):
                continue
            region = self._named(name, start, stop)
            if region is not None:
                return stop, region
        return None

    def _named(self, name: str, start: int, stop: int) -> Region | None:
        names = _names()
        if name in names.nation:
            return NATION
        if name in names.others:
            return names.others[name] if self._is_whole(start, stop) else None
        if name not in self.known:
            self.known[name] = gazetteer.find(name, self.year, self.home)
        region = self.known[name]
        if region is None:
            return None
        if (name in names.generic or name in names.doubtful) and not self._near(region):
            after = self._inner(stop, len(self.text), region) if name in names.doubtful else None
            if after is None:  # 山东|日照 is read, and 日照 in an article of 日照市; the word alone is not
                return None
        return region if self._is_whole(start, stop) else None

    def _near(self, region: Region) -> bool:
        home = self.home
        return home is not None and bool(home.code) and (home.contains(region) or region.contains(home))

    def _inner(self, start: int, end: int, outer: Region) -> tuple[int, Region] | None:
        """Read a division of ``outer`` by the longest of its full or short names at ``start``."""
        for name in _divisions().get(self.text[start : start + 2], ()):
            if start + len(name) <= end and self.text.startswith(name, start):
                region = _inside(name, outer, self.year)
                if region is not None and region.code != outer.code:
                    return start + len(name), region
        return None

    def _is_whole(self, start: int, stop: int) -> bool:
        return self.whole is None or self.whole(start, stop)

    def _deictic(self, start: int, end: int) -> Place | None:
        match = DEICTIC.match(self.text, start, end)
        if match is None or (start and self.text[start - 1] in _DEICTIC_BEFORE):
            return None
        return Place(start, match.end(), None, match[0])


def _inside(name: str, outer: Region, year: int | None) -> Region | None:
    region = gazetteer.find(name, year, outer)
    return region if region is not None and outer.contains(region) else None


def resolve(deictic: str, context: Region, year: int | None) -> Region | None:
    """Say what 全市 or 我省 means where ``context`` is spoken of, else None: ``全省, 淄博市 -> 山东省``."""
    kind = deictic[1:]
    if kind == "国":
        return context if context.level == "country" else NATION
    return next((region for region in (context, *gazetteer.above(context, year)) if region.name.endswith(kind)), None)
