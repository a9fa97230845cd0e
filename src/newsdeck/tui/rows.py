"""Answers that are picked from rows: one, several, an order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from newsdeck.feedback import NO_ANSWER
from newsdeck.grade import Response, Verdict
from newsdeck.kinds import Choice, Claim, Order
from newsdeck.text import counted
from newsdeck.tui.content import Hanging, rich
from newsdeck.tui.options import Options


class Submitted(Message):
    """The player gave an answer; None where there is nothing yet that could be one.

    ``missing`` is what it is still without, '' where it is whole. ``doubt`` is what the player is
    told of that before it counts.
    """

    def __init__(self, response: Response | None, missing: str = "") -> None:
        super().__init__()
        self.response = response
        self.doubt = f"{missing}. Press enter again to give it as it is." if missing else ""
        if response is None:
            self.doubt = NO_ANSWER


class Changed(Message):
    """The player changed an answer that is not given yet."""


TRUTH_STYLES = {"✓": "bold $text-success", "✗": "bold $text-error", " ": "dim"}


class OptionRows(Options):
    """Rows to pick from with digits, arrows or a click; ``mark`` draws what stands before each."""

    BINDINGS = [
        Binding("enter", "submit", "answer"),
        Binding("space", "select", "choose", show=False),
        *(
            Binding(str(n), f"digit({n - 1})", "choose", show=n == 1, key_display="1-9")
            for n in range(1, 10)
        ),
    ]
    DEFAULT_CSS = """
    OptionRows, OptionRows:focus { border: none; background: transparent; height: auto;
      max-height: 100%; padding: 0; }
    """

    starts_at: int | None = None
    reveals = False
    """Whether ``reveal`` shows the whole right answer, so that it need not be said again."""

    done = whole = False

    def begin(self, question: Any, texts: Sequence[str]) -> None:
        """Take a question, with nothing chosen yet."""
        self.question = question
        self.texts = tuple(texts)
        self.done = self.whole = False
        self.clear_options()
        self.add_options(Option(self.row(index)) for index in range(len(self.texts)))
        self.highlighted = self.starts_at
        self.focus()

    def mark(self, index: int) -> str:
        """Return the sign that says whether the player has taken a row."""
        raise NotImplementedError

    def truth(self, index: int) -> str:
        """Return the sign that says, once the answer is given, what a row is: ✓, ✗ or a space."""
        raise NotImplementedError

    def row(self, index: int) -> Hanging:
        """Return a row as it is shown."""
        number = str(index + 1) if index < 9 else " "
        truth = self.truth(index) if self.done else " "
        style = TRUTH_STYLES[truth] if self.done else ""
        return row_of(f"{number}  {self.mark(index)} {truth} ", rich(self.texts[index]), style)

    def redraw(self) -> None:
        """Draw every row anew."""
        for index in range(len(self.texts)):
            self.replace_option_prompt_at_index(index, self.row(index))

    def pick(self, index: int) -> None:
        """Take a row that a digit, space or click names."""
        raise NotImplementedError

    def response(self) -> Response | None:
        """Return what is chosen, None where nothing is."""
        raise NotImplementedError

    def missing(self) -> str:
        """Return what an answer that is begun is still without, '' where it is whole."""
        return ""

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right; where the whole answer is, every row is."""
        self.done, self.whole = True, verdict.credit == 1
        self.highlighted = None
        self.redraw()

    def action_digit(self, index: int) -> None:
        """Take what a digit key names, counted from 0."""
        if index < len(self.texts):
            self.pick(index)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self.done and action in ("digit", "submit"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self.done:
            self.pick(event.option_index)

    def action_submit(self) -> None:
        """Give the answer."""
        if not self.done:
            self.post_message(Submitted(self.response(), self.missing()))


def row_of(before: str, text: Content, style: str = "") -> Hanging:
    """Return a row: a text, and what stands before it, in one style."""
    return Hanging(Content(before).stylize(style), text.stylize(style))


class ChooseOne(OptionRows):
    """A single choice, or a claim's two: the highlighted row is the answer."""

    question: Choice | Claim

    def begin(self, question: Choice | Claim, texts: Sequence[str]) -> None:
        self.picked: int | None = None
        super().begin(question, texts)

    def mark(self, index: int) -> str:
        return "●" if index == (self.picked if self.done else self.highlighted) else "○"

    def truth(self, index: int) -> str:
        question = self.question
        right = question.right if isinstance(question, Choice) else (str(question.answer),)
        return "✓" if self.texts[index] in right else "✗" if index == self.picked else " "

    def on_option_list_option_highlighted(self) -> None:
        if not self.done:
            self.redraw()
            self.post_message(Changed())

    def pick(self, index: int) -> None:
        self.highlighted = index

    def reveal(self, verdict: Verdict) -> None:
        self.picked = self.highlighted
        super().reveal(verdict)

    def response(self) -> Response | None:
        if self.highlighted is None:
            return None
        text = self.texts[self.highlighted]
        return (text,) if isinstance(self.question, Choice) else text == "True"


class ChooseSeveral(OptionRows):
    """All that apply: rows are ticked."""

    question: Choice

    def begin(self, question: Choice, texts: Sequence[str]) -> None:
        self.ticked: set[int] = set()
        super().begin(question, texts)

    def mark(self, index: int) -> str:
        return "☑" if index in self.ticked else "☐"

    def truth(self, index: int) -> str:
        right = self.texts[index] in self.question.right
        return "✓" if right else "✗" if index in self.ticked else " "

    def pick(self, index: int) -> None:
        self.ticked ^= {index}
        self.highlighted = index
        self.redraw()
        self.post_message(Changed())

    def response(self) -> Response | None:
        return tuple(self.texts[index] for index in sorted(self.ticked)) or None


class Arrange(OptionRows):
    """Put in order: rows are picked first to last; picking one again takes it out."""

    reveals = True

    question: Order

    def begin(self, question: Order, texts: Sequence[str]) -> None:
        self.picked: list[int] = []
        super().begin(question, texts)

    def mark(self, index: int) -> str:
        return f"{self.picked.index(index) + 1}." if index in self.picked else "__"

    def row(self, index: int) -> Hanging:
        if not self.done:
            return super().row(index)
        # Once told, the rows stand in the right order and say where the player had them.
        text = self.question.items[index]
        taken = self.texts.index(text)
        given = self.picked.index(taken) if taken in self.picked else None
        truth = "✓" if self.whole or given == index else "✗"
        told = rich(text)
        if given not in (index, None):
            told += Content(f"   you: {given + 1}.")
        return row_of(f"{index + 1}. {truth} ", told, TRUTH_STYLES[truth])

    def pick(self, index: int) -> None:
        self.picked.remove(index) if index in self.picked else self.picked.append(index)
        self.highlighted = index
        self.redraw()
        self.post_message(Changed())

    def response(self) -> Response | None:
        return tuple(self.texts[index] for index in self.picked) or None

    def missing(self) -> str:
        left = len(self.texts) - len(self.picked)
        return f"{counted(left, 'item')} not placed yet" if left else ""
