"""The commands of who learns, as a person uses them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from commands import newsdeck
from newsdeck.history import History
from newsdeck.library import bundled
from newsdeck.progress import Progress
from newsdeck.study import Study
from studying import START, deck, learn

BUNDLED = str(bundled() / "belarus-prisoner-release" / "release.yaml")


@pytest.fixture
def learned(home: Path) -> Path:
    """A home in which a deck was learned for ten days, and a card was suspended."""
    (home / "decks").mkdir(parents=True)
    kept = Progress(History.open(home / "history.sqlite"))
    made = deck(home / "decks", "d", 6)
    learn([made], kept, 10, new=1)
    study = Study([made], kept, START + 30 * 86_400_000)
    study.suspend(START + 30 * 86_400_000)
    kept.history.close()
    return home


def test_study_needs_a_terminal(home: Path) -> None:
    done = newsdeck("study")
    assert done.exit_code == 2
    assert "terminal" in done.output


def test_suspended_cards_are_resumed(learned: Path) -> None:
    assert newsdeck("study", "--resume").output == "1 card is back in study.\n"
    assert newsdeck("study", "d", "--resume").output == "0 cards are back in study.\n"


def test_stats_are_for_people_and_for_programs(learned: Path) -> None:
    done = newsdeck("stats")
    assert done.exit_code == 0
    assert "Answers a day" in done.output
    numbers = json.loads(newsdeck("stats", "d", "--json").output)
    assert sum(day["answers"] for day in numbers["days"]) > 10
    assert numbers["suspended"] == 1
    assert json.loads(newsdeck("stats", BUNDLED, "--json").output)["days"] == []


def test_items_point_at_the_question(learned: Path) -> None:
    done = newsdeck("stats", "d", "--items")
    assert f"{learned / 'decks' / 'd.yaml'}:4" in done.output
    items = json.loads(newsdeck("stats", "d", "--items", "--json").output)
    assert [item["question"] for item in items] == [f"q{n}" for n in range(6)]


def test_stats_before_the_first_answer(home: Path) -> None:
    assert newsdeck("stats").output.startswith("Nothing yet")
    assert newsdeck("stats", "--items").output.startswith("No answers yet")


def test_a_history_moves_and_counts_once(
    learned: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = learned / "backup.jsonl"
    assert newsdeck("history", "export", file).exit_code == 0
    written = file.read_text()
    assert newsdeck("history", "export", "-").output == written
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path_factory.mktemp("other")))
    lines = len(written.splitlines())
    done = newsdeck("history", "import", "-", typed=written)
    assert f"{lines} new entries of study" in done.output
    assert ": 0 new entries" in newsdeck("history", "import", file).output
    assert newsdeck("history", "export", "-").output == written


def test_a_backup_replaces_nothing_but_a_backup(learned: Path) -> None:
    thesis = learned / "thesis.md"
    thesis.write_text("My thesis.")
    done = newsdeck("history", "export", thesis)
    assert done.exit_code == 2
    assert "Nothing was written" in done.output
    assert thesis.read_text() == "My thesis."
    backup = learned / "backup.jsonl"
    backup.touch()
    for _ in range(2):
        assert newsdeck("history", "export", backup).exit_code == 0
    assert backup.stat().st_size > 0


@pytest.mark.parametrize(
    "words", [("history", "export", "kept"), ("export", BUNDLED, "--with-progress", "-o", "kept")]
)
def test_a_history_that_cannot_be_read_is_not_taken_for_an_empty_one(
    learned: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(learned)
    assert newsdeck(*words).exit_code == 0
    kept = Path("kept").read_bytes()
    (learned / "history.sqlite").write_bytes(b"x" * 5000)
    done = newsdeck(*words)
    assert done.exit_code == 2
    assert "damaged" in done.output
    assert Path("kept").read_bytes() == kept


def test_a_damage_that_sqlite_does_not_see_is_told(
    learned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(learned)
    with closing(sqlite3.connect(learned / "history.sqlite")) as db, db:
        db.execute("update log set response = '{'")
    for words in (("history", "export", "kept"), ("export", "d", "--with-progress")):
        done = newsdeck(*words)
        assert done.exit_code == 2
        assert "The history is damaged: " in done.output
    assert {file.name for file in learned.iterdir()}.isdisjoint({"kept", "d.apkg"})


def test_a_bad_backup_is_refused_with_its_line(home: Path) -> None:
    done = newsdeck("history", "import", "-", typed='{"type":"nothing"}\n')
    assert done.exit_code == 2
    assert "line 1" in done.output


def test_forgetting_asks_first(learned: Path) -> None:
    before = newsdeck("history", "export", "-").output
    assert newsdeck("history", "forget", "d", typed="n\n").exit_code == 1
    assert newsdeck("history", "export", "-").output == before
    counted = newsdeck("stats", "d").output.split(" on ")[0].split("\n  ")[1]
    done = newsdeck("history", "forget", "d", typed="y\n")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, f"Forgotten: {counted}.")
    assert newsdeck("history", "export", "-").output == ""
    done = newsdeck("history", "forget", "d")
    assert done.exit_code == 2
    assert "Nothing is known" in done.output
