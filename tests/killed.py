"""Play sittings and kill each at a random point: python killed.py HISTORY SITTINGS SEED

Prints a line for each answer that its player had seen committed. Every second sitting is a
study; a quiz goes on where the last one was killed, as a player would.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.play import Play
from newsdeck.progress import Progress
from newsdeck.schedule import DAY
from newsdeck.session import Settings
from newsdeck.study import Limits, Study

QUESTIONS = 40


def quiz(history: History, deck_file: Path, number: int, pipe: int) -> None:
    deck = load(deck_file)
    game = Play(deck, Settings(seed=number), history, history.unfinished(deck.id))
    while game.sitting.current is not None:
        given = f"{number}-{len(game.sitting.attempts)}"
        game.answer(given, 1.0, False)
        os.write(pipe, f"quiz {given}\n".encode())


def study(history: History, deck_file: Path, number: int, pipe: int) -> None:
    at = time.time_ns() // 1_000_000 + number * DAY
    session = Study([load(deck_file)], Progress(history), at, Limits(10**6, 10**6), early=True)
    while session.current is not None:
        given = f"{number}-{session.done}"
        session.keep(session.judge(given, False, 5), at)
        os.write(pipe, f"study {given}\n".encode())
        at += 30_000
        session.now(at)


def play(file: Path, deck_file: Path, number: int, pipe: int) -> None:
    history = History.open(file)
    (study if number % 2 else quiz)(history, deck_file, number, pipe)


def main() -> None:
    file, sittings, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    deck_file = file.with_name("deck.yaml")
    rows = [f"- typed: What is {n}?\n  id: q{n}\n  answer: a{n}" for n in range(QUESTIONS)]
    deck_file.write_text("\n".join(["deck: D", "id: d", "questions:", *rows]) + "\n")
    for number in range(sittings):
        reading, writing = os.pipe()
        player = os.fork()
        if not player:
            os.close(reading)
            play(file, deck_file, number, writing)
            os._exit(0)
        os.close(writing)
        seen = b""
        wanted = chance.randrange(0, 60)
        while seen.count(b"\n") < wanted and (part := os.read(reading, 4096)):
            seen += part
        # The next answer is being written now; where in that the kill falls is chance.
        until = time.perf_counter() + chance.random() * 0.003
        while time.perf_counter() < until:
            pass
        os.kill(player, signal.SIGKILL)
        os.waitpid(player, 0)
        while part := os.read(reading, 4096):
            seen += part
        os.close(reading)
        whole = seen[: seen.rfind(b"\n") + 1]
        sys.stdout.write(whole.decode())


if __name__ == "__main__":
    main()
