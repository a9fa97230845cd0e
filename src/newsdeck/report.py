"""A sitting's result: as plain data, in words, and as Markdown in which no text has an effect."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from newsdeck.feedback import feedback, sign
from newsdeck.files import create
from newsdeck.grade import answer_text, given_text
from newsdeck.markup import literal
from newsdeck.schema import printed

if TYPE_CHECKING:
    from newsdeck.history import History, Result
    from newsdeck.session import Sitting


class Quotation(Struct, frozen=True):
    """A piece of evidence, and where it stands in its reading text."""

    text: str
    place: str


class Line(Struct, frozen=True):
    """A question of a sitting: what was given at the first try; ``credit`` from 0 to 1.

    ``rebuttals`` is what the deck says to a wrong answer, ``why`` and ``evidence`` what makes the
    right one right.
    """

    id: str
    prompt: str
    given: str
    answer: str
    credit: float
    seconds: float
    hinted: bool
    overruled: bool
    rebuttals: tuple[str, ...]
    why: str
    evidence: tuple[Quotation, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is said in words to who was wrong."""
        return tuple(filter(None, (*self.rebuttals, self.why)))


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
        for name in (question.kind, *(f"#{tag}" for tag in dict.fromkeys(question.tags))):
            credits_of[name].append(attempt.credit)
        told = feedback(sitting.deck, attempt)
        lines.append(
            Line(
                id=question.id,
                prompt=question.asked,
                given=given_text(question, attempt.response),
                answer=answer_text(question),
                credit=float(attempt.credit),
                seconds=round(attempt.seconds, 1),
                hinted=attempt.hinted,
                overruled=attempt.overruled,
                rebuttals=told.rebuttals,
                why=told.why,
                evidence=tuple(starmap(Quotation, told.quotations)),
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


def score(sitting: Sitting, history: History, key: str) -> list[str]:
    """Return the score in words, beside the last and the best sitting of the same questions.

    These are left out where the history cannot be read. ``key`` is the sitting's name in it.
    """
    settings = sitting.settings
    told = (
        f"{sitting.points} of {sitting.possible} points · {float(sitting.accuracy):.0%} right"
        f" · {sitting.elapsed:.0f} s · seed {settings.seed}"
    )
    if settings.arcade:
        told += f" · arcade {sitting.arcade}"
    if unreached := sitting.total - sitting.position:
        told += f" · {unreached} not reached"
    rows = [told]
    before: list[Result] = []
    with suppress(OSError):
        before = history.results(sitting.deck.id, msgspec.to_builtins(settings), key)
    if before:
        best = max(result.accuracy for result in before)
        rows.append(f"last time {before[-1].accuracy:.0%} · best {best:.0%}")
    return rows


def save(result: Report) -> str:
    """Write a report as JSON and as Markdown into the current folder; return what became of it."""
    stem = f"newsdeck-{result.deck}-{datetime.now():%Y%m%d-%H%M%S}"
    try:
        create(Path(f"{stem}.json"), f"{printed(result)}\n".encode())
        create(Path(f"{stem}.md"), markdown(result).encode())
    except OSError as error:
        return f"Not saved: {Path(error.filename).name}: {error.strerror}"
    return f"Saved {stem}.json and {stem}.md in {Path.cwd()}"


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
            rows += [f"- {literal(reason)}" for reason in line.reasons]
            rows += [f"- “{literal(quoted.text)}”, {quoted.place}" for quoted in line.evidence]
    return "\n".join(rows) + "\n"
