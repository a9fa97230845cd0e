"""One sitting as a state machine: no clock, no disk, no chance but the seed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from newsdeck.arrange import offer
from newsdeck.grade import Response, Verdict, grade
from newsdeck.kinds import AnyQuestion

if TYPE_CHECKING:
    from newsdeck.deck import Deck

AGAIN_AFTER = 3
"""How many other questions come before a missed one comes back, where so many are left."""
POINTS = 100
"""What the board shows for a right answer worth one point."""

_ARCADE, _ARCADE_SECONDS, _ARCADE_GRACE = 1000, 20, 0.5
_STREAK, _LONGEST_STREAK = 100, 5

SEEDS = 10**6
"""A seed that is drawn is less: short enough to be told and typed."""

Count = Annotated[int, Meta(ge=0, lt=2**31)]


class Settings(Struct, frozen=True):
    """How a sitting is played; with the deck they give the same sitting again.

    ``count`` 0 asks all questions, ``limit`` (seconds) 0 sets none, ``only`` names question ids.
    """

    seed: Count
    count: Count = 0
    tags: tuple[str, ...] = ()
    shuffled: bool = True
    limit: Count = 0
    exam: bool = False
    arcade: bool = False
    only: tuple[str, ...] = ()


@dataclass(slots=True)
class Attempt:
    """One answer: what was given, what it was worth, and how it came about."""

    question: str
    response: Response | None
    verdict: Verdict
    seconds: float
    hinted: bool
    first: bool
    overruled: bool = False
    arcade: int = 0

    @property
    def credit(self) -> Fraction:
        """The credit that counts, 1 where the player overruled the verdict."""
        return Fraction(1) if self.overruled else self.verdict.credit


Recorded = tuple[str, Response | None, Fraction, bool, float, bool, bool]
"""An attempt as a history keeps it: question id, response, credit, near, seconds, hinted,
overruled."""


class Sitting:
    """A deck being played. ``plan`` has the question ids in the order they come up first."""

    def __init__(self, deck: Deck, settings: Settings, plan: Iterable[str] = ()) -> None:
        self.deck = deck
        self.settings = settings
        self.plan = tuple(q for q in plan if deck.question(q)) or self._planned()
        self.attempts: list[Attempt] = []
        self._queue = list(self.plan)
        self._ended = False

    def _planned(self) -> tuple[str, ...]:
        wanted, tags = set(self.settings.only), set(self.settings.tags)
        ids = [
            question.id
            for question in self.deck.questions
            if (not wanted or question.id in wanted) and (not tags or tags & set(question.tags))
        ]
        if self.settings.shuffled:
            random.Random(self.settings.seed).shuffle(ids)
        return tuple(ids[: self.settings.count or None])

    @property
    def current(self) -> AnyQuestion | None:
        """The question to be answered now, None at the end."""
        return None if self.finished else self.deck.question(self._queue[0])

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be asked."""
        return self._ended or not self._queue

    @property
    def total(self) -> int:
        """How many questions the sitting asks."""
        return len(self.plan)

    @property
    def firsts(self) -> list[Attempt]:
        """The attempts that score: each question's first."""
        return [attempt for attempt in self.attempts if attempt.first]

    @property
    def position(self) -> int:
        """How many questions have been tried."""
        return len(self.firsts)

    def is_new(self, identity: str) -> bool:
        """Tell whether a question has not been tried in this sitting."""
        return all(attempt.question != identity for attempt in self.attempts)

    def options(self, question: AnyQuestion) -> tuple[str, ...]:
        """Return what stands on the screen to pick from, the same at every call."""
        chance = random.Random(f"{self.settings.seed}:{question.id}")
        return offer(question, chance, self.deck.language).texts

    def answer(self, response: Response | None, seconds: float, hinted: bool = False) -> Attempt:
        """Grade a response to the current question and go on. Raises number.Malformed."""
        question = self.current
        if question is None:
            raise RuntimeError("the sitting is over")
        verdict = grade(question, response, self.deck.language, self.deck.rivals)
        return self._take(question, response, verdict, seconds, hinted)

    def _take(
        self,
        question: AnyQuestion,
        response: Response | None,
        verdict: Verdict,
        seconds: float,
        hinted: bool,
    ) -> Attempt:
        first = self.is_new(question.id)
        attempt = Attempt(question.id, response, verdict, seconds, hinted, first)
        if first and self.settings.arcade:
            attempt.arcade = _arcade(question.points, verdict, seconds, self.streak)
        self.attempts.append(attempt)
        self._queue.pop(0)
        if not verdict.right and not self.settings.exam:
            self._queue.insert(AGAIN_AFTER, question.id)
        return attempt

    def overrule(self) -> Attempt | None:
        """Count the last answer as right although the verdict was not, or take that back.

        Returns the attempt, None where there is nothing to overrule.
        """
        last = self.attempts[-1] if self.attempts else None
        if last is None or last.verdict.right:
            return None
        last.overruled = not last.overruled
        if not self.settings.exam:
            if last.overruled:
                self._queue.remove(last.question)
            else:
                self._queue.insert(AGAIN_AFTER, last.question)
        return last

    def expired(self, elapsed: float) -> bool:
        """Tell whether ``elapsed`` seconds are all that the sitting has."""
        return 0 < self.settings.limit <= elapsed

    def end(self) -> None:
        """End the sitting with questions left."""
        self._ended = True

    @property
    def score(self) -> Fraction:
        """The sum of the questions' points, each by its first credit."""
        return sum((a.credit * self._worth(a.question) for a in self.firsts), Fraction(0))

    @property
    def points(self) -> int:
        """The score as the board shows it."""
        return round(POINTS * self.score)

    @property
    def possible(self) -> int:
        """The points of a sitting without a miss."""
        return POINTS * sum(map(self._worth, self.plan))

    def _worth(self, identity: str) -> int:
        question = self.deck.question(identity)
        return question.points if question else 0

    @property
    def accuracy(self) -> Fraction:
        """The mean credit of the first tries; questions not reached count as missed."""
        total = sum((attempt.credit for attempt in self.firsts), Fraction(0))
        return total / self.total if self.total else Fraction(0)

    @property
    def arcade(self) -> int:
        """The arcade score, which has nothing to do with the points."""
        return sum(attempt.arcade for attempt in self.attempts)

    @property
    def streak(self) -> int:
        """How many first tries in a row were right, up to now."""
        row = 0
        for attempt in self.firsts:
            row = row + 1 if attempt.credit == 1 else 0
        return row

    @property
    def missed(self) -> tuple[str, ...]:
        """The ids of the questions that were not right at the first try, or not reached in time."""
        wrong = [attempt.question for attempt in self.firsts if attempt.credit < 1]
        return (*wrong, *filter(self.is_new, self.plan if self._ended else ()))

    @property
    def elapsed(self) -> float:
        """The seconds that all answers took; where the time was over, all that there was."""
        answers = sum(attempt.seconds for attempt in self.attempts)
        return max(answers, self.settings.limit) if self._ended else answers

    def restore(self, records: Iterable[Recorded]) -> list[int]:
        """Take up a sitting where a history left it; records that no longer fit are passed over.

        Returns the positions of the records that the attempts were made of.
        """
        fitting = []
        for position, record in enumerate(records):
            identity, response, credit, near, seconds, hinted, overruled = record
            question = self.deck.question(identity)
            if question is None or identity not in self._queue:
                continue
            # An edited deck, or a second player, may have changed what comes next.
            self._queue.remove(identity)
            self._queue.insert(0, identity)
            fitting.append(position)
            attempt = self._take(question, response, Verdict(credit, near), seconds, hinted)
            if overruled and not attempt.verdict.right:
                self.overrule()
        return fitting


def _arcade(points: int, verdict: Verdict, seconds: float, streak: int) -> int:
    """Return points for speed: all within half a second, half of them after 20 seconds."""
    worth = _ARCADE * points
    if seconds >= _ARCADE_GRACE:
        worth = round(worth * (1 - min(seconds, _ARCADE_SECONDS) / _ARCADE_SECONDS / 2))
    bonus = _STREAK * min(streak, _LONGEST_STREAK) if verdict.right else 0
    return round(worth * verdict.credit) + bonus
