"""What decks are like in numbers, beside what human question writers do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsdeck import markup
from newsdeck.deck import Deck
from newsdeck.kinds import Choice, Claim, Typed
from newsdeck.problem import Problem

# Shares in per cent, of 11,580 questions of NewsQuizQA and 43,007 of OpenTriviaQA.
_ASKED = {
    "what": 45,
    "who": 19,
    "which": 10,
    "how many, how much": 9,
    "why": 3,
    "when": 3,
}
_FIRED = {
    "Q01": 0.6,
    "Q02": 4.4,
    "Q05": 0.4,
    "C04": 3.6,
    "C05": 1.7,
    "C06": 2.8,
    "C07": 2.9,
}
_NEWS, _TRIVIA = "NewsQuizQA", "OpenTriviaQA"


class Row(NamedTuple):
    """A number of the decks, and the same of a yardstick, '' where there is none."""

    name: str
    ours: str
    theirs: str = ""


def table(decks: Sequence[Deck], problems: Iterable[Problem]) -> str:
    """Return the rows as text in columns."""
    rows = [Row("", "here", "elsewhere"), *_rows(decks, problems)]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(
        f"{row.name:<{widths[0]}}  {row.ours:>{widths[1]}}  {row.theirs}".rstrip() for row in rows
    )


def _rows(decks: Sequence[Deck], problems: Iterable[Problem]) -> list[Row]:
    questions = [question for deck in decks for question in deck.questions]
    whole = len(questions)
    kinds = Counter(question.kind for question in questions)
    rows = [Row("questions", str(whole))]
    rows += [Row(f"  {kind}", _share(n, whole)) for kind, n in kinds.most_common()]
    prompts = [markup.plain(question.prompt) for question in questions]
    asked = Counter(filter(None, map(_asked, prompts)))
    rows.append(Row("of what asks", str(sum(asked.values()))))
    rows += [
        Row(f"  {word}", _share(asked[word], sum(asked.values())), f"{share}% {_NEWS}")
        for word, share in _ASKED.items()
    ]
    lengths = sorted(len(prompt.split()) for prompt in prompts)
    rows.append(Row("words of a question, 95% have at most", _at(lengths, 0.95), f"22 {_NEWS}"))
    rows.append(Row("words of a question, 99% have at most", _at(lengths, 0.99), f"28 {_NEWS}"))
    typed = [len(question.answer.split()) for question in questions if isinstance(question, Typed)]
    short = sum(length <= 5 for length in typed)
    rows.append(
        Row("typed answers of five words at most", _share(short, len(typed)), f"79% {_NEWS}")
    )
    rows += _biases([q for q in questions if isinstance(q, (Choice, Claim))])
    quoted = sum(bool(question.quotations) for question in questions)
    rows.append(Row("questions with evidence", _share(quoted, whole)))
    rows.append(Row("paragraphs quoted", _coverage(decks)))
    found = Counter(problem.rule for problem in problems)
    for name in sorted(found.keys() | _FIRED.keys()):
        yardstick = _NEWS if name.startswith("Q") else _TRIVIA
        theirs = f"{_FIRED[name]}% {yardstick}" if name in _FIRED else ""
        rows.append(Row(f"rule {name}", _share(found[name], whole), theirs))
    return rows


def _biases(questions: Iterable[Choice | Claim]) -> list[Row]:
    longest = offered = true = claims = 0
    expected = 0.0
    for question in questions:
        if isinstance(question, Claim):
            claims, true = claims + 1, true + question.answer
        elif not question.several:
            lengths = sorted(map(len, question.all_options))
            if lengths[-1] > lengths[-2]:
                offered += 1
                expected += 1 / len(lengths)
                longest += len(question.right[0]) == lengths[-1]
    chance = f"{100 * expected / offered:.0f}% by chance" if offered else ""
    return [
        Row("right option is the longest", _share(longest, offered), chance),
        Row("claims that are true", _share(true, claims), "50% by chance"),
    ]


def _coverage(decks: Iterable[Deck]) -> str:
    quoted = paragraphs = 0
    for deck in decks:
        places = {
            (text.path, passage.paragraph)
            for text in deck.articles
            for question in deck.questions
            for quotation in question.quotations
            for passage in text.find(quotation)
        }
        quoted += len(places)
        paragraphs += sum(1 for text in deck.articles for _ in text.numbered)
    return _share(quoted, paragraphs)


def _asked(prompt: str) -> str:
    found = re.search(r"\b(how (?:many|much)|what|who|which|why|when|where|how)\b", prompt, re.I)
    word = found[1].lower() if found else ""
    return "how many, how much" if word.startswith("how ") else word


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _at(ordered: list[int], share: float) -> str:
    return str(ordered[min(len(ordered) - 1, int(share * len(ordered)))]) if ordered else "–"
