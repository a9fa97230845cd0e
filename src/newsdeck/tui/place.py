"""How one screen takes the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen


def go_to(app: App[Any], screen: Screen[None]) -> None:
    """Put a screen in the place of the one that stands."""
    if len(app.screen_stack) > 1:
        app.switch_screen(screen)
    else:  # Textual lets the first screen be covered, not replaced.
        app.push_screen(screen)
