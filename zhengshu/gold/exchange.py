"""What passes between a format and the rest: annotated articles going out, records of marks coming in."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengshu.errors import DocumentError, Failure
from zhengshu.gold.model import KINDS, GoldArticle, choices, field_names, load_bytes, mention_record, parse_json
from zhengshu.gold.offsets import Counting, Offsets

Json = dict[str, Any]

SIDE = "zhengshu"
"""The name under which attributes ride along in a format that has no place for them."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its gold; ``model`` names the program where the mentions are its reading, nobody's gold."""

    gold: GoldArticle
    text: str
    model: str | None = None

    def header(self) -> Json:
        """Give what a gold file says of its article."""
        header = self.gold.record()
        del header["mentions"]
        return header


@dataclass(frozen=True, slots=True)
class Mark:
    """A span as a tool has it: offsets by the tool's counting, the text it quotes, fields as plain values."""

    where: str
    kind: str
    start: int
    end: int
    quote: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One annotated article as a tool has it.

    ``doc`` and ``text`` are None where the tool names none; ``header`` holds what we wrote into it on export.
    """

    where: str
    doc: str | None
    text: str | None
    marks: Sequence[Mark]
    header: Mapping[str, Any] = field(default_factory=dict)


class Notes:
    """What could not be held or was left out, counted; told at the end on standard error."""

    def __init__(self) -> None:
        self._said: dict[str, Counter[str]] = {}

    def add(self, reason: str, what: str, count: int = 1) -> None:
        """Count one thing under its reason: ``("left out, for gold holds none", "relation")``."""
        self._said.setdefault(reason, Counter())[what] += count

    def lines(self) -> list[str]:
        """Give a line for each reason: ``left out, for gold holds none: relation (3), comment (1)``."""
        return [
            f"{reason}: " + ", ".join(f"{what} ({count})" for what, count in counts.items())
            for reason, counts in self._said.items()
        ]


Files = Iterator[tuple[str, bytes]]
Found = Iterator[Record | Failure]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a tool.

    ``main`` is the file that all articles go to, None where each article has files of its own; ``counts`` says how
    the tool counts characters. ``write`` gives names and contents of files; ``read`` takes the file or folder and
    the annotator wanted.
    """

    name: str
    main: str | None
    counts: Counting
    write: Callable[[Sequence[Annotated], Counting, Notes], Files]
    read: Callable[[Path, str | None, Notes], Found]


LEFT_OUT = "left out, for a gold file has no place for it"


# --- attributes that ride along -------------------------------------------------------------------------------------


def pack(annotated: Annotated, offsets: Offsets, notes: Notes, tool: str) -> Json:
    """Give the header and all mentions of an article, offsets in the tool's counting, to ride along in one field."""
    mentions = []
    for number, mention in enumerate(annotated.gold.mentions, 1):
        place = {"start": offsets.out(mention.start), "end": offsets.out(mention.end)}
        mentions.append({"id": f"m{number}"} | mention_record(mention) | place)
        for name in mention.fields():
            notes.add(f"{tool} shows spans and kinds only; these fields ride along in “{SIDE}”", name)
    return annotated.header() | {"mentions": mentions}


class Riding:
    """The fields that rode along: found by the id of a span where the tool keeps one, else by kind and place."""

    def __init__(self, side: object) -> None:
        side = side if isinstance(side, Mapping) else {}
        self.header = {key: side.get(key) for key in ("doc", "sha256", "length", "published", "genre")}
        entries = side.get("mentions")
        self._found: dict[object, Mapping[str, Any]] = {}
        for entry in entries if isinstance(entries, list | tuple) else ():
            if isinstance(entry, Mapping):
                self._found[str(entry.get("id"))] = entry
                self._found[entry.get("kind"), entry.get("start"), entry.get("end")] = entry

    def mark(self, where: str, kind: str, start: int, end: int, name: str | None = None) -> Mark:
        """Make a mark with its fields; a span that was moved in the tool has none, one found by its id keeps them."""
        entry = self._found.get((kind, start, end))
        if entry is None and name and (entry := self._found.get(name)) and entry.get("kind") != kind:
            entry = None
        if entry is None:
            return Mark(where, kind, start, end)
        moved = (entry.get("start"), entry.get("end")) != (start, end)
        names = field_names(kind) if kind in KINDS else ()
        fields = {key: entry[key] for key in names if key in entry and not (moved and key == "name")}
        return Mark(where, kind, start, end, None if moved else entry.get("text"), fields)


