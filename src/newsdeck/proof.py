"""The author's proof of a question: what a player is not shown, or only after an answer."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from newsdeck.anki.notes import note
from newsdeck.anki.notetypes import FIELDS
from newsdeck.anki.package import deck_name
from newsdeck.feedback import place
from newsdeck.grade import answer_text
from newsdeck.problem import DeckError, Severity
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.kinds import AnyQuestion
    from newsdeck.problem import Problem


class Proof(NamedTuple):
    """What the author of a question has to know of it.

    ``also`` are the other answers that are right, ``rebuttals`` what is said to wrong ones;
    ``quotations`` has each piece of evidence with where it stands, ``named`` the id, tags and
    level.
    """

    answer: str
    also: tuple[str, ...]
    rebuttals: dict[str, str]
    quotations: tuple[tuple[str, str], ...]
    named: str


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
    )


def place_of(deck: Deck, problem: Problem) -> int | None:
    """Return the position of the question in whose lines a problem stands, None for elsewhere."""
    if problem.path != deck.path:
        return None
    position = bisect_right(deck.questions, problem.line, key=lambda q: deck.lines[q.id]) - 1
    return position if position >= 0 else None


def saved_at(before: Deck, after: Deck, shown: int) -> int:
    """Return the position of what a save is about: the first question that it changed.

    The question at ``shown`` is kept where it was changed itself, or where none was.
    """
    old = {question.id: question for question in before.questions}
    changed = [n for n, question in enumerate(after.questions) if question != old.get(question.id)]
    ids = [question.id for question in after.questions]
    identity = before.questions[shown].id
    kept = ids.index(identity) if identity in ids else min(shown, len(ids) - 1)
    return changed[0] if changed and kept not in changed else kept


def failed_at(deck: Deck, problems: list[Problem], shown: int) -> int:
    """Return the position of the question, as it was, in which a save made the first error."""
    errors = (problem for problem in problems if problem.severity is Severity.ERROR)
    first = next(errors, None)
    position = place_of(deck, first) if first else None
    return shown if position is None else position


def anki_note(deck: Deck, question: AnyQuestion) -> list[tuple[str, str]]:
    """Return what becomes of a question in Anki, a label and a text a row."""
    try:
        made = note(deck, question)
    except DeckError as error:
        return [("Anki", error.problems[0].message)]
    except OSError as error:
        return [("Anki", f"an image cannot be read: {error.strerror}")]
    rows = [("Anki", f"{deck_name(deck)}   {made.family}, {counted(made.cards, 'card')}")]
    fields = zip(FIELDS[made.family], made.fields, strict=True)
    rows += [(name, value) for name, value in fields if value]
    return [*rows, ("tags", " ".join(made.tags))]


def _also(question: AnyQuestion) -> tuple[str, ...]:
    accepted: tuple[str, ...] = getattr(question, "accepted", ())
    gaps = getattr(question, "gaps", ())
    return accepted[1:] or tuple(text for gap in gaps for text in gap.accepted[1:])


def _rebuttals(question: AnyQuestion) -> dict[str, str]:
    found: dict[str, str] = getattr(question, "rebuttals", None) or getattr(
        question, "rejected", {}
    )
    return {wrong: rebuttal for wrong, rebuttal in found.items() if rebuttal}
