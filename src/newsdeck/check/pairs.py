"""Rules of pairs of questions: the same twice, or one that answers another.

No two questions are compared that do not share a rare word, so that time and memory grow with
the deck, not with its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, islice

from newsdeck.check.registry import Finding, Views, rule
from newsdeck.check.view import View, content, words
from newsdeck.grade import answer_text
from newsdeck.kinds import Choice, Claim, Typed
from newsdeck.problem import Severity

_ALIKE = 0.7
_ALIKE_WITH_ANSWER = 0.5
_LEAK = 0.5
_MOST = 128
"""How many of the questions with a word are compared: a word of more is a deck's formula."""
_MOST_COMPARED = 400
"""How many questions one is compared with, those with its rarest words first."""
_MOST_LOOKED_AT = 4_000
"""How many of its words are looked up in others: a question of very many is compared with fewer."""


@rule(
    "D04", Severity.WARNING, "two questions that are nearly the same",
    bad="- typed: Which engineer proposed a tunnel?\n  answer: Tomas Reed\n" + (
        "  evidence: The engineer Tomas Reed had proposed a tunnel\n"
        "- ▸typed: Which engineer had proposed a tunnel in Elva?\n  answer: Tomas Reed\n"
        "  evidence: The engineer Tomas Reed had proposed a tunnel\n"
    ),
    good="- typed: Which engineer proposed a tunnel?\n  answer: Tomas Reed\n"
    "  evidence: The engineer Tomas Reed had proposed a tunnel\n"
    "- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n",
)  # fmt: skip
def near_duplicates(views: Views) -> Iterator[Finding]:
    """Two of a kind disturb each other in memory and make a deck longer, not better. Fires where
    seven tenths of the words of content are shared, or half of them and the answer. Wozniak's
    rule 11."""
    rank = _ranks(views)
    by_rank: defaultdict[int, list[_Set]] = defaultdict(list)
    by_answer: defaultdict[str, list[_Set]] = defaultdict(list)
    for view in views:
        own = view.content
        if len(own) < 2:
            continue
        # Two sets that share seven tenths share one of their rarest words, if all but seven
        # tenths, less one, are looked at.
        ranks = sorted([rank[word] for word in own if word in rank])
        rare = ranks[: max(0, len(ranks) - math.ceil(_ALIKE * len(own)) + 1)]
        answer = _answer(view)
        this = _signature(ranks), len(own), view
        other = _alike(this, [by_rank[n] for n in rare], _ALIKE)
        if other is None and answer:
            other = _alike(this, [by_answer[answer]], _ALIKE_WITH_ANSWER)
        if other is not None:
            message = f"nearly the same as the question in line {_line(other)}"
            mend = "Leave one out, or ask for something else."
            yield Finding(message, mend, question=view.position)
        for n in rare:
            by_rank[n].append(this)
        by_answer[answer].append(this)


def _ranks(views: Views) -> dict[str, int]:
    """Return the words of content that questions share with their ranks, the rarest first.

    A word of one question alone makes no two alike.
    """
    found = Counter(chain.from_iterable([view.content for view in views]))
    shared = sorted([word for word in found if found[word] > 1], key=lambda w: (found[w], w))
    found.clear()  # of very many words it is large
    return {word: n for n, word in enumerate(shared)}


_Set = tuple[int, int, View]
"""The signature of a question's words of content, their number, and the question."""


def _signature(ranks: list[int]) -> int:
    """Return a bit for each word; several words may have the same."""
    bits = 0
    for n in ranks:
        bits |= 1 << (n & 63)
    return bits


def _alike(this: _Set, candidates: list[list[_Set]], least: float) -> View | None:
    """Return a question that shares so much with this one, None where none does."""
    signature, size, view = this
    own = view.content
    # Sets that share so much differ by no more than this share of the one.
    apart = (1 / least - 1) * size
    compared = chain.from_iterable(others[-_MOST:] for others in candidates)
    for bits, count, other in islice(compared, _few(size)):
        # Each bit that differs is a word that differs: most pairs go no further.
        if (signature ^ bits).bit_count() <= apart:
            shared = len(own & other.content)
            if shared >= least * (size + count - shared):
                return other
    return None


def _few(size: int) -> int:
    """Return how many questions one of so many words of content is compared with."""
    return min(_MOST_COMPARED, _MOST_LOOKED_AT // max(1, size))


def _answer(view: View) -> str:
    """Return an answer in the form in which equal ones are equal, '' for a claim's."""
    # Half of all claims have the same answer.
    return "" if isinstance(view.question, Claim) else " ".join(words(answer_text(view.question)))


def _line(view: View) -> int:
    return view.deck.lines[view.question.id]


@rule(
    "D05", Severity.NOTE, "a question that answers another",
    bad="- typed: ▸Who called the bridge over the river a gift?\n  answer: Ada Brandt\n"
    "- claim: Ada Brandt called the bridge over the river a present.\n  answer: true\n",
    good="- typed: Who called the bridge over the river a gift?\n  answer: Ada Brandt\n"
    "- claim: Ada Brandt paid a third of the cost.\n  answer: false\n",
)  # fmt: skip
def leaks(views: Views) -> Iterator[Finding]:
    """The other question names this one's answer, and shares half of this one's words of
    content. So do 5% of the pairs of questions on one article, so it is a note. Haladyna's
    guideline 4."""
    answers = _answers(views)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for answer in answers:
        lengths[answer[0]].add(len(answer))
    told: set[int] = set()
    for view in views:
        stem = tuple(view.words)
        starts = [start for start, word in enumerate(stem) if word in lengths]
        spans = ((start, start + length) for start in starts for length in lengths[stem[start]])
        named = (
            other
            for start, end in islice(spans, _MOST_COMPARED)
            for other in answers.get(stem[start:end], ())[-_MOST:]
        )
        for other in islice(named, _few(len(view.content))):
            if other is view or other.position in told:
                continue
            if len(other.content & view.content) >= _LEAK * len(other.content):
                told.add(other.position)
                message = f"the question in line {_line(view)} names the answer"
                mend = "Word that one without it, or ask this one otherwise."
                yield Finding(message, mend, (other.question.kind,), question=other.position)


def _answers(views: Views) -> dict[tuple[str, ...], list[View]]:
    """Return the questions by the words of their right answers."""
    answers: defaultdict[tuple[str, ...], list[View]] = defaultdict(list)
    for view in views:
        question = view.question
        if isinstance(question, (Typed, Choice)):
            for text in question.accepted[:1] if isinstance(question, Typed) else question.right:
                form = words(text)
                if content(form) and view.content:
                    answers[tuple(form)].append(view)
    return answers
