"""Records of a tool to gold: each quoted text is held against the article before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from schemas import Article
from zhengshu.errors import DocumentError, Failure
from zhengshu.gold.articles import Passage, Shelf, text_hash
from zhengshu.gold.exchange import Format, Json, Mark, Notes, Record
from zhengshu.gold.model import KINDS, GoldArticle, fault, field_names, parse
from zhengshu.gold.offsets import COUNTINGS, Counting, Offsets

_SHOWN = 20
"""How many mismatches of one article are named."""


@dataclass(frozen=True, slots=True)
class Import:
    """How files of a tool become gold.

    ``shelf`` None: the tool's own copy of each text is the article. ``annotator`` chooses where several annotated an
    article. ``counting`` None: as the tool counts, unless the quoted texts fit the other way of counting alone.
    """

    format: Format
    shelf: Shelf | None = None
    annotator: str | None = None
    counting: Counting | None = None
    notes: Notes = field(default_factory=Notes)

    def read(self, source: str) -> Iterator[GoldArticle | list[Failure]]:
        """Read files into gold; an article with a fault comes as the list of its faults, and the others go on."""
        seen: dict[str, str] = {}
        for found in self.format.read(Path(source), self.annotator, self.notes):
            if isinstance(found, Failure):
                yield [found]
                continue
            try:
                gold = self._gold(found)
                if gold.doc in seen:
                    raise DocumentError(f"it annotates {gold.doc}, as {seen[gold.doc]} does; keep one of them")
            except _FaultsError as error:
                yield [Failure(found.where, reason) for reason in error.reasons]
            except DocumentError as error:
                yield [Failure(found.where, str(error))]
            else:
                seen[gold.doc] = found.where
                yield gold

    def _gold(self, record: Record) -> GoldArticle:
        """Make the gold of one article; raises DocumentError, all mismatches at once."""
        article = _own(record) if self.shelf is None else self.shelf.find(record)
        copy = article.text if record.text is None else record.text
        passage = Passage(copy, article.text, article.source or article.id)
        if passage.shifted:
            self.notes.add("carried over to the article, which differs in white space", article.id)
        counting = self.counting or _counting(record, copy, self.format.counts)
        if self.counting is None and counting != self.format.counts:
            self.notes.add(f"the quoted texts fit {counting} offsets, so they were counted that way", article.id)
        text = _Text(copy, Offsets(copy, counting), passage, article)
        mentions, reasons = [], []
        for mark in record.marks:
            try:
                mentions.append(_mention(mark, text, self.notes))
            except DocumentError as error:
                reasons.append(f"{mark.where}: {error}")
                if len(reasons) == _SHOWN:
                    reasons.append("further faults are not looked for")
                    break
        if reasons:
            raise _FaultsError(reasons)
        header = {"doc": article.id, "sha256": text_hash(article.text), "length": len(article.text)}
        published = record.header.get("published") or (article.published and article.published.isoformat())
        return parse(header | {"published": published, "genre": record.header.get("genre"), "mentions": mentions})


class _FaultsError(DocumentError):
    """All that is wrong with one article."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class _Text:
    """A tool's copy of a text, how offsets into it count, and the article it is a copy of."""

    copy: str
    offsets: Offsets
    passage: Passage
    article: Article

    @property
    def name(self) -> str:
        return self.article.source or self.article.id


def _own(record: Record) -> Article:
    """Take the tool's copy of a text as the article; it has to be the one that was exported."""
    if record.text is None:
        raise DocumentError("the text is not here; name the articles with --articles")
    if not record.doc:
        raise DocumentError("it names no article; name the articles with --articles")
    digest, text = record.header.get("sha256"), record.text
    if digest is None:
        text = text.removeprefix("\ufeff")
    elif digest != text_hash(text):
        raise DocumentError("its text is not the one that was exported; name the articles with --articles")
    try:
        return Article(id=record.doc.replace("/", "__"), text=text, source=record.where)
    except ValidationError as error:
        raise DocumentError(f"its text or id cannot be used: {fault(error)}") from None


