"""Damaged files are refused in words: no byte that changes leads to another exception."""

import copy
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from newsdeck.anki import progress as packages
from newsdeck.anki import record as records
from newsdeck.anki.record import NotAPackage
from newsdeck.backup import Malformed, lines, merge
from newsdeck.check import check
from newsdeck.cli import main
from newsdeck.deck import load
from newsdeck.history import History, Record
from newsdeck.items import analyses
from newsdeck.library import bundled, find, shelf
from newsdeck.play import Play
from newsdeck.problem import DeckError, Problem
from newsdeck.progress import Entry, Progress
from newsdeck.report import markdown, report
from newsdeck.schedule import now
from newsdeck.session import Settings
from newsdeck.statistics import statistics
from newsdeck.study import Study
from newsdeck.write import SAMPLE

TRIES = 2 * settings().max_examples // 5
FOLDER = bundled() / "belarus-prisoner-release"
DECKS = [load(path) for path in shelf(FOLDER)]

Damage = list[tuple[float, int, bytes]]
"""What is done to a file: where (a share of its length), how many bytes go, and what comes."""

damages: st.SearchStrategy[Damage] = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 40),
        st.binary(max_size=8)
        | st.sampled_from(
            [b"'", b'"', b": ", b"- ", b"\n", b"\n- ", b"  ", b"{", b"}", b"[", b"&a ", b"*a", b"#",
             b"|\n", b"!!", b"\t", b"\xff", b"\x00", b"\xe2\x80\xae", b"::", b"wrong:", b"id: "]
        ),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip

damaging = settings(max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture])


def damaged(data: bytes, damage: Damage) -> bytes:
    for place, gone, come in damage:
        at = int(place * len(data))
        data = data[:at] + come + data[at + gone :]
    return data


def told(file: Path) -> list[Problem]:
    """Return what is told of a deck, of one that cannot be used something, all at its places."""
    lines = file.read_bytes().decode(errors="replace").splitlines()
    try:
        found = check(load(file))
    except DeckError as error:
        found = error.problems
        assert found, "refused without a word"
    for problem in found:
        assert str(problem).isprintable() or "\n" in str(problem)
        if problem.path == file and problem.line > 0:
            assert problem.line <= max(1, len(lines) + 1)
    return found


@damaging
@given(st.sampled_from(sorted(FOLDER.glob("*.yaml"))), damages, damages | st.just([]))
def test_a_damaged_deck(tmp_path: Path, deck: Path, in_deck: Damage, in_article: Damage) -> None:
    file = tmp_path / deck.name
    file.write_bytes(damaged(deck.read_bytes(), in_deck))
    article = (FOLDER / "article.md").read_bytes()
    (tmp_path / "article.md").write_bytes(damaged(article, in_article))
    told(file)


def test_a_deck_that_ends_early(tmp_path: Path) -> None:
    shutil.copy(SAMPLE / "article.md", tmp_path)
    text = (SAMPLE / "deck.yaml").read_text(encoding="utf-8")
    deck = tmp_path / "deck.yaml"
    ends = [at for at in range(len(text)) if not text[at - 1 : at].isalnum()]
    for at in ends:
        deck.write_text(text[:at], encoding="utf-8")
        told(deck)


Place = tuple[str | int, ...]
SHAPES: tuple[object, ...] = (
    {}, [], None, "", "0", [[]], [{}], [None], {"a": {}}, {"": "a"}, ["a", "a"], "{", "{|}", "a: b",
)  # fmt: skip


def spots(value: object, place: Place = ()) -> Iterator[Place]:
    """Find the place of every value within a value."""
    if place:
        yield place
    if isinstance(value, dict | list):
        for step, within in value.items() if isinstance(value, dict) else enumerate(value):
            yield from spots(within, (*place, step))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_value_of_any_shape_anywhere(tmp_path: Path, shape: object) -> None:
    shutil.copy(SAMPLE / "article.md", tmp_path)
    deck = tmp_path / "deck.yaml"
    whole = yaml.safe_load((SAMPLE / "deck.yaml").read_text(encoding="utf-8"))
    for place in spots(whole):
        changed = within = copy.deepcopy(whole)
        for step in place[:-1]:
            within = within[step]
        within[place[-1]] = shape
        deck.write_text(yaml.safe_dump(changed, sort_keys=False), encoding="utf-8")
        told(deck)


signs = st.sampled_from(
    ["[", "]", "{", "}", "'", '"', ",", ": ", ":", "- ", "? ", "|\n", ">\n", " # ", "#", "&a ",
     "*a", "!!x ", "%", "---\n", "...\n", "@", "\t", "\\", " ", "  ", "\n", "\n  ", "\n- ",
     "\n  - ", "\r", "\ufeff", "é", "1", "yes", "deck", "deck: a\n", "questions", "questions:\n",
     "choice", "match: ", "answer", "pairs", "{a}", "_"]
)  # fmt: skip


