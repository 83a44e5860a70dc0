"""The what-if screen: levers on the left, the plan on the right, what each change does beneath. It does no sums."""

import re
import time
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from breakeven.findings import visible
from breakeven.pipeline.questions import AS_PLANNED
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.compare import Comparison
from breakeven.report.figures import ILLUSTRATIVE
from breakeven.whatif import lever_rows
from breakeven.whatif.asking import Asking
from breakeven.whatif.background import Background, Worked
from breakeven.whatif.changes import ChangesTable, DeficitChart
from breakeven.whatif.keys import KEYS, ON_DARK, ON_LIGHT, THEMES, KeyBar
from breakeven.whatif.lever_rows import AskBox, LeverInput, LeverPane
from breakeven.whatif.levers import Lever, all_levers, levers_that_matter, stepped
from breakeven.whatif.plan_table import PlanTable, Shown
from breakeven.whatif.question import Answer, Chances, Questions
from breakeven.whatif.state import History, State

AFTER_PAINTING = 0.05
"""Seconds that the screen has to show the plan before what each change does is worked out."""

BEFORE_CHANCE = 0.3
"""Seconds for which nothing is typed before the chance of break-even is worked out."""

_BEGUN = re.compile(r"[\s+\-−£x×.to]*", re.IGNORECASE)
"""What may be typed before the first digit: no change yet, and no mistake either."""


