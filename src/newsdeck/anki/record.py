"""When each note last changed: what Anki asks to tell a correction from what it has already.

Anki takes a note again only where its time is newer. So an unchanged note keeps its time, and
leaves alone what a learner has made of it; a changed one gets a time after the last. What was
exported is remembered in the user's data folder, and read back from an earlier package.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from msgspec import Struct

from newsdeck.anki import gaps
from newsdeck.anki.notes import digest
from newsdeck.anki.notes import guid as guid_of
from newsdeck.anki.notetypes import FIELDS, note_type
from newsdeck.files import write_whole
from newsdeck.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import IO

    from newsdeck.anki.notes import Note


class Known(NamedTuple):
    """A note as it was exported: a digest of its content, and since when it is so (in seconds
    since 1970).

    ``text`` is a cloze's, with the numbers of its gaps. ``place`` is the Anki deck in which the
    note first came, from which Anki moves nothing.
    """

    content: str
    since: int
    identity: str
    family: str
    text: str = ""
    place: str = ""


Dated = dict[str, Known]
"""What is known of notes, by their guids."""

COLLECTION = "collection.anki2"
LARGEST = 1_000_000_000
"""The most bytes that a collection may unpack to, and the most characters of its notes."""
MOST = 200_000
"""The most notes, and the most reviews, of Newsdeck's that a package may have."""
GUID = re.compile(r"[0-9a-f]{16}")
"""What a guid of ours looks like; Anki's own are shorter."""
_LONGEST = 16 * 1024 * 1024  # bytes of a cell
_STEPS, _STEP = 500, 1_000_000  # what a database may do before a query of it is given up
_IDENTITY = re.compile(r"[\w.-]{1,64}/[\w.-]{1,64}")
_TABLES = ("notes", "cards", "revlog")
_Row = tuple[str, int, str, str, int, int]
_T = TypeVar("_T")


class _Deck(Struct):
    name: str


class NotAPackage(ValueError):
    """A file that is no package of Newsdeck's; the message names it."""


@contextmanager
def opened(package: Path) -> Iterator[zipfile.ZipFile]:
    """Open a package. Raises NotAPackage, also for what turns out unreadable while it is open."""
    if not package.is_file():  # a device or a pipe may have no end
        raise NotAPackage(f"`{package}` is no Anki package (it is no regular file).")
    try:
        with zipfile.ZipFile(package) as archive:
            yield archive
    except NotAPackage:
        raise
    except OSError as error:
        raise NotAPackage(f"`{package}` cannot be read: {error.strerror or error}.") from error
    except (
        EOFError, KeyError, MemoryError, RuntimeError, ValueError,
        zipfile.BadZipFile, zlib.error, sqlite3.Error,
    ) as error:  # fmt: skip
        raise NotAPackage(f"`{package}` is no Anki package ({error}).") from error


@contextmanager
def member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open a file of a package. Raises ValueError where it is packed as Anki does not."""
    info = archive.getinfo(name)
    # Other ways of packing ask for as much memory as the file says.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"`{name}` is not packed as Anki does it")
    with archive.open(info) as stream:
        yield stream


@contextmanager
def database(stream: IO[bytes]) -> Iterator[sqlite3.Connection]:
    """Open a packed collection, to be read alone.

    It is unpacked into a file that is gone afterwards: it can be larger than memory. Nothing in
    it is run but what this module asks. Raises ValueError, sqlite3.Error.
    """
    with tempfile.TemporaryDirectory(prefix="newsdeck-") as folder:
        file = Path(folder, COLLECTION)
        with file.open("wb") as unpacked:
            while unpacked.tell() <= LARGEST and (part := stream.read(1 << 20)):
                unpacked.write(part)
            if unpacked.tell() > LARGEST:
                raise ValueError(f"it unpacks to more than {LARGEST:,} bytes")
        # As it is: a collection that was open has a write-ahead log, which was not packed.
        with closing(
            sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
        ) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
            steps = repeat(0, _STEPS)
            connection.set_progress_handler(lambda: next(steps, 1), _STEP)
            _only_tables(connection, _TABLES)
            yield connection


def _only_tables(connection: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Raise ValueError where a table is none, or computes what it says: both can be endless."""
    for name in names:
        kinds = connection.execute("SELECT type FROM pragma_table_list(?)", (name,)).fetchall()
        computed = connection.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden", (name,))
        if kinds != [("table",)] or computed.fetchone():
            raise ValueError(f"it has no table `{name}` of Anki's")


def few(rows: Iterable[_T], what: str) -> Iterator[_T]:
    """Yield what is ours. Raises ValueError where it is more than MOST."""
    for number, row in enumerate(rows):
        if number == MOST:
            raise ValueError(f"it has more than {MOST:,} {what}")
        yield row


