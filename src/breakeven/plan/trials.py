"""Running the trials of a simulation, chunk by chunk: draw, move the plan's figures, project."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from breakeven.plan.cells import Name, cells_of, figures, split, with_figures
from breakeven.plan.distributions import Floats
from breakeven.plan.draws import Draws, draws_for
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Array, Flows, closing_balances, run
from breakeven.plan.runs import Run, runs_of
from breakeven.plan.spread import Tally, tally
from breakeven.plan.uncertainty import Uncertainty

CHUNK = 1024
"""Trials drawn from one stream and run together: enough that numpy works and Python waits, few enough for the cache."""

NUDGE = 1 + 2.0**-46
"""Floats err by a few parts in 10¹⁶ at each step, ten years of them by less than this part in 7 × 10¹³."""


def round_floats(amounts: Array) -> Array:
    """Whole pounds, halves away from zero, for an array of floats.

    What should be a half and is a little less, because floats err, is nudged over it; so no half is left to go to the
    even pound. A level that truly is less by so little, under a penny in £100,000 million, goes up with it.
    """
    found = amounts * NUDGE
    return np.rint(found, out=found)


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """All that the trials of one simulation share. fixed: the position of what never varies, 1 × Y; opening: 1."""

    draws: Draws
    varying: Flows
    runs: tuple[Run, ...]
    fixed: Floats
    opening: Floats
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """What the trials came to, years × trials. tallies: of each chunk in order, their balance less ``reference``."""

    position: Floats
    closing: Floats
    tallies: tuple[Tally, ...]
    reference: float


def prepare(flows: Flows, uncertainty: Uncertainty, seed: int) -> Prepared:
    """Settle all that is the same in every trial. flows: the plan, a single trial of decimals."""
    draws = draws_for(uncertainty, flows.savings.shape[-1])
    cells = cells_of(uncertainty, flows, draws)
    parts = split(flows, cells)
    fixed = run(parts.fixed, round_decimals).position.astype(float)
    return Prepared(draws, parts.varying, runs_of(cells, parts), fixed, flows.opening.astype(float), seed)


def run_trials(prepared: Prepared, trials: int, reference: float, pool: ThreadPoolExecutor, threads: int) -> Trials:
    """Run all trials, each thread of the pool taking the next chunk as it is done with its last.

    reference: a balance that the last closing ones are near.
    """
    years = prepared.fixed.shape[1]
    position, closing = np.empty((years, trials)), np.empty((years, trials))
    starts = range(0, trials, CHUNK)
    tallies: list[Tally] = [()] * len(starts)
    waiting = deque(enumerate(starts))

    def work() -> None:
        np.setbufsize(
            CHUNK
        )  # for this thread: rows longer than numpy's buffer are worked on where they are, not copied
        bench = Bench(prepared)
        while True:
            try:
                chunk, start = waiting.popleft()
            except IndexError:
                return
            ours = slice(start, min(start + CHUNK, trials))
            count = ours.stop - ours.start
            moved, balance = bench.run(chunk)
            position[:, ours], closing[:, ours] = moved[:count].T, balance[:count].T
            tallies[chunk] = tally(prepared.draws, bench.drawn[:, :count], closing[-1, ours] - reference)

    for working in [pool.submit(work) for _ in range(threads)]:
        working.result()
    return Trials(position, closing, tuple(tallies), reference)


class Bench:
    """One thread's own arrays, filled anew for each chunk; what no draw moves stays in them as planned."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.drawn: Floats = np.empty((prepared.draws.count, CHUNK))
        self.arrays: dict[Name, Floats] = {}
        for name in {each.array for each in prepared.runs}:
            planned = figures(prepared.varying, name).T
            self.arrays[name] = np.repeat(planned, CHUNK, axis=2)
        self.flows = with_figures(prepared.varying, {name: array.T for name, array in self.arrays.items()})

    def run(self, chunk: int) -> tuple[Floats, Floats]:
        """The position and the closing balance of each trial of a chunk, T × Y, or 1 × Y where nothing varies.

        The chunk's random numbers are its own child of the seed, so they do not depend on who runs it, or when.
        """
        child = np.random.SeedSequence(self.prepared.seed, spawn_key=(chunk,))
        self.prepared.draws.fill(self.drawn, np.random.Generator(np.random.PCG64(child)))
        for each in self.prepared.runs:
            each.move(self.arrays, self.drawn)
        for (_, figure), array in self.arrays.items():
            if figure == "pressures":
                array[...] = round_floats(array)
        position = run(self.flows, round_floats).position + self.prepared.fixed
        closing: Floats = closing_balances(self.prepared.opening, position)
        return position, closing.round(2)
