"""What the keys do: undo, reset, and the windows in which something more is asked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from textual import on
from textual.app import App, SystemCommand
from textual.screen import Screen
from textual.widgets import DataTable, Input

from breakeven.findings import visible
from breakeven.periods import MONTHS, period_name
from breakeven.pipeline.questions import AS_PLANNED, scenario_balances
from breakeven.pipeline.year_end import YearEnd, scenario_names
from breakeven.plan.model import Balances
from breakeven.report.figures import Unit
from breakeven.report.saved_plan import AskedOf, SavedPlan, path_of, save_plan, saved_plans, why_not_named
from breakeven.whatif import export
from breakeven.whatif.compare_view import CompareView
from breakeven.whatif.dialogs import Help, Keep, Pick
from breakeven.whatif.keys import CYCLE
from breakeven.whatif.lever_rows import LeverPane
from breakeven.whatif.levers import Lever
from breakeven.whatif.plan_table import CHANCE, PlanTable, Shown
from breakeven.whatif.question import Answer, Questions
from breakeven.whatif.state import History, State
from breakeven.whatif.target_view import TargetView
from breakeven.whatif.trace_view import TraceView

ON_SCREEN = "on the screen"


class Windows(App[None]):
    """The actions of the screen."""

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a window is open, its own keys alone: nothing changes behind it."""
        own = {"quit", "help_quit", "copy_selected_text", "focus_next", "focus_previous", "colours", "dismiss"}
        if len(self.screen_stack) > 1 and hasattr(Windows, f"action_{action}") and action not in own:
            return hasattr(App, f"action_{action}")
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that can be done, by name."""
        yield from super().get_system_commands(screen)  # pyright: ignore[reportUnknownMemberType]
        if len(self.screen_stack) > 1:
            return
        yield SystemCommand("Undo", "Go back to the question before", self.action_undo)
        yield SystemCommand("Redo", "The question that was undone", self.action_redo)
        yield SystemCommand("Reset all", "Take every change away", self.action_reset)
        yield SystemCommand("Scenario", "Start from another scenario, or ask a kept one again", self.action_scenario)
        yield SystemCommand("From which month", "From when the changes count", self.action_since)
        yield SystemCommand("Compare", "Up to four scenarios side by side", self.action_compare)
        yield SystemCommand("Target", "What it takes to break even or to clear the deficit", self.action_target)
        yield SystemCommand("Save", "Keep this as a named scenario", self.action_save)
        yield SystemCommand("Export", "The answer as a file", self.action_export)
        yield SystemCommand("Lines", "Show or hide the lines beneath each category", self.action_lines)
        yield SystemCommand("Savings", "Count savings as planned, forecast or weighted", self.action_savings)
        yield SystemCommand("Unit", "Pounds, thousands or millions", self.action_unit)
        yield SystemCommand("Command line", self.state.command(str(self.folder)), self.action_copy_command)

    # Changes --------------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Back to the question before."""
        self.go(self.history.undo())

    def action_redo(self) -> None:
        """The question that was undone."""
        self.go(self.history.redo())

    def action_reset(self) -> None:
        """Take every change away; it can be undone."""
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
            self.query_one("#ask", Input).focus()
        elif there < len(inputs):
            inputs[there].focus()

    def _asked(self, state: State) -> None:
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
        self.shown = replace(self.shown, lines=not self.shown.lines)
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
        """The command that gives the same answer, to the clipboard and on the screen."""
        command = self.state.command(str(self.folder))
        self.copy_to_clipboard(command)
        self.notify(command, title="Copied", markup=False)

    # Windows --------------------------------------------------------------------------------------------------

    def action_help(self) -> None:
        """How to ask."""
        self.push_screen(Help())

    def action_scenario(self) -> None:
        """Start from another scenario; or ask again what is kept."""
        kept = {f"kept:{each.name}": each for each in saved_plans(self.folder) if each.asked}
        choices = [("", f"{AS_PLANNED}, nothing laid over it")]
        choices += [(f"over:{name}", visible(name)) for name in scenario_names(self.planned.year)]
        choices += [(key, f"{visible(each.name)}: kept, {visible(_when(each))}") for key, each in kept.items()]

        def picked(key: str | None) -> None:
            if key is None:
                return
            if key in kept:
                self._asked(_state_of(kept[key], self.state))
                self._tell_of_inputs(kept[key])
            else:
                self._asked(replace(self.state, scenario=key.removeprefix("over:")))

        now = f"over:{self.state.scenario}" if self.state.scenario else ""
        self.push_screen(Pick("Start from", choices, now, "Your changes are laid over it."), picked)

    def _tell_of_inputs(self, kept: SavedPlan) -> None:
        """Say where what is asked again does not rest on the same files."""
        now = {file.name: file.sha256 for file in self.planned.year.inputs}
        differ = sorted(name for name in {*now, *kept.inputs} if now.get(name) != kept.inputs.get(name))
        if differ:
            names = visible(", ".join(differ))
            self.notify(f"Other than when it was kept: {names}", title="The inputs have changed", markup=False)

    def action_since(self) -> None:
        """From which month the changes count."""
        choices: list[tuple[str, str]] = []
        for year in self.questions.end.plan.years:
            for period in range(1, MONTHS + 1):
                month = date(year.start + (period + 2) // 12, (period + 2) % 12 + 1, 1)
                key = f"{year}" if period == 1 else f"{year} {period_name(period)}"
                choices.append((key, f"{month:%B %Y}".ljust(17) + f"{year.on_screen} {period_name(period)}"))
        now = self.state.since or choices[0][0]
        note = "A saving is changed as a whole, whatever the month."

        def picked(key: str | None) -> None:
            if key is not None:
                self._asked(replace(self.state, since="" if key == choices[0][0] else key))

        self.push_screen(Pick("The changes count from", choices, now, note), picked)

    def action_savings(self) -> None:
        """Which savings the position counts."""
        choices = [(view, f"as {view}") for view in ("planned", "forecast", "weighted")]

        def picked(key: str | None) -> None:
            for view in ("planned", "forecast", "weighted"):
                if key == view:
                    self._asked(replace(self.state, view=view))

        self.push_screen(Pick("Count savings", choices, self.state.view), picked)

    def action_compare(self) -> None:
        """Up to four scenarios side by side."""
        try:
            plans = dict(self._plans())
        except ValueError as error:
            self.complain(str(error))
            return
        names = list(plans)
        self.push_screen(CompareView(self.questions.end, plans, [ON_SCREEN, *names[1:]]))

    def _plans(self) -> Iterator[tuple[str, Balances]]:
        """What is on the screen, the folder's own, and those that are kept of the same years."""
        yield ON_SCREEN, self.answer.setting.balances
        end = self.planned if self.planned.plan.view == self.state.view else self.questions.end
        yield from scenario_balances(end).items()
        for kept in saved_plans(self.folder):
            if kept.model.years == self.questions.end.plan.years:
                yield kept.name, kept.model.balances()

    def action_target(self) -> None:
        """What it takes to reach a target, from what is on the screen."""
        state, questions = self.state, self.questions
        lines = {start.id: start.label for start in questions.end.plan.basis.expenditure}
        self.push_screen(TargetView(lambda: questions.changed_year(state), questions.end.plan.years, lines))

    def action_save(self) -> None:
        """Keep what is on the screen under a name."""

        def what(name: str) -> str:
            path = path_of(self.folder, name) if name.strip() else self.folder / "plans" / "NAME.json"
            return (
                f"Writes {path}: the changes, every figure, who asks, when, and the SHA-256 of each workbook. "
                "The workbooks are not touched."
            )

        def named(found: tuple[str, str] | None) -> None:
            if found:
                self._keep(*found)

        self.push_screen(Keep(what, lambda name: why_not_named(name, self.planned, self.folder)), named)

    def _keep(self, name: str, by: str) -> None:
        now = datetime.now().astimezone()
        asked = AskedOf(self.state.texts, self.state.since, self.state.scenario, f"{now:%Y-%m-%dT%H:%M}")
        try:
            end = self.questions.changed_year(self.state)
            path = save_plan(self.folder, end, name, by, now.date(), asked)
        except OSError as error:
            self.notify(f"It is not kept: {error.strerror or error}", severity="error", markup=False)
        else:
            self.notify(f"Kept in {path}", markup=False)

    def action_export(self) -> None:
        """The answer as a file."""
        year = f"{self.planned.year.body.year}"
        choices = [
            (ending, f"{words}   {export.path_of(ending, year)}") for ending, (words, _) in export.FORMATS.items()
        ]

        def picked(ending: str | None) -> None:
            if ending is None:
                return
            try:
                path = export.export(self.questions.statement(self.state), ending, year)
            except OSError as error:
                self.notify(f"Nothing is written: {error.strerror or error}", severity="error", markup=False)
            else:
                self.notify(f"Written to {path}", markup=False)

        self.push_screen(Pick("Write the answer as", choices, "", "A file of that name is replaced."), picked)

    @on(DataTable.CellSelected, "#plan")
    def trace(self) -> None:
        """Enter on a figure of the plan: where it comes from."""
        asked = self.query_one(PlanTable).figure_at_cursor()
        if asked is None:
            return
        row_id, place, is_base = asked
        year, state, questions = self.questions.end.plan.years[place], self.state, self.questions
        if row_id == CHANCE:
            self.notify("From 100,000 trials of what the folder says is uncertain: breakeven simulate has more.")
            return
        which = "as it stands" if is_base else "changed"
        title = f"{row_id.replace('_', ' ')} {year.on_screen}, {which}"
        work = (lambda: questions.end) if is_base else (lambda: questions.changed_year(state))
        self.push_screen(TraceView(f"plan/{row_id}/{year}", title, work))


def _state_of(kept: SavedPlan, now: State) -> State:
    """The question that a kept scenario answers."""
    if kept.asked is None:
        return now
    changes = tuple((lever, said) for lever, _, said in (text.partition("=") for text in kept.asked.changes))
    return State(changes, kept.asked.since, kept.asked.scenario, kept.model.view)


def _when(kept: SavedPlan) -> str:
    return (kept.asked.at if kept.asked else "").replace("T", " ")
