"""Files compressed by gzip or Zstandard, recognised by their names: ``news.jsonl.gz``, ``news.jsonl.zst``."""

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from zhengshu.errors import InputError

SUFFIXES = (".gz", ".zst")


def plain(name: str) -> str:
    """Give a name without the suffix of its compression: ``news.jsonl.gz -> news.jsonl``."""
    return name.removesuffix(".gz").removesuffix(".zst")


@contextlib.contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, decompressed as it is read.

    Raises InputError where the compressed data are damaged or cut off, at whatever byte that shows.
    """
    try:
        if path.name.endswith(".gz"):
            with gzip.open(path, "rb") as file:
                yield cast("BinaryIO", file)
        elif path.name.endswith(".zst"):
            with path.open("rb") as raw, pa.CompressedInputStream(raw, "zstd") as stream:
                yield cast("BinaryIO", io.BufferedReader(stream, 1 << 20))
        else:
            with path.open("rb") as file:
                yield file
    except (EOFError, gzip.BadGzipFile, zlib.error, pa.ArrowException) as error:
        raise InputError(f"the compressed data are damaged or cut off: {error}") from None
    except OSError as error:
        if error.errno is not None:
            raise
        raise InputError(f"the compressed data are damaged or cut off: {error}") from None


@contextlib.contextmanager
def writing(file: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Compress what is written to ``file`` as its final ``name`` says; the same bytes each time."""
    if name.endswith(".gz"):
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as compressed:
            yield cast("BinaryIO", compressed)
    elif name.endswith(".zst"):
        with pa.CompressedOutputStream(cast("io.IOBase", file), "zstd") as stream:
            yield cast("BinaryIO", stream)
    else:
        yield file
