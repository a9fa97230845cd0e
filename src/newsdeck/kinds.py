"""The eight kinds of question: the keys of each, and what they mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from newsdeck import number
from newsdeck.question import (
    MOST_PARTS,
    Fault,
    Question,
    Steps,
    Strings,
    doc,
    parts,
    repeated,
    several,
)
from newsdeck.text import comparable


class Choice(Question, frozen=True, kw_only=True):
    """Pick the right option, or tick all that apply where ``answer`` is a list."""

    kind = "choice"

    choice: Annotated[str, doc("The question; the player picks from options.", "Who was freed?")]
    answer: Annotated[Strings, doc("The right option; a list means all that apply.", "123")]
    wrong: Annotated[
        tuple[str | dict[str, str], ...],
        parts("Wrong options, each a text or `text: rebuttal`.", ["114", {"200": "Too many."}]),
    ] = ()
    options: Annotated[
        tuple[str, ...],
        parts("All options in the order they are to stand, instead of `wrong`.", ["1", "2", "3"]),
    ] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """The right options."""
        return several(self.answer)

    @property
    def several(self) -> bool:
        """Whether the player is to tick all that apply."""
        return not isinstance(self.answer, str)

    @property
    def task(self) -> str:
        return "Choose all that apply." if self.several else ""

    @property
    def rebuttals(self) -> dict[str, str]:
        """Each wrong option with what is said to who picks it ('' for nothing)."""
        if self.options:
            return {option: "" for option in self.options if option not in self.right}
        found: dict[str, str] = {}
        for item in self.wrong:
            found |= {item: ""} if isinstance(item, str) else item
        return found

    @property
    def all_options(self) -> tuple[str, ...]:
        """Every option, in the order of the file."""
        return self.options or (*self.right, *self.rebuttals)

    @property
    def rivals(self) -> tuple[str, ...]:
        return self.all_options

    def faults(self, language: str) -> Iterator[Fault]:  # noqa: C901  # a fault a line
        right = self.right
        if self.options and self.wrong:
            yield Fault("S04", ("wrong",), "`options` and `wrong` together", "Keep one of the two.")
        if not right:
            yield Fault("S04", ("answer",), "no right option", "Name at least one.")
        if not self.wrong and not self.rebuttals:
            yield Fault("S04", ("answer",), "no wrong option", "Give two, under `wrong`.")
        if self.options:
            for n, text in enumerate(right):
                if text not in self.options:
                    message = f"`{text}` is not among the options"
                    yield Fault("S04", ("answer", n), message, "Write it the same way.")
        texts = [*self.options] or [*right]
        for n, item in enumerate(self.wrong):
            if isinstance(item, str):
                texts.append(item)
                continue
            texts += item
            if len(item) != 1:
                message = "an option with several rebuttals"
                yield Fault("S01", ("wrong", n), message, "One `option: rebuttal` a list item.")
        # Most choices repeat nothing: their places are not worked out.
        if len(set(map(comparable, texts))) < len(texts):
            yield from repeated(self.places)

    @property
    def places(self) -> list[tuple[str, Steps]]:
        """Each option as it is written, with the way to it."""
        if self.options:
            return [(text, ("options", n)) for n, text in enumerate(self.options)]
        found: list[tuple[str, Steps]] = [(t, ("answer", n)) for n, t in enumerate(self.right)]
        for n, item in enumerate(self.wrong):
            found += [(text, ("wrong", n)) for text in ([item] if isinstance(item, str) else item)]
        return found


class Claim(Question, frozen=True, kw_only=True):
    """Judge whether a statement is true."""

    kind = "claim"

    claim: Annotated[str, doc("A statement that is true or false.", "The talks took two days.")]
    answer: Annotated[bool, doc("Whether the claim holds: `true` or `false`.", True)]


class Typed(Question, frozen=True, kw_only=True):
    """Type a few words."""

    kind = "typed"

    typed: Annotated[str, doc("The question; the player types words.", "Who founded Viasna?")]
    answer: Annotated[
        str, doc("The answer as it is shown; others go under `accept`.", "Ales Bialiatski")
    ]
    accept: Annotated[Strings, doc("Other answers that are right.", ["Bialiatski"])] = ()
    reject: Annotated[
        tuple[dict[str, str], ...],
        parts("Wrong answers to expect: `answer: rebuttal`.", [{"Lukashenko": "He pardoned."}]),
    ] = ()
    match: Annotated[
        Literal["lenient", "exact"],
        doc("`exact` asks for every letter, case and accent.", "lenient"),
    ] = "lenient"

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every right answer; the first is the one that is shown."""
        return (self.answer, *several(self.accept))

    @property
    def rejected(self) -> dict[str, str]:
        """Each wrong answer that was expected, with its rebuttal."""
        return {text: rebuttal for item in self.reject for text, rebuttal in item.items()}

    @property
    def rivals(self) -> tuple[str, ...]:
        return (*self.accepted, *self.rejected)

    def faults(self, language: str) -> Iterator[Fault]:
        def form(text: str) -> str:
            return text.strip() if self.match == "exact" else comparable(text)

        accepted = {form(text) for text in self.accepted}
        for n, item in enumerate(self.reject):
            for text in item:
                if form(text) in accepted:
                    message = f"`{text}` is accepted and rejected"
                    yield Fault("S07", ("reject", n), message, "Keep one of the two.")


