"""Progress goes into the real Anki and comes back: every review once, and due on the same days."""

import sqlite3
import time
import zipfile
from pathlib import Path

import pytest
from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.consts import QUEUE_TYPE_DAY_LEARN_RELEARN, QUEUE_TYPE_SUSPENDED
from click.testing import Result

from commands import newsdeck
from newsdeck.anki.package import deck_name
from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.library import bundled
from newsdeck.progress import Name, Progress
from newsdeck.schedule import DAY, Phase, State, day
from studying import learn

DECK = load(bundled() / "belarus-prisoner-release" / "release.yaml")
ANSWERS = 10

pytestmark = pytest.mark.usefixtures("home")


def kept(folder: Path) -> Progress:
    return Progress(History.open(folder / "home" / "history.sqlite"))


def taken_over(collection: Collection, package: Path) -> None:
    options = ImportAnkiPackageOptions(with_scheduling=True)
    request = ImportAnkiPackageRequest(package_path=str(package), options=options)
    assert len(collection.import_anki_package(request).log.new) == len(DECK.questions)


def answered(collection: Collection, number: int) -> list[int]:
    """Answer due cards, every fourth wrong; return the ids of the reviews."""
    deck_id = collection.decks.id_for_name(deck_name(DECK))
    assert deck_id is not None
    collection.decks.select(deck_id)
    for count in range(number):
        card = collection.sched.getCard()
        assert card is not None
        collection.sched.answerCard(card, 1 if count % 4 == 3 else 3)
    assert collection.db is not None
    return collection.db.list("select id from revlog order by id desc limit ?", number)


