"""The left of the screen: which levers are shown, what each says, and what is wrong with it."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from textual import work
from textual.widgets import Label, Static

from breakeven.findings import visible
from breakeven.ledger.changes import Span
from breakeven.ledger.scenarios import OF_THE_WHOLE
from breakeven.whatif import lever_rows
from breakeven.whatif.lever_rows import LeverInput, LeverPane, LeverRow
from breakeven.whatif.levers import Lever, searched
from breakeven.whatif.plan_table import PlanTable
from breakeven.whatif.question import Questions
from breakeven.whatif.stands import stands, steps_away, understood
from breakeven.whatif.windows import Windows
from breakeven.whatif.words import example_of

_QUOTED = re.compile(r"^(['\"]).*?\1: ")
"""What a message says again of what was typed, which stands above it."""


LISTED = "; and more, listed below"


def _in_two_lines(words: str, width: int) -> str:
    """Words that two lines hold; what of a list has no room is said to be missing."""
    room = 2 * width - 12  # words that do not fit at the end of a line leave it short
    if len(words) <= room or "; " not in words[:room]:
        return words
    return words[: room - len(LISTED)].rpartition("; ")[0] + LISTED


class LeverSide(Windows):
    """The screen, as far as its levers go."""

    levers: Sequence[Lever]
    shown_levers: Sequence[Lever]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._words = self._wrong = self._news = ""
        self._wrong_at: Lever | None = None
        """The lever at which something wrong is typed; None where it was in the box."""
        self._by_id: dict[str, Lever] = {}
        self._planned_of: tuple[Questions, Span] | None = None
        self._planned_texts: dict[str, str] = {}
        self._showing = asyncio.Lock()

    def on_looked(self, event: lever_rows.Looked) -> None:
        """Say what a lever is."""
        self.looked_at = event.lever

    def on_gone_back(self) -> None:
        self.action_go_to("ask")

    def on_descendant_focus(self) -> None:
        """What is said is of where one is."""
        if len(self.screen_stack) == 1:
            self._news = ""
            self.say_now()

    def on_plan_table_moved(self) -> None:
        self.say_now()

    def complain(self, message: str, lever: Lever | None = None) -> None:
        """Say in place why something cannot be; nothing where there is no message."""
        if not message and not self._wrong:
            return
        self._wrong_at = lever if message else None
        place, row = self.query_one("#complaint", Label), self.row_of(lever) if lever else None
        place.set_class(bool(row and message), "-shown")
        for each in self.query(LeverInput):
            each.set_class(bool(message) and each.lever == lever, "-wrong")
        if row and message:
            place.update(_QUOTED.sub("", message))
            self.query_one(LeverPane).move_child(place, after=row)
        said = self.state.said(lever.id) if lever else ""
        instead = f"the figures {f'still have {said}' if said else 'are without it'}"
        self._wrong = f"{lever.name} is not understood: {instead}" if lever and message else message
        self.say_now()

    def tell(self, news: str) -> None:
        """Say what was done, until something else is."""
        self._news = news
        self.say_now()

    def say_now(self) -> None:
        """Say what is wrong; or what was done; or else of where one is, so that nothing said outlives its cause."""
        say = self.query_one("#say", Static)
        words = _in_two_lines(self._wrong or self._news or self._said_here(), self.size.width - 2)
        was_long = say.has_class("-long")
        say.set_class(bool(self._wrong), "-wrong")
        say.set_class(len(words) > self.size.width - 2, "-long")
        say.update(words, layout=was_long or say.has_class("-long"))

    def _said_here(self) -> str:
        """What a lever is, or what a row of the plan means; in the box what was understood of the question."""
        here = self.screen_stack[0].focused
        if isinstance(here, LeverInput):
            return self._of_lever(here.lever)
        if isinstance(here, PlanTable):
            return here.meaning
        return self.understood

    @property
    def understood(self) -> str:
        """What the question was taken for."""
        span = self.questions.span(self.state)
        return understood(self.state, self._by_id, (self.questions.base, self.answer.setting), span)

    def _of_lever(self, lever: Lever) -> str:
        """What it is, as planned and now, and how it is typed in the box where there is room to say it."""
        span, scenario = self.questions.span(self.state), visible(self.state.scenario)
        planned = stands(lever, self.questions.base, span).by_year
        now = stands(lever, self.answer.setting, span).by_year if self.state.said(lever.id) else planned
        when = f" {'from' if ', ' in planned else 'in'} {span[0].on_screen}" if lever.what not in OF_THE_WHOLE else ""
        where = f"in {scenario}{when and ','}" if scenario else "as planned"
        said = f"{lever.name}: {planned or 'not given'} {where}{when}"
        said += f", {now} now" if now != planned else ""
        typed = f"   In the box: {example_of(lever)}"
        return said + (typed if len(said + typed) < self.size.width - 1 else "")

    def show_levers_again(self) -> None:
        """Show in each lever what the state says of it."""
        for row in self.query_one(LeverPane).rows:
            self.show_row(row)

    def show_row(self, row: LeverRow) -> None:
        """Show in one of them."""
        lever, base = row.lever, self.questions.base
        said, span = self.state.said(lever.id), self.questions.span(self.state)
        now = stands(lever, self.answer.setting, span).in_short if said else ""
        steps = steps_away(lever, said, base, self.questions.end, span)
        row.show(said, self._planned(lever, span), now, steps)

    def _planned(self, lever: Lever, span: Span) -> str:
        """What it is as planned; worked out once for a plan and a time."""
        if self._planned_of != (self.questions, span):
            self._planned_of, self._planned_texts = (self.questions, span), {}
        if lever.id not in self._planned_texts:
            self._planned_texts[lever.id] = stands(lever, self.questions.base, span).in_short
        return self._planned_texts[lever.id]

    def row_of(self, lever: Lever) -> LeverRow | None:
        """The row of a lever; None where it is not shown."""
        return self.query_one(LeverPane).row(lever.id)

    async def show_levers(self, words: str) -> None:
        """Show the levers that some words find; those that matter where there are none."""
        self._words = words
        async with self._showing:
            if words != self._words:
                return  # something else is searched for by now
            found: Sequence[Lever] = searched(self.levers, words) if words.strip() else self.shown_levers
            await self.query_one(LeverPane).show(found, by_name=bool(words.strip()))
            self.show_levers_again()

    @work(group="find")
    async def find(self, words: str, *, go: bool = False) -> None:
        """The same while somebody types: what waited for it would keep the levers from coming. go: to the first."""
        await self.show_levers(words)
        if go and words == self._words and (inputs := self.query_one(LeverPane).inputs):
            inputs[0].focus()
