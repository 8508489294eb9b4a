"""Values stated twice, wholes against their parts, and wholes against a part with its share."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractors.audit_facts import Audited, Check
from extractors.indicators import lookup, partitions
from extractors.intervals import ordered
from extractors.places import Finder, resolve
from extractors.statements import FactFound

_HUNDRED = Decimal(100)
_MOST_PARTS = 12
"""A longer list of parts is a table."""
_LONGEST = 400
"""A longer parenthesis is none."""
_PARENTHESIS = re.compile("[（(]")
_MARK = re.compile("[（()）]")
_BREAKS = re.compile("[。！？；\n]|同时|另|此外|包括")


def parts(view: Audited) -> Iterator[Check]:
    """Parts behind 其中 or in parentheses against their total: equal, or more than it."""
    for i, total in enumerate(view.facts):
        if total.aspect == "level":
            yield from _behind(view, total, view.facts[i + 1 : i + 1 + _MOST_PARTS], view.facts[max(0, i - 3) : i])


def _behind(
    view: Audited, total: FactFound, following: Sequence[FactFound], before: Sequence[FactFound]
) -> Iterator[Check]:
    """Add up the facts behind a total that are its parts, until they make it up.

    More than the total are they only where nothing else in the sentence can be their total:
    函询1258件次，谈话180件次，其中市厅级干部535件次 is of both.
    """
    found: list[FactFound] = []
    for part in _parts_of(view, total, following):
        found.append(part)
        checks = list(view.summed(total, found, complete=False)) if len(found) >= 2 else []
        if any(check.code == "sum_confirmed" for check in checks):
            yield from checks
            return
    if len(found) < 2:
        return
    rival = any(
        other.aspect == "level" and other.figure.unit == total.figure.unit and view.together(other, total)
        for other in before
    )
    if not rival:
        yield from view.summed(total, found, complete=False)


def _parts_of(view: Audited, total: FactFound, following: Sequence[FactFound]) -> Iterator[FactFound]:
    """Give the facts that a sentence counts as parts of one before them, by 其中 or a parenthesis.

    A parenthesis holds the parts of what stands in front of it, and those alone: one within it is passed over.
    """
    if not following:
        return
    end = total.figure.end
    opened = _PARENTHESIS.match(view.text, end)
    floor = opened.end() if opened else view.text.find("其中", end, following[-1].figure.start)
    roof = _closing(view.text, opened.end()) if opened else len(view.text)
    for other in following:
        gap = view.text[end : other.figure.start]
        if floor < 0 or other.figure.end > roof or _BREAKS.search(gap):
            return
        before = other.figure.start < floor
        if before and (other.aspect == "level" or other.figure.unit == total.figure.unit):
            return
        if other.aspect == "level" and not _in_parenthesis(view.text, floor, other.figure.start):
            if not _alike(total, other):
                return
            yield other
        end = other.figure.end


def _alike(total: FactFound, part: FactFound) -> bool:
    return part.rule != "facts.from_to" and part.figure.unit == total.figure.unit and part.period == total.period


def _in_parenthesis(text: str, start: int, end: int) -> bool:
    """Tell whether a parenthesis that opens in [start, end) is still open at its end."""
    marks = [mark[0] for mark in _MARK.finditer(text, start, end)]
    return sum(1 if mark in "（(" else -1 for mark in marks) > 0


def _closing(text: str, start: int) -> int:
    """Find where the parenthesis that was opened before ``start`` ends."""
    depth = 1
    for mark in _MARK.finditer(text, start, start + _LONGEST):
        depth += 1 if mark[0] in "（(" else -1
        if depth == 0:
            return mark.start()
    return start


def compared(view: Audited) -> Iterator[Check]:
    """Levels of official indicators of one region, period and subject: values stated twice, wholes and parts."""
    groups: dict[tuple[object, ...], dict[str, list[FactFound]]] = defaultdict(lambda: defaultdict(list))
    for fact in view.facts:
        if fact.aspect == "level" and fact.known is not None and (time := view.time(fact)) is not None:
            said = [view.said(fact.subject), view.said(fact.per), fact.region and fact.region.name]
            groups[*said, fact.figure.unit, *time][fact.known.code].append(fact)
    for by_code in groups.values():
        for code, facts in by_code.items():
            yield from _twice(view, facts)
            yield from _splits(view, code, by_code)


def _twice(view: Audited, facts: list[FactFound]) -> Iterator[Check]:
    """Compare the values of one indicator with the first.

    Another name for it (进出口 for 货物贸易进出口总值) may leave out whose it is, and so may a clause of the same
    sentence (开工项目总投资298亿元；签约项目总投资342亿元): they may agree, but not differ.
    """
    first, known = facts[0], view.interval(facts[0])
    for fact in facts[1:]:
        interval = view.interval(fact)
        if known is None or interval is None or view.follows(first, fact):
            continue
        start, end = fact.figure.start, fact.figure.end
        said, earlier = f"{view.name(fact)} {view.shown(fact)}", f"{view.shown(first)} earlier in the article"
        if interval.meets(known):
            yield Check("value_confirmed", "info", f"{said} agrees with {earlier}", start, end)
        elif view.name(fact) == view.name(first) and view.apart(first, fact):
            yield Check("value_conflict", "warning", f"{said} differs from {earlier}", start, end)


def _splits(view: Audited, code: str, by_code: Mapping[str, Sequence[FactFound]]) -> Iterator[Check]:
    """Compare a whole with the parts that make it up, where a paragraph states them all: 进出口 = 出口 + 进口."""
    for split in partitions(code).values():
        if not all(part.code in by_code for part in split):
            continue
        whole, parts = by_code[code][0], [by_code[part.code][0] for part in split]
        start, *_, end = sorted(place for fact in (whole, *parts) for place in (fact.figure.start, fact.figure.end))
        if "\n" not in view.text[start:end]:
            yield from view.summed(whole, parts, complete=True)


def totals(view: Audited) -> Iterator[Check]:
    """Wholes implied by value and share against those stated: 260亿元，占财政收入的26% makes 财政收入 1000亿元."""
    for i, share in enumerate(view.facts):
        if share.aspect != "share" or share.base is None or share.figure.unit != "%":
            continue
        nearest = reversed(view.facts[max(0, i - 3) : i])
        part = next((other for other in nearest if other.aspect == "level" and view.follows(other, share)), None)
        value, rate = view.interval(part) if part else None, view.interval(share)
        if part is None or value is None or rate is None or rate.low <= 0:
            continue
        implied = ordered(value.low * _HUNDRED / rate.high, value.high * _HUNDRED / rate.low)
        for whole in _wholes(view, share.base, part):
            yield from view.compare("total", whole, implied, f"{view.shown(part)} at {view.shown(share)}")


def _wholes(view: Audited, base: tuple[int, int], part: FactFound) -> Iterator[FactFound]:
    """Find the levels of what a share is of, in the region that it names or the part's, at the part's time."""
    place = next(Finder(view.text, None, part.region).find(*base), None)
    region, name = part.region, view.text[slice(*base)]
    if place is not None and place.start == base[0]:
        region, name = place.region, view.text[place.end : base[1]]
        if place.deictic is not None and part.region is not None:
            region = resolve(place.deictic, part.region, None)
    known, time = lookup(name, part.figure.dimension), view.time(part)
    for whole in view.facts:
        named = view.name(whole) == name or (known is not None and whole.known is known)
        placed = (whole.region and whole.region.name) == (region and region.name)
        alike = whole.figure.unit == part.figure.unit and time is not None and view.time(whole) == time
        if whole.aspect == "level" and whole.subject is None and named and placed and alike:
            yield whole
