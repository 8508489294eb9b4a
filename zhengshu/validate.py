"""What a document must satisfy before it is written, and how it differs from what its article says.

``faults`` needs the document and the text alone; ``differences`` needs a second reading of the same article.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise

from schemas import Extraction, Fact, Finding, Mention, Numeral
from schemas.exact import plain

NUMERALS = "0-9０-９〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億"
"""Every character that the ledger accounts for, as a character class."""

_NUMERAL = re.compile(f"[{NUMERALS}]")
_NUMERAL_RUN = re.compile(f"[{NUMERALS}]+")
_NUMERAL_CHARACTERS = frozenset(NUMERALS.replace("0-9", "0123456789").replace("０-９", "０１２３４５６７８９"))
_HOLDERS = frozenset({"quantity", "period", "ordinal"})
"""The roles whose entries name the record that took them."""
_KINDS = ("numbers", "quantities", "periods", "ordinals", "programs")
_SINGULAR = {
    "numbers": "number",
    "quantities": "quantity",
    "periods": "period",
    "ordinals": "ordinal",
    "programs": "program",
    "facts": "fact",
    "findings": "finding",
}


def faults(document: Extraction, text: str) -> list[str]:
    """List what is wrong with a document in itself and against its text; empty where nothing is.

    Offsets are code points, end exclusive. Runs on every document, so it costs microseconds a record.
    """
    return [
        *_header_faults(document, text),
        *_span_faults(document, text),
        *id_faults(document),
        *_ledger_faults(document, text),
        *_attribute_faults(document),
        *_fact_faults(document, text),
    ]


def differences(document: Extraction, reread: Extraction) -> list[str]:
    """List where a document claims something else than its article says: one line a field.

    ``zibo: quantity 120:126 "5600余亿元": modifier is exact, the article says more_than``
    """
    lines: list[str] = []
    for kind in _KINDS:
        lines += _compare(kind, _by_span(document, kind), _by_span(reread, kind))
    lines += _compare("facts", _facts(document), _facts(reread))
    lines += _compare("findings", _findings(document), _findings(reread))
    return [f"{document.article.id}: {line}" for line in lines]


# --- faults -------------------------------------------------------------------------------------------------------


def _header_faults(document: Extraction, text: str) -> Iterator[str]:
    header = document.article
    if header.length != len(text):
        yield f"article: length is {header.length}, the text has {len(text)} characters"
    if header.sha256 != sha256(text.encode()).hexdigest():
        yield "article: sha256 is not that of the text"


def _span_faults(document: Extraction, text: str) -> Iterator[str]:
    length = len(text)
    for kind in _KINDS:
        last_start = last_end = -1
        for record in getattr(document, kind):
            start, end = record.start, record.end
            if last_start < start < end <= length and text[start:end] == record.text:
                last_start, last_end = start, end
                continue
            if not 0 <= start < end <= length:
                yield f"{_named(kind, record)}: the span does not lie in the text of {length} characters"
            elif text[start:end] != record.text:
                yield f"{_named(kind, record)}: the article has {_short(text[start:end])} there"
            if start <= last_start and (start < last_start or end <= last_end):
                what = "a second record of the same span" if end == last_end else "not in the order of the text"
                yield f"{_named(kind, record)}: {what}"
            last_start, last_end = start, end
    for finding in document.findings:
        if not finding.start <= finding.end <= length:
            yield f"finding {finding.code} {finding.start}:{finding.end}: the span does not lie in the text"


def id_faults(document: Extraction) -> Iterator[str]:
    """Yield ids that two records share, and ids that facts name and no record has."""
    figures = [record.id for record in document.quantities]
    figures += [record.id for record in document.ordinals]
    periods = [record.id for record in document.periods]
    ids = [record.id for record in document.numbers]
    ids += figures
    ids += periods
    ids += [record.id for record in document.programs]
    ids += [record.id for record in document.facts]
    if len(set(ids)) < len(ids):
        yield from (f"id {i!r} is given to {ids.count(i)} records" for i in sorted(set(ids)) if ids.count(i) > 1)
    if not document.facts:
        return
    known_figures, known_periods = set(figures), set(periods)
    for fact in document.facts:
        if fact.quantity not in known_figures:
            yield f"fact {fact.id}: quantity {fact.quantity!r} is no quantity or ordinal of the document"
        if fact.period is not None and fact.period not in known_periods:
            yield f"fact {fact.id}: period {fact.period!r} is no period of the document"


def _ledger_faults(document: Extraction, text: str) -> Iterator[str]:
    """Walk ledger and records together: a numeral inside a record belongs to it, any other to none.

    What lies between the entries must hold no numeral; then every numeral is in exactly one entry.
    """
    holders = _holders(document)
    for a, b in pairwise(holders):
        if a[1] > b[0]:
            yield f"{a[3]} {a[2]} and {b[3]} {b[2]} overlap at {b[0]}"
    upcoming = iter([*holders, _BEYOND])
    holder_start, holder_end, record, role = holder = next(upcoming)
    gaps, doubtful, covered = [], [], 0
    for entry in document.numbers:
        start, end = entry.start, entry.end
        if start > covered:
            gaps.append(text[covered:start])
        elif start < covered:
            yield f"{_named('numbers', entry)}: overlaps the entry before it"
        covered = end
        if entry.text[:1] not in _NUMERAL_CHARACTERS:
            doubtful.append(entry)
        while holder_end <= start:
            holder_start, holder_end, record, role = holder = next(upcoming)
        if start >= holder_start:
            if end > holder_end or entry.record != record or entry.role != role:
                yield _misplaced(entry, holder)
        elif end > holder_start or entry.record or entry.role in _HOLDERS:
            yield _misplaced(entry, holder)
    gaps.append(text[covered:])
    if _NUMERAL.search("".join(gaps)):
        yield from _missing(document.numbers, text)
    for entry in doubtful:
        if not _NUMERAL.search(entry.text):
            yield f"{_named('numbers', entry)}: holds no numeral"


Holder = tuple[int, int, str, str]
"""A record that takes numerals: start, end, id, role."""

_BEYOND: Holder = (1 << 62, 1 << 62, "", "")
"""A holder behind every text, so that the walk needs no end."""


def _holders(document: Extraction) -> list[Holder]:
    """Give the records that take numerals in text order."""
    holders = [(r.start, r.end, r.id, "quantity") for r in document.quantities]
    holders += [(r.start, r.end, r.id, "period") for r in document.periods]
    holders += [(r.start, r.end, r.id, "ordinal") for r in document.ordinals]
    return sorted(holders)


def _misplaced(entry: Numeral, holder: Holder) -> str:
    start, end, record, role = holder
    if start <= entry.start and entry.end <= end:
        where = f"but stands inside {role} {record}"
    elif start < entry.end:
        where = f"and crosses the edge of {role} {record} at {start}:{end}"
    else:
        where = "but stands inside no such record"
    return f"{_named('numbers', entry)}: is {entry.role} of {entry.record or 'no record'}, {where}"


def _missing(entries: Sequence[Numeral], text: str) -> Iterator[str]:
    covered = {offset for entry in entries for offset in range(entry.start, min(entry.end, len(text)))}
    for run in _NUMERAL_RUN.finditer(text):
        if not covered.issuperset(range(*run.span())):
            yield f"the ledger lacks the numeral {_short(run[0])} at {run.start()}:{run.end()}"


def _attribute_faults(document: Extraction) -> Iterator[str]:
    for quantity in document.quantities:
        if (quantity.base_value is None) is not (quantity.base_unit is None):
            yield f"{_named('quantities', quantity)}: base_value and base_unit go together"
    for period in document.periods:
        if period.start_date and period.end_date and period.start_date > period.end_date:
            yield f"{_named('periods', period)}: ends before it starts"
    for program in document.programs:
        if program.name != "".join(program.text.splitlines()):
            yield f"{_named('programs', program)}: name {_short(program.name)} is not the text without line breaks"


def _fact_faults(document: Extraction, text: str) -> Iterator[str]:
    """Prove that each indicator is the text of its spans."""
    for fact in document.facts:
        written = "".join("".join(text[start:end].splitlines()) for start, end in fact.indicator_spans)
        if written != fact.indicator:
            yield f"fact {fact.id}: indicator {_short(fact.indicator)} is not what its spans hold, {_short(written)}"


# --- differences --------------------------------------------------------------------------------------------------

Key = tuple[int, int, str]
"""Where a record stands and what tells it from others there; sorts in text order."""

Attributes = dict[str, object]


def _compare(kind: str, claimed: dict[Key, Attributes], read: dict[Key, Attributes]) -> Iterator[str]:
    for key in sorted(claimed.keys() | read.keys()):
        start, end, label = key
        name = f"{_SINGULAR[kind]} {start}:{end} {label}"
        if key not in read:
            yield f"{name}: claimed, but not read from the article"
        elif key not in claimed:
            yield f"{name}: read from the article, but missing"
        else:
            for field, value in claimed[key].items():
                if value != read[key][field]:
                    yield f"{name}: {field} is {_show(value)}, the article says {_show(read[key][field])}"


def _by_span(document: Extraction, kind: str) -> dict[Key, Attributes]:
    """Index the records of a kind; ids are resolved to spans, for one record more or less moves every id."""
    spans = _spans(document)
    found = {}
    for record in getattr(document, kind):
        attributes = {name: value for name, value in record if name not in ("id", "start", "end", "text")}
        if isinstance(record, Numeral):
            attributes["record"] = spans.get(record.record)
        found[record.start, record.end, _short(record.text)] = attributes
    return found


def _facts(document: Extraction) -> dict[Key, Attributes]:
    spans = _spans(document)
    found: dict[Key, Attributes] = {}
    for fact in document.facts:
        start, end = spans.get(fact.quantity) or (0, 0)
        found[start, end, fact.indicator] = _fact_attributes(fact, spans)
    return found


def _fact_attributes(fact: Fact, spans: dict[str | None, tuple[int, int]]) -> Attributes:
    attributes = {name: value for name, value in fact if name not in ("id", "quantity")}
    return attributes | {"period": spans.get(fact.period)}


def _findings(document: Extraction) -> dict[Key, Attributes]:
    return {(f.start, f.end, f.code): _finding_attributes(f) for f in document.findings}


def _finding_attributes(finding: Finding) -> Attributes:
    return {"severity": finding.severity, "message": finding.message}


def _spans(document: Extraction) -> dict[str | None, tuple[int, int]]:
    return {record.id: (record.start, record.end) for kind in _KINDS for record in getattr(document, kind)}


# --- wording ------------------------------------------------------------------------------------------------------


def _named(kind: str, record: Mention) -> str:
    return f"{_SINGULAR[kind]} {record.id} {record.start}:{record.end} {_short(record.text)}"


def _short(text: str) -> str:
    """Quote a span on one line."""
    line = text.replace("\r", "").replace("\n", "↵")
    return f"“{line}”" if len(line) <= 40 else f"“{line[:38]}…”"


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]}:{value[1]}"
    return plain(value) if isinstance(value, Decimal) else str(value)
