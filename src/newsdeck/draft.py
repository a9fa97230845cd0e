"""Proposals for questions on an article, made by rules alone: the same text, the same draft.

A draft saves looking for facts and copying evidence. What a rule cannot know, whether a question
is worth asking and what makes its answer right, it leaves to the author as TODO.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from newsdeck import number
from newsdeck.candidates import (
    NAME,
    NO_NAMES,
    Candidate,
    bare,
    candidates,
    dated_event,
    lower_article,
    of_person,
    people,
    roles,
    speakers,
)
from newsdeck.deck import slug
from newsdeck.scalars import as_scalar

if TYPE_CHECKING:
    from newsdeck.article import Article

MOST = 30
"""How many proposals a draft has at most."""
_MOST_READ, _LONGEST = 1_000, 500
"""How many sentences are looked at, those that are most worth it, and their most characters: no
text that is read with pleasure has more, and some patterns take the square of a text's length."""
_LATER = "TODO: what makes the answer right?"
# How often people asked for a candidate of a type, in per cent (XQuAD, 1,190 answers).
_ASKED = {"date": 30, "year": 30, "quotation": 28, "name": 24, "number": 24, "word": 20}
_HINTS = {"date": "a date", "year": "a year", "number": "a number", "word": "a number"}
# What follows a name that stands for itself, not before the noun that it belongs to.
_ALONE = re.compile(
    r"$|[.,;:)]|['’]s\b|\s(?:and|or|in|on|of|to|for|with|from|at|by|was|is|were|has|had|have)\b"
)
# A number that is what something is called, as line 7.
_LABEL = re.compile(
    r"\b(?:number|no\.?|line|bus|tram|train|route|chapter|page|article|section|level|room|platform|"
    r"group|type|version|phase|stage|class|grade|gate|floor|aged?|[$€£¥]) ?$",
    re.I,
)
_BOUND = re.compile(
    r"\b(over|more than|under|less than|fewer than|up to|at least|at most|about|around|roughly|"
    r"nearly|almost|approximately) $",
    re.I,
)
_OFFICE = re.compile(r"(?:Ministry|Department|Office|Agency|Cent(?:er|re)|Institute|Society) for ")
_CURRENCIES = ("$", "€", "£", "¥")
_UNIT = re.compile(r"(.*\w)( (?:thousand|million|billion|trillion)|%| per ?cent)")
_WORDS_OF_A_SENTENCE = (8, 30)


class Proposal(NamedTuple):
    """A question as a list of ``key: value`` lines without indentation; better ones score more.

    ``answer`` and ``evidence`` tell apart what is asked.
    """

    score: float
    lines: tuple[str, ...]
    answer: str
    evidence: str


@dataclass(frozen=True)
class _Sentence:
    """A sentence with its weight from 0 to about 2."""

    text: str
    weight: float

    @cached_property
    def found(self) -> list[Candidate]:
        return candidates(self.text)

    @property
    def evidence(self) -> str:
        """The sentence without its full stop."""
        return self.text.rstrip(".") if self.text.count(".") == 1 else self.text

    def names(self) -> list[Candidate]:
        return [c for c in self.found if c.type == "name"]


