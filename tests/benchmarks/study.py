"""Prints how long study and statistics take with a million reviews: python study.py [REVIEWS]

Each is a ratio to a floor taken in the same run; where there is none, the time alone.
"""

from __future__ import annotations

import random
import statistics as medians
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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


def interleaved(ours: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of both, taken in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for action, taken in zip((ours, floor), times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return medians.median(times[0]), medians.median(times[1])


def main() -> None:
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    now = time.time_ns() // 1_000_000

    def row(name: str, ours: float, floor: float, bound: str) -> None:
        times = f"{ours * 1000:9.1f} ms {floor * 1000:9.1f} ms {ours / floor:6.2f}"
        print(f"{name:<64} {times} {bound}")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known = decks(folder)
        large = filled(folder / "large.sqlite", known, reviews, now)
        small = filled(folder / "small.sqlite", known, reviews // 1000, now)
        print(f"{reviews:,} reviews of {CARDS:,} cards, {ROUNDS} rounds in turns, medians")
        print(f"{'':<64} {'ours':>12} {'floor':>12} {'ratio':>6}")
        bare = f"select id / {DAY} as day, count(*) from log group by day"
        row(
            "statistics / bare count(*) group by day",
            *interleaved(lambda: statistics(large, known, now), lambda: large.rows(bare)),
            "(≤ 20)",
        )
        row(
            "statistics of one deck / bare count(*) group by day",
            *interleaved(lambda: statistics(large, known[:1], now), lambda: large.rows(bare)),
            "(≤ 20)",
        )
        row(
            "what the library asks / the same with a thousandth of the log",
            *interleaved(
                lambda: (large.summary(), Progress(large).due(now)),
                lambda: (small.summary(), Progress(small).due(now)),
            ),
            "(about 1)",
        )
        row(
            "begin a study / the same with a thousandth of the log",
            *interleaved(
                lambda: Study(known, Progress(large), now),
                lambda: Study(known, Progress(small), now),
            ),
            "",
        )
        row(
            "item analysis of one deck / bare count(*) group by day",
            *interleaved(lambda: analyses(large, known[0]), lambda: large.rows(bare)),
            "",
        )
        study = Study(known, Progress(large), now, Limits(10**6, 10**6))
        flag = "insert or replace into flag values ('d', 'q', ?)"
        at = iter(range(now, now + DAY, 10_000))

        def answer() -> None:
            study.keep(study.rated(Rating.GOOD, 1000), next(at))
            study.now(next(at))

        row(
            "an answer, committed, and the next card / a row committed",
            *interleaved(answer, lambda: large.commit([(flag, (time.time(),))])),
            "",
        )
        start = time.perf_counter()
        Progress(large).rebuild()
        taken = time.perf_counter() - start
        print(f"all states made again from the log: {taken:.1f} s")


if __name__ == "__main__":
    main()
