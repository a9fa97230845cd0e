"""The log takes each entry once, keeps what it has, and answers what is due."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.database import MIGRATIONS
from newsdeck.history import History
from newsdeck.progress import Entry, Progress
from newsdeck.schedule import DAY, Rating
from newsdeck.study import Study
from studying import START, answer, deck, learn, progress

moments = st.integers(START, START + 5)
entries = st.lists(
    st.builds(
        Entry,
        at=moments,
        deck=st.just("d"),
        question=st.sampled_from(["a", "b", "c"]),
        rating=st.integers(1, 4),
        interval=st.sampled_from([60, 86_400]),
    ),
    max_size=12,
    unique_by=lambda entry: (entry.at, entry.question),
)


@given(entries, st.integers(0, 12))
def test_entries_are_merged_once_in_any_order(written: list[Entry], first: int) -> None:
    # One card's entries of neighbouring milliseconds are one entry: nobody answers so fast.
    written = [e for n, e in enumerate(written) if e.card not in {o.card for o in written[:n]}]
    kept = progress()
    assert kept.merge(written[first:]) == len(written[first:])
    assert kept.merge(reversed(written)) == len(written[:first])
    assert kept.merge(written) == 0
    found = sorted((e.question, e.rating, e.interval) for e in kept.entries())
    assert found == sorted((e.question, e.rating, e.interval) for e in written)
    kept.history.close()


def test_merging_gives_the_states_of_the_whole_log(tmp_path: Path) -> None:
    kept, other = progress(), progress()
    learn([deck(tmp_path, "d", 10)], kept, 20, new=3)
    log = list(kept.entries())
    assert any(entry.event == "undo" for entry in log)
    assert other.merge(log[::2]) + other.merge(log) == len(log)
    assert other.states() == kept.states()
    assert list(other.entries()) == log


@pytest.mark.parametrize("damage", ["phase = 9", "last = -99999999999999", "due = 1 << 60"])
def test_a_card_whose_state_is_damaged_stands_as_its_log_says(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "history.sqlite"
    kept = Progress(History.open(file))
    decks = [deck(tmp_path, "d", 3)]
    learn(decks, kept, 3)
    states = kept.states()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(f"update card set {damage}")
    assert kept.states() == states
    study = Study(decks, kept, START + 30 * DAY)
    study.keep(study.judge(None, False, 5), START + 30 * DAY)
    kept.history.close()


def test_what_cannot_be_merged_now_is_not_merged_by_half(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    kept, other = Progress(History.open(file)), progress()
    learn([deck(tmp_path, "d", 3)], other, 3)
    log = list(other.entries())
    kept.history.rows("pragma busy_timeout = 0")  # so that the test need not wait
    blocked = sqlite3.connect(file)
    blocked.execute("begin immediate")
    assert kept.merge(log) == 0
    assert "could not be written" in kept.history.trouble
    blocked.rollback()
    blocked.close()
    assert kept.states() == {}
    assert kept.merge(log) == len(log)
    assert kept.states() == other.states()


def test_what_was_logged_is_never_changed(tmp_path: Path) -> None:
    kept = progress()
    decks = [deck(tmp_path, "d", 6)]
    logged: list[Entry] = []
    for number in range(6):
        learn(decks, kept, 1, seed=number, new=2, start=START + number * DAY)
        log = list(kept.entries())
        assert log[: len(logged)] == logged
        logged = log


def test_due_counts_by_deck(tmp_path: Path) -> None:
    kept = progress()
    learn([deck(tmp_path, "a", 3), deck(tmp_path, "b", 4)], kept, 1)
    assert kept.due(START + 60 * DAY) == {"a": 3, "b": 4}
    assert kept.due(START) == {}


def test_what_is_learned_over_midnight_is_due_as_it_is_in_study(tmp_path: Path) -> None:
    kept = progress()
    decks = [deck(tmp_path, "d", 2)]
    late = START // DAY * DAY + DAY - 60_000
    study = Study(decks, kept, late)
    answer(study, late, right=False)
    assert study.counts().learning == 1
    assert kept.due(late) == {"d": 1}
    for at in (late, late + 1):
        study = Study(decks, kept, at)
        study.keep(study.rated(Rating.EASY, 1), at)
    assert kept.due(late) == {}, "tomorrow's reviews are not"


def test_a_history_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    old = sqlite3.connect(file)
    old.executescript(MIGRATIONS[0])
    old.execute("insert into flag values ('d', 'q', 1.0)")
    old.execute("pragma user_version = 1")
    old.commit()
    old.close()
    history = History.open(file)
    assert history.flagged("d") == {"q"}
    learn([deck(tmp_path, "d", 1)], Progress(history), 1)
    assert len(Progress(history).states()) == 1
    history.close()
