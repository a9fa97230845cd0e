"""Exported packages in a learner's Anki, over years of corrections: the real backend imports."""

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from commands import newsdeck
from learner import Learner, learner, visible
from newsdeck.anki.html import attribute, escaped, rich
from newsdeck.anki.notetypes import EDITION, FIELDS, note_type
from newsdeck.kinds import KINDS
from newsdeck.library import bundled

HEAD = """\
deck: The release
id: release
about: Who was <freed>.
tags: [belarus]
anki: News::Belarus
source: {title: Belarus frees 123, url: 'https://example.org/a?b="c"&d=[[1]]', text: a.md}
questions:
"""
QUESTIONS = [
    "- choice: How many?\n  id: single\n  answer: many\n"
    "  wrong:\n  - few: 'Not *few*.'\n  - none\n  hint: A crowd.\n  why: It said so.\n"
    "  evidence: pardoned and freed 123 people\n  tags: [two words]\n  level: 2\n",
    "- choice: Which?\n  id: several\n  answer: [Ada, Bea]\n  wrong: [Cleo, Dora]\n",
    "- claim: It rained.\n  id: claim\n  answer: false\n",
    "- order: From small?\n  id: order\n  items: [one, two, three, four]\n",
    "- match: Who is who?\n  id: match\n  pairs: {Ada: a poet, Bea: a smith, Cleo: a queen}\n"
    "  extra: [a king]\n",
    "- typed: Who founded it?\n  id: typed\n  answer: Aleś Bialiatski\n  accept: Bialiatski\n"
    "  reject:\n  - Coale: He spoke.\n",
    "- typed: Where?\n  id: plain\n  answer: Łódź Ægir Øþœđðıħŧŋß\n",
    "- typed: Which code?\n  id: exact\n  answer: aB\n  match: exact\n",
    "- number: How many days?\n  id: number\n  answer: 1613\n  within: 5%\n  unit: days\n",
    "- cloze: 'He founded {Viasna|Vyasna} in {1996::a year}.'\n  id: cloze\n",
    "- card: What is potash?\n  id: card\n  answer: A salt.\n",
]


def write(folder: Path, questions: list[str], head: str = HEAD) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "a.md").write_text("They pardoned and freed 123 people.\n")
    file = folder / "release.yaml"
    file.write_text(head + "".join(questions), "utf-8")
    return file


def export(*words: object) -> Result:
    return newsdeck("export", *words)


pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Learner]:
    with learner(tmp_path / "anki") as opened:
        yield opened


def exported(folder: Path, questions: list[str], head: str = HEAD) -> Path:
    package = folder / "out.apkg"
    done = export(write(folder, questions, head), "-o", package)
    assert done.exit_code == 0, done.output
    return package


def changed(place: int, old: str, new: str) -> list[str]:
    questions = list(QUESTIONS)
    assert old in questions[place]
    questions[place] = questions[place].replace(old, new)
    return questions


# What arrives


@pytest.mark.parametrize("decks", [str(bundled()), "all kinds"])
def test_everything_arrives_as_counted_and_every_card_shows(
    tmp_path: Path, anki: Learner, decks: str
) -> None:
    source = str(write(tmp_path, QUESTIONS)) if decks == "all kinds" else decks
    done = export(source, "-o", "out.apkg")
    notes, cards = map(int, re.findall(r"(\d+) (?:note|card)", done.output))
    assert anki.take(tmp_path / "out.apkg") == (notes, 0, 0, 0)
    assert (anki.collection.note_count(), anki.collection.card_count()) == (notes, cards)
    assert not anki.collection.get_empty_cards().notes
    for card in anki.cards():
        for page in (anki.front(card), anki.back(card)):
            assert "{{" not in page
            assert len(visible(page).strip()) > 5


