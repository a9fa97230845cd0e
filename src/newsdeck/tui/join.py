"""The answer that joins pairs: rows of lefts, and under them the rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from newsdeck.grade import Response, Verdict
from newsdeck.kinds import Match
from newsdeck.text import counted
from newsdeck.tui.content import Hanging, rich
from newsdeck.tui.options import Options
from newsdeck.tui.rows import TRUTH_STYLES, Changed, OptionRows, row_of

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Join(OptionRows):
    """Match: the rows are the lefts; a digit or the arrows left and right give the row's right.

    ``below`` lists the rights.
    """

    BINDINGS = [
        Binding("right", "turn(1)", "next match", show=False),
        Binding("left", "turn(-1)", "previous match", show=False),
        Binding("pagedown", "below(1)", "matches down", show=False),
        Binding("pageup", "below(-1)", "matches up", show=False),
    ]
    starts_at = 0
    question: Match

    def __init__(self, below: OptionList) -> None:
        super().__init__()
        self.below = below

    def begin(self, question: Match, texts: Sequence[str]) -> None:
        self.rights = tuple(texts)
        self.joined: dict[int, int] = {}
        super().begin(question, tuple(question.pairs))

    def mark(self, index: int) -> str:
        return f"{self.joined[index] + 1}." if index in self.joined else "__"

    def row(self, index: int) -> Hanging:
        left = self.texts[index]
        joined = self.joined.get(index)
        if self.done:
            right = self.question.pairs[left]
            given = None if joined is None else self.rights[joined]
            truth = "✓" if self.whole or given == right else "✗"
            told = rich(left) + Content(" → ") + rich(right)
            if truth == "✗" and joined is not None:
                told += Content("   you: ") + rich(self.rights[joined])
            return row_of(f"{truth} ", told, TRUTH_STYLES[truth])
        shown = rich(self.rights[joined]) if joined is not None else Content("…")
        return row_of(f"{self.mark(index):<3} ", rich(left) + Content(" → ") + shown)

    def pick(self, index: int) -> None:
        """Light a left: a right is given to it by other keys, or by a click below."""
        self.highlighted = index

    def action_digit(self, index: int) -> None:
        if index < len(self.rights):
            self.join_right(index)

    def join_right(self, right: int) -> None:
        """Give the highlighted left a right, and go on to the next left that has none."""
        if self.highlighted is None or self.done:
            return
        self.give(self.highlighted, right)
        free = [index for index in range(len(self.texts)) if index not in self.joined]
        if free:
            self.highlighted = free[0]

    def action_turn(self, step: int) -> None:
        """Give the highlighted left the right after, or before, the one that it has."""
        if self.highlighted is not None and not self.done:
            now = self.joined.get(self.highlighted, -1 if step > 0 else 0)
            self.give(self.highlighted, (now + step) % len(self.rights))

    def give(self, left: int, right: int) -> None:
        """Join a left to a right, which is lit below: its row may have no room for it."""
        self.joined[left] = right
        self.redraw()
        self.below.highlighted = right
        self.post_message(Changed())

    def action_below(self, step: int) -> None:
        """Scroll the rights, where they have not all room."""
        self.below.scroll_relative(y=step * self.below.size.height, animate=False)

    def response(self) -> Response | None:
        return {self.texts[left]: self.rights[right] for left, right in self.joined.items()} or None

    def missing(self) -> str:
        left = len(self.texts) - len(self.joined)
        return f"{counted(left, 'row')} without a match" if left else ""


class JoinWithRights(Vertical):
    """The lefts, and under them the rights with their digits."""

    reveals = True

    DEFAULT_CSS = """
    JoinWithRights { height: 1fr; }
    JoinWithRights Join, JoinWithRights Join:focus { max-height: 50%; }
    JoinWithRights OptionList.rights { border: none; background: transparent; height: auto;
      max-height: 50%; padding: 0; margin-top: 1; }
    JoinWithRights OptionList.rights > .option-list--option-highlighted { background: transparent;
      color: $foreground; text-style: none; }
    JoinWithRights.told { height: auto; }
    JoinWithRights.told OptionList.rights { display: none; }
    JoinWithRights.told Join, JoinWithRights.told Join:focus { max-height: 100%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rights = Options(classes="rights")
        self.rights.can_focus = False
        self.join = Join(self.rights)

    def compose(self) -> ComposeResult:
        yield self.join
        yield self.rights

    def begin(self, question: Any, texts: Sequence[str]) -> None:
        """Take a question, with nothing joined yet."""
        self.remove_class("told")
        self.rights.set_options(row_of(f"{n:<3} ", rich(text)) for n, text in enumerate(texts, 1))
        self.join.begin(question, texts)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_list is not self.join:
            self.join.join_right(event.option_index)

    def reveal(self, verdict: Verdict) -> None:
        """Show what was right."""
        self.add_class("told")
        self.join.reveal(verdict)

    def action_submit(self) -> None:
        """Give the answer."""
        self.join.action_submit()
