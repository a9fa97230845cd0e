"""Prints what the house rules cost beside reading alone, and how memory grows: python check.py"""

from __future__ import annotations

import random
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from measuring import Row, medians, table

from newsdeck.check import check
from newsdeck.check.pairs import leaks, near_duplicates
from newsdeck.check.view import View
from newsdeck.deck import Deck, load
from newsdeck.quotation import Looking

ROUNDS = 5
SIZES = (5_000, 20_000)
SYLLABLES = ["ba", "cor", "del", "fin", "gra", "hol", "in", "kem", "lar", "mon", "nes", "or"]


def deck(folder: Path, questions: int, formula: bool = False, faulty: bool = False) -> Path:
    """Write a deck of ``questions`` on a text of 120 sentences, from the same seed each time.

    With a ``formula`` all prompts share most of their words; ``faulty`` ones break several rules.
    """
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices(SYLLABLES, k=4)) for _ in range(4000)]
    sentences = [" ".join(chance.choices(vocabulary, k=14)).capitalize() + "." for _ in range(120)]
    paragraphs = [" ".join(sentences[n : n + 8]) for n in range(0, 120, 8)]
    (folder / "article.md").write_text("# Words\n\n" + "\n\n".join(paragraphs) + "\n")
    rows = ["deck: Words", "id: words", "source:", "  title: Words", "  text: article.md"]
    rows.append("questions:")
    for n in range(questions):
        quoted = chance.choice(sentences).rstrip(".")
        words = quoted.split()
        about = "the committee report" if formula else " ".join(chance.choices(vocabulary, k=7))
        at = chance.randrange(3, 12)
        key, others = " ".join(words[at : at + 2]), chance.choices(vocabulary, k=4)
        wrong = f"{others[0]} {others[1]}: It is another.\n  - {others[2]} {others[3]}"
        truth = "true" if n % 8 > 4 else "false"
        rows += [
            f"- choice: Which {about} of number {n} was it that the town knew?\n"
            f"  answer: {key}\n  wrong:\n  - {wrong}",
            f"- typed: Which {about} of number {n} is it?\n  answer: {key}",
            f"- cloze: The {about} had {{{key}}} in number {n} of that year.",
            f"- claim: The {about} was number {n} of the town.\n  answer: {truth}",
        ][n % 4 : n % 4 + 1]
        rows.append(f"  id: q{n}")
        if not faulty:
            rows.append(f"  why: Because the {others[0]} was there.")
        else:
            quoted = quoted.replace(words[2], "another")
        rows.append(f"  evidence: {quoted}")
    file = folder / f"{questions}{formula:d}{faulty:d}.yaml"
    file.write_text("\n".join(rows) + "\n")
    return file


def checked(file: Path) -> None:
    """Read a deck and check it."""
    check(load(file))


def memory(deck: Deck) -> float:
    """Return the most memory, in MB, that comparing questions holds at once."""
    looking = Looking(deck.articles)
    views = [View(deck, n, question, looking) for n, question in enumerate(deck.questions)]
    for view in views:
        _ = view.content  # what the views hold is no part of it
    tracemalloc.start()
    for rule in (near_duplicates, leaks):
        for _ in rule(views):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def rows() -> Iterator[Row]:
    """Measure decks that are clean, alike and faulty, and the memory of large ones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for words, size, options, bound in (
            ("10,000 clean questions", 10_000, {}, "≤ 4"),
            ("10,000 questions of one formula", 10_000, {"formula": True}, ""),
            ("1,000 questions with drifted quotations", 1_000, {"faulty": True}, ""),
        ):
            file = deck(folder, size, **options)
            both, alone = medians(
                partial(checked, file), partial(load, file), rounds=ROUNDS, clock=time.process_time
            )
            yield Row(f"read and check {words} / read them", both, alone, bound)
        for formula in (False, True):
            small, large = (memory(load(deck(folder, size, formula))) for size in SIZES)
            kind = "of one formula" if formula else "of many words"
            compared = f"memory of comparing {SIZES[1]:,} questions {kind} / {SIZES[0]:,}"
            yield Row(compared, large, small, f"≤ {SIZES[1] // SIZES[0]}", "MB")


if __name__ == "__main__":
    table(rows())
