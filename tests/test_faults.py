"""What goes wrong around the program costs no answer, no file and no traceback."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
from textual.widgets import OptionList

from commands import ENTRY, environment, newsdeck, run
from newsdeck.backup import lines, merge
from newsdeck.deck import load
from newsdeck.history import History, Record
from newsdeck.play import Play
from newsdeck.progress import Entry, Progress
from newsdeck.schedule import DAY, Phase, Rating
from newsdeck.statistics import statistics
from newsdeck.study import Limits, Study
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.library import LibraryScreen
from newsdeck.tui.preview import PreviewApp
from newsdeck.tui.results import ResultsScreen
from newsdeck.tui.study import StudyScreen
from playing import IN_ORDER, app_of, deck_file, shown
from studying import START, answer, deck, progress
from terminal import Terminal

FULL = """
import resource, sys
from newsdeck.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
main(sys.argv[1:])
"""
"""Runs a command where no file can grow: to SQLite and to Python a disk that is full."""

NO_IDS = "deck: D\nquestions:\n- card: What is it?\n  answer: A bridge over the Elva.\n"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def full(*words: str, home: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder and with a home where nothing can be written."""
    return subprocess.run(
        [sys.executable, "-c", FULL, *words], cwd=folder, capture_output=True, text=True,
        timeout=60, env=environment(home), check=False, input="2\n",
    )  # fmt: skip


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home and with work: decks, an article, what was exported before."""
    folder = tmp_path_factory.mktemp("exported") / "work"
    folder.mkdir()
    (folder / "d.yaml").write_text(NO_IDS)
    (folder / "a.md").write_text("On 3 May 2024 the town of Elva opened a bridge of 412 metres.\n")
    home = folder.with_name("home")
    for words in (
        ["export", "belarus-release", "-o", "old.apkg"],
        ["export", "belarus-release", "-o", "old.csv"],
        ["play", "belarus-release", "--plain", "--in-order"],
        ["history", "export", "old.jsonl"],
    ):
        assert run(*words, home=home, folder=folder, typed="2\n").returncode == 0
    return folder.parent


@pytest.fixture
def work(tmp_path: Path, exported: Path) -> Path:
    """The work of ``exported``, the home beside it, for one test alone."""
    shutil.copytree(exported, tmp_path, dirs_exist_ok=True)
    return tmp_path / "work"


@pytest.mark.parametrize(
    "words",
    [
        ["fix", "--yes", "d.yaml"],
        ["new", "made"],
        ["draft", "a.md", "-o", "drafted.yaml"],
        ["export", "belarus-people", "-o", "new.apkg"],
        ["export", "belarus-people", "-o", "old.apkg"],
        ["export", "belarus-people", "-o", "old.csv"],
        ["export", "belarus-people", "-o", "new.md"],
        ["history", "export", "old.jsonl"],
        ["history", "export", "new.jsonl"],
        ["history", "import", "old.jsonl"],
        ["history", "forget", "belarus-release", "--yes"],
        ["study", "--resume"],
        ["list"],
    ],
    ids=" ".join,
)
def test_a_full_disk_changes_no_file(work: Path, words: list[str]) -> None:
    home = work.with_name("home")
    before = contents(work), contents(home)
    done = full(*words, home=home, folder=work)
    assert "Traceback" not in done.stderr
    if words[0] == "list":  # does without its index
        assert (done.returncode, done.stderr) == (0, "")
    else:
        assert done.returncode == 2
        assert done.stderr.startswith("newsdeck: ")
        assert "None" not in done.stderr
    assert contents(work) == before[0]
    kept = contents(home)  # the history's log and index beside it may be there, and empty
    assert {name: kept[name] for name in before[1]} == before[1]


def test_a_package_that_cannot_be_remembered_is_said(work: Path) -> None:
    blocked = work / "file"
    blocked.write_text("a file where a folder should be")
    done = run("export", "belarus-people", "-o", "new.apkg", home=blocked / "home", folder=work)
    assert done.returncode == 2
    assert "`new.apkg` is written, but cannot be remembered" in done.stderr
    assert (work / "new.apkg").stat().st_size


FILLING = """
import resource, sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from newsdeck.history import History, Record
history = History.open(Path(sys.argv[1]))
history.begin("k", "d", "D", {"seed": 1}, ["q"], 1.0)
def answer(n):
    history.answer("k", n, Record(f"q{n}", "x" * 9000, Fraction(1), False, 1.0, False), 2.0)
    return history.trouble
