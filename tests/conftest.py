"""What several test modules begin with: a home of their own, and an Anki that schedules.

A run of the tests tries the same examples each time. `pytest --hypothesis-profile=wide` tries
others, and thirty times as many.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from terminal import Terminal

if TYPE_CHECKING:
    from anki.collection import Collection

# Time is measured in benchmarks alone.
settings.register_profile("newsdeck", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("wide", deadline=None, max_examples=3_000)
settings.load_profile("newsdeck")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make ``home`` in the test's folder the user's home, and the folder the current one."""
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    """Keep terminals that a test opens, and close them behind it."""
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Collection"]:
    """Open an empty Anki that schedules by FSRS and whose days begin as ours."""
    from anki.collection import Collection

    monkeypatch.setenv("TZ", "Etc/GMT-4")  # where it is four, when Anki's days begin, at 0 UTC
    time.tzset()
    opened = Collection(str(tmp_path / "collection.anki2"))
    opened.set_config("fsrs", True)
    opened.close()
    opened.reopen()
    yield opened
    if opened.db:
        opened.close()
    monkeypatch.undo()
    time.tzset()
