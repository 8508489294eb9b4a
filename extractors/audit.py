"""Do the sums that a careful reader would do over the facts of an article, and say what agrees and what does not.

No alarm on rounding: every figure stands for the interval that its digits as written allow, rounded or cut off
(``9.2万亿元`` is 91,500 to 93,000 亿元), and hedged figures (约 近 余) are left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from operator import attrgetter

from extractors.audit_facts import Audited, Check
from extractors.audit_growth import chains
from extractors.audit_wholes import compared, parts, totals
from extractors.periods import PeriodFound
from extractors.slots import QuantityFound
from extractors.statements import FactFound

_HUNDRED = Decimal(100)
_MOST_YEARS = 12
"""A longer list of years is a table."""
_SHARE = re.compile("占|比重|比例|份额")
_REACH = 20
"""So many characters in front of a share may hold the word for it."""


def audit(
    text: str, quantities: Sequence[QuantityFound], facts: Sequence[FactFound], periods: Sequence[PeriodFound]
) -> list[Check]:
    """Check units, shares, sums, growth and repeated values over the facts of one view, in text order."""
    view = Audited(text, facts, periods)
    checks = {*misfits(view), *shares(view), *chains(view), *parts(view), *compared(view), *totals(view)}
    checks.update(years(view, quantities))
    return sorted(checks, key=lambda check: (check.start, check.end, check.code, check.message))


def misfits(view: Audited) -> Iterator[Check]:
    """A unit that cannot be that of the indicator: 地区生产总值5家."""
    for fact in view.facts:
        if fact.misfit is not None:
            of = f"{view.shown(fact)} of {view.name(fact)} is of {fact.figure.dimension}"
            message = f"{of}, but {fact.misfit.name} is measured in {' or '.join(fact.misfit.dimensions)}"
            yield Check("dimension_mismatch", "warning", message, fact.figure.start, fact.figure.end)


def shares(view: Audited) -> Iterator[Check]:
    """A share of more than 100 %: 工业占全市经济总量的112%, but not 为预算的103%, nor 去年外出务工人数的105%."""
    for fact in view.facts:
        if fact.aspect != "share" or fact.figure.unit != "%" or not _of_a_whole(view, fact):
            continue
        interval = view.interval(fact)
        if interval is not None and interval.low > _HUNDRED:
            message = f"the share of {view.name(fact)} is {view.shown(fact)}, more than the whole"
            yield Check("share_over_100", "warning", message, fact.figure.start, fact.figure.end)


def _of_a_whole(view: Audited, fact: FactFound) -> bool:
    """Tell whether a share is said to be one, and of something of its own time."""
    clause = view.text[max(0, fact.figure.start - _REACH) : fact.figure.start]
    clause = re.split("[，。；！？\n]", clause)[-1]
    start, end = fact.base or (0, 0)
    return _SHARE.search(clause) is not None and not any(p.start < end and start < p.end for p in view.periods)


def years(view: Audited, quantities: Sequence[QuantityFound]) -> Iterator[Check]:
    """Years listed one by one against the number of times: 2016年、2017年、2019年、2021年四次."""
    dated = [period for period in view.periods if period.type == "year"]
    if len(dated) < 2:
        return
    for quantity in quantities:
        unit = quantity.unit.name if quantity.unit is not None else None
        if unit not in ("次", "届", "年", "度") or quantity.value > _MOST_YEARS or quantity.modifier != "exact":
            continue
        listed = _years_in_front(view.text, dated, quantity.start)
        if len(listed) < 2:
            continue
        start, end = listed[0].start, quantity.end
        stated = view.text[quantity.start : quantity.end]
        shown = "、".join(view.text[year.start : year.end] for year in listed)
        if len(listed) == quantity.value:
            yield Check("count_confirmed", "info", f"{stated} agrees with {shown}", start, end)
        else:
            message = f"{stated} is stated, {len(listed)} years are listed: {shown}"
            yield Check("count_mismatch", "warning", message, start, end)


def _years_in_front(text: str, dated: Sequence[PeriodFound], position: int) -> list[PeriodFound]:
    """Give the list of years that stands right in front of a figure, joined by 、 and 和."""
    listed: list[PeriodFound] = []
    for i in range(bisect_right(dated, position, key=attrgetter("end")) - 1, -1, -1):
        period, behind = dated[i], listed[0].start if listed else position
        gap = text[period.end : behind]
        joined = gap in ("、", "和", "及", "，", "以及") if listed else len(gap) <= 8 and "，" not in gap[1:]
        if not joined:
            break
        listed.insert(0, period)
    return listed
