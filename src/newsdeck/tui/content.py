"""The only way a deck's text reaches a widget: as Content, in which nothing has any effect."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Spacing
from textual.strip import Strip
from textual.visual import Padding

from newsdeck.markup import spans

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.style import Style
    from textual.visual import RenderOptions

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


class Hanging(Padding):
    """A text that goes on beside what stands before it, and not below."""

    def __init__(self, before: Content, text: Content) -> None:
        super().__init__(text, Spacing(left=before.cell_length))
        self.before = before

    def get_height(self, rules: RulesMap, width: int) -> int:
        return super().get_height(rules, max(width, self.before.cell_length + 1))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        indent = self.before.cell_length
        first, *others = super().render_strips(max(width, indent + 1), height, style, options)
        (before,) = self.before.render_strips(indent, 1, style, options)
        return [Strip.join([before, first.crop(indent)]), *others]


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


def quoted_content(quotation: str, place: str) -> Content:
    """Return a quotation from a reading text, with where it stands."""
    quoted = Content.styled(f"❝{quotation}❞", "italic $text-accent")
    return quoted + Content.styled(f"  {place}", "dim")


def reasons_content(told: Feedback, opens: bool) -> Content:
    """Return what makes the answer right, and the quotations that prove it."""
    lines = [rich(told.why)] if told.why else []
    lines += starmap(quoted_content, told.quotations)
    if opens and told.quotations:
        lines[-1] += Content.styled(" · a opens it", "dim")
    return Content("\n").join(lines)
