"""How problems are written: as text, JSON, SARIF, or GitHub's annotations."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from newsdeck import __version__
from newsdeck.check.registry import RULES, Rule, example_parts
from newsdeck.problem import Problem, Severity
from newsdeck.schema import printed

MOST_TOLD = 1_000
"""How many problems are told to a person."""
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(problems: Sequence[Problem]) -> str:
    """Return each problem with its line, a caret and the mend; of very many the gravest."""
    left = len(problems) - MOST_TOLD
    if left <= 0:
        return "\n".join(map(str, problems))
    gravest = sorted(problems, key=lambda problem: list(Severity).index(problem.severity))
    rows = [*map(str, gravest[:MOST_TOLD]), f"… and {left:,} more; `--format json` has them all."]
    return "\n".join(rows)


class Finding(Struct, frozen=True):
    """A problem at its place in a file; ``line`` and ``column`` count from 1.

    They are 0 where the file as a whole is meant. ``source`` is the line as it is written, or the
    part of a long one around the place.
    """

    path: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str
    mend: str
    source: str


def as_json(problems: Sequence[Problem]) -> str:
    """Return a list of findings."""
    rows = [
        Finding(
            _text(problem.path), problem.line, problem.column, problem.rule, problem.severity,
            problem.message, problem.hint, problem.source,
        )
        for problem in problems
    ]  # fmt: skip
    return printed(rows)


def as_github(problems: Sequence[Problem]) -> str:
    """Return GitHub's workflow commands, which annotate a pull request."""
    rows = []
    for problem in problems:
        level = "notice" if problem.severity is Severity.NOTE else problem.severity.value
        where = f"file={_property(_relative(problem.path))}"
        if problem.line:
            where += f",line={problem.line},col={problem.column}"
        title = _property(problem.rule)
        rows.append(f"::{level} {where},title={title}::{_data(_message(problem))}")
    return "\n".join(rows)


def as_sarif(problems: Sequence[Problem]) -> str:
    """Return a SARIF 2.1.0 log, which code hosts and editors show."""
    names = sorted({problem.rule for problem in problems})
    driver = {
        "name": "newsdeck",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(name) for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, names.index(problem.rule)) for problem in problems],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def explain(rule: Rule) -> str:
    """Return what a rule is about, why, and its examples, for a reader."""
    bad, good = (example_parts(example) for example in (rule.bad, rule.good))
    rows = [f"{rule.name} ({rule.severity}): {rule.title}", "", rule.reason, ""]
    rows += ["Not so:", *("    " + line for line in bad), ""]
    rows += ["But so:", *("    " + line for line in good)]
    return "\n".join(rows)


def _message(problem: Problem) -> str:
    return problem.message + (f"\n{problem.hint}" if problem.hint else "")


def _text(path: Path) -> str:
    """Return a path as a text, which the name of a file need not be."""
    return os.fsencode(path).decode(errors="replace")


def _relative(path: Path) -> str:
    """Return a path as those who run the check in a repository know it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # a link stays what it is named
    here = Path.cwd()
    if absolute.is_relative_to(here):
        return absolute.relative_to(here).as_posix()
    return absolute.as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif_rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason},
        "help": {"text": explain(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _sarif_result(problem: Problem, rule: int) -> dict[str, Any]:
    path = Path(_relative(problem.path))
    uri = path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": place}],
    }
