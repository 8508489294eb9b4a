"""Files that arrive in a folder are read when they are whole, and not before."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.zhengshu.batch.releases import command, release, zhengshu
from zhengshu.batch.watching import Waiting

TEXT = release(1)["text"]


def wait_for(*paths: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not all(path.exists() for path in paths):
        time.sleep(0.05)
    assert all(path.exists() for path in paths)


def test_a_file_is_whole_when_it_and_its_metadata_have_not_changed_for_a_while(tmp_path: Path):
    waiting, path = Waiting(0.2), tmp_path / "a.txt"
    path.write_text("half")
    waiting.see(path)
    assert waiting.ready() == []
    time.sleep(0.25)
    path.write_text("half, and more")
    assert waiting.ready() == []
    time.sleep(0.25)
    (tmp_path / "a.meta.json").write_text("{}")
    assert waiting.ready() == []
    time.sleep(0.25)
    assert waiting.ready() == [path]
    waiting.see(tmp_path / "gone.txt")
    assert waiting.ready() == []
    assert waiting.files == {}


def test_what_arrives_is_read_and_a_file_that_is_being_written_is_left(tmp_path: Path):
    folder, out = tmp_path / "in", tmp_path / "out"
    (folder / "2025").mkdir(parents=True)
    (folder / "2025" / "before.txt").write_text(TEXT)
    run = subprocess.Popen(
        command("watch", folder, "--out", out, "--settle", 0.5, "--region", "湖州市"), stderr=subprocess.PIPE
    )
    wait_for(out / "2025__before.json")
    with (folder / "slow.txt").open("w") as slow:
        for _ in range(8):
            slow.write(TEXT)
            slow.flush()
            time.sleep(0.2)
            assert not (out / "slow.json").exists()
    (folder / "batch.jsonl").write_text(json.dumps(release(2)) + "\n")
    wait_for(out / "slow.json", out / "r00002.json")
    document = json.loads((out / "slow.json").read_text("utf-8"))
    assert document["article"]["length"] == 8 * len(TEXT)
    assert document["article"]["region"] == "湖州市"
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert (run.returncode, b"Traceback" in errors) == (130, False)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["none"], "there is no folder none to watch"),
        ([".", "--out", "x.jsonl"], "what is watched goes to a folder or to Parquet"),
    ],
)
def test_what_cannot_be_watched_is_one_sentence(tmp_path: Path, arguments: list[str], says: str):
    ran = zhengshu("watch", *arguments, cwd=tmp_path)
    assert (ran.returncode, says in ran.stderr, len(ran.stderr.splitlines())) == (2, True, 1)


def test_what_is_there_is_read_once(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT)
    for _ in range(2):
        assert zhengshu("watch", ".", "--settle", 0.1, "--once", cwd=tmp_path).returncode == 0
    assert (tmp_path / "outputs" / "a.json").exists()
