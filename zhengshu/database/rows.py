"""Documents as rows of a database: plain values in the order of the columns, decimals and dates as their strings."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from schemas import Extraction
from schemas.exact import plain
from zhengshu.tables import TABLES

SqlValue = str | int | bool | None
SqlRow = Sequence[SqlValue]

RECORDS = tuple(name for name in TABLES if name != "articles")
"""The tables of records, each after those it refers to."""

_OF_LOAD = ("digest", "run", "valid_from")
_LONGEST_ID = 200


def _columns(table: str) -> tuple[str, ...]:
    first, *others = (column.name for column in TABLES[table].columns)
    return (first, "version", *others, *(_OF_LOAD if table == "articles" else ()))


COLUMNS: Mapping[str, tuple[str, ...]] = {name: _columns(name) for name in TABLES}
"""The columns that a load writes, by table: those of ``TABLES``, with the version behind the article."""


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


_WRITTEN: Mapping[str, Callable[[Any], str]] = {"exact": plain, "date": date.isoformat, "json": _json}


_CONVERSIONS = tuple(
    (table, COLUMNS[table].index(column.name), _WRITTEN[column.type])
    for table, known in TABLES.items()
    for column in known.columns
    if column.type in _WRITTEN
)
"""The cells that are written as text: their table, their place in the row, and how."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for a database; ``digest`` stands for all that it says but where the article lay."""

    document: Extraction
    digest: str

    def rows(self, version: int, run: int, valid_from: str) -> Mapping[str, Sequence[SqlRow]]:
        """Give the rows of every table for that version of the article."""
        document, about = self.document, self.document.generator
        article, *header = document.article.__dict__.values()
        key = (article, version)
        brought = (document.schema_version, about.name, about.version, self.digest, run, valid_from)
        rows: dict[str, list[list[Any]]] = {"articles": [[*key, *header, *brought]]}
        for table in RECORDS[:-1]:
            rows[table] = [[*key, *record.__dict__.values()] for record in getattr(document, table)]
        rows["findings"] = [[*key, at, *finding.__dict__.values()] for at, finding in enumerate(document.findings)]
        for table, at, write in _CONVERSIONS:
            for row in rows[table]:
                if row[at] is not None:
                    row[at] = write(row[at])
        return rows


def prepare(document: Extraction) -> Prepared | str:
    """Make a document ready to be compared with what a database holds; where no database can hold it, say why."""
    written = document.model_dump_json(exclude={"article"}) + document.article.model_dump_json(exclude={"source"})
    return refusal(document, written) or Prepared(document, sha256(written.encode()).hexdigest())


def refusal(document: Extraction, written: str) -> str | None:
    """Say why a database cannot hold a document, given its JSON too; None where it can.

    The tables would refuse it themselves, but a refusal of theirs ends the load of all the others.
    """
    if "\\u0000" in written and any("\0" in text for text in _strings(document.model_dump())):
        return "it holds a NUL character, which no database text can; remove it from the article and extract again"
    if document.article.source and "\0" in document.article.source:
        return "the name of its source holds a NUL character; extract it from another place"
    ids: set[str] = set()
    for kind in RECORDS[:-1]:
        names = [record.id for record in getattr(document, kind)]
        ids.update(names)
        if len(set(names)) < len(names):
            return f"two of its {kind} have the same id; extract it again"
    if any(len(name) > _LONGEST_ID for name in ids):
        return f"an id of its records is longer than {_LONGEST_ID} characters; extract it again"
    return _dangling(document) or _outside(document)


def _dangling(document: Extraction) -> str | None:
    figures = {record.id for kind in (document.quantities, document.ordinals) for record in kind}
    periods = {record.id for record in document.periods}
    for fact in document.facts:
        if fact.quantity not in figures:
            return f"its fact {fact.id} refers to a figure {fact.quantity!r:.40} that is not there; extract it again"
        if fact.period is not None and fact.period not in periods:
            return f"its fact {fact.id} refers to a period {fact.period!r:.40} that is not there; extract it again"
    return None


def _outside(document: Extraction) -> str | None:
    """Find a span that the article cannot hold; its length is bounded, so that every offset fits an integer."""
    length = document.article.length
    if length >= 2**31:
        return f"its article would have {length} characters; extract it again"
    for kind in ("numbers", "quantities", "periods", "ordinals", "programs", "findings"):
        for record in getattr(document, kind):
            if not record.start <= record.end <= length:
                return f"one of its {kind} ends outside the article or before its start; extract it again"
    return None


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
