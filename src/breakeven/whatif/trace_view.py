"""Where a figure comes from, down to the cells."""

from collections.abc import Callable

from rich.console import Console
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from breakeven.pipeline.year_end import YearEnd
from breakeven.report.trace import draw_trace, find
from breakeven.whatif.background import Background, Worked
from breakeven.whatif.dialogs import Window
from breakeven.whatif.page import Page


class TraceView(Window):
    """The tree beneath one figure, as ``trace`` draws it."""

    def __init__(self, figure_id: str, title: str, year: Callable[[], YearEnd], changed: str = "") -> None:
        """year: works out the year that has the figure in its book. changed: what was changed in it, in words."""
        super().__init__()
        self._figure_id, self._title, self._year, self._changed = figure_id, title, year, changed
        self.work = Background(self, "trace")

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall") as window:
            window.border_title = self._title
            window.border_subtitle = "Esc closes"
            yield Page()

    def on_mount(self) -> None:
        self.query_one(Page).focus()
        self.query_one(Page).say("Being worked out ...")
        self.work.ask(self._figure_id, self._year)

    def on_worked(self, event: Worked) -> None:
        event.stop()
        self.work.done()
        page, end = self.query_one(Page), event.answer
        traced = find(end, self._figure_id) if isinstance(end, YearEnd) else None
        if traced is None:
            page.say(event.error or "Nothing in the folder leads to this figure.")
            return

        def draw(console: Console) -> None:
            if self._changed:
                console.print(Text(f"Changed: {self._changed}\n", style="bold"))
            draw_trace(traced, end, console)

        page.show(draw)
