"""Bootstrap intervals: the same every time, near to what theory says, none where there is nothing to draw."""

import math
import random

import pytest

from tests.zhengshu.evaluate.samples import FLAWED, GOLD, HASH, PERFECT
from zhengshu.evaluate import evaluate, intervals
from zhengshu.evaluate.tables import figure_intervals, summary

pytest.importorskip("numpy")


def test_same_every_time():
    ratio = [(8, 10), (9, 10), (3, 10), (10, 10)]
    assert intervals.intervals({"a": ratio}) == intervals.intervals({"a": ratio})
    assert intervals.intervals({"a": ratio, "b": ratio}) == dict.fromkeys("ab", intervals.intervals({"a": ratio})["a"])


def test_interval_is_that_of_the_mean_of_many_equal_articles():
    """For many articles of one size the bootstrap's spread is that of the mean: 1.96 standard errors either way."""
    chance = random.Random(1)
    ratio = [(chance.randint(0, 20), 20) for _ in range(400)]
    shares = [a / b for a, b in ratio]
    mean = sum(shares) / 400
    error = math.sqrt(sum((share - mean) ** 2 for share in shares)) / 400
    low, high = intervals.intervals({"a": ratio})["a"]
    assert low == pytest.approx(mean - 1.96 * error, abs=0.003)
    assert high == pytest.approx(mean + 1.96 * error, abs=0.003)


def test_articles_are_drawn_whole():
    """A record more or less in an article does not narrow the interval: two articles, one right and one wrong."""
    assert intervals.intervals({"a": [(1000, 1000), (0, 1000)]}) == {"a": (0.0, 1.0)}


def test_nothing_to_draw_from():
    assert intervals.intervals({}) == {}
    assert intervals.intervals({"a": [(1, 2)]}) == {}
    assert intervals.intervals({"a": [(0, 0), (0, 0)], "b": [(1, 1), (0, 0)]}) == {"b": (1.0, 1.0)}


def test_figures_have_intervals_around_them():
    gold = [GOLD, {**GOLD, "doc": "second", "sha256": "b" * 64}]
    evaluation = evaluate(gold, {HASH: PERFECT, "b" * 64: {**FLAWED, "article": {"sha256": "b" * 64}}})
    spread = figure_intervals(evaluation)
    low, high = spread["quantity", "full"]
    assert low < 2 * evaluation.counts["quantity"].full / 13 < high == 1.0
    assert spread["quantity", "field modifier"] == (0.0, 1.0)
    assert spread["fact", "core"][1] == 1.0
    assert f"({low:.3f}–{high:.3f})" in summary(evaluation, spread)[0][1][6]


def test_without_numpy_there_are_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intervals, "available", lambda: False)
    assert figure_intervals(evaluate([GOLD], {HASH: FLAWED})) == {}
    assert summary(evaluate([GOLD], {HASH: FLAWED}), {})[0][1][5:8] == ["0.286", "0.000", "0.571"]
