"""Where the scalars of a YAML text stand, and how a text is written as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from newsdeck.marked import Reader
from newsdeck.traps import in_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from newsdeck.values import Mark


class Scalar(NamedTuple):
    """Where a scalar stands: characters ``start`` to ``end`` of the text.

    ``after`` is ``end`` but for a block scalar, which goes on to the start of what follows it.
    ``flow`` says whether it stands between brackets or braces.
    """

    start: int
    end: int
    after: int
    flow: bool


def scalars(text: str, starts: Collection[int]) -> dict[int, Scalar]:
    """Return those scalars of a text that can be read which begin at ``starts``, by that."""
    found: dict[int, Scalar] = {}
    flows: list[bool] = []
    loader = yaml.CSafeLoader(text)
    next_event: Callable[[], Any] = loader.get_event
    try:
        while (event := next_event()) is not None and len(found) < len(starts):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                first: Mark = event.start_mark
                if first.index in starts:
                    last: Mark = event.end_mark
                    end = first.index + len(text[first.index : last.index].rstrip())
                    flow = bool(flows and flows[-1])
                    found[first.index] = Scalar(first.index, end, last.index, flow)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                flows.append(bool(event.flow_style))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                flows.pop()
    finally:
        loader.dispose()
    return found


def as_scalar(text: str, flow: bool = False) -> str:
    """Return a text of one line as YAML writes it: plain where that is safe, else in quotes."""
    if not flow:
        reader = Reader(Path(), f"- {text}\n- k: {text}\n")
        if reader.read() == [text, {"k": text}] and not reader.problems:
            return text
    return in_quotes(text)
