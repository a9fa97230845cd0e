"""Questions asked of the history: how much, how well, how soon again, and what is hard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsdeck.schedule import DAY, Phase, day

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.history import History
    from newsdeck.kinds import AnyQuestion

FORECAST = 30
"""For how many days it is said how many cards are due."""
HARDEST = 10
"""How many of the hardest questions are named."""
ENOUGH = 3
"""How often such a question must have been answered."""

_EPOCH = date(1970, 1, 1)
_LAST_DAY = 100_000  # what a clock or a damage puts far outside is no reason to show nothing
_REVIEWS = "rating > 0 and id not in (select undoes from log where undoes is not null)"


class Day(Struct, frozen=True):
    """A day with answers; ``right`` sums their credits. Quiz and study count alike."""

    date: date
    answers: int
    right: float


class Retention(Struct, frozen=True):
    """How many due reviews there were, and the shares, 0 to 1, that were and should be recalled.

    Reviews of Anki's have no prediction; they are not counted.
    """

    reviews: int
    true: float
    predicted: float


class Due(Struct, frozen=True):
    """How many cards are due on a day; today has all that wait."""

    date: date
    cards: int


class Item(Struct, frozen=True):
    """A question with its answers and the mean of their credits."""

    deck: str
    question: str
    prompt: str
    answers: int
    accuracy: float


class Share(Struct, frozen=True):
    """The answers to all questions of one kind or with one tag."""

    name: str
    answers: int
    accuracy: float


class Statistics(Struct, frozen=True):
    """What the statistics screen shows; ``cards`` counts them by phase, ``streak`` days in a row.

    ``calibration`` has the due reviews by their predicted recall, each tenth apart.
    """

    streak: int
    cards: dict[str, int]
    suspended: int
    days: tuple[Day, ...]
    retention: Retention
    calibration: tuple[Retention, ...]
    forecast: tuple[Due, ...]
    hardest: tuple[Item, ...]
    kinds: tuple[Share, ...]
    tags: tuple[Share, ...]


def statistics(history: History, decks: Sequence[Deck], at: int) -> Statistics:
    """Return the statistics of some decks at a moment, in milliseconds since 1970."""
    known: dict[str, Deck] = {}
    for deck in decks:
        known.setdefault(deck.id, deck)
    asked = _Asked(history, tuple(known))
    days = asked.days()
    items = asked.items()
    questions = [
        (question, *items[deck.id, question.id])
        for deck in known.values()
        for question in deck.questions
        if (deck.id, question.id) in items
    ]
    retention, calibration = asked.retention()
    cards, suspended = asked.cards()
    return Statistics(
        streak=_streak(days, _date(day(at))),
        cards=cards,
        suspended=suspended,
        days=days,
        retention=retention,
        calibration=calibration,
        forecast=asked.forecast(at),
        hardest=_hardest(known.values(), items),
        kinds=_shares((q.kind, n, right) for q, n, right in questions),
        tags=_shares((tag, n, right) for q, n, right in questions for tag in {*q.tags}),
    )


def answer_count(history: History, deck: str) -> int:
    """Return how many answers the statistics of a deck count."""
    return sum(day.answers for day in _Asked(history, (deck,)).days())


class _Asked:
    """The history's answers to questions about some decks."""

    def __init__(self, history: History, decks: tuple[str, ...]) -> None:
        self.history = history
        self.decks = decks
        self.marks = ", ".join("?" * len(decks))
        every = history.rows(
            f"select count(*) from card where deck not in ({self.marks})", *decks
        ) == [(0,)]
        # Looking up each review's card is slow, and needless where all are wanted.
        among = f"card in (select id from card where deck in ({self.marks}))"
        self.mine, self.named = (_REVIEWS, ()) if every else (f"{_REVIEWS} and {among}", decks)

    def days(self) -> tuple[Day, ...]:
        """Return the days with answers, oldest first."""
        found: dict[int, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        for number, answers, right in [
            *self.history.rows(
                f"select id / {DAY} as day, count(*), sum(rating > 1) from log where {self.mine}"
                " group by day",
                *self.named,
            ),
            *self.history.rows(
                "select cast(at / 86400 as integer) as day, count(*),"
                " sum(iif(overruled, 1.0, credit)) from answer join sitting on key = sitting"
                f" where first and deck in ({self.marks}) group by day",
                *self.decks,
            ),
        ]:
            before = found[number]
            found[number] = (before[0] + answers, before[1] + right)
        return tuple(Day(_date(number), *found[number]) for number in sorted(found))

    def items(self) -> dict[tuple[str, str], tuple[int, float]]:
        """Return how often each question was answered, and the sum of the credits."""
        found: dict[tuple[str, str], tuple[int, float]] = defaultdict(lambda: (0, 0.0))
        for deck, question, answers, right in [
            *self.history.rows(
                "select deck, question, answers, right_ from card join (select card, count(*) as"
                f" answers, sum(rating > 1) as right_ from log where {self.mine} group by card)"
                f" on card = card.id where deck in ({self.marks})",
                *self.named,
                *self.decks,
            ),
            *self.history.rows(
                "select deck, question, count(*), sum(iif(overruled, 1.0, credit)) from answer"
                f" join sitting on key = sitting where first and deck in ({self.marks})"
                " group by deck, question",
                *self.decks,
            ),
        ]:
            before = found[deck, question]
            found[deck, question] = (before[0] + answers, before[1] + right)
        return found

    def retention(self) -> tuple[Retention, tuple[Retention, ...]]:
        """Return what was and what should have been recalled of due cards: in all, by tenths."""
        rows = self.history.rows(
            "select min(9, cast(predicted * 10 as integer)) as tenth, count(*), sum(rating > 1),"
            f" sum(predicted) from log where phase = {int(Phase.REVIEW)} and predicted is not null"
            f" and {self.mine} group by tenth order by tenth",
            *self.named,
        )
        whole = _retention(*(sum(row[column] for row in rows) for column in (1, 2, 3)))
        return whole, tuple(_retention(*row[1:]) for row in rows)

    def cards(self) -> tuple[dict[str, int], int]:
        """Return how many cards are in each phase, and how many are suspended."""
        rows = self.history.rows(
            f"select phase, count(*), sum(suspended) from card where deck in ({self.marks})"
            " group by phase",
            *self.decks,
        )
        counts = {phase: count for phase, count, _ in rows}
        studied = {p.name.lower(): counts.get(p, 0) for p in Phase if p is not Phase.NEW}
        return studied, sum(row[2] for row in rows)

    def forecast(self, at: int) -> tuple[Due, ...]:
        """Return how many cards are due on each of the days to come."""
        today = day(at)
        rows = self.history.rows(
            f"select max(?, due / {DAY}) as day, count(*) from card where phase > 0"
            f" and not suspended and deck in ({self.marks}) group by day",
            today,
            *self.decks,
        )
        due = dict(rows)
        return tuple(Due(_date(n), due.get(n, 0)) for n in range(today, today + FORECAST))


def _retention(reviews: int, right: int, predicted: float) -> Retention:
    share = (right / reviews, predicted / reviews) if reviews else (0.0, 0.0)
    return Retention(reviews, *share)


def _hardest(
    decks: Iterable[Deck], items: dict[tuple[str, str], tuple[int, float]]
) -> tuple[Item, ...]:
    asked: list[tuple[str, AnyQuestion]] = [(deck.id, q) for deck in decks for q in deck.questions]
    found = [
        Item(deck, question.id, question.asked, answers, right / answers)
        for deck, question in asked
        for answers, right in [items.get((deck, question.id), (0, 0.0))]
        if answers >= ENOUGH and right < answers
    ]
    return tuple(sorted(found, key=lambda item: (item.accuracy, -item.answers))[:HARDEST])


def _shares(parts: Iterable[tuple[str, int, float]]) -> tuple[Share, ...]:
    sums: dict[str, Any] = defaultdict(lambda: (0, 0.0))
    for name, answers, right in parts:
        sums[name] = (sums[name][0] + answers, sums[name][1] + right)
    return tuple(Share(name, n, right / n) for name, (n, right) in sorted(sums.items()))


def _streak(days: tuple[Day, ...], today: date) -> int:
    """Return how many days in a row have answers, up to today or, before the first, yesterday."""
    active = {day.date for day in days}
    last = today if today in active else today - timedelta(days=1)
    row = 0
    while last - timedelta(days=row) in active:
        row += 1
    return row


def _date(number: int) -> date:
    return _EPOCH + timedelta(days=max(0, min(number, _LAST_DAY)))
