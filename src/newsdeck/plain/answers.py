"""How each kind of question is put and answered by lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import singledispatch
from typing import TYPE_CHECKING, TypeVar

from newsdeck import number
from newsdeck.grade import Response
from newsdeck.kinds import (
    Card,
    Choice,
    Claim,
    Cloze,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.markup import plain
from newsdeck.plain.lines import row
from newsdeck.question import Question

if TYPE_CHECKING:
    from newsdeck.kinds import AnyQuestion

_Read = TypeVar("_Read")

TURN = "Recall the answer; enter turns the card"


def prompt_text(question: AnyQuestion) -> str:
    """Return a question's text, with its gaps numbered and what its image shows."""
    prompt = plain(question.asked)
    if question.alt:
        prompt += f" [image: {plain(question.alt)}]"
    return f"{prompt}\n{question.task}" if question.task else prompt


@singledispatch
def take(question: Question, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    """Return a response made of lines; None for an empty one. Raises number.Malformed."""
    raise TypeError(question)


@take.register
def _(question: Choice, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    most = len(options)
    picked = _numbers(ask("Numbers, as 1 3" if question.several else f"1 to {most}"), most)
    if len(picked) > 1 and not question.several:
        raise number.Malformed("Type one number.")
    return tuple(options[n] for n in picked) or None


@take.register
def _(question: Claim, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    typed = ask("true or false").casefold()
    if not typed:
        return None
    for truth, words in ((True, ("1", "t", "true", "yes")), (False, ("2", "f", "false", "no"))):
        if typed in words:
            return truth
    raise number.Malformed("Type true or false.")


@take.register
def _(question: Typed, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    return ask("Answer") or None


@take.register
def _(question: Number, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    return ask(f"Number, in {question.unit}" if question.unit else "Number") or None


@take.register
def _(question: Cloze, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    texts = tuple(
        ask(f"Gap {n} ({plain(gap.hint)})" if gap.hint else f"Gap {n}")
        for n, gap in enumerate(question.gaps, 1)
    )
    return texts if any(texts) else None


@take.register
def _(question: Order, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    picked = _numbers(ask("Numbers in order, first to last"), len(options))
    if picked and len(picked) < len(options):
        raise number.Malformed(f"Type all {len(options)} numbers, first to last.")
    return tuple(options[n] for n in picked) or None


@take.register
def _(question: Match, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    joined: dict[str, str] = {}

    def right(typed: str) -> str | None:
        picked = _numbers(typed, len(options))
        if len(picked) > 1:
            raise number.Malformed("Type one number a line.")
        return options[picked[0]] if picked else None

    for left in question.pairs:
        if text := _until(ask, f"{plain(left)} → number", right):
            joined[left] = text
    return joined or None


@take.register
def _(question: Card, options: Sequence[str], ask: Callable[[str], str]) -> Response | None:
    def known(typed: str) -> bool | None:
        if typed and typed[0] not in "ynYN":
            raise number.Malformed("Type y or n.")
        return typed[0] in "yY" if typed else None

    ask(TURN)
    return _until(ask, f"{plain(question.answer)}\nDid you know it? y or n", known)


def _until(ask: Callable[[str], str], prompt: str, read: Callable[[str], _Read]) -> _Read:
    """Ask until a line can be read, so that the lines before it need not be typed again."""
    told = ""
    while True:
        try:
            return read(ask(told + prompt))
        except number.Malformed as malformed:
            told = f"? {malformed}\n"


def _numbers(typed: str, most: int) -> tuple[int, ...]:
    """Return the rows, from 0, that a line of numbers names, each once."""
    named = dict.fromkeys(row(word, most) for word in typed.replace(",", " ").split())
    picked = tuple(n for n in named if n is not None)
    if len(picked) < len(named):
        raise number.Malformed(f"Type numbers from 1 to {most}.")
    return picked
