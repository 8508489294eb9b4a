"""What happened in a run: counts, rates, failures by cause, the slowest articles, findings by code."""

import heapq
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from zhengshu import sinks
from zhengshu.batch import links
from zhengshu.batch.journal import Journal
from zhengshu.batch.outcomes import KINDS, Done, Outcome
from zhengshu.errors import Failure
from zhengshu.report import Table, shorten

_SLOWEST = 10
_FAILURES = 1_000
"""So many failures are listed in the report; all are counted, and said as they happen."""


@dataclass
class Summary:
    """Collects what happens; its size does not depend on the length of the run."""

    version: str
    place: str
    table: Table = field(default_factory=Table)
    unchanged: int = 0
    passed: int = 0
    duplicates: int | None = None
    causes: "Counter[str]" = field(default_factory=Counter)
    findings: "Counter[str]" = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    slowest: list[tuple[float, str, int]] = field(default_factory=list)
    began: float = field(default_factory=perf_counter)
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def add(self, outcome: Outcome) -> None:
        """Count one outcome in."""
        if isinstance(outcome, Done):
            self.table.add(outcome)
            self.findings.update(dict(outcome.findings))
            heapq.heappush(self.slowest, (outcome.seconds, outcome.id, outcome.characters))
            if len(self.slowest) > _SLOWEST:
                heapq.heappop(self.slowest)
        else:
            self.table.failed += 1
            self.causes[outcome.cause] += 1
            if len(self.failures) < _FAILURES:
                self.failures.append(outcome)

    def close(self, journal: Journal, duplicates: str | None) -> None:
        """Take from the journal what it alone knows, and write the near duplicates to a file where one is named."""
        self.unchanged, self.passed = journal.unchanged, journal.passed
        self.duplicates = links.count(journal.db)
        if duplicates is not None:
            with sinks.open_file(duplicates, b"\n") as sink:
                for article, of, alike in links.duplicates(journal.db):
                    link = {"article": article, "duplicate_of": of, "resemblance": round(alike, 4)}
                    sink.write(article, json.dumps(link, ensure_ascii=False))

    def as_json(self) -> dict[str, Any]:
        """Give the report as an object."""
        table, seconds = self.table, perf_counter() - self.began
        slowest = [dict(zip(("seconds", "article", "characters"), each, strict=True)) for each in self._slowest()]
        return {
            "version": self.version,
            "place": self.place,
            "started": self.started.isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "articles": {
                "read": table.done,
                "failed": table.failed,
                "unchanged": self.unchanged,
                "not_selected": self.passed,
            },
            "characters": table.characters,
            "rates": {
                "articles_per_second": round(table.done / seconds, 2),
                "characters_per_second": round(table.characters / seconds),
                "seconds_of_reading": round(table.seconds, 3),
            },
            "records": dict(zip(KINDS, table.counts, strict=True)),
            "findings": dict(sorted(self.findings.items())),
            "failures": dict(sorted(self.causes.items())),
            "failed": [{"source": f.source, "cause": f.cause, "reason": f.reason} for f in self.failures],
            "slowest": slowest,
            "near_duplicates": self.duplicates,
        }

    def _slowest(self) -> list[tuple[float, str, int]]:
        ordered = sorted(self.slowest, key=lambda each: (-each[0], each[1]))
        return [(round(seconds, 3), name, characters) for seconds, name, characters in ordered]

    def __str__(self) -> str:
        """Give the report as one screen."""
        seconds = max(perf_counter() - self.began, 1e-9)
        counted = [f"{self.table.done:,} read", f"{self.unchanged:,} unchanged" if self.unchanged else ""]
        counted += [f"{self.passed:,} not selected" if self.passed else ""]
        counted += [f"{self.table.failed:,} failed" if self.table.failed else ""]
        rates = f"{self.table.done / seconds:,.1f} articles/s, {self.table.characters / seconds:,.0f} characters/s"
        lines = [f"{', '.join(filter(None, counted))} in {seconds:,.1f} s: {rates}"]
        if self.causes:
            lines.append("failures    " + " · ".join(f"{name} {n:,}" for name, n in self.causes.most_common()))
        if self.findings:
            lines.append("findings    " + " · ".join(f"{name} {n:,}" for name, n in self.findings.most_common(8)))
        if self.table.done > 1:
            shown = (f"{shorten(name, 30)} {took:.3f} s" for took, name, _ in self._slowest()[:3])
            lines.append("slowest     " + " · ".join(shown))
        if self.duplicates:
            lines.append(f"duplicates  {self.duplicates:,} articles resemble an earlier one")
        return "\n".join([str(self.table), "", *lines])

    def write(self, file: str) -> None:
        """Write the report as JSON, whole or not at all."""
        path = Path(file)
        temporary = sinks.prepare(path, path.parent)
        with sinks.removed(temporary), sinks.whole(path, temporary) as out:
            out.write(json.dumps(self.as_json(), ensure_ascii=False, indent=1).encode() + b"\n")
