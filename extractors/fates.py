"""What becomes of a numeral that is no quantity, period or ordinal: its role in the ledger, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """A role of the ledger (schemas.mentions.NumeralRole) and the reason in words."""

    role: str
    reason: str


WORD = Fate("word", "part of a word or an idiom")
ARTICLE = Fate("word", "一 is an indefinite article here, not a count")
NAME = Fate("name", "inside a name")
LIST = Fate("list", "an enumeration mark")
LABEL = Fate("label", "it names something and does not count it")
CODE = Fate("label", "a telephone number, a standard's number or another code")
MODEL = Fate("label", "part of a name with Latin letters: a model, a version, a code")
DOCUMENT = Fate("label", "the number of a document")
GRADE = Fate("label", "a grade, not a count")
LABELS = frozenset((LABEL, CODE, MODEL, DOCUMENT, GRADE))
"""Labels that go on in a list: what follows one of them behind 、 is one too."""

CALENDAR = Fate("label", "a day or month that is not on the calendar (every year's)")
CLOCK = Fate("label", "a time of day")
RATIO = Fate("label", "a ratio or a score has no single value")
CLASS = Fate("word", "a magnitude that names a class of things")
SEQUENCE = Fate("unread", "a sequence number that no rule took")
UNREAD = Fate("unread", "no rule took it")
