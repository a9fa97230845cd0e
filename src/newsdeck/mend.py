"""The mends of decks that are there: missing ids and drifted quotations, and no other byte."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from itertools import accumulate, count
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from newsdeck import values
from newsdeck.article import LARGEST, decoded
from newsdeck.deck import load, question_of, without_collecting
from newsdeck.difference import Edit, unified
from newsdeck.files import write_whole
from newsdeck.head import Head
from newsdeck.marked import Reader
from newsdeck.problem import DeckError, printable
from newsdeck.quotation import Looking
from newsdeck.scalars import Scalar, as_scalar, scalars
from newsdeck.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from newsdeck.deck import Deck
    from newsdeck.kinds import AnyQuestion

_MOST_READ = 3 * LARGEST
"""How many characters are read to find mends that do not fit: some seconds' work."""
_DECK, _ID = -1, -1
_MARK = b"\xef\xbb\xbf"
"""What some editors begin a file with; it is no part of the text."""
_NEWLINE = re.compile(rb"\r\n|\r|\n")


class Changed(Exception):
    """The file was written by somebody else meanwhile."""


class Mends(NamedTuple):
    """A file's bytes before and after its mends, which are ``edits`` of its text.

    ``left`` says in words what is not among them.
    """

    path: Path
    before: bytes
    after: bytes
    edits: tuple[Edit, ...]
    left: tuple[str, ...]

    def diff(self) -> Iterator[str]:
        """Yield the difference as the head and the hunks of a unified diff."""
        end = b"" if self.before.endswith((b"\n", b"\r")) else b"\n"
        text = decoded(self.path, self.before + end)
        return unified(text, self.edits, printable(self.path))

    def write(self) -> None:
        """Replace the file. Raises Changed where it is not the one that was read; OSError."""
        path = self.path.resolve()
        if path.read_bytes() != self.before:
            raise Changed(str(self.path))
        write_whole(path, self.after)


class _Place(NamedTuple):
    """Where the ``value`` of a mend goes: at the scalar that begins at a character of the text.

    ``question`` is a position in the deck, or _DECK for its own id; ``number`` that of a
    quotation of it, or _ID, and then the id's key stands in a ``column``.
    """

    at: int
    question: int
    number: int
    value: str
    column: int = 0


class _Mend(NamedTuple):
    """Puts ``text`` in the place of characters ``start`` to ``end``, for what a place says.

    A ``line`` is text that makes a new line of its own.
    """

    start: int
    end: int
    text: str
    line: bool
    place: _Place

    @property
    def names(self) -> bool:
        """Whether it writes an id."""
        return self.place.number == _ID

    def edit(self, text: str) -> Edit:
        """Return the mend as an edit of whole lines, each with an end."""
        if not self.line:
            return Edit(self.start, self.end, self.text)
        unended = self.start > 0 and text[self.start - 1] != "\n"
        return Edit(self.start + unended, self.end + unended, f"{self.text}\n")


class _Written(NamedTuple):
    """A mend that puts ``data`` in the place of bytes ``start`` to ``end``; ``edit`` shows it."""

    start: int
    end: int
    data: bytes
    edit: Edit
    mend: _Mend


def mends(path: Path) -> Mends:
    """Return a deck with its missing ids and drifted quotations mended. Raises DeckError."""
    deck = load(path)
    text = deck.text
    looking = Looking(deck.articles)
    with without_collecting():
        wanted = list(_in_bytes(deck.data, text, _wanted(deck, text, looking)))
        del text  # it may be four times the file
        trial = _Trial(deck, wanted)
        trial.add(wanted)
    after = _applied(deck.data, trial.done)
    edits = tuple(written.edit for written in trial.done)
    return Mends(path, deck.data, after, edits, tuple(_left(trial, looking)))