class Number(Question, frozen=True, kw_only=True):
    """Type a number."""

    kind = "number"

    number: Annotated[str, doc("The question; the player types a number.", "How many days?")]
    answer: Annotated[str, doc("The number.", "1613")]
    within: Annotated[str, doc("How far off is right: `5`, or `5%` of the answer.", "5%")] = "0"
    unit: Annotated[str, doc("What the number counts; shown, and may be typed.", "days")] = ""

    def value(self, language: str) -> Decimal:
        """Return the answer's value. Raises ``number.Malformed`` where it is no number."""
        return number.parse(self.answer, language, self.unit)

    def tolerance(self, language: str) -> Decimal:
        """Return how far off a right answer may be, in the answer's own unit."""
        if self.within.endswith("%"):
            share = number.parse(self.within[:-1], language)
            return abs(self.value(language)) * share / 100
        return number.parse(self.within, language, self.unit)

    def faults(self, language: str) -> Iterator[Fault]:
        try:
            value = self.value(language)
        except number.Malformed as malformed:
            yield Fault("S06", ("answer",), f"`{self.answer}` is no number", str(malformed))
            return
        try:
            tolerance = self.tolerance(language)
        except number.Malformed:
            yield Fault("S06", ("within",), f"`{self.within}` is no number", "Write `5`, or `5%`.")
            return
        if tolerance < 0 or self.within.lstrip().startswith("-"):
            message = "a tolerance below zero"
            yield Fault("S06", ("within",), message, "Write how far off is right, as `5`.")
        if self.within.endswith("%") and not value:
            message = "a percentage of 0 is 0"
            yield Fault("S06", ("within",), message, "Write the tolerance as a number.")


class Gap(NamedTuple):
    """A gap of a cloze: its right answers, the first the one that is shown, and its hint."""

    accepted: tuple[str, ...]
    hint: str = ""


_GAP = re.compile(r"\{([^{}]*)\}")
_DOUBLED = re.compile(r"\{\{(?:c\d+::)?([^{}]+)\}\}")


@lru_cache(maxsize=256)
def segments(cloze: str) -> tuple[str | Gap, ...]:
    """Split a cloze into its texts and gaps: ``{answer|alternative::hint}``."""
    parts: list[str | Gap] = []
    for position, piece in enumerate(_GAP.split(cloze)):
        if position % 2:
            answers, _, hint = piece.partition("::")
            parts.append(Gap(tuple(a.strip() for a in answers.split("|")), hint.strip()))
        elif piece:
            parts.append(piece)
    return tuple(parts)


