"""spaCy DocBin: spans in the group ``sc`` (the key of spancat), for gold spans overlap and entities must not.

Offsets are those of ``Span.start_char``: characters of a Python string, code points. One token a character, as
spaCy's own tokenizer for Chinese cuts by default, so that every boundary is one of a token. Our fields ride along in
``doc.user_data``, found by the id of the span. Needs the extra ``spacy``.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from zhengshu.errors import DocumentError, Failure, UsageError
from zhengshu.gold.exchange import (
    SIDE,
    Annotated,
    Files,
    Format,
    Found,
    Mark,
    Notes,
    Record,
    Riding,
    each,
    files,
    kind_of,
    pack,
)
from zhengshu.gold.model import load_bytes, parse_json
from zhengshu.gold.offsets import Counting, Offsets

GROUP = "sc"
MAX_UNPACKED = 500_000_000


def _spacy() -> ModuleType:
    """Import spaCy, here only: it takes seconds."""
    try:
        import spacy.tokens  # noqa: PLC0415
    except ImportError:
        raise UsageError("the format docbin needs spaCy; install it: pip install 'zhengshu[spacy]'") from None
    return spacy  # type: ignore[no-any-return]


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write one DocBin of all articles."""
    if counting != "code-points":
        raise UsageError("spaCy counts code points; leave --offsets away for docbin")
    spacy = _spacy()
    vocab, box = spacy.vocab.Vocab(), spacy.tokens.DocBin(attrs=[], store_user_data=True)
    for annotated in articles:
        doc = spacy.tokens.Doc(vocab, words=list(annotated.text), spaces=[False] * len(annotated.text))
        side = pack(annotated, Offsets(annotated.text, counting), notes, "spaCy")
        doc.spans[GROUP] = [
            spacy.tokens.Span(doc, span["start"], span["end"], label=span["kind"], span_id=span["id"])
            for span in side["mentions"]
        ]
        doc.user_data[SIDE] = json.dumps(side, ensure_ascii=False)
        box.add(doc)
    yield "gold.spacy", box.to_bytes()


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read ``.spacy`` files: the span group ``sc``, else the only group, else the entities."""
    if annotator is not None:
        raise DocumentError("a DocBin does not say who annotated it; leave --annotator away")
    yield from each(_docs(source), _record)


def _docs(source: Path) -> Iterator[tuple[str, Any]]:
    spacy = _spacy()
    for path in files(source, ".spacy"):
        try:
            data = load_bytes(path)
            _refuse_bomb(data)
            docs = list(spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.vocab.Vocab()))
        except DocumentError as error:
            yield str(path), Failure(str(path), str(error))
        except Exception as error:  # spaCy raises whatever its parts raise
            yield str(path), Failure(str(path), f"is no DocBin that spaCy can read: {type(error).__name__}: {error}")
        else:
            yield from ((f"{path}, document {number}", doc) for number, doc in enumerate(docs, 1))


def _refuse_bomb(data: bytes) -> None:
    """Refuse a few bytes that unpack to more than any corpus."""
    unpacker = zlib.decompressobj()
    unpacked = 0
    while data and not unpacker.eof:
        unpacked += len(unpacker.decompress(data, 1 << 20))
        data = unpacker.unconsumed_tail
        if unpacked > MAX_UNPACKED:
            raise DocumentError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB; cut it into parts")


class _Span(Protocol):
    """What we read of spaCy's spans."""

    label_: str
    id_: str
    start_char: int
    end_char: int


class _Doc(Protocol):
    """What we read of spaCy's documents."""

    text: str
    user_data: dict[object, object]
    spans: dict[str, list[_Span]]
    ents: list[_Span]


def _record(where: str, doc: _Doc) -> Record:
    side = doc.user_data.get(SIDE)
    riding = Riding(parse_json(side.encode()) if isinstance(side, str) else None)
    groups = dict(doc.spans)
    if GROUP not in groups and len(groups) > 1:
        raise DocumentError(f"it has the span groups {', '.join(groups)}; name the one that holds gold “{GROUP}”")
    spans = groups.get(GROUP, next(iter(groups.values()), doc.ents))
    marks = [_mark(f"span {number}", span, riding) for number, span in enumerate(spans, 1)]
    name = str(riding.header.get("doc") or "document-" + where.rpartition(" ")[2])
    return Record(where, name, doc.text, marks, riding.header)


def _mark(where: str, span: _Span, riding: Riding) -> Mark:
    return riding.mark(where, kind_of(span.label_, where), span.start_char, span.end_char, span.id_ or None)


FORMAT = Format("docbin", "gold.spacy", "code-points", write, read)
