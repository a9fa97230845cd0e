"""Decks become one .apkg file: genanki's tables, written once, each note with a time of its own."""

from __future__ import annotations

import io
import itertools
import json
import sqlite3
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from newsdeck.anki.html import escaped
from newsdeck.anki.notes import Note, notes
from newsdeck.anki.notetypes import EDITION, note_type
from newsdeck.anki.progress import Learned, write
from newsdeck.anki.record import COLLECTION, Times

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.deck import Deck

_FIRST_DECK = 1_764_066_900_000  # Anki knows decks by name and gives them numbers of its own


@dataclass
class Package:
    """What goes into one file: the notes of each Anki deck by its name, the media, and progress.

    ``progress`` is by guid, and mostly empty: a deck that is given away has none.
    """

    decks: dict[str, list[Note]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    media: dict[str, Path] = field(default_factory=dict)
    progress: dict[str, Learned] = field(default_factory=dict)

    def add(self, deck: Deck) -> list[Note]:
        """Add a deck and return its notes. Raises DeckError where one could not last."""
        made = notes(deck, self.media)
        name = deck_name(deck)
        self.decks.setdefault(name, []).extend(made)
        self.about.setdefault(name, escaped(deck.about))
        return made

    @property
    def notes(self) -> list[Note]:
        """All notes, deck by deck."""
        return [note for made in self.decks.values() for note in made]

    def data(self, times: Times) -> bytes:
        """Return the package's bytes, the same for the same content and times."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            names = {str(place): name for place, name in enumerate(sorted(self.media))}
            _store(archive, COLLECTION, self._collection(times))
            _store(archive, "media", json.dumps(names).encode())
            for place, name in names.items():
                _store(archive, place, self.media[name].read_bytes())
        return packed.getvalue()

    def _collection(self, times: Times) -> bytes:
        connection = sqlite3.connect(":memory:")
        try:
            cursor = connection.cursor()
            cursor.executescript(APKG_SCHEMA)
            cursor.executescript(APKG_COL)
            first = 1000 * min((when for _, when in times.values()), default=EDITION)
            numbers = itertools.count(first)
            (held,) = cursor.execute("SELECT decks FROM col").fetchone()
            decks = json.loads(held)
            for number, (name, made) in enumerate(self.decks.items(), _FIRST_DECK):
                decks[str(number)] = genanki.Deck(number, name, self.about[name]).to_json()
                for due, note in enumerate(made, 1):
                    _row(note, due).write_to_db(cursor, times[note.guid][1], number, numbers)
            families = sorted({note.family for note in self.notes})
            models = [note_type(family).to_json(EDITION, _FIRST_DECK) for family in families]
            cursor.execute(
                "UPDATE col SET decks = ?, models = ?",
                (json.dumps(decks), json.dumps({model["id"]: model for model in models})),
            )
            if self.progress:
                write(cursor, self.progress)
            connection.commit()
            return connection.serialize()
        finally:
            connection.close()


def _row(note: Note, due: int) -> genanki.Note:
    return genanki.Note(
        note_type(note.family), list(note.fields), tags=list(note.tags), guid=note.guid, due=due
    )


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data, compresslevel=1)


def deck_name(deck: Deck) -> str:
    """Return the Anki deck that a deck becomes: its title, under what ``anki`` names."""
    title = " ".join(deck.title.replace("::", ":").split())
    parents = [part.strip() for part in deck.anki.split("::")]
    return "::".join(filter(None, (*parents, title.strip(":"))))
