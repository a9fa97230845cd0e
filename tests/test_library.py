"""Journeys through the library: finding a deck, taking it to Anki, decks that are broken."""

import subprocess
import sys
import time
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest
from textual.widgets import OptionList

from newsdeck.history import History, Record
from newsdeck.library import shelf
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.library import DeckRows, LibraryScreen
from newsdeck.tui.page import PageScreen
from newsdeck.tui.start import StartScreen
from playing import deck_file, rows, shown

pytestmark = pytest.mark.usefixtures("home")


def library(*paths: Path) -> NewsdeckApp:
    return NewsdeckApp(History.open(None), list(paths))


async def test_e_writes_the_package_that_the_command_writes(tmp_path: Path) -> None:
    app = library(deck_file(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "e export" in shown(app, "KeyBar")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, PageScreen)
        told = shown(app, "VerticalScroll Static")
        assert told.startswith(f"{tmp_path / 'kinds.apkg'}: 1 deck, 9 notes, ")
        await pilot.press("escape", "e")  # its own it writes anew
        await pilot.pause()
        assert shown(app, "VerticalScroll Static") == told
    written = tmp_path / "kinds.apkg"
    assert zipfile.is_zipfile(written)
    command = [sys.executable, "-m", "newsdeck", "export", "kinds.yaml", "-o", "other.apkg"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert written.read_bytes() == (tmp_path / "other.apkg").read_bytes()


async def test_e_leaves_alone_what_is_not_ours_and_says_so(tmp_path: Path) -> None:
    app = library(deck_file(tmp_path))
    (tmp_path / "kinds.apkg").write_text("My thesis.")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert "Nothing was written" in shown(app, "VerticalScroll Static")
        assert (tmp_path / "kinds.apkg").read_text() == "My thesis."
        (tmp_path / "kinds.apkg").unlink()
        (tmp_path / "kinds.apkg").mkdir()
        await pilot.press("escape", "e")
        await pilot.pause()
        assert "kinds.apkg" in shown(app, "VerticalScroll Static")


async def test_e_says_why_a_deck_cannot_leave(tmp_path: Path) -> None:
    file = deck_file(tmp_path, "claim")
    file.write_text(file.read_text().replace("  id: claim\n", ""))
    app = library(file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        assert "error S02" in shown(app, "VerticalScroll Static")
        assert not list(tmp_path.glob("*.apkg"))


def test_genanki_waits_for_its_key() -> None:
    code = "import sys, newsdeck.tui.library; print('genanki' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


async def test_the_filter_says_how_it_ends_and_what_it_misses() -> None:
    app = library(*shelf())
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("slash", *"zz")
        await pilot.pause()
        assert "No deck has `zz`" in shown(app, "#told")
        assert shown(app, "KeyBar") == "esc all decks  f1 help"
        await pilot.press("escape", "slash", *"potash", "enter")
        await pilot.pause()
        assert not app.screen.query_one("#told").display
        assert shown(app, "KeyBar") == "⏎ play  esc all decks  q quit  ? help"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        assert app.screen.deck.id == "belarus-sanctions"


async def test_the_row_says_when_a_deck_was_played(tmp_path: Path) -> None:
    app = library(deck_file(tmp_path, "claim"))
    at = time.time() - 3 * 86_400
    app.history.begin("k", "kinds", "Kinds", {}, ("claim",), at)
    app.history.answer("k", 0, Record("claim", True, Fraction(1), False, 1.0, False), at)
    app.history.begin("only opened", "kinds", "Kinds", {}, ("claim",), time.time())
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert any("1 question · played 3 days ago" in row for row in rows(app, DeckRows))


@pytest.mark.parametrize(("at", "told"), [(1e300, "played today"), (-1e300, " days ago")])
async def test_a_moment_that_is_none_hides_no_deck(tmp_path: Path, at: float, told: str) -> None:
    app = library(deck_file(tmp_path, "claim"))
    app.history.begin("k", "kinds", "Kinds", {}, ("claim",), at)
    app.history.answer("k", 0, Record("claim", True, Fraction(1), False, 1.0, False), at)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert any(row.endswith(told) for row in rows(app, DeckRows))


async def test_the_deck_that_was_left_is_lit(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.yaml" for name in "abc"]
    for file in files:
        file.write_text(
            f"deck: Deck {file.stem}\nid: id-{file.stem}\nquestions:\n"
            "- {claim: x, id: x, answer: true}\n"
        )
    app = library(*files)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "enter", "enter", "q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        assert app.screen.lit == 1
        await pilot.press("enter", "escape", "slash", *"deck id-c")
        await pilot.pause()
        assert app.screen.lit == 2, "ids are found as well, and words that stand apart"


async def test_problems_are_read_on_a_page_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("deck: x\nid: x\nquestions:\n" + "- claim: x\n" * 30)
    app = library(file)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        page = app.screen.query_one("VerticalScroll")
        await pilot.press("end")
        await pilot.wait_for_animation()
        assert page.scroll_y == page.max_scroll_y > 0
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_an_empty_library_offers_nothing_in_vain() -> None:
    app = library()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "No decks here" in shown(app, "#told")
        assert shown(app, "KeyBar") == "q quit  ? help"
        await pilot.press("enter", "e", "s", "t", "slash")
        assert isinstance(app.screen, LibraryScreen)
        assert isinstance(app.screen.focused, OptionList)
