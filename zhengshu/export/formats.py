"""The formats by name, what each of them can do, and the documents on their way into one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from schemas import Article, Extraction
from zhengshu import stored
from zhengshu.errors import Failure, UsageError
from zhengshu.stored import Stored
from zhengshu.tables import TABLES
from zhengshu.validate import faults, id_faults

Passing = tuple[Extraction, Article | None]
"""A document on its way, with its article where that is known."""


class Export(Protocol):
    """A place that documents go to, one at a time; it is complete when its context ends."""

    def add(self, document: Extraction, article: Article | None) -> None:
        """Write what is written of a document."""

    def told(self) -> list[str]:
        """Say in lines what was written and what was left out."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may choose; ``tables`` in the order of ``TABLES``."""

    tables: tuple[str, ...] = tuple(TABLES)
    bom: bool = False
    guard: bool = True


@dataclass(frozen=True, slots=True)
class Format:
    """A format: where it goes when no place is named, how it is opened, and which options mean something to it."""

    place: str
    open: Callable[[str, Choices], AbstractContextManager[Export]]
    options: frozenset[str]


NAMES = ("csv", "xlsx", "sdmx-csv")


def load(name: str) -> Format:
    """Load a format; its module is imported only now, for it may need what is not installed."""
    if name == "csv":
        from zhengshu.export import csv_tables  # noqa: PLC0415

        return Format("csv", csv_tables.open_folder, frozenset({"tables", "bom", "raw"}))
    if name == "xlsx":
        from zhengshu.export import workbook  # noqa: PLC0415

        return Format("zhengshu.xlsx", workbook.open_workbook, frozenset({"tables", "source"}))
    from zhengshu.export import observations  # noqa: PLC0415

    return Format("observations.csv", observations.open_observations, frozenset({"bom", "raw"}))


def choose(names: Iterable[str] | None) -> tuple[str, ...]:
    """Give the tables of these names in their own order, articles always, for the others point at it."""
    wanted = {*(names or TABLES), "articles"}
    if unknown := sorted(wanted - TABLES.keys()):
        raise UsageError(f"there is no table {unknown[0]}; --tables takes {', '.join(TABLES)}")
    return tuple(name for name in TABLES if name in wanted)


def documents(outputs: str, sources: Iterable[Article | Failure] | None = None) -> Iterator[Passing | Failure]:
    """Yield the documents of ``outputs``, each with its article where ``sources`` has it; a faulty one is a Failure.

    With sources their order is that of the articles, for these come one at a time; documents without one come last.
    """
    waiting: dict[str, Stored] = {}
    seen: set[str] = set()
    for found in stored.find(outputs):
        if isinstance(found, Failure):
            yield found
        elif found.id in seen:
            yield Failure(found.name, f"this is a second document of {found.id!r}")
        elif sources is None:
            seen.add(found.id)
            yield _load(found, None)
        else:
            seen.add(found.id)
            waiting[found.id] = found
    for article in sources or ():
        if isinstance(article, Failure):
            yield article
        elif (of_id := waiting.get(article.id)) and of_id.sha256 == sha256(article.text.encode()).hexdigest():
            yield _load(waiting.pop(article.id), article)
    for found in waiting.values():
        yield _load(found, None)


def _load(found: Stored, article: Article | None) -> Passing | Failure:
    """Load a document whose records point where they should."""
    document = found.try_load()
    if isinstance(document, Failure):
        return document
    wrong = id_faults(document) if article is None else faults(document, article.text)
    for first in wrong:
        return Failure(found.name, f"the document is not valid: {first}")
    return document, article


def counted(counts: Sequence[tuple[str, int]]) -> str:
    """Write counts as one line: ``36 articles, 1,204 numbers, 12 facts``."""
    return ", ".join(f"{count:,} {name}" for name, count in counts)
