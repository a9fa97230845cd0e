"""Study by lines: the same cards, ratings and log as on the screen."""

import io
from pathlib import Path

import pytest

from newsdeck.deck import Deck, load
from newsdeck.history import History
from newsdeck.plain.lines import Lines
from newsdeck.plain.study import Learn
from newsdeck.progress import Progress
from newsdeck.schedule import DAY, Rating
from newsdeck.study import Limits
from playing import deck_file
from studying import START
from studying import deck as typed_deck


@pytest.fixture
def history() -> History:
    return History.open(None)


def studied(deck: Deck, history: History, typed: list[str], at: int = START) -> str:
    """Study a deck with some lines as all of the input, a second from one to the next."""
    out = io.StringIO()
    moments = iter(range(at, at + DAY, 1000))
    lines = Lines(io.StringIO("".join(f"{line}\n" for line in typed)), out)
    Learn([deck], history, lines, Limits(), now=lambda: next(moments)).run()
    return out.getvalue()


def ratings(history: History, deck: Deck) -> dict[str, list[int]]:
    kept = Progress(history)
    found = {q.id: [e.rating for e in kept.events((deck.id, q.id))] for q in deck.questions}
    return {name: given for name, given in found.items() if given}


def test_each_kind_is_answered_and_rated(tmp_path: Path, history: History) -> None:
    deck = load(deck_file(tmp_path, "one", "typed", "number", "card"))
    typed = ["2", "", "viasn", "", "1613", "4", "", "1"]
    told = studied(deck, history, typed)
    assert ratings(history, deck) == {
        "one": [Rating.GOOD],
        "typed": [Rating.HARD],
        "number": [Rating.EASY],
        "card": [Rating.AGAIN],
    }
    assert "All kinds, new 4, learning 0, due 0\nHow many?" in told
    assert "❝two of them❞  paragraph 1" in told
    assert "1 again 1m, 2 hard 6m, 3 good 10m, 4 easy " in told
    assert "; enter keeps good: " in told
    assert "A salt." in told.partition("enter turns the card")[2]
    assert "+100" not in told


def test_a_miss_is_overruled_by_the_learners_rating(tmp_path: Path, history: History) -> None:
    deck = load(deck_file(tmp_path, "one"))
    told = studied(deck, history, ["1", "5", "3"])
    assert "✗ Wrong\nAnswer: 2\nToo few." in told
    assert "? Type 1, 2, 3 or 4." in told
    assert ratings(history, deck) == {"one": [Rating.GOOD]}


def test_what_was_done_is_undone_and_asked_again(tmp_path: Path, history: History) -> None:
    deck = load(deck_file(tmp_path, "one", "typed"))
    told = studied(deck, history, [":u", "2", "", ":u", ":h", "2", ""])
    assert "There is nothing to undo." in told
    assert told.count("How many?") == 2
    assert ratings(history, deck) == {"one": [Rating.HARD]}, "a hint makes it hard"


def test_a_suspended_card_is_asked_no_more(tmp_path: Path, history: History) -> None:
    deck = load(deck_file(tmp_path, "one", "typed"))
    told = studied(deck, history, [":s", "viasna", ":s", "4"])
    assert "It is answered already" in told
    assert "Done for today: 1 review." in told
    assert "1 suspended" in told
    assert "Nothing is due now." in studied(deck, history, [])


def test_an_input_that_ends_keeps_every_answer(tmp_path: Path, history: History) -> None:
    deck = load(deck_file(tmp_path, "one", "typed"))
    told = studied(deck, history, ["2"])
    assert "Kept: study again to go on." in told
    assert ratings(history, deck) == {"one": [Rating.GOOD]}


def test_what_is_not_due_is_reviewed_early(tmp_path: Path, history: History) -> None:
    deck = typed_deck(tmp_path, "d", 2)
    told = studied(deck, history, ["q0", "4", "q1", "4", "e", "?", "?", "", "?", "?", ""])
    assert "e reviews early, enter ends: e" in told
    assert [given[:2] for given in ratings(history, deck).values()] == [[4, 1], [4, 1]]
