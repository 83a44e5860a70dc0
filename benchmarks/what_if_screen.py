"""How long from a key to the repainted screen? A figure typed at a lever of the example, and of a plan of 2,000 lines.

Each key changes the plan and is timed until the screen has nothing left to paint; the simulation goes on behind it.
README.md in this folder says how to read the table.
"""

import asyncio
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from textual.events import Key

import breakeven as be
from breakeven.ledger.chart import Chart
from breakeven.pipeline.year_end import YearEnd
from breakeven.whatif.app import WhatIf
from breakeven.whatif.lever_rows import LeverPane

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ledgers" / "2023-24"
ROUNDS = 15
SIZE = (120, 40)
LIMITS = {"lines of the example": 100.0, "lines of a large plan": 250.0}


def grown(end: YearEnd, lines: int) -> YearEnd:
    """The same plan with each line many times over, under other names."""
    times = lines // len(end.plan.basis.expenditure) + 1
    chart, basis = end.year.body.chart, end.plan.basis

    def named(part: object, n: int) -> dict[str, str]:
        return {"id": f"{getattr(part, 'id')}_{n}", "label": f"{getattr(part, 'label')} {n}"} if n else {}  # noqa: B009

    more = tuple(replace(line, **named(line, n)) for n in range(times) for line in chart.lines)
    starts = tuple(replace(start, **named(start, n)) for n in range(times) for start in basis.expenditure)
    year = replace(end.year, body=replace(end.year.body, chart=Chart(chart.categories, more)))
    return replace(end, year=year, plan=replace(end.plan, basis=replace(basis, year=year, expenditure=starts)))


async def keys(end: YearEnd) -> tuple[float, float]:
    """Milliseconds from a key to the painted screen: of the clock, and of the processor; the medians of some keys."""
    app = WhatIf(end, FOLDER)
    clock: list[float] = []
    processor: list[float] = []
    async with app.run_test(size=SIZE) as pilot:
        while not app.query_one(LeverPane).inputs:
            await pilot.pause(0.1)
        box = next(each for each in app.query_one(LeverPane).inputs if each.lever.id == "residential.number")
        box.focus()
        await pilot.pause(2)
        for n in range(ROUNDS):
            was, painted = app.answer, asyncio.Event()
            begun, spent = time.perf_counter(), time.thread_time()
            app.post_message(Key("right" if n % 3 else "left", None))
            while app.answer is was:
                await asyncio.sleep(0)
            app.screen.call_after_refresh(painted.set)
            await painted.wait()
            clock.append((time.perf_counter() - begun) * 1000)
            processor.append((time.thread_time() - spent) * 1000)
            await pilot.pause(0.15)
    return median(clock), median(processor)


def main() -> int:
    """Print the table, and return 1 where a limit is broken."""
    end = be.work_out(be.load(FOLDER))
    plans = dict(zip(LIMITS, (end, grown(end, 2000)), strict=True))
    is_over = False
    print(f"{f'a key to the painted screen, median of {ROUNDS}':<48}{'ms':>8}{'CPU ms':>8}{'limit':>8}")
    for name, plan in plans.items():
        clock, processor = asyncio.run(keys(plan))
        is_over |= clock > LIMITS[name]
        label = f"{len(plan.plan.basis.expenditure):,} {name}"
        print(f"{label:<48}{clock:>8.0f}{processor:>8.0f}{LIMITS[name]:>8.0f}")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
