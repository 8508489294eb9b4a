"""Prove stored documents from their sources: what is claimed must be what the article says when it is read again."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from schemas import Article, Extraction
from zhengshu.errors import DocumentError, Failure
from zhengshu.ingest import METADATA
from zhengshu.stored import Stored
from zhengshu.validate import differences, faults

Extract = Callable[[Article], Extraction]


class Proof:
    """Matches documents to articles by id, then by hash, and collects one line a fault.

    Memory holds an index of the documents; documents and articles pass one at a time.
    """

    def __init__(self, documents: Iterable[Stored | Failure]) -> None:
        self.proven = 0
        self.early: list[str] = []
        self.by_id: dict[str, Stored] = {}
        for stored in documents:
            if isinstance(stored, Failure):
                self.early.append(str(stored))
            elif stored.id in self.by_id:
                self.early.append(f"{stored.name}: a second document of {stored.id!r}")
            else:
                self.by_id[stored.id] = stored
        self.total = len(self.by_id)
        self.by_hash = {stored.sha256: stored for stored in self.by_id.values()}

    def run(
        self, sources: Iterable[Article | Failure], extract: Extract, advance: Callable[[], object] = lambda: None
    ) -> Iterator[str]:
        """Yield the faults of all documents: unreadable ones, disproved ones, ones without a source.

        ``advance`` is called once a source.
        """
        yield from self.early
        waiting = dict(self.by_id)
        for article in sources:
            advance()
            if isinstance(article, Failure):
                yield str(article)
                continue
            stored = waiting.get(article.id) or self._of_same_text(article)
            if stored is not None and stored.id in waiting:
                del waiting[stored.id]
                lines = list(disprove(stored, article, extract))
                self.proven += not lines
                yield from lines
        for stored in waiting.values():
            yield f"{stored.name}: no source has an article {stored.id!r} or one of the same text"

    def _of_same_text(self, article: Article) -> Stored | None:
        return self.by_hash.get(sha256(article.text.encode()).hexdigest())


def disprove(stored: Stored, source: Article, extract: Extract) -> Iterator[str]:
    """Yield what a stored document claims that its article does not say.

    The article is read with the metadata of the document, for it may have come from options; metadata that the
    source itself holds must agree.
    """
    try:
        document = stored.load()
    except DocumentError as error:
        yield f"{stored.name}: {error}"
        return
    header = document.article
    for key in METADATA:
        claimed, known = getattr(header, key), getattr(source, key)
        if known is not None and claimed != known:
            yield f"{header.id}: article: {key} is {claimed}, the source says {known}"
    own = list(faults(document, source.text))
    yield from (f"{header.id}: {fault}" for fault in own)
    if any(fault.startswith("article: ") for fault in own):
        return
    yield from _reread_differences(document, source, extract)


def _reread_differences(document: Extraction, source: Article, extract: Extract) -> Iterator[str]:
    header = document.article
    article = source.model_copy(update={"id": header.id, **{key: getattr(header, key) for key in METADATA}})
    try:
        yield from differences(document, extract(article))
    except Exception as error:
        yield f"{header.id}: reading the article again failed with {type(error).__name__}: {error}"
