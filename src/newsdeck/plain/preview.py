"""The author's view by lines: every problem of the file, and a question at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck.check import check
from newsdeck.deck import Deck, load
from newsdeck.markup import plain
from newsdeck.plain.answers import prompt_text
from newsdeck.plain.lines import Left, Lines, row
from newsdeck.problem import DeckError
from newsdeck.proof import anki_note, failed_at, place_of, proof, saved_at
from newsdeck.session import Settings, Sitting
from newsdeck.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.kinds import AnyQuestion
    from newsdeck.problem import Problem

_OFFER = (
    "n and p turn, a number goes to that question, k tells its Anki note, "
    "enter reads the file again, q quits"
)


class Preview:
    """Tells a deck that is being written; while it has errors, as it last was without.

    Reading it again tells the question that a save changed, or made an error in.
    """

    def __init__(self, path: Path, lines: Lines) -> None:
        self.path, self.lines = path, lines
        self.deck: Deck | None = None
        self.position = 0
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Tell what is asked for, until the author leaves."""
        self.read()
        try:
            while (typed := self.lines.ask(_OFFER)) not in ("q", ":q"):
                questions = len(self.deck.questions) if self.deck else 0
                if not typed:
                    self.read()
                elif questions and typed in ("n", "p"):
                    self.go_to((self.position + (1 if typed == "n" else -1)) % questions)
                elif (position := row(typed, questions)) is not None:
                    self.go_to(position)
                elif questions and typed == "k":
                    self.note()
                else:
                    self.lines.tell("? Type one of these.")
        except Left:
            return

    def read(self) -> None:
        """Read the file, and tell its problems and the question that was changed."""
        before = self.deck
        try:
            self.deck = load(self.path)
            self.problems = check(self.deck)
            self.position = saved_at(before, self.deck, self.position) if before else 0
        except DeckError as error:
            self.problems = error.problems
            self.position = failed_at(before, self.problems, self.position) if before else 0
        self.lines.tell(*map(str, self.problems), counted(len(self.problems), "problem"))
        self.tell()

    def tell(self) -> None:
        """Tell the question as it is now."""
        if self.deck is not None:
            question = self.deck.questions[self.position]
            self.lines.tell("", *_rows(self.deck, question, self.position + 1))

    def go_to(self, position: int) -> None:
        """Tell the question at a position, from 0, with its problems."""
        self.position = position
        self.tell()
        deck = self.deck
        if deck is not None:
            own = (found for found in self.problems if place_of(deck, found) == position)
            self.lines.tell(*map(str, own))

    def note(self) -> None:
        """Tell what becomes of the question in Anki."""
        if self.deck is not None:
            rows = anki_note(self.deck, self.deck.questions[self.position])
            self.lines.tell(*(f"{name}: {text}" for name, text in rows))


def _rows(deck: Deck, question: AnyQuestion, number: int) -> list[str]:
    """Return a question as a player is told it, and what the author has to know besides."""
    found = proof(deck, question)
    options = Sitting(deck, Settings(seed=0)).options(question)
    at = f"{number}/{len(deck.questions)} line {deck.lines[question.id]}"
    rows = [f"{at}  {plain(deck.title)}"]
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
    return [*rows, found.named]
