"""What a run is given to read: noted in its journal, so that it can be resumed without saying it again."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zhengshu.batch.journal import Journal
from zhengshu.errors import UsageError
from zhengshu.records import METADATA

_FIELDS = ("id", "text", *METADATA)


@dataclass(frozen=True, slots=True)
class Given:
    """Inputs and what stands in for what they do not say.

    ``below`` is the folder that names of files count from: that which is watched, and what a resumed run reads.
    """

    inputs: tuple[str, ...]
    published: date | None = None
    region: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    below: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Give it as an object of JSON, with the folder that relative paths count from."""
        return {
            "inputs": [str(self.below)] if self.below else list(self.inputs),
            "published": self.published.isoformat() if self.published else None,
            "region": self.region,
            "columns": dict(self.columns),
            "since": self.since.isoformat() if self.since else None,
            "folder": os.fsdecode(Path.cwd()),
        }

    @classmethod
    def of_stopped(cls, journal: Journal) -> "Given":
        """Take what the last run was given, which was stopped; raises UsageError where it came to its end."""
        kept = journal.stopped()
        if kept is None:
            raise UsageError("the last run came to its end, so there is none to resume; leave --resume out to read on")
        if kept["folder"] != os.fsdecode(Path.cwd()):
            raise UsageError(f"the run that was stopped began in {kept['folder']}; resume it there")
        published, since = (date.fromisoformat(kept[name]) if kept[name] else None for name in ("published", "since"))
        return cls(tuple(kept["inputs"]), published, kept["region"], kept["columns"], since)


def parse_columns(given: str | None) -> dict[str, str]:
    """Read ``text=content,published=date``: which column holds what."""
    columns: dict[str, str] = {}
    for pair in given.split(",") if given else ():
        name, sign, column = pair.partition("=")
        if name.strip() not in _FIELDS or not sign or not column.strip():
            fields = ", ".join(_FIELDS)
            raise UsageError(f"--columns: {pair!r} is not FIELD=COLUMN with one of {fields}, such as text=content")
        columns[name.strip()] = column.strip()
    return columns
