"""Where exports go: a file or a folder that appears whole or not at all, in place of the one before."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from zhengshu import compression
from zhengshu.errors import UsageError
from zhengshu.sinks import Sink, open_file, prepare, removed, temporary_name, translated


@contextmanager
def open_lines(out: str, suffix: str, head: str) -> Iterator[Sink]:
    """Open one file, or standard output for ``-``, for lines below their ``head``; ``.gz`` and ``.zst`` compress.

    Raises UsageError where ``out`` is no file of that ``suffix`` or nothing can be written there.
    """
    if out != "-" and not compression.plain(out).endswith(suffix):
        raise UsageError(f"everything goes to one file, not to {out}; name FILE{suffix} or - with --out")
    with open_file(out, b"") as stream:
        stream.write("", head)
        yield stream


@contextmanager
def replacing_file(out: str, suffix: str) -> Iterator[Path]:
    """Give the path to write a file under; when it is complete it takes the place ``out``.

    Raises UsageError where ``out`` is no file of that ``suffix`` or nothing can be written there.
    """
    place = Path(out)
    if place.suffix != suffix:
        raise UsageError(f"everything goes to one file, not to {out}; name FILE{suffix} with --out")
    temporary = prepare(place, place.parent)
    with removed(temporary), translated(always_lost=True):
        yield temporary
        temporary.replace(place)


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """Give a folder for what is needed while something is written beside it."""
    folder = temporary_name(parent)
    with removed(folder):
        folder.mkdir()
        yield folder


@contextmanager
def replacing_folder(out: str, names: Collection[str]) -> Iterator[Path]:
    """Give an empty folder to write files called ``names`` into; when they are complete it takes the place ``out``.

    Two renames: for the moment between them there is no folder, and the old one comes back if the second fails.
    Raises UsageError where nothing can be written there, or where other files stand, for they would be lost.
    """
    place = Path(out).resolve()
    temporary = prepare(place, place.parent, folder=True)
    before = temporary_name(place.parent)
    with removed(before), removed(temporary), translated(always_lost=True):
        _refuse_others(place, out, names)
        yield temporary
        _refuse_others(place, out, names)
        try:
            if place.exists():
                place.rename(before)
            temporary.rename(place)
        except BaseException:
            if before.exists() and not place.exists():
                before.rename(place)
            raise


def _refuse_others(place: Path, out: str, names: Collection[str]) -> None:
    """Refuse a place that holds what this export would not write."""
    if place.exists() and not place.is_dir():
        raise UsageError(f"nothing can be written to {out}: it is a file, not a folder; name another place with --out")
    if place.is_dir() and (others := sorted({path.name for path in place.iterdir()} - {*names})):
        told = "name a new folder with --out, or an earlier export"
        raise UsageError(f"{out} holds other files, {others[0]} for one; {told}")
