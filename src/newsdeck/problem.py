"""What can be wrong with a file, and how it is said: the place, the rule and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a problem matters; an error keeps a deck from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in one place of a file.

    ``line`` and ``column`` count from 1, in characters; 0 means the file as a whole.
    ``source`` is the line itself, ``hint`` the mend in words.
    """

    path: Path
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    source: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """The problem as an editor's users know it: place, message, line, caret, mend."""
        place = printable(self.path) + (f":{self.line}:{self.column}" if self.line else "")
        rows = [f"{place}: {self.severity} {self.rule}: {self.message}"]
        if self.source:
            # A long line is cut around the place, so that the caret stays on one screen row.
            start = max(0, self.column - 60)
            shown = self.source[start : start + 100].replace("\t", " ")
            rows += [f"    {shown}", "    " + " " * (self.column - 1 - start) + "^"]
        if self.hint:
            rows.append(f"    → {self.hint}")
        return "\n".join(rows)


def printable(path: Path | str) -> str:
    """Return a file's name as it may be printed: it can hold what would drive a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(path))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Offer the known word that is nearest to a slip, ``otherwise`` where none is near."""
    import difflib  # only who slips needs it

    near = difflib.get_close_matches(word, list(known), 1)
    return f"Did you mean `{near[0]}`?" if near else otherwise


class DeckError(Exception):
    """A deck that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
