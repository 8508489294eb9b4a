"""Code points to UTF-16 code units and back: Python counts the former, JavaScript the latter.

They differ from the first character beyond the BMP on: the figure of ``𠮷野家增长5%`` begins at 5 or at 6.
"""

from bisect import bisect_left
from typing import Literal, get_args

Counting = Literal["code-points", "utf-16"]
COUNTINGS: tuple[Counting, ...] = get_args(Counting)


class Offsets:
    """Offsets into one text, by the way a tool counts; linear to make, logarithmic to ask."""

    def __init__(self, text: str, counting: Counting) -> None:
        wide = [] if counting == "code-points" or text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]
        self._points = wide
        self._units = [point + before for before, point in enumerate(wide)]
        self.length = len(text) + len(wide)

    def out(self, point: int) -> int:
        """Give the tool's offset of a code point."""
        return point + bisect_left(self._points, point)

    def back(self, offset: int) -> int | None:
        """Give the code point of the tool's offset; None outside the text and inside a surrogate pair."""
        if not 0 <= offset <= self.length:
            return None
        before = bisect_left(self._units, offset)
        if before and self._units[before - 1] + 1 == offset:
            return None
        return offset - before
