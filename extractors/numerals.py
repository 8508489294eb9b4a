"""Find every numeral of a view and what it is worth.

A numeral is digits with their scale and the hedge between them: ``5600余亿``, ``三四十``, ``百分之三十六点三``.
Later stages build on what is found here and never read digits again.
"""

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from extractors.units import surfaces

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
DIGITS["〇"] = 0
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
TENS = {"廿": 20, "卅": 30}
LONGEST = 60
"""A longer string of digits counts nothing: it is a code."""

_CHINESE = "〇零一二三四五六七八九十百万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_DECIMALS = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖"
_PLAIN = _CHINESE.replace("百", "")


def _scale_word(word: str) -> str:
    """Write the pattern of 百 or 千 as a scale word: in 百分点, 千米, 千克, 千瓦 it begins the unit (``10千米``)."""
    rests = {surface[1:] for surface in surfaces() if surface[0] == word and len(surface) > 1}
    whole = sorted((rest for rest in rests if rest not in _BEGINS_WORDS), key=lambda rest: (-len(rest), rest))
    last = "".join(sorted(rests & _BEGINS_WORDS))
    return f"{word}(?!{'|'.join(map(re.escape, whole))}" + (f"|[{last}](?![\u4e00-\u9fff]))" if last else ")")


_BEGINS_WORDS = frozenset("升安欧乏")
"""Units of one character that more words begin with: 三千欧元, 三千安置房 are no 千欧, 千安."""

_HUNDRED, _THOUSAND = _scale_word("百"), _scale_word("千")

_BODY = rf"(?:[{_PLAIN}]|几(?!内亚)|{_HUNDRED}|{_THOUSAND}|(?<=十)数)"
_SCALE = rf"(?:[十万亿]|{_HUNDRED}|{_THOUSAND})"

_UNIT_BEGINNING = re.escape("万亿" + "".join(sorted({surface[0] for surface in surfaces()})))
"""What stands behind a numeral whose thousands are set apart by blanks; in a column of figures nothing does."""

LEDGER = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億]")
"""The characters that the ledger answers for, each in exactly one entry (DESIGN.md)."""

NUMERAL = re.compile(
    rf"""
    [0-9{_CHINESE}千]                                # a character class first: the scan skips at full speed
    (?:
        (?<=[0-9])
        (?: [0-9]{{0,2}} (?: ,[0-9]{{3}} )+ (?![0-9])       # 1,234
          | (?<![A-Za-z-][0-9]) [0-9]{{0,2}} (?: [ \u00a0\u2009\u202f][0-9]{{3}} )+            # 1 234亿, 1 100多台
            (?= (?:\.[0-9]+)? [余多]? [{_UNIT_BEGINNING}] )
          | [0-9]* )
        (?: (?<!\.[0-9]) (?<!\.[0-9][0-9]) \.[0-9]+ (?![0-9]|\.[0-9]) )?    # no decimal in 2025.1.5
        (?: [余多]? (?: (?:十|{_HUNDRED})?[万亿]+{_SCALE}* | 千?[万亿]+
                      | (?<![0-9]{{3}}) (?:{_HUNDRED}|{_THOUSAND}) ) (?!分之)
          | 分之 (?: [0-9]+(?:\.[0-9]+)? | {_BODY}+ ) )?
      | (?<=[^0-9])
        {_BODY}*
        (?: 点[{_DECIMALS}]+ {_SCALE}* )?
        (?: 分之 (?: [0-9]+(?:\.[0-9]+)? | {_BODY}+ (?: 点[{_DECIMALS}]+ )? ) )?
        (?: [余多] {_SCALE}+ )?
    )
    """,
    re.VERBOSE,
)

_PARTS = re.compile(r"([0-9, \u00a0\u2009\u202f]+(?:\.[0-9]+)?)([余多])?([十百千万亿]*)")
_CHINESE_PARTS = re.compile(rf"([{_CHINESE}千几数]+)(?:点([{_DECIMALS}]+))?([万亿]*)(?:([余多])([十百千万亿]+))?")


