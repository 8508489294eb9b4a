"""What becomes of a numeral that is no quantity, period or ordinal: its role in the ledger, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """A role of the ledger (schemas.mentions.NumeralRole) and the reason in words."""

    role: str
    reason: str


WORD = Fate("word", "part of a word")
NAME = Fate("name", "inside a name")
LIST = Fate("list", "an enumeration mark")
LABEL = Fate("label", "a label, not an amount")
CLOCK = Fate("label", "a time of day")
RATIO = Fate("label", "a ratio or a score has no single value")
CLASS = Fate("word", "a magnitude that names a class of things")
SEQUENCE = Fate("unread", "a sequence number that no rule took")
UNREAD = Fate("unread", "no rule took it")
