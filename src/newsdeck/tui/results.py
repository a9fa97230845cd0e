"""The results screen: the score, accuracy by tag and kind, and every question."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from newsdeck.feedback import sign
from newsdeck.report import markdown, report
from newsdeck.tui.content import SIGN_STYLES, rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from newsdeck.history import History
    from newsdeck.session import Sitting

_BAR = 12


class ResultsScreen(Screen[None]):
    """What a sitting came to."""

    BINDINGS = [
        Binding("m", "missed", "replay the missed"),
        Binding("x", "save", "save"),
        Binding("q,escape,enter", "app.library", "library"),
    ]
    DEFAULT_CSS = (
        "ResultsScreen VerticalScroll { padding: 0 1; } ResultsScreen Static { max-width: 90; }"
    )

    def __init__(self, sitting: Sitting, history: History) -> None:
        super().__init__()
        self.sitting = sitting
        self.history = history
        self.report = report(sitting)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self.summary())
            yield Static(self.bars())
            yield Static(self.questions())
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.sitting.missed) if action == "missed" else True

    def summary(self) -> Content:
        """Return the score, compared with the last and the best sitting of the same questions."""
        sitting = self.sitting
        settings = msgspec.to_builtins(sitting.settings)
        before = self.history.results(sitting.deck.id, settings)[:-1]
        score = (
            f"\n{sitting.points} of {sitting.possible} points · {float(sitting.accuracy):.0%} right"
        )
        score += f" · {sitting.elapsed:.0f} s · seed {sitting.settings.seed}"
        if sitting.settings.arcade:
            score += f" · arcade {sitting.arcade}"
        if before:
            best = max(result.accuracy for result in before)
            score += f"\nlast time {before[-1].accuracy:.0%} · best {best:.0%}"
        if self.history.trouble:
            score += f"\n⚠ {self.history.trouble}"
        return Content.styled(rich(sitting.deck.title).plain, "bold") + Content(score)

    def bars(self) -> Content:
        """Return the accuracy by kind and by tag as bars."""
        lines = []
        for share in self.report.shares:
            full = round(share.accuracy * _BAR)
            bar = Content.styled("█" * full, "$primary") + Content.styled(
                "░" * (_BAR - full), "dim"
            )
            told = f" {share.accuracy:>4.0%} of {share.questions}"
            lines.append(Content(f"{share.name[:12]:<12} ") + bar + Content(told))
        return Content("\n").join([Content(""), *lines])

    def questions(self) -> Content:
        """Return every question with the given and the right answer."""
        lines = [Content("")]
        for line in self.report.questions:
            mark = sign(line.credit)
            lines.append(
                Content.styled(f"{mark} ", f"bold {SIGN_STYLES[mark]}") + rich(line.prompt)
            )
            lines.append(Content("    you: ") + rich(line.given))
            if line.credit < 1:
                lines.append(Content("    answer: ") + rich(line.answer))
        return Content("\n").join(lines)

    def action_save(self) -> None:
        """Write the result as JSON and as Markdown: into the current folder, or to the browser."""
        stem = f"newsdeck-{self.report.deck}-{datetime.now():%Y%m%d-%H%M%S}"
        if self.app.is_web:
            self.app.deliver_text(io.StringIO(markdown(self.report)), save_filename=f"{stem}.md")
            return
        try:
            with Path(f"{stem}.json").open("xb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(self.report)) + b"\n")
            with Path(f"{stem}.md").open("x", encoding="utf-8") as text:
                text.write(markdown(self.report))
        except OSError as error:
            told = f"Not saved: {error.strerror}"
        else:
            told = f"Saved {stem}.json and {stem}.md in {Path.cwd()}"
        self.notify(told, markup=False)

    def action_missed(self) -> None:
        from newsdeck.tui.quiz import QuizScreen

        settings = msgspec.structs.replace(
            self.sitting.settings, only=self.sitting.missed, count=0, tags=()
        )
        go_to(self.app, QuizScreen(self.sitting.deck, settings, self.history))
