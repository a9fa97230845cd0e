"""The gate for untrusted text, and what makes two texts count as the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

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
_TYPOGRAPHIC = re.compile(f"[{''.join(map(chr, TYPOGRAPHY))}]")

# Accents that may be left out. Marks that make another letter (Japanese voicing, Indic and
# Thai vowels, the Cyrillic й, ў and ї) are not among them.
_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_ACCENTS = re.compile(f"(?<![иу])\u0306|(?<!і)\u0308|(?![\u0306\u0308]){_ACCENT.pattern}")
# Letters that many keyboards lack and Unicode does not take apart; ß is ss in lower case.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"} | {
    "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
}  # fmt: skip
_STROKED = re.compile(f"[{''.join(_PLAIN)}]")
_NO_WORD = re.compile(r"[^\w\s\x00-\x7f]")
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


@lru_cache(maxsize=4096)
def _kept(character: str) -> str:
    """Return a sign that is no word's where it means something, else a space."""
    category = unicodedata.category(character)
    meant = category[0] in "LNM" or category in ("Sc", "Sm", "So")
    return character if meant or character in "\u200c\u200d" else " "


def comparable(text: str) -> str:
    """Return the form of ``text`` in which equal answers are equal strings.

    Case, accents, typography, punctuation, space and a leading article go, and ``ø`` is ``o``; a
    number's sign, point and separators, per cent and currency signs stay, so that ``-13/4`` is
    not ``13/4``.
    A text of nothing but punctuation stays as it is.
    """
    folded = text.casefold()
    if not text.isascii():
        folded = unicodedata.normalize("NFKC", text)
        # A look whether there is anything to replace takes a tenth of the time of replacing it.
        if _TYPOGRAPHIC.search(folded):
            folded = folded.translate(TYPOGRAPHY)
        bare = unicodedata.normalize("NFD", folded.casefold())
        if _ACCENT.search(bare):
            bare = _ACCENTS.sub("", bare)
        bare = _STROKED.sub(lambda found: _PLAIN[found[0]], bare)
        folded = unicodedata.normalize("NFC", bare)
        folded = _NO_WORD.sub(lambda found: _kept(found[0]), folded)
    words = folded.split()
    if not "".join(words).isalnum():
        words = _PARTING.sub(" ", _DROPPED.sub("", folded)).split()
    if len(words) > 1 and words[0] in _ARTICLES and not folded.startswith(words[0] + "-"):
        words = words[1:]
    return " ".join(words) or text.strip()
