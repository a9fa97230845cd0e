"""The texts of a sentence that could be answers, and what is said of them: found by patterns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from newsdeck import number

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WORD = r"[^\W\d_a-z][\w’'-]*\w"
# The bare apostrophe of a plural stands inside a name: the Citizens’ List.
NAME = (
    rf"{_WORD}(?:\.)?"
    r"(?:['’]?\s(?:(?:of|for)\s(?:the\s)?|(?:(?:de|da|di|du|del|la|le|der|den|van|von|al|bin|ibn)\s)"
    rf"{{1,2}})?{_WORD})*"
)
_MAGNITUDES = "hundred|thousand|million|billion|trillion"
_COUNT = "|".join(sorted((w for w in number.WORDS if " " not in w), key=len, reverse=True))
_COUNT = f"(?:{_COUNT}|{_MAGNITUDES})"
_TYPES = re.compile(
    r'(?P<quotation>"[^"\n]{12,}?"|“[^”\n]{12,}?”)'
    rf"|(?P<date>\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{1,2}},)? (?:1[5-9]|20)\d\d\b"
    rf"|\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b)"
    r"|(?P<year>\b(?:1[5-9]|20)\d\d\b(?![.,]\d))"
    rf"|(?P<number>(?<![\w.,])\d[\d.,]*(?<![.,])(?: (?:{_MAGNITUDES})\b|%| per ?cent\b)?)"
    rf"|(?P<word>(?<![\w’'-]){_COUNT}(?:(?:[ -]| and ){_COUNT})*(?![\w-]))"
    rf"|(?P<name>(?<![\w’'-]){NAME})"
)
# What stands around a piece of a larger expression: 10-15, 11:20, two or three, one in five.
_CUT_BEFORE = re.compile(
    rf"(?:\d ?[-–—/:]|[\w-][-–:/]|\b(?:\d+|{_COUNT}) (?:to|or|and|in|out of) )$"
)
_CUT_AFTER = re.compile(
    rf" ?[-–—/:] ?\d|[-–/:]?\w| (?:to|or|and) (?:\d|{_COUNT}\b)| and a (?:half|quarter)\b"
    r"| (?:halves|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten)ths?|dozen|per ?cent)\b"
    rf"| (?:{_MAGNITUDES})\b| (?:in|out of) (?:\d{{1,2}}|{_COUNT})\b"
)
_NEAR = 30
"""How many characters before a number can make it a piece of a larger expression."""
_NO_NUMBER = re.compile(rf"(?:one|zero)$|(?:{_MAGNITUDES})\b")
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "the a an in on at by for from with after before but and or as it he she they this that "
        "these those there his her their its we you when while if not no one some most many all "
        "both each among during since until under over about into i however yet so then",
    )
)
_LINKED = re.compile(
    r"\b(?:of|for|to|by|with|from|about|in|at|on|into|after|before|against|between|among|like|"
    r"than|as|that|whom|whose|when|while|where|if|and|or|but|nor|not|he|she|it|they|we|you|I)\b",
    re.I,
)
"""What makes a name something else than the subject of its clause."""
_PERSON = re.compile(
    r"\b(?:leader|head|chief|director|founder|owner|manager|boss|president|chancellor|premier|"
    r"minister|mayor|governor|senator|secretary|envoy|ambassador|commissioner|councillor|deputy|"
    r"chair|member of parliament|officer|official|general|colonel|judge|lawyer|prosecutor|"
    r"laureate|winner|champion|hero|author|writer|poet|painter|singer|actor|actress|composer|"
    r"conductor|architect|engineer|doctor|nurse|teacher|professor|lecturer|researcher|expert|"
    r"editor|reporter|student|driver|farmer|worker|baker|trainer|coach|captain|player|pilot|king|"
    r"queen|prince|princess|duke|bishop|pope|priest|pastor|rabbi|imam|mother|father|daughter|son|"
    r"sister|brother|wife|husband|widow|widower|founder|adviser|advisor|critic|resident|"
    r"historian|librarian|musician|politician|technician|physician|[a-z]{3,}(?:ist|woman|man|person))$"
)
_TITLE = (
    r"(?:(?:President|Chancellor|Premier|Prime|Minister|Mayor|Governor|Senator|Secretary|General|"
    r"Judge|King|Queen|Prince|Princess|Pope|Bishop|Professor|Prof|Doctor|Dr|Sir|Mr|Mrs|Ms)\.?\s)"
)
_NO_PERSON = re.compile(
    r"\b(?:Prize|House|Nations?|States?|Street|Union|Party|Ministry|Council|Court|Bank|River|"
    r"University|Association|Cent(?:er|re)|Committee|Agency|Office|Group|Foundation|Bridge|"
    r"Station|Square|Line|Airport|Company|Institute|School|Hospital|Museum|Road|Avenue|Church|"
    r"League|Cup|Courier|Times|Post|Guardian|News|Herald|Tribune|Journal|Gazette|Telegraph|"
    r"Press|Radio|Television|Valley|Mountains?|Lake|Island|Sea|City|Region|Act|War)\b"
)
_SAYING = re.compile(
    r"\b(?:said|says|called|calls|told|tells|noted|notes|warned|warns|added|adds|wrote|writes|"
    r"described|describes|spoke|compared|promised|asked|announced|explained|argued|argues|"
    r"insisted|replied|answered|responded)\b"
)
_INVERTED = frozenset("said says added adds wrote writes explained argued warned insisted".split())  # noqa: SIM905
_MANNER = r"(?:(?:has|had|also|then|later|once|[a-z]+ly) )*"
# Between a speaker's name and the verb: nothing, an apposition or a relative clause.
_SUBJECT = re.compile(rf"(?: |, [a-z\d][^,;_]*, |,? who ){_MANNER}")
# What a sentence begins with whose first clause is not its main one.
_FRONTED = re.compile(
    r"(?:When|While|After|Before|As|Since|If|Because|Although|Though|In|On|At|With|For|From|By|To|"
    r"During|Until|Under|Over|Once|Like|\w+ing)\b"
)
# A stop that ends what is said, not a sign in a number.
_STOP = r"(?=[,.;](?!\d))"
_TEXT = r"(?:[^,.;:\"“]|[,.](?=\d))"
# Words of English that are frequent, and are none in its neighbours.
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the and of to that with from which it its were this they their would not but who his she "
        "will has",
    )
)
_FEWEST = 0.1
"""The least share of ``_ENGLISH`` among the words of an English text; 0.2 to 0.3 is usual."""


_DATED = re.compile(
    rf",?\s*\b(?:(?:in|on) )?(?:(?:{DAYS}),? )?(?:\d{{1,2}} )?(?:(?:{MONTHS})(?: \d{{1,2}},)? )?"
    r"(?:1[5-9]|20)\d\d\b",
    re.I,
)
# What is said of a date is no event at it: since 1990, the elections of 2019.
_NO_EVENT = re.compile(
    r"\b(?:since|until|till|by|before|after|from|to|of|between|for|than|around|about|late|early) "
    rf"(?:(?:the|{DAYS}),? )*$"
    r"|\b(?:that|which|who|whom|whose|when|while|where|after|before|because|since|if|although|than|as)\b|;",
    re.I,
)
_LONGEST_ITEM = 20
"""The most words of a thing to put in order: a whole sentence, never a part of one."""


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
        elif kind != "quotation" and _piece(sentence, match):
            continue
        if text:
            found.append(Candidate(kind, start, start + len(text), text))
    return found


def _piece(sentence: str, found: re.Match[str]) -> bool:
    """Tell a number that is a piece of a larger expression, or none that could be asked for."""
    if found.lastgroup == "word":
        try:
            number.parse(found[0])
        except number.Malformed:
            return True
        if _NO_NUMBER.match(found[0]):
            return True
    before, after = sentence[max(0, found.start() - _NEAR) : found.start()], sentence[found.end() :]
    return bool(_CUT_BEFORE.search(before) or _CUT_AFTER.match(after))


def roles(text: str) -> Iterator[tuple[str, str]]:
    """Yield names with what the text says they are."""
    said = rf"(?<![\w’'-])({NAME}), ((?:an?|the) [a-z]{_TEXT}{{5,69}}){_STOP}"
    for found in re.finditer(said, text):
        name, role = bare(found[1]), found[2]
        fronted = _FRONTED.match(text) and "," not in text[: found.start()]
        # Of "the Bridge of Elva, a town" it is Elva.
        if not fronted and " of " not in found[1] and not re.fullmatch(rf"{DAYS}|{MONTHS}", name):
            yield name, role
    for found in re.finditer(rf"(\w+ |^)([Tt]he (?:[\w-]+ ){{0,3}}[a-z-]+) ({NAME})", text):
        direct = found[1] in ("", "by ", "with ", "and ") and not _LINKED.search(found[2])
        if direct and of_person(found[2]):
            yield bare(found[3]), lower_article(found[2])
    for found in re.finditer(rf"(?:^|[;:] )([Tt]he {_TEXT}{{4,60}}), ({NAME}),", text):
        if of_person(found[1]):
            yield bare(found[2]), lower_article(found[1])


def of_person(role: str) -> bool:
    """Tell whether what somebody is called, as ``the head of an office``, is said of people."""
    return bool(_PERSON.search(_LINKED.split(role)[0].strip()))


def bare(name: str) -> str:
    """Return a name without a title before it and what it is of."""
    return re.sub(rf"^{_TITLE}+(?=\w)", "", name).partition(" of ")[0]


def speakers(text: str) -> Iterator[tuple[str, str]]:
    """Yield who says something in a sentence, with the quotation, '' where there is none.

    Only what is sure: the name is the subject of a verb of saying, and the quotation its object.
    """
    found = candidates(text)
    quoted = [c for c in found if c.type == "quotation"]
    hidden = re.sub(r'"[^"]*"|“[^”]*”', lambda m: "_" * len(m[0]), text)
    verbs = list(_SAYING.finditer(hidden))
    for name in found:
        the = hidden[: name.start].lower().endswith("the ")  # which newspapers have, and people not
        if name.type != "name" or the or hidden[name.start] == "_":
            continue
        for verb in verbs:
            if verb.start() >= name.end and _is_subject(hidden, name, verb.start()):
                yield bare(name.text), _object(hidden, name, verb, quoted)
                break
            between = hidden[verb.end() : name.start]
            inverted = re.search(r"_[.,]? $", hidden[: verb.start()]) and verb[0] in _INVERTED
            if (
                inverted
                and re.fullmatch(r" (?:[a-z-]+,? ){0,4}", between)
                and not _LINKED.search(between)
            ):
                before = [c for c in quoted if c.end <= verb.start()]
                yield bare(name.text), before[-1].text if before else ""
                break


def _is_subject(hidden: str, name: Candidate, verb: int) -> bool:
    """Tell whether a name is the subject of the verb at a place."""
    *clauses, clause = re.split(r"[,;:_]", hidden[: name.start])
    between = hidden[name.end : verb]
    if _LINKED.search(clause):
        return False
    if _SUBJECT.fullmatch(between):
        return True
    # The head of the office, Ada Brandt, said: not the spokesman for the mayor, Ada Brandt.
    role = clauses[-1].strip() if clauses else ""
    head, *of = re.split(r" (?:of|for|to|by|with|from) ", role)
    known = of_person(head) and not any(of_person(part) for part in of) and " for " not in role
    return bool(
        known and not clause.strip() and re.fullmatch(rf"(?: of [^,;_]+)?, {_MANNER}", between)
    )


def _object(hidden: str, name: Candidate, verb: re.Match[str], quoted: list[Candidate]) -> str:
    """Return the quotation that the subject of a verb has said, '' where that is not sure."""
    before = re.search(r"_ ?([^_;:]*)$", hidden[: name.start])
    if before and not _SAYING.search(before[1]):
        ended = [c for c in quoted if c.end <= name.start]
        return ended[-1].text if ended else ""
    for quotation in quoted:
        if quotation.start >= verb.end():
            between = hidden[verb.end() : quotation.start]
            # Called "a fool" by others, nobody has said it.
            doubtful = re.search(r"[;_]", between) or _SAYING.search(between)
            return "" if doubtful or hidden[quotation.end :].startswith(" by ") else quotation.text
    return ""


def people(sentences: list[str]) -> list[str]:
    """Return the names of the people of a text in whole, whoever is named most first.

    Of two words at least, and with a sign that it is a person: somebody speaks, has a title or an
    age, is what only people are, or is called by the last name alone.
    """
    found = [(text, c) for text in sentences for c in candidates(text) if c.type == "name"]
    named = Counter(bare(c.text) for _, c in found)
    signs = {name for text in sentences for name, _ in speakers(text)}
    signs |= {name for text in sentences for name, role in roles(text) if of_person(role)}
    last = {
        c.text
        for text, c in found
        if " " not in c.text and not text[: c.start].lower().endswith("the ")
    }
    for text, name in found:
        titled = re.match(_TITLE, name.text)
        if titled or re.match(r",? who\b|, \d\d,", text[name.end :]):
            signs.add(bare(name.text))
    return [
        name
        for name, _ in named.most_common()
        if 2 <= len(name.split()) <= 4
        and not _NO_PERSON.search(name)
        and (name in signs or name.split()[-1] in last)
    ]


def dated_event(sentence: str) -> tuple[tuple[int, int, int], str] | None:
    """Return when a sentence happened and the sentence without its date, None where unsure.

    The date must be the main clause's only one, and the sentence short enough to be an item.
    """
    dates = [c for c in candidates(sentence) if c.type in ("date", "year")]
    when = dates[0].date if len(dates) == 1 else None
    if when is None:
        return None
    before = re.sub(rf"(?:[Oo]n )?(?:{DAYS}),? $", "", sentence[: dates[0].start])
    dateless = _DATED.sub("", sentence).strip(" ,.")  # the date would tell the order
    # An odd comma leaves an apposition or a participle open.
    inside = _NO_EVENT.search(before) or before.count(",") % 2
    if inside or len(dateless.split()) > _LONGEST_ITEM or re.search(r"\d{4}", dateless):
        return None
    return when, dateless[:1].upper() + dateless[1:]


def english(text: str) -> bool:
    """Tell whether a text is English, as far as its small words tell; a short one is."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) < 40 or sum(word in _ENGLISH for word in words) >= _FEWEST * len(words)


def lower_article(text: str) -> str:
    """Return a text as it stands inside a sentence: without the capital of its first The."""
    return "the" + text[3:] if text.startswith("The ") else text
