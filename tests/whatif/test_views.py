"""What each view looks like, at the least size and at a usual one; read a changed picture before it is accepted.

``pytest tests/whatif/test_views.py --snapshot-update`` draws them again.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from breakeven.pipeline.year_end import YearEnd
from breakeven.whatif.app import WhatIf
from whatif.screens import EXAMPLE, asked, at_lever, example, settled, typed

SIZES = [(80, 24), (120, 40)]
Steps = Callable[[WhatIf, "Pilot[None]"], Awaitable[None]]


@pytest.fixture(scope="module")
def end() -> YearEnd:
    return example()


async def question(app: WhatIf, pilot: "Pilot[None]") -> None:
    await asked(app, pilot, "residential=+5 pay=4%")


async def mistake(app: WhatIf, pilot: "Pilot[None]") -> None:
    await at_lever(app, pilot, "residential.number")
    await typed(pilot, "+5pp")


async def found(app: WhatIf, pilot: "Pilot[None]") -> None:
    await typed(pilot, "agency")


async def light(app: WhatIf, pilot: "Pilot[None]") -> None:
    await question(app, pilot)
    await pilot.press("ctrl+t")


async def contrast(app: WhatIf, pilot: "Pilot[None]") -> None:
    await question(app, pilot)
    await pilot.press("ctrl+t", "ctrl+t")


async def figure(app: WhatIf, pilot: "Pilot[None]") -> None:
    await question(app, pilot)
    await settled(app, pilot)
    app.query_one("#plan").focus()
    await pilot.press("right", "enter")


def window(*keys: str) -> Steps:
    async def steps(app: WhatIf, pilot: "Pilot[None]") -> None:
        await question(app, pilot)
        await settled(app, pilot)
        await pilot.press(*keys)

    return steps


VIEWS: dict[str, Steps] = {
    "question": question, "mistake": mistake, "found": found, "light": light, "contrast": contrast, "figure": figure,
    "help": window("f1"), "scenario": window("f2"), "since": window("f3"), "compare": window("f4"),
    "target": window("f5"), "save": window("f7", "m", "a", "y"), "export": window("f8"),
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("view", VIEWS)
def test_each_view_looks_as_it_did(end: YearEnd, snap_compare: Any, view: str, size: tuple[int, int]) -> None:
    app = WhatIf(end, EXAMPLE.relative_to(EXAMPLE.parent.parent))

    async def before(pilot: "Pilot[None]") -> None:
        await settled(app, pilot)
        await VIEWS[view](app, pilot)
        await settled(app, pilot)
        await drawn(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=before)


async def drawn(app: WhatIf, pilot: "Pilot[None]") -> None:
    """Wait for a window that works something out of its own, and for the cursor to stand still."""
    await pilot.pause(0.2)
    for _ in range(200):
        work = getattr(app.screen, "work", None)
        await pilot.pause(0.05)
        if work is None or not work.is_busy:
            break
    for each in app.screen.query(Input):
        each.cursor_blink = False
        each._cursor_visible = True  # pyright: ignore[reportPrivateUsage]
        each.refresh()
    await pilot.pause(0.1)
