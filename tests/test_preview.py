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


async def test_a_save_shows_the_question_that_it_changed(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        text = deck.read_text()

        async def saved(changed: str) -> str:
            deck.write_text(changed)
            await screen.action_reload()
            assert screen.question is not None
            return screen.question.id

        shops = text.replace("They had 15%", "All had 15%")
        new = "- card: What was the last question that was asked here?\n  answer: This.\n"
        assert await saved(text.replace("A bridge for Elva  ", "A bridge  ")) == "replaced"
        assert await saved(shops) == "shops"
        assert (await saved(shops + new)).startswith("what-was-the-last-question")
        assert "10/10" in shown(pilot.app, "#head")
        assert await saved(shops) == "shops"
        # Of two that changed, the one that is looked at.
        assert await saved(text.replace("answer: 412", "answer: 413")) == "shops"
        # What is mended after an error is what changed since it was last read.
        assert await saved(text.replace("  answer: An old", "  anwser: An old")) == "replaced"
        assert await saved(text.replace("answer: An old", "answer: The old")) == "replaced"


async def test_an_error_in_the_head_of_the_file_leaves_the_question(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        await pilot.press("n", "n")
        deck.write_text(deck.read_text().replace("language: en", "langauge: en"))
        await screen_of(pilot).action_reload()
        assert "3/9" in shown(pilot.app, "#head")
        await pilot.press("down")
        assert "3/9" in shown(pilot.app, "#head")


async def test_a_question_and_its_first_problem_are_gone_to_together(deck: Path) -> None:
    text = deck.read_text()
    for why in ("One proposed a tunnel", "The estimate was twice", "At a quick pace"):
        text = text.replace(f"  why: {why}", f"  why: TODO {why}")
    deck.write_text(text.replace("  hint: It carried", "  hint: TODO it carried"))
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        assert screen.deck is not None
        problems = screen.query_one("#problems", OptionList)
        lines = [problem.line for problem in screen.problems]
        starts = [screen.deck.lines[question.id] for question in screen.deck.questions]
        owners = [sum(start <= line for start in starts) - 1 for line in lines]
        assert owners == [0, 1, 2, 4]
        turns = []
        for _ in starts:
            await pilot.pause()
            turns.append((screen.position, problems.highlighted))
            await pilot.press("n")
        first = {owner: at for at, owner in reversed(list(enumerate(owners)))}
        assert turns == [(position, first.get(position)) for position in range(9)]
        await pilot.press("n", "n", "down")
        await pilot.pause()
        assert (screen.position, problems.highlighted) == (4, 3)
        await pilot.press("up", "n", "n", "p")  # as fast as they can be typed
        await pilot.pause()
        assert (screen.position, problems.highlighted) == (3, None)


async def test_a_problem_that_was_lit_before_a_save_is_gone_after_it(deck: Path) -> None:
    text = deck.read_text()
    deck.write_text(text.replace("  why: ", "  why: TODO "))
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        problems = screen.query_one("#problems", OptionList)
        assert problems.option_count > 1
        deck.write_text(text)
        screen.call_later(screen.action_reload)
        problems.highlighted = problems.option_count - 1
        await pilot.pause()
        assert not problems.option_count
        assert "✓ clean" in shown(pilot.app, "#head")


async def test_the_anki_note_stands_behind_a_key(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 24)) as pilot:
        screen = screen_of(pilot)
        note = screen.query_one("#note")
        assert not note.display
        await pilot.press("k")
        await pilot.pause()
        assert "ID  bridge-for-elva/replaced" in shown(pilot.app, "#note")
        assert screen.find_widget(note).visible_region.height > 1
        await pilot.press("n")
        assert "ID  bridge-for-elva/had-a-say" in shown(pilot.app, "#note")
        await pilot.pause()
        assert screen.query_one("#shown").scroll_y == 0
        await pilot.press("k")
        assert not note.display


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
        assert screen.question is not None
        assert screen.question.id == "length"
        assert problems.highlighted == 0


async def test_a_link_that_leads_to_itself_is_an_error_as_any(deck: Path) -> None:
    async with app_on(deck).run_test(size=(90, 40)) as pilot:
        screen = screen_of(pilot)
        deck.unlink()
        deck.symlink_to(deck.name)
        screen.look_at_files()
        await pilot.pause()
        assert "shown as it was" in shown(pilot.app, "#head")
        (problem,) = screen.problems
        assert problem.message.startswith("cannot be read: ")


async def test_a_file_that_never_was_a_deck_shows_its_errors(tmp_path: Path) -> None:
    file = tmp_path / "no.yaml"
    file.write_text("deck: [\n")
    async with app_on(file).run_test() as pilot:
        assert "has errors" in shown(pilot.app, "#head")
        await pilot.press("n", "p", "q")
    assert shelf(tmp_path) == [file]
