"""Up to four scenarios side by side: those of the folder, those that are kept, and what is on the screen."""

from collections.abc import Mapping
from typing import ClassVar

from rich.console import Console
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, SelectionList

from breakeven.findings import visible
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.model import Balances
from breakeven.report import terminal
from breakeven.report.compare import scenarios_statement
from breakeven.report.statement import Statement
from breakeven.whatif.page import Page
from breakeven.whatif.ticks import TickList

MOST = 4
"""How many scenarios are shown side by side."""


class CompareView(ModalScreen[None]):
    """A list of plans to choose from, and the table of those that are chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Close")]

    def __init__(self, end: YearEnd, plans: Mapping[str, Balances], chosen: list[str]) -> None:
        """plans: what each comes to, by its name. chosen: those to begin with."""
        super().__init__()
        self._end, self._plans, self._chosen = end, dict(plans), chosen[:MOST]

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall wide") as window:
            window.border_title = f"Compare up to {MOST} scenarios"
            window.border_subtitle = "Space chooses, Tab to the table, Esc closes"
            with Horizontal():
                with Vertical(classes="choices"):
                    yield TickList(*((visible(name), name, name in self._chosen) for name in self._plans), compact=True)
                    yield Label("", classes="note", markup=False)
                yield Page()

    def on_mount(self) -> None:
        self.query_one(TickList).focus()
        self._show()

    def on_selection_list_selected_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        choices = self.query_one(TickList)
        ticked = [name for name in self._plans if name in choices.selected]
        chosen = [
            *(each for each in self._chosen if each in ticked),
            *(each for each in ticked if each not in self._chosen),
        ]
        with choices.prevent(SelectionList.SelectedChanged):
            for name in chosen[MOST:]:
                choices.deselect(name)
        note = self.query_one(".note", Label)
        note.set_class(len(chosen) > MOST, "-wrong")
        is_over = f"Only {MOST} at a time: take one out first."
        note.update(is_over if len(chosen) > MOST else f"{len(chosen)} of {MOST} chosen")
        self._chosen = chosen[:MOST]
        statement = self.statement([name for name in self._plans if name in self._chosen])
        if not chosen:
            self.query_one(Page).say("Choose a scenario: Space takes it in and out.")
            return

        def draw(console: Console) -> None:
            terminal.draw(statement, console)

        self.query_one(Page).show(draw)

    def statement(self, names: list[str]) -> Statement:
        """The scenarios of these names side by side."""
        plans = {name: self._plans[name] for name in names}
        return scenarios_statement(plans, self._end)
