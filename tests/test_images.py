"""Pictures on the screen where there can be some, their words always, and files that are none."""

import io
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from textual.pilot import Pilot
from textual.widgets import OptionList, Static
from textual_image.widget import HalfcellImage

from newsdeck.deck import load
from newsdeck.history import History
from newsdeck.problem import DeckError
from newsdeck.tui import picture
from newsdeck.tui.app import NewsdeckApp
from newsdeck.tui.picture import BOX, Picture, Unshowable, read
from newsdeck.tui.preview import PreviewApp
from newsdeck.tui.study import StudyScreen
from playing import app_of, shown
from terminal import Terminal

ALT = "A map of the border."
HALF, PLACEHOLDER = "▀", "\U0010eeee"
WITHOUT_THE_EXTRA = """
import sys
sys.modules |= {"textual_image": None, "PIL": None}
from newsdeck.cli import main
main()
"""


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play where all colours can be shown."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


def pictured(folder: Path, image: str = "map.png", size: tuple[int, int] = (400, 300)) -> Path:
    """Write a deck of a question with an image and one without."""
    if not (folder / image).exists():
        Image.new("RGB", size, "red").save(folder / image)
    file = folder / "deck.yaml"
    file.write_text(
        "deck: T\nid: t\nquestions:\n- choice: Where is it?\n  id: first\n  answer: here\n"
        f"  options: [here, there]\n  image: {image}\n  alt: {ALT}\n  hint: Look.\n"
        "- choice: And now?\n  id: second\n  answer: here\n  wrong: [there]\n"
    )
    return file


async def settled(pilot: Pilot[None]) -> Picture:
    """Wait until the question's picture is read and laid out, and return its place."""
    place = pilot.app.screen.query_one(Picture)
    await pilot.pause()
    for worker in [worker for worker in pilot.app.workers if worker.node is place]:
        await worker.wait()
    await pilot.pause()
    return place


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 100)])
@pytest.mark.parametrize("image", [(400, 300), (1200, 100), (100, 1200), (1, 1)], ids=str)
async def test_a_picture_takes_a_third_of_the_height_and_keeps_its_shape(
    size: tuple[int, int], image: tuple[int, int], tmp_path: Path
) -> None:
    app = app_of(pictured(tmp_path, size=image))
    async with app.run_test(size=size) as pilot:
        place = await settled(pilot)
        (widget,) = place.children
        columns, rows = widget.size
        assert 0 < rows <= size[1] * 0.34
        assert 0 < columns <= min(90, size[0])
        # a cell is twice as high as wide; the picture is right to half a cell
        assert columns / 2 == pytest.approx(rows * image[0] / image[1], abs=0.5 * image[0] / 100)
        assert ALT in shown(app, "#prompt")
        assert app.screen.query_one("#answer").region.height >= 2
        assert isinstance(app.focused, OptionList)


