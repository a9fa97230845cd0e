"""The library and the author's view by lines, as commands; and what is printed for programs."""

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commands import newsdeck, run
from newsdeck.plain.lines import Left, Lines
from newsdeck.plain.preview import Preview
from newsdeck.write import SAMPLE
from playing import deck_file

ENOUGH = "\n" * 400


@pytest.fixture
def decks(tmp_path: Path, home: Path) -> Path:
    """A folder with a deck of two questions and a broken one."""
    folder = tmp_path / "some"
    folder.mkdir()
    deck_file(folder, "one", "claim")  # 2 is right in both, however they are shuffled
    (folder / "broken_*deck*.yaml").write_text("deck: B\nquestions:\n- chioce: x\n")
    return folder


def test_the_library_plays_goes_on_and_studies(decks: Path) -> None:
    typed = ["1", "2", "2", ":q", "2", "", "2", "", "s", ":q", "t", "z", "q"]
    done = newsdeck("--plain", decks, typed="".join(f"{line}\n" for line in typed))
    assert done.exit_code == 0
    assert "1. broken_*deck*.yaml: ✗ 1 problem" in done.output
    assert "did you mean `choice`" in done.output.lower()
    assert "2. All kinds: 2 questions\n" in done.output
    assert "; enter goes on, n begins anew" in done.output
    assert "2. All kinds: 2 questions · best 100% · played today" in done.output
    assert "All kinds, new 2, learning 0, due 0" in done.output
    assert "answers on 1 day" in done.output
    assert "? Type one of these." in done.output


LONG = "1" * 5000


def test_a_number_of_thousands_of_digits_names_nothing(tmp_path: Path, home: Path) -> None:
    file = deck_file(tmp_path, "one")
    assert "? Type one of these." in newsdeck("--plain", file, typed=f"{LONG}\nq\n").output
    told = newsdeck("preview", "--plain", file, typed=f"{LONG}\nq\n").output
    assert "? Type one of these." in told
    told = newsdeck("play", "--plain", file, typed=f"{LONG}\n:q\n").output
    assert "? Type numbers from 1 to 3." in told


def test_a_sitting_can_be_begun_anew(decks: Path) -> None:
    newsdeck("--plain", decks, typed="2\n\n\n")
    assert "2/2  " in newsdeck("--plain", decks, typed="2\n\n").output
    assert "1/2  " in newsdeck("--plain", decks, typed="2\nn\n").output


@pytest.mark.parametrize("words", [["play", "d"], ["study", "d"], ["preview", "d"], ["."], []])
def test_plain_holds_for_every_command_and_from_the_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "d.yaml").write_text(
        "deck: Dee\nid: d\nquestions:\n- typed: Q?\n  id: q\n  answer: a\n"
    )
    before = run("--plain", *words, home=home, folder=home)
    assert before.returncode == 0
    assert "Dee" in before.stdout
    assert "\x1b" not in before.stdout + before.stderr
    monkeypatch.setenv("NEWSDECK_PLAIN", "1")
    assert run(*words, home=home, folder=home).stdout == before.stdout


def test_the_authors_view_reads_the_file_and_turns(tmp_path: Path, home: Path) -> None:
    (tmp_path / "article.md").write_bytes((SAMPLE / "article.md").read_bytes())
    file = tmp_path / "deck.yaml"
    text = (SAMPLE / "deck.yaml").read_text()
    file.write_text(text)
    told = newsdeck("preview", file, "--plain", typed="n\np\np\n3\n99\n\nq\n").output
    assert told.startswith("0 problems\n\n1/9 line 26  A bridge for Elva\n")
    turns = [line.partition("/")[0] for line in told.splitlines() if "/9 line " in line]
    assert turns == ["1", "2", "1", "9", "3", "3"]
    assert "✗ A tunnel: A tunnel was proposed" in told
    assert "ID: bridge-for-elva/" not in told
    assert "? Type one of these." in told
    told = newsdeck("preview", file, "--plain", typed="3\nk\nq\n").output
    assert "ID: bridge-for-elva/tunnel-cost\n" in told
    file.write_text(text.replace("questions:", "qestions:"))
    told = newsdeck("preview", file, "--plain", typed="n\n\n").output
    assert "did you mean `questions`" in told.lower()
    assert "1/9 line" not in told


def test_the_authors_view_tells_what_a_save_changed_or_broke(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_bytes((SAMPLE / "article.md").read_bytes())
    file = tmp_path / "deck.yaml"
    text = (SAMPLE / "deck.yaml").read_text()
    file.write_text(text)
    told: list[str] = []
    saves = [
        text.replace("412\n  within", "about\n  within"),
        text.replace("They had 15%", "They all had 15%"),
    ]

    class Author(Lines):
        """Saves the file whenever the view asks what to do."""

        def ask(self, prompt: str) -> str:
            if not saves:
                raise Left
            file.write_text(saves.pop(0))
            return ""

        def tell(self, *rows: str) -> None:
            told.extend(rows)

    Preview(file, Author(io.StringIO(), io.StringIO())).run()
    places = [row.partition("/")[0] for row in told if "/9 line " in row]
    assert places == ["1", "5", "9"]


def test_the_authors_view_tells_a_questions_problems_with_it(tmp_path: Path) -> None:
    file = tmp_path / "d.yaml"
    file.write_text(
        "deck: D\nid: d\nquestions:\n- card: A?\n  answer: a\n- card: B?\n  answer: b\n"
    )
    told = newsdeck("preview", file, "--plain", typed="2\nq\n").output
    after = told.partition("2/2 line ")[2]
    assert "d.yaml:6:3: warning" in after
    assert "d.yaml:4:3" not in after


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("play", ["play", "belarus-words", "--json", "--exam", "--anew"]),
        ("stats", ["stats", "--json"]),
        ("items", ["stats", "belarus-words", "--items", "--json"]),
        ("check", ["check", "broken.yaml", "--format", "json"]),
    ],
)
def test_what_is_printed_as_json_fits_its_schema(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, what: str, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.yaml").write_text("deck: B\nquestions:\n- chioce: x\n")
    newsdeck("play", "belarus-words", "--plain", "--exam", typed=ENOUGH)
    schema = json.loads(newsdeck("schema", what).stdout)
    Draft202012Validator.check_schema(schema)
    found = json.loads(newsdeck(*words, typed=ENOUGH).stdout)
    assert found
    Draft202012Validator(schema).validate(found)
