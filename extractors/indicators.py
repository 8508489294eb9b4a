"""The official statistical indicators of China, looked up by the name that a text gives them.

The names stand in indicators.csv. An indicator as written is normalised (quotation marks, brackets, width), then
cleared of words of scope and time in front and of words of amount behind, and what is left must be a name of the table
to the letter: 高端玩具产业增加值 is no 增加值. No name, no code: a wrong code is worse than none.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

__all__ = ["Indicator", "Kind", "dimension_mismatch", "indicator", "indicators", "lookup", "partitions"]

Kind = Literal["flow", "stock", "ratio", "index", "price"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One official indicator; the columns are explained at the head of indicators.csv."""

    code: str
    name: str
    local: str
    english: str
    synonyms: tuple[str, ...]
    bare: tuple[str, ...]
    dimensions: tuple[str, ...]
    unit: str
    kind: Kind
    parent: str
    partition: str
    world_bank: str
    source: str

    def canonical(self, *, national: bool) -> str:
        """Name it for the nation or for a region: ``NA.GDP -> 国内生产总值, 地区生产总值``."""
        return self.name if national or not self.local else self.local


# --- the table -------------------------------------------------------------------------------------------------------


def _many(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _kind(code: str, cell: str) -> Kind:
    for kind in get_args(Kind):
        if cell == kind:
            return kind  # type: ignore[no-any-return]
    raise ValueError(f"indicators.csv, {code}: kind {cell!r} is none of {', '.join(get_args(Kind))}; correct the row")


@cache
def _rows() -> dict[str, list[str]]:
    """Read the file: code -> cells; an indicator is made of them when somebody asks for it, for speed at the start."""
    text = Path(__file__).with_name("indicators.csv").read_text("utf-8")
    lines = text[text.index("\ncode,") + 1 :].splitlines()
    return {row[0]: row for row in csv.reader(lines[1:])}


@cache
def indicator(code: str) -> Indicator | None:
    """Give the indicator of a code, nothing for an unknown one: ``FT.EXP -> 出口总额``."""
    row = _rows().get(code)
    if row is None:
        return None
    synonyms, bare, dimensions = _many(row[4]), _many(row[5]), _many(row[6])
    kind = _kind(code, row[8])
    name, local, english = row[1:4]
    unit, parent, partition, world_bank, source = row[7], *row[9:]
    return Indicator(
        code,
        name,
        local,
        english,
        synonyms,
        bare,
        dimensions,
        unit,
        kind,
        parent,
        partition,
        world_bank,
        source,
    )


@cache
def indicators() -> dict[str, Indicator]:
    """Give the whole table: code -> indicator, in the order of the file."""
    return {code: found for code in _rows() if (found := indicator(code))}


@cache
def partitions(code: str) -> dict[str, tuple[Indicator, ...]]:
    """Give the splits whose parts add up to an indicator: ``FT.TOTAL -> direction: 出口总额, 进口总额; mode: …``."""
    splits: dict[str, tuple[Indicator, ...]] = {}
    for row in indicators().values():
        if row.parent == code and row.partition:
            splits[row.partition] = (*splits.get(row.partition, ()), row)
    return splits


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Index the table by normalised spelling: names to code, everyday words to code."""
    names: dict[str, str] = {}
    bare: dict[str, str] = {}
    rows = _rows().values()
    for row in rows:
        bare.update(dict.fromkeys(_normal(row[5]).split("|"), row[0]))
        names.update(dict.fromkeys(_normal(f"{row[1]}|{row[2]}|{row[4]}").split("|"), row[0]))
    for word in bare:
        names.pop(word, None)
    bare.pop("", None)
    return names, bare


# --- how a name is written -------------------------------------------------------------------------------------------

_LONGEST = 60
_MARKS = re.compile(r"[“”\"‘’'「」『』《》〈〉、·\s]+")
_DASHES = re.compile(r"[—–~〜]+")
_BRACKETS = re.compile(r"\((?!不?含|不?包括|扣除)[^()]{0,24}\)")
_FILLERS = re.compile(r"的|累计|预计")
_YEAR = r"(?:19|20)\d\d年(?:度|末|底)?"
_SPAN = r"(?:1?\d(?:-1?\d)?月份?|[一二三四]季度|前[二两三]季度|[上下]半年|前[一二三四五六七八九十]{1,2}个?月)"
_TIME = rf"""
    {_YEAR} | {_SPAN} | 全年 | 当年 | 本年 | 今年 | 去年 | 上年 | 年度 | 当月 | 本月 | 累计 | 其中 | 实现 | 完成 | 预计
"""
_WHOLE = r"""
    [全我本][市省区县州盟旗镇乡] | 全国 | 我国 | 该[市省区县州] | 全社会 | [各全]地 | 年末 | 年底 | 期末 | 月末 | 季末
"""
_PROVINCES = r"""
    中国 | (?: 北京 | 天津 | 上海 | 重庆 ) 市? | (?: 河北 | 山西 | 辽宁 | 吉林 | 黑龙江 | 江苏 | 浙江 | 安徽 | 福建
    | 江西 | 山东 | 河南 | 湖北 | 湖南 | 广东 | 海南 | 四川 | 贵州 | 云南 | 陕西 | 甘肃 | 青海 ) 省?
    | 内蒙古 (?:自治区)? | 广西 (?:壮族自治区)? | 西藏 (?:自治区)? | 宁夏 (?:回族自治区)? | 新疆 (?:维吾尔自治区)?
    | [\u4E00-\u9FFF]{2,7}? (?: 自治区 | 自治州 |
      (?<! [城超都门股楼债汇车夜黑菜上集早房鬼街] ) 市 ) (?! [场民区政值价] )
"""
_LEAD = re.compile(rf"(?P<time>{_TIME}) | (?P<whole>{_WHOLE}) | (?P<place>{_PROVINCES})", re.VERBOSE)
_COUNTED_TAIL = re.compile(r"(?:总?数量?|总量|总?(?:人|户|家|个)数|总?规模)$")
_AMOUNT_TAIL = re.compile(r"(?:总规模|总金额|总额|总量|总值|规模|金额|额|总体水平|水平|完成额)$")
_TAIL_ENDS = "数量模额值平"
"""The characters that these tails end with."""


def _normal(name: str) -> str:
    """Write a name in one way: half width, capitals, no quotation marks: ``“三新”经济（ＧＤＰ） -> 三新经济(GDP)``."""
    return _DASHES.sub("-", _MARKS.sub("", unicodedata.normalize("NFKC", name))).upper()


def _spellings(text: str) -> Iterator[tuple[str, bool]]:
    """Give the readings of a name from the fullest to the barest, and whether a word of scope said the whole.

    ``全市的医院总数 -> 全市的医院总数, 全市医院总数, 的医院总数 …`` (tails are left to ``_hit``)
    """
    name, whole = _normal(text), False
    for _ in range(5):
        yield name, whole
        plain = _FILLERS.sub("", _BRACKETS.sub("", name))
        if plain != name:
            yield plain, whole
        lead = _LEAD.match(name)
        if lead is None or lead.end() == len(name):
            return
        whole = whole or lead.lastgroup == "whole"
        name = name[lead.end() :].removeprefix("的")


# --- looking up ------------------------------------------------------------------------------------------------------


def _fits(found: Indicator, dimension: str | None) -> bool:
    """Tell whether a figure settles what an everyday word means: 亿元 and % do for 出口, 家 does not for 医院."""
    if dimension in (None, "count"):
        return False
    return dimension in found.dimensions or dimension in ("ratio", "ratio difference")


def _hit(name: str, whole: bool, dimension: str | None) -> Indicator | None:
    names, bare = _names()
    if name in names:
        return indicator(names[name])
    if name in bare:
        found = indicator(bare[name])
        return found if found and (whole or _fits(found, dimension)) else None
    for tail in (_COUNTED_TAIL, _AMOUNT_TAIL) if name[-1:] in _TAIL_ENDS else ():
        stem = tail.sub("", name)
        found = indicator(names.get(stem) or bare.get(stem) or "") if stem != name else None
        if found and ("count" in found.dimensions) is (tail is _COUNTED_TAIL):
            return found
    return None


@lru_cache(maxsize=1 << 14)
def lookup(text: str, dimension: str | None = None) -> Indicator | None:
    """Find the official indicator that a name as written means, or nothing where in doubt.

    ``dimension`` is that of the figure, where there is one: it settles what an everyday word means.

    >>> lookup("全年规模以上工业增加值").code, lookup("出口", "currency").name, lookup("高端玩具产业增加值")
    ('IND.VA.ABOVE', '出口总额', None)
    """
    if len(text) > _LONGEST:
        return None
    for name, whole in _spellings(text):
        found = _hit(name, whole, dimension)
        if found is not None:
            return found
    return None


_NEVER_WRONG = frozenset({"rate"})
"""A level for each of something (5000元/亩 of output) may stand with any indicator."""


def dimension_mismatch(found: Indicator, dimension: str | None, aspect: str) -> bool:
    """Tell whether a level cannot be what the indicator measures: 地区生产总值 of 5 家.

    Only levels are judged: a change, a share, a contribution or a target may stand in percent or points.
    """
    if aspect != "level" or dimension is None or dimension in _NEVER_WRONG:
        return False
    if dimension == "ratio difference" and "ratio" in found.dimensions:
        return False
    return dimension not in found.dimensions
