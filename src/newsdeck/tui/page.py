"""Pages to read, in front of the screen that stands; the list of its keys is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from newsdeck.tui.keys import KeyBar, keys_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

_WORDS = (
    "Digits choose, arrows move and scroll. Where you type, letters are text: escape leaves the"
    " field so that they are keys, escape again goes back to it."
)


class PageScreen(ModalScreen[None]):
    """A text to scroll."""

    BINDINGS = [Binding("escape,q", "dismiss", "back")]
    DEFAULT_CSS = """
    PageScreen { background: $background; }
    PageScreen VerticalScroll { padding: 0 1; }
    PageScreen VerticalScroll Static { max-width: 90; }
    """

    def __init__(self, text: Content = Content()) -> None:  # noqa: B008  # never changes
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield from self.compose_page()
        yield KeyBar()

    def compose_page(self) -> ComposeResult:
        """Yield what is to be read."""
        yield Static(self.text)


class HelpScreen(PageScreen):
    """The keys of a screen: those of its bar, how the screens work, and the rest."""

    BINDINGS = [Binding("question_mark,f1", "dismiss", "back", show=False)]

    def __init__(self, screen: Screen[Any]) -> None:
        bar, others = keys_of(screen, shown=True), keys_of(screen, shown=False)
        width = max(len(key.shown) for key in bar + others)
        # Nine digits that all choose are one row.
        first = dict.fromkeys(f"{key.shown:<{width}}  {key.does}" for key in bar)
        rest = dict.fromkeys(f"{key.shown:<{width}}  {key.does.lower()}" for key in others)
        rows = [*first, "", _WORDS, "", *(row for row in rest if row not in first)]
        super().__init__(Content("\n".join(rows)))
