"""What a response is worth."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck import number
from newsdeck.grade import Response, grade
from newsdeck.kinds import (
    Choice,
    Claim,
    Cloze,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.text import comparable

SEVERAL = Choice(choice="?", answer=("a", "b", "c"), wrong=({"d": "No."},))
VIASNA = Typed(typed="?", answer="Viasna", accept=("the centre",), reject=({"Vesna": "No."},))


@pytest.mark.parametrize(
    ("picked", "credit"),
    [("abc", 1), ("ab", Fraction(2, 3)), ("abcd", 0), ("d", 0), ("a", Fraction(1, 3))],
)
def test_all_that_apply_is_hits_less_false_ticks(picked: str, credit: Fraction) -> None:
    verdict = grade(SEVERAL, tuple(picked))
    assert verdict.credit == credit
    assert verdict.rebuttals == (("No.",) if "d" in picked else ())


@pytest.mark.parametrize(
    ("typed", "credit", "near"),
    [
        ("viasna", 1, False),
        (" VIÁSNA. ", 1, False),
        ("Centre", 1, False),
        ("Viasma", 1, True),
        ("Vesna", 0, False),
        ("Vessna", 0, False),
        ("Fiasna", 0, False),
        ("Minsk", 0, False),
    ],
)
def test_typed_words_are_graded_with_patience(typed: str, credit: int, near: bool) -> None:
    verdict = grade(VIASNA, typed)
    assert verdict.credit == credit
    assert verdict.near is near


def test_a_typo_may_not_become_another_answer_of_the_deck() -> None:
    question = Typed(typed="?", answer="South Korea")
    assert grade(question, "South Koria").near
    assert not grade(question, "North Korea", rivals={"North Korea"}).right
    assert not grade(Typed(typed="?", answer="Austria"), "Austrlia", rivals={"Australia"}).right


@pytest.mark.parametrize(
    ("one", "other"),
    [("moral", "amoral"), ("Russia", "Prussia"), ("affect", "effect"), ("Gambia", "Zambia")],
)
def test_a_first_letter_that_changes_the_sense_counts(one: str, other: str) -> None:
    assert not grade(Typed(typed="?", answer=one), other).right
    assert not grade(Typed(typed="?", answer=other), one).right


def test_digits_are_exact() -> None:
    assert not grade(Typed(typed="?", answer="October 2022"), "October 2023").right


@pytest.mark.parametrize(
    ("answer", "typed", "right"),
    [("мой", "мои", False), ("ў", "у", False), ("їх", "іх", False), ("бе́лый", "белый", True)],
)
def test_a_mark_that_makes_another_letter_counts(answer: str, typed: str, right: bool) -> None:
    assert grade(Typed(typed="?", answer=answer), typed).right is right
    assert grade(Typed(typed="?", answer=answer), answer).right


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("Łukasz Grünwald", "Lukasz Grunwald"),
        ("Łódź", "Lodz"),
        ("Øya", "Oya"),
        ("Đoković", "Dokovic"),
        ("Þór", "Thor"),
        ("Ægir", "aegir"),
        ("Œuvre", "oeuvre"),
        ("Straße", "STRASSE"),
        ("Diyarbakır", "diyarbakir"),
        ("Ħal Għaxaq", "Hal Ghaxaq"),
        ("Guðný", "Gudny"),
    ],
)
def test_letters_that_a_keyboard_lacks_may_be_typed_plain(answer: str, typed: str) -> None:
    for one, other in ((answer, typed), (typed, answer)):
        verdict = grade(Typed(typed="?", answer=one), other)
        assert (verdict.right, verdict.near) == (True, False)
        assert grade(Cloze(cloze=f"It is {{{one}}}."), (other,)).right
    assert not grade(Typed(typed="?", answer=answer, match="exact"), typed).right


def test_exact_asks_for_every_letter() -> None:
    question = Typed(typed="?", answer="Viasna", match="exact")
    assert grade(question, "Viasna ").right
    assert not grade(question, "viasna").right


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,613", "en", "1613"),
        ("1.613", "de", "1613"),
        ("1,5", "de", "1.5"),
        ("1 613", "fr", "1613"),
        ("−3", "en", "-3"),
        ("twenty-one", "en", "21"),
        ("1.5 million", "en", "1500000"),
        ("a hundred", "en", "100"),
        (".5", "en", "0.5"),
        ("a million", "en", "1000000"),
        ("1,613.5", "es-MX", "1613.5"),
        ("1.613", "es", "1613"),
        ("1.613", "vi", "1613"),
        ("1 613,5", "fr-CH", "1613.5"),
        ("١٬٦١٣٫٥", "ar", "1613.5"),
        ("१६१३", "hi", "1613"),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(
    text: str, language: str, value: str
) -> None:
    assert number.parse(text, language) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["1,5", "12,34", "", "nan", "inf", "1e9", "many", "1.2.3", "9" * 99, "0,613", "10²", "1" * 29],
)
def test_what_is_no_number_is_asked_again(text: str) -> None:
    with pytest.raises(number.Malformed):
        grade(Number(number="?", answer="1"), text)


@pytest.mark.parametrize(
    ("within", "typed", "right"),
    [("5%", "1050", True), ("5%", "1051", False), ("2", "998 days", True), ("0", "1,000", True)],
)
def test_a_tolerance_is_inclusive(within: str, typed: str, right: bool) -> None:
    question = Number(number="?", answer="1000", within=within, unit="days")
    assert grade(question, typed).right is right


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("-$5", "$", "-5"),
        ("5 °C", "℃", "5"),
        ("seven", "n", "7"),
        ("seven n", "n", "7"),
        ("six", "s", "6"),
        ("1.5 million", "million dollars", "1.5"),
        ("1.5 million dollars", "million dollars", "1.5"),
        ("1.5 million", "dollars", "1500000"),
    ],
)
def test_a_unit_is_a_word_of_its_own(text: str, unit: str, value: str) -> None:
    assert number.parse(text, "en", unit) == Decimal(value)


SMALL = list(number.WORDS)[:20]
SIZES = {"billion": 10**9, "million": 10**6, "thousand": 1000, "hundred": 100}


def spelled(value: int) -> str:
    """Write a number in English words, as a reference."""
    for word, size in SIZES.items():
        if value >= size:
            rest = f" {spelled(value % size)}" if value % size else ""
            return f"{spelled(value // size)} {word}{rest}"
    tens, ones = divmod(value, 10)
    ten = list(number.WORDS)[18 + tens] if value >= 20 else ""
    return SMALL[value] if value < 20 else f"{ten}-{SMALL[ones]}" if ones else ten


@given(st.integers(0, 10**12 - 1))
def test_a_number_is_read_from_its_words(value: int) -> None:
    assert number.parse(spelled(value)) == value
    assert number.parse(f"minus {spelled(value)}") == -value


@given(st.lists(st.sampled_from([*SMALL, "twenty", "ninety", *SIZES, "and", "a"]), max_size=7))
def test_words_that_are_read_are_the_words_of_their_number(words: list[str]) -> None:
    try:
        value = int(number.parse(" ".join(words)))
    except number.Malformed:
        return
    bare = ["one" if word == "a" else word for word in words if word != "and"]
    bare = ["one", *bare] if bare[0] == "hundred" else bare
    spellings = [spelled(value)]
    if 1000 <= value < 10_000:  # twelve hundred
        tail = f" {spelled(value % 100)}" if value % 100 else ""
        spellings.append(f"{spelled(value // 100)} hundred{tail}")
    assert bare in [spelling.replace("-", " ").split() for spelling in spellings]


@pytest.mark.parametrize(
    "text",
    ["five six", "five hundred and", "thousand thousand", "minus", "ten hundred thousand", "no"],
)
def test_words_that_are_no_number_are_asked_again(text: str) -> None:
    with pytest.raises(number.Malformed):
        number.parse(text)


@pytest.mark.parametrize("written", ["US$5", "$5", "5 USD", "5 dollars", "USD 5", "five dollars"])
def test_a_currency_is_written_in_each_of_its_ways(written: str) -> None:
    for unit in ("$", "dollars", "US dollars"):
        assert number.parse(written, "en", unit) == 5
    for unit in ("", "euros", "million dollars", "Canadian dollars"):
        with pytest.raises(number.Malformed):
            number.parse(written, "en", unit)


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=6, max_size=12)


@given(LETTERS, st.data())
def test_one_slip_is_forgiven_behind_the_first_letter_alone(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
    ]
    question = Typed(typed="?", answer=word)
    for slip in slips:
        assert grade(question, slip).right is (slip[0] == word[0])


def test_long_numbers_are_compared_by_every_digit() -> None:
    question = Number(number="?", answer="1" * 28)
    assert grade(question, "1" * 28).right
    assert not grade(question, "1" * 27 + "2").right


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("2-1", "21"),
        ("Apollo 11", "Apollo 1 1"),
        ("12.50", "125.0"),
        ("-1000", "1000"),
        ("$1000", "€1000"),
        ("2022-10-07", "2022-1-007"),
        ("10:30", "1:030"),
        ("1,613", "1.613"),
    ],
)
def test_a_number_in_typed_words_has_no_slips(answer: str, typed: str) -> None:
    assert not grade(Typed(typed="?", answer=answer), typed).right


@pytest.mark.parametrize(
    ("answer", "typed", "language"),
    [
        ("1,613,000 days", "1613000 days", "en"),
        ("1.613.000 Tage", "1613000 Tage", "de"),
        ("100 %", "100%", "en"),
        ("21 October", "21 Octobre", "en"),
    ],
)
def test_a_number_may_be_grouped_or_not(answer: str, typed: str, language: str) -> None:
    assert grade(Typed(typed="?", answer=answer), typed, language).right


def test_a_gap_takes_each_of_its_answers_by_value() -> None:
    cloze = Cloze(cloze="{Viasna|96}")
    assert grade(cloze, ("ninety-six",)).right
    assert grade(cloze, ("Viasma",)).near


def test_order_counts_pairs() -> None:
    question = Order(order="?", items=tuple("abcde"))
    assert grade(question, tuple("abcde")).credit == 1
    assert grade(question, tuple("bacde")).credit == Fraction(4, 5)
    assert grade(question, tuple("bcdea")).credit == Fraction(1, 5)
    assert grade(question, tuple("edcba")).credit == 0


def test_parts_are_averaged() -> None:
    match = Match(match="?", pairs={"a": "1", "b": "2"}, extra=("3",))
    assert grade(match, {"a": "1", "b": "3"}).credit == Fraction(1, 2)
    cloze = Cloze(cloze="{Viasna|Vyasna} in {1,996::a year} {x}")
    assert grade(cloze, ("vyasna", "1996", "y")).credit == Fraction(2, 3)


@given(
    st.one_of(
        st.text(),
        st.booleans(),
        st.lists(st.text()).map(tuple),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_a_response_of_any_shape_has_a_credit(response: Response) -> None:
    for question in (SEVERAL, VIASNA, Claim(claim="?", answer=True), Cloze(cloze="{a}")):
        assert 0 <= grade(question, response).credit <= 1


@given(st.text())
def test_comparing_twice_changes_nothing_for_an_accepted_answer(text: str) -> None:
    if comparable(text):
        assert grade(Typed(typed="?", answer=text), text).right


def test_a_decimal_that_may_be_meant_as_thousands_is_asked_back() -> None:
    whole = Number(number="x", answer="1613", within="5%")
    for text, language, meant in (("1.613", "en", "1,613"), ("1,613", "de", "1.613")):
        with pytest.raises(number.Malformed, match=f"Is that {meant}?"):
            grade(whole, text, language)
        assert not grade(whole, f"{text}0", language).right
    assert grade(Number(number="x", answer="3.142"), "3.142").right
