"""Articles with gold for the tests of formats: one written by hand, and any number that hypothesis makes."""

from datetime import date
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from schemas.facts import Aspect, Basis, Direction
from schemas.mentions import Modifier, OrdinalRole, PeriodType, ProgramType
from zhengshu.gold.exchange import Annotated
from zhengshu.gold.model import GoldArticle, parse

TEXT = "𠮷野镇“𠮷田”行动：\n2024年，惠及3万余\n户，增长7.2%，居全县第2位。"


def mention(kind: str, quote: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    start = text.index(quote)
    return {"kind": kind, "start": start, "end": start + len(quote), "text": quote, **fields}


def fact(quote: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("direction", "basis", "base", "period", "region", "subject"))
    return mention("fact", quote, text, **empty | fields)


MENTIONS = [
    mention("program", "“𠮷田”行动", name="“𠮷田”行动", type="action"),
    mention("period", "2024年", start_date="2024-01-01", end_date="2024-12-31", type="year"),
    fact("3万余\n户", indicator="农户", aspect="level", period="2024年", region="𠮷野镇"),
    mention("quantity", "3万余\n户", value="30000", high=None, unit="户", modifier="more_than"),
    fact("7.2%", indicator="农户", aspect="change", direction="up"),
    mention("ignore", "7.2"),
    mention("quantity", "7.2%", value="7.20", high=None, unit="%", modifier="exact"),
    mention("ordinal", "第2位", value="2", role="rank", scope="全县", top=False),
]


def annotated(
    text: str = TEXT, mentions: list[dict[str, Any]] = MENTIONS, doc: str = "yoshino", **header: Any
) -> Annotated:
    """Give an article with gold as it goes out."""
    given = {"doc": doc, "sha256": sha256(text.encode()).hexdigest(), "length": len(text), "published": "2025-01-20"}
    ordered = sorted(mentions, key=lambda m: (m["start"], m["end"], m["kind"]))
    return Annotated(parse(given | header | {"mentions": ordered}), text)


# --- any article ------------------------------------------------------------------------------------------------------

CHARACTERS = st.one_of(
    st.sampled_from("年月万亿元%0123456789“”，。𠮷𡈽😀\n\r\t \u3000\u2028\x85\ufeffe\u0301#;\\{\"'<&]|"),
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=60).filter(lambda text: text.strip("\ufeff \t\r\n\u3000\u2028\x85"))
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,6})?\Z")
DAYS = st.dates(min_value=date(1900, 1, 1)).map(date.isoformat)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def _one(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(literal.__args__)


FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "quantity": {"value": NUMBERS, "high": _maybe(NUMBERS), "unit": _maybe(WORDS), "modifier": _one(Modifier)},
    "period": {"start_date": _maybe(DAYS), "end_date": _maybe(DAYS), "type": _one(PeriodType)},
    "ordinal": {"value": NUMBERS, "role": _one(OrdinalRole), "scope": _maybe(WORDS), "top": st.booleans()},
    "program": {"name": WORDS, "type": _one(ProgramType)},
    "fact": {
        "indicator": WORDS,
        "aspect": _one(Aspect),
        "direction": _maybe(_one(Direction)),
        "basis": _maybe(_one(Basis)),
        **dict.fromkeys(("base", "period", "region", "subject"), _maybe(WORDS)),
    },
    "ignore": {},
}


@st.composite
def articles(draw: st.DrawFn) -> Annotated:
    """Any text, any spans over it (nested, overlapping, the same span in two kinds), every field of each."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    mentions: dict[tuple[str, int, int], dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted((draw(ends), draw(ends)))
        quote = text[start:end]
        if quote and quote == quote.strip():
            kind = draw(st.sampled_from(sorted(FIELDS)))
            fields = {name: draw(values) for name, values in FIELDS[kind].items()}
            mentions[kind, start, end] = {"kind": kind, "start": start, "end": end, "text": quote, **fields}
    header = {"published": draw(_maybe(DAYS)), "genre": draw(_maybe(st.sampled_from(["公报", "work report"])))}
    return annotated(text, list(mentions.values()), **header)


def same(gold: GoldArticle, other: GoldArticle) -> bool:
    """Compare as gold files: every field, and which are given."""
    return gold.record() == other.record()
