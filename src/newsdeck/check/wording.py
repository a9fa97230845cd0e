"""Rules of wording: a question stands alone, asks one thing, and can be answered shortly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdeck.check.registry import HEAD, Finding, rule
from newsdeck.check.view import FUNCTION_WORDS, View, contains, content, words
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

_ALL = tuple(KINDS.values())
_LENGTH = "- number: How long is the bridge over the Elva?\n  answer: 412\n  unit: metres\n"
_LONGEST_STEM = 30
_LONGEST_ANSWER = (5, 40)
_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"


def _prompt(question: Question) -> tuple[str]:
    return (question.kind,)


@rule(
    "Q01", Severity.WARNING, "a question that does not stand alone", *_ALL, english=True,
    bad="- number: How long is the bridge in ▸the article?\n  answer: 412\n  unit: metres\n",
    good=_LENGTH,
)  # fmt: skip
def dependent(question: Question, view: View) -> Iterator[Finding]:
    """A question comes up months later, without its text and without the one before it: name
    the thing and the person. 0.6% of NewsQuizQA; its writers' rule 2."""
    if _DEPENDENT.isdisjoint(view.words):
        return
    found = _TEXT.search(view.unquoted) or _PRONOUN.search(view.unquoted)
    if found:
        word = found[0].split()[-1] if found.re is _PRONOUN else found[0]
        mend = "Name who or what is meant, as if nothing had been read before."
        yield Finding(f"`{word}` means nothing without the text", mend, _prompt(question), word)


# Looked for first: most questions have none of them, and sets are faster than expressions.
_DEPENDENT = frozenset(
    ["article", "passage", "author", "excerpt", "paragraph", "text", "story", "report"]
) | {"he", "she", "they"}
_TEXT = re.compile(
    r"\b(?:the|this) (?:article|passage|author|excerpt|paragraph)\b"
    r"|\b(?:in|to) (?:the|this) (?:text|story|report)\b(?! (?:of|on|about|by|that|which)\b)",
    re.I,
)
_PRONOUN = re.compile(
    rf"^(?:he|she|they)\b|\b{_WH}(?: \w+)? (?:did|does|do|is|are|was|were|has|have|had|will|"
    r"would|can|could) (?:he|she|they)\b",
    re.I,
)


@rule(
    "Q02", Severity.WARNING, "a word of time without a date", *_ALL, english=True,
    bad="- number: How many euros did the bridge that is ▸now open cost?\n"
    "  answer: 38 million\n  unit: euros\n",
    good="- number: How many euros did the bridge opened in 2024 cost?\n  answer: 38 million\n"
    "  unit: euros\n",
)  # fmt: skip
def undated(question: Question, view: View) -> Iterator[Finding]:
    """Cards are reviewed for years: what is now will not be. Name the date, or ask for what
    stays so. 4.4% of NewsQuizQA; Wozniak's rule 19."""
    if _TIMES.isdisjoint(view.words):
        return
    found = _NOW.search(view.unquoted)
    if found and not re.search(r"\b(?:1[89]|20)\d\d\b", view.prompt):
        mend = "Name the date or the occasion."
        yield Finding(f"`{found[0]}` will soon be wrong", mend, _prompt(question), found[0])


_TIMES = frozenset(["today", "yesterday", "tomorrow", "now", "currently", "recently", "nowadays"])
_TIMES |= {"week", "month", "year", "days"}
_NOW = re.compile(
    r"\b(?:today|yesterday|tomorrow|(?:last|this|next) (?:week|month|year)|now|currently"
    r"|recently|nowadays|these days)\b(?!-)",
    re.I,
)


@rule(
    "Q03", Severity.WARNING, "nothing is asked", Choice, Typed, Number, english=True,
    bad="- number: ▸The length of the bridge\n  answer: 412\n  unit: metres\n",
    good=_LENGTH,
)  # fmt: skip
def no_question(question: Question, view: View) -> Iterator[Finding]:
    """A topic is no question: say what the player is to do with it. Haladyna's guideline 15."""
    if not _ASKS.search(view.prompt):
        mend = "Ask it, with a question mark, or leave a gap: `…`."
        yield Finding("the prompt asks nothing", mend, _prompt(question))


_ASKS = re.compile(
    rf"[?_…:]|\.\.\.$|\b{_WH}\b|^(?:name|give|choose|pick|complete|tick|type)\b", re.I
)


