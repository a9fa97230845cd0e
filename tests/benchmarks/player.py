"""Prints how long a player waits, as ratios to a floor of the same run: python player.py"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import yaml
from measuring import MARK, Row, deck_text, first_frame, medians, table

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.quiz import QuizScreen
from newsdeck.tui.rows import Submitted

ROUNDS = 9
FLOOR_APP = f"""
from textual.app import App
from textual.widgets import Static
class Floor(App):
    def compose(self):
        yield Static("{MARK}")
Floor().run()
"""
BARE_CLICK = """
import click
@click.group()
def main(): "Bare."
for name in ("play", "list", "check", "schema"):
    main.command(name=name)(lambda: None)
main(["--help"])
"""


def mixed_text(questions: int) -> str:
    """Return the file of a deck in which no question is of the kind of the one before it."""
    rows = ["deck: Benchmark", "id: mixed", "questions:"]
    for n in range(questions):
        rows += [
            [f"- choice: {MARK} {n}?\n  answer: one\n  wrong: [two, three]",
             f"- typed: {MARK} {n}?\n  answer: one",
             f"- order: {MARK} {n}?\n  items: [one, two, three]",
             f"- cloze: {MARK} {n} {{one}} and {{two}}.",
             f"- match: {MARK} {n}?\n  pairs: {{one: 1, two: 2}}",
             f"- card: {MARK} {n}?\n  answer: one"][n % 6],
            f"  id: question-{n}",
        ]  # fmt: skip
    return "\n".join(rows) + "\n"


async def next_questions(deck: Path) -> float:
    """Return the 95th percentile of the seconds from a key to the next question, laid out."""
    app = NewsdeckApp(
        History.open(None), [], (load(deck), Settings(seed=1, shuffled=False, exam=True))
    )
    taken = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        while screen.sitting.current is not None:
            shown = asyncio.Event()
            start = time.perf_counter()
            await screen.on_submitted(Submitted("an answer"))
            screen.call_after_refresh(shown.set)
            await shown.wait()
            taken.append(time.perf_counter() - start)
            if len(taken) == len(screen.deck.questions) - 1:
                break
    return statistics.quantiles(taken, n=20)[-1]


def rows() -> Iterator[Row]:
    """Measure from the first start to the next question."""
    # As installed: with the modules' bytecode kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    python, quiet = sys.executable, subprocess.DEVNULL
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.yaml"), Path(folder, "small.yaml")
        large.write_text(deck_text(10_000))
        small.write_text(deck_text(100))
        text = large.read_text()
        ours, floor = medians(
            lambda: load(large),
            lambda: [None for _ in yaml.parse(text, Loader=yaml.CSafeLoader)],
            rounds=ROUNDS,
            clock=time.process_time,
        )
        yield Row("read 10,000 questions / bare loop over the events", ours, floor, "≤ 2")
        ours, floor = medians(
            lambda: subprocess.run([python, "-m", "newsdeck", "--help"], stdout=quiet, check=True),
            lambda: subprocess.run([python, "-c", BARE_CLICK], stdout=quiet, check=True),
            rounds=ROUNDS,
        )
        yield Row("newsdeck --help / bare click", ours, floor, "≤ 2.5")
        ours, floor = medians(
            lambda: first_frame([python, "-m", "newsdeck", "play", str(small)], folder),
            lambda: first_frame([python, "-c", FLOOR_APP], folder),
            rounds=ROUNDS,
        )
        yield Row("first question of 100 / first frame of one Static", ours, floor, "≤ 1.35")
        taken = asyncio.run(next_questions(small))
        yield Row("next question in place, 95th percentile of 99", taken, None, "≤ 30 ms")
        small.write_text(mixed_text(100))
        taken = asyncio.run(next_questions(small))
        yield Row("next question of another kind, 95th percentile of 99", taken, None, "≤ 30 ms")


if __name__ == "__main__":
    table(rows())
