"""The start panel: go on with what was left, or how to play anew."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Checkbox, Input, Static

from newsdeck.session import SEEDS, Settings
from newsdeck.tui.content import rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.place import go_to

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from newsdeck.deck import Deck
    from newsdeck.history import History, Unfinished


class Tick(Checkbox):
    """A checkbox whose sign, not its colour alone, says whether it is on."""

    def render(self) -> Content:
        sign = Content("[x] " if self.value else "[ ] ")
        return sign + self._label.stylize_before(self.get_visual_style("toggle--label"))


class StartScreen(Screen[None]):
    """Asks how to play a deck; enter takes the button that is lit.

    It begins with ``settings``, without any with those that are usual.
    """

    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("g", "go_on", "go on"),
        Binding("n", "anew", "play"),
        Binding("escape,q", "app.library", "leave"),
    ]
    DEFAULT_CSS = """
    StartScreen VerticalScroll { padding: 0 1; }
    StartScreen Horizontal { height: auto; }
    StartScreen Horizontal Static { width: 20; }
    StartScreen Input { width: 12; }
    StartScreen Checkbox, StartScreen Checkbox:focus { border: none; padding: 0; }
    StartScreen Button { margin: 0 1 1 0; }
    """

    def __init__(self, deck: Deck, settings: Settings | None, history: History) -> None:
        super().__init__()
        self.deck = deck
        self.settings = settings or Settings(seed=0)
        self.seed = str(settings.seed) if settings else ""
        self.history = history
        self.left: Unfinished | None = history.unfinished(deck.id)
        self.tags = tuple(dict.fromkeys(tag for q in deck.questions for tag in q.tags))

    def compose(self) -> ComposeResult:
        settings = self.settings
        with VerticalScroll(can_focus=False):
            yield Static(Content.styled(rich(self.deck.title).plain, "bold"))
            if self.deck.about:
                yield Static(rich(self.deck.about))
            yield Static("")
            with Horizontal():
                if self.left:
                    whole = len(self.left.plan)
                    told = Content(f"Go on: {self.left.done} of {whole}")
                    yield Button(told, variant="primary", id="go-on", compact=True)
                    yield Button(Content("Play anew"), id="anew", compact=True)
                else:
                    yield Button(Content("Play"), variant="primary", id="anew", compact=True)
            for name, label, value, otherwise in (
                ("count", f"questions of {len(self.deck.questions)}", settings.count, "all"),
                ("limit", "seconds in all", settings.limit, "no limit"),
                ("seed", "seed", self.seed, "any"),
            ):
                with Horizontal():
                    yield Static(Content(label))
                    field = Input(
                        str(value or ""), placeholder=otherwise, type="integer", valid_empty=True,
                        max_length=6, compact=True, id=name,
                    )  # fmt: skip
                    field.cursor_blink = False
                    yield field
            yield Tick(Content("shuffled"), settings.shuffled, id="shuffled", compact=True)
            yield Tick(
                Content("exam: no feedback before the end"), settings.exam, id="exam", compact=True
            )
            yield Tick(
                Content("arcade: points for speed"), settings.arcade, id="arcade", compact=True
            )
            if self.tags:
                yield Static(Content("only these tags:"))
            for tag in self.tags:
                yield Tick(Content(tag), tag in settings.tags, classes="tag", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query(Button).first().focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "go-on":
            self.action_go_on()
        else:
            self.action_anew()

    def on_input_submitted(self) -> None:
        self.action_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.left is not None if action == "go_on" else True

    def action_go_on(self) -> None:
        if self.left is not None:
            self.play(self.settings, self.left)

    def action_anew(self) -> None:
        boxes = zip(self.tags, self.query(".tag").results(Tick), strict=True)
        settings = Settings(
            seed=self.number("seed")
            if self.query_one("#seed", Input).value
            else secrets.randbelow(SEEDS),
            count=self.number("count"),
            tags=tuple(tag for tag, box in boxes if box.value),
            shuffled=self.query_one("#shuffled", Tick).value,
            limit=self.number("limit"),
            exam=self.query_one("#exam", Tick).value,
            arcade=self.query_one("#arcade", Tick).value,
        )
        self.play(settings, None)

    def number(self, name: str) -> int:
        """Return a field's number, 0 where there is none."""
        digits = self.query_one(f"#{name}", Input).value
        return int(digits) if digits.isdecimal() else 0

    def play(self, settings: Settings, left: Unfinished | None) -> None:
        """Begin the sitting."""
        from newsdeck.tui.quiz import QuizScreen

        go_to(self.app, QuizScreen(self.deck, settings, self.history, left))
