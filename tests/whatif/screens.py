"""The screen as a person drives it: keys in, what stands on it out."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot

import breakeven as be
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.report.figures import Unit
from breakeven.whatif.app import WhatIf
from breakeven.whatif.figures_table import FiguresTable
from breakeven.whatif.lever_rows import AskBox, LeverInput, LeverPane
from breakeven.whatif.plan_table import Shown
from commands import EXAMPLE

Driven = Callable[[WhatIf, "Pilot[None]"], Awaitable[None]]

KEYS = {
    "=": "equals_sign", "+": "plus", "%": "percent_sign", " ": "space", "-": "minus", ".": "full_stop", ",": "comma",
    "£": "£",
}  # fmt: skip


def example(folder: Path = EXAMPLE) -> YearEnd:
    """A folder worked out."""
    return work_out(be.load(folder))


def drive(end: YearEnd, driven: Driven, *, size: tuple[int, int] = (120, 40), folder: Path = EXAMPLE) -> WhatIf:
    """Open the screen, drive it and close it; nothing may go wrong in between."""
    app = WhatIf(end, folder)

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await shown(app, pilot)
            await driven(app, pilot)

    asyncio.run(run())
    return app


async def shown(app: WhatIf, pilot: "Pilot[None]") -> None:
    """Wait until the levers are there, and the plan."""
    for _ in range(200):
        await pilot.pause(0.01)
        if app.query_one(LeverPane).inputs and app.query_one("#plan", FiguresTable).keys:
            return


async def settled(app: WhatIf, pilot: "Pilot[None]") -> None:
    """Wait until all that is asked is answered, in the background too."""
    for _ in range(600):
        await pilot.pause(0.05)
        if app.is_settled:
            break
    await pilot.pause()


async def asked(app: WhatIf, pilot: "Pilot[None]", text: str) -> None:
    """Ask in the box at the top."""
    box = app.query_one(AskBox)
    box.focus()
    box.value = text
    await pilot.press("enter")
    await pilot.pause()


async def typed(pilot: "Pilot[None]", text: str) -> None:
    """Type, key by key."""
    await pilot.press(*(KEYS.get(letter, letter) for letter in text))


async def at_lever(app: WhatIf, pilot: "Pilot[None]", lever: str) -> LeverInput:
    """Go to a lever."""
    for _ in range(100):
        if app.query_one(LeverPane).row(lever):
            break
        await pilot.pause(0.02)
    row = app.query_one(LeverPane).row(lever)
    assert row is not None, lever
    row.query_one(LeverInput).focus()
    await pilot.pause()
    return row.query_one(LeverInput)


def in_pounds(app: WhatIf) -> None:
    """Show every year in whole pounds."""
    app.shown = Shown(unit=Unit.POUNDS)
    app.show_answer()


def figures(app: WhatIf, row: str, table: str = "plan") -> list[Decimal | str]:
    """What stands in one row of a table, each figure as a number, what is none of them as it is written."""
    found = app.query_one(f"#{table}", FiguresTable)
    y = found.keys.index(row)
    return [number(cell.plain) for cell in found.get_row_at(y)[1:]]


def number(text: str) -> Decimal | str:
    """``(1,496) A`` as -1496; a dash as nil."""
    said = text.strip().removesuffix("A").removesuffix("F").strip()
    if said == "-":
        return Decimal(0)
    digits = said.strip("()").replace(",", "")
    if not digits.replace(".", "").isdigit():
        return said
    return -Decimal(digits) if said.startswith("(") else Decimal(digits)


def readings(app: WhatIf, row: str) -> list[str]:
    """The A or F of each difference of a row of the plan."""
    found = app.query_one("#plan", FiguresTable)
    cells = found.get_row_at(found.keys.index(row))[3::3]
    return [cell.plain[-1:].strip() for cell in cells]


def says(app: WhatIf, where: str = "#say") -> str:
    """What a line of the screen says."""
    return str(app.query_one(where).render())
