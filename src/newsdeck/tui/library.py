"""The library: the decks, what was scored in them, and the way into a sitting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Spacing
from textual.screen import Screen
from textual.visual import Padding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsdeck.catalogue import Listed, catalogue
from newsdeck.deck import load, load_named, usable
from newsdeck.index import Index
from newsdeck.problem import DeckError, printable
from newsdeck.schedule import now
from newsdeck.tui.content import rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.options import Options
from newsdeck.tui.page import PageScreen
from newsdeck.tui.place import go_to, opening

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from newsdeck.history import History


class DeckRows(Options):
    """The decks; the key that opens one is among those that are shown."""

    BINDINGS = [Binding("enter", "select", "play")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "select" or bool(self.option_count)


class LibraryScreen(Screen[None]):
    """Lists decks under the articles that they were written from; enter opens one.

    ``first`` is the file of the deck that is lit at first.
    """

    BINDINGS = [
        Binding("s", "study", "study"),
        Binding("e", "export", "export"),
        Binding("t", "statistics", "statistics"),
        Binding("slash", "filter", "filter", key_display="/"),
        Binding("escape", "unfilter", "all decks"),
        Binding("q", "app.quit", "quit"),
    ]
    DEFAULT_CSS = """
    LibraryScreen #title { padding: 0 1; text-style: bold; }
    LibraryScreen OptionList, LibraryScreen OptionList:focus { height: 1fr; border: none;
      background: transparent; }
    LibraryScreen OptionList > .option-list--option-disabled { color: $text-muted; }
    LibraryScreen #told { height: auto; padding: 0 1; }
    LibraryScreen Input { display: none; margin: 0 1; }
    """

    def __init__(self, paths: list[Path], history: History, first: Path | None = None) -> None:
        super().__init__()
        self.history = history
        self.paths = paths
        self.first = first
        self.decks = Index(history.path and history.path.parent).entries(paths)

    def compose(self) -> ComposeResult:
        yield Static("Newsdeck", id="title")
        field = Input(placeholder="filter", compact=True)
        field.cursor_blink = False
        yield field
        yield Static(id="told", markup=False)
        yield DeckRows(markup=False)
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.draw_decks()
        self.query_one(OptionList).focus()

    def draw_decks(self) -> None:
        """List the decks that the filter leaves."""
        rows = self.query_one(OptionList)
        before = rows.highlighted or 0
        rows.clear_options()
        words = self.query_one(Input).value.casefold().split()
        heading = ""
        for position, listed in enumerate(catalogue(self.decks, self.history, now())):
            row = _row(listed)
            names = [listed.path.name, row.plain]
            article = ""
            if not isinstance(listed.deck, DeckError):
                article = listed.deck.article
                names += [article, listed.deck.id]
            if not all(word in " ".join(names).casefold() for word in words):
                continue
            if article and article != heading:
                rows.add_option(Option(Content.styled(f"❝ {article}", "bold"), disabled=True))
            heading = article
            rows.add_option(Option(Padding(row, Spacing(left=2)), id=str(position)))
            if listed.path == self.first:
                before, self.first = rows.option_count - 1, None
        rows.highlighted = min(before, rows.option_count - 1) if rows.option_count else None
        if rows.highlighted is not None and rows.get_option_at_index(rows.highlighted).disabled:
            rows.action_cursor_down()
        told = self.history.trouble
        if not self.decks:
            told = told or "No decks here. `newsdeck` without a path has the bundled ones."
        elif not rows.option_count:
            told = told or f"No deck has `{' '.join(words)}` in its title, its article's or its id."
        self.query_one("#told", Static).update(Content(told))
        self.query_one("#told").display = bool(told)
        self.refresh_bindings()

    def on_input_changed(self) -> None:
        self.draw_decks()

    def action_study(self) -> None:
        from newsdeck.tui.study import StudyScreen

        with opening(self.app):
            go_to(self.app, StudyScreen(usable(self.paths), self.history))

    def action_statistics(self) -> None:
        from newsdeck.tui.statistics import StatisticsScreen

        with opening(self.app):
            self.app.push_screen(StatisticsScreen(usable(self.paths), self.history))

    def action_export(self) -> None:
        """Write the Anki package of the deck that is lit into the current folder."""
        from newsdeck.anki.export import ExportError, write_package
        from newsdeck.anki.package import Package

        try:
            deck = load_named(self.decks[self.lit][0])
            package = Package()
            package.add(deck)
            told = write_package(package, Path.cwd() / f"{deck.id}.apkg")
            told.append("In Anki, File → Import takes it.")
        except (DeckError, ExportError) as error:
            told = [str(error)]
        except OSError as error:
            told = [f"Nothing was written: {error.strerror}: {error.filename or 'this folder'}."]
        self.app.push_screen(PageScreen(Content("\n\n".join(told))))

    @property
    def lit(self) -> int:
        """The position of the deck that is lit."""
        option = self.query_one(OptionList).highlighted_option
        return int((option and option.id) or 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing = isinstance(self.focused, Input)
        match action:
            case "study" | "statistics":
                return bool(self.decks)
            case "filter":
                return bool(self.decks) and not typing
            case "unfilter":
                return self.query_one(Input).display
            case "export":  # into a browser's machine nothing can be written
                return self.query_one(OptionList).option_count > 0 and not self.app.is_web
            case _:
                return True

    def action_filter(self) -> None:
        self.query_one(Input).display = True
        self.query_one(Input).focus()

    def action_unfilter(self) -> None:
        self.query_one(Input).value = ""
        self.query_one(Input).display = False
        self.query_one(OptionList).focus()

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self) -> None:
        try:
            deck = load(self.decks[self.lit][0])
        except DeckError as error:
            self.app.push_screen(PageScreen(Content(str(error))))
            return
        from newsdeck.tui.start import StartScreen

        with opening(self.app):
            go_to(self.app, StartScreen(deck, None, self.history))


def _row(listed: Listed) -> Content:
    if isinstance(listed.deck, DeckError):
        return Content(f"{printable(listed.path.name)}\n{listed.told}; enter shows them")
    return rich(listed.deck.title).stylize("bold") + Content(f"\n{listed.told}")
