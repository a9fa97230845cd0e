"""The bundled decks ask every fact of their article, contradict none and give nothing away."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest

from newsdeck import number
from newsdeck.deck import Deck, load
from newsdeck.grade import answer_text
from newsdeck.kinds import (
    KINDS,
    AnyQuestion,
    Choice,
    Claim,
    Number,
)
from newsdeck.library import bundled, shelf
from newsdeck.text import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from newsdeck.article import Passage

DECKS = [load(file) for file in shelf(bundled() / "belarus-prisoner-release")]
QUESTIONS = {f"{deck.id}/{question.id}": question for deck in DECKS for question in deck.questions}
ARTICLE = DECKS[0].articles[0]
TEXT = "\n".join(paragraph.text for paragraph in ARTICLE.paragraphs)
VOCABULARY = "belarus-words"
each_deck = pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.id)


class Fact(NamedTuple):
    """A fact of the article, how the reading text tells it, and the questions that quote that."""

    fact: str
    said: tuple[str, ...]
    asked: str


FACTS = [
    Fact(
        "Belarus pardoned and released 123 political prisoners",
        ("pardoned and freed 123 political prisoners",),
        "release/freed-count release/group-sizes",
    ),
    Fact(
        "among them the Nobel Peace Prize laureate Ales Bialiatski",
        ("Ales Bialiatski", "laureate of the Nobel Peace Prize"),
        "people/laureate release/freed-people release/people-roles",
    ),
    Fact(
        "and the prominent opposition leader Maria Kolesnikova",
        ("Maria Kolesnikova", "prominent leader of the opposition"),
        "people/kolesnikova people/kolesnikova-card release/freed-people release/people-roles",
    ),
    Fact("on a Saturday", ("Saturday",), "release/talks-timing"),
    Fact(
        "at the end of two days of intensive talks between Minsk and Washington",
        ("two days of intensive talks between Minsk and Washington",),
        "release/talks-timing release/time-spans sanctions/days-of-talks security/steps "
        "security/countries people/names",
    ),
    Fact(
        "the immediate result was that the US lifted sanctions",
        ("immediate result", "the United States lifted its sanctions"),
        "release/sanctions-at-once sanctions/relief-later sanctions/who-lifted "
        "sanctions/step-by-minsk sanctions/parts-played sanctions/gain-card",
    ),
    Fact(
        "on potash, a fertilizer sector",
        ("potash, a fertilizer sector",),
        "release/sanctions-sector sanctions/potash-product",
    ),
    Fact("which is crucial for Belarus", ("crucial for the country",), "sanctions/weight"),
    Fact(
        "a significant diplomatic breakthrough",
        ("significant breakthrough",),
        "words/word-breakthrough sanctions/small-advance",
    ),
    Fact(
        "Alexander Lukashenko is president, his administration's control authoritarian",
        ("Alexander Lukashenko", "authoritarian control"),
        "release/president words/word-authoritarian",
    ),
    Fact(
        "for three decades, in an Eastern European country",
        ("three decades", "Eastern European country"),
        "people/lukashenko-decades release/time-spans sanctions/relief-decades",
    ),
    Fact("the talks brought him relief from sanctions", ("relief from",), "sanctions/relief-for"),
    Fact(
        "the US special envoy John Coale called the discussions very productive",
        ("US special envoy, John Coale", '"very productive"'),
        "release/envoy release/people-roles release/who-said people/coale-words",
    ),
    Fact("the contacts mark a notable shift", ("a notable shift",), "security/shift"),
    Fact(
        "relations had suffered from Belarus's human rights record",
        ("human rights record",),
        "release/strained-relations",
    ),
    Fact(
        "and from its support for Russia's military operations in Ukraine",
        ("backing of Russia's military operations in Ukraine",),
        "release/strained-relations security/stand-on-war security/strain-claim",
    ),
    Fact(
        "a US official counted six citizens of US-allied nations among the freed",
        ("A US official counted six citizens of US-allied countries",),
        "release/allied-citizens people/sources",
    ),
    Fact("and five Ukrainians", ("five Ukrainians",), "release/group-sizes"),
    Fact(
        "the official spoke of a significant milestone in U.S.-Belarus engagement",
        ('"a significant milestone in U.S.-Belarus engagement"',),
        "release/who-said people/milestone-speaker words/word-milestone",
    ),
    Fact(
        "over 200 political prisoners were released since July 2024, by the official's account",
        ("the official said that over 200 political prisoners", "since July 2024"),
        "release/official-count",
    ),
    Fact(
        "six US citizens who had been detained are part of that number",
        ("including six US citizens who had been detained",),
        "people/us-citizens",
    ),
    Fact(
        "the official credited the administration of President Donald Trump",
        ("gave the credit to the administration of President Donald Trump",),
        "people/credit",
    ),
    Fact(
        "Bialiatski founded the human rights organization Viasna",
        ("Bialiatski founded the human rights organization Viasna",),
        "release/viasna people/viasna-field people/names",
    ),
    Fact(
        "he was in prison when awarded the Nobel Prize in 2022",
        ("Nobel Prize in 2022, while he was in prison",),
        "release/prize-timing people/prize-year people/bialiatski-life",
    ),
    Fact(
        "he had been detained for 1,613 days",
        ("detention had lasted 1,613 days",),
        "release/detention-days release/time-spans people/bialiatski-life",
    ),
    Fact("his release was unexpected", ("unexpected release",), "people/bialiatski-expected"),
    Fact(
        "he likened it to coming from icy water into a warm room",
        ('"icy water into a normal, warm room"',),
        "release/icy-water release/who-said",
    ),
    Fact("he was emaciated", ("Emaciated as he was",), "people/bialiatski-condition"),
    Fact(
        "he vowed to go on speaking up for the prisoners who remain",
        ("vowed to go on speaking up for the political prisoners",),
        "release/bialiatski-promise people/bialiatski-retires",
    ),
    Fact(
        "an estimated thousand are still in Belarusian custody",
        ("still in Belarusian custody, an estimated 1,000",),
        "release/still-held release/group-sizes",
    ),
    Fact(
        "the exchange took complex coordination between countries",
        ("exchange", "complex coordination between countries"),
        "security/coordination",
    ),
    Fact(
        "most of the freed were taken to Ukraine",
        ("Most of the freed were taken to Ukraine",),
        "security/most-went-to security/steps security/countries",
    ),
    Fact(
        "others, Bialiatski among them, to Lithuania",
        ("others, Bialiatski among them, were brought to Lithuania",),
        "release/bialiatski-destination security/smaller-part",
    ),
    Fact(
        "Ukraine confirmed that it had received 114 civilians",
        ("Ukrainian authorities confirmed that they had received", "114 civilians"),
        "release/ukraine-received release/group-sizes people/sources security/steps "
        "security/arrivals-silence",
    ),
    Fact(
        "five of them its own nationals",
        ("five of whom were Ukrainian nationals",),
        "security/ukrainian-nationals",
    ),
    Fact(
        "Belarusian officials suggested a reciprocal arrangement with Kyiv",
        ("Belarusian officials suggested that the arrangement with Kyiv was reciprocal",),
        "release/kyiv-arrangement people/sources people/names security/whose-suggestion",
    ),
    Fact(
        "Sviatlana Tsikhanouskaya leads the opposition from exile",
        ("Sviatlana Tsikhanouskaya, an opposition leader in exile",),
        "release/exiled-leader release/people-roles people/tsikhanouskaya-place",
    ),
    Fact("she welcomed the releases", ("welcomed the releases",), "people/tsikhanouskaya-welcome"),
    Fact(
        "but warned against premature optimism",
        ("optimism would be premature",),
        "people/optimism release/exiled-leader words/word-premature",
    ),
    Fact(
        "in her words Lukashenko has not changed, his crackdown continues",
        ("hasn't changed his policies, his crackdown continues",),
        "release/crackdown-claim release/who-said people/tsikhanouskaya-quote "
        "people/tsikhanouskaya-reproaches",
    ),
    Fact(
        "and he keeps on supporting Russia's war",
        ("keeps on supporting Russia's war against Ukraine",),
        "security/support-goes-on people/tsikhanouskaya-quote people/tsikhanouskaya-reproaches",
    ),
    Fact(
        "the relief benefits the potash industry in particular",
        ("above all the potash industry that gains",),
        "sanctions/who-gains",
    ),
    Fact(
        "Belarus used to have about 20% of the world's potash exports",
        ("about 20% of the potash exported worldwide",),
        "release/potash-share sanctions/tonnes-in-hundred sanctions/potash-story",
    ),
    Fact(
        "Western restrictions crippled its production and its export",
        ("Western restrictions crippled both its production and its ability to export",),
        "release/potash-damage sanctions/crippled-card sanctions/potash-story",
    ),
    Fact(
        "which went through Lithuanian ports",
        ("through the ports of Lithuania",),
        "sanctions/ports sanctions/parts-played",
    ),
    Fact(
        "analysts suggest that Minsk sees an initial concession",
        ("Minsk, analysts suggest, sees the US concession as a first step",),
        "sanctions/first-step people/sources words/word-concession",
    ),
    Fact(
        "and hopes for an easing of European sanctions",
        ("hopes that it will open the way to an easing of Europe's sanctions",),
        "release/minsk-hope sanctions/way-to-europe sanctions/parts-played",
    ),
    Fact(
        "which are more comprehensive",
        ("Europe's sanctions, which are more comprehensive",),
        "sanctions/europe-compared words/word-comprehensive",
    ),
    Fact(
        "the bilateral talks were about regional security as well",
        ("bilateral talks", "security of the region"),
        "release/wider-agenda security/wide-agenda words/word-bilateral",
    ),
    Fact(
        "about Russia's ongoing invasion of Ukraine",
        ("Russia's continuing invasion of Ukraine",),
        "security/security-matters security/countries",
    ),
    Fact(
        "and about tensions between Belarus and Lithuania",
        ("tensions between Belarus and Lithuania",),
        "security/security-matters",
    ),
    Fact("which is a member of NATO", ("a member of NATO",), "security/alliance people/names"),
    Fact(
        "Lithuania had recently declared a national emergency",
        ("Lithuania had recently declared a national emergency",),
        "security/lithuanian-response security/countries security/emergency-cause",
    ),
    Fact(
        "over the security risk from Belarusian meteorological balloons",
        ("the security risk from Belarusian meteorological balloons",),
        "release/lithuania-emergency security/balloon-kind",
    ),
    Fact("which disrupted air traffic", ("disrupting air traffic",), "security/balloon-effects"),
]

# Every figure of the article, written down a second time: who answers otherwise contradicts it.
FIGURES = {
    "release/freed-count": 123,
    "release/ukraine-received": 114,
    "release/detention-days": 1613,
    "release/potash-share": 20,
    "release/still-held": 1000,
    "people/prize-year": 2022,
    "people/us-citizens": 6,
    "sanctions/days-of-talks": 2,
    "sanctions/tonnes-in-hundred": 20,
    "security/ukrainian-nationals": 5,
    "words/word-bilateral": 2,
}
DERIVED = {100}  # the tonnes of which 20 stand for 20%


def full(name: str) -> str:
    return f"belarus-{name}"


def figures(text: str) -> set[int]:
    found = re.findall(r"\d{1,3}(?:,\d{3})+|\d+", text)
    return {int(figure.replace(",", "")) for figure in found}


def told_figures() -> set[int]:
    """Return the figures of the reading text, those in words included."""
    found = figures(TEXT)
    for word in re.findall(r"[a-z]+", TEXT):
        with suppress(number.Malformed):
            found.add(int(number.parse(word)))
    return found


def shown(question: AnyQuestion) -> str:
    """Return everything that a player may read of a question but its wrong answers."""
    return "\n".join((question.prompt, answer_text(question), question.why, question.hint))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.fact)
def test_a_fact_is_told_and_asked(fact: Fact) -> None:
    told = [passage for said in fact.said for passage in ARTICLE.find(said)]
    assert len(told) == len(fact.said), "the reading text does not tell it"
    for name in fact.asked.split():
        quoted = [p for quote in QUESTIONS[full(name)].quotations for p in ARTICLE.find(quote)]
        assert any(overlap(one, other) for one in told for other in quoted), name


def overlap(one: Passage, other: Passage) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and other.start < one.end


def test_every_question_asks_a_fact_or_a_word() -> None:
    asked = {full(name) for fact in FACTS for name in fact.asked.split()}
    assert {name for name in QUESTIONS if not name.startswith(VOCABULARY)} <= asked


def test_figures_are_those_of_the_article() -> None:
    told = {name: question for name, question in QUESTIONS.items() if isinstance(question, Number)}
    assert set(told) <= set(map(full, FIGURES))
    for name, value in FIGURES.items():
        assert number.parse(answer_text(QUESTIONS[full(name)]).split()[0]) == value


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_figure_is_invented(name: str) -> None:
    assert figures(shown(QUESTIONS[name])) <= told_figures() | DERIVED


def test_the_reading_text_is_of_a_lessons_length() -> None:
    assert 350 <= len(TEXT.split()) <= 600


def test_the_set_is_large_and_has_all_kinds() -> None:
    assert len(QUESTIONS) >= 90
    assert {question.kind for question in QUESTIONS.values()} == set(KINDS)


@each_deck
def test_a_deck_is_complete_and_mixes_kinds(deck: Deck) -> None:
    assert deck.anki == "News::Belarus"
    assert deck.about
    assert deck.tags
    kinds = Counter(question.kind for question in deck.questions)
    assert len(kinds) >= 6
    assert max(kinds.values()) < len(deck.questions) / 2
    for question in deck.questions:
        assert question.why
        assert question.quotations
        assert question.tags
        assert question.level


def test_ids_are_used_once_in_the_whole_set() -> None:
    names = [deck.id for deck in DECKS]
    names += [question.id for deck in DECKS for question in deck.questions]
    assert [name for name, times in Counter(names).items() if times > 1] == []


@each_deck
def test_a_claim_is_as_often_true_as_false(deck: Deck) -> None:
    answers = [question.answer for question in deck.questions if isinstance(question, Claim)]
    chances = [Fraction(1, 2)] * len(answers)
    rarer = min(answers.count(True), answers.count(False))
    assert rarer, "all claims of the deck have the same answer"
    assert 2 * sum(distribution(chances)[: rarer + 1]) >= 0.05


@pytest.mark.parametrize(
    "questions",
    [*(deck.questions for deck in DECKS), tuple(QUESTIONS.values())],
    ids=[*(deck.id for deck in DECKS), "all"],
)
@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_length_does_not_give_the_right_option_away(
    questions: tuple[AnyQuestion, ...], extreme: Callable[[Iterable[int]], int]
) -> None:
    """Where one option stands out, the right ones stand out no more often than by chance."""
    chances: list[Fraction] = []
    hits = 0
    for question in questions:
        if isinstance(question, Choice):
            length = extreme(map(len, question.all_options))
            standing_out = [o for o in question.all_options if len(o) == length]
            if len(standing_out) == 1:
                chances.append(Fraction(len(question.right), len(question.all_options)))
                hits += standing_out[0] in question.right
    assert sum(distribution(chances)[hits:]) >= 0.05


def distribution(chances: list[Fraction]) -> list[Fraction]:
    """Return the probability of each number of hits, exactly, from each trial's chance."""
    found = [Fraction(1)]
    for chance in chances:
        missed = [p * (1 - chance) for p in found]
        hit = [p * chance for p in found]
        found = [a + b for a, b in zip([*missed, Fraction(0)], [Fraction(0), *hit], strict=True)]
    return found


@pytest.mark.parametrize(
    ("name", "question"), [(n, q) for n, q in QUESTIONS.items() if isinstance(q, Choice)]
)
def test_a_choice_has_three_options_and_answers_each_wrong_one(name: str, question: Choice) -> None:
    assert len(question.all_options) == (4 if question.several else 3)
    if not question.options:
        assert all(question.rebuttals.values())


def content(question: AnyQuestion) -> set[str]:
    words = comparable(re.sub(r"\{[^{}]*\}", " ", question.prompt)).split()
    return {word for word in words if len(word) > 3}


def test_no_two_prompts_are_nearly_the_same() -> None:
    for (one, first), (other, second) in combinations(QUESTIONS.items(), 2):
        left, right = content(first), content(second)
        same_answer = comparable(answer_text(first)) == comparable(answer_text(second))
        likeness = len(left & right) / len(left | right)
        assert likeness < (0.5 if same_answer else 0.7), f"{one} and {other}"
