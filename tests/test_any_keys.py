"""Whatever is pressed, clicked or done to the terminal, on whatever screen, the app goes on."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.library import bundled, shelf
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.preview import PreviewApp
from newsdeck.tui.study import StudyScreen
from playing import deck_file

Size = tuple[int, int]
Point = tuple[float, float]
"""A place on the screen, as shares of its width and height."""

SIZES: list[Size] = [(80, 24), (40, 12), (120, 40), (20, 6), (10, 3), (2, 2), (1, 1)]
# What has a meaning on some screen comes more often than what has none.
KEYS = [
    *"123459afhestmxukrnp!?q/-é漢", *["enter"] * 6, *["space", "up", "down", "left", "right"] * 2,
    "tab", "shift+tab", "escape", "home", "end", "pageup", "pagedown", "backspace", "delete", "f1",
    "ctrl+t", "ctrl+a", "ctrl+k", "shift+up", "shift+down",
]  # fmt: skip
points = st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
actions = st.lists(
    st.sampled_from(KEYS) | st.sampled_from(KEYS) | st.sampled_from(SIZES) | points,
    min_size=5, max_size=60,
)  # fmt: skip


def library(file: Path) -> NewsdeckApp:
    return NewsdeckApp(History.open(None), [file, *shelf(bundled())])


def quiz(file: Path) -> NewsdeckApp:
    return NewsdeckApp(History.open(None), [], (load(file), Settings(seed=1)))


def exam(file: Path) -> NewsdeckApp:
    return NewsdeckApp(History.open(None), [file], (load(file), Settings(seed=2, exam=True)))


def study(file: Path) -> NewsdeckApp:
    return NewsdeckApp(History.open(None), [], lambda kept: StudyScreen([load(file)], kept))


def preview(file: Path) -> NewsdeckApp:
    return PreviewApp(History.open(None), file)


async def take(app: NewsdeckApp, size: Size, taken: list[str | Size | Point]) -> None:
    async with app.run_test(size=size) as pilot:
        for action in taken:
            if not app.is_running:
                break
            if isinstance(action, str):
                await pilot.press(action)
            elif action in SIZES:
                await pilot.resize_terminal(int(action[0]), int(action[1]))
            else:
                x, y = action
                at = int(x * app.size.width), int(y * app.size.height)
                await pilot.click(offset=at)
            await pilot.pause()
    if app.fault:
        raise app.fault


@pytest.mark.parametrize("begin", [library, quiz, exam, study, preview])
@settings(
    max_examples=settings().max_examples // 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(SIZES), actions)
@pytest.mark.usefixtures("home")
def test_the_app_goes_on(
    tmp_path: Path,
    begin: Callable[[Path], NewsdeckApp],
    size: Size,
    taken: list[str | Size | Point],
) -> None:
    asyncio.run(take(begin(deck_file(tmp_path)), size, taken))
