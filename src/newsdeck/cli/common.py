"""What commands share: exit codes, refusing, the decks that a name means, and the history."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsdeck.deck import Deck
    from newsdeck.history import History
    from newsdeck.tui.app import NewsdeckApp

FINDINGS, BAD_INPUT = 1, 2
_FAULT = (
    "newsdeck: this is a fault of Newsdeck's own. Every answer whose verdict you saw is kept."
    " Please report the lines above to those from whom you have it."
)


class DeckName(click.ParamType[str]):
    """A deck's id, its file's stem or a path; shells complete the ids and then files."""

    name = "deck"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from newsdeck.library import names

        known = [CompletionItem(name) for name in sorted(names()) if name.startswith(incomplete)]
        return [*known, CompletionItem(incomplete, type="file")]


def tell(message: str, err: bool = False) -> None:
    """Print what may name a file, whose name can hold what would drive a terminal."""
    from newsdeck.problem import printable

    click.echo("\n".join(printable(row) for row in message.split("\n")), err=err)


def refuse(message: str) -> NoReturn:
    """Say why nothing was done, and exit with 2."""
    tell(f"newsdeck: {message}", err=True)
    sys.exit(BAD_INPUT)


def file_of(name: str) -> Path:
    """Return the deck file that a name means, or refuse."""
    from newsdeck.library import NotFound, find, shelf

    if name and Path(name).is_dir():
        example = next((f": `{deck}`" for deck in shelf(Path(name))), "")
        refuse(f"`{name}` is a folder; name a deck in it{example}, or open all: `newsdeck {name}`.")
    try:
        return find(name)
    except NotFound as missing:
        refuse(str(missing))


def files_of(name: str) -> list[Path]:
    """Return the deck files that a name means, all of them for a folder, or refuse."""
    from newsdeck.library import shelf

    path = Path(name)
    if not (name and path.is_dir()):
        return [file_of(name)]
    return shelf(path) or refuse(f"There is no deck in `{name}`: no file there ends in .yaml.")


def all_files(names: Iterable[str]) -> list[Path]:
    """Return the deck files that some names mean, each once, or refuse."""
    return list({file.resolve(): file for name in names for file in files_of(name)}.values())


def loaded(path: Path) -> Deck:
    """Return the deck of a file, or print its problems and exit with 2."""
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    try:
        return load(path)
    except DeckError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)


by_lines = click.option(
    "--plain", is_flag=True, envvar="NEWSDECK_PLAIN", help="By lines, without a screen."
)
"""The option of every command that has a screen; the variable sets it once for all."""


def on_screen(plain: bool) -> bool:
    """Tell whether there is a screen and it is wanted; refuse where there is but a pipe."""
    if "TEXTUAL_DRIVER" in os.environ:  # a browser is behind the pipe
        return True
    if plain or os.environ.get("TERM") == "dumb":
        return False
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        refuse("this needs a terminal; with `--plain` it goes by lines.")
    return True


def opened() -> History:
    """Return the player's history."""
    from newsdeck.history import History
    from newsdeck.library import home

    return History.open(home() / "history.sqlite")


def closed(history: History) -> None:
    """Close a history, and refuse where something could not be written."""
    history.close()
    if history.trouble:
        refuse(history.trouble)


def play_in(app: NewsdeckApp) -> None:
    """Run an app, and say again at its end what troubles the history: the screen is gone.

    Raises what ended it before that.
    """
    app.run()
    if app.fault is not None:
        app.history.close()
        app.fault.add_note(_FAULT)
        raise app.fault
    if app.history.trouble:
        refuse(app.history.trouble)


def begins(file: Path, head: bytes) -> bool:
    """Tell whether a file begins so; of a device, which may have no end, no more is read."""
    with file.open("rb") as stream:
        return stream.read(len(head)) == head
