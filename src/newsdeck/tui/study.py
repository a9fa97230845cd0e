"""The study screen: the cards that are due, each with the days that a rating puts it off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from newsdeck.feedback import feedback
from newsdeck.number import Malformed
from newsdeck.progress import Progress
from newsdeck.schedule import Rating, now
from newsdeck.study import Card, Given, Limits, Study
from newsdeck.text import counted
from newsdeck.tui.answers import Answer, Turn, answer_widget, prompt_content
from newsdeck.tui.content import reasons_content, rich, told_content
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.reading import open_passages
from newsdeck.tui.rows import Submitted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from newsdeck.deck import Deck
    from newsdeck.history import History

NARROW = 60
"""The columns below which a rating is shown by its digit alone."""

_UNITS = ((365.25 * 86_400, "y"), (30.4375 * 86_400, "mo"), (86_400, "d"), (3600, "h"))


class Recall(Turn, inherit_bindings=False):
    """A card that is turned over; how well it was known is then the rating's to say."""

    BINDINGS = [Binding("space,enter", "submit", "turn over", key_display="space")]

    def action_submit(self) -> None:
        """Turn the card over."""
        if not self.turned:
            self.turned = self.done = True
            self.refresh_bindings()
            self.update(Content("▶ ") + rich(self.question.answer))
            self.post_message(Submitted(True))


