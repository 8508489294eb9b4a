"""Words cut run by run are those of the whole text, and the dictionary's cache is private."""

import marshal
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus import NAMES, articles
from tests.shared import bulk, needs_shared
from zhengshu import segment
from zhengshu.segment import (
    RUN,
    Cut,
    LazyWords,
    cache_folder,
    jieba_cut,
    quick_jieba_cut,
    rejoin_user_words,
    resplit,
    rjieba_cut,
)
from zhengshu.views import fold

HOUSE = Path(__file__).parents[2]
SEGMENTERS: dict[str, Callable[[], Cut]] = {"jieba": quick_jieba_cut, "rjieba": rjieba_cut}

Spans = list[tuple[int, int]]


def whole(text: str) -> Spans:
    """The words of the text cut by jieba in one go; a line feed behind a carriage return is a word of its own."""
    spans, at = [], 0
    for word in rejoin_user_words(jieba_cut()(text)):
        ends = [at + 1, at + 2] if word == "\r\n" else [at + len(word)]
        for end in ends:
            spans.append((at, end))
            at = end
    assert at == len(text)
    return spans


TEXTS = {
    "punctuation": "，。“”（）",
    "empty": "",
    "one": "一",
    "scripts": "𠮷野家增长5%，PM2.5为35微克/立方米，F-16、BQ.1.1、2011-2020年、AT&T和C++。",
    "white": " 全市\r\n\r\n　　经济\t运行\n\n",
    "user words": "专精特新“小巨人”企业，优化营商环境，一企一策。",
    "half a user word": "专精特，营商环，专精\n特新",
    "beyond jieba's Han": "㐀䶵鿿𠮷豈々〇全市",
}


@pytest.fixture(scope="module", params=SEGMENTERS.values(), ids=SEGMENTERS)
def cut(request: pytest.FixtureRequest) -> Cut:
    found: Cut = request.param()
    return found


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_lazy_words_are_those_of_the_whole_text(text: str, cut: Cut):
    assert LazyWords(text, cut).words(0, len(text)) == whole(text)


@pytest.mark.parametrize("name", NAMES)
def test_lazy_words_of_an_article_are_those_of_the_whole_text(name: str, cut: Cut):
    for text in (articles()[name].text, fold(articles()[name].text)):
        assert LazyWords(text, cut).words(0, len(text)) == whole(text)


@pytest.mark.parametrize("name", NAMES)
def test_order_of_asking_does_not_matter(name: str, cut: Cut):
    """One position at a time, in any order, gives the same words; so does any window."""
    text = articles()[name].text
    spans = whole(text)
    covering = [span for span in spans for _ in range(*span)]
    positions = list(range(len(text)))
    random.Random(name).shuffle(positions)
    lazy = LazyWords(text, cut)
    assert all(lazy.word(position) == covering[position] for position in positions)
    windows = LazyWords(text, cut)
    for start in reversed(range(0, len(text), 7)):
        end = min(start + 11, len(text))
        assert windows.words(start, end) == [span for span in spans if span[0] < end and start < span[1]]


def test_a_run_that_is_no_prose_is_cut_in_pieces(cut: Cut):
    """Every character lies in exactly one word, however long the run is."""
    text = "全市" * 20_000
    spans = LazyWords(text, cut).words(0, len(text))
    assert [span[0] for span in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(text)


@pytest.mark.parametrize("name", NAMES)
def test_segmenters_agree(name: str):
    text = articles()[name].text
    assert rjieba_cut()(text) == jieba_cut()(text)


@pytest.mark.parametrize("name", NAMES)
def test_quick_cut_is_jieba_s(name: str):
    text = articles()[name].text
    assert quick_jieba_cut()(text) == jieba_cut()(text)
    for run in RUN.findall(text):
        assert quick_jieba_cut()(run) == jieba_cut()(run)


def test_quick_cut_is_jieba_s_on_nonsense():
    """Characters in no order make many single ones, and ties."""
    chance = random.Random(1)
    common = [*"全市增长的5%.a-B#+&国务院王小军1万", *(chr(chance.randint(0x4E00, 0x9FD5)) for _ in range(20))]
    for _ in range(3_000):
        run = "".join(chance.choices(common, k=chance.randint(1, 14)))
        assert quick_jieba_cut()(run) == jieba_cut()(run)


@needs_shared
def test_quick_cut_is_jieba_s_on_the_bulk():
    runs = {run for item in bulk(53)[:300] for run in RUN.findall(item.text)}
    assert [run for run in runs if quick_jieba_cut()(run) != jieba_cut()(run)] == []


@needs_shared
def test_segmenters_agree_on_the_bulk():
    items = bulk(53)[:300]
    assert len(items) == 300
    assert [item.id for item in items if rjieba_cut()(item.text) != jieba_cut()(item.text)] == []


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("2011-2020", ["2011", "-", "2020"]),
        ("F-16", ["F", "-", "16"]),
        ("BQ.1.1", ["BQ.1", ".", "1"]),
        ("12.4%", ["12.4%"]),
        ("AT&T", ["AT&T"]),
        ("C++", ["C++"]),
        ("全市", ["全市"]),
        ("，", ["，"]),
    ],
)
def test_resplit(token: str, parts: list[str]):
    assert list(resplit([token])) == parts


