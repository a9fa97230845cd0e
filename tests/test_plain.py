"""The line mode, as a pipe and as a reader of lines sees it."""

import io
import json
from pathlib import Path

import pytest

from commands import run
from newsdeck.deck import Deck, load
from newsdeck.history import History
from newsdeck.library import bundled
from newsdeck.plain.lines import Lines
from newsdeck.plain.quiz import Quiz, play
from newsdeck.play import Play
from newsdeck.report import markdown
from newsdeck.session import Settings
from playing import IN_ORDER, deck_file


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    return load(deck_file(tmp_path))


def played(
    deck: Deck, typed: list[str], history: History | None = None, exam: bool = False
) -> tuple[str, Play]:
    history = history or History.open(None)
    left = history.unfinished(deck.id)
    game = Play(deck, Settings(seed=1, shuffled=False, exam=exam), history, left)
    out = io.StringIO()
    play(game, Lines(io.StringIO("".join(f"{line}\n" for line in typed)), out))
    return out.getvalue(), game


def ordered(game: Play) -> str:
    question = game.deck.question("order")
    assert question is not None
    options = game.sitting.options(question)
    return " ".join(str(options.index(item) + 1) for item in ("1", "3", "2"))


def test_all_kinds_right(deck: Deck) -> None:
    order = ordered(Play(deck, IN_ORDER, History.open(None)))
    typed = ["2", "1 2", "false", "viasna", "1,613 days", "1996", "viasna", order, "1", "2"]
    told, game = played(deck, [*typed, "", "y"])
    assert game.sitting.points == game.sitting.possible == 900
    assert "900 of 900 points · 100% right" in told
    assert "A salt." in told
    assert "\x1b" not in told


def test_a_miss_tells_everything_and_comes_back(deck: Deck) -> None:
    told, game = played(deck, ["1", ":t", "!"])
    assert "✗ Wrong\nAnswer: 2\nToo few.\nBecause.\n❝two of them❞  paragraph 1" in told
    assert "1  There were two of them." in told
    assert "Counted as right, on your word  +100" in told
    assert "Kept: play the deck again to go on." in told
    assert game.sitting.points == 100


def test_commands_cost_nothing(deck: Deck) -> None:
    told, game = played(deck, [":?", ":h", ":f", "!", ":t", "9", "1 2", "2"])
    for answer in ("Hint: More than one.", "Flagged.", "no verdict", "nothing to read", "1 to 3"):
        assert answer in told
    assert [attempt.hinted for attempt in game.sitting.attempts] == [True]
    assert game.history.flagged("kinds") == {"one"}


def test_a_last_miss_that_is_overruled_is_asked_no_more(tmp_path: Path) -> None:
    told, game = played(load(deck_file(tmp_path, "typed")), ["x", "!", ""])
    assert "1/1 again  Who?" in told
    assert "100 of 100 points" in told
    assert game.sitting.finished


def test_what_is_left_goes_on(deck: Deck) -> None:
    history = History.open(None)
    played(deck, ["2", ":q"], history)
    told, game = played(deck, ["1 2"], history)
    assert told.splitlines()[3].startswith("2/9  Which?")
    assert game.sitting.position == 2


def test_an_exam_tells_nothing_before_the_end(deck: Deck) -> None:
    told, _ = played(deck, ["1", "!", ":t", "1 2"], exam=True)
    assert "Wrong" not in told
    assert "two of them" not in told


def test_an_exam_tells_why_at_its_end_what_was_missed(deck: Deck) -> None:
    settings = Settings(seed=1, shuffled=False, only=("one", "claim"), exam=True)
    game = Play(deck, settings, History.open(None))
    out = io.StringIO()
    result = Quiz(game, Lines(io.StringIO("1\nfalse\n"), out)).run()
    told = "    you: 1\n    answer: 2\n    Too few.\n    Because.\n    ❝two of them❞  paragraph 1\n"
    assert told in out.getvalue()
    assert out.getvalue().count("Because.") == 1, "what was right is told without"
    assert "- answer: 2\n- Too few\\.\n- Because\\.\n- “two of them”, para" in markdown(result)


def test_a_line_of_a_match_that_cannot_be_read_is_asked_again_alone(tmp_path: Path) -> None:
    deck = load(deck_file(tmp_path, "match"))
    told, game = played(deck, ["1", "x", "2"])
    assert told.count("→ number") == 3
    assert "? Type numbers from 1 to" in told
    assert len(game.sitting.attempts) == 1


