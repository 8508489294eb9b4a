"""A gold file as frozen records; the format is described in corpus/README.md.

Fields keep the very strings of the file (``"10"`` is not ``"10.0"``), and a field that was not given stays not given.
"""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.article import Text
from schemas.exact import PATTERN
from schemas.facts import Aspect, Basis, Direction
from schemas.mentions import Modifier, OrdinalRole, PeriodType, ProgramType
from zhengshu.errors import DocumentError

MAX_BYTES = 100_000_000
"""A larger file of annotations is refused before it is read."""

_UNSAFE = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLACE = ("kind", "start", "end", "text")


def _iso(value: str) -> str:
    if date.fromisoformat(value).isoformat() != value:
        raise ValueError(f"{value!r} is no date like 2022-09-13")
    return value


def _file_name(value: str) -> str:
    if _UNSAFE.search(value) or value.startswith("."):
        raise ValueError(f"{value!r} names no safe file: it holds a slash or a control character or begins with a dot")
    return value


Name = Annotated[Text, Field(min_length=1, max_length=200), AfterValidator(_file_name)]
Day = Annotated[str, AfterValidator(_iso)]
Number = Annotated[str, Field(pattern=PATTERN)]
Offset = Annotated[int, Field(ge=0, strict=True)]


class _Mention(BaseModel):
    """A span of the article and what must be read from it; ``needs`` names the fields that are never null."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    needs: ClassVar[tuple[str, ...]] = ()

    start: Offset
    end: Offset
    text: Annotated[Text, Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.start >= self.end:
            raise ValueError("end is not behind start")
        if self.text != self.text.strip():
            raise ValueError(f"{self.text!r} begins or ends with white space, which belongs to no mention")
        for name in self.needs:
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} is null")
        return self

    def fields(self) -> dict[str, Any]:
        """Give the fields of this kind that are given, in the order of the alphabet."""
        return {name: getattr(self, name) for name in sorted(self.model_fields_set - set(_PLACE))}


class GoldQuantity(_Mention):
    """``5600余亿元 -> 560000000000 元, more_than``."""

    needs = ("value", "modifier")
    kind: Literal["quantity"]
    value: Number | None = None
    high: Number | None = None
    unit: Text | None = None
    modifier: Modifier | None = None


class GoldPeriod(_Mention):
    """``2021年 -> 2021-01-01 to 2021-12-31, year``."""

    needs = ("type",)
    kind: Literal["period"]
    start_date: Day | None = None
    end_date: Day | None = None
    type: PeriodType | None = None


class GoldOrdinal(_Mention):
    """``第3位 -> 3, rank, scope 全省``."""

    needs = ("value", "role", "top")
    kind: Literal["ordinal"]
    value: Number | None = None
    role: OrdinalRole | None = None
    scope: Text | None = None
    top: Annotated[bool, Field(strict=True)] | None = None


class GoldProgram(_Mention):
    """``“四强”产业攀登计划 -> plan``."""

    needs = ("name", "type")
    kind: Literal["program"]
    name: Text | None = None
    type: ProgramType | None = None


class GoldFact(_Mention):
    """A statement about the quantity of the same span; ``period`` is the text of a period."""

    needs = ("indicator", "aspect")
    kind: Literal["fact"]
    indicator: Text | None = None
    aspect: Aspect | None = None
    direction: Direction | None = None
    basis: Basis | None = None
    base: Text | None = None
    period: Text | None = None
    region: Text | None = None
    subject: Text | None = None


class GoldIgnore(_Mention):
    """A span that is neither right nor wrong."""

    kind: Literal["ignore"]


GoldMention = GoldQuantity | GoldPeriod | GoldOrdinal | GoldProgram | GoldFact | GoldIgnore

KINDS: dict[str, type[GoldMention]] = {
    "quantity": GoldQuantity,
    "period": GoldPeriod,
    "ordinal": GoldOrdinal,
    "program": GoldProgram,
    "fact": GoldFact,
    "ignore": GoldIgnore,
}


class GoldArticle(BaseModel):
    """All that must be read from one article; mentions stand in text order, none twice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc: Name
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    length: Offset
    published: Day | None = None
    genre: Text | None = None
    mentions: tuple[Annotated[GoldMention, Field(discriminator="kind")], ...]

    @model_validator(mode="after")
    def _none_twice(self) -> Self:
        seen: set[tuple[str, int, int]] = set()
        for mention in self.mentions:
            if mention.end > self.length:
                raise ValueError(f"the {mention.kind} “{mention.text}” ends at {mention.end}, behind the article")
            if (place := (mention.kind, mention.start, mention.end)) in seen:
                raise ValueError(f"the {mention.kind} “{mention.text}” at {mention.start} is there twice")
            seen.add(place)
        return self

    def record(self) -> dict[str, Any]:
        """Give the gold file as plain JSON: ``genre`` only where it is given, mentions in text order."""
        header = {name: getattr(self, name) for name in ("doc", "sha256", "length", "published")}
        if self.genre is not None:
            header["genre"] = self.genre
        ordered = sorted(self.mentions, key=lambda m: (m.start, m.end, m.kind))
        return header | {"mentions": [mention_record(mention) for mention in ordered]}


def mention_record(mention: GoldMention) -> dict[str, Any]:
    """Give a mention as it stands in a gold file: its place, then its fields."""
    place = {"kind": mention.kind, "start": mention.start, "end": mention.end, "text": mention.text}
    return place | mention.fields()


@cache
def field_names(kind: str) -> tuple[str, ...]:
    """Name the fields of a kind besides its place: ``ordinal -> value, role, scope, top``."""
    return tuple(name for name in KINDS[kind].model_fields if name not in _PLACE)


@cache
def choices(kind: str, name: str) -> tuple[str, ...]:
    """Give the values that a field is chosen from, none where it is free text: ``ordinal role -> rank, sequence``."""
    for option in get_args(KINDS[kind].model_fields[name].annotation):
        if get_origin(option) is Literal:
            return get_args(option)
        if option is not NoneType and bool in (option, *get_args(option)):
            return ("true", "false")
    return ()


def parse(record: object) -> GoldArticle:
    """Check a gold record; raises DocumentError that says which mention and field is wrong, and why."""
    try:
        return GoldArticle.model_validate(record)
    except ValidationError as error:
        raise DocumentError(fault(error)) from None


def fault(error: ValidationError) -> str:
    """Say the first thing that is wrong: ``mention 3, modifier: Input should be …``."""
    first = error.errors(include_url=False)[0]
    place = [part for part in first["loc"] if part not in KINDS]
    if place[:1] == ["mentions"] and len(place) > 1:
        place[:2] = [f"mention {int(place[1]) + 1}"]
    if first["type"] == "union_tag_invalid":
        return f"{place[0]}: its kind is none of {', '.join(KINDS)}"
    reason = first["msg"].removeprefix("Value error, ")
    return ", ".join(map(str, place)) + (": " if place else "") + reason


def load_json(path: Path) -> object:
    """Load a JSON file of bounded size, with or without a byte order mark; raises DocumentError."""
    return parse_json(load_bytes(path))


def load_bytes(path: Path) -> bytes:
    """Load a file of bounded size; raises DocumentError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(f"is larger than {MAX_BYTES // 1_000_000} MB; cut it into parts")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from None


def parse_json(data: bytes) -> object:
    """Read JSON in UTF-8, with or without a byte order mark; raises DocumentError."""
    try:
        found: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 at byte {error.start}, as JSON has to be") from None
    except json.JSONDecodeError as error:
        raise DocumentError(f"is no JSON: {error.msg} in line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is JSON that cannot be read: {error}") from None
    return found