class StudyScreen(Screen[None]):
    """Asks what is due; each answer is committed before its feedback shows."""

    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("enter", "answer", "answer"),
        Binding("enter", "next", "next"),
        *(
            Binding(str(int(rating)), f"rate({int(rating)})", rating.name.lower(), show=False)
            for rating in Rating
        ),
        Binding("h", "hint", "hint"),
        Binding("u", "undo", "undo"),
        Binding("s", "suspend", "suspend"),
        Binding("f", "flag", "flag"),
        Binding("a", "article", "text"),
        Binding("e", "early", "review early"),
        Binding("escape", "leave_input", "other keys"),
        Binding("q", "app.library", "leave"),
    ]
    DEFAULT_CSS = """
    StudyScreen #head { height: 1; }
    StudyScreen #asked { height: auto; max-height: 40%; padding: 0 1; }
    StudyScreen #prompt { max-width: 90; text-style: bold; }
    StudyScreen #answer { height: 1fr; max-width: 90; padding: 0 1; }
    StudyScreen #told { height: 1fr; padding: 0 1; display: none; }
    StudyScreen #feedback { max-width: 90; padding-left: 1; border-left: thick $primary; }
    StudyScreen #feedback.right { border-left: thick $success; }
    StudyScreen #feedback.wrong { border-left: thick $error; }
    StudyScreen #ratings { height: 1; padding: 0 1; display: none; }
    StudyScreen #ratings Button { min-width: 4; margin-right: 1; }
    StudyScreen.told #asked { max-height: 25%; }
    StudyScreen.told #answer { height: auto; max-height: 35%; }
    StudyScreen.told #told { display: block; }
    StudyScreen.rated #ratings { display: block; }
    StudyScreen.-tall #asked, StudyScreen.-tall #answer { margin-bottom: 1; }
    """

    def __init__(
        self,
        decks: Iterable[Deck],
        history: History,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        early: bool = False,
    ) -> None:
        super().__init__()
        self.decks = tuple(decks)
        self.history = history
        self.limits = limits
        self.study = Study(self.decks, Progress(history), now(), limits, early)
        self.card: Card | None = None
        self.given: Given | None = None
        self.widget: Answer | None = None
        self.hinted = self.skipping = self.turned = False

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with VerticalScroll(id="asked", can_focus=False):
            yield Static(id="prompt", markup=False)
        yield Vertical(id="answer")
        with VerticalScroll(id="told"):
            yield Static(id="feedback", markup=False)
        with Horizontal(id="ratings"):
            for rating in Rating:
                button = Button(id=rating.name.lower(), compact=True)
                button.can_focus = False
                yield button
        yield KeyBar()

    async def on_mount(self) -> None:
        await self.ask()

    async def ask(self) -> None:
        """Put the current card on the screen, or what the day came to where there is none."""
        self.card = self.study.now(now())
        self.given, self.widget = None, None
        self.hinted = self.skipping = self.turned = False
        with self.app.batch_update():
            self.remove_class("told", "rated")
            place = self.query_one("#answer")
            await place.remove_children()
            if self.card is None:
                self.query_one("#prompt", Static).update(self.day())
            else:
                question = self.card.question
                self.query_one("#prompt", Static).update(prompt_content(question))
                widget = answer_widget(question, self.study.options(self.card))
                self.widget = Recall(widget.question) if isinstance(widget, Turn) else widget
                await place.mount(self.widget)
            self.draw_head()
        self.asked_at = time.monotonic()
        self.refresh_bindings()

    def draw_head(self) -> None:
        """Show the deck, and how many cards are left."""
        counts = self.study.counts()
        left = f"new {counts.new} · learning {counts.learning} · due {counts.due}"
        width = max(20, self.app.size.width)
        title = rich(self.card.deck.title) if self.card else Content("Study")
        title = title.truncate(max(4, width - len(left) - 4), ellipsis=True)
        gap = " " * max(1, width - title.cell_length - len(left) - 2)
        self.query_one("#head", Static).update(Content(" ") + title + Content(gap + left))

    def on_resize(self) -> None:
        self.draw_head()

    def day(self) -> Content:
        """Return what was done, and when there is more."""
        done = self.study.done
        lines = [f"Done for today: {counted(done, 'review')}." if done else "Nothing is due now."]
        due = [s.due for s in self.study.states.values() if s.reviews and not s.suspended]
        if due:
            lines.append(f"The next card is due in {span((min(due) - now()) / 1000)}.")
        asleep = sum(state.suspended for state in self.study.states.values())
        if asleep:
            lines.append(f"{asleep} suspended; `newsdeck study --resume` takes them back.")
        lines.append("Press e to review early, q for the library.")
        if self.history.trouble:
            lines.append(f"⚠ {self.history.trouble}")
        return Content("\n".join(lines))

    async def action_answer(self) -> None:
        if isinstance(self.focused, Input):
            await self.focused.action_submit()
        elif self.widget is not None:
            self.widget.action_submit()

    async def action_next(self) -> None:
        await self.ask()

    def on_submitted(self, event: Submitted) -> None:
        if self.given is not None or self.card is None or self.turned:
            return
        if isinstance(self.widget, Recall):
            self.turned = True
            self.offer(None)
            told = feedback(self.card.deck, self.study.rated(Rating.GOOD, 0).attempt)
            self.tell(reasons_content(told, opens=bool(self.card.deck.articles)))
            return
        if event.doubt and not self.skipping:
            self.skipping = True
            self.tell(Content(event.doubt))
            return
        self.skipping = False
        try:
            given = self.study.judge(event.response, self.hinted, self.taken())
        except Malformed as malformed:
            self.tell(Content.styled("? ", "bold") + Content(str(malformed)))
            return
        self.offer(given.rating)
        self.study.keep(given, now())
        self.given = given
        if self.widget is not None:
            self.widget.reveal(given.verdict)
        self.query_one("#prompt", Static).update(prompt_content(given.card.question, told=True))
        self.tell(self.feedback(given))
        # Arrows scroll what is told; letters are keys again.
        self.query_one("#told").focus()
        self.draw_head()

    def taken(self) -> int:
        """Return the milliseconds since the card was asked."""
        return round((time.monotonic() - self.asked_at) * 1000)

    def offer(self, chosen: Rating | None) -> None:
        """Show the ratings with what each would put off the card by."""
        if self.card is not None:
            for rating, seconds in self.study.intervals(self.card, now()).items():
                name = "" if self.app.size.width < NARROW else f" {rating.name.capitalize()}"
                words = f"{int(rating)}{name} {span(seconds)}"
                sign = "▸" if rating is chosen else ""
                self.query_one(f"#{rating.name.lower()}", Button).label = Content(sign + words)
            self.add_class("rated")

    def tell(self, text: Content) -> None:
        """Show a text below the answer, and what troubles the history."""
        if self.history.trouble:
            text += Content.styled(f"\n⚠ {self.history.trouble}", "$warning")
        self.add_class("told")
        feedback = self.query_one("#feedback", Static)
        right = self.given and self.given.verdict.right
        feedback.set_class(right is True, "right")
        feedback.set_class(right is False, "wrong")
        feedback.update(text)
        self.query_one("#told").scroll_home(animate=False)
        self.refresh_bindings()

    def feedback(self, given: Given) -> Content:
        """Return the verdict in words, the right answer, rebuttals, why, and the evidence."""
        shown = self.widget is not None and self.widget.reveals and not given.verdict.near
        deck = given.card.deck
        told = feedback(deck, given.attempt)._replace(earned="")
        return told_content(told, answered=shown, opens=bool(deck.articles))

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        await self.action_rate(Rating[(event.button.id or "").upper()])

    async def action_rate(self, number: int) -> None:
        """Take the learner's own rating, and go on."""
        rating = Rating(number)
        if self.given is not None:
            if rating is not self.given.rating:
                self.study.rate(self.given, rating, now())
        else:
            self.study.keep(self.study.rated(rating, self.taken()), now())
        await self.ask()

    async def action_undo(self) -> None:
        if self.study.undo(now()) is None:
            self.notify("Nothing to undo", timeout=2, markup=False)
        else:
            await self.ask()

    async def action_suspend(self) -> None:
        self.study.suspend(now())
        self.notify("Suspended: u takes that back", timeout=3, markup=False)
        await self.ask()

    def action_hint(self) -> None:
        if self.card is not None:
            hint = self.card.question.hint
            self.hinted = self.hinted or bool(hint)
            self.tell(Content("Hint: ") + rich(hint or "there is none."))

    def action_flag(self) -> None:
        if self.card is not None:
            on = self.history.flag(*self.card.name, time.time())
            self.notify("Flagged" if on else "Flag removed", timeout=2, markup=False)

    def action_article(self) -> None:
        if self.card is not None:
            open_passages(self.app, self.card.deck, self.card.question)

    async def action_early(self) -> None:
        self.study = Study(self.decks, self.study.progress, now(), self.limits, early=True)
        await self.ask()

    def action_leave_input(self) -> None:
        if isinstance(self.focused, Input):
            self.set_focus(None)
        elif self.query("#answer Input"):
            self.query("#answer Input").first().focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asking = self.card is not None and self.given is None and not self.turned
        match action:
            case "answer":
                return asking and not isinstance(self.widget, Turn)
            case "next":
                return self.given is not None
            case "rate":
                return self.given is not None or self.turned
            case "article":
                told = self.given is not None or self.turned
                return told and self.card is not None and bool(self.card.deck.articles)
            case "hint":
                return asking and not isinstance(self.widget, Turn)
            case "suspend":
                return asking or self.turned
            case "early":
                return self.card is None
            case "flag":
                return self.card is not None
            case "leave_input":
                return asking and bool(self.query("#answer Input"))
            case _:
                return True


def span(seconds: float) -> str:
    """Return a span of time as shortly as a button needs it, as ``10m`` or ``1.5mo``."""
    for unit, name in _UNITS:
        if seconds >= unit:
            count = seconds / unit
            return f"{count:.1f}{name}" if unit > _UNITS[2][0] else f"{count:.0f}{name}"
    return f"{max(1, round(seconds / 60))}m"
