"""The units and classifiers, found by the longest surface behind a number; rates such as 元/吨 are composed."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as found: canonical name, the factor to it, its dimension and base, and how many characters it takes."""

    name: str
    factor: Decimal
    dimension: str
    base: str | None
    base_factor: Decimal
    length: int


_ONE = Decimal(1)
_LETTERS = re.compile(r"[A-Za-z]{2}")
_ROUND = Context(prec=15)
_ALTERNATIVES = re.compile(r"（[^（）\n0-9]{1,10}）")
_PER = re.compile(r"\s?[/／]\s?|每(?=[^0-9年月日天人个户])")
_SCALED_PER = re.compile(r"[百千万]")


@cache
def _table() -> tuple[
    dict[str, Unit], dict[str, tuple[int, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]
]:
    """Load the table: surface -> unit, its first two characters -> lengths, [not_before], [only_before]."""
    table = tomllib.loads((Path(__file__).parent / "units.toml").read_text("utf-8"))
    units: dict[str, Unit] = {}
    for row in table["unit"]:
        base_factor, base = Decimal(row["factor"]), row["base"]
        for surface in row["surfaces"]:
            units[surface] = Unit(row["name"], _ONE, row["dimension"], base, base_factor, len(surface))
        for surface, factor in row.get("scaled", {}).items():
            units[surface] = Unit(row["name"], Decimal(factor), row["dimension"], base, base_factor, len(surface))
        names: dict[str, str] = {}
        for surface, factor in row.get("multiples", {}).items():
            name = names.setdefault(factor, surface)
            units[surface] = Unit(name, _ONE, row["dimension"], base, base_factor * Decimal(factor), len(surface))
    for group in table["classifiers"]:
        for surface in group["surfaces"]:
            units.setdefault(surface, Unit(surface, _ONE, "count", "1", _ONE, len(surface)))
    lengths: dict[str, tuple[int, ...]] = {surface[:2]: (1,) if surface[0] in units else () for surface in units}
    for length in sorted({len(surface) for surface in units} - {1}):
        for beginning in {surface[:2] for surface in units if len(surface) == length}:
            lengths[beginning] = (length, *lengths[beginning])
    refusals = {surface: tuple(words) for surface, words in table.get("not_before", {}).items()}
    limited = {surface: tuple(words) for surface, words in table.get("only_before", {}).items()}
    return units, lengths, refusals, limited


def only_before() -> frozenset[str]:
    """Give the surfaces that are units in front of some words only: 面 (红旗, 锦旗)."""
    return frozenset(_table()[3])


def rate(text: str, start: int, unit: Unit) -> Unit:
    """Give the rate that a unit read by other means begins, or the unit itself: ``方/年 -> 立方米/年``."""
    following = text[start + unit.length : start + unit.length + 1]
    return (_rate(text, start, unit) or unit) if following in ("/", "／") and following else unit


def surfaces() -> frozenset[str]:
    """Give every surface of the table."""
    return frozenset(_table()[0])


def second_letters(first: str) -> frozenset[str]:
    """Give what may stand behind a unit of one character that makes it the beginning of something longer."""
    units, _, refusals, _ = _table()
    longer = [*(surface for surface in units if surface[0] == first and len(surface) > 1), *refusals.get(first, ())]
    return frozenset(word[1] for word in longer)


def _plain_unit(text: str, start: int) -> Unit | None:
    units, lengths, refusals, limited = _table()
    for length in lengths.get(text[start : start + 2]) or lengths.get(text[start : start + 1], ()):
        surface = text[start : start + length]
        unit = units.get(surface)
        if unit is None:
            continue
        if surface[-1] < "\x7f" and _LETTERS.match(surface[-1] + text[start + length : start + length + 1]):
            continue
        refused = refusals.get(surface)
        if refused is not None and text.startswith(refused, start):
            continue
        wanted = limited.get(surface)
        if wanted is not None and not text.startswith(wanted, start + length):
            continue
        return unit
    return None


def find_unit(text: str, start: int) -> Unit | None:
    """Find the unit that begins at ``start``; a rate is composed of its parts.

    >>> find_unit("元/吨", 0).name, find_unit("公里/百平方公里", 0).name, find_unit("台（套）农机", 0).name
    ('元/吨', '公里/百平方公里', '台（套）')
    """
    unit = _plain_unit(text, start)
    if unit is None:
        return None
    end = start + unit.length
    following = text[end : end + 1]
    if following in ("/", "／", "每", " ") and following:
        return _rate(text, start, unit) or unit
    if following == "（":
        return _alternatives(text, start, unit) or unit
    return unit


def _rate(text: str, start: int, above: Unit) -> Unit | None:
    """Compose ``元/吨``, ``微克/立方米``, ``公里每小时 -> 公里/小时``."""
    per = _PER.match(text, start + above.length)
    if per is None:
        return None
    at = per.end()
    scale = _SCALED_PER.match(text, at)
    words = scale.group() if scale else ""
    below = _plain_unit(text, at + len(words)) or _TIME_BELOW.get(text[at : at + 1])
    if below is None:
        return None
    end = at + len(words) + below.length
    below_name = below.name if below.factor == 1 else text[at + len(words) : end]
    name = f"{above.name}/{words}{below_name}"
    further = re.match(r"[·•/]([人年月日天时])", text[end : end + 2])
    if further:
        end, name = end + 2, f"{name}·{further[1]}"
    divisor = {"": 1, "百": 100, "千": 1000, "万": 10000}[words] * below.factor * below.base_factor
    base = f"{above.base}/{below.base}" if above.base and below.base and not further else None
    factor = _ROUND.divide(above.base_factor, divisor)
    return Unit(name, above.factor, "rate", base, factor, end - start)


_TIME_BELOW = {
    "月": Unit("月", _ONE, "time", None, _ONE, 1),
    "日": Unit("天", _ONE, "time", "s", Decimal(86400), 1),
    "时": Unit("小时", _ONE, "time", "s", Decimal(3600), 1),
}


def _alternatives(text: str, start: int, unit: Unit) -> Unit | None:
    """Take in classifiers in brackets: ``台（套）``, ``辆（艘、架、列）次``."""
    if unit.dimension != "count":
        return None
    end = start + unit.length
    match = _ALTERNATIVES.match(text, end)
    if match is None:
        return None
    inside = re.split(r"[、/，]", match.group()[1:-1])
    if not all((part := _plain_unit(word, 0)) is not None and part.length == len(word) for word in inside):
        return None
    end = match.end() + (1 if text.startswith("次", match.end()) else 0)
    return Unit(text[start:end], _ONE, "count", "1", _ONE, end - start)
