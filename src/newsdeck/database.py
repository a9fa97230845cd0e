"""The file of the history: its tables, and how it is kept through every trouble of the disk."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

MIGRATIONS = (
    """
    create table sitting (
      key text primary key, deck text not null, title text not null, settings text not null,
      plan text not null, started real not null, finished real,
      points integer, accuracy real
    ) strict;
    create table answer (
      id integer primary key, sitting text not null references sitting (key),
      position integer not null, question text not null, response text not null,
      credit real not null, near integer not null, seconds real not null,
      hinted integer not null, first integer not null,
      overruled integer not null default 0, at real not null
    ) strict;
    create index answer_of on answer (sitting);
    create index sitting_of on sitting (deck, finished);
    create table flag (
      deck text not null, question text not null, at real not null, primary key (deck, question)
    ) strict;
    """,
    # `log` only ever grows; `card` has what follows from it and can be made again.
    # The log's id is the moment in milliseconds since 1970, and unique, as in Anki's.
    """
    create table card (
      id integer primary key, deck text not null, question text not null,
      phase integer not null default 0, step integer not null default 0,
      stability real not null default 0, difficulty real not null default 0,
      due integer not null default 0, last integer not null default 0,
      interval integer not null default 0, reviews integer not null default 0,
      lapses integer not null default 0, suspended integer not null default 0,
      unique (deck, question)
    ) strict;
    create table log (
      id integer primary key, card integer not null references card (id), event text not null,
      rating integer not null default 0, phase integer not null default 0,
      interval integer not null default 0, taken integer not null default 0,
      predicted real, credit real, near integer not null default 0,
      hinted integer not null default 0, response text, undoes integer
    ) strict;
    create index log_of on log (card, rating);
    create index undone on log (undoes) where undoes is not null;
    """,
)
_PATIENCE = 5  # seconds to wait for another player's write
_YET, _NEVER = "Answers could not be written yet", "The last answers could not be written"
_UNREAD = "The history cannot be read now"

Statement = tuple[str, tuple[Any, ...]]
"""An SQL statement with the values of its question marks."""


_FAILED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite raises; where it speaks of a name that is no text, Python cannot tell its error."""


def is_damage(error: Exception) -> bool:
    """Tell whether an error says that the file is damaged, not busy or wrongly asked."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own: a text that is none, or a wrong call
        return isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode")
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Newer(Exception):
    """The file was written by a newer version and must not be touched."""


def prepared(path: str) -> sqlite3.Connection:
    """Return a connection to a history whose tables are up to date. Raises Newer."""
    db = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise Newer
        _let_others_read(db)
        if version < len(MIGRATIONS):
            with closing(db.cursor()) as cursor:
                cursor.execute("begin immediate")
                # Another player may have migrated while this one waited.
                version = cursor.execute("pragma user_version").fetchone()[0]
                for script in MIGRATIONS[version:]:
                    for statement in filter(str.strip, script.split(";")):
                        cursor.execute(statement)
                cursor.execute(f"pragma user_version = {len(MIGRATIONS)}")
                cursor.execute("commit")
    except BaseException:
        db.close()
        raise
    return db


def _let_others_read(db: sqlite3.Connection) -> None:
    """Turn on WAL; SQLite itself does not wait for a file that another player has just made."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


class Store:
    """The file, open; in memory where ``path`` is None. Writing never fails.

    ``trouble`` says in words what keeps it from being written or read, '' where nothing does.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.trouble = ""
        self._pending: list[Statement] = []
        self._db = self._connect()

    def close(self) -> None:
        """Write what is still to be written, as far as that goes, and close the file."""
        self._flush()
        if self._pending:
            self.trouble = self.trouble.replace(_YET, _NEVER)
        self._db.close()

    def _connect(self) -> sqlite3.Connection:
        if self.path is None:
            return prepared(":memory:")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return prepared(str(self.path))
        except OSError as error:
            told = f"`{error.filename}` cannot be made: {error.strerror}"
            self.trouble = f"Answers are not being kept: {told}"
        except sqlite3.OperationalError as error:
            self.trouble = f"Answers are not being kept: {error}: `{self.path}`"
        except Newer:
            self.trouble = "Answers are not being kept: the history is a newer Newsdeck's."
        except _FAILED:
            if self._move_aside():
                return self._connect()
        return prepared(":memory:")

    def _move_aside(self) -> bool:
        assert self.path is not None
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        aside = self.path.with_name(f"{self.path.stem}.damaged-{stamp}{self.path.suffix}")
        try:
            for tail in ("", "-wal", "-shm"):
                file = Path(f"{self.path}{tail}")
                if file.exists():
                    file.rename(f"{aside}{tail}")
        except OSError as error:
            told = f"`{error.filename}` cannot be renamed: {error.strerror}"
            self.trouble = f"The history is damaged and cannot be moved aside: {told}"
            return False
        self.trouble = f"The history was damaged; it is now {aside.name}, and a new one is begun."
        return True

    def _begin_anew(self) -> None:
        """Put a file aside that opened and yet is damaged, and begin a new one."""
        self._db.close()
        if self.path is not None and self._move_aside():
            trouble = self.trouble
            self._db = self._connect()
            self.trouble = self.trouble or trouble
        else:
            self._db = prepared(":memory:")

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds; in a file that turns out to be damaged, nothing.

        Raises OSError where it cannot be read now, and ``trouble`` says so until it can.
        """
        try:
            found = self._db.execute(sql, values).fetchall()
        except _FAILED as error:
            if self._db.in_transaction or not is_damage(error):
                told = f"{_UNREAD}: {error}"
                self.trouble = self.trouble or told
                raise OSError(errno.EIO, told) from error
            self._begin_anew()
            return self._db.execute(sql, values).fetchall()
        if self.trouble.startswith(_UNREAD):
            self.trouble = ""
        return found

    def commit(self, statements: Iterable[Statement]) -> bool:
        """Write statements, all or none; return whether they are on the disk already.

        What cannot be written now is written with what comes next.
        """
        self._pending += statements
        self._flush()
        return not self._pending

    def commit_now(self, statements: Iterable[Statement]) -> bool:
        """Write very many statements, now or never, all or none; return whether they are written.

        They are taken one by one, so that the later ones can be made of what the file has by then.
        """
        self._flush()
        if self._pending:
            return False
        try:
            self._store(statements)
        except _FAILED as error:
            if is_damage(error):
                self._begin_anew()
            else:
                self.trouble = f"{_YET}: {error}"
            return False
        return True

    def _flush(self) -> None:
        if not self._pending:
            return
        try:
            try:
                self._store(self._pending)
            except _FAILED as error:
                if not is_damage(error):
                    raise
                self._begin_anew()
                self._store(self._pending)
        except _FAILED as error:
            self.trouble = f"{_YET}: {error}"
        else:
            self._pending.clear()

    def _store(self, statements: Iterable[Statement]) -> None:
        with self._db:
            for sql, group in groupby(statements, itemgetter(0)):
                self._db.executemany(sql, (values for _, values in group))
        if self.trouble.startswith((_YET, _UNREAD)):
            self.trouble = ""
