"""brat standoff: ``NAME.txt`` and ``NAME.ann``, and the ``annotation.conf`` that tells brat of the kinds and fields.

https://brat.nlplab.org/standoff.html: ``T`` lines are spans, ``A`` lines their attributes out of a list, ``#`` lines
their notes. Fields that are free text stand in the note of their span, as one JSON object. brat's server counts
the characters of a Python string, code points. A ``T`` line holds no line break: a mention that is broken over lines
is written as one fragment a line, and fragments with anything but white space between them are refused.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from zhengshu.charset import decode
from zhengshu.errors import DocumentError, InputError
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
    each,
    files,
    kind_of,
    short,
    typed,
)
from zhengshu.gold.model import KINDS, choices, field_names, load_bytes, load_json, parse_json
from zhengshu.gold.offsets import COUNTINGS, Counting, Offsets

_SPAN = re.compile(
    r"(T[^\t ]+)\t([^\t ]+) ([0-9]{1,10} [0-9]{1,10}(?:;[0-9]{1,10} [0-9]{1,10})*)(?:\t(.*))?", re.DOTALL
)
_ATTRIBUTE = re.compile(r"[AM][^\t ]+\t([^\t ]+) (T[^\t ]+)(?: ([^\t]*))?")
_NOTE = re.compile(r"#[^\t ]*\t[^\t ]+ ([^\t ]+)\t(.*)", re.DOTALL)
_OTHER = {"R": "relation", "E": "event", "N": "normalization", "*": "equivalence", "#": "note"}
_LINE = re.compile(r"[^\r\n]+")
_SIDECAR = ".meta.json"
_WIDEST = 100
"""The widest gap between fragments, in characters, that may be a broken line."""


def write(articles: Sequence[Annotated], counting: Counting, notes: Notes) -> Files:
    """Write the text, the annotations and the metadata of each article, and the configuration of them all."""
    for annotated in articles:
        doc = annotated.gold.doc
        yield f"{doc}.txt", annotated.text.encode()
        yield f"{doc}.ann", "".join(_lines(annotated, counting)).encode()
        yield f"{doc}{_SIDECAR}", (json.dumps(annotated.header(), ensure_ascii=False, indent=1) + "\n").encode()
    yield "annotation.conf", configuration().encode()


def configuration() -> str:
    """Give ``annotation.conf``: the kinds, and each field that is chosen from a list."""
    lines = ["[entities]", *KINDS, "[relations]", "[events]", "[attributes]"]
    for kind in KINDS:
        for name in field_names(kind):
            if options := choices(kind, name):
                lines.append(f"{kind}_{name}\tArg:{kind}, Value:{'|'.join(options)}")
    return "\n".join(lines) + "\n"


def _lines(annotated: Annotated, counting: Counting) -> Iterator[str]:
    offsets = Offsets(annotated.text, counting)
    attributes = 0
    for number, mention in enumerate(annotated.gold.mentions, 1):
        parts = [(mention.start + part.start(), mention.start + part.end()) for part in _LINE.finditer(mention.text)]
        places = ";".join(f"{offsets.out(start)} {offsets.out(end)}" for start, end in parts)
        quote = " ".join(annotated.text[start:end] for start, end in parts)
        yield f"T{number}\t{mention.kind} {places}\t{quote}\n"
        free = {}
        for name, value in mention.fields().items():
            if value is None or not choices(mention.kind, name):
                free[name] = value
            else:
                attributes += 1
                yield f"A{attributes}\t{mention.kind}_{name} T{number} {str(value).lower()}\n"
        if free:
            yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(free, ensure_ascii=False)}\n"


def read(source: Path, annotator: str | None, notes: Notes) -> Found:
    """Read each ``.ann`` with the ``.txt`` beside it; who annotated is not in the format."""
    if annotator is not None:
        raise DocumentError("brat files do not say who annotated them; name the folder of that annotator instead")
    found = ((str(path), path) for path in files(source, ".ann"))
    yield from each(found, lambda where, path: _record(where, path, notes))


def _record(where: str, path: Path, notes: Notes) -> Record:
    text_file, sidecar = path.with_suffix(".txt"), path.with_suffix(_SIDECAR)
    try:
        text = _text(load_bytes(text_file)) if text_file.is_file() else None
        annotations = load_bytes(path).decode("utf-8-sig")
    except InputError as error:
        raise DocumentError(f"its text {text_file.name} {error}") from None
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 at byte {error.start}, as brat's annotations have to be") from None
    header = load_json(sidecar) if sidecar.is_file() else {}
    if not isinstance(header, dict):
        raise DocumentError(f"its metadata file {sidecar.name} is no JSON object")
    return Record(where, str(header.get("doc") or path.stem), text, list(_marks(annotations, text, notes)), header)


def _text(data: bytes) -> str:
    """Read a text with every character that brat counts, a byte order mark too."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data)


