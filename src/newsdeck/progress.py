"""The cards that are studied: a log of all that happened to them, and where they stand."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from newsdeck.grade import Response
from newsdeck.history import response_of
from newsdeck.schedule import AHEAD, DAY, Event, Phase, State, day, recall, replay

if TYPE_CHECKING:
    from newsdeck.database import Statement
    from newsdeck.history import History

LAST_MOMENT = 7_258_118_400_000
"""The year 2200: a log does not reach so far."""
LONGEST = 4_000_000_000
"""More than the longest interval, a hundred years in seconds."""

Name = tuple[str, str]
"""A card's name: the id of its deck and of its question."""

_STATE = tuple(field for field in State.__struct_fields__)
_ENTRY = (
    "event", "rating", "phase", "interval", "taken", "predicted", "credit", "near", "hinted",
)  # fmt: skip
_STANDING = "event <> 'undo' and not exists (select 1 from log u where u.undoes = log.id)"
_NEW_CARD = "insert or ignore into card (deck, question) values (?,?)"
_SAVED = f"update card set {', '.join(f'{n} = ?' for n in _STATE)} where deck = ? and question = ?"
_LOGGED = (
    f"insert into log (id, card, {', '.join(_ENTRY)}, response, undoes)"
    f" select ?, id, {', '.join('?' * len(_ENTRY))}, ?, ? from card where deck = ? and question = ?"
)
_FREE = (
    "(with recursive probe (n) as (select ? union all select n + 1 from probe"
    " where exists (select 1 from log where id = n)) select max(n) from probe)"
)
_UNDONE = f"(select min(id) from log where card = card.id and id >= ? and {_STANDING})"


class Entry(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="log"):
    """A line of the log.

    ``at`` is in milliseconds since 1970 and names the entry, ``taken`` is in milliseconds,
    ``interval`` in seconds. ``phase`` is the card's before the review, ``predicted`` the chance
    of recall then. ``credit`` and ``response`` are None where the review was made in Anki.
    ``undoes`` is the ``at`` of the entry that an ``undo`` takes back.
    """

    at: Annotated[int, Meta(ge=0, lt=LAST_MOMENT)]
    deck: str
    question: str
    event: Literal["review", "undo", "suspend", "resume", "reset"] = "review"
    rating: Annotated[int, Meta(ge=0, le=4)] = 0
    phase: Annotated[int, Meta(ge=0, le=3)] = 0
    interval: Annotated[int, Meta(ge=0, le=LONGEST)] = 0
    taken: Annotated[int, Meta(ge=0, le=LONGEST)] = 0
    predicted: Annotated[float, Meta(ge=0, le=1)] | None = None
    credit: Annotated[float, Meta(ge=0, le=1)] | None = None
    near: bool = False
    hinted: bool = False
    response: Response | None = None
    undoes: Annotated[int, Meta(ge=0, lt=LAST_MOMENT)] | None = None

    def __post_init__(self) -> None:
        if (self.event == "review") != (self.rating > 0):
            raise ValueError("a review, and nothing else, has a rating")

    @property
    def card(self) -> Name:
        """The card that it is about."""
        return (self.deck, self.question)


def seed(card: Name) -> str:
    """Return a card's name as one text, for the schedule's fuzz."""
    return "/".join(card)