def bounded(notes: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield rows whose third value is a note's fields. Raises ValueError where they are too long.

    A default that many rows share makes them longer than the file.
    """
    size = 0
    for row in notes:
        size += len(row[2] or "")
        if size > LARGEST:
            raise ValueError(f"its notes have more than {LARGEST:,} characters")
        yield row


def read(package: Path) -> Dated:
    """Return what a package says of its notes. Raises NotAPackage."""
    with opened(package) as archive:
        if any(name.startswith("collection.anki21") for name in archive.namelist()):
            raise NotAPackage(f"`{package}` was exported by Anki, not by Newsdeck.")
        with member(archive, COLLECTION) as stream, database(stream) as connection:
            history = _known(connection)
            if not history and connection.execute("SELECT 1 FROM notes").fetchone():
                raise NotAPackage(f"`{package}` was not written by Newsdeck.")
    return history


def _known(connection: sqlite3.Connection) -> Dated:
    families = {note_type(family).model_id: family for family in FIELDS}
    found = connection.execute(
        "SELECT CAST(guid AS TEXT), mid, CAST(flds AS TEXT), tags, mod, id FROM notes"
        f" WHERE mid IN ({', '.join('?' * len(families))})",
        tuple(families),
    )
    history: Dated = {}
    rows = list(few(bounded(found), "notes"))
    places = _places(connection) if rows else {}
    for row in rows:
        guid, mid, fields, tags, since, number = msgspec.convert(row, _Row)
        if identity := identified(guid, fields):
            content = digest(fields, tuple(tags.split()))
            family = families[mid]
            text = _text(family, fields.split("\x1f", 1)[0])
            history[guid] = Known(content, since, identity, family, text, places.get(number, ""))
    return history


def _places(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the name of the deck that each note's first card is in, by the note's number."""
    _only_tables(connection, ("col",))
    (held,) = connection.execute("SELECT CAST(decks AS TEXT) FROM col").fetchone() or ("{}",)
    decks = msgspec.json.decode(held or "{}", type=dict[str, _Deck])
    names = {number: " ".join(clean(deck.name).split()) for number, deck in decks.items()}
    found = connection.execute(
        "SELECT CAST(nid AS INTEGER), CAST(min(did) AS TEXT) FROM cards GROUP BY nid"
    )
    return {note: names.get(deck, "") for note, deck in few(found, "notes with cards")}


def identified(guid: str, fields: str) -> str:
    """Return the identity of a note of ours, "" where it is none.

    Learners add fields to a note type and move them: the identity is in whichever field has
    the one that the guid was made of.
    """
    if not GUID.fullmatch(guid):
        return ""
    # Bounds for what is hostile: few of a note's fields look like an identity.
    likely = filter(_IDENTITY.fullmatch, reversed(fields.split("\x1f", 99)))
    for field in islice(likely, 3):
        if guid in [guid_of(field, family) for family in FIELDS]:
            return field
    return ""


def newest(*histories: Dated) -> Dated:
    """Join what is known, of each note the latest."""
    joined: Dated = {}
    for history in histories:
        for guid, known in history.items():
            joined[guid] = max(joined.get(guid, known), known, key=_known_best)
    return joined


def _known_best(known: Known) -> tuple[int, bool]:
    return known.since, bool(known.place)  # a record of an early version has no more than times


def _text(family: str, first: str) -> str:
    return first if family == "cloze" else ""


def numbered(notes: Iterable[Note], history: Dated) -> list[Note]:
    """Return notes, of which the gaps of clozes have the numbers that they had before."""
    result = []
    for note in notes:
        before = history.get(note.guid)
        if before and before.text:
            text = gaps.kept(note.fields[0], before.text)
            note = replace(note, fields=(text, *note.fields[1:]))
        result.append(note)
    return result


def dated(notes: Iterable[Note], history: Dated, now: int, place: str = "") -> Dated:
    """Return since when each note's content is so: as known where it is the same, else now.

    ``place`` is the Anki deck of those that are new.
    """
    result: Dated = {}
    for note in notes:
        content = note.digest
        before = history.get(note.guid)
        since = now
        if before:
            since = before.since if before.content == content else max(now, before.since + 1)
        text = _text(note.family, note.fields[0])
        first = (before and before.place) or place
        result[note.guid] = Known(content, since, note.identity, note.family, text, first)
    return result


class Record:
    """What was exported from here, in a file for each deck."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._decks: dict[str, Dated] = {}
        self.before: Dated = {}
        """What was known, before the last dating, of all notes of its decks."""

    def date(
        self, decks: dict[str, list[Note]], places: Mapping[str, str], earlier: Dated, now: int
    ) -> Dated:
        """Return since when each note is as it is, the notes being given by their deck's id.

        ``places`` has the Anki deck of each deck; ``earlier`` is what packages say that were
        given out before, perhaps by other machines. Gaps of clozes get the numbers of before, in
        ``decks`` itself.
        """
        by_deck: dict[str, Dated] = {deck: {} for deck in decks}
        for guid, known in earlier.items():
            by_deck.get(known.identity.partition("/")[0], {})[guid] = known
        for deck, notes in decks.items():
            before = newest(self._remembered(deck), by_deck[deck])
            decks[deck] = numbered(notes, before)
            self._decks[deck] = dated(decks[deck], before, now, places[deck])
            self.before |= before
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
