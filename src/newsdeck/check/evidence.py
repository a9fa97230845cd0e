"""Rules of evidence: that there is some, that it stands in the text, and that it proves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsdeck import number
from newsdeck.article import Article
from newsdeck.check.registry import Finding, rule
from newsdeck.check.said import Said, stands
from newsdeck.check.view import View, words
from newsdeck.kinds import (
    KINDS,
    Card,
    Choice,
    Cloze,
    Number,
    Typed,
)
from newsdeck.problem import Severity
from newsdeck.question import Question

_PROVED = tuple(kind for kind in KINDS.values() if kind is not Card)


@rule(
    "V01", Severity.ERROR, "a quotation that does not stand in the reading text", *KINDS.values(),
    bad="- number: How many people did the ferry carry a day?\n  answer: 800\n"
    "  evidence: ▸The old ferry, which had carried 800 people a day\n",
    good="- number: How many people did the ferry carry a day?\n  answer: 900\n"
    "  evidence: The old ferry, which had carried 900 people a day\n",
)  # fmt: skip
def unproved(question: Question, view: View) -> Iterator[Finding]:
    """Every answer cites a passage that stands in the text, word for word: what a player is
    taught must be what was reported. Typography, spaces and line breaks make no difference;
    `…` joins passages in their order. A changed digit or negation, or any change in fewer than
    seven words, makes it another statement."""
    if not view.deck.articles:
        if question.quotations:
            mend = "Name the reading text: `text:` under `source:`."
            yield Finding("there is no reading text to find it in", mend, ("evidence",))
        return
    for position, drift in view.drifts:
        if not drift.altered:
            yield Finding(drift.message, drift.mend, ("evidence", position))


@rule(
    "V02", Severity.WARNING, "a quotation that was altered", *KINDS.values(),
    bad="- number: How many people did the ferry carry a day?\n  answer: 900\n"
    "  evidence: ▸The ancient ferry, which had carried 900 people a day\n",
    good="- number: How many people did the ferry carry a day?\n  answer: 900\n"
    "  evidence: old ferry, which had carried 900 people a day\n",
)  # fmt: skip
def altered(question: Question, view: View) -> Iterator[Finding]:
    """The passage is there, in nearly these words: the text or the quotation was edited since.
    `newsdeck fix` writes the passage as it stands in the text."""
    for position, drift in view.drifts:
        if drift.altered:
            yield Finding(drift.message, drift.mend, ("evidence", position))


@rule(
    "V03", Severity.WARNING, "no evidence", *_PROVED,
    bad="- ▸claim: The bridge cost 38 million euros.\n  answer: true\n  evidence: []\n",
    good="- claim: The bridge cost 38 million euros.\n  answer: true\n",
)  # fmt: skip
def missing(question: Question, view: View) -> Iterator[Finding]:
    """An answer without a source is a claim of the author's. A plain card may go without.
    After Wozniak's rule to give sources."""
    if not question.quotations:
        mend = "Quote the passage that proves the answer: `evidence: …`."
        yield Finding("no evidence", mend)


@rule(
    "V04", Severity.WARNING, "an answer that is not in its evidence", Typed, Number, Choice, Cloze,
    bad="- typed: Who is the mayor of Elva?\n  answer: ▸Ada Brandt\n"
    "  evidence: The engineer Tomas Reed had proposed a tunnel\n",
    good="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n"
    "  evidence: The mayor, Ada Brandt, called it\n",
)  # fmt: skip
def answer_elsewhere(question: Typed | Number | Choice | Cloze, view: View) -> Iterator[Finding]:
    """A quotation that does not say the answer proves something else. Numbers count by value
    (`two` is 2, 38 is not 38,000), words by their beginnings; half of an answer's words are
    enough. An answer that follows from the passage without standing there is right all the same:
    silence the rule. After the rule of the writers of NewsQuizQA that the article answers the
    question."""
    if not question.quotations or view.drifts:  # a quotation is mended first
        return
    quoted = " ".join(question.quotations)
    said: Said | None = None
    for forms, steps in _wanted(question):
        if any(stands(form, quoted) for form in forms):
            continue
        said = said or Said(quoted, view.deck.language)
        if not any(map(said.says, forms)):
            word = forms[0]
            mend = said.misread(word) or (
                "Quote the passage that says it, or mend the answer; "
                "if it is right all the same: `ignore: [V04]`."
            )
            yield Finding(f"the evidence does not say `{word}`", mend, steps, word)


def _wanted(
    question: Typed | Number | Choice | Cloze,
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the forms of each answer that the evidence is to say, with its place."""
    match question:
        case Typed():
            return [(question.accepted, ("answer",))]
        case Number():
            magnitude = question.unit.partition(" ")[0]
            counted = magnitude if magnitude in number.MAGNITUDES else ""
            return [((f"{question.answer} {counted}".strip(),), ("answer",))]
        case Choice():
            return [] if question.several else [(question.right, ("answer",))]
        case Cloze():
            return [(gap.accepted, ("cloze",)) for gap in question.gaps]


@rule(
    "V05", Severity.WARNING, "a quotation that stands in the text more than once", *KINDS.values(),
    bad="- card: Whom did the council thank?\n  answer: The ferry's crew\n"
    "  evidence: ▸has thanked the ferry's crew\n",
    good="- card: Whom did the council thank?\n  answer: The ferry's crew\n"
    "  evidence: The council has thanked the ferry's crew\n",
)  # fmt: skip
def ambiguous(question: Question, view: View) -> Iterator[Finding]:
    """The player is shown the first place, which may be the wrong one. A few words more make it
    one place."""
    for position, hits in enumerate(view.hits):
        if hits > 1:
            message = f"the quotation stands in the text {hits} times"
            yield Finding(message, "Quote a few words more.", ("evidence", position))


@rule(
    "Q10", Severity.WARNING, "a claim that copies the text, or makes two statements",
    KINDS["claim"], english=True,
    bad="- claim: ▸The mayor has thanked the ferry's crew.\n  answer: true\n"
    "  evidence: The mayor has thanked the ferry's crew\n",
    good="- claim: The crew of the old ferry got no word of thanks from the mayor.\n"
    "  answer: false\n  evidence: The mayor has thanked the ferry's crew\n",
)  # fmt: skip
def copied_claim(question: Question, view: View) -> Iterator[Finding]:
    """A sentence of the text can be recognised without being understood; one that holds two
    statements, or a statement and its reason, can be half true. Haladyna's guideline 3."""
    joint = _JOINT.search(view.unquoted) or _SECOND.match(view.unquoted)
    if joint:
        message = "two statements in one claim"
        yield Finding(
            message, "Make it one, or two claims.", ("claim",), joint[joint.lastindex or 0]
        )
    elif any(tuple(words(view.prompt)) in _sentences(text) for text in view.deck.articles):
        mend = "Say it in other words, or ask for a part of it."
        yield Finding("the claim is a sentence of the reading text", mend, ("claim",))


_JOINT = re.compile(r"\bbecause\b|, and (?:he|she|it|they|this|that)\b", re.I)
# No verb that is a participle as well (was closed and opened), and none of a clause that says who.
_SECOND = re.compile(
    r"(?:(?!\b(?:who|which|that|what|when|where|while|if)\b).)*?\b(and (?:was|were|is|are|had|has|"
    r"became|began|came|died|fell|gave|rose|said|took|went|will|won|wrote))\b",
    re.I | re.S,
)


@lru_cache(maxsize=16)
def _sentences(article: Article) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words(sentence)) for _, sentence in article.sentences)
