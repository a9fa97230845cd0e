"""Rules of options: nothing in their form may tell the right one from the wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from newsdeck import number
from newsdeck.check.registry import Finding, rule
from newsdeck.check.view import View, content, words
from newsdeck.kinds import Choice
from newsdeck.problem import Severity
from newsdeck.question import Steps

_BRIDGE = "- choice: What did the council turn down in 2019?\n  answer: A tunnel\n"
_TUNNEL = "  evidence: The engineer Tomas Reed had proposed a tunnel instead.\n"
_ALL = re.compile(r"^all (?:of )?(?:the above|these|them|the options)\b", re.I | re.M)
_NONE = re.compile(r"^none (?:of )?(?:the above|these|them|the options)\b", re.I | re.M)
_ALL_OR_NONE = re.compile(f"{_ALL.pattern}|{_NONE.pattern}", re.I | re.M)


@rule(
    "C01", Severity.WARNING, "all of the above", Choice, english=True,
    bad=_BRIDGE + "  options: [A tunnel, A ferry, ▸All of the above]\n" + _TUNNEL,
    good=_BRIDGE + "  options: [A tunnel, A ferry, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def all_of_the_above(question: Choice, view: View) -> Iterator[Finding]:
    """Who knows that two options are right need not know the third. In OpenTriviaQA it is the
    right option in 58% of the questions that offer it. Haladyna's guideline 26."""
    for text, steps, _ in view.among(_ALL):
        mend = "Make `answer` a list of all that apply."
        yield Finding(f"`{text}` among the options", mend, steps)