assert answer(0) == ""
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
print(answer(1))
print(answer(2))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
print(answer(3))
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most))
answer(4)
history.close()
print(history.trouble)
"""


def test_answers_of_a_full_disk_are_written_when_it_is_not(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(file)], capture_output=True, text=True, check=True
    )
    said = done.stdout.splitlines()
    assert all(line.startswith("Answers could not be written yet: ") for line in said[:2])
    assert said[2] == ""
    assert said[3].startswith("The last answers could not be written: ")
    history = History.open(file)
    assert history.rows("select position from answer order by id") == [(n,) for n in range(4)]
    history.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    words = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if (
        mount is None
        or subprocess.run([mount, *words], capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    file = disk / "filler"
    with file.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(bytes(4096))
    return file


def test_a_disk_that_fills_up_and_is_emptied_in_a_sitting(small_disk: Path) -> None:
    words = [*ENTRY, "play", "belarus-release", "--in-order"]
    terminal = Terminal(words, (100, 40), small_disk)
    terminal.until_text("⏎ answer")
    terminal.type("2\r")
    terminal.until_text("✓ Right")
    filler = fill(small_disk)
    terminal.type("\r")
    terminal.until_text("2/30")
    terminal.type("viasna\r")
    terminal.until_text("⚠ Answers could not be written yet: ")
    filler.unlink()
    terminal.type("\r")
    terminal.until_text("3/30")
    terminal.type("1\r")
    terminal.until(lambda lines: "✗ Wrong" in "\n".join(lines) and "⚠" not in "\n".join(lines))
    terminal.close()
    history = History.open(small_disk / "history.sqlite")
    assert history.rows("select count(*) from answer") == [(3,)]
    history.close()


def test_a_home_that_is_no_place_plays_and_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    home = blocked / "home"
    done = run("play", "belarus-release", "--plain", "--in-order", home=home, typed="2\n")
    assert "✓ Right" in done.stdout
    assert "! Answers are not being kept" in done.stdout
    assert done.returncode == 2
    told = f"newsdeck: Answers are not being kept: `{home}` cannot be made: Not a directory\n"
    assert done.stderr == told
    for words in (["stats"], ["study", "--resume"], ["history", "export", "-"]):
        done = run(*words, home=home)
        assert done.returncode == 2
        assert done.stderr.startswith("newsdeck: Answers are not being kept")
    assert run("list", home=home).returncode == 0


def test_the_screen_is_gone_and_what_was_not_kept_is_said_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    words = [*ENTRY, "play", "belarus-release", "--in-order"]
    terminal = Terminal(words, (80, 24), blocked / "home")
    terminal.until_text("⏎ answer")
    assert terminal.end(signal.SIGTERM) == 2
    assert b"newsdeck: Answers are not being kept" in terminal.painted


SPOILT = """
import os, sys, time
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from newsdeck.history import History, Record
if os.geteuid() == 0:
    os.setgroups([])
    os.setuid(65534)
history = History.open(Path(sys.argv[1]))
print(history.trouble)
history.begin("k2", "d", "D", {"seed": 1}, ["q"], 1.0)
history.answer("k2", 0, Record("q", "x", Fraction(1), False, 1.0, False), 2.0)
print(history.unfinished("d") is not None)
history.close()
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are POSIX's")
def test_a_home_that_may_only_be_read_stays_as_it_is() -> None:
    with tempfile.TemporaryDirectory() as name:  # its parents may be entered by everybody
        home = Path(name)
        history = History.open(home / "history.sqlite")
        history.begin("k", "d", "D", {"seed": 1}, ["q"], 1.0)
        history.answer("k", 0, Record("q", "x", Fraction(1), False, 1.0, False), 2.0)
        history.close()
        before = contents(home)
        (home / "history.sqlite").chmod(0o444)
        home.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", SPOILT, str(home / "history.sqlite")],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        home.chmod(0o755)
        said = done.stdout.splitlines()
        assert said[0].startswith("Answers are not being kept: ")
        assert said[1] == "True"
        assert {file: contents(home)[file] for file in before} == before


