"""doccano JSONL for sequence labelling: ``{"id", "text", "label": [[start, end, kind]]}``; ``entities`` are read too.

doccano's editor counts UTF-16 code units (``TextSelectionHandler.ts`` and ``Text.ts`` of v-annotator 0.1.31 take the
browser's offsets as they are; only a project that counts grapheme clusters does otherwise, and such offsets are not
read). Its spans hold a kind and nothing else, but it keeps further columns of a line and exports them again
(``TextData.parse`` and ``ExportedExample.to_dict`` of doccano 1.8.4): our fields ride along in one of them.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengshu.errors import DocumentError
from zhengshu.gold.exchange import (
    LEFT_OUT,
    SIDE,
    Annotated,
    Files,
    Format,
    Found,
    Json,
    Mark,
    Notes,
    Record,
    Riding,
    each,
    files,
    json_lines,
    kind_of,
    pack,
    short,
    whole,
)
from zhengshu.gold.offsets import Counting, Offsets


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write a line an article."""
    yield "gold.jsonl", "".join(_line(annotated, counting, notes) for annotated in articles).encode()


def _line(annotated: Annotated, counting: Counting, notes: Notes) -> str:
    side = pack(annotated, Offsets(annotated.text, counting), notes, "doccano")
    label = [[mention["start"], mention["end"], mention["kind"]] for mention in side["mentions"]]
    line = {"id": annotated.gold.doc, "text": annotated.text, "label": label, SIDE: side}
    return json.dumps(line, ensure_ascii=False) + "\n"


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read exports; doccano writes a file for each annotator, so there is nothing to choose inside one."""
    if annotator is not None:
        raise DocumentError("doccano exports a file for each annotator; name that file instead of --annotator")
    lines = (line for path in files(source, ".jsonl") for line in json_lines(path))
    yield from each(lines, lambda where, line: _record(where, line, notes))


def _record(where: str, line: Json, notes: Notes) -> Record:
    text = line.get("text", line.get("data"))
    if not isinstance(text, str):
        raise DocumentError("the line has no “text”; it is no export of a sequence labelling project")
    riding = Riding(line.get(SIDE))
    for key in ("relations", "Comments", "comments", "cats"):
        if isinstance(left := line.get(key), list) and left:
            notes.add(LEFT_OUT, key.lower(), len(left))
    doc = riding.header.get("doc") or line.get("id")
    return Record(where, None if doc is None else str(doc), text, list(_marks(line, riding)), riding.header)


def _marks(line: Json, riding: Riding) -> Iterator[Mark]:
    key = next((key for key in ("label", "labels", "entities") if key in line), None)
    spans = line.get(key) if key else None
    if not isinstance(spans, list):
        raise DocumentError("the line has no list “label” or “entities”; it is no export of sequence labelling")
    for number, span in enumerate(spans, 1):
        where = f"span {number}"
        if isinstance(span, dict):
            span = [span.get(name) for name in ("start_offset", "end_offset", "label")]  # noqa: PLW2901
        if not isinstance(span, list) or len(span) != 3:
            raise DocumentError(f"{where} is {short(span)}, not [start, end, label]")
        start, end = whole(span[0], "start", where), whole(span[1], "end", where)
        yield riding.mark(where, kind_of(span[2], where), start, end)


FORMAT = Format("doccano", "gold.jsonl", "utf-16", write, read)
