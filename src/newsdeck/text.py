"""The gate for untrusted text, and what makes two texts count as the same."""

from __future__ import annotations

import re
import unicodedata

# What could move the cursor, retitle the terminal, reorder a line or hide in it: C0 and C1
# but tab and line feed, line and paragraph separators, bidi embeddings, overrides and
# isolates, lone surrogates, interlinear marks, noncharacters. Marks that honest text needs
# (zero-width joiners, left-to-right and right-to-left marks) pass.
_REFUSED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
)
REFUSED = re.compile(f"[{_REFUSED}]")

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´ʼ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»‹›＂"), '"')
TYPOGRAPHY = _DASHES | _QUOTES
"""A table for ``str.translate``: every dash as ``-``, every quotation mark as ``'`` or ``"``."""

# Accents that may be left out. Marks that make another letter (Japanese voicing, Indic and
# Thai vowels, the Cyrillic й, ў and ї) are not among them.
_ACCENTS = re.compile(
    "(?<![иу])\u0306|(?<!і)\u0308|(?![\u0306\u0308])"
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]"
)
# Letters that many keyboards lack and Unicode does not take apart; ß is ss in lower case.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)
# Punctuation that goes without a trace (U.S., don't), and punctuation that parts words. A sign
# before a number and what stands between its digits is neither.
_DROPPED = re.compile(r"['`]|\.(?!\d)|(?<=[^\W\d])\.|(?<=[).\]])\.")
_PARTING = re.compile(r"""[!"&()*;?@\[\\\]^_{}]|[,/:](?!\d)|(?<!\d)[,/:]|-(?!\.?\d)|(?<=[^\s(])-""")


_ARTICLES = ("a", "an", "the")


def visible(character: str) -> str:
    """Name a character that cannot be shown, as ``U+001B``."""
    return f"U+{ord(character):04X}"


def counted(number: int, what: str) -> str:
    """Return a number with what it counts, as ``1 deck`` and ``2 decks``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def clean(text: str) -> str:
    """Return ``text`` without the characters that decks are refused for; for what players type."""
    return REFUSED.sub("", text)


def _has_meaning(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("Sc", "Sm", "So") or character in "\u200c\u200d"


def comparable(text: str) -> str:
    """Return the form of ``text`` in which equal answers are equal strings.

    Case, accents, typography, punctuation, space and a leading article go, and ``ø`` is ``o``; a
    number's sign, point and separators, per cent and currency signs stay, so that ``-13/4`` is
    not ``13/4``.
    A text of nothing but punctuation stays as it is.
    """
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", text).translate(TYPOGRAPHY).casefold()
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded)).translate(_PLAIN)
        folded = "".join(
            character if character.isascii() or _has_meaning(character) else " "
            for character in unicodedata.normalize("NFC", bare)
        )
    words = folded.split()
    if not "".join(words).isalnum():
        words = _PARTING.sub(" ", _DROPPED.sub("", folded)).split()
    if len(words) > 1 and words[0] in _ARTICLES and not folded.startswith(words[0] + "-"):
        words = words[1:]
    return " ".join(words) or text.strip()
