"""A deck file becomes a Deck, or every problem that is in it."""

from __future__ import annotations

import gc
import re
from array import array
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from newsdeck import article, marked, values
from newsdeck.beside import Beside
from newsdeck.files import real
from newsdeck.fit import anew, fit, unseen
from newsdeck.head import Head
from newsdeck.keys import BESIDES, DASHED, SHAPE, UNTITLED, besides
from newsdeck.kinds import KINDS, AnyQuestion, Cloze
from newsdeck.places import Places
from newsdeck.problem import DeckError, Problem, Severity, did_you_mean, printable
from newsdeck.question import Question
from newsdeck.text import comparable, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LONGEST = 64 * 1024
"""The longest question, in characters of the file: no screen shows more, and no card."""
_MOST_LOOKED_AT = 1_000_000_000
"""The most quotations times characters of the reading texts: seconds of looking for the worst."""
_MOST_STYLED = 100_000
"""The most signs of markup: each takes a hundred times as long to read as another letter."""
_UNREADABLE = ("yaml", "alias", "anchor", "tag")
_DECKISH = re.compile(
    rf"^[\W\d]*(?:deck|id|source|questions?|{'|'.join(KINDS)})[\"']?\s*[:：]", re.MULTILINE
)


class Deck:
    """A deck that can be used.

    ``problems`` has its warnings, ``lines`` the lines of questions by their ids, ``starts`` the
    characters of the text where they begin; ``data`` is the file as it was read, so that places
    in it can be found when they are asked for.
    """

    def __init__(
        self,
        path: Path,
        data: bytes,
        head: Head,
        questions: tuple[AnyQuestion, ...],
        lines: dict[str, int],
        starts: Sequence[int],
        articles: tuple[article.Article, ...],
        problems: tuple[Problem, ...],
    ) -> None:
        self.path, self.data, self.head = path, data, head
        self.questions, self.lines, self.starts = questions, lines, starts
        self.articles, self.problems = articles, problems
        self.title, self.id, self.about, self.language = (
            head.deck,
            head.id,
            head.about,
            head.language,
        )
        self.tags, self.anki, self.sources = head.tags, head.anki, head.sources
        self._by_id = {question.id: question for question in questions}

    @property
    def text(self) -> str:
        """The file's text. It is not kept: a single sign can make it four times the bytes."""
        return article.decoded(self.path, self.data)

    @cached_property
    def rivals(self) -> frozenset[str]:
        """Every text that is an answer somewhere in the deck."""
        return frozenset(text for question in self.questions for text in question.rivals)

    def question(self, identity: str) -> AnyQuestion | None:
        """Return the question of an id, None where there is none."""
        return self._by_id.get(identity)

    def beside(self, name: str) -> Path:
        """Return the place of a file that the deck names."""
        return real(self.path).parent / name

    def passages(self, question: AnyQuestion) -> tuple[tuple[str, article.Passage | None], ...]:
        """Return each quotation of a question with where it begins, None for nowhere."""
        return tuple(
            (
                quotation,
                next((found[0] for text in self.articles if (found := text.find(quotation))), None),
            )
            for quotation in question.quotations
        )


def load(path: Path) -> Deck:
    """Read a deck and its reading texts. Raises DeckError with every problem."""
    data = article.read_data(path)
    with without_collecting():
        return _Loader(marked.Reader(path, article.decoded(path, data), SHAPE)).deck(data)


def usable(files: Iterable[Path]) -> list[Deck]:
    """Return the decks of the files that have no error."""
    found = []
    for file in files:
        with suppress(DeckError):
            found.append(load(file))
    return found


def load_named(path: Path) -> Deck:
    """Read a deck that leaves the house. Raises DeckError, also where an id is missing.

    What is out is known by its id for ever: one that is made up will not do.
    """
    deck = load(path)
    nameless = [problem for problem in deck.problems if problem.rule == "S02"]
    if nameless:
        raise DeckError([replace(problem, severity=Severity.ERROR) for problem in nameless])
    return deck


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


def question_of(value: values.Value) -> Any:
    """Return the question that a mapping is; what is none stays, for its problems to be told."""
    if not isinstance(value, values.Mapping) or not (kind := KINDS.get(next(iter(value), ""))):
        return value
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return value


