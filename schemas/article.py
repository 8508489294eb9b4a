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

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: Annotated[Text, Field(min_length=1, max_length=200)]
    """Id of the article, unique in a run."""
    source: Text | None
    """File that it came from, with the line in a JSONL; null where it came from none."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the decoded text in UTF-8, in hexadecimal digits."""
    length: Annotated[int, Field(ge=0)]
    """Length of the text in code points."""
    title: Text | None
    """Title as given, null where not given."""
    publisher: Text | None
    """Publisher as given, null where not given."""
    published: date | None
    """Date of publication as given, from which 今年 and 上半年 count; null where not given."""
    region: Text | None
    """Region as given, what 全市 and 我省 mean; null where not given."""
