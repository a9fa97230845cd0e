"""Which sitting a player holds, so that another process keeps its hands off it."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path


class Hold:
    """Holds one sitting at a time by a lock on one byte of a file.

    The system lets go of a lock when its process ends, however it ends. Where there is no file,
    or none that can be locked, everything is free: a hold only keeps two players apart.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._handle: int | None = None
        self._held: int | None = None

    def take(self, key: str) -> bool:
        """Hold a sitting, and none that was held before; False where another process holds it."""
        byte = _byte(key)
        if byte == self._held:
            return True
        self.let_go()
        if not self._lock(byte):
            return False
        self._held = byte
        return True

    def let_go(self) -> None:
        """Hold nothing."""
        if self._held is not None and self._handle is not None:
            _unlock(self._handle, self._held)
        self._held = None

    def is_taken(self, key: str) -> bool:
        """Tell whether another process holds a sitting."""
        byte = _byte(key)
        if byte == self._held:
            return False
        if not self._lock(byte):
            return True
        if self._handle is not None:
            _unlock(self._handle, byte)
        return False

    def close(self) -> None:
        """Let go, and close the file."""
        self.let_go()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _lock(self, byte: int) -> bool:
        """Lock a byte; False where another process has it locked."""
        try:
            if self._handle is None:
                if self._path is None:
                    return True
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            _lock(self._handle, byte)
        except (BlockingIOError, PermissionError):  # as POSIX and as Windows say it
            return self._handle is None  # a file that cannot be opened locks nothing
        except OSError:
            return True
        return True


def _byte(key: str) -> int:
    """Return a key's place in the file; Windows has no more than 31 bits for it."""
    return zlib.crc32(key.encode()) >> 1


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, byte: int) -> None:
        os.lseek(handle, byte, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _unlock(handle: int, byte: int) -> None:
        os.lseek(handle, byte, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(handle: int, byte: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)

    def _unlock(handle: int, byte: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, byte)
