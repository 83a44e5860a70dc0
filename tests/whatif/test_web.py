"""The screen in a browser: on this machine alone, nothing fetched from elsewhere, several viewers, a clean end."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from breakeven.whatif.serve import HEADERS, LocalServer
from commands import EXAMPLE, ROOT, run

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

has_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine to look with")


@contextlib.contextmanager
def served(*said: str) -> Generator[tuple[str, "subprocess.Popen[str]"]]:
    """The command in a process of its own, and the address it says; stopped as a person would."""
    command = [sys.executable, "-m", "breakeven", "what-if", "--web", *said, str(EXAMPLE)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stdout is not None
        yield server.stdout.readline().strip(), server
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)


def status(address: str, **headers: str) -> int:
    try:
        with urlopen(Request(address, headers=headers), timeout=10) as answer:  # noqa: S310  (of this machine)
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


def test_the_page_fetches_nothing_from_elsewhere() -> None:
    server = LocalServer(["breakeven", "what-if"], 8000, "what-if")
    assert not re.findall(r"https?://(?!www\.w3\.org)", server.page())
    assert "https://fonts" in (server.templates_path / "app_index.html").read_text("utf-8")
    assert "default-src 'none'" in HEADERS["Content-Security-Policy"]
    assert len(server.token) >= 32
    assert server.token != LocalServer(["breakeven"], 8000, "what-if").token
    assert "screen reader" in server.page()
    assert "where that was stopped, start it again" in server.page()


def test_only_the_address_that_was_said_answers_and_ctrl_c_ends_it() -> None:
    with served("residential=+5") as (address, server):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", address)
        assert status(address) == 200
        assert status(re.sub(r"/[\w-]{32}/", "/", address)) == 404
        assert status(re.sub(r"/[\w-]{32}/", f"/{'x' * 32}/", address)) == 404
        assert status(address, Host="elsewhere.example") == 404
        assert status(address, Origin="http://elsewhere.example") == 404
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
        assert server.returncode == 0
        assert said.endswith("Stopped.\n")


@has_browser
def test_a_figure_typed_in_a_browser_is_answered_there() -> None:
    sync = pytest.importorskip("playwright.sync_api")
    with served() as (address, _), sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        viewers = [_opened(browser, address) for _ in range(2)]
        for page, told, _ in viewers:
            _wait_for(page, told, "Break-even chance")
        page, told, fetched = viewers[0]
        told.clear()
        page.keyboard.type("residential=+5")
        page.keyboard.press("Enter")
        _wait_for(page, told, "(1,287)")
        assert page.screenshot()[:4] == b"\x89PNG"
        assert "(1,287)" not in b"".join(viewers[1][1]).decode()
        assert all(each.startswith((address, "data:")) for each in fetched), fetched
        browser.close()


def _opened(browser: Any, address: str) -> tuple[Any, list[bytes], list[str]]:
    """A viewer, what its screen is sent, and what its page fetches."""
    page, told, fetched = browser.new_page(viewport={"width": 1200, "height": 800}), list[bytes](), list[str]()

    def asked_for(request: Any) -> None:
        fetched.append(request.url)

    def received(frame: bytes | str) -> None:
        told.append(frame if isinstance(frame, bytes) else frame.encode())

    def listen(socket: Any) -> None:
        socket.on("framereceived", received)

    page.on("request", asked_for)
    page.on("websocket", listen)
    page.goto(address)
    return page, told, fetched


def _wait_for(page: Any, told: list[bytes], text: str) -> None:
    for _ in range(600):
        if text in b"".join(told).decode("utf-8", "replace"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{text!r} never came")


def test_a_screen_needs_somebody_to_look_at_it() -> None:
    said = run("what-if", EXAMPLE)
    assert said.code == 2
    assert "say what changes" in said.err
    assert run("what-if", "--web", "residential=+5", "--to", "2025-26", EXAMPLE).code == 2
    assert run("what-if", "--web", "nonsense=+5", EXAMPLE).code == 2
    assert run("what-if", "--web", "--scenario", "nonsense", EXAMPLE).code == 2
