"""Decks become one .apkg file: genanki's tables, written once, each note with a time of its own."""

from __future__ import annotations

import errno
import io
import itertools
import json
import re
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from newsdeck.anki.html import escaped
from newsdeck.anki.notes import Note, notes
from newsdeck.anki.notetypes import EDITION, note_type
from newsdeck.anki.progress import Learned, write
from newsdeck.anki.record import COLLECTION, Dated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsdeck.deck import Deck

_EFFECT = re.compile(
    r"<(?=[a-z/!?])|&(?=#?\w+;)|\[(?=\[|\$|anki:|latex|sound:)|\\(?=[(\[])|\{(?=\{)", re.I
)
"""What cards, which show their deck's name, would take for HTML, a sound, a formula or a field."""
_FIRST_DECK = 1_764_066_900_000  # Anki knows decks by name and gives them numbers of its own


class Package:
    """What goes into one file.

    ``by_deck`` has the notes of each deck by its id, ``branches`` the ids of the decks that are
    one in Anki, by its name there.
    """

    def __init__(self) -> None:
        self.by_deck: dict[str, list[Note]] = {}
        self.branches: dict[str, list[str]] = {}
        self._about: dict[str, str] = {}
        self._media: dict[str, Path] = {}

    def add(self, deck: Deck) -> None:
        """Add a deck. Raises DeckError where a card would be lost."""
        made = notes(deck, self._media)
        name = deck_name(deck)
        self.by_deck[deck.id] = made
        self.branches.setdefault(name, []).append(deck.id)
        self._about.setdefault(name, escaped(deck.about))

    @property
    def notes(self) -> list[Note]:
        """All notes, deck by deck."""
        return [note for made in self.by_deck.values() for note in made]

    @property
    def places(self) -> dict[str, str]:
        """The name in Anki of each deck, by its id."""
        return {deck: name for name, ids in self.branches.items() for deck in ids}

    def data(self, history: Dated, progress: Mapping[str, Learned] | None = None) -> bytes:
        """Return the package's bytes, the same for the same content and history. Raises OSError.

        ``progress`` is a learner's own, by guid; a package that is given away has none.
        """
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            names = {str(place): name for place, name in enumerate(sorted(self._media))}
            # In a file: in memory it would be there twice, besides the notes.
            with tempfile.TemporaryDirectory(prefix="newsdeck-") as folder:
                file = Path(folder, COLLECTION)
                try:
                    self._write_collection(file, history, progress or {})
                except sqlite3.OperationalError as error:  # as on a full disk
                    raise OSError(errno.EIO, str(error), str(file)) from error
                with file.open("rb") as stream, archive.open(_entry(COLLECTION), "w") as packing:
                    shutil.copyfileobj(stream, packing, 1 << 20)
            _store(archive, "media", json.dumps(names).encode())
            for place, name in names.items():
                _store(archive, place, self._media[name].read_bytes())
        return packed.getvalue()

    def _write_collection(
        self, file: Path, history: Dated, progress: Mapping[str, Learned]
    ) -> None:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            cursor = connection.cursor()
            cursor.executescript(APKG_SCHEMA)
            cursor.executescript(APKG_COL)
            first = min((known.since for known in history.values()), default=EDITION)
            numbers = itertools.count(1000 * first or 1)  # of a note 0 Anki takes no correction
            (held,) = cursor.execute("SELECT decks FROM col").fetchone()
            decks = json.loads(held)
            for number, (name, ids) in enumerate(self.branches.items(), _FIRST_DECK):
                decks[str(number)] = genanki.Deck(number, name, self._about[name]).to_json()
                made = itertools.chain.from_iterable(self.by_deck[deck] for deck in ids)
                for due, note in enumerate(made, 1):
                    _row(note, due).write_to_db(cursor, history[note.guid].since, number, numbers)
            families = sorted({note.family for note in self.notes})
            models = [note_type(family).to_json(EDITION, _FIRST_DECK) for family in families]
            cursor.execute(
                "UPDATE col SET decks = ?, models = ?",
                (json.dumps(decks), json.dumps({model["id"]: model for model in models})),
            )
            if progress:
                write(cursor, progress)
            connection.commit()


class _Row(genanki.Note):  # type: ignore[misc]  # genanki has no types
    def _check_invalid_html_tags_in_fields(self) -> None:
        """Pass over a search for unescaped text, a fifth of the time: nothing here is."""


def _row(note: Note, due: int) -> _Row:
    return _Row(
        note_type(note.family), list(note.fields), tags=list(note.tags), guid=note.guid, due=due
    )


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_entry(name), data)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 1  # type: ignore[attr-defined]  # as writestr sets it
    return entry


def deck_name(deck: Deck) -> str:
    """Return the Anki deck that a deck becomes: its title, under what ``anki`` names."""
    title = re.sub(":{2,}", ":", " ".join(deck.title.split())).strip(":")
    # Nobody sees the mark that follows; a name has no entities, as Anki's list of decks shows it.
    title = _EFFECT.sub("\\g<0>\u200c", title)
    parents = [part.strip() for part in deck.anki.split("::")]
    return "::".join(filter(None, (*parents, title or deck.id)))
