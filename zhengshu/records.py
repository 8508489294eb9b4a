"""The record of an article as it was found: its fields checked, and what is wrong with them said in a sentence."""

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from pydantic import ValidationError

from schemas import Article
from zhengshu.errors import InputError

MAX_ID = 200
METADATA = ("title", "publisher", "published", "region")

_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.]+ ?(?:Z|[+-][0-9:]+)?)?")

Fields = dict[str, object]
"""What an article is made from: ``id``, ``text``, ``source`` and the metadata."""


@lru_cache(maxsize=4096)
def parse_date(value: str) -> date:
    """Read an ISO date; of an ISO date and time the date counts: ``2022-09-13T08:00:00+08:00 -> 2022-09-13``."""
    match = _DATE.fullmatch(value.strip())
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise InputError(f"the date {_quoted(value)} is no ISO date; write it like 2022-09-13") from None


def json_object(text: str) -> Mapping[str, object]:
    """Read a JSON object; raises InputError for anything else."""
    try:
        fields = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"this is no JSON: {error.msg} at character {error.pos}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"this JSON cannot be read: {error}") from None
    if not isinstance(fields, dict):
        raise InputError('this JSON is no object; an article is {"id": …, "text": …}')
    return fields


def make_article(fields: Fields, published: date | None, region: str | None) -> Article:
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
        raise InputError(f"the id {_quoted(value)} is no string")
    reason = (
        (len(value) > MAX_ID and f"is longer than {MAX_ID} characters")
        or (_UNSAFE.search(value) and "holds a slash, a backslash or a control character")
        or (_half(value) is not None and "is not valid Unicode")
        or (value.startswith(".") and "begins with a dot")
    )
    if reason:
        raise InputError(f"the id {_quoted(value)} {reason}, so it names no safe output file; choose another")
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


def _quoted(value: object) -> str:
    """Quote a value for a sentence: on one line, short, and printable whatever it holds."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}…{text[-1]}"
