"""Do the sums that a careful reader would do over the facts of an article, and say what agrees and what does not.

No alarm on rounding: every figure stands for the interval that its digits as written allow, rounded or cut off
(``9.2万亿元`` is 91,500 to 93,000 亿元), and hedged figures (约 近 余) are left alone.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from extractors.indicators import lookup
from extractors.periods import PeriodFound
from extractors.slots import QuantityFound
from extractors.statements import FactFound
from schemas import plain

_HUNDRED = Decimal(100)
_MOST_PARTS = 12
"""A longer list of parts is a table."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a sum: the finding's code, its sentence, and the figures of the view it is about."""

    code: str
    severity: str
    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Interval:
    """What a figure as written may stand for."""

    low: Decimal
    high: Decimal

    def meets(self, other: "_Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


def audit(
    text: str, quantities: Sequence[QuantityFound], facts: Sequence[FactFound], periods: Sequence[PeriodFound]
) -> list[Check]:
    """Check shares, sums, growth and repeated values over the facts of one view, in text order."""
    auditor = _Auditor(text, facts, periods)
    checks = [*auditor.shares(), *auditor.chains(), *auditor.parts(), *auditor.repeated()]
    checks += auditor.years(quantities)
    return sorted(checks, key=lambda check: (check.start, check.end, check.code))


def _interval(quantity: QuantityFound, text: str) -> _Interval | None:
    """Give what the digits allow: rounded down or up, or cut off; None for a hedged figure or a range."""
    if quantity.modifier != "exact" or quantity.high is not None:
        return None
    written = text[quantity.start : quantity.end]
    digits = written.lstrip("-−－零下")
    decimals = 0
    if "." in digits:
        fraction = digits.split(".", 1)[1]
        decimals = len(fraction) - len(fraction.lstrip("0123456789"))
    factor = quantity.unit.factor if quantity.unit is not None else Decimal(1)
    place = quantity.scale * factor / Decimal(10) ** decimals
    return _Interval(quantity.value - place / 2, quantity.value + place)


class _Auditor:
    """Holds the facts of one view, with their intervals."""

    def __init__(self, text: str, facts: Sequence[FactFound], periods: Sequence[PeriodFound]) -> None:
        self.text = text
        self.facts = [fact for fact in facts if fact.figure.quantity is not None]
        self.periods = periods
        self.years_listed = [period for period in periods if period.type == "year"]

    def _quantity(self, fact: FactFound) -> QuantityFound:
        quantity = fact.figure.quantity
        assert quantity is not None  # noqa: S101
        return quantity

    def _interval(self, fact: FactFound) -> _Interval | None:
        return _interval(self._quantity(fact), self.text)

    def _name(self, fact: FactFound) -> str:
        return "".join(self.text[start:end] for start, end in fact.indicator)

    def _shown(self, fact: FactFound) -> str:
        return self.text[fact.figure.start : fact.figure.end].replace("\n", "")

    def shares(self) -> Iterator[Check]:
        """A share of more than 100 %."""
        for fact in self.facts:
            if fact.aspect != "share" or fact.figure.unit != "%":
                continue
            interval = self._interval(fact)
            if interval is not None and interval.low > _HUNDRED:
                message = f"the share of {self._name(fact)} is {self._shown(fact)}, more than the whole"
                yield Check("share_over_100", "warning", message, fact.figure.start, fact.figure.end)

    def chains(self) -> Iterator[Check]:
        """Growth against the levels in front of it: 从A提高到B，增长C%; 达到B，增加D，增长C%."""
        for i, fact in enumerate(self.facts):
            if fact.aspect != "change" or fact.basis == "avg" or fact.figure.unit not in ("%", "倍", "百分点"):
                continue
            same = [other for other in self.facts[max(0, i - 3) : i] if self._follows(other, fact)]
            if len(same) >= 2 and all(other.rule == "facts.from_to" for other in same[-2:]):
                yield from self._growth(same[-2], same[-1], fact)
            elif len(same) >= 2 and same[-2].aspect == "level" and self._same_change(same[-1], fact):
                yield from self._growth_by(same[-2], same[-1], fact)

    def _follows(self, earlier: FactFound, later: FactFound) -> bool:
        """Tell whether two facts speak of the same thing in the same sentence."""
        gap = self.text[earlier.figure.end : later.figure.start]
        return earlier.indicator == later.indicator and not any(mark in gap for mark in "。！？；\n")

    def _same_change(self, amount: FactFound, rate: FactFound) -> bool:
        return (
            amount.aspect == "change"
            and amount.figure.unit not in ("%", "倍", "百分点")
            and (amount.direction == rate.direction and rate.basis in (None, amount.basis) and amount.per is None)
        )

    def _growth(self, first: FactFound, last: FactFound, rate: FactFound) -> Iterator[Check]:
        a, b = self._interval(first), self._interval(last)
        if a is None or b is None or first.figure.unit != last.figure.unit:
            return
        sign = 1 if rate.direction == "up" else -1
        if rate.figure.unit == "百分点":
            implied = _ordered(sign * (b.low - a.high), sign * (b.high - a.low))
        elif a.low > 0:
            implied = _ordered(sign * (b.low / a.high - 1), sign * (b.high / a.low - 1))
            implied = _scaled(implied, _HUNDRED if rate.figure.unit == "%" else Decimal(1))
        else:
            return
        yield from self._compare("growth", rate, implied, f"from {self._shown(first)} to {self._shown(last)}")

    def _growth_by(self, level: FactFound, amount: FactFound, rate: FactFound) -> Iterator[Check]:
        b, d = self._interval(level), self._interval(amount)
        if b is None or d is None or level.figure.unit != amount.figure.unit or rate.figure.unit == "百分点":
            return
        sign = 1 if rate.direction == "up" else -1
        before = _Interval(b.low - sign * d.high if sign > 0 else b.low + d.low, b.high - sign * d.low)
        if before.low <= 0 or d.low < 0 or before.high <= 0:
            return
        implied = _scaled(
            _Interval(d.low / before.high, d.high / before.low), _HUNDRED if rate.figure.unit == "%" else Decimal(1)
        )
        yield from self._compare("growth", rate, implied, f"{self._shown(amount)} on the way to {self._shown(level)}")

    def _compare(self, code: str, rate: FactFound, implied: _Interval, of: str) -> Iterator[Check]:
        stated = self._interval(rate)
        if stated is None:
            return
        start, end = rate.figure.start, rate.figure.end
        if stated.meets(implied):
            yield Check(f"{code}_confirmed", "info", f"{self._shown(rate)} agrees with {of}", start, end)
        else:
            about = f"{plain(round(implied.low, 2))} to {plain(round(implied.high, 2))}"
            yield Check(f"{code}_mismatch", "warning", f"{self._shown(rate)} is stated, {of} gives {about}", start, end)

    def parts(self) -> Iterator[Check]:
        """Parts behind 其中 or in parentheses against their total: equal, or more than it."""
        for i, total in enumerate(self.facts):
            parts = self._parts_of(i, total) if total.aspect == "level" else []
            whole = self._interval(total) if len(parts) >= 2 else None
            intervals = [interval for interval in map(self._interval, parts) if interval is not None]
            if whole is None or len(intervals) < len(parts):
                continue
            summed = _Interval(
                sum((p.low for p in intervals), Decimal(0)), sum((p.high for p in intervals), Decimal(0))
            )
            terms = " + ".join(self._shown(part) for part in parts)
            start, end = total.figure.start, parts[-1].figure.end
            if summed.meets(whole):
                yield Check("sum_confirmed", "info", f"{terms} agrees with {self._shown(total)}", start, end)
            elif summed.low > whole.high:
                yield Check("sum_mismatch", "warning", f"{terms} is more than {self._shown(total)}", start, end)

    def _parts_of(self, i: int, total: FactFound) -> list[FactFound]:
        """Give the facts that a sentence counts as parts of one before them, by 其中 or a parenthesis."""
        parts: list[FactFound] = []
        end = total.figure.end
        for other in self.facts[i + 1 : i + 1 + _MOST_PARTS]:
            gap = self.text[end : other.figure.start]
            if any(mark in gap for mark in "。！？；\n"):
                break
            if "包括" in gap or (not parts and not ("其中" in gap or gap.startswith(("（", "(")))):
                break
            if (
                other.aspect == "level"
                and other.rule != "facts.from_to"
                and other.figure.unit == total.figure.unit
                and other.period == total.period
            ):
                parts.append(other)
            elif other.aspect == "level":
                break
            end = other.figure.end
        return parts

    def repeated(self) -> Iterator[Check]:
        """The same indicator, subject, region and period twice: the same value confirms it, another contradicts it."""
        groups: dict[tuple[object, ...], list[FactFound]] = defaultdict(list)
        for fact in self.facts:
            if fact.aspect == "level" and fact.period is not None and lookup(self._name(fact)) is not None:
                period = self.periods[fact.period]
                subject = self.text[slice(*fact.subject)] if fact.subject else None
                region = fact.region.name if fact.region is not None else None
                per = self.text[slice(*fact.per)] if fact.per else None
                of = self._name(fact), subject, region, fact.figure.unit, per
                key = (*of, period.start_date, period.end_date)
                if period.start_date is not None or period.end_date is not None:
                    groups[key].append(fact)
        for facts in groups.values():
            if len(facts) > 1:
                yield from self._twice(facts)

    def _twice(self, facts: list[FactFound]) -> Iterator[Check]:
        first, known = facts[0], self._interval(facts[0])
        for fact in facts[1:]:
            interval = self._interval(fact)
            if known is None or interval is None or self._follows(first, fact):
                continue
            code, severity, word = ("value_confirmed", "info", "agrees with")
            if not interval.meets(known):
                code, severity, word = ("value_conflict", "warning", "differs from")
            message = f"{self._name(fact)} {self._shown(fact)} {word} {self._shown(first)} earlier in the article"
            yield Check(code, severity, message, fact.figure.start, fact.figure.end)

    def years(self, quantities: Sequence[QuantityFound]) -> Iterator[Check]:
        """Years listed one by one against the number of times: 2016年、2017年、2019年、2021年四次."""
        if len(self.years_listed) < 2:
            return
        for quantity in quantities:
            unit = quantity.unit.name if quantity.unit is not None else None
            if unit not in ("次", "届", "年", "度") or quantity.value > _MOST_PARTS or quantity.modifier != "exact":
                continue
            listed = self._years_in_front(quantity.start)
            if len(listed) < 2:
                continue
            start, end = listed[0].start, quantity.end
            stated = self.text[quantity.start : quantity.end]
            shown = "、".join(self.text[year.start : year.end] for year in listed)
            if len(listed) == quantity.value:
                yield Check("count_confirmed", "info", f"{stated} agrees with {shown}", start, end)
            else:
                message = f"{stated} is stated, {len(listed)} years are listed: {shown}"
                yield Check("count_mismatch", "warning", message, start, end)

    def _years_in_front(self, position: int) -> list[PeriodFound]:
        """Give the list of years that stands right in front of a figure, joined by 、 and 和."""
        listed: list[PeriodFound] = []
        for i in range(bisect_right(self.years_listed, position, key=attrgetter("end")) - 1, -1, -1):
            period, behind = self.years_listed[i], listed[0].start if listed else position
            gap = self.text[period.end : behind]
            joined = gap in ("、", "和", "及", "，", "以及") if listed else len(gap) <= 8 and "，" not in gap[1:]
            if not joined:
                break
            listed.insert(0, period)
        return listed


def _ordered(a: Decimal, b: Decimal) -> _Interval:
    return _Interval(min(a, b), max(a, b))


def _scaled(interval: _Interval, factor: Decimal) -> _Interval:
    return _Interval(interval.low * factor, interval.high * factor)
