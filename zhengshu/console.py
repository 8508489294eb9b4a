"""What a run tells while it goes: a bar on a terminal, sentences, or a line of JSON for each thing that happens."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Literal, TextIO

from tqdm import tqdm

from zhengshu.errors import Failure

Log = Literal["text", "json"]

_EVERY = 10.0
"""Seconds between two lines of progress in the JSON log."""


def printable(text: str, file: TextIO) -> str:
    """Give a text as a file can show it: escapes rather than an error where it has no Chinese."""
    encoding = file.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


class Console:
    """Tells on standard error; ``advance`` is called once an article."""

    def __init__(self, log: Log, bar: "tqdm[Any]") -> None:
        self.log = log
        self.bar = bar
        self.done = 0
        self.told = monotonic()

    def advance(self) -> None:
        """Count an article."""
        self.done += 1
        if self.log == "text":
            self.bar.update()
        elif monotonic() - self.told >= _EVERY:
            self.told = monotonic()
            self.event("progress", articles=self.done)

    def failure(self, failure: Failure) -> None:
        """Name an article that failed, and why."""
        if self.log == "json":
            self.event("failure", "error", source=failure.source, cause=failure.cause, reason=failure.reason)
        else:
            self.say(str(failure))

    def stage(self, name: str) -> None:
        """Say what is done now that all articles are read."""
        if self.log == "json":
            self.event("stage", stage=name)
        else:
            self.bar.set_postfix_str(name)

    def say(self, line: str, file: TextIO | None = None) -> None:
        """Print a line past the bar."""
        file = file or sys.stderr
        tqdm.write(printable(line, file), file=file)

    def event(self, name: str, level: str = "info", **fields: object) -> None:
        """Write a line of the JSON log."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        told: Mapping[str, Any] = {"time": now, "level": level, "event": name, **fields}
        self.say(json.dumps(told, ensure_ascii=False))


@contextlib.contextmanager
def open_console(log: Log = "text", count: Callable[[], int | None] = lambda: None) -> Iterator[Console]:
    """Open the console of a run; there is a bar on a terminal only, and only then are the articles counted first."""
    shown = log == "text" and sys.stderr.isatty()
    total = count() if shown else None
    bar: Any = tqdm(total=total, unit=" articles", disable=not shown, leave=False, file=sys.stderr)
    with bar:
        yield Console(log, bar)
