"""The command line as the tests call it: in a process of its own, or in this one."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from newsdeck.cli import main

ENTRY = [sys.executable, "-m", "newsdeck"]


def environment(home: Path) -> dict[str, str]:
    """Return this process's environment, with another home."""
    return {**os.environ, "NEWSDECK_HOME": str(home)}


def run(
    *words: str, home: Path, folder: Path | None = None, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process, with ``typed`` as all of its input."""
    return subprocess.run(
        [*ENTRY, *words],
        cwd=folder,
        capture_output=True,
        text=True,
        input=typed,
        timeout=60,
        env=environment(home),
        check=False,
    )


def newsdeck(*words: object, typed: str = "") -> Result:
    """Run a command in this process, which is faster; what it raises, this raises."""
    return CliRunner().invoke(main, list(map(str, words)), input=typed, catch_exceptions=False)