def test_what_a_deck_says_reaches_the_card(tmp_path: Path, anki: Learner) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    (card,) = anki.note("release/single").cards()
    front, back = visible(anki.front(card)), visible(anki.back(card))
    assert "A crowd." in front
    assert "It said so." not in front
    for text in ("many", "Not few.", "It said so.", "freed 123 people\u00a0¶ 1", "two words"):
        assert text in back
    assert "<i>few</i>" in card.answer()
    assert 'href="https&#58;//example.org/a?b=&#34;c&#34;&#38;d=&#91;&#91;1' in card.answer()
    assert card.note().tags == ["belarus", "level::2", "two-words"]
    assert anki.collection.decks.name(card.did) == "News::Belarus::The release"


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("human rights", "human-rights"),
        ("हिन्दी", "हिन्दी"),
        ("a::b c", "a::b-c"),
        (":: a :: :b", "a::b"),
        ("<img/src=x> \u3000y*", "img/src-x-y"),
    ],
)
def test_tags_are_clean(tmp_path: Path, anki: Learner, written: str, tag: str) -> None:
    anki.take(exported(tmp_path, [QUESTIONS[2] + f"  tags: [{json.dumps(written)}]\n"]))
    assert anki.note("release/claim").tags == sorted(["belarus", tag])
    assert anki.collection.find_notes(f'tag:"{tag}"')


def test_new_cards_come_in_the_order_of_the_deck(tmp_path: Path, anki: Learner) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    cards = sorted(anki.cards(), key=lambda card: (card.due, card.ord))
    ids = list(dict.fromkeys(card.note()["ID"].partition("/")[2] for card in cards))
    assert ids == [re.findall(r"id: (\w+)", question)[0] for question in QUESTIONS]


def test_several_decks_make_a_tree(tmp_path: Path, anki: Learner) -> None:
    write(tmp_path / "one", QUESTIONS[:1])
    other = HEAD.replace("id: release", "id: other").replace("The release", "'A: other::one'")
    write(tmp_path / "two", QUESTIONS[:2], other)
    done = export(tmp_path / "one", tmp_path / "two", "-o", "out.apkg")
    assert "2 decks, 3 notes, 3 cards" in done.output
    assert anki.take(tmp_path / "out.apkg").new == 3
    names = {deck.name for deck in anki.collection.decks.all_names_and_ids()}
    assert {"News::Belarus::The release", "News::Belarus::A: other:one"} <= names


# Corrections


@pytest.mark.parametrize("title", ["Q&A [2] <3", "1 < 2 & 3", "[Update: x] {a}", r"C:\x"])
def test_a_deck_has_the_name_of_its_title_and_its_cards_show_it(
    tmp_path: Path, anki: Learner, title: str
) -> None:
    anki.take(exported(tmp_path, QUESTIONS, HEAD.replace("The release", json.dumps(title))))
    for card in anki.cards():
        assert anki.collection.decks.name(card.did) == f"News::Belarus::{title}"
        assert f"<bdi>{title}</bdi>" in card.question()
        assert f"<bdi>{title}</bdi>" in card.answer()


def test_a_renamed_deck_stays_under_its_old_name(tmp_path: Path, anki: Learner) -> None:
    """Anki's rule, of which the README tells: what is there already is not moved."""
    decks = anki.collection.decks
    renamed = HEAD.replace("deck: The release", "deck: Another name")
    anki.take(exported(tmp_path, QUESTIONS[2:]))
    anki.take(exported(tmp_path, QUESTIONS[2:], HEAD.replace("News::", "Old::")))
    (there,) = {card.did for card in anki.cards()}
    assert decks.name(there) == "News::Belarus::The release"
    package = tmp_path / "out.apkg"
    told = "a deck `News::Belarus::The release`, rename that to `News::Belarus::Another name`"
    for _ in range(2):
        assert told in export(write(tmp_path, QUESTIONS, renamed), "-o", package).output
    decks.rename(there, "News::Belarus::Another name")
    anki.take(package)
    assert {card.did for card in anki.cards()} == {there}
    assert "rename that" not in export(write(tmp_path, QUESTIONS[2:]), "-o", package).output


