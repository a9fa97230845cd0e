"""The library's index is as quick as it is right: whatever changes, it is not believed."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck import index
from newsdeck.deck import Deck, load
from newsdeck.index import Entry, Index
from newsdeck.problem import DeckError

DECK = """deck: One
id: one
source:
  title: Article
  text: a.md
questions:
- claim: x
  id: x
  answer: true
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    file = tmp_path / "deck.yaml"
    file.write_text(DECK)
    (tmp_path / "a.md").write_text("Text.\n")
    return file


@contextmanager
def later() -> Iterator[list[Path]]:
    """Every deck that is read, a day after the files were written."""
    found: list[Path] = []

    def noted(path: Path) -> Deck:
        found.append(path)
        return load(path)

    now = time.time_ns
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "load", noted)
        patch.setattr("newsdeck.index.time.time_ns", lambda: now() + 86_400 * 10**9)
        yield found


@pytest.fixture
def reads() -> Iterator[list[Path]]:
    with later() as found:
        yield found


def shown(deck: Path, home: Path) -> Entry | DeckError:
    ((_, entry),) = Index(home).entries([deck])
    return entry


def test_a_deck_that_is_known_is_not_read_again(
    deck: Path, tmp_path: Path, reads: list[Path]
) -> None:
    for _ in range(2):
        assert shown(deck, tmp_path / "home") == Entry("one", "One", 1, "Article")
    assert reads == [deck]


def test_a_change_of_the_same_size_and_time_of_writing_is_seen(
    deck: Path, tmp_path: Path, reads: list[Path]
) -> None:
    before = deck.stat()
    shown(deck, tmp_path)
    deck.write_text(DECK.replace("One", "Two"))
    os.utime(deck, ns=(before.st_atime_ns, before.st_mtime_ns))
    entry = shown(deck, tmp_path)
    assert isinstance(entry, Entry)
    assert entry.title == "Two"


def test_a_deck_is_read_again_when_its_article_goes_and_comes(
    deck: Path, tmp_path: Path, reads: list[Path]
) -> None:
    shown(deck, tmp_path)
    (tmp_path / "a.md").unlink()
    assert isinstance(shown(deck, tmp_path), DeckError)
    (tmp_path / "a.md").write_text("Text.\n")
    assert isinstance(shown(deck, tmp_path), Entry)


@pytest.mark.skipif(sys.platform != "linux", reason="names are texts elsewhere")
def test_a_deck_whose_name_is_no_text_is_listed_and_read_every_time(
    deck: Path, tmp_path: Path, reads: list[Path]
) -> None:
    deck = deck.rename(tmp_path / os.fsdecode(b"\xff.yaml"))
    for _ in range(2):
        assert isinstance(shown(deck, tmp_path), Entry)
    assert reads == [deck, deck]


def test_what_was_just_written_is_not_kept(deck: Path, tmp_path: Path) -> None:
    assert isinstance(shown(deck, tmp_path), Entry)
    assert not (tmp_path / index.NAME).exists()


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.booleans())
def test_a_damaged_index_is_thrown_away(
    tmp_path_factory: pytest.TempPathFactory, place: float, flip: int, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("index")
    deck, file = folder / "deck.yaml", folder / index.NAME
    deck.write_text("deck: One\nid: one\nquestions:\n- claim: x\n  id: x\n  answer: true\n")
    with later() as reads:
        shown(deck, folder)
        whole = bytearray(file.read_bytes())
        at = int(place * len(whole))
        whole[at] ^= flip
        file.write_bytes(whole[:at] if cut else whole)
        assert shown(deck, folder) == Entry("one", "One", 1, "")
    assert reads == [deck, deck]


def test_a_home_that_cannot_be_written_does_without(
    deck: Path, tmp_path: Path, reads: list[Path]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    assert isinstance(shown(deck, blocked), Entry)


def test_decks_that_are_gone_are_forgotten(deck: Path, tmp_path: Path, reads: list[Path]) -> None:
    shown(deck, tmp_path)
    size = (tmp_path / index.NAME).stat().st_size
    other = deck.rename(tmp_path / "some.yaml")
    shown(other, tmp_path)
    assert (tmp_path / index.NAME).stat().st_size == size
