"""The only way a deck's text reaches a widget: as Content, in which nothing has any effect."""

from __future__ import annotations

from textual.content import Content

from newsdeck.markup import spans

SIGN_STYLES = {"✓": "$text-success", "◐": "$text-warning", "✗": "$text-error"}
"""The colour that goes with each sign; never the colour alone."""


def rich(text: str) -> Content:
    """Return a deck's text with its bold, italic and code."""
    return Content.assemble(
        *(
            (
                span.text,
                " ".join(
                    name
                    for name, on in (
                        ("bold", span.bold),
                        ("italic", span.italic),
                        ("reverse", span.code),
                    )
                    if on
                ),
            )
            for span in spans(text)
        )
    )
