"""Where the values of questions stand, found by reading their parts of the text again."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdeck import marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class Place(NamedTuple):
    """A line and a column of a text, both from 0, as a mark has them."""

    line: int
    column: int


class Places:
    """Finds places in a deck's text; ``starts`` has the line of each question, from 0.

    ``whole`` says to read all of it at once: reading many parts takes longer.
    """

    def __init__(self, path: Path, text: str, starts: Sequence[int], whole: bool = False) -> None:
        self.reader = marked.Reader(path, text)
        self.starts, self.whole = starts, whole

    @cached_property
    def _root(self) -> Any:
        return self.reader.read()

    @property
    def questions(self) -> Place:
        """Where the list of the questions stands."""
        mark = self._root.marks["questions"][0]
        return Place(mark.line, mark.column)

    def find(self, position: int, steps: Iterable[str | int]) -> Place:
        """Return where the value stands that ``steps`` lead to in a question."""
        first, question = self._question(position)
        mark = marked.locate(question, steps)
        return Place(first + mark.line, mark.column)

    @lru_cache(maxsize=1)  # noqa: B019  # what is asked of one question is asked together
    def _question(self, position: int) -> tuple[int, Any]:
        """Return a question's mapping, and the line from which its marks count."""
        if not self.whole:
            first, *after = self.starts[position : position + 2]
            last = after[0] if after else len(self.reader.lines)
            part = marked.Reader(self.reader.path, "\n".join(self.reader.lines[first:last]))
            found = part.read()
            if not part.problems and isinstance(found, marked.Sequence) and len(found) == 1:
                return first, found[0]
            self.whole = True  # in flow style, or with keys behind the questions
        return 0, self._root["questions"][position]
