"""Where quotations stand in a reading text, and which texts are refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.article import LARGEST, LONGEST, Article, Paragraph, Passage, read, read_text
from newsdeck.problem import DeckError


def article(*paragraphs: str) -> Article:
    return Article(Path("a.md"), "", tuple(Paragraph(n, p) for n, p in enumerate(paragraphs, 1)))


def test_typography_and_space_make_no_difference() -> None:
    text = article("He said “no”—twice.")
    assert text.find('"no"-twice') == (Passage(1, 8, 18),)


def test_parts_are_found_in_order() -> None:
    text = article("One two three.", "Four five.")
    assert text.find("One … three … Four") == (
        Passage(1, 0, 3),
        Passage(1, 8, 13),
        Passage(2, 0, 4),
    )
    assert text.find("Four … One") == ()


@pytest.mark.parametrize("quotation", ["124 people", "Freed", "not freed", "freed."])
def test_another_word_digit_or_case_is_not_the_passage(quotation: str) -> None:
    assert article("They freed 123 people").find(quotation) == ()


@pytest.mark.parametrize("quotation", ["freed 1", "freed 12", "613 people", "3 people"])
def test_a_piece_of_a_number_is_not_the_passage(quotation: str) -> None:
    assert article("They freed 1,613 people").find(quotation) == ()
    assert article("They freed 12,613 and freed 12. 3 people").find("freed 12")
    assert article("They freed 12.5 of 13.").find("freed 12.") == ()
    assert article("They freed 12.5 of 13.").find("12.5 of 13.") == (Passage(1, 11, 22),)


def test_it_is_counted_how_often_a_quotation_stands() -> None:
    text = article("12 were freed, then 12, then 112.", "12 more and 12.5 of them were freed.")
    counts = {quotation: text.count(quotation) for quotation in ("12", "2", "freed", "12 … 12 m")}
    assert counts == {"12": 3, "2": 0, "freed": 2, "12 … 12 m": 1}


@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "M"]), min_size=5), st.data()
)
def test_a_passage_is_found_in_its_own_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quotation = text[start:end]
    if (
        "…" in quotation
        or "..." in quotation
        or not text[start].isalnum()
        or not text[end - 1].isascii()
    ):
        return
    if end < len(text) and not text[end].isascii():
        return
    if re.search(r"\d[.,]?$", text[:start]) or re.match(r"[.,]?\d", text[end:]):
        return  # it may be a piece of a number
    if (start and text[start - 1].isnumeric()) or text[end : end + 1].isnumeric():
        return  # so it may be beside a fraction
    assert article(text).find(quotation)


def test_paragraphs_are_numbered_by_blank_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbf# Title\r\n\r\nOne\r\nline.\r\n\r\n\r\nTwo.\r\n")
    text = read(file)
    assert text.title == "Title"
    assert text.paragraphs == ((0, "Title"), (1, "One line."), (2, "Two."))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("t" * 301 + "\n\nA pack came.\n", ""),
        ("Wolves return\n\nA pack came.\n", "Wolves return"),
        ("Wolves return\n\n# A heading\n\nA pack came.\n", "A heading"),
        ("A pack came.\n\nIt stayed.\n", ""),
        ("Wolves return\n", ""),
        ("word " * 20 + "\n\nA pack came.\n", ""),
    ],
)
def test_a_headline_without_a_sign_is_the_title(tmp_path: Path, text: str, title: str) -> None:
    (tmp_path / "a.md").write_text(text)
    found = read(tmp_path / "a.md")
    assert found.title == title
    assert found.find(text.split("\n")[0])


def test_a_heading_takes_no_paragraph_with_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Title\nOne\nline.\n## Part\n\nTwo.\n")
    assert read(file).paragraphs == ((0, "Title"), (1, "One line."), (0, "Part"), (2, "Two."))


@pytest.mark.parametrize(
    ("data", "line", "column", "rule"),
    [
        (b"ok\nab\xff", 2, 3, "source"),
        ("ok\n\nx\u202ey".encode(), 3, 2, "unsafe-text"),
        (b"a\x1b[2J", 1, 2, "unsafe-text"),
    ],
)
def test_an_unsafe_text_is_refused_at_its_place(
    tmp_path: Path, data: bytes, line: int, column: int, rule: str
) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    with pytest.raises(DeckError) as caught:
        read(file)
    assert [(p.line, p.column, p.rule) for p in caught.value.problems] == [(line, column, rule)]


def test_missing_and_too_large_files_are_problems(tmp_path: Path) -> None:
    with pytest.raises(DeckError, match="cannot be read"):
        read(tmp_path / "none.md")
    large = tmp_path / "large.md"
    large.write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(DeckError, match="16 MiB"):
        read_text(large)
    large.write_bytes(b"x" * LONGEST)
    assert len(read(large).paragraphs) == 1
    large.write_bytes(b"x" * (LONGEST + 1))
    with pytest.raises(DeckError, match="1 MiB"):
        read(large)
