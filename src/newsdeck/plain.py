"""The line mode: the same sitting by lines, for screen readers, pipes and plain terminals."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import TYPE_CHECKING

import msgspec

from newsdeck import number
from newsdeck.feedback import feedback, sign
from newsdeck.grade import Response
from newsdeck.markup import plain
from newsdeck.play import Play
from newsdeck.question import (
    Card,
    Choice,
    Claim,
    Cloze,
    Gap,
    Match,
    Number,
    Order,
    Question,
    Typed,
)
from newsdeck.report import Report, report
from newsdeck.text import clean

if TYPE_CHECKING:
    from typing import TextIO

    from newsdeck.question import AnyQuestion

HELP = """\
A line is an answer; an empty one, sent twice, is none. Besides, at any time:
  :h  a hint          :f  flag the question, or take the flag off
  :t  the passage that proves the last answer
  !   I was right: count the last answer, or take that back
  :q  leave; playing the deck again goes on here"""


LONGEST = 65_536
"""The longest line, in characters; what is more is another one: a device may have no end."""


class Left(Exception):
    """The player leaves, or the input has ended."""


class Lines:
    """Reads what is typed and writes what is told, a line at a time, without escape codes."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self.read, self.write = read, write

    def tell(self, *rows: str) -> None:
        """Write rows."""
        for row in rows:
            self.write.write(f"{row}\n")

    def ask(self, prompt: str) -> str:
        """Write a prompt and return the line that answers it. Raises Left at the input's end."""
        self.write.write(f"{prompt}: ")
        self.write.flush()
        line = self.read.readline(LONGEST)
        if not line:
            self.tell()
            raise Left
        answer = clean(line).strip()
        if not self.read.isatty():
            self.tell(answer)  # a terminal shows what is typed, and the end of its line
        return answer


