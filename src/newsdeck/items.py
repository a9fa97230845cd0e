"""What answers say of the questions themselves: for who writes them."""

from __future__ import annotations

import json
import statistics as mean_and_spread
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import singledispatch
from typing import TYPE_CHECKING

from msgspec import Struct

from newsdeck.history import response_of
from newsdeck.kinds import AnyQuestion, Choice, Typed
from newsdeck.question import Question
from newsdeck.text import clean, comparable

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History

SITTINGS = 10
"""The fewest sittings with a question from which its discrimination is told."""
ANSWERS = 10
"""The fewest answers after which a distractor that nobody picked does nothing."""
TWICE = 2
"""How often a rejected answer must have been given; once where the learner overruled."""
ALIKE = 0.6
"""How alike, 0 to 1, a rejected answer and an accepted one must be."""


class Answer(Struct, frozen=True):
    """An answer to a question: its credit, 0 to 1, and whether the learner overruled that.

    ``first`` tries are those that say how hard a question is: later ones had learned it.
    """

    response: Response | None
    credit: float
    overruled: bool
    first: bool = True


class Analysis(Struct, frozen=True):
    """A question by its answers.

    ``difficulty`` is the mean credit of first tries, so 1 is easy; None without one.
    ``discrimination`` is the correlation, -1 to 1, with the rest of the sitting; None where too
    few sittings have it. ``idle`` are distractors that nobody picks, ``missing`` rejected
    answers that look right.
    """

    deck: str
    question: str
    answers: int
    difficulty: float | None
    discrimination: float | None
    idle: tuple[str, ...]
    missing: tuple[str, ...]


def analyses(history: History, deck: Deck) -> list[Analysis]:
    """Return the analysis of each question of a deck that was answered, in the deck's order."""
    answers = _answers(history, deck.id)
    scores = _scores(history, deck.id)
    forms = Counter(map(comparable, deck.rivals)) if answers else Counter[str]()
    return [
        Analysis(
            deck.id,
            question.id,
            len(given),
            _difficulty(given),
            _discrimination(question.id, scores),
            idle(question, given),
            missing(question, given, forms),
        )
        for question in deck.questions
        if (given := answers.get(question.id))
    ]


def _difficulty(answers: Sequence[Answer]) -> float | None:
    firsts = [answer.credit for answer in answers if answer.first]
    return sum(firsts) / len(firsts) if firsts else None


def _answers(history: History, deck: str) -> dict[str, list[Answer]]:
    """Return the first tries of quizzes and all reviews in study, by question."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for question, response, credit, overruled, first in [
        *history.rows(
            "select question, response, credit, overruled, 1 from answer"
            " join sitting on key = sitting where first and deck = ? order by answer.id",
            deck,
        ),
        *history.rows(
            "select question, response, credit, credit < 1 and rating > 1, log.phase = 0 from log"
            " join card on card.id = card where deck = ? and credit is not null"
            " and log.id not in (select undoes from log where undoes is not null) order by log.id",
            deck,
        ),
    ]:
        with suppress(ValueError):  # a damage that SQLite does not see
            value = None if response is None else response_of(response)
            found[question].append(Answer(value, credit, bool(overruled), bool(first)))
    return found


def _scores(history: History, deck: str) -> list[dict[str, float]]:
    """Return the credit of each first try, by question, of each finished sitting."""
    sittings: dict[str, dict[str, float]] = defaultdict(dict)
    for key, question, credit in history.rows(
        "select sitting, question, credit from answer join sitting on key = sitting"
        " where first and deck = ? and finished is not null",
        deck,
    ):
        sittings[key][question] = credit
    return list(sittings.values())


def _discrimination(question: str, scores: Iterable[dict[str, float]]) -> float | None:
    """Correlate a question's credit with the mean credit of the rest of the sitting."""
    pairs = [
        (credits_of[question], (sum(credits_of.values()) - credits_of[question]) / rest)
        for credits_of in scores
        if question in credits_of and (rest := len(credits_of) - 1)
    ]
    if len(pairs) < SITTINGS:
        return None
    try:
        return mean_and_spread.correlation(*zip(*pairs, strict=True))
    except mean_and_spread.StatisticsError:  # all had it right, or all wrong
        return None


@singledispatch
def idle(question: Question, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the wrong options that nobody picks."""
    return ()


@idle.register
def _(question: Choice, answers: Sequence[Answer]) -> tuple[str, ...]:
    responses = [a.response for a in answers if isinstance(a.response, tuple)]
    picked = {text for response in responses for text in response}
    if len(responses) < ANSWERS:
        return ()
    return tuple(text for text in question.rebuttals if text not in picked)


@singledispatch
def missing(question: Question, answers: Sequence[Answer], forms: Counter[str]) -> tuple[str, ...]:
    """Return rejected answers that look as if they should be accepted, the most given first.

    ``forms`` counts the deck's answers by their comparable forms: another question's is wrong here.
    """
    return ()


@missing.register
def _(question: Typed, answers: Sequence[Answer], forms: Counter[str]) -> tuple[str, ...]:
    own = Counter(map(comparable, {*question.rivals}))
    rejected = {*map(comparable, question.rejected)}
    accepted = [comparable(text) for text in question.accepted]
    given: Counter[str] = Counter()
    written: dict[str, str] = {}
    overruled = set()
    for answer in answers:
        if answer.credit < 1 and isinstance(answer.response, str):
            form = comparable(answer.response)
            written.setdefault(form, clean(answer.response))
            given[form] += 1
            overruled |= {form} if answer.overruled else set()
    return tuple(
        written[form]
        for form, count in given.most_common()
        if form not in rejected
        and forms[form] == own[form]
        and (form in overruled or (count >= TWICE and any(_alike(form, a) for a in accepted)))
    )


def _alike(given: str, accepted: str) -> bool:
    from rapidfuzz import fuzz

    whole = set(accepted.split()) <= set(given.split()) or set(given.split()) < set(
        accepted.split()
    )
    return whole or fuzz.ratio(given, accepted) >= 100 * ALIKE


def accept_yaml(question: AnyQuestion, found: Sequence[str]) -> str:
    """Return the lines for a deck that accept also what was found; strings stay strings."""
    accepted = getattr(question, "accepted", ())[1:]
    texts = ", ".join(json.dumps(text, ensure_ascii=False) for text in (*accepted, *found))
    return f"  id: {question.id}\n  accept: [{texts}]"
