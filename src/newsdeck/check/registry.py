"""What a house rule is, and the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdeck.problem import Severity
from newsdeck.question import Steps

if TYPE_CHECKING:
    from newsdeck.check.view import View

HERE = "▸"
"""Stands in a bad example before the place at which the rule is to point."""

HEAD = (
    "deck: Examples\nid: examples\nsource:\n  title: A bridge for Elva\n  text: a.md\nquestions:\n"
)


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


Views = list["View"]


def example_parts(example: str) -> list[str]:
    """Return an example's lines as a reader is shown them."""
    return example.replace(HERE, "").removeprefix(HEAD).splitlines()
