"""Cells of a CSV."""

from datetime import date
from decimal import Decimal

import pytest

from zhengshu.cells import csv_cell, significant


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("7.20", (2, -1)),
        ("1500", (2, 2)),
        ("0.0050", (1, -3)),
        ("-3.2", (2, -1)),
        ("0", (1, 0)),
        ("0.000", (1, 0)),
        ("1E+8", (1, 8)),
        ("1" + "0" * 28 + "1", (30, 0)),
    ],
)
def test_digits_are_counted_without_rounding(number: str, found: tuple[int, int]):
    assert significant(Decimal(number)) == found


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (True, "true"),
        (12, "12"),
        (Decimal("1E+8"), "100000000"),
        (date(99, 1, 2), "0099-01-02"),
        (((1, 2), (3, 4)), "[[1,2],[3,4]]"),
        ("=1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (Decimal("-1"), "-1"),
    ],
)
def test_a_cell_is_exact_and_runs_nothing(cell: object, written: str):
    assert csv_cell(cell) == written  # type: ignore[arg-type]
    assert csv_cell(cell, guard=False) == written.removeprefix("'")  # type: ignore[arg-type]
