"""Inputs to articles: files, folders and standard input, one at a time, so that memory stays flat.

What cannot be read is a ``Failure`` in the stream, with its file and line; the stream goes on.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from schemas import Article
from zhengshu.charset import decode
from zhengshu.errors import Failure, InputError

MAX_BYTES = 20_000_000
"""A larger article or line is no press release; it is refused without being held in memory."""

MAX_ID = 200
METADATA = ("title", "publisher", "published", "region")
SUFFIXES = (".txt", ".jsonl")
SIDECAR = ".meta.json"

_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+ ?(?:Z|[+-][0-9:]+)?)?")

Fields = dict[str, object]
Located = tuple[str, Fields | InputError]
"""What was found and where: the fields of an article or the reason why there are none."""


def read(
    inputs: Iterable[str], *, published: date | None = None, region: str | None = None
) -> Iterator[Article | Failure]:
    """Read every article of the inputs; ``published`` and ``region`` stand in where an article has none.

    ``["corpus/articles", "news.jsonl", "-"]`` -> the articles in order: folders sorted by name, lines as they come.
    """
    seen: dict[str, str] = {}
    for given in inputs:
        for where, found in _find(given):
            try:
                if isinstance(found, InputError):
                    raise found
                article = _article(found, published, region)
                if article.id in seen:
                    raise InputError(
                        f"the id {article.id!r} was taken by {seen[article.id]}; give each article an id of its own"
                    )
            except InputError as error:
                yield Failure(where, str(error))
                continue
            seen[article.id] = where
            yield article


@lru_cache(maxsize=4096)
def parse_date(value: str) -> date:
    """Read an ISO date; of an ISO date and time the date counts: ``2022-09-13T08:00:00+08:00 -> 2022-09-13``."""
    match = _DATE.fullmatch(value.strip())
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise InputError(f"the date {_quote(value)} is no ISO date; write it like 2022-09-13") from None


def _find(given: str) -> Iterator[Located]:
    if given == "-":
        yield from _lines(sys.stdin.buffer, "-")
    else:
        path = Path(given)
        try:
            path.stat()
        except (OSError, ValueError) as error:
            yield _name(given), _unreadable(error)
        else:
            yield from _folder(path) if path.is_dir() else _file(path, path.name)


def _folder(folder: Path) -> Iterator[Located]:
    """Yield the articles of a folder and those below it; hidden files and files of other kinds are passed over."""
    found = False
    closed: list[OSError] = []
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(root, name) for name in sorted(files) if not name.startswith(".")):
            if path.suffix.lower() in SUFFIXES and path.is_file():
                found = True
                yield from _file(path, path.relative_to(folder).as_posix())
    for error in closed:
        yield _name(error.filename), _unreadable(error)
    if not found and not closed:
        yield _name(folder), InputError("the folder holds no articles; it needs .txt or .jsonl files")


def _file(path: Path, relative: str) -> Iterator[Located]:
    """Read one file; ``relative`` is its path below the folder that was given, and makes the id of a text."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".txt":
            yield _name(path), _text(path, relative)
        elif suffix == ".jsonl":
            with path.open("rb") as lines:
                yield from _lines(lines, _name(path))
        else:
            raise InputError(f"files of the kind {suffix or 'without a suffix'} are not read; give .txt or .jsonl")
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
        fields = _object(decode(sidecar.read_bytes()))
        if not any(key in fields for key in METADATA):
            raise InputError(f"it has none of {', '.join(METADATA)}")
    except (InputError, OSError) as error:
        raise InputError(f"its metadata file {_name(sidecar.name)} cannot be used: {error}") from None
    return {key: fields.get(key) for key in METADATA}


def _lines(file: BinaryIO, name: str) -> Iterator[Located]:
    r"""Read JSON Lines: ``\n`` alone ends a line, for U+2028 and U+0085 may stand inside a text."""
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}, line {number}"
        if len(line) > MAX_BYTES:
            _skip_line(file, line)
            yield where, InputError(f"the line is longer than {MAX_BYTES // 1_000_000} MB; cut it into articles")
        elif not line.isspace():
            yield where, _record(line, number, f"{name}:{number}")


