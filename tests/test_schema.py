"""The JSON Schema says what the reader says, in every editor."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from examples import example_deck
from newsdeck.check import RULES
from newsdeck.check.registry import HERE
from newsdeck.library import bundled, shelf
from newsdeck.question import IDENTITY
from newsdeck.schema import schema
from newsdeck.write import SAMPLE

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)
KEYS = [
    (name, key, value)
    for name, part in {"deck": SCHEMA, **SCHEMA["$defs"]}.items()
    for key, value in part["properties"].items()
]


@pytest.mark.parametrize(("name", "key", "value"), KEYS, ids=[f"{n}.{k}" for n, k, _ in KEYS])
def test_every_key_has_a_description_and_an_example_that_fits(
    name: str, key: str, value: dict[str, Any]
) -> None:
    assert value["description"].endswith((".", "}."))
    assert value["examples"]
    validator = VALIDATOR.evolve(schema={**value, "$defs": SCHEMA["$defs"]})
    assert [
        error.message for text in value["examples"] for error in validator.iter_errors(text)
    ] == []


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "file", [*shelf(bundled()), SAMPLE / "deck.yaml"], ids=lambda path: path.stem
)
def test_a_deck_fits(file: Path) -> None:
    VALIDATOR.validate(yaml.safe_load(file.read_text()))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_good_examples_fit(rule: Any) -> None:
    VALIDATOR.validate(yaml.safe_load(example_deck(rule.good)))


BAD = {
    "unknown key": RULES["S01"].bad,
    "no such kind": "- clam: P\n",
    "no answer": "- typed: P?\n",
    "nothing written": RULES["empty"].bad,
    "level": "- card: P\n  answer: A\n  level: 4\n",
    "claim": "- claim: P\n  answer: perhaps\n",
    "list for text": "- card: [P]\n  answer: A\n",
    "match": "- typed: P?\n  answer: A\n  match: loose\n",
    "id": "- card: P\n  id: a b\n  answer: A\n",
    "no questions": "deck: D\nid: d\n",
    "url": "deck: D\nsource: {title: S, url: 'file:///x'}\nquestions: [{card: P, answer: A}]\n",
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_the_reader_refuses_for_its_form_the_schema_refuses(bad: str) -> None:
    assert not VALIDATOR.is_valid(yaml.safe_load(example_deck(bad).replace(HERE, "")))


# Python's $ lets a line feed pass, which that of editors does not.
@given((st.from_regex(IDENTITY) | st.text(max_size=70)).filter(lambda text: "\n" not in text))
def test_an_id_is_one_for_editors_as_well(text: str) -> None:
    theirs = SCHEMA["properties"]["id"]["pattern"]
    if text.isascii():
        assert bool(re.match(IDENTITY, text)) == bool(re.search(theirs, text))
    elif re.match(IDENTITY, text):
        assert re.search(theirs, text)
