"""Lines that YAML reads otherwise than they look, and how to write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FLOW_OR_QUOTE = ("{", "[", "*", "&", "!", "%", "@", "`", '"', "'", "|", ">")


# What was read as space is not tried as text, which would take the square of the time.
_HALVES = re.compile(r"""\s*+(- ++)?+("[^"]*"|'[^']*'|.+?):\s+(\S.*)""")

_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")


def trapped(line: str, parted: bool = False) -> bool:
    """Tell whether a line's value has a sign that means something to YAML.

    A ``parted`` line is `text: text`, and its value stands behind the first colon.
    """
    if parted and (halves := _HALVES.fullmatch(line.rstrip())):
        return _open(halves[2]) or _open(halves[3])
    head, value = _parts(line)
    return bool(head.strip()) and bool(value) and _means_more(value)


def _means_more(text: str) -> bool:
    return text.startswith(_FLOW_OR_QUOTE) or ": " in text


def opening(line: str) -> str:
    """Return the quotation mark that a line's value begins with and does not close, or ''."""
    value = _parts(line)[1]
    return value[0] if value[:1] in ("'", '"') and value.count(value[0]) % 2 else ""


def unclosed(line: str) -> int | None:
    """Return the column of a bracket that a line's value begins with and does not close."""
    head, value = _parts(line)
    value = value.partition(" #")[0]
    for opening, closing in ("[]", "{}"):
        if value.startswith(opening) and value.count(opening) > value.count(closing):
            return len(head)
    return None


def quoted(line: str, parted: bool = False) -> str:
    """Return ``key: value`` or ``- value`` with the value in quotes that fit it.

    A ``parted`` line is `text: text`, and each half is a value of its own.
    """
    halves = _HALVES.fullmatch(line.rstrip()) if parted else None
    if halves:
        dash, left, right = halves.groups("")
        plain = not _open(left)
        left = left if plain else _requoted(left)
        right = _requoted(right) if plain or _open(right) else right
        return f"{dash and '- '}{left}: {right}"
    head, value = _parts(line)
    return f"{head.strip()} {_requoted(value)}"


def _open(text: str) -> bool:
    """Tell whether a text needs quotes that it has not."""
    return not _QUOTED.fullmatch(text) and (_means_more(text) or " #" in text)


def _requoted(value: str) -> str:
    """Return a value in quotes that fit it, without those that it has already."""
    if value[:1] in ("'", '"') and value[0] == value[-1] and value.count(value[0]) % 2:
        value = value[1:-1]  # quoted already, but for the quotation mark within
    elif value[:1] in ("'", '"') and value.count(value[0]) == 1:
        value = value[1:]  # quoted already, but never closed
    elif value[:1] in ("“", "„") and value[-1] in ("”", "“"):
        value = value[1:-1]  # quoted as word processors do
    return in_quotes(value)


def in_quotes(text: str) -> str:
    """Return a text of one line in the quotation marks that fit it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def unquoted(text: str) -> str:
    """Return what stands in quotation marks around a text of one line."""
    return text[1:-1] if _QUOTED.fullmatch(text) else text


def listed(key: str, texts: Sequence[str]) -> str:
    """Return the mend: a key with its texts as a list, in one line."""
    items = ", ".join(text if _QUOTED.fullmatch(text) else in_quotes(text) for text in texts)
    return f"If they are several: `{key}: [{items}]`; or a line for each, all with a dash."


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
