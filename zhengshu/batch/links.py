"""Which articles of a journal are near duplicates of which: the same release on several sites, linked, not dropped."""

import sqlite3
from collections.abc import Iterator

from zhengshu.batch.similar import LEAST, buckets, resemblance

_NEAREST = 64
"""So many articles that share a bucket are compared; boilerplate fills buckets without end."""

_UNLINKED = "SELECT seq, signature FROM articles WHERE NOT linked AND signature IS NOT NULL AND seq > ? LIMIT 500"
_EIGHT = ", ".join("?" * 8)


def link(db: sqlite3.Connection) -> None:
    """Link each article that is new to the first that it resembles; the links depend on the articles alone.

    First all are put into their buckets, then each looks for an earlier one; an article that was linked before and may
    resemble one that has come since (read again after a failure) looks anew.
    """
    (roof,) = db.execute("SELECT coalesce(max(seq), 0) FROM articles WHERE linked").fetchone()
    for seq, signed in _in_steps(db):
        db.executemany("INSERT OR IGNORE INTO buckets VALUES (?, ?)", ((bucket, seq) for bucket in buckets(signed)))
        if seq < roof:
            later = ((other,) for other in _neighbours(db, signed, seq + 1, roof))
            db.executemany("UPDATE articles SET linked = 0 WHERE seq = ?", later)
    for seq, signed in _in_steps(db):
        found = _first_alike(db, seq, signed)
        db.execute("UPDATE articles SET linked = 1, duplicate_of = ?, resemblance = ? WHERE seq = ?", (*found, seq))


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


def _neighbours(db: sqlite3.Connection, signed: bytes, first: int, last: int) -> list[int]:
    query = f"SELECT DISTINCT seq FROM buckets WHERE bucket IN ({_EIGHT}) AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?"  # noqa: S608
    return [seq for (seq,) in db.execute(query, (*buckets(signed), first, last, _NEAREST))]


def _first_alike(db: sqlite3.Connection, seq: int, signed: bytes) -> tuple[int | None, float | None]:
    for earlier in _neighbours(db, signed, 1, seq - 1):
        (other,) = db.execute("SELECT signature FROM articles WHERE seq = ?", (earlier,)).fetchone()
        alike = resemblance(signed, other)
        if alike >= LEAST:
            return earlier, alike
    return None, None
