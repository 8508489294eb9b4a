"""The words of calendar time, compiled from periods.toml."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.tables import alternation, load


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The table as patterns and look-ups: what each word is worth is in periods.toml."""

    plans: dict[str, tuple[int, int]]
    events: dict[str, date]
    spring_festival: dict[int, date]
    days: dict[str, int]
    days_told: dict[str, int]
    months: dict[str, int]
    quarters: dict[str, int]
    weeks: dict[str, int]
    years: dict[str, int]
    years_told: dict[str, int]
    now: frozenset[str]
    year_edges: frozenset[str]
    future: frozenset[str]
    lexical: re.Pattern[str]
    word: re.Pattern[str]
    simple: re.Pattern[str]
    since: re.Pattern[str]
    length_noun: re.Pattern[str]
    compared: frozenset[str]
    ends_in_big: frozenset[str]
    verbs_to: frozenset[str]
    heads_to: tuple[str, ...]
    no_day_before: re.Pattern[str]
    no_number_before: frozenset[str]
    no_year_before: frozenset[str]


def scan(words: list[str]) -> re.Pattern[str]:
    """Compile words behind one character class of their first letters, so that a scan skips at full speed."""
    firsts = sorted({word[0] for word in words})
    branches = "|".join(
        f"(?<={re.escape(first)})(?:{alternation(word[1:] for word in words if word[0] == first)})" for first in firsts
    )
    return re.compile(f"[{re.escape(''.join(firsts))}](?:{branches})")


@cache
def calendar_words() -> CalendarWords:
    """Load the table."""
    table = load("periods")
    context, lengths = table["context"], table["lengths"]
    points = [word for kind in ("days", "days_told", "months", "quarters", "weeks") for word in table[kind]]
    points += table["now"]["words"]
    points += [*table["edges"]["year"], *table["edges"]["month"]]
    years = [*table["years"], *table["years_told"]]
    parts = ["上半年", "下半年", "季度末", "季末", *(f"第{n}季度" for n in "一二三四"), "上世纪", "上个世纪", "本世纪"]
    return CalendarWords(
        plans={name: (first, last) for name, (first, last) in table["plans"].items()},
        events={name: date.fromisoformat(day) for name, day in table["events"].items()},
        spring_festival={int(year): date.fromisoformat(day) for year, day in table["spring_festival"].items()},
        days=table["days"],
        days_told=table["days_told"],
        months=table["months"],
        quarters=table["quarters"],
        weeks=table["weeks"],
        years=table["years"],
        years_told=table["years_told"],
        now=frozenset(table["now"]["words"]),
        year_edges=frozenset(table["edges"]["year"]),
        future=frozenset(lengths["future"]),
        lexical=scan([*points, *years, *parts]),
        word=re.compile(alternation(points)),
        simple=re.compile(alternation([*table["days"], *(word for word in table["now"]["words"] if word != "即日")])),
        since=re.compile(f"(?P<event>{alternation(table['events'])})(?:胜利)?(?:召开)?以来"),
        length_noun=re.compile(f"的?(?:{alternation(lengths['nouns'])})"),
        compared=frozenset(context["compared"]),
        ends_in_big=frozenset(context["ends_in_big"]),
        verbs_to=frozenset(context["verbs_to"]),
        heads_to=tuple(context["heads_to"]),
        no_day_before=re.compile(f"(?:{alternation(context['no_day_before'])})$"),
        no_number_before=frozenset(context["no_number_before"]),
        no_year_before=frozenset(context["no_year_before"]),
    )
