"""Load the tables that lie beside the extractors: a word is data, a shape is code."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Load a TOML table by its name: ``quantities -> extractors/quantities.toml``."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text("utf-8"))


def alternation(words: Iterable[str]) -> str:
    """Write words as a pattern in which the longest wins: ``["人", "人次"] -> "人次|人"``."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
