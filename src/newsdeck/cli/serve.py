"""The command of who lets others play in a browser."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from newsdeck.cli.common import files_of, refuse


@click.command(short_help="Let decks be played in a browser.")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="The port to listen at.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; any but this machine's own needs --token.",
)
@click.option("--token", is_flag=True, help="Let in only who has the address that is printed.")
@click.option(
    "--most",
    type=click.IntRange(1, 1000),
    default=8,
    show_default=True,
    help="How many may play at once; each takes a process.",
)
def serve(path: Path | None, port: int, host: str, token: bool, most: int) -> None:  # fmt: skip
    """Let the decks (or those at a PATH) be played in a browser.

    Each visitor keeps a history of their own. Nothing is encrypted: let others in only over a
    network that you trust.
    """
    import secrets

    from newsdeck.library import home

    if path is not None:
        files_of(str(path))
    if not token and not _own(host):
        refuse(f"`{host}` can be reached from elsewhere; add --token.")
    try:
        from newsdeck.web import Web
    except ImportError:
        refuse("serving needs more packages: `pip install 'newsdeck[web]'`.")
    paths = [] if path is None else [path.resolve()]
    server = Web(
        paths, host, port, home() / "visitors", most, secrets.token_urlsafe(16) if token else ""
    )

    def tell() -> None:
        click.echo(f"Newsdeck is at {server.address} (Ctrl+C ends it)")
        if server.anywhere:
            click.echo("From elsewhere, put this machine's name or address for `localhost`.")

    try:
        server.run(tell)
    except OSError as error:
        refuse(f"cannot listen at {host}:{port}: {error.strerror}")


def _own(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