class PlainPlay:
    """Plays a sitting by lines. ``clock`` returns seconds that only go forward."""

    def __init__(
        self, game: Play, lines: Lines, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.game, self.lines, self.clock = game, lines, clock
        self.hinted = False

    def run(self) -> Report:
        """Play to the end and return the result. Raises Left; what was answered is kept."""
        sitting, lines = self.game.sitting, self.lines
        lines.tell(plain(self.game.deck.title), "`:?` lists what can be typed besides answers.")
        while (question := sitting.current) is not None:
            if not self.put(question):
                sitting.end()
                lines.tell("The time is over.")
        self.game.finish()
        result = report(sitting)
        lines.tell(*_results(result))
        return result

    def put(self, question: AnyQuestion) -> bool:
        """Ask one question and tell what the answer was worth; False where the time is over."""
        sitting, lines = self.game.sitting, self.lines
        self.hinted = False
        options = sitting.options(question)
        again = "" if sitting.is_new(question.id) else " again"
        asked = sitting.position + sitting.is_new(question.id)
        lines.tell("", f"{asked}/{sitting.total}{again}  {_prompt(question)}")
        lines.tell(*(f"  {n}. {plain(text)}" for n, text in enumerate(options, 1)))
        start, skipping = self.clock(), False
        while True:
            try:
                response = take(question, options, self.ask)
                seconds = self.clock() - start
                if sitting.expired(sitting.elapsed + seconds):
                    return False
                if response is None and not skipping:
                    lines.tell("No answer yet. Press enter again to see it without one.")
                    skipping = True
                    continue
                self.game.answer(response, seconds, self.hinted)
            except number.Malformed as malformed:
                lines.tell(f"? {malformed}")
                continue
            break
        if not sitting.settings.exam:
            self.tell_feedback()
        if self.game.history.trouble:
            lines.tell(f"! {self.game.history.trouble}")
        return True

    def ask(self, prompt: str) -> str:
        """Return the next line that is no command."""
        while True:
            line = self.lines.ask(prompt)
            if line not in COMMANDS:
                return line
            COMMANDS[line](self)

    def tell_feedback(self) -> None:
        """Tell what the last answer was worth, and why."""
        told = feedback(self.game.deck, self.game.sitting.attempts[-1])
        rows = [f"{told.sign} {told.verdict}  {told.earned}".rstrip()]
        if told.answer:
            rows.append(f"Answer: {plain(told.answer)}")
        rows += map(plain, filter(None, (*told.rebuttals, told.why)))
        rows += (f"❝{text}❞  {place}" for text, place in told.quotations)
        self.lines.tell(*rows)

    def hint(self) -> None:
        """Give the hint of the question that is asked."""
        question = self.game.sitting.current
        text = question.hint if question else ""
        self.hinted = self.hinted or bool(text)
        self.lines.tell(f"Hint: {plain(text)}" if text else "There is no hint.")

    def flag(self) -> None:
        """Flag the question that is asked, or take the flag off."""
        question = self.game.sitting.current
        if question is not None:
            self.lines.tell("Flagged." if self.game.flag(question.id) else "Flag removed.")

    def passage(self) -> None:
        """Tell the paragraphs that prove the last answer; during an exam nothing is told."""
        sitting, deck = self.game.sitting, self.game.deck
        if not sitting.attempts or sitting.settings.exam:
            self.lines.tell("There is nothing to read yet.")
            return
        question = deck.question(sitting.attempts[-1].question)
        numbers = {
            passage.paragraph for _, passage in deck.passages(question) if passage
        } if question else set()  # fmt: skip
        for article in deck.articles:
            self.lines.tell(*(f"{n}  {text}" for n, text in article.paragraphs if n in numbers))

    def overrule(self) -> None:
        """Count the last answer as right, or take that back."""
        if self.game.sitting.settings.exam or self.game.overrule() is None:
            self.lines.tell("There is no verdict to overrule.")
        else:
            self.tell_feedback()

    def leave(self) -> None:
        """Leave the sitting."""
        raise Left


COMMANDS: dict[str, Callable[[PlainPlay], None]] = {
    ":h": PlainPlay.hint,
    ":f": PlainPlay.flag,
    ":t": PlainPlay.passage,
    "!": PlainPlay.overrule,
    ":q": PlainPlay.leave,
    ":?": lambda player: player.lines.tell(HELP),
}


def _prompt(question: AnyQuestion) -> str:
    if isinstance(question, Cloze):
        blanks = iter(range(1, len(question.gaps) + 1))
        prompt = "".join(
            f"__{next(blanks)}__" if isinstance(part, Gap) else plain(part)
            for part in question.segments
        )
    else:
        prompt = plain(question.prompt)
    return f"{prompt} [image: {plain(question.alt)}]" if question.alt else prompt


@singledispatch
def take(question: Question, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    """Return a response made of lines; None for an empty one. Raises number.Malformed."""
    raise TypeError(question)


@take.register
def _(question: Choice, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    picked = _numbers(ask("Numbers, as 1 3" if question.several else "Number"), len(options))
    if len(picked) > 1 and not question.several:
        raise number.Malformed("Type one number.")
    return tuple(options[n] for n in picked) or None


@take.register
def _(question: Claim, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    typed = ask("true or false").casefold()
    if not typed:
        return None
    for truth, words in ((True, ("1", "t", "true", "yes")), (False, ("2", "f", "false", "no"))):
        if typed in words:
            return truth
    raise number.Malformed("Type true or false.")


@take.register
def _(question: Typed, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    return ask("Answer") or None


@take.register
def _(question: Number, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    return ask(f"Number, in {question.unit}" if question.unit else "Number") or None


@take.register
def _(question: Cloze, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    texts = tuple(
        ask(f"Gap {n} ({plain(gap.hint)})" if gap.hint else f"Gap {n}")
        for n, gap in enumerate(question.gaps, 1)
    )
    return texts if any(texts) else None


@take.register
def _(question: Order, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    picked = _numbers(ask("Numbers in order, first to last"), len(options))
    if picked and len(picked) < len(options):
        raise number.Malformed(f"Type all {len(options)} numbers, as 2 1 3.")
    return tuple(options[n] for n in picked) or None


@take.register
def _(question: Match, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    joined: dict[str, str] = {}
    for left in question.pairs:
        picked = _numbers(ask(f"{plain(left)} → number"), len(options))
        if len(picked) > 1:
            raise number.Malformed("Type one number a line.")
        if picked:
            joined[left] = options[picked[0]]
    return joined or None


@take.register
def _(question: Card, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    ask("Recall the answer; enter turns the card")
    typed = ask(f"{plain(question.answer)}\nDid you know it? y or n").casefold()
    if not typed:
        return None
    if typed[0] not in "yn":
        raise number.Malformed("Type y or n.")
    return typed[0] == "y"


def _numbers(typed: str, most: int) -> tuple[int, ...]:
    """Return the rows, from 0, that a line of numbers names, each once."""
    words = typed.replace(",", " ").split()
    if not all(word.isdecimal() and 1 <= int(word) <= most for word in words):
        raise number.Malformed(f"Type numbers from 1 to {most}.")
    return tuple(dict.fromkeys(int(word) - 1 for word in words))


def _results(result: Report) -> list[str]:
    rows = [
        "",
        f"{result.points} of {result.possible} points, {result.accuracy:.0%} right, "
        f"{result.seconds:.0f} s, seed {result.seed}",
    ]
    rows += [f"{share.name}: {share.accuracy:.0%} of {share.questions}" for share in result.shares]
    for line in result.questions:
        rows.append(f"{sign(line.credit)} {plain(line.prompt)}")
        rows.append(f"    you: {plain(line.given)}")
        if line.credit < 1:
            rows.append(f"    answer: {plain(line.answer)}")
    return rows


def play(game: Play, lines: Lines) -> Report | None:
    """Play a sitting and, where the player wants to, what was missed in it; None where it is left.

    The result is the first sitting's.
    """
    first: Report | None = None
    try:
        while True:
            result = PlainPlay(game, lines).run()
            first = first or result
            missed = game.sitting.missed
            if not missed or lines.ask("Enter ends, m plays the missed ones again") != "m":
                return first
            settings = msgspec.structs.replace(game.sitting.settings, only=missed, count=0, tags=())
            game = Play(game.deck, settings, game.history)
    except Left:
        game.leave()
        if first is None:
            lines.tell(game.history.trouble or "Kept: play the deck again to go on.")
        return first
