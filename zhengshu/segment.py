"""Segment with jieba, only where a rule asks for words.

jieba cuts inside maximal runs of Han and alphanumeric characters and nowhere else. So cutting just the run that
holds a position gives the same words as cutting the whole text, at a fraction of the time; a test proves it.
"""

import atexit
import os
import re
import shutil
import stat
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

RUN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
"""jieba's own class of characters that it cuts inside of (``re_han_default`` of jieba 0.42.1)."""

_MAX_RUN = 2_000
"""A longer run is no prose; it is cut in pieces so that time stays linear."""

_LATIN = re.compile(r"[^\u4E00-\u9FD5]+")
_JOINED_LATIN = re.compile(r"[+#&._%\-]")
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_SYMBOL_WORDS = frozenset({"AT&T", "c#", "C#", "c++", "C++"})
"""The only words of jieba's dictionary outside Han, letters and digits; rjieba's other such tokens are re-split."""

_INSIDE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#&._%-")

Cut = Callable[[str], list[str]]
_Run = tuple[int, int, list[int]]
"""A run of the view: [start, end) and the ends of its words."""


@cache
def user_words() -> tuple[frozenset[str], frozenset[str]]:
    """Read the domain's words that jieba cuts apart, and every proper beginning of one."""
    lines = (Path(__file__).parent / "words.txt").read_text("utf-8").splitlines()
    words = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return words, frozenset(word[:length] for word in words for length in range(1, len(word)))


def rejoin_user_words(tokens: list[str]) -> list[str]:
    """Join adjacent tokens that make up a word of ours: ``["专精", "特新"] -> ["专精特新"]``; longest first.

    A layer above the segmenter, not entries in its dictionary: so jieba and rjieba give the same words.
    """
    words, beginnings = user_words()
    if beginnings.isdisjoint(tokens):
        return tokens
    out: list[str] = []
    i = 0
    while i < len(tokens):
        joined, best = tokens[i], i + 1
        j = i + 1
        while joined in beginnings and j < len(tokens):
            joined += tokens[j]
            j += 1
            if joined in words:
                best = j
        out.append("".join(tokens[i:best]))
        i = best
    return out


def resplit(tokens: Iterable[str]) -> Iterator[str]:
    """Split what rjieba keeps whole and jieba does not: ``2011-2020 -> 2011 - 2020``."""
    for token in tokens:
        if token[0] < "\u4e00" and len(token) > 1 and _LATIN.fullmatch(token) and token not in _SYMBOL_WORDS:
            yield from (part for part in _LATIN_WORD.split(token) if part)
        else:
            yield token


def cache_folder() -> Path:
    """Give a folder that only this user can write, for jieba's compiled dictionary.

    Never the predictable file in the shared temp folder: jieba unmarshals whatever lies there.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("HOME")
    if home:
        folder = Path(home, "zhengshu" if os.environ.get("XDG_CACHE_HOME") else ".cache/zhengshu")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            facts = folder.stat()
        except OSError:
            pass
        else:
            ours = facts.st_uid == os.getuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
            if ours and os.access(folder, os.W_OK):
                return folder
    folder = Path(tempfile.mkdtemp(prefix="zhengshu-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def jieba_cut() -> Cut:
    """Load jieba in a private tokenizer and give its cut."""
    import logging  # noqa: PLC0415

    import jieba  # noqa: PLC0415

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    tokenizer.initialize()
    return tokenizer.lcut  # type: ignore[no-any-return]


@cache
def quick_jieba_cut() -> Cut:
    """Give the same words as jieba, sooner."""
    from zhengshu.quick_jieba import quick_cut  # noqa: PLC0415

    return quick_cut(jieba_cut().__self__)  # type: ignore[attr-defined]


@cache
def rjieba_cut() -> Cut:
    """Give rjieba's cut, its tokens made identical to jieba's. Raises ImportError without the extra ``fast``."""
    import rjieba  # noqa: PLC0415

    cut: Cut = rjieba.cut
    return lambda text: list(resplit(cut(text))) if _JOINED_LATIN.search(text) else cut(text)


@cache
def default_cut() -> Cut:
    """Choose the segmenter: rjieba where installed, unless ZHENGSHU_SEGMENTER says otherwise."""
    wanted = os.environ.get("ZHENGSHU_SEGMENTER", "")
    if wanted not in ("", "jieba", "rjieba"):
        raise ValueError(f"ZHENGSHU_SEGMENTER is {wanted!r}: use 'jieba' or 'rjieba'")
    if wanted != "jieba":
        try:
            return rjieba_cut()
        except ImportError:
            if wanted == "rjieba":
                raise
    return quick_jieba_cut()


class LazyWords:
    """The words of one view, cut run by run where somebody asks; spans are view offsets."""

    __slots__ = ("_cut", "_last", "_runs", "_starts", "_text")

    def __init__(self, text: str, cut: Cut | None = None) -> None:
        self._text = text
        self._cut = cut
        self._starts: list[int] = []
        self._runs: list[_Run] = []
        self._last: _Run = (0, 0, [])

    def _run_at(self, position: int) -> _Run | None:
        """Give the run that covers ``position``, cut; None between runs."""
        run = self._last
        if run[0] <= position < run[1]:
            return run
        i = bisect_right(self._starts, position)
        if i and position < self._runs[i - 1][1]:
            run = self._runs[i - 1]
        else:
            match = RUN.match(self._text, position)
            if match is None:
                return None
            floor = self._runs[i - 1][1] if i else 0
            run = self._cut_run(self._first(position, max(floor, position - _MAX_RUN)), match.end())
            self._starts.insert(i, run[0])
            self._runs.insert(i, run)
        self._last = run
        return run

    def _first(self, position: int, floor: int) -> int:
        """Walk left to where the run begins; ``floor`` is the end of the run before, or as far as a piece may reach."""
        text, inside = self._text, _INSIDE
        while position > floor and (text[position - 1] in inside or "\u4e00" <= text[position - 1] <= "\u9fd5"):
            position -= 1
        return position

    def _cut_run(self, start: int, end: int) -> _Run:
        if end - start > 2 * _MAX_RUN:
            end = start + 2 * _MAX_RUN
        cut = self._cut or default_cut()
        ends = list(accumulate(map(len, rejoin_user_words(cut(self._text[start:end]))), initial=start))
        del ends[0]
        return start, end, ends

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the spans of the words that overlap [start, end), in order."""
        spans: list[tuple[int, int]] = []
        at = start
        while at < end:
            run = self._run_at(at)
            if run is None:
                spans.append((at, at + 1))
                at += 1
                continue
            ends = run[2]
            i = bisect_right(ends, at)
            bounds = [ends[i - 1] if i else run[0], *ends[i : bisect_left(ends, end) + 1]]
            spans += pairwise(bounds)
            at = run[1]
        return spans

    def word(self, position: int) -> tuple[int, int]:
        """Give the span of the word that covers ``position``."""
        run = self._last
        if not run[0] <= position < run[1]:
            found = self._run_at(position)
            if found is None:
                return position, position + 1
            run = found
        ends = run[2]
        i = bisect_right(ends, position)
        return (ends[i - 1] if i else run[0]), ends[i]
