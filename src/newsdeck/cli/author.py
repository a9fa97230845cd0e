"""Commands of who writes decks."""

from __future__ import annotations

import sys

import click

from newsdeck.cli.common import BAD_INPUT, FINDINGS, DeckName, files_of


@click.command()
@click.argument("decks", type=DeckName(), nargs=-1, required=True)
def check(decks: tuple[str, ...]) -> None:
    """Check DECKS: format, identity, and that each quotation stands in the reading text.

    A folder checks every deck in it. Exits 1 where something was found, 2 where a deck cannot
    be used.
    """
    from newsdeck.check import check as problems_of
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    status = questions = 0
    files = [file for name in decks for file in files_of(name)]
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


@click.command()
def schema() -> None:
    """Print the JSON Schema of a deck, for editors."""
    import json

    from newsdeck.schema import schema as deck_schema

    click.echo(json.dumps(deck_schema(), indent=2, ensure_ascii=False))
