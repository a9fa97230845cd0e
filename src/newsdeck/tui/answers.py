"""The widgets that take an answer, one for each kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsdeck.grade import Response, Verdict
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

if TYPE_CHECKING:
    from textual.app import ComposeResult

LONGEST_ANSWER = 500


class Submitted(Message):
    """The player gave an answer."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class OptionRows(OptionList):
    """Rows to pick from with digits, arrows or a click; ``mark`` draws what stands before each."""

    BINDINGS = [Binding("space", "select", "choose", show=False)]
    DEFAULT_CSS = """
    OptionRows, OptionRows:focus { border: none; background: transparent; height: 1fr;
      min-height: 3; padding: 0; }
    """

    starts_at: int | None = None

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(markup=False)
        self.texts = tuple(texts)
        self.done = False

    def on_mount(self) -> None:
        self.add_options(Option(self.row(index)) for index in range(len(self.texts)))
        self.highlighted = self.starts_at
        self.focus()

    def mark(self, index: int) -> str:
        """Return the sign that stands before a row."""
        return "○"

    def row(self, index: int) -> Content:
        """Return a row as it is shown."""
        number = str(index + 1) if index < 9 else " "
        return Content(f"{number}  {self.mark(index)}  ") + rich(self.texts[index])

    def redraw(self) -> None:
        """Draw every row anew."""
        for index in range(len(self.texts)):
            self.replace_option_prompt_at_index(index, self.row(index))

    def pick(self, index: int) -> None:
        """Take a row that a digit, space or click names."""
        self.highlighted = index

    def response(self) -> Response | None:
        """Return what is chosen, None where nothing is."""
        raise NotImplementedError

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        self.done = True
        self.redraw()

    def digit(self, index: int) -> None:
        """Take what a digit key names, counted from 0."""
        if index < len(self.texts):
            self.pick(index)

    def on_key(self, event: events.Key) -> None:
        if event.key in "123456789" and not self.done:
            event.stop()
            self.digit(int(event.key) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self.done:
            self.pick(event.option_index)

    def action_submit(self) -> None:
        """Give the answer."""
        response = self.response()
        if response is not None and not self.done:
            self.post_message(Submitted(response))


class ChooseOne(OptionRows):
    """A single choice, or a claim's two: the highlighted row is the answer."""

    def __init__(self, question: Choice | Claim, options: Sequence[str]) -> None:
        super().__init__(options)
        self.question = question

    def mark(self, index: int) -> str:
        if self.done:
            question = self.question
            right = question.right if isinstance(question, Choice) else (str(question.answer),)
            if self.texts[index] in right:
                return "✓"
            return "✗" if index == self.highlighted else "○"
        return "●" if index == self.highlighted else "○"

    def on_option_list_option_highlighted(self) -> None:
        self.redraw()

    def response(self) -> Response | None:
        if self.highlighted is None:
            return None
        text = self.texts[self.highlighted]
        return (text,) if isinstance(self.question, Choice) else text == "True"


class ChooseSeveral(OptionRows):
    """All that apply: rows are ticked."""

    def __init__(self, question: Choice, options: Sequence[str]) -> None:
        super().__init__(options)
        self.question = question
        self.ticked: set[int] = set()

    def mark(self, index: int) -> str:
        if self.done:
            right = self.texts[index] in self.question.right
            return "✓" if right else ("✗" if index in self.ticked else "☐")
        return "☑" if index in self.ticked else "☐"

    def pick(self, index: int) -> None:
        self.ticked ^= {index}
        self.highlighted = index
        self.redraw()

    def response(self) -> Response | None:
        return tuple(self.texts[index] for index in sorted(self.ticked)) or None


class Arrange(OptionRows):
    """Put in order: rows are picked first to last; picking one again takes it out."""

    def __init__(self, question: Order, options: Sequence[str]) -> None:
        super().__init__(options)
        self.question = question
        self.picked: list[int] = []

    def mark(self, index: int) -> str:
        if self.done:
            return f"{self.question.items.index(self.texts[index]) + 1}."
        return f"{self.picked.index(index) + 1}." if index in self.picked else "__"

    def pick(self, index: int) -> None:
        self.picked.remove(index) if index in self.picked else self.picked.append(index)
        self.highlighted = index
        self.redraw()

    def response(self) -> Response | None:
        whole = len(self.picked) == len(self.texts)
        return tuple(self.texts[index] for index in self.picked) if whole else None


class Join(OptionRows):
    """Match: the rows are the lefts; a digit or the arrows left and right give the row's right."""

    BINDINGS = [
        Binding("right", "turn(1)", "next match", show=False),
        Binding("left", "turn(-1)", "previous match", show=False),
    ]
    starts_at = 0

    def __init__(self, question: Match, options: Sequence[str]) -> None:
        super().__init__(tuple(question.pairs))
        self.question = question
        self.rights = tuple(options)
        self.joined: dict[int, int] = {}

    def row(self, index: int) -> Content:
        left = self.texts[index]
        if self.done:
            right = self.question.pairs[left]
            joined = self.joined.get(index)
            sign = "✓" if joined is not None and self.rights[joined] == right else "✗"
            return Content(f"{sign} ") + rich(left) + Content(" → ") + rich(right)
        joined = self.joined.get(index)
        shown = rich(self.rights[joined]) if joined is not None else Content("…")
        return Content("• ") + rich(left) + Content(" → ") + shown

    def digit(self, index: int) -> None:
        if index < len(self.rights):
            self.join_right(index)

    def join_right(self, right: int) -> None:
        """Give the highlighted left a right, and go on to the next left that has none."""
        if self.highlighted is None or self.done:
            return
        self.joined[self.highlighted] = right
        free = [index for index in range(len(self.texts)) if index not in self.joined]
        self.redraw()
        if free:
            self.highlighted = free[0]

    def action_turn(self, step: int) -> None:
        """Give the highlighted left the right after, or before, the one that it has."""
        if self.highlighted is not None and not self.done:
            now = self.joined.get(self.highlighted, -1 if step > 0 else 0)
            self.joined[self.highlighted] = (now + step) % len(self.rights)
            self.redraw()

    def response(self) -> Response | None:
        if len(self.joined) < len(self.texts):
            return None
        return {self.texts[left]: self.rights[right] for left, right in self.joined.items()}


class JoinWithRights(Vertical):
    """The lefts, and under them the rights with their digits."""

    DEFAULT_CSS = """
    JoinWithRights { height: 1fr; min-height: 4; }
    JoinWithRights OptionList.rights { border: none; background: transparent; height: auto;
      max-height: 50%; }
    """

    def __init__(self, question: Match, options: Sequence[str]) -> None:
        super().__init__()
        self.join = Join(question, options)

    def compose(self) -> ComposeResult:
        yield self.join
        rows = OptionList(
            *(
                Content(f"{n if n < 10 else ' '}  ") + rich(text)
                for n, text in enumerate(self.join.rights, 1)
            ),
            markup=False,
            classes="rights",
        )
        rows.can_focus = False
        yield rows

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_list is not self.join:
            self.join.join_right(event.option_index)

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        self.join.reveal(verdict)

    def action_submit(self) -> None:
        """Give the answer."""
        self.join.action_submit()


class Write(Vertical):
    """Inputs to type in: one for words or a number, one for each gap of a cloze."""

    DEFAULT_CSS = "Write { height: auto; } Write Input { max-width: 60; }"

    def __init__(self, labels: Sequence[str], gaps: bool) -> None:
        super().__init__()
        self.labels = labels
        self.gaps = gaps

    def compose(self) -> ComposeResult:
        for label in self.labels:
            field = Input(max_length=LONGEST_ANSWER, compact=True)
            field.cursor_blink = False
            field.border_title = ""
            if label:
                yield Static(rich(label))
            yield field

    def on_mount(self) -> None:
        self.query(Input).first().focus()

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
        if any(texts):
            self.post_message(Submitted(texts if self.gaps else texts[0]))

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        for field in self.query(Input):
            field.disabled = True


class Turn(Static):
    """A card: space turns it, then the player says whether they knew it."""

    can_focus = True
    BINDINGS = [
        Binding("space", "submit", "turn over", show=False),
        Binding("1", "rate(False)", "missed it", show=False),
        Binding("2", "rate(True)", "knew it", show=False),
    ]
    DEFAULT_CSS = "Turn { height: auto; padding: 1 0; }"

    def __init__(self, question: Card) -> None:
        super().__init__(Content("▷ Recall the answer, then press space to turn the card."))
        self.question = question
        self.turned = self.done = False

    def on_mount(self) -> None:
        self.focus()

    def on_click(self) -> None:
        self.action_submit()

    def action_submit(self) -> None:
        """Turn the card over."""
        if not self.done and not self.turned:
            self.turned = True
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


def prompt_content(question: Question) -> Content:
    """Return the prompt as it is asked: a cloze with numbered blanks."""
    if not isinstance(question, Cloze):
        prompt = rich(question.prompt)
    else:
        prompt, blank = Content(""), 0
        for part in question.segments:
            if isinstance(part, Gap):
                blank += 1
                prompt += Content(f"[{blank} ____]")
            else:
                prompt += rich(part)
    if question.alt:
        prompt += Content("\n[image] ") + rich(question.alt)
    return prompt
