"""Prints how long study and statistics take with a million reviews: python study.py [REVIEWS]

Each is a ratio to a floor taken in the same run; where there is none, the time alone.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import Row, medians, table

from newsdeck.deck import Deck, load
from newsdeck.history import History
from newsdeck.items import analyses
from newsdeck.progress import Progress
from newsdeck.schedule import DAY, Rating
from newsdeck.statistics import statistics
from newsdeck.study import Limits, Study

ROUNDS = 5
CARDS, DECKS = 10_000, 20


def decks(folder: Path) -> list[Deck]:
    made = []
    for number in range(DECKS):
        rows = [f"deck: Deck {number}", f"id: deck-{number}", "questions:"]
        rows += [
            f"- typed: What is {n}?\n  id: q{n}\n  answer: a{n}\n  tags: [t{n % 9}]"
            for n in range(CARDS // DECKS)
        ]
        file = folder / f"{number}.yaml"
        file.write_text("\n".join(rows) + "\n")
        made.append(load(file))
    return made


def filled(file: Path, known: list[Deck], reviews: int, now: int) -> History:
    """Write a history of some years, one review in a hundred taken back."""
    history, chance = History.open(file), random.Random(1)
    names = [(deck.id, question.id) for deck in known for question in deck.questions]
    history.commit(
        ("insert into card (id, deck, question, phase, stability, difficulty, due, last, reviews)"
         " values (?,?,?,2,30,5,?,1,9)",
         (number, *name, now + chance.randrange(-3 * DAY, 90 * DAY)))
        for number, name in enumerate(names)
    )  # fmt: skip
    moments = sorted(chance.sample(range(now - 1000 * DAY, now), reviews))
    sql = (
        "insert into log (id, card, event, rating, phase, interval, taken, predicted, credit,"
        " response, undoes) values (?,?,?,?,?,?,?,?,?,?,?)"
    )
    rows = []
    for n, at in enumerate(moments):
        undone, card = n % 100 == 50, chance.randrange(len(names))
        rating = 0 if undone else chance.choice((1, 2, 3, 3, 3, 3, 3, 3, 3, 4))
        predicted, credit = 0.7 + 0.3 * chance.random(), float(rating > 1)
        event, undoes = ("undo", moments[n - 1]) if undone else ("review", None)
        rows.append(
            (sql, (at, card, event, rating, n % 3, 864_000, 4000, predicted, credit, '"x"', undoes))
        )
    history.commit(rows)
    return history


def rows(reviews: int = 1_000_000) -> Iterator[Row]:
    """Measure on a large history and on one of a thousandth."""
    now = time.time_ns() // 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = decks(folder)
        large = filled(folder / "large.sqlite", known, reviews, now)
        small = filled(folder / "small.sqlite", known, reviews // 1000, now)
        study = Study(known, Progress(large), now, Limits(10**6, 10**6))
        at = iter(range(now, now + DAY, 10_000))
        flag = "insert or replace into flag values ('d', 'q', ?)"

        def bare() -> object:
            return large.rows(f"select id / {DAY} as day, count(*) from log group by day")

        def asked(history: History) -> object:
            return history.summary(), Progress(history).due(now)

        def answer() -> None:
            study.keep(study.rated(Rating.GOOD, 1000), next(at))
            study.now(next(at))

        count, thousandth = "bare count(*) group by day", "the same with a thousandth of the log"
        compared: list[tuple[str, Callable[[], object], Callable[[], object], str]] = [
            (f"statistics / {count}", lambda: statistics(large, known, now), bare, "≤ 20"),
            (
                f"statistics of one deck / {count}",
                lambda: statistics(large, known[:1], now), bare, "≤ 20",
            ),
            (
                f"what the library asks / {thousandth}",
                lambda: asked(large), lambda: asked(small), "about 1",
            ),
            (
                f"begin a study / {thousandth}",
                lambda: Study(known, Progress(large), now),
                lambda: Study(known, Progress(small), now), "",
            ),
            (f"item analysis of one deck / {count}", lambda: analyses(large, known[0]), bare, ""),
            (
                "an answer, committed, and the next card / a row committed",
                answer, lambda: large.commit([(flag, (time.time(),))]), "",
            ),
        ]  # fmt: skip
        for words, action, other, bound in compared:
            ours, floor = medians(action, other, rounds=ROUNDS)
            yield Row(words, ours, floor, bound)
        (taken,) = medians(Progress(large).rebuild, rounds=1)
        yield Row(f"all states made again from {reviews:,} reviews", taken, None)


if __name__ == "__main__":
    table(rows(*map(int, sys.argv[1:])))
