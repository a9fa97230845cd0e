"""What is offered stands in an order that gives nothing away, or in the one that it must have."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck import number
from newsdeck.arrange import Offer, offer
from newsdeck.kinds import (
    Card,
    Choice,
    Claim,
    Match,
    Order,
)


@given(st.integers())
def test_numbers_and_dates_ascend_and_written_orders_stay(seed: int) -> None:
    chance = random.Random(seed)
    numbers = Choice(choice="?", answer="1,000", wrong=("20", {"3": "no"}))
    dates = Choice(choice="?", answer="2025-01-02", wrong=("2024-12-31",))
    written = Choice(choice="?", answer="b", options=("c", "b", "a"))
    assert offer(numbers, chance, "en") == Offer(("3", "20", "1,000"))
    assert offer(dates, chance, "en") == Offer(("2024-12-31", "2025-01-02"))
    assert offer(written, chance, "en") == Offer(("c", "b", "a"))
    assert offer(Claim(claim="?", answer=True), chance, "en") == Offer(("True", "False"))
    assert offer(Card(card="?", answer="x"), chance, "en") == Offer()


@given(st.integers())
def test_no_order_gives_the_answer_away(seed: int) -> None:
    items = ("a", "b", "c")
    texts, fixed = offer(Order(order="?", items=items), random.Random(seed), "en")
    assert (sorted(texts), fixed) == (list(items), False)
    assert texts != items
    pairs = {"x": "a", "y": "b"}
    assert offer(Match(match="?", pairs=pairs), random.Random(seed), "en").texts == ("b", "a")
    same = {"x": "a", "y": "a"}
    assert offer(Match(match="?", pairs=same), random.Random(seed), "en").texts == ("a",)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3
    ),
    st.sampled_from(["en", "de", "fr", "de-CH", "pl", "en-GB"]),
)
def test_a_number_is_read_as_it_is_shown(value: Decimal, language: str) -> None:
    assert number.parse(number.shown(value, language), language) == value


@pytest.mark.parametrize(("language", "shown"), [("en", "1,613.5"), ("de", "1.613,5")])
def test_a_number_is_shown_as_its_language_writes_it(language: str, shown: str) -> None:
    assert number.shown(Decimal("1613.50"), language) == shown
