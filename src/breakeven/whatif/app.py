"""The what-if screen: levers on the left, the plan on the right, what each change does beneath. It does no sums."""

import asyncio
import re
import shlex
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label, Static

from breakeven.findings import visible
from breakeven.pipeline.questions import AS_PLANNED
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.compare import Comparison
from breakeven.whatif import lever_rows
from breakeven.whatif.background import Background, Worked
from breakeven.whatif.changes import ChangesTable, DeficitChart
from breakeven.whatif.keys import KEYS, THEMES, KeyBar
from breakeven.whatif.lever_rows import AskBox, LeverInput, LeverPane, LeverRow
from breakeven.whatif.levers import (
    Lever,
    all_levers,
    as_planned,
    lever_of,
    levers_that_matter,
    searched,
    stepped,
    steps_away,
)
from breakeven.whatif.plan_table import PlanTable, Shown
from breakeven.whatif.question import Answer, Chances, Questions
from breakeven.whatif.state import History, State
from breakeven.whatif.windows import Windows

BEFORE_CHANCE = 0.3
"""Seconds for which nothing is typed before the chance of break-even is worked out."""

_BEGUN = re.compile(r"[\s+\-−£x×.to]*", re.IGNORECASE)
"""What may be typed before the first digit: no change yet, and no mistake either."""


