"""Answers are kept: through a kill, a damaged file, a full disk, two players."""

import signal
import sqlite3
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.database import MIGRATIONS
from newsdeck.grade import Response
from newsdeck.history import History, Record

PLAYER = """
import sys
from fractions import Fraction
from pathlib import Path
from newsdeck.history import History, Record
history = History.open(Path(sys.argv[1]))
key, answers = sys.argv[2], int(sys.argv[3])
history.begin(key, "d", "D", {"seed": 1}, ["a"], 1.0)
for n in range(answers):
    history.answer(key, n, Record(f"q{n}", "x", Fraction(1, 3), False, 1.0, False), 2.0)
print(history.trouble or "ready", flush=True)
sys.stdin.read()
"""


def player(file: Path, key: str, answers: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PLAYER, str(file), key, str(answers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answers(file: Path) -> int:
    db = sqlite3.connect(file)
    try:
        count: int = db.execute("select count(*) from answer").fetchone()[0]
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    finally:
        db.close()
    return count


def record(response: Response | None = "x", credit: Fraction = Fraction(1)) -> Record:
    return Record("q", response, credit, False, 1.5, False)


def test_a_killed_player_loses_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    with player(file, "k", 5) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGKILL)
    assert answers(file) == 5
    history = History.open(file)
    left = history.unfinished("d")
    history.close()
    assert left is not None
    assert [r.question for r in left.records] == ["q0", "q1", "q2", "q3", "q4"]
    assert left.records[0].credit == Fraction(1, 3)


def test_two_players_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    both = [player(file, key, 100) for key in "ab"]
    for process in both:
        assert process.communicate("", timeout=60)[0] == "ready\n"
    assert answers(file) == 200


def test_a_damaged_file_is_moved_aside_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    file.write_bytes(b"not a database at all" * 100)
    history = History.open(file)
    assert "damaged" in history.trouble
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    history.close()
    (aside,) = tmp_path.glob("history.damaged-*.sqlite")
    assert aside.read_bytes() == b"not a database at all" * 100
    assert answers(file) == 0


def test_a_newer_history_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    db = sqlite3.connect(file)
    db.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    db.commit()
    db.close()
    before = file.read_bytes()
    history = History.open(file)
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    assert "newer" in history.trouble
    history.close()
    assert file.read_bytes() == before


def test_without_a_place_to_write_play_goes_on(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    history = History.open(blocked / "history.sqlite")
    assert "not being kept" in history.trouble
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    history.answer("k", 0, record(), 2.0)
    assert history.unfinished("d") is not None
    history.close()


def test_what_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    history = History.open(file)
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    other = sqlite3.connect(file)
    other.execute("begin immediate")
    history.answer("k", 0, record(), 2.0)
    assert "could not be written" in history.trouble
    other.rollback()
    other.close()
    history.answer("k", 1, record(), 3.0)
    assert history.trouble == ""
    history.close()
    assert answers(file) == 2


@given(
    st.one_of(
        st.none(),
        st.booleans(),
        st.text(st.characters(codec="utf-8")),
        st.lists(st.text(st.characters(codec="utf-8"))).map(tuple),
        st.dictionaries(
            st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))
        ),
    ),
    st.fractions(0, 1, max_denominator=200),
)
def test_a_record_comes_back_as_it_was(response: Response | None, credit: Fraction) -> None:
    history = History.open(None)
    history.begin("k", "d", "D", {"seed": 1}, ["q"], 1.0)
    history.answer("k", 0, record(response, credit), 2.0)
    left = history.unfinished("d")
    history.close()
    assert left is not None
    assert left.records == [record(response, credit)]


def test_results_flags_and_overruling() -> None:
    history = History.open(None)
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    history.answer("k", 0, record(), 2.0)
    history.overrule("k", 0, "q", 2.0, overruled=True)
    left = history.unfinished("d")
    assert left is not None
    assert left.records[0].overruled
    history.finish("k", 3.0, 100, 0.5)
    assert history.unfinished("d") is None
    assert [(r.points, r.accuracy, r.seconds) for r in history.results("d", {})] == [
        (100, 0.5, 1.5)
    ]
    assert history.summary()["d"].best == pytest.approx(0.5)
    assert history.flag("d", "q", 1.0)
    assert history.flagged("d") == {"q"}
    assert not history.flag("d", "q", 1.0)
    history.close()


def test_only_sittings_of_the_same_questions_are_compared() -> None:
    history = History.open(None)
    asked: list[dict[str, Any]] = [
        {"seed": 1, "count": 0, "tags": [], "only": []},
        {"count": 2},
        {"tags": ["é"]},
        {"only": ["q"]},
    ]
    for n, settings in enumerate(asked):
        history.begin(f"k{n}", "d", "D", settings, ["q"], float(n))
        history.finish(f"k{n}", 9.0 + n, 10 * n, n / 4)
    for n, settings in enumerate([{}, *asked[1:]]):
        assert [result.points for result in history.results("d", settings)] == [10 * n]
    summary = history.summary()
    assert (summary["d"].best, summary["d"].played) == (0.0, 4)
    history.begin("e", "e", "E", {"count": 2}, ["q"], 1.0)
    history.finish("e", 2.0, 100, 1.0)
    assert history.summary()["e"].best is None


def test_what_another_plays_is_not_offered_until_that_one_ends(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    history = History.open(file)
    with player(file, "k", 2) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert history.unfinished("d") is None
        process.send_signal(signal.SIGKILL)
    left = history.unfinished("d")
    assert left is not None
    with player(file, "k2", 0) as process:  # holds another sitting
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert history.take_up(left) == left
        process.communicate("")
    history.close()


TAKER = """
import sys
from pathlib import Path
from newsdeck.history import History
history = History.open(Path(sys.argv[1]))
left = history.unfinished("d")
print(left is not None, flush=True)
sys.stdin.readline()
print(history.take_up(left) is not None, flush=True)
sys.stdin.read()
"""


def test_of_two_that_are_offered_a_sitting_one_goes_on_with_it(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    history = History.open(file)
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    history.answer("k", 0, record(), 2.0)
    history.close()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(file)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = []
    for line in range(2):
        for process in both:
            assert process.stdin is not None
            assert process.stdout is not None
            if line:
                process.stdin.write("\n")
                process.stdin.flush()
            said.append(process.stdout.readline())
    for process in both:
        process.communicate("", timeout=60)
    assert said == ["True\n", "True\n", "True\n", "False\n"]


def test_overruling_changes_one_row_alone() -> None:
    history = History.open(None)
    history.begin("k", "d", "D", {}, ["q"], 1.0)
    for at in (2.0, 3.0):
        history.answer("k", 0, record(), at)
    history.overrule("k", 0, "q", 2.0, overruled=True)
    left = history.unfinished("d")
    assert left is not None
    assert [r.overruled for r in left.records] == [True, False]
    assert left.times == [2.0, 3.0]
