"""A deck file becomes a Deck, or every problem that is in it."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Struct

from newsdeck import article, marked
from newsdeck.files import real
from newsdeck.fit import fit
from newsdeck.problem import DeckError, Problem, Severity, did_you_mean
from newsdeck.question import KINDS, AnyQuestion, Id, doc
from newsdeck.text import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BESIDES = {
    "questions": "",
    **{
        kind: f"A question begins with a dash, under `questions:`: `- {kind}: …`." for kind in KINDS
    },
}
LONGEST = 64 * 1024
"""The longest question, in characters of the file: no screen shows more, and no card."""
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """What a deck was written from."""

    title: Annotated[str, doc("The article's title.", "Belarus frees 123 prisoners")]
    publisher: Annotated[str, doc("Who published it; never guessed.", "The Elva Courier")] = ""
    date: Annotated[str, doc("When it was published; never guessed.", "2024-05-04")] = ""
    url: Annotated[
        str,
        doc(
            "Where it stands, http or https.",
            "https://example.org/bridge",
            pattern="^https?://[^\\s]+\\Z",
        ),
    ] = ""
    text: Annotated[str, doc("The reading text, a path from the deck's file.", "article.md")] = ""


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deck's own keys, as they are written."""

    deck: Annotated[str, doc("The deck's title.", "The release of 123")]
    id: Id = ""
    about: Annotated[
        str, doc("What the deck is about, in a sentence.", "Who was freed, and for what.")
    ] = ""
    language: Annotated[
        str, doc("A language code.", "en", pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*\\Z")
    ] = "en"
    tags: Annotated[tuple[str, ...], doc("Words to find the deck by.", ["diplomacy"])] = ()
    anki: Annotated[str, doc("The Anki deck that it goes under.", "News::Belarus")] = ""
    source: Annotated[
        Source | tuple[Source, ...],
        doc(
            "What the deck was written from: one mapping or a list.",
            {"title": "Belarus frees 123 prisoners", "text": "article.md"},
        ),
    ] = ()


class Deck:
    """A deck that can be used.

    ``problems`` has its warnings, ``lines`` where questions stand, ``text`` the file as it was
    read, so that places in it can be found when they are asked for.
    """

    def __init__(
        self,
        path: Path,
        text: str,
        head: Head,
        questions: tuple[AnyQuestion, ...],
        lines: dict[str, int],
        articles: tuple[article.Article, ...],
        problems: tuple[Problem, ...],
    ) -> None:
        self.path, self.text, self.head = path, text, head
        self.questions, self.lines = questions, lines
        self.articles, self.problems = articles, problems
        self.title, self.id, self.about, self.language = (
            head.deck,
            head.id,
            head.about,
            head.language,
        )
        self.tags, self.anki, self.sources = head.tags, head.anki, _sources(head)
        self._by_id = {question.id: question for question in questions}

    @cached_property
    def rivals(self) -> frozenset[str]:
        """Every text that is an answer somewhere in the deck."""
        return frozenset(text for question in self.questions for text in question.rivals)

    def question(self, identity: str) -> AnyQuestion | None:
        """Return the question of an id, None where there is none."""
        return self._by_id.get(identity)

    def passages(self, question: AnyQuestion) -> tuple[tuple[str, article.Passage | None], ...]:
        """Return each quotation of a question with where it begins, None for nowhere."""
        return tuple(
            (
                quotation,
                next((found[0] for text in self.articles if (found := text.find(quotation))), None),
            )
            for quotation in question.quotations
        )


def _sources(head: Head) -> tuple[Source, ...]:
    return (head.source,) if isinstance(head.source, Source) else head.source


def load(path: Path) -> Deck:
    """Read a deck and its reading texts. Raises DeckError with every problem."""
    text = article.read_text(path)
    with without_collecting():
        return _Loader(marked.Reader(path, text)).deck()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Work on very many small objects and no cycles: collecting meanwhile doubles the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Loader:
    def __init__(self, reader: marked.Reader) -> None:
        self.reader = reader
        self.warnings: list[Problem] = []

    def deck(self) -> Deck:
        reader = self.reader
        root = reader.read()
        if not isinstance(root, marked.Mapping):
            if not reader.problems:
                reader.problems.append(
                    Problem(reader.path, 1, 1, "S01", "not a deck", "Begin with `deck: a title`.")
                )
            raise DeckError(reader.problems)
        written = root.get("questions")
        head = fit(root.without("questions"), Head, "a deck", reader, _BESIDES)
        language = head.language if head else "en"
        questions: list[AnyQuestion] = []
        values: list[marked.Mapping] = []
        if isinstance(written, marked.Sequence) and written:
            ends = (*(mark.index for mark in written.marks[1:]), len(reader.text))
            for value, mark, end in zip(written, written.marks, ends, strict=True):
                if end - mark.index > LONGEST:
                    told = f"a question of more than {LONGEST:,} characters"
                    reader.problem(mark, "S01", told, "Ask for less in it.")
                    continue
                question = self.question(value, mark, language)
                if question is not None:
                    questions.append(question)
                    values.append(value)
        elif not reader.problems:  # what could not be read may have been the only question
            mark = root.marks["questions"][0] if "questions" in root else root.mark
            reader.problem(mark, "S01", "no questions", "Write them as a list under `questions:`.")
        head, questions = self.identities(root, head, questions, values)
        articles = self.articles(root, head) if head else ()
        if reader.problems or head is None:
            raise DeckError(sorted(reader.problems, key=lambda p: (p.line, p.column)))
        lines = {q.id: v.mark.line + 1 for q, v in zip(questions, values, strict=True)}
        return Deck(
            reader.path, reader.text, head, tuple(questions), lines, articles, tuple(self.warnings)
        )

    def question(self, value: Any, mark: Any, language: str) -> AnyQuestion | None:
        if not isinstance(value, marked.Mapping):
            self.reader.problem(
                mark, "S01", "a question has keys", "Write `- choice: your question`."
            )
            return None
        first = next(iter(value), "")
        kind = KINDS.get(first)
        if kind is None:
            hint = did_you_mean(first, KINDS, f"The first key is one of {', '.join(KINDS)}.")
            self.reader.problem(value.mark, "S01", f"`{first}` is no kind of question", hint)
            return None
        question: Any = fit(value, kind, f"a {first}", self.reader)
        if question is None:
            return None
        for rule, steps, message, hint in question.faults(language):
            self.reader.problem(marked.locate(value, steps), rule, message, hint)
        if question.image:
            self.image(question, value)
        return question  # type: ignore[no-any-return]  # a kind out of KINDS

    def identities(
        self,
        root: marked.Mapping,
        head: Head | None,
        questions: list[AnyQuestion],
        values: list[marked.Mapping],
    ) -> tuple[Head | None, list[AnyQuestion]]:
        """Give what has no id the one that it would be given in the file, and say so."""
        if head is not None and not head.id:
            head = msgspec.structs.replace(head, id=slug(head.deck, set()))
            self.warn(
                root.mark, "the deck has no `id`", f"Write `id: {head.id}`: scores hang on it."
            )
        taken: set[str] = set()
        for question, value in zip(questions, values, strict=True):
            if question.id and question.id in taken:
                mark = marked.locate(value, ("id",))
                self.reader.problem(
                    mark, "S02", f"the id `{question.id}` is used before", "Give it another."
                )
            taken.add(question.id)
        named: list[AnyQuestion] = []
        for question, value in zip(questions, values, strict=True):
            if not question.id:
                identity = slug(question.prompt, taken)
                taken.add(identity)
                question = msgspec.structs.replace(question, id=identity)  # same question, named
                mend = f"Write `id: {identity}`: scores hang on it."
                self.warn(value.mark, "the question has no `id`", mend)
            named.append(question)
        return head, named

    def warn(self, mark: Any, message: str, hint: str) -> None:
        reader = self.reader
        if len(self.warnings) == marked.MOST_PROBLEMS:
            return
        source = reader.lines[mark.line]
        self.warnings.append(
            Problem(
                reader.path,
                mark.line + 1,
                mark.column + 1,
                "S02",
                message,
                hint,
                source,
                Severity.WARNING,
            )
        )

    def beside(self, name: str, mark: Any) -> Path | None:
        """Return the file that a deck names, None (and a problem) where it is not beside it."""
        folder = self.reader.path.resolve().parent
        path = real(folder / name)
        if not path.is_relative_to(folder):
            self.reader.problem(
                mark, "path", f"`{name}` is outside the deck's folder", "Put it beside the deck."
            )
        elif not path.is_file():
            self.reader.problem(
                mark, "path", f"there is no file `{name}`", "It is looked for beside the deck."
            )
        else:
            return path
        return None

    def image(self, question: Any, value: marked.Mapping) -> None:
        mark = value.marks["image"][1]
        path = self.beside(question.image, mark)
        if path is not None and path.suffix.lower() not in IMAGES:
            self.reader.problem(
                mark, "path", f"`{question.image}` is no image", f"One of {' '.join(IMAGES)}."
            )
        if not question.alt:
            self.reader.problem(mark, "S01", "an image needs `alt`", "Say in words what it shows.")

    def articles(self, root: marked.Mapping, head: Head) -> tuple[article.Article, ...]:
        found: list[article.Article] = []
        written = root.get("source", [])
        for source, value in zip(
            _sources(head), written if isinstance(written, list) else [written], strict=True
        ):
            if source.text and (path := self.beside(source.text, value.marks["text"][1])):
                try:
                    found.append(article.read(path))
                except DeckError as error:
                    self.reader.problems += error.problems
        return tuple(found)


def slug(text: str, taken: set[str]) -> str:
    """Return an id made of the first words of a text, and unlike any that is ``taken``."""
    words = re.findall(r"\w+", comparable(text))[:6]
    wanted = "-".join(words)[:56].strip("-_") or "untitled"
    number = 2
    unique = wanted
    while unique in taken:
        unique, number = f"{wanted}-{number}", number + 1
    return unique
