"""SQLite: every answer, committed as it is given, and kept through every trouble of the disk."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from newsdeck.database import Newer, is_damage, prepared
from newsdeck.grade import Response
from newsdeck.hold import Hold

_YET, _NEVER = "Answers could not be written yet", "The last answers could not be written"
_FINEST = 1_000_000  # a credit is a fraction of far fewer parts, so it comes back exactly

_WHOLE: dict[str, Any] = {"count": 0, "tags": [], "only": []}
"""The settings that choose questions, as they are where none is left out."""
_PART = (
    "iif(json_valid(settings), json_object('count', coalesce(json_extract(settings, '$.count'), 0),"
    " 'tags', json(coalesce(json_extract(settings, '$.tags'), '[]')),"
    " 'only', json(coalesce(json_extract(settings, '$.only'), '[]'))), '')"
)

_RESPONSES: msgspec.json.Decoder[Response | None] = msgspec.json.Decoder(Response | None)
_Rows = list[tuple[str, str, Annotated[float, Meta(ge=0, le=1)], int, float, int, int, int, float]]

Statement = tuple[str, tuple[Any, ...]]
"""An SQL statement with the values of its question marks."""


class Record(Struct, frozen=True):
    """An answer as it is kept."""

    question: str
    response: Response | None
    credit: Fraction
    near: bool
    seconds: float
    hinted: bool
    overruled: bool = False
    first: bool = True


class Unfinished(Struct, frozen=True):
    """A sitting that was left; ``times`` are the seconds since 1970 of its records."""

    key: str
    settings: dict[str, Any]
    plan: tuple[str, ...]
    records: list[Record]
    times: list[float]


class Summary(Struct, frozen=True):
    """What a library says of a deck: its best accuracy (0 to 1), how often and when played.

    The best is of sittings that asked the whole deck, None where there is none.
    """

    best: float | None
    played: int
    at: float


class Result(Struct, frozen=True):
    """A finished sitting."""

    at: float
    points: int
    accuracy: float
    seconds: float


class History:
    """The answers of one player. Writing never fails: see ``trouble``."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.trouble = ""
        self._pending: list[Statement] = []
        self._hold = Hold(path and path.with_name(f"{path.stem}.playing"))
        self._db = self._connect()

    @classmethod
    def open(cls, path: Path | None) -> History:
        """Open the history at ``path``, made if it is not there; None keeps it in memory."""
        return cls(path)

    def close(self) -> None:
        """Write what is still to be written, as far as that goes, and close the file."""
        self._flush()
        if self._pending:
            self.trouble = self.trouble.replace(_YET, _NEVER)
        self._hold.close()
        self._db.close()

    def _connect(self) -> sqlite3.Connection:
        if self.path is None:
            return prepared(":memory:")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return prepared(str(self.path))
        except (sqlite3.OperationalError, OSError) as error:
            self.trouble = f"Answers are not being kept: {error}"
        except Newer:
            self.trouble = "Answers are not being kept: the history is a newer Newsdeck's."
        except sqlite3.DatabaseError:
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
            self.trouble = f"The history is damaged and cannot be moved aside: {error}"
            return False
        self.trouble = f"The history was damaged; it is now {aside.name}, and a new one is begun."
        return True

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what a query finds; in a file that turns out to be damaged, nothing.

        Raises OSError where it cannot be read now.
        """
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise OSError(errno.EIO, f"The history cannot be read: {error}") from error
            self._begin_anew()
            return self._db.execute(sql, values).fetchall()

    def commit(self, statements: Iterable[Statement], later: bool = True) -> bool:
        """Write statements, all or none; return whether they are on the disk already.

        What cannot be written now is written with what comes next, unless ``later`` is false.
        """
        before = len(self._pending)
        self._pending += statements
        self._flush()
        if self._pending and not later:
            del self._pending[before:]
            return False
        return not self._pending

    def _begin_anew(self) -> None:
        """Put a file aside that opened and yet is damaged, and begin a new one."""
        self._db.close()
        if self.path is not None and self._move_aside():
            trouble = self.trouble
            self._db = self._connect()
            self.trouble = self.trouble or trouble
        else:
            self._db = prepared(":memory:")

    def _write(self, sql: str, *values: Any) -> None:
        self.commit([(sql, values)])

    def _flush(self) -> None:
        if not self._pending:
            return
        try:
            try:
                self._store()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self._begin_anew()
                self._store()
        except sqlite3.DatabaseError as error:
            self.trouble = f"{_YET}: {error}"

    def _store(self) -> None:
        with self._db:
            for sql, values in self._pending:
                self._db.execute(sql, values)
        self._pending.clear()
        if self.trouble.startswith(_YET):
            self.trouble = ""

    def begin(
        self,
        key: str,
        deck: str,
        title: str,
        settings: dict[str, Any],
        plan: Sequence[str],
        at: float,
    ) -> None:
        """Note that a sitting begins, and hold it; ``key`` is its name among all sittings."""
        self._hold.take(key)
        self._write(
            "insert into sitting (key, deck, title, settings, plan, started) values (?,?,?,?,?,?)",
            key, deck, title, _json(settings), _json(list(plan)), at,
        )  # fmt: skip

    def answer(self, key: str, position: int, record: Record, at: float) -> None:
        """Commit an answer, the sitting's ``position``-th from 0."""
        self._write(
            "insert into answer (sitting, position, question, response, credit, near, seconds,"
            " hinted, first, overruled, at) values (?,?,?,?,?,?,?,?,?,?,?)",
            key, position, record.question, _json(record.response), float(record.credit),
            record.near, record.seconds, record.hinted, record.first, record.overruled, at,
        )  # fmt: skip

    def overrule(self, key: str, position: int, question: str, at: float, overruled: bool) -> None:
        """Note that the player overruled the verdict on an answer, or took that back.

        It is one row, whatever else stands at its position in a sitting that two have played.
        """
        self._write(
            "update answer set overruled = ? where id ="
            " (select max(id) from answer"
            " where sitting = ? and position = ? and question = ? and at = ?)",
            overruled, key, position, question, at,
        )  # fmt: skip

    def finish(self, key: str, at: float, points: int, accuracy: float) -> None:
        """Note a sitting's end and score, and let go of it."""
        self._write(
            "update sitting set finished = ?, points = ?, accuracy = ? where key = ?",
            at, points, accuracy, key,
        )  # fmt: skip
        self.let_go()

    def let_go(self) -> None:
        """Hold no sitting any more: whoever plays its deck may go on with it."""
        self._hold.let_go()

    def take_up(self, left: Unfinished) -> Unfinished | None:
        """Hold a sitting that was left and return it as it stands now, to go on with.

        None where another player was faster.
        """
        if not self._hold.take(left.key):
            return None
        decks = self.rows("select deck from sitting where key = ?", left.key)
        now = self.unfinished(decks[0][0]) if decks else None
        if now is not None and now.key == left.key:
            return now
        self.let_go()
        return None

    def unfinished(self, deck: str) -> Unfinished | None:
        """Return the last sitting of a deck in which something was answered, if it was left.

        What another process is playing now is passed over. A sitting is later that began later
        and was noted later: clocks go back, and histories are imported.
        """
        rows = self.rows(
            "select key, settings, plan from sitting as one where deck = ? and finished is null"
            " and exists (select 1 from answer where sitting = one.key) and not exists"
            " (select 1 from sitting as two where deck = one.deck and finished is not null"
            " and started >= one.started and two.rowid > one.rowid"
            " and exists (select 1 from answer where sitting = two.key))"
            " order by started desc, rowid desc",
            deck,
        )
        row = next((row for row in rows if not self._hold.is_taken(row[0])), None)
        if row is None:
            return None
        answers = self.rows(
            "select question, response, credit, near, seconds, hinted, overruled, first, at"
            " from answer where sitting = ? order by id",
            row[0],
        )
        try:
            return _left(row[0], row[1], row[2], msgspec.convert(answers, _Rows))
        except (TypeError, ValueError):
            return None  # a damage that SQLite does not see

    def summary(self) -> dict[str, Summary]:
        """Return what was played, by deck id."""
        rows = self.rows(
            f"select deck, max(iif({_PART} = ?, accuracy, null)), count(finished), max(started)"
            " from sitting group by deck",
            _json(_WHOLE),
        )
        return {deck: Summary(best, played, at) for deck, best, played, at in rows}

    def results(self, deck: str, settings: dict[str, Any], but: str = "") -> list[Result]:
        """Return the finished sittings, oldest first, that asked the part of a deck that
        ``settings`` ask: only those can be compared. ``but`` is the key of one to leave out.
        """
        part = {name: settings.get(name, whole) for name, whole in _WHOLE.items()}
        rows = self.rows(
            "select finished, points, accuracy,"
            " (select coalesce(sum(seconds), 0) from answer where sitting = key)"
            f" from sitting where deck = ? and finished is not null and {_PART} = ? and key <> ?"
            " order by finished",
            deck,
            _json(part),
            but,
        )
        return [Result(*row) for row in rows]

    def flag(self, deck: str, question: str, at: float) -> bool:
        """Flag a question, or take the flag off; return whether it is flagged now."""
        if question in self.flagged(deck):
            self._write("delete from flag where deck = ? and question = ?", deck, question)
            return False
        self._write("insert or replace into flag values (?,?,?)", deck, question, at)
        return True

    def flagged(self, deck: str) -> set[str]:
        """Return the ids of a deck's flagged questions."""
        rows = self.rows("select question from flag where deck = ?", deck)
        return {question for (question,) in rows}


def _left(key: str, settings: str, plan: str, answers: _Rows) -> Unfinished:
    records = [
        Record(
            question,
            response_of(response),
            Fraction(credit).limit_denominator(_FINEST),
            *(bool(near), seconds, bool(hinted), bool(overruled), bool(first)),
        )
        for question, response, credit, near, seconds, hinted, overruled, first, _ in answers
    ]
    return Unfinished(
        key,
        msgspec.json.decode(settings, type=dict[str, Any]),
        msgspec.json.decode(plan, type=tuple[str, ...]),
        records,
        [answer[-1] for answer in answers],
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def response_of(text: str) -> Response | None:
    """Return a response as it was kept. Raises ValueError where a damage made it none."""
    return _RESPONSES.decode(text)