class Progress:
    """The cards of a history."""

    def __init__(self, history: History) -> None:
        self.history = history

    def states(self) -> dict[Name, State]:
        """Return where each card stands."""
        rows = self.history.rows(f"select deck, question, {', '.join(_STATE)} from card")
        return {(row[0], row[1]): self._state((row[0], row[1]), row[2:]) for row in rows}

    def state(self, card: Name) -> State | None:
        """Return where one card stands, None where it was never studied."""
        sql = f"select {', '.join(_STATE)} from card where deck = ? and question = ?"
        rows = self.history.rows(sql, *card)
        return self._state(card, rows[0]) if rows else None

    def _state(self, card: Name, row: tuple[Any, ...]) -> State:
        """Return where a card stands; where a damage has made that none, as its log says."""
        try:
            return _state(row)
        except ValueError:  # a damage that SQLite does not see
            return replay(self.events(card))

    def latest(self, card: Name) -> int:
        """Return the moment of a card's last entry, 0 where there is none."""
        ((at,),) = self.history.rows(
            "select coalesce(max(log.id), 0) from log join card on card.id = log.card"
            " where deck = ? and question = ?",
            *card,
        )
        return int(at)

    def append(self, entry: Entry, state: State) -> bool:
        """Commit an entry with the state that it leads to; return whether it is on the disk.

        An ``undo`` takes back the card's first entry that stands, from the moment on that it
        ``undoes``: that was taken perhaps, and the next free one is the entry's.
        """
        undoes = _UNDONE if entry.event == "undo" else "?"
        sql = (
            f"insert into log (id, card, {', '.join(_ENTRY)}, response, undoes)"
            f" select {_FREE}, card.id, {', '.join('?' * len(_ENTRY))}, ?, {undoes}"
            " from card where deck = ? and question = ?"
        )
        values = (entry.at, *_values(entry), _json(entry.response), entry.undoes, *entry.card)
        return self.history.commit(
            [(_NEW_CARD, entry.card), (sql, values), _saved(entry.card, state)]
        )

    def resume(self, decks: Iterable[str], at: int) -> int:
        """Take back into study what was suspended in some decks; return how many cards that is."""
        wanted = set(decks)
        asleep = [(n, s) for n, s in self.states().items() if s.suspended and n[0] in wanted]
        for card, state in asleep:
            entry = Entry(max(at, self.latest(card) + 1), *card, event="resume")
            self.append(entry, replace(state, suspended=False))
        return len(asleep)

    def suspend(self, entries: Iterable[Entry]) -> int:
        """Take up what suspends cards elsewhere; return how many cards that were not are now.

        A card that was taken back into study after that stays in study.
        """
        states = self.states()
        awake = [e for e in entries if e.card not in states or not states[e.card].suspended]
        if not self.merge(awake):
            return 0
        states = self.states()
        return sum(states[entry.card].suspended for entry in awake)

    def entries(self, decks: Iterable[str] = (), standing: bool = False) -> Iterator[Entry]:
        """Yield the log, oldest first; of some decks where they are named.

        ``standing`` leaves out what was taken back.
        """
        wanted = tuple(decks)
        where = f"where deck in ({', '.join('?' * len(wanted))})" if wanted else "where true"
        where += f" and {_STANDING}" if standing else ""
        for row in self.history.rows(
            f"select log.id, deck, question, {', '.join(f'log.{name}' for name in _ENTRY)},"
            f" response, undoes from log join card on card.id = log.card {where} order by log.id",
            *wanted,
        ):
            at, deck, question, event, rating, phase, interval, taken, predicted, credit = row[:10]
            yield Entry(
                at, deck, question, event, rating, phase, interval, taken, predicted, credit,
                bool(row[10]), bool(row[11]), row[12] and response_of(row[12]), row[13],
            )  # fmt: skip

    def merge(self, entries: Iterable[Entry]) -> int:
        """Take up entries, each once however often it comes; return how many were new.

        Where they cannot be written now none is taken up: see the history's ``trouble``.

        Two entries of one moment stand at that millisecond and the next free one, so an entry
        that is there is found by looking on from its moment.
        """
        new = self._new(entries)
        cards: dict[Name, None] = dict.fromkeys((deck, question) for *_, deck, question in new)
        written = self.history.commit_now(
            chain(
                ((_NEW_CARD, card) for card in cards),
                ((_LOGGED, row) for row in new),
                self._replayed(cards),
            )
        )
        return len(new) if written else 0

    def _new(self, entries: Iterable[Entry]) -> list[tuple[Any, ...]]:
        """Return the rows of the entries that are not there; the entries would be larger."""
        taken = self._taken()
        # Of most entries the moment is their own.
        moved: dict[tuple[int, Name], int] = {}
        new = []
        for entry in entries:
            at, free = taken.place(entry.at, entry.card)
            if at != entry.at:
                moved[entry.at, entry.card] = at
            if free:
                undoes = entry.undoes and moved.get((entry.undoes, entry.card), entry.undoes)
                row = (at, *_values(entry), _json(entry.response), undoes, *entry.card)
                new.append(row)
        return new

    def _taken(self) -> _Moments:
        taken = _Moments()
        for at, *card in self.history.rows(
            "select log.id, deck, question from log join card on card.id = log.card order by log.id"
        ):
            taken.place(at, (card[0], card[1]))
        return taken

    def rebuild(self) -> None:
        """Make the states of all cards again from the log alone."""
        self.history.commit_now(self._replayed(self.states()))

    def _replayed(self, cards: Collection[Name]) -> Iterator[Statement]:
        """Yield what writes the states of cards, as they follow from what the log has by then."""
        events = self.history.rows(
            "select deck, question, log.id, event, rating, log.interval from card left join log"
            f" on log.card = card.id and {_STANDING} order by card.id, log.id"
        )
        for name, of_one in groupby(events, itemgetter(0, 1)):
            if name in cards:
                yield _saved(name, replay(Event(*row[2:]) for row in of_one if row[2] is not None))

    def events(self, card: Name) -> list[Event]:
        """Return what stands in the log of one card, oldest first."""
        rows = self.history.rows(
            "select log.id, log.event, log.rating, log.interval from log join card"
            f" on card.id = log.card where deck = ? and question = ? and {_STANDING}"
            " order by log.id",
            *card,
        )
        return [Event(*row) for row in rows]

    def today(self, at: int) -> tuple[int, int]:
        """Return how many new cards, and how many due ones, were studied on a moment's day."""
        start = day(at) * DAY
        ((new, due),) = self.history.rows(
            "select count(distinct iif(phase = 0, card, null)), count(distinct iif(phase = 2,"
            f" card, null)) from log where id >= ? and id < ? and event = 'review' and {_STANDING}",
            start,
            start + DAY,
        )
        return new, due

    def due(self, at: int) -> dict[str, int]:
        """Return how many cards of each deck are due on a moment's day, or are soon learned on."""
        rows = self.history.rows(
            "select deck, count(*) from card where phase > 0 and not suspended"
            " and (due < ? or phase <> ? and due <= ?) group by deck",
            (day(at) + 1) * DAY, int(Phase.REVIEW), at + AHEAD,
        )  # fmt: skip
        return dict(rows)


