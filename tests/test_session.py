"""A sitting as its rules say, whatever the player does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.deck import Deck, load
from newsdeck.grade import Response
from newsdeck.kinds import (
    AnyQuestion,
    Card,
    Choice,
    Claim,
    Cloze,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.library import bundled
from newsdeck.session import AGAIN_AFTER, Settings, Sitting

DECK: Deck = load(bundled() / "belarus-prisoner-release" / "release.yaml")


def solution(question: AnyQuestion) -> Response:
    match question:
        case Choice():
            return question.right
        case Claim():
            return question.answer
        case Typed() | Number():
            return question.answer
        case Cloze():
            return tuple(gap.accepted[0] for gap in question.gaps)
        case Order():
            return question.items
        case Match():
            return dict(question.pairs)
        case Card():
            return True


def played(settings: Settings, rights: list[bool]) -> Sitting:
    sitting = Sitting(DECK, settings)
    for right in rights:
        if sitting.current is None:
            break
        sitting.answer(solution(sitting.current) if right else None, 1.0)
    return sitting


def test_the_same_seed_is_the_same_sitting() -> None:
    one, two, other = (Sitting(DECK, Settings(seed=seed)) for seed in (7, 7, 8))
    assert one.plan == two.plan != other.plan
    assert all(one.options(q) == two.options(q) for q in DECK.questions)


def test_order_items_never_start_right_and_numbers_ascend() -> None:
    for seed in range(20):
        sitting = Sitting(DECK, Settings(seed=seed))
        for question in DECK.questions:
            if isinstance(question, Order):
                assert sitting.options(question) != question.items
        first = DECK.question("freed-count")
        assert first is not None
        assert sitting.options(first) == ("114", "123", "200")


def test_numbers_ascend_as_their_language_writes_them(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "deck: A\nid: a\nlanguage: de\nquestions:\n"
        "- choice: Wie viele?\n  id: a\n  answer: 1.613\n  wrong: [20, '3,5']\n"
    )
    deck = load(file)
    assert Sitting(deck, Settings(seed=1)).options(deck.questions[0]) == ("3,5", "20", "1.613")


@given(st.integers(0, 999), st.lists(st.booleans(), max_size=80), st.booleans())
def test_each_question_scores_once_and_a_record_restores_the_sitting(
    seed: int, rights: list[bool], exam: bool
) -> None:
    sitting = played(Settings(seed=seed, exam=exam), rights)
    assert sitting.position == len({attempt.question for attempt in sitting.attempts})
    assert 0 <= sitting.points <= sitting.possible
    again = Sitting(DECK, sitting.settings, sitting.plan)
    again.restore(
        (a.question, a.response, a.verdict.credit, a.verdict.near, a.seconds, a.hinted, a.overruled)
        for a in sitting.attempts
    )
    assert again.current is sitting.current
    assert (again.points, again.missed) == (sitting.points, sitting.missed)


@given(st.integers(0, 999), st.integers(0, 20))
def test_a_missed_question_comes_back_three_later(seed: int, before: int) -> None:
    sitting = played(Settings(seed=seed), [True] * before + [False])
    missed = sitting.attempts[-1].question
    between = 0
    while sitting.current is not None and sitting.current.id != missed:
        sitting.answer(solution(sitting.current), 1.0)
        between += 1
    assert sitting.current is not None
    assert between == AGAIN_AFTER


def test_an_exam_asks_each_question_once() -> None:
    sitting = played(Settings(seed=1, exam=True), [False] * 99)
    assert len(sitting.attempts) == len(DECK.questions)


def test_overruling_counts_as_right_and_can_be_taken_back() -> None:
    sitting = played(Settings(seed=1), [False])
    assert sitting.points == 0
    assert sitting.overrule() is sitting.attempts[0]
    assert sitting.points == 100
    assert sitting.missed == ()
    sitting.overrule()
    assert sitting.points == 0
    assert len(sitting.missed) == 1


def test_a_right_answer_cannot_be_overruled() -> None:
    assert played(Settings(seed=1), [True]).overrule() is None


@pytest.mark.parametrize(("seconds", "points"), [(0.4, 1000), (10, 750), (99, 500)])
def test_arcade_rewards_speed_apart_from_points(seconds: float, points: int) -> None:
    sitting = Sitting(DECK, Settings(seed=1, arcade=True))
    assert sitting.current is not None
    sitting.answer(solution(sitting.current), seconds)
    assert (sitting.arcade, sitting.points) == (points, 100)


def test_tags_count_and_ids_choose_questions() -> None:
    tag = DECK.questions[0].tags[0]
    tagged = Sitting(DECK, Settings(seed=1, tags=(tag,)))
    assert set(tagged.plan) == {q.id for q in DECK.questions if tag in q.tags}
    assert Sitting(DECK, Settings(seed=1, count=5)).total == 5
    assert Sitting(DECK, Settings(seed=1, only=("freed-count",))).plan == ("freed-count",)


def test_the_limit_is_in_seconds() -> None:
    assert Sitting(DECK, Settings(seed=1, limit=60)).expired(60)
    assert not Sitting(DECK, Settings(seed=1)).expired(10**9)


def test_the_bundled_solutions_are_right() -> None:
    sitting = played(Settings(seed=1), [True] * 99)
    assert sitting.finished
    assert sitting.points == sitting.possible
