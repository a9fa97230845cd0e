"""What the benchmarks share: a deck, an app's first frame, actions in turns, and the table.

It imports nothing of Newsdeck, so that a process that measures another stays small.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

MARK = "FIRSTQUESTION"
"""What a question begins with, so that it is known on a screen."""


class Row(NamedTuple):
    """What was measured beside its floor, both in seconds or in MB; None where there is none.

    ``bound`` says what the ratio should be, or the measure where there is no floor.
    """

    name: str
    ours: float
    floor: float | None
    bound: str = ""
    unit: str = "ms"


def deck_text(questions: int, number: int = 0) -> str:
    """Return the file of a deck of choices."""
    rows = [f"deck: Benchmark {number}", f"id: benchmark-{number}", "anki: News", "questions:"]
    for n in range(questions):
        rows += [
            f"- choice: {MARK} {n}, which of the three answers is the right one here?",
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


def medians(
    *actions: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return the median seconds of each action, taken in turns."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, times in zip(actions, taken, strict=True):
            start = clock()
            action()
            times.append(clock() - start)
    return [statistics.median(times) for times in taken]


def first_frame(command: list[str], home: str, mark: str = MARK) -> None:
    """Run a command in a pseudo-terminal until its first question, or another mark, is painted."""
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
    while mark.encode() not in seen:
        ready, _, _ = select.select([terminal], [], [], 20)
        if not ready:
            raise SystemExit(f"no first frame from {command}: {seen[-500:]!r}")
        seen += os.read(terminal, 65536)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)


def table(rows: Iterable[Row]) -> None:
    """Print each row as soon as it is measured."""
    print(f"{'':<66} {'ours':>13} {'floor':>13} {'ratio':>7}")
    for name, ours, floor, bound, unit in rows:
        shown = [_amount(ours, unit)]
        if floor is not None:
            shown += [_amount(floor, unit), f"{ours / floor:7.2f}"]
        beside = f"  ({bound})" if bound else ""
        print(f"{name:<66} {' '.join(shown):<35}{beside}".rstrip(), flush=True)


def _amount(measured: float, unit: str) -> str:
    return f"{measured * 1000:10.1f} ms" if unit == "ms" else f"{measured:10.1f} {unit}"
