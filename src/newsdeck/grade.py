"""A question and a response make a verdict; nothing else has a say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch
from itertools import combinations

from newsdeck import number
from newsdeck.kinds import (
    AnyQuestion,
    Card,
    Choice,
    Claim,
    Cloze,
    Gap,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.question import Question
from newsdeck.text import comparable

Response = str | bool | tuple[str, ...] | dict[str, str]
"""What a player answers: the texts of the options picked (choice), true or false (claim; card:
knew it), what was typed (typed, number), a text a gap (cloze), the items in order (order), or
each left with its right (match)."""

_LONG = 5
"""The fewest letters of a word in which one typing error is forgiven."""
_MOST_ERRORS = 2
# The first letter must stand: people seldom miss it, and where it changes, so does the sense
# (amoral, Prussia, affect, Gambia).


@dataclass(frozen=True, slots=True)
class Verdict:
    """How good a response is: ``credit`` from 0 to 1.

    ``near`` says that it counts as right although its spelling is not; ``rebuttals`` is what the
    deck says to the wrong options picked; ``parts`` has each gap's, item's or left's own verdict.
    """

    credit: Fraction
    near: bool = False
    rebuttals: tuple[str, ...] = ()
    parts: tuple[bool, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the whole response is right."""
        return self.credit == 1


WRONG = Verdict(Fraction(0))


def grade(
    question: AnyQuestion,
    response: Response | None,
    language: str = "en",
    rivals: Collection[str] = (),
) -> Verdict:
    """Grade a response; None is a skip. ``rivals`` are the other answers of the deck.

    Raises number.Malformed where a number was asked for and the text is none. A response of
    another kind's shape scores 0.
    """
    return WRONG if response is None else _grade(question, response, language, rivals)


@singledispatch
def _grade(
    question: Question, response: Response, language: str, rivals: Collection[str]
) -> Verdict:
    raise TypeError(question)


def _plain(right: bool) -> Verdict:
    return Verdict(Fraction(int(right)))


