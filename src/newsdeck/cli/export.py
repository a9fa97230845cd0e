"""The command of who takes decks elsewhere: into Anki, or into a table."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import BAD_INPUT, DeckName, files_of, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsdeck.anki.notes import Note
    from newsdeck.anki.progress import Learned
    from newsdeck.deck import Deck

_FORMATS = ("apkg", "csv", "tsv", "json", "markdown")


@click.command()
@click.argument("decks", type=DeckName(), nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; by default the deck's id, or the folder's name.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(_FORMATS),
    help="What to write: an Anki package (default), or a table or text without its extras.",
)  # fmt: skip
@click.option(
    "--with-progress",
    is_flag=True,
    help="Take your own reviews and schedule along; Anki takes them up for new notes alone.",
)
@click.option(
    "--since", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The package given out before, where that was written on another machine.",
)  # fmt: skip
def export(
    decks: tuple[str, ...], output: Path | None, form: str | None, with_progress: bool,
    since: Path | None,
) -> None:  # fmt: skip
    """Write DECKS as one Anki package, which corrects the one before it when imported.

    A folder exports every deck in it. A package keeps each learner's progress and own edits:
    only questions that were changed are taken anew. The time of each change is remembered, read
    from the file that is replaced or from --since, and SOURCE_DATE_EPOCH sets that of new ones.
    """
    files = list(dict.fromkeys(file.resolve() for name in decks for file in files_of(name)))
    form = form or _form_of(output)
    if form != "apkg" and (since or with_progress):
        refuse("--since and --with-progress are for Anki packages.")
    if form == "apkg":
        _package(files, output or Path(_stem(decks, files) + ".apkg"), since, with_progress)
    else:
        _table(files, form, output, decks)


def _form_of(output: Path | None) -> str:
    from newsdeck.formats import FORMATS

    suffix = output.suffix.lower() if output else ""
    return next((name for name, form in FORMATS.items() if suffix in form.suffixes), "apkg")


def _stem(decks: tuple[str, ...], files: list[Path]) -> str:
    if len(files) == 1:
        from newsdeck.deck import load

        return load(files[0]).id
    return Path(decks[0]).resolve().name if len(decks) == 1 else "newsdeck"


def _loaded(files: list[Path]) -> Iterator[Deck]:
    """Yield each deck; print the problems of all that cannot be used, and exit with 2."""
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    ids: dict[str, Path] = {}
    failed = False
    hidden = len(files) == 1 or not sys.stderr.isatty()
    with click.progressbar(files, label="Exporting", file=sys.stderr, hidden=hidden) as progress:
        for file in progress:
            try:
                deck = load(file)
                if deck.id in ids:
                    refuse(f"`{file}` and `{ids[deck.id]}` have the same id `{deck.id}`.")
                ids[deck.id] = file
                yield deck
            except DeckError as error:
                click.echo(str(error), err=True)
                failed = True
    if failed:
        sys.exit(BAD_INPUT)


def _package(files: list[Path], target: Path, since: Path | None, with_progress: bool) -> None:
    from newsdeck.anki.package import Package
    from newsdeck.anki.record import NotAPackage, Record, written
    from newsdeck.files import replace
    from newsdeck.library import home

    try:
        earlier = [written(path) for path in (since, target) if path and path.exists()]
    except NotAPackage as error:
        refuse(f"{error} It is left as it is.")
    package = Package()
    record = Record(home() / "anki", _now(), earlier)
    for deck in _loaded(files):
        made = package.add(deck)
        record.date(deck.id, made)
        if with_progress:
            package.progress |= _progress(deck, made)
    try:
        replace(target, package.data(record.times))
        record.save()
    except OSError as error:
        refuse(f"`{error.filename or target}` cannot be written: {error.strerror}.")
    cards = sum(note.cards for note in package.notes)
    click.echo(
        f"{target}: {_count(len(files), 'deck')}, {_count(len(package.notes), 'note')}, "
        f"{_count(cards, 'card')}"
    )
    if with_progress:
        click.echo(
            f"{_count(len(package.progress), 'note')} with progress. When importing, tick"
            " `Import any learning progress`; Anki does so for notes that it does not have yet."
        )


def _progress(deck: Deck, notes: list[Note]) -> dict[str, Learned]:
    from newsdeck.anki.progress import learned
    from newsdeck.cli.study import opened
    from newsdeck.progress import Progress

    history = opened()
    kept = Progress(history)
    found = learned(deck.id, notes, kept.states(), kept.entries([deck.id], standing=True))
    history.close()
    return found


def _table(files: list[Path], form: str, output: Path | None, decks: tuple[str, ...]) -> None:
    from newsdeck.files import replace
    from newsdeck.formats import FORMATS, LOST, rows

    chosen = FORMATS[form]
    written = [row for deck in _loaded(files) for row in rows(deck)]
    text = chosen.write(written)
    if output == Path("-"):
        click.echo(text, nl=False)
    else:
        target = output or Path(_stem(decks, files) + chosen.suffixes[0])
        if target.exists() and not target.read_bytes().startswith(chosen.head.encode()):
            refuse(f"`{target}` was not written by this command as {form}. It is left as it is.")
        try:
            replace(target, text.encode())
        except OSError as error:
            refuse(f"`{target}` cannot be written: {error.strerror}.")
        click.echo(f"{target}: {_count(len(files), 'deck')}, {_count(len(written), 'question')}")
    click.echo(LOST, err=True)


def _now() -> int:
    chosen = os.environ.get("SOURCE_DATE_EPOCH", "")
    if chosen and not chosen.isdecimal():
        refuse(f"SOURCE_DATE_EPOCH is `{chosen}`, no number of seconds.")
    return int(chosen or time.time())


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
