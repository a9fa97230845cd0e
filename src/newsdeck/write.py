"""What is written into decks: new ones, and the mends of those that are there.

A deck belongs to its author: a mend touches no byte but its own, and a file is replaced whole or
not at all.
"""

from __future__ import annotations

import copy
import difflib
import json
import os
import re
import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsdeck import marked, quotation
from newsdeck.article import Article, read, read_text
from newsdeck.deck import load, slug
from newsdeck.files import write_whole
from newsdeck.problem import DeckError, Problem
from newsdeck.schema import schema

if TYPE_CHECKING:
    from newsdeck.deck import Deck

SAMPLE = Path(__file__).parent / "sample"
"""The folder of the sample deck and its reading text."""
SCHEMA = "deck.schema.json"
"""The file beside a new deck by which editors complete and check it."""
_COMMENTS_AT = 36
_CRLF = re.compile("\r\n")
_NEWLINE = re.compile("\r\n|\r|\n")


class Taken(Exception):
    """There is something already where a new folder was to be."""


class Changed(Exception):
    """The file was written by somebody else meanwhile."""


class Mends(NamedTuple):
    """A file's bytes before and after its mends; ``left`` could not be written by themselves."""

    path: Path
    before: bytes
    after: bytes
    left: tuple[str, ...]

    def diff(self) -> str:
        """Return the difference as a unified diff of lines, '' where there is none."""
        old, new = (
            _NEWLINE.sub("\n", data.decode("utf-8-sig")).splitlines()
            for data in (self.before, self.after)
        )
        name = str(self.path)
        return "\n".join(difflib.unified_diff(old, new, name, name, n=1, lineterm=""))

    def write(self) -> None:
        """Replace the file. Raises Changed where it is not the one that was read; OSError."""
        path = self.path.resolve()
        if path.read_bytes() != self.before:
            raise Changed(str(self.path))
        write_whole(path, self.after)


class _Mend(NamedTuple):
    """Puts ``text`` in the place of characters ``start`` to ``end``, and ``value`` at ``steps``.

    A ``line`` is text that makes a new line of its own.
    """

    start: int
    end: int
    text: str
    line: bool
    steps: tuple[str | int, ...]
    value: str


def new(folder: Path, reading: Path | None = None) -> list[Path]:
    """Make a folder with a reading text, a deck with a sample of each kind, and its schema.

    With a ``reading`` text of the author's own, the samples cite a text beside it. Returns the
    files. Raises Taken, DeckError where the reading text cannot be used, OSError.
    """
    if os.path.lexists(folder):
        raise Taken(str(folder))
    name = folder.resolve().name
    sample = (SAMPLE / "article.md").read_bytes()
    article = None if reading is None else readable(reading)
    files = {
        f"{name}.yaml": _deck_text(name, article).encode(),
        "article.md": sample if reading is None else reading.read_bytes(),
        SCHEMA: json.dumps(schema(), indent=1, ensure_ascii=False).encode(),
    }
    if reading is not None:
        files["sample.md"] = sample
    building = folder.parent / f".{name}.{os.getpid()}"
    building.mkdir(parents=True)
    try:
        for file, data in files.items():
            (building / file).write_bytes(data)
        building.rename(folder)  # whole, or not at all
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return [folder / file for file in files]


def readable(path: Path) -> Article:
    """Read a text that questions can be written on. Raises DeckError."""
    article = read(path)
    if not any(article.numbered):
        mend = "Give it paragraphs, with blank lines between them."
        raise DeckError([Problem(path, 0, 0, "source", "there is nothing to read in it", mend)])
    return article


def _deck_text(name: str, article: Article | None) -> str:
    """Return the sample deck under a name, with the article as its first source."""
    text = (SAMPLE / "deck.yaml").read_text(encoding="utf-8")

    def put(key: str, value: str) -> None:
        nonlocal text
        line = f"{key}: {value} ".ljust(_COMMENTS_AT)
        text = re.sub(rf"^{key}: [^#\n]*", lambda _: line, text, count=1, flags=re.MULTILINE)

    put("id", slug(name, {}))
    if article is not None:
        title = marked.written(article.title or name)
        put("deck", title)
        about = "# about: … ".ljust(_COMMENTS_AT) + "# what the deck asks about, in one sentence"
        text = re.sub(r"^about: .*", about, text, count=1, flags=re.MULTILINE)
        head, _, rest = text.partition("source:\n")
        own, _, questions = rest.partition("\n\nquestions:")
        _, _, others = own.partition("\n")
        sample = "# The samples quote this text: delete it together with them.\n" + (
            "- title: A bridge for Elva\n  text: sample.md"
        )
        text = f"{head}source:\n- title: {title}\n{others}\n{sample}\n\nquestions:{questions}"
    return text


