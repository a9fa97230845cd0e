"""The author's view by lines: every problem of the file, and a question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck.check import check
from newsdeck.deck import Deck, load
from newsdeck.markup import plain
from newsdeck.plain.answers import prompt_text
from newsdeck.plain.lines import Left, Lines
from newsdeck.problem import DeckError
from newsdeck.proof import proof
from newsdeck.session import Settings, Sitting
from newsdeck.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.question import AnyQuestion

_OFFER = "n and p turn, a number goes to that question, enter reads the file again, q quits"


class Preview:
    """Tells a deck that is being written; while it has errors, as it last was without."""

    def __init__(self, path: Path, lines: Lines) -> None:
        self.path, self.lines = path, lines
        self.deck: Deck | None = None
        self.position = 0

    def run(self) -> None:
        """Tell what is asked for, until the author leaves."""
        self.read()
        try:
            while (typed := self.lines.ask(_OFFER)) not in ("q", ":q"):
                questions = len(self.deck.questions) if self.deck else 0
                if not typed:
                    self.read()
                elif questions and typed in ("n", "p"):
                    self.turn((self.position + (1 if typed == "n" else -1)) % questions)
                elif typed.isdecimal() and 0 < int(typed) <= questions:
                    self.turn(int(typed) - 1)
                else:
                    self.lines.tell("? Type one of these.")
        except Left:
            return

    def read(self) -> None:
        """Read the file, and tell its problems and the question as it is now."""
        try:
            self.deck = load(self.path)
            problems = check(self.deck)
        except DeckError as error:
            problems = error.problems
        self.lines.tell(*map(str, problems), counted(len(problems), "problem"))
        if self.deck is not None:
            self.turn(min(self.position, len(self.deck.questions) - 1))

    def turn(self, position: int) -> None:
        """Tell the question at a position, from 0."""
        self.position = position
        if self.deck is not None:
            self.lines.tell("", *_rows(self.deck, self.deck.questions[position], position + 1))


def _rows(deck: Deck, question: AnyQuestion, number: int) -> list[str]:
    """Return a question as a player is told it, and what the author has to know besides."""
    found = proof(deck, question)
    options = Sitting(deck, Settings(seed=0)).options(question)
    rows = [f"{number}/{len(deck.questions)} line {deck.lines[question.id]}"]
    rows.append(prompt_text(question))
    rows += [f"  {n}. {plain(text)}" for n, text in enumerate(options, 1)]
    rows.append(f"Answer: {plain(found.answer)}")
    if found.also:
        rows.append(f"Also right: {plain('; '.join(found.also))}")
    rows += [f"✗ {plain(wrong)}: {plain(told)}" for wrong, told in found.rebuttals.items()]
    for name, text in (("Hint", question.hint), ("Why", question.why)):
        if text:
            rows.append(f"{name}: {plain(text)}")
    rows += [f"❝{text}❞  {place}" for text, place in found.quotations]
    return [*rows, found.named, *(f"{name}: {text}" for name, text in found.note)]