def _counting(record: Record, copy: str, usual: Counting) -> Counting:
    """Tell how offsets were counted: as usual, unless some quote misfits so and every quote fits the other way."""
    if copy.isascii() or max(copy) <= "\uffff":
        return usual
    (other,) = (counting for counting in COUNTINGS if counting != usual)
    return other if _misfits(record, copy, usual) and not _misfits(record, copy, other) else usual


def _misfits(record: Record, copy: str, counting: Counting) -> int:
    offsets = Offsets(copy, counting)
    quoted = (mark for mark in record.marks if mark.quote is not None)
    return sum(not _same(mark.quote or "", _there(mark, offsets, copy) or "") for mark in quoted)


def _there(mark: Mark, offsets: Offsets, copy: str) -> str | None:
    """Give what stands where a mark points, None where that is no span of the text."""
    start, end = offsets.back(mark.start), offsets.back(mark.end)
    return None if start is None or end is None or start >= end else copy[start:end]


def _same(quote: str, there: str) -> bool:
    r"""Compare a quote with the text but for white space: tools trim it, and write a line break as blank or ``\n``."""
    if quote == there:
        return True
    return _bare(quote) == _bare(there) or _bare(quote.replace("\\n", " ")) == _bare(there)


def _bare(text: str) -> str:
    return "".join(text.replace("\ufeff", "").split())


def _mention(mark: Mark, text: _Text, notes: Notes) -> Json:
    """Make one mention of a gold file; raises DocumentError where its quote is not what stands there."""
    there = _there(mark, text.offsets, text.copy)
    at = f"{mark.start}–{mark.end}"
    if there is None:
        quote = f"“{_line(mark.quote)}” " if mark.quote else ""
        raise DocumentError(
            f"the {mark.kind} {quote}at {at} is no span of the article {text.name}, "
            f"which has {text.offsets.length} characters"
        )
    if mark.quote is not None and not _same(mark.quote, there):
        hint = f"; the quoted text stands at {text.copy.find(mark.quote)}" if text.copy.count(mark.quote) == 1 else ""
        raise DocumentError(
            f"the {mark.kind} quotes “{_line(mark.quote)}” at {at}, but the article {text.name} "
            f"has “{_line(there)}” there{hint}"
        )
    kept = there.strip()
    if not kept:
        raise DocumentError(f"the {mark.kind} at {at} is nothing but white space; delete it")
    if kept != there:
        notes.add("white space was cut from the ends of", mark.kind)
    place = text.copy.index(kept, text.offsets.back(mark.start))
    start, end = text.passage.span(place, place + len(kept))
    quote = text.article.text[start:end]
    mention = {"kind": mark.kind, "start": start, "end": end, "text": quote} | _fields(mark, quote, notes)
    try:
        KINDS[mark.kind].model_validate(mention)
    except ValidationError as error:
        raise DocumentError(f"the {mark.kind} “{_line(quote)}” at {at}: {fault(error)}") from None
    return mention


def _fields(mark: Mark, text: str, notes: Notes) -> Json:
    """Complete the fields: null where one may be null, the name of a programme from its text; count what is missing."""
    kind, fields = KINDS[mark.kind], dict(mark.fields)
    unknown = [name for name in fields if name not in field_names(mark.kind)]
    if unknown:
        known = ", ".join(field_names(mark.kind)) or "none"
        raise DocumentError(f"the {mark.kind} “{_line(text)}” has the field {unknown[0]!r}; its fields are {known}")
    if fields:
        fields = {name: None for name in field_names(mark.kind) if name not in kind.needs} | fields
    if mark.kind == "program":
        fields.setdefault("name", "".join(text.splitlines()))
    for name in field_names(mark.kind):
        if name not in fields:
            notes.add("without these fields, which have to be filled in by hand", f"{mark.kind} {name}")
    return fields


def _line(text: str) -> str:
    text = "↵".join(text.splitlines())
    return text if len(text) <= 60 else text[:59] + "…"