def test_another_form_of_the_answer_is_told_how_the_deck_has_it(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "deck: A\nid: a\nquestions:\n- number: N?\n  id: n\n  answer: 1,000\n  within: 10%\n"
        "- typed: T?\n  id: t\n  answer: Ales Bialiatski\n  accept: Bialiatski\n"
    )
    told, _ = played(load(file), ["1100", "Bialiatski"])
    assert "✓ Right  +100\nAnswer: 1,000\n" in told
    assert "✓ Right  +100\nAnswer: Ales Bialiatski\n" in told
    told, _ = played(load(file), ["1000", "ales bialiatski"])
    assert "Answer: 1" not in told
    assert "Answer: A" not in told


def test_an_empty_line_twice_is_no_answer(deck: Deck) -> None:
    told, game = played(deck, ["", ""])
    assert "Press enter again" in told
    assert game.sitting.attempts[0].response is None


def test_the_time_can_be_over(deck: Deck) -> None:
    game = Play(deck, Settings(seed=1, limit=60), History.open(None))
    clock = iter(range(0, 1000, 61))
    out = io.StringIO()
    Quiz(game, Lines(io.StringIO("1\n1\n1\n"), out), lambda: next(clock)).run()
    assert "The time is over." in out.getvalue()
    assert game.history.results("kinds", {})


def test_the_missed_are_played_again(deck: Deck) -> None:
    settings = Settings(seed=1, shuffled=False, only=("one", "claim"), exam=True)
    game = Play(deck, settings, History.open(None))
    out = io.StringIO()
    result = play(game, Lines(io.StringIO("1\nfalse\nm\n2\n"), out))
    assert result is not None
    assert result.points == 100
    assert out.getvalue().splitlines()[-3:-1] == ["✓ How many?", "    you: 2"]


def test_a_pipe_gets_json_and_no_escape_code(tmp_path: Path) -> None:
    words = ("play", "belarus-release", "--json", "--exam")
    done = run(*words, home=tmp_path, typed="\n" * 400)
    assert done.returncode == 0
    deck = load(bundled() / "belarus-prisoner-release" / "release.yaml")
    result = json.loads(done.stdout)
    assert len(result["questions"]) == len(deck.questions)
    assert "\x1b" not in done.stdout + done.stderr


def test_input_that_ends_early_keeps_the_answers(tmp_path: Path) -> None:
    words = ("play", "belarus-release", "--plain", "--in-order")
    for typed, told in (("2\n", "Kept"), ("", "Going on: 1 of")):
        done = run(*words, home=tmp_path, typed=typed)
        assert done.returncode == 0
        assert told in done.stdout


def test_a_sitting_is_compared_with_the_one_before(deck: Deck) -> None:
    settings = Settings(seed=1, shuffled=False, only=("one",), arcade=True, exam=True)
    history = History.open(None)
    for typed, told in (("1\n", "arcade 0"), ("2\n", "last time 0% · best 0%")):
        out = io.StringIO()
        play(Play(deck, settings, history), Lines(io.StringIO(typed), out))
        assert told in out.getvalue()
        assert "1/1  How many?" in out.getvalue(), "an exam tells nothing"


def test_a_result_is_saved(deck: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    game = Play(deck, Settings(seed=1, only=("one",)), History.open(None))
    play(game, Lines(io.StringIO("2\nx\n\n"), io.StringIO()))
    (saved,) = tmp_path.glob("newsdeck-kinds-*.json")
    assert json.loads(saved.read_text())["points"] == 100


def test_the_passage_is_told_from_the_text_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Here is nothing.\n")
    (tmp_path / "b.md").write_text("Here are two.\n")
    file = tmp_path / "deck.yaml"
    file.write_text(
        "deck: D\nid: d\nsource:\n- {title: A, text: a.md}\n- {title: B, text: b.md}\n"
        "questions:\n- typed: How many?\n  id: q\n  answer: two\n  evidence: are two\n"
        "- typed: Once more?\n  id: r\n  answer: two\n"
    )
    told, _ = played(load(file), ["two", ":t", "two", ":t"])
    assert "1  Here are two." in told
    assert "nothing." not in told
    assert "No passage" not in told
    file.write_text(file.read_text().replace("  evidence: are two\n", ""))
    told, _ = played(load(file), ["two", ":t"])
    assert "No passage is quoted for it." in told
