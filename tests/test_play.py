"""A sitting and the history that keeps it."""

from pathlib import Path

import pytest

from newsdeck.deck import load
from newsdeck.formats import rows
from newsdeck.history import History
from newsdeck.play import Play
from newsdeck.report import report
from newsdeck.schedule import now
from newsdeck.session import Settings
from newsdeck.statistics import statistics


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
    assert game.overrule() is not None
    kept = history.unfinished("a")
    assert kept is not None
    assert [(r.question, r.overruled) for r in kept.records] == [
        ("a", False),
        ("b", False),
        ("c", True),
    ]


@pytest.mark.parametrize("edited", ["unit: weeks", "tags: [x]"])
def test_a_right_answer_stays_one_whatever_becomes_of_its_question(
    tmp_path: Path, edited: str
) -> None:
    file = tmp_path / "a.yaml"
    text = "deck: A\nid: a\nquestions:\n- number: How long?\n  id: x\n  answer: 5\n  unit: days\n"
    file.write_text(text)
    history = History.open(None)
    Play(load(file), Settings(seed=1), history).answer("5 days", 1.0, False)
    file.write_text(text.replace("unit: days", edited))
    game = Play(load(file), Settings(seed=1), history, history.unfinished("a"))
    (line,) = report(game.sitting).questions
    assert (line.given, line.credit) == ("5 days", 1)


def test_a_tag_that_is_written_twice_is_one(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "deck: A\nid: a\ntags: [x]\nquestions:\n- claim: Is it?\n  id: q\n  answer: true\n"
        "  tags: [x, y, y]\n"
    )
    deck, history = load(file), History.open(None)
    game = Play(deck, Settings(seed=1), history)
    game.answer(True, 1.0, False)
    assert [(s.name, s.questions) for s in report(game.sitting).shares] == [
        ("#x", 1),
        ("#y", 1),
        ("claim", 1),
    ]
    assert [(s.name, s.answers) for s in statistics(history, [deck], now()).tags] == [
        ("x", 1),
        ("y", 1),
    ]
    assert [row.tags for row in rows(deck)] == [("x", "y")]


def test_asking_all_questions_by_their_count_is_playing_the_whole_deck(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("deck: A\nid: a\nquestions:\n- claim: x\n  id: x\n  answer: true\n")
    history = History.open(None)
    for count in (1, 2):
        game = Play(load(file), Settings(seed=1, count=count), history)
        game.answer(True, 1.0, False)
        game.finish()
    assert len(history.results("a", {})) == 2
    assert history.summary()["a"].best == 1