async def test_a_picture_follows_the_size_and_leaves_a_small_screen(tmp_path: Path) -> None:
    app = app_of(pictured(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        (widget,) = (await settled(pilot)).children
        before = widget.size
        await pilot.resize_terminal(120, 60)
        await pilot.pause()
        assert widget.size.height > 2 * before.height
        assert widget.size.width > 2 * before.width
        for size in ((40, 12), (20, 40), (1, 1)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert not app.screen.query_one(Picture).region
        assert ALT in shown(app, "#prompt")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert widget.size == before


async def test_a_picture_stays_with_its_question(tmp_path: Path) -> None:
    app = app_of(pictured(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        place = await settled(pilot)
        await pilot.press("h")
        await pilot.pause()
        assert place.region
        told = app.screen.query_one("#told")
        assert told.region
        assert told.max_scroll_y == 0, "the whole hint is seen"
        await pilot.press("1", "enter")
        await pilot.pause()
        assert place.region
        assert app.screen.query_one("#told").region.height >= 3
        await pilot.press("enter")
        await settled(pilot)
        assert "And now?" in shown(app, "#prompt")
        assert not place.region


async def test_study_and_preview_show_pictures(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    history = History.open(None)
    study = NewsdeckApp(history, [file], lambda kept: StudyScreen([load(file)], kept))
    for app in (study, PreviewApp(History.open(None), file)):
        async with app.run_test(size=(80, 40)) as pilot:
            place = await settled(pilot)
            assert isinstance(place.children[0], HalfcellImage)
            assert place.region


async def test_an_image_that_goes_while_it_is_previewed_is_a_problem(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    app = PreviewApp(History.open(None), file)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        (tmp_path / "map.png").unlink()
        await pilot.press("r")
        place = await settled(pilot)
        assert "is not there" in str(place.query_one(Static).content)
        assert "errors" in shown(app, "#head")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int) -> bytes:
    """Return a small file that says it has so many black pixels, and has them."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + (width + 7) // 8) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def saved(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, kind)
    return stream.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "no image": (lambda: b"GIF? No.\n", "no image"),
    "empty": (lambda: b"", "no image"),
    "cut off": (lambda: saved("PNG")[:60], "damaged"),
    "another kind": (lambda: saved("BMP"), "no image"),
    "escape codes": (lambda: b"\x1b[2J\x1b]0;title\x07", "no image"),
    "no pixels": (lambda: png(0, 100), "damaged"),
    "a bomb": (lambda: png(4200, 4200), "16,777,216 pixels"),
    "a greater bomb": (lambda: png(60_000, 10_000), "16,777,216 pixels"),
    "too many bytes": (lambda: saved("PNG") + bytes(16 << 20), "16 MiB"),
    "a thread": (lambda: png(1000, 10), "too long"),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_is_no_picture_is_told_in_a_line_and_played(name: str, tmp_path: Path) -> None:
    content, reason = BAD[name]
    (tmp_path / "map.png").write_bytes(content())
    app = app_of(pictured(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        place = await settled(pilot)
        (told,) = place.children
        assert isinstance(told, Static)
        assert reason in str(told.content)
        assert place.region.height == 1
        assert ALT in shown(app, "#prompt")
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "✓ Right" in shown(app, "#feedback")


async def test_an_image_may_go_while_it_is_played(tmp_path: Path) -> None:
    app = app_of(pictured(tmp_path))
    (tmp_path / "map.png").unlink()
    async with app.run_test(size=(80, 24)) as pilot:
        (told,) = (await settled(pilot)).children
        assert isinstance(told, Static)
        assert "is not there" in str(told.content)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    Image.new("RGB", (4, 3)).save(tmp_path / "map.png")
    (inside / "map.png").symlink_to(tmp_path / "map.png")
    with pytest.raises(DeckError, match="outside"):
        load(pictured(inside))


async def test_a_drawing_is_told_by_its_words_alone(tmp_path: Path) -> None:
    (tmp_path / "map.SVG").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    app = app_of(pictured(tmp_path, "map.SVG"))
    async with app.run_test(size=(80, 24)) as pilot:
        place = await settled(pilot)
        assert not place.children
        assert ALT in shown(app, "#prompt")


@pytest.mark.parametrize(
    "few", [{"NO_COLOR": "1"}, {"TERM": "dumb", "COLORTERM": ""}, {"TERM": "vt100"}], ids=str
)
async def test_without_colours_there_are_words_alone(
    few: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    for name, value in few.items():
        monkeypatch.setenv(name, value)
    app = app_of(pictured(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        place = await settled(pilot)
        assert not place.children
        assert ALT in shown(app, "#prompt")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_every_format_is_read_at_a_bounded_size(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "image"
    Image.new("RGB", (4000, 1000), "red").save(file, kind)
    image = read(file)
    assert (image.mode, image.size) == ("RGB", (1600, 400))
    red, green, _ = image.getpixel((800, 200))  # type: ignore[misc]  # three bands
    assert red > 200 > 50 > green


def test_of_an_animation_the_first_frame_is_read(tmp_path: Path) -> None:
    file = tmp_path / "image.gif"
    second = Image.new("RGB", (40, 30), "blue")
    Image.new("RGB", (40, 30), "red").save(file, save_all=True, append_images=[second])
    assert read(file).getpixel((20, 15)) == (255, 0, 0)


def test_what_is_clear_is_white_and_what_lies_on_its_side_is_raised(tmp_path: Path) -> None:
    file = tmp_path / "image.png"
    lying = Image.Exif()
    lying[0x0112] = 6  # the camera was turned
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(file, exif=lying)
    image = read(file)
    assert image.size == (30, 40)
    assert image.getpixel((15, 20)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_damaged_file_is_a_picture_or_a_reason_why_not(kind: str, tmp_path: Path) -> None:
    whole = saved(kind)
    file = tmp_path / "image"
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(Unshowable):
            assert max(read(file).size) <= max(BOX)


@pytest.mark.parametrize(
    ("answers", "colours", "painted"),
    [
        ({}, "truecolor", HALF.encode()),
        ({b"\x1b[c": b"\x1b[?64;1c"}, "", HALF.encode()),
        ({b"\x1b[c": b"\x1b[?62;4c"}, "", b"\x1bP0;0;0q"),
        ({b"\x1b[c": b"\x1b[?62c", b"a=q": b"\x1b_Gi=1;OK\x1b\\"}, "truecolor", b",f=100,"),
        ({b"\x1b[c": b"\x1b[?62c", b"a=q": b"\x1b_Gi=1;OK\x1b\\"}, "", HALF.encode()),
    ],
    ids=["mute", "xterm", "sixel", "kitty", "kitty of few colours"],
)
def test_a_terminal_is_shown_what_it_can(
    answers: dict[bytes, bytes], colours: str, painted: bytes, tmp_path: Path,
    terminals: list[Terminal], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COLORTERM", colours)
    command = [sys.executable, "-m", "newsdeck", "play", str(pictured(tmp_path)), "--in-order"]
    terminal = Terminal(command, (80, 24), tmp_path, answers=answers)
    terminals.append(terminal)
    terminal.until(lambda _: painted in terminal.painted)
    terminal.type("1\r")
    terminal.until_text("✓ Right")
    kinds = {HALF.encode(), b"\x1bP0;0;0q", b",f=100,"}
    assert not any(kind in terminal.painted for kind in kinds - {painted})


@pytest.mark.parametrize(
    ("answers", "painted"),
    [
        ({b"\x1b[c": b"\x1b[?62;4c"}, b"\x1bP0;0;0q"),
        # not understood, and not left over as keys: a ? would open the help
        ({b"\x1b[c": b"x???"}, HALF.encode()),
    ],
    ids=["sixel", "strange"],
)
def test_from_the_library_the_terminal_is_asked_when_a_picture_comes(
    answers: dict[bytes, bytes], painted: bytes, tmp_path: Path, terminals: list[Terminal]
) -> None:
    file = pictured(tmp_path)
    file.write_text(file.read_text().partition("- choice: And now?")[0])
    command = [sys.executable, "-m", "newsdeck", str(file)]
    terminal = Terminal(command, (80, 24), tmp_path / "home", answers=answers)
    terminals.append(terminal)
    terminal.until_text("⏎ play")
    assert b"\x1b[c" not in terminal.painted
    terminal.type("\r")
    terminal.until_text("shuffled")
    terminal.type("\r")
    terminal.until(lambda _: painted in terminal.painted)
    terminal.type("1\r")
    terminal.until_text("✓ Right")


def test_without_the_extra_there_are_words_alone(tmp_path: Path, terminals: list[Terminal]) -> None:
    play = ["play", str(pictured(tmp_path)), "--in-order"]
    terminal = Terminal([sys.executable, "-c", WITHOUT_THE_EXTRA, *play], (80, 24), tmp_path)
    terminals.append(terminal)
    terminal.until_text("⏎ answer")
    terminal.type("1\r")
    lines = terminal.until_text("✓ Right")
    assert any(ALT in line for line in lines)
    assert not any(mark in terminal.painted for mark in (HALF.encode(), b"\x1b[c", b"\x1b_G"))


def test_a_deck_without_images_brings_no_library_in(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    file.write_text(file.read_text().replace(f"  image: map.png\n  alt: {ALT}\n", ""))
    picture._widgets.cache_clear()
    picture.prepare([load(file)])
    assert not picture._widgets.cache_info().misses
    picture.prepare([load(pictured(tmp_path))])
    assert picture._widgets.cache_info().misses
