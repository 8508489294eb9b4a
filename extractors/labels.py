"""Refuse numerals that their neighbours show to be no amount: labels, list marks, times of day, ratios."""

import re
from dataclasses import dataclass
from functools import cache

from extractors.fates import CLOCK, CODE, DOCUMENT, LABEL, LABELS, LIST, MODEL, NAME, RATIO, SEQUENCE, WORD, Fate
from extractors.numerals import Number
from extractors.slots import ARABIC, Slot, is_chinese
from extractors.tables import alternation, load
from extractors.units import find_unit

NOT_TOP = frozenset("目当之日此年月天以空提生史跟眼从会赛午先")
"""Behind these 前 is the end of a word (目前, 此前), not the head of a rank."""

_DOCUMENT_NUMBER = re.compile(r"[〔\[【［(（]\s?[0-9]{4}\s?[〕\]】］)）]\s?第?[0-9]+\s?号")
_CLOCK = re.compile(
    r"""
    (?: 2[0-4] | [01]?[0-9] )
    (?: [:：][0-5][0-9] (?: [:：][0-5][0-9] )? (?![0-9])                           # 8:30, 20:15:08
      | \s?[时点] (?!间|代|期|有|尚|髦|差|速|装)                                   # 24时, 9点半, 15时30分
        (?: \s?[0-9]{1,2}\s?(?: 分 | (?=左右|许|前后) ) (?: \s?[0-9]{1,2}\s?秒 )? | 半 | 整 | 许 | 钟 )? )
    """,
    re.VERBOSE,
)
_CLOCK_RANGE = re.compile(r"[0-9]{1,2}(?:[时点])?\s?[—\-–~～至]+\s?[0-9]{1,2}[时点](?!间|代|期)")
_CLOCK_CHINESE = re.compile(
    r"(?:十[一二]?|[零一二三四五六七八九]|二十[一二三四]?)[点时]"
    r"(?:钟|半|整|[一二三四五]?十[一二三四五六七八九]?分?|[0-9]{1,2}(?:分|(?=左右|许|前后|[，。、；至到]))|(?=至|到[0-9一二三四五六七八九十]))"
)
_CODE = re.compile(
    r"""
    0[0-9]{2,3} [-－—] \s? [0-9]{7,8} (?: [-－—转] [0-9]{1,6} )?             # 0533-2345678
  | [48]00 [-－]? [0-9]{3,4} [-－]? [0-9]{3,4} (?![0-9])                     # 400-123-4567
  | 1[3-9][0-9]{9} (?![0-9.])                                              # a mobile number
  | [0-9]{12,} (?![0-9]|[.,][0-9])                                              # no amount is written so
    """,
    re.VERBOSE,
)
_DIAL = re.compile(r"(?:拨打|致电|热线|电话|邮编|邮政编码|传真|短信|分机)[：:“\"\s]{0,2}$")
_STANDARD = re.compile(r"[A-Z]{1,5}(?:/[A-Z]{1,2})?[ \u00a0]$")
_STANDARD_REST = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:\s?[-—–－]\s?[0-9]{2,4})?")
_GENERATIONS = re.compile(r"[0-9]{1,2}/[0-9]{1,2}[A-Z]")
_COORDINATE = re.compile(r"°\s?[0-9]{1,2}(?:\.[0-9]+)?\s?[′'’分]")
_RATIO = re.compile(r"\s?[:：∶比]\s?[0-9]")
_LIST_AFTER = re.compile(r"[、.．](?![0-9])|[)）][、.]?")
_LIST_IS = re.compile(r"[是要](?!否)|则(?=[是要])")


@dataclass(frozen=True, slots=True)
class _Words:
    models: frozenset[str]
    day_parts: re.Pattern[str]
    great: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("quantities")
    return _Words(
        frozenset(table["labels"]["models"]),
        re.compile(rf"(?:{alternation(table['labels']['day_parts'])})\s?$"),
        re.compile(rf"大(?![{table['words']['not_great']}])"),
    )


def _amount_follows(text: str, end: int) -> bool:
    """Tell whether digits that look like a telephone number have a unit, so that they are an amount."""
    return find_unit(text, end + 1 if text[end : end + 1] in ("余", "多") else end) is not None


