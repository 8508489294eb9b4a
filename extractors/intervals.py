"""What a figure as written may stand for, and sums over it: the audit's tolerance follows the digits."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.slots import QuantityFound


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a figure may stand for, both ends included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Tell whether one value may be meant by both."""
        return self.low <= other.high and other.low <= self.high


def stands_for(quantity: QuantityFound, text: str) -> Interval | None:
    """Give what the digits allow, rounded or cut off (``9.2万亿元`` is 91,500 to 93,000 亿元); None if hedged.

    A count in ones is exact: ``598名`` are 598.
    """
    if quantity.modifier != "exact" or quantity.high is not None:
        return None
    written = text[quantity.start : quantity.end]
    digits = written.lstrip("-−－零下")
    decimals = 0
    if "." in digits:
        fraction = digits.split(".", 1)[1]
        decimals = len(fraction) - len(fraction.lstrip("0123456789"))
    one = one_as_written(quantity)
    if one == 1 and not decimals and quantity.unit is not None and quantity.unit.dimension == "count":
        return Interval(quantity.value, quantity.value)
    place = one / Decimal(10) ** decimals
    return Interval(quantity.value - place / 2, quantity.value + place)


def one_as_written(quantity: QuantityFound) -> Decimal:
    """Give what one stands for in front of a figure's words: 10**8 for 1000亿元, whose unit is 元."""
    return quantity.scale * (quantity.unit.factor if quantity.unit is not None else 1)


def summed(intervals: Iterable[Interval]) -> Interval:
    """Add them up."""
    low = high = Decimal(0)
    for interval in intervals:
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


def ordered(a: Decimal, b: Decimal) -> Interval:
    """Make one of its ends, in any order."""
    return Interval(min(a, b), max(a, b))


def scaled(interval: Interval, factor: Decimal) -> Interval:
    """Multiply by a positive factor."""
    return Interval(interval.low * factor, interval.high * factor)