@pytest.mark.parametrize(
    ("tokens", "joined"),
    [
        (["专精", "特新"], ["专精特新"]),
        (["优化", "营商", "环境", "，"], ["优化", "营商环境", "，"]),
        (["专精", "，", "特新"], ["专精", "，", "特新"]),
        (["专精"], ["专精"]),
        (["专精", "专精", "特新"], ["专精", "专精特新"]),
        ([], []),
    ],
)
def test_user_words_are_joined(tokens: list[str], joined: list[str]):
    assert rejoin_user_words(tokens) == joined


def test_every_user_word_works(cut: Cut):
    """A user word whose ends are no ends of the segmenter's own words would never be found."""
    words, _ = segment.user_words()
    ordered = sorted(words)
    tokens = rejoin_user_words(cut("，".join(ordered)))
    assert [word for word in tokens if word != "，"] == ordered


# --- the cache ------------------------------------------------------------------------------------------------------


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of one's own in place of the shared one."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    return folder


def test_cache_lies_in_the_home(tmp_path: Path, temp: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "zhengshu"
    assert cache_folder().stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "zhengshu"
    assert list(temp.iterdir()) == []


def group_writable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o770)


def world_writable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o707)


def of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)


def no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file in its place")


def no_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")


def home_that_takes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", os.devnull)


def closed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True, mode=0o700)
    monkeypatch.setattr(os, "access", lambda path, mode: False)


UNFIT = [group_writable, world_writable, of_another, no_folder, no_home, home_that_takes_nothing, closed_folder]


@pytest.mark.parametrize("spoil", UNFIT, ids=lambda spoil: spoil.__name__)
def test_unfit_folder_is_not_used(
    spoil: Callable[[Path, pytest.MonkeyPatch], None], tmp_path: Path, temp: Path, monkeypatch: pytest.MonkeyPatch
):
    """A folder that others can write may hold a cache that others wrote; then a new one serves, closed to others."""
    monkeypatch.setenv("HOME", str(tmp_path))
    spoil(tmp_path / ".cache" / "zhengshu", monkeypatch)
    folder, second = cache_folder(), cache_folder()
    assert folder.parent == temp
    assert folder != second, "the name of the folder can be foretold"
    assert folder.stat().st_mode & 0o777 == 0o700


CUT = "from zhengshu.segment import jieba_cut; print('/'.join(jieba_cut()('全市生产总值稳步增长')))"
WORDS = "全市/生产总值/稳步增长"


def run(temp: Path, **environment: str) -> str:
    """Cut a sentence with jieba in a process of its own, its temporary folder prepared by somebody else."""
    poison = marshal.dumps(({"全": 1, "全市生": 10**9, "全市生产": 10**9}, 10**9))
    (temp / "jieba.cache").write_bytes(poison)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CUT],
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(temp), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert (temp / "jieba.cache").read_bytes() == poison
    return done.stdout.strip()


def test_cache_of_the_temporary_folder_is_not_read(tmp_path: Path, temp: Path):
    assert run(temp, HOME=str(tmp_path)) == WORDS
    assert [path.name for path in (tmp_path / ".cache" / "zhengshu").iterdir()] == ["jieba.cache"]
    assert [path.name for path in temp.iterdir()] == ["jieba.cache"]


def test_without_a_home_it_works(temp: Path):
    assert run(temp) == WORDS


def test_without_a_home_nothing_is_left_behind(temp: Path):
    run(temp)
    assert [path.name for path in temp.iterdir()] == ["jieba.cache"]


# --- which segmenter ------------------------------------------------------------------------------------------------


@pytest.fixture
def _fresh_choice():
    segment.default_cut.cache_clear()
    yield
    segment.default_cut.cache_clear()


@pytest.mark.usefixtures("_fresh_choice")
@pytest.mark.parametrize(("wanted", "chosen"), [("", rjieba_cut), ("rjieba", rjieba_cut), ("jieba", quick_jieba_cut)])
def test_choice_of_the_segmenter(wanted: str, chosen: Callable[[], Cut], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHENGSHU_SEGMENTER", wanted)
    assert segment.default_cut() is chosen()


@pytest.mark.usefixtures("_fresh_choice")
@pytest.mark.parametrize(("wanted", "outcome"), [("", quick_jieba_cut), ("rjieba", ImportError), ("spacy", ValueError)])
def test_choice_without_rjieba(
    wanted: str, outcome: Callable[[], Cut] | type[Exception], monkeypatch: pytest.MonkeyPatch
):
    def missing() -> Cut:
        raise ImportError("rjieba")

    monkeypatch.setattr(segment, "rjieba_cut", missing)
    monkeypatch.setenv("ZHENGSHU_SEGMENTER", wanted)
    if isinstance(outcome, type):
        with pytest.raises(outcome):
            segment.default_cut()
    else:
        assert segment.default_cut() is outcome()