@rule(
    "Q04", Severity.NOTE, "a long question", *_ALL,
    bad="- number: ▸When you think of the bridge over the river that was opened by the mayor in "
    "the spring of a year that few people in the town will forget, how many metres long is it?\n"
    "  answer: 412\n",
    good=_LENGTH,
)  # fmt: skip
def long_prompt(question: Question, view: View) -> Iterator[Finding]:
    """More than 30 words test reading. 95% of NewsQuizQA have 22 or fewer, 99% have 28 or
    fewer. Haladyna's guideline 13."""
    count = view.prompt.count(" ") + 1
    if count > _LONGEST_STEM and (count := len(view.prompt.split())) > _LONGEST_STEM:
        mend = "Leave out what the answer does not need."
        yield Finding(f"the question has {count} words", mend, _prompt(question))


@rule(
    "Q05", Severity.WARNING, "the answer stands in the question", Choice, Typed, Number, Card,
    Cloze,
    bad="- typed: Whom does the mayor ▸Ada Brandt see as mayor?\n  answer: Ada Brandt\n",
    good="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n",
)  # fmt: skip
def told(question: Choice | Typed | Number | Card | Cloze, view: View) -> Iterator[Finding]:
    """Who can read can answer. A question that names its alternatives is left alone. 0.4% of
    NewsQuizQA; its writers' rule 8."""
    stem = view.words
    if isinstance(question, Cloze):
        stem = words(" … ".join(part for part in question.segments if isinstance(part, str)))
        answers = [gap.accepted[0] for gap in question.gaps]
    elif isinstance(question, Choice):
        answers = list(question.right)
    else:
        answers = [question.answer]
    known = frozenset(stem)
    for answer in answers:
        form = words(answer)
        if known.issuperset(form) and contains(stem, form):
            if not any(contains(stem, words(text)) for text in view.wrong):
                mend = "Leave it out of the question."
                yield Finding(f"`{answer}` is in its own question", mend, _prompt(question), answer)
            return


@rule(
    "Q06", Severity.WARNING, "a long answer to type", Typed,
    bad="- typed: What did the mayor say of the bridge?\n"
    "  answer: ▸a gift to both banks of the river\n",
    good="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n",
)  # fmt: skip
def long_answer(question: Typed, view: View) -> Iterator[Finding]:
    """Nobody types seven words as the author did. 79% of the answers of NewsQuizQA have five or
    fewer; longer ones are better picked, or recalled from a card. Its writers' rule 3."""
    most, longest = _LONGEST_ANSWER
    if len(question.answer.split()) > most or len(question.answer) > longest:
        mend = "Make it a `choice`, a `cloze` or a `card`, or ask for a part of it."
        yield Finding("the answer is too long to type", mend, ("answer",))


@rule(
    "Q07", Severity.WARNING, "two questions in one", Choice, Typed, Number, Card, english=True,
    bad="- typed: Who is the mayor, ▸and who proposed a tunnel?\n  answer: Ada Brandt\n",
    good="- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n",
)  # fmt: skip
def double(question: Question, view: View) -> Iterator[Finding]:
    """Half an answer is neither right nor wrong. Wozniak's rule 4: one fact a question."""
    if "and" not in view.words and view.prompt.count("?") < 2:
        return
    found = _SECOND.search(view.unquoted)
    if found:
        mend = "Make it two questions."
        yield Finding("two questions in one", mend, _prompt(question), found[0].strip())


_SECOND = re.compile(
    r"(?<=\?)\s+[^?]*\?|\band (?:who|whom|what|why|when|where|how)\b(?! (?:else|much else)\b)", re.I
)


@rule(
    "Q08", Severity.WARNING, "still to be written", *_ALL,
    bad="- card: What is the Elva?\n  answer: A river.\n  why: ▸TODO say more\n",
    good="- card: What is the Elva?\n  answer: A river.\n  why: The town has its name from it.\n",
)  # fmt: skip
def to_do(question: Question, view: View) -> Iterator[Finding]:
    """A text with TODO in it is a draft, and no player should meet it."""
    for key in unwritten(question):
        yield Finding("still to be written", "Write it, and take the TODO out.", (key,), "TODO")


