"""A reading text in numbered paragraphs, and where a quotation stands in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from newsdeck.problem import DeckError, Problem
from newsdeck.text import REFUSED, TYPOGRAPHY, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
"""The largest file that is read, in bytes."""
LONGEST = 1024 * 1024
"""The most that a deck's reading texts may have, in bytes, taken together: each of their
characters is looked at for each quotation."""

_OTHERS = {
    b"PK\x03\x04": "a document of a word processor, or another zipped file",
    b"{\\rtf": "a document of a word processor",
    b"%PDF": "a PDF file",
    b"\xff\xfe": "a text in the encoding UTF-16",
    b"\xfe\xff": "a text in the encoding UTF-16",
}
"""How files begin that are taken for plain text, and what they are."""
_ELLIPSIS = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")
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
        whole, starts, numbers = self._whole
        found: list[Passage] = []
        at = 0
        for part in filter(None, map(folded, parts(quotation))):
            start = _stands(part, whole, at)
            if start < 0:
                return ()
            at = start + len(part)
            nth = bisect_right(starts, start) - 1
            places = self._folded[numbers[nth]][1]
            first, last = start - starts[nth], at - starts[nth] - 1
            found.append(Passage(numbers[nth], places[first], places[last] + 1))
        return tuple(found)

    @cached_property
    def _whole(self) -> tuple[str, list[int], list[int]]:
        """The folded paragraphs as one text, so that a quotation is looked for once.

        With where each begins, and its number. A line feed parts them, which no quotation has.
        """
        forms = [self.form(paragraph)[0] for paragraph in self.numbered]
        starts = [0, *accumulate(len(form) + 1 for form in forms)]
        return "\n".join(forms), starts[:-1], [paragraph.number for paragraph in self.numbered]

    def count(self, quotation: str) -> int:
        """Return how often a quotation stands in the text; one of several parts counts once."""
        if len(parts(quotation)) > 1:
            return int(bool(self.find(quotation)))
        whole, part = self._whole[0], folded(quotation)
        if part and not (part[0].isdigit() or part[-1].isdigit()):
            return whole.count(part)  # no end of it can be a piece of a number
        at, found = 0, 0
        while part and (at := _stands(part, whole, at)) >= 0:
            at, found = at + len(part), found + 1
        return found

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
    return [part for part in _ELLIPSIS.split(quotation) if part.strip()]


def folded(text: str) -> str:
    """Return ``fold(text)`` without places, and without space at its ends."""
    if text.isascii():  # nothing to normalise but space and the grave accent
        return " ".join(text.split()).replace("`", "'")
    return fold(text)[0].strip()


def _stands(part: str, text: str, start: int) -> int:
    """Return where ``part`` stands in ``text`` from ``start`` on, -1 for nowhere.

    A piece of a number is another number: "freed 12" does not stand in "freed 123".
    """
    while (start := text.find(part, start)) >= 0:
        around = text[max(0, start - 2) : start], text[start + len(part) :][:2]
        cut_before = part[0].isdigit() and re.search(r"\d[.,]?$", around[0])
        cut_after = part[-1].isdigit() and re.match(r"[.,]?\d", around[1])
        if not (cut_before or cut_after):
            return start
        start += 1
    return -1


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

    def refuse(message: str, hint: str, line: int = 0, column: int = 0, source: str = "") -> None:
        raise DeckError([Problem(path, line, column, rule, message, hint, source)])

    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        refuse(f"cannot be read: {error.strerror}", "Check the name and the permissions.")
    if len(data) > most:
        refuse(f"larger than {most >> 20} MiB", "Split it into several files.")
    other = next((what for start, what in _OTHERS.items() if data.startswith(start)), "")
    if other or b"\0" in data[:4]:
        told = f"this is {other or 'no plain text, or one in UTF-16'}"
        refuse(told, "Save it as plain text, in the encoding UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        row, at = before.count("\n") + 1, len(before) - before.rfind("\n")
        source = data.splitlines()[row - 1].decode("utf-8", "replace")
        mend = "Save the file in the encoding UTF-8; editors offer it where they save."
        refuse(f"byte 0x{data[error.start]:02X} is not UTF-8", mend, row, at, source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").isprintable():  # as most texts are; nothing refused is printable
        return text
    unsafe = [
        _unsafe(path, text, match.start())
        for _, match in zip(range(100), REFUSED.finditer(text), strict=False)
    ]
    if unsafe:
        raise DeckError(unsafe)
    return text


def _unsafe(path: Path, text: str, at: int) -> Problem:
    line_start = text.rfind("\n", 0, at) + 1
    source = text[line_start:].split("\n", 1)[0]
    return Problem(
        path,
        text.count("\n", 0, at) + 1,
        at - line_start + 1,
        "unsafe-text",
        f"the character {visible(text[at])} is refused: it could deceive or break a screen",
        "Delete it.",
        REFUSED.sub("�", source),
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
    return Article(path, title, tuple(paragraphs))
