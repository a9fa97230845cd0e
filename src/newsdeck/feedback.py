"""What a player is told after an answer, whoever tells it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from newsdeck import number
from newsdeck.grade import answer_text, given_text
from newsdeck.kinds import Cloze, Number, Typed
from newsdeck.session import POINTS
from newsdeck.text import comparable

if TYPE_CHECKING:
    from newsdeck.article import Passage
    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.kinds import AnyQuestion
    from newsdeck.session import Attempt


NO_ANSWER = "No answer yet. Press enter again to go on without one."
"""What is said to an empty answer, before it counts."""


class Feedback(NamedTuple):
    """The verdict as a sign and in words, and what the deck says to it.

    ``earned`` is what the answer scored, '' for nothing; ``answer`` the right answer, '' where
    the player gave it as it stands; ``quotations`` has each piece of evidence with where it stands.
    """

    sign: str
    verdict: str
    earned: str
    answer: str
    rebuttals: tuple[str, ...]
    why: str
    quotations: tuple[tuple[str, str], ...]


def sign(credit: float | Fraction) -> str:
    """Return ✓ for a right answer, ◐ for a partly right one, ✗ for a wrong one."""
    return "✓" if credit == 1 else "◐" if credit else "✗"


def feedback(deck: Deck, attempt: Attempt) -> Feedback:
    """Return what is said to an attempt at one of a deck's questions."""
    question = deck.question(attempt.question)
    if question is None:
        raise LookupError(attempt.question)
    verdict = attempt.verdict
    points = round(POINTS * attempt.credit * question.points)
    earned = f"+{points}" if points else ""
    if not attempt.first:
        earned = "only the first try scores"
    given = verdict.right and _as_it_stands(question, attempt.response, deck.language)
    return Feedback(
        sign(attempt.credit),
        _words(attempt),
        earned,
        "" if given else answer_text(question),
        verdict.rebuttals,
        question.why,
        tuple((text, place(passage)) for text, passage in deck.passages(question)),
    )


def _as_it_stands(question: AnyQuestion, response: Response | None, language: str) -> bool:
    """Tell whether a right response is the deck's own answer: other forms can be right too."""
    match question:
        case Number():
            try:
                given = number.parse(str(response), language, question.unit)
            except number.Malformed:  # right before its deck was edited
                return False
            return given == question.value(language)
        case Typed() | Cloze():
            text = given_text(question, response)
            return comparable(text) == comparable(answer_text(question))
        case _:
            return True


def place(passage: Passage | None) -> str:
    """Say where a quotation stands in its reading text."""
    return f"paragraph {passage.paragraph}" if passage else "✗ not in the reading text"


def _words(attempt: Attempt) -> str:
    if attempt.overruled:
        return "Counted as right, on your word"
    if attempt.verdict.near:
        return "Right, but check the spelling"
    if attempt.verdict.right:
        return "Right"
    return "Partly right" if attempt.verdict.credit else "Wrong"
