"""What can be wrong with a file, and how it is said: the place, the rule and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


LONGEST_SOURCE = 300
"""How many characters of a line a problem shows; a line may be a file's whole text."""
LONGEST_MESSAGE = 300
"""How much of a message is told; it may name a whole option."""
_LONGEST_HINT = 1_000

_ALIKE = 60
"""The least likeness, of 100, of a slip to what was meant."""


class Severity(StrEnum):
    """How much a problem matters; an error keeps a deck from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place of a file.

    ``line`` and ``column`` count from 1, in characters; 0 means the file as a whole.
    ``source`` is the line itself, or the part of a long one around the place, which has ``before``
    characters before it; ``hint`` is the mend in words.
    """

    path: Path
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    source: str = ""
    severity: Severity = Severity.ERROR
    before: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", cut(self.message, LONGEST_MESSAGE))
        object.__setattr__(self, "hint", cut(self.hint, _LONGEST_HINT))
        if len(self.source) > LONGEST_SOURCE:
            start = max(0, self.column - 1 - self.before - LONGEST_SOURCE // 2)
            object.__setattr__(self, "source", self.source[start : start + LONGEST_SOURCE])
            object.__setattr__(self, "before", self.before + start)

    def __str__(self) -> str:
        """The problem as an editor's users know it: place, message, line, caret, mend."""
        place = printable(self.path) + (f":{self.line}:{self.column}" if self.line else "")
        rows = [f"{place}: {self.severity} {self.rule}: {self.message}"]
        if self.source:
            # A long line is cut around the place, so that the caret stays on one screen row.
            column = self.column - 1 - self.before
            start = max(0, column - 59)
            shown = self.source[start : start + 100].replace("\t", " ")
            rows += [f"    {shown}", "    " + " " * (column - start) + "^"]
        if self.hint:
            rows.append(f"    → {self.hint}")
        return "\n".join(rows)


def cut(text: str, most: int) -> str:
    """Return a text with ``…`` for what is behind so many characters."""
    return text if len(text) <= most else f"{text[:most]}…"


def printable(path: Path | str) -> str:
    """Return a file's name as it may be printed: it can hold what would drive a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Offer the known word that is nearest to a slip, ``otherwise`` where none is near."""
    from rapidfuzz import fuzz, process  # only who slips needs it

    near = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return f"Did you mean `{near[0]}`?" if near else otherwise


class DeckError(Exception):
    """A deck that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
