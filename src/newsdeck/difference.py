"""What edits make of a text, as a unified diff with a line of context."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Edit(NamedTuple):
    """Puts ``new`` in the place of characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    new: str


class _Change(NamedTuple):
    """The ``old`` lines from the line ``first`` (from 0) on become the ``new`` ones.

    Characters ``start`` to ``end`` are the old ones.
    """

    first: int
    start: int
    end: int
    old: list[str]
    new: list[str]

    @property
    def last(self) -> int:
        return self.first + len(self.old)


def unified(text: str, edits: Iterable[Edit], name: str) -> Iterator[str]:
    """Yield the head and the hunks of what edits, in the order of the text, change in its lines.

    As difflib would tell it, which searches large texts for minutes. Every line of the text has
    an end, the last one too.
    """
    shift = 0
    head = f"--- {name}\n+++ {name}"
    for hunk in _hunks(_changes(text, edits)):
        if head:
            yield head
            head = ""
        more = sum(len(change.new) - len(change.old) for change in hunk)
        yield "\n".join(_rows(text, hunk, shift, more))
        shift += more


def _changes(text: str, edits: Iterable[Edit]) -> Iterator[_Change]:
    """Yield what changes; lines that touch change together."""
    line = at = 0
    for start, end, together in _together(text, edits):
        line, at = line + text.count("\n", at, start), start
        pieces, done = [], start
        for edit in together:
            pieces += [text[done : edit.start], edit.new]
            done = edit.end
        old, new = _lines(text[start:end]), _lines("".join([*pieces, text[done:end]]))
        first = 0
        while first < min(len(old), len(new)) and old[first] == new[first]:
            first += 1
        last = 0
        while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
            last += 1
        before, after = (sum(map(len, part)) for part in (old[:first], old[len(old) - last :]))
        if len(old) > first + last or len(new) > first + last:
            yield _Change(
                line + first, start + before + first, end - after - last,
                old[first : len(old) - last], new[first : len(new) - last],
            )  # fmt: skip


def _lines(text: str) -> list[str]:
    return text.split("\n")[:-1]


def _together(text: str, edits: Iterable[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Yield edits whose lines touch, with where the first of these begins and the last ends."""
    start = end = -1
    found: list[Edit] = []
    for edit in edits:
        if found and edit.end < end:  # in the line of the one before it, which may be long
            found.append(edit)
            continue
        first = text.rfind("\n", 0, edit.start) + 1
        # New lines alone, where a line begins, touch no old one.
        alone = edit.end == first and edit.new.endswith("\n")
        last = first if alone else text.find("\n", edit.end) + 1
        if found and first <= end:
            end = max(end, last)
        else:
            if found:
                yield start, end, found
            start, end, found = first, last, []
        found.append(edit)
    if found:
        yield start, end, found


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Yield changes that are shown together: between them are two lines at most."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _rows(text: str, hunk: Sequence[_Change], shift: int, more: int) -> Iterator[str]:
    """Yield a hunk's rows; ``shift`` lines were added before it, ``more`` are by it."""
    first, last = hunk[0], hunk[-1]
    at = text.rfind("\n", 0, max(0, first.start - 1)) + 1
    end = text.find("\n", last.end) + 1 or len(text)
    start, stop = first.first - (at < first.start), last.last + (last.end < end)
    yield f"@@ -{_range(start, stop)} +{_range(start + shift, stop + shift + more)} @@"
    for change in hunk:
        yield from (f" {row}" for row in _lines(text[at : change.start]))
        yield from (f"-{row}" for row in change.old)
        yield from (f"+{row}" for row in change.new)
        at = change.end
    yield from (f" {row}" for row in _lines(text[at:end]))


def _range(start: int, stop: int) -> str:
    """Return lines, from 0, as a unified diff names them."""
    count = stop - start
    if count == 1:
        return f"{start + 1}"
    return f"{start + (count > 0)},{count}"
