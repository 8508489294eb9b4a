"""kill -9 of the run and of its workers at random moments: what is resumed ends as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.zhengshu.batch.releases import command, content, write_lines, zhengshu

KILLS = int(os.environ.get("ZHENGSHU_DRILL_KILLS", "7"))
"""Kills of the run, and as many of a worker, for each of the three places: 21 and 21 in all."""
RELEASES = 600


def workers_of(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def kill(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the workers of a process are found in /proc")
@pytest.mark.parametrize("place", ["out", "out.jsonl", "parquet"])
def test_what_is_killed_and_resumed_ends_with_the_same_bytes(tmp_path: Path, place: str):
    source = write_lines(tmp_path / "in.jsonl", range(RELEASES))
    form = ["--format", "parquet"] if place == "parquet" else []
    whole = tmp_path / "whole"
    whole.mkdir()
    assert zhengshu("extract", source, "--out", place, *form, cwd=whole).returncode == 0
    drawn = random.Random(place)
    killed = [0, 0]
    while min(killed) < KILLS:
        run = subprocess.Popen(
            command("extract", source, "--out", place, *form, "--workers", 2), cwd=tmp_path, stderr=subprocess.DEVNULL
        )
        began = time.monotonic()
        for moment, whom in sorted([(drawn.uniform(0.5, 3.0), "worker"), (drawn.uniform(1.0, 3.0), "run")]):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            if whom == "run":
                killed[0] += run.poll() is None and kill(run.pid)
            elif found := workers_of(run.pid):
                killed[1] += kill(drawn.choice(found))
        if run.wait() == 0:
            assert content(tmp_path / place) == content(whole / place)
            start_anew(tmp_path, place)
    ended = zhengshu("extract", source, "--out", place, *form, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert content(tmp_path / place) == content(whole / place)


def start_anew(folder: Path, place: str) -> None:
    """Take away what a run that was not killed in time has written."""
    for path in [folder / place, *folder.glob(f".{place}.journal.sqlite*")]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
