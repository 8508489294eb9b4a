"""The command line as its user meets it: results, sentences, exit statuses; bad input never stops a batch."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PIPELINE = str(HOUSE / "pipeline.py")
PROSE = "全市认真贯彻落实决策部署，经济运行总体平稳，居民收入稳步增长。"


def zhengshu(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, PIPELINE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **options)  # type: ignore[call-overload,no-any-return]


def corpus(folder: Path, count: int = 3) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "in.jsonl"
    records = ({"id": f"a{i}", "text": PROSE, "region": "淄博市"} for i in range(count))
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    return path


def complete_documents(folder: Path) -> list[str]:
    """Name the documents of a folder, each of which must be whole; there may be nothing else but the journal."""
    paths = [path for path in folder.iterdir() if not path.name.startswith(".journal.sqlite")]
    for path in paths:
        assert path.suffix == ".json", path
        assert json.loads(path.read_text("utf-8"))["generator"]["name"] == "zhengshu"
    return sorted(path.stem for path in paths)


def test_extract_writes_a_folder(tmp_path: Path):
    ran = zhengshu("extract", corpus(tmp_path), "--published", "2022-09-13", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.startswith("article ")
    assert "3 articles" in ran.stderr
    assert complete_documents(tmp_path / "outputs") == ["a0", "a1", "a2"]
    header = json.loads((tmp_path / "outputs" / "a0.json").read_text("utf-8"))["article"]
    assert (header["published"], header["region"], header["source"]) == (
        "2022-09-13",
        "淄博市",
        f"{tmp_path}/in.jsonl:1",
    )


def test_extract_writes_lines_to_standard_output(tmp_path: Path):
    ran = zhengshu("extract", "-", "--out", "-", input=corpus(tmp_path).read_text("utf-8"))
    assert ran.returncode == 0
    assert [json.loads(line)["article"]["id"] for line in ran.stdout.splitlines()] == ["a0", "a1", "a2"]


def test_workers_give_the_same_bytes(tmp_path: Path):
    source = corpus(tmp_path, 200)
    one, two = (tmp_path / f"{n}.jsonl" for n in (1, 2))
    assert zhengshu("extract", source, "--out", one).returncode == 0
    assert zhengshu("extract", source, "--out", two, "--workers", 2).returncode == 0
    assert one.read_bytes() == two.read_bytes()


def test_bad_input_is_named_and_the_batch_goes_on(tmp_path: Path):
    articles = tmp_path / "in"
    lines = corpus(articles)
    bad = [
        b'{"id": "x"}',
        b"{",
        b'{"id": "../x", "text": "x"}',
        b'{"id": "a0", "text": "x"}',
        b'{"id": "s", "text": "\\ud800"}',
    ]
    lines.write_bytes(lines.read_bytes() + b"\n".join(bad) + b"\n")
    (articles / "empty.txt").write_bytes(b"")
    (articles / "binary.txt").write_bytes(b"\0\1\2")
    (articles / "good.txt").write_text(PROSE)
    (articles / "none").mkdir()
    ran = zhengshu("extract", articles, articles / "none", articles / "absent", "--out", tmp_path / "out")
    assert ran.returncode == 1
    assert ran.stdout == ""
    sentences = [line for line in ran.stderr.splitlines() if line.startswith(str(tmp_path))]
    assert len(sentences) == len(bad) + 4
    assert "Traceback" not in ran.stderr
    assert "4 articles, 9 failed" in ran.stderr
    assert complete_documents(tmp_path / "out") == ["a0", "a1", "a2", "good"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["extract"], "name what to read"),
        (["extract", "in.jsonl", "--published", "gestern"], "--published: the date 'gestern' is no ISO date"),
        (["extract", "in.jsonl", "--workers", "two"], "'two' is not a whole number"),
        (["extract", "in.jsonl", "--out", "in.jsonl/x"], "nothing can be written to in.jsonl/x"),
        (["extract", "in.jsonl", "--out", "/proc/none"], "nothing can be written to /proc/none"),
        (["validate", "absent", "--source", "in.jsonl"], "there is no absent"),
        (["evaluate", "absent"], "absent holds no annotations"),
    ],
)
def test_usage_is_two(tmp_path: Path, arguments: list[str], says: str):
    corpus(tmp_path)
    ran = zhengshu(*arguments, cwd=tmp_path)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr


def test_unwritable_folder_is_one_sentence(tmp_path: Path):
    (tmp_path / "outputs").write_text("a file in place of the folder")
    ran = zhengshu("extract", corpus(tmp_path), cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr == (
        "zhengshu: nothing can be written to outputs: it is a file, not a folder; name another place with --out\n"
    )


@contextlib.contextmanager
def tiny_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("out", ["outputs", "out.jsonl"])
def test_full_disk_stops_the_run_and_leaves_no_half_file(tmp_path: Path, out: str):
    source = corpus(tmp_path / "in", 200)
    with tiny_disk(tmp_path / "disk") as disk:
        ran = zhengshu("extract", source, "--out", disk / out, "--no-journal")
        assert ran.returncode == 1
        assert "No space left on device" in ran.stderr
        assert len(ran.stderr.splitlines()) == 1
        if out == "outputs":
            assert complete_documents(disk / out)
        else:
            assert list(disk.iterdir()) == []


def test_file_too_large_leaves_no_half_file(tmp_path: Path):
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    ran = zhengshu("extract", corpus(tmp_path), "--out", tmp_path / "out", "--no-journal", preexec_fn=limit)
    assert ran.returncode == 1
    assert ran.stderr.count("the document cannot be written: File too large") == 3
    assert complete_documents(tmp_path / "out") == []


@pytest.mark.parametrize("kill", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("workers", [1, 2])
def test_run_stopped_half_way_leaves_no_half_file(tmp_path: Path, kill: signal.Signals, workers: int):
    out = tmp_path / "out"
    command = [sys.executable, PIPELINE, "extract", "-", "--out", str(out), "--workers", str(workers)]
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        run.stdin.write(corpus(tmp_path, 2000).read_bytes())
        run.stdin.flush()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(out.glob("*.json"))) < 5:
        time.sleep(0.01)
    run.send_signal(kill)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == (-signal.SIGKILL if kill == signal.SIGKILL else 130)
    assert b"Traceback" not in errors
    (half,) = [*out.glob(".zhengshu-*"), None][:1]
    assert half is None or kill == signal.SIGKILL
    if half is not None:
        half.unlink()
    assert len(complete_documents(out)) >= 5


def test_reader_that_goes_away_is_no_error(tmp_path: Path):
    command = f'"{sys.executable}" "{PIPELINE}" extract "{corpus(tmp_path, 3000)}" --out - | head -1'
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, len(ran.stdout.splitlines())) == (0, 1)
    assert "Traceback" not in ran.stderr
    assert "Broken" not in ran.stderr


def test_documents_are_proven_from_their_sources(tmp_path: Path):
    source = corpus(tmp_path / "in")
    for out in ("out", "out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "tables"):
        form = "parquet" if out == "tables" else "json"
        zhengshu("extract", source, "--out", tmp_path / out, "--format", form, "--published", "2022-09-13")
        ran = zhengshu("validate", tmp_path / out, "--source", source)
        assert (ran.returncode, ran.stdout) == (0, "")
        assert "3 of 3 documents proven" in ran.stderr


def test_what_cannot_be_proven_is_one_line_a_fault(tmp_path: Path):
    source = corpus(tmp_path / "in", 6)
    out = tmp_path / "out"
    zhengshu("extract", source, "--out", out)

    def tamper(name: str, old: str, new: str) -> None:
        text = (out / f"{name}.json").read_text("utf-8")
        assert old in text
        (out / f"{name}.json").write_text(text.replace(old, new))

    tamper("a0", '"length": 31', '"length": 30')
    tamper("a1", '"region": "淄博市"', '"region": "青岛市"')
    tamper("a2", '"id": "a2"', '"id": "unknown"')
    tamper("a3", '"numbers": []', '"numbers": 5')
    (out / "a4.json").write_text("{")
    ran = zhengshu("validate", out, "--source", source)
    assert ran.returncode == 1
    assert ran.stdout.splitlines() == [
        f"{out}/a2.json: holds the document of 'unknown', so it should be called unknown.json",
        f"{out}/a4.json: this is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        "a0: article: length is 30, the text has 31 characters",
        "a1: article: region is 青岛市, the source says 淄博市",
        f"{out}/a3.json: is no output document: numbers: Input should be a valid array",
    ]
    assert "1 of 4 documents proven from their sources, 5 faults" in ran.stderr


def test_document_without_source_and_renamed_article(tmp_path: Path):
    out = tmp_path / "out"
    zhengshu("extract", corpus(tmp_path / "in", 1), "--out", out)
    (tmp_path / "other.txt").write_text("另一篇。")
    ran = zhengshu("validate", out, "--source", tmp_path / "other.txt")
    assert ran.returncode == 1
    assert "no source has an article 'a0'" in ran.stdout
    (tmp_path / "renamed.txt").write_text(PROSE)
    assert zhengshu("validate", out, "--source", tmp_path / "renamed.txt").returncode == 0


def test_changed_source_is_a_fault(tmp_path: Path):
    source = corpus(tmp_path / "in", 1)
    zhengshu("extract", source, "--out", tmp_path / "out")
    source.write_text(source.read_text("utf-8").replace("稳步", "快速"))
    ran = zhengshu("validate", tmp_path / "out", "--source", source)
    assert (ran.returncode, ran.stdout) == (1, "a0: article: sha256 is not that of the text\n")


def test_evaluate_prints_a_table(tmp_path: Path):
    gold = tmp_path / "gold"
    gold.mkdir()
    zhengshu("extract", corpus(tmp_path / "in", 1), "--out", tmp_path / "out")
    sha256 = json.loads((tmp_path / "out" / "a0.json").read_text("utf-8"))["article"]["sha256"]
    mention = {"kind": "program", "start": 0, "end": 2, "text": "全市", "type": "plan"}
    (gold / "a0.json").write_text(json.dumps({"doc": "a0", "sha256": sha256, "mentions": [mention]}))
    ran = zhengshu("evaluate", gold, "--outputs", tmp_path / "out", "--errors", 1)
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[0].split()[:3] == ["kind", "gold", "read"]
    assert "a0: program “全市”: missed" in ran.stdout


def test_schema_is_json_schema():
    schema = json.loads(zhengshu("schema").stdout)
    assert "quantities" in schema["required"]
    assert schema["$defs"]["Quantity"]["properties"]["value"]["pattern"]


def test_version_is_that_of_the_project():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    assert zhengshu("--version").stdout == f"zhengshu {project['version']}\n"


def test_terminal_without_chinese_gets_escapes(tmp_path: Path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    (tmp_path / "题.txt").write_text("")
    ran = zhengshu("extract", tmp_path, "--out", tmp_path / "out", env=environment)
    assert ran.returncode == 1
    assert r"\u9898.txt: the text is empty" in ran.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["--version"]])
def test_help_loads_no_dictionary_and_no_schema(arguments: list[str]):
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['zhengshu', *{arguments!r}]\n"
        f"try: runpy.run_path({PIPELINE!r}, run_name='__main__')\n"
        "except SystemExit: print(sorted(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    for module in ("jieba", "rjieba", "pydantic", "spacy", "tqdm", "charset_normalizer", "schemas", "extractors"):
        assert f"'{module}'" not in ran.stderr
