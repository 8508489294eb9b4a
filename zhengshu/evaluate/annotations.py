"""Gold annotations, the articles they belong to, and the documents that are judged by them.

What is wrong with a file is one sentence that names the file and the mention; the format is in corpus/README.md.
"""

import contextlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from schemas import Article, Extraction
from zhengshu import batch, ingest
from zhengshu.errors import Failure, InputError, UsageError
from zhengshu.evaluate.fields import KINDS
from zhengshu.stored import find

Gold = dict[str, Any]

NEEDED = {
    "quantity": ("value", "unit", "modifier"),
    "period": ("start_date", "end_date"),
    "ordinal": ("value", "role"),
    "program": ("type",),
    "fact": ("indicator", "aspect"),
    "ignore": (),
}
"""The fields that a mention must have besides its place; others that it does not have count as null."""

MAX_BYTES = 100_000_000

_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def load_gold(place: str) -> list[Gold]:
    """Load the annotations of a folder, or one file of them; raises UsageError for the first that cannot be used."""
    path = Path(place)
    files = sorted(path.glob("*.json")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise UsageError(f"{place} holds no annotations; name a folder of gold .json files")
    gold: list[Gold] = []
    names: dict[str, Path] = {}
    for file in files:
        gold.append(_load(file))
        name = gold[-1]["doc"]
        if name in names:
            raise UsageError(f"{file}: it annotates {name}, as {names[name]} does; give each article one file")
        names[name] = file
    return gold


def find_articles(place: str, gold: Iterable[Gold], given: Sequence[str]) -> tuple[dict[str, Article], list[Failure]]:
    """Find the articles of the gold by their sha256: among those given, else beside the gold.

    Beside ``corpus/gold`` are ``corpus/articles/`` and ``corpus/articles.jsonl``. An article without a date of
    publication takes the one that the gold was annotated with. Raises UsageError where a quoted text is not that of
    the article.
    """
    wanted = {annotation["sha256"]: annotation for annotation in gold}
    inputs = list(given) or [str(path) for path in _beside(Path(place)) if path.exists()]
    articles: dict[str, Article] = {}
    failures: list[Failure] = []
    for item in ingest.read(inputs):
        if isinstance(item, Failure):
            failures.append(item)
        elif (annotation := wanted.get(text_hash(item.text))) is not None:
            articles[annotation["sha256"]] = _dated(item, annotation)
    for annotation in wanted.values():
        if annotation["sha256"] in articles:
            check_texts(annotation, articles[annotation["sha256"]])
    return articles, failures


def read_documents(
    articles: Iterable[Article], extract: Callable[[Article], Extraction], workers: int = 1
) -> tuple[dict[str, Gold], list[Failure]]:
    """Read articles into documents, as ``extract`` would have stored them, by sha256."""
    articles = list(articles)
    documents: dict[str, Gold] = {}
    failures: list[Failure] = []
    for outcome in batch.run(articles, extract, workers=workers):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            document = json.loads(outcome.document)
            documents[document["article"]["sha256"]] = document
    return documents, failures


def load_documents(outputs: str) -> Iterator[tuple[str, Gold]]:
    """Load stored documents as plain JSON, each with the sha256 of its article; documents without rules load too."""
    for stored in find(outputs):
        if isinstance(stored, Failure):
            raise UsageError(str(stored))
        document = json.loads(stored.line())
        for key in (*KINDS.values(), "facts"):
            fault = _list_fault(key, document.get(key) or [])
            if fault:
                raise UsageError(f"{stored.name}: {fault}; write the document again with extract")
        yield stored.sha256, document


def check_texts(annotation: Gold, article: Article) -> None:
    """Hold every quoted text against the article; raises UsageError that names both where they differ."""
    for number, mention in enumerate(annotation["mentions"], 1):
        there = article.text[mention["start"] : mention["end"]]
        if mention["text"] != there:
            where = f"{mention['start']}–{mention['end']} (mention {number}, {mention['kind']})"
            raise UsageError(
                f"the gold of {annotation['doc']} says “{_line(mention['text'])}” at {where}, but the article "
                f"{article.source or article.id} has “{_line(there)}” there; offsets count code points, end exclusive"
            )


def text_hash(text: str) -> str:
    """Give the sha256 of a text in UTF-8, by which gold, article and document find each other."""
    return sha256(text.encode()).hexdigest()


def _beside(place: Path) -> tuple[Path, Path]:
    folder = place.resolve() if place.is_dir() else place.resolve().parent
    near = folder.parent
    with contextlib.suppress(ValueError):
        near = near.relative_to(Path.cwd())
    return near / "articles", near / "articles.jsonl"


def _dated(article: Article, annotation: Gold) -> Article:
    if article.published is not None or not annotation.get("published"):
        return article
    return Article.model_validate(article.model_dump() | {"published": annotation["published"]})


def _load(file: Path) -> Gold:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES // 1_000_000} MB")
        found = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}: the annotations cannot be read, this is no JSON in UTF-8: {error}") from None
    reason = _fault(found)
    if reason:
        raise UsageError(f"{file}: {reason}; corpus/README.md describes the format")
    gold: Gold = found
    return gold