class WhatIf(Windows, App[None]):
    """The screen. Every figure on it is an answer of ``Questions`` to the state that stands."""

    TITLE = "breakeven what-if"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]  # noqa: RUF012  (as inherited)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012  (as inherited)
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, planned: YearEnd, folder: Path, state: State | None = None) -> None:
        """planned: the plan of a folder as it stands. Raises ValueError where the state cannot be asked of it."""
        super().__init__()
        self.planned, self.folder = planned, folder
        self.history = History(state or State())
        self.questions = Questions.of(planned, self.state)
        self.answer: Answer = self.questions.answer(self.state)
        self.levers = all_levers(planned)
        self.shown_levers = levers_that_matter(planned, self.levers)
        self.shown = Shown()
        self.known_chances: dict[State, Chances] = {}
        self.looked_at: Lever | None = None
        self._typing = ""
        """The lever whose typing has changed the state that stands."""
        self._changes = Background(self, "changes")
        self._chance = Background(self, "chance", wait=BEFORE_CHANCE)
        self._told: State | None = None
        self._words = ""
        self._showing = asyncio.Lock()

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

    async def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.query_one(LeverPane).border_title = "Levers"
        self.query_one(AskBox).focus()
        await self._show_levers("")
        self.call_after_refresh(self.show_answer)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_answer)

    # Asking ---------------------------------------------------------------------------------------------------

    def ask(self, state: State, *, going_on: bool = False) -> str:
        """Put another question, and show the answer. Returns why it cannot be asked; blank where it can."""
        try:
            plans_differ = (state.scenario, state.view) != (self.state.scenario, self.state.view)
            questions = Questions.of(self.planned, state) if plans_differ else self.questions
            answer = questions.answer(state)
        except (ValueError, ArithmeticError) as error:
            return str(error)
        self.history = self.history.asking(state, going_on=going_on)
        self.questions, self.answer = questions, answer
        self.complain("")
        self.show_answer()
        return ""

    def go(self, history: History) -> None:
        """Put a question again that was put before."""
        self._typing = ""
        self.questions = Questions.of(self.planned, history.now)
        self.answer = self.questions.answer(history.now)
        self.history = history
        self.complain("")
        self.show_answer()
        self.show_levers_again()

    def on_typed(self, event: lever_rows.Typed) -> None:
        """A figure is being typed: the plan follows each key."""
        lever, said = event.lever, event.said.strip()
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
            self.say_of(lever)

    def on_entered(self, event: lever_rows.Entered) -> None:
        """What was typed is meant: the next figure is a change of its own."""
        self._typing = ""
        if row := self._row(event.lever):
            if row.query_one(LeverInput).has_class("-wrong"):
                return
            self._show_row(row)

    def on_left(self, event: lever_rows.Left) -> None:
        """What is not understood is put back as it was."""
        self._typing = ""
        if row := self._row(event.lever):
            self.complain("")
            self._show_row(row)

    def on_looked(self, event: lever_rows.Looked) -> None:
        """Say what a lever is."""
        self.looked_at = event.lever
        self.say_of(event.lever)

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
        if row := self._row(lever):
            self._show_row(row)
        self.say_of(lever)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """What is asked in the box: changes, or the first lever that was found."""
        said = event.value.strip()
        if not said:
            self.action_lever(1)
            return
        texts = changes_in(said)
        if not texts:
            if self.query_one(LeverPane).inputs:
                self.query_one(LeverPane).inputs[0].focus()
            return
        try:
            state, span = self.state, self.questions.span(self.state)
            for text in texts:
                lever, value = lever_of(text, self.levers, self.questions.end, span)
                state = state.with_change(lever.id, value)
                if lever.id not in {each.id for each in self.shown_levers}:
                    self.shown_levers = [*self.shown_levers, lever]
        except ValueError as error:
            self.complain(str(error))
            return
        if why := self.ask(state):
            self.complain(why)
            return
        event.input.value = ""
        await self._show_levers("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """A word in the box finds levers."""
        if event.input.id == "ask":
            self.complain("")
            self._find("" if changes_in(event.value) or "=" in event.value else event.value)

    @work(group="find")
    async def _find(self, words: str) -> None:
        await self._show_levers(words)

    # Showing --------------------------------------------------------------------------------------------------

    def show_answer(self) -> None:
        """Show what the plan comes to; what takes longer follows, and until then is marked."""
        end, state, rows = self.questions.end, self.state, self.answer.rows
        self.query_one("#title", Static).update(self._heading())
        self.query_one("#command", Static).update(f"$ {state.command(str(self.folder))}")
        table = self.query_one(PlanTable)
        untouched = state.without_changes()
        chances = self.known_chances.get(untouched), self.known_chances.get(state if state.changes else untouched)
        room = table.size.width - 1
        table.show_plan(rows, end.plan.years, chances, self.shown, room)
        table.border_subtitle = "illustrative" if end.plan_is_illustrative else ""
        closing = next(row for row in rows if row.id == "closing_balance")
        self.query_one(DeficitChart).show(closing, end.plan.years)
        if self._told != state:
            self._mark_waiting(waiting=True)
            self._changes.ask(state, lambda: self.questions.comparison(state))
        self._ask_chance()

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
                self._told = self.state
                table = self.query_one(ChangesTable)
                table.show_changes(event.answer, table.size.width - 1)
                self.query_one("#answer", Static).update("\n".join(self.questions.words(event.answer, self.state)))
                self._mark_waiting(waiting=False)
        elif event.kind == "chance" and isinstance(event.question, State):
            self.known_chances[event.question] = event.answer or ()
            self._chance.done()
            self.show_answer()

    def complain(self, message: str, lever: Lever | None = None) -> None:
        """Say in place why something cannot be; nothing where there is no message."""
        place, say = self.query_one("#complaint", Label), self.query_one("#say", Static)
        row = self._row(lever) if lever else None
        place.set_class(bool(row and message), "-shown")
        say.set_class(bool(message), "-wrong")
        for each in self.query(LeverInput):
            each.set_class(bool(message) and each.lever == lever, "-wrong")
        if row and message:
            place.update(message)
            self.query_one(LeverPane).move_child(place, after=row)
        if message:
            said = self.state.said(lever.id) if lever else ""
            instead = f"the figures {f'still have {said}' if said else 'are without it'}" if lever else ""
            say.update(f"{lever.name} is not understood: {instead}" if lever else message)
        elif self.looked_at:
            self.say_of(self.looked_at)

    def say_of(self, lever: Lever) -> None:
        """Say what a lever is, as planned and now, and how far it steps."""
        span = self.questions.span(self.state)
        planned = as_planned(lever, self.questions.base, span) or "not given"
        now = as_planned(lever, self.answer.setting, span)
        moved = f", {now} now" if now not in {planned, ""} and self.state.said(lever.id) else ""
        self.query_one("#say", Static).update(f"{lever.name}: {planned} as planned in {span[0].on_screen}{moved}")

    def show_levers_again(self) -> None:
        """Show in each lever what the state says of it."""
        for row in self.query(LeverRow):
            self._show_row(row)

    def _show_row(self, row: LeverRow) -> None:
        said, span = self.state.said(row.lever.id), self.questions.span(self.state)
        now = as_planned(row.lever, self.questions.base, span)
        row.show(said, now, steps_away(row.lever, said, self.questions.base, self.questions.end, span))

    def _row(self, lever: Lever) -> LeverRow | None:
        return self.query_one(LeverPane).row(lever.id)

    async def _show_levers(self, words: str) -> None:
        self._words = words
        async with self._showing:
            if words != self._words:
                return  # something else is searched for by now
            found: Sequence[Lever] = searched(self.levers, words) if words.strip() else self.shown_levers
            await self.query_one(LeverPane).show(found, by_name=bool(words.strip()))
            self.show_levers_again()

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


def changes_in(said: str) -> list[str]:
    """The changes among what was typed in the box: ``residential=+5 pay=4%``, ``residential +5``; none of a name."""
    text = re.sub(r"\s*=\s*", "=", said.strip())
    if "=" not in text:
        text = re.sub(r"\s+(?=(?:to\s+)?[+\-−£x×]*\.?\d)", "=", text)
    if "=" not in text:
        return []
    with suppress(ValueError):  # an apostrophe of a name
        text = " ".join(shlex.split(text))
    return [each.strip(" ,;") for each in re.split(r"[\s,;]+(?=[^\s=]+=)", text) if each.strip(" ,;")]
