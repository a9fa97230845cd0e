"""A reading text in numbered paragraphs, and where a quotation stands in it."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from newsdeck.problem import LONGEST_SOURCE, DeckError, Problem
from newsdeck.text import REFUSED, TYPOGRAPHY, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
"""The largest file that is read, in bytes."""
LONGEST = 1024 * 1024
"""The most that a deck's reading texts may have, in bytes, taken together: each of their
characters is looked at for each quotation."""

_LONGEST_TITLE = 300
_PIECE = 1 << 20
_BOUND = "\a"  # which no text has
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_OTHERS = {
    b"PK\x03\x04": "a document of a word processor, or another zipped file",
    b"{\\rtf": "a document of a word processor",
    b"%PDF": "a PDF file",
    b"\xff\xfe": "a text in the encoding UTF-16",
    b"\xfe\xff": "a text in the encoding UTF-16",
}
"""How files begin that are taken for plain text, and what they are."""
_ELLIPSIS = re.compile(r"\[?(?:…|\.\.\.)\]?")
# A first paragraph that is no sentence: what is pasted from elsewhere has no # before its title.
_HEADLINE = re.compile(r"(?:\S+ ){0,14}\S*[^\s.!?…:;,\"'”’»]")
_HEADING = re.compile(r"#{1,6}[ \t]+(.+)")
# Where a sentence ends: after its mark and any closing quotation mark, before what may begin
# one; not after an initial or a common abbreviation.
_SENTENCE_END = re.compile(
    r"""(?<![\s(.][A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|vs|No)\.)(?<!\b(?:Mrs|Gov|Sen|Rep|Gen|Col)\.)"""
    r"""(?:(?<=[.!?…])|(?<=[.!?…]["'”’»]))\s+(?=["'“‘«(]?[^\Wa-z])"""
)


class Paragraph(NamedTuple):
    """A paragraph as one line of text; ``number`` counts from 1, a heading has 0."""

    number: int
    text: str


class Passage(NamedTuple):
    """Where a quotation stands: characters ``start`` to ``end`` of a paragraph's text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """A reading text; its paragraphs are numbered by the blank lines between them."""

    path: Path
    title: str
    paragraphs: tuple[Paragraph, ...]
    _folded: dict[int, tuple[str, list[int]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def find(self, quotation: str) -> tuple[Passage, ...]:
        """Return a passage for each part of ``quotation`` between ellipses, in order.

        Equal after normalising typography and space; () where any part does not stand in the
        text after the one before it.
        """
        whole, marks, starts, numbers = self._whole
        found: list[Passage] = []
        at = 0
        for part in _sought(quotation):
            place = whole.find(part, at)
            if place < 0:
                return ()
            at = place + len(part)
            start, end = (end - bisect_left(marks, end) for end in (place, at))
            nth = bisect_right(starts, start) - 1
            places = self._folded[numbers[nth]][1]
            first, last = start - starts[nth], end - starts[nth] - 1
            found.append(Passage(numbers[nth], places[first], places[last] + 1))
        return tuple(found)

    @cached_property
    def _whole(self) -> tuple[str, array[int], list[int], list[int]]:
        """The folded paragraphs as one text, so that a quotation is looked for once.

        Its numbers are bounded, and the places of what bounds them follow; then where each
        paragraph begins without these, and its number. A line feed parts them, which no
        quotation has.
        """
        forms = [self.form(paragraph)[0] for paragraph in self.numbered]
        starts = [0, *accumulate(len(form) + 1 for form in forms)]
        whole = _bounded("\n".join(forms))
        marks = array("L", [found.start() for found in re.finditer(_BOUND, whole)])
        return whole, marks, starts[:-1], [paragraph.number for paragraph in self.numbered]

    def count(self, quotation: str) -> int:
        """Return how often a quotation stands in the text; one of several parts counts once."""
        sought = _sought(quotation)
        if len(sought) == 1:
            return self._whole[0].count(sought[0])
        return int(bool(self.find(quotation)))

    @property
    def length(self) -> int:
        """The characters of its paragraphs."""
        return sum(len(text) for _, text in self.paragraphs)

    @property
    def numbered(self) -> Iterator[Paragraph]:
        """The paragraphs without the headings."""
        return (paragraph for paragraph in self.paragraphs if paragraph.number)

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """The sentences, each with its paragraph's number."""
        return tuple(
            (paragraph.number, sentence)
            for paragraph in self.numbered
            for sentence in _SENTENCE_END.split(paragraph.text)
        )

    def place(self, passage: Passage) -> tuple[int, int]:
        """Return the line and column, from 1, at which a passage begins in the file.

        Raises DeckError where the file cannot be read any more, IndexError where it has changed.
        """
        text = read_text(self.path, "source")
        blocks = [(at, block) for at, block in _blocks(text) if not _HEADING.match(block)]
        at, block = blocks[passage.paragraph - 1]
        words = list(re.finditer(r"\S+", block))
        before = self._plain(passage.paragraph)[: passage.start]
        word = words[min(before.count(" "), len(words) - 1)]
        start = at + word.start() + len(before) - (before.rfind(" ") + 1)
        line_start = text.rfind("\n", 0, start) + 1
        return text.count("\n", 0, start) + 1, start - line_start + 1

    def _plain(self, number: int) -> str:
        return next(paragraph.text for paragraph in self.numbered if paragraph.number == number)

    def form(self, paragraph: Paragraph) -> tuple[str, list[int]]:
        """Return a paragraph as ``fold`` has it."""
        if paragraph.number not in self._folded:
            self._folded[paragraph.number] = fold(paragraph.text)
        return self._folded[paragraph.number]


def parts(quotation: str) -> list[str]:
    """Return the parts of a quotation between ellipses."""
    if "…" not in quotation and "..." not in quotation:
        return [quotation]
    found = [part for written in _ELLIPSIS.split(quotation) if (part := written.strip())]
    return found or [quotation]


def folded(text: str) -> str:
    """Return ``fold(text)`` without places, and without space at its ends."""
    if text.isascii():  # nothing to normalise but space and the grave accent
        return " ".join(text.split()).replace("`", "'")
    if unicodedata.is_normalized("NFKC", text):  # as nearly all texts are
        return " ".join(text.replace("\u00ad", "").translate(TYPOGRAPHY).split())
    return fold(text)[0].strip()


@lru_cache(maxsize=16)
def _sought(quotation: str) -> tuple[str, ...]:
    """Return the parts of a quotation as they are looked for."""
    return tuple(_bounded(part) for part in map(folded, parts(quotation)) if part)


def _bounded(text: str) -> str:
    """Return a text with a sign at both ends of each number.

    A piece of a number is another number: "freed 12" does not stand in "freed 123".
    """
    return _NUMBER.sub(rf"{_BOUND}\g<0>{_BOUND}", text)


def fold(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without differences of typography, and each character's place in it.

    NFKC, one kind of quotation mark and dash, single spaces, no soft hyphens.
    """
    letters: list[str] = []
    places: list[int] = []
    cluster_start = 0
    for position in range(1, len(text) + 1):
        # A base and its combining marks normalise together.
        if position < len(text) and unicodedata.combining(text[position]):
            continue
        cluster = text[cluster_start:position].replace("\u00ad", "")
        for character in unicodedata.normalize("NFKC", cluster).translate(TYPOGRAPHY):
            space = character.isspace()
            if space and letters and letters[-1] == " ":
                continue
            letters.append(" " if space else character)
            places.append(cluster_start)
        cluster_start = position
    return "".join(letters), places


def read_text(path: Path, rule: str = "S01", most: int = LARGEST) -> str:
    """Read a text file of at most so many bytes.

    Raises DeckError where it is missing, too large, not UTF-8 or unsafe.
    """
    return decoded(path, read_data(path, rule, most), rule)


def read_data(path: Path, rule: str = "S01", most: int = LARGEST) -> bytes:
    """Read a file of at most so many bytes. Raises DeckError where it is missing or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        told = f"cannot be read: {error.strerror}"
        raise _refused(path, rule, told, "Check the name and the permissions.") from error
    if len(data) > most:
        told = f"larger than {most >> 20} MiB"
        raise _refused(path, rule, told, "Split it into several files.")
    return data


def decoded(path: Path, data: bytes, rule: str = "S01") -> str:
    """Return the text that a file's bytes are, its lines parted by line feeds alone.

    Raises DeckError where it is not UTF-8 or unsafe.
    """
    other = next((what for start, what in _OTHERS.items() if data.startswith(start)), "")
    if other or b"\0" in data[:4]:
        told = f"this is {other or 'no plain text, or one in UTF-16'}"
        raise _refused(path, rule, told, "Save it as plain text, in the encoding UTF-8.")
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        row, at = before.count("\n") + 1, len(before) - before.rfind("\n")
        line = data[data.rfind(b"\n", 0, error.start) + 1 :].partition(b"\n")[0]
        source = line.decode("utf-8", "replace")
        told = f"byte 0x{data[error.start]:02X} is not UTF-8"
        mend = "Save the file in the encoding UTF-8; editors offer it where they save."
        raise _refused(path, rule, told, mend, row, at, source) from error
    # Nothing refused is printable; piece by piece, for a copy of all of it may be large.
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    if all(piece.replace("\n", "").isprintable() for piece in pieces):
        return text
    unsafe = [
        _unsafe(path, text, match.start())
        for _, match in zip(range(100), REFUSED.finditer(text), strict=False)
    ]
    if unsafe:
        raise DeckError(unsafe)
    return text


def _refused(
    path: Path, rule: str, message: str, hint: str, line: int = 0, column: int = 0, source: str = ""
) -> DeckError:
    return DeckError([Problem(path, line, column, rule, message, hint, source)])


def _unsafe(path: Path, text: str, at: int) -> Problem:
    line_start = text.rfind("\n", 0, at) + 1
    # A part of the line will do: the line may be the whole file.
    start = max(line_start, at - LONGEST_SOURCE // 2)
    source = text[start : start + LONGEST_SOURCE].partition("\n")[0]
    return Problem(
        path,
        text.count("\n", 0, at) + 1,
        at - line_start + 1,
        "unsafe-text",
        f"the character {visible(text[at])} is refused: it could deceive or break a screen",
        "Delete it.",
        REFUSED.sub("�", source),
        before=start - line_start,
    )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield paragraphs and headings with where they begin.

    A heading is one line, with or without a blank one after it.
    """
    at = start = 0
    for line in [*text.split("\n"), ""]:
        heading = _HEADING.match(line)
        if heading or not line.strip(" \t"):
            if text[start:at].strip():
                yield start, text[start:at]
            start = at + len(line) + 1
            if heading:
                yield at, line
        at += len(line) + 1


def read(path: Path) -> Article:
    """Read a reading text; its title is the first heading, or a headline. Raises DeckError."""
    title = ""
    paragraphs: list[Paragraph] = []
    number = 0
    for _, block in _blocks(read_text(path, "source", LONGEST)):
        words = " ".join(block.split())
        heading = _HEADING.match(words)
        if heading:
            title = title or heading[1]
            paragraphs.append(Paragraph(0, heading[1]))
        elif words:
            number += 1
            paragraphs.append(Paragraph(number, words))
    if len(paragraphs) > 1 and not title and _HEADLINE.fullmatch(paragraphs[0].text):
        title = paragraphs[0].text
    return Article(path, title if len(title) <= _LONGEST_TITLE else "", tuple(paragraphs))
