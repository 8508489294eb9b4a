"""Make the rows of the facts: what was read in the view, over the source, with codes of indicator and region."""

from typing import Any

from extractors.gazetteer import Region
from extractors.indicators import Indicator, dimension_mismatch, lookup
from extractors.statements import FactFound
from schemas import Reading

Row = dict[str, Any]
Span = tuple[int, int]


class FactRows:
    """Makes the rows of one article, and the findings about them."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.findings: list[Row] = []

    def row(self, index: int, fact: FactFound) -> Row:
        """Make the row of a fact; where its unit cannot be that of the indicator, no code is given but a finding."""
        figure, region = fact.figure, fact.region
        indicator = "".join(map(self._text, fact.indicator))
        known = self._known(fact, indicator)
        return {
            "id": f"f{index}",
            "quantity": f"{'q' if figure.rank is None else 'o'}{figure.index + 1}",
            "indicator": indicator,
            "indicator_spans": [self.reading.span(*span) for span in fact.indicator],
            "indicator_code": known.code if known else None,
            "indicator_name": known.canonical(national=_is_national(region)) if known else None,
            "aspect": fact.aspect,
            "direction": fact.direction,
            "basis": fact.basis,
            "base": self._text(fact.base) if fact.base else None,
            "per": self._text(fact.per) if fact.per else None,
            "period": f"t{fact.period + 1}" if fact.period is not None else None,
            "region": region.name if region else None,
            "region_code": region.code if region else None,
            "subject": self._text(fact.subject) if fact.subject else None,
            "rule": fact.rule,
        }

    def _text(self, span: Span) -> str:
        """Give a span of the view as it stands in the source, without line breaks."""
        start, end = self.reading.span(*span)
        return "".join(self.reading.source[start:end].splitlines())

    def _known(self, fact: FactFound, indicator: str) -> Indicator | None:
        """Find the official indicator: with its subject (规模以上工业|增加值), else alone."""
        dimension = fact.figure.dimension
        subject = self._text(fact.subject) if fact.subject else ""
        known = (lookup(subject + indicator, dimension) if subject else None) or lookup(indicator, dimension)
        if known is None or not dimension_mismatch(known, dimension, fact.aspect):
            return known
        start, end = self.reading.span(fact.figure.start, fact.figure.end)
        written = self.reading.source[start:end].replace("\n", "")
        measured = " or ".join(known.dimensions)
        message = f"{written} of {indicator} is of {dimension}, but {known.name} is measured in {measured}"
        finding = {"code": "dimension_mismatch", "severity": "warning", "message": message, "start": start, "end": end}
        self.findings.append(finding)
        return None


def _is_national(region: Region | None) -> bool:
    return region is None or region.level == "country"
