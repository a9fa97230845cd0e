"""Commands of who plays."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import (
    DeckName,
    by_lines,
    closed,
    file_of,
    files_of,
    loaded,
    on_screen,
    opened,
    play_in,
    refuse,
    tell,
)
from newsdeck.problem import did_you_mean
from newsdeck.text import counted

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.session import Settings

_LARGEST = 2**31 - 1
"""The largest number that a sitting's settings take."""
_MOST_TAGS = 100
"""How many of a deck's tags are told to who asks for another."""


@click.command(hidden=True)
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@by_lines
def library(path: Path | None = None, plain: bool = False) -> None:
    """Open the library, or the decks at a path."""
    from newsdeck.library import shelf

    paths = shelf() if path is None else files_of(str(path))
    if on_screen(plain):
        run(paths)
        return
    from newsdeck.plain.library import Library
    from newsdeck.plain.lines import Lines

    history = opened()
    Library(paths, history, Lines(sys.stdin, sys.stdout)).run()
    closed(history)


@click.command(short_help="Play a deck.")
@click.argument("deck", type=DeckName())
@click.option("--seed", type=click.IntRange(0, _LARGEST), help="Repeat a shuffle.")
@click.option("--count", type=click.IntRange(1, _LARGEST), help="Ask only so many questions.")
@click.option("--tag", "tags", multiple=True, help="Ask only questions with this tag.")
@click.option("--in-order", is_flag=True, help="Ask in the order of the file.")
@click.option("--limit", type=click.IntRange(1, _LARGEST), help="Stop after so many seconds.")
@click.option("--exam", is_flag=True, help="Give no feedback before the end.")
@click.option("--arcade", is_flag=True, help="Add points for speed and streaks.")
@click.option("--anew", is_flag=True, help="Begin anew where a sitting was left.")
@by_lines
@click.option("--json", "as_json", is_flag=True, help="By lines; print the result as JSON.")
def play(
    deck: str, seed: int | None, count: int | None, tags: tuple[str, ...], in_order: bool,
    limit: int | None, exam: bool, arcade: bool, anew: bool, plain: bool, as_json: bool,
) -> None:  # fmt: skip
    """Play a DECK: its id, its file's name or a path."""
    from newsdeck.session import SEEDS, Settings

    chosen = loaded(file_of(deck))
    known = {tag for question in chosen.questions for tag in question.tags}
    for tag in tags:
        if tag not in known:
            offer = did_you_mean(tag, known, f"It has: {', '.join(sorted(known)[:_MOST_TAGS])}.")
            refuse(f"The deck has no tag `{tag}`. {offer}")
    screen = not as_json and on_screen(plain)
    if seed is None:
        import secrets

        seed = secrets.randbelow(SEEDS)
    settings = Settings(
        seed=seed, count=count or 0, tags=tags, shuffled=not in_order, limit=limit or 0,
        exam=exam, arcade=arcade,
    )  # fmt: skip
    if screen:
        run([], (chosen, settings), anew)
    else:
        run_plain(chosen, settings, anew, as_json)


@click.command(name="list", short_help="List the decks.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
def list_(path: Path | None) -> None:
    """List the decks: id, number of questions, title."""
    from newsdeck.index import Index
    from newsdeck.library import home, shelf
    from newsdeck.problem import DeckError, printable

    first: dict[str, Path] = {}
    for file, deck in Index(home()).entries(shelf(path)):
        if isinstance(deck, DeckError):
            told = f"✗ {counted(len(deck.problems), 'problem')}"
            click.echo(f"{printable(file.stem)}\t{told}\t{printable(file)}")
        else:
            click.echo(f"{deck.id}\t{deck.questions}\t{' '.join(deck.title.split())}")
            if first.setdefault(deck.id, file) != file:
                told = f"`{file}` and `{first[deck.id]}` have the same id and share their scores."
                tell(told, err=True)


def run_plain(deck: Deck, settings: Settings, anew: bool, as_json: bool) -> None:
    """Play by lines; with ``as_json`` the result goes to standard output and the rest beside it."""
    from newsdeck.plain.lines import Lines
    from newsdeck.plain.quiz import play
    from newsdeck.play import Play
    from newsdeck.schema import printed

    history = opened()
    lines = Lines(sys.stdin, sys.stderr if as_json else sys.stdout)
    left = None if anew else history.unfinished(deck.id)
    try:
        if left is not None:
            lines.tell(f"Going on: {left.done} of {len(left.plan)} answered. --anew begins anew.")
        result = play(Play(deck, settings, history, left), lines)
    finally:
        history.close()
    if as_json and result is not None:
        click.echo(printed(result))
    if history.trouble:
        refuse(history.trouble)


def run(paths: list[Path], start: tuple[Deck, Settings] | None = None, anew: bool = False) -> None:
    """Open the app: the library of ``paths``, or at once a deck with settings."""
    import gc

    # Starting makes very many objects and no garbage; the app collects again once it stands.
    gc.disable()
    from newsdeck.tui.app import NewsdeckApp
    from newsdeck.tui.picture import prepare

    if start is not None:
        prepare(start[:1])
    play_in(NewsdeckApp(opened(), paths, start, anew))
