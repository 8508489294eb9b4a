"""What a rule owes its reader: worked examples and refusals, beside the code that they prove.

``@rule`` leaves the function as it is and keeps its examples; the tests run every example of every rule there is
through the whole line. A rule without an example and a refusal does not load.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Fields = Mapping[str, object]
Example = tuple[str, Fields]
"""A sentence, and what a record of the rule's kind read from it must say (``text`` and any other field)."""

PUBLISHED = "2022-09-14"
"""The date of publication of every example."""

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name (``quantities.amount``), the kind of record it reads, what it does in a sentence, and its proof."""

    name: str
    kind: str
    summary: str
    says: tuple[Example, ...]
    refuses: tuple[str, ...]


RULES: dict[str, Rule] = {}
"""Every rule that is loaded, by name: the table of contents of the extractors."""


def rule(name: str, kind: str, *, says: Sequence[Example], refuses: Sequence[str]) -> Callable[[Function], Function]:
    """Keep a rule's examples; raises ValueError where one, or its docstring, is missing or its name is taken."""
    if not says or not refuses:
        raise ValueError(f"rule {name!r} needs at least one worked example and one refusal")
    if name in RULES:
        raise ValueError(f"there are two rules named {name!r}")

    def keep(function: Function) -> Function:
        summary = (function.__doc__ or "").partition("\n")[0]
        if not summary:
            raise ValueError(f"rule {name!r} needs a docstring whose first line says what it reads")
        RULES[name] = Rule(name, kind, summary, tuple(says), tuple(refuses))
        return function

    return keep
