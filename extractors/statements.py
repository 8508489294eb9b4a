"""What the fact stage holds of a statement on its way: the fact found, what a sentence carries on, the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.clauses import Figure
from extractors.gazetteer import Region
from extractors.indicators import Indicator
from extractors.tables import alternation, load

Span = tuple[int, int]


@dataclass(slots=True)
class FactFound:
    """A fact of the view: its figure, the spans of its indicator, what is said of it, and the region it is of.

    ``known`` is the official indicator that it names, ``misfit`` one that its unit cannot be of.
    """

    figure: Figure
    indicator: tuple[Span, ...]
    aspect: str
    direction: str | None = None
    basis: str | None = None
    base: Span | None = None
    period: int | None = None
    subject: Span | None = None
    per: Span | None = None
    rule: str = "facts.level"
    region: Region | None = None
    known: Indicator | None = None
    misfit: Indicator | None = None


@dataclass(slots=True)
class Carried:
    """What a sentence has said so far and its next figure may leave out.

    The last fact and the last level; the basis of comparison; the direction of a list of changes (新增…、…); whether
    从…, 由… waits for its 到; a target and whether it is a goal for the sentence; 其中 and the level in front of it;
    the clause that named a topic.
    """

    fact: FactFound | None = None
    level: FactFound | None = None
    basis: str | None = None
    moved: str | None = None
    opened: bool = False
    spanned: bool = False
    target: bool = False
    goal: bool = False
    whole: FactFound | None = None
    topic: Span | None = None


@dataclass(frozen=True, slots=True)
class FactWords:
    """The words of facts.toml, ready for use."""

    target: re.Pattern[str]
    future_after: frozenset[str]
    done: re.Pattern[str]
    up_object: frozenset[str]
    down_object: frozenset[str]
    objective: frozenset[str]
    bare_heads: frozenset[str]
    same_thing: frozenset[str]
    measures: frozenset[str]
    amounts: tuple[str, ...]
    yields: frozenset[str]
    length_only: tuple[str, ...]
    amount_ends: tuple[str, ...]
    share_ends: tuple[str, ...]
    moves: frozenset[str]
    rank: tuple[str, ...]


@cache
def fact_words() -> FactWords:
    """Load the words of the stage, once."""
    table = load("facts")
    target, phrase = table["target"], table["phrase"]
    return FactWords(
        _anchored(target["words"], target["not_before"], target["not_after"]),
        frozenset(target["future_after"]),
        re.compile(alternation(table["goals"]["done"])),
        frozenset(phrase["up_object"]),
        frozenset(phrase["down_object"]),
        frozenset([*phrase["up_object"], *phrase["down_object"]]),
        frozenset(phrase["bare_heads"]),
        frozenset(phrase["same_thing"]),
        frozenset(table["predicate"]["measures"]),
        tuple(phrase["amount_nouns"]),
        frozenset(phrase["yields"]),
        tuple(phrase["length_only"]),
        tuple(phrase["amount_ends"]),
        tuple(phrase["share_ends"]),
        frozenset(phrase["moves"]),
        tuple(sorted(table["rank"]["strip"], key=len, reverse=True)),
    )


def _anchored(words: Sequence[str], not_before: dict[str, str], not_after: dict[str, str]) -> re.Pattern[str]:
    """Compile words with what must not stand around them; a character class begins the pattern, for speed."""
    patterns = []
    for word in sorted(words, key=lambda word: (-len(word), word)):
        before, after = not_before.get(word), not_after.get(word)
        behind = f"(?<={word[0]})" + (f"(?<![{before}]{word[0]})" if before else "")
        patterns.append(behind + re.escape(word[1:]) + (f"(?![{after}])" if after else ""))
    return re.compile(f"[{''.join(sorted({word[0] for word in words}))}](?:{'|'.join(patterns)})")
