"""What the audit asks of the facts of a view, and how it reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.intervals import Interval, one_as_written, stands_for, summed
from extractors.periods import PeriodFound
from extractors.slots import QuantityFound
from extractors.statements import FactFound, Span
from schemas import plain

_SENTENCE_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a sum: the finding's code, its sentence, and the figures of the view it is about."""

    code: str
    severity: str
    message: str
    start: int
    end: int


class Audited:
    """The facts of one view that have a quantity, with what they may stand for and how they are shown."""

    def __init__(self, text: str, facts: Sequence[FactFound], periods: Sequence[PeriodFound]) -> None:
        self.text = text
        self.facts = [fact for fact in facts if fact.figure.quantity is not None]
        self.periods = periods

    def quantity(self, fact: FactFound) -> QuantityFound:
        """Give the quantity of a fact, which all the facts here have."""
        quantity = fact.figure.quantity
        assert quantity is not None  # noqa: S101
        return quantity

    def interval(self, fact: FactFound) -> Interval | None:
        """Give what its figure may stand for; None for a hedged one and a range."""
        return stands_for(self.quantity(fact), self.text)

    def name(self, fact: FactFound) -> str:
        """Give its indicator as written."""
        return "".join(self.text[start:end] for start, end in fact.indicator)

    def shown(self, fact: FactFound) -> str:
        """Give its figure as written, without line breaks."""
        return self.text[fact.figure.start : fact.figure.end].replace("\n", "")

    def said(self, span: Span | None) -> str | None:
        """Give the text of a span."""
        return self.text[slice(*span)] if span is not None else None

    def time(self, fact: FactFound) -> tuple[date | None, date | None] | None:
        """Give the days that a fact is of; None where none is said."""
        period = self.periods[fact.period] if fact.period is not None else None
        if period is None or (period.start_date is None and period.end_date is None):
            return None
        return period.start_date, period.end_date

    def together(self, earlier: FactFound, later: FactFound) -> bool:
        """Tell whether two figures stand in one sentence; ； ends one."""
        gap = self.text[earlier.figure.end : later.figure.start]
        return not any(mark in gap for mark in _SENTENCE_ENDS)

    def apart(self, earlier: FactFound, later: FactFound) -> bool:
        """Tell whether two figures stand in different sentences; ； ends none."""
        gap = self.text[earlier.figure.end : later.figure.start]
        return any(mark in gap for mark in "。！？\n")

    def follows(self, earlier: FactFound, later: FactFound) -> bool:
        """Tell whether two facts speak of the same thing in the same sentence."""
        return earlier.indicator == later.indicator and self.together(earlier, later)

    def compare(self, code: str, fact: FactFound, implied: Interval, of: str) -> Iterator[Check]:
        """Say whether what is stated agrees with what follows from other figures, shown by ``of``."""
        stated = self.interval(fact)
        if stated is None:
            return
        start, end, said = fact.figure.start, fact.figure.end, self.shown(fact)
        if stated.meets(implied):
            yield Check(f"{code}_confirmed", "info", f"{said} agrees with {of}", start, end)
        else:
            one = one_as_written(self.quantity(fact))
            about = " to ".join(plain(round(bound / one, 2)) for bound in (implied.low, implied.high))
            yield Check(f"{code}_mismatch", "warning", f"{said} is stated, {of} gives {about}", start, end)

    def summed(self, whole: FactFound, parts: Sequence[FactFound], *, complete: bool) -> Iterator[Check]:
        """Say whether parts make up their whole; where they need not be ``complete``, only if they are more."""
        stated, known = self.interval(whole), [self.interval(part) for part in parts]
        intervals = [interval for interval in known if interval is not None]
        if stated is None or len(intervals) < len(parts):
            return
        places = sorted(place for fact in (whole, *parts) for place in (fact.figure.start, fact.figure.end))
        total, terms, said = summed(intervals), " + ".join(map(self.shown, parts)), self.shown(whole)
        start, end = places[0], places[-1]
        if total.meets(stated):
            yield Check("sum_confirmed", "info", f"{terms} agrees with {said}", start, end)
        elif total.low > stated.high:
            yield Check("sum_mismatch", "warning", f"{terms} is more than {said}", start, end)
        elif complete:
            yield Check("sum_mismatch", "warning", f"{terms} is less than {said}", start, end)
