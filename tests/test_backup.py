"""A history moves as JSON lines: everything once, and nothing of what is there is lost."""

import subprocess
import sys
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from commands import newsdeck
from newsdeck.backup import Malformed, Merged, forget, lines, merge
from newsdeck.history import History, Record
from newsdeck.progress import LONGEST, Progress
from newsdeck.session import Settings
from newsdeck.statistics import answer_count
from newsdeck.study import Study
from studying import START, deck, learn


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


def test_a_card_that_lay_open_for_months_is_taken_up_elsewhere(tmp_path: Path) -> None:
    full, other = History.open(None), History.open(None)
    study = Study([deck(tmp_path, "d", 1)], Progress(full), START)
    study.keep(study.judge("q0", False, taken=10 * LONGEST), START)
    assert merge(other, list(lines(full))).entries == 1


@pytest.mark.parametrize("option", ["--count", "--limit", "--seed"])
def test_no_sitting_begins_that_could_not_be_taken_up_again(home: Path, option: str) -> None:
    for number, code in (("2147483648", 2), ("2147483647", 0)):
        words = ("play", "belarus-release", "--plain", "--in-order", option, number)
        done = newsdeck(*words, typed="2\n")
        assert done.exit_code == code
    with closing(History.open(home / "history.sqlite")) as kept:
        assert merge(History.open(None), list(lines(kept))).answers > 0


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


def test_a_deck_that_is_forgotten_while_it_is_played_begins_anew(tmp_path: Path) -> None:
    played = History.open(tmp_path / "history.sqlite")
    other = History.open(tmp_path / "history.sqlite")
    played.begin("k", "d", "D", {"seed": 1}, ["q0", "q1"], 1.0)
    played.answer("k", 0, Record("q0", "x", Fraction(1), False, 1.0, False), 2.0)
    assert forget(other, "d") == 1
    played.answer("k", 1, Record("q1", "y", Fraction(1), False, 1.0, False), 3.0)
    assert answer_count(other, "d") == 1
    played.let_go()
    left = other.unfinished("d")
    assert left is not None
    assert [record.question for record in left.records] == ["q1"]
    assert other.take_up(left) == left
    assert forget(played, "d") == 1
    other.answer("k", 0, Record("q0", "x", Fraction(1), False, 1.0, False), 4.0)
    (line,) = lines(played)
    assert b'"question":"q0"' in line
    played.close()
    other.close()


def test_a_sitting_that_stands_twice_in_a_file_counts_once(full: History) -> None:
    written = list(lines(full))
    other = History.open(None)
    assert merge(other, [*written, *written]).answers == 2
    assert list(lines(other)) == written


def test_entries_come_with_the_states_that_follow_or_not_at_all(full: History) -> None:
    other = History.open(None)
    other.commit(
        [("create trigger t before update on card begin select raise(abort, 'no'); end", ())]
    )
    assert merge(other, lines(full)).entries == 0
    assert "no" in other.trouble
    assert Progress(other).states() == {}
    assert list(Progress(other).entries()) == []


LARGE = """
import resource, sys
from pathlib import Path
from newsdeck.backup import merge
from newsdeck.history import History
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
history = History.open(Path(sys.argv[1]))
for _ in range(2):
    lines = (sys.argv[2].replace("NNNNN", str(n)).encode() for n in range(20_000, 90_000))
    merged = merge(history, lines)
    print(merged.entries + merged.answers)
status = Path("/proc/self/status")  # Linux's; elsewhere the limit of work alone is tested
lines = status.read_text().splitlines() if status.exists() else []
print(sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024 < 256)
"""


@pytest.mark.parametrize(
    "line",
    [
        '{"type":"log","at":17000000NNNNN,"deck":"d","question":"q","rating":3}',
        '{"type":"log","at":1700000000000,"deck":"d","question":"qNNNNN","rating":3}',
        '{"type":"sitting","key":"k","deck":"d","title":"D","settings":{"seed":1},"plan":[],'
        '"started":1,"finished":null,"points":null,"accuracy":null,"answers":[{"position":NNNNN,'
        '"question":"q","response":"r","credit":1,"seconds":1,"at":1}]}',
    ],
    ids=["moments", "one moment", "one sitting"],
)
def test_a_large_file_takes_little_memory_and_work_also_again(tmp_path: Path, line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(tmp_path / "history.sqlite"), line],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["70000", "0", "True"]
