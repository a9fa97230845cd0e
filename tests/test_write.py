"""A new deck is whole and good to begin with, and nothing that is there is written over."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from newsdeck.check import check
from newsdeck.deck import load
from newsdeck.kinds import KINDS
from newsdeck.problem import DeckError
from newsdeck.write import Taken, new


@pytest.mark.parametrize("own", [None, "# It's: “news” #1\r\n\r\nA word.\r\n", "Only words."])
def test_a_new_deck_has_each_kind_and_is_clean(tmp_path: Path, own: str | None) -> None:
    article = tmp_path / "own.md"
    if own is not None:
        article.write_bytes(own.encode())
    files = new(tmp_path / "deep" / "My deck", article if own else None)
    assert all(file.is_file() for file in files)
    made = load(files[0])
    assert check(made) == []
    assert {question.kind for question in made.questions} == set(KINDS)
    assert made.id == "my-deck"
    if own:
        assert made.articles[0].path.read_bytes() == own.encode()
        assert made.title == (made.articles[0].title or "My deck")
    jsonschema.validate(yaml.safe_load(files[0].read_text()), json.loads(files[2].read_text()))
    line = files[0].read_text().splitlines()[0]
    assert line == f"# yaml-language-server: $schema={files[2].name}"


def test_new_overwrites_nothing_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Taken):
        new(tmp_path / "there")
    (tmp_path / "empty.md").write_text("# A title alone\n")
    with pytest.raises(DeckError, match="nothing to read"):
        new(tmp_path / "made", tmp_path / "empty.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty.md", "there"]