def _excess(
    text: str, head: Head, questions: Sequence[AnyQuestion], articles: Iterable[article.Article]
) -> str:
    """Return what is more in all than a deck may have, '' for nothing."""
    if text.count("*") + text.count("`") > _MOST_STYLED:
        return f"more than {_MOST_STYLED:,} `*` and backticks"
    quotations = sum(len(question.quotations) for question in questions)
    if quotations * sum(text.length for text in articles) > _MOST_LOOKED_AT:
        return f"{quotations:,} quotations from reading texts of this length"
    clozes = [question.cloze for question in questions if isinstance(question, Cloze)]
    gaps = sum(cloze.count("{") + cloze.count("|") for cloze in clozes)
    if gaps > marked.MOST_VALUES:
        return f"{gaps:,} answers in gaps"
    own = len(msgspec.json.encode(head))
    if own > LONGEST or own * len(questions) > article.LARGEST:
        return f"{own:,} characters about the deck with {counted(len(questions), 'question')}"
    return ""


class _Loader:
    def __init__(self, reader: marked.Reader) -> None:
        self.reader = reader
        self.warnings: list[Problem] = []
        self.marks: list[Any] = []  # of the questions
        self.beside = Beside(reader)

    def deck(self, data: bytes) -> Deck:
        """Return the deck of a file's bytes, as they are kept. Raises DeckError."""
        reader = self.reader
        root = reader.read({"questions": question_of})
        self.warnings += reader.doubts
        unreadable = any(problem.rule in _UNREADABLE for problem in reader.problems)
        if unreadable and not _DECKISH.search(reader.text):
            name = printable(reader.path.name)
            hint = f"If it is an article, `newsdeck draft {name}` proposes questions on it."
            raise DeckError([Problem(reader.path, 1, 1, "S01", "not a deck", hint)])
        if not isinstance(root, values.Mapping):
            if not reader.problems:
                told = "not a deck" if reader.text.strip() else "the file is empty"
                hint = (
                    "A deck begins with `deck: a title`; `newsdeck new` makes one to be changed, "
                    "`newsdeck draft` one on an article."
                )
                reader.problems.append(Problem(reader.path, 1, 1, "S01", told, hint))
            raise DeckError(self.problems())
        untitled = UNTITLED if "deck" not in root else {}
        head = fit(root.without("questions"), Head, "a deck", reader, BESIDES | untitled)
        questions = self.questions(root, head.language if head else "en")
        if head is not None and not head.id:
            head = msgspec.structs.replace(head, id=slug(head.deck, {}))
            mend = f"Write `id: {head.id}`: scores hang on it."
            self.warn(root.mark, "the deck has no `id`", mend)
        self.identities(questions)
        articles = self.beside.articles(head, root) if head else ()
        if reader.problems or head is None:
            raise DeckError(self.problems())
        lines = {question.id: self.marks[n].line + 1 for n, question in questions.items()}
        found = tuple(questions.values())
        if excess := _excess(reader.text, head, found, articles):
            mend = "Make several decks of it, or say less in each."
            raise DeckError([Problem(reader.path, 0, 0, "size", excess, mend)])
        warnings = tuple(self.warnings)
        return Deck(reader.path, data, head, found, lines, self.starts, articles, warnings)

    def problems(self) -> list[Problem]:
        """Return what keeps the deck from being used, and what may be the cause of it."""
        found = [*self.reader.problems, *self.reader.doubts]
        return sorted(found, key=lambda problem: (problem.line, problem.column))

    def questions(self, root: values.Mapping, language: str) -> dict[int, AnyQuestion]:
        """Return the questions that can be used, by their positions in the file."""
        written, reader = root.get("questions"), self.reader
        found: dict[int, AnyQuestion] = {}
        if isinstance(written, values.Sequence) and written:
            self.marks = written.marks
            ends = (*self.starts[1:], len(reader.text))
            places = zip(self.marks, self.starts, ends, strict=True)
            for position, (mark, start, end) in enumerate(places):
                if end - start > LONGEST:
                    told = f"a question of more than {LONGEST:,} characters"
                    reader.problem(mark, "S01", told, "Ask for less in it.")
                elif question := self.question(written[position], position, end, language):
                    found[position] = question
        elif isinstance(written, values.Mapping) and written:
            self.undashed(next(iter(written)), written.mark, len(reader.text))
        elif not reader.problems:  # what could not be read may have been the only question
            mark = root.marks["questions"][0] if "questions" in root else root.mark
            reader.problem(mark, "S01", "no questions", "Write them as a list under `questions:`.")
        return found

    @cached_property
    def starts(self) -> Sequence[int]:
        """The characters of the text at which the questions begin."""
        if not self.reader.problems:
            return array("L", [mark.index for mark in self.marks])
        # Where something was left out, lines and columns are still those of the text.
        lines = self.reader.lines
        return array("L", [lines.start(mark.line) + mark.column for mark in self.marks])

    @cached_property
    def places(self) -> Places:
        """Finds what is wrong with a question that could be made; most decks need none."""
        return Places(self.reader.path, self.reader.text, self.starts)

    def question(self, made: Any, position: int, end: int, language: str) -> AnyQuestion | None:
        """Return a question that ends before character ``end``, None where there is none.

        What is wrong with it is noted.
        """
        if not isinstance(made, Question):
            self.misfit(made, self.marks[position], end)
            return None
        for rule, steps, message, hint in made.faults(language):
            self.reader.problem(self.places.find(position, steps), rule, message, hint)
        if made.image:
            self.beside.image(made, self.places.find(position, ("image",)))
        return made  # type: ignore[return-value]  # a kind out of KINDS

    def misfit(self, value: values.Value, mark: Any, end: int) -> None:
        """Note why a value that ends before character ``end`` is no question."""
        if not isinstance(value, values.Mapping):
            self.reader.problem(
                mark, "S01", "a question has keys", "Write `- choice: your question`."
            )
            return
        first = next(iter(value), "")
        kind = KINDS.get(first)
        if hidden := unseen(first, KINDS):
            self.reader.problem(mark, "S01", *anew(first, hidden))
            return
        if kind is None:
            told = f"The first key is one of {', '.join(KINDS)}, with the question behind it."
            below = next((f"Write `{key}` first." for key in value if key in KINDS), "")
            hint = below or did_you_mean(first, KINDS, told)
            self.reader.problem(mark, "S01", f"`{first}` is no kind of question", hint)
            return
        fit(value, kind, f"`{first}`", self.reader, besides(kind))
        for key in value:
            if key in KINDS and key not in kind.__struct_fields__:
                self.undashed(key, value.marks[key][0], end)

    def undashed(self, key: str, mark: Any, end: int) -> None:
        """Note that a question lacks its dash, instead of all that seems to stand twice in it."""
        reader = self.reader
        last = reader.text.count("\n", 0, end) + 1
        reader.problems = [
            problem
            for problem in reader.problems
            if not (problem.rule == "duplicate-key" and mark.line < problem.line <= last)
            and (problem.line, problem.column) != (mark.line + 1, mark.column + 1)
        ]
        hint = DASHED.get(key, "Write them as a list under `questions:`.")
        reader.problem(mark, "S01", "no dash before the question", hint)

    def identities(self, questions: dict[int, AnyQuestion]) -> None:
        """Give each question without an id the one that it would be given in the file."""
        taken: dict[str, int] = {}
        firsts: dict[str, int] = {}
        for position, question in questions.items():
            if question.id and question.id in taken:
                place = self.places.find(position, ("id",))
                line = self.marks[firsts[question.id]].line + 1
                message = f"the id `{question.id}` is used before, in the question in line {line}"
                self.reader.problem(place, "S02", message, "Give it another.")
            firsts.setdefault(question.id, position)
            taken[question.id] = 2
        for position, question in questions.items():
            if not question.id:
                identity = slug(question.prompt, taken)
                questions[position] = msgspec.structs.replace(question, id=identity)
                mend = f"Write `id: {identity}`: scores hang on it."
                self.warn(self.marks[position], "the question has no `id`", mend)

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


def slug(text: str, taken: dict[str, int]) -> str:
    """Return an id made of the first words of a text, and unlike any that is ``taken``.

    It is taken then; each that is has the least number that may be free behind it.
    """
    words = re.findall(r"\w+", comparable(text))[:6]
    wanted = "-".join(words)[:56].strip("-_") or "untitled"
    unique = wanted
    while unique in taken:
        unique = f"{wanted}-{taken[wanted]}"
        taken[wanted] += 1
    taken[unique] = 2
    return unique