def unwritten(question: Question) -> list[str]:
    """Return the keys of a question whose texts are still to be written."""
    keys = ("why", "hint", question.kind, "answer")
    return [key for key in keys if "TODO" in str(getattr(question, key, ""))]


@rule(
    "Q09", Severity.WARNING, "no explanation", *_ALL,
    bad=HEAD + "- ▸card: What is the Elva?\n  id: elva\n  answer: A river.\n",
    good="- card: What is the Elva?\n  answer: A river.\n",
)  # fmt: skip
def unexplained(question: Question, view: View) -> Iterator[Finding]:
    """What makes an answer right teaches more than the answer: feedback that explains gains
    d .49, the right answer alone .32, right or wrong .05 (Van der Kleij 2015)."""
    if not question.why:
        mend = "Say in `why` what makes the answer right, or what to make of it."
        yield Finding("no explanation", mend)


@rule(
    "K01", Severity.WARNING, "a cloze that hides too much", Cloze,
    bad="- cloze: ▸It is {412} {metres} long and cost {38 million} {euros}.\n",
    good="- cloze: The bridge over the river Elva was opened in the spring of {2024::a year}.\n",
)  # fmt: skip
def hidden(question: Cloze, view: View) -> Iterator[Finding]:
    """What is left must be enough to know what is asked: three gaps at most, three tenths of the
    words, and four words of content in sight. Wozniak's rule 4."""
    seen = [w for part in question.segments if isinstance(part, str) for w in words(part)]
    gone = sum(len(gap.accepted[0].split()) for gap in question.gaps)
    message = ""
    if len(question.gaps) > 3:
        message = f"{len(question.gaps)} gaps in one sentence"
    elif gone > 0.3 * (gone + len(seen)):
        message = f"{gone} of {gone + len(seen)} words are hidden"
    elif len(content(seen)) < 4:
        message = "too few words are left to know what is asked"
    if message:
        yield Finding(message, "Leave more in sight, or make it two questions.", ("cloze",))


@rule(
    "K02", Severity.WARNING, "a gap that many words would fill", Cloze, english=True,
    bad="- cloze: The bridge over the river Elva was opened ▸{after} two years of work.\n",
    good="- cloze: The bridge over the river Elva was opened after {two::a number} years.\n",
)  # fmt: skip
def open_gap(question: Cloze, view: View) -> Iterator[Finding]:
    """A function word or an adjective can be many words, and so can the first word of a
    sentence, before anything is said. A hint (`{old::not new}`) or an alternative makes it one.
    Wozniak's rule 11."""
    told = False
    for gap in question.segments:
        if isinstance(gap, str):
            told = told or bool(content(words(gap)))
            continue
        if gap.hint or len(gap.accepted) > 1:
            continue
        text = gap.accepted[0]
        if text.casefold() in FUNCTION_WORDS or _ADJECTIVE.fullmatch(text):
            message = f"many words would fill the gap of `{text}`"
        elif not told and not text[0].isupper():
            message = f"nothing stands before the gap of `{text}`"
        else:
            continue
        mend = f"Add a hint, `{{{text}::…}}`, or hide another word."
        yield Finding(message, mend, ("cloze",), "{" + text)


_ADJECTIVE = re.compile(r"[a-z]+(?:ous|ful|ive|ible|able|less|ical|ary)")


@rule(
    "K03", Severity.WARNING, "a short answer that asks for a set", Typed, Card, english=True,
    bad="- card: ▸Name all the people who spoke of the bridge.\n  answer: Brandt and Reed\n",
    good="- card: Who called the bridge a gift to both banks?\n  answer: The mayor, Ada Brandt\n",
)  # fmt: skip
def asks_for_a_set(question: Typed | Card, view: View) -> Iterator[Finding]:
    """Sets are hard to keep and to grade: half of one is half right. A `choice` with a list of
    right options, an `order` or a card for each member does better. Wozniak's rules 9 and 10."""
    if _SET.search(view.unquoted):
        mend = "Use a `choice` whose `answer` is a list, an `order`, or one question for each."
        yield Finding("the question asks for a set", mend, _prompt(question))


_SET = re.compile(
    r"^(?:list|enumerate)\b|^(?:name|give) (?:all|every|the (?:two|three|four|five|six|\d+)|"
    r"(?:two|three|four|five|six|\d+))\b|\bwhat are (?:all|the (?:two|three|four|five|six|\d+))\b",
    re.I,
)
