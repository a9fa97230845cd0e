"""Prints how long things take as ratios to a floor taken in the same run: python run.py"""

from __future__ import annotations

import asyncio
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.quiz import QuizScreen
from newsdeck.tui.rows import Submitted

ROUNDS = 9
FLOOR_APP = """
from textual.app import App
from textual.widgets import Static
class Floor(App):
    def compose(self):
        yield Static("FIRSTQUESTION")
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


def deck_of(questions: int) -> str:
    rows = ["deck: Benchmark", "id: benchmark", "questions:"]
    for n in range(questions):
        rows += [
            f"- choice: FIRSTQUESTION {n}, which of the three answers is the right one here?",
            f"  id: question-{n}",
            f"  answer: The right answer {n}",
            "  wrong:",
            f"  - A wrong answer {n}: That is why it is wrong, said in a sentence.",
            f"  - Another wrong answer {n}",
            f"  why: An explanation that adds something to the answer of question {n}.",
            "  evidence: a passage of the reading text that proves the answer",
            "  tags: [one, two]",
            "  level: 2",
        ]
    return "\n".join(rows) + "\n"


def interleaved(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of both, taken in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for action, taken in zip((ours, floor), times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def first_frame(command: list[str], home: str) -> None:
    """Run a command in a pseudo-terminal until its first question is painted."""
    pid, terminal = pty.fork()
    if not pid:
        os.environ |= {
            "TERM": "xterm-256color",
            "NEWSDECK_HOME": home,
            "COLUMNS": "80",
            "LINES": "24",
        }
        os.execv(command[0], command)
    seen = b""
    while b"FIRSTQUESTION" not in seen:
        ready, _, _ = select.select([terminal], [], [], 20)
        if not ready:
            raise SystemExit(f"no first frame from {command}: {seen[-500:]!r}")
        seen += os.read(terminal, 65536)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)


async def next_questions(deck: Path) -> float:
    """Return the 95th percentile of the seconds from a key to the next question, laid out."""
    app = NewsdeckApp(History.open(None), [], (load(deck), Settings(seed=1, exam=True)))
    taken = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        while (question := screen.sitting.current) is not None:
            options = screen.sitting.options(question)
            shown = asyncio.Event()
            start = time.perf_counter()
            await screen.on_submitted(Submitted((options[0],)))
            screen.call_after_refresh(shown.set)
            await shown.wait()
            taken.append(time.perf_counter() - start)
            if len(taken) == len(screen.deck.questions) - 1:
                break
    return statistics.quantiles(taken, n=20)[-1]


def main() -> None:
    # As installed: with the modules' bytecode kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

    def row(name: str, ours: float, floor: float, bound: float) -> None:
        times = f"{ours * 1000:8.1f} ms {floor * 1000:8.1f} ms {ours / floor:6.2f}"
        print(f"{name:<58} {times} (≤ {bound})")

    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.yaml"), Path(folder, "small.yaml")
        large.write_text(deck_of(10_000))
        small.write_text(deck_of(100))
        text = large.read_text()
        print(f"{'':<58} {'ours':>11} {'floor':>11} {'ratio':>6}")
        row(
            "read 10,000 questions / bare loop over the events",
            *interleaved(
                lambda: load(large),
                lambda: [None for _ in yaml.parse(text, Loader=yaml.CSafeLoader)],
            ),
            2,
        )
        python = sys.executable
        row(
            "newsdeck --help / bare click",
            *interleaved(
                lambda: subprocess.run(
                    [python, "-m", "newsdeck", "--help"], stdout=subprocess.DEVNULL, check=True
                ),
                lambda: subprocess.run(
                    [python, "-c", BARE_CLICK], stdout=subprocess.DEVNULL, check=True
                ),
            ),
            2.5,
        )
        row(
            "first question of 100 / first frame of one Static",
            *interleaved(
                lambda: first_frame([python, "-m", "newsdeck", "play", str(small)], folder),
                lambda: first_frame([python, "-c", FLOOR_APP], folder),
            ),
            1.35,
        )
        taken = asyncio.run(next_questions(small)) * 1000
        print(f"{'next question in place, 95th percentile of 99':<58} {taken:8.1f} ms  (≤ 30 ms)")


if __name__ == "__main__":
    main()
