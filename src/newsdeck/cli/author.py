"""Commands of who writes decks."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsdeck.cli.common import (
    BAD_INPUT,
    FINDINGS,
    DeckName,
    all_files,
    by_lines,
    file_of,
    on_screen,
    opened,
    play_in,
    refuse,
    tell,
)
from newsdeck.problem import did_you_mean
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsdeck.deck import Deck
    from newsdeck.problem import Problem

_FORMATS = ("text", "json", "sarif", "github")
_SCHEMAS = ("deck", "play", "stats", "items", "check")


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


@click.command(short_help="Check decks: format, evidence, house rules.")
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
    files = all_files(decks)
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
        for told in (_unasked(usable, rules), _silencing(problems)):
            click.echo(told, nl=bool(told))
    sys.exit(status)


def _problems(files: Sequence[Path], rules: frozenset[str]) -> tuple[list[Deck], list[Problem]]:
    """Return the decks that can be used, and the problems of all."""
    from newsdeck.check import check as problems_of
    from newsdeck.check.identity import shared
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
    if "S02" in rules:
        problems += shared(usable)
    return usable, problems


def _summary(problems: Sequence[Problem], questions: int, decks: int, ok: bool) -> str:
    from collections import Counter

    found = Counter(problem.severity.value for problem in problems)
    counts = [counted(found[name], name) for name in ("error", "warning", "note") if found[name]]
    words = f"{counted(questions, 'question')} in {counted(decks, 'deck')}"
    return f"{'ok: ' if ok else ''}{', '.join([words, *counts])}"


def _unasked(decks: Sequence[Deck], rules: frozenset[str]) -> str:
    """Say that rules which know English alone were not asked of decks in other languages."""
    from newsdeck.check import RULES, is_english

    left = sum(RULES[name].english for name in rules)
    others = sorted({deck.language for deck in decks if not is_english(deck)})
    if not left or not others:
        return ""
    written = ", ".join(f"`{language}`" for language in others)
    return f"{counted(left, 'rule')} know English words alone and were not asked of {written}."


def _silencing(problems: Sequence[Problem]) -> str:
    """Say how the commonest of the rules that may be wrong is silenced."""
    from collections import Counter

    from newsdeck.check import RULES
    from newsdeck.problem import Severity

    found = Counter(
        problem.rule
        for problem in problems
        if problem.severity is not Severity.ERROR
        and RULES[problem.rule].kinds
        and problem.rule != "Q08"  # nobody knows better than to write what is still to be written
    )
    if not found:
        return ""
    ((name, _),) = found.most_common(1)
    return f"Where you know better: `ignore: {name}` in the question; `--explain {name}` says why."


@click.command(short_help="Write missing ids and drifted quotations.")
@click.argument("decks", type=DeckName(), nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Write without asking.")
def fix(decks: tuple[str, ...], yes: bool) -> None:
    """Write missing ids and drifted quotations into DECKS, and touch no other byte.

    Shows the difference and asks first. Exits 1 where something was not written, 2 where a deck
    cannot be used.
    """
    from newsdeck.mend import Changed, mends
    from newsdeck.problem import DeckError, printable

    status = 0
    for file in all_files(decks):
        try:
            found = mends(file)
        except DeckError as error:
            click.echo(str(error), err=True)
            status = BAD_INPUT
            continue
        for told in found.left:
            tell(f"{file}: {told}", err=True)
            status = max(status, FINDINGS)
        if found.after == found.before:
            tell(f"{file}: nothing to write")
            continue
        for hunk in found.diff():
            click.echo(hunk)
        if not (yes or (sys.stdin.isatty() and click.confirm(f"Write {printable(file)}?"))):
            tell(f"{file}: not written" + ("" if sys.stdin.isatty() else "; see `--yes`"))
            status = max(status, FINDINGS)
            continue
        try:
            found.write()
        except Changed:
            refuse(f"{file} was changed meanwhile; nothing was written to it.")
        except OSError as error:
            refuse(f"{file} cannot be written: {error.strerror}.")
        tell(f"{file}: written")
    sys.exit(status)


@click.command(short_help="Make a folder with a sample deck.")
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
@click.option(
    "--article", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The reading text: paragraphs with blank lines between them.",
)  # fmt: skip
def new(folder: Path, article: Path | None) -> None:
    """Make a folder NAME with a reading text and a deck with a sample of each kind.

    Overwrites nothing.
    """
    from newsdeck.problem import DeckError
    from newsdeck.write import Taken
    from newsdeck.write import new as make

    if not re.fullmatch(r"\w[\w .-]*", folder.name):
        refuse(f"`{folder.name}` is no name for a deck: write letters, digits, - and _.")
    try:
        files = make(folder, article)
    except Taken:
        refuse(f"There is something at `{folder}` already; choose another name.")
    except DeckError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except OSError as error:
        refuse(f"`{folder}` cannot be made: {error.strerror}.")
    for file in files:
        tell(str(file))
    if article is not None:
        tell(f"For proposals: newsdeck draft {shlex.quote(str(files[1]))}")
    tell(f"Now write: newsdeck preview {shlex.quote(str(files[0]))}")


@click.command(short_help="Propose questions on an article.")
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DECK",
    help="The deck to write, beside the article; without it the draft is printed.",
)  # fmt: skip
def draft(article: Path, output: Path | None) -> None:
    """Propose questions on an ARTICLE, with their evidence; works offline and by rules alone.

    What an author must supply is marked TODO. Overwrites nothing.
    """
    from newsdeck.candidates import english
    from newsdeck.draft import draft as proposals
    from newsdeck.files import create, real
    from newsdeck.library import SUFFIXES
    from newsdeck.problem import DeckError
    from newsdeck.write import for_editors, readable

    if output is not None and output.suffix not in SUFFIXES and not output.exists():
        output = output.with_name(f"{output.name}.yaml")
    folder = real(output or article).parent
    if not article.resolve().is_relative_to(folder):
        refuse(f"A deck stands beside its reading text: write it to `{article.parent}`.")
    try:
        name = article.resolve().relative_to(folder).as_posix()
        reading = readable(article)
        if not english(" ".join(paragraph.text for paragraph in reading.numbered)):
            refuse(
                f"draft knows only English, and few words of `{article}` are English. "
                f"For questions in another language: newsdeck new NAME --article "
                f"{shlex.quote(str(article))}"
            )
        text = proposals(reading, name)
        if not text:
            refuse("Nothing was found to ask: no names, numbers, dates or quotations.")
    except DeckError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        create(output, for_editors(text, folder).encode())
    except FileExistsError:
        refuse(f"There is something at `{output}` already; choose another name.")
    except OSError as error:
        refuse(f"`{output}` cannot be written: {error.strerror}.")
    tell(f"{output}: written. Now write: newsdeck preview {shlex.quote(str(output))}")


@click.command(short_help="Show a deck while it is written.")
@click.argument("deck", type=DeckName())
@by_lines
def preview(deck: str, plain: bool) -> None:
    """Show a DECK while it is written: keys, rebuttals, evidence, problems; reads every save."""
    file = file_of(deck)
    if not on_screen(plain):
        from newsdeck.plain.lines import Lines
        from newsdeck.plain.preview import Preview

        Preview(file, Lines(sys.stdin, sys.stdout)).run()
        return
    from newsdeck.tui.preview import PreviewApp

    play_in(PreviewApp(opened(), file))


@click.command(short_help="Print the JSON Schema of a deck.")
@click.argument("what", type=click.Choice(_SCHEMAS), default="deck")
def schema(what: str) -> None:
    """Print the JSON Schema of a deck, by which editors complete and check it.

    Save it beside a deck as deck.schema.json (`newsdeck new` does) and begin the deck with the
    line `# yaml-language-server: $schema=deck.schema.json`. Editors with the YAML language server,
    as VS Code with the extension "YAML", then need no network.

    Or, for programs, of what a command prints as JSON: `play --json`, `stats --json`,
    `stats --items --json` (items), `check --format json`.
    """
    from newsdeck.schema import printed, schema_of
    from newsdeck.schema import schema as deck_schema

    click.echo(printed(deck_schema() if what == "deck" else schema_of(_printed(what))))


def _printed(what: str) -> object:
    """Return the type of what a command prints as JSON."""
    match what:
        case "play":
            from newsdeck.report import Report

            return Report
        case "stats":
            from newsdeck.statistics import Statistics

            return Statistics
        case "items":
            from newsdeck.items import Analysis

            return list[Analysis]
        case _:
            from newsdeck.check.output import Finding

            return list[Finding]
