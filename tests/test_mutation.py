"""No record of any corpus article can be altered without validation refusing the document."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from schemas import Extraction, Mention, Numeral, Ordinal, Period, Program, Quantity
from tests.corpus import NAMES, articles, document, second_reading
from zhengshu.validate import NUMERALS, differences, faults

SINGULAR = {
    "numbers": "number",
    "quantities": "quantity",
    "periods": "period",
    "ordinals": "ordinal",
    "programs": "program",
}
KINDS = tuple(SINGULAR)
DAY = timedelta(days=1)

Mutant = tuple[str, Extraction, str]
"""What was changed, the document, and the text it is held against."""

Fields = dict[str, Any]
Claims = Callable[[Mention], Iterator[tuple[str, Fields]]]


def replaced(whole: Extraction, kind: str, at: int, *by: Mention) -> Extraction:
    rows = getattr(whole, kind)
    return whole.model_copy(update={kind: (*rows[:at], *by, *rows[at + 1 :])})


def other_numeral(text: str) -> Iterator[tuple[int, str]]:
    """Every numeral character of a text changed into another, one at a time."""
    for i, character in enumerate(text):
        at = NUMERALS.find(character)
        if character.isascii() and character.isdigit():
            yield i, text[:i] + str((int(character) + 1) % 10) + text[i + 1 :]
        elif at >= 0 and character != "-":
            yield i, text[:i] + ("七" if character != "七" else "八") + text[i + 1 :]


# --- claims: the same span, another attribute -----------------------------------------------------------------------


def claims(record: Mention) -> Iterator[tuple[str, Fields]]:
    """Every other thing that a document could say of a span."""
    match record:
        case Quantity():
            yield from quantity_claims(record)
        case Period():
            yield from period_claims(record)
        case Ordinal():
            yield "value changed", {"value": record.value + 1}
            yield "role changed", {"role": "sequence" if record.role == "rank" else "rank"}
            yield "scope changed", {"scope": "全球" if record.scope != "全球" else "全国"}
            yield "scope dropped or invented", {"scope": None if record.scope else "全省"}
            yield "top changed", {"top": not record.top}
        case Program():
            yield "type changed", {"type": "fund" if record.type != "fund" else "plan"}
            yield "name changed", {"name": record.name[1:] + record.name[:1]}
            yield "name cut short", {"name": record.name[:-1]}
        case Numeral():
            yield from numeral_claims(record)


def shifts(record: Mention) -> Iterator[tuple[str, Fields]]:
    """The offsets moved by one."""
    for left, right in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1)):
        yield f"start {left:+}, end {right:+}", {"start": record.start + left, "end": record.end + right}


def quantity_claims(record: Quantity) -> Iterator[tuple[str, Fields]]:
    yield "value changed", {"value": record.value + 1}
    yield "value scaled", {"value": record.value * 10000 or Decimal(1)}
    yield "sign changed", {"value": -record.value or Decimal(-1)}
    yield "high changed or invented", {"high": (record.high or record.value) + 1}
    if record.high is not None:
        yield "high dropped", {"high": None}
    if record.modifier == "exact":
        yield "hedge added", {"modifier": "approx"}
    else:
        yield "hedge dropped", {"modifier": "exact"}
        yield "hedge changed", {"modifier": "nearly" if record.modifier != "nearly" else "more_than"}
    yield "unit swapped", {"unit": "美元" if record.unit != "美元" else "元"}
    yield "unit dropped or invented", {"unit": None if record.unit else "个"}
    yield "unit text changed", {"unit_text": "万美元" if record.unit_text != "万美元" else "亿元"}
    yield "dimension changed", {"dimension": "mass" if record.dimension != "mass" else "currency"}
    yield "base value changed", {"base_value": (record.base_value or 0) + 1, "base_unit": record.base_unit or "1"}
    base_unit = "USD" if record.base_unit != "USD" else "CNY"
    yield "base unit swapped", {"base_value": record.base_value or 1, "base_unit": base_unit}


def period_claims(record: Period) -> Iterator[tuple[str, Fields]]:
    for name in ("start_date", "end_date"):
        day = getattr(record, name)
        if day is None:
            yield f"{name} invented", {name: date(2022, 9, 14)}
        else:
            yield f"{name} a day later", {name: day + DAY}
            yield f"{name} a day earlier", {name: day - DAY}
            yield f"{name} dropped", {name: None}
    if record.start_date and record.end_date:
        both = {"start_date": record.start_date + DAY, "end_date": record.end_date + DAY}
        yield "both dates moved", both
    yield "type changed", {"type": "range" if record.type != "range" else "year"}


def numeral_claims(record: Numeral) -> Iterator[tuple[str, Fields]]:
    yield "ledger value changed or invented", {"value": (record.value or 0) + 1}
    if record.value is not None:
        yield "ledger value dropped", {"value": None}
    for role in ("quantity", "period", "ordinal", "name", "word", "label", "list", "unread"):
        if role != record.role:
            yield f"ledger role changed to {role}", {"role": role}
            if record.record is not None:
                yield f"ledger role changed to {role}, of no record", {"role": role, "record": None}
    if record.record is not None:
        yield "ledger record dropped", {"record": None}
    yield "ledger record invented", {"record": "q999"}


def claimed(whole: Extraction, make: Claims) -> Iterator[tuple[str, Extraction, list[tuple[str, Mention]]]]:
    """Make each claim of every record that admits it, all at once: a refusal names its record.

    Gives the claim, the document, and the records altered with their kind.
    """
    for kind in KINDS:
        altered: dict[str, dict[int, Mention]] = {}
        for at, record in enumerate(getattr(whole, kind)):
            for what, fields in make(record):
                altered.setdefault(what, {})[at] = record.model_copy(update=fields)
        for what, rows in altered.items():
            records = tuple(rows.get(at, record) for at, record in enumerate(getattr(whole, kind)))
            yield what, whole.model_copy(update={kind: records}), [(SINGULAR[kind], row) for row in rows.values()]


@pytest.mark.parametrize("make", [claims, shifts], ids=["attributes", "offsets"])
@pytest.mark.parametrize("name", NAMES)
def test_every_claim_is_refused(name: str, make: Claims):
    honest, text = second_reading(name), articles()[name].text
    accepted = []
    for what, mutant, altered in claimed(document(name), make):
        lines = "\n".join([*faults(mutant, text), *differences(mutant, honest)])
        for kind, record in altered:
            if not re.search(rf"\b{kind} (?:\w+ )?{record.start}:{record.end} ", lines):
                accepted.append((what, record.text))
    assert accepted == []


# --- evidence: another span or another text -------------------------------------------------------------------------


def shifted(whole: Extraction, text: str) -> Iterator[Mutant]:
    """The offsets moved by one, and the text made to fit."""
    for kind in KINDS:
        for at, record in enumerate(getattr(whole, kind)):
            for left, right in ((1, 0), (0, 1), (1, 1)):
                start, end = record.start + left, record.end + right
                if start < end <= len(text):
                    fitting = record.model_copy(update={"start": start, "end": end, "text": text[start:end]})
                    if isinstance(fitting, Program):
                        fitting = fitting.model_copy(update={"name": "".join(fitting.text.splitlines())})
                    yield f"{record.text}: {start}:{end} with its text", replaced(whole, kind, at, fitting), text


def digit_of_record_changed(whole: Extraction, text: str) -> Iterator[Mutant]:
    for kind in KINDS:
        for at, record in enumerate(getattr(whole, kind)):
            for _, other in other_numeral(record.text):
                changed = record.model_copy(update={"text": other})
                yield f"{record.text} -> {other}", replaced(whole, kind, at, changed), text


def digit_of_article_changed(whole: Extraction, text: str) -> Iterator[Mutant]:
    """The article altered under the record, and a hash that was made to fit."""
    for i, other in other_numeral(text):
        header = whole.article.model_copy(update={"sha256": sha256(other.encode()).hexdigest()})
        yield f"{text[i]} -> {other[i]} at {i}", whole.model_copy(update={"article": header}), other


def duplicated(whole: Extraction, text: str) -> Iterator[Mutant]:
    for kind in KINDS:
        for at, record in enumerate(getattr(whole, kind)):
            twin = record.model_copy(update={"id": "x1"})
            yield f"{record.text} twice, with an id of its own", replaced(whole, kind, at, record, twin), text


def removed(whole: Extraction, text: str) -> Iterator[Mutant]:
    """A record gone, and a ledger that agrees; an entry of the ledger gone."""
    for kind in KINDS:
        for at, record in enumerate(getattr(whole, kind)):
            without = replaced(whole, kind, at)
            if kind == "numbers":
                yield f"{record.text} removed from the ledger", without, text
                continue
            entries = tuple(
                entry.model_copy(update={"role": "word", "record": None, "value": None})
                if entry.record == record.id
                else entry
                for entry in without.numbers
            )
            settled = without.model_copy(update={"numbers": entries})
            yield f"{record.text} removed, its numerals called words", settled, text


MUTATIONS: dict[str, Callable[[Extraction, str], Iterator[Mutant]]] = {
    "shifted": shifted,
    "digit of the record": digit_of_record_changed,
    "digit of the article": digit_of_article_changed,
    "duplicated": duplicated,
    "removed": removed,
}


@pytest.mark.parametrize("mutate", MUTATIONS.values(), ids=MUTATIONS)
@pytest.mark.parametrize("name", NAMES)
def test_mutant_is_refused(name: str, mutate: Callable[[Extraction, str], Iterator[Mutant]]):
    honest, text = second_reading(name), articles()[name].text
    accepted = [what for what, mutant, source in mutate(document(name), text) if not refused(mutant, source, honest)]
    assert accepted == []


def refused(mutant: Extraction, source: str, honest: Extraction) -> bool:
    return bool(faults(mutant, source) or differences(mutant, honest))


@pytest.mark.parametrize("name", NAMES)
def test_unaltered_document_is_not_refused(name: str):
    """Else every mutant would be refused for nothing."""
    assert not refused(document(name), articles()[name].text, second_reading(name))


def test_every_kind_of_mutant_is_made():
    """Over the corpus no mutation is idle, and every kind of record has its own."""
    whats = {what.rpartition(": ")[2] for name in NAMES for what, _, _ in claimed(document(name), claims)}
    assert whats >= {
        "value changed",
        "high dropped",
        "hedge dropped",
        "hedge added",
        "unit swapped",
        "start_date invented",
        "end_date invented",
        "start_date a day later",
        "end_date a day earlier",
        "scope changed",
        "top changed",
        "type changed",
        "name changed",
        "ledger role changed to label",
        "ledger role changed to word, of no record",
    }
    for mutate in MUTATIONS.values():
        assert any(list(mutate(document(name), articles()[name].text)) for name in NAMES)
