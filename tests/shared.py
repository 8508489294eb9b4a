"""Where the shared folder lies beside the project; what needs it is skipped elsewhere, with a reason."""

import gzip
import importlib.util
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas import Article

SHARED = Path(__file__).parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared texts are not here: {SHARED}")


@cache
def zibo() -> Article:
    """The project's first article."""
    text = (SHARED / "corpora" / "zibo-2022-09-13.txt").read_text("utf-8")
    return Article.model_validate({"id": "zibo", "text": text, "published": "2022-09-13", "region": "淄博市"})


@cache
def bulk(step: int) -> list[Article]:
    """Every ``step``-th of the 16,000 news items."""
    with gzip.open(SHARED / "corpora" / "bulk" / "news_16k.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
        records = [json.loads(line) for i, line in enumerate(lines) if i % step == 0]
    return [Article.model_validate({key: record[key] for key in ("id", "text", "published")}) for record in records]


@cache
def referee() -> Any:
    """Load tools/score.py as a module."""
    spec = importlib.util.spec_from_file_location("referee", SHARED / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def annotations() -> list[dict[str, Any]]:
    """The gold of shared/gold/dev."""
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((SHARED / "gold" / "dev" / "annotations").glob("*.json"))
    ]
