"""The only way a deck's text reaches a widget: as Content, in which nothing has any effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from newsdeck.markup import spans

if TYPE_CHECKING:
    from newsdeck.feedback import Feedback

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


def told_content(told: Feedback, answered: bool, opens: bool) -> Content:
    """Return what is told after an answer; ``opens`` says that a key opens the reading text.

    The right answer is left out where the widget has ``answered`` already.
    """
    verdict = Content.styled(f"{told.sign} {told.verdict}", f"bold {SIGN_STYLES[told.sign]}")
    lines = [verdict + Content(f"  {told.earned}")]
    if told.answer and not answered:
        lines.append(Content("Answer: ") + rich(told.answer))
    lines += [rich(text) for text in told.rebuttals]
    reasons = reasons_content(told, opens)
    return Content("\n").join([*lines, reasons] if reasons else lines)


def reasons_content(told: Feedback, opens: bool) -> Content:
    """Return what makes the answer right, and the quotations that prove it."""
    lines = [rich(told.why)] if told.why else []
    for quotation, place in told.quotations:
        quoted = Content.styled(f"❝{quotation}❞", "italic $text-accent")
        lines.append(quoted + Content.styled(f"  {place}", "dim"))
    if opens and told.quotations:
        lines[-1] += Content.styled(" · a opens it", "dim")
    return Content("\n").join(lines)
