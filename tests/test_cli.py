"""The command line as a person uses it: real processes, exit codes, what is loaded."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commands import ENTRY, environment, run
from newsdeck.library import bundled, identity
from terminal import Terminal

ARTICLE = str(bundled() / "belarus-prisoner-release" / "article.md")


def test_list_names_the_bundled_decks(tmp_path: Path) -> None:
    done = run("list", home=tmp_path)
    assert done.returncode == 0
    assert "belarus-release\t" in done.stdout


def test_check_says_ok_with_counts(tmp_path: Path) -> None:
    done = run("check", str(bundled()), home=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("ok: ")


def test_check_prints_every_problem_and_exits_2(tmp_path: Path) -> None:
    deck = tmp_path / "bad.yaml"
    deck.write_text('deck: "a\\e]0;x\\a"\nquestions:\n- choice: x\n  anwser: 1\n')
    done = run("check", str(deck), home=tmp_path)
    assert done.returncode == 2
    assert f"{deck}:1:9: error unsafe-text" in done.stdout
    assert "did you mean `answer`" in done.stdout.lower()
    assert "\x1b" not in done.stdout


def test_errors_exit_1_and_warnings_only_if_strict(tmp_path: Path) -> None:
    deck = tmp_path / "warn.yaml"
    deck.write_text("deck: a\nid: a\nquestions:\n- card: x\n  answer: y\n")
    assert run("check", str(deck), home=tmp_path).returncode == 0
    assert run("check", str(deck), "--strict", home=tmp_path).returncode == 1
    assert run("check", str(deck), "--strict", "--select", "V", home=tmp_path).returncode == 0
    deck.write_text(deck.read_text() + "  evidence: nowhere\n")
    assert run("check", str(deck), home=tmp_path).returncode == 1


def test_a_name_of_a_file_cannot_drive_the_terminal(tmp_path: Path) -> None:
    for name in (b"a\x1b]0;x\x07.yaml", b"\xff.yaml"):
        (tmp_path / os.fsdecode(name)).write_text("deck: a\nquestions:\n- bogus: x\n")
    for command in ("check", "list"):
        done = run(command, str(tmp_path), home=tmp_path)
        assert "\x1b" not in done.stdout
        assert "a�]0;x�" in done.stdout
        assert not done.stderr


def test_list_gives_a_deck_one_line(tmp_path: Path) -> None:
    deck = tmp_path / "a.yaml"
    deck.write_text("deck: |\n  two\n  lines\nid: a\nquestions:\n- card: x\n  answer: y\n")
    assert run("list", str(deck), home=tmp_path).stdout == "a\t1\ttwo lines\n"


def test_a_folder_is_not_played_but_opened(tmp_path: Path) -> None:
    done = run("play", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert f"`newsdeck {tmp_path}`" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "words",
    [["schema"], ["draft", ARTICLE], ["export", "belarus-release", "--format", "json", "-o", "-"]],
)
def test_an_output_that_is_full_is_said_in_a_line(tmp_path: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*ENTRY, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
            env=environment(tmp_path),
        )
    assert done.returncode == 2
    assert done.stderr == "newsdeck: No space left on device\n"


@pytest.mark.parametrize("words", [["play", "belarus-release"], []])
def test_without_a_terminal_nothing_is_painted(tmp_path: Path, words: list[str]) -> None:
    done = run(*words, home=tmp_path)
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "offer"),
    [(["plya"], "play"), (["play", "belarus-releese"], "belarus-release")],
)
def test_a_slip_is_answered_with_the_nearest(tmp_path: Path, words: list[str], offer: str) -> None:
    done = run(*words, home=tmp_path)
    assert done.returncode == 2
    assert offer in done.stderr


def test_every_command_and_option_has_a_help_text() -> None:
    from newsdeck.cli import main

    for command in main.commands.values():
        assert command.help
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", None)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["check", str(bundled())]])
def test_what_needs_no_screen_loads_none(tmp_path: Path, words: list[str]) -> None:
    code = (
        "import sys\nfrom newsdeck.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "print([name for name in ('textual', 'rich', 'genanki', 'sqlite3') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment(tmp_path),
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_ended_player_leaves_a_clean_terminal(tmp_path: Path, number: int) -> None:
    words = [*ENTRY, "play", "belarus-release", "--in-order"]
    terminal = Terminal(words, (80, 24), tmp_path)
    terminal.until_text("⏎ answer")
    assert terminal.end(number) == 0
    for mode in (b"1049", b"1000", b"2004"):  # the other screen, the mouse, pasting
        off, on = (terminal.painted.rindex(b"\x1b[?" + mode + sign) for sign in (b"l", b"h"))
        assert off > on


@pytest.mark.parametrize(("row", "known"), [("id: x1", "x1"), ("id: 'x1'", "x1"), ("id:", "")])
def test_a_decks_name_is_its_id_alone(tmp_path: Path, row: str, known: str) -> None:
    file = tmp_path / "deck.yaml"
    file.write_text(f"{row}\ndeck: Words\n")
    assert identity(file) == known