class _Moments:
    """Which moment of the log is whose; many that want the same one cost no more than others."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}  # of a moment that is taken: one from which to look on
        self._own: dict[Name, list[int]] = {}

    def place(self, at: int, card: Name) -> tuple[int, bool]:
        """Return the first moment from ``at`` on that is the card's own or free, and whether it
        was free; it is the card's then.
        """
        own = self._own.setdefault(card, [])
        after = bisect_left(own, at)
        mine = own[after] if after < len(own) else None
        passed = []
        free = at
        while free in self._next and (mine is None or free < mine):
            passed.append(free)
            free = self._next[free]
        for moment in passed:
            self._next[moment] = free
        if mine is not None and mine <= free:
            return mine, False
        self._next[free] = free + 1
        insort(own, free)
        return free, True


def review(
    card: Name, before: State, after: State, rating: int, at: int, taken: int, **details: Any
) -> Entry:
    """Return the entry of a review; ``details`` are credit, near, hinted and response."""
    return Entry(
        at, *card, rating=rating, phase=before.phase, interval=after.interval,
        taken=min(taken, LONGEST),  # a card may lie open for months
        predicted=recall(before, at), **details,
    )  # fmt: skip


def _values(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in _ENTRY)


def _state(row: tuple[Any, ...]) -> State:
    values: tuple[Any, ...] = (Phase(row[0]), *row[1:-1], bool(row[-1]))
    state = State(*values)
    if not (0 <= state.last < LAST_MOMENT and 0 <= state.due < 2 * LAST_MOMENT):
        raise ValueError(state)
    return state


def _saved(card: Name, state: State) -> Statement:
    return _SAVED, (*msgspec.structs.astuple(state), *card)


def _json(value: Response | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
