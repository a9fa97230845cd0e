"""A deck of all kinds of questions, and an app that plays decks, for the tests of playing."""

from pathlib import Path
from typing import Any

from textual.app import App
from textual.widget import Widget
from textual.widgets import Static

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.session import Settings
from newsdeck.tui.app import NewsdeckApp

HOSTILE = "[/foo] [@click=app.quit]x[/] <script>"
IN_ORDER = Settings(seed=1, shuffled=False)
_QUESTIONS = {
    "one": """
  choice: 'How many? HOSTILE'
  answer: 2
  wrong:
  - 1: Too few. HOSTILE
  - 3
  why: Because. HOSTILE
  hint: More than one. HOSTILE
  evidence: two of them""",
    "several": "choice: Which?\n  answer: [10, 20]\n  wrong: [30]",
    "claim": "claim: Is it so?\n  answer: false",
    "typed": "typed: Who?\n  answer: Viasna",
    "number": "number: How long?\n  answer: 1613\n  unit: days",
    "cloze": "cloze: In {1996::a year} {Viasna} was founded.",
    "order": "order: In which order?\n  items: [1, 3, 2]",
    "match": "match: Which is which?\n  pairs: {x: 1, y: 2}",
    "card": "card: What is it?\n  answer: A *salt*. HOSTILE",
}


def deck_file(folder: Path, *ids: str, hostile: str = "") -> Path:
    """Write a deck of the questions with these ids, or of all nine, and its reading text.

    ``hostile`` stands at the end of its texts.
    """
    (folder / "a.md").write_text("There were two of them.\n")
    rows = [f"deck: 'All kinds {hostile}'", "id: kinds"]
    rows += ["source:", "  title: S", "  text: a.md", "questions:"]
    for name in ids or _QUESTIONS:
        question = _QUESTIONS[name].strip().replace(" HOSTILE", f" {hostile}".rstrip())
        rows.append(f"- {question}\n  id: {name}")
    file = folder / "kinds.yaml"
    file.write_text("\n".join(rows) + "\n")
    return file


def app_of(
    file: Path, history: History | None = None, settings: Settings = IN_ORDER
) -> NewsdeckApp:
    """Return an app that plays a deck at once."""
    return NewsdeckApp(history or History.open(None), [file], (load(file), settings))


def shown(app: App[Any], where: str) -> str:
    """Return the text of a Static on the screen."""
    return str(app.screen.query_one(where, Static).content)


def rows(app: App[Any], widget: type[Widget]) -> list[str]:
    """Return the rows of a widget as they stand on the screen."""
    found = app.screen.query_one(widget)
    return [found.render_line(y).text.rstrip() for y in range(found.size.height)]
