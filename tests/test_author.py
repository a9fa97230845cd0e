"""The commands of who writes decks, as real processes: from nothing to a deck that is clean."""

import json
import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest

from commands import ENTRY, run
from newsdeck.write import SAMPLE


def run_in(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(*words, home=folder / "home", folder=folder)


def test_from_an_article_to_a_deck_that_is_clean(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("# News\n\nSomething happened.\n")
    done = run_in(tmp_path, "new", "bridge", "--article", "mine.md")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "bridge/bridge.yaml"
    assert "newsdeck draft bridge/article.md\n" in done.stdout
    written = (tmp_path / "bridge" / "bridge.yaml").read_text()
    assert "\nabout:" not in written  # it would say of the article what the samples are about
    assert run_in(tmp_path, "check", "bridge", "--strict").stdout == "ok: 9 questions in 1 deck\n"
    assert "`bridge/bridge.yaml`" in run_in(tmp_path, "preview", "bridge").stderr
    again = run_in(tmp_path, "new", "bridge")
    assert again.returncode == 2
    assert "already" in again.stderr
    assert run_in(tmp_path, "new", "a\nb").returncode == 2


def test_fix_shows_the_difference_and_writes_when_told(tmp_path: Path) -> None:
    run_in(tmp_path, "new", "d")
    deck = tmp_path / "d" / "d.yaml"
    whole = deck.read_text()
    deck.write_text("".join(row for row in whole.splitlines(True) if row != "  id: mayor\n"))
    lost = deck.read_text()
    shown = run_in(tmp_path, "fix", "d")
    assert shown.returncode == 1
    assert "\n+  id: who-was-the-mayor-of-elva\n" in shown.stdout
    assert deck.read_text() == lost
    assert run_in(tmp_path, "fix", "d", "--yes").returncode == 0
    assert deck.read_text() == whole.replace("id: mayor", "id: who-was-the-mayor-of-elva")
    assert "nothing to write" in run_in(tmp_path, "fix", "d").stdout
    deck.write_text(lost)
    deck.chmod(0o444)
    refused = run_in(tmp_path, "fix", "d", "--yes")
    assert (refused.returncode, "cannot be written: It is read-only" in refused.stderr) == (
        2,
        True,
    )
    assert deck.read_text() == lost
    deck.chmod(0o644)
    deck.write_text("deck: [\n")
    assert run_in(tmp_path, "fix", "d", "--yes").returncode == 2
    assert deck.read_text() == "deck: [\n"


def test_fix_asks_at_a_terminal(tmp_path: Path) -> None:
    run_in(tmp_path, "new", "d")
    deck = tmp_path / "d" / "d.yaml"
    deck.write_text(deck.read_text().replace("  id: mayor\n", ""))
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(tmp_path)
        os.execv(ENTRY[0], [*ENTRY, "fix", "d"])
    seen = b""
    while b"[y/N]" not in seen and select.select([terminal], [], [], 30)[0]:
        seen += os.read(terminal, 65536)
    os.write(terminal, b"y\n")
    status = os.waitpid(pid, 0)[1]
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "  id: who-was-the-mayor-of-elva\n" in deck.read_text()


def test_draft_writes_beside_the_article_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes((SAMPLE / "article.md").read_bytes())
    assert run_in(tmp_path, "draft", "a.md", "-o", "a.yaml").returncode == 0
    found = run_in(tmp_path, "check", "a.yaml")
    assert found.returncode == 0
    assert re.search(r"^ok: \d+ questions in 1 deck, \d+ warnings", found.stdout, re.MULTILINE)
    assert run_in(tmp_path, "check", "a.yaml", "--strict").returncode == 1
    assert run_in(tmp_path, "draft", "a.md", "-o", "a.yaml").returncode == 2
    assert run_in(tmp_path, "draft", "a.md").stdout == (tmp_path / "a.yaml").read_text()
    assert run_in(tmp_path, "new", "made", "--article", "a.md").returncode == 0
    assert run_in(tmp_path, "draft", "made/article.md", "-o", "made/b.yaml").returncode == 0
    first = (tmp_path / "made" / "b.yaml").read_text().splitlines()[0]
    assert (tmp_path / "made" / first.removeprefix("# yaml-language-server: $schema=")).is_file()
    (tmp_path / "sub").mkdir()
    apart = run_in(tmp_path, "draft", "a.md", "-o", "sub/a.yaml")
    assert (apart.returncode, "beside its reading text" in apart.stderr) == (2, True)
    (tmp_path / "none.md").write_text("nothing here to ask for at all.\n")
    assert "Nothing was found" in run_in(tmp_path, "draft", "none.md").stderr


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_problems_are_written_for_machines(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.yaml").write_text("deck: a\nid: a\nquestions:\n- card: x\n  answer: y\n")
    (tmp_path / "b.yaml").write_text("deck: b\nquestions:\n- clam: x\n")
    done = run_in(tmp_path, "check", ".", "--format", form)
    assert done.returncode == 2
    for rule in ("S01", "S02", "Q09"):
        assert rule in done.stdout
    if form != "github":
        json.loads(done.stdout)


def test_stats_stand_beside_yardsticks(tmp_path: Path) -> None:
    run_in(tmp_path, "new", "d")
    done = run_in(tmp_path, "check", "d", "--stats")
    assert done.returncode == 0
    assert "45% NewsQuizQA" in done.stdout
    assert run_in(tmp_path, "check", "d", "--stats", "--format", "json").returncode == 2


def test_explain_needs_no_deck_and_offers_the_nearest(tmp_path: Path) -> None:
    assert run_in(tmp_path, "check", "--explain", "C05").stdout.startswith("C05 (note): ")
    assert len(run_in(tmp_path, "check", "--explain", "all").stdout.splitlines()) > 50
    wrong = run_in(tmp_path, "check", "--explain", "C5")
    assert (wrong.returncode, "C05" in wrong.stderr) == (2, True)
    assert run_in(tmp_path, "check", "d", "--select", "X").returncode == 2


def test_a_deck_that_is_named_twice_is_checked_once(tmp_path: Path) -> None:
    run_in(tmp_path, "new", "d")
    told = run_in(tmp_path, "check", "d", "d/d.yaml", str(tmp_path / "d")).stdout
    assert told == "ok: 9 questions in 1 deck\n"


def test_the_end_says_how_to_silence_a_rule_and_which_were_not_asked(tmp_path: Path) -> None:
    deck = tmp_path / "d.yaml"
    text = "deck: D\nid: d\nquestions:\n- card: Who now?\n  id: x\n  answer: y\n  why: z\n"
    deck.write_text(text)
    done = run_in(tmp_path, "check", "d.yaml")
    assert done.stdout.splitlines()[-1] == (
        "Where you know better: `ignore: Q02` in the question; `--explain Q02` says why."
    )
    deck.write_text(text.replace("id: d", "id: d\nlanguage: de"))
    done = run_in(tmp_path, "check", "d.yaml")
    told = r"ok: 1 question in 1 deck\n\d+ rules know English words alone .* of `de`\.\n"
    assert re.fullmatch(told, done.stdout)
    assert "English" not in run_in(tmp_path, "check", "d.yaml", "--select", "V").stdout


def test_a_copy_with_the_same_id_is_told(tmp_path: Path) -> None:
    text = "deck: Tram\n{}questions:\n- card: x?\n  id: x\n  answer: y\n  why: z\n"
    (tmp_path / "tram.yaml").write_text(text.format("id: tram\n"))
    (tmp_path / "copy.yaml").write_text("# A copy\n" + text.format("id: 'tram'\n"))
    (tmp_path / "other.yaml").write_text(text.format("id: other\n"))
    told = "tram.yaml:2:5: error S02: the id `tram` is that of copy.yaml:3 as well\n"
    for decks in (["."], ["tram.yaml"], ["copy.yaml", "tram.yaml"]):
        done = run_in(tmp_path, "check", *decks)
        assert (done.returncode, done.stdout.count("S02")) == (1, 1)
        assert done.stdout.startswith(told)
    assert run_in(tmp_path, "check", ".", "--ignore", "S02").returncode == 0
    assert run_in(tmp_path, "check", "other.yaml").returncode == 0
    listed = run_in(tmp_path, "list", ".")
    assert "`tram.yaml` and `copy.yaml` have the same id" in listed.stderr
    assert len(listed.stdout.splitlines()) == 3


def test_a_file_here_that_lacks_its_ending_is_offered(tmp_path: Path) -> None:
    (tmp_path / "wolves.yaml").write_text("deck: W\n")
    assert "Did you mean the file `wolves.yaml`?" in run_in(tmp_path, "play", "wolves").stderr
    (tmp_path / "notes").mkdir()
    (tmp_path / "wolves.yaml").rename(tmp_path / "notes" / "wolves.txt")
    assert "no file there ends in .yaml" in run_in(tmp_path, "check", "notes").stderr


def test_an_empty_name_is_no_folder(tmp_path: Path) -> None:
    run_in(tmp_path, "new", "d")
    done = run_in(tmp_path, "check", "")
    assert done.returncode == 2
    assert "There is no deck ``." in done.stderr
