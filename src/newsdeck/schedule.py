"""A rating becomes the day on which a card is due again: FSRS-6, the same on every machine.

Times are milliseconds since 1970 UTC, as in Anki's review log, and a day is a UTC day.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    import fsrs

    from newsdeck.grade import Verdict

DAY = 86_400_000
AHEAD = 20 * 60_000
"""How much too early, in milliseconds, a card that is being learned may come where no other is."""
RETENTION = 0.9
"""The chance of recall at which a card is due."""
DECAY = 0.1542
"""How fast recall fades: the last of FSRS-6's default parameters, as Anki writes it."""

_SECOND, _DAY_SECONDS = 1000, 86_400
# Anki's: what is learned on one day is not all due on one day. (from days, to days, share)
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


class Rating(IntEnum):
    """How well a card was known; the numbers are Anki's and FSRS's."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """How far a card is; the numbers are those of Anki's card types."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


class State(Struct, frozen=True):
    """What the reviews of a card come to.

    ``stability`` is in days, ``difficulty`` from 1 to 10, ``due`` and ``last`` (the last review)
    in milliseconds since 1970, ``interval`` in seconds, ``step`` an index of the learning steps.
    """

    phase: Phase = Phase.NEW
    step: int = 0
    stability: float = 0.0
    difficulty: float = 0.0
    due: int = 0
    last: int = 0
    interval: int = 0
    reviews: int = 0
    lapses: int = 0
    suspended: bool = False


class Event(Struct, frozen=True):
    """What a log says of a card: a review, or that it is suspended, resumed or begun anew.

    ``rating`` and ``interval`` (seconds until the card was due again, as it was granted then)
    are a review's alone.
    """

    at: int
    event: str = "review"
    rating: int = 0
    interval: int = 0


NEW = State()


def rating_of(verdict: Verdict, hinted: bool) -> Rating:
    """Return what a verdict is worth: a miss is Again, help or a slip makes Hard, else Good.

    Easy is for the learner alone to say.
    """
    if not verdict.right:
        return Rating.AGAIN
    return Rating.HARD if hinted or verdict.near else Rating.GOOD


def now() -> int:
    """Return this moment in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def day(at: int) -> int:
    """Return the number of a moment's day since 1970."""
    return at // DAY


def reviewed(state: State, rating: Rating, at: int, card: str) -> State:
    """Return the state after a review; ``card`` is the card's name, which seeds the fuzz."""
    after = _remembered(state, rating, at)
    if after.phase is Phase.REVIEW:
        after = replace(after, interval=_fuzzed(after.interval, f"{card}:{day(at)}"))
    return replace(after, due=due(at, after.interval))


def due(at: int, interval: int) -> int:
    """Return when a card is due ``interval`` seconds after a review: whole days end as days do."""
    if interval >= _DAY_SECONDS:
        return (day(at) + interval // _DAY_SECONDS) * DAY
    return at + interval * _SECOND


def intervals(state: State, at: int, card: str) -> dict[Rating, int]:
    """Return the seconds that each rating would put off the card."""
    return {rating: reviewed(state, rating, at, card).interval for rating in Rating}


def recall(state: State, at: int) -> float | None:
    """Return the chance, 0 to 1, that a card is recalled; None before its first review."""
    if state.phase is Phase.NEW:
        return None
    return _scheduler().get_card_retrievability(_card(state), _moment(at))


def replay(events: Iterable[Event]) -> State:
    """Return the state that a card's events, oldest first, come to.

    Memory follows from ratings and days; when the card is due stands in the log, because it
    was granted under the settings of that day, here or in Anki.
    """
    state = NEW
    for event in events:
        if event.event == "review":
            after = _remembered(state, Rating(event.rating), event.at)
            state = replace(_granted(after, event), due=due(event.at, event.interval))
        elif event.event == "reset":
            state = replace(NEW, suspended=state.suspended)
        else:
            state = replace(state, suspended=event.event == "suspend")
    return state


def _granted(after: State, event: Event) -> State:
    """Return the state with the interval of the log, and the phase that goes with it."""
    phase, step = after.phase, after.step
    if event.interval >= _DAY_SECONDS:
        phase, step = Phase.REVIEW, 0
    elif phase is Phase.REVIEW:
        phase = Phase.RELEARNING if after.lapses else Phase.LEARNING
    return replace(after, phase=phase, step=step, interval=event.interval)


def _remembered(state: State, rating: Rating, at: int) -> State:
    """Return the state after a review as FSRS says, without fuzz; ``due`` is still the old one."""
    memory = State(state.phase, state.step, state.stability, state.difficulty)
    days = 0 if state.phase is Phase.NEW else day(at) - day(state.last)
    after = _after_days(memory, days, rating)
    lapsed = state.phase is Phase.REVIEW and rating is Rating.AGAIN
    return State(
        after.phase, after.step, after.stability, after.difficulty, state.due, at, after.interval,
        state.reviews + 1, state.lapses + lapsed, state.suspended,
    )  # fmt: skip


@lru_cache(maxsize=10_000)  # very many cards have the same past
def _after_days(memory: State, days: int, rating: Rating) -> State:
    """Return what a card remembers, and its interval, after a review so many days after the last.

    All that FSRS asks of the calendar is how many days there are between two reviews.
    """
    from fsrs import Rating as FsrsRating

    at = _moment(days * DAY)
    card, _ = _scheduler().review_card(_card(memory), FsrsRating(rating), at)
    assert card.stability is not None
    assert card.difficulty is not None
    interval = round((card.due - at).total_seconds())
    return State(
        Phase(card.state), card.step or 0, card.stability, card.difficulty, interval=interval
    )


@lru_cache(maxsize=1)
def _scheduler() -> fsrs.Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, enable_fuzzing=False)


def _card(state: State) -> fsrs.Card:
    """Return the card that FSRS is to see.

    Its last review stands at the start of that day, so that days are counted as Anki counts
    them: last evening is a day ago this morning, not none.
    """
    from fsrs import Card
    from fsrs import State as FsrsState

    if state.phase is Phase.NEW:
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=FsrsState(state.phase),
        step=None if state.phase is Phase.REVIEW else state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        last_review=_moment(day(state.last) * DAY),
        due=_moment(state.due),
    )


def _moment(at: int) -> datetime:
    return datetime.fromtimestamp(at // _SECOND, UTC) + timedelta(milliseconds=at % _SECOND)


def _fuzzed(interval: int, seed: str) -> int:
    """Move an interval by some days, always the same ones for a seed."""
    days = interval // _DAY_SECONDS
    if days < _FUZZ[0][0]:
        return interval
    spread = 1 + sum(share * max(0, min(days, end) - start) for start, end, share in _FUZZ)
    first, last = max(2, round(days - spread)), round(days + spread)
    chosen = first + int(random.Random(seed).random() * (last - first + 1))
    return min(chosen, _scheduler().maximum_interval) * _DAY_SECONDS
