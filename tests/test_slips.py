"""What beginners slip at: one problem each, at its place, with a mend in plain words."""

from pathlib import Path

import pytest

from newsdeck.check import check
from newsdeck.deck import load
from newsdeck.problem import DeckError

DECK = """\
deck: The release of 123
id: belarus-release
source:
  title: Belarus frees 123 prisoners
  text: a.md

questions:
- choice: How many were freed?
  id: freed-count
  answer: 123
  wrong:
  - 114: So many were taken to Ukraine.
  - 200
  why: The pardon covered them all.
  evidence: freed 123 people

- typed: Who was first?
  id: first
  answer: Ada
  why: The list says so.
  evidence: Ada was first
"""
WRONG = "  wrong:\n  - 114: So many were taken to Ukraine.\n  - 200\n"
MATCH = "- match: Who is who?\n  id: first\n  pairs:\n"


def problems(folder: Path, data: bytes) -> list[tuple[int, str]]:
    """Return each problem's line and words, those of the house rules included."""
    (folder / "a.md").write_text("They pardoned and freed 123 people. Ada was first.\n")
    file = folder / "t.yaml"
    file.write_bytes(data)
    try:
        found = check(load(file))
    except DeckError as error:
        found = error.problems
    return [(problem.line, f"{problem.message} → {problem.hint}") for problem in found]


