"""What the line modes that ask questions share: the question, its answer, what it was worth."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from newsdeck.feedback import NO_ANSWER, Feedback, feedback
from newsdeck.markup import plain
from newsdeck.number import Malformed
from newsdeck.plain.answers import prompt_text, take
from newsdeck.plain.lines import Left, Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History
    from newsdeck.kinds import AnyQuestion
    from newsdeck.session import Attempt


class Changed(Exception):
    """Another question comes now, or the same one anew."""


class Command(NamedTuple):
    """What a line that is no answer does, in words and in deed."""

    does: str
    run: Callable[[Any], None]


class Asking:
    """Asks questions by lines; each answer is committed before its feedback is told.

    ``question`` is the one that is asked, of ``deck``; ``last`` is what was answered last.
    ``clock`` returns seconds that only go forward.
    """

    COMMANDS: ClassVar[dict[str, Command]]

    deck: Deck
    question: AnyQuestion

    def __init__(
        self, history: History, lines: Lines, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.history, self.lines, self.clock = history, lines, clock
        self.last: tuple[Deck, Attempt] | None = None
        self.hinted = False
        self.asked_at = 0.0

    def keep(self, response: Response | None) -> None:
        """Commit a response to the question, and tell what it was worth. Raises Malformed."""
        raise NotImplementedError

    def take(self, question: AnyQuestion, options: Sequence[str]) -> Response | None:
        """Return a response made of lines; None for an empty one. Raises Malformed."""
        return take(question, options, self.ask)

    @property
    def seconds(self) -> float:
        """The seconds since the question was asked."""
        return self.clock() - self.asked_at

    def put(self, deck: Deck, question: AnyQuestion, options: Sequence[str], heading: str) -> None:
        """Ask a question under a heading, until there is an answer that can be graded."""
        lines = self.lines
        self.deck, self.question, self.hinted = deck, question, False
        lines.tell("", f"{heading}{prompt_text(question)}")
        lines.tell(*(f"  {n}. {plain(text)}" for n, text in enumerate(options, 1)))
        self.asked_at, skipping = self.clock(), False
        while True:
            try:
                response = self.take(question, options)
                if response is None and not skipping:
                    lines.tell(NO_ANSWER)
                    skipping = True
                    continue
                self.keep(response)
                break
            except Malformed as malformed:
                lines.tell(f"? {malformed}")
        if self.history.trouble:
            lines.tell(f"! {self.history.trouble}")

    def ask(self, prompt: str) -> str:
        """Return the next line that is no command."""
        while True:
            line = self.lines.ask(prompt)
            if line not in self.COMMANDS:
                return line
            self.COMMANDS[line].run(self)

    def feedback(self, attempt: Attempt) -> Feedback:
        """Return what is said to an attempt at a question of the deck."""
        return feedback(self.deck, attempt)

    def tell_feedback(self, attempt: Attempt) -> None:
        """Tell what an answer was worth, and why."""
        told = self.feedback(attempt)
        self.last = self.deck, attempt
        self.lines.tell(f"{told.sign} {told.verdict}  {told.earned}".rstrip())
        self.tell_reasons(told)

    def tell_reasons(self, told: Feedback) -> None:
        """Tell the right answer, what the deck says to the wrong one, and the evidence."""
        rows = [f"Answer: {plain(told.answer)}"] if told.answer else []
        rows += map(plain, filter(None, (*told.rebuttals, told.why)))
        rows += (f"❝{text}❞  {place}" for text, place in told.quotations)
        self.lines.tell(*rows)

    def help(self) -> None:
        """Tell the commands."""
        self.lines.tell(
            "A line is an answer; an empty one, sent twice, is none. Besides, at any time:",
            *(f"  {name:<3} {command.does}" for name, command in self.COMMANDS.items()),
        )

    def hint(self) -> None:
        """Give the hint of the question that is asked."""
        text = self.question.hint
        self.hinted = self.hinted or bool(text)
        self.lines.tell(f"Hint: {plain(text)}" if text else "There is no hint.")

    def flag(self) -> None:
        """Flag the question that is asked, or take the flag off."""
        on = self.history.flag(self.deck.id, self.question.id, time.time())
        self.lines.tell("Flagged." if on else "Flag removed.")

    def passage(self) -> None:
        """Tell the paragraphs that prove the last answer."""
        if self.last is None:
            self.lines.tell("There is nothing to read yet.")
            return
        deck, attempt = self.last
        question = deck.question(attempt.question)
        quotations = question.quotations if question else ()
        rows = []
        for article in deck.articles:
            numbers = {part.paragraph for text in quotations for part in article.find(text)}
            rows += [f"{n}  {text}" for n, text in article.paragraphs if n in numbers]
        self.lines.tell(*rows or ["No passage is quoted for it."])

    def leave(self) -> None:
        """Leave."""
        raise Left


COMMANDS = {
    ":h": Command("a hint", Asking.hint),
    ":f": Command("flag the question, or take the flag off", Asking.flag),
    ":t": Command("the passage that proves the last answer", Asking.passage),
    ":q": Command("leave; what was answered is kept", Asking.leave),
    ":?": Command("these words", Asking.help),
}
"""What every line mode that asks questions understands."""
