"""Decks, days and learners for the tests of study."""

import random
from collections.abc import Iterable
from pathlib import Path

from newsdeck.deck import Deck, load
from newsdeck.history import History
from newsdeck.progress import Progress
from newsdeck.schedule import DAY, Rating
from newsdeck.study import Limits, Study

START = 20_600 * DAY + 9 * 3_600_000
EVERYTHING = Limits(new=1000, due=1000)


def deck(folder: Path, name: str, questions: int | Iterable[str], file: str = "") -> Deck:
    """Write a deck of typed questions, each answered right by its own id, and read it."""
    ids = [f"q{n}" for n in range(questions)] if isinstance(questions, int) else questions
    rows = [f"deck: The deck {name}", f"id: {name}", "questions:"]
    rows += [f"- typed: What is {name}?\n  id: {name}\n  answer: {name}" for name in ids]
    path = folder / f"{file or name}.yaml"
    path.write_text("\n".join(rows) + "\n")
    return load(path)


def progress() -> Progress:
    return Progress(History.open(None))


def answer(study: Study, at: int, right: bool = True) -> str:
    """Answer the current card; return its question's id."""
    card = study.current
    assert card is not None
    study.keep(study.judge(card.question.id if right else "?", False, 2000), at)
    study.now(at)
    return card.question.id


def learn(
    decks: list[Deck], kept: Progress, days: int, seed: int = 1, new: int = 1000, start: int = START
) -> None:
    """Study every day, wait for what is being learned, and be right nine times out of ten."""
    chance = random.Random(seed)
    for number in range(days):
        at = start + number * DAY + chance.randrange(3_600_000)
        study = Study(decks, kept, at, Limits(new=new, due=1000))
        while study.current is not None:
            given = study.judge(None, False, chance.randrange(500, 20_000))
            rating = chance.choices(tuple(Rating), (10, 10, 70, 10))[0]
            study.keep(given, at)
            if rating is not Rating.AGAIN:
                study.rate(given, rating, at + 10)
            at += chance.randrange(5_000, 20_000)
            study.now(at)
