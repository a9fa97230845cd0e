"""The keys that work now: the bar at the bottom of every screen, and the list of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click

_WORDS = "Digits choose, arrows move, escape leaves a field so that letters are keys again."


class Key(NamedTuple):
    """A key, as it is pressed and as it is shown, and what it does."""

    key: str
    shown: str
    does: str


def keys_of(screen: Screen[Any], hidden: bool = False) -> list[Key]:
    """Return the keys that work on a screen now, with ``hidden`` also those the bar leaves out."""
    found: dict[str, Key] = {}
    for _, binding, enabled, _ in screen.active_bindings.values():
        if enabled and binding.description and (binding.show or hidden):
            shown = screen.app.get_key_display(binding)
            found.setdefault(binding.action, Key(binding.key, shown, binding.description))
    return list(found.values())


class KeyBar(Static):
    """The keys in one row; a click on one presses it.

    Textual's footer mounts a widget a key at every change, which is most of the time that the
    next question would take.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $footer-background;
      color: $footer-foreground; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def on_mount(self) -> None:
        self.stale = False
        self.ends: list[tuple[int, str]] = []
        self.screen.bindings_updated_signal.subscribe(self, self.note)
        self.draw()

    def note(self, _: Screen[Any]) -> None:
        """Draw once for the many changes that a key can bring."""
        if not self.stale:
            self.stale = True
            self.call_later(self.draw)

    def draw(self) -> None:
        """Show the keys that work now."""
        self.stale = False
        keys = keys_of(self.screen)
        row = Content("")
        self.ends = []
        for key, shown, does in keys:
            row += Content.styled(shown, "bold $footer-key-foreground") + Content(f" {does}  ")
            self.ends.append((row.cell_length, key))
        self.update(row)

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        for end, key in self.ends:
            if at is not None and at.x < end:
                self.app.simulate_key(key)
                return


class HelpScreen(ModalScreen[None]):
    """Lists keys with what they do, and a few words on how the screens work."""

    BINDINGS = [Binding("escape,q,question_mark", "dismiss", "back")]
    DEFAULT_CSS = """
    HelpScreen { background: $background; }
    HelpScreen VerticalScroll { padding: 0 1; }
    """

    def __init__(self, keys: list[Key]) -> None:
        super().__init__()
        self.keys = keys

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            width = max((len(key.shown) for key in self.keys), default=0)
            # Nine digits that all choose are one row.
            rows = dict.fromkeys(f"{key.shown:<{width}}  {key.does}" for key in self.keys)
            yield Static(Content("\n".join([*rows, f"\n{_WORDS}"])))
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