# --- reading what tools write ----------------------------------------------------------------------------------------


def kind_of(label: object, where: str) -> str:
    """Read a label as a kind, whatever its case; raises DocumentError that names the kinds."""
    kind = label.strip().lower() if isinstance(label, str) else ""
    if kind not in KINDS:
        raise DocumentError(f"{where}: the label {label!r} is unknown; the labels are {', '.join(KINDS)}")
    return kind


def whole(value: object, what: str, where: str) -> int:
    """Read an offset; raises DocumentError for what is no whole number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DocumentError(f"{where}: its {what} is {short(value)}, not a whole number of characters")
    return value


def attribute(name: str, kind: str) -> str | None:
    """Find the field that a control of a tool means: ``quantity_value`` or ``value -> value``; None for others'."""
    bare = name.removeprefix(f"{kind}_")
    return bare if bare in field_names(kind) else None


def typed(kind: str, name: str, value: object) -> object:
    """Turn the word of a tool into the value of a field: ``"true" -> True`` where the field is a truth value."""
    if choices(kind, name) == ("true", "false") and value in ("true", "false"):
        return value == "true"
    return value


def choose(annotators: Iterable[Sequence[str]], wanted: str | None, where: str) -> list[int]:
    """Choose among annotations by who made them, each of whom may have several names (id, email).

    Raises DocumentError where there are several and none is chosen, or where the chosen one made none.
    """
    names = list(annotators)
    if wanted is not None:
        chosen = [i for i, known in enumerate(names) if wanted in known]
        if not chosen:
            raise DocumentError(f"{where}: {wanted} did not annotate it; {_people(names)} did")
        return chosen
    if len({tuple(known) for known in names}) > 1:
        raise DocumentError(f"{where}: {_people(names)} annotated it; choose one with --annotator")
    return list(range(len(names)))


def _people(names: Iterable[Sequence[str]]) -> str:
    return ", ".join(dict.fromkeys(known[0] if known else "somebody without a name" for known in names)) or "nobody"


def files(source: Path, *suffixes: str) -> list[Path]:
    """Find the files of a source, itself or those of a folder by name; raises DocumentError where there are none."""
    if source.is_dir():
        found = sorted(
            path
            for path in source.iterdir()
            if path.suffix.lower() in suffixes and path.is_file() and not path.name.startswith(".")
        )
        if not found:
            raise DocumentError(f"{source} holds no {' or '.join(suffixes)} files")
        return found
    if not source.exists():
        raise DocumentError(f"there is no {source}")
    return [source]


def json_lines(path: Path) -> Iterator[tuple[str, Json | Failure]]:
    """Read JSON Lines as tools write them: a byte order mark, CRLF and empty lines do no harm."""
    try:
        data = load_bytes(path)
    except DocumentError as error:
        yield str(path), Failure(str(path), str(error))
        return
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        where = f"{path}, line {number}"
        if line.strip():
            try:
                record = parse_json(line)
                if not isinstance(record, dict):
                    raise DocumentError("is no JSON object")
                yield where, record
            except DocumentError as error:
                yield where, Failure(where, str(error))


def each(found: Iterable[tuple[str, Any]], read: Callable[[str, Any], Record | None]) -> Found:
    """Read records one by one: what is wrong with one is a Failure, and the others go on."""
    for where, item in found:
        if isinstance(item, Failure):
            yield item
            continue
        try:
            record = read(where, item)
        except DocumentError as error:
            yield Failure(where, str(error).removeprefix(f"{where}: "))
        else:
            if record is not None:
                yield record


def short(value: object) -> str:
    """Quote a value of a file for a sentence."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}…{text[-1]}"
