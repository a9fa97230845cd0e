"""When each note last changed: what Anki asks to tell a correction from what it has already.

Anki takes a note again only where its time is newer. So an unchanged note keeps its time, and
leaves alone what a learner has made of it; a changed one gets a time after the last. What was
exported is remembered in the user's data folder, and read back from an earlier package.
"""

from __future__ import annotations

import sqlite3
import zipfile
from typing import TYPE_CHECKING

import msgspec

from newsdeck.anki.notes import digest
from newsdeck.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.anki.notes import Note

Times = dict[str, tuple[str, int]]
"""Each note's guid with the digest of its content and when that changed, in seconds since 1970."""

COLLECTION = "collection.anki2"


class NotAPackage(ValueError):
    """A file that is no Anki package of Newsdeck's; the message names it."""


def written(package: Path) -> Times:
    """Return when each note of an exported package changed. Raises NotAPackage."""
    try:
        with zipfile.ZipFile(package) as archive:
            if any(name.startswith("collection.anki21") for name in archive.namelist()):
                raise NotAPackage(f"`{package}` was exported by Anki, not by Newsdeck.")
            data = archive.read(COLLECTION)
        connection = sqlite3.connect(":memory:")
        try:
            connection.deserialize(data)
            rows = connection.execute("SELECT guid, flds, tags, mod FROM notes").fetchall()
        finally:
            connection.close()
    except (OSError, KeyError, zipfile.BadZipFile, sqlite3.Error) as error:
        raise NotAPackage(f"`{package}` is no Anki package ({error}).") from error
    return {guid: (digest(flds, tuple(tags.split())), mod) for guid, flds, tags, mod in rows}


def newest(*times: Times) -> Times:
    """Join records, of each note the latest."""
    joined: Times = {}
    for known in times:
        for guid, entry in known.items():
            joined[guid] = max(joined.get(guid, entry), entry, key=lambda kept: kept[1])
    return joined


def dated(notes: list[Note], known: Times, now: int) -> Times:
    """Return when each note's content changed: as known where it is the same, otherwise now."""
    times: Times = {}
    for note in notes:
        content = note.digest
        before, when = known.get(note.guid, ("", 0))
        times[note.guid] = (content, when if before == content else max(now, when + 1))
    return times


class Record:
    """What was exported, in a file for each deck."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._times: dict[str, Times] = {}

    def date(self, decks: dict[str, list[Note]], earlier: list[Times], now: int) -> Times:
        """Return when each note changed, the notes being given by their deck's id.

        ``earlier`` is what packages say that were given out before, perhaps by other machines.
        """
        self._times = {
            deck: dated(notes, newest(self._remembered(deck), *earlier), now)
            for deck, notes in decks.items()
        }
        return {guid: entry for times in self._times.values() for guid, entry in times.items()}

    def save(self) -> None:
        """Remember what was dated; questions that are gone stay, should they come back."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for deck, times in self._times.items():
            known = self._remembered(deck)
            if known | times != known:
                write_whole(self._path(deck), msgspec.json.encode(known | times))

    def _remembered(self, deck: str) -> Times:
        try:
            return msgspec.json.decode(self._path(deck).read_bytes(), type=Times)
        except (OSError, msgspec.MsgspecError):
            return {}  # nothing was exported from here, or nothing can be read: go by the clock

    def _path(self, deck: str) -> Path:
        return self.folder / f"{deck}.json"
