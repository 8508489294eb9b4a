"""Gold, or documents of ours for pre-annotation, to the files of a tool."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from schemas import Extraction
from zhengshu import stored
from zhengshu.errors import DocumentError, Failure, UsageError
from zhengshu.gold.articles import Shelf
from zhengshu.gold.exchange import Annotated, Json
from zhengshu.gold.model import GoldArticle, field_names, load_json, parse

_LISTS = {"quantity": "quantities", "period": "periods", "ordinal": "ordinals", "program": "programs"}


def load(place: str, shelf: Shelf) -> Iterator[Annotated | list[Failure]]:
    """Load gold files or stored documents with their articles; what cannot be used comes as the list of its faults."""
    for where, found in _files(place):
        if isinstance(found, Failure):
            yield [found]
            continue
        gold, model = found
        article = shelf.by_hash(gold.sha256)
        if article is None:
            yield [Failure(where, f"no article has the text of {gold.doc} (its sha256); name it with --articles")]
        elif faults := list(_mismatches(gold, article.text, article.source or article.id)):
            yield [Failure(where, reason) for reason in faults]
        else:
            yield Annotated(gold, article.text, model)


def write(out: str, main: str | None, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Write the files of a format into a folder, each whole or not at all.

    An ``out`` with the suffix of the main file names that file: ``train.spacy``; what comes with it lies beside it.
    """
    named = main is not None and Path(out).suffix == Path(main).suffix
    folder = Path(out).parent if named else Path(out)
    written = []
    for name, data in files:
        path = folder / (Path(out).name if named and name == main else name)
        temporary = path.with_name(f".{os.getpid()}.zhengshu.tmp")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                temporary.write_bytes(data)
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(f"nothing can be written to {path}: {reason}; name another place with --out") from None
        written.append(path)
    return written


def _files(place: str) -> Iterator[tuple[str, tuple[GoldArticle, str | None] | Failure]]:
    """Find gold files; where the first file is a document of ours, all are."""
    path = Path(place)
    if not path.exists():
        raise UsageError(f"there is no {place}; name a folder of gold or of documents that extract wrote")
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    files = [file for file in files if not file.name.startswith(".")]
    if path.suffix == ".jsonl" or not files or _is_document(files[0]):
        yield from _documents(place)
        return
    for file in files:
        try:
            yield str(file), (parse(load_json(file)), None)
        except DocumentError as error:
            yield str(file), Failure(str(file), str(error))


def _is_document(file: Path) -> bool:
    try:
        found = load_json(file)
    except DocumentError:
        return False
    return isinstance(found, dict) and "article" in found


def _documents(place: str) -> Iterator[tuple[str, tuple[GoldArticle, str | None] | Failure]]:
    for found in stored.find(place):
        if isinstance(found, Failure):
            yield found.source, found
            continue
        try:
            document = found.load()
            model = f"{document.generator.name} {document.generator.version}"
            yield found.name, (parse(reading(document)), model)
        except DocumentError as error:
            yield found.name, Failure(found.name, str(error))


def reading(document: Extraction) -> Json:
    """Give what a document reads as a gold record: the same fields, facts over the span of their quantity."""
    plain: Json = json.loads(document.model_dump_json())
    records = {record["id"]: record for key in _LISTS.values() for record in plain[key]}
    mentions = [_mention(kind, record, record) for kind, key in _LISTS.items() for record in plain[key]]
    for fact in plain["facts"]:
        period = records.get(fact["period"])
        fields = fact | {"period": period["text"] if period else None}
        if fact["quantity"] in records:
            mentions.append(_mention("fact", records[fact["quantity"]], fields))
    header = plain["article"]
    return {
        "doc": header["id"],
        "sha256": header["sha256"],
        "length": header["length"],
        "published": header["published"],
        "mentions": mentions,
    }


def _mention(kind: str, place: Json, fields: Json) -> Json:
    own: dict[str, Any] = {name: fields[name] for name in field_names(kind)}
    return {"kind": kind, "start": place["start"], "end": place["end"], "text": place["text"]} | own


def _mismatches(gold: GoldArticle, text: str, source: str) -> Iterator[str]:
    for number, mention in enumerate(gold.mentions, 1):
        there = text[mention.start : mention.end]
        if mention.text != there:
            yield (
                f"mention {number}: the {mention.kind} quotes “{mention.text}” at {mention.start}–{mention.end}, "
                f"but the article {source} has “{there}” there"
            )