def _skip_line(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(1 << 16)


def _record(line: bytes, number: int, source: str) -> Fields | InputError:
    try:
        text = line.decode("utf-8")
        fields = _object(text.removeprefix("\ufeff") if number == 1 else text)
        get = fields.get
        return {
            "id": get("id"),
            "text": get("text"),
            "title": get("title"),
            "publisher": get("publisher"),
            "published": get("published"),
            "region": get("region"),
            "source": source,
        }
    except UnicodeDecodeError as error:
        return InputError(f"the line is not UTF-8 at byte {error.start}, as JSON has to be; convert the file to UTF-8")
    except InputError as error:
        return error


def _object(text: str) -> Mapping[str, object]:
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"this is no JSON: {error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"this JSON cannot be read: {error}") from None
    if not isinstance(fields, dict):
        raise InputError('this JSON is no object; an article is {"id": …, "text": …}')
    return fields


def _article(fields: Fields, published: date | None, region: str | None) -> Article:
    """Make an article at once where nothing is unusual (most); else field by field, to say what is wrong."""
    name, text = fields["id"], fields["text"]
    usual = (
        isinstance(name, str)
        and 0 < len(name) <= MAX_ID
        and name[0] != "."
        and not _UNSAFE.search(name)
        and isinstance(text, str)
        and not (text == "" or text[0] == "\ufeff" or text.isspace())
    )
    if usual:
        values = {key: None if (value := fields.get(key)) == "" else value for key in ("title", "publisher", "region")}
        if values["region"] is None:
            values["region"] = region
        try:
            values["published"] = _published(fields.get("published")) or published
            return Article.model_validate({"id": name, "text": text, "source": fields["source"], **values})
        except (InputError, ValidationError):
            pass
    return _checked_article(fields, published, region)


def _checked_article(fields: Fields, published: date | None, region: str | None) -> Article:
    values = {key: _metadata(key, fields.get(key)) for key in ("title", "publisher", "region")}
    values["region"] = values["region"] or region
    try:
        return Article(
            id=_id(fields["id"]),
            text=_body(fields["text"]),
            source=str(fields["source"]),
            published=_published(fields.get("published")) or published,
            **values,
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"its {first['loc'][0] if first['loc'] else 'record'} is wrong: {first['msg']}") from None


def _id(value: object) -> str:
    """Take an id that is safe as a file name; whole numbers are ids too."""
    if value is None or value == "":
        raise InputError("the record has no id; give each article an id of its own")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise InputError(f"the id {_quote(value)} is no string")
    reason = (
        (len(value) > MAX_ID and f"is longer than {MAX_ID} characters")
        or (_UNSAFE.search(value) and "holds a slash, a backslash or a control character")
        or (_half(value) is not None and "is not valid Unicode")
        or (value.startswith(".") and "begins with a dot")
    )
    if reason:
        raise InputError(f"the id {_quote(value)} {reason}, so it names no safe output file; choose another")
    return value


def _body(value: object) -> str:
    if value is None:
        raise InputError('the record has no text; an article is {"id": …, "text": …}')
    if not isinstance(value, str):
        raise InputError(f"the text is {_kind(value)}, not a string")
    text = value.removeprefix("\ufeff")
    if not text or text.isspace():
        raise InputError("the text is empty")
    _refuse_surrogates("text", text)
    return text


def _metadata(key: str, value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"the {key} is {_kind(value)}, not a string")
    _refuse_surrogates(key, value)
    return value


def _published(value: object) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"the date of publication is {_kind(value)}, not a string like 2022-09-13")
    return parse_date(value)


def _refuse_surrogates(key: str, value: str) -> None:
    if (position := _half(value)) is not None:
        raise InputError(
            f"the {key} holds half a character (lone surrogate \\u{ord(value[position]):04x}) at character {position}; "
            "write it anew from its source"
        )


def _half(value: str) -> int | None:
    """Find the first lone surrogate."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _quote(value: object) -> str:
    """Quote a value for a sentence: on one line, short, and printable whatever it holds."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}…{text[-1]}"


def _name(path: Path | str) -> str:
    """Write a path as text: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")
