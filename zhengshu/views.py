"""Views for the rules: half-width, simplified, hard-wrapped lines rejoined. The cited text is never rewritten.

Everything but the rejoining keeps the length, so it needs no map; a rejoined break is left out, with an offset map.
A wrongly rejoined heading is worse than a missed join: a join needs evidence, and each is reported.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from schemas import Article, Join, Reading
from zhengshu.segment import Cut, LazyWords

_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_ROUND_ZERO = re.compile(r"(?<=[一二三四五六七八九〇○])○|○(?=[一二三四五六七八九〇○])")


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


def fold(text: str) -> str:
    """Fold to half-width digits and simplified characters, length kept: ``２０億 -> 20亿``."""
    wanted, table = _characters()
    if wanted.search(text) is None:
        return text
    return _ROUND_ZERO.sub("〇", _THOUSANDS.sub(",", text).translate(table))


_SENTENCE_END = frozenset("。！？!?；;：:…)）】」』》>—~")
_CLOSING = frozenset("”’\"'")
_LIST_MARK = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节条]|[★▲●■◆·•※*#\-—]|附件|记者|来源|作者|编辑"
)
_SPACED = re.compile(r"[0-9] [0-9.]")
_SPACED_RUN = re.compile(
    r"(?<![0-9.])(?<![0-9] )[0-9](?: ?\.(?: ?[0-9])|(?: [0-9])+)+ ?(?=[%‰年月日万亿])"  # one digit, one blank, a unit
)
_QUOTED = re.compile(r"《[^《》]{0,80}》|“[^“”]{0,200}”")
_NUMERAL_END = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿][余多]?$")
_UNIT_START = re.compile(
    r"[余多]?[万亿]|年(?!初|底|末|轻)|月份?|日|个|家|户|名|项|元|%|吨|公里|平方|公顷|亩|倍|条|所|座|人次|千瓦|立方"
)
_PROSE_END = re.compile(r"[。！？；]")
_MIN_LINE = 20
_TAIL = 12


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the spans of the lines that hold something, white space at both ends left out (an indent is kept)."""
    spans = []
    for match in re.finditer(r"[^\n]+", text):
        start, end = match.span()
        line = match.group()
        stripped = line.rstrip()
        if stripped:
            end = start + len(stripped)
            spans.append((start, end))
    return spans


def _ended(line: str) -> bool:
    """Tell whether a line ends like a sentence: its last mark, closing quotation marks aside."""
    bare = line.rstrip("".join(_CLOSING))
    return not bare or bare[-1] in _SENTENCE_END


def _open_quote(line: str) -> bool:
    return line.rfind("“") > line.rfind("”") or line.rfind("《") > line.rfind("》")


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Give the width at which a text is hard-wrapped, or 0: most long lines must be equally long."""
    widths = [end - start for start, end in lines]
    widest = max(widths, default=0)
    full = sum(widest - 2 <= width <= widest for width in widths)
    return widest if full >= 4 and full * 2 >= len(widths) and widest >= _MIN_LINE else 0


def _word_across(tail: str, head: str, cut: Cut | None) -> bool:
    """Tell whether the segmenter sees one word where the break stands: ``动能转|换 -> True``."""
    words = LazyWords(tail + head, cut)
    start, end = words.word(len(tail) - 1)
    return start < len(tail) < end


def _evidence(text: str, above: tuple[int, int], below: tuple[int, int], width: int, cut: Cut | None) -> str | None:
    """Say why the break between two lines is a hard wrap, or None where it may be meant."""
    upper, lower = text[above[0] : above[1]], text[below[0] : below[1]]
    last = upper[-1]
    if _ended(upper) or lower[0].isspace():
        return None
    if "，" in upper and _NUMERAL_END.search(upper[-3:]) and _UNIT_START.match(lower):
        return "a numeral before the break, its unit behind it"
    if _LIST_MARK.match(lower):
        return None
    wrapped = width > 0 and width - 2 <= len(upper) <= width
    if not wrapped and len(upper) < _MIN_LINE:
        return None
    goes_on = _PROSE_END.search(lower) is not None or (width > 0 and width - 2 <= len(lower) <= width)
    if not goes_on:
        return None
    if _open_quote(upper):
        return "a quotation is open"
    if _PROSE_END.search(_QUOTED.sub("", upper)):
        return "a clause without end"
    if last in "，、":
        return "a clause without end"
    if _word_across(upper[-_TAIL:], lower[:_TAIL], cut) and (wrapped or "，" in upper):
        return "a word across the break"
    return "a line as long as its neighbours" if wrapped and "，" in upper else None


def _may_join(text: str) -> bool:
    """Tell at once that no line of a text can go on: each ends like a sentence (most articles)."""
    at = text.find("\n")
    while at >= 0:
        before = at - 1
        while before >= 0 and text[before].isspace():
            before -= 1
        while before > 0 and text[before] in _CLOSING:
            before -= 1
        if before >= 0 and text[before] not in _SENTENCE_END:
            return True
        at = text.find("\n", _NEXT_TEXT.match(text, at).end())  # type: ignore[union-attr]
    return False


_NEXT_TEXT = re.compile(r"\s*")


def _joins(text: str, cut: Cut | None) -> tuple[Join, ...]:
    if not _may_join(text):
        return ()
    lines = _lines(text)
    width = _wrap_width(text, lines)
    joins = []
    for above, below in pairwise(lines):
        evidence = _evidence(text, above, below, width, cut)
        if evidence is not None:
            joins.append(Join(above[1], below[0], evidence))
    return tuple(joins)


def _spaces_in_numerals(text: str) -> list[tuple[int, int]]:
    """Give the blanks between digits typed one by one, as in releases of the 1990s: ``1 9 9 7 年``, ``8 ．8 ％``.

    Only single digits with a unit behind count: ``2026 09 20`` and a column of figures stay apart.
    """
    if _SPACED.search(text) is None:
        return []
    runs = (match for match in _SPACED_RUN.finditer(text))
    return [(run.start() + i, run.start() + i + 1) for run in runs for i, c in enumerate(run.group()) if c == " "]


def read(article: Article, cut: Cut | None = None) -> Reading:
    """Make the view that the rules read, with its way back to the article."""
    source = article.text
    text = fold(source)
    joins = _joins(text, cut) if "\n" in text else ()
    cuts = sorted([*((join.start, join.end) for join in joins), *_spaces_in_numerals(text)])
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
    return Reading(source, text, offsets, joins, LazyWords(text, cut), article.published, article.region)
