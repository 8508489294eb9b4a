"""The load of documents into a database: one transaction, whatever its length, and nothing changed by a second one.

An article whose document changed gets a new version; the one before keeps its records and the time when it ended.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from schemas import Article, Extraction
from zhengshu import stored
from zhengshu.collector import seldom_collecting
from zhengshu.database.postgres_database import PostgresDatabase
from zhengshu.database.rows import RECORDS, Prepared, SqlRow, prepare
from zhengshu.database.sqlite_database import SqliteDatabase
from zhengshu.errors import Failure, UsageError
from zhengshu.seen import Seen

DEFAULT_URL = "outputs/zhengshu.db"
BATCH_RECORDS = 50_000
BATCH_DOCUMENTS = 2_000
BATCH_CHARACTERS = 5_000_000

Say = Callable[[Failure], object]


class Database(Protocol):
    """What a load asks of a database; ``SqliteDatabase`` and ``PostgresDatabase`` say what each does."""

    def load(self) -> AbstractContextManager[None]: ...  # noqa: D102
    def changed(self) -> int: ...  # noqa: D102
    def newest(self) -> str | None: ...  # noqa: D102
    def current(self, articles: Sequence[str]) -> dict[str, tuple[int, str]]: ...  # noqa: D102
    def begin_run(self, loaded_at: str) -> int: ...  # noqa: D102
    def end_run(self, run: int, added: int, replaced: int, unchanged: int, failed: int) -> None: ...  # noqa: D102
    def supersede(self, articles: Sequence[str], at: str) -> None: ...  # noqa: D102
    def insert(self, rows: Mapping[str, Sequence[SqlRow]]) -> None: ...  # noqa: D102
    def store_texts(self, texts: Mapping[str, str]) -> int: ...  # noqa: D102
    def without_text(self) -> int: ...  # noqa: D102
    def notices(self) -> list[str]: ...  # noqa: D102


@dataclass(slots=True)
class Loaded:
    """What a load did; ``rows`` counts the rows that it changed, as the driver of the database tells."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: int = 0
    records: int = 0
    rows: int = 0
    texts: int = 0
    without_text: int = 0
    notices: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        failed = f", {self.failed} failed" if self.failed else ""
        done = f"{self.added} articles new, {self.replaced} changed, {self.unchanged} as before{failed}"
        return f"{done}; {self.records} records added, {self.rows} rows of the database changed"


def stored_documents(outputs: str) -> Iterator[Extraction | Failure]:
    """Read the documents of a folder or a ``.jsonl``, one at a time; raises UsageError where there are none."""
    for found in stored.find(outputs):
        yield found if isinstance(found, Failure) else found.try_load()


def load_documents(
    documents: Iterable[Extraction | Failure],
    url: str = DEFAULT_URL,
    *,
    texts: Iterable[Article | Failure] = (),
    at: datetime | None = None,
    say: Say = lambda _: None,
    advance: Callable[[], object] = lambda: None,
) -> Loaded:
    """Load documents into the database of ``url``, and the texts of those articles whose sha256 they name.

    ``at`` is when what changed became so, now by default. What cannot be loaded is told to ``say`` and the others go
    on; any error raised leaves the database as it was. Raises UsageError where nothing can be loaded there.
    """
    database = _open(url)
    loaded = Loaded()
    with seldom_collecting(1_000_000), database.load():
        load = _Load(database, loaded, at, say)
        for item in documents:
            load.take(item)
            advance()
        load.finish()
        for text in texts:
            load.take_text(text)
        load.finish_texts()
        loaded.rows = database.changed()
    loaded.notices = database.notices()
    return loaded


def _open(url: str) -> Database:
    """Open the database of a URL: ``postgresql://…``, ``sqlite:///FILE`` or the path of a file."""
    scheme, divided, rest = url.partition("://")
    if not divided:
        return SqliteDatabase(url)
    if scheme in ("postgresql", "postgres"):
        return PostgresDatabase(url)
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return SqliteDatabase(rest[1:])
    raise UsageError(f"{scheme}:// is no database known here; name a FILE.db or postgresql://HOST/DATABASE with --db")


