"""Prints how long a library of many decks takes to open beside one of one deck: library.py"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from run import deck_of, first_frame, interleaved

DECKS, QUESTIONS = 1_000, 100


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name), Path(name) / "home"
        for decks in (1, DECKS):
            (folder / str(decks)).mkdir()
            for n in range(decks):
                file = folder / str(decks) / f"deck-{n:04}.yaml"
                text = deck_of(QUESTIONS).replace("deck: Benchmark", f"deck: FIRSTQUESTION {n}")
                file.write_text(text.replace("id: benchmark", f"id: benchmark-{n}"))
        time.sleep(3)  # what was written a moment ago is not kept

        def opened(decks: int) -> None:
            words = [sys.executable, "-m", "newsdeck", str(folder / str(decks))]
            first_frame(words, str(home))

        def listed(decks: int) -> None:
            words = f"{sys.executable} -m newsdeck list {folder / str(decks)} >{folder / 'out'}"
            os.system(f"NEWSDECK_HOME={home} {words}")

        start = time.perf_counter()
        listed(DECKS)
        cold = time.perf_counter() - start
        opened(1)
        many, one = interleaved(lambda: opened(DECKS), lambda: opened(1))
        told = f"{many:.3f} s / {one:.3f} s = {many / one:.2f} (at most 2)"
        print(
            f"library of {DECKS:,} decks, {DECKS * QUESTIONS:,} questions, beside one deck: {told}"
        )
        many, one = interleaved(lambda: listed(DECKS), lambda: listed(1))
        print(f"list of {DECKS:,} decks beside one deck: {many:.3f} s / {one:.3f} s")
        print(f"the same list where no deck is known yet: {cold:.1f} s")
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
