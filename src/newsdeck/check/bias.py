"""Rules of the whole deck: nothing in where or how long the right answers are may tell them.

One question proves little (an option half as long again is right as often as wrong in
OpenTriviaQA), a deck much: these are the rules that warn.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from newsdeck.check.options import numbers
from newsdeck.check.registry import Finding, Views, rule
from newsdeck.kinds import Choice, Claim
from newsdeck.problem import Severity

_CHANCE = 0.05
_PLACES = ("harbour", "market", "church", "school", "library", "station", "museum", "theatre",
           "park", "prison", "hospital", "castle")  # fmt: skip


def _examples(count: int, question: str, *endings: str) -> str:
    """Return ``count`` questions on different places, their endings taken in turn."""
    return "".join(
        question.format(place=_PLACES[n]) + endings[n % len(endings)] + "  ignore: [V04]\n"
        for n in range(count)
    )


def singles(views: Views) -> Iterator[Choice]:
    """Yield the questions with one right option."""
    for view in views:
        if isinstance(view.question, Choice) and not view.question.several:
            yield view.question


def by_chance(hits: int, n: int, share: float) -> float:
    """Return the probability of ``hits`` or more out of ``n`` where each has ``share``."""
    if not 0 < share < 1:
        return 1.0
    logs = (
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        + k * math.log(share) + (n - k) * math.log1p(-share)
        for k in range(hits, n + 1)
    )  # fmt: skip
    return min(1.0, math.fsum(map(math.exp, logs)))


_COLOUR = "- choice: What colour is the {place}?\n"


@rule(
    "D01", Severity.WARNING, "the longest option is too often right",
    bad=_examples(8, _COLOUR, "  answer: dark green\n  wrong: [red, blue]\n"),
    good=_examples(
        8, _COLOUR, "  answer: red\n  wrong: [dark green, blue]\n",
        "  answer: dark green\n  wrong: [red, blue]\n",
        "  answer: blue\n  wrong: [red, dark green]\n",
    ),
)  # fmt: skip
def length_bias(views: Views) -> Iterator[Finding]:
    """Who knows nothing picks the longest option, and is right too often. Fires where chance
    would do as much in fewer than one deck in twenty, from eight questions on. Haladyna's
    guideline 24."""
    chances: list[float] = []
    hits = 0
    for question in singles(views):
        lengths = sorted(map(len, question.all_options))
        if lengths[-1] > lengths[-2]:
            chances.append(1 / len(lengths))
            hits += len(question.right[0]) == lengths[-1]
    if len(chances) >= 8:
        mean = sum(chances) / len(chances)
        if by_chance(hits, len(chances), mean) < _CHANCE:
            message = (
                f"the right option is the longest in {hits} of {len(chances)} choices; "
                f"chance would make it {round(mean * len(chances))}"
            )
            yield Finding(message, "Shorten right options, or lengthen wrong ones.")


# The value that chi-squared exceeds by chance once in twenty times, by degrees of freedom.
_CHI_SQUARED = (0.0, 3.84, 5.99, 7.81, 9.49, 11.07, 12.59, 14.07, 15.51, 16.92)


@rule(
    "D02", Severity.WARNING, "the right option stands too often in one place",
    bad=_examples(12, _COLOUR, "  answer: red\n  options: [red, blue, pink]\n"),
    good=_examples(
        12, _COLOUR, "  answer: red\n  options: [red, blue, pink]\n",
        "  answer: red\n  options: [blue, red, pink]\n",
        "  answer: red\n  options: [blue, pink, red]\n",
        "  answer: red\n  options: [pink, red, blue]\n",
        "  answer: red\n  options: [red, pink, blue]\n",
        "  answer: red\n  options: [pink, blue, red]\n",
    ),
)  # fmt: skip
def place_bias(views: Views) -> Iterator[Finding]:
    """Only where `options` keeps options in place; others are shuffled. Fires where chance would
    do as much, or make as long a run of one place, in fewer than one deck in twenty, from twelve
    questions on. Haladyna's guideline 20."""
    held = [question for question in singles(views) if question.options]
    if len(held) < 12:
        return
    places = [question.options.index(question.right[0]) for question in held]
    most = max(len(question.options) for question in held)
    expected = [0.0] * most
    for question in held:
        for place in range(len(question.options)):
            expected[place] += 1 / len(question.options)
    counted = Counter(places)
    chi = sum((counted[n] - mean) ** 2 / mean for n, mean in enumerate(expected))
    run = max(_runs(places))
    few = min(len(question.options) for question in held)
    mend = "Move right options to other places, or use `wrong`: then they are shuffled."
    if chi > _CHI_SQUARED[min(most, len(_CHI_SQUARED)) - 1]:
        place, hits = counted.most_common(1)[0]
        message = f"the right option is number {place + 1} in {hits} of {len(held)} choices"
        yield Finding(message, mend)
    elif run >= 4 and len(held) * few ** (1 - run) < _CHANCE:
        yield Finding(f"the right option is in one place {run} times running", mend)


def _runs(places: Iterable[int]) -> Iterator[int]:
    length, before = 0, -1
    for place in places:
        length, before = (length + 1 if place == before else 1), place
        yield length


_CLAIM = "- claim: The {place} is green.\n"


@rule(
    "D03", Severity.WARNING, "claims are too often true, or false",
    bad=_examples(4, _CLAIM, "  answer: true\n"),
    good=_examples(4, _CLAIM, "  answer: true\n", "  answer: false\n"),
)  # fmt: skip
def claim_bias(views: Views) -> Iterator[Finding]:
    """Players learn which way to guess. Fires where all of four or more go one way, or chance
    would do as much in fewer than one deck in twenty. Haladyna's guideline 20."""
    answers = [view.question.answer for view in views if isinstance(view.question, Claim)]
    true, n = sum(answers), len(answers)
    most = max(true, n - true)
    if n >= 4 and (most == n or 2 * by_chance(most, n, 0.5) < _CHANCE):
        word = "true" if true == most else "false"
        message = f"{most} of {n} claims are {word}"
        yield Finding(message, "Turn some of them round.")


_LAMPS = "- choice: How many lamps has the {place}?\n"


@rule(
    "D06", Severity.NOTE, "the right number is never the least or the greatest",
    bad=_examples(6, _LAMPS, "  answer: 20\n  wrong: [10, 30]\n"),
    good=_examples(
        6, _LAMPS, "  answer: 20\n  wrong: [10, 30]\n", "  answer: 10\n  wrong: [20, 30]\n"
    ),
)  # fmt: skip
def middle_numbers(views: Views) -> Iterator[Finding]:
    """Authors put wrong numbers on both sides: in OpenTriviaQA the right one of four is a middle
    one 64% of the time. From six questions on."""
    n = 0
    for view in views:
        question = view.question
        if not isinstance(question, Choice) or question.several or len(view.options) < 3:
            continue
        options = question.all_options
        values = numbers(options, view.deck.language)
        if values:
            key = values[options.index(question.right[0])]
            if key in (min(values), max(values)):
                return
            n += 1
    if n >= 6:
        message = f"the right number is a middle one in all of {n} choices"
        yield Finding(message, "Put all wrong numbers on one side in some.")
