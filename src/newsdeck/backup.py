"""The whole history as JSON lines, out and in again, so that it can be moved, kept and merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from newsdeck.grade import Response
from newsdeck.history import response_of
from newsdeck.progress import LAST_MOMENT, LONGEST, Entry, Progress
from newsdeck.session import Count, Settings
from newsdeck.statistics import answer_count

if TYPE_CHECKING:
    from newsdeck.database import Statement
    from newsdeck.history import History

_SITTING = (
    "key", "deck", "title", "settings", "plan", "started", "finished", "points", "accuracy",
)  # fmt: skip
_ANSWER = (
    "position", "question", "response", "credit", "seconds", "at", "near", "hinted", "first",
    "overruled",
)  # fmt: skip

Moment = Annotated[float, Meta(ge=0, lt=LAST_MOMENT / 1000)]
"""Seconds since 1970."""
Share = Annotated[float, Meta(ge=0, le=1)]


class Answer(Struct, frozen=True, omit_defaults=True):
    """An answer of a quiz, and how many ``seconds`` it took."""

    position: Count
    question: str
    response: Response | None
    credit: Share
    seconds: Annotated[float, Meta(ge=0, le=LONGEST)]
    at: Moment
    near: bool = False
    hinted: bool = False
    first: bool = False
    overruled: bool = False


class Sitting(Struct, frozen=True, tag_field="type", tag="sitting"):
    """A sitting with its answers."""

    key: str
    deck: str
    title: str
    settings: Settings
    plan: tuple[str, ...]
    started: Moment
    finished: Moment | None
    points: Count | None
    accuracy: Share | None
    answers: tuple[Answer, ...]


class Flag(Struct, frozen=True, tag_field="type", tag="flag"):
    """A flagged question."""

    deck: str
    question: str
    at: Moment


Line = Sitting | Flag | Entry
HEAD = b'{"type":"'
"""How every line begins."""


class Malformed(ValueError):
    """A line that is none of a history's; the message says which and why."""


class Merged(Struct, frozen=True):
    """How many lines there were, and how many log entries and answers were new."""

    lines: int
    entries: int
    answers: int


def lines(history: History) -> Iterator[bytes]:
    """Yield the history, a line of JSON for each sitting, flag and entry of the log."""
    encoder = msgspec.json.Encoder()
    for row in history.rows(f"select {', '.join(_SITTING)} from sitting order by started, key"):
        answers = history.rows(
            f"select {', '.join(_ANSWER)} from answer where sitting = ? order by id", row[0]
        )
        kept = dict(zip(_SITTING, row, strict=True))
        kept["settings"] = msgspec.json.decode(kept["settings"], type=Settings)
        kept["plan"] = msgspec.json.decode(kept["plan"], type=tuple[str, ...])
        yield encoder.encode(Sitting(**kept, answers=tuple(_answer(*a) for a in answers)))
    for row in history.rows("select deck, question, at from flag order by deck, question"):
        yield encoder.encode(Flag(*row))
    yield from map(encoder.encode, Progress(history).entries())


def _answer(position: int, question: str, response: str, *rest: Any) -> Answer:
    return Answer(position, question, response_of(response), *rest[:3], *map(bool, rest[3:]))


def merge(history: History, written: Iterable[bytes]) -> Merged:
    """Take up lines that ``lines`` wrote, here or elsewhere; what is there already stays as it is.

    Raises Malformed, before anything is changed, where a line is none. Where they cannot be
    written now none are taken up: see the history's ``trouble``.
    """
    decode = msgspec.json.Decoder(Line).decode
    # As they came, which can be a tenth of what they are decoded.
    played: list[bytes] = []
    studied: list[bytes] = []
    for number, line in enumerate(written, 1):
        if line.strip():
            try:
                part = decode(line)
            except (ValueError, RecursionError) as error:
                raise Malformed(f"line {number} is no line of a history: {error}") from None
            (studied if isinstance(part, Entry) else played).append(line)
    before = _count(history)
    count = len(played) + len(studied)
    decode_played = msgspec.json.Decoder(Sitting | Flag).decode
    if not history.commit_now(_statements(history, map(decode_played, played))):
        return Merged(count, 0, 0)
    answers = _count(history) - before
    entries = Progress(history).merge(map(msgspec.json.Decoder(Entry).decode, studied))
    return Merged(count, entries, answers)


def _count(history: History) -> int:
    ((count,),) = history.rows("select count(*) from answer")
    return int(count)


def _statements(history: History, parts: Iterable[Sitting | Flag]) -> Iterator[Statement]:
    there: dict[str, set[int]] = {}
    for part in parts:
        yield from _sitting(history, part, there) if isinstance(part, Sitting) else _flag(part)


def _flag(flag: Flag) -> Iterator[Statement]:
    yield "insert or ignore into flag values (?,?,?)", (flag.deck, flag.question, flag.at)


def _sitting(history: History, sitting: Sitting, there: dict[str, set[int]]) -> Iterator[Statement]:
    """Yield what takes up a sitting; ``there`` has the positions that are answered, by its key."""
    plain = {"settings": _json(sitting.settings), "plan": _json(sitting.plan)}
    values = tuple(plain.get(name) or getattr(sitting, name) for name in _SITTING)
    marks = ", ".join("?" * len(_SITTING))
    yield f"insert or ignore into sitting ({', '.join(_SITTING)}) values ({marks})", values
    end = (sitting.finished, sitting.points, sitting.accuracy, sitting.key)
    yield (
        "update sitting set finished = ?, points = ?, accuracy = ?"
        " where key = ? and finished is null",
        end,
    )
    if sitting.key not in there:  # one may stand in very many lines
        rows = history.rows("select position from answer where sitting = ?", sitting.key)
        there[sitting.key] = {position for (position,) in rows}
    answered = there[sitting.key]
    marks = ", ".join("?" * len(_ANSWER))
    for answer in sitting.answers:
        if answer.position not in answered:
            row = [getattr(answer, name) for name in _ANSWER]
            row[_ANSWER.index("response")] = _json(answer.response)
            sql = f"insert into answer (sitting, {', '.join(_ANSWER)}) values (?, {marks})"
            yield sql, (sitting.key, *row)
    answered.update(answer.position for answer in sitting.answers)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def forget(history: History, deck: str) -> int:
    """Remove all that is known of a deck; return how many answers that was to the statistics."""
    count = answer_count(history, deck)
    mine = "(select id from card where deck = ?)"
    history.commit(
        (sql, (deck,))
        for sql in (
            f"delete from log where card in {mine}",
            "delete from card where deck = ?",
            "delete from answer where sitting in (select key from sitting where deck = ?)",
            "delete from sitting where deck = ?",
            "delete from flag where deck = ?",
        )
    )
    return count
