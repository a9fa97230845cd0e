"""A draft is a deck that can be read, says the truth of the text, and is clearly a draft."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.article import read
from newsdeck.candidates import candidates
from newsdeck.check import check
from newsdeck.deck import Deck, load
from newsdeck.draft import MOST, draft
from newsdeck.library import bundled
from newsdeck.write import SAMPLE

ARTICLE = """# The mill of Ost

The mill of Ost was built on 3 May 1880 by a guild of bakers. It burned down in June 1921.
Anna Weber, the mayor of Ost, said it was "the heart of the whole valley". The architect Paul
Stern, who had restored 12 mills, called the ruin "a beautiful heap of stones". A museum opened
in 1987. Lena Roth, a historian of trade, has written three books on it since 4 March 2003.
"""


def drafted(folder: Path, text: str) -> Deck:
    (folder / "a.md").write_text(text)
    file = folder / "d.yaml"
    file.write_text(draft(read(folder / "a.md"), "a.md"))
    return load(file)


def test_each_template_finds_its_facts(tmp_path: Path) -> None:
    deck = drafted(tmp_path, ARTICLE)
    questions = {question.prompt: question for question in deck.questions}
    spoken = questions["Whose words are these: “a beautiful heap of stones”?"]
    assert (spoken.kind, spoken.answer) == ("choice", "Paul Stern")  # type: ignore[union-attr]  # a choice
    assert questions["Who is the mayor of Ost?"].rivals == ("Anna Weber", "Weber")
    order = next(question for question in deck.questions if question.kind == "order")
    starts = [" ".join(item.split()[:3]) for item in order.items]  # type: ignore[union-attr]  # an order
    assert starts == ["The mill of", "It burned down", "A museum opened", "Lena Roth, a"]
    assert not re.search(r"\d{4}", " ".join(order.items))  # type: ignore[union-attr]  # an order
    match = next(question for question in deck.questions if question.kind == "match")
    assert match.pairs["Lena Roth"] == "A historian of trade"  # type: ignore[union-attr]  # a match
    kinds = {question.kind for question in deck.questions}
    assert kinds >= {"choice", "typed", "order", "match", "cloze"}


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        (SAMPLE / "article.md").read_text(),
        next(bundled().rglob("article.md")).read_text(),
    ],
)
def test_a_draft_is_no_deck_to_play_yet_but_its_evidence_stands(tmp_path: Path, text: str) -> None:
    deck = drafted(tmp_path, text)
    assert 5 <= len(deck.questions) <= MOST
    assert deck.title.startswith("DRAFT: ")
    found = check(deck)
    assert [p for p in found if p.severity == "error"] == []
    assert [p for p in found if p.rule in ("S02", "V02", "V03", "V04")] == []
    assert sum(p.rule == "Q08" for p in found) >= len(deck.questions)


def test_the_same_text_makes_the_same_draft(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE)
    assert draft(read(tmp_path / "a.md"), "a.md") == draft(read(tmp_path / "a.md"), "a.md")


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("On 3 May 2024 the bridge opened.", [("date", "3 May 2024")]),
        ("In 2024, Ada Brandt paid 38 million.", [("year", "2024"), ("name", "Ada Brandt"),
                                                  ("number", "38 million")]),
        ('The two said "never again in our lives" of it.',
         [("word", "two"), ("quotation", '"never again in our lives"')]),
        ("Nobody came.", []),
        ("A third of Elva's 1,613 houses.", [("name", "Elva"), ("number", "1,613")]),
    ],
)  # fmt: skip
def test_candidates_are_what_could_be_an_answer(
    sentence: str, found: list[tuple[str, str]]
) -> None:
    assert [(c.type, c.text) for c in candidates(sentence)] == found
    assert all(sentence[c.start : c.end] == c.text for c in candidates(sentence))


NAMES = ["Ada Brandt", "said", "called", '"a gift to us all"', "the mayor of Ost,", "mills", "The"]
NUMBERS = ["2024", "3 May 1990", "12", "%", "U.S.", "was", "is", "a"]
SIGNS = [*"*'\"…,.?|é", "{x}", ": ", " #", "- ", "::", "TODO", "\n\n"]
WORDS = st.sampled_from(NAMES + NUMBERS + SIGNS)


@given(st.lists(WORDS, min_size=1, max_size=60).map(" ".join))
def test_whatever_the_text_a_draft_with_questions_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("draft")
    (folder / "a.md").write_text(text)
    written = draft(read(folder / "a.md"), "a.md")
    if written:
        assert not [p for p in check(drafted(folder, text)) if p.severity == "error"]


def test_a_name_that_ends_a_sentence_has_no_full_stop() -> None:
    found = candidates('"We had stopped hearing the summer," said Quint.')
    assert found[-1].text == "Quint"


def test_a_number_counts_the_nearest_plural(tmp_path: Path) -> None:
    deck = drafted(
        tmp_path,
        "# News\n\nBetween two states whose relations have been bad, talks began. "
        "By then 12 famous political prisoners had been let go.\n",
    )
    asked = [question.prompt for question in deck.questions if question.kind == "number"]
    assert len(asked) == 2
    assert any("How many states …" in prompt for prompt in asked)
    assert any("How many famous political prisoners …" in prompt for prompt in asked)
