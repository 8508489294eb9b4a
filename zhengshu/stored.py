"""Documents that were written before: found, indexed by article, loaded one at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from schemas import Extraction
from zhengshu.errors import DocumentError, Failure, UsageError


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a document stands: a file, and the byte at which its line begins in a JSONL."""

    path: Path
    name: str
    offset: int | None
    id: str
    sha256: str

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


def find(outputs: str) -> Iterator[Stored | Failure]:
    """Find the documents of an output folder, of one ``.json`` or of a ``.jsonl``.

    Raises UsageError where there are none: a wrong path must not look like a clean result.
    """
    path = Path(outputs)
    if not path.exists():
        raise UsageError(f"there is no {outputs}; name the folder or .jsonl that extract wrote")
    files = sorted(path.rglob("*.json*")) if path.is_dir() else [path]
    files = [file for file in files if file.suffix in (".json", ".jsonl") and not file.name.startswith(".")]
    if not files:
        raise UsageError(f"{outputs} holds no documents; name the folder or .jsonl that extract wrote")
    for file in files:
        if file.suffix == ".jsonl":
            yield from _lines(file)
        else:
            yield _locate(file, str(file), None, file.read_bytes())


def _lines(path: Path) -> Iterator[Stored | Failure]:
    with path.open("rb") as file:
        offset = 0
        for number, line in enumerate(file, 1):
            if not line.isspace():
                yield _locate(path, f"{path}, line {number}", offset, line)
            offset += len(line)


def _locate(path: Path, name: str, offset: int | None, line: bytes) -> Stored | Failure:
    try:
        header = json.loads(line)["article"]
        found = Stored(path, name, offset, str(header["id"]), str(header["sha256"]))
    except (ValueError, RecursionError) as error:
        return Failure(name, f"this is no JSON: {error}")
    except (KeyError, TypeError):
        return Failure(name, "this is no output document: it names no article")
    if offset is None and path.stem != found.id:
        return Failure(name, f"holds the document of {found.id!r}, so it should be called {found.id}.json")
    return found
