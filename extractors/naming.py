"""Give each fact the official indicator that it names, where its unit can be of it."""

from collections.abc import Iterable

from extractors.indicators import dimension_mismatch, lookup
from extractors.statements import FactFound


def name_indicators(text: str, facts: Iterable[FactFound]) -> None:
    """Look each fact's indicator up: with its subject (规模以上工业|增加值), else alone.

    Where the unit cannot be that of the indicator (地区生产总值 of 5 家), it is kept as a misfit: a doubt, not a code.
    """
    for fact in facts:
        name, dimension = "".join(text[start:end] for start, end in fact.indicator), fact.figure.dimension
        subject = text[slice(*fact.subject)] if fact.subject else ""
        known = (lookup(subject + name, dimension) if subject else None) or lookup(name, dimension)
        if known is not None and dimension_mismatch(known, dimension, fact.aspect):
            fact.misfit = known
        else:
            fact.known = known
