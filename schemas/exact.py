"""Exact numbers: Decimal in Python, plain-notation strings in JSON."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, PlainSerializer, WithJsonSchema

MAX_DIGITS = 1000


def plain(value: Decimal) -> str:
    """Write a decimal without an exponent: ``Decimal("1E+8") -> "100000000"``."""
    return format(value, "f")


def _finite(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that counts anything")
    if abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(f"a number may have at most {MAX_DIGITS} digits")
    return value


Exact = Annotated[
    Decimal,
    AfterValidator(_finite),
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
]
"""A Decimal that is a plain string in JSON: JSON numbers would lose its digits."""
