"""The divisions of China by name and year: what 淄博 or 鼓楼区 is called in full, and its code of GB/T 2260.

The rows stand in regions.csv, the words around them (nationalities, short names that mislead) in regions.toml.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from extractors.tables import alternation, load

Level = Literal["country", "province", "prefecture", "county", "area"]
FIRST_YEAR = 1980
"""The lists behind the table begin here; what was in force then is taken for in force before."""

_RANK: dict[Level, int] = {"country": 0, "province": 1, "prefecture": 2, "county": 3, "area": 4}
_TAIL = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|林区|特区|新区|[省市县区盟旗])$")


@dataclass(frozen=True, slots=True)
class Region:
    """A division in force from ``since`` to ``until`` (years, both inclusive; until None: now); code None: no division.

    ``Region("370300", "淄博市", "prefecture", 1980, None)``; level ``area`` is 长三角 or 苏州高新区, without a code.
    """

    code: str | None
    name: str
    level: Level
    since: int = FIRST_YEAR
    until: int | None = None

    @property
    def prefix(self) -> str:
        """Give the digits that the codes of all divisions inside begin with: ``370300 -> 3703``."""
        if self.code is None:
            return ""
        return self.code[:2] if self.level == "province" else self.code[:4] if self.level == "prefecture" else self.code

    def holds(self, year: int | None) -> bool:
        """Tell whether it is in force at some time of ``year``; None asks for now."""
        if year is None:
            return self.until is None
        return self.since <= max(year, FIRST_YEAR) and (self.until is None or year <= self.until)

    def contains(self, other: "Region") -> bool:
        """Tell whether ``other`` lies inside by its code, or is the same."""
        if self.level == "country":
            return other.code is not None
        return bool(self.prefix) and other.code is not None and other.code.startswith(self.prefix)


NATION = Region(None, "全国", "country")
"""China as a whole, which the standard gives no code."""


@cache
def _regions() -> dict[str, tuple[Region, ...]]:
    """Give the rows of the table by full name."""
    found: dict[str, list[Region]] = defaultdict(list)
    with (Path(__file__).parent / "regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            code, name, until = row["code"], row["name"], row["until"]
            level: Level = "province" if code[2:] == "0000" else "prefecture" if code[4:] == "00" else "county"
            found[name].append(Region(code, name, level, int(row["since"]), int(until) if until else None))
    return {name: tuple(regions) for name, regions in found.items()}


@cache
def _by_code() -> dict[str, tuple[Region, ...]]:
    found: dict[str, list[Region]] = defaultdict(list)
    for regions in _regions().values():
        for region in regions:
            found[region.code or ""].append(region)
    return {code: tuple(regions) for code, regions in found.items()}


@cache
def _short() -> dict[str, tuple[Region, ...]]:
    """Give the divisions by short name: ``延边 -> 延边朝鲜族自治州``."""
    found: dict[str, list[Region]] = defaultdict(list)
    nationality = re.compile(rf"(?:(?:{alternation(load('regions')['gazetteer']['nationalities'])})族?|各族)$")
    for name, regions in _regions().items():
        short = shorten(name, nationality)
        if short != name:
            found[short] += regions
    return {name: tuple(regions) for name, regions in found.items()}


def shorten(name: str, nationality: re.Pattern[str]) -> str:
    """Leave out what a name ends in: ``恩施土家族苗族自治州 -> 恩施``, but ``通县`` stays whole."""
    match = _TAIL.search(name)
    if match is None or match.start() < 2:
        return name
    short = name[: match.start()]
    if match[0].startswith("自治"):
        while (end := nationality.search(short)) and end.start() >= 2:
            short = short[: end.start()]
    return short


def names() -> Iterator[str]:
    """Yield the full names, of any year."""
    yield from _regions()


def short_names(levels: Iterable[Level]) -> Iterator[str]:
    """Yield the short names of divisions of these levels, of any year."""
    levels = frozenset(levels)
    for name, regions in _short().items():
        if any(region.level in levels for region in regions):
            yield name


def find(name: str, year: int | None, within: Region | None = None) -> Region | None:
    """Find the division with a full or short name that is in force in ``year`` (None: now).

    ``within`` decides between divisions of one name; without it a name that several have is refused.
    ``find("襄樊", 2009) -> 420600 襄樊市``, ``find("鼓楼区", 2020) -> None``.
    """
    found = [region for region in _regions().get(name, ()) if region.holds(year)]
    found = found or [region for region in _short().get(name, ()) if region.holds(year)]
    if len(found) > 1:
        found = [region for region in found if region.until is None or region.until != year] or found
    inside = [region for region in found if within.contains(region)] if within is not None and len(found) > 1 else []
    found = inside or found
    if len(found) > 1 and (inside or name not in _ambiguous()):
        highest = min(_RANK[region.level] for region in found)
        if highest < _RANK["county"]:
            found = [region for region in found if _RANK[region.level] == highest]
    return found[0] if len(found) == 1 else None


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(load("regions")["gazetteer"]["ambiguous"])


def at(code: str, year: int | None) -> Region | None:
    """Find the division that has a code in ``year`` (None: now)."""
    found = [region for region in _by_code().get(code, ()) if region.holds(year)]
    return max(found, key=lambda region: region.since, default=None)


def above(region: Region, year: int | None) -> Iterator[Region]:
    """Yield the divisions that a division lies in, the nearest first: ``淄川区 -> 淄博市, 山东省``."""
    if region.code is None:
        return
    for code in (region.code[:4] + "00", region.code[:2] + "0000"):
        parent = at(code, year) if code != region.code else None
        if parent is not None and _RANK[parent.level] < _RANK[region.level]:
            yield parent
