"""A gap of a cloze keeps its number, and with it its card in Anki, whatever is done around it.

A note's text says all there is to know: it has the number of each gap and, in comments, which no
card shows, the numbers of gaps that are gone. Those are not given to others, as the cards of
before stay in Anki with their schedules until its learner deletes them.
"""

from __future__ import annotations

import html
import re
from itertools import count

from newsdeck.anki.html import attribute
from newsdeck.text import comparable

_GAP = re.compile(r"\{\{c([1-9]\d{0,2})::([^{}]*)\}\}")
_GONE = re.compile(r"<!-- c([1-9]\d{0,2})::([^<>]*) -->")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 400_000  # characters: no question makes so many, whatever an earlier package says
_LAST = 499  # Anki makes no card of higher numbers


def kept(text: str, earlier: str) -> str:
    """Return a note's text, numbered in order, with the numbers that its gaps had ``earlier``.

    A gap is known by its answer; where that alone was corrected, by its place.
    """
    if text == earlier or len(earlier) > _LONGEST:
        return text
    old, new = _gaps(earlier), _gaps(text)
    answers = old | {int(number): answer for number, answer in _GONE.findall(earlier)} | old
    top = max(answers, default=0)
    if top + len(new) > _LAST:
        return text
    left = {number: _bare(answer) for number, answer in answers.items()}
    numbers: dict[int, int] = {}
    for place, answer in new.items():
        same = (number for number, before in left.items() if before == _bare(answer))
        if number := next(same, 0):
            numbers[place] = number
            del left[number]
    if _frame(text) == _frame(earlier):
        for place, number in zip(new, old, strict=False):
            if place not in numbers and number in left:
                numbers[place] = number
                del left[number]
    free = count(top + 1)
    numbers = {place: numbers.get(place) or next(free) for place in new}
    renumbered = _GAP.sub(lambda gap: f"{{{{c{numbers[int(gap[1])]}::{gap[2]}}}}}", text)
    # The answer is written anew: what an earlier package says may be anybody's.
    return renumbered + "".join(
        f"<!-- c{number}::{attribute(_shown(answers[number]))} -->" for number in sorted(left)
    )


def gone(text: str) -> int:
    """Return how many gaps a note's text once had and has no more."""
    return len(_GONE.findall(text))


def _gaps(text: str) -> dict[int, str]:
    """Return the answers of a text, as HTML, by the numbers of their gaps."""
    return {int(number): content.partition("::")[0] for number, content in _GAP.findall(text)}


def _frame(text: str) -> list[str]:
    """Return what stands between the gaps."""
    return [_bare(part) for part in _GAP.split(_GONE.sub("", text))[::3]]


def _bare(written: str) -> str:
    """Return what HTML shows, in the form in which equal answers are equal."""
    return comparable(_shown(written))


def _shown(written: str) -> str:
    return html.unescape(_TAG.sub("", written))
