"""Share what a list says once: the unit and the scale of its last member belong to the members before it."""

import re
from decimal import Decimal

from extractors.fates import GRADE, LABEL
from extractors.hedges import surround
from extractors.numerals import Number, product
from extractors.rules import rule
from extractors.slots import QuantityFound, Slot, is_chinese

SEPARATOR = re.compile(r"\s?(?:、|和|与|及|以及|或|或者)\s?")
"""What stands between the members of a list."""

_PLACES = frozenset(Decimal(10) ** places for places in range(1, 13))
_COMMA = re.compile(r"\s?[，,]\s?")


@rule(
    "quantities.list",
    "quantities",
    says=[
        ("分别注资10、20、30亿元", {"text": "10", "value": "1000000000", "unit": "元"}),
        ("每天6、70位志愿者值守", {"text": "6", "value": "60", "unit": "位"}),
        ("分别筹资三千、五千万元", {"text": "三千", "value": "30000000", "unit": "元"}),
        ("高出2.2个和1.7个百分点", {"text": "2.2个", "unit": "百分点"}),
    ],
    refuses=["一、二、三产业"],
)
def share_units(text: str, slots: list[Slot]) -> None:
    """Give a list's unit and scale to its members, from right to left: ``10、20、30亿元``, ``2.2个和1.7个百分点``."""
    for i in range(len(slots) - 2, -1, -1):
        slot, following = slots[i], slots[i + 1]
        source = following.quantity
        if slot.quantity is None and slot.fate is None and following.fate in (LABEL, GRADE):
            if following.number.start - slot.number.end < 4 and _linked(text, slot.number.end, following.number.start):
                slot.fate = following.fate
            continue
        if source is None or source.unit is None or slot.number.value is None:
            continue
        if slot.quantity is not None:
            _share_with_read(text, slot.quantity, source)
        elif slot.fate is None:
            slot.quantity = _share_with_bare(text, slot.number, source)


def _linked(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    if SEPARATOR.fullmatch(gap):
        return True
    return bool(_COMMA.fullmatch(gap)) and "分别" in text[max(0, end - 40) : end]


def _adjacent_places(text: str, number: Number, source: QuantityFound) -> Decimal | None:
    """Give the tens that a digit shares with the next one: ``6、70位`` is 60 or 70, ``4、500斤`` 400 or 500."""
    if number.value is None or len(number.text) != 1 or text[number.end : source.start] != "、":
        return None
    value = source.value if source.unit is None else source.value / source.unit.factor
    places = value / (number.value + 1)
    return places if places in _PLACES and not number.hedge else None


def _myriads(scale: Decimal) -> Decimal:
    """Give the 万 or 亿 in a scale, which a member with a 千 of its own shares: ``三千、五千万元 -> 30000000``."""
    return Decimal(10) ** ((len(str(int(scale))) - 1) // 4 * 4)


def _share_with_read(text: str, quantity: QuantityFound, source: QuantityFound) -> None:
    if not _linked(text, quantity.end, source.start):
        return
    assert source.unit is not None  # noqa: S101
    if quantity.unit is None:
        quantity.rule = "quantities.list"
        quantity.unit = source.unit
        if source.unit.factor != 1:
            quantity.value = product(quantity.value, source.unit.factor)
        if quantity.scale == 1 and source.scale > 1:
            quantity.value = product(quantity.value, source.scale)
        elif quantity.scale < 10**4 <= source.scale:
            quantity.value = product(quantity.value, _myriads(source.scale))
    elif quantity.unit.name == "个" and source.unit.name == "百分点":
        quantity.unit, quantity.rule = source.unit, "quantities.list"


def _share_with_bare(text: str, number: Number, source: QuantityFound) -> QuantityFound | None:
    if not _linked(text, number.end, source.start) or source.unit is None or number.value is None:
        return None
    if is_chinese(number) and source.unit.dimension == "count" and len(number.text) == 1:
        alone = text[number.start - 1 : number.start] not in ("、", "第") and number.text != "一"
        if not (source.unit.name == "次" and alone and source.value == number.value + 1):
            return None
    if text[number.start - 1 : number.start] == "、" and len(number.text) == 4 and source.unit.name == "年":
        return None
    factor = source.unit.factor
    if (places := _adjacent_places(text, number, source)) is not None:
        factor *= places
    elif number.scale == 1 and source.scale > 1:
        factor *= source.scale
    elif number.scale < 10**4 <= source.scale:
        factor *= _myriads(source.scale)
    quantity = QuantityFound(
        number.start,
        number.end,
        number.value if factor == 1 else product(number.value, factor),
        number.high,
        source.unit,
        None,
        "exact",
        source.scale,
        "quantities.list",
    )
    surround(text, quantity, "more_than" if number.hedge else None)
    return quantity
