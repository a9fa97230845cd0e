"""What number a person wrote: Decimal, or what to write instead."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from newsdeck.text import TYPOGRAPHY

LONGEST = 60
"""The longest text, in characters, that is read as a number."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_SMALL)}
_WORDS |= {word: 20 + 10 * place for place, word in enumerate(_TENS)}
_WORDS |= {
    f"{ten} {_SMALL[one]}": _WORDS[ten] + one for ten in _TENS for one in range(1, 10)
} | dict.fromkeys(("hundred", "a hundred", "one hundred"), 100)
_MAGNITUDES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}

_GROUP_POINT = frozenset(["de", "es", "it", "pt", "nl", "da", "id", "tr", "el", "hr", "sl", "ro"])
_GROUP_SPACE = frozenset(
    [
        "fr",
        "ru",
        "be",
        "uk",
        "pl",
        "cs",
        "sk",
        "sv",
        "nb",
        "no",
        "nn",
        "fi",
        "bg",
        "hu",
        "et",
        "lt",
        "lv",
    ]
)


class Malformed(ValueError):
    """A text that is no number; its message says what to write instead."""


def separators(language: str) -> tuple[str, str]:
    """Return the thousands separator and the decimal sign of a language."""
    base, _, region = language.lower().partition("-")
    if region in ("ch", "li"):
        return "'", "."
    if base in _GROUP_POINT:
        return ".", ","
    if base in _GROUP_SPACE:
        return " ", ","
    return ",", "."


def parse(text: str, language: str = "en", unit: str = "") -> Decimal:
    """Return the number that ``text`` writes in ``language``, with or without its ``unit``.

    Separators must stand in groups of three, as the language writes them. Raises Malformed.
    """
    written = unicodedata.normalize("NFKC", text[: LONGEST + 1]).translate(TYPOGRAPHY)
    written = " ".join(written.casefold().split())
    if not written or len(text) > LONGEST:
        raise Malformed("Type a number.")
    written = _without_unit(written, unit)
    exponent = 0
    for word, zeros in _MAGNITUDES.items():
        if written.endswith(word):
            written, exponent = written[: -len(word)].strip(), zeros
            break
    value = _words(written) if language.lower().startswith("en") else None
    return (value if value is not None else _digits(written, language)).scaleb(exponent)


def _without_unit(written: str, unit: str) -> str:
    wanted = " ".join(unicodedata.normalize("NFKC", unit).casefold().split())
    forms = {wanted, wanted.removesuffix("s"), f"{wanted}s"} if wanted else set()
    if wanted in ("%", "percent", "per cent"):
        forms = {"%", "percent", "per cent"}
    for form in sorted(filter(None, forms), key=len, reverse=True):
        if written.endswith(form):
            return written[: -len(form)].strip()
        if written.startswith(form):
            return written[len(form) :].strip()
    return written


def _words(written: str) -> Decimal | None:
    value = _WORDS.get(written.replace("-", " "))
    return None if value is None else Decimal(value)


def _digits(written: str, language: str) -> Decimal:
    group, point = separators(language)
    parting, decimal = re.escape(group), re.escape(point)
    number = re.fullmatch(
        rf"([+-]?) ?([0-9]+|[0-9]{{1,3}}(?:{parting}[0-9]{{3}})+|)(?:{decimal}([0-9]+))?",
        written,
    )
    if number is None or not (number[2] or number[3]):
        example = {",": "1,613", ".": "1.613", " ": "1 613", "'": "1'613"}[group]
        raise Malformed(f"Type a number alone, as {example} or 0{point}5.")
    whole = re.sub(r"[^0-9]", "", number[2]) or "0"
    return Decimal(f"{number[1]}{whole}.{number[3] or '0'}").normalize()


def shown(value: Decimal, language: str) -> str:
    """Return a number as a language writes it; ``parse`` reads it back."""
    group, point = separators(language)
    return f"{value.normalize():,f}".translate({ord(","): group, ord("."): point})
