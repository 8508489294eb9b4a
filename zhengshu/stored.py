"""Documents that were written before: found, indexed by article, loaded one at a time."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from schemas import Extraction
from zhengshu import compression
from zhengshu.errors import DocumentError, Failure, InputError, UsageError

_OPENING = re.compile(rb'\{\s*"schema_version":\s*"[^"\\]*",\s*"article":\s*(?=\{)')
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a document stands: a file, and the byte at which its line begins in a JSONL.

    ``unpacked`` is the temporary file that holds the lines of a compressed file or of Parquet as long as it is needed.
    """

    path: Path
    name: str
    offset: int | None
    id: str
    sha256: str
    unpacked: object = None

    def line(self) -> bytes:
        """Read the document as it is stored."""
        if self.offset is None:
            return self.path.read_bytes()
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return file.readline()

    def load(self) -> Extraction:
        """Read the document; raises DocumentError where it is not of the schema."""
        try:
            return Extraction.model_validate_json(self.line())
        except ValidationError as error:
            first = error.errors()[0]
            at = ".".join(map(str, first["loc"]))
            raise DocumentError(f"is no output document: {at}: {first['msg']}") from None

    def try_load(self) -> Extraction | Failure:
        """Read the document, or tell why not as a value."""
        try:
            return self.load()
        except (DocumentError, OSError) as error:
            return Failure(self.name, str(error))


def find(outputs: str) -> Iterator[Stored | Failure]:
    """Find the documents of an output folder, of one ``.json``, of a ``.jsonl`` (``.gz``, ``.zst``) or of Parquet.

    Raises UsageError where there are none: a wrong path must not look like a clean result.
    """
    path = Path(outputs)
    if not path.exists():
        raise UsageError(f"there is no {outputs}; name the folder or file that extract wrote")
    if (path / "articles").is_dir() and any((path / "articles").glob("part-*.parquet")):
        yield from _parquet(path)
        return
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    files = [file for file in files if not file.name.startswith(".") and _suffix(file) in (".json", ".jsonl")]
    if not files:
        raise UsageError(f"{outputs} holds no documents; name the folder or file that extract wrote")
    for file in files:
        if _suffix(file) == ".json":
            yield _locate(file, str(file), None, file.read_bytes())
        elif file.suffix == ".jsonl":
            yield from _lines(file, str(file))
        else:
            yield from _compressed(file)


def _suffix(path: Path) -> str:
    return Path(compression.plain(path.name)).suffix


def _lines(path: Path, name: str, unpacked: object = None) -> Iterator[Stored | Failure]:
    with path.open("rb") as file:
        offset = 0
        for number, line in enumerate(file, 1):
            if not line.isspace():
                yield _locate(path, f"{name}, line {number}", offset, line, unpacked)
            offset += len(line)


def _compressed(path: Path) -> Iterator[Stored | Failure]:
    """Unpack a compressed file into a temporary one, for its documents are read in any order."""
    unpacked = tempfile.NamedTemporaryFile(prefix="zhengshu-", suffix=".jsonl")  # noqa: SIM115
    try:
        with compression.reading(path) as lines:
            shutil.copyfileobj(lines, unpacked, 1 << 20)
    except InputError as error:
        yield Failure(str(path), str(error))
    unpacked.flush()
    yield from _lines(Path(unpacked.name), str(path), unpacked)


def _parquet(folder: Path) -> Iterator[Stored | Failure]:
    from zhengshu import parquet  # noqa: PLC0415

    unpacked = tempfile.NamedTemporaryFile(prefix="zhengshu-", suffix=".jsonl")  # noqa: SIM115
    try:
        for document in parquet.documents(folder):
            unpacked.write(document.encode() + b"\n")
    except DocumentError as error:
        yield Failure(str(folder), str(error))
    unpacked.flush()
    yield from _lines(Path(unpacked.name), str(folder), unpacked)


def _locate(path: Path, name: str, offset: int | None, line: bytes, unpacked: object = None) -> Stored | Failure:
    try:
        header = _header(line)
        found = Stored(path, name, offset, str(header["id"]), str(header["sha256"]), unpacked)
    except (ValueError, RecursionError) as error:
        return Failure(name, f"this is no JSON: {error}")
    except (KeyError, TypeError):
        return Failure(name, "this is no output document: it names no article")
    if offset is None and path.stem != found.id:
        return Failure(name, f"holds the document of {found.id!r}, so it should be called {found.id}.json")
    return found


def _header(line: bytes) -> Any:  # noqa: ANN401
    """Read what a document says of its article: of one that begins and ends as ours do, no more than that."""
    if (opening := _OPENING.match(line)) and line.rstrip().endswith(b"}"):
        return _DECODER.raw_decode(line[opening.end() :].decode())[0]
    return json.loads(line)["article"]
