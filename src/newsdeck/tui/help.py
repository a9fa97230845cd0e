"""The keys that work on the screen below, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class HelpScreen(ModalScreen[None]):
    """Lists keys with what they do, and a few words on how the screen works."""

    BINDINGS = [Binding("escape,q,question_mark", "dismiss", "back")]
    DEFAULT_CSS = (
        "HelpScreen { background: $background; } HelpScreen VerticalScroll { padding: 0 1; }"
    )

    def __init__(self, keys: list[tuple[str, str]], words: str) -> None:
        super().__init__()
        self.keys = keys
        self.words = words

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            width = max((len(key) for key, _ in self.keys), default=0)
            rows = [Content(f"{key:<{width}}  {does}") for key, does in self.keys]
            yield Static(Content("\n").join([*rows, Content(f"\n{self.words}")]))
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
