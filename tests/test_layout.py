"""What stands where in real terminals, with texts that break layouts."""

import re
import sys
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

FEWER = 14
"""How many of many options are gaps, items and pairs: more than fit, and soon walked through."""
SMALL, USUAL, WIDE = (40, 12), (80, 24), (120, 40)
CASES = [
    *((name, SMALL) for name in TEXTS),
    *((name, size) for name in ("cjk", "long", "many") for size in (USUAL, WIDE)),
]


@pytest.mark.parametrize(("name", "size"), CASES, ids=str)
def test_every_choice_can_be_reached_and_what_has_the_focus_is_seen(
    name: str, size: tuple[int, int], tmp_path: Path, terminals: list[Terminal]
) -> None:
    prompt, options = TEXTS[name]
    file = tmp_path / "deck.yaml"
    file.write_text(deck(prompt.strip(), options))
    command = [sys.executable, "-m", "newsdeck", "play", str(file), "--in-order"]
    terminal = Terminal(command, size, tmp_path)
    terminals.append(terminal)
    # What stands where, which in a narrow terminal is a part of the text.
    texts = [option if len(options) > 9 else option[0] for option in options]
    for number, (kind, play) in enumerate(KINDS.items(), 1):
        start = kind if kind == "cloze" else prompt[:3]
        terminal.until(partial(stands, number=number, start=start))
        play(terminal, texts)
        terminal.until(told)
        terminal.type("!\r")  # what counts as right does not come back
    terminal.until_text(f"of {100 * len(KINDS)} points")


def deck(prompt: str, options: list[str]) -> str:
    """Return a deck with a question of each kind, whose texts are a prompt and some options."""
    listed, fewer = (
        "".join(f"  - '{option}'\n" for option in some) for some in (options, options[:FEWER])
    )
    pairs = "".join(
        f"    '{option}': '{number}. {option}'\n" for number, option in enumerate(options[:FEWER])
    )
    gaps = " ".join(f"{{{option}::{option}}}" for option in options[:FEWER])
    return (
        "deck: T\nid: t\nquestions:\n"
        f"- choice: '{prompt}'\n  id: one\n  answer: '{options[0]}'\n  options:\n{listed}"
        f"- choice: '{prompt}'\n  id: several\n  answer: ['{options[0]}', '{options[1]}']\n"
        f"  options:\n{listed}"
        f"- claim: '{prompt}'\n  id: claim\n  answer: true\n"
        f"- typed: '{prompt}'\n  id: typed\n  answer: '{options[0]}'\n"
        f"- number: '{prompt}'\n  id: number\n  answer: 7\n  unit: days\n"
        f"- cloze: 'cloze {prompt} {gaps}'\n  id: cloze\n"
        f"- order: '{prompt}'\n  id: order\n  items:\n{fewer}"
        f"- match: '{prompt}'\n  id: match\n  pairs:\n{pairs}"
        f"- card: '{prompt}'\n  id: card\n  answer: '{options[0]}'\n"
    )


def stands(lines: list[str], number: int, start: str) -> bool:
    """Tell whether a question's frame is on the screen: the deck, the prompt, the keys."""
    framed = lines[0].startswith(" T ") and f" {number}/{len(KINDS)} " in lines[0]
    ways = ("q leave  ? help", "esc other keys  f1 help")
    return framed and start in lines[2] and lines[-1].endswith(ways)


def told(lines: list[str]) -> bool:
    """Tell whether the verdict is on the screen, with the keys that lead on."""
    verdict = any(f"█ {sign} " in line for line in lines for sign in "✓◐✗")
    return verdict and "⏎ next" in lines[-1] and lines[-1].endswith("q leave  ? help")


def seen(terminal: Terminal, text: str) -> None:
    """Wait until a text stands on the screen, however it is broken there, beside any scrollbar."""
    sought = "".join(text.split())
    terminal.until(lambda lines: sought in re.sub(r"[\s▁-█]", "", "".join(lines)))


def choose(terminal: Terminal, texts: list[str]) -> None:
    for text in texts:
        terminal.type(DOWN)
        seen(terminal, f"●{text}")
    terminal.type("\r")
    seen(terminal, "Wrong")


def tick(terminal: Terminal, texts: list[str]) -> None:
    for text in texts:
        terminal.type(f"{DOWN} ")
        seen(terminal, f"☑{text}")
    terminal.type("\r")


def judge(terminal: Terminal, texts: list[str]) -> None:
    terminal.type(DOWN)
    seen(terminal, "●True")
    terminal.type(DOWN)
    seen(terminal, "●False")
    terminal.type("\r")


def write(terminal: Terminal, texts: list[str]) -> None:
    terminal.type("xyz")
    seen(terminal, "xyz")
    terminal.type("\r")


def measure(terminal: Terminal, texts: list[str]) -> None:
    terminal.type("987")
    seen(terminal, "987")
    terminal.type("\r")


def waits(terminal: Terminal, lines: list[str]) -> bool:
    """Tell whether an empty field with the cursor in it is on the screen."""
    for y, line in enumerate(lines):
        first, second = terminal.screen.buffer[y][1], terminal.screen.buffer[y][2]
        if line.startswith(" type here") and (first.fg, first.bg) != (second.fg, second.bg):
            return True
    return False


def fill(terminal: Terminal, texts: list[str]) -> None:
    for number in range(len(texts[:FEWER])):
        terminal.until(partial(waits, terminal))
        terminal.type(f"xyz{number}")
        seen(terminal, f"xyz{number}")
        terminal.type("\r")


def arrange(terminal: Terminal, texts: list[str]) -> None:
    for number in range(1, len(texts[:FEWER]) + 1):
        terminal.type(f"{DOWN} ")
        terminal.until_text(f"  {number}.")
    terminal.type("\r")


def join(terminal: Terminal, texts: list[str]) -> None:
    for text in texts[:FEWER]:
        terminal.type("\x1b[C")
        seen(terminal, f"1.{text}")
        terminal.type(DOWN)
    terminal.type("\r")


def turn(terminal: Terminal, texts: list[str]) -> None:
    terminal.type(" ")
    seen(terminal, f"▶{texts[0]}")
    terminal.type("1")


DOWN = "\x1b[B"
KINDS = {
    "choice": choose, "several": tick, "claim": judge, "typed": write, "number": measure,
    "cloze": fill, "order": arrange, "match": join, "card": turn,
}  # fmt: skip


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
