"""What can go wrong, as sentences: what, where, what to do.

    ZhengshuError
    ├── UsageError           the command cannot be done as it was given; nothing was started (exit 2)
    ├── InputError           one source cannot be read as an article; the batch goes on (exit 1)
    │   └── CharsetError     its bytes are no text in any encoding we read
    ├── DocumentError        a stored document cannot be read as an output document
    ├── DatabaseError        a database takes no load; it is as it was (exit 1)
    └── OutputError          one document cannot be written; the batch goes on (exit 1)
        └── OutputLostError  nothing more can be written there; the run stops (exit 1)

A ``Failure`` is such an error as a value: what a stream of articles carries in place of the article.
"""

from dataclasses import dataclass


class ZhengshuError(Exception):
    """Any error of ours; its text is one sentence for the user."""


class UsageError(ZhengshuError):
    """The command cannot be done as it was given."""


class InputError(ZhengshuError):
    """A source cannot be read as an article; the text says why, the catcher knows where."""


class CharsetError(InputError):
    """Bytes that are no text in any encoding we read."""


class DocumentError(ZhengshuError):
    """A stored document cannot be read as an output document."""


class DatabaseError(ZhengshuError):
    """A database takes no load; it is as it was before."""


class OutputError(ZhengshuError):
    """One document cannot be written."""


class OutputLostError(OutputError):
    """The place of output takes nothing more, a full disk for one."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that failed: where it comes from and the reason, together one sentence.

    ``Failure("news.jsonl, line 3", "the record has no text")`` -> ``news.jsonl, line 3: the record has no text``

    The ``cause`` is ``input`` (it cannot be read), ``invalid`` (what was read is not valid), ``error`` (of the
    program), ``time`` (it took too long), ``killed`` (with the process that read it) or ``output`` (no place takes it).
    """

    source: str
    reason: str
    cause: str = "input"

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"
