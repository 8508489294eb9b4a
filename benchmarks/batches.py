"""What batches cost: scaling over workers, memory as the input grows, cost by length, cold start, and peers.

    .venv/bin/python benchmarks/batches.py [--items FILE.jsonl[.gz]] [--rounds N] [PART …]

Parts: ``ratio`` (throughput.py), ``scaling``, ``memory``, ``length``, ``start``, ``sizes``, ``peers``; all without a
name. Each prints medians and the rounds. ``peers`` installs Recognizers-Text and JioNLP into .cache/peers. Items are
those of ../shared/corpora/bulk/news_16k.jsonl.gz, else the project's own corpus, repeated.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from throughput import HOUSE, Item, load
from throughput import main as ratio

PEERS = HOUSE / ".cache" / "peers"
PACKAGES = ["jionlp>=1.5", "recognizers-text-suite", "emoji<2"]


def write(path: Path, items: list[Item], count: int) -> Path:
    """Write ``count`` items as JSON Lines, repeated with new ids where there are fewer."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            item = items[number % len(items)]
            file.write(json.dumps(item | {"id": f"{item['id']}-{number}"}, ensure_ascii=False) + "\n")
    return path


def extract(*arguments: object) -> tuple[float, int]:
    """Run the command over files; give wall seconds and the peak of its largest process in KiB."""
    command = [sys.executable, str(HOUSE / "pipeline.py"), "extract", *map(str, arguments)]
    program = "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], capture_output=True)\n"
    program += "sys.exit(done.stderr.decode()) if done.returncode else None\n"
    program += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - began, int(done.stdout)


def told(values: list[float], digits: int = 2) -> str:
    """Show a median and the rounds it is of."""
    return f"{statistics.median(values):.{digits}f} (rounds {', '.join(f'{value:.{digits}f}' for value in values)})"


def scaling(items: list[Item], folder: Path, rounds: int) -> None:
    """Compare one worker with two: the whole command, start-up included, and without the journal too."""
    source = write(folder / "in.jsonl", items, 16_000)
    for name, more in (("with journal", []), ("--no-journal", ["--no-journal"])):
        ratios = []
        for number in range(rounds):
            one, two = (
                extract(source, "--workers", n, "--out", folder / f"{name}-{number}-{n}.jsonl", *more)[0]
                for n in (1, 2)
            )
            ratios.append(one / two)
        print(f"scaling 1 -> 2 workers, 16,000 items, {name}: {told(ratios)}")


def memory(items: list[Item], folder: Path, rounds: int) -> None:
    """Show the peak of the largest process as the input grows a hundredfold: to 100,000 documents in one run."""
    peaks = []
    for count in (1_000, 10_000, 100_000):
        source = write(folder / f"{count}.jsonl", items, count)
        report = folder / f"{count}.json"
        place = folder / str(count) / "parquet"
        _, peak = extract(source, "--format", "parquet", "--out", place, "--workers", 2, "--report", report)
        peaks.append(peak)
        told = json.loads(report.read_text("utf-8"))
        articles, seconds = told["articles"], told["seconds"]
        print(f"{count:,} items: peak {peak / 1024:.0f} MiB, {articles['failed']} failed, {seconds:.0f} s", flush=True)
    print(f"peak memory of the last to the first: {peaks[-1] / peaks[0]:.2f}")


def length(items: list[Item], folder: Path, rounds: int) -> None:
    """Show what a character costs in documents of growing length."""
    sys.path.insert(0, str(HOUSE))
    from pipeline import extract as read  # noqa: PLC0415
    from schemas import Article  # noqa: PLC0415

    whole = "\n".join(item["text"] for item in items)
    read(Article(id="first", text=whole[:1000]))
    costs = []
    for size in (500, 5_000, 50_000, 500_000):
        texts = [whole[start : start + size] for start in range(0, min(len(whole), 1_000_000), size)]
        seconds = []
        for _ in range(rounds):
            began = time.process_time()
            for text in texts:
                read(Article(id="x", text=text, published=date(2024, 1, 1)))
            seconds.append((time.process_time() - began) / sum(map(len, texts)) * 1e6)
        costs.append(statistics.median(seconds))
        print(f"documents of {size:,} characters: {told(seconds)} µs a character")
    print(f"a character of the longest costs {costs[-1] / costs[0]:.2f} times one of the shortest")


