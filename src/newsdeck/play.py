"""A sitting and the history that keeps it: what every way of playing does."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import msgspec

from newsdeck.history import Record
from newsdeck.session import Settings, Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History, Unfinished
    from newsdeck.session import Attempt


class Play:
    """One sitting, begun or taken up where it was left; each answer is committed as it is given.

    What another player has taken up meanwhile is begun anew, with the same settings.
    ``now`` returns the seconds since 1970.
    """

    def __init__(
        self,
        deck: Deck,
        settings: Settings,
        history: History,
        left: Unfinished | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.deck, self.history, self.now = deck, history, now
        if left is not None:
            try:
                settings = msgspec.convert(left.settings, Settings)
                left = history.take_up(left)
            except msgspec.ValidationError:  # a damage that SQLite does not see
                left = None
        self.sitting = Sitting(deck, settings, left.plan if left else ())
        self.key = left.key if left else os.urandom(16).hex()
        self._lost = 0
        self._times: list[float] = []
        if left is not None:
            fitting = self.sitting.restore(
                (r.question, r.response, r.credit, r.near, r.seconds, r.hinted, r.overruled)
                for r in left.records
            )
            # What no longer fits an edited deck keeps its place in the history.
            self._lost = len(left.records) - len(fitting)
            self._times = [left.times[position] for position in fitting]
        else:
            if len(self.sitting.plan) == len(deck.questions):
                # All questions are the whole deck, however they were asked for.
                settings = msgspec.structs.replace(settings, count=0, tags=(), only=())
                self.sitting.settings = settings
            plain = msgspec.to_builtins(settings)
            history.begin(self.key, deck.id, deck.title, plain, self.sitting.plan, now())

    def answer(self, response: Response | None, seconds: float, hinted: bool) -> Attempt:
        """Grade a response to the current question and commit it. Raises number.Malformed."""
        attempt = self.sitting.answer(response, seconds, hinted)
        record = Record(
            attempt.question, attempt.response, attempt.verdict.credit, attempt.verdict.near,
            attempt.seconds, attempt.hinted, first=attempt.first,
        )  # fmt: skip
        self._times.append(self.now())
        self.history.answer(self.key, self._last, record, self._times[-1])
        return attempt

    def overrule(self) -> Attempt | None:
        """Count the last answer as right, or take that back; None where it was right anyway."""
        attempt = self.sitting.overrule()
        if attempt is not None:
            self.history.overrule(
                self.key, self._last, attempt.question, self._times[-1], attempt.overruled
            )
        return attempt

    @property
    def _last(self) -> int:
        return self._lost + len(self.sitting.attempts) - 1

    def leave(self) -> None:
        """Let whoever plays the deck next go on here."""
        self.history.let_go()

    def finish(self) -> None:
        """Keep the result."""
        sitting = self.sitting
        self.history.finish(self.key, self.now(), sitting.points, float(sitting.accuracy))
