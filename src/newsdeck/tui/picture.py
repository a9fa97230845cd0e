"""A question's picture, in terminals that can show one; its words stand in the prompt always."""

from __future__ import annotations

import asyncio
import io
import sys
import warnings
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import SuspendNotSupported
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PIL.Image import Image
    from textual.app import App
    from textual.widget import Widget

    from newsdeck.deck import Deck

    Kind = Callable[[Image], Widget]

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_BYTES = 16 * 1024 * 1024
MOST_PIXELS = 4096 * 4096
"""The largest picture that is decoded: four bytes a pixel, twice with its copy, are 128 MiB."""
BOX = (1600, 800)
"""The width and height in pixels that a picture is reduced to: a third of a large screen."""
LONGEST = 12
"""How many times longer than wide a picture may be: a longer one would be less than a cell wide."""


class Unshowable(Exception):
    """A picture that cannot be shown; the message says why, after "it"."""


class Picture(Container):
    """Shows an image file below its words, or a short reason why it cannot."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Picture { height: auto; max-width: 90; max-height: 34vh; padding: 0 1; margin-bottom: 1;
      display: none; }
    Picture > * { width: auto; height: auto; }
    .pictured Picture { display: block; }
    .answered Picture { max-height: 25vh; }
    .-short Picture, .-narrow Picture { display: none; }
    """

    def show(self, deck: Deck, image: str) -> None:
        """Show the image that a deck names; nothing for an empty name."""
        self.clear()
        if image and not image.lower().endswith(".svg"):  # drawings are read by no decoder here
            self.put(deck.beside(image))

    def clear(self) -> None:
        """Show nothing."""
        self.workers.cancel_node(self)
        self.screen.remove_class("pictured")

    @work
    async def put(self, file: Path) -> None:
        """Read an image file, beside the screen's own work, and show it."""
        kind = _kind(self.app)
        if kind is None:
            return
        shown: Widget
        try:
            shown = kind(await asyncio.to_thread(read, file))
        except Unshowable as reason:
            shown = Static(Content.styled(f"The picture cannot be shown: it {reason}.", "dim"))
        with self.app.batch_update():
            await self.remove_children()
            await self.mount(shown)
            self.screen.add_class("pictured")


def prepare(decks: Iterable[Deck]) -> None:
    """Get ready for pictures where a deck has one, before the app begins to read keys."""
    if any(question.image for deck in decks for question in deck.questions) and _installed():
        _widgets()


def _installed() -> bool:
    return find_spec("textual_image") is not None


def read(file: Path) -> Image:
    """Return the first frame of an image file, at most as large as BOX. Raises Unshowable."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        if not file.is_file():
            raise Unshowable("is not there")
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unshowable("cannot be read") from error
    if len(data) > MOST_BYTES:
        raise Unshowable(f"has more than {MOST_BYTES >> 20} MiB")
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
        if max(image.size) > LONGEST * min(image.size):
            raise Unshowable("is too long and narrow")
        image.draft("RGB", BOX)  # a JPEG can be read at a smaller size
        image = image.convert("RGBA")
        image.thumbnail(BOX)
        image = ImageOps.exif_transpose(image)
        # Drawings without a ground are drawn for a light one.
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    except Unshowable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unshowable(f"has more than {MOST_PIXELS:,} pixels") from error
    except Exception as error:  # decoders meet bytes that they do not expect in many ways
        raise Unshowable("is damaged or no image") from error


def _kind(app: App[Any]) -> Kind | None:
    """Return what makes the widget that shows an image in this terminal, None where none can."""
    colours = app.console.color_system
    if app.no_color or colours not in ("256", "truecolor") or not _installed():
        return None
    if not _widgets.cache_info().currsize:
        with suppress(SuspendNotSupported), app.suspend():
            _widgets()
    found = _widgets()
    if found is None:
        return None
    best, coloured = found
    return best if colours == "truecolor" else coloured


@cache
def _widgets() -> tuple[Kind, Kind] | None:
    """Return the widgets for terminals of all colours and of 256; None where they do not work.

    The library asks the terminal what it can show while it is imported. The answer comes as
    keys, so that nothing else may be reading these.
    """
    try:
        from textual_image import renderable, widget
    except Exception:  # the terminal answered what it cannot read
        return None
    finally:
        _forget_keys()
    half = widget.HalfcellImage
    # An image of kitty's is named by a colour, one of 256 would be another image's name.
    known: dict[type, tuple[Kind, Kind]] = {
        renderable.SixelImage: (widget.SixelImage, widget.SixelImage),
        renderable.TGPImage: (widget.TGPImage, half),
    }
    return known.get(renderable.Image, (half, half))


def _forget_keys() -> None:
    """Drop what is left of the terminal's answers."""
    if sys.platform != "win32" and sys.__stdin__ and sys.__stdin__.isatty():
        import termios

        termios.tcflush(sys.__stdin__, termios.TCIFLUSH)
