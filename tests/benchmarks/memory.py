"""Prints the most memory that work takes, each piece in a process of its own: python memory.py"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import Row, deck_text, table
from player import FLOOR_APP

LARGEST, QUESTIONS = 16 * 1024 * 1024, 20_000
"""The largest file, in bytes, and the most questions, that a deck may have."""
FILE = "import sys; from pathlib import Path; file = Path(sys.argv[1])\n"
LOAD = FILE + "from newsdeck.deck import load; load(file)"
EVENTS = FILE + (
    "import yaml\nfor _ in yaml.parse(file.read_text(), Loader=yaml.CSafeLoader): pass"
)
YAML = FILE + "import yaml; yaml.load(file.read_text(), Loader=yaml.CSafeLoader)"
EXPORT = FILE + (
    "import export; package = export.packaged(export.decks_of(file, 1, 10_000))\n"
    "export.{how}(package, file / 'out.apkg')"
)
PEAK = """
import resource, subprocess, sys
from measuring import first_frame
home, *command = sys.argv[1:]
first_frame(command, home) if home else subprocess.run(command, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(*words: str, home: str = "") -> float:
    """Return the most MB that Python holds while it runs; with a ``home``, to its first frame.

    It is the child of a small process: what starts a process counts as its memory at first.
    """
    command = [sys.executable, "-c", PEAK, home, sys.executable, *words]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return int(told.stdout) * 1024 / 1e6


def largest_text() -> str:
    """Return the file of the largest deck: as many questions as may be, in as many bytes."""
    text = deck_text(QUESTIONS)
    room = (LARGEST - len(text)) // QUESTIONS // len(filler := " and so on")
    return text.replace("That is why", f"That is{filler * room} why")


def rows() -> Iterator[Row]:
    """Measure reading, playing and exporting, and the largest deck that is read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small, most = (folder / f"{size}.yaml" for size in ("large", "small", "most"))
        large.write_text(deck_text(10_000))
        small.write_text(deck_text(100))
        most.write_text(largest_text())
        ours = peak("-c", LOAD, str(large))
        for what, code in (("a bare loop over the events", EVENTS), ("yaml.load", YAML)):
            floor = peak("-c", code, str(large))
            yield Row(f"memory: read 10,000 questions / {what}", ours, floor, "", "MB")
        ours = peak("-m", "newsdeck", "play", str(small), home=name)
        floor = peak("-c", FLOOR_APP, home=name)
        yield Row("memory: first question of 100 / one Static", ours, floor, "", "MB")
        ours, floor = (
            peak("-c", EXPORT.format(how=how), name) for how in ("ours", "plain_genanki")
        )
        yield Row("memory: export 10,000 notes / plain genanki", ours, floor, "", "MB")
        start = time.perf_counter()
        ours = peak("-c", LOAD, str(most))
        taken = time.perf_counter() - start
        yield Row("memory: read 16 MiB of 20,000 questions", ours, None, "≤ 268 MB", "MB")
        yield Row("the same, with the start of Python", taken, None, "≤ 10 s")


if __name__ == "__main__":
    table(rows())
