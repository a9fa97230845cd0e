"""Prints how long a library of many decks takes to open, beside one of one deck: library.py"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import MARK, Row, deck_text, first_frame, medians, table

DECKS, QUESTIONS, ROUNDS = 1_000, 100, 5


def rows() -> Iterator[Row]:
    """Measure the library on a screen and as a list, with an index and without."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), str(Path(name, "home"))
        for decks in (1, DECKS):
            (folder / str(decks)).mkdir()
            for n in range(decks):
                text = deck_text(QUESTIONS, n).replace("deck: Benchmark", f"deck: {MARK}")
                (folder / str(decks) / f"deck-{n:04}.yaml").write_text(text)
        time.sleep(3)  # the index trusts no file that was written a moment ago

        def run(*words: str) -> None:
            command = [sys.executable, "-m", "newsdeck", *words]
            environment = {**os.environ, "NEWSDECK_HOME": home}
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)

        def opened(decks: int) -> None:
            first_frame([sys.executable, "-m", "newsdeck", str(folder / str(decks))], home)

        start = time.perf_counter()
        run("list", str(folder / str(DECKS)))
        cold = time.perf_counter() - start
        opened(1)
        many, one = medians(lambda: opened(DECKS), lambda: opened(1), rounds=ROUNDS)
        yield Row(f"library of {DECKS:,} decks / of one", many, one, "≤ 2")
        yield Row(f"{DECKS:,} decks listed for the first time", cold, None)


if __name__ == "__main__":
    table(rows())
