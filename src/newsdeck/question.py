"""What all kinds of question share, as it is written in a deck and what it means.

Each kind is a struct of its keys; their descriptions are the JSON Schema's and the mends of error
messages. ``faults`` says what msgspec's types cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ClassVar, NamedTuple

from msgspec import Meta, Struct

from newsdeck.text import comparable

IDENTITY = r"^\w[\w.-]{0,63}\Z"
Steps = tuple[str | int, ...]
"""The way to a value of a question: a key and, in a list, the item's position from 0."""

MOST_PARTS = 100
"""The most items of a list, and gaps of a cloze, in a question: no screen and no player has room
for more, and some rules compare each with each."""
_Several = Annotated[tuple[str, ...], Meta(max_length=MOST_PARTS)]
Strings = str | _Several
_Names = Annotated[str, Meta(max_length=10 * MOST_PARTS)] | _Several


def doc(description: str, *examples: object, **limits: Any) -> Meta:
    """Describe a key: in the schema, and as the mend of a value that does not fit."""
    return Meta(description=description, examples=list(examples), **limits)


def parts(description: str, *examples: object) -> Meta:
    """Describe a key whose value has several parts."""
    return doc(description, *examples, max_length=MOST_PARTS)


Id = Annotated[
    str,
    doc(
        "A name that never changes: scores, schedules and Anki notes hang on it. "
        "Letters, digits, `-`, `_` and `.`; no spaces, 64 at most.",
        "freed-count",
        pattern=IDENTITY,
    ),
]


def several(written: Strings) -> tuple[str, ...]:
    """Return a value that may be written as one text or as a list, as a tuple."""
    return (written,) if isinstance(written, str) else written


class Fault(NamedTuple):
    """What is wrong with a question, where in it, and the mend; ``rule`` is the rule's name."""

    rule: str
    steps: Steps
    message: str
    mend: str


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all kinds share."""

    kind: ClassVar[str]

    id: Id = ""
    why: Annotated[str, doc("What makes the answer right; shown after it.", "It was agreed.")] = ""
    evidence: Annotated[
        Strings,
        doc(
            "A quotation from the reading text that proves the answer, or a list of them.",
            "pardoned and freed 123 political prisoners",
        ),
    ] = ()
    hint: Annotated[str, doc("Help for a player who asks for it.", "More than a hundred.")] = ""
    tags: Annotated[
        tuple[str, ...],
        parts("Words to pick and count questions by.", ["people"]),
    ] = ()
    level: Annotated[int, doc("How hard it is: 1, 2 or 3.", 2, ge=1, le=3)] = 0
    points: Annotated[int, doc("What a right answer is worth, 1 to 100.", 1, ge=1, le=100)] = 1
    image: Annotated[str, doc("A PNG, JPEG, GIF, WebP or SVG file beside the deck.", "map.png")] = (
        ""
    )
    alt: Annotated[str, doc("The image in words.", "A map of the border.")] = ""
    ignore: Annotated[
        _Names, doc("A rule to silence here, or a list of them: the author knows better.", "V04")
    ] = ()

    @property
    def prompt(self) -> str:
        """The question itself: the value of the first key, which names the kind."""
        written: str = getattr(self, self.kind)
        return written

    @property
    def asked(self) -> str:
        """The question as it is put where a text alone is: gaps are numbered in it."""
        return self.prompt

    @property
    def task(self) -> str:
        """What to do, where the question and what stands below it do not say so."""
        return ""

    @property
    def quotations(self) -> tuple[str, ...]:
        """The evidence, as a tuple."""
        return several(self.evidence)

    @property
    def silenced(self) -> tuple[str, ...]:
        """The names of the rules to silence; a comma parts those that are written as one text."""
        if isinstance(self.ignore, str):
            return tuple(name.strip() for name in self.ignore.split(","))
        return self.ignore

    @property
    def rivals(self) -> tuple[str, ...]:
        """Texts that are an answer of this question, so that no typo of another may become one."""
        return ()

    def faults(self, language: str) -> Iterator[Fault]:  # the kinds that read numbers need it
        """Yield what is wrong with the question beyond the types of its keys."""
        yield from ()


def repeated(texts: Iterable[tuple[str, Steps]]) -> Iterator[Fault]:
    """Yield a fault for each text, with its place, that counts as the same as one before it."""
    forms: set[str] = set()
    for text, steps in texts:
        form = comparable(text)
        if form in forms:
            yield Fault("S05", steps, f"`{text}` stands twice", "Change one.")
        forms.add(form)
