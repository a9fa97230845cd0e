"""A draft is a deck that can be read, says the truth of the text, and is clearly a draft."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import newsdeck
from newsdeck.article import read
from newsdeck.candidates import candidates, english, people, roles, speakers
from newsdeck.check import check
from newsdeck.deck import Deck, load
from newsdeck.draft import MOST, draft
from newsdeck.grade import grade
from newsdeck.kinds import Cloze
from newsdeck.library import bundled
from newsdeck.write import SAMPLE

ARTICLE = """# The mill of Ost

The mill of Ost was built on 3 May 1880 by a guild of bakers. It burned down in June 1921.
Anna Weber, the mayor of Ost, said it was "the heart of the whole valley". The architect Paul
Stern, who had restored 12 mills, called the ruin "a beautiful heap of stones". A museum opened
in 1987. Lena Roth, a historian of trade, wrote the first of three books on it in March 2003.
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


def test_a_draft_passes_over_sentences_without_an_end(tmp_path: Path) -> None:
    endless = "The bakers of Ost had 77 ovens" + " and 12 mills of stone" * 30
    quoted = [
        q for one in drafted(tmp_path, f"{ARTICLE}\n{endless}.\n").questions for q in one.quotations
    ]
    assert quoted
    assert not any("77 ovens" in quotation for quotation in quoted)
    endless = endless[:400]
    assert "77 ovens" in str(drafted(tmp_path, f"{ARTICLE}\n{endless}.\n").questions)


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
        ("She drove the last hundred metres.", []),
        ("It took two thirds of it, or two and a half.", []),
        ("Some two hundred and fifty came.", [("word", "two hundred and fifty")]),
        ("At 11:20 it was 10-15 or 20 to 30, and forty-two.", [("word", "forty-two")]),
        ("About one in five houses, or two out of 10.", []),
        ("A 50-year-old had COVID-19 on the 3rd.", [("name", "COVID-19")]),
        ("Its leader, Ona Li of the Citizens’ List, left.",
         [("name", "Ona Li of the Citizens’ List")]),
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


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("“We do not read spreadsheets,” Paul Stern told the Courier.",
         [("Paul Stern", "“We do not read spreadsheets,”")]),
        ("“We do not read spreadsheets,” he told the Ost Courier.", []),
        ("“We do not read spreadsheets,” said the architect Paul Stern.",
         [("Paul Stern", "“We do not read spreadsheets,”")]),
        ("Weber, she said, “never changed her mind about it”.", []),
        ("The head of the building office, Paul Stern, called it “a heap of stones”.",
         [("Paul Stern", "“a heap of stones”")]),
        ("A spokesman for the mayor, Anna Weber, called it “a heap of stones”.", []),
        ("The words of Anna Weber told of “a heap of stones”.", []),
        ("Paul Stern and Anna Weber called it “a heap of stones”.", []),
        ("The guild, Paul Stern, called “the iron man” by all, left.", []),
        ("Mayor Anna Weber, who had left early, said it was “a heap of stones”.",
         [("Anna Weber", "“a heap of stones”")]),
        ("Anna Weber called it “a heap of stones”; Paul Stern called it “a gift to us all”.",
         [("Anna Weber", "“a heap of stones”"), ("Paul Stern", "“a gift to us all”")]),
        ("In a letter to Anna Weber, the guild called it “a heap of stones”.", []),
        ("The Ost Geographic called it “a heap of stones”.", []),
    ],
)  # fmt: skip
def test_a_quotation_has_the_speaker_whom_the_sentence_names_or_none(
    sentence: str, found: list[tuple[str, str]]
) -> None:
    assert [(name, words) for name, words in speakers(sentence) if words] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("They crossed the Stone Bridge of Ost, a town of 182,400 people on the Mirna.", []),
        ("They reached Ost, a town of 182,400 people on the Mirna.",
         [("Ost", "a town of 182,400 people on the Mirna")]),
        ("The head of the building office, Paul Stern, defended it.",
         [("Paul Stern", "the head of the building office")]),
        ("She stood on the bridge, Anna Weber said.", []),
        ("When they came to Ost, a group of bakers met them.", []),
    ],
)  # fmt: skip
def test_a_role_is_whole_and_is_said_of_the_name(
    sentence: str, found: list[tuple[str, str]]
) -> None:
    assert list(roles(sentence)) == found


def test_people_are_those_who_speak_have_a_title_or_a_role_or_are_called_by_their_last_name() -> (
    None
):
    found = people(
        [
            "At the Central Station, Mayor Anna Weber met Paul Stern of the Ost Courier.",
            "There was Lena Roth, a historian, near the Garden Gate, and Stern said nothing.",
            "“We shall see about that,” Ona Li told the Evening Courier.",
        ]
    )
    assert set(found) == {"Anna Weber", "Paul Stern", "Lena Roth", "Ona Li"}


