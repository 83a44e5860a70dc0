"""Running the trials of a simulation, a block at a time: draw, move the plan's figures, project."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil

import numpy as np

from breakeven.plan.cells import NUDGE, Name, cells_of, figures, split, with_figures
from breakeven.plan.distributions import Floats
from breakeven.plan.draws import Draws, draws_for
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Flows, closing_balances, run
from breakeven.plan.runs import Run, runs_of
from breakeven.plan.spread import Tally, tally
from breakeven.plan.uncertainty import Uncertainty

BLOCK = 512
"""Trials run together: enough that numpy works and Python waits, few enough that a processor's own cache holds them."""

STREAM = 8 * BLOCK
"""Trials whose random numbers come from one stream, run by one thread."""

TALLIED = 32
"""Streams that the shares of the spread are taken from: 131,072 trials give them to within half a per cent."""


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
    """What the trials came to, years × trials.

    tallies: of the first blocks in order, for the shares of the spread; balance: the last closing one in their trials,
    less the planned one so that it is near nil.
    """

    position: Floats
    closing: Floats
    tallies: tuple[Tally, ...]
    balance: Floats


def prepare(flows: Flows, uncertainty: Uncertainty, seed: int) -> Prepared:
    """Settle all that is the same in every trial. flows: the plan, a single trial of decimals."""
    draws = draws_for(uncertainty, flows.savings.shape[-1])
    cells = cells_of(uncertainty, flows, draws)
    parts = split(flows, cells)
    fixed = run(parts.fixed, round_decimals).position.astype(float)
    return Prepared(draws, parts.varying, runs_of(cells, parts), fixed, flows.opening.astype(float), seed)


def run_trials(prepared: Prepared, trials: int, planned: float, pool: ThreadPoolExecutor, threads: int) -> Trials:
    """Run all trials, each thread of the pool taking the next stream as it is done with its last.

    planned: the plan's last closing balance.
    """
    years = prepared.fixed.shape[1]
    position, closing = np.empty((years, trials)), np.empty((years, trials))
    tallied = min(trials, TALLIED * STREAM)
    tallies: list[Tally] = [()] * ceil(tallied / BLOCK)
    waiting = deque(range(ceil(trials / STREAM)))

    def work() -> None:
        # In this thread alone: numpy works on rows as long as its buffer where they are, and copies shorter ones to it.
        np.setbufsize(BLOCK)
        bench = Bench(prepared)
        while True:
            try:
                stream = waiting.popleft()
            except IndexError:
                return
            random = stream_of(prepared.seed, stream)
            for first in range(stream * STREAM, min((stream + 1) * STREAM, trials), BLOCK):
                ours = slice(first, min(first + BLOCK, trials))
                count = ours.stop - ours.start
                moved, balance = bench.run(random)
                position[:, ours], closing[:, ours] = moved[:count].T, balance[:count].T
                if first < tallied:
                    tallies[first // BLOCK] = tally(prepared.draws, bench.drawn[:, :count], closing[-1, ours] - planned)

    for working in [pool.submit(work) for _ in range(threads)]:
        working.result()
    return Trials(position, closing, tuple(tallies), closing[-1, :tallied] - planned)


def stream_of(seed: int, stream: int) -> np.random.Generator:
    """A stream's own random numbers: its child of the seed, so that it does not matter who runs it, or when."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(stream,))))


class Bench:
    """One thread's own arrays, filled anew for each block; what no draw moves stays in them as planned."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.drawn: Floats = np.empty((prepared.draws.count, BLOCK))
        self.arrays: dict[Name, Floats] = {}
        for name in {each.array for each in prepared.runs}:
            planned = figures(prepared.varying, name).T
            self.arrays[name] = np.repeat(planned, BLOCK, axis=2)
        self.flows = with_figures(prepared.varying, {name: array.T for name, array in self.arrays.items()})

    def run(self, random: np.random.Generator) -> tuple[Floats, Floats]:
        """The position and closing balance of each trial of the next block, T × Y, or 1 × Y where nothing varies."""
        self.prepared.draws.fill(self.drawn, random)
        for each in self.prepared.runs:
            each.move(self.arrays, self.drawn)
        for (_, figure), array in self.arrays.items():
            if figure == "pressures":
                np.rint(array * NUDGE, out=array)
        position = run(self.flows, np.rint).position + self.prepared.fixed
        closing: Floats = closing_balances(self.prepared.opening, position)
        return position, closing.round(2)
