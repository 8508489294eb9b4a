"""A run over many articles: what is new goes through the pool, is noted in the journal, and is put into the output."""

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schemas import Article
from zhengshu import sinks
from zhengshu.batch import pool, targets
from zhengshu.batch.journal import Journal
from zhengshu.batch.outcomes import Extract, Outcome
from zhengshu.batch.targets import Target
from zhengshu.errors import Failure, OutputError, OutputLostError

Stream = Iterable[Article | Failure]

_LINKED_AT_ONCE = 500
"""Near duplicates are linked after so many outcomes, while the workers read on."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles of the input are read; the others keep what became of them before."""

    since: date | None = None
    only_failed: bool = False

    def takes(self, article: Article, journal: Journal | None) -> bool:
        """Tell whether an article is read: an article without a date is never too old."""
        if self.since is not None and article.published is not None and article.published < self.since:
            return False
        return not self.only_failed or (journal is not None and journal.outcome(article.id) == "failed")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes: the function that reads, where to, with how many workers, and how long a document may take."""

    extract: Extract
    target: Target
    workers: int | None = 1
    time_limit: float | None = None
    selection: Selection = field(default_factory=Selection)


def straight(plan: Plan, stream: Stream) -> Generator[Outcome, None, None]:
    """Write documents as they come, with no journal: to standard output, or where none is wanted."""
    taken = (item for item in stream if isinstance(item, Failure) or plan.selection.takes(item, None))
    outcomes = pool.run(taken, plan.extract, workers=plan.workers, write=plan.target.write, time_limit=plan.time_limit)
    with plan.target.open() as sink, contextlib.closing(outcomes):
        for number, outcome in enumerate(outcomes):
            yield _written(outcome, sink, number)


def journaled(
    plan: Plan,
    stream: Stream,
    journal: Journal,
    arguments: Mapping[str, Any],
    advance: Callable[[str], object] = lambda _: None,
) -> Generator[Outcome, None, None]:
    """Read what is new or changed, note what becomes of it, then bring the output up to date."""
    target = plan.target
    journal.begin(arguments)
    due = _due(plan, stream, journal)
    outcomes = pool.run(
        due, plan.extract, workers=plan.workers, write=target.write, time_limit=plan.time_limit, signed=True
    )
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.closing(outcomes))
        sink = stack.enter_context(target.open()) if target.kind == "folder" else None
        for number, outcome in enumerate(outcomes):
            final = _written(outcome, sink, number) if sink is not None else outcome
            journal.record(final, with_document=target.kind != "folder")
            yield final
            if number % _LINKED_AT_ONCE == _LINKED_AT_ONCE - 1:
                journal.link()
    journal.link()
    advance("output")
    targets.bring_up_to_date(target, journal, advance)
    if target.kind == "file" and plan.selection == Selection():
        journal.forget_others()
    journal.end()


def _due(plan: Plan, stream: Stream, journal: Journal) -> Iterator[Article | Failure]:
    for item in stream:
        if isinstance(item, Failure):
            yield item
        elif not plan.selection.takes(item, journal):
            journal.keep(item)
        elif journal.due(item, there=plan.target.has(item.id)):
            yield item


def _written(outcome: Outcome, sink: sinks.Sink, number: int) -> Outcome:
    """Write a document; one that cannot be written is a failure, and a place that takes no more stops the run."""
    if isinstance(outcome, Failure):
        return outcome
    try:
        sink.write(outcome.id, outcome.document)
    except OutputLostError as error:
        raise OutputLostError(f"{outcome.id}: {error}; the run stopped after {number} documents") from None
    except OutputError as error:
        return Failure(outcome.id, str(error), "output")
    return outcome
