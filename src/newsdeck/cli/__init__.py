"""The command line, a module for each of the three who use it."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsdeck.cli import author, export, play, serve, study
from newsdeck.cli.common import by_lines, refuse
from newsdeck.problem import did_you_mean, printable

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _legible() -> Iterator[None]:
    """Let nothing that was typed drive the terminal from the message that refuses it."""
    try:
        yield
    except click.UsageError as error:
        told = error.format_message()
        legible = "\n".join(map(printable, told.split("\n")))
        if legible == told:
            raise
        raise click.UsageError(legible, error.ctx) from error


class _Commands(click.Group):
    """A group that offers the nearest command, and takes a path for the library's."""

    def make_context(self, *words: Any, **more: Any) -> click.Context:
        with _legible():
            return super().make_context(*words, **more)

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

    def invoke(self, ctx: click.Context) -> object:
        try:
            with _legible():
                return super().invoke(ctx)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # click ends quietly
                raise
            refuse(f"{f'`{error.filename}`: ' if error.filename else ''}{error.strerror or error}")


def _mend_streams() -> None:
    """Let no stream that was closed, nor one of few characters, end what reads or writes it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115  # as long as we run
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


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
@by_lines
@click.pass_context
def main(ctx: click.Context, plain: bool) -> None:
    """Play question decks made from news articles.

    Without a command, opens the library; `newsdeck PATH` opens the decks at a path.
    """
    _mend_streams()
    if plain:
        ctx.default_map = {name: {"plain": True} for name in main.commands}
    if ctx.invoked_subcommand is None:
        ctx.invoke(play.library, plain=plain)


for command in (
    play.library,
    play.play,
    play.list_,
    study.study,
    study.stats,
    study.history,
    study.import_progress,
    author.check,
    author.draft,
    author.fix,
    author.new,
    author.preview,
    author.schema,
    export.export,
    serve.serve,
):
    main.add_command(command)
