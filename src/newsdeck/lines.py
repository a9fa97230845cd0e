"""The lines of a large text, each cut out when it is asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from newsdeck.problem import LONGEST_SOURCE


class Lines:
    """The lines of a text, from 0, without their ends; a list of them would be as large again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = array("L", [0])
        self._starts.extend(found.end() for found in re.finditer("\n", text))
        self._starts.append(len(text) + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.part(number, number + 1)

    def start(self, number: int) -> int:
        """Return the character at which a line begins."""
        return self._starts[number]

    def place(self, at: int) -> tuple[int, int]:
        """Return the line and the column, from 0, of a character of the text."""
        number = bisect_right(self._starts, at) - 1
        return number, at - self._starts[number]

    def find(self, number: int, column: int, word: str, most: int) -> int:
        """Return the column of a word in a line, at most so far behind a column; else that one."""
        start, end = self._starts[number], self._starts[number + 1] - 1
        at = self.text.find(word, start + column, min(end, start + column + most))
        return column if at < 0 else at - start

    def near(self, number: int, column: int) -> tuple[str, int]:
        """Return the part of a line around a column, and how many characters are before it."""
        start, end = self._starts[number], self._starts[number + 1] - 1
        first = start
        if end - start > LONGEST_SOURCE:
            first += max(0, column - LONGEST_SOURCE // 2)
        return self.text[first : min(end, first + LONGEST_SOURCE)], first - start

    def part(self, first: int, last: int) -> str:
        """Return the lines from ``first`` up to ``last``, as one text."""
        return self.text[self._starts[first] : self._starts[last] - 1]


def too_long(text: str, most: int) -> int | None:
    """Return the number, from 0, of a line with more than so many characters, None for none."""
    for at in range(most, len(text), most):  # such a line has one of these places in it
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        if (len(text) if end < 0 else end) - start > most:
            return text.count("\n", 0, start)
    return None
