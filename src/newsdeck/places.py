"""Where the values of questions stand, found by reading their parts of the text again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdeck.marked import Reader
from newsdeck.values import locate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Place(NamedTuple):
    """A line and a column of a text, both from 0, as a mark has them."""

    line: int
    column: int


class Places:
    """Finds places in a deck's text; ``starts`` has the character where each question begins.

    A question is read by itself: the places of all of them are more than a file may take.
    """

    def __init__(self, path: Path, text: str, starts: Sequence[int]) -> None:
        self.reader = Reader(path, text)
        self.starts = starts

    @property
    def questions(self) -> Place:
        """Where the list of the questions stands."""
        root: Any = self.reader.read({"questions": lambda _: None})
        mark = root.marks["questions"][0]
        return Place(mark.line, mark.column)

    def find(self, position: int, steps: Sequence[str | int]) -> Place:
        """Return where the value stands that ``steps`` lead to in a question."""
        if not steps:
            return Place(*self.reader.lines.place(self.starts[position]))
        line, column, question = self._question(position)
        if question is None:  # the text is broken there
            return Place(line, column)
        mark = locate(question, steps)
        return Place(line + mark.line, mark.column if mark.line else mark.column + column)

    @lru_cache(maxsize=1)  # noqa: B019  # what is asked of one question is asked together
    def _question(self, position: int) -> tuple[int, int, Any]:
        """Return a question's mapping, and the line and column from which its marks count.

        The column is that of its first line alone.
        """
        text = self.reader.text
        start, *after = self.starts[position : position + 2]
        line, column = self.reader.lines.place(start)
        part = text[start : after[0] if after else len(text)]
        if part[0] not in "{[":  # its keys begin below one another
            part, column = " " * column + part, 0
        return line, column, Reader(self.reader.path, part).first()
