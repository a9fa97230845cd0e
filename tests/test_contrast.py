"""Every letter stands out from its ground, in the dark and the light theme."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from rich.color_triplet import ColorTriplet
from textual.filter import dim_color
from textual.screen import Screen
from textual.widget import Widget

from newsdeck.history import History
from newsdeck.library import bundled
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from playing import app_of

LEAST = 4.5
"""The contrast that WCAG 2.2 asks of text, criterion 1.4.3."""
RELEASE = bundled() / "belarus-prisoner-release" / "release.yaml"
QUESTIONS = ("sanctions-sector", "freed-count", "people-roles", "freed-people")


def luminance(colour: ColorTriplet) -> float:
    """Return WCAG's relative luminance."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return WCAG's contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faint(screen: Screen[Any]) -> Iterator[tuple[str, float]]:
    """Yield the texts of a screen that do not stand out, with their contrast."""
    for widget in screen.query("*").results(Widget):
        if widget.children or not widget.display:
            continue
        for text, style, _ in chain.from_iterable(
            map(widget.render_line, range(widget.size.height))
        ):
            if style and style.color and style.bgcolor and any(map(str.isalnum, text)):
                ink = dim_color(style.bgcolor, style.color) if style.dim else style.color
                found = contrast(ink.get_truecolor(), style.bgcolor.get_truecolor())
                if found < LEAST:
                    yield text, round(found, 1)


@pytest.mark.parametrize("keys", [[], ["ctrl+t"]], ids=["dark", "light"])
@pytest.mark.parametrize("question", QUESTIONS)
async def test_questions_and_results_can_be_read(keys: list[str], question: str) -> None:
    app = app_of(RELEASE, settings=Settings(seed=3, shuffled=False, only=(question,)))
    async with app.run_test(size=(100, 40)) as pilot:
        for key in (
            *keys,
            "1",
            "2",
            "enter",
            "a",
            "escape",
            "f",
            "question_mark",
            "escape",
            "enter",
        ):
            await pilot.press(key)
            await pilot.pause()
            assert not list(faint(app.screen)), key


@pytest.mark.parametrize("keys", [[], ["ctrl+t"]], ids=["dark", "light"])
async def test_the_library_and_its_panels_can_be_read(keys: list[str]) -> None:
    app = NewsdeckApp(History.open(None), [RELEASE])
    async with app.run_test(size=(100, 40)) as pilot:
        for key in (*keys, "down", "enter", "tab", "escape", "t", "escape", "s"):
            await pilot.press(key)
            await pilot.pause()
            assert not list(faint(app.screen)), key
