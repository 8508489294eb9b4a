"""What became of every gold record and of every record read: the outcomes, their counts and F1.

``span`` counts exact spans, ``full`` wants every compared field right as well, ``loose`` counts overlaps. A document
belongs to the gold of the same sha256, so a text that was altered on the way never counts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from zhengshu.evaluate.fields import BESIDE, CORE, KINDS, Record, compared, wrong

Outcome = Literal["right", "attribute", "span", "missed", "spurious"]
Span = tuple[int, int]

ALL_KINDS = (*KINDS, "fact")
MEASURES = ("span", "full", "loose")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one gold record, or of one record read that no gold record has.

    ``attribute``: the span is right and the fields ``wrong`` are not; ``span``: what was read overlaps the gold and
    differs from it; ``missed``: nothing was; ``spurious``: nothing should have been.
    """

    article: str
    genre: str
    kind: str
    outcome: Outcome
    gold: Record | None
    read: Record | None
    wrong: tuple[str, ...] = ()

    @property
    def place(self) -> Record:
        """Give the record that says where this is: that of the gold where there is one."""
        return self.gold if self.gold is not None else self.read or {}

    @property
    def rule(self) -> str | None:
        """Name the rule that read the record, where one was read and its document says so."""
        rule = self.read.get("rule") if self.read is not None else None
        return str(rule) if rule else None

    def __str__(self) -> str:
        where = f"{self.article}: {self.kind} {quote(self.place)}"
        by = f" ({self.rule})" if self.rule else ""
        if self.outcome == "attribute" and self.gold is not None and self.read is not None:
            differing = (f"{name} is {self.read.get(name)}, gold says {self.gold.get(name)}" for name in self.wrong)
            return f"{where}: {'; '.join(differing)}{by}"
        if self.outcome == "span" and self.read is not None:
            return f"{where}: read as {quote(self.read)}{by}"
        return f"{where}: {self.outcome}{by}"


