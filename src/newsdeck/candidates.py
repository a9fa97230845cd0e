"""The texts of a sentence that could be answers, and what is said of them: found by patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsdeck import number

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NAME = (
    r"[^\W\d_a-z][\w’'-]*[\w](?:\.)?"
    r"(?:\s(?:(?:of|for|de|van|von|al|bin)\s(?:the\s)?)?[^\W\d_a-z][\w’'-]*\w)*"
)
_SMALL = "|".join(word for word in number.WORDS if " " not in word and word not in ("zero", "one"))
_TYPES = re.compile(
    r'(?P<quotation>"[^"\n]{12,}?"|“[^”\n]{12,}?”)'
    rf"|(?P<date>\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{1,2}},)? (?:1[5-9]|20)\d\d\b"
    rf"|\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b)"
    r"|(?P<year>\b(?:1[5-9]|20)\d\d\b(?![.,]\d))"
    r"|(?P<number>(?<![\w.,])\d[\d.,]*(?<![.,])(?: (?:million|billion|thousand)\b|%| per cent\b)?)"
    rf"|(?P<word>\b(?:{_SMALL})\b(?!-))"
    rf"|(?P<name>(?<![\w’'-]){NAME})"
)
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "the a an in on at by for from with after before but and or as it he she they this that "
        "these those there his her their its we you when while if not no one some most many all "
        "both each among during since until under over about into i however yet so then",
    )
)
_NO_ROLE = re.compile(
    r"\b(?:of|in|on|to|and|from|by|for|with|at|as|that|when|since|between|against|over|than|or|"
    r"while|where|called|river|city|town)\b"
)


class Candidate(NamedTuple):
    """A text that could be an answer: characters ``start`` to ``end`` of a sentence."""

    type: str
    start: int
    end: int
    text: str

    @property
    def date(self) -> tuple[int, int, int] | None:
        """Year, month and day of a date that names its year, 0 for what it leaves out."""
        year = re.search(r"\b\d{4}\b", self.text)
        if self.type not in ("date", "year") or year is None:
            return None
        month = re.search(MONTHS, self.text)
        day = re.search(r"\b\d{1,2}\b", self.text)
        number_of = MONTHS.split("|").index
        return int(year[0]), number_of(month[0]) + 1 if month else 0, int(day[0]) if day else 0


def candidates(sentence: str) -> list[Candidate]:
    """Return the texts of a sentence that could be answers, in their order."""
    found = []
    for match in _TYPES.finditer(sentence):
        kind = match.lastgroup or ""
        start, text = match.start(), match[0]
        if kind == "name":
            first = re.match(r"\S+\s*", text)
            # A sentence's first word has its capital from there.
            if first and re.sub(r"\W.*", "", text).casefold() in NO_NAMES:
                start, text = start + first.end(), text[first.end() :]
            elif start == 0 and " " not in text:
                continue
            text = re.sub(r"['’]s?$|\.$", "", text)  # a full stop is the sentence's
        if text:
            found.append(Candidate(kind, start, start + len(text), text))
    return found


def roles(text: str) -> Iterator[tuple[str, str]]:
    """Yield names with what the text says they are."""
    for found in re.finditer(rf"({NAME}), ((?:an?|the) [^,.;:\"“]{{6,70}})(?=[,.;])", text):
        yield found[1], found[2]
    for found in re.finditer(rf"\b([Tt]he (?:[\w-]+ ){{0,2}}[a-z-]+),? ({NAME})(?=[ ,.])", text):
        if not _NO_ROLE.search(found[1]):
            yield found[2], lower_article(found[1])


def lower_article(text: str) -> str:
    """Return a text as it stands inside a sentence: without the capital of its first The."""
    return "the" + text[3:] if text.startswith("The ") else text
