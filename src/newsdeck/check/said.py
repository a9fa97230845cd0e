"""What a passage says: numbers by their values, and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache, cached_property

from newsdeck import number
from newsdeck.article import folded
from newsdeck.candidates import MONTHS
from newsdeck.check.view import contains, content, words

Figure = Decimal | str
"""A number by its value; as it is written where it has none (M1, 14.09.2026)."""

_STEM = 5
"""Words count as the same where they share so many letters: release, released."""
_SHORT = 3
_ENDING = 2
"""How many letters a word may have more than one of ``_SHORT`` or more: gift, gifts."""
_MAGNITUDE = "|".join(number.MAGNITUDES)
FIGURED = re.compile(
    rf"\d|\b(?:{'|'.join(w for w in (*number.WORDS, *number.MAGNITUDES) if ' ' not in w)})\b", re.I
)
"""What stands in every text that has a number in it."""
_MINUS = re.compile(r"\b(?:minus|negative) (?=\d)")
_DATE = re.compile(r"(?<!\d)(\d{4})-(0[1-9]|1[0-2])-(\d\d)(?!\d)")
_MONTHS = [month[:3].casefold() for month in MONTHS.split("|")]


class Said:
    """What a text in a language says."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = folded(text), language
        self.words = words(self.text)

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """The numbers, and the months that they may be dates of."""
        months = {word[:3] for word in self.words}.intersection(_MONTHS)
        return frozenset([*figures(self.text, self.language), *months])

    def says(self, form: str) -> bool:
        """Tell whether the text says an answer: all its numbers or, without any, its words.

        Half of the words of content are enough.
        """
        form = folded(form)
        if FIGURED.search(form) and (wanted := set(figures(form, self.language))):
            return wanted <= self.figures
        found = words(form)
        if self._known.issuperset(found) and contains(self.words, found):
            return True
        if stands(form, self.text):
            return True
        named = content(found)
        return bool(named) and 2 * sum(map(self._has, named)) >= len(named)

    def misread(self, form: str) -> str:
        """Return the mend of a number that the text says, but written as in another language.

        '' where it is none: `38.000` is 38 in English, and may have been meant as 38,000.
        """
        if not FIGURED.search(form):
            return ""
        point = number.separators(self.language)[1]
        with suppress(number.Malformed):
            read = number.parse(form, self.language)
            whole = re.sub(r"[.,'](?=\d{3}(?!\d))", "", form)
            for other in (whole, re.sub(r"[.,'](\d+)$", rf"{point}\1", form)):
                meant = number.parse(other, self.language)
                if meant != read and meant in self.figures:
                    shown = number.shown(meant, self.language)
                    ways = " or ".join(f"`{way}`" for way in dict.fromkeys((shown, other)))
                    told = number.shown(read, self.language)
                    return f"In `language: {self.language}` it is read as {told}; write {ways}."
        return ""

    def _has(self, word: str) -> bool:
        if word[:_STEM] in self._stems or word in self._uninflected:
            return True
        return not self._known.isdisjoint(_uninflected(word))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset([word[:_STEM] for word in self.words])

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def _uninflected(self) -> frozenset[str]:
        return frozenset([short for word in self._known for short in _uninflected(word)])


def _uninflected(word: str) -> list[str]:
    """Return the short words that a word may be with an ending, or without one."""
    return [word[:n] for n in range(_SHORT, _STEM) if n <= len(word) <= n + _ENDING]


def stands(form: str, text: str) -> bool:
    """Tell whether ``form``, which has no numbers, stands in a text as whole words.

    Looks at the first place alone, for speed; words() finds those behind it.
    """
    start = text.find(form)
    if start < 0 or FIGURED.search(form):
        return False
    before, after = text[start - 1 : start], text[start + len(form) :][:1]
    return not (
        (_in_word(before) and _in_word(form[:1])) or (_in_word(after) and _in_word(form[-1:]))
    )


def _in_word(character: str) -> bool:
    """Tell whether a character is part of a word, in the scripts that part words by spaces.

    Others, and Korean and Hebrew, join to a name what other languages write as words.
    """
    if not character.isalnum():
        return "\u0300" <= character <= "\u036f"
    return character < "\u0590" or "\u1e00" <= character < "\u2000"


def figures(text: str, language: str) -> Iterator[Figure]:
    """Yield the numbers of a folded text in no order, in digits or, in English, in words.

    A date in digits (2026-09-14) is the year, the day and the month's first letters.
    """
    text = text.casefold()
    if english := language.lower().startswith("en"):
        yield from (_MONTHS[int(date[2]) - 1] for date in _DATE.finditer(text))
        text = _MINUS.sub("-", _DATE.sub(r"\3 \1", text))
    found = _pattern(*number.separators(language), english).finditer(text)
    # Each but once, however often it stands there: to read one takes a while.
    for kind, written in {(one.lastgroup, one[0].rstrip(".,'")) for one in found}:
        if kind == "digits":  # of which a dash may part what they count: 38-million
            written = written[0] + written[1:].replace("-", " ")
        try:
            yield number.parse(written, language)
        except number.Malformed:
            yield written


@cache
def _pattern(group: str, point: str, english: bool) -> re.Pattern[str]:
    """Return what matches figures: digits, a name with them, or English words."""
    digits = r"\d[\d.,']*"
    if group == " ":
        digits = rf"\d{{1,3}}(?: \d{{3}})+(?!\d)(?:,\d+)?|{digits}"
    # A dash behind a word or a number is no sign.
    sign = rf"(?<!\w)[+-]?(?:(?<!\.){re.escape(point)})?"
    kinds = [
        rf"(?P<digits>{sign}(?:{digits})(?:[ -](?:{_MAGNITUDE})\b)?)",
        r"((?<!\w)[^\W\d]+\d\w*)",
    ]
    if english:
        kinds.append(rf"(?P<words>(?<!\w){number.SPELLED}(?!\w))")
    return re.compile("|".join(kinds))
