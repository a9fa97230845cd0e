"""The widget that takes an answer, for each kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsdeck.grade import Verdict
from newsdeck.question import (
    Card,
    Choice,
    Claim,
    Cloze,
    Gap,
    Match,
    Number,
    Order,
    Question,
    Typed,
)
from newsdeck.text import clean
from newsdeck.tui.content import rich
from newsdeck.tui.rows import (
    Arrange,
    ChooseOne,
    ChooseSeveral,
    JoinWithRights,
    OptionRows,
    Submitted,
)

if TYPE_CHECKING:
    from textual.app import ComposeResult

LONGEST_ANSWER = 500


class Field(Input):
    """A line to type in; the key that gives the answer is among those that are shown."""

    BINDINGS = [Binding("enter", "submit", "answer")]


class Write(Vertical):
    """Inputs to type in: one for words or a number, one for each gap of a cloze."""

    reveals = False

    DEFAULT_CSS = """
    Write { height: auto; }
    Write Input { max-width: 60; background: $panel; }
    Write .unlabelled { display: none; }
    """

    def __init__(self, labels: Sequence[str], gaps: bool) -> None:
        super().__init__()
        self.labels = labels
        self.gaps = gaps

    def compose(self) -> ComposeResult:
        for label in self.labels:
            field = Field(placeholder="type here", max_length=LONGEST_ANSWER, compact=True)
            field.cursor_blink = False
            yield Static(rich(label), classes="" if label else "unlabelled")
            yield field

    def on_mount(self) -> None:
        self.query(Input).first().focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_focus)

    def show_focus(self) -> None:
        """Bring the field that is typed in into view: what stands above may fill the screen."""
        for field in self.query("Input:focus"):
            field.scroll_visible(animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        after = fields[fields.index(event.input) + 1 :]
        if after:
            after[0].focus()
        else:
            self.action_submit()

    def action_submit(self) -> None:
        """Give the answer."""
        texts = tuple(clean(field.value).strip() for field in self.query(Input))
        self.post_message(Submitted((texts if self.gaps else texts[0]) if any(texts) else None))

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        for field in self.query(Input):
            field.disabled = True
        signs = ("✓" if right else "✗" for right in verdict.parts)
        for label, sign, text in zip(self.query(Static), signs, self.labels, strict=False):
            label.update(Content(f"{sign} ") + rich(text))


class Turn(Static):
    """A card: space turns it, then the player says whether they knew it."""

    can_focus = True
    reveals = True
    BINDINGS = [
        Binding("space,enter", "submit", "turn", key_display="space"),
        Binding("1", "rate(False)", "missed"),
        Binding("2", "rate(True)", "knew it"),
    ]
    DEFAULT_CSS = "Turn { height: auto; padding: 1 0; }"

    def __init__(self, question: Card) -> None:
        super().__init__(Content("▷ Recall the answer, then press space to turn the card."))
        self.question = question
        self.turned = self.done = False

    def on_mount(self) -> None:
        self.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("submit", "rate"):
            return not self.done and self.turned == (action == "rate")
        return True

    def on_click(self) -> None:
        self.action_submit()

    def action_submit(self) -> None:
        """Turn the card over."""
        if not self.done and not self.turned:
            self.turned = True
            self.refresh_bindings()
            offer = "\n\n[@click=rate(False)]1 I missed it[/]   [@click=rate(True)]2 I knew it[/]"
            self.update(Content("▶ ") + rich(self.question.answer) + Content.from_markup(offer))

    def action_rate(self, knew: bool) -> None:
        """Take the player's own verdict."""
        if self.turned and not self.done:
            self.post_message(Submitted(knew))

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        self.done = True
        self.update(Content("▶ ") + rich(self.question.answer))


Answer = OptionRows | JoinWithRights | Write | Turn


@singledispatch
def answer_widget(question: Question, options: Sequence[str]) -> Answer:
    """Return the widget that takes a question's answer from the ``options`` on screen."""
    raise TypeError(question)


@answer_widget.register
def _(question: Choice, options: Sequence[str]) -> Answer:
    kind = ChooseSeveral if question.several else ChooseOne
    return kind(question, options)


@answer_widget.register
def _(question: Claim, options: Sequence[str]) -> Answer:
    return ChooseOne(question, options)


@answer_widget.register
def _(question: Typed, options: Sequence[str]) -> Answer:
    return Write([""], gaps=False)


@answer_widget.register
def _(question: Number, options: Sequence[str]) -> Answer:
    return Write([f"in {question.unit}" if question.unit else ""], gaps=False)


@answer_widget.register
def _(question: Cloze, options: Sequence[str]) -> Answer:
    labels = [f"{n}  {gap.hint}" if gap.hint else f"{n}" for n, gap in enumerate(question.gaps, 1)]
    return Write(labels, gaps=True)


@answer_widget.register
def _(question: Order, options: Sequence[str]) -> Answer:
    return Arrange(question, options)


@answer_widget.register
def _(question: Match, options: Sequence[str]) -> Answer:
    return JoinWithRights(question, options)


@answer_widget.register
def _(question: Card, options: Sequence[str]) -> Answer:
    return Turn(question)


def prompt_content(question: Question, told: bool = False) -> Content:
    """Return the prompt as it is asked: a cloze with numbered blanks, filled once it is told."""
    if not isinstance(question, Cloze):
        prompt = rich(question.prompt)
    else:
        prompt, blank = Content(""), 0
        for part in question.segments:
            if isinstance(part, Gap):
                blank += 1
                filled = rich(part.accepted[0]).stylize("underline")
                prompt += filled if told else Content(f"__{blank}__")
            else:
                prompt += rich(part)
    if question.alt:
        prompt += Content("\n[image] ") + rich(question.alt)
    return prompt
