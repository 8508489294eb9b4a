"""Prodigy JSONL: tasks with ``tokens`` and ``spans``; label them with the recipe ``spans.manual``, for spans overlap.

Offsets are those of spaCy, code points, and spans are bounded by tokens (``token_end`` is inclusive), as
https://prodi.gy/docs/api-interfaces describes; one token a character, so that every boundary can be marked. A span
has a label and no attributes of ours: they ride along in a field of the task, which Prodigy stores as it stands.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengshu.errors import DocumentError, Failure
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
    choose,
    each,
    files,
    json_lines,
    kind_of,
    pack,
    whole,
)
from zhengshu.gold.offsets import Counting, Offsets


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write a line an article."""
    yield "gold.jsonl", "".join(_line(annotated, counting, notes) for annotated in articles).encode()


def _line(annotated: Annotated, counting: Counting, notes: Notes) -> str:
    offsets = Offsets(annotated.text, counting)
    side = pack(annotated, offsets, notes, "Prodigy")
    tokens = [
        {"text": character, "start": offsets.out(i), "end": offsets.out(i + 1), "id": i, "ws": False}
        for i, character in enumerate(annotated.text)
    ]
    spans = [
        {"start": span["start"], "end": span["end"], "token_start": mention.start, "token_end": mention.end - 1}
        | {"label": mention.kind}
        for mention, span in zip(annotated.gold.mentions, side["mentions"], strict=True)
    ]
    task = {"text": annotated.text, "tokens": tokens, "spans": spans, "meta": {"doc": annotated.gold.doc}, SIDE: side}
    return json.dumps(task if annotated.model else task | {"answer": "accept"}, ensure_ascii=False) + "\n"


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read ``db-out`` files; what was rejected or ignored is left out."""
    lines = [line for path in files(source, ".jsonl") for line in json_lines(path)]
    yield from each(_choose(lines, annotator), lambda where, task: _record(where, task, notes))


def _choose(lines: list[tuple[str, Json | Failure]], annotator: str | None) -> Iterator[tuple[str, Json | Failure]]:
    """Choose one task of each text, by the annotator or session that made it."""
    same: dict[str, list[tuple[str, Json]]] = {}
    for where, line in lines:
        if isinstance(line, Failure):
            yield where, line
        else:
            same.setdefault(str(line.get("_input_hash") or line.get("text")), []).append((where, line))
    for tasks in same.values():
        where = tasks[0][0]
        try:
            chosen = choose([_people(task) for _, task in tasks], annotator, where)
        except DocumentError as error:
            yield where, Failure(where, str(error).removeprefix(f"{where}: "))
        else:
            yield from (tasks[i] for i in chosen)


def _people(task: Json) -> list[str]:
    return [str(task[key]) for key in ("_annotator_id", "_session_id") if task.get(key)]


def _record(where: str, task: Json, notes: Notes) -> Record | None:
    text = task.get("text")
    if not isinstance(text, str):
        raise DocumentError("the task has no “text”")
    if (answer := task.get("answer", "accept")) != "accept":
        notes.add("left out, for the annotator did not accept it", f"task answered {answer}")
        return None
    if task.get("relations"):
        notes.add(LEFT_OUT, "relations", len(task["relations"]))
    spans = task.get("spans") or []
    if not isinstance(spans, list) or not all(isinstance(span, dict) for span in spans):
        raise DocumentError("its “spans” is no list of spans")
    riding = Riding(task.get(SIDE))
    meta = task.get("meta")
    doc = riding.header.get("doc") or (meta.get("doc") if isinstance(meta, dict) else None)
    marks = [_mark(f"span {number}", span, riding) for number, span in enumerate(spans, 1)]
    return Record(where, str(doc) if doc else "line-" + where.rpartition(" ")[2], text, marks, riding.header)


def _mark(where: str, span: Json, riding: Riding) -> Mark:
    kind = kind_of(span.get("label"), where)
    return riding.mark(where, kind, whole(span.get("start"), "start", where), whole(span.get("end"), "end", where))


FORMAT = Format("prodigy", "gold.jsonl", "code-points", write, read)