_TRAILING_SCALE = re.compile(r"(?:(?<=^[一二三四五六七八九两])|(?<=[^一二三四五六七八九两])|(?=[万亿]))([百千万亿]+)$")


@dataclass(slots=True)
class Number:
    """A numeral of the view: [start, end), its worth, and how it was written.

    ``value`` is None where it counts nothing by itself. ``high`` is the upper end of adjacent digits (``三四十``).
    ``hedge`` is set by 余, 多, 几 or 数 inside. ``scale`` is the scale word's worth, for a list that shares it.
    ``form``: arabic, chinese, digits (二〇二一), scale (百亿), percent (百分之…), permille, fraction (三分之二).
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    high: Decimal | None
    hedge: bool
    scale: Decimal
    form: str


def scale_of(words: str) -> Decimal:
    """Multiply scale words: ``万亿 -> 1000000000000``, ``百万 -> 1000000``."""
    value = Decimal(1)
    for word in words:
        value *= SCALES.get(word) or MYRIADS[word]
    return value


_ONE = Decimal(1)
_ARABIC_SCALES = {words: scale_of(words) for words in ("万", "亿", "万亿", "千", "百", "百万", "千万", "十万", "十亿")}


_EXACT = Context(prec=500)
"""Room for every digit: the default context would round a product to 28."""


def product(value: Decimal, factor: Decimal) -> Decimal:
    """Multiply exactly, and drop the zeros that it leaves behind: ``1.20, 10000 -> 12000``; never an exponent."""
    return tidy(_EXACT.multiply(value, factor))


def tidy(value: Decimal) -> Decimal:
    """Drop the zeros behind the point: ``12000.0 -> 12000``; exact, no exponent."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return _EXACT.normalize(value)


def chinese_integer(text: str) -> int | None:
    """Read a well-formed Chinese integer: ``一千二百三十四 -> 1234``, ``一万五 -> 15000``; None where it is none.

    >>> chinese_integer("一千二百三十四"), chinese_integer("十四亿"), chinese_integer("一万五"), chinese_integer("三农")
    (1234, 1400000000, 15000, None)
    """
    total = section = digit = 0
    last_scale, last_myriad, seen_digit, zero = 0, 0, False, False
    for c in text:
        if c in DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = DIGITS[c], True
            zero = zero or digit == 0
        elif c in TENS:
            section, seen_digit, last_scale = section + TENS[c], False, 10
        elif c in SCALES:
            section += (digit if seen_digit and digit else 1) * SCALES[c]
            digit, seen_digit, last_scale, zero = 0, False, SCALES[c], False
        elif c in MYRIADS:
            unit = MYRIADS[c]
            section += digit
            if total and section == 0:
                total *= unit  # 一万亿, 六万万
            elif total % (unit * 10**4) > 0 and unit <= last_myriad:
                return None  # 一万零四十二万
            elif unit > total or total == 0:
                total = (total + (section or (1 if total == 0 else 0))) * unit
            else:
                total += (section or 1) * unit
            section, digit, seen_digit, last_scale, last_myriad, zero = 0, 0, False, unit, unit, False
        else:
            return None
    if seen_digit and digit and last_scale >= 100 and not zero:
        digit *= last_scale // 10
    return total + section + digit