def _left(trial: _Trial, looking: Looking) -> Iterator[str]:
    """Yield what is left to the author, and what is left for another time."""
    for mend in (written.mend for written in trial.odd):
        value = f"id: {mend.place.value}" if mend.names else mend.place.value
        yield f"`{value}` is for you to write: its place is too unusual."
    if trial.untried:
        yield (
            f"{counted(trial.untried, 'more mend')} not written: with some of their places"
            " something is unusual, and to find out with which takes too long."
            " Write some yourself, and run `newsdeck fix` again."
        )
    if looking.passed:
        yield (
            f"{counted(looking.passed, 'more quotation')} not in the text, and not looked at:"
            " it takes too long. Mend those that `newsdeck check` names, and run"
            " `newsdeck fix` again."
        )


def _wanted(deck: Deck, text: str, looking: Looking) -> list[_Mend]:
    """Return all mends of a deck in the order of its text."""
    places = list(_places(deck, text, _mended(deck, looking)))
    standing = scalars(text, {place.at for place in places})
    return sorted(_mend(text, standing[place.at], place) for place in places)


def _mended(deck: Deck, looking: Looking) -> dict[int, dict[int, str]]:
    """Return the drifted quotations as the text has them, by question and number."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for position, question in enumerate(deck.questions):
        for number, quoted in enumerate(question.quotations):
            if deck.articles and not any(article.find(quoted) for article in deck.articles):
                new = looking.drift(quoted).mended
                if new is not None:
                    found[position][number] = new
    return found


def _places(deck: Deck, text: str, mended: dict[int, dict[int, str]]) -> list[_Place]:
    found: list[_Place] = []
    positions = count()

    def look(value: values.Mapping) -> None:  # nothing of it is kept: all of a file is too much
        position = next(positions)
        question = deck.questions[position]
        if "id" not in value:
            found.append(_key(value, question.kind, position, question.id))
        for number, new in mended.get(position, {}).items():
            mark = values.locate(value, ("evidence", number))
            found.append(_Place(mark.index, position, number, new))

    root: Any = Reader(deck.path, text).read({"questions": look})
    if "id" not in root:
        found.append(_key(root, "deck", _DECK, deck.id))
    return found


def _key(mapping: values.Mapping, after: str, question: int, value: str) -> _Place:
    """Return the place of an id, behind the key ``after`` of a mapping."""
    key, place = mapping.marks[after]
    return _Place(place.index, question, _ID, value, key.column)


def _mend(text: str, scalar: Scalar, place: _Place) -> _Mend:
    if place.number != _ID:
        new = as_scalar(place.value, scalar.flow)
        return _Mend(scalar.start, scalar.end, new, False, place)
    if scalar.flow:
        return _Mend(scalar.end, scalar.end, f", id: {place.value}", False, place)
    line = f"{' ' * place.column}id: {place.value}"
    if scalar.after > scalar.end:  # a block scalar, which ends where a line begins
        return _Mend(scalar.after, scalar.after, line, True, place)
    end = text.find("\n", scalar.end)
    at = len(text) if end < 0 else end + 1
    return _Mend(at, at, line, True, place)


class _Trial:
    """Finds the mends after which the file reads as it did but for what they say.

    ``done`` fit, all together; ``odd`` ones do not, in their odd places (keys behind `?`, say).
    """

    def __init__(self, deck: Deck, wanted: Sequence[_Written]) -> None:
        self.deck = deck
        self.nameless = {w.mend.place.question for w in wanted if w.mend.names}
        self.left = _MOST_READ
        self.done: list[_Written] = []
        self.odd: list[_Written] = []
        self.untried = 0

    def add(self, wanted: Sequence[_Written]) -> None:
        """Add more mends, or those of them that fit."""
        if not wanted:
            return
        if self.left < len(self.deck.data):
            self.untried += len(wanted)
            return
        self.left -= len(self.deck.data)
        if self._reads([*self.done, *wanted]):
            self.done += wanted
        elif len(wanted) == 1:
            self.odd += wanted
        else:
            middle = len(wanted) // 2
            self.add(wanted[:middle])
            self.add(wanted[middle:])

    def _reads(self, tried: Sequence[_Written]) -> bool:
        path = self.deck.path
        meant = _Meant(self.deck, self.nameless, [written.mend for written in tried])
        try:
            reader = Reader(path, decoded(path, _applied(self.deck.data, tried)))
            root = reader.read({"questions": meant.is_next}, whole=True)
        except DeckError:  # so many problems
            return False
        if reader.problems or not isinstance(root, values.Mapping):
            return False
        same = root["questions"]
        return all(same) and len(same) == len(self.deck.questions) and meant.is_head(root)


class _Meant:
    """What a deck is to be after some mends; ``nameless`` are the questions without an id."""

    def __init__(self, deck: Deck, nameless: set[int], tried: Sequence[_Mend]) -> None:
        self.deck = deck
        self.nameless = nameless - {mend.place.question for mend in tried if mend.names}
        self.quoted: dict[int, dict[int, str]] = defaultdict(dict)
        for mend in tried:
            if not mend.names:
                self.quoted[mend.place.question][mend.place.number] = mend.place.value
        self.questions = self._questions()

    def is_next(self, value: values.Value) -> bool:
        """Tell whether a value is the next question."""
        return bool(question_of(value) == next(self.questions, None))

    def is_head(self, root: values.Mapping) -> bool:
        """Tell whether a file's own keys are the deck's."""
        own = self.deck.head
        if _DECK in self.nameless:
            own = msgspec.structs.replace(own, id="")
        try:
            return bool(msgspec.convert(root.without("questions"), Head, strict=False) == own)
        except msgspec.ValidationError:
            return False

    def _questions(self) -> Iterator[AnyQuestion]:
        for position, question in enumerate(self.deck.questions):
            if position in self.nameless:
                question = msgspec.structs.replace(question, id="")
            if new := self.quoted.get(position):
                texts = tuple(new.get(n, old) for n, old in enumerate(question.quotations))
                evidence = texts[0] if isinstance(question.evidence, str) else texts
                question = msgspec.structs.replace(question, evidence=evidence)
            yield question


def _applied(data: bytes, done: Sequence[_Written]) -> bytes:
    """Return a file's bytes with mends."""
    pieces: list[bytes] = []
    at = 0
    for written in done:
        pieces += [data[at : written.start], written.data]
        at = written.end
    return b"".join([*pieces, data[at:]])


