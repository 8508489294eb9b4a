"""What becomes of an article in a batch: a document that was read and found valid, or a failure."""

from collections.abc import Callable
from dataclasses import dataclass

from schemas import Article, Extraction
from zhengshu.errors import Failure

KINDS = ("numbers", "quantities", "periods", "ordinals", "programs", "facts", "findings")

Extract = Callable[[Article], Extraction]
Write = Callable[[Extraction, Article], str]


@dataclass(frozen=True, slots=True)
class Done:
    """A document that was read and found valid: what is written of it, and what the table says of it.

    ``findings`` counts codes; ``signature`` is the MinHash of the text, where it was asked for.
    """

    id: str
    document: str
    characters: int
    counts: tuple[int, ...]
    seconds: float
    findings: tuple[tuple[str, int], ...] = ()
    signature: bytes | None = None


Outcome = Done | Failure


def as_json(document: Extraction, _: Article) -> str:
    """Write a document as one line of JSON."""
    return document.model_dump_json()
