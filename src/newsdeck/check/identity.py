"""Decks that have the same id, of which each would take up the other's scores and Anki notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsdeck.library import SUFFIXES, head, identity
from newsdeck.problem import Problem, printable

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.deck import Deck

_ID = re.compile(r"^id:[ \t]*", re.MULTILINE)
_MEND = "Give one of them another id: scores and Anki notes hang on it."


def shared(decks: Sequence[Deck]) -> Iterator[Problem]:
    """Yield a problem for each deck whose id one before it has, or another one in its folder."""
    first: dict[str, Deck] = {}
    for deck in decks:
        if deck.id in first:
            yield same(deck, first[deck.id].path, first[deck.id].text)
        first.setdefault(deck.id, deck)
    looked_at = {deck.path.resolve() for deck in decks}
    for file in _beside(decks):
        known = first.get(identity(file))
        if known and file.resolve() not in looked_at:
            yield same(known, file, head(file))


def same(deck: Deck, other: Path, text: str) -> Problem:
    """Return the problem of a deck that has the id of another file, whose ``text`` is given."""
    line, column = _place(deck.text)
    told = f"the id `{deck.id}` is that of {printable(other)}:{_place(text)[0]} as well"
    source = deck.text.split("\n")[line - 1]
    return Problem(deck.path, line, column, "S02", told, _MEND, source)


def _beside(decks: Sequence[Deck]) -> list[Path]:
    """Return the files in the folders of some decks."""
    folders = sorted({deck.path.parent for deck in decks})
    return [
        file
        for folder in folders
        for file in sorted(folder.iterdir())
        if file.suffix in SUFFIXES and file.is_file()
    ]


def _place(text: str) -> tuple[int, int]:
    """Return the line and column, from 1, of the id that a deck's text has."""
    found = _ID.search(text)
    if found is None:
        return 1, 1
    return text.count("\n", 0, found.start()) + 1, found.end() - found.start() + 1
