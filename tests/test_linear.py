"""Time grows with the length of the text, whatever it is made of."""

import time
from typing import Any

import pytest

from pipeline import extract
from schemas import Article
from zhengshu.validate import faults

GROWTH = 8
"""The longer text is so many times the shorter one: a quadratic takes 64 times as long, and 16 times is refused."""

PLAIN = [
    "1",
    "一",
    "“",
    "(",
    "第",
    "、",
    "《",
    "年",
    " ",
    "\n",
    "千",
    "余",
    "”",
    "》",
    "a",
    "-",
    "：",
    "○",
    "〇",
    "到",
    "近",
]
RICH = [
    "1,",
    "1.",
    "1-",
    "1/",
    "1年、",
    "1 234 ",
    "1\n",
    "2021年",
    "十五",
    "十五年",
    "亿元",
    "一、",
    "“一",
    "“一”",
    "三分之",
    "第一",
    "前3",
    "近3年来",
    "1个和",
    "全省第",
    "《规划》",
    "改革工程",
    "“改革”工程",
    "国家",
    "上年，",
    "全市，\n",
    "市工作机制，",
]
"""Patterns that give a record, or work, every few characters; a shorter text does."""

CASES = [(pattern, 1_000_000) for pattern in PLAIN] + [(pattern, 40_000) for pattern in RICH]
CASES.append(("2021年1月1日至", 200_000))  # a sentence of compared periods: no shorter text shows its growth


def seconds(pattern: str, length: int) -> float:
    text = (pattern * (length // len(pattern) + 1))[:length]
    article = Article.model_validate({"id": "long", "text": text, "published": "2022-09-14"})
    started = time.process_time()
    document = extract(article)
    found = faults(document, text)
    taken = time.process_time() - started
    assert found == []
    return taken


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Load tables and dictionary before anything is timed."""
    seconds("2021年，全市实施“四强”产业攀登计划，增长5%，居全省第3位。\n", 1_000)


def case(pattern: str, length: int) -> Any:
    return pytest.param(pattern, length, id=repr(pattern))


@pytest.mark.parametrize(("pattern", "length"), [case(*each) for each in CASES])
def test_time_grows_with_the_length(pattern: str, length: int):
    """The ratio within one run counts, not the time; a second in favour of a busy machine."""
    short = seconds(pattern, length // GROWTH)
    long = seconds(pattern, length)
    assert long < 2 * GROWTH * short + 1
