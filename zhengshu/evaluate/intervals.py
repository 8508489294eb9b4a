"""95 % bootstrap intervals over articles: how much a figure owes to which articles happened to be annotated.

Articles are drawn with replacement and the figure is computed anew, 2,000 times; the interval holds the middle 95 %
(percentile bootstrap: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Articles are drawn
and not records, for the records of one article stand or fall together. The draws are the same every time.
A figure without any error has an interval without width: it cannot say what articles of another kind would show.
"""

from collections.abc import Hashable, Mapping, Sequence
from importlib.util import find_spec
from typing import TypeVar

DRAWS = 2000
SEED = 20220913
_BLOCK = 100

NEEDS_NUMPY = "the 95 % intervals need numpy, which the extra evaluate brings: pip install numpy"

Ratio = Sequence[tuple[int, int]]
"""A figure that is a share: for each article what goes above the line and what below it."""

Interval = tuple[float, float]
Key = TypeVar("Key", bound=Hashable)


def available() -> bool:
    """Tell whether numpy is installed."""
    return find_spec("numpy") is not None


def intervals(ratios: Mapping[Key, Ratio]) -> dict[Key, Interval]:
    """Give the interval of each share; none where there are fewer than two articles, or never anything to share.

    ``{"f1": [(8, 10), (9, 10)]} -> {"f1": (0.8, 0.9)}``
    """
    articles = max(map(len, ratios.values()), default=0)
    if articles < 2:
        return {}
    import numpy as np  # noqa: PLC0415 - an extra

    parts = np.array([[above for above, _ in ratio] for ratio in ratios.values()], dtype=float).T
    wholes = np.array([[below for _, below in ratio] for ratio in ratios.values()], dtype=float).T
    # RandomState's stream is frozen: the draws are the same with every version of numpy.
    source = np.random.RandomState(SEED)
    shares = []
    for _ in range(0, DRAWS, _BLOCK):
        drawn = source.multinomial(articles, np.full(articles, 1 / articles), size=_BLOCK).astype(float)
        below = drawn @ wholes
        shares.append(np.divide(drawn @ parts, below, out=np.full(below.shape, np.nan), where=below > 0))
    found = np.concatenate(shares)
    result: dict[Key, Interval] = {}
    for key, column in zip(ratios, found.T, strict=True):
        defined = column[~np.isnan(column)]
        if defined.size:
            low, high = np.percentile(defined, [2.5, 97.5])
            result[key] = (round(float(low), 6), round(float(high), 6))
    return result
