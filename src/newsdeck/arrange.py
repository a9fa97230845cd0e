"""What a question offers to pick from, and in which order it stands."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import singledispatch
from typing import NamedTuple

from newsdeck import number
from newsdeck.kinds import Choice, Claim, Match, Order
from newsdeck.question import Question

CLAIM = ("True", "False")


class Offer(NamedTuple):
    """What there is to pick from, as it stands; ``fixed`` where another order would be wrong."""

    texts: tuple[str, ...] = ()
    fixed: bool = True


@singledispatch
def offer(question: Question, chance: random.Random, language: str) -> Offer:
    """Return what a question offers, shuffled by ``chance`` where it may be.

    Numbers are read as ``language`` writes them; a question with nothing to pick from offers ().
    """
    return Offer()


@offer.register
def _(question: Choice, chance: random.Random, language: str) -> Offer:
    if question.options:
        return Offer(question.options)
    return _arranged(question.all_options, chance, language)


@offer.register
def _(question: Claim, chance: random.Random, language: str) -> Offer:
    return Offer(CLAIM)


@offer.register
def _(question: Order, chance: random.Random, language: str) -> Offer:
    return _shuffled(question.items, chance, given_away=question.items)


@offer.register
def _(question: Match, chance: random.Random, language: str) -> Offer:
    return _arranged(question.rights, chance, language, given_away=question.rights)


def _arranged(
    texts: tuple[str, ...],
    chance: random.Random,
    language: str,
    given_away: tuple[str, ...] = (),
) -> Offer:
    """Shuffle texts; numbers and dates stand in ascending order instead."""

    def value(text: str) -> object:
        return number.parse(text, language)

    readers: tuple[Callable[[str], object], ...] = (value, date.fromisoformat)
    for read in readers:
        try:
            return Offer(tuple(sorted(texts, key=read)))  # type: ignore[arg-type]  # each reads one type
        except ValueError:
            continue
    return _shuffled(texts, chance, given_away)


def _shuffled(
    texts: tuple[str, ...], chance: random.Random, given_away: tuple[str, ...] = ()
) -> Offer:
    """Shuffle texts, but not into the order that would be the answer."""
    shuffled = list(texts)
    chance.shuffle(shuffled)
    while len(shuffled) > 1 and tuple(shuffled) == given_away:
        chance.shuffle(shuffled)
    return Offer(tuple(shuffled), fixed=False)
