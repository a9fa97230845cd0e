"""Lines that are read and told, without escape codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck.text import clean

if TYPE_CHECKING:
    from typing import TextIO

_DIGITS = 9
"""The most digits of a row's number; of thousands Python reads none."""
LONGEST = 65_536
"""The longest line, in characters; what is more is another one: a device may have no end."""


class Left(Exception):
    """The player leaves, or the input has ended."""


def row(word: str, rows: int) -> int | None:
    """Return which of so many rows, from 0, a word names by its number; None where it does not."""
    if word.isdecimal() and len(word) <= _DIGITS and 0 < int(word) <= rows:
        return int(word) - 1
    return None


class Lines:
    """Reads what is typed and writes what is told, a line at a time."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self.read, self.write = read, write

    def tell(self, *rows: str) -> None:
        """Write rows."""
        for row in rows:
            self.write.write(f"{row}\n")

    def ask(self, prompt: str) -> str:
        """Write a prompt and return the line that answers it. Raises Left at the input's end.

        Ctrl+C is an end as well.
        """
        self.write.write(f"{prompt}: ")
        self.write.flush()
        try:
            line = self.read.readline(LONGEST)
        except KeyboardInterrupt:
            line = ""
        if not line:
            self.tell("")
            raise Left
        answer = clean(line).strip()
        if not self.read.isatty():
            self.tell(answer)  # a terminal shows what is typed, and the end of its line
        return answer
