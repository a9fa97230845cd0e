"""Journeys through the screens, by keys and by mouse."""

import asyncio
import json
import time
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.play import Play
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.join import Join
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.library import LibraryScreen
from newsdeck.tui.page import HelpScreen
from newsdeck.tui.quiz import QuizScreen
from newsdeck.tui.reading import ReadingScreen
from newsdeck.tui.results import ResultsScreen
from newsdeck.tui.rows import Submitted
from newsdeck.tui.start import StartScreen
from playing import HOSTILE, app_of, deck_file, rows, shown

# keys that answer each question of the deck right; options and items are numbers, so ascending
RIGHT = [
    ["2", "enter"],
    None,
    ["2", "enter"],
    [*"viasna", "enter"],
    [*"1613", "enter"],
    [*"1996", "enter", *"viasna", "enter"],
    None,
    ["1", "2", "enter"],
    ["space", "2"],
]


@pytest.fixture
def app(tmp_path: Path) -> NewsdeckApp:
    file = deck_file(tmp_path, hostile=HOSTILE)
    return app_of(file, History.open(tmp_path / "history.sqlite"))


def quiz(app: NewsdeckApp) -> QuizScreen:
    assert isinstance(app.screen, QuizScreen)
    return app.screen


async def answer(pilot: Pilot[None], app: NewsdeckApp, keys: list[str] | None) -> None:
    question = quiz(app).sitting.current
    assert question is not None
    if keys is None:
        options = quiz(app).sitting.options(question)
        wanted = ("10", "20") if question.id == "several" else ("1", "3", "2")
        keys = [*(str(options.index(text) + 1) for text in wanted), "enter"]
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_whole_sitting_by_keys(
    app: NewsdeckApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in RIGHT:
            await answer(pilot, app, keys)
            assert quiz(app).attempt is not None, quiz(app).sitting.current
            assert "✓ Right" in shown(app, "#feedback")
            await pilot.press("enter")
            await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert app.screen.sitting.points == 900
        assert app.history.results("kinds", {})[0].points == 900
        await pilot.press("x")
        (saved,) = tmp_path.glob("newsdeck-kinds-*.json")
        assert json.loads(saved.read_text())["points"] == 900
        assert "[/foo]" not in saved.with_suffix(".md").read_text()
        await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_help_lists_the_keys_of_the_bar_first(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bar = shown(app, "KeyBar").split("  ")
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        rows = [" ".join(row.split()) for row in shown(app, "VerticalScroll Static").split("\n")]
        assert rows[: len(bar)] == bar
        assert rows.count("1-9 choose") == 1
        assert rows.index("↑ up") > len(bar)
        await pilot.press("escape")
        assert quiz(app).sitting.position == 0


async def test_a_hint_is_offered_where_there_is_one(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "h hint" in shown(app, "KeyBar")
        await answer(pilot, app, RIGHT[0])
        await pilot.press("enter")
        await pilot.pause()
        assert "h hint" not in shown(app, "KeyBar")
        await pilot.press("h")
        assert "told" not in app.screen.classes


async def test_a_miss_tells_the_answer_and_comes_back(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        told = shown(app, "#feedback")
        assert "✗ Wrong" in told
        assert "Answer: 2" in told
        assert f"Too few. {HOSTILE}" in told
        assert f"Because. {HOSTILE}" in told
        assert "❝two of them❞  paragraph 1" in told
        await pilot.press("exclamation_mark")
        assert "on your word" in shown(app, "#feedback")
        assert quiz(app).sitting.points == 100
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, ReadingScreen)
        assert "❝two of them❞" in shown(app, ".lit")
        await pilot.press("escape")
        assert quiz(app).sitting.position == 1


async def test_passages_of_two_texts_are_both_shown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Ada was born in Elva.\n")
    (tmp_path / "b.md").write_text("Nothing.\n")
    (tmp_path / "c.md").write_text("She left Elva.\n")
    file = tmp_path / "deck.yaml"
    file.write_text(
        "deck: D\nid: d\nsource:\n- {title: A, text: a.md}\n- {title: B, text: b.md}\n"
        "- {title: C, text: c.md}\nquestions:\n- claim: Ada lives in Elva.\n  id: q\n"
        "  answer: false\n  evidence: [born in Elva, left Elva]\n"
    )
    app = app_of(file)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter", "a")
        await pilot.pause()
        told = app.screen.query("VerticalScroll Static").results(Static)
        assert [str(text.content) for text in told] == [
            "1  Ada was ❝born in Elva❞.",
            "1  She ❝left Elva❞.",
        ]


async def test_deck_text_is_shown_to_the_letter(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app, "#prompt") == f"How many? {HOSTILE}"
        assert HOSTILE in shown(app, "#head")
        await pilot.press("h")
        assert f"More than one. {HOSTILE}" in shown(app, "#feedback")
        await pilot.press("f")
        assert app.history.flagged("kinds") == {"one"}


async def test_a_left_sitting_goes_on_at_the_same_question(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await answer(pilot, app, RIGHT[0])
        await pilot.press("enter", "q")
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert quiz(app).sitting.position == 1
        assert shown(app, "#prompt") == "Which?\nChoose all that apply."


async def test_the_start_panel_sets_how_it_is_played(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        app.screen.query_one("#count", Input).value = "2"
        app.screen.query_one("#seed", Input).value = "5"
        (bracket,) = (
            part for part in app.screen.query_one("#exam").render_line(0) if "[" in part.text
        )
        assert bracket.style is not None
        assert bracket.style.color != bracket.style.bgcolor
        await pilot.click("#exam")
        await pilot.press("n")
        await pilot.pause()
        assert quiz(app).sitting.settings == Settings(seed=5, count=2, exam=True)
        assert quiz(app).sitting.total == 2


async def test_the_start_panel_keeps_to_the_seed_that_was_given(tmp_path: Path) -> None:
    file, history = deck_file(tmp_path), History.open(tmp_path / "history.sqlite")
    settings = Settings(seed=0, count=2)
    game = Play(load(file), settings, history)
    game.answer(None, 1.0, False)
    game.leave()
    app = app_of(file, history, settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        await pilot.press("n")
        await pilot.pause()
        assert quiz(app).sitting.settings == settings


async def test_a_turned_card_shows_both_ratings_in_a_narrow_bar(tmp_path: Path) -> None:
    app = playing(tmp_path, "- card: x\n  id: a\n  answer: y\n  hint: h\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert "h hint" in shown(app, "KeyBar")
        await pilot.press("space")
        await pilot.pause()
        assert shown(app, "KeyBar") == "1 missed  2 knew it  q leave  ? help"


async def test_escape_leaves_a_field_and_goes_back_to_it(tmp_path: Path) -> None:
    app = playing(tmp_path, "- cloze: x {y} {z}\n  id: a\n  hint: h\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("y", "enter", "q", "escape")
        await pilot.pause()
        assert shown(app, "KeyBar") == "h hint  esc type on  q leave  ? help"
        await pilot.press("h", "escape")
        await pilot.pause()
        assert shown(app, "KeyBar") == "⏎ answer  esc other keys  f1 help"
        await pilot.press("backspace", "z", "enter")
        await pilot.pause()
        assert quiz(app).sitting.points == 100
        assert "esc" not in shown(app, "KeyBar")


async def test_help_can_be_got_where_one_types(tmp_path: Path) -> None:
    app = playing(tmp_path, "- typed: x\n  id: a\n  answer: y\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("question_mark", "f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert "escape leaves the field" in shown(app, "VerticalScroll Static")
        await pilot.press("f1")
        assert app.screen.query_one(Input).value == "?"


@pytest.mark.parametrize("keys", [[], ["1", "enter"], ["1", "enter", "enter"], ["q"]], ids=str)
async def test_the_ways_out_stay_in_a_narrow_bar(
    app: NewsdeckApp, tmp_path: Path, keys: list[str]
) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        bar = shown(app, "KeyBar")
        assert len(bar) <= 38
        assert bar.startswith("⏎")
        assert bar.endswith(("  q leave  ? help", "  q quit  ? help"))
        width = len(bar)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert len(shown(app, "KeyBar")) > width


@pytest.mark.parametrize("width", [30, 40])
@pytest.mark.parametrize("keys", [[], ["1", "enter"], ["q"]], ids=str)
async def test_the_ways_out_can_be_clicked_in_a_narrow_bar(
    app: NewsdeckApp, width: int, keys: list[str]
) -> None:
    async with app.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        bar = shown(app, "KeyBar")
        await pilot.click(KeyBar, offset=(bar.index("? help") + 3, 0))
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.click(KeyBar, offset=(shown(app, "KeyBar").index("back") + 1, 0))
        await pilot.pause()
        before = app.screen
        await pilot.click(KeyBar, offset=(bar.index("q ") + 3, 0))
        await pilot.pause()
        assert app.screen is not before or not app.is_running


@pytest.mark.parametrize("width", [30, 40])
async def test_a_field_is_left_by_clicks_in_a_narrow_bar(tmp_path: Path, width: int) -> None:
    app = playing(tmp_path, "- typed: x\n  id: a\n  answer: y\n  hint: h\n")
    async with app.run_test(size=(width, 12)) as pilot:
        await pilot.pause()
        bar = shown(app, "KeyBar")
        await pilot.click(KeyBar, offset=(bar.index("f1 help") + 3, 0))
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.click(KeyBar, offset=(bar.index("esc ") + 2, 0))
        await pilot.pause()
        await pilot.click(KeyBar, offset=(shown(app, "KeyBar").index("q leave") + 3, 0))
        await pilot.pause()
        assert isinstance(app.screen, LibraryScreen)


async def test_a_malformed_number_costs_nothing(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in RIGHT[:4]:
            await answer(pilot, app, keys)
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press(*"1,5", "enter")
        await pilot.pause()
        assert "Type a number" in shown(app, "#feedback")
        assert quiz(app).sitting.position == 4
        assert app.screen.query_one(Input).value == "1,5"


async def test_a_question_by_mouse(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(OptionList, offset=(8, 1))
        await pilot.click(KeyBar, offset=(4, 0))
        await pilot.pause()
        assert quiz(app).sitting.points == 100


def playing(tmp_path: Path, questions: str, deck: str = "Some") -> NewsdeckApp:
    file = tmp_path / "some.yaml"
    file.write_text(f"deck: {deck}\nid: some\nquestions:\n{questions}")
    return app_of(file)


async def test_an_order_may_be_left_half_done(tmp_path: Path) -> None:
    app = playing(tmp_path, "- order: Order?\n  id: order\n  items: [c, b, a]\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        picked = quiz(app).sitting.options(quiz(app).deck.questions[0])[0]
        await pilot.press("1", "enter")
        await pilot.pause()
        assert shown(app, "#feedback").startswith("2 items not placed yet.")
        await pilot.press("enter")
        await pilot.pause()
        assert "✗ Wrong" in shown(app, "#feedback")
        assert quiz(app).sitting.attempts[0].response == (picked,)
        told = rows(app, OptionList)
        assert [row.split("  ")[0] for row in told] == ["1. ✗ c", "2. ✗ b", "3. ✗ a"]
        assert [row for row in told if "you: 1." in row] == [
            row for row in told if f"✗ {picked}" in row
        ]


async def test_a_match_may_be_left_half_done_and_counts_by_part(tmp_path: Path) -> None:
    app = playing(tmp_path, "- match: Match?\n  id: match\n  pairs: {x: 1, y: 2}\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "1 row without a match" in shown(app, "#feedback")
        assert quiz(app).attempt is None
        await pilot.press("enter")
        await pilot.pause()
        assert quiz(app).sitting.points == 50


async def test_a_left_can_be_chosen_by_mouse_and_by_space(tmp_path: Path) -> None:
    app = playing(tmp_path, "- match: Match?\n  id: match\n  pairs: {x: 1, y: 2}\n")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(Join, offset=(5, 1))
        await pilot.press("2", "space")
        await pilot.click(Join, offset=(5, 0))
        await pilot.press("1", "enter")
        await pilot.pause()
        assert quiz(app).sitting.attempts[0].response == {"x": "1", "y": "2"}


LETTERS = "x" * 120
NUMBERS = ", ".join(f"{LETTERS}{n}: right {n}" for n in range(1, 9))


async def test_what_a_long_left_is_joined_with_is_seen(tmp_path: Path) -> None:
    app = playing(tmp_path, f"- match: Match?\n  id: match\n  pairs: {{{NUMBERS}}}\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press("left")
        await pilot.pause()
        lefts, rights = app.screen.query(OptionList)
        assert lefts.render_line(0).text.startswith("8.  x")
        last = quiz(app).sitting.options(quiz(app).deck.questions[0])[-1]
        seen = [rights.render_line(y).text.rstrip() for y in range(rights.size.height)]
        assert f"8   {last}" in seen


async def test_a_row_that_wraps_goes_on_under_its_text(tmp_path: Path) -> None:
    many = "  answer: " + "word " * 20 + "\n  wrong: [b]\n"
    app = playing(tmp_path, f"- choice: x\n  id: a\n{many}")
    async with app.run_test(size=(40, 24)) as pilot:
        await pilot.pause()
        wrapped = [row for row in rows(app, OptionList) if "word" in row]
        assert len(wrapped) == 4
        assert wrapped[0].index("word") == len("1  ○   ")
        assert {row.index("word") for row in wrapped} == {len("1  ○   ")}


TWICE = """
- {choice: A?, id: one, answer: a, wrong: [b, c]}
- {choice: B?, id: several, answer: [d, e], wrong: [f]}
- {claim: C, id: claim, answer: true}
- {cloze: 'In {1996::a year} {Viasna} was {founded}.', id: cloze}
- {typed: D?, id: typed, answer: x}
- {number: E?, id: number, answer: 7, unit: days}
- {order: F?, id: order, items: [g, h, i]}
- {match: G?, id: match, pairs: {j: 1, k: 2}}
- {card: H, id: card, answer: back}
- {choice: I?, id: one-b, answer: l, wrong: [m, n]}
- {choice: J?, id: several-b, answer: [o, p], wrong: [q]}
- {claim: K, id: claim-b, answer: false}
- {cloze: '{Viasna} was {founded}.', id: cloze-b}
- {typed: L?, id: typed-b, answer: x}
- {number: M?, id: number-b, answer: 8}
- {order: N?, id: order-b, items: [r, s, t]}
- {match: O?, id: match-b, pairs: {u: 3, v: 4}}
- {card: P, id: card-b, answer: other}
"""
WRONG = {
    "one": ["2", "enter"],
    "several": ["2", "3", "enter"],
    "claim": ["2", "enter"],
    "cloze": [*"yes", "enter", *"no", "home", "enter", "enter", "enter"],
    "cloze-b": [*"yes", "enter", *"no", "enter"],
    "typed": [*"some", "enter"],
    "number": [*"99", "enter"],
    "order": ["3", "1", "2", "enter"],
    "match": ["1", "1", "enter"],
    "card": ["space", "1"],
}


def answer_area(app: NewsdeckApp) -> list[object]:
    """Return all that is seen of the answer, colours and the focus included."""
    found: list[object] = []
    for widget in app.screen.query_one("#answer").walk_children(Widget):
        if widget.region and widget.is_attached and not widget.is_container:
            lines = [list(widget.render_line(y)) for y in range(widget.size.height)]
            found += [type(widget), widget.region, lines, widget.has_focus, widget.disabled]
    return found


async def test_nothing_of_a_question_is_left_on_the_next(tmp_path: Path) -> None:
    app = playing(tmp_path, TWICE)
    fresh = {}
    for question in load(tmp_path / "some.yaml").questions:
        only = Settings(seed=1, only=(question.id,))
        alone = app_of(tmp_path / "some.yaml", settings=only)
        async with alone.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            fresh[question.id] = answer_area(alone)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in fresh:
            await pilot.pause()
            asked = quiz(app).question
            assert asked is not None
            assert answer_area(app) == fresh[asked.id], asked.id
            await pilot.press(*(WRONG.get(asked.id) or WRONG[asked.id.removesuffix("-b")]))
            await pilot.pause()
            await pilot.press("exclamation_mark", "enter")


@pytest.mark.parametrize(
    ("question", "keys", "more"),
    [
        ("- order: O?\n  id: a\n  items: [c, b, a]\n", ["1"], ["1", "2"]),
        ("- match: M?\n  id: a\n  pairs: {x: 1, y: 2}\n", ["1"], ["right"]),
        ("- choice: C?\n  id: a\n  answer: [x, y]\n  wrong: [z]\n", [], ["1", "1"]),
        ("- choice: C?\n  id: a\n  answer: x\n  wrong: [z]\n", [], ["1"]),
        ("- typed: T?\n  id: a\n  answer: x\n", [], ["y"]),
        ("- cloze: A {b} c {d}.\n  id: a\n", ["b", "enter"], ["d", "backspace"]),
    ],
    ids=["order", "match", "several", "one", "typed", "cloze"],
)
async def test_a_doubt_goes_with_the_answer_it_was_about(
    tmp_path: Path, question: str, keys: list[str], more: list[str]
) -> None:
    app = playing(tmp_path, question)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*keys, "enter")
        await pilot.pause()
        assert "Press enter again" in shown(app, "#feedback")
        assert app.screen.has_class("told")
        await pilot.press(more[0])
        await pilot.pause()
        assert not app.screen.has_class("told")
        await pilot.press(*more[1:], "enter")
        await pilot.pause()
        whole = question.startswith(("- match", "- typed")) or "answer: x\n" in question
        assert (quiz(app).attempt is not None) == whole, "what is not whole is doubted again"


async def test_a_hint_leaves_the_answer_its_room(tmp_path: Path) -> None:
    pairs = "".join(f"    left {n}: right {n}\n" for n in range(5))
    app = playing(tmp_path, f"- match: M?\n  id: a\n  hint: Some.\n  pairs:\n{pairs}")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("h")
        await pilot.pause()
        for rows_ in app.screen.query("#answer OptionList").results(OptionList):
            assert rows_.size.height == rows_.option_count == 5
        await pilot.click("#told")
        assert not app.screen.query_one("#told").has_focus
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        below = app.screen.query_one(".rights", OptionList)
        assert below.max_scroll_y > 0
        await pilot.press(*["pagedown"] * 5)
        assert below.scroll_y == below.max_scroll_y
        await pilot.press("2")
        assert below.scroll_y <= 1, "the match that is given is in sight"


async def test_leaving_ends_what_was_not_opened_from_a_library(tmp_path: Path) -> None:
    deck = load(deck_file(tmp_path, "claim", "one"))
    app = NewsdeckApp(History.open(None), [], (deck, Settings(seed=1, shuffled=False)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter", "q")
        await pilot.pause()
        assert not app.is_running


async def test_what_is_not_kept_is_not_called_kept(tmp_path: Path) -> None:
    app = playing(tmp_path, "- claim: x\n  id: a\n  answer: true\n")
    app.history.trouble = "Answers are not being kept: disk full"
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("1", "enter", "q")
        await pilot.pause()
        assert [note.message for note in app._notifications] == [app.history.trouble]


async def test_the_time_that_is_left_is_seen_and_ends_the_sitting(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(
        "deck: Some\nid: some\nquestions:\n- claim: x\n  id: a\n  answer: true\n"
    )
    settings = Settings(seed=1, limit=90, arcade=True)
    app = app_of(tmp_path / "some.yaml", settings=settings)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        screen = quiz(app)
        screen.stop_clock()  # it is set by hand
        screen.asked_at = time.monotonic() - 30
        await screen.watch_clock()
        assert shown(app, "#head").endswith(" 1/1 0 pts +0 ×0 1:00")
        assert len(shown(app, "#head")) < 40
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        screen.asked_at = time.monotonic() - 30
        await screen.watch_clock()
        assert shown(app, "#head").endswith("   arcade 0   streak 0   1:00 left")
        screen.sitting.settings = msgspec.structs.replace(settings, exam=True)
        await screen.watch_clock()
        assert shown(app, "#head").endswith("   1/1   1:00 left"), "an exam tells nothing"
        await pilot.press("question_mark")
        screen.asked_at -= 70
        await screen.watch_clock()
        assert isinstance(app.screen, HelpScreen), "what is being read is not taken away"
        await pilot.press("escape")
        await screen.watch_clock()
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert [note.message for note in app._notifications] == ["The time is over."]
        assert app.screen.sitting.missed == ("a",)
        assert "90 s" in str(app.screen.summary())
        assert "1 not reached" in str(app.screen.summary())


async def test_an_answer_that_comes_as_the_time_ends_is_none(tmp_path: Path) -> None:
    app = app_of(deck_file(tmp_path, "claim", "typed"), settings=Settings(seed=1, limit=90))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = quiz(app)
        screen.stop_clock()  # it is set by hand
        screen.asked_at -= 91
        screen.call_later(screen.watch_clock)
        screen.post_message(Submitted(True))
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert not app.screen.sitting.attempts


async def test_what_is_typed_before_the_results_are_seen_does_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some.yaml").write_text(
        "deck: Some\nid: some\nquestions:\n- typed: x\n  id: a\n  answer: max\n"
    )
    app = app_of(tmp_path / "some.yaml", settings=Settings(seed=1, limit=90))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = quiz(app)
        screen.stop_clock()  # it is set by hand
        screen.asked_at -= 91
        await screen.watch_clock()
        await pilot.press("x", "q", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert not list(tmp_path.glob("newsdeck-*"))
        async with asyncio.timeout(60):
            while isinstance(app.screen, ResultsScreen):  # keys are heard again, in a moment
                await pilot.press("q")
        assert isinstance(app.screen, LibraryScreen)


async def test_a_title_of_two_lines_leaves_the_score_in_its_place(tmp_path: Path) -> None:
    app = playing(tmp_path, "- claim: x\n  id: a\n  answer: true\n", deck="|\n  two\n  lines")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(app, "#head").startswith(" two lines  ")


async def test_enter_in_a_field_of_the_start_panel_plays(app: NewsdeckApp) -> None:
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await answer(pilot, app, RIGHT[0])
        await pilot.press("enter", "q")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, StartScreen)
        for button in app.screen.query(Button):
            assert app.screen.region.contains_region(button.region)
        count, limit = app.screen.query_one("#count", Input), app.screen.query_one("#limit", Input)
        limit.focus()
        count.focus()
        await pilot.pause()
        assert limit.is_valid, "no number is none, and no fault"
        await pilot.press("2", "enter")
        await pilot.pause()
        assert quiz(app).sitting.total == 2


async def test_a_tick_is_told_by_a_sign_that_is_seen(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("q", "enter")
        await pilot.pause()
        for name, sign in (("#shuffled", "[x]"), ("#exam", "[ ]")):
            seen = list(app.screen.query_one(name).render_line(0))
            assert "".join(part.text for part in seen).startswith(sign)
            for part in seen:
                assert part.style is not None
                assert part.style.color != part.style.bgcolor


async def test_results_fit_and_name_the_gaps_of_a_cloze(tmp_path: Path) -> None:
    app = playing(tmp_path, "- cloze: In {1996::a year} it was {Viasna}.\n  id: a\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press(*["enter"] * 3)
        await pilot.pause()
        await pilot.press("exclamation_mark", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        assert shown(app, "KeyBar").endswith("q leave  ? help")
        assert all(len(line) <= 36 for line in shown(app, "#bars").splitlines())
        assert rows(app, OptionList)[0] == "✓ In [1] it was [2]."
        assert app.screen.query_one(KeyBar).region.width == 40
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "█" * 20 in shown(app, "#bars")
        assert app.screen.query_one(KeyBar).region.width == 120


async def test_a_reading_text_ends_at_the_bar(app: NewsdeckApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("2", "enter", "a")
        await pilot.pause()
        bar = app.screen.query_one(KeyBar).region
        assert (bar.width, bar.bottom) == (120, 40)


async def test_what_is_too_long_for_the_screen_is_read_by_keys(tmp_path: Path) -> None:
    text = "word " * 300
    app = playing(
        tmp_path,
        f"- choice: {text}?\n  id: one\n  answer: a\n  wrong: [b]\n"
        f"- card: Card?\n  id: card\n  answer: {text}.\n",
    )
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        asked, below = app.screen.query_one("#asked"), app.screen.query_one("#answer")
        await pilot.press("shift+down", "shift+down")
        assert asked.scroll_y == 2
        await pilot.press("shift+up")
        assert asked.scroll_y == 1
        await pilot.press("enter", "enter", "enter")
        await pilot.pause()
        assert asked.scroll_y == 0
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("pagedown", "down")
        await pilot.wait_for_animation()
        assert below.scroll_y > 1


async def test_the_gap_that_is_typed_in_is_seen(tmp_path: Path) -> None:
    app = playing(tmp_path, "- cloze: '" + " ".join("{a}" * 9) + "'\n  id: gaps\n")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        await pilot.press(*["a", "enter"] * 8)
        await pilot.pause()
        field, around = app.screen.focused, app.screen.query_one("#answer")
        assert field is app.screen.query(Input).last()
        assert around.region.contains_region(field.region)


async def test_what_has_the_focus_stays_in_view_where_the_terminal_shrinks(tmp_path: Path) -> None:
    gaps = "- cloze: '" + " ".join("{a}" * 9) + "'\n  id: gaps\n"
    rows = "- choice: x\n  id: rows\n  answer: 0\n  wrong: [" + ", ".join(map(str, range(1, 40)))
    app = playing(tmp_path, f"{gaps}{rows}]\n")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.pause()
        await pilot.press(*["a", "enter"] * 8)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        around, field = app.screen.query_one("#answer"), app.screen.query(Input).last()
        assert around.region.contains_region(field.region)
        await pilot.press("a", "enter", "enter")
        await pilot.resize_terminal(80, 40)
        await pilot.press(*["down"] * 25)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        assert any("●" in options.render_line(y).text for y in range(options.size.height))


async def test_a_page_is_not_turned_where_no_row_has_room(app: NewsdeckApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("end")
        await pilot.resize_terminal(1, 1)
        await pilot.press("pageup", "pagedown")
        await pilot.resize_terminal(80, 24)
        await pilot.press("pageup")
        await pilot.pause()
        assert app.screen.query_one(OptionList).highlighted == 0


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_prompt_and_choices_are_seen_at_every_size(
    app: NewsdeckApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#prompt").region.height >= 1
        assert app.screen.query_one(OptionList).region.height >= 3
