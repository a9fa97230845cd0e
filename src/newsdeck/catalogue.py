"""The decks as the library lists them: what was scored in each, and what is due."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from newsdeck.problem import DeckError
from newsdeck.progress import Progress
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from newsdeck.history import History, Summary
    from newsdeck.index import Entry


class Listed(NamedTuple):
    """A deck file, its deck or what keeps it from being used, and what is said of it."""

    path: Path
    deck: Entry | DeckError
    told: str


def catalogue(
    decks: Iterable[tuple[Path, Entry | DeckError]], history: History, at: int
) -> list[Listed]:
    """Return what the library lists at a moment, in milliseconds since 1970.

    Where the history cannot be read the decks are there without their scores.
    """
    summaries: dict[str, Summary] = {}
    due: dict[str, int] = {}
    with suppress(OSError):
        summaries = history.summary()
        due = Progress(history).due(at)
    found = []
    for path, deck in decks:
        if isinstance(deck, DeckError):
            told = f"✗ {counted(len(deck.problems), 'problem')}"
        else:
            parts = [counted(deck.questions, "question")]
            if deck.id in due:
                parts.append(f"{due[deck.id]} due")
            summary = summaries.get(deck.id)
            if summary and summary.best is not None:
                parts.append(f"best {summary.best:.0%}")
            if summary:
                parts.append(f"played {_ago(summary.at, at)}")
            told = " · ".join(parts)
        found.append(Listed(path, deck, told))
    return found


def _ago(played: float, at: int) -> str:
    """Return how many days before a moment something was, in seconds since 1970."""
    # A clock that was ahead, or a damage, may have noted any number.
    played = max(0, min(played, at / 1000))
    days = (date.fromtimestamp(at / 1000) - date.fromtimestamp(played)).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
