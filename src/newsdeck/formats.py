"""A deck's questions as plain rows for other programs: CSV, TSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
import random
import re
from functools import singledispatch
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import Struct

from newsdeck.arrange import offer
from newsdeck.grade import answer_text
from newsdeck.kinds import Cloze, Match
from newsdeck.markup import literal, plain
from newsdeck.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsdeck.deck import Deck


class Row(Struct, frozen=True):
    """A question without what only a player or Anki has a use for; a match has ``lefts``."""

    deck: str
    id: str
    kind: str
    question: str
    answer: str
    options: tuple[str, ...]
    lefts: tuple[str, ...]
    hint: str
    why: str
    evidence: tuple[str, ...]
    source: str
    tags: tuple[str, ...]
    level: int


LOST = "Left out: rebuttals, other accepted answers, tolerances, images, and each note's identity."


def rows(deck: Deck) -> Iterable[Row]:
    """Yield each question of a deck as a row; options stand shuffled, the same at every call."""
    source = "; ".join(
        ", ".join(filter(None, (s.title, s.publisher, s.date, s.url))) for s in deck.sources
    )
    for question in deck.questions:
        chance = random.Random(f"{deck.id}/{question.id}")
        yield Row(
            deck=deck.id,
            id=question.id,
            kind=question.kind,
            question=_prompt(question),
            answer=plain(answer_text(question)),
            options=tuple(map(plain, offer(question, chance, deck.language).texts)),
            lefts=tuple(map(plain, question.pairs)) if isinstance(question, Match) else (),
            hint=plain(question.hint),
            why=plain(question.why),
            evidence=question.quotations,
            source=source,
            tags=tuple(dict.fromkeys((*deck.tags, *question.tags))),
            level=question.level,
        )


@singledispatch
def _prompt(question: Question) -> str:
    return plain(question.prompt)


@_prompt.register
def _(question: Cloze) -> str:
    return "".join(
        plain(part) if isinstance(part, str) else "____" + (f" ({part.hint})" if part.hint else "")
        for part in question.segments
    )


_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def _cell(value: str | int | tuple[str, ...]) -> str:
    """Return a value as a cell, in which a spreadsheet finds no formula to run."""
    if isinstance(value, tuple):  # a line each: any other sign may be part of one
        value = "\n".join(" ".join(part.split()) for part in value)
    text = str(value or "")
    # A spreadsheet with an East Asian keyboard takes the wide signs as well.
    risky = text.lstrip()[:1] in tuple("=+-@＝＋－＠") and not _NUMBER.fullmatch(text)
    return f"'{text}" if risky else text


def _separated(written: Iterable[Row], delimiter: str) -> str:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    writer.writerow(Row.__struct_fields__)
    for row in written:
        writer.writerow([_cell(value) for value in msgspec.structs.astuple(row)])
    return table.getvalue()


def _json(written: Iterable[Row]) -> str:
    return msgspec.json.format(msgspec.json.encode(list(written)), indent=2).decode() + "\n"


def _markdown(written: Iterable[Row]) -> str:
    lines = [_MARK]
    for row in written:
        lines += ["", f"## {literal(row.question)}", ""]
        lines += [*(f"1. {literal(left)}" for left in row.lefts), ""] if row.lefts else []
        lines += [*(f"- {literal(option)}" for option in row.options), ""] if row.options else []
        lines += [f"**{literal(row.answer)}**", ""]
        lines += [literal(row.why), ""] if row.why else []
        lines += [line for quotation in row.evidence for line in (f"> {literal(quotation)}", "")]
        said = [*(f"#{tag}" for tag in row.tags), f"level {row.level}" if row.level else ""]
        lines += [literal(" ".join(filter(None, (row.source, *said))))]
    return "\n".join(lines) + "\n"


_MARK = "<!-- Written by newsdeck export -->"


class Format(NamedTuple):
    """A format: the endings of its files, how a file begins, how it is written, and its coding."""

    suffixes: tuple[str, ...]
    head: str
    write: Callable[[Iterable[Row]], str]
    coding: str = "utf-8"


_NAMES = Row.__struct_fields__
FORMATS = {
    # Without the mark Excel takes a CSV file for one in the machine's own coding.
    "csv": Format(
        (".csv",), ",".join(_NAMES), lambda written: _separated(written, ","), "utf-8-sig"
    ),
    "tsv": Format((".tsv", ".txt"), "\t".join(_NAMES), lambda written: _separated(written, "\t")),
    "json": Format((".json",), '[\n  {\n    "deck": ', _json),
    "markdown": Format((".md",), _MARK, _markdown),
}
"""The formats by their names."""