def mends(path: Path) -> Mends:
    """Return a deck with its missing ids and drifted quotations mended. Raises DeckError."""
    deck = load(path)
    before = path.read_bytes()
    text = read_text(path)
    root: Any = marked.Reader(path, text).read()
    wanted = sorted(_wanted(deck, text, root))
    done = _those_that_read(path, text, root, wanted)
    left = tuple(
        f"`{mend.steps[-1]}: {mend.value}`" if mend.line else f"`{mend.value}`"
        for mend in wanted
        if mend not in done
    )
    return Mends(path, before, _applied_to_bytes(before, done), left)


def for_editors(text: str, folder: Path) -> str:
    """Return a deck's text with the line that names its schema, where that is in the folder."""
    line = f"# yaml-language-server: $schema={SCHEMA}\n#\n"
    return line + text if (folder / SCHEMA).is_file() else text


def _wanted(deck: Deck, text: str, root: Any) -> Iterator[_Mend]:
    scalars = marked.scalars(text)
    if "id" not in root:
        yield _key(text, scalars, root, "deck", (), deck.id)
    for position, (question, value) in enumerate(
        zip(deck.questions, root["questions"], strict=True)
    ):
        steps: tuple[str | int, ...] = ("questions", position)
        if "id" not in value:
            yield _key(text, scalars, value, question.kind, steps, question.id)
        for number, quoted in enumerate(question.quotations):
            drift = quotation.diagnose(quoted, deck.articles)
            if drift is not None and drift.mended is not None:
                way = (*steps, "evidence", number)
                scalar = scalars[marked.locate(root, way).index]
                if isinstance(value["evidence"], str):
                    way = way[:-1]
                new = marked.written(drift.mended, scalar.flow)
                yield _Mend(scalar.start, scalar.end, new, False, way, drift.mended)


def _key(
    text: str,
    scalars: dict[int, marked.Scalar],
    mapping: marked.Mapping,
    after: str,
    steps: tuple[str | int, ...],
    value: str,
) -> _Mend:
    """Return the mend that writes an id behind the key ``after`` of a mapping."""
    key, place = mapping.marks[after]
    scalar = scalars[place.index]
    steps = (*steps, "id")
    if scalar.flow:
        return _Mend(scalar.end, scalar.end, f", id: {value}", False, steps, value)
    line = f"{' ' * key.column}id: {value}"
    if scalar.after > scalar.end:  # a block scalar, which ends where a line begins
        return _Mend(scalar.after, scalar.after, line, True, steps, value)
    end = text.find("\n", scalar.end)
    at = len(text) if end < 0 else end + 1
    return _Mend(at, at, line, True, steps, value)


def _those_that_read(
    path: Path, text: str, root: Any, wanted: Sequence[_Mend]
) -> tuple[_Mend, ...]:
    """Return the mends after which the file reads as it did but for what they say.

    Odd places (keys behind `?`, say) are left to the author.
    """
    if not wanted:
        return ()
    expected = copy.deepcopy(root)
    for mend in wanted:
        target = expected
        for step in mend.steps[:-1]:
            target = target[step]
        target[mend.steps[-1]] = mend.value
    reader = marked.Reader(path, _applied(text, wanted))
    if reader.read() == expected and not reader.problems:
        return tuple(wanted)
    if len(wanted) == 1:
        return ()
    middle = len(wanted) // 2
    halves = (wanted[:middle], wanted[middle:])
    return tuple(mend for half in halves for mend in _those_that_read(path, text, root, half))


def _applied(text: str, done: Sequence[_Mend]) -> str:
    """Return the text with mends; every new line ends as the one before it does."""
    parts: list[str] = []
    at = 0
    for mend in done:
        parts += [text[at : mend.start], _with_newline(text, mend)]
        at = mend.end
    return "".join([*parts, text[at:]])


def _with_newline(text: str, mend: _Mend) -> str:
    if not mend.line:
        return mend.text
    before = text[: mend.start][-2:]
    newline = _NEWLINE.search(before)
    if before and not before.endswith(("\n", "\r")):  # the last line of a file without an end
        first = _NEWLINE.search(text)
        return (first[0] if first else "\n") + mend.text
    return mend.text + ("\r\n" if before == "\r\n" else before[-1:] if newline else "\n")


def _applied_to_bytes(data: bytes, done: Sequence[_Mend]) -> bytes:
    """Return a file's bytes with mends whose places count in the text as it was read."""
    raw = data.decode("utf-8")
    mark = int(raw.startswith("\ufeff"))
    # Reading made one character of each CRLF; these are the places of those characters.
    pairs = [found.start() - mark - n for n, found in enumerate(_CRLF.finditer(raw))]

    def place(at: int) -> int:
        return at + mark + bisect_left(pairs, at)

    moved = [mend._replace(start=place(mend.start), end=place(mend.end)) for mend in done]
    return _applied(raw, moved).encode("utf-8")
