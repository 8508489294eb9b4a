"""W3C Web Annotation (JSON-LD): one AnnotationPage an article, ``NAME.jsonld``.

The target of an annotation has a TextPositionSelector and a TextQuoteSelector; its bodies are the kind (purpose
``tagging``) and the fields as JSON (purpose ``describing``). The recommendation counts code points ("in terms of
unicode code points … not in terms of code units", https://www.w3.org/TR/annotation-model/#text-position-selector);
libraries in JavaScript count UTF-16 code units all the same (``rangeToSelector`` of @recogito/text-annotator 4.1.1
takes ``textContent.length``). We write what the recommendation says unless told otherwise, and read either: the quoted
texts tell them apart. The text itself is not in the format.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

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
    choose,
    each,
    files,
    kind_of,
    whole,
)
from zhengshu.gold.model import load_json, parse_json
from zhengshu.gold.offsets import Counting, Offsets

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"@version": 1.1, SIDE: {"@id": "urn:zhengshu:header", "@type": "@json"}},
]
_AROUND = 32
"""How many characters before and behind a quote are quoted with it."""


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write a page of annotations for each article."""
    for annotated in articles:
        page = json.dumps(_page(annotated, counting), ensure_ascii=False, indent=1)
        yield f"{annotated.gold.doc}.jsonld", (page + "\n").encode()


def _page(annotated: Annotated, counting: Counting) -> Json:
    offsets, text, doc = Offsets(annotated.text, counting), annotated.text, quote(annotated.gold.doc)
    maker = {"generator": {"type": "Software", "name": annotated.model}} if annotated.model else {}
    items = []
    for number, mention in enumerate(annotated.gold.mentions, 1):
        start, end = mention.start, mention.end
        quoted = {"exact": text[start:end], "prefix": text[max(0, start - _AROUND) : start]}
        body = [{"type": "TextualBody", "purpose": "tagging", "value": mention.kind}]
        if fields := mention.fields():
            value = json.dumps(fields, ensure_ascii=False)
            body.append({"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": value})
        selector = [
            {"type": "TextPositionSelector", "start": offsets.out(start), "end": offsets.out(end)},
            {"type": "TextQuoteSelector"} | quoted | {"suffix": text[end : end + _AROUND]},
        ]
        target = {"source": f"{doc}.txt", "selector": selector}
        items.append({"id": f"urn:zhengshu:{doc}:m{number}", "type": "Annotation", "body": body, "target": target})
    head = {"@context": _CONTEXT, "id": f"urn:zhengshu:{doc}", "type": "AnnotationPage"}
    return head | maker | {SIDE: annotated.header(), "items": items}


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read pages, collections with their first page, lists of annotations and single annotations."""
    yield from each(_pages(source), lambda where, page: _record(where, page, annotator, notes))


def _pages(source: Path) -> Iterator[tuple[str, Any]]:
    """Read the files; annotations of several articles in one file make a record each."""
    for path in files(source, ".jsonld", ".json"):
        try:
            page = load_json(path)
            header: object = None
            items: object = page
            if isinstance(page, dict):
                header = page.get(SIDE)
                first = page.get("first")
                items = page.get("items", first.get("items") if isinstance(first, dict) else None)
                if page.get("type") == "Annotation":
                    items = [page]
            if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
                raise DocumentError("holds no list of annotations")
        except DocumentError as error:
            yield str(path), Failure(str(path), str(error))
            continue
        yield from _by_source(path, header if isinstance(header, dict) else {}, items)


def _by_source(path: Path, header: Json, items: list[Json]) -> Iterator[tuple[str, Any]]:
    sources: dict[str, list[Json]] = {}
    for item in items:
        target = item.get("target")
        target = target[0] if isinstance(target, list) and target else target
        source = target.get("source") if isinstance(target, dict) else target
        source = source.get("id") if isinstance(source, dict) else source
        sources.setdefault(source if isinstance(source, str) else "", []).append(item)
    for source, found in (sources or {"": []}).items():
        name = unquote(source).rpartition("/")[2].removesuffix(".txt")
        own = header if len(sources) < 2 else {}
        yield str(path), (own, str(own.get("doc") or name or path.stem), found)


def _record(where: str, page: tuple[Json, str, list[Json]], annotator: str | None, notes: Notes) -> Record:
    header, doc, items = page
    if items:
        items = [items[i] for i in choose([_people(item.get("creator")) for item in items], annotator, where)]
    marks = [_mark(f"annotation {item.get('id', number)}", item, notes) for number, item in enumerate(items, 1)]
    return Record(where, doc, None, marks, header)


def _people(creator: object) -> list[str]:
    if isinstance(creator, dict):
        return [str(creator[key]) for key in ("id", "name", "nickname", "email") if creator.get(key)]
    return [str(creator)] if creator else []


def _mark(where: str, item: Json, notes: Notes) -> Mark:
    kinds: list[str] = []
    fields: Json = {}
    bodies = item.get("body", [])
    for body in bodies if isinstance(bodies, list) else [bodies]:
        value, purpose = (body.get("value"), body.get("purpose")) if isinstance(body, dict) else (body, None)
        found = parse_json(value.encode()) if isinstance(value, str) and value.startswith("{") else None
        if isinstance(found, dict):
            fields |= found
        elif purpose in ("tagging", "classifying", None):
            kinds.append(kind_of(value, where))
        else:
            notes.add(LEFT_OUT, f"body for {purpose}")
    if len(kinds) != 1:
        raise DocumentError(f"{where}: it has {len(kinds)} tags; give each annotation one, the kind of the mention")
    start, end, exact = _selected(where, item.get("target"))
    return Mark(where, kinds[0], start, end, exact, fields)


def _selected(where: str, target: object) -> tuple[int, int, str | None]:
    """Read the place and the quote of a target."""
    targets = target if isinstance(target, list) else [target]
    if len(targets) != 1 or not isinstance(targets[0], dict):
        raise DocumentError(f"{where}: it has {len(targets)} targets; a gold mention is one span with a selector")
    selectors = targets[0].get("selector")
    found = {
        str(selector.get("type")): selector
        for selector in (selectors if isinstance(selectors, list) else [selectors])
        if isinstance(selector, dict)
    }
    position = found.get("TextPositionSelector")
    if position is None:
        raise DocumentError(f"{where}: it has no TextPositionSelector, and a quote alone may stand in several places")
    exact = found.get("TextQuoteSelector", {}).get("exact")
    start, end = (whole(position.get(key), key, where) for key in ("start", "end"))
    return start, end, exact if isinstance(exact, str) else None


FORMAT = Format("web-annotation", None, "code-points", write, read)
