"""YAML events become plain values that remember where they stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import yaml

from newsdeck.problem import Problem
from newsdeck.text import REFUSED, visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DEEPEST = 32
_MOST_ERRORS = 20
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_LOST = re.compile(r"(?<=[ \t])#(?=[^\s#!])")
_FLOW_OR_QUOTE = ("{", "[", "*", "&", "!", "%", "@", "`", '"', "'", "|", ">")

Value = str | dict[str, Any] | list[Any]
Mark = Any
"""PyYAML's mark: ``line`` and ``column``, both from 0."""


class Mapping(dict[str, Any]):
    """A mapping; ``marks`` has for each key where it and its value stand."""

    __slots__ = ("mark", "marks")
    mark: Mark
    marks: dict[str, tuple[Mark, Mark]]


class Sequence(list[Any]):
    """A list; ``marks`` has where each item stands."""

    __slots__ = ("mark", "marks")
    mark: Mark
    marks: list[Mark]


class Reader:
    """Reads one YAML text; ``problems`` has what was wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.problems: list[Problem] = []

    def problem(self, mark: Mark, rule: str, message: str, hint: str = "") -> None:
        """Note what is wrong at a mark."""
        source = self.lines[mark.line] if mark.line < len(self.lines) else ""
        found = Problem(self.path, mark.line + 1, mark.column + 1, rule, message, hint, source)
        if found not in self.problems:
            self.problems.append(found)

    def read(self) -> Value | None:
        """Return the document's value, None where there is none.

        After a syntax error the list item it stands in is left out and reading goes on, so
        that the file's other errors are found as well.
        """
        text = self.text
        for _ in range(_MOST_ERRORS):
            try:
                value = self._document(text)
            except yaml.MarkedYAMLError as error:
                mark = self._syntax(error)
                shorter = _without_item(text, mark.line)
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

    def _document(self, text: str) -> Value | None:  # noqa: C901  # one loop: a call an event costs a third more
        lost = {}
        if " #" in text or "\t#" in text:
            lost = {text.count("\n", 0, at.start()): at.start() for at in _LOST.finditer(text)}
        root: list[Any] = []
        stack: list[Any] = []
        top: Any = None  # the open container; None at the root
        key: str | None = None
        key_mark: Mark = None
        keys: list[tuple[str | None, Mark]] = []
        scalar, sequence, mapping = (
            yaml.ScalarEvent,
            yaml.SequenceStartEvent,
            yaml.MappingStartEvent,
        )
        ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
        value: Any
        loader = yaml.CSafeLoader(text)
        next_event: Callable[[], Any] = loader.get_event
        try:
            while True:
                event = next_event()
                kind = type(event)
                if kind is scalar:
                    value = event.value
                    if event.anchor is not None or event.tag is not None:
                        self._refuse_property(event)
                    if event.style == '"':
                        self._gate(event, text)
                    elif lost and event.end_mark.line in lost:
                        self._lost_text(event, text, lost)
                    if not value or value.isspace():
                        self.problem(
                            event.start_mark,
                            "empty",
                            "nothing is written here",
                            "Write it, or delete the line.",
                        )
                elif kind is sequence or kind is mapping:
                    if event.anchor is not None or event.tag is not None:
                        self._refuse_property(event)
                    value = Sequence() if kind is sequence else Mapping()
                    value.mark = event.start_mark
                    value.marks = [] if kind is sequence else {}
                elif kind in ends:
                    stack.pop()
                    top = stack[-1] if stack else None
                    key, key_mark = keys.pop()
                    continue
                elif kind is yaml.AliasEvent:
                    self.problem(
                        event.start_mark,
                        "alias",
                        "aliases are refused",
                        "Write it again, or as text: " + self.quoted(event.start_mark.line),
                    )
                    value = "alias"
                elif kind is yaml.DocumentStartEvent and root:
                    self.problem(
                        event.start_mark, "document", "a second document", "One deck a file."
                    )
                    return cast("Value", root[0])
                elif kind is yaml.StreamEndEvent:
                    return cast("Value", root[0]) if root else None
                else:
                    continue
                mark = event.start_mark
                if top is None:
                    root.append(value)
                elif type(top) is Sequence:
                    top.append(value)
                    top.marks.append(mark)
                elif key_mark is None:
                    key_mark = mark
                    if kind is scalar:
                        key = value
                        if key in top:
                            self.problem(
                                mark, "duplicate-key", f"`{key}` stands twice", "Keep one."
                            )
                    else:
                        key = None
                        self.problem(
                            mark,
                            "yaml",
                            "a key must be text",
                            f"Put the text in quotes: {self.quoted(mark.line)}",
                        )
                else:
                    if key is not None:
                        top[key] = value
                        top.marks[key] = (key_mark, mark)
                    key_mark = None
                if kind is not scalar and kind is not yaml.AliasEvent:
                    if len(stack) == DEEPEST:
                        self.problem(
                            mark, "depth", f"nested more than {DEEPEST} deep", "Flatten it."
                        )
                        return None
                    stack.append(value)
                    keys.append((key, key_mark))
                    top, key, key_mark = value, None, None
        finally:
            loader.dispose()

    def _refuse_property(self, event: Any) -> None:
        name = "anchors" if event.anchor is not None else "tags"
        self.problem(
            event.start_mark,
            name[:-1],
            f"YAML {name} are refused",
            f"If it is text: {self.quoted(event.start_mark.line)}",
        )

    def _gate(self, event: Any, text: str) -> None:
        refused = REFUSED.search(event.value)
        if refused is None:
            return
        line, column = event.start_mark.line, event.start_mark.column
        for escape in _ESCAPE.finditer(text, event.start_mark.index, event.end_mark.index):
            try:
                meant = yaml.safe_load(f'"{escape[0]}"')
            except yaml.YAMLError:
                meant = "\ufffe"
            if isinstance(meant, str) and REFUSED.search(meant):
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

    def _lost_text(self, event: Any, text: str, lost: dict[int, int]) -> None:
        end = event.end_mark
        if event.style is not None and event.style != "":
            return
        if not text[end.index : lost[end.line]].strip() and end.index <= lost[end.line]:
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
        if mark.line >= len(self.lines):
            mark = yaml.Mark("", 0, len(self.lines) - 1, 0, None, 0)
        # A quotation mark that closes early is noticed one line below.
        line = mark.line
        if "did not find expected" in (error.problem or "") and error.context_mark is not None:
            for above in (line, line - 1):
                if above >= 0 and _trapped(self.lines[above]):
                    line = above
                    break
        if line != mark.line:
            mark = yaml.Mark("", 0, line, 0, None, 0)
        hint = "Check the indentation, and that each quotation mark and bracket is closed."
        if "\t" in self.lines[line][: len(self.lines[line]) - len(self.lines[line].lstrip())]:
            hint = "Indent with spaces; YAML takes no tabs."
        elif _trapped(self.lines[line]):
            hint = f"Put the text in quotes: {self.quoted(line)}"
        self.problem(mark, "yaml", f"not YAML: {error.problem or error.context}", hint)
        return mark

    def quoted(self, line: int) -> str:
        """Return a line of the file with its text in quotes, as the mend of a YAML trap."""
        return quoted(self.lines[line])


def _parts(line: str) -> tuple[str, str]:
    found = re.match(r"\s*(?:- +)?(?:[\w.-]+: +)?", line)
    head = found[0] if found else ""
    return head, line[len(head) :].rstrip()


def _trapped(line: str) -> bool:
    head, value = _parts(line)
    return (
        bool(head.strip()) and bool(value) and (value.startswith(_FLOW_OR_QUOTE) or ": " in value)
    )


def quoted(line: str) -> str:
    """Return ``key: value`` or ``- value`` with the value in quotes that fit it."""
    head, value = _parts(line)
    if '"' in value or "\\" in value:
        return f"{head.strip()} '" + value.replace("'", "''") + "'"
    return f'{head.strip()} "{value}"'


def _without_item(text: str, line: int) -> str:
    """Return ``text`` with the outermost list item around ``line`` blanked, its lines kept."""
    lines = text.split("\n")
    starts = [number for number, row in enumerate(lines) if re.match(r"\s*- ", row)]
    if not starts:
        return text
    outer = min(len(lines[number]) - len(lines[number].lstrip()) for number in starts)
    starts = [n for n in starts if len(lines[n]) - len(lines[n].lstrip()) == outer]
    before = [number for number in starts if number <= line]
    if not before:
        return text
    stop = next((number for number in starts if number > before[-1]), len(lines))
    return "\n".join([*lines[: before[-1]], *[""] * (stop - before[-1]), *lines[stop:]])