def test_a_history_that_another_has_locked(work: Path) -> None:
    home = work.with_name("home")
    other = sqlite3.connect(home / "history.sqlite")
    other.execute("begin immediate")
    player = subprocess.Popen(
        [*ENTRY, "play", "belarus-people", "--plain", "--in-order"], env=environment(home),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert player.stdin is not None
    assert player.stdout is not None
    player.stdin.write("1\n")
    player.stdin.flush()
    seen = ""
    while "! Answers could not be written yet: database is locked" not in seen:
        line = player.stdout.readline()
        assert line, seen
        seen += line
    imported = run("history", "import", "old.jsonl", home=home, folder=work)
    assert imported.returncode == 2
    assert "locked" in imported.stderr
    other.rollback()
    other.close()
    rest, _ = player.communicate("1\n")
    assert "!" not in rest
    assert player.returncode == 0
    history = History.open(home / "history.sqlite")
    found = history.rows("select count(*) from answer join sitting on key = sitting group by deck")
    assert found == [(2,), (1,)]
    history.close()


def test_a_history_that_another_keeps_to_itself_is_left_to_it(work: Path) -> None:
    home = work.with_name("home")
    other = sqlite3.connect(home / "history.sqlite")
    other.execute("pragma locking_mode = exclusive")
    other.execute("begin immediate")
    done = run("play", "belarus-release", "--plain", "--in-order", home=home, typed="1\n")
    assert "! Answers are not being kept: database is locked" in done.stdout
    assert done.returncode == 2
    other.rollback()
    other.close()
    assert "1 answer" in newsdeck_in(home, "stats")


def unshared(file: Path) -> History:
    """Return a history as it is where a disk cannot share memory: who writes keeps others out."""
    history = History.open(file)
    assert history.rows("pragma journal_mode = delete") == [("delete",)]
    history.rows("pragma busy_timeout = 0")  # so that the test need not wait
    return history


async def test_a_history_that_cannot_be_read_while_it_is_studied(tmp_path: Path) -> None:
    history = unshared(tmp_path / "history.sqlite")
    file = deck_file(tmp_path, "one", "claim", "typed")
    app = NewsdeckApp(history, [file], lambda kept: StudyScreen([load(file)], kept))
    other = sqlite3.connect(tmp_path / "history.sqlite")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter", "enter")
        other.execute("begin exclusive")
        await pilot.press("2", "enter")
        assert "could not be written yet: database is locked" in shown(app, "#feedback")
        await pilot.press("u", "2", "enter", "f", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.question is not None
        assert app.screen.question.id == "typed"
        await pilot.press("escape", "s")
        other.rollback()
        await pilot.press("u", *"viasna", "enter")
        assert "⚠" not in shown(app, "#feedback")
        events = [entry.event for entry in Progress(history).entries()]
        assert events == ["review", "review", "undo", "review", "suspend", "undo", "review"]
        assert history.flagged("kinds") == {"claim"}
        states = Progress(history).states()
        Progress(history).rebuild()
        assert Progress(history).states() == states
    other.close()


async def test_a_history_that_cannot_be_read_in_the_library(tmp_path: Path) -> None:
    history = unshared(tmp_path / "history.sqlite")
    app = NewsdeckApp(history, [deck_file(tmp_path, "one", "claim")])
    other = sqlite3.connect(tmp_path / "history.sqlite")
    other.execute("begin exclusive")
    async with app.run_test(size=(80, 24)) as pilot:
        assert shown(app, "#told") == "The history cannot be read now: database is locked"
        for key in ("enter", "s", "t"):
            await pilot.press(key)
            assert isinstance(app.screen, LibraryScreen)
            assert "cannot be read now" in str(next(iter(app._notifications)).message)
        other.rollback()
        await pilot.press("enter", "enter", "2")
        other.execute("begin exclusive")
        await pilot.press("enter")
        assert "could not be written yet" in shown(app, "#feedback")
        await pilot.press("enter", "2", "enter", "enter")
        assert isinstance(app.screen, ResultsScreen)
        other.rollback()
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)
    other.close()
    assert history.trouble == ""
    kept = History.open(tmp_path / "history.sqlite")
    assert kept.rows("select count(*) from answer") == [(2,)]
    kept.close()


def test_a_sitting_that_cannot_be_read_goes_on_as_it_was(tmp_path: Path) -> None:
    history = unshared(tmp_path / "history.sqlite")
    chosen = load(deck_file(tmp_path, "one", "claim"))
    Play(chosen, IN_ORDER, history).answer(("2",), 1.0, False)
    left = history.unfinished("kinds")
    assert left is not None
    history.let_go()
    other = sqlite3.connect(tmp_path / "history.sqlite")
    other.execute("begin exclusive")
    game = Play(chosen, IN_ORDER, history, left)
    game.answer(False, 1.0, False)
    other.rollback()
    other.close()
    game.finish()
    assert history.rows("select count(*) from answer where sitting = ?", left.key) == [(2,)]
    assert [result.accuracy for result in history.results("kinds", {})] == [1.0]
    history.close()


FAULTY = """
import sys
from newsdeck.cli import main
from newsdeck.tui.quiz import QuizScreen
def broken(screen):
    secret = f"of {screen.deck.title} and its texts"
    return {}[len(secret)]
QuizScreen.action_flag = broken
main(sys.argv[1:])
"""


def test_a_fault_of_our_own_ends_in_a_clean_terminal_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_COLORS", "0")  # 3.13's tracebacks have some
    command = [sys.executable, "-c", FAULTY, "play", "belarus-release", "--in-order"]
    terminal = Terminal(command, (100, 40), tmp_path)
    terminal.until_text("⏎ answer")
    terminal.type("2\r")
    terminal.until_text("⏎ next")
    terminal.type("f")
    assert terminal.ended() == 1
    _, _, told = terminal.painted.decode().rpartition("\x1b[?1049l")  # back on the first screen
    assert "KeyError: " in told
    assert "texts" not in told.replace('its texts"', "")
    assert told.splitlines()[-1].startswith("newsdeck: this is a fault of Newsdeck's own.")
    history = History.open(tmp_path / "history.sqlite")
    assert history.rows("select count(*) from answer") == [(1,)]
    history.close()


def newsdeck_in(home: Path, *words: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSDECK_HOME", str(home))
        return newsdeck(*words).output


def test_a_sitting_of_a_clock_that_went_back_is_offered(tmp_path: Path) -> None:
    chosen = load(deck_file(tmp_path, "one", "claim"))
    history = History.open(None)
    times = iter((1000.0, 1001.0, 1002.0, 1003.0, 500.0, 499.0, 498.0))
    first = Play(chosen, IN_ORDER, history, now=lambda: next(times))
    first.answer(("2",), 1.0, False)
    first.answer(False, 1.0, False)
    first.finish()
    second = Play(chosen, IN_ORDER, history, now=lambda: next(times))
    second.answer(("1",), 1.0, False)
    assert second.overrule() is not None
    left = history.unfinished("kinds")
    assert left is not None
    assert left.key == second.key
    third = Play(chosen, IN_ORDER, history, left, now=lambda: 10.0)
    third.answer(False, 1.0, False)
    third.finish()
    assert [r.overruled for r in third.sitting.attempts] == [True, False]
    others = history.results("kinds", {}, but=third.key)
    assert [result.accuracy for result in others] == [1.0]
    assert history.unfinished("kinds") is None


@pytest.mark.parametrize("back", [-1, -60_000, -DAY, -400 * DAY])
def test_a_clock_that_goes_back_while_studying(tmp_path: Path, back: int) -> None:
    decks, kept = [deck(tmp_path, "d", 6)], progress()
    study = Study(decks, kept, START, Limits(new=4))
    seen = [answer(study, START, right=False)]
    for step in range(1, 9):
        study.now(START + step * back)
        seen.append(answer(study, START + step * back))
    assert len(set(seen)) == 4, "the day's limit holds, and what is learned comes back"
    assert study.undo(START + 9 * back) is not None
    study.suspend(START + 10 * back)
    states = kept.states()
    kept.rebuild()
    assert kept.states() == states
    other = History.open(None)
    merge(other, lines(kept.history))
    assert Progress(other).states() == states
    assert statistics(kept.history, decks, START + back).streak >= 0
    # The next day of the right clock is like any other.
    later = Study(decks, kept, START + DAY, Limits(new=4))
    assert later.current is not None


def test_a_card_of_a_clock_that_was_ahead_holds_back_no_other(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 2)], progress()
    kept.merge([Entry(START + 900 * DAY, "d", "q0", rating=Rating.GOOD, interval=600)])
    study = Study(decks, kept, START, Limits(new=5))
    answered = {answer(study, START + n): None for n in range(2)}
    study.now(START + 1000)
    while study.current is not None:
        answered[answer(study, START + 2000)] = None
    states = kept.states()
    assert states["d", "q1"].last < START + DAY
    assert states["d", "q1"].phase is Phase.REVIEW
    kept.rebuild()
    assert kept.states() == states


def test_suspended_and_resumed_by_clocks_that_disagree(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "d", 1)], progress()
    for at in (START, START - DAY, START - 2 * DAY):
        Study(decks, kept, at).suspend(at)
        kept.rebuild()
        assert kept.states()["d", "q0"].suspended
        assert kept.resume(["d"], at - 1000) == 1
        kept.rebuild()
        assert not kept.states()["d", "q0"].suspended


