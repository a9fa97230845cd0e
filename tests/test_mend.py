"""Mends touch no byte but their own, and files are replaced whole or not at all."""

import difflib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.check import check
from newsdeck.deck import load
from newsdeck.mend import Changed, mends

ARTICLE = (
    "They pardoned and freed 123 political prisoners on a Saturday in winter.\n\n"
    'He called it "a first step" and promised to come back for the others soon.\n'
)
HEAD = "# A comment\ndeck: T   # the title\nsource:\n  title: S\n  text: a.md\nquestions:\n"


def deck(folder: Path, text: str) -> Path:
    (folder / "a.md").write_text(ARTICLE)
    file = folder / "t.yaml"
    file.write_bytes(text.encode())
    return file


PROMPTS = [
    "- card: Plain words?\n",
    "- card: Plain words?   # a comment\n",
    "- card: Plain words\n    that go on?\n",
    "- card: 'It''s \"quoted\"?'\n",
    '- card: "Two\n    lines?"  # why not\n',
    "- card: >\n    Folded\n    words?\n",
    "- card: |-\n    Kept\n    words?\n\n",
    "-   card: Wide?\n",
    "# a comment before\n- card: Émigré 人?\n",
]
RESTS = ["answer: A.", "answer: >-\n    folded\n    text", "answer: 'q: ''x'''", "answer: '#1'"]


@st.composite
def files(draw: st.DrawFn) -> str:
    rows = [HEAD]
    for number in range(draw(st.integers(1, 5))):
        prompt = draw(st.sampled_from(PROMPTS))
        indent = " " * (prompt.split("card")[0].split("\n")[-1].count(" ") + 1)
        rows.append(prompt)
        if draw(st.booleans()):
            rows.append(f"{indent}id: q{number}\n")
        rest = draw(st.sampled_from(RESTS)).replace("\n", "\n" + indent)
        rows.append(f"{indent}{rest}\n{draw(st.sampled_from(['', chr(10), '# end' + chr(10)]))}")
    text = "".join(rows).rstrip("\n") + draw(st.sampled_from(["\n", "", "\n\n# the end\n"]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", newline)


@given(files())
def test_ids_are_added_lines_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = deck(tmp_path_factory.mktemp("fix"), text)
    before = load(file)
    fixed = mends(file)
    assert not fixed.left
    fixed.write()
    after = load(file)
    assert not [p for p in after.problems if p.rule == "S02"]
    assert after.id == before.id
    assert after.questions == before.questions
    old, new = (data.decode().splitlines(keepends=True) for data in fixed[1:3])
    rows = [row for row in difflib.ndiff(old, new) if row[0] in "+-"]
    gone = [row[2:] for row in rows if row[0] == "-"]
    added = [row[2:] for row in rows if row[0] == "+"]
    # The last line of a file without an end gains one; nothing else goes.
    assert not gone or (len(gone) == 1 and text.endswith(gone[0]))
    assert all(
        row.strip().startswith("id: ") or row.rstrip("\r\n") == "".join(gone) for row in added
    )


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        (
            "evidence: They pardoned and released 123 political prisoners on a Saturday  # yes\n",
            "evidence: They pardoned and freed 123 political prisoners on a Saturday  # yes\n",
        ),
        (
            "evidence: [a Saturday, 'They pardoned and released 123 political prisoners on a']\n",
            'evidence: [a Saturday, "They pardoned and freed 123 political prisoners on a"]\n',
        ),
        (
            "evidence:\n  - >\n    They pardoned and released 123\n    political prisoners\n"
            "    on a Saturday\n\n  - winter\n",
            "evidence:\n  - They pardoned and freed 123 political prisoners on a Saturday\n\n"
            "  - winter\n",
        ),
        ("evidence: freed 123 Political prisoners\n", "evidence: freed 123 political prisoners\n"),
        (
            "evidence: called it a first step and promised to come back\n",
            'evidence: called it "a first step" and promised to come back\n',
        ),
        (
            "evidence: freed 123 … for the other prisoners … soon\n",
            "evidence: freed 123 … for the other prisoners … soon\n",
        ),
    ],
)
def test_a_drifted_quotation_is_written_as_the_text_has_it(
    tmp_path: Path, written: str, mended: str
) -> None:
    head = HEAD.replace("deck: T ", "id: t\ndeck: T ") + "- card: P?\n  id: p\n  answer: A.\n  "
    file = deck(tmp_path, head + written)
    fixed = mends(file)
    assert fixed.after.decode() == head + mended
    if written != mended:
        fixed.write()
        assert check(load(file), ["V01", "V02"]) == []


@pytest.mark.parametrize(
    "quoted",
    [
        "They pardoned and freed 124 political prisoners on a Saturday",
        "They pardoned and never freed 123 political prisoners on a Saturday",
        "freed many prisoners",
    ],
)
def test_another_statement_is_left_to_the_author(tmp_path: Path, quoted: str) -> None:
    text = HEAD.replace("deck: T ", "id: t\ndeck: T ")
    file = deck(tmp_path, text + f"- card: P?\n  id: p\n  answer: A.\n  evidence: {quoted}\n")
    assert list(mends(file).diff()) == []
    assert [p.rule for p in check(load(file), ["V01", "V02"])] == ["V01"]


def test_flow_style_gets_its_ids_in_the_line(tmp_path: Path) -> None:
    file = deck(tmp_path, "{deck: T, questions: [{card: P?, answer: A.}, {card: 'Q?', answer: B}]}")
    assert mends(file).after.decode() == (
        "{deck: T, id: t, questions: [{card: P?, id: p, answer: A.}, "
        "{card: 'Q?', id: q, answer: B}]}"
    )


def test_an_odd_place_is_left_and_named_and_the_others_are_mended(tmp_path: Path) -> None:
    text = HEAD + "- ? card\n  : P?\n  answer: A.\n- card: Q?\n  answer: B.\n"
    fixed = mends(deck(tmp_path, text))
    assert fixed.left == ("`id: p` is for you to write: its place is too unusual.",)
    assert b"id: q\n" in fixed.after
    assert b"id: p\n" not in fixed.after


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = deck(tmp_path, HEAD + "- card: P?\n  answer: A.\n")
    fixed = mends(file)
    file.write_text("deck: another\n")
    with pytest.raises(Changed):
        fixed.write()
    assert file.read_text() == "deck: another\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "t.yaml"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    file = deck(tmp_path, HEAD + "- card: P?\n  answer: A.\n")
    file.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    mends(link).write()
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640
    assert "id: p\n" in file.read_text()


def test_a_read_only_file_is_refused_and_stays(tmp_path: Path) -> None:
    file = deck(tmp_path, HEAD + "- card: P?\n  answer: A.\n")
    file.chmod(0o444)
    before = file.read_bytes()
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    for path in (file, link):
        with pytest.raises(PermissionError, match="It is read-only"):
            mends(path).write()
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "link.yaml", "t.yaml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives away")
def test_a_file_stays_its_owners(tmp_path: Path) -> None:
    file = deck(tmp_path, HEAD + "- card: P?\n  answer: A.\n")
    os.chown(file, 1234, 1235)
    mends(file).write()
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 1235)
