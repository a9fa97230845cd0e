"""A history moves as JSON lines: everything once, and nothing of what is there is lost."""

from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from newsdeck.backup import Malformed, Merged, forget, lines, merge
from newsdeck.history import History, Record
from newsdeck.progress import Progress
from newsdeck.session import Settings
from studying import deck, learn


@pytest.fixture
def full(tmp_path: Path) -> History:
    history = History.open(None)
    settings = msgspec.to_builtins(Settings(seed=1, tags=("x",)))
    history.begin("k", "d", "D", settings, ["q0"], 1.0)
    response = {"left": "right — ß"}
    history.answer("k", 0, Record("q0", response, Fraction(1, 3), True, 1.0, True), 2.0)
    history.answer("k", 1, Record("q0", None, Fraction(0), False, 1.0, False, first=False), 2.5)
    history.overrule("k", 0, "q0", 2.0, overruled=True)
    history.flag("d", "q0", 3.0)
    learn([deck(tmp_path, "d", 5), deck(tmp_path, "e", 2)], Progress(history), 4)
    return history


def test_everything_arrives_once(full: History) -> None:
    written = list(lines(full))
    other = History.open(None)
    entries = len(list(Progress(full).entries()))
    assert merge(other, written) == Merged(len(written), entries, 2)
    assert list(lines(other)) == written
    assert other.unfinished("d") == full.unfinished("d")
    assert Progress(other).states() == Progress(full).states()
    assert merge(other, written) == Merged(len(written), 0, 0)
    assert list(lines(other)) == written


def test_a_sitting_that_went_on_elsewhere_is_completed(full: History) -> None:
    other = History.open(None)
    merge(other, lines(full))
    full.answer("k", 2, Record("q0", "x", Fraction(1), False, 1.0, False, first=False), 4.0)
    full.finish("k", 5.0, 100, 1.0)
    assert merge(other, lines(full)).answers == 1
    assert list(lines(other)) == list(lines(full))


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b'{"type": "other"}',
        b'{"type": "log", "at": 5, "deck": "d", "question": "q", "rating": 7}',
        b'{"type": "log", "at": 5, "deck": "d", "question": "q", "rating": 0}',
        b'{"type": "log", "at": -5, "deck": "d", "question": "q", "rating": 1}',
        b'{"type": "log", "at": 5, "deck": "d", "question": "q", "event": "explode"}',
        b'{"type": "log", "at": 5, "deck": "\\ud800", "question": "q", "rating": 1}',
    ],
)
def test_a_bad_line_changes_nothing(full: History, line: bytes) -> None:
    written = list(lines(full))
    with pytest.raises(Malformed, match="line 2"):
        merge(full, [written[0], line])
    assert list(lines(full)) == written


def test_forgetting_takes_one_deck_alone(full: History) -> None:
    assert forget(full, "d") > 2
    assert all(b'"deck":"e"' in line for line in lines(full))
    assert {name[0] for name in Progress(full).states()} == {"e"}
    assert full.flagged("d") == set()
