"""Places of output, and how each is brought up to date from the journal: a folder, one file, a folder of Parquet."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from zhengshu import compression, fact_lines, sinks
from zhengshu.batch.journal import Journal
from zhengshu.batch.outcomes import Write, as_json
from zhengshu.errors import UsageError

PART = 20_000
"""So many articles make a part of Parquet."""
_OF_FILES = (".parquet", ".jsonl", ".json", ".csv")
_GROUP = 500
"""So many articles make a group of its rows."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place of output: what it is, how a document is written there, and what stands above all of them."""

    place: str
    kind: Literal["folder", "file", "parquet", "stdout"]
    form: str
    write: Write
    head: str = ""
    end: bytes = b""

    @property
    def journal(self) -> Path:
        """Give the place of its journal: hidden in a folder, beside a file."""
        place = Path(self.place)
        return place / ".journal.sqlite" if self.kind != "file" else place.with_name(f".{place.name}.journal.sqlite")

    def has(self, article_id: str) -> bool:
        """Tell whether a document that was written there is there still."""
        return self.kind != "folder" or Path(self.place, f"{article_id}.json").exists()

    @contextmanager
    def open(self) -> Iterator[sinks.Sink]:
        """Open a place that takes documents as they come: everything but Parquet."""
        opened = sinks.open_sink(self.place) if self.kind == "folder" else sinks.open_file(self.place, self.end)
        with opened as sink:
            if self.head:
                sink.write("", self.head)
            yield sink


def choose(form: str, out: str | None, *, bom: bool = False) -> Target:
    """Find what ``--format`` and ``--out`` mean; raises UsageError where they do not fit."""
    if bom and form != "facts-csv":
        raise UsageError("--bom is for spreadsheets that read CSV; use it with --format facts-csv")
    if form == "json":
        return _documents(out or "outputs")
    if form == "parquet":
        place = out or "parquet"
        if place == "-" or (compression.plain(place).endswith(_OF_FILES) and not Path(place).is_dir()):
            raise UsageError(f"Parquet goes to a folder with a table for each kind of record, not to {place}")
        return Target(place, "parquet", form, as_json)
    table = fact_lines.FORMATS[form]
    place, head = out or f"facts{table.suffix}", "\ufeff" + table.head if bom else table.head
    if place != "-" and not compression.plain(place).endswith(table.suffix):
        told = f"the lines of all articles go to one file, not to {place}"
        raise UsageError(f"{told}; name FILE{table.suffix} or - with --out")
    kind: Literal["stdout", "file"] = "stdout" if place == "-" else "file"
    return Target(place, kind, f"{form} with BOM" if bom else form, table.write, head)


def _documents(place: str) -> Target:
    plain = compression.plain(place)
    if place == "-" or plain.endswith(".jsonl"):
        return Target(place, "stdout" if place == "-" else "file", "json lines", as_json, end=b"\n")
    if plain.endswith(".csv") and not Path(place).is_dir():
        raise UsageError(f"{place} would be a folder of JSON documents; add --format facts-csv, or name another place")
    return Target(place, "folder", "json", as_json)


# --- what is put together from the journal ---------------------------------------------------------------------------


def prepare(target: Target) -> None:
    """Make the place and try it, before any article is read; raises UsageError where nothing can be written."""
    place = Path(target.place)
    folder = place.parent if target.kind == "file" else place
    with sinks.removed(sinks.prepare(place, folder)):
        pass


def bring_up_to_date(target: Target, journal: Journal, advance: Callable[[str], object]) -> None:
    """Write what the journal has and the place has not; ``advance`` is told what is written."""
    if target.kind == "file":
        _write_file(target, journal)
    elif target.kind == "parquet":
        wanted = {*journal.fresh(PART), *(part for part in journal.parts(PART) if not _whole(target, part))}
        for part in sorted(wanted):
            advance(f"part {part}")
            _write_part(target, journal, part)


def _write_file(target: Target, journal: Journal) -> None:
    with target.open() as sink:
        for document in journal.documents_of_run():
            sink.write("", document)


def _paths(target: Target, part: int) -> dict[str, Path]:
    from zhengshu.parquet import SCHEMAS  # noqa: PLC0415

    return {name: Path(target.place, name, f"part-{part:05}.parquet") for name in SCHEMAS}


def _whole(target: Target, part: int) -> bool:
    return all(path.exists() for path in _paths(target, part).values())


def _write_part(target: Target, journal: Journal, part: int) -> None:
    """Write a part anew, each file whole; after a kill between two of them all are written again."""
    from zhengshu.parquet import open_part  # noqa: PLC0415

    first, last = part * PART + 1, (part + 1) * PART
    paths = _paths(target, part)
    with ExitStack() as stack:
        stack.enter_context(sinks.translated(always_lost=True))
        temporary = {name: sinks.prepare(path, path.parent) for name, path in paths.items()}
        for path in temporary.values():
            stack.enter_context(sinks.removed(path))
        with open_part(temporary) as opened:
            documents = journal.documents_between(first, last)
            while group := [*islice(documents, _GROUP)]:
                opened.write(group)
        for name, path in paths.items():
            temporary[name].replace(path)
    journal.settled(first, last)
