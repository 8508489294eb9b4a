"""The source text and what is known about it."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_CHARACTERS = 20_000_000


def _encodable(value: str) -> str:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"holds a lone surrogate (\\u{ord(value[error.start]):04x}) at character {error.start}; it is not text"
        ) from None
    return value


Text = Annotated[str, AfterValidator(_encodable)]
"""A string that can be written as UTF-8: no lone surrogates."""


class Article(BaseModel):
    """One press release: its decoded text, never rewritten, and its metadata.

    Every offset of every record is a code-point offset into ``text``, end exclusive.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[Text, Field(min_length=1, max_length=200)]
    text: Annotated[Text, Field(max_length=MAX_CHARACTERS)]
    source: Text | None = None
    title: Text | None = None
    publisher: Text | None = None
    published: date | None = None
    region: Text | None = None


class ArticleHeader(BaseModel):
    """What the output document says of its article: everything but the text, which the hash stands for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[Text, Field(min_length=1, max_length=200)]
    source: Text | None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    length: Annotated[int, Field(ge=0)]
    title: Text | None
    publisher: Text | None
    published: date | None
    region: Text | None
