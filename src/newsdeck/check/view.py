"""A question as the rules look at it: its words, worked out once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from newsdeck import markup, quotation
from newsdeck.text import comparable

if TYPE_CHECKING:
    from newsdeck.deck import Deck
    from newsdeck.question import AnyQuestion

# Words that carry no content of their own.
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a about after all also am an and any are as at be because been before being both "
        "but by can could did do does during each either for from had has have he her "
        "here him his how i if in into is it its many me more most much my neither no nor "
        "not of off on once one only onto or our out over own same she should so some "
        "such than that the their them then there these they this those through to too "
        "under until up us was we were what when where which while who whom whose why "
        "will with without would you your ",
    )
)
_LEAST_CONTENT = 2
"""A word with fewer letters carries no content, unless it is a number."""


def words(text: str) -> list[str]:
    """Return the words of a text in the form in which equal words are equal."""
    return comparable(text).split()


def content(found: list[str]) -> frozenset[str]:
    """Return the words that carry content."""
    return frozenset(
        word
        for word in found
        if word not in FUNCTION_WORDS and (len(word) >= _LEAST_CONTENT or word.isdigit())
    )


def contains(whole: list[str], part: list[str]) -> bool:
    """Tell whether ``part`` stands in ``whole`` as words, in order and without a gap."""
    return bool(part) and f" {' '.join(part)} " in f" {' '.join(whole)} "


class View:
    """A question at its position in the deck, from 0, with the texts that rules ask for."""

    def __init__(self, deck: Deck, position: int, question: AnyQuestion) -> None:
        self.deck, self.position, self.question = deck, position, question
        self.prompt = markup.plain(question.prompt)

    @cached_property
    def words(self) -> list[str]:
        """The prompt's words."""
        return words(self.prompt)

    @cached_property
    def content(self) -> frozenset[str]:
        """The prompt's words that carry content."""
        return content(self.words)

    @cached_property
    def unquoted(self) -> str:
        """The prompt without what it quotes, which the author did not word."""
        return re.sub(r'"[^"]*"|“[^”]*”|«[^»]*»|„[^“]*“', " … ", self.prompt)

    @cached_property
    def drifts(self) -> tuple[quotation.Drift | None, ...]:
        """For each quotation, how it drifted from the text, None where it stands there."""
        return tuple(
            quotation.diagnose(text, self.deck.articles) for text in self.question.quotations
        )
