"""The results screen: the score, accuracy by tag and kind, and every question."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.widgets.option_list import Option

from newsdeck.feedback import sign
from newsdeck.report import Line, markdown, report, save, score
from newsdeck.tui.content import SIGN_STYLES, Hanging, quoted_content, rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.options import Options
from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from newsdeck.history import History
    from newsdeck.session import Sitting

_BAR, _BESIDES = 20, 28
"""The columns of a bar where there is room, and those beside it."""


class ResultsScreen(Screen[None]):
    """What a sitting came to; ``key`` is its name in the history."""

    BINDINGS = [
        Binding("m", "missed", "play missed"),
        Binding("x", "save", "save"),
        Binding("q,escape,enter", "app.library", "leave"),
    ]
    DEFAULT_CSS = """
    ResultsScreen VerticalScroll { padding: 0 1; }
    ResultsScreen VerticalScroll Static { max-width: 90; }
    ResultsScreen OptionList { max-width: 90; height: auto; max-height: initial; border: none;
      padding: 0; background: transparent; }
    ResultsScreen OptionList > .option-list--option-disabled { color: $foreground; }
    """

    def __init__(self, sitting: Sitting, history: History, key: str = "") -> None:
        super().__init__()
        self.sitting, self.history, self.key = sitting, history, key
        self.deck = sitting.deck
        self.report = report(self.sitting)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self.summary())
            yield Static(id="bars")
            # Rows that are drawn only when they are seen: there may be thousands.
            rows = [Option(question_row(line), disabled=True) for line in self.report.questions]
            told = Options(*rows, markup=False)
            told.can_focus = False
            yield told
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        self.query_one("#bars", Static).update(self.bars())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.sitting.missed) if action == "missed" else True

    def summary(self) -> Content:
        """Return the score, and what troubles the history."""
        rows = score(self.sitting, self.history, self.key)
        if self.history.trouble:
            rows.append(f"⚠ {self.history.trouble}")
        title = Content.styled(rich(self.sitting.deck.title).plain, "bold")
        return Content("\n").join([title, *map(Content, rows)])

    def bars(self) -> Content:
        """Return the accuracy by kind and by tag as bars."""
        lines = []
        whole = min(_BAR, max(1, self.app.size.width - _BESIDES))
        for share in self.report.shares:
            full = round(share.accuracy * whole)
            bar = Content.styled("█" * full, "$primary") + Content.styled(
                "░" * (whole - full), "dim"
            )
            told = f" {share.accuracy:>4.0%} of {share.questions}"
            lines.append(Content(f"{share.name[:12]:<12} ") + bar + Content(told))
        return Content("\n").join([Content(""), *lines, Content("")])

    def action_save(self) -> None:
        """Write the result as JSON and as Markdown: into the current folder, or to the browser."""
        if self.app.is_web:
            name = f"newsdeck-{self.report.deck}.md"
            self.app.deliver_text(io.StringIO(markdown(self.report)), save_filename=name)
        else:
            self.notify(save(self.report), markup=False)

    def action_missed(self) -> None:
        from newsdeck.tui.quiz import QuizScreen

        settings = msgspec.structs.replace(
            self.sitting.settings, only=self.sitting.missed, count=0, tags=()
        )
        go_to(self.app, QuizScreen(self.sitting.deck, settings, self.history))


def question_row(line: Line) -> Hanging:
    """Return a question and the given answer; where that was wrong, the right one and why."""
    rows = [rich(line.prompt).stylize("bold"), Content.styled("you: ", "dim") + rich(line.given)]
    if line.credit < 1:
        rows.append(Content.styled("answer: ", "dim") + rich(line.answer))
        rows += map(rich, line.reasons)
        rows += [quoted_content(quoted.text, quoted.place) for quoted in line.evidence]
    mark = sign(line.credit)
    before = Content.styled(f"{mark} ", f"bold {SIGN_STYLES[mark]}")
    return Hanging(before, Content("\n").join(rows))
