"""A learner's Anki: the real backend with a collection of its own, and its pages as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.notes import Note


class Imported(NamedTuple):
    """How many notes of a package were new, taken anew, left alone, or of another note type."""

    new: int
    updated: int
    same: int
    conflicting: int


class Learner:
    """A collection into which packages are imported as Anki's dialog does by default."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def take(self, package: Path, merge_notetypes: bool = False) -> Imported:
        options = ImportAnkiPackageOptions(merge_notetypes=merge_notetypes)
        log = self.collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=options)
        ).log
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def note(self, identity: str) -> Note:
        """Return the note of ``deck/question``; there must be one."""
        (found,) = self.collection.find_notes(f'"ID:{identity}"')
        return self.collection.get_note(found)

    def cards(self) -> list[Card]:
        return [self.collection.get_card(card) for card in self.collection.find_cards("")]

    def front(self, card: Card) -> str:
        return re.sub(r"\[\[type:.+?]]", "<center><input id=typeans></center>", card.question())

    def back(self, card: Card, typed: str = "") -> str:
        """Return a card's back as Anki shows it after ``typed``."""

        def compared(found: re.Match[str]) -> str:
            field = found[1].removeprefix("nc:")
            return self.collection.compare_answer(
                card.note()[field], typed, not found[1].startswith("nc:")
            )

        return re.sub(r"\[\[type:(.+?)]]", compared, card.answer())


@contextmanager
def learner(folder: Path) -> Iterator[Learner]:
    """Open an empty collection in a folder, and close it in the end."""
    folder.mkdir(exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        yield Learner(collection)
    finally:
        collection.close()


def visible(page: str) -> str:
    """Return the text of a page without its style and scripts."""
    bare = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", "", bare))
