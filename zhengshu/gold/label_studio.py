"""Label Studio JSON: tasks with annotations (gold) or predictions (pre-annotation), and the labelling interface.

A region is one result of type ``labels`` and one for each of its fields, all with the region's id. Label Studio
counts code points: its editor turns the browser's offsets into them (``fixCodePointsInRange`` in
libs/editor/src/tags/object/RichText/view.jsx, read in label-studio 1.23.2). A field without a result is null.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from zhengshu.errors import DocumentError, Failure
from zhengshu.gold.exchange import (
    LEFT_OUT,
    Annotated,
    Files,
    Format,
    Found,
    Json,
    Mark,
    Notes,
    Record,
    attribute,
    choose,
    each,
    files,
    kind_of,
    short,
    typed,
    whole,
)
from zhengshu.gold.model import KINDS, GoldMention, choices, field_names, load_json
from zhengshu.gold.offsets import Counting, Offsets

_COLOURS = {
    "quantity": "#1f77b4",
    "period": "#2ca02c",
    "ordinal": "#9467bd",
    "program": "#ff7f0e",
    "fact": "#d62728",
    "ignore": "#7f7f7f",
}
_VALUES = {"choices": "choices", "textarea": "text", "number": "number", "datetime": "datetime"}
"""Where a control of each type keeps its value."""


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write all tasks into one file, and the labelling interface that shows every field."""
    tasks = [_task(number, annotated, counting) for number, annotated in enumerate(articles, 1)]
    yield "tasks.json", (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()
    yield "label_config.xml", interface().encode()


def interface() -> str:
    """Give the labelling interface (Settings, Labeling Interface, Code): a label a kind, a control a field."""
    view = ElementTree.Element("View")
    labels = ElementTree.SubElement(view, "Labels", name="label", toName="text")
    for kind in KINDS:
        ElementTree.SubElement(labels, "Label", value=kind, background=_COLOURS[kind])
    ElementTree.SubElement(view, "Text", name="text", value="$text", granularity="symbol")
    for kind in KINDS:
        for name in field_names(kind):
            shown = {"visibleWhen": "region-selected", "whenTagName": "label", "whenLabelValue": kind}
            box = ElementTree.SubElement(view, "View", shown)
            ElementTree.SubElement(box, "Header", value=name, size="5")
            control = {"name": f"{kind}_{name}", "toName": "text", "perRegion": "true"}
            if options := choices(kind, name):
                choice = ElementTree.SubElement(box, "Choices", control | {"choice": "single", "showInline": "true"})
                for option in options:
                    ElementTree.SubElement(choice, "Choice", value=option)
            else:
                ElementTree.SubElement(box, "TextArea", control | {"maxSubmissions": "1", "editable": "true"})
    ElementTree.indent(view)
    return ElementTree.tostring(view, encoding="unicode") + "\n"


def _task(number: int, annotated: Annotated, counting: Counting) -> Json:
    offsets = Offsets(annotated.text, counting)
    result = [item for i, m in enumerate(annotated.gold.mentions, 1) for item in _region(f"m{i}", m, offsets)]
    task: Json = {"id": number, "data": {"text": annotated.text} | annotated.header()}
    if annotated.model is None:
        return task | {"annotations": [{"id": number, "completed_by": 1, "result": result}], "predictions": []}
    return task | {"annotations": [], "predictions": [{"model_version": annotated.model, "result": result}]}


def _region(name: str, mention: GoldMention, offsets: Offsets) -> Iterator[Json]:
    place = {"start": offsets.out(mention.start), "end": offsets.out(mention.end)}

    def item(control: str, type_: str, value: Json) -> Json:
        return {"id": name, "from_name": control, "to_name": "text", "type": type_, "value": place | value}

    yield item("label", "labels", {"text": mention.text, "labels": [mention.kind]})
    for field, value in mention.fields().items():
        word = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
        if word is not None:
            type_ = "choices" if choices(mention.kind, field) else "textarea"
            yield item(f"{mention.kind}_{field}", type_, {_VALUES[type_]: [word]})


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read exports of the kind JSON: a list of tasks, or one task."""
    yield from each(_tasks(source), lambda where, task: _record(where, task, annotator, notes))


def _tasks(source: Path) -> Iterator[tuple[str, Any]]:
    for path in files(source, ".json"):
        try:
            found = load_json(path)
        except DocumentError as error:
            yield str(path), Failure(str(path), str(error))
            continue
        for number, task in enumerate(found if isinstance(found, list) else [found], 1):
            known = task.get("id", number) if isinstance(task, dict) else number
            yield f"{path}, task {known}", task


def _record(where: str, task: object, annotator: str | None, notes: Notes) -> Record | None:
    if not isinstance(task, dict) or not isinstance(data := task.get("data"), dict):
        raise DocumentError("this is no task of Label Studio: it has no “data”; export as JSON, not as JSON-MIN or CSV")
    text = data.get("text")
    if not isinstance(text, str):
        raise DocumentError("its data has no “text”; the labelling interface has to show it as <Text value=“$text”>")
    doc = data.get("doc") or data.get("id") or f"task-{task.get('id')}"
    annotation = _annotation(where, task, annotator, notes)
    if annotation is None:
        return None
    regions: dict[str, list[Json]] = {}
    for item in annotation:
        if not isinstance(item, dict) or not isinstance(item.get("value"), dict):
            notes.add(LEFT_OUT, str(item.get("type", "item")) if isinstance(item, dict) else "item")
        else:
            regions.setdefault(str(item.get("id")), []).append(item)
    marks = [mark for name, items in regions.items() for mark in _marks(f"region {name}", items, notes)]
    return Record(where, str(doc), text, marks, {key: data.get(key) for key in ("sha256", "published", "genre")})


def _annotation(where: str, task: Json, annotator: str | None, notes: Notes) -> list[Any] | None:
    """Choose the annotation of a task; a task that nobody annotated is left out."""
    made = task.get("annotations", task.get("completions")) or []
    if not isinstance(made, list) or not all(isinstance(one, dict) for one in made):
        raise DocumentError("its “annotations” is no list of annotations")
    kept = [one for one in made if not one.get("was_cancelled")]
    if not kept:
        reason = "was skipped" if made else "has predictions only" if task.get("predictions") else "is not annotated"
        notes.add("left out, for nobody has annotated it", f"a task that {reason}")
        return None
    chosen = choose([_people(one.get("completed_by")) for one in kept], annotator, where)
    if len(chosen) > 1:
        raise DocumentError("the same annotator annotated it several times; delete all annotations but one")
    result = kept[chosen[0]].get("result")
    if not isinstance(result, list):
        raise DocumentError("its annotation has no list “result”")
    return result


def _people(by: object) -> list[str]:
    """Give the names of an annotator: a number, or an object with id and email."""
    if isinstance(by, Mapping):
        return [str(by[key]) for key in ("email", "id", "username") if by.get(key)]
    return [] if by is None else [str(by)]


def _marks(where: str, items: list[Json], notes: Notes) -> Iterator[Mark]:
    """Put a region together: one mark for each of its labels, with the fields of that kind."""
    labels = [(item["value"], label) for item in items for label in _labels(item)]
    if not labels:
        for item in items:
            notes.add(LEFT_OUT, f"{item.get('type')} outside a region")
        return
    for value, label in labels:
        kind = kind_of(label, where)
        start, end = (whole(value.get(key), key, f"{where} (of a <Text>)") for key in ("start", "end"))
        quote = value.get("text")
        fields = dict(_fields(where, kind, items, notes))
        yield Mark(where, kind, start, end, quote if isinstance(quote, str) else None, fields)
    kinds = {str(label).strip().lower() for _, label in labels}
    for item in items:
        name = str(item.get("from_name"))
        if not _labels(item) and not any(attribute(name, kind) for kind in kinds):
            notes.add(LEFT_OUT, f"{item.get('type')} “{name}”")


def _labels(item: Json) -> list[Any]:
    labels = item["value"].get("labels")
    return labels if isinstance(labels, list) else []


def _fields(where: str, kind: str, items: list[Json], notes: Notes) -> Iterator[tuple[str, object]]:
    for item in items:
        name = attribute(str(item.get("from_name")), kind)
        if name is None or _labels(item):
            continue
        type_ = str(item.get("type"))
        values = item["value"].get(_VALUES.get(type_, type_))
        values = values if isinstance(values, list) else [values]
        if len(values) != 1:
            raise DocumentError(f"{where}: its {name} has {len(values)} values, {short(values)}; leave one")
        if values[0] is not None:
            yield name, typed(kind, name, values[0])


FORMAT = Format("label-studio", "tasks.json", "code-points", write, read)
