"""The corpus of the project, read once for all tests: articles, gold annotations, documents."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import extract
from schemas import Article, Extraction
from zhengshu import ingest

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = sorted(path.stem for path in (CORPUS / "articles").glob("*.txt"))

Gold = dict[str, Any]


@cache
def articles() -> dict[str, Article]:
    found = list(ingest.read([str(CORPUS / "articles")]))
    assert all(isinstance(article, Article) for article in found), found
    return {article.id: article for article in found if isinstance(article, Article)}


@cache
def gold() -> dict[str, Gold]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((CORPUS / "gold").glob("*.json"))}


@cache
def document(name: str) -> Extraction:
    return extract(articles()[name])


@cache
def second_reading(name: str) -> Extraction:
    """What validation compares with: the same article, read again."""
    return extract(articles()[name])
