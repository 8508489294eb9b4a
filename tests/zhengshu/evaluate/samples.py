"""Gold and documents by hand: one article with every kind, its perfect document and a flawed one."""

from hashlib import sha256
from typing import Any

from tests.documents import span
from zhengshu.evaluate.fields import KINDS

TEXT = "2021年，引进外来资金5600余亿元，增长8.1%，位居全省第3位、全国前10名，实施“四强”产业攀登计划，年产三成。"
HASH = sha256(TEXT.encode()).hexdigest()


def quantity(fragment: str, value: str, unit: str, modifier: str = "exact", **more: Any) -> dict[str, Any]:
    return {**span(TEXT, fragment), "value": value, "high": None, "unit": unit, "modifier": modifier, **more}


def period(fragment: str, start: str | None, end: str | None, **more: Any) -> dict[str, Any]:
    return {**span(TEXT, fragment), "start_date": start, "end_date": end, **more}


FACT = {
    "indicator": "外来资金",
    "aspect": "level",
    "direction": None,
    "basis": None,
    "base": None,
    "period": "2021年",
    "region": "淄博市",
    "subject": None,
}

GOLD: dict[str, Any] = {
    "doc": "sample.txt",
    "sha256": HASH,
    "mentions": [
        {"kind": "quantity", **quantity("5600余亿元", "560000000000", "元", "more_than")},
        {"kind": "quantity", **quantity("8.1%", "8.1", "%")},
        {"kind": "quantity", **quantity("三成", "30", "%")},
        {"kind": "period", **period("2021年", "2021-01-01", "2021-12-31", type="year")},
        {"kind": "ordinal", **span(TEXT, "第3位"), "value": "3", "role": "rank", "scope": "全省", "top": False},
        {"kind": "ordinal", **span(TEXT, "前10名"), "value": "10", "role": "rank", "scope": "全国", "top": True},
        {"kind": "program", **span(TEXT, "“四强”产业攀登计划"), "type": "plan"},
        {"kind": "ignore", **span(TEXT, "年产")},
        {"kind": "fact", **span(TEXT, "5600余亿元"), **FACT},
        {"kind": "fact", **span(TEXT, "8.1%"), **FACT, "aspect": "change", "direction": "up", "basis": "yoy"},
    ],
}


def of_gold(gold: dict[str, Any]) -> dict[str, Any]:
    """Make the document that says what the gold says."""
    document: dict[str, Any] = {"article": {"id": gold["doc"], "sha256": gold["sha256"]}, "facts": []}
    at: dict[tuple[int, int], str] = {}
    for kind, key in KINDS.items():
        document[key] = []
        for mention in gold["mentions"]:
            if mention["kind"] == kind:
                number = f"{kind}{len(document[key])}"
                at.setdefault((mention["start"], mention["end"]), number)
                rule = f"{key}.rule"
                document[key].append({"id": number, **{k: v for k, v in mention.items() if k != "kind"}, "rule": rule})
    periods = {record["text"]: record["id"] for record in document["periods"]}
    for mention in gold["mentions"]:
        if mention["kind"] == "fact":
            fact = {name: mention.get(name) for name in FACT}
            fact["quantity"] = at.get((mention["start"], mention["end"]), "none")
            fact["period"] = periods.get(mention.get("period"))
            document["facts"].append({"id": f"f{len(document['facts'])}", **fact})
    return document


PERFECT = of_gold(GOLD)

FLAWED: dict[str, Any] = {
    "article": {"id": "sample", "sha256": HASH},
    "quantities": [
        quantity("5600余亿", "560000000000", "元", "more_than"),
        quantity("8.1%", "8.10", "%", "approx", rule="quantities.amount", id="q2"),
        quantity("引进", "1", "个"),
        quantity("增长8.1%，", "1", "个"),
    ],
    "periods": [period("2021年", "2021-01-01", None, type="day", id="t1"), period("年产", None, None)],
    "ordinals": [{**span(TEXT, "第3位"), "value": "4", "role": "sequence", "scope": None, "top": True}],
    "facts": [{**FACT, "quantity": "q2", "indicator": "进出口额", "period": "t1", "subject": "谁"}],
}
