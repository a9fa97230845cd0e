"""The statistics are what the log says, counted by hand."""

from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from newsdeck.charts import charts
from newsdeck.deck import Deck, load
from newsdeck.history import History, Record
from newsdeck.play import Play
from newsdeck.progress import Entry, Progress
from newsdeck.schedule import DAY, Phase, day
from newsdeck.session import Settings
from newsdeck.statistics import FORECAST, statistics
from newsdeck.study import Study
from studying import START, answer, deck, learn, progress

NOW = START + 30 * DAY
TODAY = date.fromordinal(date(1970, 1, 1).toordinal() + day(NOW))


def standing(kept: Progress) -> list[Entry]:
    entries = list(kept.entries())
    undone = {entry.undoes for entry in entries}
    return [e for e in entries if e.event == "review" and e.at not in undone]


def test_the_numbers_are_those_of_the_log(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, name, 10) for name in "ab"], progress()
    learn(decks, kept, 30, new=4)
    found = statistics(kept.history, decks, NOW)
    log = standing(kept)
    by_day = Counter(day(entry.at) for entry in log)
    assert [d.answers for d in found.days] == [by_day[n] for n in sorted(by_day)]
    assert sum(d.right for d in found.days) == sum(entry.rating > 1 for entry in log)
    due = [entry for entry in log if entry.phase == Phase.REVIEW]
    assert found.retention.reviews == len(due) == sum(r.reviews for r in found.calibration)
    assert found.retention.true == pytest.approx(sum(e.rating > 1 for e in due) / len(due))
    predicted = [entry.predicted for entry in due if entry.predicted is not None]
    assert found.retention.predicted == pytest.approx(sum(predicted) / len(due))
    states = kept.states().values()
    assert sum(found.cards.values()) == len(states)
    soon = [max(day(NOW), day(s.due)) - day(NOW) for s in states]
    assert [d.cards for d in found.forecast] == [soon.count(n) for n in range(FORECAST)]
    for item in found.hardest:
        mine = [e.rating > 1 for e in log if e.card == (item.deck, item.question)]
        assert (item.answers, item.accuracy) == (len(mine), sum(mine) / len(mine))
    assert [(s.name, s.answers) for s in found.kinds] == [("typed", len(log))]


def test_one_deck_alone_counts_its_own(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, name, 3) for name in "ab"], progress()
    learn(decks, kept, 3)
    mine = [e for e in standing(kept) if e.deck == "a"]
    found = statistics(kept.history, decks[:1], NOW)
    assert sum(d.answers for d in found.days) == len(mine)
    assert sum(found.cards.values()) == 3


def test_quizzes_count_with_study(tmp_path: Path) -> None:
    decks, kept = [deck(tmp_path, "a", 2)], progress()
    history = kept.history
    history.begin("k", "a", "A", {}, ["q0", "q1"], START / 1000)
    for n, (question, credit, first) in enumerate([("q0", 0, True), ("q0", 1, False)]):
        record = Record(question, "x", Fraction(credit), False, 1.0, False, first=first)
        history.answer("k", n, record, START / 1000)
    study = Study(decks, kept, START)
    answer(study, START)
    found = statistics(history, decks, START)
    assert [(d.answers, d.right) for d in found.days] == [(2, 1.0)]
    history.overrule("k", 0, "q0", START / 1000, overruled=True)
    assert [d.right for d in statistics(history, decks, START).days] == [2.0]
    assert found.streak == 1
    assert statistics(history, decks, START + 2 * DAY).streak == 0


@pytest.fixture
def learned(tmp_path: Path) -> tuple[History, list[Deck]]:
    decks, kept = [deck(tmp_path, "a", 8)], progress()
    learn(decks, kept, 30, new=2)
    return kept.history, decks


@pytest.mark.parametrize("width", [36, 76, 90])
def test_charts_keep_to_the_width(learned: tuple[History, list[Deck]], width: int) -> None:
    found = charts(statistics(*learned, NOW), TODAY, width)
    assert [title for title, _ in found][:2] == ["In all", "Answers a day"]
    assert all(len(line) <= width for _, lines in found for line in lines)


def test_a_narrow_chart_has_shorter_bars_and_every_number(
    learned: tuple[History, list[Deck]],
) -> None:
    stats = statistics(*learned, NOW)
    wide, narrow = (dict(charts(stats, TODAY, width)) for width in (88, 38))
    bars = str.maketrans("", "", "█░")
    for title in ("Accuracy by week", "Due in the next days", "By kind"):
        assert [row.translate(bars) for row in narrow[title]] == [
            row.translate(bars) for row in wide[title]
        ]
    _, *rows = narrow["Recall of due cards"]
    for tenth, row in zip(stats.calibration, rows, strict=True):
        assert f" {tenth.true:.0%} " in row


def test_the_heat_map_darkens_the_fullest_day(learned: tuple[History, list[Deck]]) -> None:
    stats = statistics(*learned, NOW)
    fullest = max(stats.days, key=lambda d: d.answers)
    rows = dict(charts(stats, TODAY, 90))["Answers a day"]
    weeks = (TODAY - fullest.date).days + fullest.date.weekday() - TODAY.weekday()
    row = rows[1 + fullest.date.weekday()].ljust(57)
    assert row[5 + 51 - weeks // 7] == "█"


def test_a_hard_cloze_is_shown_as_it_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "gaps.yaml"
    file.write_text("deck: D\nid: d\nquestions:\n- cloze: In {1996} *so* {it} was.\n  id: gaps\n")
    history, gaps = History.open(None), load(file)
    for _ in range(3):
        game = Play(gaps, Settings(seed=1), history)
        game.answer(None, 1.0, False)
        game.leave()
    stats = statistics(history, [gaps], NOW)
    (row,) = dict(charts(stats, TODAY, 90))["Hardest questions"]
    assert row.endswith("d/gaps  In [1] so [2] was.")


def test_without_answers_there_is_a_word_instead(tmp_path: Path) -> None:
    stats = statistics(History.open(None), [deck(tmp_path, "a", 1)], NOW)
    ((title, _),) = charts(stats, TODAY, 80)
    assert title == "Nothing yet"
