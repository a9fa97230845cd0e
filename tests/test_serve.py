"""The served page in a real browser, and the command that serves it."""

import json
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from aiohttp.test_utils import unused_port

from chromium import Chromium
from commands import ENTRY, environment, run

# The page keeps its terminal to itself: this takes hold of it as it is made.
TERMINAL = """
Object.defineProperty(Object.prototype, "terminal", {set(made) {
  Object.defineProperty(this, "terminal", {value: made});
  window.cells = () => [made.cols, made.rows];
  window.shown = () => Array.from({length: made.rows},
    (_, row) => made.buffer.active.getLine(row).translateToString().trimEnd()).join("\\n");
  window.until = text => new Promise((seen, missed) => {
    const look = () => shown().includes(text) && seen(shown());
    made.onWriteParsed(look);
    setTimeout(() => missed(`no ${text} in\\n${shown()}`), 60000);
    look();
  });
}});"""
ENDED = """new Promise(ended => {
  const look = () => document.body.classList.contains("-closed") && ended(document.body.innerText);
  new MutationObserver(look).observe(document.body, {attributes: true});
  look();
})"""


class Visitor(Chromium):
    """Someone who plays in a browser of their own; ``hosts`` is all that was asked there."""

    def __init__(self) -> None:
        super().__init__()
        self.hosts: set[str] = set()
        self.send("Network.enable")
        self.send("Page.addScriptToEvaluateOnNewDocument", source=TERMINAL)
        self.size(800, 600)

    def _event(self, event: dict[str, Any]) -> None:
        super()._event(event)
        details = event.get("params", {})
        url = details.get("request", details).get("url", "")
        if event.get("method") in ("Network.requestWillBeSent", "Network.webSocketCreated"):
            self.hosts.add(urlsplit(url).netloc)

    def until(self, text: str) -> str:
        """Wait until a text stands on the screen, and return the screen."""
        shown: str = self.run(f"until({json.dumps(text)})")
        return shown

    def click(self, column: int, row: int) -> None:
        """Click in a cell of the screen."""
        x, y = self.run(
            "(() => { const r = document.querySelector('.xterm-screen').getBoundingClientRect();"
            f"return [r.x + r.width * {column + 0.5} / cells()[0],"
            f"r.y + r.height * {row + 0.5} / cells()[1]] }})()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, x=x, y=y)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.key(key)


Visit = Callable[[], Visitor]


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Return what brings another visitor."""
    visitors: list[Visitor] = []

    def come() -> Visitor:
        visitors.append(Visitor())
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.close()


@contextmanager
def served(folder: Path, *words: str) -> Iterator[str]:
    """Serve a deck of three claims, each true, and return the address that is printed."""
    file = folder / "deck.yaml"
    claims = "".join(f"- claim: So {name}?\n  id: {name}\n  answer: true\n" for name in "abc")
    file.write_text(f"deck: Quick\nid: quick\nquestions:\n{claims}")
    serving = subprocess.Popen(
        [*ENTRY, "serve", str(file), "--port", str(unused_port()), *words],
        stdout=subprocess.PIPE, text=True, env=environment(folder / "home"),
    )  # fmt: skip
    assert serving.stdout is not None
    with serving.stdout as told:
        try:
            yield told.readline().split()[3]
        finally:
            serving.send_signal(signal.SIGINT)
            assert serving.wait(60) == 0


def test_a_sitting_in_a_browser_goes_on_after_the_page_is_loaded_again(
    tmp_path: Path, visit: Visit
) -> None:
    with served(tmp_path, "--most", "1") as address:
        visitor = visit()
        visitor.open(address)
        visitor.until("3 questions")
        visitor.press("Enter")
        visitor.until("Play")
        visitor.press("Enter")
        visitor.until("1/3")
        visitor.press("1", "Enter")
        visitor.until("✓ Right")
        visitor.press("Enter")
        (asked,) = re.findall(r"So .\?", visitor.until("2/3"))
        visitor.open(address)
        visitor.until("3 questions")
        visitor.press("Enter")
        visitor.until("Go on: 1 of 3")
        visitor.press("Enter")
        assert asked in visitor.until("2/3")
        visitor.press(*["1", "Enter", "Enter"] * 2)
        visitor.until("300 of 300 points")
        assert visitor.hosts == {urlsplit(address).netloc}
        assert not [told for told in visitor.errors if "Content Security Policy" in told]

        other = visit()
        other.open(address)
        assert other.texts("body") == ["All places are taken. Try again in a few minutes.\n"]

        visitor.press("Enter")
        visitor.until("best 100%")
        visitor.press("q")
        assert "every answer is kept" in visitor.run(ENDED)


def test_another_visitor_sees_none_of_it(tmp_path: Path, visit: Visit) -> None:
    with served(tmp_path) as address:
        for visitor in (visit(), visit()):
            visitor.open(address)
            assert "best" not in visitor.until("3 questions")
            visitor.press("Enter")
            assert "Go on" not in visitor.until("Play")
            visitor.press("Enter")
            visitor.until("1/3")
            visitor.press("1", "Enter")
            visitor.until("✓ Right")


def test_the_mouse_plays(tmp_path: Path, visit: Visit) -> None:
    with served(tmp_path) as address:
        visitor = visit()
        visitor.open(address)
        stands = "?\n\n 1  ○   True"  # in its place below the question
        for seen, at in (("3 questions", "Quick"), ("Play", "Play"), (stands, "True")):
            rows = visitor.until(seen).split("\n")
            row = next(number for number, text in enumerate(rows) if at in text)
            visitor.click(rows[row].index(at), row)
        visitor.until("●   True")


def test_a_page_that_is_refused_its_terminal_says_so(tmp_path: Path, visit: Visit) -> None:
    with served(tmp_path) as address:
        visitor = visit()
        visitor.send(
            "Page.addScriptToEvaluateOnNewDocument",
            source="WebSocket = class extends WebSocket"
            "{ constructor(at) { super(at.replace('/ws', '/none')); } }",
        )
        visitor.open(address)
        assert visitor.run(ENDED).startswith("Newsdeck cannot be opened now")


def test_serving_elsewhere_needs_a_token(tmp_path: Path) -> None:
    refused = run("serve", "--host", "0.0.0.0", home=tmp_path)
    assert refused.returncode == 2
    assert "`0.0.0.0` can be reached from elsewhere; add --token." in refused.stderr
    with served(tmp_path, "--host", "0.0.0.0", "--token") as address:
        bare, _, token = address.partition("/?token=")
        assert len(token) >= 20
        assert urlopen(address).status == 200
        with pytest.raises(HTTPError, match="403"):
            urlopen(bare)


@pytest.mark.parametrize("host", ["::1", "localhost"])
def test_this_machine_is_served_by_its_names(host: str, tmp_path: Path) -> None:
    with served(tmp_path, "--host", host) as address:
        assert urlopen(address).status == 200
