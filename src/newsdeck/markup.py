"""The small Markdown of decks: **bold**, *italic* and `code`, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Imported here: most texts have no markup at all.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline, emphasis

    def stars_only(state: StateInline, silent: bool) -> bool:
        # snake_case and _____ are plain text in a deck
        return state.src[state.pos] != "_" and emphasis.tokenize(state, silent)

    parser = MarkdownIt("zero", {"html": False}).enable(["emphasis", "backticks"])
    parser.inline.ruler.at("emphasis", stars_only)
    return parser


def spans(text: str) -> tuple[Span, ...]:
    """Split ``text`` into its styled runs; their texts are what is to be shown, to the letter."""
    if "*" not in text and "`" not in text:
        return (Span(text),)
    tokens = _parser().parseInline(text)[0].children or []
    bold = italic = 0
    runs: list[Span] = []
    for token in tokens:
        if token.type.startswith("strong"):
            bold += token.nesting
        elif token.type.startswith("em"):
            italic += token.nesting
        elif token.content:
            runs.append(Span(token.content, bold > 0, italic > 0, token.type == "code_inline"))
    return tuple(runs)


def plain(text: str) -> str:
    """Return ``text`` without its markup."""
    if "*" not in text and "`" not in text:
        return text
    return "".join(span.text for span in spans(text))


def literal(text: str) -> str:
    """Return a plain text as one line of Markdown in which nothing has any effect."""
    return re.sub(r"([\\`*_{}\[\]<>()#+\-.!|&~^$:])", r"\\\1", " ".join(text.split()))
