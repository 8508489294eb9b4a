"""Exact numbers: Decimal in Python, plain-notation strings in JSON."""

from decimal import Decimal
from typing import Annotated

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

PATTERN = r"^-?[0-9]{1,1000}(\.[0-9]{1,1000})?$"
"""Plain notation: no exponent, no plus sign, no NaN."""

plain = "{:f}".format
"""Write a decimal without an exponent: ``Decimal("1E+8") -> "100000000"``."""


class _PlainString:
    """Makes a Decimal field read and write JSON strings in plain notation, without Python code on the way in."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        decimal = core_schema.decimal_schema(allow_inf_nan=False)
        text = core_schema.str_schema(pattern=PATTERN)
        return core_schema.json_or_python_schema(
            json_schema=core_schema.chain_schema([text, decimal]),
            python_schema=decimal,
            serialization=core_schema.plain_serializer_function_ser_schema(plain, return_schema=text, when_used="json"),
        )


Exact = Annotated[Decimal, _PlainString()]
"""A Decimal that is a plain string in JSON: JSON numbers would lose its digits."""
