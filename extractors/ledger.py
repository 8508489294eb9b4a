"""Settle what became of every numeral: drop what lies inside a name, and account for each numeral character.

The last stage before the document: it turns what the rules found in the view into records over the source.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from extractors.audit_facts import Check
from extractors.fact_rows import fact_row
from extractors.fates import NAME, Fate
from extractors.numerals import LEDGER, Number, product
from extractors.ordinals import OrdinalFound
from extractors.periods import PeriodFound
from extractors.programs import ProgramFound
from extractors.regions import Home
from extractors.slots import QuantityFound
from extractors.statements import FactFound
from extractors.units import Unit
from schemas import Reading

Row = dict[str, Any]
Found = QuantityFound | PeriodFound | OrdinalFound


@dataclass(slots=True)
class Readings:
    """What the stages found in one view."""

    numbers: list[Number]
    quantities: list[QuantityFound]
    fates: dict[int, Fate]
    periods: list[PeriodFound]
    ordinals: list[OrdinalFound]
    programs: list[ProgramFound]
    facts: list[FactFound] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    home: Home | None = None


_NESTED = 3
"""A title in 《》 may hold a programme's name and that a shorter one: so many names may begin before the one around."""

_COUNTING = frozenset(("quantity", "period", "ordinal", "unread"))
_TITLE = re.compile(r"《[^《》\n]{1,80}》")

Name = tuple[int, int]
Taken = tuple[int, int, str, str | None]
"""What took a stretch of the view: start, end, role, id of the record."""

_FAR = 1 << 62
_BEYOND: Taken = (_FAR, _FAR, "", None)
"""It stands behind every text, so that the walk needs no end."""


def _names(text: str, programs: list[ProgramFound]) -> list[Name]:
    """Give the spans of names, in order: programmes, and titles in 《》 whatever they are titles of."""
    names = [(program.start, program.end) for program in programs]
    if "《" in text:
        names += [match.span() for match in _TITLE.finditer(text)]
        names.sort()
    return names


def _inside_name(found: Found, names: list[Name]) -> bool:
    """Tell whether a record lies in a name (``招商引资五年倍增计划``); a plan period stays a period."""
    i = bisect_right(names, (found.start, _FAR))
    for _, end in names[max(0, i - _NESTED) : i]:
        if found.end <= end:
            return not (isinstance(found, PeriodFound) and found.type == "plan")
    return False


def _names_a_plan(number: Number) -> bool:
    """Tell whether a numeral in a period counts nothing: 十四五 is no 14, 八五 no 85."""
    return number.high is not None or (number.form == "digits" and len(number.text) == 2)


def _base(value: Decimal, unit: Unit) -> tuple[Decimal | None, str | None]:
    """Convert to the base unit: ``300万亩 -> 2000000001 m2``; None where the unit has none."""
    if unit.base is None or unit.base_factor == 1:
        return (value if unit.base else None), unit.base
    return product(value, unit.base_factor), unit.base


def keep(reading: Reading, found: Readings) -> Readings:
    """Leave out the records that lie inside a name: what the facts are read from, and what is settled."""
    names = _names(reading.text, found.programs)
    if not names:
        return found
    return replace(
        found,
        quantities=[q for q in found.quantities if not _inside_name(q, names)],
        periods=[p for p in found.periods if not _inside_name(p, names)],
        ordinals=[o for o in found.ordinals if not _inside_name(o, names)],
    )


def settle(reading: Reading, found: Readings) -> dict[str, list[Row]]:
    """Make the rows of every kind, in text order, from what was kept."""
    return _Settlement(reading, found).rows()


def reasons(reading: Reading, found: Readings) -> dict[int, str]:
    """Say why each numeral that the quantity and ordinal stages refused became nothing, by its source offset."""
    return {reading.span(start, start + 1)[0]: fate.reason for start, fate in found.fates.items()}


def left_out(reading: Reading, found: Readings) -> list[tuple[int, int, str, str]]:
    """Give what rules read inside a name, which the name then took: (start, end, rule, the name around it).

    ``实施“制造业五年倍增计划” -> 五年, quantities.amount, 制造业五年倍增计划``; offsets are of the source.
    """
    names = _names(reading.text, found.programs)
    lost: list[tuple[int, int, str, str]] = []
    records: list[Found] = [*found.quantities, *found.periods, *found.ordinals]
    for each in records:
        if _inside_name(each, names):
            start, end = next(name for name in names if name[0] <= each.start and each.end <= name[1])
            around = reading.source[slice(*reading.span(start, end))]
            lost.append((*reading.span(each.start, each.end), each.rule, around))
    return sorted(lost)


