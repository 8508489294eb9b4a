"""The ids of a run, each with the place it was first seen in; in a file of its own when they are many."""

import sqlite3
from types import TracebackType


class Seen:
    """Ids that were taken. SQLite keeps them in memory up to some size and in a temporary file beyond it."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode=OFF")
        self.db.execute("PRAGMA cache_size=-8000")
        self.db.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID")

    def __enter__(self) -> "Seen":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.db.close()

    def before(self, article_id: str, place: str) -> str | None:
        """Take an id for a place; give the place that had taken it before, if there is one."""
        taken = self.db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (article_id, place)).rowcount
        if taken:
            return None
        (first,) = self.db.execute("SELECT place FROM seen WHERE id = ?", (article_id,)).fetchone()
        return str(first)
