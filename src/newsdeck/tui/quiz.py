"""The quiz screen: one sitting, with its score, its clock and its end."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from newsdeck.play import Play
from newsdeck.session import Settings
from newsdeck.tui.answers import answer_kind
from newsdeck.tui.asking import NARROW, AskingScreen
from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History, Unfinished


class QuizScreen(AskingScreen):
    """Plays one sitting."""

    BINDINGS = [
        Binding("exclamation_mark", "overrule", "I was right", key_display="!"),
        Binding("q", "leave", "leave"),
    ]
    DEFAULT_CSS = "QuizScreen #bar { height: 1; color: $primary; }"

    def __init__(
        self, deck: Deck, settings: Settings, history: History, left: Unfinished | None = None
    ) -> None:
        super().__init__(history)
        self.game = Play(deck, settings, history, left)
        self.deck, self.sitting = deck, self.game.sitting
        self.clock: Timer | None = None

    def compose_head(self) -> ComposeResult:
        yield from super().compose_head()
        yield Static(id="bar", markup=False)

    async def on_mount(self) -> None:
        # Textual calls the base's on_mount besides, which asks the first question.
        if self.sitting.settings.limit:
            self.clock = self.set_interval(1, self.watch_clock)

    async def ask(self) -> None:
        """Put the current question on the screen, or the results where there is none."""
        question = self.sitting.current
        if question is None:
            self.finish()
            return
        options = self.sitting.options(question)
        await self.put(self.deck, question, answer_kind(question), options)

    async def take(self, response: Response | None) -> None:
        question = self.question
        attempt = self.game.answer(response, self.seconds, self.hinted)
        if self.sitting.settings.exam:
            await self.ask()
        elif question is not None:
            self.reveal(question, attempt)

    def draw_head(self) -> None:
        """Show the deck, how far the sitting is, and the score."""
        sitting = self.sitting
        question = sitting.current
        new = self.attempt is None and question is not None and sitting.is_new(question.id)
        again = not (self.attempt.first if self.attempt else new)
        width = max(20, self.app.size.width)
        wide = width >= NARROW
        score = ["again"] if again else []
        score.append(f"{sitting.position + new}/{sitting.total}")
        if not sitting.settings.exam:
            score.append(f"{sitting.points} pts")
        if sitting.settings.arcade and not sitting.settings.exam:
            score.append(f"arcade {sitting.arcade}" if wide else f"+{sitting.arcade}")
            score.append(f"streak {sitting.streak}" if wide else f"×{sitting.streak}")
        if sitting.settings.limit:
            minutes, seconds = divmod(ceil(max(0, sitting.settings.limit - self.spent)), 60)
            score.append(f"{minutes}:{seconds:02}" + " left" * wide)
        self.draw_title(self.deck.title, ("   " if wide else " ").join(score))
        done = width * sitting.position // max(1, sitting.total)
        bar = Content("━" * done) + Content.styled("─" * (width - done), "dim")
        self.query_one("#bar", Static).update(bar, layout=False)

    @property
    def spent(self) -> float:
        """The seconds that answering took, the question on the screen included."""
        return self.sitting.elapsed + (0 if self.attempt else self.seconds)

    async def watch_clock(self) -> None:
        """Show the time that is left, and end the sitting when there is none."""
        if not self.is_active:  # the help is in front: it ends when that is closed
            return
        self.draw_head()
        if self.sitting.expired(self.spent):
            self.sitting.end()
            self.finish()
            self.app.notify("The time is over.", timeout=5, markup=False)
            await self.run_action("app.drop_unseen")

    def stop_clock(self) -> None:
        """Stop watching the time: the sitting is over, or left."""
        if self.clock is not None:
            self.clock.stop()

    def action_overrule(self) -> None:
        if self.attempt is not None and self.game.overrule() is not None:
            self.draw_head()
            self.tell_attempt(self.attempt)

    async def action_leave(self) -> None:
        self.stop_clock()
        self.game.leave()
        told = ""
        if self.sitting.attempts:
            told = self.history.trouble or "Kept: play the deck again to go on."
        await self.run_action(f"app.library({told!r})")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "overrule":
            return self.attempt is not None and not self.attempt.verdict.right
        return super().check_action(action, parameters)

    def finish(self) -> None:
        """Keep the result and show it."""
        from newsdeck.tui.results import ResultsScreen

        self.stop_clock()
        self.question = None  # an answer may be under way still
        self.game.finish()
        go_to(self.app, ResultsScreen(self.sitting, self.history, self.game.key))
