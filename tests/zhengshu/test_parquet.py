"""Parquet holds what the documents hold: every record, every digit."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from pipeline import extract
from schemas import Extraction
from tests.corpus import NAMES, document
from zhengshu.errors import DocumentError
from zhengshu.parquet import SCHEMAS, documents, open_part, tables
from zhengshu.tables import TABLES, rows


def plain(cell: Any) -> Any:
    return json.dumps(cell, separators=(",", ":")) if isinstance(cell, list) else cell


def assert_same(found: dict[str, pa.Table], documents: list[Extraction]) -> None:
    for name, table in TABLES.items():
        own = [row for each in documents for row in rows(each)[name]]
        read = found[name].to_pylist()
        assert len(read) == len(own)
        for row, cells in zip(own, read, strict=True):
            for column, value in zip(table.columns, row, strict=True):
                if column.type == "exact":
                    text = cells[f"{column.name}_text"]
                    assert (None if text is None else Decimal(text)) == value
                    assert cells[column.name] in (value, None)
                else:
                    assert plain(cells[column.name]) == value, (name, column.name)


def test_tables_hold_the_rows_of_the_documents(tmp_path: Path):
    documents = [document(name) for name in NAMES]
    assert_same(tables([each.model_dump_json() for each in documents]), documents)
    paths = {name: tmp_path / f"{name}.parquet" for name in SCHEMAS}
    with open_part(paths) as part:
        part.write([each.model_dump_json() for each in documents[:5]])
        part.write([each.model_dump_json() for each in documents[5:]])
    assert_same({name: pq.read_table(path) for name, path in paths.items()}, documents)
    assert pq.read_schema(paths["facts"]).field("region").metadata[b"description"]


def test_a_value_of_many_digits_is_whole_in_its_text():
    long = "123456789012345678901234567890"
    read = extract(f"共{long}项，约占0.12345678901234%。")
    values = [quantity.value for quantity in read.quantities]
    assert values == [Decimal(long), Decimal("0.12345678901234")]
    found = tables([read.model_dump_json()])["quantities"].to_pylist()
    assert [cells["value"] for cells in found] == [None, None]
    assert [cells["value_text"] for cells in found] == [long, "0.12345678901234"]


def test_an_article_without_a_figure_has_a_row_of_its_own_alone():
    found = tables([extract("经济运行总体平稳。").model_dump_json()])
    assert {name: table.num_rows for name, table in found.items() if table.num_rows} == {"articles": 1}
    assert all(found[name].schema == SCHEMAS[name] for name in SCHEMAS)


def test_documents_come_back_from_parquet(tmp_path: Path):
    own = [document(name) for name in NAMES]
    paths = {name: tmp_path / name / "part-00000.parquet" for name in SCHEMAS}
    for path in paths.values():
        path.parent.mkdir()
    with open_part(paths) as part:
        part.write([each.model_dump_json() for each in own])
    assert [Extraction.model_validate_json(line) for line in documents(tmp_path)] == own
    (tmp_path / "facts" / "part-00000.parquet").write_text("no table")
    with pytest.raises(DocumentError, match=r"part-00000\.parquet: this part cannot be read"):
        list(documents(tmp_path))