class _Load:
    """A load under way: documents gather into batches, each compared with what is there and written."""

    def __init__(self, database: Database, loaded: Loaded, at: datetime | None, say: Say) -> None:
        self.database = database
        self.loaded = loaded
        self.say = say
        self.at = _time(at, database.newest())
        self.run: int | None = None
        self.seen = Seen()
        self.batch: dict[str, Prepared] = {}
        self.size = 0
        self.texts: dict[str, str] = {}

    def take(self, item: Extraction | Failure) -> None:
        """Take one document, or name it with the reason why not."""
        if isinstance(item, Failure):
            self._fail(item)
            return
        name = item.article.id
        prepared = prepare(item)
        if isinstance(prepared, str):
            self._fail(Failure(name, prepared))
            return
        if self.seen.before(name, "") is not None:
            self._fail(Failure(name, "another document of this article was loaded before; remove one of them"))
            return
        self.batch[name] = prepared
        self.size += sum(len(getattr(item, kind)) for kind in RECORDS)
        if self.size >= BATCH_RECORDS or len(self.batch) >= BATCH_DOCUMENTS:
            self._write()

    def _fail(self, failure: Failure) -> None:
        self.loaded.failed += 1
        self.say(failure)

    def _write(self) -> None:
        """Write the documents gathered that are new or changed, in the order of their keys: that of the pages."""
        batch, self.batch, self.size = self.batch, {}, 0
        current = self.database.current(list(batch))
        unknown = (0, "")
        changed = {name: new for name, new in batch.items() if current.get(name, unknown)[1] != new.digest}
        replaced = [name for name in changed if name in current]
        self.loaded.unchanged += len(batch) - len(changed)
        self.loaded.replaced += len(replaced)
        self.loaded.added += len(changed) - len(replaced)
        if not changed:
            return
        if self.run is None:
            self.run = self.database.begin_run(self.at)
        if replaced:
            self.database.supersede(replaced, self.at)
        rows: dict[str, list[SqlRow]] = {table: [] for table in ("articles", *RECORDS)}
        for name, new in sorted(changed.items()):
            version = current.get(name, unknown)[0] + 1
            for table, added in new.rows(version, self.run, self.at).items():
                rows[table] += added
        self.database.insert(rows)
        self.loaded.records += sum(len(rows[table]) for table in RECORDS)

    def finish(self) -> None:
        """Write what is left, and say of the run what it did."""
        if self.batch:
            self._write()
        if self.run is not None:
            done = self.loaded
            self.database.end_run(self.run, done.added, done.replaced, done.unchanged, done.failed)

    def take_text(self, item: Article | Failure) -> None:
        """Take the text of an article; whether it is wanted is for the database to know."""
        if isinstance(item, Failure):
            self._fail(item)
        elif "\0" in item.text:
            self._fail(Failure(item.id, "its text holds a NUL character, which no database text can; it is not kept"))
        else:
            self.texts[sha256(item.text.encode()).hexdigest()] = item.text
            self.size += len(item.text)
            if self.size >= BATCH_CHARACTERS:
                self._write_texts()

    def _write_texts(self) -> None:
        self.loaded.texts += self.database.store_texts(self.texts)
        self.texts, self.size = {}, 0

    def finish_texts(self) -> None:
        """Write what is left of the texts, and count the articles that have none."""
        if self.texts:
            self._write_texts()
        self.loaded.without_text = self.database.without_text()


def _time(at: datetime | None, newest: str | None) -> str:
    """Choose the time of the run: that given, else the clock's; never before the last run, for versions follow."""
    if at is None:
        return max(_written(datetime.now(UTC)), newest or "")
    if newest is not None and _written(at) < newest:
        raise UsageError(f"the database was loaded at {newest}, after the time given; give a later one with --at")
    return _written(at)


def _written(at: datetime) -> str:
    """Write a time so that the order of the texts is that of the times: ``2025-07-18T09:30:00.000000Z``."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
