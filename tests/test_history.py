"""Answers are kept: through a kill, a damaged file, a full disk, two players."""

import signal
import sqlite3
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.grade import Response
from newsdeck.history import MIGRATIONS, History, Record

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
    history.overrule("k", 0, overruled=True)
    left = history.unfinished("d")
    assert left is not None
    assert left.records[0].overruled
    history.finish("k", 3.0, 100, 0.5)
    assert history.unfinished("d") is None
    assert [(r.points, r.accuracy, r.seconds) for r in history.results("d")] == [(100, 0.5, 1.5)]
    assert history.summary()["d"].best == pytest.approx(0.5)
    assert history.flag("d", "q", 1.0)
    assert history.flagged("d") == {"q"}
    assert not history.flag("d", "q", 1.0)
    history.close()