@dataclass(slots=True)
class Counts:
    """Counts of one kind over some articles; ``core`` is of facts alone, which have neither ``read`` nor ``loose``."""

    gold: int = 0
    read: int = 0
    span: int = 0
    full: int = 0
    loose: int = 0
    core: int = 0
    compared: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counts") -> None:
        """Count others in."""
        for name in ("gold", "read", "span", "full", "loose", "core"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.compared.update(other.compared)
        self.wrong.update(other.wrong)

    def count(self, kind: str, gold: Record, differing: tuple[str, ...]) -> None:
        """Count one record whose span is right."""
        entering = set(differing) - set(BESIDE.get(kind, ()))
        self.span += 1
        self.full += not entering
        self.core += kind == "fact" and not entering & CORE
        self.compared.update(compared(kind, gold))
        self.wrong.update(differing)

    def f1(self, hits: int) -> float:
        """Give the harmonic mean of precision and recall of so many hits."""
        return share(2 * hits, self.read + self.gold)

    @property
    def precision(self) -> float:
        """Give the share of the records read that are right by their span."""
        return share(self.span, self.read)

    @property
    def recall(self) -> float:
        """Give the share of the gold records that were read; of facts, found."""
        return share(self.span, self.gold)

    def accuracy(self, name: str) -> float:
        """Give the share of the exact spans in which a field is right."""
        return share(self.compared[name] - self.wrong[name], self.compared[name])


@dataclass(frozen=True, slots=True)
class Judged:
    """One article of the gold: its counts by kind and what became of each record; ``found`` where it has a document."""

    name: str
    genre: str
    sha256: str
    found: bool
    counts: Mapping[str, Counts]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every article of the gold, judged."""

    articles: tuple[Judged, ...]

    @property
    def missing(self) -> list[str]:
        """Name the articles of the gold that have no document."""
        return [article.name for article in self.articles if not article.found]

    @property
    def counts(self) -> dict[str, Counts]:
        """Count over all articles."""
        return total(self.articles)

    def grouped(self, by: Literal["genre", "article"]) -> dict[str, dict[str, Counts]]:
        """Count by genre or by article, in the order of the gold."""
        groups: dict[str, list[Judged]] = {}
        for article in self.articles:
            groups.setdefault(article.genre if by == "genre" else article.name, []).append(article)
        return {name: total(group) for name, group in groups.items()}

    def judgements(self) -> Iterator[Judgement]:
        """Give what became of every record, article by article, kind by kind, in text order."""
        for article in self.articles:
            yield from article.judgements

    def errors(self) -> Iterator[Judgement]:
        """Give every record that is not right."""
        return (judgement for judgement in self.judgements() if judgement.outcome != "right")


def evaluate(gold: Iterable[Record], documents: Mapping[str, Record]) -> Evaluation:
    """Judge documents, by the sha256 of their articles, against gold annotations."""
    return Evaluation(tuple(_judge(annotation, documents.get(annotation["sha256"])) for annotation in gold))


def genre(annotation: Record) -> str:
    """Name the genre of a gold article: its field ``genre``, else its name before the first underscore.

    ``{"doc": "gwr_2010_908.txt"} -> gwr``
    """
    return str(annotation.get("genre") or str(annotation["doc"]).removesuffix(".txt").split("_")[0])


def total(articles: Iterable[Judged]) -> dict[str, Counts]:
    """Add the counts of articles up, by kind."""
    sums = {kind: Counts() for kind in ALL_KINDS}
    for article in articles:
        for kind, counts in article.counts.items():
            sums[kind].add(counts)
    return sums


def share(part: float, whole: float) -> float:
    """Divide; nothing of nothing is 0."""
    return part / whole if whole else 0.0


def quote(record: Record) -> str:
    """Show the text of a record on one line."""
    return "“" + "↵".join(str(record.get("text", "")).splitlines()) + "”"


def _judge(annotation: Record, document: Record | None) -> Judged:
    name, of = str(annotation["doc"]), genre(annotation)
    counts: dict[str, Counts] = {}
    judgements: list[Judgement] = []
    for kind, key in KINDS.items():
        counts[kind], found = _judge_spans(kind, annotation["mentions"], (document or {}).get(key) or ())
        judgements += (Judgement(name, of, kind, *each) for each in found)
    counts["fact"], found = _judge_facts(annotation["mentions"], document or {})
    judgements += (Judgement(name, of, "fact", *each) for each in found)
    return Judged(name, of, str(annotation["sha256"]), document is not None, counts, tuple(judgements))


_Found = list[tuple[Outcome, Record | None, Record | None, tuple[str, ...]]]


def _judge_spans(kind: str, mentions: Iterable[Record], records: Iterable[Record]) -> tuple[Counts, _Found]:
    """Judge one kind of one article; what touches an ``ignore`` of the gold is neither right nor wrong."""
    gold = {_span(m): m for m in mentions if m["kind"] == kind}
    ignored = _Spans(_span(m) for m in mentions if m["kind"] == "ignore")
    read = {_span(record): record for record in records}
    read = {span: record for span, record in read.items() if span in gold or not any(ignored.overlapping(span))}
    counts = Counts(gold=len(gold), read=len(read), loose=len(_pairs(gold, read)))
    # For the reader each record has one fate: exact spans belong together, and only the others can overlap.
    pairs = _pairs(sorted(gold.keys() - read.keys()), sorted(read.keys() - gold.keys()))
    found: _Found = []
    for span in sorted(gold):
        if span in read:
            differing = wrong(kind, read[span], gold[span])
            counts.count(kind, gold[span], differing)
            found.append(("attribute" if differing else "right", gold[span], read[span], differing))
        elif span in pairs:
            found.append(("span", gold[span], read[pairs[span]], ()))
        else:
            found.append(("missed", gold[span], None, ()))
    found += (("spurious", None, read[span], ()) for span in sorted(read.keys() - gold.keys() - set(pairs.values())))
    return counts, found


def _judge_facts(mentions: Iterable[Record], document: Record) -> tuple[Counts, _Found]:
    """Judge the facts of one article; a fact that the gold does not have is not wrong."""
    gold = [m for m in mentions if m["kind"] == "fact"]
    read = _facts(document) if gold else {}
    counts = Counts(gold=len(gold))
    found: _Found = []
    for mention in gold:
        fact = read.get(_span(mention))
        if fact is None:
            found.append(("missed", mention, None, ()))
            continue
        differing = wrong("fact", fact, mention)
        counts.count("fact", mention, differing)
        found.append(("attribute" if differing else "right", mention, fact, differing))
    return counts, found


def _facts(document: Record) -> dict[Span, Record]:
    """Give the facts of a document by the span of their quantity, with the text of their period for its id."""
    records = {m["id"]: m for key in KINDS.values() for m in document.get(key) or () if "id" in m}
    facts: dict[Span, Record] = {}
    for fact in document.get("facts") or ():
        quantity = records.get(fact.get("quantity"))
        if quantity:
            period = records.get(fact["period"], {}).get("text") if fact.get("period") else None
            facts[_span(quantity)] = {**fact, **_place(quantity), "period": period}
    return facts


def _pairs(gold: Iterable[Span], read: Iterable[Span]) -> dict[Span, Span]:
    """Pair spans that overlap, each at most once: to each gold in its order the first read in its order."""
    found = _Spans(read)
    pairs: dict[Span, Span] = {}
    used: set[Span] = set()
    for span in gold:
        first = min((hit for hit in found.overlapping(span) if hit[1] not in used), default=None)
        if first is not None:
            used.add(first[1])
            pairs[span] = first[1]
    return pairs


class _Spans:
    """Spans by place, so that those that overlap another are found without a walk over all of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted((start, end, order) for order, (start, end) in enumerate(spans))
        self.starts = [start for start, _, _ in self.spans]
        self.reach = list(accumulate((end for _, end, _ in self.spans), max))

    def overlapping(self, span: Span) -> Iterator[tuple[int, Span]]:
        """Give the spans that overlap another, each with its place in the order they came in."""
        at = bisect_left(self.starts, span[1])
        while at and span[0] < self.reach[at - 1]:
            at -= 1
            start, end, order = self.spans[at]
            if span[0] < end:
                yield order, (start, end)


def _span(record: Record) -> Span:
    return record["start"], record["end"]


def _place(record: Record) -> dict[str, object]:
    return {name: record.get(name) for name in ("start", "end", "text")}
