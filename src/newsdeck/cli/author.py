"""Commands of who writes decks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import BAD_INPUT, FINDINGS, DeckName, files_of, refuse
from newsdeck.problem import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newsdeck.deck import Deck
    from newsdeck.problem import Problem

_FORMATS = ("text", "json", "sarif", "github")


def _explain(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    if name is None:
        return
    from newsdeck.check import RULES
    from newsdeck.check.output import explain

    if name == "all":
        for rule in sorted(RULES.values(), key=lambda rule: (rule.name.islower(), rule.name)):
            click.echo(f"{rule.name:<14}{rule.severity:<9}{rule.title}")
    elif name in RULES:
        click.echo(explain(RULES[name]))
    else:
        offer = did_you_mean(name, RULES, "`--explain all` lists the rules.")
        refuse(f"There is no rule `{name}`. {offer}")
    ctx.exit()


def _names(_: click.Context, __: click.Parameter, written: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for text in written for name in text.split(",") if name.strip())


@click.command()
@click.argument("decks", type=DeckName(), nargs=-1, required=True)
@click.option(
    "--select", multiple=True, callback=_names, metavar="RULES",
    help="Check these rules alone: names or their beginnings, as V,C05.",
)  # fmt: skip
@click.option("--ignore", multiple=True, callback=_names, metavar="RULES", help="Leave rules out.")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings, not for errors alone.")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", help="How to write problems.",
)  # fmt: skip
@click.option("--stats", is_flag=True, help="Show the decks in numbers, beside other writers'.")
@click.option(
    "--explain", metavar="RULE", callback=_explain, expose_value=False, is_eager=True,
    help="Say what a rule is for, with examples; `all` lists them.",
)  # fmt: skip
def check(
    decks: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], strict: bool,
    form: str, stats: bool,
) -> None:  # fmt: skip
    """Check DECKS: format, identity, evidence, and the house rules of good questions.

    A folder checks every deck in it. Exits 1 for an error (with --strict for a warning too),
    2 where a deck cannot be used.
    """
    from newsdeck.check import chosen, failing
    from newsdeck.check.output import FORMATS

    if stats and form != "text":
        refuse("`--stats` is for people: leave `--format` out.")
    try:
        rules = chosen(select, ignore)
    except KeyError as unknown:
        refuse(f"There is no rule `{unknown.args[0]}`. `--explain all` lists the rules.")
    files = [file for name in decks for file in files_of(name)]
    usable, problems = _problems(files, rules)
    written = FORMATS[form](problems)
    if written:
        click.echo(written)
    questions = sum(len(deck.questions) for deck in usable)
    status = FINDINGS if failing(problems, strict) else 0
    if len(usable) < len(files):
        status = BAD_INPUT
    if stats:
        from newsdeck.check.stats import table

        click.echo(table(usable, problems))
    elif form == "text":
        click.echo(_summary(problems, questions, len(files), ok=not status))
    sys.exit(status)


def _problems(files: Sequence[Path], rules: frozenset[str]) -> tuple[list[Deck], list[Problem]]:
    """Return the decks that can be used, and the problems of all."""
    from newsdeck.check import check as problems_of
    from newsdeck.deck import load
    from newsdeck.problem import DeckError

    usable, problems = [], []
    for file in files:
        try:
            deck = load(file)
        except DeckError as error:
            problems += error.problems
            continue
        usable.append(deck)
        problems += problems_of(deck, rules)
    return usable, problems


def _summary(problems: Sequence[Problem], questions: int, decks: int, ok: bool) -> str:
    from collections import Counter

    found = Counter(problem.severity.value for problem in problems)
    counts = [_count(found[name], name) for name in ("error", "warning", "note") if found[name]]
    words = f"{_count(questions, 'question')} in {_count(decks, 'deck')}"
    return f"{'ok: ' if ok else ''}{', '.join([words, *counts])}"


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


@click.command()
def schema() -> None:
    """Print the JSON Schema of a deck, for editors."""
    import json

    from newsdeck.schema import schema as deck_schema

    click.echo(json.dumps(deck_schema(), indent=2, ensure_ascii=False))
