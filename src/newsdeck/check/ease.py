"""Rules of ease: a question can be missed, and what is right is not right in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

from newsdeck import number
from newsdeck.check.registry import Finding, rule
from newsdeck.check.said import FIGURED, Said
from newsdeck.check.view import View, contains, content, words
from newsdeck.kinds import (
    Card,
    Choice,
    Cloze,
    Number,
    Typed,
)
from newsdeck.problem import Severity

_FERRY = "- choice: How many people did the ferry carry a day?\n  answer: 900\n"
_LENGTH = "- number: How long is the bridge over the Elva?\n  answer: 412\n  unit: metres\n"
_LARGE = 100
"""From here on a tolerance below one is no tolerance."""


@rule(
    "C14", Severity.WARNING, "two options that are the same number", Choice,
    bad=_FERRY + "  wrong: [600, ▸nine hundred]\n", good=_FERRY + "  wrong: [600, 90]\n",
)  # fmt: skip
def same_number(question: Choice, view: View) -> Iterator[Finding]:
    """14, 14.0 and fourteen are one answer: who picks the other is wrong and right. What only
    looks otherwise is an error, see S05."""
    if not any(text[:1].isdigit() for text in question.all_options):
        return
    seen: dict[Decimal, str] = {}
    for text, steps in view.options:
        with suppress(number.Malformed):
            value = number.parse(text, view.deck.language)
            if value in seen:
                mend = "Change one; `14` and `fourteen` are the same."
                yield Finding(f"`{text}` is `{seen[value]}`", mend, steps)
            seen.setdefault(value, text)


@rule(
    "Q11", Severity.WARNING, "a hint that gives the answer", Choice, Typed, Number, Card, Cloze,
    bad="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n"
    "  hint: ▸She is called Ada Brandt.\n",
    good="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n"
    "  hint: Her initials are A. B.\n",
)  # fmt: skip
def telling_hint(question: Choice | Typed | Number | Card | Cloze, view: View) -> Iterator[Finding]:
    """A hint leads to the answer; who reads the answer recalls nothing. A hint that names other
    options as well is left alone."""
    for key, hint, answers in _hints(question):
        said = Said(hint, view.deck.language)
        given = next((answer for answer in answers if _gives(said, answer)), "")
        if given and not any(_gives(said, text) for text in view.wrong):
            mend = "Say less: a first letter, a circumstance, a range."
            yield Finding(f"the hint says `{given}`", mend, (key,))


def _hints(
    question: Choice | Typed | Number | Card | Cloze,
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each hint with its key and the answers that it is not to say."""
    if isinstance(question, Cloze) and "::" in question.cloze:
        yield from (("cloze", gap.hint, gap.accepted[:1]) for gap in question.gaps if gap.hint)
    if not question.hint:
        return
    match question:
        case Choice():
            yield "hint", question.hint, question.right
        case Cloze():
            yield "hint", question.hint, tuple(gap.accepted[0] for gap in question.gaps)
        case _:
            yield "hint", question.hint, (question.answer,)


def _gives(hint: Said, answer: str) -> bool:
    if FIGURED.search(answer):
        with suppress(number.Malformed):
            value = number.parse(answer, hint.language)
            return value in hint.figures and value != 1  # "one" is seldom a number
    found = words(answer)
    return bool(content(found)) and contains(hint.words, found)


@rule(
    "Q12", Severity.WARNING, "a tolerance without a sense", Number,
    bad=_LENGTH + "  within: ▸500\n", good=_LENGTH + "  within: 5%\n",
)  # fmt: skip
def senseless_tolerance(question: Number, view: View) -> Iterator[Finding]:
    """A tolerance as large as the number lets 0 pass; one below 1 lets no other whole number
    pass, and was perhaps meant as a share."""
    if question.within == "0":
        return
    language = view.deck.language
    value, off = question.value(language), question.tolerance(language)
    if value and off >= abs(value):
        low, high = number.shown(value - off, language), number.shown(value + off, language)
        mend = "Write how far off is still right, as `5` or `5%`."
        yield Finding(f"everything from {low} to {high} is right", mend, ("within",))
    elif 0 < off < 1 and _LARGE <= abs(value) == int(abs(value)) and question.within[-1] != "%":
        mend = f"If it is a share, write `{number.shown(100 * off, language)}%`."
        yield Finding("no whole number is as near as that", mend, ("within",))
