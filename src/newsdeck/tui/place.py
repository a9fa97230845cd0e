"""How one screen takes the place of another, and what is said where it cannot."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App
    from textual.screen import Screen


def go_to(app: App[Any], screen: Screen[None]) -> None:
    """Put a screen in the place of the one that stands."""
    if len(app.screen_stack) > 1:
        app.switch_screen(screen)
    else:  # Textual lets the first screen be covered, not replaced.
        app.push_screen(screen)


@contextmanager
def opening(app: App[Any]) -> Iterator[None]:
    """Stay where the player is, and say why, if the history cannot be read for a new screen."""
    try:
        yield
    except OSError as error:
        app.notify(str(error.strerror), markup=False)
