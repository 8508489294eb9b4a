"""Gold goes to every format and comes back the same, whatever it holds."""

import json
import tempfile
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from schemas import Article
from tests.corpus import NAMES, articles, gold
from tests.gold_samples import TEXT, annotated, mention
from tests.gold_samples import articles as any_article
from zhengshu.errors import Failure
from zhengshu.gold import exporting, formats
from zhengshu.gold.articles import Shelf
from zhengshu.gold.exchange import Annotated, Notes
from zhengshu.gold.importing import Import
from zhengshu.gold.model import GoldArticle, parse
from zhengshu.gold.offsets import COUNTINGS, Counting, Offsets


def format_names() -> list[Any]:
    """All formats; without spaCy the one that needs it is skipped."""
    try:
        import spacy  # noqa: F401, PLC0415
    except ImportError:
        reason = "spaCy is not installed: pip install '.[spacy]'"
        skipped = pytest.param("docbin", marks=pytest.mark.skip(reason=reason))
        return [skipped if name == "docbin" else name for name in formats.NAMES]
    return list(formats.NAMES)


FORMATS = format_names()


class OneArticle(Shelf):
    """A shelf with the articles at hand, without files."""

    def __init__(self, *texts: Annotated) -> None:
        super().__init__([])
        for item in texts:
            article = Article(id=item.gold.doc, text=item.text)
            self._by_id[article.id] = self._by_hash[item.gold.sha256] = article


def there_and_back(
    name: str, items: list[Annotated], counting: Counting | None = None, said: Counting | None = None
) -> tuple[list[GoldArticle | list[Failure]], list[str]]:
    tool, notes = formats.load(name), Notes()
    with tempfile.TemporaryDirectory() as place:
        exporting.write(place, tool.main, tool.write(items, counting or tool.counts, notes))
        shelf = OneArticle(*items) if name == "web-annotation" else None
        reading = Import(tool, shelf, counting=said)
        return list(reading.read(place)), reading.notes.lines()


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(item=any_article())
def test_any_gold_comes_back_the_same(name: str, item: Annotated):
    back, notes = there_and_back(name, [item])
    assert [gold.record() if isinstance(gold, GoldArticle) else list(map(str, gold)) for gold in back] == [
        item.gold.record()
    ]
    assert notes == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_corpus_comes_back_the_same(name: str):
    items = [Annotated(parse(gold()[doc]), articles()[doc].text) for doc in NAMES]
    back, notes = there_and_back(name, items)
    assert [item.record() for item in back if isinstance(item, GoldArticle)] == [gold()[doc] for doc in NAMES]
    assert notes == []


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("name", [name for name in formats.NAMES if name != "docbin"])
def test_offsets_that_were_counted_either_way_are_told_by_the_quotes(name: str, counting: Counting):
    """𠮷 stands before every figure: offsets of the other counting are off by up to two."""
    back, notes = there_and_back(name, [annotated()], counting)
    assert [item.record() for item in back if isinstance(item, GoldArticle)] == [annotated().gold.record()]
    assert bool(notes) == (counting != formats.load(name).counts)
    if notes:
        assert notes == [f"the quoted texts fit {counting} offsets, so they were counted that way: yoshino (1)"]


@pytest.mark.parametrize("name", ["label-studio", "brat", "web-annotation"])
def test_a_counting_that_was_asked_for_is_not_overruled(name: str):
    ((failure, *_),), _notes = there_and_back(name, [annotated()], "utf-16", "code-points")
    assert isinstance(failure, Failure)
    assert "quotes “" in str(failure)
    assert "has “" in str(failure)


@pytest.mark.parametrize(
    ("name", "file", "first"),
    [("label-studio", "tasks.json", 11), ("doccano", "gold.jsonl", 13), ("prodigy", "gold.jsonl", 11)],
)
def test_each_tool_gets_offsets_as_it_counts(name: str, file: str, first: int):
    """Before 2024年 are eleven code points, two of which have two UTF-16 units each."""
    assert TEXT.index("2024年") == 11
    tool = formats.load(name)
    written = dict(tool.write([annotated()], tool.counts, Notes()))[file].decode()
    record = json.loads(written.splitlines()[0]) if file.endswith("l") else json.loads(written)[0]
    starts = {
        "label-studio": lambda r: [
            i["value"]["start"] for i in r["annotations"][0]["result"] if i["value"].get("text") == "2024年"
        ],
        "doccano": lambda r: [start for start, _, kind in r["label"] if kind == "period"],
        "prodigy": lambda r: [span["start"] for span in r["spans"] if span["label"] == "period"],
    }
    assert starts[name](record) == [first]


@pytest.mark.parametrize("name", FORMATS)
def test_a_megabyte_goes_there_and_back(name: str):
    text = "𠮷年" * 170_000 + "惠及3万户。"
    item = annotated(text, [mention("quantity", "3万户", text, value="30000", high=None, unit="户", modifier="exact")])
    began = time.monotonic()
    back, _notes = there_and_back(name, [item])
    assert [gold.record() for gold in back if isinstance(gold, GoldArticle)] == [item.gold.record()]
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("text", ["", "年5%", "𠮷野家增长5%", "𠮷𠮷a😀"])
def test_offsets_agree_with_the_encoding(text: str):
    offsets = Offsets(text, "utf-16")
    for point in range(len(text) + 1):
        units = len(text[:point].encode("utf-16-le")) // 2
        assert offsets.out(point) == units
        assert offsets.back(units) == point
    inside = [n for n in range(-1, offsets.length + 2) if offsets.back(n) is None]
    assert inside == [-1, *(offsets.out(i) + 1 for i, c in enumerate(text) if c > "\uffff"), offsets.length + 1]


def test_figure_behind_a_wide_character():
    assert Offsets("𠮷野家增长5%", "utf-16").out(5) == 6
    assert Offsets("𠮷野家增长5%", "utf-16").back(6) == 5
