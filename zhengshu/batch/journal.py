"""The journal of a place of output: SQLite, beside it, that holds what every article became.

A run that was stopped at any moment goes on from it, and a later run does only what is new or changed. Memory stays
flat: everything that grows with the input is in the file.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas import Article
from zhengshu.batch import links
from zhengshu.batch.outcomes import Done, Outcome
from zhengshu.errors import OutputLostError, UsageError

_VERSION = 1
_OUTCOMES_A_COMMIT = 64
_INSTEAD = "delete it, or name another with --journal"


def fingerprint(version: str) -> str:
    """Give the version of the program with a hash of its files: a table that was edited makes another program."""
    house, digest = Path(__file__).parents[2], sha256()
    folders = (house / name for name in ("extractors", "schemas", "zhengshu"))
    files = [house / "pipeline.py", *(path for folder in folders for path in folder.rglob("*.*"))]
    for path in sorted(path for path in files if path.suffix != ".pyc" and path.is_file()):
        digest.update(path.relative_to(house).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version}+{digest.hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class _Due:
    """An article that is under way: its place in the journal, its hash, and the signature it had before."""

    seq: int
    content: bytes
    signed: bytes | None


class Journal:
    """An open journal; one run at a time holds it. Use as a context manager.

    Raises UsageError where it is no journal of ours or held by another run, OutputLostError where it takes no more.
    """

    def __init__(self, path: Path, *, form: str, version: str) -> None:
        self.path = path
        self.version = version
        self.run = 0
        self.unchanged = 0
        self.passed = 0
        self._position = 0
        self._uncommitted = 0
        self._due: dict[str, _Due] = {}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(path, isolation_level=None, timeout=1)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(self._refused(error)) from None
        try:
            self._prepare(form)
        except sqlite3.Error as error:
            self.db.close()
            raise UsageError(self._refused(error)) from None
        except UsageError:
            self.db.close()
            raise

    def _prepare(self, form: str) -> None:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000"):
            self.db.execute(f"PRAGMA {pragma}")
        self.db.execute("BEGIN IMMEDIATE")
        (found,) = self.db.execute("PRAGMA user_version").fetchone()
        if found == 0:
            for statement in (Path(__file__).parent / "journal.sql").read_text("utf-8").split(";\n"):
                self.db.execute(statement)
            self.db.execute("INSERT INTO about VALUES ('form', ?)", (form,))
            self.db.execute(f"PRAGMA user_version={_VERSION}")
        elif found != _VERSION:
            raise UsageError(f"{self.path} is a journal of version {found}, not {_VERSION}; {_INSTEAD}")
        (kept,) = self.db.execute("SELECT value FROM about WHERE key = 'form'").fetchone()
        if kept != form:
            raise UsageError(f"{self.path} is the journal of {kept}, not of {form}; {_INSTEAD}")
        self.db.execute("COMMIT")

    def _refused(self, error: Exception) -> str:
        if "locked" in str(error):
            return f"another run holds the journal {self.path}; wait for it, or name another place with --out"
        reason = getattr(error, "strerror", None) or error
        return (
            f"no journal can be kept in {self.path}: {reason}; --journal names another file, --no-journal goes without"
        )

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            if self.db.in_transaction:
                self.db.execute("COMMIT")
        self.db.close()

    @contextlib.contextmanager
    def written(self) -> Iterator[None]:
        """Write in a transaction, which ``commit`` ends; a full disk stops the run."""
        try:
            if not self.db.in_transaction:
                self.db.execute("BEGIN")
            yield
        except sqlite3.Error as error:
            raise self._lost(error) from None

    def _lost(self, error: sqlite3.Error) -> OutputLostError:
        return OutputLostError(f"the journal {self.path} cannot be written: {error}")

    def commit(self) -> None:
        """Make what was noted so far last; what is not is read again after a kill."""
        with self.written():
            self.db.execute("COMMIT")
        self._uncommitted = 0

    # --- a run ----------------------------------------------------------------------------------------------------

    def begin(self, arguments: Mapping[str, Any]) -> None:
        """Note that a run begins, with what it was given."""
        with self.written():
            told = json.dumps(dict(arguments), ensure_ascii=False)
            cursor = self.db.execute("INSERT INTO runs (started, arguments) VALUES (?, ?)", (_now(), told))
            self.run = cursor.lastrowid or 0
            self.db.execute("DELETE FROM unreadable")
        self.commit()

    def end(self) -> None:
        """Note that the run did all it was given."""
        with self.written():
            self.db.execute("UPDATE runs SET ended = ? WHERE run = ?", (_now(), self.run))
        self.commit()

    def stopped(self) -> dict[str, Any] | None:
        """Give the arguments of the last run if it did not come to its end."""
        found = self.db.execute("SELECT ended, arguments FROM runs ORDER BY run DESC LIMIT 1").fetchone()
        if found is None or found[0] is not None:
            return None
        arguments: dict[str, Any] = json.loads(found[1])
        return arguments

    def outcome(self, article_id: str) -> str | None:
        """Tell what became of an article: ``done``, ``failed``, None where it is unknown or was never read."""
        found = self.db.execute("SELECT outcome FROM articles WHERE id = ?", (article_id,)).fetchone()
        return found[0] if found else None

    def due(self, article: Article, *, there: bool) -> bool:
        """Meet an article: tell whether it has to be read.

        It has where it is new, changed or failed, its output is not ``there`` any more, or the program is another.
        """
        content = sha256(article.model_dump_json().encode()).digest()
        query = "SELECT seq, signature, content, version, outcome FROM articles WHERE id = ?"
        found = self.db.execute(query, (article.id,)).fetchone()
        with self.written():
            place = (self.run, self._position, article.source)
            if found is None:
                statement = "INSERT INTO articles (run, position, source, id) VALUES (?, ?, ?, ?)"
                seq, signed = self.db.execute(statement, (*place, article.id)).lastrowid or 0, None
            else:
                seq, signed = found[:2]
                statement = "UPDATE articles SET run = ?, position = ?, source = ? WHERE seq = ?"
                self.db.execute(statement, (*place, seq))
        self._position += 1
        if there and found is not None and found[2:] == (content, self.version, "done"):
            self.unchanged += 1
            self._count()
            return False
        self._due[article.id] = _Due(seq, content, signed)
        return True

    def keep(self, article: Article) -> None:
        """Meet an article that is not to be read now: it keeps its place and what became of it."""
        with self.written():
            statement = "UPDATE articles SET run = ?, position = ? WHERE id = ?"
            self.db.execute(statement, (self.run, self._position, article.id))
        self._position += 1
        self.passed += 1
        self._count()

    def record(self, outcome: Outcome, *, with_document: bool) -> None:
        """Note what became of an article, or of an input that is none."""
        with self.written():
            if isinstance(outcome, Done):
                self._record_done(outcome, with_document)
            elif (due := self._due.pop(outcome.source, None)) is None:
                self.db.execute("INSERT INTO unreadable VALUES (?, ?, ?)", (self.run, outcome.source, outcome.reason))
            else:
                self.db.execute(
                    "UPDATE articles SET outcome = 'failed', cause = ?, reason = ?, content = ?, version = ?"
                    " WHERE seq = ?",
                    (outcome.cause, outcome.reason, due.content, self.version, due.seq),
                )
        self._count()

    def _record_done(self, done: Done, with_document: bool) -> None:
        due = self._due.pop(done.id)
        if due.signed is not None and due.signed != done.signature:
            links.unlink(self.db, due.seq, due.signed)
        self.db.execute(
            "UPDATE articles SET outcome = 'done', cause = NULL, reason = NULL, fresh = 1, content = ?, version = ?,"
            " characters = ?, seconds = ?, counts = ?, findings = ?, signature = ?, linked = ? WHERE seq = ?",
            (
                *(due.content, self.version, done.characters, round(done.seconds, 6)),
                *(json.dumps(done.counts), json.dumps(dict(done.findings))),
                *(done.signature, done.signature is None or due.signed == done.signature, due.seq),
            ),
        )
        if with_document:
            body = done.document.encode()
            stored = (due.seq, len(body), pa.compress(body, codec="lz4_raw", asbytes=True))
            self.db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", stored)

    def _count(self) -> None:
        self._uncommitted += 1
        if self._uncommitted >= _OUTCOMES_A_COMMIT:
            self.commit()

    # --- what goes into the output ----------------------------------------------------------------------------------

    def documents_of_run(self) -> Iterator[str]:
        """Give what was written of the articles that this run met, in its order."""
        query = "SELECT seq FROM articles WHERE run = ? ORDER BY position"
        for (seq,) in self.db.execute(query, (self.run,)):
            yield from self._documents(seq, seq)

    def documents_between(self, first: int, last: int) -> Iterator[str]:
        """Give what was written of the articles ``first`` to ``last``, in the order in which they were first met."""
        yield from self._documents(first, last)

    def _documents(self, first: int, last: int) -> Iterator[str]:
        query = "SELECT size, body FROM documents WHERE seq BETWEEN ? AND ? ORDER BY seq"
        for size, body in self.db.execute(query, (first, last)):
            yield pa.decompress(body, size, codec="lz4_raw", asbytes=True).decode()

    def fresh(self, width: int) -> list[int]:
        """List the parts, of ``width`` articles each, with a document that is not in the output yet."""
        query = "SELECT DISTINCT (seq - 1) / ? FROM articles WHERE fresh ORDER BY 1"
        return [part for (part,) in self.db.execute(query, (width,))]

    def parts(self, width: int) -> list[int]:
        """List the parts that hold a document."""
        query = "SELECT DISTINCT (seq - 1) / ? FROM documents ORDER BY 1"
        return [part for (part,) in self.db.execute(query, (width,))]

    def settled(self, first: int, last: int) -> None:
        """Note that the documents of the articles ``first`` to ``last`` are in the output."""
        with self.written():
            self.db.execute("UPDATE articles SET fresh = 0 WHERE fresh AND seq BETWEEN ? AND ?", (first, last))
        self.commit()

    def forget_others(self) -> None:
        """Forget the articles that this run did not meet: its output does not hold them."""
        query = "SELECT seq, signature FROM articles WHERE run <> ? LIMIT 500"
        while gone := self.db.execute(query, (self.run,)).fetchall():
            with self.written():
                for seq, signed in gone:
                    links.unlink(self.db, seq, signed)
                    self.db.execute("DELETE FROM documents WHERE seq = ?", (seq,))
                    self.db.execute("DELETE FROM articles WHERE seq = ?", (seq,))
            self.commit()

    def link(self) -> None:
        """Link the near duplicates among what was noted so far."""
        if self.db.in_transaction:
            self.commit()
        try:
            links.link(self.db)
        except sqlite3.Error as error:
            raise self._lost(error) from None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
