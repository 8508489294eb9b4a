"""Python's cycle collector, told to run seldom while many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def seldom_collecting(allocations: int = 100_000) -> Iterator[None]:
    """Let the cycle collector run seldom: records make no cycles, and it would walk all of them again and again."""
    before = gc.get_threshold()
    gc.set_threshold(allocations, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
