"""Bold, italic and code have an effect; nothing else has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdeck.markup import Span, plain, spans


def test_the_three_styles() -> None:
    assert spans("a **b** *c* `d*`") == (
        Span("a "),
        Span("b", bold=True),
        Span(" "),
        Span("c", italic=True),
        Span(" "),
        Span("d*", code=True),
    )


@pytest.mark.parametrize(
    "text",
    [
        "_e_ *",
        "snake_case `",
        "<b> *",
        "[l](u) *",
        "\\* &amp; `",
        "[/foo] [@click=app.quit]x[/] *",
        "# * x",
    ],
)
def test_other_markup_is_text(text: str) -> None:
    assert plain(text) == text


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=60)
)
def test_markup_only_ever_removes_its_own_signs(text: str) -> None:
    assert plain(text).replace("*", "").replace("`", "").split() == (
        text.replace("*", "").replace("`", "").split()
    )
