"""A learned gap stays learned: the real Anki keeps its schedule over every edit of the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from learner import Learner, learner, visible
from newsdeck.anki.gaps import gone, kept
from newsdeck.anki.html import rich
from test_anki import export

if TYPE_CHECKING:
    from anki.cards import Card

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Learner]:
    with learner(tmp_path / "anki") as opened:
        yield opened


def taken(anki: Learner, sentence: str, *words: object) -> str:
    """Export a deck of one cloze and import it; return what the export says."""
    Path("d.yaml").write_text(f"deck: D\nid: d\nquestions:\n- cloze: '{sentence}'\n  id: q\n")
    done = export("d.yaml", "-o", "d.apkg", *words)
    assert done.exit_code == 0, done.output
    anki.take(Path("d.apkg"))
    return done.output


def easily(anki: Learner) -> Card:
    """Learn the next card; return it."""
    deck = anki.collection.decks.id_for_name("D")
    assert deck is not None
    anki.collection.decks.select(deck)
    card = anki.collection.sched.getCard()
    assert card is not None
    anki.collection.sched.answerCard(card, 4)
    card.load()
    assert card.ivl
    return card


def asked(anki: Learner) -> dict[str, int]:
    """Return the interval of each card that asks something, by its answer."""
    empty = {card for note in anki.collection.get_empty_cards().notes for card in note.card_ids}
    found = {}
    for card in anki.cards():
        if card.id not in empty:
            answer = card.answer().split('class="cloze"')[1].partition(">")[2].partition("</span>")
            found[visible(answer[0])] = card.ivl
    return found


def test_a_learned_gap_stays_so_where_others_come_and_go(tmp_path: Path, anki: Learner) -> None:
    start = "The release came on a Saturday after two days of {talks} in Minsk."
    assert "Empty Cards" not in taken(anki, start)
    learned = easily(anki)
    assert "Empty Cards" not in taken(anki, start.replace("Saturday", "{Saturday}"))
    assert asked(anki) == {"talks": learned.ivl, "Saturday": 0}
    # Another machine knows it from the package that it writes over.
    for file in (tmp_path / "home" / "anki").iterdir():
        file.unlink()
    moved = "After two days of {Talks|meetings} in {Minsk} it came on a {Saturday::day}."
    assert "Empty Cards" not in taken(anki, moved)
    assert asked(anki) == {"Talks": learned.ivl, "Saturday": 0, "Minsk": 0}
    assert not anki.collection.get_empty_cards().notes


def test_the_number_of_a_gap_that_is_gone_is_not_given_to_another(
    tmp_path: Path, anki: Learner
) -> None:
    taken(anki, "It came after {talks} on a {Saturday}.")
    learned = easily(anki)
    told = "the cards of 1 gap that were taken out"
    assert told in taken(anki, "It came after talks on a {Saturday}.")
    assert asked(anki) == {"Saturday": 0}
    (empty,) = anki.collection.get_empty_cards().notes
    assert list(empty.card_ids) == [learned.id]
    Path("d.apkg").rename("before.apkg")
    for file in (tmp_path / "home" / "anki").iterdir():
        file.unlink()
    # It is told again, and stays known, also where only the package before says so.
    assert told in taken(anki, "{It} came after talks on a {Saturday}.", "--since", "before.apkg")
    assert asked(anki) == {"It": 0, "Saturday": 0}
    assert "Empty Cards" not in taken(anki, "{It} came after {talks} on a {Saturday}.")
    assert asked(anki) == {"It": 0, "talks": learned.ivl, "Saturday": 0}


def test_a_corrected_answer_keeps_its_card(anki: Learner) -> None:
    taken(anki, "He founded {Viasna} in {1996}.")
    learned = easily(anki)
    assert "Empty Cards" not in taken(anki, "He founded {Vesna} in {1997}.")
    assert asked(anki) == {"Vesna": learned.ivl, "1997": 0}


def test_the_same_again_gives_the_same_bytes(tmp_path: Path, anki: Learner) -> None:
    for sentence in ("{a} and {b}.", "{c}, a and {b}."):
        taken(anki, sentence)
    first = Path("d.apkg").read_bytes()
    taken(anki, "{c}, a and {b}.")
    assert Path("d.apkg").read_bytes() == first
    for file in (tmp_path / "home" / "anki").iterdir():
        file.unlink()
    taken(anki, "{c}, a and {b}.")
    assert Path("d.apkg").read_bytes() == first


@pytest.mark.parametrize(
    ("text", "earlier", "now"),
    [
        ("{{c1::a}}", "", "{{c1::a}}"),
        ("{{c1::a}} {{c2::a}}", "{{c2::a}} {{c1::a}}", "{{c2::a}} {{c1::a}}"),
        ("{{c1::b::h}} {{c2::a}}", "{{c1::a::h}}", "{{c2::b::h}} {{c1::a}}"),
        ("{{c1::<b>Ä</b>}}", "x {{c7::a}}", "{{c7::<b>Ä</b>}}"),
        ("{{c1::b}}", "{{c1::a}}. {{c2::b}}", "{{c2::b}}<!-- c1::a -->"),
        ("{{c1::b}}", "x {{c1::a}}", "{{c2::b}}<!-- c1::a -->"),
        ("{{c1::b}}", "x {{c499::a}}", "{{c1::b}}"),
        ("{{c1::a}}", "{{c2::a}}" + "é " * 200_000, "{{c1::a}}"),
    ],
)
def test_numbers(text: str, earlier: str, now: str) -> None:
    assert kept(text, earlier) == now
    assert gone(now) == now.count("<!--")


def test_an_earlier_package_can_write_nothing_into_a_card() -> None:
    probe = "--&gt;<script>x</script>{{c9::<img src=x>--&#62;}}<!-- c8::&lt;img&gt; --&gt; -->"
    for mark in (f"<!-- c3::{probe} -->", f"{{{{c3::{probe}}}}}", probe):
        now = kept("{{c1::b}}", mark)
        body = now.removeprefix("{{c10::b}}").removeprefix("{{c4::b}}")
        comments = body.split("-->")
        assert comments.pop() == ""
        assert all(c.startswith("<!-- c") and not set(c[4:]) & set("<>{}") for c in comments)


def test_a_gap_with_every_sign_is_known_again() -> None:
    shown = rich(r"a::b {c} <d> \(e\) *f* `g` -- ->")
    earlier = f"x {{{{c4::{shown}}}}} y"
    assert kept(f"{{{{c1::{shown}::h}}}}", earlier) == f"{{{{c4::{shown}::h}}}}"
    away = kept("{{c1::z}}", earlier)
    assert gone(away) == 1
    assert kept(f"{{{{c1::{shown}}}}} {{{{c2::z}}}}", away) == f"{{{{c4::{shown}}}}} {{{{c5::z}}}}"
