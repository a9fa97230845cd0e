"""The house rules: what a deck that can be played still lacks to be a good one."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from newsdeck.check import (  # noqa: F401  # register
    bias,
    ease,
    evidence,
    form,
    options,
    pairs,
    wording,
)
from newsdeck.check.registry import RULES, Finding, Rule
from newsdeck.check.view import View
from newsdeck.deck import LONGEST, without_collecting
from newsdeck.places import Places
from newsdeck.problem import LONGEST_MESSAGE, Problem, Severity, cut
from newsdeck.quotation import Looking

if TYPE_CHECKING:
    from newsdeck.deck import Deck

__all__ = ["RULES", "check", "chosen", "is_english"]


MOST_FOUND = 10_000
"""How many problems of a deck are told; nobody mends more at a time."""


def chosen(select: Collection[str] = (), ignore: Collection[str] = ()) -> frozenset[str]:
    """Return the rules that names or beginnings of names (`C`, `D0`) leave.

    Raises KeyError with the first name that means no rule.
    """
    for name in (*select, *ignore):
        if not any(rule.startswith(name) for rule in RULES):
            raise KeyError(name)
    wanted = tuple(select) or ("",)
    return frozenset(
        name for name in RULES if name.startswith(wanted) and not name.startswith(tuple(ignore))
    )


def check(deck: Deck, rules: Collection[str] | None = None) -> list[Problem]:
    """Return every problem of a loaded deck, in the order of its lines; of very many the gravest.

    ``rules`` are the names to look for, all where it is None.
    """
    asked = RULES.keys() if rules is None else rules
    starts = list(deck.lines.values())

    def silenced(line: int) -> tuple[str, ...]:
        """Return the rules that the question in a line of the file leaves out."""
        position = bisect(starts, line) - 1
        return deck.questions[position].silenced if position >= 0 else ()

    found = [
        problem
        for problem in deck.problems
        if problem.rule in asked and problem.rule not in silenced(problem.line)
    ]
    with without_collecting():
        findings, left = _gravest(
            (rule, finding)
            for rule, finding in _findings(deck, asked)
            if finding.question is None
            or rule.name not in deck.questions[finding.question].silenced
        )
        places = Places(deck.path, deck.text, deck.starts)
        found += [_problem(deck, places, rule, finding) for rule, finding in findings]
    if left:
        told = f"{left:,} more problems are not told"
        more = Problem(deck.path, 0, 0, "size", told, "Mend these first.", severity=Severity.NOTE)
        found.append(more)
    return sorted(found, key=lambda problem: (problem.line, problem.column))


def _gravest(findings: Iterable[tuple[Rule, Finding]]) -> tuple[list[tuple[Rule, Finding]], int]:
    """Return as many findings as are told, question by question, and how many others there are."""
    by_severity: dict[Severity, list[tuple[Rule, Finding]]] = {each: [] for each in Severity}
    count = 0
    for rule, finding in findings:
        count += 1
        held = by_severity[finding.severity or rule.severity]
        if len(held) < MOST_FOUND:
            held.append((rule, finding))
    kept = [found for held in by_severity.values() for found in held][:MOST_FOUND]
    # What is found in one question is placed together.
    kept.sort(key=lambda found: -1 if found[1].question is None else found[1].question)
    return kept, count - len(kept)


def _findings(deck: Deck, asked: Collection[str]) -> Iterator[tuple[Rule, Finding]]:
    english = is_english(deck)
    active = [
        (rule, rule.check)
        for rule in RULES.values()
        if rule.check is not None and rule.name in asked and (english or not rule.english)
    ]
    by_kind: dict[type, list[tuple[Rule, Any]]] = defaultdict(list)
    looking = Looking(deck.articles)
    views = [View(deck, n, question, looking) for n, question in enumerate(deck.questions)]
    for kind in {type(question) for question in deck.questions}:
        by_kind[kind] = [(rule, look) for rule, look in active if issubclass(kind, rule.kinds)]
    for view in views:
        question = view.question
        for rule, look in by_kind[type(question)]:
            for finding in look(question, view):
                message = cut(finding.message, LONGEST_MESSAGE)  # none is kept whole
                yield rule, finding._replace(question=view.position, message=message)
    for rule, look in active:
        if not rule.kinds:
            for finding in look(views):
                yield rule, finding


def _problem(deck: Deck, places: Places, rule: Rule, finding: Finding) -> Problem:
    """Return what was found as a problem with its place."""
    if finding.question is None:
        line, column = places.questions
    else:
        line, column = places.find(finding.question, finding.steps)
    lines = places.reader.lines
    if finding.word:
        column = lines.find(line, column, finding.word, LONGEST)
    source, before = lines.near(line, column)
    return Problem(
        deck.path,
        line + 1,
        column + 1,
        rule.name,
        finding.message,
        finding.mend,
        source,
        finding.severity or rule.severity,
        before,
    )


def is_english(deck: Deck) -> bool:
    """Tell whether rules that know English words are asked of a deck."""
    return deck.language.lower().partition("-")[0] == "en"


def failing(problems: list[Problem], strict: bool) -> bool:
    """Tell whether problems are more than a deck may have: errors, and warnings if strict."""
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(problem.severity in bad for problem in problems)
