"""Answers tell an author which question is too hard, which option idle, which answer missing."""

from fractions import Fraction
from pathlib import Path

import pytest

from newsdeck.deck import Deck, load
from newsdeck.grade import Response
from newsdeck.history import History, Record
from newsdeck.items import SITTINGS, Analysis, accept_yaml, analyses
from newsdeck.progress import Progress
from newsdeck.schedule import Rating
from newsdeck.study import Study
from studying import START

DECK = """
deck: D
id: d
questions:
- choice: Choice?
  id: choice
  answer: right
  wrong: [often, never]
- typed: Who founded it?
  id: typed
  answer: Viasna
  accept: [Vyasna]
  reject:
  - Viasna Memorial: No.
- typed: Who else?
  id: other
  answer: Viasna Union
"""


@pytest.fixture
def d(tmp_path: Path) -> Deck:
    file = tmp_path / "d.yaml"
    file.write_text(DECK)
    return load(file)


def sat(history: History, key: str, answers: dict[str, tuple[Response, int]]) -> None:
    history.begin(key, "d", "D", {}, list(answers), 1.0)
    for n, (question, (response, credit)) in enumerate(answers.items()):
        record = Record(question, response, Fraction(credit), False, 1.0, False)
        history.answer(key, n, record, 2.0)
    history.finish(key, 3.0, 0, 0.0)


def analysed(history: History, deck: Deck) -> dict[str, Analysis]:
    return {found.question: found for found in analyses(history, deck)}


def test_difficulty_discrimination_and_idle_distractors(d: Deck) -> None:
    history = History.open(None)
    for n in range(SITTINGS):
        good = n % 2
        picked = ("right",) if good else ("often",)
        sat(history, str(n), {
            "choice": (picked, good), "typed": ("Viasna", good), "other": ("x", int(n < 5)),
        })  # fmt: skip
        found = analysed(history, d)["choice"]
        assert (found.discrimination is None) == (n + 1 < SITTINGS)
    assert found.difficulty == pytest.approx(0.5)
    assert found.idle == ("never",)
    both = analysed(history, d)
    assert both["choice"].discrimination == pytest.approx(0.7, abs=0.1)
    assert both["other"].discrimination == pytest.approx(-0.2)
    assert both["other"].idle == ()


@pytest.mark.parametrize(
    ("given", "times", "overruled", "is_missing"),
    [
        ("the Viasna centre", 2, False, True),
        ("the Viasna centre", 1, False, False),
        ("Spring", 1, True, True),
        ("Spring", 9, False, False),
        ("viasna memorial", 5, True, False),
        ("Viasna Union", 5, False, False),
    ],
)
def test_rejected_answers_that_look_right(
    d: Deck, given: str, times: int, overruled: bool, is_missing: bool
) -> None:
    history = History.open(None)
    for n in range(times):
        sat(history, str(n), {"typed": (given, 0)})
    history.overrule("0", 0, "typed", 2.0, overruled)
    assert analysed(history, d)["typed"].missing == ((given,) if is_missing else ())


def test_study_tells_too_and_the_lines_are_ready(d: Deck, tmp_path: Path) -> None:
    progress = Progress(History.open(None))
    study = Study([d], progress, START)
    study.suspend(START)
    study.now(START)
    given = study.judge('Vesna: "spring" #1', False, 10)
    study.keep(given, START)
    study.rate(given, Rating.GOOD, START)
    question = d.question("typed")
    assert question is not None
    (found,) = analysed(progress.history, d).values()
    lines = accept_yaml(question, found.missing)
    file = tmp_path / "edited.yaml"
    file.write_text(DECK.replace("  id: typed\n", lines + "\n").replace("  accept: [Vyasna]\n", ""))
    edited = load(file).question("typed")
    assert edited is not None
    assert edited.rivals[:3] == ("Viasna", "Vyasna", 'Vesna: "spring" #1')
