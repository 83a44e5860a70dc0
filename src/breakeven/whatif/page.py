"""A page of a report in a pane of the screen: drawn by the report's own renderer, as wide as there is room."""

import io
from collections.abc import Callable

from rich.console import Console
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

Draw = Callable[[Console], None]


class Page(VerticalScroll):
    """Whatever a report draws in a terminal, to be scrolled."""

    def __init__(self, *, id: str = "page") -> None:  # noqa: A002  (as it is inherited)
        super().__init__(id=id)
        self._draw: Draw | None = None

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, draw: Draw) -> None:
        """Draw a page, now and whenever the pane has another width."""
        self._draw = draw
        self._again()
        self.scroll_home(animate=False)

    def say(self, message: str) -> None:
        """Say a sentence in place of a page."""
        self.show(lambda console: console.print(Text(message)))

    def on_resize(self) -> None:
        self._again()

    def _again(self) -> None:
        if self._draw is None or not self.scrollable_content_region.width:
            return
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        console = Console(
            file=out,
            width=self.scrollable_content_region.width,
            color_system="standard",
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )
        self._draw(console)
        out.seek(0)
        self.query_one(Static).update(Text.from_ansi(out.read()))
