"""What it takes to reach a target: the goal, the lines that are held, the saving of each priority and line."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.console import Console
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, SelectionList
from textual.widgets.option_list import Option

from breakeven.findings import visible
from breakeven.periods import Year
from breakeven.pipeline.questions import savings_targets, solve
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.asked import Asked
from breakeven.plan.goals import Goal, parse_goal
from breakeven.report import terminal
from breakeven.report.solve import shares_statement, solution_statement, targets_statement
from breakeven.report.statement import Statement
from breakeven.whatif.background import Background, Worked
from breakeven.whatif.page import Page
from breakeven.whatif.ticks import TickList


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal, and the lines that are not to save."""

    goal: Goal
    held: tuple[str, ...] = ()


def aims(years: tuple[Year, ...]) -> list[Goal]:
    """The goals that are offered: to break even in each year, and to be out of deficit by the end of each."""
    return [Goal(measure, year) for measure in ("position", "closing") for year in years]


def reached(end: YearEnd, aim: Aim) -> tuple[Statement, ...]:
    """What it takes: the further saving; by priority where no line is held; and by line where some are. ValueError."""
    asked = Asked(held=aim.held)
    found = solve(end, aim.goal, "saving", asked)
    state, notes = f"what is on the screen, savings as {end.plan.view}", end.year.body.notes
    told = [replace(solution_statement([found], end), state=state, notes=notes)]
    targets = savings_targets(end, aim.goal)
    told.append(targets_statement(targets, end, end.plan.view))
    if found.lever.bearers and found.value:
        told.append(shares_statement(found, end))
    return tuple(told)


class TargetView(ModalScreen[None]):
    """A goal to pick, lines to hold, and what is needed."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Close")]

    def __init__(self, year: Callable[[], YearEnd], years: tuple[Year, ...], lines: dict[str, str]) -> None:
        """year: works out the plan that is on the screen. lines: those of expenditure, labels by id."""
        super().__init__()
        self._year, self._years, self._lines = year, years, lines
        self._goals = aims(years)
        self._end: YearEnd | None = None
        self.aim: Aim | None = None
        self.work = Background(self, "target", wait=0.1)

    def compose(self) -> ComposeResult:
        with Vertical(classes="window tall wide") as window:
            window.border_title = "What it takes, on top of what is on the screen"
            window.border_subtitle = "Up and down pick a goal, Space holds a line, Esc closes"
            with Horizontal():
                with Vertical(classes="choices"):
                    yield Label("Goal", classes="section")
                    yield OptionList(*(Option(_in_words(goal)) for goal in self._goals), compact=True, markup=False)
                    yield Input(placeholder="or balance=-5m", compact=True)
                    yield Label("", classes="note", markup=False)
                    yield Label("Held: these do not save", classes="section")
                    choices = [(visible(label), line) for line, label in self._lines.items()]
                    yield TickList(*choices, compact=True)
                yield Page()

    def on_mount(self) -> None:
        choices = self.query_one(OptionList)
        choices.highlighted = 0
        choices.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if not isinstance(event.option_list, SelectionList):
            with self.prevent(Input.Changed):
                self.query_one(Input).value = ""
            self._ask_again()

    def on_selection_list_selected_changed(self) -> None:
        self._ask_again()

    def on_input_changed(self) -> None:
        self._ask_again()

    def _ask_again(self) -> None:
        """Ask what is typed, or else what is picked; what cannot be read has no answer."""
        note, typed = self.query_one(".note", Label), self.query_one(Input).value
        said, _, year = typed.partition(" in ")
        why = ""
        try:
            picked = self._goals[self.query_one(OptionList).highlighted or 0]
            goal = parse_goal(said, year.strip() or None, self._years) if typed.strip() else picked
            self._ask(Aim(goal, tuple(self.query_one(TickList).selected)))
        except ValueError as error:
            why = str(error)
            self.aim = None
            self.query_one(Page).say("What is typed is no goal yet, so that there is no answer.")
        note.update(why)
        note.set_class(bool(why), "-wrong")

    def _ask(self, aim: Aim) -> None:
        self.aim = aim
        self.query_one(Page).say("Being worked out ...")

        def work() -> tuple[Statement, ...]:
            self._end = self._end or self._year()
            return reached(self._end, aim)

        self.work.ask(aim, work)

    def on_worked(self, event: Worked) -> None:
        event.stop()
        self.work.done()
        if event.question != self.aim:
            return
        page, told = self.query_one(Page), event.answer
        if event.error:
            page.say(event.error[:1].upper() + event.error[1:] + ".")
            return

        def draw(console: Console) -> None:
            terminal.draw(told[0], console, beneath=told[1:])

        page.show(draw)


def _in_words(goal: Goal) -> str:
    if goal.measure == "position":
        return f"Break even in {goal.year.on_screen}"
    return f"Clear by {goal.year.last_day:%d %B %Y}"
