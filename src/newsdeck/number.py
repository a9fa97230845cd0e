"""What number a person wrote: Decimal, or what to write instead."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache

from newsdeck.text import TYPOGRAPHY

LONGEST = 160
"""The longest text, in characters, that is read as a number."""
_EXACT = 28
"""How many digits Decimal keeps; with more, different numbers would be the same."""

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(_SMALL)}
WORDS |= {word: 20 + 10 * place for place, word in enumerate(_TENS)}
WORDS |= {
    f"{ten} {_SMALL[one]}": WORDS[ten] + one for ten in _TENS for one in range(1, 10)
} | dict.fromkeys(("hundred", "a hundred", "one hundred"), 100)
"""The English number words up to a hundred, tens and ones parted by a space."""
_ONES = "|".join(sorted((w for w, value in WORDS.items() if 0 < value < 100), key=len)[::-1])
_HUNDREDS = re.compile(rf"(?:(a|{_ONES}) )?hundred(?:(?: and)? ({_ONES}))?")
MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
"""The English words for powers of ten, with how many zeros they stand for."""
_COUNT = rf"(?:(?:(?:a|{_ONES}) )?hundred(?:(?: and)? (?:{_ONES}))?|{_ONES}|zero)"
_THOUSANDS = rf"(?:a|{_COUNT}) (?:{'|'.join(MAGNITUDES)})"
SPELLED = (
    rf"(?:(?:minus|negative) )?(?:{_THOUSANDS}(?:(?: and)? {_THOUSANDS})*"
    rf"(?:(?: and)? {_COUNT})?|{_COUNT})"
).replace(" ", "[ -]")
"""A regular expression for a number in English words, as it stands in a sentence."""
_CURRENCIES = (
    {"$", "us$", "usd", "dollar", "dollars", "us dollar", "us dollars"},
    {"€", "eur", "euro", "euros"},
    {"£", "gbp", "pound", "pounds"},
    {"¥", "jpy", "yen"},
)

_GROUP_POINT = frozenset(
    "ast az bs ca da de el es eu fo gl hr id is it lb mk nl pt ro sl sr tr vi".split()  # noqa: SIM905
)
_GROUP_SPACE = frozenset(
    "af be bg cs eo et fi fr hu hy ka kk ky lt lv nb nn no pl ru sk sq sv uk uz".split()  # noqa: SIM905
)
_AMERICAS = frozenset("419 do gt hn mx ni pa pe pr sv us".split())  # noqa: SIM905
"""Where Spanish writes 1,613.5 as English does."""
_SIGNS = TYPOGRAPHY | {ord("٬"): ",", ord("٫"): "."}
_POWER = re.compile(r"\d[⁰¹²³⁴⁵⁶⁷⁸⁹]")


class Malformed(ValueError):
    """A text that is no number; its message says what to write instead."""


@lru_cache
def separators(language: str) -> tuple[str, str]:
    """Return the thousands separator and the decimal sign of a language."""
    base, _, region = language.lower().partition("-")
    if region in ("ch", "li") and base != "fr":
        return "'", "."
    if base == "es" and region in _AMERICAS:
        return ",", "."
    if base in _GROUP_POINT:
        return ".", ","
    if base in _GROUP_SPACE:
        return " ", ","
    return ",", "."


def parse(text: str, language: str = "en", unit: str = "") -> Decimal:
    """Return the number that ``text`` writes in ``language``, with or without its ``unit``.

    Separators must stand in groups of three, as the language writes them. Raises Malformed.
    """
    if text.isascii() and text.isdigit() and len(text) <= _EXACT and not unit:  # as most are
        return Decimal(text).normalize()
    written = _folded(text[: LONGEST + 1])
    if not written or len(text) > LONGEST or _POWER.search(text):
        raise Malformed("Type a number.")
    written = _without_unit(written, unit)
    if written[:1].isalpha() and language.lower().startswith("en"):
        value = _words(written)
        if value is not None:
            return value
    exponent = 0
    for word, zeros in MAGNITUDES.items():
        if written.endswith(word):
            written, exponent = written[: -len(word)].strip(), zeros
            break
    return _digits(written, language).scaleb(exponent)


def ambiguous(text: str, language: str) -> bool:
    """Tell whether a decimal point may be meant as another language's thousands separator."""
    point = re.escape(separators(language)[1])
    return re.fullmatch(rf"[+-]?[1-9]\d{{0,2}}{point}\d{{3}}", text.strip()) is not None


