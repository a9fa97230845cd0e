"""A deck file becomes a deck, or every problem that is in it."""

from pathlib import Path

import pytest

from newsdeck.check import check, failing
from newsdeck.deck import load
from newsdeck.kinds import KINDS, Choice, Number
from newsdeck.library import bundled, shelf
from newsdeck.problem import DeckError

HEAD = "deck: T\nid: t\nsource:\n  title: S\n  text: a.md\nquestions:\n"


def write(folder: Path, questions: str, head: str = HEAD) -> Path:
    (folder / "a.md").write_text("They pardoned and freed 123 people.\n")
    file = folder / "t.yaml"
    file.write_text(head + questions)
    return file


def problems(folder: Path, questions: str, head: str = HEAD) -> list[tuple[int, int, str]]:
    with pytest.raises(DeckError) as caught:
        load(write(folder, questions, head))
    return [(p.line, p.column, p.message + " " + p.hint) for p in caught.value.problems]


@pytest.mark.parametrize("file", shelf(bundled()), ids=lambda path: path.stem)
def test_a_bundled_deck_is_clean(file: Path) -> None:
    problems = check(load(file))
    assert not failing(problems, strict=True), list(map(str, problems))


def test_every_kind_is_bundled() -> None:
    kinds = {question.kind for file in shelf(bundled()) for question in load(file).questions}
    assert kinds == set(KINDS)


def test_a_choice_keeps_its_rebuttals(tmp_path: Path) -> None:
    deck = load(
        write(
            tmp_path, "- choice: P?\n  id: p\n  answer: 123\n  wrong:\n  - 114: no.\n  - 'a: b'\n"
        )
    )
    question = deck.questions[0]
    assert isinstance(question, Choice)
    assert question.right == ("123",)
    assert question.rebuttals == {"114": "no.", "a: b": ""}
    assert deck.lines == {"p": 7}


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "- choice: P?\n  id: p\n  anwser: 1\n  level: 9\n- clam: x\n- claim: y\n"
        "  id: p\n  answer: perhaps\n"
        "- number: n\n  answer: many\n",
    )
    assert [place[:2] for place in found] == [(7, 3), (9, 3), (10, 10), (11, 3), (14, 11), (16, 11)]
    assert "did you mean `answer`" in found[1][2].lower()
    assert "Did you mean `claim`" in found[3][2]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("- choice: P?\n  answer: 1\n", "no wrong option"),
        ("- choice: P?\n  answer: A b\n  wrong: [a  B]\n", "twice"),
        ("- choice: P?\n  answer: 1\n  options: [2, 3]\n", "not among"),
        ("- typed: P?\n  answer: A\n  reject: [{a: no}]\n", "rejected"),
        ("- number: P?\n  answer: 0\n  within: 5%\n", "percentage"),
        ("- number: P?\n  answer: 5\n  within: -1\n", "below zero"),
        ("- cloze: none\n", "no gap"),
        ("- cloze: 'a {b} c}'\n", "partner"),
        ("- cloze: 'a {} c'\n", "without an answer"),
        ("- order: P?\n  items: [a, b]\n", "three"),
        ("- match: P?\n  pairs: {a: b}\n", "two pairs"),
        ("- choice: {P}?\n  answer: 1\n", "quotes"),
        ("- card: P\n  answer: a\n  image: ../x.png\n  alt: x\n", "outside"),
        ("- card: P\n  answer: a\n  image: x.png\n  alt: x\n", "no file"),
        ("- just text\n", "keys"),
    ],
)
def test_what_cannot_be_asked_is_an_error(tmp_path: Path, question: str, word: str) -> None:
    assert any(word in text for *_, text in problems(tmp_path, question))


def test_a_missing_id_is_a_warning_that_names_one(tmp_path: Path) -> None:
    deck = load(
        write(tmp_path, "- card: What is it?\n  answer: a\n- card: What is it?\n  answer: b\n")
    )
    assert [question.id for question in deck.questions] == ["what-is-it", "what-is-it-2"]
    assert [p.severity for p in deck.problems] == ["warning", "warning"]


