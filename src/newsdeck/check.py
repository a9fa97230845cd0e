"""What a deck that can be played still lacks: evidence that stands in its reading text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsdeck.deck import Deck


def check(deck: Deck) -> list[Problem]:
    """Return every problem of a loaded deck, in the order of its lines."""
    found = [*deck.problems, *_evidence(deck)]
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def _evidence(deck: Deck) -> Iterator[Problem]:
    for question in deck.questions:
        line = deck.lines[question.id]
        if not question.quotations and question.kind != "card":
            yield Problem(
                deck.path,
                line,
                1,
                "V03",
                f"`{question.id}` has no evidence",
                "Quote the passage that proves the answer: `evidence: …`.",
                question.prompt,
                Severity.WARNING,
            )
        for quotation, passage in deck.passages(question):
            if passage is None:
                yield Problem(
                    deck.path,
                    line,
                    1,
                    "V01",
                    f"the evidence of `{question.id}` does not stand in the reading text",
                    "Copy the passage word for word; … may join parts."
                    if deck.articles
                    else "Name the reading text: `text:` under `source:`.",
                    quotation,
                )
