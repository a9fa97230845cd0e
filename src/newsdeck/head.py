"""A deck's own keys, as they are written: its title, its id, what it was written from."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from newsdeck.question import MOST_PARTS, Id, doc, parts


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """What a deck was written from."""

    title: Annotated[str, doc("The article's title.", "Belarus frees 123 prisoners")]
    publisher: Annotated[str, doc("Who published it; never guessed.", "The Elva Courier")] = ""
    date: Annotated[str, doc("When it was published; never guessed.", "2024-05-04")] = ""
    url: Annotated[
        str,
        doc(
            "Where it stands, http or https.",
            "https://example.org/bridge",
            pattern="^https?://[^\\s]+\\Z",
        ),
    ] = ""
    text: Annotated[str, doc("The reading text, a path from the deck's file.", "article.md")] = ""


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A deck's own keys, as they are written."""

    deck: Annotated[str, doc("The deck's title.", "The release of 123")]
    id: Id = ""
    about: Annotated[
        str, doc("What the deck is about, in a sentence.", "Who was freed, and for what.")
    ] = ""
    language: Annotated[
        str, doc("A language code.", "en", pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*\\Z")
    ] = "en"
    tags: Annotated[tuple[str, ...], parts("Words to find the deck by.", ["diplomacy"])] = ()
    anki: Annotated[str, doc("The Anki deck that it goes under.", "News::Belarus")] = ""
    source: Annotated[
        Source | Annotated[tuple[Source, ...], Meta(max_length=MOST_PARTS)],
        doc(
            "What the deck was written from: one mapping or a list.",
            {"title": "Belarus frees 123 prisoners", "text": "article.md"},
        ),
    ] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the deck was written from, in the order of the file."""
        return (self.source,) if isinstance(self.source, Source) else self.source
