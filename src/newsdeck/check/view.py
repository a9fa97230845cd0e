"""A question as the rules look at it: its words, worked out once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from newsdeck import markup
from newsdeck.kinds import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsdeck.deck import Deck
    from newsdeck.kinds import AnyQuestion
    from newsdeck.question import Steps
    from newsdeck.quotation import Drift, Looking

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
_ARTICLES = ("a", "an", "the")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|„[^„“]*“')  # to the next sign, in linear time
_MOST_WORDS = 600_000
"""How many words of a deck's questions are looked at, of each question as many of the first."""
_LEAST_CONTENT = 2
"""A word with fewer letters carries no content, unless it is a number."""


def words(text: str) -> list[str]:
    """Return the words of a text without case, and without an article at its beginning.

    Rougher than what counts as the same answer, and five times faster.
    """
    found = _WORD.findall(text.casefold())
    return found[1:] if len(found) > 1 and found[0] in _ARTICLES else found


def content(found: list[str]) -> frozenset[str]:
    """Return the words that carry content."""
    return frozenset(
        [
            word
            for word in found
            if word not in FUNCTION_WORDS and (len(word) >= _LEAST_CONTENT or word.isdigit())
        ]
    )


def contains(whole: list[str], part: list[str]) -> bool:
    """Tell whether ``part`` stands in ``whole`` as words, in order and without a gap."""
    if not part or part[0] not in whole:
        return False
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


class View:
    """A question at its position in the deck, from 0, with what rules ask for.

    ``prompt`` is the question without markup, ``words`` its first words, ``content`` those of
    them that carry content. ``options`` are those of a choice with the ways to them, ``wrong`` the
    wrong ones; [] for other kinds.
    """

    def __init__(self, deck: Deck, position: int, question: AnyQuestion, looking: Looking) -> None:
        self.deck, self.position, self.question = deck, position, question
        self.looking = looking
        self.prompt = markup.plain(question.prompt)
        self.words = words(self.prompt)[: _MOST_WORDS // len(deck.questions)]
        self.content = content(self.words)
        self.options: list[tuple[str, Steps]] = []
        self.wrong: list[str] = []
        if isinstance(question, Choice):
            self.options, self.wrong = question.places, list(question.rebuttals)

    @cached_property
    def unquoted(self) -> str:
        """The prompt without what it quotes, which the author did not word."""
        if any(mark in self.prompt for mark in '"“«„'):
            return _QUOTED.sub(" … ", self.prompt)
        return self.prompt

    def among(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, Steps, re.Match[str]]]:
        """Yield the options in which a pattern stands, with the ways to them and what stands."""
        # Most questions have none, which one look tells.
        if pattern.search(self._together):
            for text, steps in self.options:
                if found := pattern.search(text):
                    yield text, steps, found

    @cached_property
    def _together(self) -> str:
        return "\n".join([text for text, _ in self.options])

    @cached_property
    def hits(self) -> list[int]:
        """How often each quotation stands in the reading texts."""
        articles = self.deck.articles
        return [
            sum([article.count(text) for article in articles]) for text in self.question.quotations
        ]

    @cached_property
    def drifts(self) -> list[tuple[int, Drift]]:
        """The positions of the quotations that do not stand in a text, and how they drifted."""
        return [
            (position, self.looking.drift(text))
            for position, text in enumerate(self.question.quotations)
            if self.deck.articles and not self.hits[position]
        ]
