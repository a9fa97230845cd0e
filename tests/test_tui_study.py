"""Journeys through the study screen, by keys and by mouse."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList, Static

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.progress import Progress
from newsdeck.schedule import Rating
from newsdeck.study import span
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.library import LibraryScreen
from newsdeck.tui.reading import ReadingScreen
from newsdeck.tui.study import StudyScreen
from playing import HOSTILE, deck_file, rows, shown


@pytest.fixture
def app(tmp_path: Path) -> NewsdeckApp:
    file = deck_file(tmp_path, "one", "card", "typed", "number", hostile=HOSTILE)
    history = History.open(tmp_path / "history.sqlite")
    return NewsdeckApp(history, [file], lambda kept: StudyScreen([load(file)], kept))


def study(app: NewsdeckApp) -> StudyScreen:
    assert isinstance(app.screen, StudyScreen)
    return app.screen


def ratings(app: NewsdeckApp) -> list[int]:
    return [entry.rating for entry in Progress(app.history).entries() if entry.event == "review"]


Keys = Callable[..., Awaitable[None]]


def keys_of(pilot: Pilot[None]) -> Keys:
    async def press(*keys: str) -> None:
        await pilot.press(*keys)
        await pilot.pause()

    return press


async def test_a_study_by_keys(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        press = keys_of(pilot)
        await press()
        assert "new 4 · learning 0 · due 0" in shown(app, "#head")
        await press("2", "enter")
        assert "✓ Right" in shown(app, "#feedback")
        assert f"Because. {HOSTILE}" in shown(app, "#feedback")
        assert str(app.screen.query_one("#good", Button).label) == "▸3 Good 10m"
        assert ratings(app) == [3]
        await press("a")
        assert isinstance(app.screen, ReadingScreen)
        await press("escape", "enter")
        assert shown(app, "#prompt") == "What is it?"
        await press("space")
        assert f"A salt. {HOSTILE}" in str(app.screen.query_one("Recall", Static).content)
        assert ratings(app) == [3], "turning is no rating"
        await press("4")
        assert ratings(app) == [3, 4]
        await press(*"viasn", "enter")
        assert "check the spelling" in shown(app, "#feedback")
        await press("enter")
        assert ratings(app) == [3, 4, 2]
        await press(*"1,5", "enter")
        assert "Type a number" in shown(app, "#feedback")
        assert app.screen.query_one("#answer Input", Input).value == "1,5"
        await press("backspace", "backspace", "backspace", *"1613", "enter", "enter")
        assert ratings(app) == [3, 4, 2, 3]
        for _ in range(3):
            assert study(app).card is not None
            app.screen.set_focus(None)
            await press("s")
        assert "Done for today: 4 reviews." in shown(app, "#prompt")
        assert "3 suspended" in shown(app, "#prompt")
        await press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_second_click_on_a_rating_rates_no_other_card(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await pilot.pause()
        asked = study(app).card
        easy = app.screen.query_one("#easy", Button)
        easy.press()
        easy.press()
        await pilot.pause()
        assert study(app).card not in (None, asked)
        kept = Progress(app.history).entries(standing=True)
        assert [entry.rating for entry in kept] == [Rating.EASY]


async def test_a_miss_can_be_overruled_and_undone(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        press = keys_of(pilot)
        await press("1", "enter")
        told = shown(app, "#feedback")
        assert "✗ Wrong" in told
        assert "Answer: 2" in told
        assert f"Too few. {HOSTILE}" in told
        await press("3")
        assert Progress(app.history).events(("kinds", "one"))[-1].rating == Rating.GOOD
        assert shown(app, "#prompt") == "What is it?"
        await press("u")
        assert shown(app, "#prompt") == f"How many? {HOSTILE}"
        assert Progress(app.history).events(("kinds", "one")) == []
        await press("h")
        assert f"More than one. {HOSTILE}" in shown(app, "#feedback")
        await press("2", "enter")
        assert Progress(app.history).events(("kinds", "one"))[-1].rating == Rating.HARD
        await press("f")
        assert app.history.flagged("kinds") == {"one"}


async def test_what_is_said_is_said_one_at_a_time(app: NewsdeckApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        press = keys_of(pilot)
        await press()
        assert "undo" not in shown(app, "KeyBar")
        await press("f", "s", "s")
        assert [note.message for note in app._notifications] == ["Suspended: u takes that back"]
        await press("escape", "u")
        assert study(app).card is not None


async def test_ratings_by_mouse_and_early_review(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        press = keys_of(pilot)
        for keys in (["2", "enter"], ["space"], [*"viasna", "enter"], [*"1613", "enter"]):
            await press(*keys)
            assert await pilot.click("#easy")
            await pilot.pause()
        assert ratings(app)[-1] == 4
        assert study(app).card is None
        assert "The next card is due in " in shown(app, "#prompt")
        await press("e")
        assert study(app).card is not None
        assert "due 4" in shown(app, "#head")


async def test_the_library_says_what_is_due_and_studies_it(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        press = keys_of(pilot)
        await press("2", "enter", "q")
        assert isinstance(app.screen, LibraryScreen)
        assert any("1 due" in row for row in rows(app, OptionList))
        await press("s")
        assert "learning 1" in shown(app, "#head")


async def test_a_long_card_is_read_by_keys_under_a_title_of_two_lines(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    text = "word " * 300
    file.write_text(
        "deck: |\n  two\n  lines\nid: long\nquestions:\n"
        f"- card: {text}?\n  id: card\n  answer: {text}.\n"
    )
    history = History.open(None)
    app = NewsdeckApp(history, [file], lambda kept: StudyScreen([load(file)], kept))
    async with app.run_test(size=(40, 12)) as pilot:
        press = keys_of(pilot)
        await press("shift+down", "shift+down")
        assert app.screen.query_one("#asked").scroll_y == 2
        assert shown(app, "#head").startswith(" two line")
        await press("space")
        await press("pagedown", "down")
        await pilot.wait_for_animation()
        assert app.screen.query_one("#answer").scroll_y > 1


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_prompt_and_ratings_are_seen_at_every_size(
    app: NewsdeckApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        press = keys_of(pilot)
        await press()
        assert app.screen.query_one("#prompt").region.height >= 1
        await press("2", "enter")
        assert app.screen.query_one("#ratings").region.height == 1
        last = app.screen.query_one("#easy").region
        assert last.right <= size[0]


@pytest.mark.parametrize("width", [40, 80])
async def test_every_rating_shows_its_interval_on_the_next_card_too(
    app: NewsdeckApp, width: int
) -> None:
    async with app.run_test(size=(width, 24)) as pilot:
        press = keys_of(pilot)
        await press()
        await press("2", "enter")  # right
        await press("enter")
        await press("space", "1")  # a card, rated Again
        await press(*"wrong", "enter")
        labels = [str(button.label) for button in app.screen.query(Button)]
        assert labels[0].startswith("▸1")
        seen = [
            "".join(part.text for part in button.render_line(0)).strip()
            for button in app.screen.query(Button)
        ]
        assert seen == labels


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(30, "1m"), (330, "6m"), (7200, "2h"), (86_400, "1d"), (29 * 86_400, "29d"),
     (45 * 86_400, "1.5mo"), (800 * 86_400, "2.2y")],
)  # fmt: skip
def test_spans_are_short(seconds: float, words: str) -> None:
    assert span(seconds) == words
