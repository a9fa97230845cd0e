"""Who is let in by the server, and what a visitor gets."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import (
    ClientWebSocketResponse,
    DummyCookieJar,
    WSMsgType,
    WSServerHandshakeError,
    web,
)
from aiohttp.test_utils import TestClient, TestServer, unused_port

from newsdeck.web import TOKEN, VISITOR, Web

Visitor = TestClient[web.Request, web.Application]


@pytest.fixture
async def server(tmp_path: Path) -> Web:
    return Web([], "127.0.0.1", unused_port(), tmp_path / "visitors", most=1)


@pytest.fixture
async def visitor(server: Web) -> AsyncIterator[Visitor]:
    running = TestServer(await server._make_app(), host="127.0.0.1", port=server.port)
    async with TestClient(running, cookie_jar=DummyCookieJar()) as client:
        yield client


async def test_the_page_brings_a_name_and_loads_nothing_from_elsewhere(visitor: Visitor) -> None:
    page = await visitor.get("/")
    text = await page.text()
    assert page.cookies["newsdeck-visitor"]["httponly"]
    assert page.cookies["newsdeck-visitor"]["samesite"] == "Strict"
    assert "http:" not in text
    assert "https:" not in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    for path in ("/page.js", "/static/js/textual.js", "/static/css/xterm.css"):
        assert (await visitor.get(path)).status == 200


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "evil.example:80"}),
        ("/", {"Host": ""}),
        ("/", {"Origin": "https://evil.example"}),
        ("/ws", {}),
        ("/ws", {"Origin": "null"}),
        ("/static/", {}),
    ],
)
async def test_others_are_kept_out(visitor: Visitor, path: str, headers: dict[str, str]) -> None:
    assert (await visitor.get(path, headers=headers)).status in (400, 403)


async def test_a_token_is_asked_for(tmp_path: Path) -> None:
    server = Web([], "127.0.0.1", unused_port(), tmp_path, most=1, token="secret")
    running = TestServer(await server._make_app(), host="127.0.0.1", port=server.port)
    async with TestClient(running) as client:
        assert (await client.get("/")).status == 403
        assert (await client.get("/?token=wrong")).status == 403
        assert (await client.get("/static/css/xterm.css")).status == 403
        reader, writer = await asyncio.open_connection(server.host, server.port)
        head = f"GET / HTTP/1.0\r\nHost: {server.host}:{server.port}\r\nCookie: {TOKEN}="
        writer.write(head.encode() + b"\xff\r\n\r\n")
        assert b" 403 " in await reader.readline()
        writer.close()
        assert (await client.get("/?token=secret")).status == 200


async def painted(socket: ClientWebSocketResponse) -> None:
    """Wait until the screen shows something."""
    text = b""
    while b"Newsdeck" not in text:
        message = await socket.receive(timeout=60)
        assert message.type is WSMsgType.BINARY
        text += message.data


async def closed(socket: ClientWebSocketResponse) -> None:
    """Wait until the server closes the socket."""
    while (await socket.receive(timeout=60)).type is WSMsgType.BINARY:
        pass


def own(server: Web, visitor: str) -> dict[str, str]:
    """Return what a visitor's browser sends."""
    return {
        "Origin": f"http://127.0.0.1:{server.port}", "Cookie": f"{VISITOR}={visitor}"
    }  # fmt: skip


async def test_one_place_for_one_and_a_home_of_their_own(server: Web, visitor: Visitor) -> None:
    headers = own(server, "../../x")
    async with visitor.ws_connect("/ws?width=80&height=24", headers=headers) as socket:
        await painted(socket)
        full = await visitor.get("/")
        assert (full.status, full.headers["Retry-After"]) == (503, "120")
        with pytest.raises(WSServerHandshakeError):
            await visitor.ws_connect("/ws", headers=headers)
        (home,) = server.homes.iterdir()
        assert [file.name for file in home.iterdir() if file.suffix == ".sqlite"]
        await socket.send_str('{"what": "no page sends"}')
        await closed(socket)
    while server.visits:
        assert (await visitor.get("/page.js")).status == 200
    assert (await visitor.get("/")).status == 200


async def test_who_loads_the_page_again_keeps_the_place(server: Web, visitor: Visitor) -> None:
    headers = own(server, "a")
    for _ in range(3):
        assert (await visitor.get("/", headers=headers)).status == 200
        socket = await visitor.ws_connect("/ws", headers=headers)
        await painted(socket)
        assert (await visitor.get("/", headers=headers)).status == 200
        assert (await visitor.get("/", headers=own(server, "b"))).status == 503
        await socket.close()


async def test_the_page_is_told_when_its_process_ends(server: Web, visitor: Visitor) -> None:
    async with visitor.ws_connect("/ws", headers=own(server, "a")) as socket:
        await painted(socket)
        (visit,) = server.visits
        assert visit._process is not None
        os.kill(visit._process.pid, signal.SIGKILL)
        await closed(socket)


async def test_a_process_that_hangs_is_ended(
    server: Web, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsdeck.web._SECONDS_TO_END", 0.1)
    async with visitor.ws_connect("/ws", headers=own(server, "a")) as socket:
        await painted(socket)
        (visit,) = server.visits
        assert visit._process is not None
        os.kill(visit._process.pid, signal.SIGSTOP)
    while server.visits:
        assert (await visitor.get("/page.js")).status == 200
    assert visit._process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("host", "port", "named", "served"),
    [
        ("127.0.0.1", 8000, "LocalHost:8000", True),
        ("127.0.0.1", 8000, "127.0.0.1", False),
        ("127.0.0.1", 80, "127.0.0.1", True),
        ("::1", 8000, "[::1]:8000", True),
        ("::1", 8000, "[::2]:8000", False),
        ("::", 8000, "news.example:8000", True),
        ("0.0.0.0", 8000, "news.example:8001", False),
        ("News.example", 8000, "news.example:8000", True),
        ("0.0.0.0", 8000, "news.example:x", False),
    ],
)
def test_a_page_is_served_under_its_own_names(
    host: str, port: int, named: str, served: bool, tmp_path: Path
) -> None:
    assert Web([], host, port, tmp_path, most=1)._ours(named) is served
