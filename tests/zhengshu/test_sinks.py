"""Documents appear whole or not at all, and never outside the place they were sent to."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents import full_document
from zhengshu.errors import OutputError, OutputLostError, UsageError
from zhengshu.sinks import layout, open_sink

LINE = full_document().model_dump_json()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_folder_holds_one_file_a_document(tmp_path: Path):
    out = tmp_path / "new" / "outputs"
    with open_sink(str(out)) as sink:
        sink.write("a", LINE)
        sink.write("淄博 2022", LINE)
    assert names(out) == ["a.json", "淄博 2022.json"]
    text = (out / "a.json").read_text("utf-8")
    assert json.loads(text) == json.loads(LINE)
    assert text.endswith("}\n")
    assert "“四强”产业攀登计划" in text
    assert (out / "a.json").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_layout_is_one_line_a_record():
    assert layout('{"a":[{"b":1},{"b":"二"}],"c":[],"d":null}') == (
        '{\n"a": [\n  {"b": 1},\n  {"b": "二"}\n],\n"c": [],\n"d": null\n}\n'
    )


def test_jsonl_appears_at_the_end(tmp_path: Path):
    out = tmp_path / "deep" / "out.jsonl"
    with open_sink(str(out)) as sink:
        sink.write("a", LINE)
        assert not out.exists()
        sink.write("b", LINE)
    assert out.read_bytes() == f"{LINE}\n{LINE}\n".encode()
    assert names(out.parent) == ["out.jsonl"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_stopped_run_leaves_the_old_file(tmp_path: Path, stop: type[BaseException]):
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    with pytest.raises(stop), open_sink(str(out)) as sink:
        sink.write("a", LINE)
        raise stop
    assert out.read_text() == "old"
    assert names(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("article_id", ["../a", "a/b", "/etc/a", "..", ".a", "", "a\0b"])
def test_id_never_leaves_the_folder(tmp_path: Path, article_id: str):
    out = tmp_path / "outputs"
    with open_sink(str(out)) as sink, pytest.raises(OutputError, match="would leave the output folder"):
        sink.write(article_id, LINE)
    assert names(tmp_path) == ["outputs"]
    assert names(out) == []


def test_name_too_long_for_the_file_system(tmp_path: Path):
    with open_sink(str(tmp_path)) as sink:
        with pytest.raises(OutputError, match="cannot be written") as raised:
            sink.write("甲" * 200, LINE)
        assert not isinstance(raised.value, OutputLostError)
        sink.write("b", LINE)
    assert names(tmp_path) == ["b.json"]


def test_place_that_is_none(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("")
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    for out, says in [(file, "it is a file"), (file / "x", ""), (Path("/proc/none"), ""), (folder, "it is a folder")]:
        with pytest.raises(UsageError, match=f"nothing can be written to .*{says}"), open_sink(str(out)):
            pass


def test_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with open_sink(str(tmp_path)) as sink, pytest.raises(OutputLostError, match="No space left"):
        sink.write("a", LINE)
    assert names(tmp_path) == []
    with pytest.raises(OutputLostError, match="No space left"), open_sink(str(tmp_path / "a.jsonl")) as sink:
        sink.write("a", LINE)
    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_swept(tmp_path: Path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    (tmp_path / f".zhengshu-{int(gone.stdout)}-0.tmp").write_text("half")
    (tmp_path / f".zhengshu-{os.getppid()}-0.tmp").write_text("of a run that lives")
    (tmp_path / ".zhengshu-mine.tmp").write_text("not ours")
    with open_sink(str(tmp_path)):
        pass
    assert names(tmp_path) == [f".zhengshu-{os.getppid()}-0.tmp", ".zhengshu-mine.tmp"]
