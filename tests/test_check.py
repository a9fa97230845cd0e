"""Every rule fires where its bad example says, and no rule on any good example."""

from pathlib import Path

import pytest

from newsdeck.check import RULES, check
from newsdeck.check.registry import HERE, Rule, example_deck
from newsdeck.deck import load
from newsdeck.problem import DeckError, Problem
from newsdeck.write import SAMPLE


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "a.md").write_bytes((SAMPLE / "article.md").read_bytes())
    (folder / "bad.md").write_bytes(b"\xff")
    file = folder / "examples.yaml"
    file.write_text(text)
    try:
        return check(load(file))
    except DeckError as error:
        return error.problems


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_fires_on_its_bad_example_at_its_place(rule: Rule, tmp_path: Path) -> None:
    marked = example_deck(rule.bad)
    before, here, after = marked.partition(HERE)
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    if rule.check and not rule.kinds and not here:
        place, here = (marked[: marked.index("questions:")].count("\n") + 1, 1), HERE
    found = [p for p in problems(tmp_path, before + after) if p.rule == rule.name]
    if here:
        assert [(p.line, p.column) for p in found] == [place]
    assert {p.severity for p in found} == {rule.severity}
    assert all(p.message and p.hint for p in found)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_fires_on_a_good_example(rule: Rule, tmp_path: Path) -> None:
    assert list(map(str, problems(tmp_path, example_deck(rule.good)))) == []
