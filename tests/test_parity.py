"""The states are those of the real Anki on the same log; where it differs, that is told too."""

from pathlib import Path

import pytest
from anki.collection import Collection
from anki.decks import DeckId

from newsdeck.progress import Progress
from newsdeck.schedule import DAY, Event, Phase, replay
from studying import START, deck, learn, progress

_TYPES = {Phase.NEW: 0, Phase.LEARNING: 0, Phase.REVIEW: 1, Phase.RELEARNING: 2}


def memory(collection: Collection, events: list[tuple[Event, Phase]]) -> tuple[float, float]:
    """Return stability and difficulty as Anki computes them from a review log."""
    model = collection.models.by_name("Basic")
    assert model is not None
    note = collection.new_note(model)
    note["Front"] = "x"
    collection.add_note(note, DeckId(1))
    card = note.cards()[0].id
    assert collection.db is not None
    collection.db.executemany(
        "insert into revlog values (?,?,-1,?,?,0,0,1000,?)",
        [
            (
                event.at, card, event.rating,
                event.interval // 86_400 if event.interval >= 86_400 else -event.interval,
                _TYPES[phase],
            )
            for event, phase in events
        ],
    )  # fmt: skip
    state = collection._backend.compute_memory_state(card).state
    return state.stability, state.difficulty


def logged(kept: Progress, name: tuple[str, str]) -> list[tuple[Event, Phase]]:
    phases = {e.at: Phase(e.phase) for e in kept.entries() if e.card == name}
    return [(event, phases[event.at]) for event in kept.events(name)]


def test_sixty_days_of_a_hundred_cards_come_to_the_states_of_anki(
    tmp_path: Path, collection: Collection
) -> None:
    kept = progress()
    learn([deck(tmp_path, "d", 100)], kept, 60, new=5)
    states = kept.states()
    assert len(states) == 100
    assert sum(state.reviews for state in states.values()) > 600
    for name, state in states.items():
        stability, difficulty = memory(collection, logged(kept, name))
        assert state.stability == pytest.approx(stability, rel=1e-3)
        assert state.difficulty == pytest.approx(difficulty, abs=1e-3)


def test_a_day_that_begins_at_four_counts_other_days(collection: Collection) -> None:
    """Anki's day begins at four in the morning of the learner's own zone, ours at midnight, UTC.

    So a review at three belongs to another day there. Ours is the same wherever it is made.
    """
    midnight = START // DAY * DAY
    times = [midnight - 3_600_000, midnight + 3 * 3_600_000]
    phases = [Phase.NEW, Phase.REVIEW]
    events = [
        Event(at, "review", rating, 8 * 86_400) for at, rating in zip(times, (4, 3), strict=True)
    ]
    ours = replay(events).stability
    at_midnight, _ = memory(collection, list(zip(events, phases, strict=True)))
    assert ours == pytest.approx(at_midnight, rel=1e-3)
    collection.set_config("rollover", 8)  # four in UTC
    collection.close()
    collection.reopen()
    later = [Event(e.at + 1, e.event, e.rating, e.interval) for e in events]
    at_four, _ = memory(collection, list(zip(later, phases, strict=True)))
    assert ours > at_four * 1.001
