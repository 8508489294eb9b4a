"""The unit of work: a record batch of articles (Arrow) in, a record batch of their outcomes out, and no other state.

The local pool runs it, and so can an engine: ``frame.mapInArrow(lambda batches: map(work, batches), OUTCOMES)``.
"""

import contextlib
import os
import signal
import threading
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter
from types import FrameType
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from schemas import Article
from zhengshu.batch.outcomes import KINDS, Done, Extract, Outcome, Write, as_json
from zhengshu.batch.similar import signature
from zhengshu.collector import seldom_collecting
from zhengshu.errors import Failure
from zhengshu.validate import faults

_ARTICLES: "list[pa.Field[Any]]" = [
    pa.field("id", pa.string(), nullable=False),
    pa.field("text", pa.string(), nullable=False),
    pa.field("source", pa.string()),
    pa.field("title", pa.string()),
    pa.field("publisher", pa.string()),
    pa.field("published", pa.date32()),
    pa.field("region", pa.string()),
]
ARTICLES = pa.schema(_ARTICLES)
"""The columns of a batch of articles; only ``id`` and ``text`` have to be there."""

_OUTCOMES: "list[pa.Field[Any]]" = [
    pa.field("id", pa.string(), nullable=False),
    pa.field("document", pa.string()),
    pa.field("cause", pa.string()),
    pa.field("reason", pa.string()),
    pa.field("characters", pa.int32(), nullable=False),
    pa.field("seconds", pa.float64(), nullable=False),
    pa.field("counts", pa.list_(pa.int32())),
    pa.field("findings", pa.map_(pa.string(), pa.int32())),
    pa.field("signature", pa.binary()),
]
OUTCOMES = pa.schema(_OUTCOMES)
"""The columns of a batch of outcomes, a row an article in the order of the input.

``document`` is what was written of it, null where it failed, for a ``cause`` (``input``, ``invalid``, ``error``,
``time``) and a ``reason``, which is a sentence. ``counts`` are those of ``KINDS``, ``findings`` those of the codes.
"""


class _OverTime(BaseException):
    """A document took longer than it may; no ``except Exception`` of a reader catches it."""


@dataclass(frozen=True)
class Work:
    """Reads, validates and writes the articles of a batch; ``extract`` and ``write`` are functions of a module.

    A document that takes longer than ``time_limit`` seconds is cut (in the main thread of a process, where signals
    arrive). ``signed`` asks for signatures of the texts.
    """

    extract: Extract
    write: Write = as_json
    time_limit: float | None = None
    signed: bool = False

    def __call__(self, articles: pa.RecordBatch) -> pa.RecordBatch:
        """Turn a batch of ``ARTICLES`` into a batch of ``OUTCOMES``; whatever happens to one becomes a row."""
        with seldom_collecting():
            return to_batch([self._row(row) for row in articles.to_pylist()])

    def _row(self, row: dict[str, Any]) -> Outcome:
        try:
            article = Article.model_validate({name: row.get(name) for name in ARTICLES.names})
        except ValidationError as error:
            first = error.errors()[0]
            at = ".".join(map(str, first["loc"]))
            return Failure(str(row.get("id")), f"is no article: {at}: {first['msg']}", "input")
        return self.attempt(article)

    def attempt(self, article: Article) -> Outcome:
        """Read one article and validate what was read; any exception becomes a sentence.

        With ``ZHENGSHU_DEBUG=1`` the traceback is printed.
        """
        _load(self.extract)
        start = perf_counter()
        try:
            with _limited(self.time_limit):
                document = self.extract(article)
                wrong = faults(document, article.text)
                if wrong:
                    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
                    reason = f"the document is not valid and was not written: {wrong[0]}{more}"
                    return Failure(article.id, reason, "invalid")
                written = self.write(document, article)
                signed = signature(article.text) if self.signed else None
        except _OverTime:
            reason = f"reading it took longer than {self.time_limit:g} seconds and was cut; --time-limit allows more"
            return Failure(article.id, reason, "time")
        except Exception as error:
            if os.environ.get("ZHENGSHU_DEBUG"):
                traceback.print_exc()
            reason = f"reading it failed with {type(error).__name__}: {' '.join(str(error).split())[:200]}; "
            return Failure(
                article.id, reason + "this is an error of the program, ZHENGSHU_DEBUG=1 shows where", "error"
            )
        counts = tuple(len(getattr(document, kind)) for kind in KINDS)
        codes = tuple(sorted(Counter(finding.code for finding in document.findings).items()))
        return Done(article.id, written, len(article.text), counts, perf_counter() - start, codes, signed)


@cache
def _load(extract: Extract) -> None:
    """Let a process load what it reads with before it reads the first article: that would look slow."""
    with contextlib.suppress(Exception):
        extract(Article(id="first", text="2024年"))


def to_articles(articles: Sequence[Article]) -> pa.RecordBatch:
    """Make a batch of articles."""
    columns = [[getattr(article, name) for article in articles] for name in ARTICLES.names]
    arrays = [pa.array(column, field.type) for column, field in zip(columns, ARTICLES, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=ARTICLES)


def to_batch(outcomes: Sequence[Outcome]) -> pa.RecordBatch:
    """Make a batch of outcomes."""
    rows = [_cells(outcome) for outcome in outcomes]
    arrays = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(OUTCOMES)]
    return pa.RecordBatch.from_arrays(arrays, schema=OUTCOMES)


def _cells(outcome: Outcome) -> tuple[object, ...]:
    if isinstance(outcome, Failure):
        return (outcome.source, None, outcome.cause, outcome.reason, 0, 0.0, None, None, None)
    done = outcome
    counted = (done.characters, done.seconds, done.counts, done.findings, done.signature)
    return (done.id, done.document, None, None, *counted)


def from_batch(batch: pa.RecordBatch) -> Iterator[Outcome]:
    """Give the outcomes of a batch."""
    for name, document, cause, reason, *counted in zip(*(column.to_pylist() for column in batch.columns), strict=True):
        if document is None:
            yield Failure(name, reason, cause)
        else:
            characters, seconds, counts, findings, signed = counted
            yield Done(name, document, characters, tuple(counts), seconds, tuple(findings), signed)


@contextlib.contextmanager
def _limited(seconds: float | None) -> Iterator[None]:
    """Raise ``_OverTime`` in the block after so many seconds, and again each second until it has ended."""
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return

    def cut(signum: int, frame: FrameType | None) -> None:
        raise _OverTime

    before = signal.signal(signal.SIGALRM, cut)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
