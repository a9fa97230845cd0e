"""A day's study as a state machine: which card comes next, and what its answer leads to.

Every answer is in the log before the next card comes, so a study that is cut off at any moment
goes on where it was. Times are passed in, in milliseconds since 1970.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from newsdeck.arrange import offer
from newsdeck.grade import Response, Verdict, grade
from newsdeck.progress import Entry, Name, Progress, review, seed
from newsdeck.schedule import (
    AHEAD,
    DAY,
    NEW,
    Event,
    Phase,
    Rating,
    State,
    day,
    intervals,
    rating_of,
    replay,
    reviewed,
)
from newsdeck.session import AGAIN_AFTER, Attempt
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.kinds import AnyQuestion

_UNITS = ((365.25 * 86_400, "y"), (30.4375 * 86_400, "mo"), (86_400, "d"), (3600, "h"))

_LEARNING = (Phase.LEARNING, Phase.RELEARNING)


class Limits(Struct, frozen=True):
    """What a day brings: at most so many new cards and so many due ones, 0 for none."""

    new: int = 10
    due: int = 200


class Card(Struct, frozen=True):
    """A question of a deck, as it is studied."""

    deck: Deck
    question: AnyQuestion

    @property
    def name(self) -> Name:
        """The card's name in the log."""
        return (self.deck.id, self.question.id)


class Given(Struct, frozen=True):
    """An answer that was given: what it was worth, and the rating that the log has."""

    card: Card
    response: Response | None
    verdict: Verdict
    hinted: bool
    rating: Rating
    taken: int

    @property
    def attempt(self) -> Attempt:
        """The answer as a sitting has it."""
        return Attempt(
            self.card.question.id, self.response, self.verdict, self.taken / 1000, self.hinted,
            first=True, overruled=self.rating > Rating.AGAIN and not self.verdict.right,
        )  # fmt: skip


class Counts(Struct, frozen=True):
    """How many cards are left for today: new, being learned, due."""

    new: int
    learning: int
    due: int


