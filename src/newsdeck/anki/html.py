"""The only way a deck's text reaches an Anki card: as HTML in which nothing else has any effect."""

from __future__ import annotations

import re

from newsdeck.markup import spans
from newsdeck.text import REFUSED

# What means something to HTML, to Anki's templates, fields and clozes, or to MathJax. A
# backslash is parted from what follows it, so that no `\(` is left once entities are read. A
# colon alone stays; two of them, or one that another may come to stand beside, do not.
_ENTITIES = {character: f"&#{ord(character)};" for character in "&<>{}[]:"}
_TEXT = _ENTITIES | {"\\": "&#92;<span></span>", "\n": "<br>"}
_ATTRIBUTE = _ENTITIES | {"\\": "&#92;", "\n": "&#10;", '"': "&#34;"}
_REPLACED = rf"[&<>{{}}\[\]\\\n]|{REFUSED.pattern}"
_SPECIAL = re.compile(rf"{_REPLACED}|:(?=:|\Z)|(?<=:):|\A:")
_SPECIAL_IN_ATTRIBUTE = re.compile(rf'{_REPLACED}|[":]')
_MAYBE_SPECIAL = re.compile(rf"[&<>{{}}\[\]\\\n:*`{REFUSED.pattern[1:]}")


def escaped(text: str) -> str:
    """Return plain text as HTML that shows it to the letter."""
    return _SPECIAL.sub(lambda found: _TEXT.get(found[0], ""), text)


def attribute(text: str) -> str:
    """Return plain text as the value of an HTML attribute in double quotes."""
    return _SPECIAL_IN_ATTRIBUTE.sub(lambda found: _ATTRIBUTE.get(found[0], ""), text)


def rich(text: str) -> str:
    """Return a deck's text as HTML with its bold, italic and code."""
    if not _MAYBE_SPECIAL.search(text):
        return text
    return "".join([_styled(escaped(s.text), s.bold, s.italic, s.code) for s in spans(text)])


def _styled(html: str, *styles: bool) -> str:
    for tag, on in zip(("b", "i", "code"), styles, strict=True):
        if on:
            html = f"<{tag}>{html}</{tag}>"
    return html


def listed(style: str, items: list[str], fixed: bool = True) -> str:
    """Return ``<li>`` elements as a list of a class; one that may be shuffled is not ``fixed``."""
    held = " data-fixed" if fixed else ""
    return f'<ul class="{style}"{held}>{"".join(items)}</ul>' if items else ""


def items(texts: tuple[str, ...]) -> list[str]:
    """Return a deck's texts as ``<li>`` elements."""
    return [f"<li>{rich(text)}</li>" for text in texts]
