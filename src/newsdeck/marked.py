"""YAML events become plain values that remember where they stood."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from newsdeck.doubts import CUT, pieces, strays
from newsdeck.lines import Lines, too_long
from newsdeck.problem import DeckError, Problem, Severity
from newsdeck.slips import SHAPELESS, UNCLOSED, Shape, Slip, slip, under
from newsdeck.text import REFUSED, visible
from newsdeck.traps import quoted, unclosed, without_item
from newsdeck.values import Mapping, Mark, Sequence, Value

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 32
MOST_ITEMS = 20_000
"""How many items a list may have, or keys a mapping: no one plays a deck of more questions."""
MOST_LINES = 500_000
LONGEST_LINE = 1 << 20
"""How many characters a line may have: programs write whole decks in one."""
MOST_VALUES = 250_000
"""How many items and keys a file may have, a dozen for each question of the largest decks."""
MOST_PROBLEMS = 100
"""How many problems of a file are told; nobody mends more at a time."""
_MOST_ERRORS = 20
_FEW_ERRORS, _LARGE = 3, 1 << 20  # a large text is not read anew that often
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_NAMED = dict(zip("0abvfreNLP", "\0\a\b\v\f\r\x1b\x85\u2028\u2029", strict=True))
"""The escapes of one letter that mean a character that is refused."""
_HASH = re.compile(r"(?<=[ \t])#(?=[^\s#!]| \d)")
_LOST = re.compile(r"[ \t]+#(?=[^\s#!]| \d)")


class _TooMuch(Exception):
    """The rest of the text is not worth reading."""


class Reader:
    """Reads one YAML text; ``problems`` has what was wrong with it.

    ``doubts`` has what can be read but was perhaps meant otherwise. ``shape`` says what the text's
    keys take, for the mends.
    """

    def __init__(self, path: Path, text: str, shape: Shape = SHAPELESS) -> None:
        self.path = path
        self.text = text
        self.shape = shape
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []

    @cached_property
    def lines(self) -> Lines:
        """The text's lines; most texts have no problem and need none."""
        return Lines(self.text)

    def problem(self, mark: Mark, rule: str, message: str, hint: str = "") -> None:
        """Note what is wrong at a mark. Raises DeckError where it is one too many."""
        source = self.lines[mark.line] if mark.line < len(self.lines) else ""
        found = Problem(self.path, mark.line + 1, mark.column + 1, rule, message, hint, source)
        if found not in self.problems:
            self.problems.append(found)
        if len(self.problems) == MOST_PROBLEMS:
            told = f"only the first {MOST_PROBLEMS} problems are told"
            more = Problem(self.path, 0, 0, rule, told, "Mend these first.")
            raise DeckError([*sorted(self.problems, key=lambda p: (p.line, p.column)), more])

    def _doubt(self, slip: Slip) -> None:
        if len(self.doubts) == MOST_PROBLEMS:
            return
        line, column, message, hint = slip
        found = Problem(
            self.path, line + 1, column + 1, "S11", message, hint, self.lines[line],
            Severity.WARNING,
        )  # fmt: skip
        # Reading anew behind an error finds it again.
        if found not in self.doubts:
            self.doubts.append(found)

    def read(
        self, makers: dict[str, Callable[[Any], Any]] | None = None, whole: bool = False
    ) -> Value | None:
        """Return the document's value, None where there is none.

        ``makers`` has, by keys of the root, what each item of the list there is made into as
        soon as it is read, so that a large text's places are not all kept at once.

        After a syntax error the list item it stands in is left out and reading goes on, so
        that the file's other errors are found as well; with ``whole`` nothing is left out.
        """
        self._makers = makers or {}
        text = self.text
        if text.count("\n") > MOST_LINES:
            told = f"more than {MOST_LINES:,} lines"
            self.problems.append(Problem(self.path, 0, 0, "size", told, "Make several of it."))
            return None
        if (long := too_long(text, LONGEST_LINE)) is not None:
            told = f"a line of more than {LONGEST_LINE:,} characters"
            mend = "Begin a line for each question."
            self.problems.append(Problem(self.path, long + 1, 1, "size", told, mend))
            return None
        for left in reversed(range(_MOST_ERRORS if len(text) < _LARGE else _FEW_ERRORS)):
            try:
                value = self._document(text)
            except yaml.MarkedYAMLError as error:
                mark = self._syntax(error)
                shorter = without_item(text, mark.line) if left and not whole else text
                if shorter == text:
                    return None
                text = shorter
            except yaml.YAMLError as error:
                self.problems.append(
                    Problem(self.path, 0, 0, "yaml", f"cannot be read: {error}".split("\n")[0])
                )
                return None
            else:
                return value
        return None

    def first(self) -> Any:
        """Return the value that a text begins with, whatever follows it; None for none."""
        self._makers = {}
        try:
            return self._document(self.text, alone=False)
        except (yaml.YAMLError, DeckError):
            return None

    def _document(self, text: str, alone: bool = True) -> Value | None:
        self._parsed = text
        self._under = ""
        self._values = 0
        # The two looks for a text take a tenth of the time of the pattern.
        self._careful = (" #" in text or "\t#" in text) and _HASH.search(text) is not None
        loader = yaml.CSafeLoader(text)
        self._next = loader.get_event
        try:
            self._next()  # the stream's start
            if type(self._next()) is not yaml.DocumentStartEvent:
                return None
            root = self._node(self._next(), 0)
            if not alone:
                return root
            self._next()  # the document's end
            after = self._next()
            if type(after) is yaml.DocumentStartEvent:
                self.problem(after.start_mark, "document", "a second document", "One deck a file.")
            return root
        except _TooMuch:
            return None
        finally:
            loader.dispose()

    def _node(self, event: Any, depth: int) -> Value:
        """Return the value that begins with ``event``."""
        kind, mark = type(event), event.start_mark
        if kind is yaml.AliasEvent:
            mend = f"Write it again, or as text: {self.quoted(mark.line)}"
            self.problem(mark, "alias", "aliases are refused", mend)
            return ""
        if event.anchor is not None or event.tag is not None:
            name = "anchors" if event.anchor is not None else "tags"
            mend = f"If it is text: {self.quoted(mark.line)}"
            self.problem(mark, name[:-1], f"YAML {name} are refused", mend)
        if kind is yaml.ScalarEvent:
            return self._text(event)
        if depth == DEEPEST:
            self.problem(mark, "depth", f"nested more than {DEEPEST} deep", "Flatten it.")
            raise _TooMuch
        if kind is yaml.MappingStartEvent:
            return self._mapping(mark, depth + 1)
        return self._sequence(mark, depth + 1, bool(event.flow_style))

    def _sequence(self, mark: Mark, depth: int, flow: bool) -> Sequence:
        found = Sequence()
        found.mark, found.marks = mark, []
        next_event: Callable[[], Any] = self._next
        scalar, end = yaml.ScalarEvent, yaml.SequenceEndEvent
        careful = self._careful
        make = self._makers.get(self._under) if depth == 2 else None
        item: Any
        while type(event := next_event()) is not end:
            if len(found) == MOST_ITEMS:
                self._too_many(event.start_mark, "items")
            # As in a mapping; see there.
            if type(event) is scalar and not (
                careful or event.style or not event.value or event.anchor or event.tag
                or " -" in event.value or "\n-" in event.value
            ):  # fmt: skip
                item = event.value
            else:
                item = self._node(event, depth)
            found.append(make(item) if make else item)
            found.marks.append(event.start_mark)
        self._count(len(found), mark)
        if flow and len(found) > 1:
            self._pieces(found, event.end_mark)
        return found

    def _count(self, values: int, mark: Mark) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            told = f"more than {MOST_VALUES:,} items and keys"
            self.problem(mark, "size", told, "Make several decks of it.")
            raise _TooMuch

    def _too_many(self, mark: Mark, what: str) -> NoReturn:
        self.problem(mark, "size", f"more than {MOST_ITEMS:,} {what}", "Make several decks of it.")
        raise _TooMuch

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        found = Mapping()
        found.mark = mark
        places: list[Mark] = []
        found.places = places
        key: Value
        value: Value
        next_event: Callable[[], Any] = self._next
        scalar, end = yaml.ScalarEvent, yaml.MappingEndEvent
        careful = self._careful
        # Nearly every scalar is plain and not empty, and needs no closer look; asking so here,
        # not in a function, is a third of the time.
        while type(event := next_event()) is not end:
            key_mark = event.start_mark
            if type(event) is scalar and not (
                careful or event.style or not event.value or event.anchor or event.tag
            ):
                key = event.value
            else:
                key = self._node(event, depth)
            event = next_event()
            if type(event) is scalar and not (
                careful or event.style or not event.value or event.anchor or event.tag
                or " -" in event.value or "\n-" in event.value
            ):  # fmt: skip
                value = event.value
            else:
                if depth == 1:
                    self._under = str(key)
                value = self._node(event, depth)
            if type(key) is not str:
                mend = f"Put the text in quotes: {self.quoted(key_mark.line)}"
                self.problem(key_mark, "yaml", "a key must be text", mend)
                continue
            if key in found:
                self.problem(key_mark, "duplicate-key", f"`{key}` stands twice", "Keep one.")
            else:
                places += key_mark, event.start_mark
            found[key] = value
            if len(found) > MOST_ITEMS:
                self._too_many(key_mark, "keys")
        self._count(len(found), mark)
        return found

    def _text(self, event: Any) -> str:
        value: str = event.value
        if event.style == '"':
            self._gate(event, self._parsed)
        elif not event.style:
            if self._careful:
                self._lost_text(event, self._parsed)
            if event.end_mark.line > event.start_mark.line:
                start: Mark = event.start_mark
                last = event.end_mark.line
                for found in strays(self.lines, start.line, start.column, last, self.shape.lists):
                    self._doubt(found)
        # What stood below an empty line may be an item that was left out.
        if (not value or value.isspace()) and self._parsed is self.text:
            mend = "Write it behind the colon, or below and further right; or delete the line."
            self.problem(event.start_mark, "empty", "nothing is written here", mend)
        return value

    def _pieces(self, items: Sequence, end: Mark) -> None:
        if not CUT.search(self._parsed, items.mark.index, end.index):  # as in nearly every list
            return
        found = pieces(self._parsed, [mark.index for mark in items.marks], end.index)
        if found is not None:
            mark = next(mark for mark in items.marks if mark.index == found[0])
            mend = f"If it is one: `{found[1]}`; if it is several, put a space behind each comma."
            self._doubt(Slip(mark.line, mark.column, "a comma that cuts a number in two", mend))

    def _gate(self, event: Any, text: str) -> None:
        refused = REFUSED.search(event.value)
        if refused is None:
            return
        line, column = event.start_mark.line, event.start_mark.column
        for escape in _ESCAPE.finditer(text, event.start_mark.index, event.end_mark.index):
            *codes, letter = escape.groups()
            code = next(filter(None, codes), "")
            if REFUSED.match(chr(int(code, 16)) if code else _NAMED.get(letter, "")):
                start = text.rfind("\n", 0, escape.start()) + 1
                line, column = text.count("\n", 0, start), escape.start() - start
                break
        mark = yaml.Mark("", 0, line, column, None, 0)
        self.problem(
            mark,
            "unsafe-text",
            f"the character {visible(refused[0])} is refused: it could deceive or break a screen",
            "Delete it.",
        )

    def _lost_text(self, event: Any, text: str) -> None:
        end = event.end_mark
        found = _LOST.match(text, end.index)
        if found is None:
            return
        at = found.end() - 1
        if text[at + 1] == " ":
            if " " in event.value:  # else it is a value with a note: `5  # 5 days`
                mend = f"Put the text in quotes: {self.quoted(end.line)}"
                told = "the text behind ` # ` is a comment"
                self._doubt(Slip(end.line, at - end.index + end.column, told, mend))
        else:
            self.problem(
                event.start_mark,
                "lost-text",
                "the text behind ` #` is a comment to YAML",
                f"Put the text in quotes: {self.quoted(end.line)} — or write the comment as `# …`.",
            )

    def _syntax(self, error: yaml.MarkedYAMLError) -> Mark:
        mark: Mark = error.problem_mark or error.context_mark
        if error.context and "quoted scalar" in error.context:
            mark = error.context_mark
        # A bracket that is left open is noticed where the next key stands.
        flow = "parsing a flow" in str(error.context) and error.context_mark
        # At the text's end both places may be the line behind the last.
        last = len(self.lines) - 1
        if flow and flow.line <= last and unclosed(self.lines[flow.line]) == flow.column:
            mark = flow
        if mark.line > last:
            mark = yaml.Mark("", 0, last, 0, None, 0)
        told = str(error.problem or error.context)
        if error.context and "quoted scalar" in error.context:
            told = UNCLOSED
        found = slip(self.lines, mark.line, mark.column, told, self.shape)
        # What looked empty before the error is not.
        self.problems = [
            p for p in self.problems if p.rule != "empty" or p.line - found.line not in (0, 1)
        ]
        mark = yaml.Mark("", 0, found.line, found.column, None, 0)
        self.problem(mark, "yaml", f"not YAML: {found.message}", found.mend)
        return mark

    def quoted(self, line: int) -> str:
        """Return a line of the file with its text in quotes, as the mend of a YAML trap."""
        return quoted(self.lines[line], under(self.lines, line) in self.shape.parted)
