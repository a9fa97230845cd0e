"""Prints how long other quizzes of the terminal take, each with its own format: python peers.py

They are installed into an environment of their own for the run; a row says where one cannot be.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measuring import MARK, Row, deck_text, first_frame, medians, table

ROUNDS = 5
READ = """
import sys, time
from pathlib import Path
from {module} import {reader} as read
start = time.process_time()
read(Path(sys.argv[1]))
print(time.process_time() - start)
"""
"""Prints the seconds that reading a file takes, with nothing else imported or timed."""


class Peer(NamedTuple):
    """A quiz on PyPI: what installs it, what reads its files, how it plays one, and a question.

    ``waits`` is what it shows where it waits for a key before its first question.
    """

    requirement: str
    module: str
    reader: str
    play: tuple[str, ...]
    head: str
    question: str
    waits: str = ""

    def text(self, questions: int) -> str:
        """Return a file of the same choices as ``deck_text`` has, in its own format."""
        return self.head + "".join(self.question.format(mark=MARK, n=n) for n in range(questions))


PEERS = (
    Peer(
        "quizmd==2.4.4", "quizmd", "parse_quiz_markdown", ("quizmd",), "# Benchmark\n",
        "\n## Question {n}\n{mark} {n}, which of the three answers is the right one here?\n\n"
        "- The right answer {n}\n- A wrong answer {n}\n- Another wrong answer {n}\n\n"
        "Answer: 1\nType: single\nTime: 60\n"
        "Explanation: An explanation that adds something to the answer of question {n}.\n",
        "Press Enter",
    ),
    Peer(
        "mkdocs-quiz==1.7.1", "mkdocs_quiz.qti.extractor", "extract_quizzes_from_file",
        ("mkdocs-quiz", "run"), "# Benchmark\n",
        "\n<quiz>\n{mark} {n}, which of the three answers is the right one here?\n"
        "- [x] The right answer {n}\n- [ ] A wrong answer {n}\n"
        "> That is why it is wrong, said in a sentence.\n- [ ] Another wrong answer {n}\n\n"
        "An explanation that adds something to the answer of question {n}.\n</quiz>\n",
    ),
)  # fmt: skip


def read_seconds(python: str, module: str, reader: str, file: Path) -> float:
    """Return the processor's seconds that another process takes to read a file."""
    command = [python, "-c", READ.format(module=module, reader=reader), str(file)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def installed(requirement: str, folder: Path) -> bool:
    """Make an environment with a package in it; tell whether that could be done."""
    venv.create(folder, with_pip=True)
    command = [str(folder / "bin" / "pip"), "install", "--quiet", requirement]
    return subprocess.run(command, capture_output=True).returncode == 0


def rows() -> Iterator[Row]:
    """Measure reading 10,000 choices, and the start to the first of 100."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        decks = {size: folder / f"{size}.yaml" for size in (100, 10_000)}
        for size, file in decks.items():
            file.write_text(deck_text(size))
        newsdeck = [sys.executable, "-m", "newsdeck", "play", str(decks[100])]
        for peer in PEERS:
            told = peer.requirement.replace("==", " ")
            home = folder / peer.requirement
            if not installed(peer.requirement, home):
                yield Row(f"{told}: not installed", 0, None)
                continue
            files = {size: folder / f"{size}.md" for size in decks}
            for size, file in files.items():
                file.write_text(peer.text(size))
            python, (command, *words) = str(home / "bin" / "python"), peer.play
            play = [str(home / "bin" / command), *words, str(files[100])]
            ours, theirs = [], []
            for _ in range(ROUNDS):
                ours.append(read_seconds(sys.executable, "newsdeck.deck", "load", decks[10_000]))
                theirs.append(read_seconds(python, peer.module, peer.reader, files[10_000]))
            yield Row(f"read 10,000 choices / {told}, its format", median(ours), median(theirs))
            mark = peer.waits or MARK
            one, other = medians(
                partial(first_frame, newsdeck, name),
                partial(first_frame, play, name, mark),
                rounds=ROUNDS,
            )
            until = " up to its start screen" if peer.waits else ""
            yield Row(f"first question of 100 / {told}{until}", one, other)


if __name__ == "__main__":
    table(rows())
