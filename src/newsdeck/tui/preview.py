"""The author's view: a deck while it is written, with answers, evidence and problems."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from newsdeck.check import check
from newsdeck.deck import Deck, load
from newsdeck.grade import Verdict
from newsdeck.problem import DeckError, Problem
from newsdeck.proof import anki_note, failed_at, place_of, proof, saved_at
from newsdeck.session import Settings, Sitting
from newsdeck.text import counted
from newsdeck.tui.answers import answer_kind, prompt_content
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.content import rich
from newsdeck.tui.keys import KeyBar
from newsdeck.tui.options import Options
from newsdeck.tui.picture import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from newsdeck.history import History
    from newsdeck.kinds import AnyQuestion

_LOOK = 0.25  # seconds between two looks at whether a file was saved
_STYLES = {"error": "$error", "warning": "$warning", "note": "$primary"}


class PreviewApp(NewsdeckApp):
    """Shows the deck of one file to who writes it, and reads it again at every save."""

    def __init__(self, history: History, path: Path) -> None:
        super().__init__(history, [path])

    def get_default_screen(self) -> Screen[None]:
        return PreviewScreen(self.paths[0])


class PreviewScreen(Screen[None]):
    """One question at a time as it is told, and below it every problem of the file.

    While the file has errors, the deck is shown as it last was without. A save shows the question
    that it changed, or made an error in; a question and its first problem are gone to together.
    """

    AUTO_FOCUS = "#problems"
    BINDINGS = [
        Binding("n,right", "turn(1)", "next", key_display="n"),
        Binding("p,left", "turn(-1)", "previous", key_display="p"),
        Binding("shift+up", "scroll(-1)", "question up", show=False),
        Binding("shift+down", "scroll(1)", "question down", show=False),
        Binding("k", "note", "Anki note"),
        Binding("r", "reload", "read again", show=False),
        Binding("q", "app.quit", "leave"),
    ]
    DEFAULT_CSS = """
    PreviewScreen #head { height: 1; background: $boost; padding: 0 1; }
    PreviewScreen #shown { height: 1fr; padding: 0 1; }
    PreviewScreen #prompt { max-width: 90; text-style: bold; margin-bottom: 1; }
    PreviewScreen.pictured #prompt { margin-bottom: 0; }
    PreviewScreen Picture { padding: 0; }
    PreviewScreen #options { height: auto; max-width: 90; }
    PreviewScreen #told { max-width: 90; margin-top: 1; }
    PreviewScreen #note { display: none; margin-top: 1; }
    PreviewScreen.noted #note { display: block; }
    PreviewScreen #problems, PreviewScreen #problems:focus { height: auto; max-height: 40%;
      border: none; border-top: solid $primary; background: transparent; padding: 0 1; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.deck: Deck | None = None
        self.position = 0
        self.problems: list[Problem] = []
        self.broken = False
        self.as_read: list[tuple[int, ...]] = []

    def compose(self) -> ComposeResult:
        yield Static(id="head", markup=False)
        with VerticalScroll(id="shown", can_focus=False):
            yield Static(id="prompt", markup=False)
            yield Picture()
            yield Vertical(id="options")
            yield Static(id="told", markup=False)
            yield Static(id="note", markup=False)
        yield Options(id="problems", markup=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        await self.action_reload()
        # What a system tells of changes ends with a folder that goes, and misses network disks.
        self.set_interval(_LOOK, self.look_at_files)

    def look_at_files(self) -> None:
        """Read the deck again when a file of it was saved, under whatever name."""
        if self.saved() != self.as_read:
            # Not here: what a timer does is cut off when the screen is left.
            self.call_later(self.action_reload)

    def saved(self) -> list[tuple[int, ...]]:
        """Return what changes when one of the files is saved that the deck is made of."""
        files = [self.path]
        if self.deck is not None:
            files += [text.path for text in self.deck.articles]
            files += [self.deck.beside(q.image) for q in self.deck.questions if q.image]
        return [_stat(path) for path in files]

    async def action_reload(self) -> None:
        """Read the file and show what was changed in it, or the same question as it is now."""
        before, position = self.deck, self.position
        self.as_read = self.saved()  # before it is read: what is saved meanwhile is seen later
        try:
            self.deck = load(self.path)
            self.problems, self.broken = check(self.deck), False
            position = saved_at(before, self.deck, position) if before else 0
        except DeckError as error:
            self.problems, self.broken = error.problems, True
            position = failed_at(before, self.problems, position) if before else 0
        problems = self.query_one("#problems", OptionList)
        problems.clear_options()
        problems.add_options(Option(_row(problem)) for problem in self.problems)
        await self.show(position)
        self.mark()

    @property
    def question(self) -> AnyQuestion | None:
        """The question that is shown; None before the deck could be read."""
        return self.deck.questions[self.position] if self.deck else None

    async def draw(self) -> None:
        """Show the question as a player is told it, and what the author has to know besides."""
        deck, question = self.deck, self.question
        self.query_one("#head", Static).update(self.head())
        options = self.query_one("#options")
        with self.app.batch_update():
            await options.remove_children()
            if deck is None or question is None:
                self.query_one("#prompt", Static).update(rich(self.path.name))
                return
            self.query_one("#prompt", Static).update(prompt_content(question, told=True))
            self.query_one(Picture).show(deck, question.image)
            widget = answer_kind(question)()
            widget.can_focus = False
            await options.mount(widget)
            widget.begin(question, Sitting(deck, Settings(seed=0)).options(question))
            widget.reveal(Verdict(Fraction(1)))
            self.query_one("#told", Static).update(_told(deck, question))
            if self.has_class("noted"):
                self.query_one("#note", Static).update(_labelled(anki_note(deck, question)))

    def head(self) -> Content:
        """Return where the question is, how many problems there are, and the deck's title.

        The title comes last, for it may be as long as it likes.
        """
        if self.deck is None:
            return Content.styled("The file has errors", "bold $error")
        count = f"{self.position + 1}/{len(self.deck.questions)}"
        line = self.deck.lines[self.deck.questions[self.position].id]
        found = len(self.problems)
        state = counted(found, "problem") if found else "✓ clean"
        if self.broken:
            state = "errors: shown as it was"
        place = Content(f"{count}   line {line}   ") + Content.styled(state, "bold")
        return place + Content("   ") + rich(self.deck.title)

    async def action_turn(self, step: int) -> None:
        """Go to the next question, or the one before, and to its first problem."""
        if self.deck is not None:
            await self.show((self.position + step) % len(self.deck.questions))
            self.mark()

    async def action_note(self) -> None:
        """Show what becomes of the question in Anki, or hide it again."""
        self.toggle_class("noted")
        await self.draw()
        if self.has_class("noted"):
            note = self.query_one("#note")
            self.call_after_refresh(note.scroll_visible, top=True, animate=False)

    async def show(self, position: int) -> None:
        """Show the question at a position, another one from its beginning."""
        if position != self.position:
            self.position = position
            self.query_one("#shown").scroll_home(animate=False)
        await self.draw()

    def mark(self) -> None:
        """Go to the first problem of the question that is shown; of none where it has none."""
        deck, problems = self.deck, self.query_one("#problems", OptionList)
        if deck is None:
            return
        places = [place_of(deck, problem) for problem in self.problems]
        # Told of it as of a key that was pressed, the screen would go back to where this stands.
        with problems.prevent(OptionList.OptionHighlighted):
            problems.highlighted = places.index(self.position) if self.position in places else None
        problems.call_after_refresh(problems.scroll_to_highlight, top=True)

    def action_scroll(self, rows: int) -> None:
        """Scroll a question that is longer than its part of the screen."""
        self.query_one("#shown").scroll_relative(y=rows, animate=False)

    async def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        # What was lit before the file was read again is no problem any more.
        if event.option_list.id == "problems" and event.option in event.option_list.options:
            await self.go_to(self.problems[event.option_index])

    async def go_to(self, problem: Problem) -> None:
        """Show the question in whose lines a problem is."""
        position = place_of(self.deck, problem) if self.deck else None
        if position is not None:
            await self.show(position)


def _stat(path: Path) -> tuple[int, ...]:
    """Return a file's inode, size and time in nanoseconds; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _row(problem: Problem) -> Content:
    place = f"{problem.line}:{problem.column}" if problem.line else problem.path.name
    head = Content.styled(f"{place} {problem.severity} {problem.rule}", _STYLES[problem.severity])
    return head + Content(f"  {problem.message}\n    → {problem.hint}")


def _told(deck: Deck, question: AnyQuestion) -> Content:
    """Return the right answer, rebuttals, hint, why, evidence, and what names the question."""
    found = proof(deck, question)
    rows = [Content.styled("Answer  ", "dim") + rich(found.answer)]
    if found.also:
        rows.append(Content.styled("Also right  ", "dim") + rich("; ".join(found.also)))
    for wrong, rebuttal in found.rebuttals.items():
        rows.append(Content("✗ ") + rich(wrong) + Content(": ") + rich(rebuttal))
    for name, text in (("Hint", question.hint), ("Why", question.why)):
        if text:
            rows.append(Content.styled(f"{name}  ", "dim") + rich(text))
    for quotation, place in found.quotations:
        rows.append(Content.styled(f"❝ {quotation} ❞", "italic") + Content(f"   {place}"))
    rows.append(Content.styled(found.named, "dim"))
    return Content("\n").join(rows)


def _labelled(rows: list[tuple[str, str]]) -> Content:
    return Content("\n").join(
        Content.styled(f"{name}  ", "dim") + Content(text) for name, text in rows
    )
