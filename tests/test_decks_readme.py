"""The guide to writing decks: its own example is a deck, with each kind in it."""

import re
from pathlib import Path

from newsdeck.check import check
from newsdeck.deck import load
from newsdeck.kinds import KINDS
from newsdeck.library import bundled

GUIDE = (bundled() / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_example_is_a_deck_with_each_kind_once(tmp_path: Path) -> None:
    [text], [deck] = blocks("markdown"), blocks("yaml")
    (tmp_path / "article.md").write_text(text)
    file = tmp_path / "first.yaml"
    file.write_text(deck)
    written = load(file)
    assert check(written) == []
    assert sorted(question.kind for question in written.questions) == sorted(KINDS)


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)]+)\)", GUIDE)
    assert links
    for link in links:
        assert (bundled() / link).exists()
