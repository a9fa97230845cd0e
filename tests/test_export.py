"""The export command as a person uses it: names, refusals, the formats that are no package."""

import csv
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from anki.import_export_pb2 import ImportCsvRequest

from learner import learner
from newsdeck.files import write_whole
from newsdeck.formats import FORMATS
from test_anki import QUESTIONS, export, write

pytestmark = pytest.mark.usefixtures("home")


def test_the_default_name_is_the_decks_id_or_the_folders_name(tmp_path: Path) -> None:
    deck = write(tmp_path / "news", QUESTIONS)
    assert export(deck).output == "release.apkg: 1 deck, 11 notes, 12 cards\n"
    other = deck.with_name("other.yaml")
    renamed = deck.read_text("utf-8").replace("id: release", "id: other")
    other.write_text(renamed.replace("deck: The release", "deck: Another"), "utf-8")
    assert export("news").output == "news.apkg: 2 decks, 22 notes, 24 cards\n"
    assert export(deck, other).output == "newsdeck.apkg: 2 decks, 22 notes, 24 cards\n"
    assert export(deck, deck).output == "release.apkg: 1 deck, 11 notes, 12 cards\n"


def test_every_problem_of_every_deck_is_said_and_nothing_written(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, ["- choice: x\n  id: x\n"])
    done = export("one", "two", "-o", "out.apkg")
    assert done.exit_code == 2
    assert "one/release.yaml:8:3" in done.output
    assert "two/release.yaml:8:3" in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_two_decks_of_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, QUESTIONS)
    done = export("one", "two", "-o", "out.apkg")
    assert done.exit_code == 2
    assert "two/release.yaml:2:5: error S02: the id `release` is that of" in done.output
    assert "one/release.yaml:2 as well\n" in done.output
    assert "Give one of them another id" in done.output


@pytest.mark.parametrize("form", ["apkg", *FORMATS])
def test_what_this_command_did_not_write_is_left_alone(tmp_path: Path, form: str) -> None:
    deck = write(tmp_path, QUESTIONS)
    target = tmp_path / "mine"
    target.write_text("My thesis.")
    done = export(deck, "-o", target, "--format", form)
    assert done.exit_code == 2
    assert "Nothing was written" in done.output
    assert target.read_text() == "My thesis."
    target.unlink()
    for _ in range(2):  # what it did write is replaced
        assert export(deck, "-o", target, "--format", form).exit_code == 0


@pytest.mark.parametrize("name", ["collection.anki21b", "other"])
def test_a_package_of_anki_or_of_nobody_is_left_alone(tmp_path: Path, name: str) -> None:
    target = tmp_path / "backup.apkg"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, b"x")
    before = target.read_bytes()
    assert export(write(tmp_path, QUESTIONS), "-o", target).exit_code == 2
    assert target.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "missing/out.apkg"], "missing/out.apkg`"),
        (["-o", "-"], "name it with -o"),
        (["--since", "release.yaml"], "is no Anki package"),
        (["--since", "release.yaml", "--format", "csv"], "--since"),
    ],
)
def test_what_cannot_be_is_said_plainly(tmp_path: Path, words: list[str], said: str) -> None:
    write(tmp_path, QUESTIONS)
    done = export("release.yaml", *words)
    assert (done.exit_code, done.exception.__class__) == (2, SystemExit)
    assert said in done.output


@pytest.mark.parametrize("date", ["today", "9" * 20, "9" * 5000])
def test_a_date_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, date: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", date)
    done = export(write(tmp_path, QUESTIONS))
    assert (done.exit_code, "SOURCE_DATE_EPOCH" in done.output) == (2, True)


def test_a_package_is_there_where_its_record_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "anki").write_text("no folder")
    done = export(write(tmp_path, QUESTIONS))
    assert done.exit_code == 2
    assert "`release.apkg` is written, but cannot be remembered" in done.output
    assert zipfile.is_zipfile(tmp_path / "release.apkg")


def test_a_spoilt_record_is_passed_over(tmp_path: Path) -> None:
    record = tmp_path / "home" / "anki" / "release.json"
    record.parent.mkdir(parents=True)
    record.write_text("{not json")
    assert export(write(tmp_path, QUESTIONS)).exit_code == 0
    assert len(json.loads(record.read_text())) == len(QUESTIONS)


# Tables


def test_a_table_has_a_row_for_each_question_and_says_what_is_lost(tmp_path: Path) -> None:
    done = export(write(tmp_path, QUESTIONS), "-o", "out.csv")
    assert done.stdout == "out.csv: 1 deck, 11 questions\n"
    assert done.stderr.startswith("Left out: rebuttals")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8-sig"))))
    assert [row["kind"] for row in rows[-2:]] == ["cloze", "card"]
    single, cloze = rows[0], rows[-2]
    assert sorted(single["options"].split("\n")) == ["few", "many", "none"]
    assert (single["answer"], single["tags"]) == ("many", "belarus\ntwo words")
    assert single["evidence"] == "pardoned and freed 123 people"
    assert cloze["question"] == "He founded ____ in ____ (a year)."
    assert cloze["answer"] == "Viasna; 1996"


