"""What stands where in real terminals, with texts that break layouts."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from terminal import Terminal

TEXTS = {
    "plain": ("Which one is it?", ["alpha", "beta", "gamma"]),
    "cjk": ("白俄罗斯释放了多少名政治犯?", ["一百二十三名", "一百一十四名", "两百名"]),
    "emoji": ("Which 👩‍👩‍👧 is it 🇧🇾?", ["👍🏽 yes", "👎 no", "🤷‍♀️ perhaps"]),
    "arabic": ("كم عدد السجناء؟", ["مئة وثلاثة وعشرون", "مئة", "مئتان"]),
    "combining": ("Wḧi̊c̈h o̐n̈ë?", ["ä̈b̈", "c̈d̈", "ëf̈"]),
    "long-word": ("W" * 300, ["a" * 120, "b" * 120, "c" * 120]),
    "long": ("word " * 2000, ["alpha", "beta", "gamma"]),
    "many": ("Which of sixty?", [f"option {n:02}" for n in range(1, 61)]),
}


SMALL, USUAL, WIDE = (40, 12), (80, 24), (120, 40)
CASES = [
    *((name, SMALL) for name in TEXTS),
    *((name, size) for name in ("cjk", "long", "many") for size in (USUAL, WIDE)),
]


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize(("name", "size"), CASES, ids=str)
def test_every_choice_can_be_reached_and_the_chosen_one_is_seen(
    name: str, size: tuple[int, int], tmp_path: Path, terminals: list[Terminal]
) -> None:
    prompt, options = TEXTS[name]
    file = tmp_path / "deck.yaml"
    rows = "".join(f"  - '{option}'\n" for option in options)
    file.write_text(
        f"deck: T\nid: t\nquestions:\n- choice: '{prompt.strip()}'\n  id: q\n"
        f"  answer: '{options[0]}'\n  options:\n{rows}"
    )
    terminal = Terminal([sys.executable, "-m", "newsdeck", "play", str(file)], size, tmp_path)
    terminals.append(terminal)

    least = 1 if name == "long-word" else 2

    def stands(lines: list[str]) -> bool:
        choices = sum("○" in line for line in lines)
        framed = lines[0].strip().startswith("T ") and lines[-1].strip().startswith("⏎ answer")
        return framed and prompt[:3] in lines[2] and choices >= least

    terminal.until(stands)
    for number, option in enumerate(options, 1):
        terminal.type("\x1b[B")
        shown = option[0] if number < 10 else option.replace(" ", "")
        terminal.until(partial(chosen, text=shown))
    terminal.type("\r")
    terminal.until(lambda lines: any("Wrong" in line for line in lines) and "⏎ next" in lines[-1])


def chosen(lines: list[str], text: str) -> bool:
    """Tell whether the row that is chosen begins with a text; space and broken lines count not."""
    return f"●{text}" in "".join("".join(lines).split())


@pytest.mark.parametrize(
    ("words", "before", "keys", "after"),
    [
        (["play", "belarus-release", "--in-order"], "⏎ answer", "2\r", "✓ Right"),
        (["study", "belarus-release", "--early"], "⏎ answer", "2\r", "✓ Right"),
        ([], "study", "t", "Nothing yet"),
        (["preview", "belarus-release"], "1/30", "n", "2/30"),
    ],
    ids=["play", "study", "library", "preview"],
)
def test_a_storm_of_sizes_ends_well(
    words: list[str], before: str, keys: str, after: str,
    tmp_path: Path, terminals: list[Terminal],
) -> None:  # fmt: skip
    terminal = Terminal([sys.executable, "-m", "newsdeck", *words], (80, 24), tmp_path)
    terminals.append(terminal)
    terminal.until_text(before)
    for columns, rows in [(20, 5), (200, 60), (1, 1), (40, 12), (300, 3), (80, 24)] * 5:
        terminal.resize(columns, rows)
    terminal.type(keys)
    terminal.until_text(after)
