"""A difference of known edits is difflib's, and leads from the old text to the new one."""

import difflib
import re

from hypothesis import assume, given
from hypothesis import strategies as st

from newsdeck.difference import Edit, unified

Written = tuple[str, list[Edit]]


@st.composite
def edited(draw: st.DrawFn, letters: str) -> Written:
    """Draw a text of lines of some letters, and edits in it."""
    line = st.text(letters, min_size=1, max_size=4)
    lines = draw(st.lists(line, min_size=1, max_size=12))
    text = "\n".join([*lines, ""])
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    edits: list[Edit] = []
    at = 0
    for start in draw(st.lists(st.integers(0, len(text)), max_size=5).map(sorted)):
        if start in starts and draw(st.booleans()):
            edit = Edit(start, start, draw(line) + "\n")
        else:
            end = min(start + draw(st.integers(0, 8)), len(text) - 1)
            edit = Edit(start, end, draw(line))
        if at <= edit.start <= edit.end:
            edits.append(edit)
            at = edit.end + 1
    return text, edits


def diff_of(written: Written) -> str:
    return "\n".join(unified(*written, "deck.yaml"))


def lines_of(text: str, edits: list[Edit] = []) -> list[str]:  # noqa: B006  # it is only read
    for edit in reversed(edits):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text.split("\n")[:-1]


def patched(lines: list[str], diff: str) -> list[str]:
    """Return lines as a unified diff has them; what it says of the old ones must be so."""
    found, at = [], 0
    for row in diff.split("\n")[2:] if diff else []:
        if hunk := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,\d+)? @@", row):
            first = int(hunk[1]) - (hunk[2] != "0")
            assert first >= at
            found += lines[at:first]
            at = first
            assert len(found) == int(hunk[3]) - (",0 @@" not in row)
        elif row[0] in " -":
            assert lines[at] == row[1:]
            at += 1
        if row[0] in " +":
            found.append(row[1:])
    return [*found, *lines[at:]]


@given(edited("ab"))
def test_a_difference_leads_to_the_new_text(written: Written) -> None:
    text, edits = written
    diff = diff_of(written)
    assert patched(lines_of(text), diff) == lines_of(text, edits)
    assert bool(diff) == (lines_of(text) != lines_of(text, edits))


@given(edited("".join(map(chr, range(0x4E00, 0x9000)))))
def test_where_no_lines_are_alike_it_is_that_of_difflib(written: Written) -> None:
    text, edits = written
    old, new = lines_of(text), lines_of(text, edits)
    diff = diff_of(written)
    gone = sum(row.startswith("-") for row in diff.split("\n")[2:])
    assume(len({*old}) == len(old) and len({*new}) == len(new))
    assume(len({*old} & {*new}) == len(old) - gone)  # none was taken out and put in elsewhere
    expected = difflib.unified_diff(old, new, "deck.yaml", "deck.yaml", n=1, lineterm="")
    assert diff == "\n".join(expected)
