"""What YAML reads without a complaint, but hardly as it was meant: the place, and the mend."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newsdeck.lines import Lines
from newsdeck.slips import FAR, Slip
from newsdeck.traps import in_quotes, listed

CUT = re.compile(r"\d,\d")
"""What stands in every list that ``pieces`` finds something in."""
_DASHED = re.compile(r"(\s*)- +(?=\S)")
_GLUED = re.compile(r"(\s*)-(?=[^\W\d_])")
_KEYED = re.compile(r"(?:^|\s)([\w.-]+): +$")
_THOUSANDS = re.compile(r"\D*\d{1,3}(?:,\d{3})+(?!\d)[^,]*")
_DECIMAL = re.compile(r"\D*\d+,\d+(?!\d)[^,]*")


def strays(
    lines: Lines, line: int, column: int, last: int, lists: Mapping[str, Sequence[str]]
) -> list[Slip]:
    """Return the lines of a plain text that look like items of a list.

    The text stands from ``line`` and ``column`` to the line ``last``. ``lists`` has the keys that
    take a list, each with the kinds of question in which it does (() for all).
    """
    head = lines[line][:column]
    if head.strip() == "-":
        return _items(lines, head.index("-"), range(line + 1, last + 1), line)
    keyed = _KEYED.search(head)
    if keyed and keyed[1] in lists and _kind(lines, line, lists[keyed[1]]):
        return _several(lines, keyed[1], range(line, last + 1), column)
    return []  # prose, which may have a dash anywhere


def _items(lines: Lines, dash: int, below: range, line: int) -> list[Slip]:
    found = []
    for number in below:
        if sign := _DASHED.match(lines[number]) or _GLUED.match(lines[number]):
            text = lines[number][sign.end() :].strip()
            mend = (
                f"An item has its dash right below that in line {line + 1}: "
                f"`{' ' * dash}- {text}`; a text that goes on has none."
            )
            message = f"`{text}` is read as a part of the item above"
            found.append(Slip(number, len(sign[1]), message, mend))
    return found


def _several(lines: Lines, key: str, rows: range, column: int) -> list[Slip]:
    texts = [lines[rows[0]][column:].strip()]
    places = []
    for number in rows[1:]:
        if sign := _DASHED.match(lines[number]):
            texts.append(lines[number][sign.end() :].strip())
            places.append((number, len(sign[1])))
        else:
            texts[-1] += " " + lines[number].strip()
    if not places:
        return []
    return [Slip(*places[0], "a list that is read as one text", listed(key, texts))]


def _kind(lines: Lines, line: int, kinds: Sequence[str]) -> bool:
    """Tell whether the question around a line is of one of the kinds; () are all."""
    for number in range(line, max(-1, line - FAR), -1):
        if opens := kinds and re.match(r" *- +(\w+):", lines[number]):
            return opens[1] in kinds
    return not kinds


def pieces(text: str, starts: Sequence[int], end: int) -> tuple[int, str] | None:
    """Look for numbers that their own commas have cut, in a list between brackets.

    Its items begin at ``starts`` and it ends before ``end``. Returns the start of the first such
    number, and the list as it was meant. `[1,2,3]` is as it was meant; `[1,000, 2,500]` is not.
    """
    cuts = [
        at > 1 and text[at - 1] == "," and text[at - 2].isdigit() and text[at].isdigit()
        for at in starts[1:]
    ]
    if not any(cuts) or "\n" in text[starts[0] : end]:
        return None
    firsts = [starts[0], *(at for at, cut in zip(starts[1:], cuts, strict=True) if not cut)]
    stops = [*firsts[1:], end]
    groups = [text[a:z].strip().rstrip("],").strip() for a, z in zip(firsts, stops, strict=True)]
    decimal = len(groups) > 1 and all(map(_DECIMAL.fullmatch, groups))
    numbers = [
        bool(_THOUSANDS.fullmatch(group) or (decimal and _DECIMAL.fullmatch(group)))
        for group in groups
    ]
    if not any(numbers) or _alike(groups):
        return None
    meant = [
        _whole(group) if number else group for group, number in zip(groups, numbers, strict=True)
    ]
    return firsts[numbers.index(True)], f"[{', '.join(meant)}]"


def _alike(groups: Sequence[str]) -> bool:
    """Tell whether all is one row of numbers of three digits, which is a list without spaces."""
    found = groups[0].split(",")
    return len(groups) == 1 and all(re.fullmatch(r"[1-9]\d\d", piece) for piece in found)


def _whole(number: str) -> str:
    """Return a number with its comma as an item: in quotes, but for a rebuttal behind it."""
    head, colon, rest = number.partition(": ")
    return in_quotes(head) + colon + rest
