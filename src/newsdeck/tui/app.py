"""The app: which screen comes first, and how it ends cleanly."""

from __future__ import annotations

import asyncio
import gc
import select
import signal
import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import Binding

from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen

    from newsdeck.deck import Deck
    from newsdeck.history import History
    from newsdeck.session import Settings


class NewsdeckApp(App[None]):
    """Plays decks: the library at ``paths``, or at once a deck with settings, or another screen.

    ``anew`` begins a deck without asking whether to go on with what was left.
    """

    TITLE = "Newsdeck"
    CSS = "* { scrollbar-size-vertical: 1; }"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS = [
        Binding("question_mark", "keys", "help", key_display="?"),
        Binding("ctrl+t", "light", "light or dark", show=False),
    ]

    def __init__(
        self,
        history: History,
        paths: list[Path],
        start: tuple[Deck, Settings] | Callable[[History], Screen[None]] | None = None,
        anew: bool = False,
    ) -> None:
        super().__init__()
        self.history = history
        self.paths = paths
        self.start = start
        self.anew = anew

    def on_mount(self) -> None:
        if sys.platform != "win32":
            # Without these a terminal that is closed or a kill would stay in raw mode.
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.exit)
            if sys.stdin.isatty():
                self.set_interval(1, self.watch_terminal)

    def watch_terminal(self) -> None:
        """End where the terminal is gone without a signal: Textual would read on for ever."""
        poll = select.poll()
        poll.register(sys.stdin.fileno(), 0)
        if any(event & select.POLLHUP for _, event in poll.poll(0)):
            self.exit()

    def on_ready(self) -> None:
        gc.enable()

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen: the library, or the sitting that was asked for.

        Pushed on an empty default screen instead, it would show a tenth of a second later.
        """
        if self.start is None:
            return self.library()
        if callable(self.start):
            return self.start(self.history)
        if not self.anew and self.history.unfinished(self.start[0].id):
            from newsdeck.tui.start import StartScreen

            return StartScreen(*self.start, self.history)
        from newsdeck.tui.quiz import QuizScreen

        return QuizScreen(*self.start, self.history)

    def library(self) -> Screen[None]:
        """Return a new library screen."""
        from newsdeck.tui.library import LibraryScreen

        return LibraryScreen(self.paths, self.history)

    def action_library(self) -> None:
        """Leave a sitting for the library."""
        go_to(self, self.library())

    def action_keys(self) -> None:
        """List the keys of the screen."""
        from newsdeck.tui.keys import HelpScreen, keys_of

        self.push_screen(HelpScreen(keys_of(self.screen, hidden=True)))

    def action_light(self) -> None:
        """Change between the light and the dark theme."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def on_unmount(self) -> None:
        self.history.close()
