"""A question becomes a note: what each field says, under an identity that outlasts every edit."""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, singledispatch
from math import ceil, floor
from sys import getsizeof
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from newsdeck import number
from newsdeck.anki.html import attribute, escaped, items, listed, rich
from newsdeck.anki.notetypes import FIELDS
from newsdeck.arrange import offer
from newsdeck.grade import answer_text
from newsdeck.kinds import (
    AnyQuestion,
    Card,
    Choice,
    Claim,
    Cloze,
    Gap,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.markup import plain
from newsdeck.problem import DeckError, Problem
from newsdeck.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from newsdeck.deck import Deck
    from newsdeck.head import Source

_VISIBLE = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060\ufeff]")
_LARGEST = 128 << 20
"""The most bytes of a deck's notes: HTML makes five characters of a bracket."""
_IN_TAGS = "_-./+#:\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Note:
    """A note to be written: ``family`` names its note type, ``cards`` counts what it makes."""

    family: str
    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: int = 1

    @property
    def identity(self) -> str:
        """The deck's id and the question's, as the last field has them."""
        return self.fields[-1]

    @property
    def digest(self) -> str:
        """A name of the note's content: another one where Anki is to take the note anew."""
        return digest("\x1f".join(self.fields), self.tags)


def digest(fields: str, tags: tuple[str, ...]) -> str:
    """Name the content of a note's joined fields and its tags, in whatever order those stand."""
    text = "\x1e".join((fields, *sorted(tags)))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


class Body(NamedTuple):
    """The family of a question's note, the fields that its kind alone has, and its cards."""

    family: str
    fields: dict[str, str]
    cards: int = 1


@singledispatch
def _body(question: Question, language: str, chance: random.Random) -> Body:
    raise TypeError(question)


@_body.register
def _(question: Choice, language: str, chance: random.Random) -> Body:
    texts, fixed = offer(question, chance, language)
    right, rebuttals = set(question.right), question.rebuttals
    answers = [
        f'<li class="right">{rich(text)}</li>'
        if text in right
        else f"<li>{rich(text)}{_rebuttal(rebuttals[text])}</li>"
        for text in texts
    ]
    kind = "several" if question.several else "single"
    return _choice(kind, listed("options", items(texts), fixed), answers, fixed)


@_body.register
def _(question: Claim, language: str, chance: random.Random) -> Body:
    texts, _ = offer(question, chance, language)
    right = answer_text(question)
    answers = [f'<li class="right">{t}</li>' if t == right else f"<li>{t}</li>" for t in texts]
    return _choice("claim", listed("options", items(texts)), answers)


@_body.register
def _(question: Order, language: str, chance: random.Random) -> Body:
    texts, fixed = offer(question, chance, language)
    answers = [
        f'<li class="right" data-item="{texts.index(text)}">{rich(text)}</li>'
        for text in question.items
    ]
    return _choice("order", listed("options", items(texts), fixed), answers)


@_body.register
def _(question: Match, language: str, chance: random.Random) -> Body:
    texts, fixed = offer(question, chance, language)
    lefts = [
        f'<li><span>{rich(left)}</span><span class="slot"></span></li>' for left in question.pairs
    ]
    answers = [
        f'<li class="right" data-right="{texts.index(right)}"><span class="left">{rich(left)}'
        f'</span><span class="right">{rich(right)}</span></li>'
        for left, right in question.pairs.items()
    ]
    answers += [
        f'<li class="extra" data-right="{texts.index(text)}">{rich(text)}</li>'
        for text in question.rights
        if text not in question.pairs.values()
    ]
    offered = listed("lefts", lefts) + listed("rights", items(texts), fixed)
    return _choice("match", offered, answers)


def _choice(kind: str, offered: str, answers: list[str], fixed: bool = True) -> Body:
    answer = listed("answers", answers, fixed)
    return Body("choice", {"Items": offered, "Answer": answer, "Kind": kind})


def _rebuttal(text: str) -> str:
    return f'<span class="rebuttal">{rich(text)}</span>' if text else ""


@_body.register
def _(question: Typed, language: str, chance: random.Random) -> Body:
    # What several answers are told alike is written once.
    told: dict[str, list[str]] = {}
    for text, rebuttal in question.rejected.items():
        told.setdefault(rebuttal, []).append(f"<b>{escaped(text)}</b>")
    rejected = [f"<li>{', '.join(texts)}: {rich(text)}</li>" for text, texts in told.items()]
    # The player compares what is typed with this field, so that markup has no place in it.
    accepted = [f"<li>{escaped(text)}</li>" for text in question.accepted[1:]]
    fields = {
        "Answer": escaped(question.answer),
        "Accepted": listed("accepted", accepted),
        "Rejected": listed("rejected", rejected),
        "Kind": "typed",
        "Exact": "exact" if question.match == "exact" else "",
    }
    return Body("typed", fields)


@_body.register
def _(question: Number, language: str, chance: random.Random) -> Body:
    value, off = question.value(language), question.tolerance(language)
    low, high = value - off, value + off
    group, point = number.separators(language)
    # Who counts whole things is told whole bounds.
    whole = off >= 1 and value == value.to_integral_value()
    bounds = (Decimal(ceil(low)), Decimal(floor(high))) if whole else (low, high)
    shown = " to ".join(number.shown(bound, language) for bound in bounds)
    text = f"Anything from {shown} is right." if off else ""
    fields = {
        "Answer": escaped(question.answer),
        "Unit": escaped(question.unit),
        "Accepted": f'<span class="range" data-low="{low:f}" data-high="{high:f}"'
        f' data-group="{attribute(group)}" data-point="{point}">{escaped(text)}</span>',
        "Kind": "number",
    }
    return Body("typed", fields)


