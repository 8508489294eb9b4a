"""Typed records of what a press release says: frozen, exact, each pointing at its evidence."""

from schemas.article import Article, ArticleHeader
from schemas.exact import Exact, plain
from schemas.extraction import SCHEMA_VERSION, Extraction, Generator
from schemas.facts import Fact
from schemas.mentions import Finding, Mention, Numeral, Ordinal, Period, Program, Quantity
from schemas.reading import Join, Reading, Words

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "ArticleHeader",
    "Exact",
    "Extraction",
    "Fact",
    "Finding",
    "Generator",
    "Join",
    "Mention",
    "Numeral",
    "Ordinal",
    "Period",
    "Program",
    "Quantity",
    "Reading",
    "Words",
    "plain",
]
