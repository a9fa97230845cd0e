"""The screens in a browser: each visitor a process and a history of their own."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import secrets
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

VISITOR, TOKEN = "newsdeck-visitor", "newsdeck-token"
_SECONDS_TO_END = 5
_A_YEAR = 365 * 24 * 60 * 60


class _Visit(AppService):
    """A visitor's process, with a history of its own."""

    home: Path
    ending: asyncio.Task[None] | None = None
    """What ends the process, once its page is left."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment = super()._build_environment(width, height)
        return {**environment, "NEWSDECK_HOME": str(self.home)}

    async def run(self) -> None:
        """Pass on what the process shows; the page is told when it has ended, however it did."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Ask the process to end, wait until it has, and end it where it does not."""
        with suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), _SECONDS_TO_END)
        if self._process is not None:
            try:
                await asyncio.wait_for(self._process.wait(), _SECONDS_TO_END)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()


class Web(Server):
    """Serves the decks at ``paths``, all where there are none, to ``most`` visitors at once.

    ``homes`` is the folder of the visitors' histories. With a ``token`` only who opens the
    address that has it comes in.
    """

    def __init__(
        self, paths: list[Path], host: str, port: int, homes: Path, most: int, token: str = ""
    ) -> None:
        words = [sys.executable, "-m", "newsdeck", *map(str, paths)]
        # The shell gives way, so that the process is the one to be ended.
        super().__init__(f"exec {shlex.join(words)}", host, port, title="Newsdeck")
        self.homes, self.most, self.token = homes, most, token
        self.templates_path = Path(__file__).parent
        self.visits: set[_Visit] = set()
        self.anywhere = host in ("0.0.0.0", "::")
        self.names = {host.casefold(), "localhost", "127.0.0.1"}
        name = "localhost" if self.anywhere else f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{port}" + (f"/?token={token}" if token else "")

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self.guard])
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path))
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.get("/page.js", self.handle_script),
                web.static("/static", self.statics_path),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    @web.middleware
    async def guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let in only pages of this server, and where there is a token, only who has it."""
        # A page elsewhere may open a socket here, or name this address as its own.
        if not self._ours(request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="This address is not served here.\n")
        origin = request.headers.get("Origin")
        if (origin is not None or request.path == "/ws") and not self._ours(
            (origin or "").partition("://")[2]
        ):
            raise web.HTTPForbidden(text="Open Newsdeck's own page.\n")
        given = request.query.get("token") or request.cookies.get(TOKEN, "")
        written = given.encode(errors="replace")  # a cookie need not be a text
        if self.token and not hmac.compare_digest(written, self.token.encode()):
            raise web.HTTPForbidden(text="Open the address with the token that was printed.\n")
        response = await handler(request)
        if not response.prepared:
            response.headers["Content-Security-Policy"] = (
                "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'; "
                "style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
                "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
            )
            response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _ours(self, host: str) -> bool:
        try:
            named = urlsplit(f"//{host}")
            port = named.port or 80
        except ValueError:
            return False
        return port == self.port and (self.anywhere or named.hostname in self.names)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Return the page, with the visitor's name and the token as cookies."""
        visitor = request.cookies.get(VISITOR) or secrets.token_urlsafe(24)
        # Who loads the page again has a place, which the page before is about to leave.
        if len(self.visits) >= self.most and not self._of(visitor):
            raise web.HTTPServiceUnavailable(
                text="All places are taken. Try again in a few minutes.\n",
                headers={"Retry-After": "120"},
            )
        context: dict[str, Any] = {
            "application": {"name": self.title},
            "font_size": 16,
            "app_websocket_url": f"ws://{request.host}/ws",
        }
        response = aiohttp_jinja2.render_template("index.html", request, context)
        response.headers["Cache-Control"] = "no-store"
        for name, value in ((VISITOR, visitor), (TOKEN, self.token)):
            if value:
                response.set_cookie(
                    name, value, max_age=_A_YEAR, httponly=True, samesite="Strict", path="/"
                )
        return response

    async def handle_script(self, request: web.Request) -> web.StreamResponse:
        """Return the page's own script."""
        return web.FileResponse(self.templates_path / "page.js")

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Play in a process of the visitor's own until the page is left."""
        visitor = request.cookies.get(VISITOR)
        if visitor is None:
            raise web.HTTPForbidden(text="Open Newsdeck's own page.\n")
        # What the page before was at is kept, and free to go on with, once its process has ended.
        await asyncio.gather(*(visit.ending for visit in self._of(visitor) if visit.ending))
        if len(self.visits) >= self.most:
            raise web.HTTPServiceUnavailable(text="All places are taken.\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=64 * 1024)

        async def close() -> None:
            await socket.close()

        visit = _Visit(
            self.command, write_bytes=socket.send_bytes, write_str=socket.send_str,
            close=close, download_manager=self.download_manager,
        )  # fmt: skip
        visit.home = self._home(visitor)
        self.visits.add(visit)
        try:
            await socket.prepare(request)
            await visit.start(_size(request, "width", 80, 400), _size(request, "height", 24, 200))
            await self._process_messages(socket, visit)
        except (ValueError, TypeError, KeyError, IndexError, AssertionError, AttributeError):
            await socket.close(message=b"not what the page sends")
        finally:
            # This handler may be cancelled; the end of its process may not.
            visit.ending = asyncio.create_task(self._end(visit))
            await asyncio.shield(visit.ending)
        return socket

    def _home(self, visitor: str) -> Path:
        """Return a visitor's folder: the name is theirs to choose, so it never becomes a path."""
        return self.homes / hashlib.sha256(visitor.encode()).hexdigest()[:32]

    def _of(self, visitor: str) -> list[_Visit]:
        """Return a visitor's visits, those included that are about to end."""
        home = self._home(visitor)
        return [visit for visit in self.visits if visit.home == home]

    async def _end(self, visit: _Visit) -> None:
        await visit.stop()
        self.visits.discard(visit)

    async def on_shutdown(self, app: web.Application) -> None:
        """Close every page's socket; its handler then waits for the process to end."""
        await asyncio.gather(*(visit.remote_close() for visit in self.visits))

    def run(self, listening: Callable[[], None]) -> None:
        """Serve until interrupted, and call ``listening`` once a page can be opened."""
        logging.getLogger("textual-serve").setLevel(logging.ERROR)
        web.run_app(self._make_app(), host=self.host, port=self.port, print=lambda _: listening())


def _size(request: web.Request, name: str, usual: int, most: int) -> int:
    written = request.query.get(name, "")
    return min(int(written), most) if written.isdecimal() and len(written) < 6 else usual
