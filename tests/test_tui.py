"""Journeys through the screens, by keys and by mouse."""

import json
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from newsdeck.history import History
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.keys import HelpScreen, KeyBar
from newsdeck.tui.library import LibraryScreen
from newsdeck.tui.quiz import QuizScreen
from newsdeck.tui.reading import ReadingScreen
from newsdeck.tui.results import ResultsScreen
from newsdeck.tui.start import StartScreen
from playing import HOSTILE, app_of, deck_file, shown

# keys that answer each question of the deck right; options and items are numbers, so ascending
RIGHT = [
    ["2", "enter"],
    None,
    ["2", "enter"],
    [*"viasna", "enter"],
    [*"1613", "enter"],
    [*"1996", "enter", *"viasna", "enter"],
    None,
    ["1", "2", "enter"],
    ["space", "2"],
]


@pytest.fixture
def app(tmp_path: Path) -> NewsdeckApp:
    file = deck_file(tmp_path, hostile=HOSTILE)
    return app_of(file, History.open(tmp_path / "history.sqlite"))


def quiz(app: NewsdeckApp) -> QuizScreen:
    assert isinstance(app.screen, QuizScreen)
    return app.screen


async def answer(pilot: Pilot[None], app: NewsdeckApp, keys: list[str] | None) -> None:
    question = quiz(app).sitting.current
    assert question is not None
    if keys is None:
        options = quiz(app).sitting.options(question)
        wanted = ("10", "20") if question.id == "several" else ("1", "3", "2")
        keys = [*(str(options.index(text) + 1) for text in wanted), "enter"]
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_whole_sitting_by_keys(
    app: NewsdeckApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in RIGHT:
            await answer(pilot, app, keys)
            assert quiz(app).attempt is not None, quiz(app).sitting.current
            assert "✓ Right" in shown(app, "#feedback")
            await pilot.press("enter")
            await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert app.screen.sitting.points == 900
        assert app.history.results("kinds", {})[0].points == 900
        await pilot.press("x")
        (saved,) = tmp_path.glob("newsdeck-kinds-*.json")
        assert json.loads(saved.read_text())["points"] == 900
        assert "[/foo]" not in saved.with_suffix(".md").read_text()
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_help_lists_the_keys(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert ("h", "h", "hint") in app.screen.keys
        assert shown(app, "VerticalScroll Static").count("1-9") == 1
        await pilot.press("escape")
        assert quiz(app).sitting.position == 0


async def test_a_miss_tells_the_answer_and_comes_back(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        told = shown(app, "#feedback")
        assert "✗ Wrong" in told
        assert "Answer: 2" in told
        assert f"Too few. {HOSTILE}" in told
        assert f"Because. {HOSTILE}" in told
        assert "❝two of them❞  paragraph 1" in told
        await pilot.press("exclamation_mark")
        assert "on your word" in shown(app, "#feedback")
        assert quiz(app).sitting.points == 100
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert "❝two of them❞" in shown(app, ".lit")
        await pilot.press("escape")
        assert quiz(app).sitting.position == 1


async def test_deck_text_is_shown_to_the_letter(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app, "#prompt") == f"How many? {HOSTILE}"
        assert HOSTILE in shown(app, "#head")
        await pilot.press("h")
        assert f"More than one. {HOSTILE}" in shown(app, "#feedback")
        await pilot.press("f")
        assert app.history.flagged("kinds") == {"one"}


async def test_a_left_sitting_goes_on_at_the_same_question(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await answer(pilot, app, RIGHT[0])
        await pilot.press("enter", "q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert quiz(app).sitting.position == 1
        assert shown(app, "#prompt") == "Which?"


async def test_the_start_panel_sets_how_it_is_played(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one("#count", Input).value = "2"
        app.screen.query_one("#seed", Input).value = "5"
        (bracket,) = (
            part for part in app.screen.query_one("#exam").render_line(0) if "[" in part.text
        )
        assert bracket.style is not None
        assert bracket.style.color != bracket.style.bgcolor
        await pilot.click("#exam")
        await pilot.press("n")
        await pilot.pause()
        assert quiz(app).sitting.settings == Settings(seed=5, count=2, exam=True)
        assert quiz(app).sitting.total == 2


async def test_what_leaves_a_field_is_offered_until_the_answer(tmp_path: Path) -> None:
    app = playing(tmp_path, "- typed: x\n  id: a\n  answer: y\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "other keys" in shown(app, "KeyBar")
        await pilot.press("y", "enter")
        await pilot.pause()
        assert "other keys" not in shown(app, "KeyBar")


async def test_a_malformed_number_costs_nothing(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in RIGHT[:4]:
            await answer(pilot, app, keys)
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press(*"1,5", "enter")
        await pilot.pause()
        assert "Type a number" in shown(app, "#feedback")
        assert quiz(app).sitting.position == 4
        assert app.screen.query_one(Input).value == "1,5"


async def test_a_question_by_mouse(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(OptionList, offset=(8, 1))
        await pilot.click(KeyBar, offset=(4, 0))
        await pilot.pause()
        assert quiz(app).sitting.points == 100


def playing(tmp_path: Path, questions: str, deck: str = "Some") -> NewsdeckApp:
    file = tmp_path / "some.yaml"
    file.write_text(f"deck: {deck}\nid: some\nquestions:\n{questions}")
    return app_of(file)


async def test_an_order_may_be_left_half_done(tmp_path: Path) -> None:
    app = playing(tmp_path, "- order: Order?\n  id: order\n  items: [c, b, a]\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        picked = quiz(app).sitting.options(quiz(app).deck.questions[0])[0]
        await pilot.press("1", "enter", "enter")
        await pilot.pause()
        assert "✗ Wrong" in shown(app, "#feedback")
        rows = app.screen.query_one(OptionList)
        told = [str(rows.get_option_at_index(index).prompt) for index in range(3)]
        assert [row.split("  ")[0] for row in told] == ["1. ✗ c", "2. ✗ b", "3. ✗ a"]
        assert [row for row in told if "you: 1." in row] == [
            row for row in told if f"✗ {picked}" in row
        ]


async def test_a_match_may_be_left_half_done_and_counts_by_part(tmp_path: Path) -> None:
    app = playing(tmp_path, "- match: Match?\n  id: match\n  pairs: {x: 1, y: 2}\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "1 not joined yet" in shown(app, "#feedback")
        assert quiz(app).attempt is None
        await pilot.press("enter")
        await pilot.pause()
        assert quiz(app).sitting.points == 50


async def test_what_is_not_kept_is_not_called_kept(tmp_path: Path) -> None:
    app = playing(tmp_path, "- claim: x\n  id: a\n  answer: true\n")
    app.history.trouble = "Answers are not being kept: disk full"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter", "q")
        await pilot.pause()
        assert [note.message for note in app._notifications] == [app.history.trouble]


async def test_a_title_of_two_lines_leaves_the_score_in_its_place(tmp_path: Path) -> None:
    app = playing(tmp_path, "- claim: x\n  id: a\n  answer: true\n", deck="|\n  two\n  lines")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app, "#head").startswith(" two lines  ")


async def test_what_is_too_long_for_the_screen_is_read_by_keys(tmp_path: Path) -> None:
    text = "word " * 300
    app = playing(
        tmp_path,
        f"- choice: {text}?\n  id: one\n  answer: a\n  wrong: [b]\n"
        f"- card: Card?\n  id: card\n  answer: {text}.\n",
    )
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        asked, below = app.screen.query_one("#asked"), app.screen.query_one("#answer")
        await pilot.press("shift+down", "shift+down")
        assert asked.scroll_y == 2
        await pilot.press("shift+up")
        assert asked.scroll_y == 1
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert asked.scroll_y == 0
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("pagedown", "down")
        await pilot.wait_for_animation()
        assert below.scroll_y > 1


async def test_the_gap_that_is_typed_in_is_seen(tmp_path: Path) -> None:
    app = playing(tmp_path, "- cloze: '" + " ".join("{a}" * 9) + "'\n  id: gaps\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press(*["a", "enter"] * 8)
        await pilot.pause()
        field, around = app.screen.focused, app.screen.query_one("#answer")
        assert field is app.screen.query(Input).last()
        assert around.region.contains_region(field.region)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_prompt_and_choices_are_seen_at_every_size(
    app: NewsdeckApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#prompt").region.height >= 1
        assert app.screen.query_one(OptionList).region.height >= 3