class Study:
    """The cards of some decks, as they are due at ``at``; ``early`` adds those that are not yet.

    ``current`` is the card to be answered, None where none is; ``now`` says again what it is.
    """

    def __init__(
        self,
        decks: Iterable[Deck],
        progress: Progress,
        at: int,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        early: bool = False,
    ) -> None:
        self.progress = progress
        known = progress.states()
        self.cards: dict[Name, Card] = {}
        self._by_deck: list[list[Name]] = []
        for deck in decks:
            cards = [Card(deck, question) for question in deck.questions]
            fresh = [card for card in cards if card.name not in self.cards]
            self.cards |= {card.name: card for card in fresh}
            self._by_deck.append([card.name for card in fresh])
        self.states: dict[Name, State] = {}
        self._learned: set[Name] = set()
        for name in self.cards:
            self._set(name, known.get(name, NEW))
        self._queue = self._planned(at, limits, early)
        self._shown: list[Name] = []
        self._past: list[tuple[Entry, State]] = []
        self._forced: Name | None = None
        self._last, self._written = 0, True
        self.current: Card | None = None
        self.now(at)

    def _planned(self, at: int, limits: Limits, early: bool) -> list[Name]:
        """Return the day's due cards in an order of chance, the new ones spread among them."""
        studied_new, studied_due = self.progress.today(at)
        today = random.Random(day(at))
        in_review = [name for name, state in self.states.items() if state.phase is Phase.REVIEW]
        due = [name for name in in_review if self._is_due(name, at)]
        today.shuffle(due)
        due = due[: max(0, limits.due - studied_due)]
        # A new card from each deck in turn, so that no deck waits for the end of another.
        turns = (name for turn in zip_longest(*self._by_deck) for name in turn if name)
        new = [name for name in turns if self.states[name].phase is Phase.NEW]
        new = [name for name in new if not self.states[name].suspended]
        mixed = _spread(due, new[: max(0, limits.new - studied_new)])
        if early:
            later = [n for n in in_review if not self._is_due(n, at)]
            later = [name for name in later if not self.states[name].suspended]
            mixed += sorted(later, key=lambda name: (self.states[name].due, name))
        return mixed

    def _is_due(self, name: Name, at: int) -> bool:
        state = self.states[name]
        return state.phase is Phase.REVIEW and not state.suspended and state.due < _tomorrow(at)

    def _learning(self) -> list[Name]:
        """Return the cards that are being learned, the soonest first."""
        return sorted(self._learned, key=lambda name: (self.states[name].due, name))

    def _set(self, name: Name, state: State) -> None:
        """Note where a card stands now."""
        self.states[name] = state
        if state.phase in _LEARNING and not state.suspended:
            self._learned.add(name)
        else:
            self._learned.discard(name)

    def now(self, at: int) -> Card | None:
        """Return the card to be answered at a moment, None where none is.

        The time does not go back, whatever the clock does.
        """
        at = max(at, self._last)
        learning = self._learning()
        # What was just missed is not asked again while it still rings in the ear.
        just = self._shown[-AGAIN_AFTER:]
        rested = [name for name in learning if self.states[name].due <= at and name not in just]
        soon = [name for name in learning if self.states[name].due <= at + AHEAD]
        soon.sort(key=just.__contains__)
        forced = [self._forced] if self._forced else []
        order = (*forced, *rested[:1], *self._queue[:1], *soon[:1])
        self.current = self.cards[order[0]] if order else None
        return self.current

    def counts(self) -> Counts:
        """Return how many cards are left for today."""
        new = sum(self.states[name].phase is Phase.NEW for name in self._queue)
        return Counts(new, len(self._learned), len(self._queue) - new)

    @property
    def done(self) -> int:
        """How many reviews were made since the study began."""
        return sum(entry.event == "review" for entry, _ in self._past)

    def told(self, at: int) -> list[str]:
        """Return in words what was done, and when there is more."""
        done, more = self.done, sum(self._is_due(name, at) for name in self.states)
        rows = ["Done for today." if more else "Nothing is due now."]
        if done:
            rows = [f"Done for today: {counted(done, 'review')}."]
        due = [s.due for s in self.states.values() if s.reviews and not s.suspended]
        if more:
            told = f"{counted(more, 'card')} due beyond the day's limit"
            rows.append(f"{told}; `newsdeck study --due` raises it.")
        elif due:
            rows.append(f"The next card is due in {span((min(due) - at) / 1000)}.")
        asleep = sum(state.suspended for state in self.states.values())
        if asleep:
            rows.append(f"{asleep} suspended; `newsdeck study --resume` takes them back.")
        return rows

    def options(self, card: Card) -> tuple[str, ...]:
        """Return what stands on the screen to pick from: another order at each review."""
        chance = random.Random(f"{seed(card.name)}:{self.states[card.name].reviews}")
        return offer(card.question, chance, card.deck.language).texts

    def intervals(self, card: Card, at: int) -> dict[Rating, int]:
        """Return the seconds until a card comes back, for each rating."""
        state = self.states[card.name]
        return intervals(state, max(at, state.last + 1), seed(card.name))

    def judge(self, response: Response | None, hinted: bool, taken: int) -> Given:
        """Grade a response to the current card without keeping it. Raises number.Malformed."""
        card = self._asked()
        verdict = grade(card.question, response, card.deck.language, card.deck.rivals)
        return Given(card, response, verdict, hinted, rating_of(verdict, hinted), taken)

    def rated(self, rating: Rating, taken: int) -> Given:
        """Return the answer of a learner who rates their own recall of the current card."""
        given = self.judge(rating > Rating.AGAIN, False, taken)
        return replace(given, rating=rating)

    def keep(self, given: Given, at: int) -> None:
        """Commit an answer to the current card; ``now`` then says what comes next."""
        card = self._asked()
        before = self.states[card.name]
        if self._written:  # then the history knows best: another player may have studied the card
            with suppress(OSError):  # what is known here will do
                before = self.progress.state(card.name) or before
        at = self._moment(at, card.name, before.last)
        after = reviewed(before, given.rating, at, seed(card.name))
        entry = review(
            card.name, before, after, given.rating, at, given.taken,
            credit=float(given.verdict.credit), near=given.verdict.near, hinted=given.hinted,
            response=given.response,
        )  # fmt: skip
        self._take(entry, before, after)
        self._shown.append(card.name)

    def rate(self, given: Given, rating: Rating, at: int) -> Given:
        """Change the rating of the answer that was kept last."""
        self.undo(at)
        changed = replace(given, rating=rating)
        self.keep(changed, at)
        return changed

    def suspend(self, at: int) -> None:
        """Take the current card out of study, until it is resumed."""
        card = self._asked()
        before = self.states[card.name]
        entry = Entry(self._moment(at, card.name, before.last), *card.name, event="suspend")
        self._take(entry, before, replace(before, suspended=True))

    @property
    def can_undo(self) -> bool:
        """Whether something was done that can be taken back."""
        return bool(self._past)

    def undo(self, at: int) -> Card | None:
        """Take back what was done last, and ask that card again; None where nothing was done."""
        if not self._past:
            return None
        entry, before = self._past.pop()
        before = self._without(entry, before)
        moment = self._moment(at, entry.card, entry.at)
        undone = Entry(moment, *entry.card, event="undo", undoes=entry.at)
        self._written = self.progress.append(undone, before)
        self._set(entry.card, before)
        self._forced = entry.card
        if entry.card in self._shown[-1:]:
            self._shown.pop()
        if before.phase in (Phase.NEW, Phase.REVIEW):
            self._queue.insert(0, entry.card)
        return self.now(at)

    def _without(self, entry: Entry, before: State) -> State:
        """Return the state of a card without an entry: that before it, where it is the last.

        Another player may have studied the card since.
        """
        events: list[Event] = []
        with suppress(OSError):
            events = self.progress.events(entry.card)
        own = next((n for n, event in enumerate(events) if event.at >= entry.at), len(events))
        return replay(events[:own] + events[own + 1 :]) if events[own + 1 :] else before

    def _moment(self, at: int, card: Name, last: int) -> int:
        """Return a moment after all that was done before, and after all of a card's log.

        It names an entry. What a clock once put ahead stays a matter of that card alone.
        """
        self._last = max(at, self._last + 1)
        latest = 0
        with suppress(OSError):
            latest = self.progress.latest(card)
        return max(self._last, last + 1, latest + 1)

    def _take(self, entry: Entry, before: State, after: State) -> None:
        self._written = self.progress.append(entry, after)
        self._past.append((entry, before))
        self._set(entry.card, after)
        self._forced = None
        if entry.card in self._queue:
            self._queue.remove(entry.card)

    def _asked(self) -> Card:
        if self.current is None:
            raise RuntimeError("no card is being asked")
        return self.current


def span(seconds: float) -> str:
    """Return a span of time as shortly as a button needs it, as ``10m`` or ``1.5mo``."""
    for unit, name in _UNITS:
        if seconds >= unit:
            count = seconds / unit
            return f"{count:.1f}{name}" if unit > _UNITS[2][0] else f"{count:.0f}{name}"
    return f"{max(1, round(seconds / 60))}m"


def _tomorrow(at: int) -> int:
    return (day(at) + 1) * DAY


def _spread(many: list[Name], few: list[Name]) -> list[Name]:
    """Return both lists as one, each in its order and evenly spread."""
    places = [((index + 0.5) / len(many), 0, index) for index in range(len(many))]
    places += [((index + 0.5) / len(few), 1, index) for index in range(len(few))]
    return [(many, few)[which][index] for _, which, index in sorted(places)]
