"""The component of spaCy: records as span groups of a Doc, each with its exact offsets.

spaCy finds it by its entry point, which is ``pipeline.spacy_component``: this module is given ``extract`` and imports
none of the extractors. The document rides in ``doc.user_data`` as JSON, so that it survives processes and DocBin;
spans carry the id of their record.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from schemas import Article, Extraction, Fact, Mention

GROUPS = {
    "numbers": "number",
    "quantities": "quantity",
    "periods": "period",
    "ordinals": "ordinal",
    "programs": "program",
    "facts": "fact",
}
"""The span groups and the label of the spans in each; the span of a fact is that of its figure."""

METADATA = ("article", "title", "published", "region")
"""What may be set for a Doc before it passes: its id, title, ISO date of publication, region."""

KEY = "zhengshu"
"""Where the document lies in ``doc.user_data``."""

Extract = Callable[[Article], Extraction]

_made: list[Callable[..., "Component"]] = []


class Component:
    """Reads a Doc: ``3万余户`` becomes a span of ``doc.spans["quantities"]``, its record ``span._.record``.

    A span covers whole tokens; where a record ends inside one, ``span._.start_char`` and ``end_char`` are exact.
    """

    def __init__(self, extract: Extract, **metadata: str | None) -> None:
        self.extract = extract
        self.metadata = metadata

    def __call__(self, doc: Doc) -> Doc:
        """Read the text of a Doc, with its own metadata or else those of the configuration."""
        known = {name: getattr(doc._, name) or self.metadata.get(name) for name in METADATA}
        name = known.pop("article") or "text"
        document = self.extract(Article.model_validate({"id": name, "text": doc.text, **known}))
        doc.user_data[KEY] = document.model_dump_json()
        figures: dict[str, Mention] = {record.id: record for record in (*document.quantities, *document.ordinals)}
        for group, label in GROUPS.items():
            spans = []
            for record in getattr(document, group):
                place = figures[record.quantity] if group == "facts" else record
                spans.append(
                    doc.char_span(place.start, place.end, label=label, span_id=record.id, alignment_mode="expand")
                )
            doc.spans[group] = spans
        return doc


def register(extract: Extract) -> Callable[..., Component]:
    """Make the component known to spaCy as ``zhengshu``, once, and give what makes it.

    spaCy asks for entry points while it registers anything, this too; so the maker is there before it is registered.
    """
    if not _made:

        def make(nlp: Language, name: str, published: str | None, region: str | None, title: str | None) -> Component:
            return Component(extract, published=published, region=region, title=title)

        _made.append(make)
        _extend()
        defaults = {"published": None, "region": None, "title": None}
        Language.factory("zhengshu", default_config=defaults, assigns=["doc._.extraction", "doc.spans"], func=make)
    return _made[0]


def _extend() -> None:
    """Give Doc and Span our attributes; metadata that a user has given a Doc already are taken from there."""
    for name in METADATA:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    Doc.set_extension("extraction", getter=extraction, force=True)
    Span.set_extension("record", getter=record, force=True)
    Span.set_extension("start_char", getter=start_char, force=True)
    Span.set_extension("end_char", getter=end_char, force=True)


def extraction(doc: Doc) -> Extraction | None:
    """Give the document that was read from a Doc, None where the component has not seen it."""
    written = doc.user_data.get(KEY)
    return _read(written)[0] if written else None


def record(span: Span) -> Any:  # noqa: ANN401
    """Give the record of a span of ours, None for any other span."""
    written = span.doc.user_data.get(KEY)
    return _read(written)[1].get(span.id_) if written else None


def start_char(span: Span) -> int:
    """Give the offset at which the figure, time or name of a span begins, in code points."""
    place = _place(span)
    return place.start if place else int(span.start_char)


def end_char(span: Span) -> int:
    """Give the offset at which it ends, exclusive."""
    place = _place(span)
    return place.end if place else int(span.end_char)


def _place(span: Span) -> Mention | None:
    found = record(span)
    if isinstance(found, Fact):
        found = _read(span.doc.user_data[KEY])[1][found.quantity]
    return found if isinstance(found, Mention) else None


@lru_cache(maxsize=128)
def _read(written: str) -> tuple[Extraction, dict[str, Any]]:
    """Read a document and index its records by their ids; kept for a while, for every span of a Doc asks for it."""
    document = Extraction.model_validate_json(written)
    return document, {record.id: record for group in GROUPS for record in getattr(document, group)}
