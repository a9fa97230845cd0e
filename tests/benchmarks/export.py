"""Prints how long an export takes as ratios to plain genanki and to Anki: python export.py"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import genanki
from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions

from newsdeck.anki.notetypes import note_type
from newsdeck.anki.package import Package
from newsdeck.anki.record import dated
from newsdeck.deck import Deck, load

NOW = 1_800_000_000


def deck_of(number: int, questions: int) -> str:
    rows = [f"deck: Benchmark {number}", f"id: benchmark-{number}", "anki: News", "questions:"]
    for n in range(questions):
        rows += [
            f"- choice: Question {n}, which of the three answers is the right one here?",
            f"  id: question-{n}",
            f"  answer: The right answer {n}",
            "  wrong:",
            f"  - A wrong answer {n}: That is why it is wrong, said in a sentence.",
            f"  - Another wrong answer {n}",
            f"  why: An explanation that adds something to the answer of question {n}.",
            "  evidence: a passage of the reading text that proves the answer",
            "  tags: [one, two]",
            "  level: 2",
        ]
    return "\n".join(rows) + "\n"


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


def row(name: str, rounds: int, bound: str, *actions: Callable[[], object]) -> None:
    """Print the medians of all actions, taken in turns, and the first's share of each other."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    medians = [statistics.median(taken) for taken in times]
    shown = " ".join(f"{seconds:8.3f} s" for seconds in medians)
    ratios = " ".join(f"{medians[0] / seconds:6.3f}" for seconds in medians[1:])
    print(f"{name:<50} {shown}   {ratios}   ({bound})")


def main() -> None:
    gc.disable()  # as the command does; for all that is compared
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "out.apkg"

        def decks_of(count: int, questions: int) -> list[Deck]:
            decks = []
            for number in range(count):
                file = folder / f"{count}-{number}.yaml"
                file.write_text(deck_of(number, questions))
                decks.append(load(file))
            return decks

        large, many = decks_of(1, 10_000), decks_of(1600, 3)
        large_made, many_made = packaged(large), packaged(many)
        print(f"{'':<50} {'ours':>10} {'others':>10}   ratios")
        row(
            "write 10,000 notes / plain genanki, stored / Anki", 5, "≤ 1.5, -",
            lambda: ours(large_made, target),
            lambda: plain_genanki(large_made, target),
            lambda: anki(large_made, target, folder),
        )  # fmt: skip
        row(
            "questions to notes, and write / the same", 5, "-, -",
            lambda: ours(packaged(large), target),
            lambda: plain_genanki(large_made, target),
            lambda: anki(large_made, target, folder),
        )  # fmt: skip
        row(
            "1,600 decks of 3 notes / plain genanki", 3, "≤ 0.05",
            lambda: ours(packaged(many), target),
            lambda: plain_genanki(many_made, target),
        )  # fmt: skip


if __name__ == "__main__":
    main()
