"""What the fact stage holds of a statement on its way: the fact found, what a sentence carries on, the words."""

import re
from dataclasses import dataclass
from functools import cache

from extractors.clauses import Figure
from extractors.gazetteer import Region
from extractors.tables import alternation, load

Span = tuple[int, int]


@dataclass(slots=True)
class FactFound:
    """A fact of the view: its figure, the spans of its indicator, what is said of it, and the region it is of."""

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


@dataclass(slots=True)
class Carried:
    """What a sentence has said so far and its next figure may leave out.

    The last fact and the last level; the basis of comparison; the direction of a list of changes (新增…、…); whether
    从…, 由… waits for its 到; a target and whether it is a goal for the sentence; 其中 and the level in front of it; the clause that named a topic.
    """

    fact: FactFound | None = None
    level: FactFound | None = None
    basis: str | None = None
    moved: str | None = None
    opened: bool = False
    spanned: bool = False
    target: bool = False
    goal: bool = False
    of_which: bool = False
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
    rank: tuple[str, ...]


@cache
def fact_words() -> FactWords:
    """Load the words of the stage, once."""
    table = load("facts")
    target, phrase = table["target"], table["phrase"]
    patterns = []
    for word in sorted(target["words"], key=lambda word: (-len(word), word)):
        before, after = target["not_before"].get(word), target["not_after"].get(word)
        patterns.append((f"(?<![{before}])" if before else "") + re.escape(word) + (f"(?![{after}])" if after else ""))
    return FactWords(
        re.compile("|".join(patterns)),
        frozenset(target["future_after"]),
        re.compile(alternation(table["goals"]["done"])),
        frozenset(phrase["up_object"]),
        frozenset(phrase["down_object"]),
        frozenset([*phrase["up_object"], *phrase["down_object"]]),
        frozenset(phrase["bare_heads"]),
        frozenset(phrase["same_thing"]),
        frozenset(table["predicate"]["measures"]),
        tuple(phrase["amount_nouns"]),
        tuple(sorted(table["rank"]["strip"], key=len, reverse=True)),
    )