def _digits(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Read digits without a scale: ``二〇二一 -> 2021``, ``三五 -> 3 to 5``, ``五 -> 5``."""
    if len(text) == 1:
        return Decimal(DIGITS[text]), None
    values = [DIGITS[c] for c in text]
    if len(values) == 2 and 0 < values[0] < values[1] <= values[0] + 2:
        return Decimal(values[0]), Decimal(values[1])
    if len(values) > LONGEST:
        return None, None
    return Decimal("".join(map(str, values))), None


_ADJACENT = re.compile(r"(.*?)([一二三四五六七八两])([二三四五六七八九两])((?:[十百千万亿].*)?)")


def _adjacent(text: str) -> tuple[Decimal, Decimal] | None:
    """Read adjacent digits as the ends of a range: ``三四十 -> 30, 40``, ``十七八 -> 17, 18``."""
    match = _ADJACENT.fullmatch(text)
    if match is None or not 0 < DIGITS[match[3]] - DIGITS[match[2]] <= 2:
        return None
    head, low, high, tail = match.groups()
    if head and head[-1] not in "十百千万亿":
        return None
    ends = chinese_integer(head + low + tail), chinese_integer(head + high + tail)
    if ends[0] is None or ends[1] is None:
        return None
    return Decimal(ends[0]), Decimal(ends[1])


def _chinese(start: int, text: str) -> Number:
    """Value a numeral written in Chinese characters."""
    dull = Number(start, start + len(text), text, None, None, False, _ONE, "chinese")
    match = _CHINESE_PARTS.fullmatch(text)
    if match is None or len(text) > LONGEST:
        return dull
    body, decimals, behind, _, hedged_scale = match.groups()
    hedge = hedged_scale is not None
    indefinite = "几" in body or "数" in body
    if indefinite:
        hedge = True
        body = body.replace("数", "几")
        if body.count("几") > 1 or body == "几":
            return dull
        # 十几 -> 十; 几十 -> 十; 二十几万 -> 二十万
        body = body.replace("几", "")
    form = "scale" if all(c in "十百千万亿" for c in body) and body[:1] != "十" else "chinese"
    if all(c in DIGITS for c in body):
        value, high = _digits(body)
        form = "digits" if len(body) > 1 else "chinese"
    else:
        pair = _adjacent(body)
        integer = chinese_integer(body)
        if pair is not None:
            value, high = pair
        elif integer is None:
            return dull
        else:
            value, high = Decimal(integer), None
    if value is None:
        return dull
    if decimals is not None:
        if high is not None:
            return dull
        value = Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in decimals)}")
    factor = scale_of(behind) * scale_of(hedged_scale or "")
    if hedged_scale and "亿" in body[:-1]:
        value = _behind_hundred_millions(body, factor)
    elif factor != 1:
        value, high = product(value, factor), high and product(high, factor)
    tail = _TRAILING_SCALE.search(text)
    scale = scale_of(tail[1]) if tail else _ONE
    return Number(start, start + len(text), text, value, high, hedge, scale, "scale" if indefinite else form)


def _behind_hundred_millions(body: str, factor: Decimal) -> Decimal:
    """Let a hedged scale multiply only what stands behind 亿: ``一亿一千七百多万 -> 117000000``."""
    whole, rest = body.rsplit("亿", 1)
    return Decimal(chinese_integer(whole + "亿") or 0) + product(Decimal(chinese_integer(rest) or 0), factor)


def _worth(text: str) -> Decimal | None:
    number = read_number(0, text)
    return number.value


def _fraction(start: int, text: str) -> Number:
    """Value ``百分之五 -> 5`` (percent), ``千分之三 -> 3`` (permille), ``三分之二 -> 0.666667`` (six places)."""
    below, above = text.split("分之", 1)
    numerator = read_number(0, above)
    number = Number(start, start + len(text), text, None, None, numerator.hedge, _ONE, "fraction")
    if numerator.value is None:
        return number
    if below in ("百", "千"):
        number.form = "percent" if below == "百" else "permille"
        number.value, number.high = numerator.value, numerator.high
    else:
        denominator = _worth(below)
        if denominator:
            number.value = tidy(round(numerator.value / denominator, 6))
    return number


@lru_cache(maxsize=1 << 15)
def _template(text: str) -> tuple[Decimal | None, Decimal | None, bool, Decimal, str]:
    """Value a numeral wherever it stands; numerals repeat, so most are read once."""
    number = _read(0, text)
    return number.value, number.high, number.hedge, number.scale, number.form


def read_number(start: int, text: str) -> Number:
    """Value one numeral that the scan found at ``start``.

    >>> read_number(0, "5600余亿").value, read_number(0, "三四十").high, read_number(0, "百分之三十六点三").value
    (Decimal('560000000000'), Decimal('40'), Decimal('36.3'))
    """
    if len(text) > LONGEST:
        return _read(start, text)
    return Number(start, start + len(text), text, *_template(text))


def _read(start: int, text: str) -> Number:
    if "分之" in text:
        return _fraction(start, text)
    if not text[0].isdigit() or text[0] not in "0123456789":
        return _chinese(start, text)
    end = start + len(text)
    if len(text) <= LONGEST and text.isdecimal():
        return Number(start, end, text, Decimal(text), None, False, _ONE, "arabic")
    match = _PARTS.fullmatch(text)
    if match is None or len(text) > LONGEST:
        return Number(start, end, text, None, None, False, _ONE, "arabic")
    digits, hedge, words = match.groups()
    if len(digits) > 3:
        digits = re.sub(r"[, \u00a0\u2009\u202f]", "", digits)
    value, scale = Decimal(digits), _ONE
    if words:
        scale = _ARABIC_SCALES.get(words) or scale_of(words)
        value = product(value, scale)
    return Number(start, end, text, value, None, hedge is not None, scale, "arabic")


_UNIT_BEGINS = re.compile(f"(?!{_HUNDRED}|{_THOUSAND})[百千]")
_MAY_BE_UNIT = frozenset("千百")
_INDEFINITE_BEFORE = frozenset("几数")
_NOT_INDEFINITE = frozenset("人指参分总户次件篇字代读系倍多少大半岁级基函位")
"""Behind these 数 is the end of another word (``人数十``)."""


_AGES_AND_SPANS = frozenset("岁年月日天个")
"""In front of these a digit behind a scale counts by itself: ``1.5亿|5岁以下儿童``."""


def _continues(before: Number, number: Number, following: str) -> bool:
    """Tell whether two numerals are one amount: ``1亿3000万``, ``5万3``."""
    if len(number.text) == 1 and ("." in before.text or following in _AGES_AND_SPANS):
        return False
    return (
        before.end == number.start
        and before.form == number.form == "arabic"
        and before.value is not None
        and number.value is not None
        and number.value < before.scale
    )


def read_numerals(text: str) -> list[Number]:
    """Find the numerals of a view, in order; 几 and 数 in front of a scale word belong to it (``数十``, ``几千``)."""
    numbers: list[Number] = []
    end = -1
    for match in NUMERAL.finditer(text):
        start, found = match.start(), match.group()
        if found[0] in "百千万亿十" and start and text[start - 1] in _INDEFINITE_BEFORE:
            start, found = _with_indefinite(text, start, found)
        touches, end = start == end, match.end()
        number = Number(start, end, found, *_template(found)) if end - start <= LONGEST else _read(start, found)
        if found in _MAY_BE_UNIT and _UNIT_BEGINS.match(text, start):
            number.value = None
        if touches and _continues(numbers[-1], number, text[end : end + 1]):
            number = _joined(numbers.pop(), number)
        numbers.append(number)
    return numbers


def _with_indefinite(text: str, start: int, found: str) -> tuple[int, str]:
    """Take in 几 and 数 in front of a scale word, unless 数 ends another word (``人数十``)."""
    if text[start - 1] == "几" or start < 2 or text[start - 2] not in _NOT_INDEFINITE:
        return start - 1, text[start - 1] + found
    return start, found


def _joined(before: Number, number: Number) -> Number:
    """Add up the parts of one amount: ``1亿3000万``; a last digit counts the next lower scale (``5万3 -> 53000``)."""
    assert before.value is not None and number.value is not None  # noqa: S101
    text, rest, scale = before.text + number.text, number.value, number.scale
    if len(number.text) == 1 and before.scale >= 100:
        rest, scale = product(rest, before.scale / 10), before.scale
    return Number(before.start, number.end, text, before.value + rest, None, number.hedge, scale, "arabic")
