"""Where a quotation that does not stand in the reading text drifted from it."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from newsdeck import number
from newsdeck.article import Passage, folded, parts
from newsdeck.problem import DeckError
from newsdeck.text import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsdeck.article import Article, Paragraph

FEWEST_WORDS = 7
"""A shorter quotation must stand as it is: texts without it score up to 90 of 100 by chance."""
_ALTERED = 75
"""The least likeness, of 100, of a quotation that was edited; texts without it reach 65."""
_WORTH_SHOWING = (85, 85, 85, 75, 65, 55)
"""The least likeness of a nearest passage, by how many words were written; last, of more.

One in twenty quotations of one to five words that are not there is as like as 75, 83, 75, 67 and
60 by chance; of those with two slips of typing, three in four as 75, 80, 85, 91 and 92.
"""
_MOST_LOOKED_AT = 5_000_000  # characters of texts: a second or two
_USUAL = 150
"""How many characters of a quotation are looked for in that time; of more, by their square."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot)\b|n't\b"
)


class Part(NamedTuple):
    """A part of a quotation between ellipses, and the passage that is likest to it.

    ``likeness`` is from 0 to 100; ``nearest`` is the passage as the text has it.
    """

    written: str
    likeness: float
    nearest: str
    passage: Passage | None


@dataclass(frozen=True)
class Drift:
    """A quotation that does not stand in an article, and how far each part of it is off."""

    quotation: str
    article: Article
    parts: tuple[Part, ...]

    @cached_property
    def _off(self) -> list[Part]:
        return [part for part in self.parts if part.likeness < 100]

    @cached_property
    def altered(self) -> bool:
        """Whether it is the passage in nearly its words, and says the same."""
        return bool(self._off) and all(
            part.likeness >= _ALTERED
            and len(part.written.split()) >= FEWEST_WORDS
            and _meaning(part.written) == _meaning(part.nearest)
            for part in self._off
        )

    @property
    def mended(self) -> str | None:
        """The quotation as the text has it; None where it may be another statement."""
        same = all(comparable(part.written) == comparable(part.nearest) for part in self._off)
        if not self._off or not (self.altered or same):
            return None
        mended = " … ".join(part.nearest for part in self.parts)
        return mended if self.article.find(mended) else None

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        if not self._off:
            return "the parts of the quotation stand in the text in another order"
        if self.altered:
            return "the quotation is not in the text's own words"
        return "the quotation does not stand in the reading text"

    @property
    def mend(self) -> str:
        """The nearest passage with its place and the difference; else what to do."""
        near = [part for part in self._off if part.passage and part.likeness >= _worth(part)]
        if not self._off:
            return "Put them in the order of the text, or make them a list."
        if not near:
            return "Copy the sentence that proves it, word for word; … may join parts of one text."
        shown = []
        for part in near:
            place = f"{self.article.path.name}{self._place(part)}"
            shown.append(f"{place} has: {difference(part.written, part.nearest)}")
        if self.mended is not None:
            shown.append("`newsdeck fix` writes it so.")
        return " — ".join(shown)

    def _place(self, part: Part) -> str:
        try:
            return ":{}:{}".format(*self.article.place(part.passage)) if part.passage else ""
        except (DeckError, IndexError):  # the text is another since; its name is enough
            return ""


def _worth(part: Part) -> int:
    return _WORTH_SHOWING[min(len(part.written.split()), len(_WORTH_SHOWING) - 1)]


class Looking:
    """Looks for what quotations drifted from, a second or two in all: nobody mends so many.

    ``passed`` counts the quotations for which there was no time left.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.length = sum(article.length for article in articles)
        self.left = _MOST_LOOKED_AT
        self.passed = 0

    def drift(self, quotation: str) -> Drift:
        """Return how a quotation that stands in no article drifted from the one that is nearest.

        Without the time to look, or for a very long one, it is unlike all that stands there.
        """
        written = parts(quotation)
        cost = self.length * sum(max(1, len(part) // _USUAL) ** 2 for part in written)
        if cost > self.left:
            self.passed += cost <= _MOST_LOOKED_AT
            return Drift(quotation, self.articles[0], (Part(quotation, 0, "", None),))
        self.left -= cost
        drifts = [
            Drift(quotation, article, tuple(_nearest(part, article) for part in written))
            for article in self.articles
        ]
        return max(drifts, key=lambda drift: min(part.likeness for part in drift.parts))


def difference(written: str, nearest: str) -> str:
    """Return the passage with what differs shown as ``[written → text]``."""
    before, after = written.split(), nearest.split()
    rows: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, other, last in matcher.get_opcodes():
        if kind == "equal":
            rows += after[other:last]
        else:
            old, new = " ".join(before[start:end]), " ".join(after[other:last])
            rows.append(f"[{old or '…'} → {new or '…'}]")
    return " ".join(rows)


def _nearest(part: str, article: Article) -> Part:
    found = article.find(part)
    if found:
        return Part(part, 100, part, found[0])
    from rapidfuzz import fuzz  # only a quotation that is not found needs it

    form = folded(part)
    best: tuple[float, Paragraph, int, int] | None = None
    for paragraph in article.numbered:
        text = article.form(paragraph)[0]
        cutoff = best[0] if best else 0
        if len(form) > len(text):  # the alignment would look for the text in the quotation
            likeness = fuzz.ratio(form, text)
            span = (0, len(text))
        else:
            alignment = fuzz.partial_ratio_alignment(form, text, score_cutoff=cutoff)
            if alignment is None:
                continue
            likeness, span = alignment.score, (alignment.dest_start, alignment.dest_end)
        if best is None or likeness > best[0]:
            best = likeness, paragraph, *span
    if best is None:
        return Part(part, 0, "", None)
    likeness, paragraph, start, end = best
    text, places = article.form(paragraph)
    # The alignment is as long as the quotation; the words that it cut are given back.
    start, end = max(
        _whole_words(text, start, end), key=lambda span: fuzz.ratio(form, text[span[0] : span[1]])
    )
    passage = Passage(paragraph.number, places[start], places[end - 1] + 1)
    nearest = paragraph.text[passage.start : passage.end]
    if part.strip()[-1:].isalnum():
        nearest = nearest.rstrip(".,;:!?")
    # A likeness of 100 is for what stands there.
    return Part(part, min(likeness, 99.0), nearest, passage)


def _whole_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield spans of whole words that begin and end near those of a span."""
    words = [(word.start(), word.end()) for word in re.finditer(r"\S+", text)]
    for first, _ in sorted(words, key=lambda word: abs(word[0] - start))[:4]:
        for _, last in sorted(words, key=lambda word: abs(word[1] - end))[:4]:
            if first < last:
                yield first, last


def _meaning(text: str) -> tuple[Counter[str], int]:
    """Return what must be the same in two texts of one meaning: their numbers and negations."""
    form = folded(text).casefold()
    found = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", form)
    numbers = (word for word in found if word[0].isdigit() or word in number.WORDS)
    return Counter(numbers), len(_NEGATION.findall(form))
