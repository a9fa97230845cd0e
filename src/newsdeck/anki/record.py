"""When each note last changed: what Anki asks to tell a correction from what it has already.

Anki takes a note again only where its time is newer. So an unchanged note keeps its time, and
leaves alone what a learner has made of it; a changed one gets a time after the last. What was
exported is remembered in the user's data folder, and read back from an earlier package.
"""

from __future__ import annotations

import lzma
import sqlite3
import zipfile
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from newsdeck.anki.notes import digest
from newsdeck.anki.notetypes import FIELDS, note_type
from newsdeck.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO

    from newsdeck.anki.notes import Note


class Known(NamedTuple):
    """A note as it was exported: a digest of its content, and since when it is so (in seconds
    since 1970)."""

    content: str
    since: int
    identity: str
    family: str


Dated = dict[str, Known]
"""What is known of notes, by their guids."""

COLLECTION = "collection.anki2"
LARGEST = 2_000_000_000
"""The most bytes that a collection may unpack to."""
_ROWS = list[tuple[str, int, str, str, int]]


class NotAPackage(ValueError):
    """A file that is no package of Newsdeck's; the message names it."""


@contextmanager
def opened(package: Path) -> Iterator[zipfile.ZipFile]:
    """Open a package. Raises NotAPackage, also for what turns out unreadable while it is open."""
    try:
        with zipfile.ZipFile(package) as archive:
            yield archive
    except NotAPackage:
        raise
    except (
        OSError, EOFError, KeyError, MemoryError, RuntimeError, ValueError,
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, sqlite3.Error,
    ) as error:  # fmt: skip
        raise NotAPackage(f"`{package}` is no Anki package ({error}).") from error


@contextmanager
def database(stream: IO[bytes]) -> Iterator[sqlite3.Connection]:
    """Open a packed collection in memory. Raises ValueError where it is larger than LARGEST."""
    data = stream.read(LARGEST)
    if len(data) >= LARGEST:
        raise ValueError(f"it unpacks to more than {LARGEST:,} bytes")
    with closing(sqlite3.connect(":memory:")) as connection:
        # A collection that was open has a write-ahead log, which no database in memory can have.
        connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
        yield connection


def read(package: Path) -> Dated:
    """Return what a package says of its notes. Raises NotAPackage."""
    with opened(package) as archive:
        if any(name.startswith("collection.anki21") for name in archive.namelist()):
            raise NotAPackage(f"`{package}` was exported by Anki, not by Newsdeck.")
        with archive.open(COLLECTION) as stream, database(stream) as connection:
            found = connection.execute("SELECT guid, mid, flds, tags, mod FROM notes").fetchall()
            rows = msgspec.convert(found, _ROWS)
    families = {note_type(family).model_id: family for family in FIELDS}
    history = {
        guid: Known(
            digest(fields, tuple(tags.split())), since, fields.rsplit("\x1f")[-1], families[mid]
        )
        for guid, mid, fields, tags, since in rows
        if mid in families
    }
    if rows and not history:
        raise NotAPackage(f"`{package}` was not written by Newsdeck.")
    return history


def newest(*histories: Dated) -> Dated:
    """Join what is known, of each note the latest."""
    joined: Dated = {}
    for history in histories:
        for guid, known in history.items():
            joined[guid] = max(joined.get(guid, known), known, key=lambda kept: kept.since)
    return joined


def dated(notes: Iterable[Note], history: Dated, now: int) -> Dated:
    """Return since when each note's content is so: as known where it is the same, else now."""
    result: Dated = {}
    for note in notes:
        content = note.digest
        before = history.get(note.guid)
        since = now
        if before:
            since = before.since if before.content == content else max(now, before.since + 1)
        result[note.guid] = Known(content, since, note.identity, note.family)
    return result


def gone(earlier: Dated, current: Dated, decks: Iterable[str]) -> list[str]:
    """Return an Anki search for each note of ``decks`` that was exported before and is no more.

    Anki deletes nothing on an import: whoever wants those gone can find them so.
    """
    exported = set(decks)
    left = [
        known
        for guid, known in earlier.items()
        if guid not in current and known.identity.partition("/")[0] in exported
    ]
    return sorted(_search(known) for known in left)


def _search(known: Known) -> str:
    identity = known.identity.replace("_", r"\_")  # alone it stands for any character
    return f'("note:{note_type(known.family).name}" "ID:{identity}")'


class Record:
    """What was exported from here, in a file for each deck."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._decks: dict[str, Dated] = {}

    def date(self, decks: dict[str, list[Note]], earlier: Dated, now: int) -> Dated:
        """Return since when each note is as it is, the notes being given by their deck's id.

        ``earlier`` is what packages say that were given out before, perhaps by other machines.
        """
        self._decks = {
            deck: dated(notes, newest(self._remembered(deck), earlier), now)
            for deck, notes in decks.items()
        }
        return {guid: known for history in self._decks.values() for guid, known in history.items()}

    def save(self) -> None:
        """Remember what was dated; questions that are gone stay, should they come back."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for deck, history in self._decks.items():
            before = self._remembered(deck)
            if before | history != before:
                write_whole(self._path(deck), msgspec.json.encode(before | history))

    def _remembered(self, deck: str) -> Dated:
        try:
            return msgspec.json.decode(self._path(deck).read_bytes(), type=Dated)
        except (OSError, msgspec.MsgspecError):
            return {}  # nothing was exported from here, or nothing can be read: go by the clock

    def _path(self, deck: str) -> Path:
        return self.folder / f"{deck}.json"
