"""What a house rule is, and the table of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdeck.problem import Severity
from newsdeck.question import Steps

if TYPE_CHECKING:
    from newsdeck.check.view import View

HERE = "▸"
"""Stands in a bad example before the place at which the rule is to point."""

# The examples cite the reading text of the sample deck, `a.md` beside them.
HEAD = (
    "deck: Examples\nid: examples\nsource:\n  title: A bridge for Elva\n  text: a.md\nquestions:\n"
)
_TAIL = {
    "id": "q{number}",
    "why": "The town had waited long for it.",
    "evidence": (
        "The bridge over the river Elva was opened on 3 May 2024, after two years of work. "
        'The mayor, Ada Brandt, called it "a gift to both banks of the river". It is 412 metres '
        "long and cost 38 million euros, a third of which was paid by the state. The old ferry, "
        "which had carried 900 people a day, made its last crossing in June 2024."
    ),
}


class Finding(NamedTuple):
    """What a rule found: ``steps`` lead to the value concerned, ``word`` is the text in it.

    ``question`` is the position of the question, from 0; None means the deck as a whole.
    """

    message: str
    mend: str
    steps: Steps = ()
    word: str = ""
    question: int | None = None
    severity: Severity | None = None


Check = Callable[..., Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A house rule; ``good`` and ``bad`` are examples of it, and its tests.

    ``kinds`` are the structs it looks at, () the whole deck; ``check`` is None where reading a
    deck finds it.
    """

    name: str
    severity: Severity
    title: str
    reason: str
    bad: str
    good: str
    kinds: tuple[type[Any], ...] = ()
    english: bool = False
    check: Check | None = None


RULES: dict[str, Rule] = {}


def rule(
    name: str,
    severity: Severity,
    title: str,
    *kinds: type[Any],
    bad: str,
    good: str,
    english: bool = False,
) -> Callable[[Check], Check]:
    """Register a function as a rule; its docstring says why the rule is worth keeping.

    With ``kinds`` it is called as (question, view) for each such question, without as (views)
    once a deck. ``english`` rules know English words and leave other languages alone.
    """

    def register(check: Check) -> Check:
        reason = " ".join((check.__doc__ or "").split())
        RULES[name] = Rule(name, severity, title, reason, bad, good, kinds, english, check)
        return check

    return register


def example_deck(example: str) -> str:
    """Return an example as a whole deck file: with head, and what each question lacks."""
    if not example.startswith("- "):
        return example
    items = re.split(r"^(?=- )", example, flags=re.MULTILINE)[1:]
    rows = [HEAD]
    for number, item in enumerate(items, 1):
        rows.append(item if item.endswith("\n") else item + "\n")
        for key, value in _TAIL.items():
            if not re.search(rf"^  {HERE}?{key}:", item, re.MULTILINE):
                rows.append(f"  {key}: {value.format(number=number)}\n")
    return "".join(rows)


Views = list["View"]


def example_parts(example: str) -> list[str]:
    """Return an example's lines as a reader is shown them."""
    return example.replace(HERE, "").removeprefix(HEAD).splitlines()
