"""Files as they arrive in a folder: each is given when it is whole, that is when it has not changed for a while."""

import importlib.util
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from time import monotonic

from zhengshu import ingest
from zhengshu.ingest import SIDECAR

NEEDS_WATCHFILES = "watching a folder needs the extra watch; install it: pip install '.[watch]'"

_TICK = 0.25
_Look = tuple[int, int]


def available() -> bool:
    """Tell whether the library that watches is installed."""
    return importlib.util.find_spec("watchfiles") is not None


def arrivals(folder: Path, settle: float, *, once: bool = False) -> Iterator[list[Path]]:
    """Give the files of a folder that are whole, then those that come or change, until Ctrl-C.

    A file is whole when neither it nor its ``.meta.json`` has changed for ``settle`` seconds. With ``once`` it ends
    when no file is waiting any more.
    """
    from watchfiles import watch  # noqa: PLC0415

    tick = int(1000 * min(_TICK, max(settle / 4, 0.01)))
    waiting = Waiting(settle)
    changes = watch(folder, rust_timeout=tick, step=10, debounce=tick, yield_on_timeout=True, raise_interrupt=True)
    first = dict.fromkeys(ingest.files([str(folder)]))
    for found in _with_first(changes, first):
        for path in found:
            waiting.see(path)
        ready = waiting.ready()
        if ready:
            yield ready
        if once and not waiting.files:
            return


def _with_first(changes: Iterable[Collection[tuple[object, str]]], first: dict[Path, None]) -> Iterator[list[Path]]:
    """Give the files that are there when the watch has begun, then those that change."""
    for number, changed in enumerate(changes):
        arrived = sorted({path for _, name in changed if (path := _article(Path(name))) is not None})
        yield [*first, *arrived] if number == 0 else arrived


def _article(path: Path) -> Path | None:
    """Give the file of an article for a file that changed: that of its metadata stands for the article."""
    if path.name.startswith("."):
        return None
    if path.name.endswith(SIDECAR):
        return path.with_name(path.name.removesuffix(SIDECAR) + ".txt")
    return path if ingest.kind(path.name) else None


class Waiting:
    """Files that were seen to change, each with its size and time, and since when it has had these."""

    def __init__(self, settle: float) -> None:
        self.settle = settle
        self.files: dict[Path, tuple[_Look | None, float]] = {}

    def see(self, path: Path) -> None:
        """Note that a file is new or changed."""
        self.files[path] = (_look(path), monotonic())

    def ready(self) -> list[Path]:
        """Take out the files that are whole; those that have gone are forgotten."""
        whole = []
        for path, (before, since) in list(self.files.items()):
            now = _look(path)
            if now is None:
                del self.files[path]
            elif now != before:
                self.files[path] = (now, monotonic())
            elif monotonic() - since >= self.settle:
                del self.files[path]
                whole.append(path)
        return sorted(whole)


def _look(path: Path) -> _Look | None:
    """Give size and time of a file and its metadata; None where there is none."""
    try:
        found = path.stat()
        beside = path.with_name(path.stem + SIDECAR)
        more = beside.stat() if beside.is_file() else None
    except OSError:
        return None
    return found.st_size + (more.st_size if more else 0), max(found.st_mtime_ns, more.st_mtime_ns if more else 0)
