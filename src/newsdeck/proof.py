"""The author's proof of a question: what a player is not shown, or only after an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsdeck.anki.notes import notes
from newsdeck.anki.notetypes import FIELDS
from newsdeck.anki.package import deck_name
from newsdeck.feedback import place
from newsdeck.grade import answer_text
from newsdeck.problem import DeckError
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.question import AnyQuestion


class Proof(NamedTuple):
    """What the author of a question has to know of it.

    ``also`` are the other answers that are right, ``rebuttals`` what is said to wrong ones;
    ``quotations`` has each piece of evidence with where it stands, ``named`` the id, tags and
    level. ``note`` is what becomes of it in Anki, a label and a text a row.
    """

    answer: str
    also: tuple[str, ...]
    rebuttals: dict[str, str]
    quotations: tuple[tuple[str, str], ...]
    named: str
    note: list[tuple[str, str]]


def proof(deck: Deck, question: AnyQuestion) -> Proof:
    """Return the proof of a deck's question."""
    tags = ", ".join(dict.fromkeys((*deck.tags, *question.tags))) or "none"
    level = f"   level {question.level}" if question.level else ""
    return Proof(
        answer_text(question),
        _also(question),
        _rebuttals(question),
        tuple((text, place(passage)) for text, passage in deck.passages(question)),
        f"id {question.id}   tags {tags}{level}",
        _note(deck, question),
    )


def _also(question: AnyQuestion) -> tuple[str, ...]:
    accepted: tuple[str, ...] = getattr(question, "accepted", ())
    gaps = getattr(question, "gaps", ())
    return accepted[1:] or tuple(text for gap in gaps for text in gap.accepted[1:])


def _rebuttals(question: AnyQuestion) -> dict[str, str]:
    found: dict[str, str] = getattr(question, "rebuttals", None) or getattr(
        question, "rejected", {}
    )
    return {wrong: rebuttal for wrong, rebuttal in found.items() if rebuttal}


def _note(deck: Deck, question: AnyQuestion) -> list[tuple[str, str]]:
    try:
        note = notes(deck, {})[deck.questions.index(question)]
    except DeckError as error:
        return [("Anki", error.problems[0].message)]
    except OSError as error:
        return [("Anki", f"an image cannot be read: {error.strerror}")]
    rows = [("Anki", f"{deck_name(deck)}   {note.family}, {counted(note.cards, 'card')}")]
    fields = zip(FIELDS[note.family], note.fields, strict=True)
    rows += [(name, value) for name, value in fields if value]
    return [*rows, ("tags", " ".join(note.tags))]