def test_a_package_of_another_machine_says_how_its_deck_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exported(tmp_path, QUESTIONS).rename(tmp_path / "before.apkg")
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path / "elsewhere"))
    deck = write(tmp_path, QUESTIONS, HEAD.replace("anki: News::Belarus\n", ""))
    done = export(deck, "-o", "new.apkg", "--since", before)
    assert "a deck `News::Belarus::The release`, rename that to `The release`" in done.output


def test_two_decks_of_one_title_are_told_to_be_one(tmp_path: Path, anki: Learner) -> None:
    write(tmp_path / "one", QUESTIONS[:1])
    write(tmp_path / "two", QUESTIONS[:2], HEAD.replace("id: release", "id: other"))
    done = export(tmp_path / "one", tmp_path / "two", "-o", "out.apkg")
    told = "`release` and `other` are one deck in Anki, `News::Belarus::The release`"
    assert told in done.output
    anki.take(tmp_path / "out.apkg")
    assert len({card.did for card in anki.cards()}) == 1


def test_the_same_again_changes_nothing(tmp_path: Path, anki: Learner) -> None:
    package = exported(tmp_path, QUESTIONS)
    first = package.read_bytes()
    anki.take(package)
    assert anki.take(exported(tmp_path, QUESTIONS)) == (0, 0, len(QUESTIONS), 0)
    assert package.read_bytes() == first


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
def test_a_reworded_question_is_updated_and_its_schedule_kept(
    tmp_path: Path, anki: Learner, place: int
) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    identity = re.findall(r"id: (\w+)", QUESTIONS[place])[0]
    card = anki.note(f"release/{identity}").cards()[0]
    card.type, card.queue = CARD_TYPE_REV, QUEUE_TYPE_REV
    card.ivl, card.reps, card.due, card.factor = 12, 5, 99, 2300
    anki.collection.update_card(card)
    reworded = list(QUESTIONS)
    reworded[place] = reworded[place].replace(": ", ": Reworded ", 1)
    assert anki.take(exported(tmp_path, reworded)) == (0, 1, len(QUESTIONS) - 1, 0)
    card.load()
    assert (card.ivl, card.reps, card.due, card.factor) == (12, 5, 99, 2300)
    assert "Reworded" in visible(card.question())


