"""A stream of articles through the unit of work: in this process or in several, with the same outcomes in order.

One bad document never stops a batch: whatever happens to it becomes a ``Failure`` in its place.
"""

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from types import TracebackType

import pyarrow as pa

from schemas import Article
from zhengshu.batch.outcomes import Extract, Outcome, Write, as_json
from zhengshu.batch.work import Work, from_batch, to_articles
from zhengshu.collector import seldom_collecting
from zhengshu.errors import Failure

_CHUNK_CHARACTERS = 100_000
_CHUNK_ARTICLES = 64
_CHUNK_LEAST = 8
_CHUNK_MOST_CHARACTERS = 2_000_000
_CHUNKS_AHEAD = 3
_FEW = 32
_GRACE = 60.0
"""Seconds more than its documents may take after which a silent worker is given up."""

Chunk = Sequence[Article | Failure]


def run(
    stream: Iterable[Article | Failure],
    extract: Extract,
    *,
    workers: int | None = 1,
    write: Write = as_json,
    time_limit: float | None = None,
    signed: bool = False,
) -> Generator[Outcome, None, None]:
    """Turn articles into validated documents, in order, each written by ``write``; failures pass through.

    With more than one worker both must be functions of a module, for they are sent to new processes. None is a worker
    a core, and this process alone for an input that is over sooner than they would have started.
    """
    work = Work(extract, write, time_limit, signed)
    if workers is None:
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        first = [*islice(stream := iter(stream), _FEW)]
        if len(first) < _FEW and sum(len(item.text) for item in first if isinstance(item, Article)) < _CHUNK_CHARACTERS:
            workers = 1
        stream = chain(first, stream)
    if workers <= 1:
        with seldom_collecting():
            for item in stream:
                yield work.attempt(item) if isinstance(item, Article) else item
    else:
        with _Workers(work, workers) as pool:
            yield from pool.run(stream)


class _Workers:
    """Processes that take chunks of articles and give outcomes back in order.

    They are spawned, not forked: the parent may have threads. When one is killed, the chunks under way are tried
    again, the oldest an article at a time, so that only the article that kills is lost.
    """

    def __init__(self, work: Work, workers: int) -> None:
        self.work = work
        self.workers = workers
        self.pool = self._open()
        self.pending: deque[tuple[Chunk, Future[pa.RecordBatch]]] = deque()

    def _open(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_begin_worker)

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._kill()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def run(self, stream: Iterable[Article | Failure]) -> Iterator[Outcome]:
        for chunk in _chunks(stream):
            self._submit(chunk)
            while len(self.pending) > self.workers * _CHUNKS_AHEAD:
                yield from self._collect()
        while self.pending:
            yield from self._collect()

    def _submit(self, chunk: Chunk) -> None:
        articles = [item for item in chunk if isinstance(item, Article)]
        self.pending.append((chunk, self._send(articles)))

    def _send(self, articles: Sequence[Article]) -> "Future[pa.RecordBatch]":
        """Hand articles to a worker; those that are started here never hear of Ctrl-C, which is the parent's."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self.pool.submit(self.work, to_articles(articles))
        except BrokenProcessPool as error:
            future: Future[pa.RecordBatch] = Future()
            future.set_exception(error)
            return future
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _collect(self) -> Iterator[Outcome]:
        chunk, future = self.pending.popleft()
        try:
            outcomes = from_batch(self._wait(future, len(chunk)))
        except BrokenProcessPool:
            yield from self._one_by_one(chunk)
            return
        for item in chunk:
            yield item if isinstance(item, Failure) else next(outcomes)

    def _wait(self, future: "Future[pa.RecordBatch]", articles: int) -> pa.RecordBatch:
        """Wait for the oldest chunk, which is under way; a worker that has stopped is killed in the end."""
        limit = self.work.time_limit
        try:
            return future.result(limit * articles + _GRACE if limit is not None else None)
        except TimeoutError:
            self._kill()
            return future.result()

    def _one_by_one(self, chunk: Chunk) -> Iterator[Outcome]:
        """Try a chunk again in a new pool, alone; then hand the chunks behind it out anew."""
        waiting = [items for items, _ in self.pending]
        self.pending.clear()
        self._reopen()
        for item in chunk:
            if isinstance(item, Failure):
                yield item
                continue
            try:
                yield from from_batch(self._wait(self._send([item]), 1))
            except BrokenProcessPool:
                reason = "the process that read it was killed twice, for want of memory most likely"
                yield Failure(item.id, reason, "killed")
                self._reopen()
        for items in waiting:
            self._submit(items)

    def _reopen(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pool = self._open()

    def _kill(self) -> None:
        for process in list((self.pool._processes or {}).values()):
            with contextlib.suppress(ValueError):
                process.kill()


def _begin_worker() -> None:
    """End when the parent does: nobody else would end an orphan."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _chunks(stream: Iterable[Article | Failure]) -> Iterator[Chunk]:
    """Group the stream: 8 to 64 documents of about 100,000 characters, so that work is even, and memory bounded."""
    chunk: list[Article | Failure] = []
    size = 0
    for item in stream:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        enough = size >= _CHUNK_CHARACTERS and len(chunk) >= _CHUNK_LEAST
        if enough or len(chunk) >= _CHUNK_ARTICLES or size >= _CHUNK_MOST_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
