"""The windows in which something more is asked, and what follows from them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from textual import on
from textual.app import App, SystemCommand
from textual.screen import ModalScreen, Screen
from textual.widgets import DataTable

from breakeven.findings import visible
from breakeven.periods import period_name
from breakeven.pipeline.questions import AS_PLANNED, scenario_balances
from breakeven.pipeline.year_end import scenario_names
from breakeven.plan.model import Balances
from breakeven.report.saved_plan import AskedOf, SavedPlan, path_of, save_plan, saved_plans, why_not_named
from breakeven.whatif import export
from breakeven.whatif.actions import Actions
from breakeven.whatif.compare_view import CompareView
from breakeven.whatif.dialogs import Help, Keep, Pick
from breakeven.whatif.plan_table import CHANCE, PlanTable
from breakeven.whatif.starts import months_of
from breakeven.whatif.state import State
from breakeven.whatif.target_view import TargetView
from breakeven.whatif.trace_view import TraceView

ON_SCREEN = "on the screen"


class Windows(Actions):
    """The actions that open a window."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a window is open, its own keys alone: nothing changes behind it."""
        own = {"quit", "help_quit", "copy_selected_text", "focus_next", "focus_previous", "colours", "dismiss"}
        if len(self.screen_stack) > 1 and hasattr(Windows, f"action_{action}") and action not in own:
            return hasattr(App, f"action_{action}")
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Everything that can be done, by name."""
        if isinstance(screen, ModalScreen):  # it is closed first
            return
        yield SystemCommand("Help", "How to ask, and what each key and row is", self.action_help)
        yield SystemCommand("Box", "Back to the box, to ask", lambda: self.action_go_to("ask"))
        yield SystemCommand("Undo", "Go back to the question before", self.action_undo)
        yield SystemCommand("Redo", "The question that was undone", self.action_redo)
        yield SystemCommand("Reset lever", "Take the change of the lever looked at last away", self.action_reset_one)
        yield SystemCommand("Reset all", "Take every change away", self.action_reset)
        yield SystemCommand("Scenario", "Start from another scenario, or ask a kept one again", self.action_scenario)
        yield SystemCommand("From which month", "From when the changes count", self.action_since)
        yield SystemCommand("Compare", "Up to four scenarios side by side", self.action_compare)
        yield SystemCommand("Target", "What it takes to break even or to clear the deficit", self.action_target)
        yield SystemCommand("Save", "Keep this as a named scenario", self.action_save)
        yield SystemCommand("Export", "The answer as a file", self.action_export)
        yield SystemCommand("Years", "The other years, where not all fit", self.action_years)
        yield SystemCommand("Colours", "Dark, light, high contrast", self.action_colours)
        yield SystemCommand("Lines", "Show or hide the lines beneath each category", self.action_lines)
        yield SystemCommand("Savings", "Count savings as planned, forecast or weighted", self.action_savings)
        yield SystemCommand("Unit", "Pounds, thousands or millions", self.action_unit)
        yield SystemCommand("Command line", self.state.command(str(self.folder)), self.action_copy_command)
        yield SystemCommand("Leave, or quit", "Nothing is written to the workbooks", self.action_quit)

    @property
    def understood(self) -> str:
        """What the question was taken for; as the screen does."""
        raise NotImplementedError

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
                self.asked(_state_of(kept[key], self.state))
                self._tell_of_inputs(kept[key])
            else:
                self.asked(replace(self.state, scenario=key.removeprefix("over:")))

        now = f"over:{self.state.scenario}" if self.state.scenario else ""
        self.push_screen(Pick("Start from", choices, now, "Your changes are laid over it."), picked)

    def _tell_of_inputs(self, kept: SavedPlan) -> None:
        """Say where what is asked again does not rest on the same files."""
        now = {file.name: file.sha256 for file in self.planned.year.inputs}
        differ = sorted(name for name in {*now, *kept.inputs} if now.get(name) != kept.inputs.get(name))
        if differ:
            self.tell(f"The inputs have changed since it was kept: {visible(', '.join(differ))}")

    def action_since(self) -> None:
        """From which month the changes count."""
        choices = [
            (key, f"{month:%B %Y}".ljust(17) + f"{year.on_screen} {period_name(period)}")
            for key, month, year, period in months_of(self.questions.end.plan.years)
        ]
        now = self.state.since or choices[0][0]
        note = "A saving is changed as a whole, whatever the month."

        def picked(key: str | None) -> None:
            if key is not None:
                self.asked(replace(self.state, since="" if key == choices[0][0] else key))

        self.push_screen(Pick("The changes count from", choices, now, note), picked)

    def action_savings(self) -> None:
        """Which savings the position counts."""
        choices = [(view, f"as {view}") for view in ("planned", "forecast", "weighted")]

        def picked(key: str | None) -> None:
            for view in ("planned", "forecast", "weighted"):
                if key == view:
                    self.asked(replace(self.state, view=view))

        self.push_screen(Pick("Count savings", choices, self.state.view), picked)

    def action_compare(self) -> None:
        """Up to four scenarios side by side."""
        try:
            plans = dict(self._plans())
        except ValueError as error:
            self.complain(str(error))
            return
        names = list(plans)
        over = [self.state.scenario] if self.state.scenario in plans else []
        chosen = dict.fromkeys([ON_SCREEN, *over, *names[1:]])
        self.push_screen(CompareView(self.questions.end, plans, list(chosen)))

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
            self.complain(f"it is not kept: {error.strerror or error}")
        else:
            self.tell(f"Kept in {visible(str(path))}")

    def action_export(self) -> None:
        """The answer as a file, or the whole report with the changes in it."""
        year = f"{self.planned.year.body.year}"
        choices = [
            *((ending, f"{words}   {export.path_of(ending, year)}") for ending, (words, _) in export.FORMATS.items()),
            *((ending, f"{words}   .{ending}") for ending, words in export.REPORT_FORMATS.items()),
        ]

        def picked(ending: str | None) -> None:
            if ending is None:
                return
            if ending in export.REPORT_FORMATS:
                self._report(ending)
                return
            try:
                path = export.export(self.questions.statement(self.state), ending, year)
            except OSError as error:
                self.complain(f"nothing is written: {error.strerror or error}")
            else:
                self.tell(f"Written to {path}")

        self.push_screen(Pick("Write the answer as", choices, "", "A file of that name is replaced."), picked)

    def _report(self, ending: str) -> None:
        """Write a report of the question that stands, while the next one may be asked."""
        questions, state, folder = self.questions, self.state, self.folder

        def written() -> None:
            try:
                path = export.export_report(questions.reported_year(state), folder, ending)
            except (ValueError, OSError) as error:
                self.call_from_thread(self.complain, f"nothing is written: {error}")
            else:
                self.call_from_thread(self.tell, f"Written to {path}")

        self.tell("The report is being written")
        self.run_worker(written, thread=True, group="report", exit_on_error=False)

    @on(DataTable.CellSelected, "#plan")
    def trace(self) -> None:
        """Enter on a figure of the plan: where it comes from."""
        asked = self.query_one(PlanTable).figure_at_cursor()
        if asked is None or len(self.screen_stack) > 1:  # a double click selects it twice
            return
        row_id, place, is_base = asked
        year, state, questions = self.questions.end.plan.years[place], self.state, self.questions
        if row_id == CHANCE:
            self.tell("From 100,000 trials of what the folder says is uncertain: breakeven simulate has more")
            return
        which = "as it stands" if is_base else "changed"
        changed = "" if is_base else self.understood
        title = f"{row_id.replace('_', ' ')} {year.on_screen}, {which}"
        work = (lambda: questions.end) if is_base else (lambda: questions.changed_year(state))
        self.push_screen(TraceView(f"plan/{row_id}/{year}", title, work, changed))


def _state_of(kept: SavedPlan, now: State) -> State:
    """The question that a kept scenario answers."""
    if kept.asked is None:
        return now
    changes = tuple((lever, said) for lever, _, said in (text.partition("=") for text in kept.asked.changes))
    return State(changes, kept.asked.since, kept.asked.scenario, kept.model.view)


def _when(kept: SavedPlan) -> str:
    return (kept.asked.at if kept.asked else "").replace("T", " ")