def start(items: list[Item], folder: Path, rounds: int) -> None:
    """Show how long one sentence takes from a cold start, against starting Python."""
    source = write(folder / "one.jsonl", items, 1)
    cold: list[float] = []
    bare: list[float] = []
    helped: list[float] = []
    for number in range(rounds):
        cold.append(extract(source, "--out", folder / f"start-{number}.jsonl")[0])
        for times, command in ((bare, ["-c", "pass"]), (helped, [str(HOUSE / "pipeline.py"), "--help"])):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            times.append(time.perf_counter() - began)
    print(f"cold start, one item: {told(cold)} s; --help {told(helped)} s; Python alone {told(bare, 3)} s")


def sizes(items: list[Item], folder: Path, rounds: int) -> None:
    """Show what an article takes in each format."""
    count = min(5_000, len(items))
    source = write(folder / "sizes.jsonl", items, count)
    forms = {"out": "json", "o.jsonl": "json", "o.jsonl.gz": "json", "o.jsonl.zst": "json", "facts.csv": "facts-csv"}
    for place, form in {**forms, "parquet": "parquet"}.items():
        out = folder / "sizes" / place
        extract(source, "--format", form, "--out", out)
        files = [out] if out.is_file() else [path for path in out.rglob("*") if path.is_file()]
        own = sum(path.stat().st_size for path in files if ".journal.sqlite" not in path.name)
        journal = sum(path.stat().st_size for path in out.parent.glob(f".{place}.journal.sqlite"))
        journal += sum(path.stat().st_size for path in files if ".journal.sqlite" in path.name)
        print(f"{place:12} {own / count:8.0f} bytes an article, journal {journal / count:.0f}")
    texts = sum(len(item["text"].encode()) for item in items[:count])
    print(f"{'texts':12} {texts / count:8.0f} bytes an article")


PEER = """
import json, sys, time
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
if sys.argv[1] == "recognizers":
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import Culture, NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    number, unit = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [number.get_number_model(), number.get_ordinal_model(), number.get_percentage_model()]
    models += [unit.get_currency_model(), DateTimeRecognizer(Culture.Chinese).get_datetime_model()]
    def read(text):
        for model in models:
            model.parse(text)
else:
    import contextlib, io
    import jionlp
    def read(text):
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            for found in (lambda: jionlp.ner.extract_money(text, with_parsing=True),
                          lambda: jionlp.ner.extract_time(text, time_base=1.7e9, with_parsing=True)):
                with contextlib.suppress(Exception):
                    found()
read(texts[0])
began = time.process_time()
for text in texts:
    read(text)
print(time.process_time() - began)
"""


def peers(items: list[Item], folder: Path, rounds: int) -> None:
    """Compare the whole line with Recognizers-Text's five Chinese models and JioNLP's money and time."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    counts = {"recognizers": 40, "jionlp": 400}
    for engine in ("jieba", "rjieba"):
        for peer, count in counts.items():
            source = write(folder / f"{peer}.jsonl", items, count)
            ratios = []
            for _ in range(rounds):
                own = json.loads(_python(sys.executable, ONE, str(HOUSE), source, engine=engine))
                ratios.append(float(_python(str(python), PEER, peer, source)) / own)
            print(f"whole line with {engine} against {peer}, {count} items: {told(ratios, 1)} times as fast")


ONE = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pipeline import extract
from zhengshu import batch, ingest
list(batch.run(ingest.read([sys.argv[2]]), extract))
began = time.process_time()
list(batch.run(ingest.read([sys.argv[2]]), extract))
print(time.process_time() - began)
"""


def _python(python: str, program: str, *arguments: object, engine: str = "jieba") -> str:
    environment = {**os.environ, "ZHENGSHU_SEGMENTER": engine}
    command = [python, "-W", "ignore", "-c", program, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return done.stdout.decode().split()[-1]


PARTS: dict[str, Callable[[list[Item], Path, int], None]] = {
    "scaling": scaling,
    "memory": memory,
    "length": length,
    "start": start,
    "sizes": sizes,
    "peers": peers,
}


def main() -> None:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=["ratio", *PARTS, []])
    parser.add_argument("--items", type=Path, help="JSONL or JSONL.gz with id, text and published")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    items = load(options.items, 16_000)
    for name in options.parts or ["ratio", *PARTS]:
        if name == "ratio":
            ratio(["--rounds", str(options.rounds), *(["--items", str(options.items)] if options.items else [])])
            continue
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](items, Path(folder), options.rounds)


if __name__ == "__main__":
    main()
