"""Prints how long an export takes as ratios to plain genanki and to Anki: python export.py"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import genanki
from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions
from measuring import Row, deck_text, medians, table

from newsdeck.anki.notetypes import note_type
from newsdeck.anki.package import Package
from newsdeck.anki.record import dated
from newsdeck.deck import Deck, load, without_collecting

ROUNDS = 5
NOW = 1_800_000_000


def packaged(decks: list[Deck]) -> Package:
    package = Package()
    for deck in decks:
        package.add(deck)
    return package


def ours(package: Package, target: Path) -> None:
    """Date the notes and write them, compressed."""
    target.write_bytes(package.data(dated(package.notes, {}, NOW)))


def plain_genanki(package: Package, target: Path) -> None:
    """Equal notes, with genanki alone, into its uncompressed package."""
    decks = []
    for number, (name, notes) in enumerate(package.by_deck.items(), 1_700_000_000_000):
        deck = genanki.Deck(number, name)
        for note in notes:
            model = note_type(note.family)
            deck.add_note(genanki.Note(model, list(note.fields), tags=note.tags, guid=note.guid))
        decks.append(deck)
    genanki.Package(decks).write_to_file(target)


def anki(package: Package, target: Path, folder: Path) -> None:
    """Equal notes, added to an empty collection and exported by Anki itself."""
    target.unlink(missing_ok=True)
    collection = Collection(str(folder / f"{time.monotonic_ns()}.anki2"))
    kind = collection.models.by_name("Basic")
    assert kind is not None
    collection.models.rename_field(kind, kind["flds"][0], "First")
    for field in note_type("choice").fields[2:]:
        collection.models.add_field(kind, collection.models.new_field(field["name"]))
    collection.models.update_dict(kind)
    kind = collection.models.by_name("Basic")
    assert kind is not None
    home = collection.decks.id("News")
    assert home is not None
    requests = []
    for note in package.notes:
        added = collection.new_note(kind)
        added.fields, added.tags = list(note.fields), list(note.tags)
        requests.append(AddNoteRequest(added, home))
    collection.add_notes(requests)
    collection.export_anki_package(
        out_path=str(target), options=ExportAnkiPackageOptions(), limit=DeckIdLimit(home)
    )
    collection.close()


def decks_of(folder: Path, count: int, questions: int) -> list[Deck]:
    decks = []
    for number in range(count):
        file = folder / f"{count}-{number}.yaml"
        file.write_text(deck_text(questions, number))
        decks.append(load(file))
    return decks


def rows() -> Iterator[Row]:
    """Measure a large deck, and many small ones."""
    with tempfile.TemporaryDirectory() as name, without_collecting():  # as the command does
        folder = Path(name)
        target = folder / "out.apkg"
        large, many = decks_of(folder, 1, 10_000), decks_of(folder, 1600, 3)
        large_made, many_made = packaged(large), packaged(many)
        written, made, plain, by_anki = medians(
            lambda: ours(large_made, target),
            lambda: ours(packaged(large), target),
            lambda: plain_genanki(large_made, target),
            lambda: anki(large_made, target, folder),
            rounds=ROUNDS,
            clock=time.process_time,
        )
        yield Row("write 10,000 notes / plain genanki, stored", written, plain, "≤ 1.5")
        yield Row("write 10,000 notes / Anki", written, by_anki)
        yield Row("questions to 10,000 notes, and write / plain genanki", made, plain, "≤ 1.5")
        yield Row("questions to 10,000 notes, and write / Anki", made, by_anki)
        small, plain = medians(
            lambda: ours(packaged(many), target),
            lambda: plain_genanki(many_made, target),
            rounds=3,
        )
        yield Row("1,600 decks of 3 notes / plain genanki", small, plain, "≤ 0.05")


if __name__ == "__main__":
    table(rows())
