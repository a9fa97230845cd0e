"""Rules of pairs of questions: the same twice, or one that answers another.

No two questions are compared that do not share a rare word, so that time and memory grow with
the deck, not with its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from newsdeck.check.registry import Finding, Views, rule
from newsdeck.check.view import View, contains, content, words
from newsdeck.grade import answer_text
from newsdeck.problem import Severity
from newsdeck.question import Choice, Claim, Typed
from newsdeck.text import comparable

_ALIKE = 0.7
_ALIKE_WITH_ANSWER = 0.5
_LEAK = 0.5
_MOST = 64
"""How many of the questions with a word are compared: a word of more is a deck's formula."""


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
    common = Counter(word for view in views for word in view.content)
    seen: defaultdict[str, list[View]] = defaultdict(list)
    for view in views:
        if len(view.content) < 2:
            continue
        # Two sets that share a half share one of their rarest words, if enough of them are
        # looked at: all but as many as a half, less one.
        rare = sorted(view.content, key=lambda word: (common[word], word))
        rare = rare[: len(rare) - math.ceil(_ALIKE_WITH_ANSWER * len(rare)) + 1]
        other = _alike(view, rare, seen)
        if other is not None:
            message = f"nearly the same as the question in line {_line(other)}"
            mend = "Leave one out, or ask for something else."
            yield Finding(message, mend, question=view.position)
        for word in rare:
            seen[word].append(view)


def _alike(view: View, rare: list[str], seen: dict[str, list[View]]) -> View | None:
    own = view.content
    compared: set[int] = set()
    for word in rare:
        for other in seen.get(word, ())[-_MOST:]:
            if other.position in compared:
                continue
            compared.add(other.position)
            shared = len(own & other.content)
            share = shared / (len(own) + len(other.content) - shared)
            if share >= _ALIKE or (share >= _ALIKE_WITH_ANSWER and _same_answer(view, other)):
                return other
    return None


def _same_answer(view: View, other: View) -> bool:
    if isinstance(view.question, Claim):  # half of all claims have the same
        return False
    return comparable(answer_text(view.question)) == comparable(answer_text(other.question))


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
    answers: defaultdict[str, list[tuple[View, list[str]]]] = defaultdict(list)
    for view in views:
        question = view.question
        if not isinstance(question, (Typed, Choice)):
            continue
        for text in question.accepted[:1] if isinstance(question, Typed) else question.right:
            form = words(text)
            if content(form) and view.content:
                answers[min(form, key=lambda word: (word not in content(form), -len(word)))].append(
                    (view, form)
                )
    told: set[int] = set()
    for view in views:
        for word in view.content & answers.keys():
            for other, form in answers[word][-_MOST:]:
                if other is view or other.position in told:
                    continue
                shared = len(other.content & view.content)
                if shared >= _LEAK * len(other.content) and contains(view.words, form):
                    told.add(other.position)
                    message = f"the question in line {_line(view)} names the answer"
                    mend = "Word that one without it, or ask this one otherwise."
                    yield Finding(message, mend, (other.question.kind,), question=other.position)