@settings(damaging, max_examples=5 * TRIES)
@given(st.lists(signs, max_size=14).map("".join))
def test_signs_in_any_order(tmp_path: Path, text: str) -> None:
    deck = tmp_path / "deck.yaml"
    deck.write_text(text, encoding="utf-8", newline="")
    told(deck)
    done = CliRunner().invoke(main, ["fix", str(deck), "--yes"])
    assert done.exit_code == 2, done.output


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("whole") / "history.sqlite"
    kept = History.open(file)
    deck = load(find("belarus-release"))
    game = Play(deck, Settings(seed=1), kept)
    for _ in range(20):
        game.answer(None, 1.0, False)
    kept.flag(deck.id, deck.questions[0].id, 1.0)
    progress = Progress(kept)
    study = Study([deck], progress, now())
    for _ in range(5):
        study.keep(study.judge(None, False, 5), now())
        study.now(now())
    kept.close()
    db = sqlite3.connect(file)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    return file


@damaging
@given(damage=damages)
@example(damage=[(0.07421875, 0, b"\x80")])  # a table's name is no text
def test_a_damaged_history(tmp_path: Path, history: Path, damage: Damage) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    file = tmp_path / "history.sqlite"
    file.write_bytes(damaged(history.read_bytes(), damage))
    kept = History.open(file)
    for deck in DECKS:
        left = kept.unfinished(deck.id)
        game = Play(deck, Settings(seed=1), kept, left)
        if game.sitting.current:
            game.answer(None, 1.0, False)
        kept.results(deck.id, {})
        kept.flagged(deck.id)
    kept.summary()
    Progress(kept).due(now())
    statistics(kept, DECKS, now())
    kept.answer("none", 0, Record("q", "x", Fraction(1), False, 1.0, False), 1.0)
    kept.close()


odd = st.one_of(
    st.none(), st.booleans(), st.integers(), st.just(10**40), st.floats(), st.just(1e300),
    st.text(st.characters(codec="utf-8"), max_size=3), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=1), st.integers(), max_size=2),
)  # fmt: skip


@damaging
@given(st.data())
def test_lines_of_a_history_that_say_odd_things(history: Path, data: st.DataObject) -> None:
    kept = History.open(history)
    written = [json.loads(line) for line in lines(kept)]
    kept.close()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(written))
        while True:
            key = data.draw(st.sampled_from(sorted(place)))
            if key == "answers":
                place = data.draw(st.sampled_from(place[key]))
            elif key == "settings":
                place = place[key]
            else:
                place[key] = data.draw(odd)
                break
    other = History.open(None)
    with suppress(Malformed):
        merge(other, [json.dumps(line).encode() for line in written])
        assert merge(other, list(lines(other))).answers == 0
        for deck in DECKS:
            game = Play(deck, Settings(seed=1), other, other.unfinished(deck.id))
            if game.sitting.current:
                game.answer(None, 1.0, False)
            assert markdown(report(game.sitting))
            game.finish()
            analyses(other, deck)
        assert other.trouble == ""
        statistics(other, DECKS, now())
        Study(DECKS, Progress(other), now())
    other.close()


@pytest.mark.parametrize(
    "line",
    [
        b"\x8c",
        b'{"type":"flag","deck":"\xff","question":"q","at":1}',
        b'{"type":"flag","deck":"d","question":"q","at":1,"x":' + b"[" * 100_000,
        b'{"type":"flag","deck":"d","question":"q","at":1e300}',
        b'{"type":"log","at":5,"deck":"d","question":"q","rating":1,"undoes":' + b"9" * 30 + b"}",
        b'{"type":"log","at":5,"deck":"d","question":"q","rating":1,"response":[[1]]}',
    ],
)
def test_a_line_that_would_break_something_later_is_refused(line: bytes) -> None:
    with pytest.raises(Malformed, match="line 1"):
        merge(History.open(None), [line])


def test_many_entries_of_one_moment_are_taken_up_in_no_more_time() -> None:
    entries = [Entry(1, "d", f"q{n}", event="suspend") for n in range(5_000)]
    assert Progress(History.open(None)).merge([*entries, *entries]) == len(entries)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    target = folder / "release.apkg"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSDECK_HOME", str(folder))
        done = CliRunner().invoke(main, ["export", "belarus-release", "-o", str(target)])
    assert done.exit_code == 0, done.output
    return target


@damaging
@given(damages, st.booleans())
def test_a_damaged_package(tmp_path: Path, package: Path, damage: Damage, within: bool) -> None:
    file = tmp_path / "damaged.apkg"
    if within:  # the archive is whole, and its database is not
        with zipfile.ZipFile(package) as whole, zipfile.ZipFile(file, "w") as archive:
            data = damaged(whole.read(records.COLLECTION), damage)
            archive.writestr(records.COLLECTION, data)
    else:
        file.write_bytes(damaged(package.read_bytes(), damage))
    for read in (packages.read, records.read):
        with suppress(NotAPackage):
            read(file)
