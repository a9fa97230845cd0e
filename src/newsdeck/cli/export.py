"""The command of who takes decks elsewhere: into Anki, or into a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import BAD_INPUT, DeckName, all_files, begins, closed, opened, refuse, tell
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsdeck.anki.notes import Note
    from newsdeck.anki.progress import Learned
    from newsdeck.deck import Deck
    from newsdeck.formats import Row

_FORMATS = ("apkg", "csv", "tsv", "json", "markdown")


@click.command(short_help="Write decks as an Anki package, or tables.")
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
    files = all_files(decks)
    form = _form(output, form)
    if form != "apkg" and (since or with_progress):
        refuse("--since and --with-progress are for Anki packages.")
    if form == "apkg" and output == Path("-"):
        refuse("An Anki package is a file: name it with -o.")
    if form == "apkg":
        _package(decks, files, output, since, with_progress)
    else:
        _table(decks, files, output, form)


def _form(output: Path | None, asked: str | None) -> str:
    """Return the format that is asked for, or that a name's ending says; refuse where they differ.

    A name without an ending may hold any.
    """
    from newsdeck.formats import FORMATS

    endings = {"apkg": (".apkg",)} | {name: form.suffixes for name, form in FORMATS.items()}
    suffix = output.suffix.lower() if output else ""
    said = next((name for name, of_form in endings.items() if suffix in of_form), None)
    if suffix and asked and said != asked:
        refuse(
            f"`{output}`: a file of format {asked} ends in {' or '.join(endings[asked])}."
            " Change the name or --format."
        )
    if suffix and not said:
        every = ", ".join(ending for of_form in endings.values() for ending in of_form)
        refuse(f"`{output}` has the ending of no format. These can be written: {every}.")
    return asked or said or "apkg"


def _named(decks: tuple[str, ...], ids: list[str]) -> str:
    """Return the default name of a file, without its ending."""
    if len(ids) == 1:
        return ids[0]
    return Path(decks[0]).resolve().name if len(decks) == 1 else "newsdeck"


def _each(files: list[Path], use: Callable[[Deck], object]) -> list[str]:
    """Use each deck and return their ids; print all problems and exit with 2 where there are."""
    from newsdeck.check.identity import same
    from newsdeck.check.wording import unwritten
    from newsdeck.deck import load_named
    from newsdeck.library import head
    from newsdeck.problem import DeckError

    ids: dict[str, Path] = {}
    failed, drafts = False, 0
    hidden = len(files) == 1 or not sys.stderr.isatty()
    with click.progressbar(files, label="Exporting", file=sys.stderr, hidden=hidden) as progress:
        for file in progress:
            try:
                deck = load_named(file)
                if deck.id in ids:
                    raise DeckError([same(deck, ids[deck.id], head(ids[deck.id]))])
                ids[deck.id] = file
                use(deck)
                drafts += sum(1 for question in deck.questions if unwritten(question))
            except DeckError as error:
                click.echo(str(error), err=True)
                failed = True
    if failed:
        sys.exit(BAD_INPUT)
    if drafts:
        told = "question has" if drafts == 1 else "questions have"
        click.echo(f"{drafts:,} {told} TODO in a text: still to be written", err=True)
    return list(ids)


def _package(
    decks: tuple[str, ...], files: list[Path], output: Path | None, since: Path | None,
    with_progress: bool,
) -> None:  # fmt: skip
    from newsdeck.anki.export import ExportError, write_package
    from newsdeck.anki.package import Package
    from newsdeck.deck import without_collecting

    package = Package()
    with without_collecting():
        ids = _each(files, package.add)
        progress = _progress(package.by_deck) if with_progress else {}
        try:
            target = output or Path(f"{_named(decks, ids)}.apkg")
            written, *more = write_package(package, target, since, progress)
        except ExportError as error:
            refuse(str(error))
    tell(written)
    if with_progress:
        click.echo(
            f"{counted(len(progress), 'note')} with progress. When importing, tick"
            " `Import any learning progress`; Anki does so for notes that it does not have yet."
        )
    for told in more:
        tell(told)


def _progress(by_deck: dict[str, list[Note]]) -> dict[str, Learned]:
    from newsdeck.anki.progress import learned
    from newsdeck.progress import Progress

    history = opened()
    kept = Progress(history)
    try:
        found = learned(by_deck, kept.states(), kept.entries(by_deck, standing=True))
    except ValueError as error:  # a damage that SQLite does not see
        refuse(f"The history is damaged: {error}. Nothing was written.")
    closed(history)
    return found


def _table(decks: tuple[str, ...], files: list[Path], output: Path | None, form: str) -> None:
    from newsdeck.files import write_whole
    from newsdeck.formats import FORMATS, LOST, rows

    chosen = FORMATS[form]
    written: list[Row] = []
    ids = _each(files, lambda deck: written.extend(rows(deck)))
    text = chosen.write(written)
    if output == Path("-"):
        click.echo(text, nl=False)
    else:
        target = output or Path(_named(decks, ids) + chosen.suffixes[0])
        heads = [chosen.head.encode(coding) for coding in (chosen.coding, "utf-8")]
        if target.exists() and not any(begins(target, head) for head in heads):
            refuse(f"`{target}` is not a {form} file of this command's. Nothing was written.")
        write_whole(target, text.encode(chosen.coding))
        tell(f"{target}: {counted(len(ids), 'deck')}, {counted(len(written), 'question')}")
    click.echo(LOST, err=True)
