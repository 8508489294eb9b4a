"""The sentences of an article that prove its records."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from schemas import Extraction

_REACH = 400
"""A sentence is shown so many characters to either side of what it proves: some texts are one sentence."""

_END = re.compile(r"[。！？!?]+[”’」』）)]*|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = " \t\n\r\v\f\x1c\x1d\x1e\x85\xa0\u2028\u2029\u3000"


class Sentences:
    """Finds the sentence of a record in the text of its article.

    A sentence ends at a mark, or at a line break that was not read across, and at the text's end.
    """

    def __init__(self, document: Extraction, text: str) -> None:
        joined = {at for f in document.findings if f.code == "line_joined" for at in range(f.start, f.end)}
        self.text = text
        self._ends = [*(match.end() for match in _END.finditer(text) if match.start() not in joined), len(text)]

    def around(self, start: int, end: int, others: Iterable[tuple[int, int]] = ()) -> tuple[int, int]:
        """Give the sentence that holds [start, end) and the ``others``, or the sentences where these are several.

        At most ``_REACH`` characters to either side; one of the others that lies farther away is not in it.
        """
        floor, roof = start - _REACH, end + _REACH
        near = [span for span in others if floor <= span[0] and span[1] <= roof]
        first = min([start, *(left for left, _ in near)])
        last = max([end, *(right for _, right in near)])
        before = bisect_right(self._ends, first)
        begin = max(self._ends[before - 1] if before else 0, floor, 0)
        finish = min(self._ends[min(bisect_right(self._ends, last - 1), len(self._ends) - 1)], roof)
        while begin < first and self.text[begin] in _BLANK:
            begin += 1
        while finish > last and self.text[finish - 1] in _BLANK:
            finish -= 1
        return begin, finish


def one_line(text: str) -> str:
    """Leave out the line breaks of a text."""
    return "".join(text.splitlines())
