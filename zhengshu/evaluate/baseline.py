"""What became of every record, kept in a file and compared later: a rise never hides a fall.

The file is JSON Lines, a head and then one record a line in the order of the articles, so that a diff shows which
records changed. A record is the same where article, kind and span are; gold that is no longer there, or was not
there before, is told apart from what fell or rose.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengshu.errors import OutputError, UsageError
from zhengshu.evaluate.scores import Evaluation, Judgement, quote

FORMAT = "1"
HEAD = {"baseline": FORMAT}

RANK = {"right": 3, "attribute": 2, "span": 1, "missed": 0}
"""Which outcome of a gold record is better; ``spurious`` is not one: such a record is there or is not."""

MAX_BYTES = 1_000_000_000

Key = tuple[str, str, int, int, int]
"""Article, kind, start, end, and which of several facts over the same span."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of a baseline: what became of a record, and by which rule it was read where that is known."""

    article: str
    kind: str
    start: int
    end: int
    text: str
    outcome: str
    wrong: tuple[str, ...]
    rule: str | None

    def line(self) -> str:
        """Write it as JSON: what is empty is left out."""
        fields = {name: getattr(self, name) for name in ("article", "kind", "start", "end", "text", "outcome")}
        fields |= {"wrong": list(self.wrong)} if self.wrong else {}
        fields |= {"rule": self.rule} if self.rule else {}
        return json.dumps(fields, ensure_ascii=False)

    def __str__(self) -> str:
        return f"{self.article}: {self.kind} {quote({'text': self.text})} at {self.start}"

    @property
    def state(self) -> str:
        """Say what became of it: ``wrong in unit, modifier``."""
        return "wrong in " + ", ".join(self.wrong) if self.outcome == "attribute" else _STATES[self.outcome]


_STATES = {"right": "right", "span": "span wrong", "missed": "missed", "spurious": "spurious"}

Baseline = dict[Key, Kept]


@dataclass(frozen=True, slots=True)
class Change:
    """A record whose outcome is another than before; None where there was or is no such record."""

    before: Kept | None
    after: Kept | None

    @property
    def known(self) -> Kept:
        """Give the record, as it is now where it still is."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a change has one side at least
        return found

    @property
    def rule(self) -> str | None:
        """Name the rule at work: that of the record read now, else of the one read before."""
        rules = [side.rule for side in (self.after, self.before) if side is not None and side.rule]
        return rules[0] if rules else None

    def __str__(self) -> str:
        before = "not read" if self.before is None else self.before.state
        after = "no longer read" if self.after is None else self.after.state
        return f"{self.known}: {before} → {after}" + (f" ({self.rule})" if self.rule else "")

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        sides = {"before": self.before and self.before.state, "after": self.after and self.after.state}
        place = {name: getattr(self.known, name) for name in ("article", "kind", "start", "end", "text")}
        return {**place, **sides, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Now against before: what fell and what rose; gold that vanished and gold that is new."""

    falls: tuple[Change, ...]
    rises: tuple[Change, ...]
    vanished: tuple[Kept, ...]
    new: tuple[Kept, ...]

    def lines(self) -> list[str]:
        """Say it in lines: a head, then every fall and every rise, by rule; gold that came and went by article."""
        counts = f"{len(self.falls)} fell, {len(self.rises)} rose"
        gold = f"{len(self.vanished)} gold records vanished, {len(self.new)} are new"
        lines = [f"against the baseline: {counts}, {gold}"]
        for name, changes in (("fell", self.falls), ("rose", self.rises)):
            for rule, group in _by_rule(changes).items():
                lines.append(f"{name}: {len(group)} by {rule}")
                lines += (f"  {name}: {change}" for change in group)
        for name, kept in (("vanished", self.vanished), ("new", self.new)):
            lines += (f"{name}: {count} gold records of {article}" for article, count in _by_article(kept).items())
        return lines

    def as_json(self) -> dict[str, Any]:
        """Give it as plain values."""
        return {
            "falls": [change.as_json() for change in self.falls],
            "rises": [change.as_json() for change in self.rises],
            "vanished": [str(kept) for kept in self.vanished],
            "new": [str(kept) for kept in self.new],
        }


