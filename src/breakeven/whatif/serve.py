"""The same screen in a browser: on this machine alone, at an address that nobody can guess, with nothing fetched."""

import asyncio
import re
import secrets
import shlex
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.server import Server

HOST = "127.0.0.1"
PAGE = "app_index.html"

POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self' 'unsafe-inline'", "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
"""What the page may fetch: nothing from any other place, whatever it says."""

_ELSEWHERE = re.compile(r"<link\b[^>]*https?://[^>]*>", re.DOTALL)

HEAD = """<head>
    <title>breakeven what-if</title>
    <link rel="icon" href="data:," />
    <script>
      const asked = new URLSearchParams(location.search);
      const fits = Math.floor(Math.min(innerWidth / 80 / 0.62, innerHeight / 24 / 1.22));
      if (!asked.has("fontsize") && fits < 16) {
        asked.set("fontsize", Math.max(fits, 7));
        location.replace("?" + asked);
      }
    </script>"""
"""The page's name, and letters small enough for the screen in a small window."""

ENDED = """This screen is closed. Restart opens another while breakeven what-if --web runs;
          where that was stopped, start it again."""

BODY = """
    <p style="position: absolute; left: -100vw">
      This screen is drawn in letters, which a screen reader cannot follow. The page that
      breakeven report --format html writes says the same in headings and tables.
    </p>
    <script>
      new MutationObserver((_, watch) => {
        if (document.body.classList.contains("-first-byte")) {
          watch.disconnect();
          document.querySelector(".xterm-helper-textarea")?.focus();
        }
      }).observe(document.body, { attributes: true });
    </script>
  </body>"""
"""What the page has besides: its way round for a screen reader, and the keys for the screen as soon as it is there."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class LocalServer(Server):
    """Serves the screen on this machine. Each viewer has a screen of their own; without the token there is nothing."""

    def __init__(self, command: Sequence[str], port: int, title: str) -> None:
        """command: what opens the screen, in words."""
        self.token = secrets.token_urlsafe(24)
        super().__init__(  # pyright: ignore[reportUnknownMemberType]
            shlex.join(command), HOST, port, title, f"http://{HOST}:{port}"
        )

    @property
    def address(self) -> str:
        """Where the screen is."""
        return f"{self.public_url}/{self.token}/"

    def application(self) -> web.Application:
        """The pages, beneath the token; whatever comes from another host or page, or has another path, is not found."""
        pages = web.Application()
        aiohttp_jinja2.setup(pages, loader=jinja2.DictLoader({PAGE: self.page()}))
        pages.router.add_get("/", self.handle_index, name="index")
        pages.router.add_get("/ws", self.handle_websocket, name="websocket")
        pages.router.add_get("/download/{key}", self.handle_download, name="download")
        pages.router.add_static("/static", self.statics_path, name="static")
        whole = web.Application(middlewares=[self._guarded])
        whole.add_subapp(f"/{self.token}", pages)
        whole.on_response_prepare.append(_with_headers)
        return whole

    def page(self) -> str:
        """The page as textual-serve has it, without what it would fetch from elsewhere; it listens to keys at once."""
        page = _ELSEWHERE.sub("", (self.templates_path / PAGE).read_text("utf-8"))
        page = page.replace("Session ended.", ENDED).replace("<html>", '<html lang="en">')
        return page.replace("<head>", HEAD).replace("</body>", BODY)

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        here = f"{HOST}:{self.port}"
        if request.host != here or request.headers.get("Origin", f"http://{here}") != f"http://{here}":
            raise web.HTTPNotFound
        return await handler(request)


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


def serve(command: Sequence[str], title: str, told: Callable[[str], None]) -> None:
    """Serve the screen until it is stopped by Ctrl+C. told: is given the address, once it is there. Raises OSError."""
    asyncio.run(_serve(LocalServer(command, free_port(), title), told))


async def _serve(server: LocalServer, told: Callable[[str], None]) -> None:
    stopped = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, server.port, shutdown_timeout=3).start()
        told(server.address)
        await stopped.wait()
    finally:
        await runner.cleanup()
