"""The statistics screen: the charts of the decks that are there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from newsdeck.charts import charts
from newsdeck.schedule import now
from newsdeck.statistics import statistics
from newsdeck.tui.page import PageScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from newsdeck.deck import Deck
    from newsdeck.history import History

_WIDEST = 90


class StatisticsScreen(PageScreen):
    """Shows what became of answers, and what is due."""

    BINDINGS = [Binding("t", "dismiss", "back", show=False)]

    def __init__(self, decks: Sequence[Deck], history: History) -> None:
        super().__init__()
        at = now()
        self.today = datetime.fromtimestamp(at / 1000, UTC).date()
        self.statistics = statistics(history, decks, at)

    def compose_page(self) -> ComposeResult:
        yield Static(id="charts", markup=False)

    def on_mount(self) -> None:
        self.on_resize()

    def on_resize(self) -> None:
        width = max(20, min(_WIDEST, self.app.size.width - 4))
        lines: list[Content] = []
        for title, rows in charts(self.statistics, self.today, width):
            lines += [Content.styled(title, "bold"), *map(Content, rows), Content("")]
        self.query_one("#charts", Static).update(Content("\n").join(lines))
