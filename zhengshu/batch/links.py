"""Which articles of a journal are near duplicates of which: the same release on several sites, linked, not dropped."""

import sqlite3
from collections.abc import Iterator, Sequence

from zhengshu.batch.similar import LEAST, buckets, resemblance

_NEAREST = 64
"""So many articles that share a bucket are compared; boilerplate fills buckets without end."""

_UNLINKED = "SELECT seq, signature FROM articles WHERE NOT linked AND signature IS NOT NULL AND seq > ? LIMIT 500"
_EIGHT = ", ".join("?" * 8)


def link(db: sqlite3.Connection) -> None:
    """Link each article that is new to the first that it resembles; the links depend on the articles alone.

    Each is put into its buckets and looks for one before it. An article that comes late, for it was read again after a
    failure, loosens those behind it that may resemble it, and these look anew.
    """
    while _pass(db):
        pass


def _pass(db: sqlite3.Connection) -> int:
    """Link the articles that are not linked, in their order; give how many there were."""
    (roof,) = db.execute("SELECT coalesce(max(seq), 0) FROM articles WHERE linked").fetchone()
    number = 0
    for seq, signed in _in_steps(db):
        number += 1
        own = [*buckets(signed)]
        taken = ((bucket, seq) for bucket in own)
        new = db.executemany("INSERT OR IGNORE INTO buckets VALUES (?, ?)", taken).rowcount > 0
        if new and seq < roof:
            later = ((other,) for other in _neighbours(db, own, seq + 1, roof))
            db.executemany("UPDATE articles SET linked = 0 WHERE seq = ?", later)
        found = _first_alike(db, seq, signed, own)
        db.execute("UPDATE articles SET linked = 1, duplicate_of = ?, resemblance = ? WHERE seq = ?", (*found, seq))
    return number


def unlink(db: sqlite3.Connection, seq: int, signed: bytes | None) -> None:
    """Take an article that changed out of its buckets, and loosen the links to it."""
    if signed is not None:
        taken = ((bucket, seq) for bucket in buckets(signed))
        db.executemany("DELETE FROM buckets WHERE bucket = ? AND seq = ?", taken)
    loose = "linked = 0, duplicate_of = NULL, resemblance = NULL"
    db.execute(f"UPDATE articles SET {loose} WHERE duplicate_of = ? OR seq = ?", (seq, seq))  # noqa: S608


def duplicates(db: sqlite3.Connection) -> Iterator[tuple[str, str, float]]:
    """Give the near duplicates: id, id of the first article that it resembles, resemblance."""
    yield from db.execute(
        "SELECT a.id, b.id, a.resemblance FROM articles a JOIN articles b ON b.seq = a.duplicate_of ORDER BY a.seq"
    )


def count(db: sqlite3.Connection) -> int:
    """Count the articles that resemble an earlier one."""
    (found,) = db.execute("SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL").fetchone()
    return int(found)


def _in_steps(db: sqlite3.Connection) -> Iterator[tuple[int, bytes]]:
    """Give the articles that are not linked, some at a time, for they change under the query."""
    last = 0
    while rows := db.execute(_UNLINKED, (last,)).fetchall():
        db.execute("BEGIN")
        yield from rows
        db.execute("COMMIT")
        last = rows[-1][0]


def _neighbours(db: sqlite3.Connection, own: Sequence[int], first: int, last: int) -> list[int]:
    query = f"SELECT DISTINCT seq FROM buckets WHERE bucket IN ({_EIGHT}) AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?"  # noqa: S608
    return [seq for (seq,) in db.execute(query, (*own, first, last, _NEAREST))]


def _first_alike(
    db: sqlite3.Connection, seq: int, signed: bytes, own: Sequence[int]
) -> tuple[int | None, float | None]:
    for earlier in _neighbours(db, own, 1, seq - 1):
        (other,) = db.execute("SELECT signature FROM articles WHERE seq = ?", (earlier,)).fetchone()
        alike = resemblance(signed, other)
        if alike >= LEAST:
            return earlier, alike
    return None, None