def test_the_deck_itself_is_clean(tmp_path: Path) -> None:
    assert problems(tmp_path, DECK.encode()) == []
    assert problems(tmp_path, b"\xef\xbb\xbf" + DECK.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("right", "written", "line", "told"),
    [
        (
            "  answer: 123",
            "   answer: 123",
            10,
            "1 space too far right → Begin it right below `id`",
        ),
        ("  answer: 123", " answer: 123", 10, "1 space too far left → Begin it right below `id`"),
        ("  answer: 123", "answer: 123", 10, "2 spaces too far left → Begin it right below `id`"),
        ("  why: The p", "   why: The p", 14, "right below `wrong` in line 11"),
        ("  why: The p", " why: The p", 14, "right below `wrong` in line 11"),
        ("  why: The p", "why: The p", 14, "right below `wrong` in line 11"),
        ("  - 200", "   - 20: 0", 13, "right below `114` in line 12"),
        ("id: bel", " id: bel", 2, "right below `deck` in line 1"),
        ("  text: a", "   text: a", 5, "right below `title` in line 4"),
        ("  text: a", " text: a", 5, "right below `title` in line 4"),
        ("  text: a", "text: a", 5, "It stands under `source:`"),
        ("  evidence: Ada", "evidence: Ada", 21, "It belongs to a question"),
        ("- typed", "  - typed", 17, "right below `choice` in line 8"),
        ("- typed", "  typed", 17, "no dash before the question → A question begins with a dash"),
        ("- typed", "typed", 17, "`- typed: Who was first?`"),
        ("- choice", "  choice", 8, "`- choice: How many were freed?`"),
        ("- typed", "1. typed", 17, "A question begins with a dash: `- typed: Who was first?`"),
        ("- choice", "1) choice", 8, "A question begins with a dash: `- choice: How many"),
        (WRONG, "  wrong:\n  a) Ten\n  b) Two\n", 12, "not the dash of a list → Write `- Ten`"),
        (WRONG, "  wrong:\n  1. 114\n  - 200\n", 12, "not the dash of a list → Write `- 114`"),
        ("- typed", "-typed", 17, "`- typed: Who was first?`"),
        ("- typed", "– typed", 17, "`- typed: Who was first?`, with a hyphen"),
        ("  - 114", "  • 114", 12, "`- 114: So many were taken to Ukraine.`, with a hyphen"),
        ("  - 114", "  * 114", 12, "`- 114: So many"),
        ("  - 114", "  -114", 12, "`- 114: So many"),
        ("- typed: Who", "- Who", 17, "Begin with the kind of question"),
        ("- typed", "- question", 17, "The first key is one of choice, claim"),
        (
            "- typed: Who was first?\n  id: first",
            "- id: first\n  typed: Who?",
            17,
            "Write `typed` first",
        ),
        ("answer: 123", "answer:123", 10, "no space behind the colon → Write `answer: 123`"),
        ("deck: The", "deck:The", 1, "Write `deck: The release of 123`"),
        ("- typed: Who", "- typed:Who", 17, "Write `- typed: Who was first?`"),
        ("- 114: So", "- 114:So", 12, "no space behind the colon"),
        ("answer: 123", "answer： 123", 10, "Write `answer: 123`"),
        ("questions:", "questions", 7, "A key has a colon"),
        ("  answer: 123", "\tanswer: 123", 10, "Indent with spaces"),
        ("- typed", "-\ttyped", 17, "Indent with spaces"),
        ("  answer: 123", "\u00a0\u00a0answer: 123", 10, "plain space in the place of each U+00A0"),
        ("answer: 123", "answer:\u00a0123", 10, "plain space"),
        ("- typed", "-\u00a0typed", 17, "plain space"),
        (
            "Who was first?",
            '"Who was first?',
            17,
            'not closed → Put the text in quotes: - typed: "Who',
        ),
        ("Who was first?", 'Who was first?"', 17, 'a lone `"`'),
        ("The list says so.", "'The list says so.", 20, 'why: "The list says so."'),
        ("The list says so.", "The list: it says so.", 20, 'why: "The list: it says so."'),
        ("covered them all.", "covered\nthem all.", 15, "needs more spaces before it"),
        ("id: first", "id: “first”", 18, "Delete the typographic quotation marks"),
        (WRONG, "  wrong: 114, 200\n", 11, "Begin a line for each, with a dash"),
        (WRONG, "  wrong:\n    114: a\n    200: b\n", 12, "Begin a line for each, with a dash"),
        (WRONG, "  wrong:\n  114\n  200\n", 12, "an item of a list a dash"),
        (
            "  wrong:",
            "  reject:",
            11,
            "a key of `typed`; those of `choice` are choice, answer, wrong",
        ),
        ("  wrong:", "  options:", 12, 'in quotes: - "114: So many'),
        ("answer: Ada", "answer: Ada\n  wrong: [Bob]", 20, "It is a key of `choice`"),
        ("answer: Ada", "answer: Ada\n  reject: [Bob]", 20, "Wrong answers to expect"),
        ("answer: Ada", "answer: Ada\n  accept: Ida, Eda", 20, "`accept: [Ida, Eda]`"),
        ("answer: Ada", "answer: Ada\n  image: {file: a.png}", 20, "For example `image: map.png`"),
        ("answer: Ada", "answer: {Ada}", 19, 'answer: "{Ada}"'),
        ("answer: Ada", "answer:", 19, "Write it behind the colon"),
        ("- typed: Who was first?\n  id: first\n", MATCH + "  - a: b\n", 20, "without dashes"),
        (
            "114: So many were",
            "A lot of: No: so many were",
            12,
            'quotes: - A lot of: "No: so many were taken to Ukraine."',
        ),
        ("114: So", "A lot of #1: So", 12, 'quotes: - "A lot of #1": So many'),
        ("114: So", "A lot: So #1", 12, 'quotes: - A lot: "So #1 many'),
        ("114: So", "*All* of: So", 12, 'quotes: - "*All* of": So many'),
        ("  - 114", "    - 114", 12, "2 spaces too far right → Begin it right below `200`"),
        ("  - 114", "   - 114", 12, "1 space too far right → Begin it right below `200`"),
        (
            WRONG,
            "  wrong:\n    - 1\n    - 2\n  - 3\n",
            14,
            "too far left → Begin it right below `2`",
        ),
        (WRONG, "  wrong:\n  - 1: a\n    - 2: b\n", 13, "too far right → Begin it right below `1`"),
        (
            WRONG,
            '  wrong:\n  - 1: a\n    - "2: b"\n',
            13,
            "too far right → Begin it right below `1`",
        ),
        ("answer: 123\n", "answer: 123\n  - 124\n", 11, '`answer: ["123", "124"]`'),
        ("answer: 123\n", "answer: 123\n  - 124\n  - 125\n", 11, '`answer: ["123", "124", "125"]`'),
        ("answer: Ada\n", "answer: Ada\n  - Ida\n", 20, "`answer` takes one text here"),
        ("evidence: f", 'evidence: "so"\n  - f', 16, '`evidence: ["so", "freed 123 people"]`'),
        (
            "- typed: Who was first?\n  id: first\n",
            MATCH + "    - Ada B: The mayor\n    Bo: A smith\n",
            20,
            "a dash before a pair → Write each of `pairs` without a dash, as `Ada B: The mayor`",
        ),
        (
            "- typed: Who was first?\n  id: first\n",
            MATCH + "    Bo: A smith\n    - Ada B: The mayor\n",
            21,
            "without a dash, as `Ada B: The mayor`",
        ),
        (
            "- typed: Who was first?\n  id: first\n",
            MATCH + '    - "Ada B: The mayor"\n    Bo: A smith\n',
            20,
            "without a dash, as `Ada B: The mayor`",
        ),
        (
            "- typed: Who was first?\n  id: first\n",
            MATCH + "    Bo E: A smith: old\n",
            20,
            'quotes: Bo E: "A smith: old"',
        ),
        ("answer: Ada", "answer\u00a0: Ada", 19, "`answer` has in it what cannot be seen: U+00A0"),
        (
            "answer: Ada",
            "\u200banswer: Ada",
            19,
            "cannot be seen: U+200B → Type the key anew: `answer",
        ),
        ("- typed", "- \u200etyped", 17, "`typed` has in it what cannot be seen: U+200E"),
        ("  text: a", "  file: a", 5, "The reading text's key is `text`"),
        ("deck: The", "title: The", 1, "A deck's title has the key `deck`"),
        (
            "answer: Ada",
            "answer: Ada\n  accept: [Mayor: Ada]",
            20,
            'put it in quotes: "Mayor: Ada" —',
        ),
        ("answer: Ada", "answer: Ada\n  accept: (Ida, Eda)", 20, "`accept: [Ida, Eda]`"),
        (
            "- typed: Who was first?\n  id: first\n",
            "- cloze: They freed {123}.\n  id: first\n",
            19,
            "stand in its sentence, each in braces",
        ),
        ("id: first", "id: freed-count", 18, "is used before, in the question in line 8"),
        ("why: The pardon", "why: 'The pardon", 14, "a quotation mark is not closed"),
        ("Who was first?", "Who was # 1 then?", 17, 'quotes: - typed: "Who was # 1 then?"'),
        ("id: bel", "tags: [a, #b]\nid: bel", 2, 'put the item in quotes: `"#b"`'),
        ("why: The l", "why: - The l", 20, "a dash behind a key → Write `why: The list says so.`"),
        ("  title: B", "title: B", 4, "2 spaces too far left → Begin it right below `text`"),
        (
            "- typed: Who was first?\n  id: first\n",
            MATCH + "  Ada B: The mayor\n    Bo: A smith\n",
            20,
            "2 spaces too far left → Begin it right below `Bo` in line 21",
        ),
        ("deck: The", "```yaml\ndeck: The", 1, "a line of Markdown"),
    ],
)
def test_a_slip_is_told_where_it_is_with_its_mend(
    tmp_path: Path, right: str, written: str, line: int, told: str
) -> None:
    assert DECK.count(right) == 1
    found = problems(tmp_path, DECK.replace(right, written).encode())
    assert found[0][0] == line, found
    assert told in found[0][1]