def test_a_quotation_that_does_not_stand_in_the_text_is_an_error(tmp_path: Path) -> None:
    deck = load(
        write(
            tmp_path,
            "- card: a\n  id: a\n  answer: 1\n  evidence: freed 124 people\n"
            "- card: b\n  id: b\n  answer: 1\n  evidence: freed 123 people\n",
        )
    )
    assert [(p.line, p.column, p.rule) for p in check(deck, ["V01"])] == [(10, 13, "V01")]


def test_a_number_reads_its_tolerance(tmp_path: Path) -> None:
    deck = load(write(tmp_path, "- number: n\n  id: n\n  answer: 1,000\n  within: 5%\n"))
    question = deck.questions[0]
    assert isinstance(question, Number)
    assert question.tolerance("en") == 50


@pytest.mark.parametrize(
    ("question", "mend"),
    [
        ("- claim: P.\n  id: a\n  answer: yes\n", "`answer: true`"),
        ("- card: P\n  id: a\n  answer: b\n  tags: people\n", '`tags: ["people"]`'),
        ("- order: P\n  id: a\n  items: b\n", '`items: ["Arrest", "Trial", "Pardon"]`'),
        ("- card: P\n  id: My card\n  answer: b\n", "no spaces"),
        ('- card: "Where was it?\n  id: a\n  answer: b\n', '- card: "Where was it?"'),
    ],
)
def test_a_mend_can_be_copied_into_the_deck(tmp_path: Path, question: str, mend: str) -> None:
    ((*_, text),) = problems(tmp_path, question)
    assert mend in text
    assert mend + "'" not in text


def test_a_slip_in_the_key_of_the_questions_is_known(tmp_path: Path) -> None:
    text = "deck: a\nid: a\nquestion:\n- card: P\n  id: a\n  answer: b\n"
    assert any("Did you mean `questions`" in told for *_, told in problems(tmp_path, text, head=""))


def test_a_bracket_left_open_is_shown_where_it_opens(tmp_path: Path) -> None:
    text = "- typed: P?\n  id: a\n  answer: b\n  accept: [c # as well\n  why: d\n"
    ((line, column, told),) = problems(tmp_path, text)
    assert (line, column) == (10, 11)
    assert "Close the bracket" in told


def test_a_question_without_its_dash_is_known(tmp_path: Path) -> None:
    text = "deck: a\nid: a\nquestions:\ncard: P\nanswer: b\n"
    assert any("`- card: …`" in told for *_, told in problems(tmp_path, text, head=""))


def test_several_answers_to_type_are_sent_to_their_key(tmp_path: Path) -> None:
    ((*_, told),) = problems(tmp_path, "- typed: P?\n  id: a\n  answer: [b, c]\n")
    assert "`accept`" in told


@pytest.mark.parametrize(
    ("questions", "places"),
    [
        ("[{card: A, id: a, answer: x}, {order: B, id: a, items: [x, y, X]}]\n",
         [(6, 57), (6, 74)]),
        ("- card: A\n  id: a\n  answer: x: y\n"
         "- order: B\n  id: b\n  items:\n  - x\n  - y\n  - X\n", [(9, 12), (15, 5)]),
        ("- card: A\n  id: a\n  answer: x\n"
         "- order: B\n  id: b\n  items: [x, y, X]\ntags: [t]\n", [(12, 17)]),
    ],
)  # fmt: skip
def test_a_fault_is_found_again_where_it_stands(
    tmp_path: Path, questions: str, places: list[tuple[int, int]]
) -> None:
    head = HEAD if questions.startswith("-") else HEAD.replace("questions:\n", "questions: ")
    assert [(line, column) for line, column, _ in problems(tmp_path, questions, head)] == places


def test_a_brace_left_open_is_one_problem(tmp_path: Path) -> None:
    ((*_, text),) = problems(tmp_path, "- cloze: a {b c d\n  id: a\n")
    assert "partner" in text


