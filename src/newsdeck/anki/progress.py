"""Progress out into a package, so that Anki goes on where the terminal stopped, and back again.

The log's ids are those of Anki's review log, so a review that comes back is known again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from newsdeck.anki.notetypes import FIELDS, note_type
from newsdeck.anki.record import (
    COLLECTION,
    GUID,
    bounded,
    database,
    few,
    identified,
    member,
    opened,
)
from newsdeck.progress import Entry, Name
from newsdeck.schedule import DECAY, RETENTION, Phase, Rating, State, day

if TYPE_CHECKING:
    import sqlite3
    import zipfile
    from pathlib import Path
    from typing import IO

    from newsdeck.anki.notes import Note

CREATED = 16_000 * 86_400
"""When a package's collection began, in seconds since 1970: due days are counted from there."""

_EASE = 2500  # what Anki gives every card, should its learner not use FSRS
_LEARN, _REVIEW, _RELEARN, _FILTERED, _MANUAL = range(5)
_KINDS = {
    Phase.NEW: _LEARN, Phase.LEARNING: _LEARN, Phase.REVIEW: _REVIEW, Phase.RELEARNING: _RELEARN,
}  # fmt: skip
_COLUMNS = (
    "revlog.id", "nid", "ease", "revlog.ivl", "revlog.factor", "revlog.time", "revlog.type",
)  # fmt: skip
_SUSPENDED, _IN_LEARNING, _IN_REVIEW = -1, 1, 2
_STEPS = {Phase.LEARNING: 2, Phase.RELEARNING: 1}


class Learned(NamedTuple):
    """Where a card stands, and what stands of its log, oldest first."""

    state: State
    entries: list[Entry]


