"""What the terminal shows of an evaluation, and what ``--json`` prints."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from zhengshu.evaluate import intervals
from zhengshu.evaluate.fields import BESIDE, FULL, KINDS, Record
from zhengshu.evaluate.scores import ALL_KINDS, MEASURES, Counts, Evaluation, Judgement, share

By = Literal["genre", "article", "field", "rule"]
Rows = list[list[str]]
Figure = tuple[str, str]
"""A kind and what is measured of it: a measure, or a field with ``field `` in front."""

FACT_MEASURES = ("found", "core", "full")

_HITS = {"span": "span", "full": "full", "loose": "loose", "found": "span", "core": "core"}


def measures(kind: str) -> tuple[str, ...]:
    """Name what is measured of a kind: F1 of span, full and loose; of facts the share found, right at core, full."""
    return FACT_MEASURES if kind == "fact" else MEASURES


def fields(kind: str) -> tuple[str, ...]:
    """Name the fields that are compared of a kind."""
    return FULL[kind] + BESIDE.get(kind, ())


def figure(counts: Counts, kind: str, measure: str) -> float:
    """Give one figure of one kind: ``("quantity", "full")`` an F1, ``("quantity", "field unit")`` an accuracy."""
    return share(*_ratio(counts, kind, measure))


def figure_intervals(evaluation: Evaluation) -> dict[Figure, intervals.Interval]:
    """Give the intervals of all figures, where numpy is installed."""
    if not intervals.available():
        return {}
    totals = evaluation.counts
    names = ((kind, name) for kind in _present(totals) for name in (*measures(kind), *_field_figures(kind)))
    ratios = {
        (kind, name): [_ratio(article.counts[kind], kind, name) for article in evaluation.articles]
        for kind, name in names
    }
    return intervals.intervals(ratios)


def summary(evaluation: Evaluation, spread: Mapping[Figure, intervals.Interval]) -> list[Rows]:
    """Give the table of the kinds, and that of facts where the gold has facts."""
    totals = evaluation.counts
    rows = [["kind", "gold", "read", "precision", "recall", *MEASURES, "wrong"]]
    facts = [["kind", "gold", *FACT_MEASURES, "wrong"]]
    for kind in _present(totals):
        counts = totals[kind]
        shown = [_with_interval(figure(counts, kind, name), spread.get((kind, name))) for name in measures(kind)]
        wrong = ", ".join(f"{name} {count}" for name, count in counts.wrong.most_common())
        if kind == "fact":
            facts.append([kind, str(counts.gold), *shown, wrong])
        else:
            rates = (f"{counts.precision:.3f}", f"{counts.recall:.3f}")
            rows.append([kind, str(counts.gold), str(counts.read), *rates, *shown, wrong])
    return [table for table in (rows, facts) if len(table) > 1] or [rows]


def grouped(evaluation: Evaluation, by: By, spread: Mapping[Figure, intervals.Interval]) -> list[Rows]:
    """Give the tables of ``--by``."""
    if by == "field":
        return [_by_field(evaluation, spread)]
    if by == "rule":
        return [_by_rule(evaluation)]
    rows = [[by, "kind", "gold", "read", "precision", "recall", *MEASURES]]
    facts = [[by, "kind", "gold", *FACT_MEASURES]]
    for name, totals in evaluation.grouped(by).items():
        for kind in _present(totals):
            counts = totals[kind]
            shown = [f"{figure(counts, kind, measure):.3f}" for measure in measures(kind)]
            if kind == "fact":
                facts.append([name, kind, str(counts.gold), *shown])
            else:
                rates = (f"{counts.precision:.3f}", f"{counts.recall:.3f}")
                rows.append([name, kind, str(counts.gold), str(counts.read), *rates, *shown])
    return [table for table in (rows, facts) if len(table) > 1] or [rows]


def rule_outcomes(evaluation: Evaluation) -> dict[str, Counter[str]]:
    """Count what became of the records of each rule, by its name; documents may be older than rules."""
    outcomes: dict[str, Counter[str]] = {}
    for judgement in evaluation.judgements():
        if judgement.rule:
            outcomes.setdefault(judgement.rule, Counter())[judgement.outcome] += 1
    return dict(sorted(outcomes.items()))


def as_json(evaluation: Evaluation, spread: Mapping[Figure, intervals.Interval]) -> dict[str, Any]:
    """Give everything as one JSON object: figures of the kinds, by genre, by article, by rule, and every error."""
    return {
        "articles": len(evaluation.articles),
        "missing": evaluation.missing,
        "kinds": _kinds(evaluation.counts, spread),
        "genres": {name: _kinds(totals) for name, totals in evaluation.grouped("genre").items()},
        "by_article": {name: _kinds(totals) for name, totals in evaluation.grouped("article").items()},
        "rules": {rule: dict(sorted(counts.items())) for rule, counts in rule_outcomes(evaluation).items()},
        "errors": [_error(judgement) for judgement in evaluation.errors()],
    }


def first_errors(evaluation: Evaluation, most: int) -> list[str]:
    """Give the first errors of each kind as sentences."""
    left = Counter(dict.fromkeys(ALL_KINDS, most))
    lines = []
    for judgement in evaluation.errors():
        if left[judgement.kind] > 0:
            left[judgement.kind] -= 1
            lines.append((ALL_KINDS.index(judgement.kind), str(judgement)))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _by_field(evaluation: Evaluation, spread: Mapping[Figure, intervals.Interval]) -> Rows:
    rows = [["field", "kind", "compared", "right", "accuracy"]]
    for kind, counts in evaluation.counts.items():
        for name in fields(kind):
            if counts.compared[name]:
                accuracy = _with_interval(counts.accuracy(name), spread.get((kind, f"field {name}")))
                right = counts.compared[name] - counts.wrong[name]
                rows.append([name, kind, str(counts.compared[name]), str(right), accuracy])
    return rows


def _by_rule(evaluation: Evaluation) -> Rows:
    rows = [["rule", "read", "right", "attribute", "span", "spurious"]]
    for rule, outcomes in rule_outcomes(evaluation).items():
        counted = [str(outcomes[name]) for name in rows[0][2:]]
        rows.append([rule, str(outcomes.total()), *counted])
    return rows


def _present(totals: Mapping[str, Counts]) -> Iterator[str]:
    """Name the kinds that the gold or the documents have."""
    return (kind for kind in ALL_KINDS if totals[kind].gold or totals[kind].read)


def _field_figures(kind: str) -> Iterator[str]:
    return (f"field {name}" for name in fields(kind))


def _ratio(counts: Counts, kind: str, measure: str) -> tuple[int, int]:
    """Give a figure as a fraction, which adds up over articles."""
    if measure.startswith("field "):
        name = measure.removeprefix("field ")
        return counts.compared[name] - counts.wrong[name], counts.compared[name]
    hits: int = getattr(counts, _HITS[measure])
    return (hits, counts.gold) if kind == "fact" else (2 * hits, counts.read + counts.gold)


def _with_interval(value: float, interval: intervals.Interval | None) -> str:
    return f"{value:.3f}" + (f" ({interval[0]:.3f}–{interval[1]:.3f})" if interval else "")


def _kinds(totals: Mapping[str, Counts], spread: Mapping[Figure, intervals.Interval] | None = None) -> dict[str, Any]:
    return {kind: _kind(kind, totals[kind], spread or {}) for kind in _present(totals)}


def _kind(kind: str, counts: Counts, spread: Mapping[Figure, intervals.Interval]) -> dict[str, Any]:
    shown: dict[str, Any] = {"gold": counts.gold}
    if kind in KINDS:
        shown |= {"read": counts.read, "precision": counts.precision, "recall": counts.recall}
    shown |= {name: figure(counts, kind, name) for name in measures(kind)}
    shown["counts"] = {_HITS[name]: getattr(counts, _HITS[name]) for name in measures(kind)}
    compared = [name for name in fields(kind) if counts.compared[name]]
    shown["fields"] = {
        name: {"compared": counts.compared[name], "wrong": counts.wrong[name], "accuracy": counts.accuracy(name)}
        for name in compared
    }
    if spread:
        names = (*measures(kind), *(f"field {name}" for name in compared))
        shown["intervals"] = {name: list(spread[kind, name]) for name in names if (kind, name) in spread}
    return shown


def _error(judgement: Judgement) -> dict[str, Any]:
    return {
        "article": judgement.article,
        "genre": judgement.genre,
        "kind": judgement.kind,
        "class": judgement.outcome,
        "wrong": list(judgement.wrong),
        "rule": judgement.rule,
        "gold": _fields_shown(judgement.kind, judgement.gold),
        "read": _fields_shown(judgement.kind, judgement.read),
    }


def _fields_shown(kind: str, record: Record | None) -> dict[str, Any] | None:
    """Give a record's place and compared fields."""
    if record is None:
        return None
    return {name: record.get(name) for name in ("start", "end", "text", *fields(kind))}