class _Draft:
    def __init__(self, article: Article) -> None:
        self.article = article
        texts = [text for _, text in article.sentences]
        counted = Counter(word for text in texts for word in _content(text))
        title = set(_content(article.title))
        weights = {
            place: _weight(text, place / len(texts), counted, title)
            for place, text in enumerate(texts)
            if len(text) <= _LONGEST
        }
        heaviest = sorted(sorted(weights, key=lambda place: -weights[place])[:_MOST_READ])
        self.sentences = [
            _Sentence(texts[place], weights[place])
            for place in heaviest
            if article.find(texts[place]) and not set(texts[place]) & set("{}")
        ]
        self.people = people([texts[place] for place in heaviest])
        self.named = {c.text for sentence in self.sentences for c in sentence.names()}

    def proposals(self) -> list[Proposal]:
        """Return all proposals, best first."""
        found = [*self.spoken(), *self.roles(), *self.order(), *self.definitions()]
        found += [*self.numbers(), *self.clozes()]
        return sorted(found, key=lambda proposal: -proposal.score)

    def full_name(self, name: str) -> str:
        """Return the whole name of a person who is called by a part of it."""
        return next((full for full in self.people if full.split()[-1] == name), name)

    def spoken(self) -> Iterator[Proposal]:
        """Who said it? Wrong options are the other people of the text."""
        for sentence in self.sentences:
            for name, quotation in speakers(sentence.text):
                speaker, words = self.full_name(name), quotation.strip('"“”').rstrip(",.")
                if not words or speaker not in self.people:
                    continue
                others = [name for name in self.people if name != speaker][:2]
                lines = [
                    f"{'choice' if others else 'typed'}: "
                    f"{_put(f'Whose words are these: “{words}”?')}",
                    f"answer: {_put(speaker)}",
                ]
                if others:
                    lines += ["wrong:", *(f"- {_put(name)}" for name in others)]
                yield self.proposal("quotation", sentence, 1.3, lines, words)

    def roles(self) -> Iterator[Proposal]:
        """Who is the president of Y? And, where there are three, who is what?"""
        pairs: dict[str, tuple[str, _Sentence]] = {}
        for sentence in self.sentences:
            for name, role in roles(sentence.text):
                full = self.full_name(name)
                told = len(role.split()) > 2 or of_person(role)  # not a list: Elva, a river, and
                if full in self.people or (
                    full in self.named and told and not role.startswith("the ")
                ):
                    pairs.setdefault(full, (role, sentence))
        for name, (role, sentence) in pairs.items():
            if role.startswith("the "):
                lines = [f"typed: {_put(f'Who is {role}?')}", f"answer: {_put(name)}"]
                lines.append(f"accept: [{as_scalar(name.split()[-1], flow=True)}]")
            else:
                lines = [
                    f"card: {_put(f'Who or what is {name}?')}",
                    f"answer: {_put(_capital(role))}",
                ]
            yield self.proposal("name", sentence, 1.2, lines, name)
        best = list({role: (name, (role, one)) for name, (role, one) in pairs.items()}.values())[:5]
        if len(best) >= 3:
            lines = ["match: Who or what is each of these?", "pairs:"]
            lines += [f"  {_put(name)}: {_put(_capital(role))}" for name, (role, _) in best]
            quoted = tuple(dict.fromkeys(sentence for _, (_, sentence) in best))
            yield self.proposal("name", best[0][1][1], 1.5, lines, "", quoted)

    def order(self) -> Iterator[Proposal]:
        """What came first? Where four sentences say what happened at a date."""
        dated: dict[tuple[int, int, int], tuple[str, _Sentence]] = {}
        for sentence in self.sentences:
            event = dated_event(sentence.text)
            if event is not None:
                dated.setdefault(event[0], (event[1], sentence))
        for when in list(dated):
            # In 2024 is neither before nor after 3 May 2024.
            if any(other != when and _within(other, when) for other in dated):
                del dated[when]
        if len({text for text, _ in dated.values()}) >= 4:
            events = [dated[when] for when in sorted(dated)][:6]
            lines = ["order: In which order did these things happen? TODO shorten them", "items:"]
            lines += [f"- {_put(text)}" for text, _ in events]
            quoted = tuple(dict.fromkeys(sentence for _, sentence in events))
            yield self.proposal("date", events[0][1], 1.5, lines, "", quoted)

    def definitions(self) -> Iterator[Proposal]:
        """What is X? Where the text says that X is a Y."""
        for sentence in self.sentences:
            found = re.match(
                rf"((?:The )?{NAME}) (is|was|are|were) "
                r"((?:an?|the) (?:[^,;.]|[,.](?=\d)){8,90})(?:[,;](?!\d)|\.?$)",
                sentence.text,
            )
            # A word that has its capital from the sentence's beginning may be no name.
            if found and (" " in found[1] or found[1] in self.named):
                question = f"What or who {found[2]} {lower_article(found[1])}?"
                lines = [f"card: {_put(question)}", f"answer: {_put(_capital(found[3]))}"]
                yield self.proposal("name", sentence, 1.1, lines, found[1])

    def numbers(self) -> Iterator[Proposal]:
        """How many? Where a number counts a thing in the plural."""
        for sentence in self.sentences:
            for found in sentence.found:
                before, after = sentence.text[: found.start], sentence.text[found.end :]
                counted = _plural(after)
                if found.type not in ("number", "word") or not counted or _LABEL.search(before):
                    continue
                try:
                    number.parse(found.text)
                except number.Malformed:
                    continue
                bound = _BOUND.search(before)
                how = f"{_capital(bound[1].lower())} how many" if bound else "How many"
                lines = [
                    f"number: {_put(f'TODO complete: {how} {counted} …?')}",
                    f"answer: {_put(found.text)}",
                    f"unit: {_put(counted.split()[-1])}",
                ]
                yield self.proposal("number", sentence, 1.0, lines, found.text)
                break

    def clozes(self) -> Iterator[Proposal]:
        """The sentence with a gap: its best candidate of each type."""
        for sentence in self.sentences:
            types: set[str] = set()
            for found in sentence.found:
                text = sentence.text
                if found.type in types or found.type == "quotation" or found.start < 8:
                    continue
                if found.type == "name" and not _ALONE.match(text, found.end):
                    continue
                if found.type == "name" and bare(found.text) in self.people:
                    whole = found.text.partition(" of ")[0]  # without the party or the town
                    found = found._replace(text=whole, end=found.start + len(whole))
                if set(found.text) & set("|:") or _pair_of_names(found):
                    continue
                if len(re.findall(rf"(?<!\w){re.escape(found.text)}(?!\w)", text)) > 1:
                    continue  # what stands there twice is told by the sentence
                types.add(found.type)
                before, after = text[: found.start], text[found.end :]
                gap = f"{before}{_gap(found, before[-1:])}{after}"
                yield self.proposal(found.type, sentence, 0.8, [f"cloze: {_put(gap)}"], found.text)

    def proposal(
        self, kind: str, sentence: _Sentence, factor: float, lines: list[str], answer: str,
        quoted: tuple[_Sentence, ...] = (),
    ) -> Proposal:  # fmt: skip
        """Return lines as a proposal with evidence, and a TODO for what the author knows."""
        quotations = [_put(one.evidence) for one in quoted or (sentence,)]
        if len(quotations) == 1:
            evidence = [f"evidence: {quotations[0]}"]
        else:
            evidence = ["evidence:", *(f"- {quotation}" for quotation in quotations)]
        score = _ASKED[kind] * factor * sentence.weight
        every = (*lines, f"why: {_put(_LATER)}", *evidence)
        return Proposal(score, every, answer, quotations[0] if len(quotations) == 1 else "")


