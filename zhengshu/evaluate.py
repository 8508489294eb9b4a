"""Compare documents with gold annotations: span, full and loose F1 of each kind of record.

``span`` counts exact spans, ``full`` wants every attribute right as well, ``loose`` counts overlaps. A document
belongs to the gold of the same sha256, so a text that was altered on the way never counts.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from zhengshu.errors import Failure, UsageError
from zhengshu.stored import find

KINDS = {"quantity": "quantities", "period": "periods", "ordinal": "ordinals", "program": "programs"}

ATTRIBUTES = {
    "quantity": ("value", "high", "unit", "modifier"),
    "period": ("start_date", "end_date"),
    "ordinal": ("value", "role", "scope", "top"),
    "program": ("type",),
}

_TOLERANCE = Decimal("0.000002")
"""Relative: a third written with six places is a third."""

Span = tuple[int, int]
Record = Mapping[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one kind over all articles, and the errors behind them."""

    gold: int = 0
    read: int = 0
    span: int = 0
    full: int = 0
    loose: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def f1(self, hits: int) -> float:
        """Give the harmonic mean of precision and recall of so many hits."""
        return 2 * hits / (self.read + self.gold) if self.read + self.gold else 0.0

    @property
    def precision(self) -> float:
        """Give the share of the records read that are right by their span."""
        return self.span / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """Give the share of the gold records that were read."""
        return self.span / self.gold if self.gold else 0.0


def load_gold(folder: str) -> list[dict[str, Any]]:
    """Load every annotation file of a folder."""
    files = sorted(Path(folder).glob("*.json"))
    if not files:
        raise UsageError(f"{folder} holds no annotations; name a folder of gold .json files")
    try:
        return [json.loads(file.read_text("utf-8")) for file in files]
    except ValueError as error:
        raise UsageError(f"the annotations of {folder} cannot be read: {error}") from None


def load_documents(outputs: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Load stored documents as plain JSON, each with the sha256 of its article."""
    for stored in find(outputs):
        if isinstance(stored, Failure):
            raise UsageError(str(stored))
        yield stored.sha256, json.loads(stored.line())


def evaluate(gold: Iterable[Record], documents: Mapping[str, Record]) -> tuple[dict[str, Score], list[str]]:
    """Score documents by sha256 against gold; also name the gold articles that have no document."""
    scores = {kind: Score() for kind in KINDS}
    missing = []
    for annotation in gold:
        document = documents.get(annotation["sha256"])
        if document is None:
            missing.append(str(annotation["doc"]))
        for kind, key in KINDS.items():
            _score(scores[kind], kind, annotation, (document or {}).get(key, ()))
    return scores, missing


def table(scores: Mapping[str, Score]) -> list[list[str]]:
    """Give the rows of the table of scores, its head first."""
    rows = [["kind", "gold", "read", "precision", "recall", "span", "full", "loose", "wrong"]]
    for kind, score in scores.items():
        figures = (score.precision, score.recall, *(score.f1(n) for n in (score.span, score.full, score.loose)))
        wrong = ", ".join(f"{name} {count}" for name, count in score.wrong.most_common())
        rows.append([kind, str(score.gold), str(score.read), *(f"{figure:.3f}" for figure in figures), wrong])
    return rows


def _score(score: Score, kind: str, annotation: Record, records: Iterable[Record]) -> None:
    """Count one article of one kind; records that touch an ``ignore`` of the gold are neither right nor wrong."""
    mentions = annotation["mentions"]
    gold = {_span(m): m for m in mentions if m["kind"] == kind}
    ignored = [_span(m) for m in mentions if m["kind"] == "ignore"]
    read = {_span(r): r for r in records}
    read = {span: r for span, r in read.items() if span in gold or not any(_overlap(span, i) for i in ignored)}
    score.gold += len(gold)
    score.read += len(read)
    where = f"{annotation['doc']}: {kind}"
    for span in sorted(gold.keys() & read.keys()):
        score.span += 1
        wrong = [name for name in ATTRIBUTES[kind] if not same(name, read[span].get(name), gold[span].get(name))]
        score.full += not wrong
        score.wrong.update(wrong)
        for name in wrong:
            claimed, right = read[span].get(name), gold[span].get(name)
            score.errors.append(f"{where} {_quote(gold[span])}: {name} is {claimed}, gold says {right}")
    _score_spans(score, where, gold, read)


def _score_spans(score: Score, where: str, gold: Mapping[Span, Record], read: Mapping[Span, Record]) -> None:
    """Pair gold and read records that overlap, each at most once, in text order."""
    used: set[Span] = set()
    for span, mention in gold.items():
        hit = next((other for other in read if other not in used and _overlap(span, other)), None)
        if hit is not None:
            used.add(hit)
            score.loose += 1
        if span not in read:
            score.errors.append(
                f"{where} {_quote(mention)}: " + ("missed" if hit is None else f"read as {_quote(read[hit])}")
            )
    for span in sorted(read.keys() - gold.keys() - used):
        score.errors.append(f"{where} {_quote(read[span])}: spurious")


def same(name: str, claimed: object, right: object) -> bool:
    """Compare an attribute: numbers by value, ``top`` by truth, everything else as written."""
    if name == "top":
        return bool(claimed) == bool(right)
    if name not in ("value", "high"):
        return claimed == right
    a, b = _decimal(claimed), _decimal(right)
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _TOLERANCE * max(Decimal(1), abs(b))


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _span(record: Record) -> Span:
    return record["start"], record["end"]


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _quote(record: Record) -> str:
    return "“" + str(record.get("text", "")).replace("\n", "↵") + "”"