class Labels:
    """Looks at the neighbours of a numeral in one view."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def label(self, number: Number, previous: Slot | None) -> Fate | None:
        """Refuse what its neighbours show to be a label, a list mark, a time of day or a ratio."""
        text, start, end = self.text, number.start, number.end
        before, after = text[start - 1 : start], text[end : end + 1]
        if before == "第" or (before == "前" and self._is_top(number)):
            return WORD if before == "前" and number.text == "一" and after not in ("位", "名") else SEQUENCE
        if (
            before
            and before in "、和"
            and previous is not None
            and start - previous.number.end == 1
            and (previous.fate is SEQUENCE or (previous.fate in LABELS and find_unit(text, end) is None))
        ):
            return previous.fate
        if after in "、.．)）" and after and self._list_mark(start, end):
            return LIST
        if is_chinese(number):
            if (
                after
                and after in "是要则"
                and _LIST_IS.match(text, end)
                and (not before or before in "。；，：:、\n 　”,;")
            ):
                return LIST
            if after and after in "点时" and _CLOCK_CHINESE.match(text, start):
                return CLOCK
            return None
        return self._arabic_label(number, before, after)

    def _arabic_label(self, number: Number, before: str, after: str) -> Fate | None:
        text, start, end, words = self.text, number.start, number.end, _words()
        if self.code_end(number) >= end:
            return CODE
        if before and before.isascii() and (before.isalpha() or before in "_/@#+="):
            return MODEL
        if (
            before == "-"
            and start > 1
            and (text[start - 2] in words.models or (text[start - 2].isascii() and text[start - 2].isalnum()))
        ):
            return MODEL
        if after and after.isascii() and after.isalpha() and find_unit(text, end) is None:
            return MODEL
        if after == "/" and _GENERATIONS.match(text, start):
            return MODEL
        if before and before in "〔[【［(（" and _DOCUMENT_NUMBER.match(text, start - 1):
            return DOCUMENT
        if before and before in "〕]】］)）" and after == "号":
            return DOCUMENT
        if after == "°" and _COORDINATE.match(text, end):
            return LABEL
        if after and after in '”"’′″':
            return LABEL
        if after == "大" and words.great.match(text, end):
            return None if number.scale >= 10 and text.startswith("大关", end) else NAME
        if (after and after in "·•" and text[end + 1 : end + 2] in ARABIC) or (
            before and before in "·•′°" and number.scale == 1
        ):
            return LABEL
        if after == "后" and len(number.text) == 2 and number.text[1] in "05":
            return LABEL
        if after and after in "—-–~～至时点 " and _CLOCK_RANGE.match(text, start):
            return CLOCK
        if (
            after
            and after in ":：时点"
            and _CLOCK.match(text, start)
            and (
                after in "时点"
                or words.day_parts.search(text[max(0, start - 3) : start])
                or not _RATIO.match(text, end)
            )
        ):
            return CLOCK if self.clock_end(number) > end else None
        if after and after in ":：∶比" and _RATIO.match(text, end):
            return RATIO
        if before and before in ":：∶比" and start > 1 and text[start - 2] in ARABIC:
            return RATIO
        if after == "+" or (before == "+" and start > 1):
            return LABEL
        return None

    def _is_top(self, number: Number) -> bool:
        """Tell whether 前 in front makes a rank (``前3位``, ``前十``): the ordinals read it."""
        if number.start > 1 and self.text[number.start - 2] in NOT_TOP:
            return False
        following = self.text[number.end : number.end + 1]
        if following and following in "位名强大":
            return True
        return number.value is not None and number.value <= 100 and find_unit(self.text, number.end) is None

    def _list_mark(self, start: int, end: int) -> bool:
        """Tell whether a numeral marks an item: ``一、``, ``（二）``, ``1.`` at the start of a line or sentence."""
        text = self.text
        chinese = text[start] not in ARABIC
        if ((text[end] != "、" or not chinese) and _LIST_AFTER.match(text, end) is None) or end - start > 3:
            return False
        bracketed = text[start - 1 : start] in ("（", "(") and text[end] in ")）"
        if text[end] in ")）" and not bracketed:
            return False
        at = start - 1 if bracketed else start
        if bracketed:
            return True
        before = text[max(0, at - 2) : at].rstrip(" 　\t")
        return not before or before[-1] in "\n。；：:;!！"

    def code_end(self, number: Number) -> int:
        """Give where a telephone number or a standard's number that begins with a numeral ends; -1 without one."""
        text, start = self.text, number.start
        code = _CODE.match(text, start) if text[start] in "0148" or number.end - start > 11 else None
        if code is not None and not _amount_follows(text, code.end()):
            return code.end()
        if start > 1 and text[start - 1] in " \u00a0" and _STANDARD.search(text[max(0, start - 9) : start]):
            rest = _STANDARD_REST.match(text, start)
            return rest.end() if rest is not None and find_unit(text, rest.end()) is None else -1
        if 3 <= len(number.text) <= 8 and number.scale == 1 and _DIAL.search(text[max(0, start - 4) : start]):
            return number.end if find_unit(text, number.end) is None else -1
        return -1

    def clock_end(self, number: Number) -> int:
        """Give where a time of day that begins with a numeral ends: its minutes belong to it."""
        text, start = self.text, number.start
        match = _CLOCK_RANGE.match(text, start) or _CLOCK.match(text, start) or _CLOCK_CHINESE.match(text, start)
        return match.end() if match is not None else number.end
