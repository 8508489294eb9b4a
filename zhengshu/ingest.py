"""Inputs to articles: files, folders, patterns and standard input, one at a time, so that memory stays flat.

What cannot be read is a ``Failure`` in the stream, with its file and line; the stream goes on.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from schemas import Article
from zhengshu import compression
from zhengshu.charset import decode
from zhengshu.errors import Failure, InputError
from zhengshu.records import METADATA, Fields, json_object, make_article, parse_date
from zhengshu.seen import Seen

__all__ = ["MAX_BYTES", "METADATA", "SUFFIXES", "Columns", "files", "find", "kind", "parse_date", "read"]

MAX_BYTES = 20_000_000
"""A larger article or line is no press release; it is refused without being held in memory."""

SUFFIXES = (".txt", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
SIDECAR = ".meta.json"

_GLOB = re.compile(r"[*?[]")
_FIELDS = ("id", "text", *METADATA)

Located = tuple[str, Fields | InputError]
"""What was found and where: the fields of an article or the reason why there are none."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which field of a record or column of a table holds what: ``{"text": "content"}``; others go by their name."""

    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> str:
        """Give the name of a field in the input."""
        return self.names.get(name, name)

    def fields(self, found: Mapping[str, object], source: str) -> Fields:
        """Pick the fields of an article from a record."""
        return {**{name: found.get(self.of(name)) for name in _FIELDS}, "source": source}


def read(
    inputs: Iterable[str],
    *,
    published: date | None = None,
    region: str | None = None,
    columns: Mapping[str, str] | None = None,
    below: Path | None = None,
) -> Iterator[Article | Failure]:
    """Read every article of the inputs; ``published`` and ``region`` stand in where an article has none.

    ``["corpus/articles", "news.jsonl", "-"]`` -> the articles in order: folders sorted by name, lines as they come.
    ``columns`` names the fields of records and tables that are called otherwise: ``{"text": "content"}``. Files that
    are given one by one have the ids that they have in the folder ``below`` which they lie.
    """
    with Seen() as seen:
        for given in inputs:
            for where, found in find(given, Columns(columns or {}), below):
                try:
                    if isinstance(found, InputError):
                        raise found
                    article = make_article(found, published, region)
                    if (first := seen.before(article.id, where)) is not None:
                        raise InputError(
                            f"the id {article.id!r} was taken by {first}; give each article an id of its own"
                        )
                except InputError as error:
                    yield Failure(where, str(error))
                    continue
                yield article


def kind(name: str) -> str:
    """Give the suffix that tells how a file is read, empty where it is not: ``A.JSONL.gz -> .jsonl.gz``."""
    return next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), "")


def files(inputs: Iterable[str]) -> Iterator[Path]:
    """Give the files of the inputs that can be read; what cannot be is left to ``read``."""
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            yield from (file for file in _walk(path) if isinstance(file, Path))
        elif path.is_file():
            yield path
        elif given != "-" and _GLOB.search(given):
            yield from _matching(given)[1]


def count(inputs: Iterable[str]) -> int | None:
    """Count the articles of the inputs without reading them: files, lines, rows; None where that cannot be known."""
    inputs, total = [*inputs], 0
    if "-" in inputs:
        return None
    try:
        for path in files(inputs):
            total += 1 if kind(path.name) == ".txt" else _entries(path)
    except (OSError, ValueError, InputError):
        return None
    return total


def _entries(path: Path) -> int:
    if kind(path.name) == ".parquet":
        from pyarrow.parquet import read_metadata  # noqa: PLC0415

        return read_metadata(path).num_rows
    with compression.reading(path) as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def find(given: str, columns: Columns, below: Path | None = None) -> Iterator[Located]:
    """Find the articles of one input: ``-``, a file, a folder or a pattern."""
    if given == "-":
        yield from _lines(sys.stdin.buffer, "-", columns)
        return
    path = Path(given)
    try:
        path.stat()
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and _GLOB.search(given):
            yield from _matches(given, columns)
        else:
            yield _name(given), _unreadable(error)
    else:
        relative = path.relative_to(below).as_posix() if below is not None else path.name
        yield from _folder(path, columns) if path.is_dir() else _file(path, relative, columns)


def _matches(pattern: str, columns: Columns) -> Iterator[Located]:
    """Yield the articles of the files that a pattern finds, in order; ids are paths below its fixed part."""
    fixed, paths = _matching(pattern)
    if not paths:
        yield _name(pattern), InputError("no file matches the pattern; it needs .txt, .jsonl or .parquet files")
    for path in paths:
        yield from _file(path, path.relative_to(fixed).as_posix(), columns)


