"""A day's study: what comes next, limits, undo, and progress that outlives every edit."""

import sqlite3
from pathlib import Path

import pytest

from newsdeck.history import History
from newsdeck.progress import Entry, Progress
from newsdeck.schedule import AHEAD, DAY, Phase, Rating
from newsdeck.session import AGAIN_AFTER
from newsdeck.study import Limits, Study
from studying import EVERYTHING, START, answer, deck, learn, progress


def test_right_answers_go_through_the_learning_steps_to_days(tmp_path: Path) -> None:
    study = Study([deck(tmp_path, "d", 1)], progress(), START)
    answer(study, START)
    assert study.current is not None, "the next step is near enough to be taken now"
    answer(study, START + 60_000)
    assert study.current is None
    assert study.states["d", "q0"].phase is Phase.REVIEW


def test_a_missed_card_comes_back_after_three_others(tmp_path: Path) -> None:
    study = Study([deck(tmp_path, "d", 9)], progress(), START)
    missed = answer(study, START, right=False)
    late = START + 5 * 60_000
    study.now(late)
    between = [answer(study, late) for _ in range(AGAIN_AFTER)]
    assert missed not in between
    assert study.current is not None
    assert study.current.question.id == missed


def test_a_card_that_is_learned_waits_where_its_time_is_far(tmp_path: Path) -> None:
    kept = progress()
    kept.merge([Entry(START, "d", "q0", rating=Rating.GOOD, interval=3600)])
    study = Study([deck(tmp_path, "d", 1)], kept, START)
    due = study.states["d", "q0"].due
    assert study.now(due - AHEAD - 1) is None
    assert study.now(due - AHEAD) is not None


def test_a_day_has_limits_and_the_next_has_new_ones(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 30)], progress()
    limits = Limits(new=4, due=3)
    for at in (START, START + 3_600_000):
        study = Study(decks, kept, at, limits)
        seen = set()
        while study.current is not None:
            seen.add(answer(study, at))
        assert len(seen) == (4 if at == START else 0)
    assert Study(decks, kept, START + DAY, limits).counts().new == 4
    study = Study(decks, kept, START + 9 * DAY, limits)
    assert study.counts().due == 3
    while study.current is not None:
        answer(study, START + 9 * DAY)
    told = study.told(START + 9 * DAY)
    assert told[0].startswith("Done for today: ")
    assert told[1] == "1 card due beyond the day's limit; `newsdeck study --due` raises it."
    assert Study(decks, kept, START + 9 * DAY, limits).told(START + 9 * DAY)[0] == "Done for today."
    assert Study(decks, kept, START + 9 * DAY, EVERYTHING).counts().due == 1


def test_all_decks_are_mixed(tmp_path: Path) -> None:
    decks = [deck(tmp_path, name, 4) for name in "ab"]
    study = Study(decks, progress(), START)
    order = []
    while study.current is not None and study.counts().new:
        order.append(study.current.deck.id)
        answer(study, START)
    assert order[:4] == ["a", "b", "a", "b"]


def test_due_and_new_cards_alternate_in_the_same_order_every_time(tmp_path: Path) -> None:
    kept = progress()
    learn([deck(tmp_path, "d", 8)], kept, 1)
    decks = [deck(tmp_path, "d", 16)]
    later = START + 30 * DAY

    def order() -> list[Phase]:
        study = Study(decks, kept, later, EVERYTHING)
        return [study.states[name].phase for name in study._queue]

    phases = order()
    assert phases == order()
    assert Phase.NEW in phases[:3]
    assert Phase.REVIEW in phases[:3]


def test_undo_brings_back_the_card_its_state_and_the_day(tmp_path: Path) -> None:
    kept = progress()
    study = Study([deck(tmp_path, "d", 3)], kept, START)
    before = dict(study.states)
    first = answer(study, START, right=False)
    card = study.undo(START + 5000)
    assert card is not None
    assert card.question.id == first
    assert study.states == before
    assert kept.states()["d", first] == before["d", first]
    assert kept.today(START) == (0, 0)
    assert [entry.event for entry in kept.entries()] == ["review", "undo"]
    assert study.undo(START + 6000) is None


def test_the_learner_rates_and_the_log_has_the_last_word(tmp_path: Path) -> None:
    kept = progress()
    study = Study([deck(tmp_path, "d", 1)], kept, START)
    given = study.judge("q0", False, 1000)
    offers = study.intervals(given.card, START)
    study.keep(given, START)
    assert study.rate(given, Rating.EASY, START).rating is Rating.EASY
    assert kept.states()["d", "q0"].interval == offers[Rating.EASY]
    assert [event.rating for event in kept.events(("d", "q0"))] == [Rating.EASY]


