"""The screens look as in their pictures; NEWSDECK_TAKE_PICTURES=1 takes these anew."""

import os
import re
from pathlib import Path

import pytest

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.library import bundled
from newsdeck.session import Settings, Sitting
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.results import ResultsScreen
from playing import app_of

PICTURES = Path(__file__).parent / "snapshots"
RELEASE = bundled() / "belarus-prisoner-release" / "release.yaml"


def compare(app: NewsdeckApp, name: str) -> None:
    """Compare what is on the screen with its picture, or take the picture anew."""
    # The terminal's name is a hash that differs from run to run; the fonts would be remote.
    seen = re.sub(r"terminal-\d+-", "terminal-", app.export_screenshot(simplify=True))
    seen = re.sub(r"\s*@font-face \{.*?\}", "", seen, flags=re.DOTALL)
    picture = PICTURES / f"{name}.svg"
    if os.environ.get("NEWSDECK_TAKE_PICTURES"):
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(seen, encoding="utf-8")
    assert picture.read_text(encoding="utf-8") == seen, f"{name} looks otherwise"


def playing(*questions: str) -> NewsdeckApp:
    return app_of(RELEASE, settings=Settings(seed=3, shuffled=False, only=questions))


@pytest.mark.parametrize(
    ("name", "question", "keys", "size"),
    [
        ("choice-right", "sanctions-sector", ["3", "enter"], (80, 20)),
        ("choice-wrong-40x12", "freed-count", ["1", "enter"], (40, 12)),
        ("match-80x24", "people-roles", ["1", "2"], (80, 24)),
        ("several-120x40", "freed-people", ["1", "2", "enter"], (120, 40)),
        ("reading", "freed-count", ["2", "enter", "a"], (80, 24)),
        ("light", "freed-count", ["1", "enter", "ctrl+t"], (80, 24)),
    ],
)
async def test_the_quiz_looks_as_it_did(
    name: str,
    question: str,
    keys: list[str],
    size: tuple[int, int],
) -> None:
    app = playing(question)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        compare(app, name)


async def test_results_look_as_they_did() -> None:
    sitting = Sitting(load(RELEASE), Settings(seed=3, shuffled=False, count=3))
    for response in (("114",), "Viasna", False):
        sitting.answer(response, 4.0)
    app = NewsdeckApp(History.open(None), [RELEASE])
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ResultsScreen(sitting, app.history))
        await pilot.pause()
        compare(app, "results")


async def test_the_library_looks_as_it_did() -> None:
    app = NewsdeckApp(History.open(None), [RELEASE])
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        compare(app, "library")
