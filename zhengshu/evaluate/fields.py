"""Which fields of a record are compared with the gold, and when two values are the same."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Record = Mapping[str, Any]

KINDS = {"quantity": "quantities", "period": "periods", "ordinal": "ordinals", "program": "programs"}
"""The kinds that are scored by their spans, and the list of the document that holds them."""

FULL = {
    "quantity": ("value", "high", "unit", "modifier"),
    "period": ("start_date", "end_date"),
    "ordinal": ("value", "role", "scope", "top"),
    "program": ("type",),
    "fact": ("indicator", "aspect", "direction", "basis", "region", "base", "period"),
}
"""The fields that must all be right for a record to be fully right."""

BESIDE = {"period": ("type",), "fact": ("subject",)}
"""Fields that are compared and reported where the gold names them, but do not enter ``full``."""

CORE = {"indicator", "aspect", "period"}
"""A fact is right at its core where these are."""

_TOLERANCE = Decimal("0.000002")
"""Relative: a third written with six places is a third."""

_SAME_PHRASE = 0.6
"""Phrases are the same where so much of their characters (F1) is."""


def compared(kind: str, gold: Record) -> tuple[str, ...]:
    """Name the fields that are compared on a gold record; a fact's period only where the gold names one."""
    beside = tuple(name for name in BESIDE.get(kind, ()) if name in gold)
    full = (name for name in FULL[kind] if (kind, name) != ("fact", "period") or gold.get("period"))
    return (*full, *beside)


def wrong(kind: str, read: Record, gold: Record) -> tuple[str, ...]:
    """Name the fields in which a record differs from the gold."""
    return tuple(name for name in compared(kind, gold) if not same(kind, name, read.get(name), gold.get(name)))


def same(kind: str, name: str, claimed: object, right: object) -> bool:
    """Compare a field: numbers by value, ``top`` by truth, phrases by their characters, the rest as written."""
    if kind in ("quantity", "ordinal") and name in ("value", "high"):
        return _same_number(claimed, right)
    if kind == "ordinal" and name == "top":
        return bool(claimed) == bool(right)
    if kind == "fact" and name in ("indicator", "base"):
        return phrase_f1(claimed, right) >= _SAME_PHRASE
    return claimed == right


def phrase_f1(claimed: object, right: object) -> float:
    """Give the F1 of the characters of two phrases, whatever their order; 1 where there is neither.

    ``phrase_f1("主营业务收入", "业务收入") -> 0.8``
    """
    if not claimed or not right:
        return float(not claimed and not right)
    a, b = str(claimed), str(right)
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))


def _same_number(claimed: object, right: object) -> bool:
    a, b = _number(claimed), _number(right)
    if not isinstance(a, Decimal) or not isinstance(b, Decimal):
        return bool(a == b)
    if not a.is_finite() or not b.is_finite():
        return str(a) == str(b)
    return abs(a - b) <= _TOLERANCE * max(Decimal(1), abs(b))


def _number(value: object) -> object:
    """Read a number; what is none stays as it is, and can only equal itself."""
    try:
        return None if value is None else Decimal(str(value)).normalize()
    except ArithmeticError:
        return value