def _in_bytes(data: bytes, text: str, wanted: Sequence[_Mend]) -> Iterator[_Written]:
    """Yield mends as they are written into a file of which ``text`` was read.

    Every new line ends as the one before it does.
    """
    # Reading made one character of each CRLF; these say how many end the lines up to each.
    ends = (len(found[0]) - 1 for found in _NEWLINE.finditer(data))
    longer = array("L", accumulate(ends, initial=0))
    at, size, line = 0, len(_MARK) if data.startswith(_MARK) else 0, 0

    def place(character: int) -> int:
        nonlocal at, size, line
        before = text[at:character]
        size += len(before.encode())
        line += before.count("\n")
        at = character
        return size + longer[line]

    for mend in wanted:
        start, end = place(mend.start), place(mend.end)
        yield _Written(start, end, _with_newline(data, start, mend), mend.edit(text), mend)


def _with_newline(data: bytes, start: int, mend: _Mend) -> bytes:
    new = mend.text.encode()
    if not mend.line:
        return new
    before = data[max(0, start - 2) : start]
    newline = _NEWLINE.search(before)
    if before and not before.endswith((b"\n", b"\r")):  # the last line of a file without an end
        first = _NEWLINE.search(data)
        return (first[0] if first else b"\n") + new
    return new + (b"\r\n" if before == b"\r\n" else before[-1:] if newline else b"\n")
