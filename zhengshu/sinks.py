"""Where documents go: a folder, one JSONL file or standard output; and the one file that lines of a table go to.

A file appears whole or not at all: it is written under a temporary name beside its place, then moved there.
"""

import contextlib
import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO, Protocol

from zhengshu import compression
from zhengshu.errors import OutputError, OutputLostError, UsageError

_LOST = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
"""Errors after which no other document can be written there either."""

_TEMPORARY = re.compile(r"\.zhengshu-(\d+)-\d+\.tmp")
_serial = count()


class Sink(Protocol):
    """A place for documents; ``write`` takes what is written of one: a line of JSON without its line feed, or lines."""

    def write(self, article_id: str, document: str) -> None:
        """Write one document whole or raise OutputError."""


@contextmanager
def open_sink(out: str) -> Iterator[Sink]:
    """Open the place that ``--out`` names: ``-``, ``FILE.jsonl`` (maybe with ``.gz`` or ``.zst``), else a folder.

    A folder is made where there is none.

    Raises UsageError where nothing can be written there, before any article is read.
    """
    if out == "-" or compression.plain(out).endswith(".jsonl"):
        with open_file(out, b"\n") as stream:
            yield stream
        return
    place = Path(out)
    temporary = prepare(place, place)
    with removed(temporary):
        yield _Folder(place, temporary)


@contextmanager
def open_file(out: str, end: bytes) -> Iterator["_Stream"]:
    """Open one file, or standard output, for what is written of each document with ``end`` behind it.

    A file whose name ends in ``.gz`` or ``.zst`` is compressed.
    """
    if out == "-":
        yield _Stream(sys.stdout.buffer, end)
        with translated(always_lost=True):
            sys.stdout.buffer.flush()
        return
    place = Path(out)
    temporary = prepare(place, place.parent)
    with contextlib.ExitStack() as stack:
        stack.enter_context(removed(temporary))
        stack.enter_context(translated(always_lost=True))
        file = stack.enter_context(whole(place, temporary))
        yield _Stream(stack.enter_context(compression.writing(file, out)), end)


@contextmanager
def removed(temporary: Path) -> Iterator[None]:
    """Remove what a signal between any two steps of a write may leave."""
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            _remove(temporary)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def temporary_name(parent: Path) -> Path:
    """Name what this process writes before it takes its place, so that ``_sweep`` knows it."""
    return parent / f".zhengshu-{os.getpid()}-{next(_serial)}.tmp"


def prepare(place: Path, parent: Path, *, folder: bool = False) -> Path:
    """Make the folder of the output and try it; give the temporary file, or folder, that this sink writes under."""
    temporary = temporary_name(parent)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        if not folder and parent != place and place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder, not a file")
        _sweep(parent)
        if folder:
            temporary.mkdir()
        else:
            temporary.touch()
    except OSError as error:
        reason = "it is a file, not a folder" if isinstance(error, FileExistsError) else error.strerror or error
        raise UsageError(f"nothing can be written to {place}: {reason}; name another place with --out") from None
    return temporary


class _Folder:
    """One file a document: ``outputs/<article id>.json``."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self.folder = folder
        self.temporary = temporary

    def write(self, article_id: str, document: str) -> None:
        if not article_id or article_id.startswith(".") or "\0" in article_id or Path(article_id).name != article_id:
            raise OutputError(f"the id {article_id!r} would leave the output folder; choose another")
        with translated(), whole(self.folder / f"{article_id}.json", self.temporary) as file:
            file.write(layout(document).encode())


class _Stream:
    """One document behind the other, each with its end."""

    def __init__(self, file: BinaryIO, end: bytes) -> None:
        self.file = file
        self.end = end

    def write(self, article_id: str, document: str) -> None:
        with translated(always_lost=True):
            self.file.write(document.encode() + self.end)


@contextmanager
def whole(place: Path, temporary: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when it is complete; until then the place stays as it was."""
    with temporary.open("wb") as file:
        yield file
    temporary.replace(place)


def layout(document: str) -> str:
    """Lay a document out for reading and for diff: one line a record.

    ``{"a":[{"b":1}]}`` -> ``{⏎"a": [⏎  {"b": 1}⏎]⏎}⏎``
    """
    fields = []
    for key, value in json.loads(document).items():
        if isinstance(value, list) and value:
            records = ",\n  ".join(json.dumps(record, ensure_ascii=False) for record in value)
            fields.append(f'"{key}": [\n  {records}\n]')
        else:
            fields.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _sweep(folder: Path) -> None:
    """Remove what a killed run of ours left behind; the files of a run that lives stay."""
    for path in folder.iterdir():
        if (match := _TEMPORARY.fullmatch(path.name)) and not _alive(int(match[1])):
            _remove(path)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextmanager
def translated(*, always_lost: bool = False) -> Iterator[None]:
    """Say what keeps a document from being written; ``always_lost`` where nothing else can be written there either."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        lost = always_lost or error.errno in _LOST
        kind = OutputLostError if lost else OutputError
        raise kind(f"the document cannot be written: {error.strerror or error}") from None