@rule(
    "C02", Severity.NOTE, "none of the above", Choice, english=True,
    bad=_BRIDGE + "  options: [A tunnel, A ferry, ▸None of the above]\n" + _TUNNEL,
    good=_BRIDGE + "  options: [A tunnel, A ferry, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def none_of_the_above(question: Choice, view: View) -> Iterator[Finding]:
    """It teaches nothing: who picks it rightly may still not know what is right. It is the right
    option in 10% of the questions of OpenTriviaQA that offer it. Haladyna's guideline 25."""
    for text, steps, _ in view.among(_NONE):
        yield Finding(f"`{text}` among the options", "Write a real option instead.", steps)


@rule(
    "C03", Severity.ERROR, "all or none of the above among shuffled options", Choice, english=True,
    bad=_BRIDGE + "  wrong: [A ferry, ▸None of the above]\n" + _TUNNEL,
    good=_BRIDGE + "  wrong: [A ferry, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def shuffled_above(question: Choice, view: View) -> Iterator[Finding]:
    """Options are shuffled, so that nothing in particular is above it. Under `options` they
    stand as they are written."""
    if question.options:
        return
    for text, steps, _ in view.among(_ALL_OR_NONE):
        mend = "List all options, in order, under `options`; better, write a real one."
        yield Finding(f"`{text}` may be shuffled to the top", mend, steps)


@rule(
    "C04", Severity.WARNING, "a negative question without emphasis", Choice, english=True,
    bad="- choice: Which of these did the bridge ▸not replace?\n  answer: A tunnel\n"
    "  wrong: [The old ferry, The ferry's crew]\n" + _TUNNEL,
    good="- choice: Which of these did the bridge NOT replace?\n  answer: A tunnel\n"
    "  wrong: [The old ferry, The ferry's crew]\n" + _TUNNEL,
)  # fmt: skip
def unstressed_negative(question: Choice, view: View) -> Iterator[Finding]:
    """A player who reads past the little word is wrong although they know. Ask for what is so,
    or write NOT in capitals or bold. 3.6% of OpenTriviaQA; Haladyna's guideline 17."""
    if _NEGATIVES.isdisjoint(view.words):
        return
    found = _NEGATIVE.search(question.choice)
    if found and not found[1].isupper() and _PICKS.search(question.choice, 0, found.start()):
        mend = f"Ask for what is so, or write {found[1].upper()}."
        yield Finding(f"`{found[1]}` is easily read past", mend, ("choice",), found[1])


# Looked for first, as words alone; that of "isn't" is "t".
_NEGATIVES = frozenset(["not", "except", "least", "t"])
_NEGATIVE = re.compile(
    r"(?<!at )(?<!or )\b(not|except|least|\w+n['’]t)\b(?! (?:only|just|least)\b)(?!\*\*)", re.I
)
_PICKS = re.compile(r"\b(?:which|who|whom|what|where|when)\b", re.I)


@rule(
    "C05", Severity.NOTE, "the right option is much longer", Choice,
    bad="- choice: What did Reed propose?\n"
    "  answer: ▸A tunnel that would have cost twice as much\n"
    "  wrong: [A ferry, A wooden bridge]\n"
    "  evidence: had proposed a tunnel instead. It would have cost twice as much\n",
    good="- choice: What did Reed propose?\n  answer: A tunnel\n"
    "  wrong: [A ferry, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def long_key(question: Choice, view: View) -> Iterator[Finding]:
    """An author takes care that the right option is true to the letter, and players learn to
    pick the longest. Half as long again as any other, and ten characters more. A note, because
    one question proves little: see D01. Haladyna's guideline 24."""
    if not question.several:
        longest = max(map(len, view.wrong))
        length = len(question.right[0])
        if length >= 1.5 * longest and length >= longest + 10:
            mend = "Shorten it, or give the wrong ones as much detail."
            yield Finding("the right option is much longer than the others", mend, _right(question))


def _right(question: Choice) -> Steps:
    """Return the way to the right option of a question that has one."""
    if question.options:
        return "options", question.options.index(question.right[0])
    return ("answer",)


@rule(
    "C06", Severity.NOTE, "absolute words in wrong options only", Choice, english=True,
    bad=_BRIDGE + "  wrong: [▸Every ferry, A wooden bridge]\n" + _TUNNEL,
    good=_BRIDGE + "  wrong: [A ferry, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def absolute(question: Choice, view: View) -> Iterator[Finding]:
    """What holds always, for all or for none is seldom true, and players know it. In 2.8% of the
    right options of OpenTriviaQA and 2.0% of the wrong ones. Haladyna's guideline 28a."""
    found = list(view.among(_ABSOLUTE))
    if any(text in question.right for text, _, _ in found):
        return
    for text, steps, word in found:
        if not _ALL_OR_NONE.match(text):
            mend = "Leave the word out, or use such a word in the right option too."
            yield Finding(f"`{word[0]}` in a wrong option only", mend, steps)


_ABSOLUTE = re.compile(r"\b(?:always|never|only|all|every|none)\b", re.I)


@rule(
    "C07", Severity.NOTE, "a word of the question in the right option only", Choice, english=True,
    bad="- choice: Who proposed a tunnel as an engineer?\n  answer: ▸The engineer Tomas Reed\n"
    "  wrong: [The mayor Ada Brandt, The council of Elva]\n"
    "  evidence: The engineer Tomas Reed had proposed a tunnel instead.\n",
    good="- choice: Who proposed a tunnel?\n  answer: Tomas Reed\n"
    "  wrong: [Ada Brandt, The council]\n" + _TUNNEL,
)  # fmt: skip
def clang(question: Choice, view: View) -> Iterator[Finding]:
    """The echo gives the answer away. In 2.9% of the right options of OpenTriviaQA and 2.5% of
    the wrong ones, so a note. Haladyna's guideline 28b."""
    if question.several:
        return
    shared = {word for word in content(words(question.right[0])) & view.content if len(word) >= 4}
    if shared and not any(shared & content(words(text)) for text in view.wrong):
        word = min(shared)
        mend = "Leave it out of the one, or put it into a wrong option."
        yield Finding(f"`{word}` is in the question and in no wrong option", mend, _right(question))


@rule(
    "C08", Severity.WARNING, "`a` or `an` before the gap fits some options only", Choice,
    english=True,
    bad="- choice: ▸What Reed proposed was a\n  answer: tunnel\n  wrong: [ferry, airport]\n"
    + _TUNNEL,
    good="- choice: What Reed proposed was a …\n  answer: tunnel\n  wrong: [ferry, port]\n"
    + _TUNNEL,
)  # fmt: skip
def article_cue(question: Choice, view: View) -> Iterator[Finding]:
    """Grammar leaves out the options that do not fit. Write `a/an`, or put the article into the
    options. Haladyna's guideline 28c."""
    if re.search(r"\b(?:a|an)[\s_….:]*$", view.prompt) is None:
        return
    if len({text[:1].casefold() in "aeiou" for text in question.all_options}) > 1:
        yield Finding("`a` or `an` fits some options only", "Write `a/an`.", ("choice",))


@rule(
    "C09", Severity.NOTE, "the right option has another form", Choice,
    bad="- choice: What did Reed propose?\n  answer: ▸a tunnel.\n"
    "  wrong: [a ferry, a wooden bridge]\n" + _TUNNEL,
    good="- choice: What did Reed propose?\n  answer: a tunnel\n"
    "  wrong: [a ferry, a wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def odd_form(question: Choice, view: View) -> Iterator[Finding]:
    """Alone with a capital, a full stop, a number or another kind of first word, it stands out.
    Haladyna's guideline 23: options are parallel."""
    if question.several or len(view.wrong) < 2:
        return
    for name, form in _FORMS.items():
        own = form(question.right[0])
        if all(form(text) != own for text in view.wrong) and len(set(map(form, view.wrong))) == 1:
            mend = "Give all options the same form."
            yield Finding(f"the right option alone differs in its {name}", mend, _right(question))
            return


_DIGIT = re.compile(r"\d")
_DETERMINERS = ("a", "an", "the")
_NOT_DOING = ("during", "nothing", "something", "anything", "everything", "king", "spring")


def _first_word(text: str) -> str:
    first, *_ = text.casefold().split(maxsplit=1) or [""]
    if first in _DETERMINERS:
        return "article"
    if first == "to":
        return "to"
    return "ing" if first.endswith("ing") and first not in _NOT_DOING else ""


_FORMS: dict[str, Callable[[str], object]] = {
    "first letter": lambda text: text[:1].isupper(),
    "final punctuation": lambda text: text[-1:] in ".!?",
    "number": lambda text: _DIGIT.search(text) is not None,
    "first word": _first_word,
}


@rule(
    "C10", Severity.NOTE, "numbers out of order", Choice,
    bad="- choice: How long is the bridge?\n  answer: 412\n  options: ▸[390, 412, 350]\n",
    good="- choice: How long is the bridge?\n  answer: 412\n  options: [350, 390, 412]\n",
)  # fmt: skip
def unordered(question: Choice, view: View) -> Iterator[Finding]:
    """Numbers are found faster in their order. Without `options` they are put in it by
    themselves. Haladyna's guideline 21."""
    values = numbers(question.options, view.deck.language)
    if values and values not in (sorted(values), sorted(values, reverse=True)):
        mend = "Put them in order, or use `wrong`: numbers are then put in order."
        yield Finding("the numbers stand in no order", mend, ("options",))


def numbers(texts: tuple[str, ...], language: str) -> list[Decimal]:
    """Return the values of texts that are all numbers, else []."""
    if not all(map(_DIGIT.search, texts)):
        return []
    try:
        return [number.parse(text, language) for text in texts]
    except number.Malformed:
        return []


@rule(
    "C11", Severity.WARNING, "ranges that overlap", Choice,
    bad="- choice: How long is the bridge?\n  answer: 400–500 metres\n"
    "  wrong: [300–399 metres, ▸over 450 metres]\n"
    "  evidence: 412 metres long\n  ignore: [V04]\n",
    good="- choice: How long is the bridge?\n  answer: 400–499 metres\n"
    "  wrong: [300–399 metres, over 500 metres]\n"
    "  evidence: 412 metres long\n  ignore: [V04]\n",
)  # fmt: skip
def overlapping(question: Choice, view: View) -> Iterator[Finding]:
    """A value in both ranges makes both options right. Haladyna's guideline 22."""
    seen: list[tuple[float, float, str]] = []
    for text, steps, _ in view.among(_DIGIT):
        span = _range(text, view.deck.language)
        if span is None:
            continue
        for low, high, other in seen:
            if low <= span[1] and span[0] <= high:
                mend = "End one before the other begins."
                yield Finding(f"`{text}` overlaps `{other}`", mend, steps)
                break
        seen.append((*span, text))


_SPAN = re.compile(r"(?<![\w.,-])([\d.,]*\d)\s*(?:–|-|to|and)\s*([\d.,]*\d)(?![\w-])")
_BOUND = re.compile(
    r"\b(under|below|less than|fewer than|up to|at most|over|above|more than|at least)\s+"
    r"\D{0,3}([\d.,]*\d)",
    re.I,
)
_JUST = 1e-9


def _range(text: str, language: str) -> tuple[float, float] | None:
    """Return the least and the greatest value that an option names, None where it names one."""
    try:
        if span := _SPAN.search(text):
            low, high = (float(number.parse(written, language)) for written in span.groups())
            return (low, high) if low < high else None
        bound = _BOUND.search(text)
        if bound is None:
            return None
        value = float(number.parse(bound[2], language))
    except number.Malformed:  # a date, as 14.09.2026, or a version
        return None
    word = bound[1].casefold()
    if word in ("up to", "at most"):
        return float("-inf"), value
    if word == "at least":
        return value, float("inf")
    if word in ("over", "above", "more than"):
        return value + _JUST, float("inf")
    return float("-inf"), value - _JUST


@rule(
    "C12", Severity.NOTE, "more than four options", Choice,
    bad=_BRIDGE + "  wrong: [A ferry, A port, A wooden bridge, ▸A road]\n" + _TUNNEL,
    good=_BRIDGE + "  wrong: [A ferry, A port, A wooden bridge]\n" + _TUNNEL,
)  # fmt: skip
def many_options(question: Choice, view: View) -> Iterator[Finding]:
    """Three are enough: more rarely attract anybody and take longer to read. Rodriguez 2005;
    Haladyna's guideline 18."""
    if not question.several and len(view.options) > 4:
        steps = view.options[-1][1]
        yield Finding("more than four options", "Keep the wrong ones that tempt.", steps)


@rule(
    "C13", Severity.WARNING, "a vague option", Choice, english=True,
    bad="- choice: How did the ferry run?\n  answer: 900 people a day\n"
    "  wrong: [Full, ▸Often empty]\n",
    good="- choice: How many people did the ferry carry a day?\n  answer: 900\n"
    "  wrong: [90, 600]\n",
)  # fmt: skip
def vague(question: Choice, view: View) -> Iterator[Finding]:
    """How often is often? An option must be right or wrong for every reader. From the list of
    flaws of the National Board of Medical Examiners."""
    for _, steps, found in view.among(_VAGUE):
        yield Finding(f"`{found[0]}` is vague", "Say how often or how much.", steps)


_VAGUE = re.compile(r"\b(?:[Oo]ften|[Uu]sually|[Ss]ometimes|[Rr]arely|may)\b")