def draft(article: Article, text: str) -> str:
    """Return a deck of proposals on an article, best first; '' where there are none.

    ``text`` is how the deck names the article's file.
    """
    proposals = _chosen(_Draft(article).proposals())
    if not proposals:
        return ""
    title = article.title or article.path.stem
    rows = [
        "# A draft: proposals that rules found in the article, the likeliest first. Keep what is",
        "# worth asking, write what is marked TODO, and delete the rest. `newsdeck check` says",
        "# what is left to do.",
        "",
        f"deck: {_put(f'DRAFT: {title}')}",
        f"id: {slug(title, {})}",
        "language: en",
        "source:",
        f"  title: {_put(title)}",
        f"  text: {_put(text)}",
        "",
        "questions:",
    ]
    taken: dict[str, int] = {}
    for proposal in proposals:
        first, *others = proposal.lines
        identity = slug(_TODO.sub("", first.partition(": ")[2]), taken)
        rows += [f"- {first}", f"  id: {identity}", *(f"  {line}" for line in others), ""]
    return "\n".join(rows)


_TODO = re.compile(r"TODO \w+:?")


def _chosen(proposals: list[Proposal]) -> list[Proposal]:
    """Return the best proposals: none that asks for the same, and two at most on a sentence."""
    chosen: list[Proposal] = []
    asked: Counter[str] = Counter()
    answers: set[tuple[str, str]] = set()
    for proposal in proposals:
        evidence, answer = proposal.evidence, (proposal.evidence, proposal.answer)
        if evidence and (asked[evidence] == 2 or answer in answers):
            continue
        asked[evidence] += 1
        answers.add(answer)
        chosen.append(proposal)
    return chosen[:MOST]


def _content(text: str) -> list[str]:
    return [word for word in re.findall(r"\w{4,}", text.casefold()) if word not in NO_NAMES]


def _weight(text: str, place: float, counted: Counter[str], title: set[str]) -> float:
    """Return how much a sentence is worth asking about; ``place`` is from 0 to 1 in the text."""
    found = _content(text)
    fewest, most = _WORDS_OF_A_SENTENCE
    weight = 0.5 + 0.3 * (1 - place)
    weight += 0.4 * min(1.0, len(title.intersection(found)) / 2)
    weight += 0.4 * min(1.0, sum(counted[word] > 1 for word in found) / (len(found) or 1))
    if not fewest <= len(text.split()) <= most:
        weight *= 0.5
    if text.endswith("?") or re.match(r"(?:He|She|It|They|This|That|These|Those)\b", text):
        weight *= 0.6
    return weight


def _within(date: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Tell whether a date lies in another one that is a month or a year."""
    return all(not wide or wide == narrow for narrow, wide in zip(date, other, strict=True))


def _plural(after: str) -> str:
    """Return the nearest plural after a number with the words before it, '' for none.

    Words in -us and -ss are none.
    """
    found = re.match(r" ((?:[a-z-]+ ){0,2}?[a-z-]+(?<![us])s)\b", after)
    small = NO_NAMES | {"of", "is", "was", "has", "does", "per", "than"}
    return "" if found is None or small & set(found[1].split()) else found[1]


def _gap(found: Candidate, before: str) -> str:
    """Return a candidate as a gap; what a number counts stands around it, and may be typed."""
    hint = f"::{_HINTS[found.type]}" if found.type in _HINTS else ""
    unit = _UNIT.fullmatch(found.text) if found.type in ("number", "word") else None
    alone, counted = (unit[1], unit[2]) if unit else (found.text, "")
    forms = [alone, found.text, f"{before}{found.text}" if before in _CURRENCIES else alone]
    return f"{{{'|'.join(dict.fromkeys(forms))}{hint}}}{counted}"


def _pair_of_names(found: Candidate) -> bool:
    """Tell two names that look like one, as in "left Elva for Ost"."""
    return found.type == "name" and " for " in found.text and not _OFFICE.search(found.text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _put(text: str) -> str:
    return as_scalar(text)
