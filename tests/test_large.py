"""Decks as large as they may be keep an author's commands within bounds of memory and time.

NEWSDECK_LARGE=1 tries every command on every deck instead of the worst pairs.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

MOST_MEMORY = 256 * 1024 * 1024
LARGEST = 16 * 1024 * 1024
RUN = f"""
import atexit, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))  # of a slow and busy machine; a quiet one: 10

def told():
    status = Path("/proc/self/status")  # Linux's; elsewhere the limit of work alone is tested
    lines = status.read_text().splitlines() if status.exists() else []
    used = sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    print("small" if used < {MOST_MEMORY} else used, file=sys.stderr)

atexit.register(told)
sys.argv[:1] = ["newsdeck"]
from newsdeck.cli import main
main()
"""
COMMANDS = {
    "check": ["check"],
    "fix": ["fix", "--yes"],
    "export": ["export", "-o", "out.apkg"],
    "table": ["export", "-o", "out.csv"],
    "play": ["play", "--plain"],
    "stats": ["stats"],
    "preview": ["preview", "--plain"],
}
SYLLABLES = ["ba", "cor", "del", "fin", "gra", "hol", "in", "kem", "lar", "mon", "nes", "or"]


class Words:
    """Words, and a reading text of them, the same at every run."""

    def __init__(self, article: int) -> None:
        self.chance = random.Random(3)
        self.known = ["".join(self.chance.choices(SYLLABLES, k=4)) for _ in range(4000)]
        self.sentences = [f"{self.some(14).capitalize()}." for _ in range(article)]

    def some(self, count: int) -> str:
        return " ".join(self.chance.choices(self.known, k=count))


def options(words: Words, ids: bool = True, drifted: bool = False) -> Iterator[str]:
    for number in range(20_000):
        quoted = words.chance.choice(words.sentences).rstrip(".")
        if drifted:
            quoted = quoted.replace(quoted.split()[5], "another")
        wrong = "".join(f"\n  - {words.some(8)} {n}" for n in range(6))
        yield (
            f"- choice: Which {words.some(7)} {number}?\n"
            + (f"  id: q{number}\n" if ids else "")
            + f"  answer: {words.some(8)}\n  evidence: {quoted}\n  wrong:{wrong}\n"
        )


def nameless(words: Words) -> Iterator[str]:
    return options(words, ids=False)


def drifted(words: Words) -> Iterator[str]:
    return options(words, drifted=True)


def letters(words: Words) -> Iterator[str]:
    words.sentences = ["a" * 45_000]
    quoted = f"{'a' * 15}b{'a' * 15}"  # for which a text is looked through slowest
    for number in range(20_000):
        yield f"- card: Which {number}?\n  id: q{number}\n  answer: x\n  evidence: {quoted}\n"


def gaps(words: Words) -> Iterator[str]:
    for number in range(20_000):
        gap = " ".join(f"{{{word}}}" for word in words.some(20).split())
        yield f"- cloze: Of {number} it is {gap}.\n  id: q{number}\n"


def unlike(words: Words) -> Iterator[str]:
    """Very many words, of which two questions have each."""
    for number in range(20_000):
        own = " ".join(f"{n % 9973:04}{n // 9973:03}" for n in range(20 * number, 20 * number + 40))
        answer = f"1.{number:05}.2026 – 9.{number:05}.2026"  # a range, and of no numbers
        yield (
            f"- choice: Which {own} {words.some(20)}?\n  id: q{number}\n  answer: {answer}\n"
            f"  wrong: [x]\n  ignore: '{'ab,' * 70}'\n"
        )


def alike(words: Words) -> Iterator[str]:
    """Every question has most words of every other, and every other's answer."""
    words.known = words.known[:150]
    for number in range(20_000):
        words.chance.shuffle(words.known)
        stem, answer = " ".join(words.known[:90]), " ".join(words.known[: number % 7 + 1])
        yield f"- typed: Which {stem}?\n  id: q{number}\n  answer: {answer}\n"


def figures(words: Words) -> Iterator[str]:
    words.sentences = ["12 and 14"]
    for number in range(20_000):
        many = " ".join(str(n) for n in range(100 * number, 100 * number + 1500))
        yield f"- typed: Which {number}?\n  id: q{number}\n  answer: {many}\n  hint: {many}\n"
        yield f"- typed: Who {number}?\n  id: r{number}\n  answer: {many}\n  evidence: 12 and\n"


def pairs(words: Words) -> Iterator[str]:
    for number in range(2400):
        rows = "".join(f"\n    {words.some(2)} {n}: {words.some(2)} {n}" for n in range(99))
        yield f"- match: Which {number}?\n  id: q{number}\n  pairs:{rows}\n"


def indented(words: Words) -> Iterator[str]:
    yield f'- choice: Which?\n  answer: a\n  wrong:\n  - {" " * 1_000_000}"b" c\n'


def broken(words: Words) -> Iterator[str]:
    for number in range(20_000):
        yield f"- choise: Which {words.some(60)} {number}?\n  id: q {number}\n  anwser: x\n"


DECKS: dict[str, Callable[[Words], Iterator[str]]] = {
    made.__name__: made
    for made in (
        options, nameless, drifted, letters, gaps, unlike, alike, figures, pairs, indented, broken,
    )
}  # fmt: skip
WORST = [
    ("check", "options"), ("check", "letters"), ("fix", "nameless"), ("fix", "drifted"),
    ("check", "unlike"), ("check", "alike"), ("check", "indented"),
    ("export", "pairs"),
]  # fmt: skip
ALL = [(command, deck) for command in COMMANDS for deck in DECKS]


def write(folder: Path, name: str) -> Path:
    """Write the largest deck of a kind, and its reading text."""
    words = Words(article=350)
    rows = ["deck: Large\nid: large\nsource:\n  title: Words\n  text: a.md\nquestions:\n"]
    left = LARGEST - 100
    for question in DECKS[name](words):
        left -= len(question.encode())
        if left < 0:
            break
        rows.append(question)
    (folder / "a.md").write_text("# Words\n\n" + "\n\n".join(words.sentences) + "\n")
    file = folder / "large.yaml"
    file.write_text("".join(rows))
    return file


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command, and make sure of its bounds."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        cwd=folder, env=os.environ | {"NEWSDECK_HOME": str(folder / "home")},
        input="", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1, 2), "more than forty seconds of work"
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1] == "small"
    return done


PAIRS = ALL if os.environ.get("NEWSDECK_LARGE") else WORST


@pytest.mark.parametrize(("command", "deck"), PAIRS, ids=map("-".join, PAIRS))
def test_the_largest_decks_are_read_within_bounds(tmp_path: Path, command: str, deck: str) -> None:
    file = write(tmp_path, deck)
    done = run(tmp_path, *COMMANDS[command], str(file))
    assert ("error size: " in done.stdout + done.stderr) == (deck == "gaps"), "the others are read"


ARTICLES = {
    "names": "Ada Brandt, ",
    "names of people": "Ada Brandt, the mayor of Elva, said that of it.\n\n",
    "numbers": "the 12 and the 13 of it and ",
    "quotation marks": "“",
    "brackets": "[{",
    "capitals": "A",
}


@pytest.mark.parametrize("text", ARTICLES.values(), ids=ARTICLES)
def test_the_largest_articles_are_drafted_from_within_bounds(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_bytes((text.encode() * 1024 * 1024)[: 1024 * 1024 // 3 * 3])
    run(tmp_path, "draft", "a.md")
