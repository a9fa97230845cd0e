"""The library by lines: the decks, and the way into each."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsdeck.catalogue import Listed, catalogue
from newsdeck.charts import chart_lines
from newsdeck.deck import load, usable
from newsdeck.index import Index
from newsdeck.markup import plain
from newsdeck.plain.lines import Left, Lines, row
from newsdeck.plain.quiz import play
from newsdeck.plain.study import Learn
from newsdeck.play import Play
from newsdeck.problem import DeckError, printable
from newsdeck.schedule import now
from newsdeck.session import SEEDS, Settings
from newsdeck.statistics import statistics
from newsdeck.study import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.history import History

_WIDTH = 78


class Library:
    """Lists decks, and opens what is chosen."""

    def __init__(self, paths: list[Path], history: History, lines: Lines) -> None:
        self.paths, self.history, self.lines = paths, history, lines
        self.decks = Index(history.path and history.path.parent).entries(paths)

    def run(self) -> None:
        """List the decks and open one after another, until the player leaves."""
        lines = self.lines
        try:
            while True:
                listed = catalogue(self.decks, self.history, now())
                self.tell(listed)
                typed = lines.ask("A number plays that deck, s studies, t has statistics, q quits")
                match typed:
                    case "q" | ":q":
                        return
                    case "s":
                        Learn(usable(self.paths), self.history, lines, Limits()).run()
                    case "t":
                        lines.tell(*self.statistics())
                    case _ if (position := row(typed, len(listed))) is not None:
                        self.open(listed[position].path)
                    case _:
                        lines.tell("? Type one of these.")
        except Left:
            return

    def tell(self, listed: list[Listed]) -> None:
        """Tell the decks under the articles that they were written from."""
        heading = ""
        for n, (path, deck, told) in enumerate(listed, 1):
            if isinstance(deck, DeckError):
                self.lines.tell(f"{n}. {printable(path.name)}: {told}")
                continue
            if deck.article != heading:
                heading = deck.article
                self.lines.tell("", plain(heading))
            self.lines.tell(f"{n}. {' '.join(plain(deck.title).split())}: {told}")
        if not listed:
            self.lines.tell("No decks here. `newsdeck` without a path has the bundled ones.")

    def statistics(self) -> list[str]:
        """Return the charts of all decks that can be used."""
        found = statistics(self.history, usable(self.paths), now())
        return chart_lines(found, datetime.now(UTC).date(), _WIDTH)

    def open(self, path: Path) -> None:
        """Play a deck, or tell what is wrong with it."""
        try:
            deck = load(path)
        except DeckError as error:
            self.lines.tell(str(error))
            return
        left = self.history.unfinished(deck.id)
        if left is not None:
            offer = f"{left.done} of {len(left.plan)} answered; enter goes on, n begins anew"
            if self.lines.ask(offer) == "n":
                left = None
        settings = Settings(seed=secrets.randbelow(SEEDS))
        play(Play(deck, settings, self.history, left), self.lines)