@pytest.mark.parametrize(
    "text", ["", "- a\n", "deck: x\n", "questions: 5\ndeck: a\n", "[]", "deck: [a]\nquestions: []"]
)
def test_what_is_no_deck_is_said(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text, head="")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("card: P?\n  answer: a\n  tags: [{}]", "more than 100 items in `tags`"),
        ("choice: P?\n  answer: a\n  wrong: [{}]", "more than 100 items in `wrong`"),
        ("typed: P?\n  answer: a\n  accept: [{}]", "more than 100 items in `accept`"),
        ("card: P?\n  answer: a\n  evidence: [{}]", "more than 100 items in `evidence`"),
        ("order: P?\n  items: [{}]", "more than 100 items in `items`"),
    ],
)
def test_a_question_has_a_hundred_parts_at_most(tmp_path: Path, question: str, told: str) -> None:
    for count in (100, 101):
        written = f"- {question.format(', '.join(f'x{n}' for n in range(count)))}\n  id: p\n"
        if count == 100:
            assert load(write(tmp_path, written)).questions
        else:
            (problem,) = problems(tmp_path, written)
            assert problem[2] == f"{told} Make several of it."
    pairs = ", ".join(f"x{n}: y{n}" for n in range(101))
    (problem,) = problems(tmp_path, f"- match: P?\n  id: p\n  pairs: {{{pairs}}}\n")
    assert problem[2].startswith("more than 100 items in `pairs`")
    sources = "deck: T\nid: t\nsource: [" + "{title: S}, " * 101 + "]\n"
    card = "questions:\n- card: P?\n  id: p\n  answer: a\n"
    (problem,) = problems(tmp_path, card, sources)
    assert problem[2].startswith("more than 100 items in `source`")
    (problem,) = problems(tmp_path, f"- cloze: '{'{a} ' * 101}'\n  id: p\n")
    assert problem[2].startswith("more than 100 gaps")
    (problem,) = problems(tmp_path, f"- cloze: '{{{'|'.join('a' * 101)}}}'\n  id: p\n")
    assert problem[2].startswith("more than 100 answers in its gaps")
    (problem,) = problems(tmp_path, f"{card[11:]}  ignore: {'a,' * 501}\n")
    assert problem[2].startswith("more than 1000 characters in `ignore`")


def test_a_deck_has_so_many_values_at_most(tmp_path: Path) -> None:
    tags = f"  tags: [{', '.join('abcdefghij' * 10)}]\n"
    text = "".join(f"- card: P?\n  id: p{n}\n  answer: a\n{tags}" for n in range(2_500))
    (problem,) = problems(tmp_path, text)
    assert problem[2].startswith("more than 250,000 items and keys")


def test_reading_texts_are_limited_together(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("word " * 120_000)
    text = "deck: T\nid: t\nsource:\n- {title: S, text: long.md}\n- {title: S, text: long.md}\n"
    (problem,) = problems(tmp_path, "questions:\n- card: P?\n  id: p\n  answer: a\n", text)
    assert problem[:2] == (5, 20)
    assert problem[2].startswith("reading texts of more than 1 MiB in all")


def test_quotations_and_reading_texts_are_limited_together(tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text("word " * 200_000)
    quoted = ", ".join(["word"] * 100)
    question = "- card: P?\n  id: p{}\n  answer: a\n  evidence: [{}]\n"
    text = "".join(question.format(n, quoted) for n in range(101))
    (problem,) = problems(tmp_path, text, HEAD.replace("a.md", "long.md"))
    assert problem[2].startswith("10,100 quotations from reading texts of this length")


def test_an_id_that_is_made_up_is_no_other(tmp_path: Path) -> None:
    nameless = "- card: P?\n  answer: a\n"
    deck = load(write(tmp_path, f"{nameless * 3}- card: R?\n  id: p-3\n  answer: a\n{nameless}"))
    assert [question.id for question in deck.questions] == ["p", "p-2", "p-4", "p-3", "p-5"]
