"""The output document: one an article."""

from typing import Literal

from schemas.article import ArticleHeader
from schemas.facts import Fact
from schemas.mentions import Finding, Numeral, Ordinal, Period, Program, Quantity, Record

SCHEMA_VERSION: Literal["1"] = "1"


class Generator(Record):
    """The program that wrote the document."""

    name: str
    version: str


class Extraction(Record):
    """Everything read from one article, in text order within each kind."""

    schema_version: Literal["1"]
    article: ArticleHeader
    numbers: tuple[Numeral, ...]
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    ordinals: tuple[Ordinal, ...]
    programs: tuple[Program, ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    generator: Generator
