"""The results screen: the score, accuracy by tag and kind, and every question."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from newsdeck.grade import answer_text, given_text
from newsdeck.tui.content import rich

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from newsdeck.history import History
    from newsdeck.session import Sitting

_BAR = 20


class ResultsScreen(Screen[None]):
    """What a sitting came to."""

    BINDINGS = [
        Binding("m", "missed", "replay the missed"),
        Binding("q,escape,enter", "app.library", "library"),
    ]
    CSS = "ResultsScreen VerticalScroll { padding: 0 1; } ResultsScreen Static { max-width: 90; }"

    def __init__(self, sitting: Sitting, history: History) -> None:
        super().__init__()
        self.sitting = sitting
        self.history = history

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self.summary())
            yield Static(self.bars())
            yield Static(self.questions())
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.sitting.missed) if action == "missed" else True

    def summary(self) -> Content:
        """Return the score, compared with the last and the best sitting."""
        sitting = self.sitting
        before = self.history.results(sitting.deck.id)[:-1]
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
        shares: dict[str, list[Fraction]] = defaultdict(list)
        for attempt in self.sitting.firsts:
            question = self.sitting.deck.question(attempt.question)
            if question is not None:
                for name in (question.kind, *(f"#{tag}" for tag in question.tags)):
                    shares[name].append(attempt.credit)
        lines = []
        for name, values in sorted(shares.items()):
            mean = sum(values, Fraction(0)) / len(values)
            full = round(mean * _BAR)
            bar = "█" * full + "░" * (_BAR - full)
            lines.append(Content(f"{name[:14]:<14} {bar} {float(mean):>4.0%} of {len(values)}"))
        return Content("\n").join([Content(""), *lines])

    def questions(self) -> Content:
        """Return every question with the given and the right answer."""
        lines = [Content("")]
        for attempt in self.sitting.firsts:
            question = self.sitting.deck.question(attempt.question)
            if question is None:
                continue
            sign = "✓" if attempt.credit == 1 else ("◐" if attempt.credit else "✗")
            lines.append(Content(f"{sign} ") + rich(question.prompt))
            lines.append(Content("    you: ") + rich(given_text(question, attempt.response)))
            if attempt.credit < 1:
                lines.append(Content("    answer: ") + rich(answer_text(question)))
        return Content("\n").join(lines)

    def action_missed(self) -> None:
        from newsdeck.tui.quiz import QuizScreen

        settings = msgspec.structs.replace(
            self.sitting.settings, only=self.sitting.missed, count=0, tags=()
        )
        self.app.switch_screen(QuizScreen(self.sitting.deck, settings, self.history))
