"""Who is let in by the server, and what a visitor gets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError, web
from aiohttp.test_utils import TestClient, TestServer, unused_port

from newsdeck.web import Web

Visitor = TestClient[web.Request, web.Application]


@pytest.fixture
async def server(tmp_path: Path) -> Web:
    return Web([], "127.0.0.1", unused_port(), tmp_path / "visitors", most=1)


@pytest.fixture
async def visitor(server: Web) -> AsyncIterator[Visitor]:
    running = TestServer(await server._make_app(), host="127.0.0.1", port=server.port)
    async with TestClient(running) as client:
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
        assert (await client.get("/?token=secret")).status == 200


async def test_one_place_for_one_and_a_home_of_their_own(server: Web, visitor: Visitor) -> None:
    own = {"Origin": f"http://127.0.0.1:{server.port}", "Cookie": "newsdeck-visitor=../../x"}
    async with visitor.ws_connect("/ws?width=80&height=24", headers=own) as socket:
        painted = b""
        while b"Newsdeck" not in painted:
            message = await socket.receive(timeout=60)
            assert message.type is WSMsgType.BINARY
            painted += message.data
        full = await visitor.get("/")
        assert (full.status, full.headers["Retry-After"]) == (503, "120")
        with pytest.raises(WSServerHandshakeError):
            await visitor.ws_connect("/ws", headers=own)
        (home,) = server.homes.iterdir()
        assert [file.name for file in home.iterdir() if file.suffix == ".sqlite"]
        await socket.send_str('{"what": "no page sends"}')
        while (await socket.receive(timeout=60)).type is WSMsgType.BINARY:
            pass
    while server.visits:
        assert (await visitor.get("/page.js")).status == 200
    assert (await visitor.get("/")).status == 200
