"""The left of the screen: which levers are shown, what each says, and what is wrong with it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from textual import work
from textual.widgets import Label, Static

from breakeven.whatif import lever_rows
from breakeven.whatif.lever_rows import LeverInput, LeverPane, LeverRow
from breakeven.whatif.levers import Lever, as_planned, searched, steps_away
from breakeven.whatif.windows import Windows


class LeverSide(Windows):
    """The screen, as far as its levers go."""

    levers: Sequence[Lever]
    shown_levers: Sequence[Lever]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._words = ""
        self._showing = asyncio.Lock()

    def on_looked(self, event: lever_rows.Looked) -> None:
        """Say what a lever is."""
        self.looked_at = event.lever
        self.say_of(event.lever)

    def complain(self, message: str, lever: Lever | None = None) -> None:
        """Say in place why something cannot be; nothing where there is no message."""
        place, say = self.query_one("#complaint", Label), self.query_one("#say", Static)
        row = self.row_of(lever) if lever else None
        was_wrong = say.has_class("-wrong")
        if not was_wrong and not message:
            return
        say.set_class(bool(message), "-wrong")
        place.set_class(bool(row and message), "-shown")
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
        else:
            say.update("")

    def say_of(self, lever: Lever) -> None:
        """Say what a lever is, as planned and now, and how far it steps."""
        span = self.questions.span(self.state)
        planned = as_planned(lever, self.questions.base, span) or "not given"
        now = as_planned(lever, self.answer.setting, span)
        moved = f", {now} now" if now not in {planned, ""} and self.state.said(lever.id) else ""
        self.query_one("#say", Static).update(
            f"{lever.name}: {planned} as planned in {span[0].on_screen}{moved}", layout=False
        )

    def show_levers_again(self) -> None:
        """Show in each lever what the state says of it."""
        for row in self.query(LeverRow):
            self.show_row(row)

    def show_row(self, row: LeverRow) -> None:
        """Show in one of them."""
        said, span = self.state.said(row.lever.id), self.questions.span(self.state)
        now = as_planned(row.lever, self.questions.base, span)
        row.show(said, now, steps_away(row.lever, said, self.questions.base, self.questions.end, span))

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
    async def find(self, words: str) -> None:
        """The same, while somebody types."""
        await self.show_levers(words)
