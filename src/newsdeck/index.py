"""What the library shows of each deck, kept in a file so that opening it reads no deck."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from newsdeck import __version__
from newsdeck.deck import Deck, load
from newsdeck.files import write_whole
from newsdeck.problem import DeckError

NAME = "library.index"
"""The file's name in the folder of the user's data."""

_MARK = f"newsdeck library 1, {__version__}\n".encode()  # another version may read decks otherwise
_SETTLED = 2_000_000_000  # nanoseconds; coarser are the times of no file system


class Entry(Struct, frozen=True, array_like=True):
    """What is shown of a deck that can be used; ``article`` is its first article's title."""

    id: str
    title: str
    questions: int
    article: str


class _Stamp(Struct, frozen=True, array_like=True):
    """A file as it was when a deck was read: its size in bytes and its times in nanoseconds."""

    path: str
    size: int
    modified: int
    changed: int


class _Kept(Struct, frozen=True, array_like=True):
    """An entry with the files that it was made of, the deck's own first."""

    entry: Entry
    stamps: tuple[_Stamp, ...]


class Index:
    """The entries of decks, kept in a ``folder``; None keeps nothing.

    Nothing in it is believed that could be wrong: a damaged file or another version's is not
    read, a deck with problems is not kept (a file that it lacks may come), nor is one so fresh
    that another change could bear the same time, or with a name that may be no text.
    """

    def __init__(self, folder: Path | None) -> None:
        self.path = folder and folder / NAME
        self._kept = _read(self.path) if self.path else {}

    def entries(self, files: Iterable[Path]) -> list[tuple[Path, Entry | DeckError]]:
        """Return what is shown of each deck file; those that are new or changed are read."""
        found: list[tuple[Path, Entry | DeckError]] = []
        changed = False
        for file in files:
            name = os.path.abspath(file)  # noqa: PTH100  # a link stays what it is named
            kept = self._kept.get(name)
            if kept is not None and all(_stamp(old.path) == old for old in kept.stamps):
                found.append((file, kept.entry))
                continue
            changed = self._kept.pop(name, None) is not None or changed
            at = time.time_ns()
            before = _stamp(name)
            try:
                deck = load(file)
            except DeckError as error:
                found.append((file, error))
                continue
            entry = _entry(deck)
            found.append((file, entry))
            stamps = [before, *(_stamp(other) for other in _named(deck))]
            settled = [s for s in stamps if s and max(s.modified, s.changed) < at - _SETTLED]
            if len(settled) == len(stamps) and all(stamp.path.isprintable() for stamp in settled):
                self._kept[name] = _Kept(entry, tuple(settled))
                changed = True
        if changed:
            self._write()
        return found

    def _write(self) -> None:
        if self.path is None:
            return
        there = {name: kept for name, kept in self._kept.items() if Path(name).exists()}
        data = _MARK + msgspec.msgpack.encode(there)
        with suppress(OSError):  # without a place to write, decks are read every time
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, hashlib.sha256(data).digest() + data)


def _entry(deck: Deck) -> Entry:
    article = deck.sources[0].title if deck.sources else ""
    return Entry(deck.id, deck.title, len(deck.questions), article)


def _named(deck: Deck) -> set[str]:
    """Return the files beside a deck without which, or with others, it would not be the same."""
    names = {source.text for source in deck.sources} | {q.image for q in deck.questions}
    return {str(deck.beside(name)) for name in names if name}


def _stamp(path: str) -> _Stamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116  # half the time of a Path
    except OSError:
        return None
    return _Stamp(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _read(path: Path) -> dict[str, _Kept]:
    try:
        written = path.read_bytes()
    except OSError:
        return {}
    digest, data = written[:32], written[32:]
    if not data.startswith(_MARK) or hashlib.sha256(data).digest() != digest:
        return {}
    return msgspec.msgpack.decode(data[len(_MARK) :], type=dict[str, _Kept])