def test_a_suspended_card_stays_away_until_it_is_resumed(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 1)], progress()
    study = Study(decks, kept, START)
    study.suspend(START)
    assert study.now(START) is None
    assert Study(decks, kept, START + DAY, early=True).current is None
    assert kept.resume(["d"], START + DAY) == 1
    assert Study(decks, kept, START + DAY).current is not None
    assert kept.resume(["d"], START + DAY) == 0


def test_early_review_takes_what_is_due_soonest(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 12)], progress()
    learn(decks, kept, 5)
    at = START + 5 * DAY
    due = min(state.due for state in kept.states().values() if state.due >= at + DAY)
    study = Study(decks, kept, at, Limits(new=0, due=0), early=True)
    assert study.current is not None
    assert study.states[study.current.name].due <= due
    assert not Study(decks, kept, at, Limits(new=0, due=0)).counts().due


def test_editing_moving_and_renaming_a_deck_keep_progress(tmp_path: Path) -> None:
    kept = progress()
    learn([deck(tmp_path, "d", ["one", "two", "three"])], kept, 3)
    states = kept.states()
    other = tmp_path / "elsewhere"
    other.mkdir()
    edited = deck(other, "d", ["three", "new", "one"], file="another-name")
    study = Study([edited], kept, START + 3 * DAY)
    assert study.states["d", "one"] == states["d", "one"]
    assert study.states["d", "three"] == states["d", "three"]
    assert study.states["d", "new"].phase is Phase.NEW
    assert kept.states()["d", "two"] == states["d", "two"], "what was removed is kept"
    back = Study([deck(tmp_path, "d", ["two"])], kept, START + 3 * DAY)
    assert back.states["d", "two"] == states["d", "two"]


def test_the_log_alone_gives_all_states_again(tmp_path: Path) -> None:
    kept = progress()
    learn([deck(tmp_path, name, 12) for name in "ab"], kept, 40, new=5)
    states = kept.states()
    assert {state.phase for state in states.values()} >= {Phase.REVIEW}
    kept.history.commit([("update card set phase = 0, stability = 0, due = 0, reviews = 0", ())])
    assert kept.states() != states
    kept.rebuild()
    assert kept.states() == states


def test_without_a_disk_study_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    kept = Progress(History.open(file))
    study = Study([deck(tmp_path, "d", 2)], kept, START)
    answer(study, START)
    kept.history.rows("pragma busy_timeout = 0")  # so that the test need not wait
    blocked = sqlite3.connect(file)
    blocked.execute("begin immediate")
    answer(study, START + 1000)
    answer(study, START + 2000)
    assert "could not be written" in kept.history.trouble
    blocked.rollback()
    blocked.close()
    done = answer(study, START + 3000)
    assert kept.history.trouble == ""
    assert len(list(kept.entries())) == 4
    assert kept.state(("d", done)) == study.states["d", done]


def test_a_history_that_is_damaged_midway_is_moved_aside_and_study_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    kept = Progress(History.open(file))
    study = Study([deck(tmp_path, "d", 3)], kept, START)
    first = answer(study, START)
    kept.history.rows("pragma wal_checkpoint(truncate)")
    kept.history.rows("pragma shrink_memory")
    file.write_bytes(b"damaged " * 1000)
    second = answer(study, START + 1000)
    third = answer(study, START + 2000)
    assert "damaged" in kept.history.trouble
    assert {first, second, third} == {"q0", "q1", "q2"}
    assert set(kept.states()) == {("d", second), ("d", third)}
    assert len(list(tmp_path.glob("history.damaged-*.sqlite"))) == 1
    kept.history.close()


@pytest.mark.parametrize("days", [1, 20])
def test_two_who_study_at_once_both_count(tmp_path: Path, days: int) -> None:
    decks, kept = [deck(tmp_path, "d", 1)], progress()
    at = START + days * DAY
    one, other = Study(decks, kept, at), Study(decks, kept, at)
    answer(one, at)
    answer(other, at)
    states = kept.states()
    assert states["d", "q0"].reviews == 2
    kept.rebuild()
    assert kept.states() == states


def test_one_of_two_who_study_at_once_takes_back_their_own_answer_alone(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 1)], progress()
    one, other = Study(decks, kept, START), Study(decks, kept, START)
    one.keep(one.rated(Rating.GOOD, 1), START)
    other.keep(other.rated(Rating.EASY, 2), START + 5000)
    one.undo(START + 9000)
    assert [entry.rating for entry in kept.entries(standing=True)] == [Rating.EASY]
    states = kept.states()
    assert states["d", "q0"].reviews == 1
    assert one.states == states
    kept.rebuild()
    assert kept.states() == states
