"""Growth against the levels in front of it: 从A提高到B，增长C%; 达到B，增加D，增长C%."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.audit_facts import Audited, Check
from extractors.intervals import Interval, ordered, scaled
from extractors.statements import FactFound

_HUNDRED = Decimal(100)


def chains(view: Audited) -> Iterator[Check]:
    """Growth against the levels in front of it: 从A提高到B，增长C%; 达到B，增加D，增长C%."""
    for i, fact in enumerate(view.facts):
        if fact.aspect != "change" or fact.basis == "avg" or fact.figure.unit not in ("%", "倍", "百分点"):
            continue
        same = [other for other in view.facts[max(0, i - 3) : i] if view.follows(other, fact)]
        if len(same) >= 2 and all(other.rule == "facts.from_to" for other in same[-2:]):
            yield from _growth(view, same[-2], same[-1], fact)
        elif len(same) >= 2 and same[-2].aspect == "level" and _same_change(view, same[-1], fact):
            yield from _growth_by(view, same[-2], same[-1], fact)


def _same_change(view: Audited, amount: FactFound, rate: FactFound) -> bool:
    return (
        amount.aspect == "change"
        and amount.figure.unit not in ("%", "倍", "百分点")
        and (amount.direction == rate.direction and rate.basis in (None, amount.basis) and amount.per is None)
    )


def _growth(view: Audited, first: FactFound, last: FactFound, rate: FactFound) -> Iterator[Check]:
    """Compare a rate with two levels; 翻一番 is two times the first, 增长1倍 once more than it."""
    a, b = view.interval(first), view.interval(last)
    if a is None or b is None or first.figure.unit != last.figure.unit:
        return
    sign = 1 if rate.direction == "up" else -1
    if rate.figure.unit == "百分点":
        implied = ordered(sign * (b.low - a.high), sign * (b.high - a.low))
    elif a.low > 0:
        start = 0 if view.quantity(rate).rule == "quantities.doubling" else 1
        implied = ordered(sign * (b.low / a.high - start), sign * (b.high / a.low - start))
        implied = scaled(implied, _HUNDRED if rate.figure.unit == "%" else Decimal(1))
    else:
        return
    yield from view.compare("growth", rate, implied, f"from {view.shown(first)} to {view.shown(last)}")


def _growth_by(view: Audited, level: FactFound, amount: FactFound, rate: FactFound) -> Iterator[Check]:
    b, d = view.interval(level), view.interval(amount)
    if b is None or d is None or level.figure.unit != amount.figure.unit or rate.figure.unit == "百分点":
        return
    sign = 1 if rate.direction == "up" else -1
    before = Interval(b.low - sign * d.high if sign > 0 else b.low + d.low, b.high - sign * d.low)
    if before.low <= 0 or d.low < 0 or before.high <= 0:
        return
    implied = scaled(
        Interval(d.low / before.high, d.high / before.low), _HUNDRED if rate.figure.unit == "%" else Decimal(1)
    )
    yield from view.compare("growth", rate, implied, f"{view.shown(amount)} on the way to {view.shown(level)}")
