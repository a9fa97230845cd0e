"""The values of a YAML text, which remember where they stood in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | dict[str, Any] | list[Any]
Mark = Any
"""PyYAML's mark: ``line`` and ``column``, both from 0."""


class Mapping(dict[str, Any]):
    """A mapping; ``places`` has where each key and its value stand, in the order of the keys."""

    __slots__ = ("mark", "places")
    mark: Mark
    places: list[Mark]

    @property
    def marks(self) -> dict[str, tuple[Mark, Mark]]:
        """Where each key and its value stand."""
        return dict(zip(self, zip(self.places[::2], self.places[1::2], strict=True), strict=True))

    def without(self, key: str) -> Mapping:
        """Return the mapping with one key less."""
        rest = Mapping((name, value) for name, value in self.items() if name != key)
        rest.mark = self.mark
        rest.places = [mark for name, pair in self.marks.items() if name != key for mark in pair]
        return rest


class Sequence(list[Any]):
    """A list; ``marks`` has where each item stands."""

    __slots__ = ("mark", "marks")
    mark: Mark
    marks: list[Mark]


def locate(value: Any, steps: Iterable[str | int]) -> Mark:
    """Return where the value stands that ``steps`` of keys and positions lead to.

    A step that leads nowhere ends the way: the mark is that of the value before it.
    """
    mark = value.mark
    for step in steps:
        if isinstance(value, Mapping) and step in value:
            mark, value = value.marks[str(step)][1], value[str(step)]
        elif isinstance(value, Sequence) and isinstance(step, int) and step < len(value):
            mark, value = value.marks[step], value[step]
        else:
            break
    return mark
