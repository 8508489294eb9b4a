"""Settle what became of every numeral: drop what lies inside a name, and account for each numeral character.

The last stage before the document: it turns what the rules found in the view into records over the source.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from extractors.fates import NAME, Fate
from extractors.numerals import LEDGER, Number, tidy
from extractors.ordinals import OrdinalFound
from extractors.periods import PeriodFound
from extractors.programs import ProgramFound
from extractors.slots import QuantityFound
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


_NESTED = 3
"""A title in 《》 may hold a programme's name and that a shorter one: so many names may begin before the one around."""

_COUNTING = frozenset(("quantity", "period", "ordinal", "unread"))
_TITLE = re.compile(r"《[^《》\n]{1,80}》")

Name = tuple[int, int]


def _names(text: str, programs: list[ProgramFound]) -> list[Name]:
    """Give the spans of names, in order: programmes, and titles in 《》 whatever they are titles of."""
    names = [(program.start, program.end) for program in programs]
    if "《" in text:
        names += [match.span() for match in _TITLE.finditer(text)]
        names.sort()
    return names


def _inside_name(found: Found, names: list[Name]) -> bool:
    """Tell whether a record lies in a name (``招商引资五年倍增计划``); a plan period stays a period."""
    i = bisect_right(names, found.start, key=itemgetter(0))
    inside = any(found.end <= end for _, end in names[max(0, i - _NESTED) : i])
    return inside and not (isinstance(found, PeriodFound) and found.type == "plan")


def _names_a_plan(number: Number) -> bool:
    """Tell whether a numeral in a period counts nothing: 十四五 is no 14, 八五 no 85."""
    return number.high is not None or (number.form == "digits" and len(number.text) == 2)


def _base(quantity: QuantityFound) -> tuple[Decimal | None, str | None]:
    """Convert to the base unit: ``300万亩 -> 2000000001 m2``; prec 30, None where the unit has no base."""
    unit = quantity.unit
    if unit is None or unit.base is None:
        return None, None
    factor = unit.base_factor
    if factor == 1:
        return quantity.value, unit.base
    value = quantity.value * factor if len(quantity.value.as_tuple().digits) < 40 else None
    return (None, None) if value is None else (tidy(value), unit.base)


def settle(reading: Reading, found: Readings) -> dict[str, list[Row]]:
    """Make the rows of numbers, quantities, periods, ordinals, programs and findings, in text order."""
    return _Settlement(reading, found).rows()


class _Settlement:
    """Builds the rows of one article, with ids in text order within each kind."""

    def __init__(self, reading: Reading, found: Readings) -> None:
        self.reading = reading
        self.found = found
        self.programs = found.programs
        self.names = _names(reading.text, found.programs)

    def rows(self) -> dict[str, list[Row]]:
        found, programs, names = self.found, self.programs, self.names
        quantities = [q for q in found.quantities if not names or not _inside_name(q, names)]
        periods = [p for p in found.periods if not names or not _inside_name(p, names)]
        ordinals = [o for o in found.ordinals if not names or not _inside_name(o, names)]
        rows = {
            "quantities": [self._quantity(i, q) for i, q in enumerate(quantities, 1)],
            "periods": [self._period(i, p) for i, p in enumerate(periods, 1)],
            "ordinals": [self._ordinal(i, o) for i, o in enumerate(ordinals, 1)],
            "programs": [self._program(i, p) for i, p in enumerate(programs, 1)],
        }
        taken = [
            *((q.start, q.end, "quantity", f"q{i}") for i, q in enumerate(quantities, 1)),
            *((p.start, p.end, "period", f"t{i}") for i, p in enumerate(periods, 1)),
            *((o.start, o.end, "ordinal", f"o{i}") for i, o in enumerate(ordinals, 1)),
        ]
        taken.sort()
        rows["numbers"] = self._ledger(taken)
        rows["findings"] = self._findings(rows["numbers"])
        return rows

    def _span(self, kind: str, index: int, start: int, end: int) -> Row:
        if self.reading.offsets is not None:
            start, end = self.reading.span(start, end)
        return {"id": f"{kind}{index}", "start": start, "end": end, "text": self.reading.source[start:end]}

    def _quantity(self, index: int, quantity: QuantityFound) -> Row:
        row = self._span("q", index, quantity.start, quantity.end)
        base_value, base_unit = _base(quantity)
        unit = quantity.unit
        row.update(
            value=quantity.value,
            high=quantity.high,
            unit=unit.name if unit else None,
            unit_text=quantity.unit_text,
            dimension=unit.dimension if unit else None,
            modifier=quantity.modifier,
            base_value=base_value,
            base_unit=base_unit,
        )
        return row

    def _period(self, index: int, period: PeriodFound) -> Row:
        row = self._span("t", index, period.start, period.end)
        row.update(start_date=period.start_date, end_date=period.end_date, type=period.type)
        return row

    def _ordinal(self, index: int, ordinal: OrdinalFound) -> Row:
        row = self._span("o", index, ordinal.start, ordinal.end)
        scope = None
        if ordinal.scope is not None:
            start, end = self.reading.span(*ordinal.scope)
            scope = "".join(self.reading.source[start:end].splitlines())
        row.update(value=ordinal.value, role=ordinal.role, scope=scope, top=ordinal.top)
        return row

    def _program(self, index: int, program: ProgramFound) -> Row:
        row = self._span("p", index, program.start, program.end)
        row.update(name="".join(row["text"].splitlines()), type=program.type)
        return row

    def _ledger(self, taken: list[tuple[int, int, str, str]]) -> list[Row]:
        """Give each numeral its role: of the record that covers it, else of the name around it, else its fate."""
        rows: list[Row] = []
        at, names, p = 0, self.names, 0
        fates, offsets, source = self.found.fates, self.reading.offsets, self.reading.source
        folded = offsets is not None or source != self.reading.text
        for number in self.found.numbers:
            start, end = number.start, number.end
            while at < len(taken) and taken[at][1] <= start:
                at += 1
            role, record = "unread", None
            if at < len(taken) and taken[at][0] <= start and end <= taken[at][1]:
                role, record = taken[at][2:]
            else:
                while p < len(names) and names[p][1] <= start:
                    p += 1
                if p < len(names) and names[p][0] <= start and end <= names[p][1]:
                    role = NAME.role
                elif start in fates:
                    role = fates[start].role
            value = number.value if role in _COUNTING and not (role == "period" and _names_a_plan(number)) else None
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
        findings.sort(key=lambda finding: (finding["start"], finding["end"], finding["code"]))
        return findings