def due_in_anki(collection: Collection) -> dict[Name, tuple[int, int]]:
    """Return each note's type and, in days since 1970 or milliseconds, when it is due.

    Of a cloze, which has a card for each gap, the card that was answered last speaks. A learning
    step that ends after midnight is a review to us.
    """
    assert collection.db is not None
    today = day(time.time_ns() // 1_000_000) - collection.sched.today
    found: dict[Name, tuple[int, int]] = {}
    for fields, kind, queue, due in collection.db.execute(
        "select flds, cards.type, queue, due from cards join notes on notes.id = nid"
        " left join revlog on cid = cards.id order by coalesce(revlog.id, 0)"
    ):
        deck, _, question = fields.rsplit("\x1f", 1)[-1].partition("/")
        if kind == Phase.REVIEW or queue == QUEUE_TYPE_DAY_LEARN_RELEARN:
            found[deck, question] = (Phase.REVIEW, due + today)
        else:
            found[deck, question] = (kind, due * 1000)
    return found


def agree(states: dict[Name, State], anki: dict[Name, tuple[int, int]]) -> None:
    for name, state in states.items():
        kind, due = anki[name]
        assert kind == state.phase
        if state.phase is Phase.REVIEW:
            assert day(state.due) == due
        else:  # Anki puts up to a quarter, and five minutes, on a learning step
            assert 0 <= due - state.due // 1000 * 1000 <= 300_000


@pytest.mark.parametrize("form", ["apkg", "legacy", "colpkg"])
def test_thirty_days_here_ten_answers_there_and_back(
    tmp_path: Path, collection: Collection, form: str
) -> None:
    progress = kept(tmp_path)
    # Thirty days, and then a pause in which enough cards become due.
    start = time.time_ns() // 1_000_000 // DAY * DAY - 45 * DAY
    learn([DECK], progress, 30, new=2, start=start)
    states, log = progress.states(), list(progress.entries())
    standing = {entry.at for entry in progress.entries(standing=True)}
    progress.history.close()
    package = tmp_path / "out.apkg"
    done = newsdeck("export", DECK.id, "-o", package, "--with-progress")
    assert f"{len(states)} notes with progress" in done.output
    taken_over(collection, package)
    agree(states, due_in_anki(collection))
    assert collection.db is not None
    assert set(collection.db.list("select id from revlog")) == standing
    for card in collection.find_cards("card:1"):
        state = states[tuple(collection.get_card(card).note()["ID"].split("/"))]  # type: ignore[index]  # two parts
        memory = collection.get_card(card).memory_state
        assert memory is not None
        assert memory.stability == pytest.approx(state.stability, rel=1e-3)
        assert memory.difficulty == pytest.approx(state.difficulty, abs=1e-3)

    new = answered(collection, ANSWERS)
    due = due_in_anki(collection)
    back = tmp_path / f"back.{'colpkg' if form == 'colpkg' else 'apkg'}"
    if form == "colpkg":
        collection.export_collection_package(str(back), include_media=False, legacy=False)
        collection.reopen()
    else:
        options = ExportAnkiPackageOptions(with_scheduling=True, legacy=form == "legacy")
        deck_id = collection.decks.id_for_name(deck_name(DECK))
        assert deck_id is not None
        collection.export_anki_package(
            out_path=str(back), options=options, limit=DeckIdLimit(deck_id)
        )
    assert f"{ANSWERS} of them new" in newsdeck("import-progress", back).output
    progress = kept(tmp_path)
    entries = list(progress.entries())
    assert [e for e in entries if e.at not in new] == log
    assert {e.at for e in entries} - {e.at for e in log} == set(new)
    agree(progress.states(), due)
    progress.history.close()
    assert " 0 of them new" in newsdeck("import-progress", back).output


def test_suspended_cards_and_cards_in_learning_stay_so(
    tmp_path: Path, collection: Collection
) -> None:
    from newsdeck.study import Study

    now = time.time_ns() // 1_000_000
    progress = kept(tmp_path)
    study = Study([DECK], progress, now - 60_000)
    first = study.current
    study.keep(study.judge(None, False, 1000), now - 60_000)
    study.now(now)
    second = study.current
    assert first is not None
    assert second is not None
    study.keep(study.judge("?", False, 1000), now - 50_000)
    study._forced = second.name
    study.now(now)
    study.suspend(now)
    states = progress.states()
    progress.history.close()
    package = tmp_path / "out.apkg"
    newsdeck("export", DECK.id, "-o", package, "--with-progress")
    taken_over(collection, package)
    agree(states, due_in_anki(collection))
    (asleep,) = collection.find_cards(f"is:suspended ID:{DECK.id}/{second.question.id} card:1")
    assert collection.get_card(asleep).queue == QUEUE_TYPE_SUSPENDED


def given_back(collection: Collection, package: Path, **options: bool) -> Result:
    """Export the deck from Anki and import its progress."""
    deck_id = collection.decks.id_for_name(deck_name(DECK))
    assert deck_id is not None
    collection.export_anki_package(
        out_path=str(package),
        options=ExportAnkiPackageOptions(**{"with_scheduling": True} | options),
        limit=DeckIdLimit(deck_id),
    )
    return newsdeck("import-progress", package)


@pytest.mark.parametrize("legacy", [True, False])
def test_reviews_come_back_from_note_types_that_a_learner_has_changed(
    tmp_path: Path, collection: Collection, legacy: bool
) -> None:
    newsdeck("export", DECK.id, "-o", tmp_path / "out.apkg")
    taken_over(collection, tmp_path / "out.apkg")
    new = set(answered(collection, ANSWERS))
    models = collection.models
    for name, own in (("Newsdeck Choice", "My notes"), ("Newsdeck Typed", "")):
        model = models.by_name(name)
        assert model is not None
        if own:
            models.add_field(model, models.new_field(own))
        else:
            models.reposition_field(model, model["flds"][-1], 0)
        models.update_dict(model)
    done = given_back(collection, tmp_path / "back.apkg", legacy=legacy)
    assert f"{ANSWERS} of them new" in done.output
    assert "not recognised" not in done.output
    progress = kept(tmp_path)
    assert {entry.at for entry in progress.entries()} == new
    progress.history.close()


def test_what_is_suspended_in_anki_is_suspended_here_until_it_is_taken_back(
    tmp_path: Path, collection: Collection
) -> None:
    newsdeck("export", DECK.id, "-o", tmp_path / "out.apkg")
    taken_over(collection, tmp_path / "out.apkg")
    answered(collection, 2)
    new, learned = (collection.find_cards(f"is:{kind} card:1")[0] for kind in ("new", "learn"))
    cloze = next(
        note.id
        for note in map(collection.get_note, collection.find_notes("note:*Cloze is:new"))
        if len(note.cards()) > 1
    )
    asleep = [new, learned, collection.get_note(cloze).cards()[0].id]
    collection.sched.suspend_cards(asleep)
    back = tmp_path / "back.apkg"
    assert "Suspended as in Anki: 2 questions" in given_back(collection, back).output
    names = {collection.get_card(card).note()["ID"] for card in (new, learned)}
    progress = kept(tmp_path)
    found = {"/".join(name) for name, state in progress.states().items() if state.suspended}
    assert found == names
    assert "Suspended" not in newsdeck("import-progress", back).output
    newsdeck("study", DECK.id, "--resume")
    assert "Suspended" not in given_back(collection, back).output
    assert not any(state.suspended for state in progress.states().values())
    progress.history.close()


def test_notes_that_no_longer_name_their_question_are_counted(
    tmp_path: Path, collection: Collection
) -> None:
    newsdeck("export", DECK.id, "-o", tmp_path / "out.apkg")
    taken_over(collection, tmp_path / "out.apkg")
    answered(collection, ANSWERS)
    for number in collection.find_notes("note:Newsdeck*")[:2]:
        note = collection.get_note(number)
        note["ID"] = "mine"
        collection.update_note(note)
    done = given_back(collection, tmp_path / "back.apkg")
    assert done.exit_code == 0
    assert done.stderr.startswith("2 notes of Newsdeck's note types not recognised")


def test_a_package_without_reviews_of_ours_says_why(tmp_path: Path, collection: Collection) -> None:
    newsdeck("export", DECK.id, "-o", tmp_path / "out.apkg")
    taken_over(collection, tmp_path / "out.apkg")
    answered(collection, ANSWERS)
    done = given_back(collection, tmp_path / "back.apkg", with_scheduling=False)
    assert "tick `Include scheduling information`" in done.output
    assert f"{len(DECK.questions)} notes of Newsdeck's, and no reviews" in done.output
    collection.remove_notes(collection.find_notes("note:Newsdeck*"))
    basic = collection.models.by_name("Basic")
    assert basic is not None
    note = collection.new_note(basic)
    note["Front"] = "mine"
    deck_id = collection.decks.id_for_name(deck_name(DECK))
    assert deck_id is not None
    collection.add_note(note, deck_id)
    done = given_back(collection, tmp_path / "back.apkg")
    assert done.output.endswith("none of its notes is Newsdeck's\n")


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_package_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.apkg"
    file.write_bytes(data)
    done = newsdeck("import-progress", file)
    assert done.exit_code == 2
    assert "is no Anki package" in done.output


@pytest.mark.parametrize("words", [("import-progress",), ("export", DECK.id, "--since")])
@pytest.mark.parametrize(
    ("packed", "data"),
    [
        pytest.param(1, b"", id="nothing"),
        pytest.param(14, bytes(999), id="lzma"),
        pytest.param(99, bytes(999), id="an unknown packing"),
        pytest.param(8, b"\xff" * 999, id="torn"),
    ],
)
def test_a_package_that_cannot_be_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], packed: int,
    data: bytes,
) -> None:  # fmt: skip
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "x.apkg"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", data)
    if data:
        torn = bytearray(file.read_bytes())
        torn[8] = torn[torn.index(b"PK\x01\x02") + 10] = packed
        file.write_bytes(torn)
    done = newsdeck(*words, file)
    assert (done.exit_code, done.exception.__class__) == (2, SystemExit)
    assert "is no Anki package" in done.output


