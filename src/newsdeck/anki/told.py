"""What Anki does not do by itself when a package is imported, and what its learner can do.

It deletes nothing and moves nothing. All is told at every export, as not every learner takes
every package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck.anki import gaps
from newsdeck.anki.notetypes import note_type
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsdeck.anki.package import Package
    from newsdeck.anki.record import Dated, Known


def told(package: Package, earlier: Dated, current: Dated) -> Iterator[str]:
    """Yield what is to be told of a package; ``earlier`` is what was known of its decks before."""
    yield from _merged(package)
    yield from _renamed(package, current)
    if empty := sum(gaps.gone(note.fields[0]) for note in package.notes):
        yield (
            f"Where Anki has the cards of {counted(empty, 'gap')} that were taken out, they stay"
            " there, empty: Tools → Empty Cards deletes them."
        )
    yield from _gone(earlier, current)


def _merged(package: Package) -> Iterator[str]:
    for name, ids in package.branches.items():
        if len(ids) > 1:
            yield (
                f"{' and '.join(f'`{deck}`' for deck in ids)} are one deck in Anki, `{name}`: give"
                " them different titles, or another `anki:`, if they are to be apart."
            )


def _renamed(package: Package, current: Dated) -> Iterator[str]:
    for name, ids in package.branches.items():
        notes = (note for deck in ids for note in package.by_deck[deck])
        before = dict.fromkeys(current[note.guid].place for note in notes)
        for place in before:
            if place not in ("", name):
                yield (
                    f"Anki moves no cards: where it has a deck `{place}`, rename that to `{name}`"
                    " before you import."
                )


def _gone(earlier: Dated, current: Dated) -> Iterator[str]:
    left = [known for guid, known in earlier.items() if guid not in current]
    here = {known.identity for known in current.values()}
    if turned := sum(known.identity in here for known in left):
        yield (
            f"{counted(turned, 'question')} became another kind of note, which replaces the one of"
            " before and begins anew, without its schedule."
        )
    if left:
        yield (
            f"Anki keeps {counted(len(left), 'note')} of packages before that this one lacks."
            f" To delete, search there for:\n{' OR '.join(sorted(map(_search, left)))}"
        )


def _search(known: Known) -> str:
    identity = known.identity.replace("_", r"\_")  # alone it stands for any character
    return f'("note:{note_type(known.family).name}" "ID:{identity}")'
