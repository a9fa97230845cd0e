"""The README: its deck is one, its links lead somewhere, and no command or option is missing.

NEWSDECK_WRITE_README=1 writes the commands and their options anew.
"""

import os
import re
from pathlib import Path

import click

from newsdeck.check import check
from newsdeck.cli import main
from newsdeck.deck import load

README = Path(__file__).parents[1] / "README.md"
_LISTED = re.compile(r"(<!-- options -->\n```text\n)(.*?)(```\n)", re.DOTALL)


def written() -> str:
    return README.read_text(encoding="utf-8")


def listed(group: click.Group, name: str) -> list[str]:
    """Return each command of a group with its arguments, what it does, and its options."""
    rows = []
    for word, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            rows += listed(command, f"{name} {word}")
        elif not command.hidden:
            rows += ["", *_rows(command, f"{name} {word}")]
    return rows


def _rows(command: click.Command, name: str) -> list[str]:
    context = click.Context(command, info_name=name)
    words = [word for word in command.collect_usage_pieces(context) if word != "[OPTIONS]"]
    does = " ".join((command.help or "").partition("\n\n")[0].split())
    rows = [" ".join([name, *words]), f"  {does}"]
    options = [option for option in command.params if isinstance(option, click.Option)]
    return rows + [f"    {', '.join(option.opts):<16} {option.help}" for option in options]


def test_every_command_and_option_stands_in_the_readme() -> None:
    rows = [*_rows(main, "newsdeck"), *listed(main, "newsdeck")]
    text = "\n".join(rows) + "\n"
    if os.environ.get("NEWSDECK_WRITE_README"):
        README.write_text(
            _LISTED.sub(lambda found: f"{found[1]}{text}{found[3]}", written()), encoding="utf-8"
        )
    assert [shown for _, shown, _ in _LISTED.findall(written())] == [text]


def test_every_command_stands_in_the_tables() -> None:
    told = _LISTED.sub("", written())
    for name, command in main.commands.items():
        assert command.hidden or f"newsdeck {name}" in told, name


def test_the_example_is_a_good_deck(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text(
        "Belarus pardoned and freed 123 political prisoners on a Saturday; 114 went to Ukraine.\n"
    )
    file = tmp_path / "deck.yaml"
    (deck,) = re.findall(r"^```yaml\n(.*?)^```$", written(), re.MULTILINE | re.DOTALL)
    file.write_text(deck)
    assert check(load(file)) == []


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", written()) if "://" not in link]
    assert links
    for link in links:
        assert (README.parent / link).exists(), link
