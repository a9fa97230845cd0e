"""Players are killed at random points: no committed answer is lost, none is there twice.

NEWSDECK_KILLS=200 plays two hundred sittings instead of twenty.
"""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from newsdeck.history import History
from newsdeck.progress import Progress

SITTINGS = int(os.environ.get("NEWSDECK_KILLS", "20"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the players are forks")
def test_killed_players_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(script), str(file), str(SITTINGS), "1"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    seen: dict[str, set[str]] = {"quiz": set(), "study": set()}
    for line in done.stdout.splitlines():
        kind, given = line.split()
        seen[kind].add(given)
    assert len(seen["quiz"]) + len(seen["study"]) > 10 * SITTINGS

    db = sqlite3.connect(file)
    assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    assert db.execute("pragma foreign_key_check").fetchall() == []
    places = db.execute("select sitting, position from answer").fetchall()
    db.close()
    assert len(set(places)) == len(places)

    history = History.open(file)
    assert history.trouble == ""
    quiz = Counter(given for (given,) in history.rows("select response from answer"))
    study = Counter(given for (given,) in history.rows("select response from log"))
    assert set(quiz.values()) | set(study.values()) == {1}
    assert {f'"{given}"' for given in seen["quiz"]} <= set(quiz)
    assert {f'"{given}"' for given in seen["study"]} <= set(study)
    # A sitting ends anywhere: at most one answer was written that its player had not seen yet.
    assert len(quiz) + len(study) - len(seen["quiz"]) - len(seen["study"]) <= SITTINGS
    progress = Progress(history)
    states = progress.states()
    progress.rebuild()
    assert progress.states() == states
    history.close()
