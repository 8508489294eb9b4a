"""Run the extraction over a stream of articles: in this process or in several, with the same result.

One bad document never stops a batch: whatever happens to it becomes a ``Failure`` in its place.
"""

import contextlib
import gc
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from time import perf_counter

from schemas import Article, Extraction
from zhengshu.errors import Failure
from zhengshu.validate import faults

KINDS = ("numbers", "quantities", "periods", "ordinals", "programs", "facts", "findings")

_CHUNK_CHARACTERS = 100_000
_CHUNK_ARTICLES = 64
_CHUNKS_AHEAD = 3

Extract = Callable[[Article], Extraction]
Write = Callable[[Extraction, Article], str]


def as_json(document: Extraction, _: Article) -> str:
    """Write a document as one line of JSON."""
    return document.model_dump_json()


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was read and found valid: what is written of it, and what the table says of it."""

    id: str
    document: str
    characters: int
    counts: tuple[int, ...]
    seconds: float


Outcome = Done | Failure


def run(
    stream: Iterable[Article | Failure], extract: Extract, *, workers: int = 1, write: Write = as_json
) -> Iterator[Outcome]:
    """Turn articles into validated documents, in order, each written by ``write``; failures pass through.

    With more than one worker both must be functions of a module, for they are sent to new processes.
    """
    if workers <= 1:
        with _seldom_collecting():
            for item in stream:
                yield item if isinstance(item, Failure) else attempt(item, extract, write)
    else:
        with _Workers(extract, write, workers) as pool:
            yield from pool.run(stream)


def attempt(article: Article, extract: Extract, write: Write) -> Outcome:
    """Read one article and validate what was read; any exception becomes a sentence.

    With ``ZHENGSHU_DEBUG=1`` the traceback is printed.
    """
    start = perf_counter()
    try:
        document = extract(article)
        wrong = faults(document, article.text)
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            return Failure(article.id, f"the document is not valid and was not written: {wrong[0]}{more}")
        written = write(document, article)
    except Exception as error:
        if os.environ.get("ZHENGSHU_DEBUG"):
            traceback.print_exc()
        return Failure(
            article.id,
            f"reading it failed with {type(error).__name__}: {' '.join(str(error).split())[:200]}; "
            "this is an error of the program, ZHENGSHU_DEBUG=1 shows where",
        )
    counts = tuple(len(getattr(document, kind)) for kind in KINDS)
    return Done(article.id, written, len(article.text), counts, perf_counter() - start)


@contextlib.contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let the cycle collector run seldom: records make no cycles, and it would walk all of them again and again."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _attempt_all(articles: list[Article], extract: Extract, write: Write) -> list[Outcome]:
    with _seldom_collecting():
        return [attempt(article, extract, write) for article in articles]


class _Workers:
    """Processes that take chunks of articles and give outcomes back in order.

    They are spawned, not forked: the parent may have threads. When one is killed, the chunks under way are tried
    again an article at a time, so that only the article that kills is lost.
    """

    def __init__(self, extract: Extract, write: Write, workers: int) -> None:
        self.extract = extract
        self.write = write
        self.workers = workers
        self.pool = self._open()
        self.pending: deque[tuple[Sequence[Article | Failure], Future[list[Outcome]]]] = deque()

    def _open(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=_begin_worker)

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)

    def run(self, stream: Iterable[Article | Failure]) -> Iterator[Outcome]:
        for chunk in _chunks(stream):
            self._submit(chunk)
            while len(self.pending) > self.workers * _CHUNKS_AHEAD:
                yield from self._collect()
        while self.pending:
            yield from self._collect()

    def _submit(self, chunk: Sequence[Article | Failure]) -> None:
        articles = [item for item in chunk if isinstance(item, Article)]
        try:
            future = self.pool.submit(_attempt_all, articles, self.extract, self.write)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.pending.append((chunk, future))

    def _collect(self) -> Iterator[Outcome]:
        chunk, future = self.pending.popleft()
        try:
            outcomes = iter(future.result())
        except BrokenProcessPool:
            yield from self._one_by_one(chunk)
            return
        for item in chunk:
            yield item if isinstance(item, Failure) else next(outcomes)

    def _one_by_one(self, chunk: Sequence[Article | Failure]) -> Iterator[Outcome]:
        """Try a chunk again in a new pool, alone; then hand the chunks behind it out anew."""
        waiting = [items for items, _ in self.pending]
        self.pending.clear()
        self._reopen()
        for item in chunk:
            if isinstance(item, Failure):
                yield item
                continue
            try:
                yield from self.pool.submit(_attempt_all, [item], self.extract, self.write).result()
            except BrokenProcessPool:
                yield Failure(item.id, "the process that read it was killed, for want of memory most likely")
                self._reopen()
        for items in waiting:
            self._submit(items)

    def _reopen(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pool = self._open()


def _begin_worker() -> None:
    """Leave Ctrl-C to the parent, and end when the parent does: nobody else would end an orphan."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _chunks(stream: Iterable[Article | Failure]) -> Iterator[list[Article | Failure]]:
    """Group the stream by characters rather than by articles: work is even, and memory bounded."""
    chunk: list[Article | Failure] = []
    size = 0
    for item in stream:
        chunk.append(item)
        size += len(item.text) if isinstance(item, Article) else 0
        if size >= _CHUNK_CHARACTERS or len(chunk) >= _CHUNK_ARTICLES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
