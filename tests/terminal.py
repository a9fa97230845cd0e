"""A real terminal of a given size, as a program under test and its reader see it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import threading
from collections.abc import Callable
from pathlib import Path

import pyte

PATIENCE = 60
"""Seconds after which a screen that does not come is given up."""


class Terminal:
    """Runs a command; ``lines`` is what its screen shows.

    ``answers`` is what the terminal says to whom asks, each once; as here, most say nothing.
    Where it is not the command's ``own``, no signal says that it is closed.
    """

    def __init__(
        self,
        command: list[str],
        size: tuple[int, int],
        home: Path,
        own: bool = True,
        answers: dict[bytes, bytes] | None = None,
    ) -> None:
        columns, rows = size
        self._answers = dict(answers or {})
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.painted = b""
        self._pid, self._end = pty.fork()
        if not self._pid:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            if not own:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
                fcntl.ioctl(0, termios.TIOCNOTTY)
            # Names a size of their own in some places; the terminal has the true one.
            names = os.environ.keys() - {"COLUMNS", "LINES"}
            mine = {"NEWSDECK_HOME": str(home), "TERM": "xterm-256color"}
            os.execve(command[0], command, {name: os.environ[name] for name in names} | mine)

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display]

    def _read(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], PATIENCE)
        assert ready, "\n".join(self.lines)
        try:
            data = os.read(self._end, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.painted += data
        for question in [known for known in self._answers if known in self.painted]:
            os.write(self._end, self._answers.pop(question))
        # pyte reads the private answers of newer terminals as text
        self._stream.feed(data.replace(b"\x1b[>", b"\x1b[?"))
        return bool(data)

    def until(self, seen: Callable[[list[str]], bool]) -> list[str]:
        """Read until the screen is as wanted, and return its lines."""
        while not seen(self.lines):
            assert self._read(), "\n".join(self.lines)
        return self.lines

    def end(self, number: int) -> int:
        """Send a signal, read to the end, and return the exit code."""
        os.kill(self._pid, number)
        return self.ended()

    def ended(self) -> int:
        """Read to the end, and return the exit code."""
        while self._read():
            pass
        os.close(self._end)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def lose(self) -> int:
        """Close it under the command, and return the exit code."""
        os.close(self._end)
        giving_up = threading.Timer(PATIENCE, os.kill, (self._pid, signal.SIGKILL))
        giving_up.start()
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        giving_up.cancel()
        return code

    def until_text(self, text: str) -> list[str]:
        """Read until a text stands on the screen."""
        return self.until(lambda lines: any(text in line for line in lines))

    def type(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)
        os.kill(self._pid, signal.SIGWINCH)

    def close(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._end)
