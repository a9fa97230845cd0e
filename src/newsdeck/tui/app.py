"""The app: which screen comes first, and how it ends cleanly."""

from __future__ import annotations

import asyncio
import gc
import math
import os
import select
import shutil
import signal
import sys
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.geometry import Size

from newsdeck.tui.place import go_to
from newsdeck.tui.themes import CLEARER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.screen import Screen
    from textual.theme import Theme

    from newsdeck.deck import Deck
    from newsdeck.history import History
    from newsdeck.session import Settings


_TO_SEE = 0.8  # seconds that a typist needs to stop


class NewsdeckApp(App[None]):
    """Plays decks: the library at ``paths``, or at once a deck with settings, or another screen.

    Without paths there is no library: to leave a screen is to end.
    ``anew`` begins a deck without asking whether to go on with what was left.
    """

    TITLE = "Newsdeck"
    CSS = """
    * { scrollbar-size-vertical: 1; }
    ToastRack { margin-bottom: 2; }  /* above the keys and the ratings */
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (30, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS = [
        Binding("question_mark", "keys", "help", key_display="?"),
        Binding("f1", "keys", "help"),  # a field takes the question mark for text
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
        self.typed: asyncio.Queue[events.Event | str] = asyncio.Queue()
        self.typed_since = 0.0
        self.fault: BaseException | None = None

    def get_theme(self, theme_name: str) -> Theme | None:
        """Return a theme by its name: Textual's two of the clearer colours, or any other."""
        return CLEARER.get(theme_name) or super().get_theme(theme_name)

    def on_mount(self) -> None:
        self.run_worker(self.hand_out_typed())
        if sys.platform != "win32":
            self.terminal = select.poll()
            # Without these a terminal that is closed or a kill would stay in raw mode.
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.leave_terminal)
            if sys.stdin.isatty():
                self.terminal.register(sys.stdin.fileno(), 0)
                # It can go without a signal, and Textual would read on for ever.
                self.set_interval(1, self.leave_lost_terminal)

    def on_resize(self, event: events.Resize) -> None:
        """Read the terminal's size again where this one is not it any more.

        Textual reads it at the signal, and a second signal may come before it tells what it read:
        then the older size is told last.
        """
        if not (self.is_headless or self.is_web):
            size = Size(*shutil.get_terminal_size())
            if size != event.size:
                self.post_message(events.Resize(size, size))

    def leave_terminal(self) -> None:
        """End, and leave the terminal as it was."""
        self.leave_lost_terminal()
        self.exit()

    def leave_lost_terminal(self) -> None:
        """End at once where the terminal is gone: Textual would wait for its last words to go out.

        Every answer is written already.
        """
        if any(event & select.POLLHUP for _, event in self.terminal.poll(0)):
            self.history.close()
            os._exit(0)

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed in its order; all else is handled at once.

        Textual hands a key to what has the focus when it arrives, which may be about to leave.
        """
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self.typed.put_nowait(event)
        else:
            await super().on_event(event)

    async def hand_out_typed(self) -> None:
        """Give each key to the screen that those before it lead to; actions among them are run."""
        while True:
            event = await self.typed.get()
            await self.settled()
            if isinstance(event, str):
                await self.run_action(event)
            elif event.time > self.typed_since:
                self.call_later(super().on_event, event)

    async def settled(self) -> None:
        """Wait until nothing that can take a key has anything left to do."""
        calm = 0
        while calm < 2:  # in the first round one may still be at what it sends to another
            taker = self.focused or self.screen
            nodes = taker.ancestors_with_self
            busy = any(node.message_queue_size for node in nodes)
            for node in nodes:
                passed = asyncio.Event()
                if node.call_later(passed.set):
                    await passed.wait()
            busy = busy or taker is not (self.focused or self.screen)
            calm = 0 if busy else calm + 1

    def action_drop_typed(self, then: str = "") -> None:
        """Forget what was typed ahead: something is on the screen that it cannot have meant.

        When no key is under way any more, the action ``then`` is run.
        """
        self.typed_since = events.Event().time  # by the clock that keys are timed with
        if then:
            self.typed.put_nowait(then)

    def action_drop_unseen(self) -> None:
        """Forget what is typed until there was time to see that a screen has come unasked."""
        self.typed_since = math.inf
        self.screen.call_after_refresh(self.set_timer, _TO_SEE, self.action_drop_typed)

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

    def library(self, lit: Path | None = None) -> Screen[None]:
        """Return a new library screen, with the deck of a file lit."""
        from newsdeck.tui.library import LibraryScreen

        return LibraryScreen(self.paths, self.history, lit)

    def action_library(self, told: str = "") -> None:
        """Leave for where the player came from, the library or the shell, and say something."""
        if not self.paths:
            self.exit(message=told or None)
            return
        deck: Deck | None = getattr(self.screen, "deck", None)
        go_to(self, self.library(deck.path if deck else None))
        if told:
            self.notify(told, timeout=3, markup=False)

    def action_keys(self) -> None:
        """List the keys of the screen."""
        from newsdeck.tui.page import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_light(self) -> None:
        """Change between the light and the dark theme."""
        self.theme = "textual-light" if self.current_theme.dark else "textual-dark"

    def notify(self, *message: Any, **settings: Any) -> None:
        """Say something in the place of what was said before: two would hide a small screen."""
        self.clear_notifications()
        super().notify(*message, **settings)

    def _fatal_error(self) -> None:
        """End, and leave it to who runs the app to say why.

        Textual would print the values of all variables, and with them texts of decks.
        """
        self.fault = self.fault or sys.exception()
        self.panic()

    def on_unmount(self) -> None:
        self.history.close()
