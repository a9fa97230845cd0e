"""The library: the decks, what was scored in them, and the way into a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsdeck.catalogue import Listed, catalogue
from newsdeck.deck import load, usable
from newsdeck.index import Index
from newsdeck.problem import DeckError, printable
from newsdeck.schedule import now
from newsdeck.session import Settings
from newsdeck.tui.content import rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from newsdeck.history import History


class DeckRows(OptionList):
    """The decks; the key that opens one is among those that are shown."""

    BINDINGS = [Binding("enter", "select", "play")]


class LibraryScreen(Screen[None]):
    """Lists decks under the articles that they were written from; enter opens one."""

    BINDINGS = [
        Binding("s", "study", "study"),
        Binding("t", "statistics", "statistics"),
        Binding("slash", "filter", "filter", key_display="/"),
        Binding("escape", "unfilter", "all", show=False),
        Binding("q", "app.quit", "quit"),
    ]
    DEFAULT_CSS = """
    LibraryScreen #title { padding: 0 1; text-style: bold; }
    LibraryScreen OptionList, LibraryScreen OptionList:focus { height: 1fr; border: none;
      background: transparent; }
    LibraryScreen #problems { max-height: 50%; height: auto; padding: 0 1; }
    LibraryScreen Input { display: none; }
    """

    def __init__(self, paths: list[Path], history: History) -> None:
        super().__init__()
        self.history = history
        self.paths = paths
        self.decks = Index(history.path and history.path.parent).entries(paths)

    def compose(self) -> ComposeResult:
        yield Static("Newsdeck", id="title")
        field = Input(placeholder="filter", compact=True)
        field.cursor_blink = False
        yield field
        yield DeckRows(markup=False)
        yield Static(id="problems", markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.draw_decks()
        self.query_one(OptionList).focus()

    def draw_decks(self) -> None:
        """List the decks that the filter leaves."""
        words = self.query_one(Input).value.casefold()
        rows = self.query_one(OptionList)
        before = rows.highlighted or 0
        rows.clear_options()
        heading = ""
        for position, listed in enumerate(catalogue(self.decks, self.history, now())):
            row = _row(listed)
            article = "" if isinstance(listed.deck, DeckError) else listed.deck.article
            if words not in f"{article} {row.plain}".casefold():
                continue
            if article and article != heading:
                rows.add_option(Option(Content.styled(f"❝ {article}", "bold"), disabled=True))
            heading = article
            rows.add_option(Option(row, id=str(position)))
        rows.highlighted = min(before, rows.option_count - 1) if rows.option_count else None
        if rows.highlighted is not None and rows.get_option_at_index(rows.highlighted).disabled:
            rows.action_cursor_down()
        told = (
            "" if self.decks else "No decks here. `newsdeck` without a path has the bundled ones."
        )
        self.query_one("#problems", Static).update(Content(self.history.trouble or told))

    def on_input_changed(self) -> None:
        self.draw_decks()

    def action_study(self) -> None:
        from newsdeck.tui.study import StudyScreen

        go_to(self.app, StudyScreen(usable(self.paths), self.history))

    def action_statistics(self) -> None:
        from newsdeck.tui.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(usable(self.paths), self.history))

    def action_filter(self) -> None:
        self.query_one(Input).display = True
        self.query_one(Input).focus()

    def action_unfilter(self) -> None:
        self.query_one(Input).value = ""
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        try:
            deck = load(self.decks[int(event.option.id or 0)][0])
        except DeckError as error:
            self.query_one("#problems", Static).update(Content(str(error)))
            return
        from newsdeck.tui.start import StartScreen

        go_to(self.app, StartScreen(deck, Settings(seed=0), self.history))


def _row(listed: Listed) -> Content:
    if isinstance(listed.deck, DeckError):
        return Content(f"  {printable(listed.path.name)}\n    {listed.told}; enter shows them")
    title = Content("  ") + rich(listed.deck.title)
    return title + Content.styled(f"\n    {listed.told}", "dim")
