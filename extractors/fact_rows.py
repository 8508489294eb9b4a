"""Make the row of a fact: what was read in the view, over the source, with the codes of its indicator and region."""

from typing import Any

from extractors.gazetteer import Region
from extractors.statements import FactFound
from schemas import Reading

Row = dict[str, Any]
Span = tuple[int, int]


def fact_row(reading: Reading, index: int, fact: FactFound) -> Row:
    """Make the row of one fact; spans and texts are of the source, texts without line breaks."""
    figure, region, known = fact.figure, fact.region, fact.known
    return {
        "id": f"f{index}",
        "quantity": f"{'q' if figure.rank is None else 'o'}{figure.index + 1}",
        "indicator": "".join(_text(reading, span) for span in fact.indicator),
        "indicator_spans": [reading.span(*span) for span in fact.indicator],
        "indicator_code": known.code if known else None,
        "indicator_name": known.canonical(national=_is_national(region)) if known else None,
        "aspect": fact.aspect,
        "direction": fact.direction,
        "basis": fact.basis,
        "base": _text(reading, fact.base) if fact.base else None,
        "per": _text(reading, fact.per) if fact.per else None,
        "period": f"t{fact.period + 1}" if fact.period is not None else None,
        "region": region.name if region else None,
        "region_code": region.code if region else None,
        "subject": _text(reading, fact.subject) if fact.subject else None,
        "rule": fact.rule,
    }


def _text(reading: Reading, span: Span) -> str:
    """Give a span of the view as it stands in the source, without line breaks."""
    start, end = reading.span(*span)
    return "".join(reading.source[start:end].splitlines())


def _is_national(region: Region | None) -> bool:
    return region is None or region.level == "country"