def keep(evaluation: Evaluation) -> Baseline:
    """Keep what became of every record."""
    baseline: Baseline = {}
    for judgement in evaluation.judgements():
        kept = _kept(judgement)
        baseline[_key(kept, baseline)] = kept
    return baseline


def compare(before: Baseline, now: Baseline) -> Comparison:
    """Compare record by record; a spurious record counts as risen where it is gone, as fallen where it is new.

    A record of which one field is mended and another broken has fallen.
    """
    falls: list[Change] = []
    rises: list[Change] = []
    vanished, new = [], []
    for key in [*before, *(key for key in now if key not in before)]:
        a, b = before.get(key), now.get(key)
        a_gold, b_gold = (side if side is not None and side.outcome != "spurious" else None for side in (a, b))
        if a_gold and b_gold:
            (falls if _worse(a_gold, b_gold) else rises if _worse(b_gold, a_gold) else []).append(Change(a, b))
        elif a_gold:
            vanished.append(a_gold)
        elif b_gold:
            new.append(b_gold)
        elif a is None or b is None:
            (falls if a is None else rises).append(Change(a, b))
    return Comparison(tuple(falls), tuple(rises), tuple(vanished), tuple(new))


def save(place: str, baseline: Baseline) -> None:
    """Write a baseline whole or not at all."""
    path = Path(place)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text("".join(f"{line}\n" for line in _lines(baseline.values())), "utf-8")
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(f"the baseline {place} cannot be written: {error.strerror or error}") from None


def load(place: str) -> Baseline:
    """Load a baseline; raises UsageError that names the line at fault."""
    path = Path(place)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{place} is larger than {MAX_BYTES // 1_000_000} MB; it is no baseline of ours")
        head, *lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise UsageError(
            f"the baseline {place} cannot be read: {error.strerror or error}; make one with --save-baseline {place}"
        ) from None
    except UnicodeDecodeError:
        head, lines = "", []
    if head != json.dumps(HEAD):
        raise UsageError(f"{place} is no baseline of this version; make one with --save-baseline")
    baseline: Baseline = {}
    for number, line in enumerate(lines, 2):
        if line:
            kept = _parse(line, f"{place}, line {number}")
            baseline[_key(kept, baseline)] = kept
    return baseline


def _kept(judgement: Judgement) -> Kept:
    place = judgement.place
    text = str(place.get("text", ""))
    at = (int(place["start"]), int(place["end"]))
    return Kept(judgement.article, judgement.kind, *at, text, judgement.outcome, judgement.wrong, judgement.rule)


def _key(kept: Kept, taken: Mapping[Key, Kept]) -> Key:
    number = 0
    while (key := (kept.article, kept.kind, kept.start, kept.end, number)) in taken:
        number += 1
    return key


def _worse(before: Kept, after: Kept) -> bool:
    if RANK[after.outcome] != RANK[before.outcome]:
        return RANK[after.outcome] < RANK[before.outcome]
    return bool(set(after.wrong) - set(before.wrong))


def _lines(kept: Iterable[Kept]) -> Iterable[str]:
    yield json.dumps(HEAD)
    yield from (each.line() for each in kept)


def _parse(line: str, where: str) -> Kept:
    try:
        fields = json.loads(line)
        wrong = tuple(str(name) for name in fields.pop("wrong", ()))
        kept = Kept(**{"rule": None, **fields}, wrong=wrong)
        if not isinstance(kept.start, int) or not isinstance(kept.end, int):
            raise TypeError
        if kept.outcome not in (*RANK, "spurious"):
            raise ValueError
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"{where}: this is no record of a baseline; make it anew with --save-baseline") from None
    return kept


def _by_rule(changes: Iterable[Change]) -> dict[str, list[Change]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.rule or "no rule", []).append(change)
    return dict(sorted(groups.items()))


def _by_article(kept: Iterable[Kept]) -> Counter[str]:
    return Counter(each.article for each in kept)
