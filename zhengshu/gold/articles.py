"""The articles that gold belongs to, found by hash, id or text, and the way from a tool's copy of a text to them."""

from collections.abc import Iterable
from hashlib import sha256

from schemas import Article
from zhengshu import ingest
from zhengshu.errors import DocumentError, Failure
from zhengshu.gold.exchange import Record, short


def text_hash(text: str) -> str:
    """Give the sha256 of a text in UTF-8; half a character (lone surrogate) is hashed too, and matches nothing."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Shelf:
    """Articles by id, by hash and by what they say without white space."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.failures: list[Failure] = []
        self._by_id: dict[str, Article] = {}
        self._by_hash: dict[str, Article] = {}
        self._by_words: dict[str, Article] = {}
        for item in ingest.read(inputs):
            if isinstance(item, Failure):
                self.failures.append(item)
            else:
                self._by_id[item.id] = item
                self._by_hash[text_hash(item.text)] = item
                self._by_words[text_hash(_bare(item.text))] = item

    def by_hash(self, digest: str) -> Article | None:
        """Find the article that gold or a document was made from."""
        return self._by_hash.get(digest)

    def find(self, record: Record) -> Article:
        """Find the article of a record: by the hash it carries, by its id, by its text; raises DocumentError."""
        found = self._by_hash.get(str(record.header.get("sha256"))) or self._by_id.get(record.doc or "")
        if found is None and record.text is not None:
            found = self._by_hash.get(text_hash(record.text)) or self._by_words.get(text_hash(_bare(record.text)))
        if found is None:
            raise DocumentError(f"no article has the id {record.doc!r} or its text; name its article with --articles")
        return found


class Passage:
    """From a tool's copy of a text to the article, where they differ in white space alone.

    Tools trim texts, turn CRLF into LF or drop a byte order mark: ``（LF）3万户 -> 3万户`` where it stands.
    """

    def __init__(self, copy: str, text: str, source: str) -> None:
        self._same = copy == text
        if self._same:
            return
        if _bare(copy) != _bare(text):
            raise DocumentError(_difference(copy, text, source))
        self._places = [i for i, character in enumerate(text) if not _blank(character)]
        self._before = [0]
        for character in copy:
            self._before.append(self._before[-1] + (not _blank(character)))

    @property
    def shifted(self) -> bool:
        """Say whether the texts differ at all."""
        return not self._same

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the article; it begins and ends with what is no white space."""
        if self._same:
            return start, end
        first, behind = self._before[start], self._before[end]
        return (self._places[first], self._places[behind - 1] + 1) if first < behind else (0, 0)


def _blank(character: str) -> bool:
    return character.isspace() or character == "\ufeff"


def _bare(text: str) -> str:
    return "".join(text.replace("\ufeff", "").split())


def _difference(copy: str, text: str, source: str) -> str:
    """Name the first place where two texts differ by more than white space."""
    bare, other = _bare(copy), _bare(text)
    at = next((i for i, (a, b) in enumerate(zip(bare, other, strict=False)) if a != b), min(len(bare), len(other)))
    return (
        f"its text is not that of the article {source}: without white space it has {short(bare[at : at + 20])} at "
        f"{at}, where the article has {short(other[at : at + 20])}; export it anew from this article"
    )
