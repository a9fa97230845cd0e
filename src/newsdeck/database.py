"""The file of the history: its tables, how it is opened, and when it is damaged."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

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


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether an error says that the file is damaged, not busy or wrongly asked."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # Python's own: a text that is none, or a wrong call
        return str(error).startswith("Could not decode")
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
