"""What is written for authors: a folder with a deck to begin with, and what helps editors."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from newsdeck.article import Article, read
from newsdeck.deck import slug
from newsdeck.problem import DeckError, Problem
from newsdeck.scalars import as_scalar
from newsdeck.schema import schema

SAMPLE = Path(__file__).parent / "sample"
"""The folder of the sample deck and its reading text."""
SCHEMA = "deck.schema.json"
"""The file beside a new deck by which editors complete and check it."""
_COMMENTS_AT = 36


class Taken(Exception):
    """There is something already where a new folder was to be."""


def new(folder: Path, reading: Path | None = None) -> list[Path]:
    """Make a folder with a reading text, a deck with a sample of each kind, and its schema.

    With a ``reading`` text of the author's own, the samples cite a text beside it. Returns the
    files. Raises Taken, DeckError where the reading text cannot be used, OSError.
    """
    if os.path.lexists(folder):
        raise Taken(str(folder))
    name = folder.resolve().name
    sample = (SAMPLE / "article.md").read_bytes()
    article = None if reading is None else readable(reading)
    files = {
        f"{name}.yaml": _deck_text(name, article).encode(),
        "article.md": sample if reading is None else reading.read_bytes(),
        SCHEMA: json.dumps(schema(), indent=1, ensure_ascii=False).encode(),
    }
    if reading is not None:
        files["sample.md"] = sample
    building = folder.parent / f".{name}.{os.getpid()}"
    building.mkdir(parents=True)
    try:
        for file, data in files.items():
            (building / file).write_bytes(data)
        building.rename(folder)  # whole, or not at all
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return [folder / file for file in files]


def readable(path: Path) -> Article:
    """Read a text that questions can be written on. Raises DeckError."""
    article = read(path)
    if not any(article.numbered):
        mend = "Give it paragraphs, with blank lines between them."
        raise DeckError([Problem(path, 0, 0, "source", "there is nothing to read in it", mend)])
    return article


def _deck_text(name: str, article: Article | None) -> str:
    """Return the sample deck under a name, with the article as its first source."""
    text = (SAMPLE / "deck.yaml").read_text(encoding="utf-8")

    def put(key: str, value: str) -> None:
        nonlocal text
        line = f"{key}: {value} ".ljust(_COMMENTS_AT)
        text = re.sub(rf"^{key}: [^#\n]*", lambda _: line, text, count=1, flags=re.MULTILINE)

    put("id", slug(name, {}))
    if article is not None:
        title = as_scalar(article.title or name)
        put("deck", title)
        about = "# about: … ".ljust(_COMMENTS_AT) + "# what the deck asks about, in one sentence"
        text = re.sub(r"^about: .*", about, text, count=1, flags=re.MULTILINE)
        head, _, rest = text.partition("source:\n")
        own, _, questions = rest.partition("\n\nquestions:")
        _, _, others = own.partition("\n")
        sample = "# The samples quote this text: delete it together with them.\n" + (
            "- title: A bridge for Elva\n  text: sample.md"
        )
        text = f"{head}source:\n- title: {title}\n{others}\n{sample}\n\nquestions:{questions}"
    return text


def for_editors(text: str, folder: Path) -> str:
    """Return a deck's text with the line that names its schema, where that is in the folder."""
    line = f"# yaml-language-server: $schema={SCHEMA}\n#\n"
    return line + text if (folder / SCHEMA).is_file() else text
