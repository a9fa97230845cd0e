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
