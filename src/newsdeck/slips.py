"""What the hand slipped at where a file is not YAML: the place, and the mend in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

from newsdeck.lines import Lines
from newsdeck.text import counted, visible
from newsdeck.traps import in_quotes, listed, opening, quoted, trapped, unclosed, unquoted


class Slip(NamedTuple):
    """What is wrong in a line, at a column (both from 0), and the mend."""

    line: int
    column: int
    message: str
    mend: str


class Shape(NamedTuple):
    """What the keys of a text take.

    ``firsts`` begin an item of its long list. ``lists`` take a list of texts, each in the kinds of
    item that are named (() is all), ``parted`` one of `text: text`, ``paired`` these undashed.
    """

    firsts: Collection[str] = ()
    lists: Mapping[str, Sequence[str]] = MappingProxyType({})
    parted: Collection[str] = ()
    paired: Collection[str] = ()


SHAPELESS = Shape()


class _Line(NamedTuple):
    """A line by its parts: the column of its dash (-1: none), of its text, its key ('': none)."""

    number: int
    dash: int
    column: int
    key: str
    text: str

    @property
    def start(self) -> int:
        return self.column if self.dash < 0 else self.dash

    @property
    def bare(self) -> bool:
        """Whether it has neither a key nor a dash."""
        return self.dash < 0 and not self.key


FAR = 200
"""How many lines above one are looked at: no question is longer that is well written."""
UNCLOSED = "a quotation mark is not closed"
_LINE = re.compile(r"( *)(- +)?(?:([^\s:#\"'\[{-][^:#]*):(?=\s|$))?")
_NUMBERED = re.compile(r"( *)(?:\d{1,3}|[A-Za-z])[.)] +(?=\S)")
_COMMENT = re.compile(r"(?<=\s)#[^\s,\]}]+")
_KEYED_DASH = re.compile(r"\s*((?:- +)?[\w.-]+:) +- +(\S.*)")
_KEY = r"[^\W\d_][\w.-]*"


def _spaced(line: str, at: int) -> str:
    """Return the mend: the line with a hyphen and a space for what is at its beginning."""
    return f"Write `- {line[at + 1 :].strip()}`, with a hyphen and a space."


def _parted(line: str, at: int) -> str:
    """Return the mend: the line with a colon and a space between its key and its value."""
    return f"Write `{line[:at].strip()}: {line[at + 1 :].strip()}`, with a space."


# A sign that is not what it looks like, or lacks its space; what it is, and the mend.
_SIGNS: list[tuple[re.Pattern[str], str, Callable[[str, int], str]]] = [
    (
        re.compile(
            r"[ \t]*(?:-[ \t]*)?"
            rf"(?:{_KEY}:[ \t]*)?([\xa0\u1680\u2000-\u200b\u202f\u205f\u3000])"
        ),
        "a space of another kind, as word processors write it",
        lambda line, at: f"Put a plain space in the place of each {visible(line[at])}.",
    ),
    (
        re.compile(r" *(?:- *)?(\t)"),
        "a tab at the beginning of a line",
        lambda _, __: "Indent with spaces; YAML takes no tabs.",
    ),
    (re.compile("(```)"), "a line of Markdown", lambda _, __: "Delete it."),
    (re.compile(r"\s*([–—−‒―•·]|\*(?=\s))(?=\s*\w)"), "not the dash of a list", _spaced),
    (re.compile(r"\s*(-)(?=[^\s-])"), "no space behind the dash", _spaced),
    (re.compile(rf"\s*(?:- +)?{_KEY}\s*(：)"), "not the colon of a key", _parted),
    (re.compile(rf"\s*(?:- +)?{_KEY}(:)(?=[^\s:/])"), "no space behind the colon", _parted),
]


def under(lines: Lines, at: int) -> str:
    """Return the key under which a line stands, '' for none."""
    line = _parsed(lines, at)
    for number in _above(lines, at):
        near = _parsed(lines, number)
        if near.start < line.start or (near.start == line.start and near.dash < 0 <= line.dash):
            return near.key if near.text.endswith(":") else ""
    return ""


def slip(lines: Lines, at: int, column: int, told: str, shape: Shape) -> Slip:
    """Return the slip for which YAML stumbles at a place and tells ``told``.

    YAML notices many a line below.
    """
    above = _above(lines, at)
    line = _parsed(lines, at)
    firsts = shape.firsts
    opened = _opened(lines, at, column, above) if "did not find expected" in told else None
    if opened is not None:
        column = lines[opened].index(lines[at][:column].rstrip()[-1])
        return _trap(lines, opened, column, UNCLOSED, shape.parted)
    found = _numbered(lines, (at, *above), firsts) or _sign(lines, (at, *above[:1]))
    if found is None and column <= line.column + len(line.key):  # nothing behind a key
        before = [_parsed(lines, number) for number in above]
        found = (
            _mixed(line, before, shape.paired)
            or _missing(line, before, firsts)
            or _astray(lines, line, before, shape)
            or _misplaced(line, before, firsts)
        )
    return found or _trap(lines, at, column, told, shape.parted)


def _above(lines: Lines, at: int) -> list[int]:
    near = range(at - 1, max(-1, at - 1 - FAR), -1)
    return [number for number in near if lines[number].lstrip()[:1] not in ("", "#")]


def _opened(lines: Lines, at: int, column: int, above: Sequence[int]) -> int | None:
    """Return the line of a quotation mark that is closed only by one in a text far below."""
    quote = lines[at][:column].rstrip()[-1:]
    if quote not in ("'", '"') or _parsed(lines, at).bare:
        return None
    return next((number for number in above if opening(lines[number]) == quote), None)


def _numbered(lines: Lines, numbers: Sequence[int], firsts: Collection[str]) -> Slip | None:
    """Look for a number or a letter in the place of a dash, in a line or right above it.

    ``numbers`` are those of the line and of the lines above it, the nearest first.
    """
    run = list(takewhile(lambda number: _NUMBERED.match(lines[number]), numbers))
    run = run or list(takewhile(lambda number: _NUMBERED.match(lines[number]), numbers[1:]))
    if not run:
        return None
    line = lines[run[-1]]
    column = len(line) - len(line.lstrip())
    text = _NUMBERED.sub("", line, count=1).strip()
    if text.partition(":")[0] in firsts:
        mend = f"A question begins with a dash: `- {text}`."
        return Slip(run[-1], column, "no dash before the question", mend)
    before = next((lines[number] for number in numbers if number < run[-1]), "")
    if before.rstrip().endswith(":"):
        mend = f"Write `- {text}`, with a hyphen and a space."
        return Slip(run[-1], column, "not the dash of a list", mend)
    return None


def _sign(lines: Lines, numbers: Iterable[int]) -> Slip | None:
    for number in numbers:
        for sign, message, mend in _SIGNS:
            if found := sign.match(lines[number]):
                place = found.start(1)
                return Slip(number, place, message, mend(lines[number], place))
    return None


def _parsed(lines: Lines, number: int) -> _Line:
    text = lines[number]
    found = _LINE.match(text)
    space, dash, key = found.groups() if found else ("", None, None)  # it matches every text
    column = len(space) + len(dash or "")
    start = len(space) if dash else -1
    return _Line(number, start, column, (key or "").strip(), text[column:].strip())


def _missing(line: _Line, before: Sequence[_Line], firsts: Collection[str]) -> Slip | None:
    """Look for a question without its kind or its dash, and for a line without any."""
    for near in before[:1]:
        if near.dash >= 0 and not near.key and line.key and firsts and line.column == near.column:
            mend = f"Begin with the kind of question, as `- {next(iter(firsts))}: {near.text}`."
            return Slip(near.number, near.column, "no key before the text", mend)
        if near.bare and near.column <= line.column:
            mend = (
                "A key has a colon and a space behind it, an item of a list a dash and a space "
                "before it; what goes on from the line above needs more spaces before it."
            )
            return Slip(near.number, near.column, "neither a key nor an item of a list", mend)
    opens = line.dash >= 0 and line.key in firsts
    for near in before if opens else before[:1]:
        if near.dash >= 0 and near.key in firsts:
            break
        if near.dash < 0 and near.key in firsts and (opens or near.column < line.column):
            mend = f"A question begins with a dash: `- {near.text}`."
            return Slip(near.number, near.column, "no dash before the question", mend)
    return None


def _mixed(line: _Line, before: Sequence[_Line], paired: Collection[str]) -> Slip | None:
    """Look for a dash before a pair, where the other pairs have none."""
    around = [line, *takewhile(lambda near: near.start >= line.start, before)]
    parent = before[len(around) - 1 : len(around)]
    dashed = next((near for near in around if near.dash == line.start), None)
    if dashed and parent and parent[0].key in paired:
        pair = unquoted(dashed.text)
        mend = f"Write each of `{parent[0].key}` without a dash, as `{pair}`."
        return Slip(dashed.number, dashed.dash, "a dash before a pair", mend)
    return None


def _astray(lines: Lines, line: _Line, before: Sequence[_Line], shape: Shape) -> Slip | None:
    """Look for an item of a list that begins where no item of it does."""
    if line.dash < 0 or line.key in shape.firsts:
        return None
    deeper = [*takewhile(lambda near: near.start > line.dash, before)]
    parent = next(iter(before[len(deeper) :]), None)
    if parent is None or parent.dash == line.dash or parent.bare:
        return None
    items = [near for near in deeper if near.dash >= 0]
    if parent.text.endswith(":"):
        first = min(items, key=lambda near: near.dash, default=None)
        if first is None:
            return None
        # Of two that stand alike and one that does not, that one is out of line.
        alone = [near.dash for near in items].count(first.dash) == 1
        return _shifted(first, line) if alone else _shifted(line, first)
    if parent.dash >= 0 and parent.key not in shape.firsts:
        return _shifted(line, parent)
    text = parent.text[len(parent.key) + 1 :].strip()
    if parent.dash < 0 and not deeper and not text.startswith("["):
        mend = f"`{parent.key}` takes one text here; join them, or delete the item."
        kinds = shape.lists.get(parent.key)
        question = next((near.key for near in before if near.key in shape.firsts), "")
        if kinds is not None and (not kinds or question in kinds):
            after = (
                _parsed(lines, n) for n in range(line.number, min(len(lines), line.number + FAR))
            )
            found = takewhile(lambda near: near.dash == line.dash, after)
            texts = [near.text for near in found if near.key not in shape.firsts]
            mend = listed(parent.key, [text, *texts])
        message = f"an item of a list below a text: `{parent.key}` has one already"
        return Slip(line.number, line.dash, message, mend)
    return None


def _misplaced(line: _Line, before: Sequence[_Line], firsts: Collection[str]) -> Slip | None:
    """Look for a line that begins deeper than its neighbours, or less deep."""
    before = [near for near in before if not near.bare]
    # A line as far left as the empty key that it belongs under, and the next stands right.
    if len(before) > 1 and before[1].text == f"{before[1].key}:" and line.dash < 0:
        first, parent = before[:2]
        filled = first.dash < 0 and not first.text.endswith(":")
        if filled and first.column == parent.column < line.column:
            return _shifted(first, line)
    # YAML takes a line at the margin for the deck's own and stumbles at the next.
    if before and before[0].dash < 0 and before[0].column < line.column:
        beside = _beside(before[0], before[1:], firsts)
        if beside and beside.column == line.column and not before[0].text.endswith(":"):
            return _shifted(before[0], beside)
    beside = _beside(line, before, firsts)
    opens = line.dash >= 0 and line.key in firsts
    if beside and line.start != beside.start and (opens or line.start not in _open(before)):
        return _shifted(line, beside)
    return None


def _beside(line: _Line, before: Sequence[_Line], firsts: Collection[str]) -> _Line | None:
    """Return the nearest line above that one should begin below of."""
    if line.dash >= 0:
        wanted = firsts if line.key in firsts else ()
        return next(
            (near for near in before if near.dash >= 0 and (not wanted or near.key in wanted)), None
        )
    found = next((near for near in before if near.dash < 0 or near.key in firsts), None)
    return found._replace(dash=-1) if found else None  # below the text, not below the dash


def _open(before: Sequence[_Line]) -> set[int]:
    """Return the columns at which a line may begin."""
    columns: set[int] = set()
    least = 1 << 30
    for near in before:
        for column in (near.column, near.start):
            if column < least:
                least = column
                columns.add(column)
    return columns


def _shifted(line: _Line, beside: _Line) -> Slip:
    off = line.start - beside.start
    way = "too far right" if off > 0 else "too far left"
    message = f"`{line.key or line.text}` stands {counted(abs(off), 'space')} {way}"
    mend = f"Begin it right below `{beside.key or beside.text}` in line {beside.number + 1}."
    return Slip(line.number, line.start, message, mend)


def _trap(lines: Lines, at: int, column: int, told: str, parted: Collection[str]) -> Slip:
    """Return what a text with signs in it that mean something to YAML lacks."""

    def halved(number: int) -> bool:
        return under(lines, number) in parted

    # A quotation mark that closes early is noticed one line below.
    early = "did not find expected" in told and not trapped(lines[at], halved(at))
    if early and at and trapped(lines[at - 1], halved(at - 1)):
        at, column = at - 1, 0
    opens = unclosed(lines[at])
    if opens is not None:
        mend = "Close the bracket that opens here, or put the text in quotes."
        if lost := _COMMENT.search(lines[at], opens):
            mend = f"Behind ` #` stands a comment; put the item in quotes: `{in_quotes(lost[0])}`."
        return Slip(at, opens, "a bracket is not closed", mend)
    if dashed := _KEYED_DASH.match(lines[at]):
        mend = f"Write `{dashed[1]} {dashed[2]}`, or the dash in a line below."
        return Slip(at, dashed.start(2) - 2, "a dash behind a key", mend)
    if trapped(lines[at], halved(at)):
        if "closed" not in told:
            told = "a sign in the text means something to YAML"
        text = quoted(lines[at], halved(at))
        return Slip(at, column, told, f"Put the text in quotes: {text}")
    mend = "Check the indentation, and that each quotation mark and bracket is closed."
    return Slip(at, column, told, mend)
