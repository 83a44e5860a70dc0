"""What the keys do without asking more: undo, reset, where the focus goes, and what is shown."""

from dataclasses import replace
from pathlib import Path

from textual.app import App

from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import Unit
from breakeven.whatif.changes import ChangesTable
from breakeven.whatif.keys import CYCLE
from breakeven.whatif.lever_rows import AskBox, LeverPane
from breakeven.whatif.levers import Lever
from breakeven.whatif.plan_table import PlanTable, Shown
from breakeven.whatif.question import Answer, Questions
from breakeven.whatif.state import History, State


class Actions(App[None]):
    """The screen, as far as its actions need it, and those of them that open no window."""

    planned: YearEnd
    folder: Path
    history: History
    questions: Questions
    answer: Answer
    shown: Shown
    looked_at: Lever | None

    @property
    def state(self) -> State:
        """The question that stands."""
        return self.history.now

    def ask(self, state: State, *, going_on: bool = False) -> str:
        """Put another question; as the screen does."""
        raise NotImplementedError

    def go(self, history: History) -> None:
        """Put a question again; as the screen does."""
        raise NotImplementedError

    def show_answer(self) -> None:
        """Show the answer; as the screen does."""
        raise NotImplementedError

    def show_levers_again(self) -> None:
        """Show what the levers say; as the screen does."""
        raise NotImplementedError

    def complain(self, message: str, lever: Lever | None = None) -> None:
        """Say why something cannot be; as the screen does."""
        raise NotImplementedError

    def tell(self, news: str) -> None:
        """Say what was done; as the screen does."""
        raise NotImplementedError

    # Changes --------------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Back to the question before."""
        self.go(self.history.undo())

    def action_redo(self) -> None:
        """The question that was undone."""
        self.go(self.history.redo())

    def action_reset(self) -> None:
        """Take every change away, and what is typed; it can be undone."""
        self.query_one(AskBox).value = ""
        self.go(self.history.asking(self.state.without_changes()))

    def action_reset_one(self) -> None:
        """Take the change of one lever away."""
        if self.looked_at:
            self.go(self.history.asking(self.state.with_change(self.looked_at.id, "")))

    def action_lever(self, by: int) -> None:
        """The next lever, or the one before; above the first is the box."""
        inputs = self.query_one(LeverPane).inputs
        here = next((n for n, each in enumerate(inputs) if each.has_focus), -1)
        there = here + by
        if there < 0:
            self.query_one(AskBox).focus()
        elif there < len(inputs):
            inputs[there].focus()

    def action_go_to(self, where: str) -> None:
        """To the box, the lever that was looked at last, the plan, or what each change does."""
        if where == "levers":
            row = self.query_one(LeverPane).row(self.looked_at.id) if self.looked_at else None
            inputs = self.query_one(LeverPane).inputs
            target = next((each for each in inputs if row and each.lever == row.lever), inputs[0] if inputs else None)
            if target:
                target.focus()
            return
        kinds = {"ask": AskBox, "plan": PlanTable, "changes": ChangesTable}
        self.query_one(kinds[where]).focus()

    def asked(self, state: State) -> None:
        """Ask, or say why not; and show what the levers say."""
        if why := self.ask(state):
            self.complain(why)
        self.show_levers_again()

    # What is shown --------------------------------------------------------------------------------------------

    def action_years(self) -> None:
        """The years after those that are shown, then the first again."""
        laid = self.query_one(PlanTable).laid
        following = laid.places[-1] + 1 if laid else 0
        self.shown = replace(self.shown, first=following if following < len(self.questions.end.plan.years) else 0)
        self.show_answer()

    def action_lines(self) -> None:
        """Show or hide the lines beneath each category."""
        self.shown = replace(self.shown, lines=not self.query_one(PlanTable).shows_lines)
        self.show_answer()

    def action_unit(self) -> None:
        """What fits, pounds, thousands, millions, and round again."""
        units = [None, *Unit]
        self.shown = replace(self.shown, unit=units[(units.index(self.shown.unit) + 1) % len(units)])
        self.show_answer()

    def action_colours(self) -> None:
        """Dark, light, high contrast, and round again."""
        at = CYCLE.index(self.theme) if self.theme in CYCLE else -1
        self.theme = CYCLE[(at + 1) % len(CYCLE)]

    def action_copy_command(self) -> None:
        """The command that gives the same answer, to the clipboard."""
        self.copy_to_clipboard(self.state.command(str(self.folder)))
        self.tell("The command is copied; it is the last line but one of this screen")
