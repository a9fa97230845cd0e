"""A sitting's result as plain data, and as Markdown in which a deck's text has no effect."""

from __future__ import annotations

import itertools
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct

from newsdeck.feedback import sign
from newsdeck.grade import answer_text, given_text
from newsdeck.markup import literal
from newsdeck.question import Cloze, Gap

if TYPE_CHECKING:
    from newsdeck.question import AnyQuestion
    from newsdeck.session import Sitting


class Line(Struct, frozen=True):
    """A question of a sitting: what was given at the first try; ``credit`` from 0 to 1."""

    id: str
    prompt: str
    given: str
    answer: str
    credit: float
    seconds: float
    hinted: bool
    overruled: bool


class Share(Struct, frozen=True):
    """The mean credit (0 to 1) of the questions of a kind or with a tag."""

    name: str
    accuracy: float
    questions: int


class Report(Struct, frozen=True):
    """What a sitting came to; ``accuracy`` from 0 to 1, times in seconds."""

    deck: str
    title: str
    seed: int
    points: int
    possible: int
    accuracy: float
    arcade: int
    seconds: float
    shares: tuple[Share, ...]
    questions: tuple[Line, ...]


def report(sitting: Sitting) -> Report:
    """Sum up a sitting; questions that were not reached are left out of the lists."""
    credits_of: dict[str, list[Fraction]] = defaultdict(list)
    lines = []
    for attempt in sitting.firsts:
        question = sitting.deck.question(attempt.question)
        if question is None:
            continue
        for name in (question.kind, *(f"#{tag}" for tag in question.tags)):
            credits_of[name].append(attempt.credit)
        lines.append(
            Line(
                id=question.id,
                prompt=_asked(question),
                given=given_text(question, attempt.response),
                answer=answer_text(question),
                credit=float(attempt.credit),
                seconds=round(attempt.seconds, 1),
                hinted=attempt.hinted,
                overruled=attempt.overruled,
            )
        )
    shares = tuple(
        Share(name, float(sum(values, Fraction(0)) / len(values)), len(values))
        for name, values in sorted(credits_of.items())
    )
    return Report(
        deck=sitting.deck.id,
        title=sitting.deck.title,
        seed=sitting.settings.seed,
        points=sitting.points,
        possible=sitting.possible,
        accuracy=float(sitting.accuracy),
        arcade=sitting.arcade,
        seconds=round(sitting.elapsed, 1),
        shares=shares,
        questions=tuple(lines),
    )


def _asked(question: AnyQuestion) -> str:
    """Return the prompt as it was asked: a cloze with the numbers of its gaps."""
    if not isinstance(question, Cloze):
        return question.prompt
    numbers = itertools.count(1)
    return "".join(
        f"[{next(numbers)}]" if isinstance(part, Gap) else part for part in question.segments
    )


def markdown(result: Report) -> str:
    """Return a report as Markdown."""
    rows = [
        f"# {literal(result.title)}",
        "",
        f"{result.points} of {result.possible} points, {result.accuracy:.0%} right, "
        f"{result.seconds:.0f} s, seed {result.seed}",
        "",
    ]
    rows += [f"- {literal(s.name)}: {s.accuracy:.0%} of {s.questions}" for s in result.shares]
    for line in result.questions:
        rows += [
            "",
            f"{sign(line.credit)} {literal(line.prompt)}",
            "",
            f"- given: {literal(line.given)}",
        ]
        if line.credit < 1:
            rows.append(f"- answer: {literal(line.answer)}")
    return "\n".join(rows) + "\n"
