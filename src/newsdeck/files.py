"""Writing a file so that whoever looks finds the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def real(path: Path) -> Path:
    """Return where a path leads; a link that leads to itself stays what it is."""
    return Path(os.path.realpath(path))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step; what stood there stays where that fails. Raises OSError.

    A file keeps its mode and, as far as that is ours to give, its owner; one that was made
    read-only is refused, although its folder would let it be replaced.
    """
    path = real(path)  # a link stays a link
    try:
        before = path.stat() if path.exists() else None
        if before and not (path.is_file() or path.is_dir()):  # a device would be gone afterwards
            raise OSError(errno.EINVAL, "It is no regular file")
        # Who may write everything is told nothing by `access`, but by the mode.
        if before and not (before.st_mode & 0o222 and os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, "It is read-only")
        _write(path, data, before)
    except OSError as error:
        error.filename = str(path)  # what was asked for; the other name nobody has chosen
        raise


def create(path: Path, data: bytes) -> None:
    """Write a new file, whole or not at all. Raises FileExistsError, OSError."""
    path.touch(exist_ok=False)
    try:
        write_whole(path, data)
    except BaseException:
        path.unlink()
        raise


def _write(path: Path, data: bytes, before: os.stat_result | None) -> None:
    # Not by the file's own name, beside which no more may have room.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".newsdeck-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if before and hasattr(os, "chown"):
            with suppress(PermissionError):
                os.chown(name, before.st_uid, before.st_gid)
        # Private is mkstemp's choice; a new file gets what the user's mask gives any other.
        Path(name).chmod(before.st_mode & 0o777 if before else 0o666 & ~_mask())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
