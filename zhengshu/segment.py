"""Segment with jieba, only where a rule asks for words.

jieba cuts inside maximal runs of Han and alphanumeric characters and nowhere else. So cutting just the run that
holds a position gives the same words as cutting the whole text, at a fraction of the time; a test proves it.
"""

import os
import re
import stat
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

RUN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
"""jieba's own class of characters that it cuts inside of (``re_han_default`` of jieba 0.42.1)."""

_MAX_RUN = 2_000
"""A longer run is no prose; it is cut in pieces so that time stays linear."""

_LATIN = re.compile(r"[^\u4E00-\u9FD5]+")
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_SYMBOL_WORDS = frozenset({"AT&T", "c#", "C#", "c++", "C++"})
"""The only words of jieba's dictionary outside Han, letters and digits; rjieba's other such tokens are re-split."""

Cut = Callable[[str], list[str]]


@cache
def user_words() -> tuple[frozenset[str], int]:
    """Read the domain's words that jieba cuts apart, and the length of the longest."""
    lines = (Path(__file__).parent / "words.txt").read_text("utf-8").splitlines()
    words = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return words, max(map(len, words), default=0)


def rejoin_user_words(tokens: list[str]) -> list[str]:
    """Join adjacent tokens that make up a word of ours: ``["专精", "特新"] -> ["专精特新"]``; longest first.

    A layer above the segmenter, not entries in its dictionary: so jieba and rjieba give the same words.
    """
    words, longest = user_words()
    out: list[str] = []
    i = 0
    while i < len(tokens):
        joined, best = tokens[i], i + 1
        for j in range(i + 1, min(i + 5, len(tokens))):
            joined += tokens[j]
            if len(joined) > longest:
                break
            if joined in words:
                best = j + 1
        out.append("".join(tokens[i:best]) if best > i + 1 else tokens[i])
        i = best
    return out


def resplit(tokens: Iterable[str]) -> Iterator[str]:
    """Split what rjieba keeps whole and jieba does not: ``2011-2020 -> 2011 - 2020``."""
    for token in tokens:
        if len(token) > 1 and _LATIN.fullmatch(token) and token not in _SYMBOL_WORDS:
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
    return Path(tempfile.mkdtemp(prefix="zhengshu-"))


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
def rjieba_cut() -> Cut:
    """Give rjieba's cut, its tokens made identical to jieba's. Raises ImportError without the extra ``fast``."""
    import rjieba  # noqa: PLC0415

    return lambda text: list(resplit(rjieba.cut(text)))


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
    return jieba_cut()


class LazyWords:
    """The words of one view, cut run by run where somebody asks; spans are view offsets."""

    __slots__ = ("_cut", "_ends", "_runs", "_starts", "_text")

    def __init__(self, text: str, cut: Cut | None = None) -> None:
        self._text = text
        self._cut = cut
        self._runs: list[tuple[int, int]] | None = None
        self._starts: list[int] = []
        self._ends: dict[int, list[int]] = {}

    def _run(self, position: int) -> tuple[int, int] | None:
        """Give the run that covers ``position``; a run too long to be prose counts in pieces."""
        if self._runs is None:
            self._runs = [
                (at, min(at + _MAX_RUN, match.end()))
                for match in RUN.finditer(self._text)
                for at in range(match.start(), match.end(), _MAX_RUN)
            ]
            self._starts = [start for start, _ in self._runs]
        i = bisect_right(self._starts, position) - 1
        return self._runs[i] if i >= 0 and position < self._runs[i][1] else None

    def _word_ends(self, start: int, end: int) -> list[int]:
        ends = self._ends.get(start)
        if ends is None:
            cut = self._cut or default_cut()
            ends, at = [], start
            for token in rejoin_user_words(cut(self._text[start:end])):
                at += len(token)
                ends.append(at)
            self._ends[start] = ends
        return ends

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """Give the spans of the words that overlap [start, end), in order."""
        spans: list[tuple[int, int]] = []
        at = start
        while at < end:
            run = self._run(at)
            if run is None:
                spans.append((at, at + 1))
                at += 1
                continue
            left = run[0]
            for right in self._word_ends(*run):
                if right > at and left < end:
                    spans.append((left, right))
                left = right
            at = max(run[1], at + 1)
        return spans

    def word(self, position: int) -> tuple[int, int]:
        """Give the span of the word that covers ``position``."""
        return self.words(position, position + 1)[0]
