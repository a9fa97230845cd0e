"""The widget that takes an answer, for each kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsdeck.grade import Verdict
from newsdeck.kinds import (
    Card,
    Choice,
    Claim,
    Cloze,
    Gap,
    Match,
    Number,
    Order,
    Typed,
)
from newsdeck.question import Question
from newsdeck.text import clean, counted
from newsdeck.tui.content import rich
from newsdeck.tui.join import JoinWithRights
from newsdeck.tui.rows import (
    Arrange,
    Changed,
    ChooseOne,
    ChooseSeveral,
    OptionRows,
    Submitted,
)

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
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[Static, Field]] = []

    @property
    def fields(self) -> list[Input]:
        """The fields that the question has."""
        return [field for _, field in self.lines[: len(self.labels)]]

    def begin(self, question: Question, options: Sequence[str]) -> None:
        """Take a question, with nothing typed yet; fields of longer ones before it are hidden."""
        self.gaps = isinstance(question, Cloze)
        self.labels = _labels(question)
        while len(self.lines) < len(self.labels):
            field = Field(placeholder="type here", max_length=LONGEST_ANSWER, compact=True)
            field.cursor_blink = False
            self.lines.append((Static(markup=False), field))
            self.mount(*self.lines[-1])
        for n, (label, field) in enumerate(self.lines):
            text = self.labels[n] if n < len(self.labels) else ""
            label.update(rich(text))
            label.display = bool(text)
            field.clear()
            field.disabled = False
            field.display = n < len(self.labels)
        self.fields[0].focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_focus)

    def show_focus(self) -> None:
        """Bring the field that is typed in into view: what stands above may fill the screen."""
        for field in self.query("Input:focus"):
            field.scroll_visible(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Changed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        after = self.fields[self.fields.index(event.input) + 1 :]
        if after:
            after[0].focus()
        else:
            self.action_submit()

    def action_submit(self) -> None:
        """Give the answer."""
        texts = tuple(clean(field.value).strip() for field in self.fields)
        empty = sum(not text for text in texts)
        self.post_message(
            Submitted(
                (texts if self.gaps else texts[0]) if any(texts) else None,
                f"{counted(empty, 'gap')} not filled yet" if empty else "",
            )
        )

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        for field in self.fields:
            field.disabled = True
        signs = ("✓" if right else "✗" for right in verdict.parts)
        for (label, _), sign, text in zip(self.lines, signs, self.labels, strict=False):
            label.update(Content(f"{sign} ") + rich(text))


def _labels(question: Question) -> list[str]:
    """Return what stands above each field, '' where nothing does."""
    match question:
        case Cloze():
            return [f"{n}  {gap.hint}".rstrip() for n, gap in enumerate(question.gaps, 1)]
        case Number(unit=unit) if unit:
            return [f"in {unit}"]
        case _:
            return [""]


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

    turned = done = False

    def begin(self, question: Any, options: Sequence[str]) -> None:
        """Take a card, with its front up."""
        self.question: Card = question
        self.turned = self.done = False
        self.update(Content("▷ Recall the answer, then press space to turn the card."))
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
            self.done = True  # a second click is none for the next card
            self.post_message(Submitted(knew))

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        self.done = True
        self.update(Content("▶ ") + rich(self.question.answer))


Answer = OptionRows | JoinWithRights | Write | Turn


_KINDS: dict[type[Question], type[Answer]] = {
    Claim: ChooseOne,
    Typed: Write,
    Number: Write,
    Cloze: Write,
    Order: Arrange,
    Match: JoinWithRights,
    Card: Turn,
}


def answer_kind(question: Question) -> type[Answer]:
    """Return the kind of widget that takes a question's answer."""
    if isinstance(question, Choice):
        return ChooseSeveral if question.several else ChooseOne
    return _KINDS[type(question)]


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
    if question.task and not told:
        prompt += Content.styled(f"\n{question.task}", "not bold dim")
    return prompt