@_grade.register
def _(question: Choice, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    if not isinstance(response, tuple):
        return WRONG
    picked = set(response)
    hits = Fraction(len(picked & set(question.right)), len(question.right))
    wrong = question.rebuttals
    false = Fraction(len(picked & set(wrong)), len(wrong))
    rebuttals = tuple(text for option, text in wrong.items() if option in picked and text)
    if not question.several:
        hits = Fraction(int(picked == set(question.right)))
    return Verdict(max(Fraction(0), hits - false), rebuttals=rebuttals)


@_grade.register
def _(question: Claim, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    return _plain(response is question.answer)


@_grade.register
def _(question: Card, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    return _plain(response is True)


@_grade.register
def _(question: Number, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    if not isinstance(response, str):
        return WRONG
    given, value = number.parse(response, language, question.unit), question.value(language)
    if number.ambiguous(response, language) and value == value.to_integral_value():
        whole = number.shown(given.scaleb(3), language)
        raise number.Malformed(f"Is that {whole}? Type it so, or as a decimal with a 0 behind it.")
    return _plain(abs(given - value) <= question.tolerance(language))


@_grade.register
def _(question: Typed, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    if not isinstance(response, str):
        return WRONG
    exact = question.match == "exact"

    def form(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip() if exact else comparable(text)

    given = form(response)
    for rejected, rebuttal in question.rejected.items():
        if given == form(rejected):
            return Verdict(Fraction(0), rebuttals=(rebuttal,))
    if given in {form(text) for text in question.accepted}:
        return _plain(True)
    others = {*rivals, *question.rejected}
    if not exact and _near(given, question.accepted, others, language):
        return Verdict(Fraction(1), near=True)
    return WRONG


@_grade.register
def _(question: Cloze, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    gaps = question.gaps
    if not isinstance(response, tuple) or len(response) != len(gaps):
        return WRONG
    verdicts = [
        _gap(gap, given, language, rivals) for gap, given in zip(gaps, response, strict=True)
    ]
    parts = tuple(verdict.right for verdict in verdicts)
    credit = Fraction(sum(parts), len(parts))
    return Verdict(credit, near=any(verdict.near for verdict in verdicts), parts=parts)


def _gap(gap: Gap, given: str, language: str, rivals: Collection[str]) -> Verdict:
    form = comparable(given)
    if form in map(comparable, gap.accepted):
        return _plain(True)
    try:
        value = number.parse(given, language)
    except number.Malformed:
        near = _near(form, gap.accepted, rivals, language)
        return Verdict(Fraction(int(near)), near=near)
    return _plain(any(_is_value(value, text, language) for text in gap.accepted))


def _is_value(value: Decimal, text: str, language: str) -> bool:
    try:
        return value == number.parse(text, language)
    except number.Malformed:
        return False


@_grade.register
def _(question: Order, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    if not isinstance(response, tuple) or sorted(response) != sorted(question.items):
        return WRONG
    place = {item: position for position, item in enumerate(question.items)}
    pairs = list(combinations(map(place.__getitem__, response), 2))
    in_order = Fraction(sum(first < second for first, second in pairs), len(pairs))
    parts = tuple(given == right for given, right in zip(response, question.items, strict=True))
    return Verdict(max(Fraction(0), 2 * in_order - 1), parts=parts)


@_grade.register
def _(question: Match, response: Response, language: str, rivals: Collection[str]) -> Verdict:
    if not isinstance(response, dict):
        return WRONG
    parts = tuple(response.get(left) == right for left, right in question.pairs.items())
    return Verdict(Fraction(sum(parts), len(parts)), parts=parts)


def _near(given: str, accepted: Iterable[str], rivals: Iterable[str], language: str) -> bool:
    """Tell a slip of the keyboard from another answer."""
    forms = {comparable(text) for text in accepted}
    plain = number.ungrouped(given, language)
    errors = min(
        (_errors(plain, number.ungrouped(form, language)) for form in forms),
        default=_MOST_ERRORS + 1,
    )
    if errors > _MOST_ERRORS:
        return False
    return all(_distance(given, form) > errors for form in set(map(comparable, rivals)) - forms)


def _figures(text: str) -> tuple[list[str], str]:
    """Return the numbers of a text, and the signs, points and currencies that give them value."""
    digits = re.findall(r"\d+", text)
    return digits, re.sub(r"[\w\s]", "", text) if digits else ""


def _errors(given: str, wanted: str) -> int:
    """Return the typing errors that part two texts, more than are forgiven where they differ."""
    if _figures(given) != _figures(wanted):
        return _MOST_ERRORS + 1
    if given.replace(" ", "") == wanted.replace(" ", ""):
        return 0
    pairs = list(zip(given.split(), wanted.split(), strict=False))
    if len(given.split()) != len(wanted.split()):
        return _MOST_ERRORS + 1
    errors = [_distance(one, other) for one, other in pairs]
    forgiven = all(
        not wrong or (wrong == 1 and len(other) >= _LONG and one[0] == other[0])
        for wrong, (one, other) in zip(errors, pairs, strict=True)
    )
    return sum(errors) if forgiven else _MOST_ERRORS + 1


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA  # only typed answers need it

    return int(OSA.distance(one, other, score_cutoff=_MOST_ERRORS))


@singledispatch
def answer_text(question: Question) -> str:
    """Return the right answer as one text."""
    raise TypeError(question)


@answer_text.register
def _(question: Choice) -> str:
    return "; ".join(question.right)


@answer_text.register
def _(question: Claim) -> str:
    return "True" if question.answer else "False"


@answer_text.register
def _(question: Typed) -> str:
    return question.answer


@answer_text.register
def _(question: Card) -> str:
    return question.answer


@answer_text.register
def _(question: Number) -> str:
    return f"{question.answer} {question.unit}".strip()


@answer_text.register
def _(question: Cloze) -> str:
    return "; ".join(gap.accepted[0] for gap in question.gaps)


@answer_text.register
def _(question: Order) -> str:
    return " → ".join(question.items)


@answer_text.register
def _(question: Match) -> str:
    return "; ".join(f"{left}: {right}" for left, right in question.pairs.items())


def given_text(question: AnyQuestion, response: Response | None) -> str:
    """Return a response as one text, as ``answer_text`` writes the right one."""
    if response is None:
        return "no answer"
    if isinstance(response, bool):
        words = ("knew it", "missed it") if isinstance(question, Card) else ("True", "False")
        return words[0] if response else words[1]
    if isinstance(response, dict):
        return "; ".join(f"{left}: {right}" for left, right in response.items())
    joint = " → " if isinstance(question, Order) else "; "
    return response if isinstance(response, str) else joint.join(response)
