"""Small valid documents built by hand, so that a test of the machinery does not depend on the rules."""

import re
from hashlib import sha256
from typing import Any

from schemas import Article, Extraction
from zhengshu.validate import NUMERALS

SENTENCE = "2021年，全市引进外来资金达到5600余亿元，位居全省第3位，实施“四强”产业攀登计划。"
SCALED = re.compile(f"[{NUMERALS}][{NUMERALS}余多.]*")


def span(text: str, fragment: str) -> dict[str, Any]:
    start = text.index(fragment)
    return {"start": start, "end": start + len(fragment), "text": fragment}


def plain_document(article: Article) -> Extraction:
    """Read nothing: every numeral is an unread entry of the ledger."""
    numbers = [
        {
            "id": f"n{i}",
            "start": m.start(),
            "end": m.end(),
            "text": m[0],
            "value": None,
            "role": "unread",
            "record": None,
        }
        for i, m in enumerate(SCALED.finditer(article.text), 1)
    ]
    return build(article, numbers=numbers)


def build(article: Article, **kinds: list[dict[str, Any]]) -> Extraction:
    names = ("numbers", "quantities", "periods", "ordinals", "programs", "facts", "findings")
    header = {"sha256": sha256(article.text.encode()).hexdigest(), "length": len(article.text)}
    return Extraction.model_validate(
        {
            "schema_version": "1",
            "article": {**article.model_dump(exclude={"text"}), **header},
            **{name: kinds.get(name, []) for name in names},
            "generator": {"name": "zhengshu", "version": "0"},
        }
    )


def full_document(text: str = SENTENCE) -> Extraction:
    """One record of each kind, read from ``SENTENCE`` by hand."""
    year, money, rank = span(text, "2021"), span(text, "5600余亿"), span(text, "3")
    program = span(text, "“四强”产业攀登计划")
    quantity = {"value": "560000000000", "high": None, "unit": "元", "unit_text": "亿元", "dimension": "currency"}
    quantity |= {"modifier": "more_than", "base_value": "560000000000", "base_unit": "CNY", "rule": "quantities.amount"}
    period = {"start_date": "2021-01-01", "end_date": "2021-12-31", "type": "year", "rule": "periods.point"}
    ordinal = {"value": "3", "role": "rank", "scope": "全省", "top": False, "rule": "ordinals.numbered"}
    fact = {"indicator": "外来资金", "aspect": "level", "direction": None, "basis": None, "base": None, "period": "t1"}
    fact |= {"region": None, "region_code": None, "subject": None, "rule": "facts.level", "per": None}
    fact |= {"indicator_spans": [[10, 14]], "indicator_code": None, "indicator_name": None}
    return build(
        Article(id="sample", text=text),
        numbers=[
            {"id": "n1", **year, "value": "2021", "role": "period", "record": "t1"},
            {"id": "n2", **money, "value": "560000000000", "role": "quantity", "record": "q1"},
            {"id": "n3", **rank, "value": "3", "role": "ordinal", "record": "o1"},
            {"id": "n4", **span(text, "四"), "value": "4", "role": "name", "record": None},
        ],
        quantities=[{"id": "q1", **span(text, "5600余亿元"), **quantity}],
        periods=[{"id": "t1", **span(text, "2021年"), **period}],
        ordinals=[{"id": "o1", **span(text, "第3位"), **ordinal}],
        programs=[{"id": "p1", **program, "name": program["text"], "type": "plan", "rule": "programs.around"}],
        facts=[{"id": "f1", "quantity": "q1", **fact}],
        findings=[{"code": "note", "severity": "info", "message": "a note", "start": 0, "end": 4}],
    )
