"""YAML as it is written by hand: what is kept, what is refused, and the mend."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.marked import DEEPEST, LONGEST_LINE, MOST_ITEMS, MOST_LINES, Reader
from newsdeck.problem import LONGEST_SOURCE, Problem
from newsdeck.text import REFUSED


def read(text: str) -> tuple[object, list[tuple[int, int, str]]]:
    reader = Reader(Path("x.yaml"), text)
    value = reader.read()
    return value, [(p.line, p.column, p.rule) for p in reader.problems]


@pytest.mark.parametrize(
    "word", ["No", "yes", "1:30", "017", "2022-10-07", "1e3", "null", "~", "0x1F"]
)
def test_a_scalar_stays_what_the_author_wrote(word: str) -> None:
    assert read(f"key: {word}\n") == ({"key": word}, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x 1\n", (1, 4, "anchor")),
        ("a: 1\nb: *x\n", (2, 4, "alias")),
        ("a: !!python/object/apply:os.system [id]\n", (1, 4, "tag")),
        ("a: ! b\n", (1, 4, "tag")),
        ("a: 1\na: 2\n", (2, 1, "duplicate-key")),
        ("a: 1\n---\nb: 1\n", (2, 1, "document")),
        ("? [a]\n: 1\n", (1, 3, "yaml")),
        ("a:\nb: 1\n", (1, 3, "empty")),
        ('a: "x\\e]0;y\\a"\n', (1, 6, "unsafe-text")),
        ('a: "line\n  two \\u202E"\n', (2, 7, "unsafe-text")),
        ('a: "\\\\x1b\\x41\\U0000001b"\n', (1, 14, "unsafe-text")),
        ("a: Who is #1?\n", (1, 4, "lost-text")),
        ("[" * (DEEPEST + 1), (1, DEEPEST + 1, "depth")),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str, place: tuple[int, int, str]) -> None:
    assert place in read(text)[1]


def test_a_comment_is_no_lost_text() -> None:
    text = "a: 1   # a note of #1\nb: '2 #3'   #!\n# more\n"
    assert read(text) == ({"a": "1", "b": "2 #3"}, [])
    assert read("a: b #c #d\n")[1] == [(1, 4, "lost-text")]


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("- choice: What: is it?", '- choice: "What: is it?"'),
        ("- choice: %x", '- choice: "%x"'),
        ("- choice: @x", '- choice: "@x"'),
        ('- choice: "Free" is what?', "- choice: '\"Free\" is what?'"),
        ("- choice: *x", '- choice: "*x"'),
    ],
)
def test_a_trap_is_shown_with_its_line_in_quotes(line: str, mended: str) -> None:
    reader = Reader(Path("x.yaml"), f"questions:\n{line}\n  answer: 1\n- choice: ok\n")
    reader.read()
    assert [mended in p.hint for p in reader.problems] == [True]
    assert reader.problems[0].line == 2


def test_reading_goes_on_behind_a_syntax_error() -> None:
    value, problems = read("q:\n- a: b: c\n- d: 1\n  d: 2\n- e: @\n- f: 3\n")
    assert value == {"q": [{"d": "2"}, {"f": "3"}]}
    assert [(line, rule) for line, _, rule in problems] == [
        (2, "yaml"),
        (4, "duplicate-key"),
        (5, "yaml"),
    ]


@given(st.text(max_size=200).filter(lambda text: not REFUSED.search(text)))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    reader = Reader(Path("x.yaml"), text)
    reader.read()
    assert all(str(problem) for problem in reader.problems)


def test_what_is_endless_is_not_read_to_its_end() -> None:
    assert read("- a\n" * MOST_ITEMS)[1] == []
    assert read("- a\n" * (MOST_ITEMS + 1)) == (None, [(MOST_ITEMS + 1, 3, "size")])
    keys = "".join(f"k{n}: 1\n" for n in range(MOST_ITEMS + 1))
    assert read(keys) == (None, [(MOST_ITEMS + 1, 1, "size")])
    assert read("\n" * (MOST_LINES + 1)) == (None, [(0, 0, "size")])
    longest = "- a\n- " + "b" * (LONGEST_LINE - 2)
    assert read(longest)[1] == []
    assert read(longest + "b\n- c") == (None, [(2, 1, "size")])


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    reader = Reader(Path("x.yaml"), "q: [" + "a, " * 1_000 + "&x b, " + "c, " * 1_000 + "d]")
    reader.read()
    (problem,) = reader.problems
    assert (problem.column, len(problem.source)) == (3_005, LONGEST_SOURCE)
    assert problem.source[problem.column - 1 - problem.before :].startswith("&x b, c")
    _, shown, caret, _ = str(problem).split("\n")
    assert shown[caret.index("^") :].startswith("&x b")
    assert len(shown) < 120


def test_of_a_long_message_and_a_long_mend_the_beginnings_are_told() -> None:
    problem = Problem(Path("x.yaml"), 1, 1, "S01", "m" * 100_000, "h" * 100_000)
    assert len(str(problem)) < 1_500
    assert "mmm…" in str(problem)
    assert str(problem).endswith("hhh…")
