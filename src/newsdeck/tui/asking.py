"""What the screens that ask questions share: the question, its answer, and what it was worth."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from newsdeck.feedback import Feedback, feedback
from newsdeck.number import Malformed
from newsdeck.tui.answers import Answer, Turn, Write, prompt_content
from newsdeck.tui.content import rich, told_content
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.picture import Picture
from newsdeck.tui.reading import open_passages
from newsdeck.tui.rows import Changed, Submitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History
    from newsdeck.kinds import AnyQuestion
    from newsdeck.session import Attempt


NARROW = 60
"""The columns below which ratings and scores do with fewer words."""


class AskingScreen(Screen[None]):
    """Asks one question after another; each answer is committed before its feedback shows.

    ``question`` is the one on the screen, of ``deck``; ``attempt`` its answer once it is given.
    """

    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "answer", "answer"),
        Binding("enter", "next", "next"),
        Binding("h", "hint", "hint"),
        Binding("f", "flag", "flag"),
        Binding("a", "article", "text"),
        Binding("escape", "leave_field", "other keys"),
        Binding("escape", "back_to_field", "type on"),
        Binding("shift+up", "prompt(-1)", "question up", show=False),
        Binding("shift+down", "prompt(1)", "question down", show=False),
    ]
    DEFAULT_CSS = """
    AskingScreen #head { height: 1; }
    AskingScreen #asked { height: auto; max-height: 40%; padding: 0 1; }
    AskingScreen #prompt { max-width: 90; text-style: bold; }
    AskingScreen #answer { height: 1fr; max-width: 90; padding: 0 1; }
    AskingScreen #told { height: auto; max-height: 40%; padding: 0 1; display: none; }
    AskingScreen #feedback { max-width: 90; padding-left: 1; border-left: thick $primary; }
    AskingScreen #feedback.right { border-left: thick $success; }
    AskingScreen #feedback.wrong { border-left: thick $error; }
    AskingScreen.told #told { display: block; }
    AskingScreen.answered #asked { max-height: 25%; }
    AskingScreen.answered #answer { height: auto; max-height: 35%; }
    AskingScreen.answered #told { height: 1fr; max-height: 100%; }
    AskingScreen.-tall #asked, AskingScreen.-tall #answer { margin-bottom: 1; }
    AskingScreen.-tall.pictured #asked { max-height: 25%; margin-bottom: 0; }
    AskingScreen.-tall.pictured.answered #asked { max-height: 15%; }
    AskingScreen.-tall.pictured.answered #answer { max-height: 25%; }
    """

    deck: Deck

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self.question: AnyQuestion | None = None
        self.attempt: Attempt | None = None
        self.widget: Answer | None = None
        self.doubted: AnyQuestion | None = None
        self.hinted = self.skipping = False
        self.left_field: Widget | None = None
        self.asked_at = 0.0

    def compose(self) -> ComposeResult:
        yield from self.compose_head()
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(id="prompt", markup=False)
        yield Picture()
        yield VerticalScroll(id="answer", can_focus=False)
        with VerticalScroll(id="told", can_focus=False):
            yield Static(id="feedback", markup=False)
        yield KeyBar()

    def compose_head(self) -> ComposeResult:
        """Yield what stands above the question."""
        yield Static(id="head", markup=False)

    async def on_mount(self) -> None:
        await self.ask()

    async def ask(self) -> None:
        """Put what comes next on the screen: a question, or the end."""
        raise NotImplementedError

    async def take(self, response: Response | None) -> None:
        """Commit a response to the question, and tell what it was worth. Raises Malformed."""
        raise NotImplementedError

    def draw_head(self) -> None:
        """Show where the player is."""
        raise NotImplementedError

    @property
    def answered(self) -> bool:
        """Whether the answer on the screen is known to the player."""
        return self.attempt is not None

    @property
    def seconds(self) -> float:
        """The seconds since the question was asked."""
        return time.monotonic() - self.asked_at

    async def put(
        self, deck: Deck, question: AnyQuestion, kind: type[Answer], options: Sequence[str]
    ) -> None:
        """Put a question on the screen, with a widget of the kind that takes its answer."""
        self.deck, self.question, self.attempt = deck, question, None
        self.doubted = None
        self.hinted = self.skipping = False
        self.left_field = None
        with self.app.batch_update():
            self.remove_class("told", "answered")
            self.query_one("#prompt", Static).update(prompt_content(question))
            self.query_one("#asked").scroll_home(animate=False)
            self.query_one(Picture).show(deck, question.image)
            self.widget = await self.place(kind)
            self.widget.begin(question, options)
            self.draw_head()
        self.asked_at = time.monotonic()
        self.refresh_bindings()

    async def place(self, kind: type[Answer]) -> Answer:
        """Put a kind of answer widget on the screen, the one that was there before if one was.

        To mount one takes longer than all else that the next question needs.
        """
        answer = self.query_one("#answer")
        widget = next((child for child in answer.children if type(child) is kind), None)
        if widget is None:
            widget = kind()
            await answer.mount(widget)
        for child in answer.children:
            child.display = child is widget
        answer.scroll_home(animate=False)
        return widget

    def draw_title(self, title: str, beside: str) -> None:
        """Show a title, as much of it as has room, and a text at the right."""
        width = max(20, self.app.size.width)
        shown = rich(" ".join(title.split()))
        shown = shown.truncate(max(0, width - len(beside) - 4), ellipsis=True)
        gap = " " * max(1, width - shown.cell_length - len(beside) - 2)
        self.query_one("#head", Static).update(
            Content(" ") + shown + Content(gap + beside), layout=False
        )

    def on_resize(self) -> None:
        self.draw_head()

    async def on_submitted(self, event: Submitted) -> None:
        if self.answered or self.question is None:
            return
        if event.doubt and not self.skipping:
            self.tell(Content(event.doubt))
            self.doubted = self.question
            # Asked of what has changed: the screen may not have heard of that yet.
            self.query_one("#feedback").call_after_refresh(
                self.run_action, "app.drop_typed('screen.heed')"
            )
            return
        self.skipping = False
        try:
            await self.take(event.response)
        except Malformed as malformed:
            self.tell(Content.styled("? ", "bold") + Content(str(malformed)))

    def on_changed(self, event: Changed) -> None:
        """Take back the doubt at an answer that is another one now."""
        event.stop()
        if self.doubted is not None and not self.answered:
            self.doubted, self.skipping = None, False
            self.remove_class("told")

    def action_heed(self) -> None:
        """Take the answer as meant if it is given again: its doubt is on the screen by now."""
        self.skipping = self.doubted is self.question and not self.answered

    def reveal(self, question: AnyQuestion, attempt: Attempt) -> None:
        """Show what was right, and what the attempt at it was worth."""
        self.attempt = attempt
        if self.widget is not None:
            self.widget.reveal(attempt.verdict)
        self.query_one("#prompt", Static).update(prompt_content(question, told=True))
        self.draw_head()
        self.tell_attempt(attempt)
        # Arrows scroll what is told; letters are keys again.
        self.query_one("#told").focus()
        self.refresh_bindings()

    def tell(self, text: Content) -> None:
        """Show a text below the answer, and what troubles the history."""
        if self.history.trouble:
            text += Content.styled(f"\n⚠ {self.history.trouble}", "$warning")
        self.add_class("told")
        self.set_class(self.answered, "answered")
        # While there is an answer to give, the keys are for it.
        self.query_one("#told").can_focus = self.answered
        shown = self.query_one("#feedback", Static)
        shown.set_class(self.attempt is not None and self.attempt.credit == 1, "right")
        shown.set_class(self.attempt is not None and self.attempt.credit < 1, "wrong")
        shown.update(text)
        self.query_one("#told").scroll_home(animate=False)

    def tell_attempt(self, attempt: Attempt) -> None:
        """Show the verdict in words, the right answer, rebuttals, why, and the evidence."""
        shown = self.widget is not None and self.widget.reveals and not attempt.verdict.near
        told = self.feedback(attempt)
        self.tell(told_content(told, answered=shown, opens=bool(self.deck.articles)))

    def feedback(self, attempt: Attempt) -> Feedback:
        """Return what is said to an attempt."""
        return feedback(self.deck, attempt)

    async def action_answer(self) -> None:
        if isinstance(self.focused, Input):
            await self.focused.action_submit()
        elif self.widget is not None:
            self.widget.action_submit()

    async def action_next(self) -> None:
        await self.ask()

    def action_hint(self) -> None:
        if self.question is not None:
            self.hinted = True
            self.tell(Content("Hint: ") + rich(self.question.hint))

    def action_flag(self) -> None:
        if self.question is not None:
            on = self.history.flag(self.deck.id, self.question.id, time.time())
            self.notify("Flagged" if on else "Flag removed", timeout=2, markup=False)

    def action_article(self) -> None:
        if self.question is not None:
            open_passages(self.app, self.deck, self.question)

    def action_prompt(self, rows: int) -> None:
        """Scroll a question that is longer than its part of the screen."""
        self.query_one("#asked").scroll_relative(y=rows, animate=False)

    def action_leave_field(self) -> None:
        self.left_field = self.focused
        self.set_focus(None)

    def action_back_to_field(self) -> None:
        if isinstance(self.widget, Write):
            (self.left_field or self.widget.fields[0]).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asking = self.question is not None and not self.answered
        match action:
            case "answer":
                return asking and not isinstance(self.widget, Turn)
            case "hint":
                turned = isinstance(self.widget, Turn) and self.widget.turned
                return asking and not turned and bool(self.question and self.question.hint)
            case "next":
                return self.attempt is not None
            case "leave_field":
                return asking and isinstance(self.focused, Input)
            case "back_to_field":
                return asking and self.focused is None and isinstance(self.widget, Write)
            case "article":
                return self.answered and bool(self.deck.articles)
            case "flag":
                return self.question is not None
            case _:
                return True