def ungrouped(text: str, language: str) -> str:
    """Return ``text`` without the thousands separators of its numbers."""
    group = re.escape(separators(language)[0])
    return re.sub(rf"(?<=\d){group}(?=\d{{3}}(?!\d))", "", text)


def _folded(text: str) -> str:
    if text.isascii():  # nothing to normalise but the grave accent
        return " ".join(text.replace("`", "'").casefold().split())
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold()
    return " ".join("".join(str(unicodedata.decimal(c, c)) for c in plain).split())


def _without_unit(written: str, unit: str) -> str:
    wanted = unit and _folded(unit)
    if not wanted:
        return written
    forms = {wanted, wanted.removesuffix("s"), f"{wanted}s"}
    if wanted in ("%", "percent", "per cent"):
        forms = {"%", "percent", "per cent"}
    for currency in _CURRENCIES:
        if wanted in currency:
            forms = currency
    magnitude = wanted.partition(" ")[0]
    if magnitude in MAGNITUDES:
        # "1.5 million" in "million dollars" has the unit's first word, not a million of them.
        forms = {*forms, magnitude}
    sign = written[0] if written[0] in "+-" else ""
    body = written.removeprefix(sign).strip()
    for form in sorted(filter(None, forms), key=len, reverse=True):
        before, after = body.removesuffix(form), body.removeprefix(form)
        # The "n" of "seven" is no unit.
        if before != body and not (form[0].isalpha() and before[-1:].isalpha()):
            return f"{sign}{before}".strip()
        if after != body and not (form[-1].isalpha() and after[:1].isalpha()):
            return f"{sign}{after.strip()}"
    return written


def _words(written: str) -> Decimal | None:
    """Return the number of English words, None where they are none."""
    sign, rest = 1, re.sub(r"(?<=[a-z])-(?=[a-z])", " ", written)
    for word in ("minus ", "negative "):
        if rest.startswith(word):
            sign, rest = -1, rest.removeprefix(word)
    if rest == "zero":
        return Decimal(0)
    if re.search(r"(?:thousand|illion|and) hundred", rest):  # of which nobody says how many
        return None
    value = 0
    for magnitude, zeros in reversed(MAGNITUDES.items()):
        head, found, tail = f"{rest} ".partition(f" {magnitude} ")
        if found:
            count = 1 if head == "a" else _hundreds(head)
            if not 0 < count < 1000:
                return None
            value, rest = value + count * 10**zeros, tail.strip()
            if not rest:
                return Decimal(sign * value)
            rest = rest.removeprefix("and ")
    last = _hundreds(rest)
    return Decimal(sign * (value + last)) if 0 < last < (1000 if value else 10_000) else None


def _hundreds(words: str) -> int:
    """Return the number of words without a magnitude, 0 where they are none."""
    found = _HUNDREDS.fullmatch(words)
    if found is None:
        return WORDS.get(words, 0)
    return 100 * WORDS.get(found[1], 1) + WORDS.get(found[2], 0)


@cache
def _number(group: str, point: str) -> re.Pattern[str]:
    """Return what matches a number's sign, its whole part and its decimals."""
    whole = rf"[0-9]+|[1-9][0-9]{{0,2}}(?:{re.escape(group)}[0-9]{{3}})+|"
    return re.compile(rf"([+-]?) ?({whole})(?:{re.escape(point)}([0-9]+))?")


def _digits(written: str, language: str) -> Decimal:
    group, point = separators(language)
    number = _number(group, point).fullmatch(written)
    if number is None or not (number[2] or number[3]):
        example = {",": "1,613", ".": "1.613", " ": "1 613", "'": "1'613"}[group]
        raise Malformed(f"Type a number alone, as {example} or 0{point}5.")
    digits = re.sub(r"[^0-9]", "", number[2]) or "0"
    if len(digits + (number[3] or "")) > _EXACT:
        raise Malformed(f"Type a number of at most {_EXACT} digits.")
    return Decimal(f"{number[1]}{digits}.{number[3] or '0'}").normalize()


def shown(value: Decimal, language: str) -> str:
    """Return a number as a language writes it; ``parse`` reads it back."""
    group, point = separators(language)
    return f"{value.normalize():,f}".translate({ord(","): group, ord("."): point})