def test_a_gap_takes_a_number_with_and_without_what_it_counts(tmp_path: Path) -> None:
    text = (
        "# Money\n\nMost of the cost of the mill, 21% of it, came from the European Union.\n\n"
        "Building the new mill had cost €312.5 million when it was done.\n\n"
        "After that the mill took in two million in its best year.\n"
    )
    clozes = [q for q in drafted(tmp_path, text).questions if isinstance(q, Cloze)]
    gaps = {question.gaps[0].accepted[0]: question for question in clozes}
    for answer, right, wrong in (
        ("21", ["21", "21%", "21 %"], ["2", "21 million"]),
        ("312.5", ["312.5", "312.5 million", "€312.5 million", "312,500,000"], ["312", "3125"]),
        ("two", ["two", "2", "2 million", "two million"], ["3", "2 thousand"]),
    ):
        assert all(grade(gaps[answer], (given,)).right for given in right)
        assert not any(grade(gaps[answer], (given,)).right for given in wrong)


def test_things_are_put_in_order_in_whole_sentences_with_a_date_of_their_own(
    tmp_path: Path,
) -> None:
    sure = [
        "The mill was built on Monday, 3 May 1880.",
        "The mill burned down in June 1921.",
        "In 1950 the guild of bakers bought the ruin.",
    ]
    unsure = [
        "The mill cost more than the council had approved in March 1985.",
        "A study, published in June 1990, came to another result.",
        "The mill has been empty since 1991.",
        "In 1880 there were two mills.",
        "The guild was founded in 1700 and dissolved in 1990.",
    ]
    deck = drafted(tmp_path, "# Ost\n\n" + "\n\n".join([*sure, *unsure]))
    assert "order" not in {question.kind for question in deck.questions}
    sure.append("A museum opened in the old ruin on 4 March 2003.")
    deck = drafted(tmp_path, "# Ost\n\n" + "\n\n".join([*sure, *unsure]))
    order = next(question for question in deck.questions if question.kind == "order")
    assert order.items == (  # type: ignore[union-attr]  # an order
        "The mill was built",
        "The mill burned down",
        "The guild of bakers bought the ruin",
        "A museum opened in the old ruin",
    )


def test_a_number_that_is_a_bound_is_asked_for_as_one(tmp_path: Path) -> None:
    text = "# News\n\nIn the end they counted over 200 prisoners in the old mill of Ost.\n"
    (question,) = [q for q in drafted(tmp_path, text).questions if q.kind == "number"]
    assert question.prompt == "TODO complete: Over how many prisoners …?"


GERMAN = (
    "Am Montag, dem 14. September 2026, fuhr die erste Bahn seit 41 Jahren über die Brücke von "
    "Lindenau, einer Stadt mit 182.400 Menschen an der Mirna. Die Bürgermeisterin Zoë Weber fuhr "
    "die letzten hundert Meter selbst, unter den Augen von zwei Lehrern. Die neue Linie ist 12,7 "
    "Kilometer lang und hat 19 Haltestellen, und eine Fahrt dauert 34 Minuten.\n"
)
FRENCH = (
    "Le lundi 14 septembre 2026, le premier tramway depuis 41 ans a traversé le pont de Lindenau, "
    "une ville de 182 400 habitants sur la Mirna. La maire Zoë Weber a conduit elle-même les cent "
    "derniers mètres, sous les yeux de deux moniteurs. La nouvelle ligne est longue de 12 "
    "kilomètres et compte 19 arrêts.\n"
)
DANISH = (
    "Mandag den 14. september 2026 kørte den første sporvogn i 41 år over broen i Lindenau, en by "
    "med 182.400 mennesker ved floden Mirna. Borgmester Zoë Weber kørte selv de sidste hundrede "
    "meter for at fejre dagen, og det var hun glad for at have gjort. Den nye linje er lang nok "
    "for alle, og turen tager 34 minutter.\n"
)


@pytest.mark.parametrize("text", [GERMAN, FRENCH, DANISH])
def test_an_article_that_is_not_english_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_text(f"# Lindenau\n\n{text}", encoding="utf-8")
    done = newsdeck("draft", tmp_path / "a.md", "-o", tmp_path / "d.yaml")
    assert done.exit_code == 2
    assert "only English" in done.output
    assert not (tmp_path / "d.yaml").exists()
    assert not english(text)


def test_a_draft_gets_the_ending_of_a_deck(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ARTICLE)
    done = newsdeck("draft", tmp_path / "a.md", "-o", tmp_path / "entwurf")
    assert done.exit_code == 0
    assert f"{tmp_path / 'entwurf.yaml'}: written." in done.output
    assert load(tmp_path / "entwurf.yaml").title.startswith("DRAFT: ")
    assert newsdeck("draft", tmp_path / "a.md", "-o", tmp_path / "entwurf").exit_code == 2
