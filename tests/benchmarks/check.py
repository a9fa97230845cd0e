"""Prints what the house rules cost beside reading alone, and how memory grows: python check.py"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

from newsdeck.check import check
from newsdeck.check.pairs import leaks, near_duplicates
from newsdeck.check.view import View
from newsdeck.deck import Deck, load

ROUNDS = 5
SIZES = (5_000, 10_000, 20_000)
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


def seconds(*actions: Callable[[], object]) -> list[float]:
    """Return the median processor seconds of each action, taken in turns."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(ROUNDS):
        for action, times in zip(actions, taken, strict=True):
            start = time.process_time()
            action()
            times.append(time.process_time() - start)
    return [statistics.median(times) for times in taken]


def checked(file: Path) -> None:
    """Read a deck and check it."""
    check(load(file))


def memory(deck: Deck) -> float:
    """Return the most memory, in MB, that comparing questions holds at once."""
    views = [View(deck, n, question) for n, question in enumerate(deck.questions)]
    for view in views:
        _ = view.content  # what the views hold is no part of it
    tracemalloc.start()
    for rule in (near_duplicates, leaks):
        for _ in rule(views):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for words, size, options in (
            ("10,000 questions, clean", 10_000, {}),
            ("10,000 questions of one formula", 10_000, {"formula": True}),
            ("1,000 questions, quotations drifted", 1_000, {"faulty": True}),
        ):
            file = deck(folder, size, **options)
            found = len(check(load(file)))
            both, alone = seconds(partial(checked, file), partial(load, file))
            print(
                f"{words:<40} read and check {both * 1000:7.0f} ms, read {alone * 1000:7.0f} ms, "
                f"ratio {both / alone:5.2f} (≤ 4 where clean), {found} problems"
            )
        for formula in (False, True):
            peaks = [memory(load(deck(folder, size, formula))) for size in SIZES]
            shown = ", ".join(
                f"{size}: {peak:.1f} MB" for size, peak in zip(SIZES, peaks, strict=True)
            )
            kind = "of one formula" if formula else "of many words"
            print(f"comparing questions {kind}: {shown} (twice the deck, twice the memory)")


if __name__ == "__main__":
    main()