ITEMS = """\
- order: Which came first?
  id: first
  items:
  - 1
  - Plan A
  - Work on B
  - The end
"""
TYPED = "- typed: Who was first?\n  id: first\n  answer: Ada\n"
CLOZE = "- cloze: 'They {freed} {123::a number} people.'\n  id: first\n"


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (ITEMS, "  - Plan A", "   - Plan A"),
        (ITEMS, "  - The end", "\n      -   The end"),
        (ITEMS, "  - The end", "    -The end"),
        (ITEMS, "  - Work on B\n  - The end", "    - Work on B\n    - The end"),
        (TYPED + "  accept: [Adi, Ida]\n", "accept: [Adi, Ida]", "accept: Adi\n    - Ida"),
        (TYPED + '  accept: ["1,000"]\n', '["1,000"]', "[1,000]"),
        (TYPED + '  accept: [5, "1,000"]\n', '[5, "1,000"]', "[5, 1,000]"),
        (TYPED + '  accept: ["2,40", "3,50 €"]\n', '["2,40", "3,50 €"]', "[2,40, 3,50 €]"),
        (TYPED + '  reject: ["1,000": No., "€2,500": No.]\n', '["1,000": No., "€2,500": No.]',
         "[1,000: No., €2,500: No.]"),
        (CLOZE, "{123::a number}", "{123:a number}"),
        (CLOZE, "{123::a number}", "{123: a number}"),
        (CLOZE, "{freed}", "{c1::freed}"),
        (CLOZE, "{freed}", "{{c1::freed}}"),
        (CLOZE, "{freed}", "{{freed}}"),
    ],
)  # fmt: skip
def test_the_mend_makes_of_it_what_was_meant(
    tmp_path: Path, question: str, right: str, wrong: str
) -> None:
    (tmp_path / "a.md").touch()
    file = tmp_path / "t.yaml"
    meant = DECK.partition("- typed")[0] + question
    file.write_text(meant)
    questions = load(file).questions
    assert check(load(file), ["S11"]) == []
    written = meant.replace(right, wrong)
    file.write_text(written)
    try:
        found = check(load(file), ["S11"])
    except DeckError as error:
        found = [p for p in error.problems if p.rule == "S11"] or error.problems
    slipped = wrong.strip("\n").split("\n") if len(found) > 1 else [wrong.strip("\n")]
    for old, problem in zip(slipped, found, strict=True):
        written = written.replace(old, problem.hint.split("`")[1])
    file.write_text(written)
    assert load(file).questions == questions
    assert check(load(file), ["S11"]) == []


