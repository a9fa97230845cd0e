"""Study by lines: the cards that are due, each with the days that a rating puts it off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from newsdeck import schedule
from newsdeck.kinds import Card as Flashcard
from newsdeck.markup import plain
from newsdeck.plain.answers import TURN
from newsdeck.plain.asking import COMMANDS, Asking, Changed, Command
from newsdeck.plain.lines import Left, Lines
from newsdeck.progress import Progress
from newsdeck.schedule import Rating
from newsdeck.study import Card, Limits, Study, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from newsdeck.deck import Deck
    from newsdeck.feedback import Feedback
    from newsdeck.grade import Response
    from newsdeck.history import History
    from newsdeck.kinds import AnyQuestion
    from newsdeck.session import Attempt

RATINGS = {str(int(rating)): rating for rating in Rating}


class Learn(Asking):
    """Asks what is due; ``now`` returns the milliseconds since 1970."""

    def __init__(
        self,
        decks: Iterable[Deck],
        history: History,
        lines: Lines,
        limits: Limits,
        early: bool = False,
        now: Callable[[], int] = schedule.now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(history, lines, clock)
        self.decks, self.limits, self.now = tuple(decks), limits, now
        self.study = Study(self.decks, Progress(history), now(), limits, early)
        self.answered = False

    def run(self) -> None:
        """Ask until the learner has enough; every answer is kept as it is given."""
        lines = self.lines
        lines.tell("`:?` lists what can be typed besides answers.")
        try:
            while True:
                while (card := self.study.now(self.now())) is not None:
                    self.ask_card(card)
                lines.tell("", *self.study.told(self.now()))
                if lines.ask("e reviews early, enter ends") != "e":
                    return
                self.study = Study(
                    self.decks, self.study.progress, self.now(), self.limits, early=True
                )
        except Left:
            if self.study.done:
                lines.tell(self.history.trouble or "Kept: study again to go on.")

    def ask_card(self, card: Card) -> None:
        """Ask a card, and take the learner's own rating."""
        counts = self.study.counts()
        left = f"new {counts.new}, learning {counts.learning}, due {counts.due}"
        self.answered = False
        try:
            heading = f"{plain(card.deck.title).strip()}, {left}\n"
            self.put(card.deck, card.question, self.study.options(card), heading)
        except Changed:
            pass

    def take(self, question: AnyQuestion, options: Sequence[str]) -> Response | None:
        if not isinstance(question, Flashcard):
            return super().take(question, options)
        self.ask(TURN)
        self.lines.tell(plain(question.answer))
        self.tell_reasons(self.feedback(self.study.rated(Rating.GOOD, 0).attempt))
        return True

    def keep(self, response: Response | None) -> None:
        study = self.study
        if isinstance(self.question, Flashcard):
            rating = self.ask_rating(self.intervals(), None)
            study.keep(study.rated(rating, round(self.seconds * 1000)), self.now())
            return
        given = study.judge(response, self.hinted, round(self.seconds * 1000))
        intervals = self.intervals()
        study.keep(given, self.now())
        self.answered = True
        self.tell_feedback(given.attempt)
        rating = self.ask_rating(intervals, given.rating)
        if rating is not given.rating:
            study.rate(given, rating, self.now())

    def feedback(self, attempt: Attempt) -> Feedback:
        return super().feedback(attempt)._replace(earned="")  # a study has no score

    def intervals(self) -> str:
        """Return the ratings, and what each would put off the card by."""
        card = self.study.current
        found = self.study.intervals(card, self.now()) if card else {}
        return ", ".join(
            f"{int(rating)} {rating.name.lower()} {span(seconds)}"
            for rating, seconds in found.items()
        )

    def ask_rating(self, intervals: str, given: Rating | None) -> Rating:
        """Return the learner's own rating; ``given`` where a line is empty."""
        keeps = f"; enter keeps {given.name.lower()}" if given else ""
        while True:
            typed = self.ask(f"{intervals}{keeps}")
            if not typed and given:
                return given
            if typed in RATINGS:
                return RATINGS[typed]
            self.lines.tell("? Type 1, 2, 3 or 4.")

    def undo(self) -> None:
        """Take back what was done last, and ask that card again."""
        if self.study.undo(self.now()) is None:
            self.lines.tell("There is nothing to undo.")
        else:
            raise Changed

    def suspend(self) -> None:
        """Take the card out of study."""
        if self.answered:
            self.lines.tell("It is answered already; `:u` takes that back.")
        else:
            self.study.suspend(self.now())
            self.lines.tell("Suspended; `:u` takes that back.")
            raise Changed

    COMMANDS = COMMANDS | {
        ":u": Command("take back what was done last", undo),
        ":s": Command("suspend the card: ask it no more", suspend),
    }