class Cloze(Question, frozen=True, kw_only=True):
    """Fill each gap of a sentence."""

    kind = "cloze"

    cloze: Annotated[
        str,
        doc(
            "A sentence with gaps: {answer}, {answer|alternative}, {answer::hint}.",
            "He founded {Viasna|Vyasna} in {1996::a year}.",
        ),
    ]

    @property
    def segments(self) -> tuple[str | Gap, ...]:
        """The sentence's texts and gaps, in order."""
        return segments(self.cloze)

    @property
    def asked(self) -> str:
        numbers = itertools.count(1)
        return "".join(
            f"[{next(numbers)}]" if isinstance(part, Gap) else part for part in self.segments
        )

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps, in order."""
        return tuple(part for part in self.segments if isinstance(part, Gap))

    @property
    def rivals(self) -> tuple[str, ...]:
        return tuple(text for gap in self.gaps for text in gap.accepted)

    def faults(self, language: str) -> Iterator[Fault]:
        if any("{" in part or "}" in part for part in self.segments if isinstance(part, str)):
            message = "a brace without its partner"
            mend = "Every gap is {one pair of braces}."
            if doubled := _DOUBLED.search(self.cloze):
                mend = f"A gap has one pair of braces and no number: `{{{doubled[1]}}}`."
            yield Fault("S08", ("cloze",), message, mend)
        elif not self.gaps:
            mend = "Put what is to be filled in in braces: {Viasna}."
            yield Fault("S08", ("cloze",), "no gap", mend)
        elif len(self.gaps) > MOST_PARTS:
            message = f"more than {MOST_PARTS} gaps"
            yield Fault("S08", ("cloze",), message, "Make several questions of it.")
        elif sum(len(gap.accepted) for gap in self.gaps) > MOST_PARTS:
            message = f"more than {MOST_PARTS} answers in its gaps"
            yield Fault("S08", ("cloze",), message, "Make several questions of it.")
        if any(not text for gap in self.gaps for text in gap.accepted):
            message = "a gap without an answer"
            yield Fault("S08", ("cloze",), message, "Write the answer inside the braces.")


class Order(Question, frozen=True, kw_only=True):
    """Put items in order."""

    kind = "order"

    order: Annotated[str, doc("The question; the player orders items.", "From few to many?")]
    items: Annotated[
        tuple[str, ...],
        parts("Three or more items, in the right order.", ["Arrest", "Trial", "Pardon"]),
    ]

    @property
    def task(self) -> str:
        return "Pick them in order, first to last."

    def faults(self, language: str) -> Iterator[Fault]:
        if len(self.items) < 3:
            mend = "Two are a choice; give three or more."
            yield Fault("S09", ("items",), "fewer than three items", mend)
        yield from repeated((text, ("items", n)) for n, text in enumerate(self.items))


class Match(Question, frozen=True, kw_only=True):
    """Join each left to its right."""

    kind = "match"

    match: Annotated[str, doc("The question; the player joins pairs.", "Who holds which office?")]
    pairs: Annotated[
        dict[str, str],
        parts("Each left with its right: `left: right`.", {"Viasna": "a group"}),
    ]
    extra: Annotated[tuple[str, ...], parts("Rights that belong to no left.", ["a party"])] = ()

    @property
    def task(self) -> str:
        return "Give each row the number of its match."

    @property
    def rights(self) -> tuple[str, ...]:
        """Every right once, decoys last."""
        return tuple(dict.fromkeys((*self.pairs.values(), *self.extra)))

    def faults(self, language: str) -> Iterator[Fault]:
        if len(self.pairs) < 2:
            mend = "Give two or more `left: right`."
            yield Fault("S09", ("pairs",), "fewer than two pairs", mend)
        yield from repeated((left, ("pairs", left)) for left in self.pairs)
        rights: dict[str, Steps] = {}
        for left, right in self.pairs.items():
            rights.setdefault(right, ("pairs", left))
        extra = ((text, ("extra", n)) for n, text in enumerate(self.extra))
        yield from repeated([*rights.items(), *extra])


class Card(Question, frozen=True, kw_only=True):
    """Recall, turn the card over, rate yourself."""

    kind = "card"

    card: Annotated[str, doc("The front of a card.", "What is potash?")]
    answer: Annotated[str, doc("The back of the card.", "A salt that feeds plants.")]


AnyQuestion = Choice | Claim | Typed | Number | Cloze | Order | Match | Card
KINDS: dict[str, type[AnyQuestion]] = {
    kind.kind: kind for kind in (Choice, Claim, Typed, Number, Cloze, Order, Match, Card)
}
