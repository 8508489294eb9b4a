"""What the quantity stage holds of a numeral on its way from digits to a quantity."""

from dataclasses import dataclass
from decimal import Decimal

from extractors.fates import Fate
from extractors.numerals import Number
from extractors.units import Unit

ONE = Decimal(1)
ARABIC = frozenset("0123456789")


@dataclass(slots=True)
class QuantityFound:
    """A quantity of the view: [start, end), its worth, its unit (None where bare), its hedge, the rule that read it."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: Unit | None
    unit_text: str | None
    modifier: str
    scale: Decimal = ONE
    rule: str = "quantities.amount"


@dataclass(slots=True)
class Slot:
    """A numeral on its way: read as a quantity, refused with a fate, or bare (waiting for a list's unit)."""

    number: Number
    quantity: QuantityFound | None = None
    fate: Fate | None = None


def is_chinese(number: Number) -> bool:
    """Tell whether a numeral is written in Chinese characters."""
    return number.form != "arabic" and number.text[0] not in ARABIC
