"""A document as tables: every field has its column, every record its row."""

from datetime import date
from decimal import Decimal

from pipeline import extract
from schemas import Extraction
from zhengshu.tables import TABLES, rows

TEXT = "截至6月底，全市贷款余额86.5亿元，同比增长7.2%，居全省第4位。"


def test_every_kind_of_record_has_its_table():
    records = {name for name in Extraction.model_fields if name not in ("schema_version", "article", "generator")}
    assert TABLES.keys() == {"articles", *records}
    types = {column.name: (column.type, column.null) for column in TABLES["facts"].columns}
    assert types["article"] == ("text", False)
    assert types["indicator_spans"] == ("json", False)
    assert types["direction"] == ("text", True)
    types = {column.name: (column.type, column.null) for column in TABLES["quantities"].columns}
    assert (types["value"], types["high"], types["start"]) == (("exact", False), ("exact", True), ("integer", False))


def test_every_record_has_its_row():
    document = extract(TEXT, published="2025-07-18", region="湖州市")
    found = rows(document)
    assert found.keys() == TABLES.keys()
    for name, table in TABLES.items():
        assert name == "articles" or len(found[name]) == len(getattr(document, name))
        assert all(len(row) == len(table.columns) for row in found[name])
    names = [column.name for column in TABLES["quantities"].columns]
    first = dict(zip(names, found["quantities"][0], strict=True))
    assert (first["article"], first["id"], first["value"], first["unit"]) == ("text", "q1", Decimal("8650000000"), "元")
    assert found["periods"][0][6:] == (date(2025, 6, 30), date(2025, 6, 30), "as_of")
    assert found["facts"][0][4] == "[[8,12]]"
