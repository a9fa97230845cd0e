"""The study screen: the cards that are due, each with the days that a rating puts it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from newsdeck.feedback import Feedback, feedback
from newsdeck.progress import Progress
from newsdeck.schedule import Rating, now
from newsdeck.study import Card, Given, Limits, Study, span
from newsdeck.tui.answers import Turn, answer_kind
from newsdeck.tui.asking import NARROW, AskingScreen
from newsdeck.tui.content import reasons_content, rich
from newsdeck.tui.picture import Picture
from newsdeck.tui.place import opening
from newsdeck.tui.rows import Submitted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from newsdeck.deck import Deck
    from newsdeck.grade import Response
    from newsdeck.history import History
    from newsdeck.session import Attempt


class Recall(Turn, inherit_bindings=False):
    """A card that is turned over; how well it was known is then the rating's to say."""

    BINDINGS = [Binding("space,enter", "submit", "turn", key_display="space")]

    def action_submit(self) -> None:
        """Turn the card over."""
        if not self.turned:
            self.turned = self.done = True
            self.refresh_bindings()
            self.update(Content("▶ ") + rich(self.question.answer))
            self.post_message(Submitted(True))


class StudyScreen(AskingScreen):
    """Asks what is due."""

    BINDINGS = [
        Binding("u", "undo", "undo"),
        Binding("s", "suspend", "suspend"),
        *(
            Binding(str(int(rating)), f"rate({int(rating)})", rating.name.lower(), show=False)
            for rating in Rating
        ),
        Binding("e", "early", "review early"),
        Binding("q", "app.library", "leave"),
    ]
    DEFAULT_CSS = """
    StudyScreen #ratings { height: 1; padding: 0 1; display: none; }
    StudyScreen #ratings Button { min-width: 4; margin-right: 1; }
    StudyScreen.rated #ratings { display: block; }
    """

    def __init__(
        self,
        decks: Iterable[Deck],
        history: History,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        early: bool = False,
    ) -> None:
        super().__init__(history)
        self.decks = tuple(decks)
        self.limits = limits
        self.study = Study(self.decks, Progress(history), now(), limits, early)
        self.card: Card | None = None
        self.given: Given | None = None
        self.turned = False

    def compose(self) -> ComposeResult:
        yield from super().compose()
        with Horizontal(id="ratings"):
            for rating in Rating:
                button = Button(id=rating.name.lower(), compact=True)
                button.can_focus = False
                yield button

    async def ask(self) -> None:
        """Put the current card on the screen, or what the day came to where there is none."""
        self.card = self.study.now(now())
        self.given, self.turned = None, False
        with self.app.batch_update():
            self.remove_class("rated")
            if self.card is None:
                await self.end_day()
                return
            kind = answer_kind(self.card.question)
            options = self.study.options(self.card)
            kind = Recall if kind is Turn else kind
            await self.put(self.card.deck, self.card.question, kind, options)

    async def end_day(self) -> None:
        """Put what the day came to on the screen."""
        self.question = self.attempt = self.widget = None
        self.remove_class("told", "answered")
        self.query_one("#prompt", Static).update(self.day())
        self.query_one(Picture).clear()
        await self.query_one("#answer").remove_children()
        self.draw_head()
        self.refresh_bindings()

    def draw_head(self) -> None:
        """Show the deck, and how many cards are left."""
        counts = self.study.counts()
        left = f"new {counts.new} · learning {counts.learning} · due {counts.due}"
        self.draw_title(self.card.deck.title if self.card else "Study", left)

    def day(self) -> Content:
        """Return what was done, and when there is more."""
        lines = self.study.told(now())
        lines.append("Press e to review early, q to leave.")
        if self.history.trouble:
            lines.append(f"⚠ {self.history.trouble}")
        return Content("\n".join(lines))

    @property
    def answered(self) -> bool:
        return self.attempt is not None or self.turned

    async def take(self, response: Response | None) -> None:
        if self.card is None:
            return
        if isinstance(self.widget, Recall):
            self.turned = True
            self.offer(None)
            told = feedback(self.deck, self.study.rated(Rating.GOOD, 0).attempt)
            self.tell(reasons_content(told, opens=bool(self.deck.articles)))
            self.refresh_bindings()
            return
        given = self.study.judge(response, self.hinted, self.taken())
        self.offer(given.rating)
        self.study.keep(given, now())
        self.given = given
        self.reveal(self.card.question, given.attempt)

    def taken(self) -> int:
        """Return the milliseconds since the card was asked."""
        return round(self.seconds * 1000)

    def offer(self, chosen: Rating | None) -> None:
        """Show the ratings with what each would put off the card by."""
        if self.card is not None:
            for rating, seconds in self.study.intervals(self.card, now()).items():
                name = "" if self.app.size.width < NARROW else f" {rating.name.capitalize()}"
                words = f"{int(rating)}{name} {span(seconds)}"
                sign = "▸" if rating is chosen else ""
                button = self.query_one(f"#{rating.name.lower()}", Button)
                button.label = Content(sign + words)
                button.refresh(layout=True)  # a new label alone does not widen it
            self.add_class("rated")

    def feedback(self, attempt: Attempt) -> Feedback:
        return super().feedback(attempt)._replace(earned="")  # a study has no score

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        if self.answered:  # a second click is none for the next card
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
        self.study.undo(now())
        self.app.clear_notifications()
        await self.ask()

    async def action_suspend(self) -> None:
        self.study.suspend(now())
        self.notify("Suspended: u takes that back", timeout=3, markup=False)
        await self.ask()

    async def action_early(self) -> None:
        with opening(self.app):
            self.study = Study(self.decks, self.study.progress, now(), self.limits, early=True)
            await self.ask()
            if self.card is None:
                self.notify("There is nothing to review early.", timeout=3, markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "rate":
                return self.answered
            case "suspend":
                return self.card is not None and self.given is None
            case "undo":
                return self.study.can_undo
            case "early":
                return self.card is None
            case _:
                return super().check_action(action, parameters)