@pytest.mark.parametrize("words", [["play", "belarus-release", "--in-order"], ["study"]])
@pytest.mark.parametrize("own", [True, False], ids=["hangup", "silence"])
def test_a_terminal_that_is_gone_ends_the_player(
    tmp_path: Path, words: list[str], own: bool
) -> None:
    terminal = Terminal([*ENTRY, *words], (80, 24), tmp_path, own=own)
    terminal.until_text("⏎ answer")
    terminal.type("1\r")
    terminal.until_text("⏎ next")
    assert terminal.lose() == 0
    history = History.open(tmp_path / "history.sqlite")
    table = "log" if words == ["study"] else "answer"
    assert history.rows(f"select count(*) from {table}") == [(1,)]
    history.close()


def test_an_output_that_ends_keeps_the_answers(tmp_path: Path) -> None:
    player = subprocess.Popen(
        [*ENTRY, "play", "belarus-release", "--plain", "--in-order"], env=environment(tmp_path),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert player.stdin is not None
    assert player.stdout is not None
    assert player.stderr is not None
    player.stdin.write("2\n")
    player.stdin.flush()
    while not player.stdout.readline().startswith("✓ Right"):
        pass
    player.stdout.close()
    player.stdin.write("viasna\n" * 5)
    player.stdin.close()
    assert player.stderr.read() == ""
    assert player.wait() == 1
    player.stderr.close()
    history = History.open(tmp_path / "history.sqlite")
    assert history.rows("select count(*) > 0 from answer") == [(1,)]
    history.close()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_bytes_and_signs_that_the_terminal_does_not_have(tmp_path: Path, encoding: str) -> None:
    done = subprocess.run(
        [*ENTRY, "play", "belarus-release", "--plain", "--in-order"],
        env={**environment(tmp_path), "PYTHONIOENCODING": encoding},
        input=b"\xff\xfe\n2\n", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""
    assert b" Right" in done.stdout


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_stream_that_is_closed(tmp_path: Path, closed: int) -> None:
    for words in (["play", "belarus-release", "--plain"], ["list"], ["stats"], ["play", "nothing"]):
        done = subprocess.run(
            [*ENTRY, *words], env=environment(tmp_path), preexec_fn=lambda: os.close(closed),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == (2 if "nothing" in words else 0)
        assert "Traceback" not in done.stderr


PLAYING = """
import sys
from pathlib import Path
from newsdeck.backup import merge
from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.play import Play
from newsdeck.progress import Progress
from newsdeck.session import Settings
from newsdeck.study import Study
file, what = Path(sys.argv[1]), sys.argv[2]
history = History.open(file)
deck = load(file.with_name("deck.yaml"))
game = Play(deck, Settings(seed=1), history)
study = Study([deck], Progress(history), 1)
for n in range(60):
    if what == "quiz":
        game.answer(f"quiz-{n}", 1.0, False)
    elif what == "study":
        study.keep(study.judge(f"study-{n}", False, 5), n)
        study.now(n)
    else:
        merge(history, file.with_name("old.jsonl").read_bytes().splitlines())
history.close()
print(history.trouble, end="")
"""


def test_playing_studying_and_importing_at_once(tmp_path: Path) -> None:
    rows = [f"- typed: What is {n}?\n  id: q{n}\n  answer: a{n}" for n in range(40)]
    (tmp_path / "deck.yaml").write_text("\n".join(["deck: D", "id: d", "questions:", *rows]) + "\n")
    old = progress()
    decks = [deck(tmp_path, "other", 30)]
    study = Study(decks, old, START, Limits(new=30))
    while study.current is not None:
        answer(study, START)
    written = list(lines(old.history))
    (tmp_path / "old.jsonl").write_bytes(b"\n".join(written))
    file = tmp_path / "history.sqlite"
    players = [
        subprocess.Popen([sys.executable, "-c", PLAYING, str(file), what], stdout=subprocess.PIPE)
        for what in ("quiz", "study", "import")
    ]
    assert [player.communicate()[0] for player in players] == [b""] * 3
    history = History.open(file)
    for what, table in (("quiz", "answer"), ("study", "log")):
        kept = history.rows(f"select response from {table} where response like '\"{what}-%'")
        assert sorted(kept) == sorted((f'"{what}-{n}"',) for n in range(60))
    assert set(written) <= set(lines(history))
    states = Progress(history).states()
    Progress(history).rebuild()
    assert Progress(history).states() == states
    history.close()


@pytest.mark.parametrize("damage", ["deck: [\n", None, "deck: other\nid: kinds\nquestions: []\n"])
async def test_a_deck_that_goes_or_breaks_while_it_is_played(
    tmp_path: Path, damage: str | None
) -> None:
    file = deck_file(tmp_path, "one", "claim", "typed")
    app = app_of(file, History.open(tmp_path / "history.sqlite"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        (tmp_path / "a.md").unlink()
        if damage is None:
            file.unlink()
        else:
            file.write_text(damage)
        await pilot.press("a", "escape", "enter", "2", "enter", "enter")
        await pilot.press(*"viasna", "enter", "enter")
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)
        row = app.screen.query_one(OptionList).highlighted_option
        assert row is not None
        assert "✗ 1 problem" in str(row.prompt)
        await pilot.press("enter")
        assert "error" in shown(app, "VerticalScroll Static")
        await pilot.press("escape", "s")
        assert "Nothing is due" in shown(app, "#prompt")
    history = History.open(tmp_path / "history.sqlite")
    assert history.summary()["kinds"].best == 1.0
    history.close()


async def test_a_deck_that_goes_while_it_is_studied(tmp_path: Path) -> None:
    file = deck_file(tmp_path, "one", "claim")
    history = History.open(tmp_path / "history.sqlite")
    app = NewsdeckApp(history, [file], lambda kept: StudyScreen([load(file)], kept))
    async with app.run_test(size=(80, 24)) as pilot:
        file.unlink()
        await pilot.press("2", "enter", "enter")
        await pilot.press("2", "enter", "enter")
        assert len(list(Progress(history).entries())) == 2
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_folder_that_goes_and_comes_while_a_deck_is_previewed(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    folder.mkdir()
    file = deck_file(folder, "one", "claim")
    app = PreviewApp(History.open(None), file)
    async with app.run_test(size=(90, 40)) as pilot:

        async def seen(text: str) -> None:
            while text not in shown(app, "#head"):
                await pilot.pause(0.05)

        await asyncio.wait_for(seen("1/2"), 20)
        text = file.read_text()
        shutil.rmtree(folder)
        await asyncio.wait_for(seen("shown as it was"), 20)
        folder.mkdir()
        deck_file(folder, "one", "claim", "typed")
        await pilot.press("r")
        await asyncio.wait_for(seen("3/3"), 20)  # the new one
        file.write_text(text)
        await asyncio.wait_for(seen("2/2"), 20)
