"""A sitting by lines, with its score and its end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from newsdeck.feedback import sign
from newsdeck.markup import plain
from newsdeck.plain.asking import COMMANDS, Asking, Changed, Command
from newsdeck.plain.lines import Left, Lines
from newsdeck.play import Play
from newsdeck.report import Report, report, save, score

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsdeck.grade import Response
    from newsdeck.kinds import AnyQuestion


class TimeOver(Exception):
    """The sitting's time is over."""


class Quiz(Asking):
    """Plays a sitting by lines."""

    def __init__(
        self, game: Play, lines: Lines, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(game.history, lines, clock)
        self.game, self.sitting = game, game.sitting
        self.deck = game.deck
        if self.sitting.attempts:
            self.last = self.deck, self.sitting.attempts[-1]

    def run(self) -> Report:
        """Play to the end and return the result. Raises Left; what was answered is kept."""
        sitting, lines = self.sitting, self.lines
        lines.tell(plain(self.deck.title), "`:?` lists what can be typed besides answers.")
        while (question := sitting.current) is not None:
            try:
                self.put(self.deck, question, sitting.options(question), self.heading(question))
            except TimeOver:
                sitting.end()
                lines.tell("The time is over.")
            except Changed:
                continue
        self.game.finish()
        result = report(sitting)
        lines.tell("", *score(sitting, self.history, self.game.key), *_questions(result))
        return result

    def heading(self, question: AnyQuestion) -> str:
        """Return how far the sitting is."""
        sitting = self.sitting
        new = sitting.is_new(question.id)
        told = f"{sitting.position + new}/{sitting.total}{'' if new else ' again'}"
        if sitting.settings.arcade and not sitting.settings.exam:
            told += f", arcade {sitting.arcade}, streak {sitting.streak}"
        return f"{told}  "

    def ask(self, prompt: str) -> str:
        line = super().ask(prompt)
        if self.sitting.expired(self.sitting.elapsed + self.seconds):
            raise TimeOver
        return line

    def keep(self, response: Response | None) -> None:
        attempt = self.game.answer(response, self.seconds, self.hinted)
        if not self.sitting.settings.exam:
            self.tell_feedback(attempt)

    def overrule(self) -> None:
        """Count the last answer as right, or take that back."""
        if self.sitting.settings.exam or (attempt := self.game.overrule()) is None:
            self.lines.tell("There is no verdict to overrule.")
        else:
            self.tell_feedback(attempt)
            if self.sitting.current is not self.question:  # it was asked for having been missed
                raise Changed

    COMMANDS = COMMANDS | {"!": Command("I was right: count the last answer, or not", overrule)}


def _questions(result: Report) -> list[str]:
    """Return the accuracy by kind and tag, and every question with what became of it."""
    rows = [f"{share.name}: {share.accuracy:.0%} of {share.questions}" for share in result.shares]
    for line in result.questions:
        rows.append(f"{sign(line.credit)} {plain(line.prompt)}")
        rows.append(f"    you: {plain(line.given)}")
        if line.credit < 1:
            rows.append(f"    answer: {plain(line.answer)}")
            rows += [f"    {plain(reason)}" for reason in line.reasons]
            rows += [f"    ❝{quoted.text}❞  {quoted.place}" for quoted in line.evidence]
    return rows


def _again(result: Report, missed: Sequence[str], lines: Lines) -> bool:
    """Offer what can be done after a sitting; tell whether the missed ones are played again."""
    offer = f"{'m plays what was missed again, ' if missed else ''}x saves the result, enter ends"
    while True:
        match lines.ask(offer):
            case "":
                return False
            case "m" if missed:
                return True
            case "x":
                lines.tell(save(result))
            case ":q":
                raise Left
            case _:
                lines.tell("? Type one of these.")


def play(game: Play, lines: Lines) -> Report | None:
    """Play a sitting and, where the player wants to, what was missed in it; None where it is left.

    The result is the first sitting's.
    """
    first: Report | None = None
    try:
        while True:
            result = Quiz(game, lines).run()
            first = first or result
            missed = game.sitting.missed
            if not _again(result, missed, lines):
                return first
            settings = msgspec.structs.replace(game.sitting.settings, only=missed, count=0, tags=())
            game = Play(game.deck, settings, game.history)
    except Left:
        game.leave()
        if first is None and game.sitting.attempts:
            lines.tell(game.history.trouble or "Kept: play the deck again to go on.")
        return first
