"""Lines that YAML reads otherwise than they look, and how to write them."""

from __future__ import annotations

import re

_FLOW_OR_QUOTE = ("{", "[", "*", "&", "!", "%", "@", "`", '"', "'", "|", ">")


def trapped(line: str) -> bool:
    """Tell whether a line's value has a sign that means something to YAML."""
    head, value = _parts(line)
    return (
        bool(head.strip()) and bool(value) and (value.startswith(_FLOW_OR_QUOTE) or ": " in value)
    )


def unclosed(line: str) -> int | None:
    """Return the column of a bracket that a line's value begins with and does not close."""
    head, value = _parts(line)
    for opening, closing in ("[]", "{}"):
        if value.startswith(opening) and value.count(opening) > value.count(closing):
            return len(head)
    return None


def quoted(line: str) -> str:
    """Return ``key: value`` or ``- value`` with the value in quotes that fit it."""
    head, value = _parts(line)
    if value[:1] in ("'", '"') and value[0] == value[-1] and value.count(value[0]) % 2:
        value = value[1:-1]  # quoted already, but for the quotation mark within
    elif value[:1] in ("'", '"') and value.count(value[0]) == 1:
        value = value[1:]  # quoted already, but never closed
    elif value[:1] in ("“", "„") and value[-1] in ("”", "“"):
        value = value[1:-1]  # quoted as word processors do
    return f"{head.strip()} {in_quotes(value)}"


def in_quotes(text: str) -> str:
    """Return a text of one line in the quotation marks that fit it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def without_item(text: str, line: int) -> str:
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


def _parts(line: str) -> tuple[str, str]:
    found = re.match(r"\s*(?:- +)?(?:[\w.-]+: +)?", line)
    head = found[0] if found else ""
    return head, line[len(head) :].rstrip()
