"""The files beside a deck that it names: its reading texts and its images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdeck import article
from newsdeck.files import real
from newsdeck.problem import DeckError

if TYPE_CHECKING:
    from pathlib import Path

    from newsdeck.head import Head
    from newsdeck.marked import Reader
    from newsdeck.question import Question
    from newsdeck.values import Mapping, Mark

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


class Beside:
    """Looks up the files that a deck names; the deck's ``reader`` notes what is wrong with them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.names: dict[str, tuple[Path, bool, bool]] = {}

    def articles(self, head: Head, root: Mapping) -> tuple[article.Article, ...]:
        """Return the reading texts of a deck's ``head``, which was read from a ``root``."""
        found: list[article.Article] = []
        size = 0
        written = root.get("source", [])
        values = written if isinstance(written, list) else [written]
        for source, value in zip(head.sources, values, strict=True):
            if source.text and (path := self._file(source.text, mark := value.marks["text"][1])):
                size += path.stat().st_size
                if size > article.LONGEST:
                    told = f"reading texts of more than {article.LONGEST >> 20} MiB in all"
                    hint = "Name only what the questions quote."
                    self.reader.problem(mark, "size", told, hint)
                    break
                try:
                    found.append(article.read(path))
                except DeckError as error:
                    self.reader.problems += error.problems
        return tuple(found)

    def image(self, question: Question, mark: Mark) -> None:
        """Look up the image of a question, which is named at a mark."""
        path = self._file(question.image, mark)
        if path is not None and path.suffix.lower() not in IMAGES:
            self.reader.problem(
                mark, "path", f"`{question.image}` is no image", f"One of {' '.join(IMAGES)}."
            )
        if not question.alt:
            self.reader.problem(mark, "S01", "an image needs `alt`", "Say in words what it shows.")

    def _file(self, name: str, mark: Mark) -> Path | None:
        """Return the file that a deck names, None (and a problem) where it is not beside it."""
        path, within, there = self._looked_up(name)
        if not within:
            self.reader.problem(
                mark, "path", f"`{name}` is outside the deck's folder", "Put it beside the deck."
            )
        elif not there:
            self.reader.problem(
                mark,
                "path",
                f"there is no file `{name}`",
                "It is looked for beside the deck, under exactly this name.",
            )
        else:
            return path
        return None

    def _looked_up(self, name: str) -> tuple[Path, bool, bool]:
        """Return where a name leads, whether that is beside the deck, and whether it is a file."""
        if name not in self.names:  # many questions may show one image
            folder = real(self.reader.path).parent
            path = real(folder / name)
            within = path.is_relative_to(folder)
            self.names[name] = path, within, within and path.is_file()
        return self.names[name]
