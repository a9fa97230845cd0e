"""Commands of who learns: study, and what became of it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import (
    DeckName,
    all_files,
    begins,
    by_lines,
    closed,
    loaded,
    on_screen,
    opened,
    play_in,
    refuse,
    tell,
)
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.history import History


@click.command(short_help="Study what is due.")
@click.argument("decks", type=DeckName(), nargs=-1)
@click.option("--new", type=click.IntRange(0), default=10, help="New cards a day; 10.")
@click.option("--due", type=click.IntRange(0), default=200, help="Due cards a day; 200.")
@click.option("--early", is_flag=True, help="Ask also what is not due yet, the soonest first.")
@click.option("--resume", is_flag=True, help="Take suspended cards back into study, and exit.")
@by_lines
def study(
    decks: tuple[str, ...], new: int, due: int, early: bool, resume: bool, plain: bool
) -> None:
    """Study what is due: DECKS, or all of them mixed."""
    chosen = decks_of(decks)
    if resume:
        from newsdeck.progress import Progress
        from newsdeck.schedule import now

        history = opened()
        count = Progress(history).resume({deck.id for deck in chosen}, now())
        closed(history)
        click.echo(f"{count} card{' is' if count == 1 else 's are'} back in study.")
        return
    from newsdeck.study import Limits

    limits = Limits(new, due)
    if not on_screen(plain):
        from newsdeck.plain.lines import Lines
        from newsdeck.plain.study import Learn

        history = opened()
        Learn(chosen, history, Lines(sys.stdin, sys.stdout), limits, early).run()
        closed(history)
        return
    from newsdeck.tui.app import NewsdeckApp
    from newsdeck.tui.picture import prepare
    from newsdeck.tui.study import StudyScreen

    prepare(chosen)
    history = opened()
    play_in(NewsdeckApp(history, [], lambda kept: StudyScreen(chosen, kept, limits, early)))


def decks_of(names: tuple[str, ...]) -> list[Deck]:
    """Return the decks of names; all that can be used where none is named."""
    if names:
        return [loaded(file) for file in all_files(names)]
    from newsdeck.deck import usable
    from newsdeck.library import shelf

    return usable(shelf())  # `newsdeck list` and the library say what is wrong with the others


@click.command(short_help="Print statistics, or analyse questions.")
@click.argument("decks", type=DeckName(), nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option("--items", is_flag=True, help="Judge the questions instead, for who writes them.")
def stats(decks: tuple[str, ...], as_json: bool, items: bool) -> None:
    """Print the statistics of DECKS, or of all: accuracy, recall, what is due, what is hard."""
    from newsdeck.schema import printed

    chosen = decks_of(decks)
    history = opened()
    if items:
        from newsdeck.items import analyses

        found: object = [item for deck in chosen for item in analyses(history, deck)]
        lines = _items(chosen, history)
    else:
        found, lines = _charts(chosen, history)
    if as_json:
        click.echo(printed(found))
    else:
        click.echo("\n".join(lines))
    closed(history)


def _charts(decks: list[Deck], history: History) -> tuple[object, list[str]]:
    import shutil
    from datetime import UTC, datetime

    from newsdeck.charts import chart_lines
    from newsdeck.schedule import now
    from newsdeck.statistics import statistics

    found = statistics(history, decks, now())
    width = min(90, shutil.get_terminal_size().columns)
    return found, chart_lines(found, datetime.now(UTC).date(), width)


def _items(decks: list[Deck], history: History) -> list[str]:
    """Return a line for each question, and below it what an author may want to mend."""
    from newsdeck.items import accept_yaml, analyses

    lines = []
    for deck in decks:
        for item in analyses(history, deck):
            told = "" if item.discrimination is None else f"{item.discrimination:+.2f}"
            right = "" if item.difficulty is None else f"{item.difficulty:.0%}"
            place = f"{deck.path}:{deck.lines[item.question]}"
            lines.append(f"{right:>4} of {item.answers:<4} {told:>5}  {item.question}  {place}")
            lines += [f"      nobody picks `{text}`" for text in item.idle]
            question = deck.question(item.question)
            if item.missing and question is not None:
                rows = accept_yaml(question, item.missing).splitlines()
                lines += ["      rejected, and perhaps right; to accept them:", *rows]
    if lines:
        lines.insert(0, "right, answers, discrimination (from 10 sittings on), question")
    return lines or ["No answers yet: play or study the deck first."]


@click.command("import-progress", short_help="Take up Anki's reviews of our notes.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_progress(file: Path) -> None:
    """Take up the reviews of our notes in FILE, an .apkg or .colpkg that Anki has exported.

    Export it with learning progress. A review that is here already counts once.
    """
    from newsdeck.anki.progress import read
    from newsdeck.anki.record import NotAPackage
    from newsdeck.progress import Progress

    try:
        found = read(file)
    except NotAPackage as error:
        refuse(str(error))
    kept = opened()
    progress = Progress(kept)
    new = progress.merge(found.entries)
    suspended = progress.suspend(found.suspended)
    closed(kept)
    if found.entries:
        reviews = counted(len(found.entries), "review")
        tell(f"{file}: {reviews} of Newsdeck's notes, {new:,} of them new")
    elif found.notes:
        tell(
            f"{file}: {counted(found.notes, 'note')} of Newsdeck's, and no reviews of them. Where"
            " they were studied, export them again and tick `Include scheduling information`."
        )
    elif not found.strange:
        tell(f"{file}: none of its notes is Newsdeck's")
    if suspended:
        click.echo(f"Suspended as in Anki: {counted(suspended, 'question')}")
    if found.strange:
        click.echo(
            f"{counted(found.strange, 'note')} of Newsdeck's note types not recognised, reviews"
            " left out: the field ID does not say what it said when the note was imported.",
            err=True,
        )


@click.group(short_help="Move, back up or forget what was answered.")
def history() -> None:
    """Move, back up or forget what was answered."""


@history.command("export")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
def export_history(file: Path) -> None:
    """Write everything that was answered to FILE, or to - for the output, as JSON lines."""
    from newsdeck.backup import HEAD, lines
    from newsdeck.files import write_whole

    kept = opened()
    try:
        data = b"".join(line + b"\n" for line in lines(kept))
    except ValueError as error:
        refuse(f"The history is damaged: {error}. Nothing was written.")
    closed(kept)  # a backup of before is worth more than what is left of a spoilt history
    if file == Path("-"):
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        try:
            if file.exists() and file.stat().st_size and not begins(file, HEAD):
                refuse(f"`{file}` is not a file of this command's. Nothing was written.")
            write_whole(file, data)
        except OSError as error:
            refuse(f"`{file}` cannot be written: {error.strerror}.")
        written = counted(data.count(b"\n"), "line")
        tell(f"{file}: {written}")


@history.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
def import_history(file: str) -> None:
    """Take up what `history export` wrote to FILE, or - for the input; nothing counts twice."""
    from newsdeck.article import LARGEST
    from newsdeck.backup import Malformed, merge

    kept = opened()
    try:
        with click.open_file(file, "rb") as stream:
            # A device may have no end, and no line.
            merged = merge(kept, iter(partial(stream.readline, LARGEST), b""))
    except Malformed as malformed:
        refuse(f"`{file}`: {malformed}")
    closed(kept)
    click.echo(
        f"{counted(merged.lines, 'line')}: {merged.entries:,} new entries of study,"
        f" {merged.answers:,} new answers of quizzes"
    )


@history.command()
@click.argument("deck")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(deck: str, yes: bool) -> None:
    """Forget everything about a DECK, given by its id: scores, answers, schedule."""
    from newsdeck.backup import forget as forgotten

    kept = opened()
    known = {row[0] for row in kept.rows("select deck from card union select deck from sitting")}
    if deck not in known:
        refuse(f"Nothing is known of a deck `{deck}`. Known: {', '.join(sorted(known)) or 'none'}.")
    if not yes:
        click.confirm(f"Forget all scores and the schedule of `{deck}` for ever?", abort=True)
    count = forgotten(kept, deck)
    closed(kept)
    click.echo(f"Forgotten: {counted(count, 'answer')}.")