def test_notes_of_the_first_moment_can_be_corrected(
    tmp_path: Path, anki: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    anki.take(exported(tmp_path, QUESTIONS))
    reworded = changed(0, "How many?", "How many now?")
    assert anki.take(exported(tmp_path, reworded)) == (0, 1, len(QUESTIONS) - 1, 0)


def test_an_added_question_is_one_new_note(tmp_path: Path, anki: Learner) -> None:
    anki.take(exported(tmp_path, QUESTIONS[1:]))
    assert anki.take(exported(tmp_path, QUESTIONS)) == (1, 0, len(QUESTIONS) - 1, 0)


@pytest.mark.parametrize(
    ("questions", "head", "updated"),
    [
        (QUESTIONS, HEAD.replace("The release", "Another title"), 0),
        (QUESTIONS[::-1], HEAD, 0),
        (QUESTIONS, HEAD.replace("[belarus]", "[poland]"), len(QUESTIONS)),
        (changed(0, "level: 2", "level: 3"), HEAD, 1),
        (changed(0, "answer: many", "answer: [many]"), HEAD, 1),
        (changed(5, "accept: Bialiatski", "accept: [Bialiatski, A. B.]"), HEAD, 1),
    ],
    ids=["title", "order", "tag", "level", "single to several", "accepted"],
)
def test_no_change_makes_a_second_note(
    tmp_path: Path, anki: Learner, questions: list[str], head: str, updated: int
) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    again = anki.take(exported(tmp_path, questions, head))
    assert again == (0, updated, len(QUESTIONS) - updated, 0)
    assert anki.collection.note_count() == len(QUESTIONS)


def test_a_learners_own_edit_outlives_corrections_of_other_questions(
    tmp_path: Path, anki: Learner
) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    mine = anki.note("release/card")
    mine["Answer"] = "My own words."
    anki.collection.update_note(mine)
    anki.take(exported(tmp_path, changed(0, "How many?", "How many now?")))
    assert anki.note("release/card")["Answer"] == "My own words."


def test_a_learner_with_a_field_of_their_own_merges_note_types(
    tmp_path: Path, anki: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anki's rules, of which the README tells."""
    anki.take(exported(tmp_path, QUESTIONS))
    models = anki.collection.models
    model = models.by_name("Newsdeck Card")
    assert model is not None
    models.add_field(model, models.new_field("Mine"))
    models.update_dict(model)
    mine = anki.note("release/card")
    mine["Mine"], mine.tags = "My own words.", [*mine.tags, "mine"]
    anki.collection.update_note(mine)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4000000000")  # after the learner's edit
    package = exported(tmp_path, [q.replace("A salt.", "A potassium salt.") for q in QUESTIONS])
    assert anki.take(package).conflicting == 1
    assert anki.note("release/card")["Mine"] == "My own words."
    assert anki.take(package, merge_notetypes=True) == (0, 1, len(QUESTIONS) - 1, 0)
    corrected = anki.note("release/card")
    assert (corrected["Answer"], corrected["Mine"]) == ("A potassium salt.", "")
    assert corrected.tags == ["belarus"]


def times(package: Path) -> dict[str, int]:
    with zipfile.ZipFile(package) as archive:
        data = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    rows = connection.execute("SELECT flds, mod FROM notes").fetchall()
    connection.close()
    return {flds.rsplit("\x1f", 1)[1]: mod for flds, mod in rows}


def test_another_machine_goes_on_from_the_package_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    before = exported(tmp_path, QUESTIONS)
    kept = before.rename(tmp_path / "before.apkg")
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # its clock is behind
    deck = write(tmp_path, changed(0, "How many?", "How many now?"))
    export(deck, "-o", "new.apkg", "--since", kept)
    old, new = times(kept), times(tmp_path / "new.apkg")
    assert new["release/single"] == old["release/single"] + 1
    del old["release/single"], new["release/single"]
    assert new == old
    # Without --since, the file that is replaced says the same.
    monkeypatch.setenv("NEWSDECK_HOME", str(tmp_path / "third"))
    export(deck, "-o", kept)
    assert kept.read_bytes() == (tmp_path / "new.apkg").read_bytes()


def test_a_question_that_is_gone_can_be_found_in_anki(tmp_path: Path, anki: Learner) -> None:
    anki.take(exported(tmp_path, QUESTIONS))
    turned = changed(10, "- card: What is potash?", "- typed: What is potash?")[1:]
    done = export(write(tmp_path, turned), "-o", "out.apkg")
    search = done.output.splitlines()[-1]
    found = [anki.collection.get_note(note) for note in anki.collection.find_notes(search)]
    assert sorted(note["ID"] for note in found) == ["release/card", "release/single"]
    anki.take(tmp_path / "out.apkg")
    assert len(anki.collection.find_notes(search)) == 2
    # Told at every export, whatever the file is named: not every learner takes each.
    assert "1 question became another kind of note" in done.output
    for name in ("out.apkg", "new.apkg"):
        again = export(tmp_path / "release.yaml", "-o", name).output
        assert again.splitlines()[1:] == done.output.splitlines()[1:]


def test_a_question_that_comes_back_is_newer_than_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    package = exported(tmp_path, QUESTIONS)
    exported(tmp_path, QUESTIONS[1:])
    package.unlink()
    exported(tmp_path, changed(0, "How many?", "How many now?"))
    assert times(package)["release/single"] == 1800000001


def test_a_changed_template_gets_a_later_edition() -> None:
    """Where this fails after a change to a template: set EDITION to today, and the digest here."""
    models = [note_type(family) for family in FIELDS]
    sides = [(model.css, t["qfmt"], t["afmt"]) for model in models for t in model.templates]
    content = json.dumps([FIELDS, sides]).encode()
    assert (hashlib.sha256(content).hexdigest()[:16], EDITION) == (
        "7efdf221bbed3b56",
        1_795_636_800,
    )


def of_earlier_edition(package: Path, target: Path) -> Path:
    """Write a package as it was when its templates and its sheet were other ones."""
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files["collection.anki2"])
    models = json.loads(connection.execute("SELECT models FROM col").fetchone()[0])
    for model in models.values():
        model |= {"mod": EDITION - 1, "css": ".old {}"}
        for template in model["tmpls"]:
            template["afmt"] = f"Old. {template['afmt']}"
    connection.execute("UPDATE col SET models = ?", (json.dumps(models),))
    connection.commit()
    files["collection.anki2"] = connection.serialize()
    connection.close()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target


def test_a_later_edition_is_taken_without_a_conflict(tmp_path: Path, anki: Learner) -> None:
    package = exported(tmp_path, QUESTIONS)
    assert anki.take(of_earlier_edition(package, tmp_path / "old.apkg")).new == len(QUESTIONS)
    assert all(card.answer().count("Old. ") == 1 for card in anki.cards())
    assert anki.take(package) == (0, 0, len(QUESTIONS), 0)
    for card in anki.cards():
        assert "Old. " not in card.answer()
        assert ".old {}" not in card.answer()
    names = [kind.name for kind in anki.collection.models.all_names_and_ids()]
    assert sorted(name for name in names if name.startswith("Newsdeck")) == [
        "Newsdeck Card", "Newsdeck Choice", "Newsdeck Cloze", "Newsdeck Typed",
    ]  # fmt: skip


def test_ids_of_note_types_fields_and_templates_differ() -> None:
    models = [note_type(family) for family in FIELDS]
    ids = [model.model_id for model in models]
    ids += [part["id"] for model in models for part in (*model.fields, *model.templates)]
    assert len(set(ids)) == len(ids)


# Pictures


def test_images_go_in_flat_under_names_of_their_content(tmp_path: Path, anki: Learner) -> None:
    for folder, data in (("one", b"first"), ("two", b"second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "map.png").write_bytes(b"\x89PNG" + data)
    shown = '  image: {}/map.png\n  alt: A "map" of [x]\n'
    package = exported(
        tmp_path,
        [QUESTIONS[0] + shown.format("one"), QUESTIONS[-1] + shown.format("two"), QUESTIONS[2]],
    )
    anki.take(package)
    names = [
        re.findall(r'<img src="([^"/]+)" alt="A &#34;map&#34; of &#91;x&#93;">', note["Image"])[0]
        for note in map(anki.note, ("release/single", "release/card"))
    ]
    media = Path(anki.collection.media.dir())
    assert [(media / name).read_bytes() for name in names] == [b"\x89PNGfirst", b"\x89PNGsecond"]
    assert not anki.collection.media.check().missing


# What is refused


@pytest.mark.parametrize(
    ("questions", "place", "words"),
    [
        ([*QUESTIONS, "- card: No id\n  answer: x\n"], "release.yaml:56:3", "`id: no-id`"),
        (["- card: '\u00a0\u200b'\n  id: x\n  answer: y\n"], "release.yaml:8:1", "shows nothing"),
        (["- typed: Who?\n  id: x\n  answer: '\u200b'\n"], "release.yaml:8:1", "`answer`"),
        ([QUESTIONS[0] + "  image: ../x.png\n  alt: x\n"], "release.yaml:19:10", "outside"),
        ([QUESTIONS[0] + "  image: x.png\n  alt: x\n"], "release.yaml:19:10", "no file"),
    ],
    ids=["no id", "blank front", "blank answer", "escaping image", "no image"],
)
def test_what_would_be_lost_is_refused_with_its_place(
    tmp_path: Path, questions: list[str], place: str, words: str
) -> None:
    done = export(write(tmp_path, questions), "-o", "out.apkg")
    assert done.exit_code == 2
    assert place in done.output
    assert words in done.output
    assert not (tmp_path / "out.apkg").exists()


# Hostile text

PROBES = (
    "<script>document.title='ran'</script>", "<img src=x onerror=\"document.title='ran'\">",
    "[[type:Question]]", "[sound:a.mp3]", "[anki:tts lang=en]a[/anki:tts]", "[latex]x[/latex]",
    "[$]x[/$]", r"\(x\)", r"\[x\]", "{{c1::x::y}}", "{{Question}}", "}}", "::", "a:", ":b", "${x}",
    "`x`", "&lt;b&gt;", "</article>", "<!-- x", "\t=1+1",
)  # fmt: skip


def hostile(kind: str, probe: str) -> str:
    quoted, one = json.dumps(probe), json.dumps("1" + probe)
    two, three = json.dumps("2" + probe), json.dumps("3" + probe)
    own = {
        "choice": f"answer: {one}\n  wrong: [{{{two}: {quoted}}}, {three}]",
        "claim": "answer: true",
        "typed": f"answer: {one}\n  accept: {two}\n  reject: [{{{three}: {quoted}}}]",
        "number": f"answer: 12\n  unit: {quoted}",
        "order": f"items: [{one}, {two}, {three}]",
        "match": f"pairs: {{{one}: {two}, {three}: {quoted}}}\n  extra: [{one}]",
        "card": f"answer: {quoted}",
        "cloze": "why: x",
    }[kind]
    prompt = quoted if kind != "cloze" else json.dumps(re.sub(r"[{}|]", "", probe) + " {a\\:}")
    common = f"hint: {quoted}\n  evidence: {quoted}\n  tags: [{quoted}]\n"
    if kind != "cloze":
        common += f"  why: {quoted}\n"
    return f"- {kind}: {prompt}\n  id: {kind}\n  {own}\n  {common}"


@pytest.mark.parametrize("probe", PROBES)
def test_nothing_in_a_deck_has_an_effect_on_a_card(
    tmp_path: Path, anki: Learner, probe: str
) -> None:
    head = f"deck: {json.dumps(probe)}\nid: h\nabout: {json.dumps(probe)}\nquestions:\n"
    anki.take(exported(tmp_path, [hostile(kind, probe) for kind in KINDS], head))
    assert anki.collection.card_count() == len(KINDS)
    shown = rich(probe)
    for card in anki.cards():
        output = card.render_output()
        assert not output.question_av_tags
        assert not output.answer_av_tags
        deck = anki.collection.decks.name(card.did).rsplit("::", 1)[-1].replace("\u200c", "")
        assert deck in (re.sub(":{2,}", ":", probe.strip()).strip(":"), "h")
        for page in (card.question(), card.answer()):
            body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
            typed = 1 if 'data-kind="number"' in body or 'data-kind="typed"' in body else 0
            assert body.count("[[type:") == typed
            assert not re.search(r"<(script|img|anki)|\[(sound|latex|\$)|\\[(\[]|\{\{", body)
        assert visible(shown) in visible(card.answer())


@given(st.text(st.characters(codec=None) | st.sampled_from("&<>\"'{}[]\\:\n\x1f\x00"), max_size=40))
def test_escaped_text_is_shown_to_the_letter_and_means_nothing(text: str) -> None:
    shown = escaped(text)
    bare = shown.replace("<span></span>", "").replace("<br>", "")
    assert not re.search(r"[<>{}\[\]\\\x00-\x08\x0b-\x1f\ud800-\udfff]|::|&(?!#\d+;)", bare)
    value = attribute(text)
    assert not re.search(r"[<>{}\[\]\\\"\n:]|&(?!#\d+;)", value)
    if text.isprintable():
        assert visible(shown) == text


@given(st.text("ab:", max_size=6), st.text("ab:", max_size=6))
def test_no_two_texts_make_a_separator_where_they_meet(one: str, other: str) -> None:
    assert "::" not in escaped(one) + escaped(other)