class WhatIf(Asking):
    """The screen. Every figure on it is an answer of ``Questions`` to the state that stands."""

    TITLE = "breakeven what-if"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (80, "-narrow"), (100, "-normal"), (160, "-wide")]  # noqa: RUF012  (as inherited)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (24, "-short"), (34, "-tall"), (52, "-high")]  # noqa: RUF012  (as inherited)
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, planned: YearEnd, folder: Path, state: State | None = None) -> None:
        """planned: the plan of a folder as it stands. Raises ValueError where the state cannot be asked of it."""
        super().__init__()
        self.planned, self.folder = planned, folder
        self.history = History(state or State())
        self.questions = Questions.of(planned, self.state)
        self.answer: Answer = self.questions.answer(self.state)
        self.levers = all_levers(planned)
        self._by_id = {each.id: each for each in self.levers}
        self.shown_levers = levers_that_matter(planned, self.levers)
        self.shown = Shown()
        self.known_chances: dict[State, Chances] = {}
        self.looked_at: Lever | None = None
        self._typing = ""
        """The lever whose typing has changed the state that stands."""
        self._changes = Background(self, "changes", wait=AFTER_PAINTING)
        self._chance = Background(self, "chance", wait=BEFORE_CHANCE)
        self._told: State | None = None
        self._found: Comparison | None = None

    @property
    def state(self) -> State:
        """The question that stands."""
        return self.history.now

    @property
    def is_settled(self) -> bool:
        """Whether everything that is asked is answered."""
        return not (self._changes.is_busy or self._chance.is_busy)

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield AskBox()
        yield Static(id="say", markup=False)
        with Horizontal(id="above"):
            yield LeverPane()
            yield PlanTable()
        yield Static(id="answer", markup=False)
        with Horizontal(id="below"):
            yield ChangesTable()
            yield DeficitChart()
        yield Static(id="command", markup=False)
        yield KeyBar()
        yield Static("This window is too small: the screen needs 80 columns and 24 lines.", id="small", markup=False)

    async def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.ansi_theme_dark, self.ansi_theme_light = ON_DARK, ON_LIGHT
        self.query_one(LeverPane).border_title = "Levers"
        self.query_one(AskBox).focus()
        await self.show_levers("")
        self.call_after_refresh(self.show_answer)

    def on_figures_table_resized(self) -> None:
        self.show_answer()
        self._show_changes()

    # Asking ---------------------------------------------------------------------------------------------------

    def ask(self, state: State, *, going_on: bool = False) -> str:
        """Put another question, and show the answer. Returns why it cannot be asked; blank where it can."""
        try:
            plans_differ = (state.scenario, state.view) != (self.state.scenario, self.state.view)
            questions = Questions.of(self.planned, state) if plans_differ else self.questions
            begun = time.perf_counter()
            answer = questions.answer(state)
        except (ValueError, ArithmeticError) as error:
            return str(error)
        taken = time.perf_counter() - begun  # of a large plan, so that the next key is not kept waiting
        self._changes.wait, self._chance.wait = max(AFTER_PAINTING, 3 * taken), max(BEFORE_CHANCE, 6 * taken)
        self.history = self.history.asking(state, going_on=going_on)
        self.questions, self.answer = questions, answer
        self._news = ""
        self.complain("")
        self.show_answer()
        return ""

    def go(self, history: History) -> None:
        """Put a question again that was put before."""
        self._typing = ""
        self.questions = Questions.of(self.planned, history.now)
        self.answer = self.questions.answer(history.now)
        self.history, self._news = history, ""
        self.complain("")
        self.show_answer()
        self.show_levers_again()

    def on_typed(self, event: lever_rows.Typed) -> None:
        """A figure is being typed: the plan follows each key."""
        lever, said = event.lever, event.said.strip()
        if lever_rows.is_question(said):
            self.complain("")
            self.tell("Enter asks this of the whole plan")
            return
        if said and _BEGUN.fullmatch(said):
            return
        state = self.state.with_change(lever.id, lever.said(said) if said else "")
        if state == self.state:
            self.complain("")
            return
        if why := self.ask(state, going_on=self._typing == lever.id):
            self.complain(why, lever)
        else:
            self._typing = lever.id

    def on_entered(self, event: lever_rows.Entered) -> None:
        """What was typed is meant: the next figure is a change of its own."""
        self._typing = ""
        if lever_rows.is_question(event.said):
            self.put(event.said)
        elif row := self.row_of(event.lever):
            if row.query_one(LeverInput).has_class("-wrong"):
                return
            self.show_row(row)

    def on_left(self, event: lever_rows.Left) -> None:
        """What is not understood is put back as it was."""
        self._typing = ""
        if row := self.row_of(event.lever):
            if self._wrong_at == event.lever:
                self.complain("")
            self.show_row(row)

    def on_stepped(self, event: lever_rows.Stepped) -> None:
        """One step, or as many as a handle is dragged."""
        lever = event.lever
        said = self.state.said(lever.id) if event.dragged_from is None else event.dragged_from
        try:
            after = stepped(lever, said, event.steps, self.questions.end, self.questions.span(self.state))
        except ValueError as error:
            self.complain(str(error), lever)
            return
        is_dragged = event.dragged_from is not None
        going_on = is_dragged and self._typing == lever.id
        state = self.state.with_change(lever.id, after)
        if state != self.state and (why := self.ask(state, going_on=going_on)):
            self.complain(why, lever)
            return
        self._typing = lever.id if is_dragged else ""
        if row := self.row_of(lever):
            self.show_row(row)

    # Showing --------------------------------------------------------------------------------------------------

    def show_answer(self) -> None:
        """Show what the plan comes to; what takes longer follows, and until then is marked."""
        end, state, rows = self.questions.end, self.state, self.answer.rows
        self.query_one("#title", Static).update(self._heading(), layout=False)
        self.say_now()
        self.query_one("#command", Static).update(f"$ {state.command(str(self.folder))}", layout=False)
        table = self.query_one(PlanTable)
        untouched = state.without_changes()
        chances = self.known_chances.get(untouched), self.known_chances.get(state if state.changes else untouched)
        room = table.size.width - 1
        table.show_plan(rows, end.plan.years, chances, self.shown, room)
        mark = f" {ILLUSTRATIVE}" if end.plan_is_illustrative else ""
        told = f",{mark} illustrative" if mark else ""
        table.border_title = f"Plan{told}{'; F6: other years' if table.hides_years else ''}"
        self.query_one(ChangesTable).border_title = f"What each change does{mark}"
        self.query_one(DeficitChart).border_title = f"Deficit at 31 March, £m{mark}"
        closing = next(row for row in rows if row.id == "closing_balance")
        self.query_one(DeficitChart).show(closing, end.plan.years, state.scenario)
        if self._told != state:
            self._mark_waiting(waiting=True)
            questions = self.questions
            self._changes.ask(state, lambda: questions.comparison(state))
        self._ask_chance()

    def _show_changes(self) -> None:
        """Show what each change does, as far as it is known."""
        table = self.query_one(ChangesTable)
        if self._found:
            table.show_changes(self._found, table.size.width - 1)

    def _mark_waiting(self, *, waiting: bool) -> None:
        """Dim what is of another question than the one that stands, until it is worked out."""
        for each in ("#changes", "#answer"):
            self.query_one(each).set_class(waiting, "-waiting")

    def _ask_chance(self) -> None:
        """Have the chance worked out that is not known yet: of what is asked, then of the plan as it stands."""
        state, questions, setting = self.state, self.questions, self.answer.setting
        untouched = state.without_changes()
        if state.changes and state not in self.known_chances:
            self._chance.ask(state, lambda: questions.chances(setting))
        elif untouched not in self.known_chances:
            self._chance.ask(untouched, lambda: questions.chances(questions.base))

    def on_worked(self, event: Worked) -> None:
        """Something that takes longer is there; what is no longer asked is not shown."""
        if event.kind == "changes":
            self._changes.done()
            if event.question == self.state and isinstance(event.answer, Comparison):
                self._told, self._found = self.state, event.answer
                self._show_changes()
                words = "\n".join(self.questions.words(event.answer, self.state))
                self.query_one("#answer", Static).update(words, layout=False)
                self._mark_waiting(waiting=False)
        elif event.kind == "chance" and isinstance(event.question, State):
            self.known_chances[event.question] = event.answer or ()
            self._chance.done()
            self.show_answer()

    def _heading(self) -> str:
        state, end = self.state, self.questions.end
        since = state.since or f"{end.plan.years[0]}"
        parts = [
            "What if?", f"on: {visible(state.scenario or AS_PLANNED)}", f"changes from {since}",
            f"savings as {state.view}", visible(end.year.body.name),
        ]  # fmt: skip
        while len(" | ".join(parts)) > self.size.width - 2 and len(parts) > 2:
            parts.pop()
        return " | ".join(parts)
