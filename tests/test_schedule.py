"""Ratings become days: by FSRS, the same every time, and as the real Anki counts them."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.grade import Verdict
from newsdeck.schedule import (
    DAY,
    NEW,
    Event,
    Phase,
    Rating,
    State,
    day,
    intervals,
    rating_of,
    recall,
    replay,
    reviewed,
)

START = 20_000 * DAY + 9 * 3_600_000
MINUTE = 60


@pytest.mark.parametrize(
    ("credit", "near", "hinted", "rating"),
    [
        (Fraction(1), False, False, Rating.GOOD),
        (Fraction(1), True, False, Rating.HARD),
        (Fraction(1), False, True, Rating.HARD),
        (Fraction(2, 3), False, False, Rating.AGAIN),
        (Fraction(2, 3), True, True, Rating.AGAIN),
        (Fraction(0), False, False, Rating.AGAIN),
    ],
)
def test_a_miss_is_again_and_help_makes_hard(
    credit: Fraction, near: bool, hinted: bool, rating: Rating
) -> None:
    assert rating_of(Verdict(credit, near), hinted) is rating


def test_learning_takes_minutes_and_then_days() -> None:
    first = reviewed(NEW, Rating.GOOD, START, "d/q")
    assert (first.phase, first.interval) == (Phase.LEARNING, 10 * MINUTE)
    second = reviewed(first, Rating.GOOD, first.due, "d/q")
    assert (second.phase, day(second.due)) == (Phase.REVIEW, day(START) + 2)
    assert second.due % DAY == 0
    missed = reviewed(second, Rating.AGAIN, second.due + 1, "d/q")
    assert (missed.phase, missed.interval, missed.lapses) == (Phase.RELEARNING, 10 * MINUTE, 1)
    assert missed.stability < second.stability


def test_last_evening_is_a_day_ago_this_morning() -> None:
    evening = 20_000 * DAY + 23 * 3_600_000
    known = reviewed(NEW, Rating.EASY, evening, "d/q")
    morning = evening + 9 * 3_600_000
    late = evening + 30 * 60_000
    assert recall(known, morning) == recall(known, evening + DAY)
    assert recall(known, late) == pytest.approx(1)


def test_recall_is_as_wanted_when_a_card_is_due() -> None:
    state = State(phase=Phase.REVIEW, stability=50.0, difficulty=5.0, last=START)
    assert recall(state, START + 50 * DAY) == pytest.approx(0.9)
    assert recall(NEW, START) is None


ratings = st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 40 * DAY)), max_size=25)


def live(steps: list[tuple[Rating, int]], card: str = "d/q") -> tuple[State, list[Event]]:
    state, at, events = NEW, START, []
    for rating, wait in steps:
        at += 1 + wait
        state = reviewed(state, rating, at, card)
        events.append(Event(at, "review", rating, state.interval))
    return state, events


@given(ratings)
def test_the_log_alone_gives_the_state(steps: list[tuple[Rating, int]]) -> None:
    state, events = live(steps)
    assert replay(events) == state


@given(ratings)
def test_a_better_rating_never_comes_back_sooner(steps: list[tuple[Rating, int]]) -> None:
    state, events = live(steps)
    at = (events[-1].at if events else START) + DAY
    offers = intervals(state, at, "d/q")
    assert offers == intervals(state, at, "d/q")
    assert all(offers[one] <= offers[other] for one, other in pairwise(Rating))
    assert all(seconds > 0 for seconds in offers.values())


def test_the_fuzz_spreads_cards_and_comes_from_no_global_chance() -> None:
    state = State(phase=Phase.REVIEW, stability=30.0, difficulty=5.0, last=START - 30 * DAY)

    def days() -> list[int]:
        return [reviewed(state, Rating.GOOD, START, f"d/{n}").interval // 86400 for n in range(40)]

    random.seed(1)
    first = days()
    random.seed(2)
    assert days() == first
    plain = sorted(first)[20]
    assert len(set(first)) > 3
    assert all(abs(n - plain) <= plain * 0.2 for n in first)


def test_suspending_and_beginning_anew_stand_in_the_log_too() -> None:
    _, events = live([(Rating.EASY, 0), (Rating.GOOD, 9 * DAY)])
    kept = replay([*events, Event(START + 20 * DAY, "suspend")])
    assert kept.suspended
    assert kept.reviews == 2
    assert not replay([*events, Event(1, "suspend"), Event(2, "resume")]).suspended
    assert replay([*events, Event(START + 20 * DAY, "reset")]) == NEW


def test_intervals_that_were_granted_elsewhere_are_kept() -> None:
    elsewhere = [Event(START, "review", 3, 4 * 86_400), Event(START + 4 * DAY, "review", 1, 300)]
    once, twice = replay(elsewhere[:1]), replay(elsewhere)
    assert (once.phase, day(once.due)) == (Phase.REVIEW, day(START) + 4)
    assert (twice.phase, twice.due) == (Phase.RELEARNING, START + 4 * DAY + 300_000)
