"""The errors of an evaluation in their sentences, as one HTML page that needs no network and no other file.

Every text is escaped by Jinja2. The page forbids itself everything but its own style and script by their hashes
(Content-Security-Policy), so that no text of an article can ever run or load anything.
"""

import base64
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhengshu.errors import OutputError, UsageError
from zhengshu.evaluate.fields import Record
from zhengshu.evaluate.intervals import Interval
from zhengshu.evaluate.scores import Evaluation, Judgement
from zhengshu.evaluate.tables import Figure, fields, figure, measures

NEEDS_JINJA = "--html needs Jinja2, which the extra evaluate brings: pip install jinja2"

CLASSES = ("missed", "spurious", "span", "attribute")
KIND_NAMES = {"quantity": "数量", "period": "时间", "ordinal": "位次", "program": "项目", "fact": "陈述"}

REACH = 90
"""Characters of a sentence that are shown at most before and behind a record."""

_ENDS = "。！？!?"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: inside the gold, inside what was read, both or neither."""

    text: str
    gold: bool
    read: bool

    @property
    def mark(self) -> str:
        """Name the highlight: ``gold read``."""
        return " ".join(name for name, on in (("gold", self.gold), ("read", self.read)) if on)


@dataclass(frozen=True, slots=True)
class Row:
    """One field of an error: what the gold says and what was read."""

    name: str
    gold: str | None
    read: str | None
    wrong: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One error as the page shows it."""

    judgement: Judgement
    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure with its interval."""

    name: str
    value: float
    interval: Interval | None


def available() -> bool:
    """Tell whether Jinja2 is installed."""
    return find_spec("jinja2") is not None


def write(place: str, page: str) -> None:
    """Write the page whole or not at all."""
    path = Path(place)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(page, "utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"the page {place} cannot be written: {error.strerror or error}") from None


def render(
    evaluation: Evaluation, texts: Mapping[str, str], spread: Mapping[Figure, Interval], title: str = "evaluation"
) -> str:
    """Make the page; ``texts`` gives the text of an article by its sha256, where it is at hand."""
    if not available():
        raise UsageError(NEEDS_JINJA)
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - an extra

    here = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(here), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style, script = ((here / f"errors_page.{suffix}").read_text("utf-8") for suffix in ("css", "js"))
    errors = list(_errors(evaluation, texts))
    return environment.get_template("errors_page.html").render(
        title=title,
        style=style,
        script=script,
        style_hash=_source_hash(style),
        script_hash=_source_hash(script),
        errors=errors,
        filters=_filters(errors),
        kinds=_kinds(evaluation, spread),
        kind_names=KIND_NAMES,
        articles=len(evaluation.articles),
        missing=evaluation.missing,
        intervals=bool(spread),
        unseen=sum(not error.pieces for error in errors),
    )


def _source_hash(source: str) -> str:
    return "sha256-" + base64.b64encode(sha256(source.encode()).digest()).decode()


def _errors(evaluation: Evaluation, texts: Mapping[str, str]) -> Iterator[Shown]:
    for article in evaluation.articles:
        text = texts.get(article.sha256)
        for judgement in article.judgements:
            if judgement.outcome != "right":
                pieces = tuple(_sentence(text, judgement)) if text is not None else ()
                place = f"{judgement.place['start']}–{judgement.place['end']}"
                yield Shown(judgement, pieces, tuple(_rows(judgement)), place)


def _sentence(text: str, judgement: Judgement) -> Iterator[Piece]:
    """Cut the sentence of an error into pieces at the borders of what is highlighted."""
    gold, read = (_span(record, len(text)) for record in (judgement.gold, judgement.read))
    spans = [span for span in (gold, read) if span is not None]
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    first = max(0, start - REACH)
    left = max(first, *(text.rfind(mark, first, start) + 1 for mark in _ENDS))
    if (gap := text.rfind("\n\n", first, start)) >= 0:
        left = max(left, gap + 2)
    stops = [at + 1 for mark in _ENDS if (at := text.find(mark, end, end + REACH)) >= 0]
    right = min([*stops, end + REACH, len(text)])
    if 0 < left == start - REACH:
        yield Piece("…", False, False)
    cuts = sorted({left, right, *(at for span in spans for at in span)})
    for a, b in pairwise(cuts):
        inside = [span is not None and span[0] <= a and b <= span[1] for span in (gold, read)]
        yield Piece(_short(text[a:b]), *inside)
    if right == end + REACH < len(text):
        yield Piece("…", False, False)


def _span(record: Record | None, length: int) -> tuple[int, int] | None:
    """Give the span of a record, kept inside the text whatever a document says."""
    if record is None:
        return None
    start = min(max(int(record["start"]), 0), length)
    return start, min(max(int(record["end"]), start), length)


def _rows(judgement: Judgement) -> Iterator[Row]:
    """Put the fields of both sides in rows; the text first, the rule last."""
    gold, read = judgement.gold, judgement.read
    both = gold is not None and read is not None
    yield Row("text", _show(gold, "text"), _show(read, "text"), not both or judgement.outcome == "span")
    for name in fields(judgement.kind):
        differs = both and judgement.outcome == "attribute" and name in judgement.wrong
        yield Row(name, _show(gold, name), _show(read, name), differs)
    yield Row("rule", None, judgement.rule, False)


def _show(record: Record | None, name: str) -> str | None:
    if record is None or record.get(name) is None:
        return None
    value = record[name]
    return str(value).lower() if isinstance(value, bool) else _short(str(value))


def _short(text: str) -> str:
    """Show a text on one line, and of one that is very long both ends."""
    if len(text) > 4 * REACH:
        text = f"{text[:REACH]} … {text[-REACH:]}"
    return "↵".join(text.split("\n"))


def _filters(errors: Iterable[Shown]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Count what can be filtered: kinds, classes, fields, genres."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("class", "kind", "field", "genre")}
    for error in errors:
        counts["class"][error.judgement.outcome] += 1
        counts["kind"][error.judgement.kind] += 1
        counts["field"].update(error.judgement.wrong)
        counts["genre"][error.judgement.genre] += 1
    counts["class"] = Counter({name: counts["class"][name] for name in CLASSES if counts["class"][name]})
    shown = (
        (name, list(counter.items() if name == "class" else counter.most_common())) for name, counter in counts.items()
    )
    return [(name, values) for name, values in shown if len(values) > 1 or (values and name != "genre")]


def _kinds(evaluation: Evaluation, spread: Mapping[Figure, Interval]) -> list[dict[str, Any]]:
    """Give the rows of the summary: each kind with its counts, bars and worst fields."""
    rows = []
    for kind, counts in evaluation.counts.items():
        if counts.gold or counts.read:
            bars = [Bar(name, figure(counts, kind, name), spread.get((kind, name))) for name in measures(kind)]
            accuracies = [
                Bar(name, counts.accuracy(name), spread.get((kind, f"field {name}")))
                for name in fields(kind)
                if counts.compared[name]
            ]
            rows.append({"kind": kind, "counts": counts, "bars": bars, "fields": accuracies})
    return rows
