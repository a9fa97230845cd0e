"""The keys that work now, and the bar at the bottom of every screen that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.events import Click
    from textual.screen import Screen

_SPARE = (
    "flag", "filter", "digit", "suspend", "undo", "save", "article", "statistics", "export",
    "study", "answer",
)  # fmt: skip
"""Actions whose keys leave the bar first where it is too short, the first of these first."""


class Key(NamedTuple):
    """A key, as it is pressed and as it is shown, and what it does: in a word, and by action."""

    key: str
    shown: str
    does: str
    action: str


def keys_of(screen: Screen[Any], shown: bool) -> list[Key]:
    """Return the keys that work on a screen now: those that its bar shows, or the others."""
    found: dict[str, Key] = {}
    for _, binding, enabled, _ in screen.active_bindings.values():
        if enabled and binding.description and binding.show is shown:
            name = screen.app.get_key_display(binding)
            key = Key(binding.key, name, binding.description, binding.action.partition("(")[0])
            found.setdefault(binding.action, key)
    return list(found.values())


def fitting(keys: list[Key], columns: int) -> list[Key]:
    """Return the keys that fit side by side: the last two, the first, and what has room.

    Every screen's first key does what one came for, its last leave it and get help.
    """
    kept = list(keys)
    for action in _SPARE:
        if _width(kept) > columns:
            kept = [key for key in kept if key.action != action]
    while len(kept) > 2 and _width(kept) > columns:
        del kept[-3]
    return kept


def _width(keys: list[Key]) -> int:
    """Return how many columns a row takes."""
    return Content("  ".join(f"{key.shown} {key.does}" for key in keys)).cell_length


def _row(keys: list[Key]) -> Content:
    return Content("  ").join(
        Content.styled(key.shown, "bold $footer-key-foreground") + Content(f" {key.does}")
        for key in keys
    )


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
        self.keys: list[Key] = []
        self.screen.bindings_updated_signal.subscribe(self, self.note)
        self.draw()

    def note(self, _: Screen[Any]) -> None:
        """Draw once for the many changes that a key can bring."""
        if not self.stale:
            self.stale = True
            self.call_later(self.draw)

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Show the keys that work now, as many as have room."""
        self.stale = False
        keys = fitting(keys_of(self.screen, shown=True), self.content_size.width)
        if keys != self.keys:
            self.keys = keys
            self.update(_row(keys), layout=False)

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        for count, key in enumerate(self.keys, 1):
            if at is not None and at.x < _width(self.keys[:count]):
                self.app.simulate_key(key.key)
                return
