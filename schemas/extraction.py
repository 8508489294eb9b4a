"""The output document: one an article."""

from typing import Literal

from schemas.article import ArticleHeader
from schemas.facts import Fact
from schemas.mentions import Finding, Numeral, Ordinal, Period, Program, Quantity, Record

SCHEMA_VERSION: Literal["1"] = "1"


class Generator(Record):
    """The program that wrote the document."""

    name: str
    """Name of the program."""
    version: str
    """Version of the program."""


class Extraction(Record):
    """Everything read from one article, in text order within each kind."""

    schema_version: Literal["1"]
    """Version of this document's schema."""
    article: ArticleHeader
    """The article that was read."""
    numbers: tuple[Numeral, ...]
    """The ledger: every numeral of the article, in text order."""
    quantities: tuple[Quantity, ...]
    """Numbers that measure or count something."""
    periods: tuple[Period, ...]
    """Calendar time."""
    ordinals: tuple[Ordinal, ...]
    """Ranks and sequence numbers."""
    programs: tuple[Program, ...]
    """Named government programmes."""
    facts: tuple[Fact, ...]
    """Statistical statements: what a figure measures, of whom, when and where."""
    findings: tuple[Finding, ...]
    """What a reader should know of the reading."""
    generator: Generator
    """The program that wrote the document."""