def _matching(pattern: str) -> tuple[Path, list[Path]]:
    """Split ``news/2024/*/*.txt`` at its first ``*``, ``?`` or ``[``: the fixed part and the files below it."""
    parts = Path(pattern).parts
    first = next(i for i, part in enumerate(parts) if _GLOB.search(part))
    fixed = Path(*parts[:first])
    try:
        found = sorted(fixed.glob("/".join(parts[first:])))
    except (OSError, ValueError):
        found = []
    return fixed, [path for path in found if kind(path.name) and path.is_file()]


def _folder(folder: Path, columns: Columns) -> Iterator[Located]:
    """Yield the articles of a folder and those below it; hidden files and files of other kinds are passed over."""
    found = False
    for path in _walk(folder):
        if isinstance(path, OSError):
            found = True
            yield _name(path.filename), _unreadable(path)
        else:
            found = True
            yield from _file(path, path.relative_to(folder).as_posix(), columns)
    if not found:
        yield _name(folder), InputError("the folder holds no articles; it needs .txt, .jsonl or .parquet files")


def _walk(folder: Path) -> Iterator[Path | OSError]:
    """Give the files of a folder that can be read, sorted by name, and what cannot be listed at the end."""
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            if kind(path.name) and path.is_file():
                yield path
    yield from closed


def _file(path: Path, relative: str, columns: Columns) -> Iterator[Located]:
    """Read one file; ``relative`` is its path below the folder that was given, and makes the id of a text."""
    suffix = kind(path.name)
    try:
        if suffix == ".txt":
            yield _name(path), _text(path, relative)
        elif suffix == ".parquet":
            yield from _rows(path, columns)
        elif suffix:
            with compression.reading(path) as lines:
                yield from _lines(lines, _name(path), columns)
        else:
            told = path.suffix.lower() or "without a suffix"
            raise InputError(f"files of the kind {told} are not read; give .txt, .jsonl or .parquet")
    except InputError as error:
        yield _name(path), error
    except OSError as error:
        yield _name(path), _unreadable(error)


def _unreadable(error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError("there is no such file or folder")
    return InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _text(path: Path, relative: str) -> Fields:
    """Read a text file and its sidecar; folders in its path become part of the id: ``2022/zibo.txt -> 2022__zibo``."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB; cut it into articles")
    name = relative.removesuffix(path.suffix).replace("/", "__")
    return {**_sidecar(path), "id": name, "text": decode(data), "source": _name(path)}


def _sidecar(path: Path) -> Fields:
    sidecar = path.with_name(path.stem + SIDECAR)
    if not sidecar.is_file():
        return {}
    try:
        fields = json_object(decode(sidecar.read_bytes()))
        if not any(key in fields for key in METADATA):
            raise InputError(f"it has none of {', '.join(METADATA)}")
    except (InputError, OSError) as error:
        raise InputError(f"its metadata file {_name(sidecar.name)} cannot be used: {error}") from None
    return {key: fields.get(key) for key in METADATA}


# --- JSON Lines and tables -------------------------------------------------------------------------------------------


def _lines(file: BinaryIO, name: str, columns: Columns) -> Iterator[Located]:
    r"""Read JSON Lines: ``\n`` alone ends a line, for U+2028 and U+0085 may stand inside a text."""
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > MAX_BYTES:
            _skip_line(file, line)
            yield where, InputError(f"the line is longer than {MAX_BYTES // 1_000_000} MB; cut it into articles")
        elif not line.isspace():
            yield where, _record(line, number, f"{name}:{number}", columns)


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(1 << 16)


def _record(line: bytes, number: int, source: str, columns: Columns) -> Fields | InputError:
    try:
        text = line.decode("utf-8")
        return columns.fields(json_object(text.removeprefix("\ufeff") if number == 1 else text), source)
    except UnicodeDecodeError as error:
        return InputError(f"the line is not UTF-8 at byte {error.start}, as JSON has to be; convert the file to UTF-8")
    except InputError as error:
        return error


def _rows(path: Path, columns: Columns) -> Iterator[Located]:
    """Read the rows of a Parquet file, a few at a time."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow.parquet import ParquetFile  # noqa: PLC0415

    try:
        with ParquetFile(path) as table:
            there = set(table.schema_arrow.names)
            for name in ("id", "text"):
                if columns.of(name) not in there:
                    has = ", ".join(table.schema_arrow.names)
                    raise InputError(f"it has no column {columns.of(name)}; name one of {has} with --columns {name}=…")
            wanted = [columns.of(name) for name in _FIELDS if columns.of(name) in there]
            number = 0
            for batch in table.iter_batches(64, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    fields = columns.fields(row, f"{_name(path)}:{number}")
                    if isinstance(day := fields["published"], date):
                        fields["published"] = day.isoformat()
                    yield f"{_name(path)}, row {number}", fields
    except pa.ArrowException as error:
        raise InputError(f"this Parquet file cannot be read: {error}") from None


def _name(path: Path | str) -> str:
    """Write a path as text: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