def test_json_and_tsv_say_the_same(tmp_path: Path) -> None:
    deck = write(tmp_path, QUESTIONS)
    rows = json.loads(export(deck, "-o", "-", "--format", "json").stdout)
    table = export(deck, "-o", "-", "--format", "tsv").stdout
    tabled = list(csv.DictReader(io.StringIO(table), delimiter="\t"))
    assert [row["id"] for row in rows] == [row["id"] for row in tabled]
    assert ["\n".join(row["options"]) for row in rows] == [row["options"] for row in tabled]


def test_the_ending_of_the_name_chooses_the_format(tmp_path: Path) -> None:
    deck = write(tmp_path, QUESTIONS)
    for name, form in FORMATS.items():
        target = tmp_path / f"out{form.suffixes[0]}"
        assert export(deck, "-o", target).exit_code == 0
        assert target.read_bytes().startswith(form.head.encode(form.coding)), name
        target.write_text(form.head, "utf-8")  # as this command once wrote it
        assert export(deck, "-o", target).exit_code == 0


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["-o", "x.xlsx"], "can be written: .apkg, .csv, .tsv, .txt, .json, .md."),
        (["-o", "notes.zip"], "can be written: .apkg,"),
        (["-o", "r.csv", "--format", "apkg"], "format apkg ends in .apkg. Change"),
        (["-o", "r.apkg", "--format", "csv"], "format csv ends in .csv. Change"),
        (["-o", "r.dat", "--format", "tsv"], "format tsv ends in .tsv or .txt. Change"),
    ],
)
def test_a_name_that_contradicts_the_format_is_refused(
    tmp_path: Path, words: list[str], mend: str
) -> None:
    done = export(write(tmp_path, QUESTIONS), *words)
    assert (done.exit_code, mend in done.output) == (2, True)
    assert not (tmp_path / words[1]).exists()


def test_a_match_has_its_lefts_in_a_cell(tmp_path: Path) -> None:
    deck = write(tmp_path, QUESTIONS)
    rows = json.loads(export(deck, "-o", "-", "--format", "json").stdout)
    assert [row["lefts"] for row in rows if row["lefts"]] == [["Ada", "Bea", "Cleo"]]
    text = export(deck, "-o", "-", "--format", "markdown").stdout
    assert "1. Ada\n1. Bea\n1. Cleo\n\n- a " in text


@pytest.mark.parametrize(("form", "named"), [("csv", 4), ("tsv", None)])
def test_anki_imports_a_table(tmp_path: Path, form: str, named: int | None) -> None:
    """Anki sees what parts the cells of TSV; of CSV it wants to be told, as the README says."""
    target = tmp_path / f"out.{form}"
    export(write(tmp_path, QUESTIONS), "-o", target)
    with learner(tmp_path / "anki") as anki:
        collection = anki.collection
        metadata = collection.get_csv_metadata(str(target), named)  # type: ignore[arg-type]  # None is meant
        assert list(metadata.preview[0].vals)[:2] == ["deck", "id"]
        basic = collection.models.by_name("Basic")
        assert basic is not None
        metadata.global_notetype.id = basic["id"]
        metadata.global_notetype.field_columns[:] = [4, 6]
        metadata.deck_id = 1
        request = ImportCsvRequest(path=str(target), metadata=metadata)
        assert len(collection.import_csv(request).log.new) == 1 + len(QUESTIONS)  # and the heading
        (found,) = collection.find_notes('"Front:How many?"')
        options = collection.get_note(found)["Back"].split("<br>")
    assert sorted(options) == ["few", "many", "none"]


def test_markdown_shows_text_to_the_letter(tmp_path: Path) -> None:
    probe = '"<script>x</script> [a](b) \\u0023 `c`"'
    text = export(
        write(tmp_path, [f"- card: {probe}\n  id: x\n  answer: {probe}\n"]),
        "-o", "-", "--format", "markdown",
    ).stdout  # fmt: skip
    assert "## \\<script\\>x\\</script\\> \\[a\\]\\(b\\) \\# c" in text


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("-13.5%", "-13.5%"),
        ("+1,000", "+1,000"),
        ("＝1+1", "'＝1+1"),
        ("＠x", "'＠x"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_no_cell_is_a_formula(tmp_path: Path, written: str, cell: str, form: str) -> None:
    deck = write(tmp_path, [f"- card: x\n  id: x\n  answer: '{written}'\n"])
    text = export(deck, "-o", "-", "--format", form).stdout
    row = list(csv.reader(io.StringIO(text), delimiter="," if form == "csv" else "\t"))[1]
    assert row[4] == cell


# Files


def test_a_file_with_as_long_a_name_as_there_may_be_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 250)
    for data in (b"one", b"two"):
        write_whole(target, data)
        assert target.read_bytes() == data


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "file"
    write_whole(target, b"one")
    assert target.stat().st_mode & 0o777 == 0o666 & ~_mask()
    target.chmod(0o600)
    link = tmp_path / "link"
    link.symlink_to(target)
    write_whole(link, b"two")
    assert (target.read_bytes(), link.is_symlink()) == (b"two", True)
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path, b"three")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_what_is_still_to_be_written_is_counted_and_exported(tmp_path: Path) -> None:
    deck = write(
        tmp_path / "draft", [*QUESTIONS, "- card: TODO ask\n  id: todo\n  answer: TODO say\n"]
    )
    done = export(deck, "-o", "d.csv")
    assert done.exit_code == 0
    assert "1 question has TODO in a text: still to be written\n" in done.stderr
    assert (tmp_path / "d.csv").stat().st_size
