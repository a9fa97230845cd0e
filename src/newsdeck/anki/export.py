"""Writing a package over the one before it, so that it corrects that one when imported."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from newsdeck.anki.record import NotAPackage, Record, newest, read
from newsdeck.anki.told import told
from newsdeck.files import write_whole
from newsdeck.library import home
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from newsdeck.anki.package import Package
    from newsdeck.anki.progress import Learned

_LAST = 253_402_300_799  # the year 9999


class ExportError(Exception):
    """What went wrong; the message says why, and what was written."""


def write_package(
    package: Package,
    target: Path,
    since: Path | None = None,
    progress: Mapping[str, Learned] | None = None,
) -> list[str]:
    """Write a package and return what is to be told of it: where it is, and what it lacks.

    ``since`` is a package given out before, from another machine; ``progress`` a learner's own,
    by guid. Only what Newsdeck wrote is overwritten. Raises ExportError, OSError.
    """
    record = Record(home() / "anki")
    try:
        earlier = newest(*(read(path) for path in (since, target) if path and path.exists()))
    except NotAPackage as error:
        raise ExportError(f"{error} Nothing was written.") from error
    history = record.date(package.by_deck, package.places, earlier, _now())
    write_whole(target, package.data(history, progress))
    try:
        record.save()
    except OSError as error:
        raise ExportError(
            f"`{target}` is written, but cannot be remembered in `{record.folder}`:"
            f" {error.strerror}. Keep it, and export over it or give it as --since the next time."
        ) from error
    notes = package.notes
    cards = sum(note.cards for note in notes)
    counts = (
        counted(len(package.by_deck), "deck"), counted(len(notes), "note"), counted(cards, "card"),
    )  # fmt: skip
    return [f"{target}: {', '.join(counts)}", *told(package, record.before, history)]


def _now() -> int:
    chosen = os.environ.get("SOURCE_DATE_EPOCH", "")
    if chosen and not (chosen.isdecimal() and int(chosen[:99]) <= _LAST):
        raise ExportError(f"SOURCE_DATE_EPOCH is `{chosen}`, no number of seconds since 1970.")
    return int(chosen or time.time())
