"""Views for the rules: half-width, simplified, hard-wrapped lines rejoined. The cited text is never rewritten.

Everything but the rejoining keeps the length, so it needs no map; a rejoined break (wraps.py) is left out, with an
offset map.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from schemas import Article, Reading
from zhengshu.segment import Cut, LazyWords
from zhengshu.wraps import joins

_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_ROUND_ZERO = re.compile(r"(?<=[一二三四五六七八九〇○])○|○(?=[一二三四五六七八九〇○])")

_WIDE_MARKS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_NARROW = re.compile("[,;:?!()]")
_HAN_OR_QUOTE = re.compile(r"[\u4e00-\u9fff“”]")
_CLOSED = frozenset("%)）]")


@cache
def _characters() -> tuple[re.Pattern[str], dict[int, str]]:
    """Build the one-to-one table: full-width ASCII, Kangxi radicals (U+2F00-2FD5), traditional characters."""
    table: dict[int, str] = {}
    for line in (Path(__file__).parent / "traditional.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, simplified = line.split("\t")
            table[ord(traditional)] = simplified
    for code in range(0x2F00, 0x2FD6):
        table[code] = unicodedata.normalize("NFKC", chr(code))
    wide = "０１２３４５６７８９％＋－．／＜＝＞～" + "".join(
        chr(code) for code in [*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
    )
    for character in wide:
        table[ord(character)] = chr(ord(character) - 0xFEE0)
    # ￥ and full-width brackets stay: they are Chinese punctuation, not wide ASCII
    return re.compile("[" + re.escape("".join(map(chr, table))) + "○]"), table


def _widen(text: str) -> str:
    """Write the marks beside a Chinese character wide, however typed: ``增长5%,达到1,234元 -> 增长5%，达到1,234元``.

    ``14:30`` and ``分贝(A)`` stay.
    """
    at = [match.start() for match in _NARROW.finditer(text) if _is_chinese_mark(text, match.start())]
    if not at:
        return text
    characters = list(text)
    for i in at:
        characters[i] = _WIDE_MARKS[characters[i]]
    return "".join(characters)


def _is_chinese_mark(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    mark = text[at]
    if mark != ")" and "\u4e00" <= after <= "\u9fff":
        return True
    if mark != "(" and "\u4e00" <= before <= "\u9fff":
        return True
    letter = after if mark == "(" else before
    if mark in "()" and letter.isascii() and letter.isalpha():
        return False
    return bool(_HAN_OR_QUOTE.match(before) or _HAN_OR_QUOTE.match(after)) or (mark != ")" and before in _CLOSED)


def fold(text: str) -> str:
    """Fold to half-width digits and simplified characters, length kept: ``２０億 -> 20亿``."""
    wanted, table = _characters()
    text = _widen(text)
    if wanted.search(text) is None:
        return text
    return _ROUND_ZERO.sub("〇", _THOUSANDS.sub(",", text).translate(table))


_SPACED = re.compile(r"[0-9] [0-9.]")
_SPACED_RUN = re.compile(
    r"(?<![0-9.])(?<![0-9] )[0-9](?: \. ?[0-9]|\.[0-9]| [0-9])+ ?(?=[%‰年月日万亿])"  # one digit, one blank, a unit
)


def _spaces_in_numerals(text: str) -> list[tuple[int, int]]:
    """Give the blanks between digits typed one by one, as in releases of the 1990s: ``1 9 9 7 年``, ``8 ．8 ％``.

    Only single digits with a unit behind count: ``2026 09 20`` and a column of figures stay apart.
    """
    if _SPACED.search(text) is None:
        return []
    runs = (match for match in _SPACED_RUN.finditer(text))
    return [(run.start() + i, run.start() + i + 1) for run in runs for i, c in enumerate(run.group()) if c == " "]


def read(article: Article, cut: Cut | None = None, units: frozenset[str] = frozenset()) -> Reading:
    """Make the view that the rules read, with its way back to the article; for ``units`` see :func:`wraps.joins`."""
    source = article.text
    text = fold(source)
    joined = joins(text, units, cut) if "\n" in text else ()
    cuts = sorted([*((join.start, join.end) for join in joined), *_spaces_in_numerals(text)])
    offsets: list[int] | None = None
    if cuts:
        offsets, parts, at = [], [], 0
        for start, end in cuts:
            parts.append(text[at:start])
            offsets.extend(range(at, start))
            at = end
        parts.append(text[at:])
        offsets.extend(range(at, len(text)))
        text = "".join(parts)
    return Reading(
        source,
        text,
        offsets,
        joined,
        LazyWords(text, cut),
        article.published,
        article.region,
        article.title,
        article.publisher,
    )
