"""The command line; each command imports its own rooms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.problem import did_you_mean

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.session import Settings

FINDINGS, BAD_INPUT = 1, 2


class _Commands(click.Group):
    """A group that offers the nearest command, and takes a path for the library's."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None:
            if Path(name).exists():
                return super().resolve_command(ctx, ["library", *args])
            offer = did_you_mean(name, self.list_commands(ctx), "See `newsdeck --help`.")
            ctx.fail(f"There is no command or path `{name}`. {offer}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from newsdeck import __version__

        click.echo(f"newsdeck {__version__}")
        ctx.exit()


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
@click.pass_context
def main(ctx: click.Context) -> None:
    """Play question decks made from news articles.

    Without a command, opens the library; `newsdeck PATH` opens the decks at a path.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(library)


@main.command(hidden=True)
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
def library(path: Path | None = None) -> None:
    """Open the library, or the decks at a path."""
    from newsdeck.library import shelf

    _needs_terminal()
    _run(shelf(path))


@main.command()
@click.argument("deck")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Repeat a shuffle.")
@click.option("--count", type=click.IntRange(1), default=None, help="Ask only so many questions.")
@click.option("--tag", "tags", multiple=True, help="Ask only questions with this tag.")
@click.option("--in-order", is_flag=True, help="Ask in the order of the file.")
@click.option("--limit", type=click.IntRange(1), default=None, help="Stop after so many seconds.")
@click.option("--exam", is_flag=True, help="Give no feedback before the end.")
@click.option("--arcade", is_flag=True, help="Add points for speed and streaks.")
def play(
    deck: str, seed: int | None, count: int | None, tags: tuple[str, ...], in_order: bool,
    limit: int | None, exam: bool, arcade: bool,
) -> None:  # fmt: skip
    """Play a DECK: its id, its file's name or a path."""
    from newsdeck.session import Settings

    loaded = _load(_find(deck))
    known = {tag for question in loaded.questions for tag in question.tags}
    for tag in tags:
        if tag not in known:
            offer = did_you_mean(tag, known, f"It has: {', '.join(sorted(known))}.")
            _refuse(f"The deck has no tag `{tag}`. {offer}")
    _needs_terminal()
    if seed is None:
        import secrets

        seed = secrets.randbelow(10**6)
    settings = Settings(
        seed=seed, count=count or 0, tags=tags, shuffled=not in_order, limit=limit or 0,
        exam=exam, arcade=arcade,
    )  # fmt: skip
    _run([], (loaded, settings))


@main.command(name="list")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
def list_(path: Path | None) -> None:
    """List the decks: id, number of questions, title."""
    from newsdeck.deck import load
    from newsdeck.library import shelf
    from newsdeck.problem import DeckError

    for file in shelf(path):
        try:
            deck = load(file)
        except DeckError as error:
            click.echo(f"{file.stem}\t✗ {len(error.problems)} problems\t{file}")
        else:
            click.echo(f"{deck.id}\t{len(deck.questions)}\t{deck.title}")


@main.command()
@click.argument("decks", nargs=-1, required=True)
def check(decks: tuple[str, ...]) -> None:
    """Check DECKS: format, identity, and that each quotation stands in the reading text.

    A folder checks every deck in it. Exits 1 where something was found, 2 where a deck cannot
    be used.
    """
    from newsdeck.check import check as problems_of
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    status = questions = 0
    files = [file for name in decks for file in _files(name)]
    for file in files:
        try:
            deck = load(file)
        except DeckError as error:
            click.echo(str(error))
            status = BAD_INPUT
            continue
        questions += len(deck.questions)
        for problem in problems_of(deck):
            click.echo(str(problem))
            status = max(status, FINDINGS)
    if not status:
        click.echo(f"ok: {questions} questions in {len(files)} decks")
    sys.exit(status)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a deck, for editors."""
    import json

    from newsdeck.deck import schema as deck_schema

    click.echo(json.dumps(deck_schema(), indent=2, ensure_ascii=False))


def _refuse(message: str) -> None:
    click.echo(f"newsdeck: {message}", err=True)
    sys.exit(BAD_INPUT)


def _find(name: str) -> Path:
    from newsdeck.library import NotFound, find

    try:
        return find(name)
    except NotFound as missing:
        _refuse(str(missing))
        raise


def _files(name: str) -> list[Path]:
    from newsdeck.library import shelf

    path = Path(name)
    if not path.is_dir():
        return [_find(name)]
    files = shelf(path)
    if not files:
        _refuse(f"There is no deck in '{name}'.")
    return files


def _load(path: Path) -> Deck:
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    try:
        return load(path)
    except DeckError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)


def _needs_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _refuse(
            "playing needs a terminal; 'newsdeck list' and 'newsdeck check DECK' work without one."
        )


def _run(paths: list[Path], start: tuple[Deck, Settings] | None = None) -> None:
    import gc

    # Starting makes very many objects and no garbage; the app collects again once it stands.
    gc.disable()
    from newsdeck.history import History
    from newsdeck.library import home, shelf
    from newsdeck.tui.app import NewsdeckApp

    NewsdeckApp(History.open(home() / "history.sqlite"), paths or shelf(), start).run()
