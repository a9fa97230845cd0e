"""The history: every answer, committed as it is given, and what is asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from newsdeck.database import Store
from newsdeck.grade import Response
from newsdeck.hold import Hold

_FINEST = 1_000_000  # a credit is a fraction of far fewer parts, so it comes back exactly

_WHOLE: dict[str, Any] = {"count": 0, "tags": [], "only": []}
"""The settings that choose questions, as they are where none is left out."""
_PART = (
    "iif(json_valid(settings), json_object('count', coalesce(json_extract(settings, '$.count'), 0),"
    " 'tags', json(coalesce(json_extract(settings, '$.tags'), '[]')),"
    " 'only', json(coalesce(json_extract(settings, '$.only'), '[]'))), '')"
)

_BEGIN = (
    "insert or ignore into sitting (key, deck, title, settings, plan, started) values (?,?,?,?,?,?)"
)
_RESPONSES: msgspec.json.Decoder[Response | None] = msgspec.json.Decoder(Response | None)
_Rows = list[tuple[str, str, Annotated[float, Meta(ge=0, le=1)], int, float, int, int, int, float]]


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

    @property
    def done(self) -> int:
        """How many of its questions have been tried."""
        return sum(record.first for record in self.records)


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


class History(Store):
    """The answers of one player. Writing never fails: see ``trouble``."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(path)
        self._begun: tuple[Any, ...] = ()
        self._hold = Hold(path and path.with_name(f"{path.stem}.playing"))

    @classmethod
    def open(cls, path: Path | None) -> History:
        """Open the history at ``path``, made if it is not there; None keeps it in memory."""
        return cls(path)

    def close(self) -> None:
        """Write what is still to be written, as far as that goes, and close the file."""
        super().close()
        self._hold.close()

    def _write(self, sql: str, *values: Any) -> None:
        self.commit([(sql, values)])

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
        self._begun = (key, deck, title, _json(settings), _json(list(plan)), at)
        self._write(_BEGIN, *self._begun)

    def answer(self, key: str, position: int, record: Record, at: float) -> None:
        """Commit an answer, the sitting's ``position``-th from 0.

        It brings back the sitting that is played, should its deck have been forgotten meanwhile.
        """
        sql = (
            "insert into answer (sitting, position, question, response, credit, near, seconds,"
            " hinted, first, overruled, at) values (?,?,?,?,?,?,?,?,?,?,?)"
        )
        values = (
            key, position, record.question, _json(record.response), float(record.credit),
            record.near, record.seconds, record.hinted, record.first, record.overruled, at,
        )  # fmt: skip
        begun = [(_BEGIN, self._begun)] if self._begun[:1] == (key,) else []
        self.commit([*begun, (sql, values)])

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

        None where another player was faster. Where it cannot be read now it is as it was.
        """
        if not self._hold.take(left.key):
            return None
        try:
            rows = self.rows(
                "select key, deck, title, settings, plan, started from sitting where key = ?",
                left.key,
            )
            now = self.unfinished(rows[0][1]) if rows else None
        except OSError:
            return left
        if now is not None and now.key == left.key:
            self._begun = rows[0]
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
            # What was only opened was not played.
            " from sitting where finished is not null"
            " or exists (select 1 from answer where sitting = key) group by deck",
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
        """Flag a question, or take the flag off; return whether it is flagged now.

        Where it cannot be read whether it is flagged, it is.
        """
        on = True
        with suppress(OSError):
            on = question not in self.flagged(deck)
        if not on:
            self._write("delete from flag where deck = ? and question = ?", deck, question)
        else:
            self._write("insert or replace into flag values (?,?,?)", deck, question, at)
        return on

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
