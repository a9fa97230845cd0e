"""Rules of the format: most are found while a deck is read, and are explained here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsdeck.check.registry import RULES, Finding, Rule, rule
from newsdeck.check.view import View
from newsdeck.kinds import KINDS, Choice, Cloze, Typed
from newsdeck.problem import Severity, did_you_mean
from newsdeck.question import Question

_GOOD = "- number: How long is the bridge over the Elva?\n  answer: 412\n  unit: metres\n"


def _read(
    name: str, title: str, reason: str, bad: str, good: str = _GOOD,
    severity: Severity = Severity.ERROR,
) -> None:  # fmt: skip
    RULES[name] = Rule(name, severity, title, reason, bad, good)


_read(
    "yaml",
    "not YAML",
    "A colon with a space, a brace, a star, an `@` or a quotation mark at the start of a text mean "
    "something to YAML. In quotes they are text.",
    "- card: What▸: is the Elva?\n  answer: A river.\n",
    '- card: "What: is the Elva?"\n  answer: A river.\n',
)
_read(
    "duplicate-key",
    "a key stands twice",
    "YAML would keep the last of the two and drop the other without a word.",
    "- card: What is the Elva?\n  answer: A river.\n  ▸answer: A stream.\n",
    "- card: What is the Elva?\n  answer: A river.\n",
)
_read(
    "lost-text",
    "text behind ` #` is a comment to YAML",
    "What stands behind a space and a # is never read. In quotes it is text.",
    "- card: ▸Which bridge is #1?\n  answer: The bridge over the Elva.\n",
    '- card: "Which bridge is #1?"\n  answer: The bridge over the Elva.\n',
)
_read(
    "empty",
    "nothing is written at a key",
    "A key without a value is a slip: something was to stand there.",
    "- card: What is the Elva?\n  answer:▸\n",
    "- card: What is the Elva?\n  answer: A river.\n",
)
_read(
    "anchor",
    "YAML anchors are refused",
    "Anchors and aliases make a small file expand to a huge one, and a deck hard to read. A text "
    "that begins with & needs quotes.",
    "- card: ▸&elva What is the Elva?\n  answer: A river.\n",
    '- card: "&c. stands for what?"\n  answer: A river, and so on.\n',
)
_read(
    "alias",
    "YAML aliases are refused",
    "See `anchor`. A text that begins with * needs quotes.",
    "- card: What is the Elva?\n  answer: ▸*river\n",
    '- card: What is the Elva?\n  answer: "*A* river."\n',
)
_read(
    "tag",
    "YAML tags are refused",
    "A tag can make a reader run a program. A text that begins with ! needs quotes.",
    "- card: What is the Elva?\n  answer: ▸!river A river.\n",
    '- card: What is the Elva?\n  answer: "! A river."\n',
)
_read(
    "depth",
    "nested too deep",
    "No deck needs it, and it could exhaust a reader.",
    "- card: What is the Elva?\n  answer: " + "[" * 29 + "▸[" + "]" * 30 + "\n",
)
_read(
    "size",
    "more than a deck may have",
    "Nobody plays a deck of more than 20,000 questions, and a file without end could exhaust a "
    "reader.",
    "- order: Which number comes first?\n  items: [1, 2, 3, and so on beyond 20,000]\n",
)
_read(
    "anki",
    "a question that Anki would not show",
    "Found when a deck is exported: Anki drops a card on which nothing can be seen, and "
    "the gaps of a sentence after the 500th, and says nothing.",
    '- card: What is the Elva?\n  answer: "\\u200B"\n',
    "- card: What is the Elva?\n  answer: A river.\n",
)
_read(
    "document",
    "a second document in the file",
    "A deck is one file, and a file one deck.",
    "deck: One\nid: one\nquestions:\n- card: What is the Elva?\n  answer: A river.\n"
    "▸---\ndeck: Two\n",
)
_read(
    "unsafe-text",
    "a character that could deceive or break a screen",
    "Control characters, bidi overrides and lone surrogates can move the cursor, retitle the "
    "terminal or hide what is written.",
    '- card: "What ▸\\u202E is the Elva?"\n  answer: A river.\n',
)
_read(
    "path",
    "a file that a deck names is not beside it",
    "A deck and what belongs to it are one folder, so that it can be given away whole.",
    "- card: What is the Elva?\n  answer: A river.\n  image: ▸map.png\n  alt: A map.\n",
)
_read(
    "source",
    "a reading text that cannot be read",
    "Without its reading text no quotation of a deck can be verified.",
    "deck: One\nid: one\nsource:\n  title: A bridge\n  text: bad.md\nquestions:\n"
    "- card: What is the Elva?\n  answer: A river.\n",
)
_read(
    "S01",
    "a key or value that does not fit the format",
    "A slip in a key would silently do nothing; the keys of each kind are closed.",
    "- card: What is the Elva?\n  answer: A river.\n  ▸hnit: It flows.\n",
    "- card: What is the Elva?\n  answer: A river.\n  hint: It flows.\n",
)
_read(
    "S02",
    "an id that is missing or used before",
    "Scores, schedules and Anki notes hang on the id, so it must be written and be one deck's or "
    "one question's own. `newsdeck fix` writes the missing ones.",
    "- card: What is the Elva?\n  id: elva\n  answer: A river.\n"
    "- card: What is Tomas Reed?\n  id: ▸elva\n  answer: An engineer.\n",
    "- card: What is the Elva?\n  id: elva\n  answer: A river.\n"
    "- card: What is Ada Brandt?\n  id: brandt\n  answer: The mayor.\n",
)
_read(
    "S04",
    "a choice without a right or a wrong option",
    "There is nothing to choose.",
    "- choice: What did the bridge replace?\n  answer: ▸The old ferry\n",
    "- choice: What did the bridge replace?\n  answer: The old ferry\n"
    "  wrong:\n  - A wooden bridge\n  - A tunnel\n",
)
_read(
    "S05",
    "two options, items or sides that are the same",
    "A player could pick the right words and be told that they are wrong. Case, accents and "
    "punctuation make no difference; a sign, %, or a currency does.",
    "- choice: What did the bridge replace?\n  answer: The old ferry\n"
    "  wrong:\n  - A tunnel\n  - ▸The old Ferry\n",
    "- choice: What did the bridge replace?\n  answer: The old ferry\n"
    "  wrong:\n  - A tunnel\n  - An old bridge\n",
)
_read(
    "S06",
    "a number or tolerance that cannot be graded",
    "A percentage of 0 is 0, a tolerance cannot be below zero, and a number must be one.",
    "- number: How long is the bridge?\n  answer: 412\n  within: ▸about 5\n",
    "- number: How long is the bridge?\n  answer: 412\n  within: 5%\n",
)
_read(
    "S07",
    "an answer that is accepted and rejected",
    "The grader could not do both.",
    "- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n  reject:\n"
    "  - ▸ada brandt: She is the mayor.\n",
    "- typed: Who is the mayor of Elva?\n  answer: Ada Brandt\n  reject:\n"
    "  - Tomas Reed: He is an engineer.\n",
)
_read(
    "S08",
    "a cloze without a whole gap",
    "A gap is one pair of braces with an answer in it.",
    "- cloze: ▸The bridge was opened in 2024.\n",
    "- cloze: The bridge over the Elva was opened in {2024::a year} by the mayor.\n",
)
_read(
    "S09",
    "too few items to order or pairs to match",
    "Two items in order, or one pair, are no task.",
    "- order: What came first?\n  items: ▸[the bridge, the ferry]\n",
    "- order: Which came first, and which last?\n"
    "  items: [the plan, the work on the bridge, the opening]\n",
)


@rule(
    "S10", Severity.WARNING, "`ignore` names no rule", *KINDS.values(),
    bad="- card: What is the Elva?\n  answer: A river.\n  ignore: [▸V3]\n",
    good="- card: What is the Elva?\n  answer: A river.\n  ignore: [V03]\n",
)  # fmt: skip
def unknown_ignore(question: Question, view: View) -> Iterator[Finding]:
    """A slip in it would leave the rule on, or a renamed rule be forgotten. Of several the first
    is told."""
    for position, name in enumerate(question.silenced):
        if name not in RULES:
            mend = did_you_mean(name, RULES, "`newsdeck check --explain all` lists the rules.")
            yield Finding(f"`{name}` is no rule", mend, ("ignore", position))
            return


@rule(
    "S11", Severity.WARNING, "a text that was perhaps meant otherwise", *KINDS.values(),
    bad="- choice: What did the bridge replace?\n  answer: The old ferry\n"
    "  wrong:\n  - A wooden bridge\n  - A tunnel▸:It was turned down.\n",
    good="- choice: What did the bridge replace?\n  answer: The old ferry\n"
    "  wrong:\n  - A wooden bridge\n  - A tunnel: It was turned down.\n",
)  # fmt: skip
def slipped(question: Question, view: View) -> Iterator[Finding]:
    """These can be read, but seldom as they were meant: an option whose colon has no space behind
    it is all option and no rebuttal, `accept: Reed, Brandt` is one answer with a comma in it, and
    a lone quotation mark has lost its partner. A gap's hint stands behind two colons, and `c1::`
    is Anki's. An item whose dash stands too far right goes on the item above it, and
    `[1,000, 2,500]` are four items."""
    if isinstance(question, Choice):
        for option, steps, found in view.among(_UNPARTED):
            if option in question.wrong:  # as a text, without a rebuttal
                mend = "Put a space behind the colon, and what follows is the rebuttal."
                yield Finding("no space behind the colon", mend, steps, found[0])
    if isinstance(question, Typed) and isinstance(question.accept, str) and ", " in question.accept:
        bare = question.accept.strip("()")
        mend = f"If they are several: `accept: [{bare}]`; if one, give it a dash."
        yield Finding("a list that is one text", mend, ("accept",))
    if isinstance(question, Cloze):
        yield from _slipped_gaps(question)
    for key in (question.kind, "why", "hint"):
        text = getattr(question, key)
        if text.count('"') % 2 and not _INCHES.search(text):
            yield Finding('a lone `"`', "Write its partner, or delete it.", (key,), '"')


def _slipped_gaps(question: Cloze) -> Iterator[Finding]:
    for gap in _GAP.finditer(question.cloze):
        if numbered := _NUMBERED.fullmatch(gap[1]):
            mend = f"Gaps need no number: `{{{numbered[1]}}}`."
            yield Finding("a gap as Anki numbers it", mend, ("cloze",), gap[0])
        elif _hinted(gap[1]) and not any(gap[1] in text for text in question.quotations):
            answer, hint = map(str.strip, gap[1].split(":"))
            mend = f"A hint stands behind two: `{{{answer}::{hint}}}`."
            message = "one colon in a gap is a part of the answer"
            yield Finding(message, mend, ("cloze",), gap[0])


def _hinted(gap: str) -> bool:
    """Tell whether a gap is two texts with a colon between; 10:30 and https:// are one."""
    answer, _, hint = (part.strip() for part in gap.partition(":"))
    one = answer[-1:].isdigit() and hint[:1].isdigit()
    return gap.count(":") == 1 and bool(answer and hint) and not one and hint[0] != "/"


_GAP = re.compile(r"\{([^{}]*)\}")
_NUMBERED = re.compile(r"c\d+::(.+)")
_INCHES = re.compile(r'\d"')
_UNPARTED = re.compile(r":(?=[^\W\d])")