def learned(
    by_deck: Mapping[str, Iterable[Note]], states: Mapping[Name, State], entries: Iterable[Entry]
) -> dict[str, Learned]:
    """Return the progress of notes, by their guids; notes without any are left out."""
    by_card: dict[Name, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_card[entry.card].append(entry)
    names = {note.guid: _identity(note.identity) for made in by_deck.values() for note in made}
    return {
        guid: Learned(state, by_card[name])
        for guid, name in names.items()
        if (state := states.get(name)) and state.phase is not Phase.NEW
    }


def write(cursor: sqlite3.Cursor, progress: Mapping[str, Learned]) -> None:
    """Write progress, by guid, into the collection that holds the notes."""
    (conf,) = cursor.execute("SELECT conf FROM col").fetchone()
    # Days in UTC from a midnight on. Without the version Anki would take old ratings for these.
    conf = json.dumps(json.loads(conf) | {"schedVer": 2, "creationOffset": 0})
    cursor.execute("UPDATE col SET crt = ?, conf = ?", (CREATED, conf))
    for guid, (state, entries) in progress.items():
        cards = cursor.execute(
            "SELECT cards.id FROM cards JOIN notes ON notes.id = nid WHERE guid = ? ORDER BY ord",
            (guid,),
        ).fetchall()
        for (card,) in cards:
            cursor.execute(
                "UPDATE cards SET type = ?, queue = ?, due = ?, ivl = ?, factor = ?, reps = ?,"
                " lapses = ?, left = ?, data = ? WHERE id = ?",
                (*_card(state), card),
            )
        # A cloze has a card a gap, and one log: its reviews count once.
        cursor.executemany(
            "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", _revlog(cards[0][0], entries)
        )


def _card(state: State) -> tuple[object, ...]:
    data = {
        "s": round(state.stability, 4), "d": round(state.difficulty, 3), "dr": RETENTION,
        "lrt": state.last // 1000, "decay": DECAY,
    }  # fmt: skip
    steps = _STEPS.get(state.phase, 0)
    if state.phase is Phase.REVIEW:
        queue, due, left = _IN_REVIEW, day(state.due) - CREATED // 86_400, 0
    else:
        queue, due, left = _IN_LEARNING, state.due // 1000, max(1, steps - state.step)
    return (
        int(state.phase), _SUSPENDED if state.suspended else queue, due,
        max(1, state.interval // 86_400), _EASE, state.reviews, state.lapses,
        left * 1001, json.dumps(data),
    )  # fmt: skip


def _revlog(card: int, entries: Iterable[Entry]) -> Iterator[tuple[int, ...]]:
    last = 0
    for entry in entries:
        if entry.event == "reset":
            yield entry.at, card, 0, 0, 0, 0, 0, _MANUAL
        elif entry.event == "review":
            kind, granted = _KINDS[Phase(entry.phase)], _granted(entry.interval)
            yield (
                entry.at, card, entry.rating, granted, last, _EASE if kind == _REVIEW else 0,
                entry.taken, kind,
            )  # fmt: skip
            last = granted


def _granted(seconds: int) -> int:
    """Return an interval as Anki's log has it: days, or seconds below zero."""
    return seconds // 86_400 if seconds >= 86_400 else -seconds


class Found(NamedTuple):
    """What Anki exported of ours: the reviews, oldest first, and how many notes there are.

    ``suspended`` has an entry for each question of which all cards are, at the moment from which
    that is certain. ``strange`` counts notes of our note types that name no question of ours.
    """

    entries: list[Entry]
    suspended: list[Entry]
    notes: int
    strange: int


def read(path: Path) -> Found:
    """Return what an exported package or collection has of our notes.

    Raises NotAPackage where the file is none.
    """
    with (
        opened(path) as archive,
        _collection(archive) as stream,
        database(stream) as connection,
    ):
        ours, strange = _notes(connection)
        connection.execute("CREATE TEMP TABLE ours (note INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO ours VALUES (?)", ((note,) for note in ours))
        entries, asleep = _entries(connection, ours), _asleep(connection, ours)
        return Found(list(entries), list(asleep), len(ours), strange)


@contextmanager
def _collection(archive: zipfile.ZipFile) -> Iterator[IO[bytes]]:
    """Open the newest of the collections in a file: older ones are stubs that say so."""
    names = archive.namelist()
    if "collection.anki21b" in names:
        import zstandard

        try:
            with member(archive, "collection.anki21b") as packed:
                yield zstandard.ZstdDecompressor().stream_reader(packed)
        except zstandard.ZstdError as error:
            raise ValueError(error) from error
    else:
        name = "collection.anki21" if "collection.anki21" in names else COLLECTION
        with member(archive, name) as stream:
            yield stream


def _notes(connection: sqlite3.Connection) -> tuple[dict[int, Name], int]:
    """Return the cards of our notes by the notes' numbers, and how many notes are strange."""
    types = {note_type(family).model_id for family in FIELDS}
    ours: dict[int, Name] = {}
    strange = 0
    found = connection.execute(
        "SELECT id, CAST(guid AS TEXT), CAST(flds AS TEXT), CAST(mid AS INTEGER) FROM notes"
    )
    likely = (row for row in bounded(found) if row[3] in types or GUID.fullmatch(row[1] or ""))
    for number, guid, fields, mid in few(likely, "notes"):
        if identity := identified(guid or "", fields or ""):  # damage makes a null of anything
            ours[number] = _identity(identity)
        elif mid in types:
            strange += 1
    return ours, strange


def _entries(connection: sqlite3.Connection, ours: Mapping[int, Name]) -> Iterator[Entry]:
    seen: set[Name] = set()
    found = connection.execute(
        f"SELECT {', '.join(map('CAST({} AS INTEGER)'.format, _COLUMNS))} FROM revlog"
        " JOIN cards ON cards.id = cid JOIN ours ON note = nid ORDER BY revlog.id"
    )
    for row in few(found, "reviews"):
        at, note, ease, interval, factor, taken, kind = (number or 0 for number in row)
        name = ours[note]
        if kind == _MANUAL and not ease and not factor:
            yield _entry(at, name, event="reset")
            seen.discard(name)
        # Cramming in a filtered deck, without rescheduling, says nothing of the schedule.
        elif ease in tuple(Rating) and not (kind == _FILTERED and not factor):
            phase = {_LEARN: Phase.LEARNING, _RELEARN: Phase.RELEARNING}.get(kind, Phase.REVIEW)
            yield _entry(
                at, name, rating=ease, phase=phase if name in seen else Phase.NEW,
                interval=interval * 86_400 if interval > 0 else -interval, taken=max(0, taken),
            )  # fmt: skip
            seen.add(name)


def _asleep(connection: sqlite3.Connection, ours: Mapping[int, Name]) -> Iterator[Entry]:
    found = connection.execute(
        "SELECT note, max(CAST(cards.mod AS INTEGER)) FROM cards JOIN ours ON note = nid"
        " GROUP BY note HAVING min(queue) = ? AND max(queue) = ?",
        (_SUSPENDED, _SUSPENDED),
    )
    for note, seconds in found:
        # After the reviews of that second: a leech is suspended with its answer.
        yield _entry((seconds or 0) * 1000 + 999, ours[note], event="suspend")


def _entry(at: int, card: Name, **values: object) -> Entry:
    """Return an entry that a log can have. Raises msgspec.ValidationError where it is none."""
    deck, question = card
    return msgspec.convert(
        {"type": "log", "at": at, "deck": deck, "question": question, **values}, Entry
    )


def _identity(field: str) -> Name:
    deck, _, question = field.partition("/")
    return deck, question
