"""Read what surrounds a number: its sign, hedges before it (outside the span) and behind it (inside)."""

import re
from functools import cache

from extractors.rules import rule
from extractors.slots import QuantityFound
from extractors.tables import load
from extractors.units import Unit


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    table = load("hedges")
    before = {word: modifier for modifier, words in table["before"].items() for word in words}
    after = {word: modifier for modifier, words in table["after"].items() for word in words}
    return before, after, table["not_after"]


@cache
def _longer_words() -> dict[str, re.Pattern[str]]:
    """Give each hedge behind a unit the words that begin with it and are none (``内 -> 内资, 内需``)."""
    table = load("hedges")
    unless = table["not_before_unless"]
    return {
        hedge: re.compile("|".join(f"{word}(?![{unless[word]}])" if word in unless else word for word in words))
        for hedge, words in table["not_before"].items()
    }


@cache
def _lengths() -> tuple[dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]:
    """Give how long the hedges are that end (in front) or begin (behind) with a character, the longest first."""
    before, after, _ = _tables()
    ends: dict[str, set[int]] = {}
    begins: dict[str, set[int]] = {}
    for word in before:
        ends.setdefault(word[-1], set()).add(len(word))
    for word in after:
        begins.setdefault(word[0], set()).add(len(word))
    return _descending(ends), _descending(begins)


def _descending(lengths: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {character: tuple(sorted(found, reverse=True)) for character, found in lengths.items()}


_FAR = re.compile(r"约[占为达合][^，。；：、0-9]{1,16}的$")
_VERB_HEDGE = re.compile(r"(至少|最少|至多|最多)[\u4e00-\u9fa5]{1,4}$")
_NO_SIGN_AFTER = frozenset("月日号年元时点级个万亿千百十第℃度%％‰)）」”")
_BEFORE_SIGN = frozenset("由从至到为达是在和与及于约近、，。：；（(,: \n\t长")
_SIGN_ENDS = frozenset("-−－下")
_COUNTING_ONLY = frozenset({"多", "余", "许", "来", "前后"})


def hedge_before(text: str, start: int) -> tuple[str | None, int]:
    """Give the modifier that the words right in front of ``start`` set, and the length of the hedge.

    >>> hedge_before("增长近5倍", 3), hedge_before("签约15个", 2)
    (('nearly', 1), (None, 0))
    """
    if start == 0:
        return None, 0
    lengths = _lengths()[0].get(text[start - 1])
    if lengths is None:
        if text[start - 1] == "的" and _FAR.search(text[max(0, start - 20) : start]):
            return "approx", 0
        return None, 0
    before, _, not_after = _tables()
    for length in lengths:
        modifier = before.get(text[start - length : start]) if length <= start else None
        if modifier is None:
            continue
        if length == 1:
            hedge, left = text[start - 1], text[start - 2 : start - 1] if start > 1 else ""
            if left and left in not_after.get(hedge, ""):
                return None, 0
            if hedge == "上" and text[start : start + 1] not in tuple("百千万亿十"):
                return None, 0
            if hedge == "过" and text[start : start + 1] not in tuple("百千万亿半"):
                return None, 0
        return modifier, length
    return None, 0


def hedge_after(text: str, end: int, unit: Unit | None) -> tuple[str | None, int]:
    """Give the modifier that the words right behind ``end`` set, and where they end: ``5亿元左右 -> approx``.

    A single 内 or 多 counts where no longer word begins there (内资, 多层).
    """
    lengths = _lengths()[1].get(text[end : end + 1])
    if lengths is None:
        return None, end
    _, after, _ = _tables()
    for length in lengths:
        word = text[end : end + length]
        modifier = after.get(word)
        if modifier is None or len(word) != length:
            continue
        if word == "内" and (unit is None or unit.dimension == "count"):
            return None, end
        if word in _COUNTING_ONLY and (unit is None or unit.dimension == "count" or word in ("余", "来", "许", "前后")):
            return None, end
        words = _longer_words().get(word)
        if words is not None and words.match(text, end):
            return None, end
        return modifier, end + length
    return None, end


def surround(text: str, quantity: QuantityFound, inner: str | None) -> None:
    """Take in the sign and the hedges around a quantity, and settle its modifier."""
    if quantity.start and text[quantity.start - 1] in _SIGN_ENDS:
        _sign(text, quantity)
    after, end = hedge_after(text, quantity.end, quantity.unit)
    if after is not None and not (inner and after == "more_than"):
        quantity.end = end
        if after == "more_than":
            beyond, beyond_end = hedge_after(text, end, quantity.unit)
            quantity.end = beyond_end if beyond == "at_least" else end
    before, length = hedge_before(text, quantity.start)
    if length == 1 and text[quantity.start - 1] == "上":
        quantity.start -= 1
    if inner == "approx" and after is None:
        quantity.modifier = "approx"
    else:
        quantity.modifier = inner or _both(before, after) or far_hedge(text, quantity.start) or "exact"


def far_hedge(text: str, start: int) -> str | None:
    """Read 至少 and 最多 across a short verb: ``至少检测两次``."""
    left = text[max(0, start - 6) : start]
    match = _VERB_HEDGE.search(left) if "至" in left or "最" in left else None
    if match is None:
        return None
    return "at_least" if match[1] in ("至少", "最少") else "at_most"


def _both(before: str | None, after: str | None) -> str | None:
    """Settle two hedges: a bound behind the number beats a nearness in front (``近5公里内``)."""
    if before in (None, "at_least") and after is not None:
        return after
    return before if before is not None else after


@rule(
    "quantities.sign",
    "quantities",
    says=[
        ("增速由-1.1%转正", {"text": "-1.1%", "value": "-1.1"}),
        ("最低零下20摄氏度", {"text": "零下20摄氏度", "value": "-20", "unit": "摄氏度"}),
    ],
    refuses=["歼-20列装"],
)
def _sign(text: str, quantity: QuantityFound) -> None:
    """Take in a minus sign or 零下: ``零下20摄氏度 -> -20 摄氏度``."""
    start = quantity.start
    if start and text[start - 1] in "-−－" and (start == 1 or _may_be_signed(text[start - 2], quantity)):
        quantity.start -= 1
        quantity.value = -quantity.value
    elif text.startswith("零下", start - 2) and start >= 2:
        quantity.start -= 2
        if quantity.high is None:
            quantity.value = -quantity.value
        else:
            quantity.value, quantity.high = -quantity.high, -quantity.value
    else:
        return
    if quantity.rule == "quantities.amount":
        quantity.rule = "quantities.sign"


def _may_be_signed(before: str, quantity: QuantityFound) -> bool:
    """Tell whether a dash behind ``before`` can be a minus sign: ``由-1.1%``, not ``5%-6%``, ``米格-31架``."""
    if quantity.unit is not None and quantity.unit.dimension == "count" and before not in _BEFORE_SIGN:
        return False
    return (not before.isascii() and before not in _NO_SIGN_AFTER) or before in " \n\t(:,"