def _marks(annotations: str, text: str | None, notes: Notes) -> Iterator[Mark]:
    spans: dict[str, tuple[str, str, str, str | None]] = {}
    fields: dict[str, Json] = {}
    later: list[tuple[str, str]] = []
    counted = [Offsets(text, counting) for counting in COUNTINGS] if text is not None else []
    for number, line in enumerate(annotations.split("\n"), 1):
        line, where = line.removesuffix("\r"), f"line {number}"  # noqa: PLW2901
        if match := _SPAN.fullmatch(line):
            spans[match[1]] = (where, kind_of(match[2], where), match[3], match[4])
            fields[match[1]] = {}
        elif line and line[0] in "AM#":
            later.append((where, line))
        elif line and line[0] in _OTHER:
            notes.add(LEFT_OUT, _OTHER[line[0]])
        elif line.strip():
            raise DocumentError(f"{where}: {short(line)} is no line of brat's standoff format")
    kinds = {name: span[1] for name, span in spans.items()}
    for where, line in later:
        _field(where, line, kinds, fields, notes)
    for name, (where, kind, places, quote) in spans.items():
        start, end = _place(where, places, text, counted)
        yield Mark(where, kind, start, end, quote, fields[name])


def _field(where: str, line: str, kinds: dict[str, str], fields: dict[str, Json], notes: Notes) -> None:
    """Read an attribute or a note into the fields of its span."""
    if match := _ATTRIBUTE.fullmatch(line):
        kind, value = kinds.get(match[2]), match[3]
        if kind is None:
            raise DocumentError(f"{where}: the attribute belongs to {match[2]}, which is no span of this file")
        name = attribute(match[1], kind)
        if name is None:
            notes.add(LEFT_OUT, f"attribute {match[1]}")
        else:
            fields[match[2]][name] = typed(kind, name, "true" if value is None else value)
    elif line[0] in "AM":
        raise DocumentError(f"{where}: {short(line)} is no attribute of a span")
    else:
        match = _NOTE.fullmatch(line)
        found = _object(match[2]) if match else None
        if match is None or found is None or match[1] not in kinds:
            notes.add(LEFT_OUT, "note")
        else:
            fields[match[1]] |= found


def _object(text: str) -> Json | None:
    """Read the JSON object of a note of ours; None for what an annotator wrote in words."""
    try:
        found = parse_json(text.encode("utf-8", "surrogatepass")) if text.startswith("{") else None
    except DocumentError:
        return None
    return found if isinstance(found, dict) else None


def _place(where: str, places: str, text: str | None, counted: Sequence[Offsets]) -> tuple[int, int]:
    """Join the fragments of a mention over lines; refuse a mention in pieces."""
    parts = [tuple(map(int, part.split(" "))) for part in places.split(";")]
    for (_, end), (start, _) in pairwise(parts):
        blank = text is None or any(not text[o.back(end) or 0 : o.back(start) or 0].strip() for o in counted)
        if not 0 <= start - end <= _WIDEST or not blank:
            raise DocumentError(
                f"{where}: the mention is in pieces ({places}) and not only a line break lies between them; "
                "a gold mention is one span: mark it whole, or as several"
            )
    return parts[0][0], parts[-1][1]


FORMAT = Format("brat", None, "code-points", write, read)
