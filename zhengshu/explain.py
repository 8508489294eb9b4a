"""What each stage reads from a sentence, which rule read it, and why every other numeral became nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas import Extraction, Fact, Mention, Numeral, Reading
from zhengshu.report import read_as, width

KINDS = ("periods", "quantities", "ordinals", "programs")
"""The stages in the order in which they read; the facts are read from what they found."""

_HOLDERS = frozenset(("quantity", "period", "ordinal"))


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the extractors know of their decisions; offsets are of the source.

    ``numerals`` gives the reason of a numeral that became nothing by where it starts, ``left_out`` what was read
    inside a name (start, end, rule, name), ``rules`` the sentence of each rule by its name.
    """

    numerals: Mapping[int, str]
    left_out: Sequence[tuple[int, int, str, str]]
    rules: Mapping[str, str]


def explain(reading: Reading, document: Extraction, reasons: Reasons) -> Iterator[str]:
    """Yield the lines of the explanation: the text, its words, the records of each stage, the other numerals."""
    yield f"text      {_line(reading.source)}"
    if reading.text != reading.source:
        yield f"read as   {_line(reading.text)}"
    words = (reading.text[start:end].strip() for start, end in reading.words.words(0, len(reading.text)))
    yield f"words     {' '.join(word for word in words if word)}"
    yield f"numerals  {' '.join(_line(numeral.text) for numeral in document.numbers) or 'none'}"
    for kind in KINDS:
        records: Sequence[Mention] = getattr(document, kind)
        yield from _section(kind, [_record(record, reasons.rules) for record in records])
    figures = [*document.quantities, *(rank for rank in document.ordinals if rank.role == "rank")]
    texts = {figure.id: _line(figure.text) for figure in figures}
    yield from _section("facts", [_fact(fact, texts, reasons.rules) for fact in document.facts])
    told = {fact.quantity for fact in document.facts}
    silent = [
        (i, text, "no indicator was found: it says nothing by itself", "", "")
        for i, text in texts.items()
        if i not in told
    ]
    yield from _section("without a fact", silent)
    lost = [
        ("", _line(reading.source[start:end]), f"inside the name {_line(name)}", rule, reasons.rules.get(rule, ""))
        for start, end, rule, name in reasons.left_out
    ]
    yield from _section("left out", lost)
    others = [_other(numeral, document, reasons) for numeral in document.numbers if numeral.role not in _HOLDERS]
    yield from _section("became no record", others)
    findings = [("", finding.code, finding.message, "", "") for finding in document.findings]
    yield from _section("findings", findings)


Row = tuple[str, str, str, str, str]
"""Id, text, what it says, rule, the rule's sentence."""


def _section(head: str, rows: Sequence[Row]) -> Iterator[str]:
    """Lay the rows out under their head; nothing where there are none."""
    if not rows:
        return
    yield ""
    yield head
    widths = [max(width(row[i]) for row in rows) for i in range(2)]
    for identity, text, says, rule, summary in rows:
        cells = (cell + " " * (columns - width(cell)) for cell, columns in zip((identity, text), widths, strict=True))
        yield "  " + "  ".join([*cells, says]).strip()
        if rule:
            yield f"      {rule}" + (f": {summary.replace('``', '')}" if summary else "")


def _record(record: Mention, rules: Mapping[str, str]) -> Row:
    rule = str(getattr(record, "rule", ""))
    return record.id, _line(record.text), read_as(record), rule, rules.get(rule, "")


def _fact(fact: Fact, texts: Mapping[str, str], rules: Mapping[str, str]) -> Row:
    """Show a fact by the text of its figure: ``f1  7.2%  indicator=产值 aspect=change direction=up``."""
    says = read_as(fact, without=("id", "quantity", "indicator_spans", "rule"))
    return fact.id, texts[fact.quantity], f"{fact.quantity} {says}", fact.rule, rules.get(fact.rule, "")


def _other(numeral: Numeral, document: Extraction, reasons: Reasons) -> Row:
    """Say why a numeral became no record: the name around it, or the reason of the stage that refused it."""
    around = [p for p in document.programs if p.start <= numeral.start and numeral.end <= p.end]
    if numeral.role == "name" and around:
        why = f"inside the name {_line(around[0].text)} ({around[0].id})"
    elif numeral.role == "name" and numeral.start not in reasons.numerals:
        why = "inside a title in 《》"
    else:
        why = reasons.numerals.get(numeral.start, "no rule took it")
    return numeral.id, _line(numeral.text), f"{numeral.role}: {why}", "", ""


def _line(text: str) -> str:
    """Put a text on one line."""
    return "↵".join(text.splitlines())
