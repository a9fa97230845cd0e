"""The reading text with the passages of an answer lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from newsdeck.tui.page import PageScreen

if TYPE_CHECKING:
    from textual.app import App, ComposeResult

    from newsdeck.article import Article, Passage
    from newsdeck.deck import Deck
    from newsdeck.kinds import AnyQuestion


class ReadingScreen(PageScreen):
    """Shows articles; their passages stand between ❝ and ❞ and are lit."""

    BINDINGS = [Binding("a", "dismiss", "back", show=False)]
    DEFAULT_CSS = "ReadingScreen VerticalScroll Static { margin-bottom: 1; }"

    def __init__(self, articles: list[tuple[Article, list[Passage]]]) -> None:
        super().__init__()
        self.articles = articles

    def compose_page(self) -> ComposeResult:
        for article, passages in self.articles:
            for number, text in article.paragraphs:
                lit = [passage for passage in passages if passage.paragraph == number]
                yield Static(_paragraph(number, text, lit), classes="lit" if lit else "")

    def on_mount(self) -> None:
        lit = self.query(".lit")
        if lit:
            self.call_after_refresh(lit.first().scroll_visible, animate=False)


def open_passages(app: App[Any], deck: Deck, question: AnyQuestion) -> None:
    """Open the reading texts at the passages that prove a question's answer."""
    found = [
        (article, [passage for text in question.quotations for passage in article.find(text)])
        for article in deck.articles
    ]
    app.push_screen(ReadingScreen([part for part in found if part[1]] or found[-1:]))


def _paragraph(number: int, text: str, lit: list[Passage]) -> Content:
    if not number:
        return Content.styled(text, "bold")
    shown, at = Content(f"{number}  "), 0
    for passage in sorted(lit, key=lambda p: p.start):
        if passage.start < at:
            continue
        shown += Content(text[at : passage.start])
        shown += Content.styled(f"❝{text[passage.start : passage.end]}❞", "reverse")
        at = passage.end
    return shown + Content(text[at:])
