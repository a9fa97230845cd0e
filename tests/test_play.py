"""A sitting and the history that keeps it."""

from pathlib import Path

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.play import Play
from newsdeck.session import Settings


def test_an_edited_deck_leaves_the_answers_in_their_places(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    questions = [f"- claim: {name}\n  id: {name}\n  answer: true\n" for name in "abc"]
    head = "deck: A\nid: a\nquestions:\n"
    file.write_text(head + "".join(questions))
    history = History.open(None)
    game = Play(load(file), Settings(seed=1, shuffled=False), history)
    game.answer(True, 1.0, False)
    game.answer(False, 1.0, False)
    file.write_text(head + "".join(questions[1:]))
    game = Play(load(file), Settings(seed=1), history, history.unfinished("a"))
    game.answer(False, 1.0, False)
    game.overrule()
    kept = history.unfinished("a")
    assert kept is not None
    assert [(r.question, r.overruled) for r in kept.records] == [
        ("a", False),
        ("b", False),
        ("c", True),
    ]