class _Settlement:
    """Builds the rows of one article, with ids in text order within each kind."""

    def __init__(self, reading: Reading, found: Readings) -> None:
        self.reading = reading
        self.found = found
        self.programs = found.programs
        self.names = _names(reading.text, found.programs)

    def rows(self) -> dict[str, list[Row]]:
        """Give the rows of every kind."""
        found = self.found
        quantities, periods, ordinals = found.quantities, found.periods, found.ordinals
        taken: list[Taken] = [(q.start, q.end, "quantity", f"q{i}") for i, q in enumerate(quantities, 1)]
        taken += [(p.start, p.end, "period", f"t{i}") for i, p in enumerate(periods, 1)]
        taken += [(o.start, o.end, "ordinal", f"o{i}") for i, o in enumerate(ordinals, 1)]
        taken.sort()
        numbers = self._ledger(taken)
        return {
            "numbers": numbers,
            "quantities": [self._quantity(i, q) for i, q in enumerate(quantities, 1)],
            "periods": [self._period(i, p) for i, p in enumerate(periods, 1)],
            "ordinals": [self._ordinal(i, o) for i, o in enumerate(ordinals, 1)],
            "programs": [self._program(i, p) for i, p in enumerate(found.programs, 1)],
            "facts": [fact_row(self.reading, i, f) for i, f in enumerate(found.facts, 1)],
            "findings": self._findings(numbers),
        }

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return (start, end) if self.reading.offsets is None else self.reading.span(start, end)

    def _quantity(self, index: int, quantity: QuantityFound) -> Row:
        start, end = self._span(quantity.start, quantity.end)
        unit, value = quantity.unit, quantity.value
        base_value, base_unit = (None, None) if unit is None else _base(value, unit)
        return {
            "id": f"q{index}",
            "start": start,
            "end": end,
            "text": self.reading.source[start:end],
            "value": value,
            "high": quantity.high,
            "unit": unit.name if unit else None,
            "unit_text": quantity.unit_text,
            "dimension": unit.dimension if unit else None,
            "modifier": quantity.modifier,
            "base_value": base_value,
            "base_unit": base_unit,
            "rule": quantity.rule,
        }

    def _period(self, index: int, period: PeriodFound) -> Row:
        start, end = self._span(period.start, period.end)
        return {
            "id": f"t{index}",
            "start": start,
            "end": end,
            "text": self.reading.source[start:end],
            "start_date": period.start_date,
            "end_date": period.end_date,
            "type": period.type,
            "rule": period.rule,
        }

    def _ordinal(self, index: int, ordinal: OrdinalFound) -> Row:
        start, end = self._span(ordinal.start, ordinal.end)
        scope = None
        if ordinal.scope is not None:
            scope_start, scope_end = self._span(*ordinal.scope)
            scope = "".join(self.reading.source[scope_start:scope_end].splitlines())
        return {
            "id": f"o{index}",
            "start": start,
            "end": end,
            "text": self.reading.source[start:end],
            "value": ordinal.value,
            "role": ordinal.role,
            "scope": scope,
            "top": ordinal.top,
            "rule": ordinal.rule,
        }

    def _program(self, index: int, program: ProgramFound) -> Row:
        start, end = self._span(program.start, program.end)
        text = self.reading.source[start:end]
        return {
            "id": f"p{index}",
            "start": start,
            "end": end,
            "text": text,
            "name": "".join(text.splitlines()),
            "type": program.type,
            "rule": program.rule,
        }

    def _ledger(self, taken: list[Taken]) -> list[Row]:
        """Give each numeral its role: of the record that covers it, else of the name around it, else its fate."""
        rows: list[Row] = []
        upcoming = iter([*taken, _BEYOND])
        first, last, role_inside, id_inside = next(upcoming)
        names, p = self.names, 0
        fates, offsets, source = self.found.fates, self.reading.offsets, self.reading.source
        folded = offsets is not None or source != self.reading.text
        for number in self.found.numbers:
            start, end = number.start, number.end
            while last <= start:
                first, last, role_inside, id_inside = next(upcoming)
            role, record = "unread", None
            if first <= start and end <= last:
                role, record = role_inside, id_inside
            else:
                while p < len(names) and names[p][1] <= start:
                    p += 1
                if p < len(names) and names[p][0] <= start and end <= names[p][1]:
                    role = NAME.role
                elif start in fates:
                    role = fates[start].role
            value = None
            if role in _COUNTING and not (role == "period" and _names_a_plan(number)):
                value = number.value
            if offsets is not None:
                start, end = self.reading.span(start, end)
            if folded and LEDGER.search(source, start, end) is None:
                continue  # 兩 or a Kangxi radical: read as a numeral, but none of the characters the ledger answers for
            rows.append(
                {
                    "id": f"n{len(rows) + 1}",
                    "start": start,
                    "end": end,
                    "text": source[start:end],
                    "value": value,
                    "role": role,
                    "record": record,
                }
            )
        return rows

    def _findings(self, numbers: list[Row]) -> list[Row]:
        findings = [
            {
                "code": "line_joined",
                "severity": "info",
                "message": f"a hard line break was read across: {join.evidence}",
                "start": join.start,
                "end": join.end,
            }
            for join in self.reading.joins
        ]
        findings += [
            {
                "code": "numeral_unread",
                "severity": "warning",
                "message": f"no rule took the numeral {row['text'][:40]}",
                "start": row["start"],
                "end": row["end"],
            }
            for row in numbers
            if row["role"] == "unread"
        ]
        if self.found.home is not None and self.found.home.message is not None:
            finding = {"code": "region_inferred", "severity": "info", "message": self.found.home.message}
            findings.append({**finding, "start": 0, "end": 0})
        for check in self.found.checks:
            start, end = self._span(check.start, check.end)
            finding = {"code": check.code, "severity": check.severity, "message": check.message}
            findings.append({**finding, "start": start, "end": end})
        findings.sort(key=lambda finding: (finding["start"], finding["end"], finding["code"]))
        return findings
