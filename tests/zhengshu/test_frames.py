"""Frames hold every record of the tables exactly, in pandas and in polars."""

import json
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pipeline import extract_many
from schemas import Article, Extraction
from tests.corpus import NAMES, articles, document
from tests.documents import full_document
from zhengshu.errors import Failure, UsageError
from zhengshu.frames import SCALE, Library, frames
from zhengshu.tables import TABLES, rows

LIBRARIES: list[Library] = ["pandas", "polars"]
LONG = "123456789012345678901234567890"


def records(frame: Any) -> list[dict[str, Any]]:
    return frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records")  # type: ignore[no-any-return]


def same(cell: Any, value: object) -> bool:
    if value is None:
        return cell is None or str(cell) in ("<NA>", "NaT")
    if isinstance(value, date):
        return cell == (datetime.combine(value, datetime.min.time()) if isinstance(cell, datetime) else value)
    return bool(cell == value)


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_record_is_in_its_frame(library: Library):
    pytest.importorskip(library, reason="pip install '.[test]'")
    found = [document(name) for name in NAMES[:5]]
    held = frames(found, library)
    assert held.keys() == {*TABLES, "failures"}
    for name, table in TABLES.items():
        wanted = [row for item in found for row in rows(item)[name]]
        for record, row in zip(records(held[name]), wanted, strict=True):
            assert list(record) == [column.name for column in table.columns]
            for column, value in zip(table.columns, row, strict=True):
                cell = record[column.name]
                if isinstance(value, Decimal) and isinstance(cell, str):
                    cell = Decimal(cell)
                assert same(cell, value), (name, column.name, cell, value)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (LONG, False),
        (f"-0.{LONG}", False),
        ("1" * 26 + "." + "1" * SCALE, True),
        ("0." + "0" * SCALE, True),
        ("0." + "0" * (SCALE + 1), False),
        ("9" * 26, True),
        ("1" + "0" * 26, False),
        ("1" + "0" * 28 + "1", False),
    ],
)
def test_no_digit_is_lost(library: Library, value: str, fits: bool):
    pytest.importorskip(library, reason="pip install '.[test]'")
    raw = json.loads(full_document().model_dump_json())
    raw["quantities"][0]["value"] = value
    other = full_document().model_copy(update={"article": full_document().article.model_copy(update={"id": "b"})})
    held = frames([Extraction.model_validate_json(json.dumps(raw)), other], library)
    assert [Decimal(row["value"]) for row in records(held["quantities"])] == [Decimal(value), Decimal(5600 * 10**8)]
    kept = {type(row["value"]) for row in records(held["quantities"])}
    assert kept == ({Decimal} if library == "pandas" or fits else {str})


@pytest.mark.parametrize("library", LIBRARIES)
def test_frames_of_nothing_have_their_columns(library: Library):
    pytest.importorskip(library, reason="pip install '.[test]'")
    some, none = frames([full_document()], library), frames([], library)
    for name, frame in none.items():
        assert len(frame) == 0
        assert [*map(str, frame.dtypes)] == [*map(str, some[name].dtypes)]


def test_what_failed_is_in_a_frame_of_its_own():
    pytest.importorskip("pandas", reason="pip install '.[test]'")
    held = frames([full_document(), Failure("a.txt, line 3", "the record has no text")])
    assert records(held["failures"]) == [{"source": "a.txt, line 3", "reason": "the record has no text"}]
    assert len(held["articles"]) == 1


def test_a_library_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match=r"pip install 'zhengshu\[polars\]'"):
        frames([], "polars")
    with pytest.raises(UsageError, match="there are no frames of dask"):
        frames([], "dask")  # type: ignore[arg-type]


def test_no_column_of_integers_or_booleans_is_null():
    """A frame of pandas has no place for it in these types."""
    columns = [column for table in TABLES.values() for column in table.columns]
    assert [column.name for column in columns if column.null and column.type in ("integer", "boolean")] == []


@pytest.mark.parametrize("workers", [1, 2])
def test_many_articles_come_in_their_order(workers: int):
    failure = Failure("a.txt", "no text")
    given: list[Article | Failure] = [articles()[name] for name in NAMES[:3]]
    found = list(extract_many([given[0], failure, *given[1:]], workers=workers))
    assert found == [document(NAMES[0]), failure, document(NAMES[1]), document(NAMES[2])]