@pytest.mark.parametrize(
    "lines",
    [
        "  why: >\n    Two of them:\n    - Ada\n    - Bo\n",
        "  why: |-\n    - Ada\n    - Bo\n",
        "  why: They went - as the list says\n    - to the end of it.\n",
        "  why: It was\n    -5 degrees.\n",
        "  level: 2  # 2 of 3\n",
        "  tags: [1,2,3]\n",
        "  tags: [100,200,300]\n",
        "  tags: [a, 2019,2020]\n",
        "  tags: [1, 2,3]\n",
        '  tags: ["1,000", "2,500"]\n',
        "  tags: ['1','2']\n",
        "  hint: 1,000, 2,500\n",
    ],
)
def test_what_was_meant_so_is_left_alone(tmp_path: Path, lines: str) -> None:
    text = DECK.replace("  why: The list says so.\n", "") + lines
    text += "" if "why" in lines else "  why: The list says so.\n"
    assert problems(tmp_path, text.encode()) == []


@pytest.mark.parametrize(
    "gap", ["10:30", "3:2", "123::a number: of people", "Ada: a life", "https://a.b"]
)
def test_a_colon_may_belong_to_a_gap(tmp_path: Path, gap: str) -> None:
    cloze = f"- cloze: 'They freed {{{gap}}} people.'\n  id: first\n  why: So.\n"
    (tmp_path / "a.md").write_text("Ada: a life\n")
    file = tmp_path / "t.yaml"
    file.write_text(DECK.partition("- typed")[0] + cloze + '  evidence: "of Ada: a life"\n')
    assert check(load(file), ["S11"]) == []


def test_a_doubt_is_told_beside_an_error_and_can_be_silenced(tmp_path: Path) -> None:
    fewer = ITEMS.replace("  - 1\n", "").replace("  - Work", "    - Work")
    found = problems(tmp_path, (DECK.partition("- typed")[0] + fewer).encode())
    assert ["fewer than three items" in told for _, told in found] == [True, False]
    assert "a part of the item above" in found[1][1]
    text = DECK.partition("- typed")[0] + ITEMS.replace("  - Work", "    - Work")
    for line, number in [("", 1), ("  ignore: [S11]\n", 0)]:
        (tmp_path / "t.yaml").write_text(text + line)
        assert len(check(load(tmp_path / "t.yaml"), ["S11"])) == number


def test_a_quotation_mark_left_open_is_told_once(tmp_path: Path) -> None:
    more = "".join(f"- card: What is Ada's list{n}?\n  id: c{n}\n  answer: A\n" for n in range(4))
    text = DECK.replace("why: The pardon", "why: 'The pardon") + more
    ((line, told),) = problems(tmp_path, text.encode())
    assert line == 14
    assert told.endswith('why: "The pardon covered them all."')


def test_an_article_is_known_for_one(tmp_path: Path) -> None:
    text = (
        "# A bridge\n\nThe mayor said: it is done.\n\n*It* took\ntwo years, said a source: Ada.\n"
    )
    ((line, told),) = problems(tmp_path, text.encode())
    assert (line, "not a deck" in told) == (1, True)
    assert "`newsdeck draft t.yaml` proposes questions" in told


def test_a_slip_is_told_once(tmp_path: Path) -> None:
    for right, written in [("- typed", "  typed"), ("- typed", "– typed"), ("  - 114", "  • 114")]:
        assert len(problems(tmp_path, DECK.replace(right, written).encode())) == 1
    without = DECK.replace("- choice", "  choice").replace("- typed", "  typed")
    assert [line for line, _ in problems(tmp_path, without.encode())] == [8]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty → A deck begins with `deck: a title`"),
        (b"\n# nothing\n", "not a deck"),
        (b"Who was freed?\na) Ada\n", "not a deck"),
        (DECK.encode("utf-16"), "UTF-16"),
        (DECK.encode("utf-16-le"), "UTF-16"),
        (DECK.replace("Ada", "Adá").encode("latin-1"), "0xE1 is not UTF-8"),
        (b"PK\x03\x04" + bytes(50), "a word processor"),
        (rb"{\rtf1\ansi deck: x}", "a word processor"),
    ],
)
def test_what_is_no_plain_text_is_named(tmp_path: Path, data: bytes, told: str) -> None:
    ((_, found),) = problems(tmp_path, data)
    assert told in found
