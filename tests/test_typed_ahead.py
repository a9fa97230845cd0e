"""Keys that are typed faster than the screens change, in a real terminal."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from terminal import Terminal

CLAIMS = "".join(f"- claim: So {name}?\n  id: {name}\n  answer: true\n" for name in "abc")
GAPS = "- cloze: In {1996} {Viasna} was {founded}.\n  id: gaps\n"

Open = Callable[..., Terminal]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Return what runs a command on a deck of questions and waits until its title is seen."""
    terminals: list[Terminal] = []

    def run(questions: str, *words: str) -> Terminal:
        file = tmp_path / "deck.yaml"
        file.write_text(f"deck: Quick\nid: quick\nquestions:\n{questions}")
        command = [sys.executable, "-m", "newsdeck", *words, str(file)]
        terminals.append(Terminal(command, (80, 24), tmp_path))
        terminals[-1].until_text("Quick")
        return terminals[-1]

    yield run
    for terminal in terminals:
        terminal.close()


def test_a_whole_sitting_is_typed_ahead(opened: Open) -> None:
    terminal = opened(CLAIMS)
    terminal.type("\r\r" + "1\r\r" * 3 + "q")
    terminal.until_text("best 100% · played today")


def test_a_study_is_typed_ahead(opened: Open) -> None:
    terminal = opened(CLAIMS)
    terminal.type("s" + "1\r\r" + "2\r4" + "1\r4" + "q")
    terminal.until_text("3 questions")
    terminal.type("s")
    terminal.until_text("new 0 · learning 1 · due 0")


def test_screens_that_cover_another_are_gone_through_ahead(opened: Open) -> None:
    terminal = opened(CLAIMS)
    terminal.type("?qtq/Quick\r\r\r?q1\r")
    terminal.until_text("✓ Right")


def test_every_gap_gets_its_own_word(opened: Open) -> None:
    terminal = opened(GAPS, "play")
    terminal.type("1996\rViasna\rfounded\r")
    terminal.until_text("✓ Right")


def test_enters_before_a_doubt_is_seen_do_not_dispel_it(opened: Open) -> None:
    terminal = opened(CLAIMS, "play")
    terminal.type("\r\r\r\r")
    terminal.until_text("No answer yet.")
    terminal.resize(60, 24)  # when that is drawn, the doubt has been for some time
    terminal.until(lambda lines: lines[0].endswith("pts") and len(lines[0]) < 60)
    terminal.type("1")
    terminal.until_text("●")
    terminal.type("\r")
    terminal.until_text("✓ Right")
