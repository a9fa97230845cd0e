"""The quiz screen: a question, its answer, and what the answer was worth."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from newsdeck.feedback import feedback
from newsdeck.number import Malformed
from newsdeck.play import Play
from newsdeck.question import Card
from newsdeck.session import Attempt, Settings
from newsdeck.tui.answers import Answer, Turn, answer_widget, prompt_content
from newsdeck.tui.content import rich, told_content
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.place import go_to
from newsdeck.tui.reading import open_passages
from newsdeck.tui.rows import OptionRows, Submitted

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from newsdeck.deck import Deck
    from newsdeck.history import History, Unfinished


class QuizScreen(Screen[None]):
    """Plays one sitting; each answer is committed before its feedback shows."""

    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "answer", "answer"),
        Binding("enter", "next", "next"),
        Binding("h", "hint", "hint"),
        Binding("f", "flag", "flag"),
        Binding("a", "article", "text"),
        Binding("exclamation_mark", "overrule", "I was right", key_display="!"),
        Binding("escape", "leave_input", "other keys"),
        Binding("shift+up", "prompt(-1)", "question up", show=False),
        Binding("shift+down", "prompt(1)", "question down", show=False),
        Binding("q", "leave", "leave"),
    ]
    DEFAULT_CSS = """
    QuizScreen #head, QuizScreen #bar { height: 1; }
    QuizScreen #bar { color: $primary; }
    QuizScreen #asked { height: auto; max-height: 40%; padding: 0 1; }
    QuizScreen #prompt { max-width: 90; text-style: bold; }
    QuizScreen #answer { height: 1fr; max-width: 90; padding: 0 1; }
    QuizScreen #told { height: 1fr; padding: 0 1; display: none; }
    QuizScreen #feedback { max-width: 90; padding-left: 1; border-left: thick $primary; }
    QuizScreen #feedback.right { border-left: thick $success; }
    QuizScreen #feedback.wrong { border-left: thick $error; }
    QuizScreen.told #asked { max-height: 25%; }
    QuizScreen.told #answer { height: auto; max-height: 35%; }
    QuizScreen.told #told { display: block; }
    QuizScreen.-tall #asked, QuizScreen.-tall #answer { margin-bottom: 1; }
    """

    def __init__(
        self, deck: Deck, settings: Settings, history: History, left: Unfinished | None = None
    ) -> None:
        super().__init__()
        self.game = Play(deck, settings, history, left)
        self.deck, self.sitting, self.history = deck, self.game.sitting, history
        self.attempt: Attempt | None = None
        self.hinted = self.skipping = False
        self.clock: Timer | None = None
        self.widget: Answer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        yield Static(id="bar", markup=False)
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(id="prompt", markup=False)
        yield VerticalScroll(id="answer", can_focus=False)
        with VerticalScroll(id="told"):
            yield Static(id="feedback", markup=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        if self.sitting.settings.limit:
            self.clock = self.set_interval(1, self.watch_clock)
        await self.ask()

    async def ask(self) -> None:
        """Put the current question on the screen, or the results where there is none."""
        question = self.sitting.current
        if question is None:
            self.finish()
            return
        self.attempt, self.hinted, self.skipping = None, False, False
        with self.app.batch_update():
            self.remove_class("told")
            self.query_one("#prompt", Static).update(prompt_content(question))
            self.query_one("#asked").scroll_home(animate=False)
            await self.place(answer_widget(question, self.sitting.options(question)))
            self.draw_head()
        self.asked_at = time.monotonic()
        self.refresh_bindings()

    async def place(self, widget: Answer) -> None:
        """Put an answer widget on the screen; rows like the last ones are used again."""
        last = self.widget
        if isinstance(widget, OptionRows) and type(last) is type(widget):
            last.begin(widget.question, widget.texts)
            last.draw()
            return
        self.widget = widget
        answer = self.query_one("#answer")
        await answer.remove_children()
        await answer.mount(widget)

    def draw_head(self) -> None:
        """Show the deck, how far the sitting is, and the score."""
        sitting = self.sitting
        question = sitting.current
        new = self.attempt is None and question is not None and sitting.is_new(question.id)
        again = not (self.attempt.first if self.attempt else new)
        score = f"{'again   ' if again else ''}{sitting.position + new}/{sitting.total}"
        if not sitting.settings.exam:
            score += f"   {sitting.points} pts"
        if sitting.settings.arcade:
            score += f"   arcade {sitting.arcade}   streak {sitting.streak}"
        width = max(20, self.app.size.width)
        title = rich(" ".join(self.deck.title.split())).truncate(
            max(4, width - len(score) - 4), ellipsis=True
        )
        gap = " " * max(1, width - title.cell_length - len(score) - 2)
        self.query_one("#head", Static).update(Content(" ") + title + Content(gap + score))
        done = width * sitting.position // max(1, sitting.total)
        bar = Content("━" * done) + Content.styled("─" * (width - done), "dim")
        self.query_one("#bar", Static).update(bar)

    def on_resize(self) -> None:
        self.draw_head()

    def watch_clock(self) -> None:
        """End the sitting when its time is over."""
        waiting = 0.0 if self.attempt else time.monotonic() - self.asked_at
        if self.sitting.expired(self.sitting.elapsed + waiting):
            self.sitting.end()
            self.finish()

    def stop_clock(self) -> None:
        """Stop watching the time: the sitting is over, or left."""
        if self.clock is not None:
            self.clock.stop()

    async def action_next(self) -> None:
        await self.ask()

    async def action_answer(self) -> None:
        if isinstance(self.focused, Input):
            await self.focused.action_submit()
        elif self.widget is not None:
            self.widget.action_submit()

    async def on_submitted(self, event: Submitted) -> None:
        if self.attempt is not None or self.sitting.current is None:
            return
        if event.doubt and not self.skipping:
            self.skipping = True
            self.tell(Content(event.doubt))
            return
        self.skipping = False
        seconds = time.monotonic() - self.asked_at
        try:
            attempt = self.game.answer(event.response, seconds, self.hinted)
        except Malformed as malformed:
            self.tell(Content.styled("? ", "bold") + Content(str(malformed)))
            return
        if self.sitting.settings.exam:
            await self.ask()
            return
        self.attempt = attempt
        if self.widget is not None:
            self.widget.reveal(attempt.verdict)
        if question := self.deck.question(attempt.question):
            self.query_one("#prompt", Static).update(prompt_content(question, told=True))
        self.draw_head()
        self.tell(self.feedback(attempt))
        # Arrows scroll what is told; letters are keys again.
        self.query_one("#told").focus()
        self.refresh_bindings()

    def tell(self, text: Content) -> None:
        """Show a text below the answer, and what troubles the history."""
        if self.history.trouble:
            text += Content.styled(f"\n⚠ {self.history.trouble}", "$warning")
        self.add_class("told")
        feedback = self.query_one("#feedback", Static)
        feedback.set_class(self.attempt is not None and self.attempt.credit == 1, "right")
        feedback.set_class(self.attempt is not None and self.attempt.credit < 1, "wrong")
        feedback.update(text)
        self.query_one("#told").scroll_home(animate=False)

    def feedback(self, attempt: Attempt) -> Content:
        """Return the verdict in words, the right answer, rebuttals, why, and the evidence."""
        shown = self.widget is not None and self.widget.reveals and not attempt.verdict.near
        told = feedback(self.deck, attempt)
        return told_content(told, answered=shown, opens=bool(self.deck.articles))

    def action_hint(self) -> None:
        question = self.sitting.current
        if self.attempt is None and question is not None:
            self.hinted = self.hinted or bool(question.hint)
            self.tell(Content("Hint: ") + rich(question.hint or "there is none."))

    def action_flag(self) -> None:
        question = self.attempt.question if self.attempt else None
        if question is None and self.sitting.current is not None:
            question = self.sitting.current.id
        if question is not None:
            on = self.game.flag(question)
            self.notify("Flagged" if on else "Flag removed", timeout=2, markup=False)

    def action_overrule(self) -> None:
        if self.attempt is not None and self.game.overrule() is not None:
            self.draw_head()
            self.tell(self.feedback(self.attempt))

    def action_article(self) -> None:
        if self.attempt is not None and (question := self.deck.question(self.attempt.question)):
            open_passages(self.app, self.deck, question)

    def action_prompt(self, rows: int) -> None:
        """Scroll a question that is longer than its part of the screen."""
        self.query_one("#asked").scroll_relative(y=rows, animate=False)

    def action_leave_input(self) -> None:
        if isinstance(self.focused, Input):
            self.set_focus(None)
        elif self.attempt is None and self.query(Input):
            self.query(Input).first().focus()

    async def action_leave(self) -> None:
        self.stop_clock()
        self.game.leave()
        await self.run_action("app.library")
        if self.sitting.attempts:
            told = self.history.trouble or "Kept: play the deck again to go on."
            self.notify(told, timeout=3, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "answer":
            return self.attempt is None and not isinstance(self.widget, Turn)
        if action == "next":
            return self.attempt is not None
        if action == "leave_input":
            return self.attempt is None and bool(self.query("#answer Input"))
        if action == "overrule":
            return self.attempt is not None and not self.attempt.verdict.right
        if action == "article":
            return self.attempt is not None and bool(self.deck.articles)
        if action == "hint":
            return self.attempt is None and not isinstance(self.sitting.current, Card)
        return True

    def finish(self) -> None:
        """Keep the result and show it."""
        from newsdeck.tui.results import ResultsScreen

        self.stop_clock()
        self.game.finish()
        go_to(self.app, ResultsScreen(self.sitting, self.history))
