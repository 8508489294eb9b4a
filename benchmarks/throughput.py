"""How fast the whole line is, against jieba alone: JSONL in, validated JSON out, one process.

    .venv/bin/python benchmarks/throughput.py [--items FILE.jsonl[.gz]] [--count N] [--rounds N]

For each segmenter (jieba, and rjieba where the extra ``fast`` is installed) a process of its own runs, chunk by chunk
in turn, ``jieba.lcut`` over the texts and the whole line over the same texts; so a busy machine slows both alike.
A ratio above 1 means: reading, extracting, validating and writing takes less time than cutting the text once.
Items default to ../shared/corpora/bulk/news_16k.jsonl.gz, else to the project's own corpus, repeated.
"""

import argparse
import gzip
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
BULK = HOUSE.parent / "shared" / "corpora" / "bulk" / "news_16k.jsonl.gz"
CHUNK = 500
Item = dict[str, Any]


def load(file: Path | None, count: int) -> list[Item]:
    """Load at most ``count`` items with id, text and published."""
    if file is None and BULK.exists():
        file = BULK
    if file is None:
        texts = [path.read_text("utf-8") for path in sorted((HOUSE / "corpus" / "articles").glob("*.txt"))]
        return [{"id": f"own-{i}", "text": texts[i % len(texts)], "published": "2024-01-01"} for i in range(count)]
    content = file.read_bytes()
    lines = (gzip.decompress(content) if file.suffix == ".gz" else content).split(b"\n")
    return [json.loads(line) for line in lines[:count] if line]


def measure(items: list[Item], folder: Path) -> tuple[float, float]:
    """Give the seconds of (jieba.lcut, the whole line), summed over the chunks."""
    from pipeline import extract  # noqa: PLC0415
    from zhengshu import batch, ingest, sinks  # noqa: PLC0415
    from zhengshu.errors import Failure  # noqa: PLC0415
    from zhengshu.segment import jieba_cut  # noqa: PLC0415

    cut, seconds = jieba_cut(), [0.0, 0.0]
    for start in range(0, len(items), CHUNK):
        chunk = items[start : start + CHUNK]
        source, target = folder / f"{start}.jsonl", folder / f"{start}.out.jsonl"
        source.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in chunk), "utf-8")
        began = time.perf_counter()
        for item in chunk:
            cut(item["text"])
        between = time.perf_counter()
        with sinks.open_sink(str(target)) as sink:
            for outcome in batch.run(ingest.read([str(source)]), extract):
                if isinstance(outcome, Failure):
                    raise SystemExit(f"{outcome}: the benchmark counts only valid documents")
                sink.write(outcome.id, outcome.document)
        seconds[0] += between - began
        seconds[1] += time.perf_counter() - between
    return seconds[0], seconds[1]


def one(options: argparse.Namespace) -> None:
    """Measure in this process and print the figures as JSON."""
    sys.path.insert(0, str(HOUSE))
    items = load(options.items, options.count)
    with tempfile.TemporaryDirectory() as folder:
        measure(items[:CHUNK], Path(folder))
        rounds = [measure(items, Path(folder)) for _ in range(options.rounds)]
    print(json.dumps({"characters": sum(len(item["text"]) for item in items), "items": len(items), "rounds": rounds}))


def report(engine: str, options: argparse.Namespace) -> None:
    """Run one segmenter in a process of its own and print its line."""
    arguments = [sys.executable, __file__, "--one", "--count", str(options.count), "--rounds", str(options.rounds)]
    arguments += ["--items", str(options.items)] if options.items else []
    done = subprocess.run(arguments, env={**os.environ, "ZHENGSHU_SEGMENTER": engine}, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    found = json.loads(done.stdout)
    alone = [found["characters"] / cut for cut, _ in found["rounds"]]
    line = [found["characters"] / whole for _, whole in found["rounds"]]
    ratios = [cut / whole for cut, whole in found["rounds"]]
    print(
        f"{engine:7} {found['items']} items, {found['characters']} characters: jieba.lcut "
        f"{statistics.median(alone) / 1e6:.3f}M characters/s, whole line {statistics.median(line) / 1e6:.3f}M, "
        f"ratio {statistics.median(ratios):.2f} (rounds {', '.join(f'{ratio:.2f}' for ratio in ratios)})"
    )


def main(arguments: list[str] | None = None) -> None:
    """Measure every segmenter that is installed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--items", type=Path, help="JSONL or JSONL.gz with id, text and published")
    parser.add_argument("--count", type=int, default=16_000, help="items at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        one(options)
        return
    for engine in ("jieba", "rjieba"):
        if importlib.util.find_spec(engine):
            report(engine, options)


if __name__ == "__main__":
    main()