def _fault(gold: object) -> str | None:
    """Say what makes an annotation file unusable."""
    if not isinstance(gold, dict):
        return "the annotations of an article are a JSON object"
    for name, kind in (("doc", str), ("sha256", str), ("mentions", list)):
        if not isinstance(gold.get(name), kind):
            return f"“{name}” is missing or no {'text' if kind is str else 'list'}"
    if not _SHA256.fullmatch(gold["sha256"]):
        return "“sha256” is not the 64 hexadecimal digits of a sha256"
    if not isinstance(gold.get("genre") or "", str):
        return "“genre” is no text"
    try:
        ingest.parse_date(gold.get("published") or "2000-01-01")
    except (InputError, AttributeError, TypeError):
        return f"“published” is {gold['published']!r}, not a date like 2022-09-13"
    faults = ((number, _mention_fault(mention)) for number, mention in enumerate(gold["mentions"], 1))
    return next((f"mention {number}: {fault}" for number, fault in faults if fault), None)


def _mention_fault(mention: object) -> str | None:
    if not isinstance(mention, Mapping):
        return "it is no JSON object"
    kind = mention.get("kind")
    if not isinstance(kind, str) or kind not in NEEDED:
        return f"its kind is {kind!r}, not one of {', '.join(NEEDED)}"
    if not _placed(mention):
        return "“start” and “end” are not two whole numbers, the first the smaller"
    if not isinstance(mention.get("text"), str):
        return "“text” is missing or no text"
    for name in NEEDED[kind]:
        if name not in mention:
            return f"the {kind} “{_line(mention['text'])}” has no “{name}”"
    for name in ("value", "high"):
        number = mention.get(name)
        if number is not None and not _DECIMAL.fullmatch(str(number)):
            return f"the {kind} “{_line(mention['text'])}” has the {name} {number!r}, which is no decimal number"
    return None


def _list_fault(key: str, records: object) -> str | None:
    """Say what makes a list of a document unusable."""
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return f"{key} is no list of records"
    if key != "facts" and not all(map(_placed, records)):
        return f"a record of {key} has no start and end"
    ids = (record.get(name) for record in records for name in ("id", "quantity", "period"))
    if not all(isinstance(each, str | None) for each in ids):
        return f"a record of {key} has an id that is no text"
    return None


def _placed(record: Mapping[str, Any]) -> bool:
    start, end = record.get("start"), record.get("end")
    return type(start) is int and type(end) is int and 0 <= start < end


def _line(text: str) -> str:
    text = "↵".join(text.splitlines())
    return text if len(text) <= 60 else text[:59] + "…"