def test_a_package_with_a_password_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path))
    file = tmp_path / "x.apkg"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", b"x")
    locked = bytearray(file.read_bytes())
    locked[6] = locked[locked.index(b"PK\x01\x02") + 8] = 1
    file.write_bytes(locked)
    assert newsdeck("import-progress", file).exit_code == 2


def tampered(package: Path, change: str) -> None:
    """Change the database of a package."""
    with zipfile.ZipFile(package) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    db = sqlite3.connect(":memory:")
    db.deserialize(parts["collection.anki2"])
    db.execute(change)
    db.commit()
    parts["collection.anki2"] = db.serialize()
    db.close()
    with zipfile.ZipFile(package, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    "change",
    [
        "update revlog set id = -5 where id = (select min(id) from revlog)",
        "update revlog set id = 9223372036854775807 where id = (select min(id) from revlog)",
        "update revlog set ivl = 999999999",
        "update revlog set ivl = 'long', ease = 'good'",
        "update notes set flds = x'ff00ff'",
        "drop table revlog",
    ],
)
def test_a_package_that_was_tampered_with_breaks_nothing(tmp_path: Path, change: str) -> None:
    progress = kept(tmp_path)
    learn([DECK], progress, 2)
    before = list(progress.entries())
    package = tmp_path / "out.apkg"
    newsdeck("export", DECK.id, "-o", package, "--with-progress")
    tampered(package, change)
    done = newsdeck("import-progress", package)
    assert done.exit_code in (0, 2)
    assert list(progress.entries()) == before
    progress.rebuild()
    progress.history.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ('update col set decks = replace(decks, \'"name": "\', \'"name": "Old\\u001b[31m\\n\')', 0),
        ("update col set decks = x'ff00'", 2),
        ("update col set decks = '[]'", 2),
        ("delete from col", 0),
        ("drop table col", 2),
        ("update cards set did = 'x', nid = 'y'", 0),
    ],
)
def test_names_of_decks_that_were_tampered_with_do_nothing(
    tmp_path: Path, change: str, code: int
) -> None:
    package = tmp_path / "out.apkg"
    newsdeck("export", DECK.id, "-o", package)
    tampered(package, change)
    for file in (tmp_path / "home" / "anki").iterdir():
        file.unlink()
    done = newsdeck("export", DECK.id, "-o", tmp_path / "new.apkg", "--since", package)
    assert done.exit_code == code
    assert "\x1b" not in done.output
    assert ("`Old[31m " in done.output) == ("Old" in change)


def test_without_the_option_a_package_says_nothing_of_its_author(
    tmp_path: Path, collection: Collection
) -> None:
    progress = kept(tmp_path)
    learn([DECK], progress, 3)
    progress.history.close()
    package = tmp_path / "out.apkg"
    newsdeck("export", DECK.id, "-o", package)
    taken_over(collection, package)
    assert collection.db is not None
    assert collection.db.scalar("select count(*) from revlog") == 0
    assert collection.db.scalar("select count(*) from cards where type > 0 or reps > 0") == 0
