"""Releases of our own making for the tests of batches, and ways to run the command over them."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

PIPELINE = str(Path(__file__).parents[3] / "pipeline.py")
CITIES = ["淄博市", "潍坊市", "泰安市", "临沂市"]
SECTORS = ["农业", "工业", "服务业", "建筑业", "旅游业", "外贸"]


def release(number: int) -> dict[str, str]:
    """A release that no other resembles: its words follow from its number."""
    drawn = hashlib.sha256(str(number).encode()).digest()
    city = CITIES[drawn[0] % len(CITIES)]
    sentences = [
        f"{SECTORS[byte % len(SECTORS)]}第{byte}号项目完成投资{byte * 7 + number}万元，"
        f"同比增长{byte % 30 + 1}.{number % 10}%。"
        for byte in drawn[1 : 4 + drawn[1] % 8]
    ]
    return {"id": f"r{number:05}", "text": "".join(sentences), "published": "2025-07-18", "region": city}


def write_lines(path: Path, numbers: range) -> Path:
    """Write releases as JSON Lines."""
    lines = (json.dumps(release(number), ensure_ascii=False) + "\n" for number in numbers)
    path.write_text("".join(lines), "utf-8")
    return path


def command(*arguments: object) -> list[str]:
    """Give the command line of ``zhengshu`` with arguments."""
    return [sys.executable, PIPELINE, *map(str, arguments)]


def zhengshu(*arguments: object, cwd: Path | None = None, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command and collect what it says."""
    return subprocess.run(command(*arguments), capture_output=True, encoding="utf-8", check=False, cwd=cwd, input=given)


def content(place: Path) -> dict[str, bytes]:
    """Give what a place of output holds, without its journal."""
    files = [place] if place.is_file() else [path for path in sorted(place.rglob("*")) if path.is_file()]
    return {str(path.relative_to(place)): path.read_bytes() for path in files if ".journal.sqlite" not in path.name}