@_body.register
def _(question: Cloze, language: str, chance: random.Random) -> Body:
    text, place = "", 0
    for part in question.segments:
        if isinstance(part, Gap):
            place += 1
            hint = f"::{rich(part.hint)}" if part.hint else ""
            text += f"{{{{c{place}::{rich(part.accepted[0])}{hint}}}}}"
        else:
            text += rich(part)
    others = [
        f"<li>{', '.join(map(rich, gap.accepted[1:]))}"
        f'<span> (for <span class="gap">{rich(gap.accepted[0])}</span>)</span></li>'
        for gap in question.gaps
        if gap.accepted[1:]
    ]
    return Body("cloze", {"Text": text, "Accepted": listed("accepted", others)}, place)


@_body.register
def _(question: Card, language: str, chance: random.Random) -> Body:
    return Body("card", {"Answer": rich(question.answer)})


def notes(deck: Deck, media: dict[str, Path]) -> list[Note]:
    """Return the note of each question; ``media`` gains each image's file by its name there.

    Raises DeckError where a question cannot become a card that lasts.
    """
    return _notes(deck, deck.questions, media)


def note(deck: Deck, question: AnyQuestion) -> Note:
    """Return the note of one question. Raises DeckError where it cannot become a card."""
    (made,) = _notes(deck, [question], {})
    return made


def _notes(deck: Deck, questions: Iterable[AnyQuestion], media: dict[str, Path]) -> list[Note]:
    made = []
    problems: list[Problem] = []
    source = "<br>".join(map(_source, deck.sources))
    size = 0
    for question in questions:
        made.append(_note(deck, question, source, media))
        problems += _dropped(deck, question)
        size += sum(map(getsizeof, made[-1].fields))
        if size > _LARGEST:
            told = f"more than {_LARGEST >> 20} MiB as Anki's notes"
            mend = "Make several decks of it."
            raise DeckError([Problem(deck.path, 0, 0, "size", told, mend)])
    if problems:
        raise DeckError(problems)
    return made


def _note(deck: Deck, question: AnyQuestion, source: str, media: dict[str, Path]) -> Note:
    identity = f"{deck.id}/{question.id}"
    family, own, cards = _body(question, deck.language, random.Random(identity))
    labels = tuple(dict.fromkeys((*deck.tags, *question.tags)))
    fields = {
        "Question": rich(question.prompt),
        "Image": _image(deck, question, media),
        "Hint": rich(question.hint),
        "Why": rich(question.why),
        "Evidence": _evidence(deck, question),
        "Source": source,
        "Level": str(question.level or ""),
        "Labels": " · ".join(map(escaped, labels)),
        "Language": deck.language,
        "ID": identity,
    } | own
    return Note(
        family,
        guid(identity, family),
        tuple([fields.get(name, "") for name in FIELDS[family]]),
        _tags(labels, question.level),
        cards,
    )


def guid(identity: str, family: str) -> str:
    """Return what Anki knows a note by: never from its text, the same for ever."""
    # No slash is part of an id, so that no two questions share a key.
    key = f"newsdeck/{identity}/{family}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def _dropped(deck: Deck, question: AnyQuestion) -> Iterator[Problem]:
    """Find what Anki would drop without a word: a card that shows nothing."""
    line = deck.lines[question.id]
    answer = getattr(question, "answer", None)
    for key, text in ((question.kind, question.prompt), ("answer", answer)):
        if isinstance(text, str) and not _VISIBLE.search(plain(text)):
            yield Problem(
                deck.path, line, 1, "anki", f"`{key}` of `{question.id}` shows nothing",
                "Anki would drop the card: write a text.",
            )  # fmt: skip


def _image(deck: Deck, question: AnyQuestion, media: dict[str, Path]) -> str:
    if not question.image:
        return ""
    path = deck.beside(question.image)
    found = path.stat()
    name = f"newsdeck-{_content(path, found.st_size, found.st_mtime_ns)}{path.suffix.lower()}"
    media[name] = path
    return f'<img src="{name}" alt="{attribute(question.alt)}">'


@lru_cache(maxsize=1024)  # many questions may show one image
def _content(path: Path, size: int, modified: int) -> str:
    """Name a file by its content: the same twice is one file, and no two files share a name."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:24]


def _evidence(deck: Deck, question: AnyQuestion) -> str:
    return "".join(
        f"<blockquote>{escaped(quotation)}"
        + (f"&nbsp;<cite>¶ {passage.paragraph}</cite>" if passage else "")
        + "</blockquote>"
        for quotation, passage in deck.passages(question)
    )


def _source(source: Source) -> str:
    title = escaped(source.title)
    if source.url:
        title = f'<a href="{attribute(source.url)}">{title}</a>'
    return ", ".join([title, *map(escaped, filter(None, (source.publisher, source.date)))])


def _tags(labels: tuple[str, ...], level: int) -> tuple[str, ...]:
    written = dict.fromkeys(filter(None, map(_tag, labels)))
    return (*written, f"level::{level}") if level else tuple(written)


@lru_cache(maxsize=1024)
def _tag(text: str) -> str:
    """Return a tag as one word in which nothing has an effect, on a card or in a search."""
    kept = [c if c.isalnum() or category(c)[0] == "M" or c in _IN_TAGS else "-" for c in text]
    levels = re.sub("-{2,}", "-", "".join(kept)).split("::")
    return "::".join(filter(None, (level.strip("-:") for level in levels)))
