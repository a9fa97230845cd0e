"""Where decks are: bundled, in the user's folder, or at a path."""

from __future__ import annotations

import os
import re
from pathlib import Path

from newsdeck.problem import did_you_mean

_ID = re.compile(r"^id:[ \t]*['\"]?([\w.-]+)", re.MULTILINE)
_HEAD = 4096
SUFFIXES = (".yaml", ".yml")
"""How the name of a deck's file ends."""


class NotFound(LookupError):
    """No deck has the name; the message offers the nearest."""


def home() -> Path:
    """Return the folder of the user's data: ``NEWSDECK_HOME`` or the platform's."""
    chosen = os.environ.get("NEWSDECK_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("newsdeck", appauthor=False)


def bundled() -> Path:
    """Return the folder of the decks that come with Newsdeck."""
    package = Path(__file__).parent
    installed = package / "decks"
    return installed if installed.is_dir() else package.parents[1] / "decks"


def shelf(path: Path | None = None) -> list[Path]:
    """Return the deck files at ``path``, or the bundled ones and then the user's own."""
    if path is not None and path.is_file():
        return [path]
    folders = [bundled(), home() / "decks"] if path is None else [path]
    return [file for folder in folders for file in _decks(folder)]


def _decks(folder: Path) -> list[Path]:
    return sorted(
        file
        for suffix in SUFFIXES
        for file in folder.rglob(f"*{suffix}")
        if file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def find(name: str) -> Path:
    """Return the deck file that ``name`` means: a path, a deck's id, or a file's stem.

    Raises NotFound.
    """
    path = Path(name)
    if path.is_file():
        return path
    known = names()
    if name in known:
        return known[name]
    here = next((f for f in (f"{name}.yaml", f"{name}.yml") if Path(f).is_file()), "")
    offer = (
        f"Did you mean the file `{here}`?"
        if here
        else did_you_mean(name, known, "`newsdeck list` shows the decks.")
    )
    raise NotFound(f"There is no deck `{name}`. {offer}")


def names() -> dict[str, Path]:
    """Return the files of all decks by their ids and by their files' stems."""
    known: dict[str, Path] = {}
    for file in shelf():
        for name in (identity(file), file.stem, f"{file.parent.name}/{file.stem}"):
            known.setdefault(name, file)
    known.pop("", None)
    return known


def identity(file: Path) -> str:
    """Return a deck's id by its first lines alone; '' where it has none there."""
    found = _ID.search(head(file))
    return found[1] if found else ""


def head(file: Path) -> str:
    """Return a file's first lines, '' where it cannot be read."""
    try:
        with file.open("rb") as stream:
            return stream.read(_HEAD).decode("utf-8", "replace")
    except OSError:
        return ""
