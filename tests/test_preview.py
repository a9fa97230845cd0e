"""The author's view: what it shows, that it follows the file, and that errors lose nothing."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from newsdeck.history import History
from newsdeck.library import shelf
from newsdeck.tui.preview import PreviewApp, PreviewScreen
from newsdeck.write import SAMPLE
from playing import HOSTILE, shown


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    (tmp_path / "article.md").write_bytes((SAMPLE / "article.md").read_bytes())
    file = tmp_path / "deck.yaml"
    file.write_text((SAMPLE / "deck.yaml").read_text())
    return file


def app_on(file: Path) -> PreviewApp:
    return PreviewApp(History.open(file.parent / "history.sqlite"), file)


def screen_of(pilot: Pilot[None]) -> PreviewScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PreviewScreen)
    return screen


async def test_every_question_shows_its_key_rebuttals_and_evidence(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        assert screen.deck is not None
        assert "✓ clean" in shown(pilot.app, "#head")
        for question in screen.deck.questions:
            assert screen.question == question
            told = shown(pilot.app, "#told")
            assert question.why in told
            assert f"ID  bridge-for-elva/{question.id}" in told
            assert all(f"❝ {quotation} ❞   paragraph" in told for quotation in question.quotations)
            await pilot.press("n")
        await pilot.press("p", "p")
        assert "Who was" not in shown(pilot.app, "#prompt")
        await pilot.press("n", "n")
        assert "A tunnel: A tunnel was proposed" in shown(pilot.app, "#told")


async def test_the_key_of_every_kind_is_shown_as_right(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        assert screen.deck is not None
        kinds = set()
        for question in screen.deck.questions:
            for rows in screen.query_one("#options").query(OptionList):
                shown = [rows.render_line(y).text for y in range(rows.size.height)]
                assert not any("✗" in row for row in shown)
                if rows.display:
                    assert any("✓" in row for row in shown)
                    kinds.add(question.kind)
            await pilot.press("n")
        assert kinds >= {"choice", "claim", "order", "match"}


async def test_a_long_title_hides_no_problem(deck: Path) -> None:
    deck.write_text(deck.read_text().replace("A bridge for Elva  ", "A bridge for Elva " * 9, 1))
    async with app_on(deck).run_test(size=(40, 12)) as pilot:
        assert shown(pilot.app, "#head")[:40].startswith("1/9   line ")
        assert "✓ clean" in shown(pilot.app, "#head")[:40]


async def test_a_question_longer_than_the_screen_is_read_by_keys(deck: Path) -> None:
    async with app_on(deck).run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("shift+down", "shift+down", "shift+up")
        assert screen_of(pilot).query_one("#shown").scroll_y == 1


async def test_a_save_is_read_and_the_question_stays(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        await pilot.press("n", "n")
        screen = screen_of(pilot)
        assert screen.question is not None
        identity = screen.question.id
        before = "- card: First of all?\n  id: first\n  answer: Yes.\n- choice: What did"
        changed = deck.read_text().replace("- choice: What did", before, 1)
        replacement = deck.with_suffix(".new")
        replacement.write_text(changed.replace("under the Elva", f"under Elva {HOSTILE}"))
        replacement.replace(deck)  # as editors save

        async def seen() -> None:
            while HOSTILE not in shown(pilot.app, "#prompt"):
                await pilot.pause(0.05)

        await asyncio.wait_for(seen(), 20)
        assert screen.question is not None
        assert screen.question.id == identity
        assert "4/10" in shown(pilot.app, "#head")


async def test_errors_show_their_place_beside_the_deck_as_it_was(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        deck.write_text(deck.read_text().replace("  answer: 412", "  anwser: 412"))
        await screen.action_reload()
        await pilot.pause()
        problems = screen.query_one("#problems", OptionList)
        assert problems.option_count == len(screen.problems) == 2
        assert "shown as it was" in shown(pilot.app, "#head")
        row = str(problems.get_option_at_index(1).prompt)
        place = screen.problems[1]
        assert row.startswith(f"{place.line}:{place.column} error S01")
        assert "did you mean `answer`" in row.lower()
        await pilot.press("down", "down")
        assert screen.question is not None
        assert screen.question.id == "length"


async def test_a_file_that_never_was_a_deck_shows_its_errors(tmp_path: Path) -> None:
    file = tmp_path / "no.yaml"
    file.write_text("deck: [\n")
    async with app_on(file).run_test() as pilot:
        assert "has errors" in shown(pilot.app, "#head")
        await pilot.press("n", "p", "q")
    assert shelf(tmp_path) == [file]
