"""The simulation: the plan projected many times over, what is uncertain drawn anew each time, and what that says."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from breakeven.plan.distributions import Floats
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Flows, run
from breakeven.plan.spread import Share, shares
from breakeven.plan.trials import prepare, run_trials
from breakeven.plan.uncertainty import Uncertainty

PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
TAIL_PCT = 95


@dataclass(frozen=True, slots=True)
class Chance:
    """The part of the trials in which something happens, 0 to 1, and how far that may be from the true chance.

    error: the standard error, √(p (1 − p) / trials): the true chance is within two of them in 19 cases of 20. It is nil
    where something happens always or never; the true chance may still differ by up to 3 / trials.
    """

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Fan:
    """How one year's figure comes out, in pounds, a deficit negative.

    percentiles: by per cent, the least result that at least so many per cent of the trials are at or below.
    """

    percentiles: dict[int, float]
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class AtRisk:
    """One year's closing deficit against reserves that could bear it, in pounds; a shortfall is what they could not.

    exceeds: the chance that there is a shortfall. value_at_risk: the shortfall that 95% of the trials stay within, nil
    where they have none. expected_shortfall: the mean shortfall of the worst 5% of the trials.
    """

    exceeds: Chance
    value_at_risk: float
    expected_shortfall: float


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """The trials, and what they come to. T trials, Y years; pounds, a deficit negative.

    position, closing: T × Y, each trial's, positions in whole pounds. plan_position, plan_closing: by year, as planned,
    with nothing moved. position_fans, closing_fans: by year. shares: of the spread of the last closing balance, as
    ``spread.shares`` says, in the order of the inputs; together: the rest of it, nil where there is no spread.
    """

    seed: int
    position: Floats
    closing: Floats
    plan_position: tuple[Decimal, ...]
    plan_closing: tuple[Decimal, ...]
    position_fans: tuple[Fan, ...]
    closing_fans: tuple[Fan, ...]
    shares: tuple[Share, ...]
    together: float

    @property
    def trials(self) -> int:
        """How many there are."""
        return len(self.position)

    def break_even(self) -> tuple[Chance, ...]:
        """For each year, the chance that its position is nil or a surplus."""
        return tuple(_chance(year >= 0) for year in self.position.T)

    def cleared(self) -> tuple[Chance, ...]:
        """For each year, the chance that no deficit is left at the end of it.

        A deficit that was cleared before and has come back by then does not count as cleared.
        """
        return tuple(_chance(year >= 0) for year in self.closing.T)

    def at_risk(self, reserves: Decimal) -> tuple[AtRisk, ...]:
        """For each year, its closing deficit against ``reserves``, pounds, nil or more."""
        return tuple(_at_risk(year, float(reserves)) for year in self.closing.T)


def simulate(
    flows: Flows, uncertainty: Uncertainty, *, trials: int = 100_000, seed: int = 1, threads: int | None = None
) -> Simulated:
    """Project the plan ``trials`` times over, with all that is uncertain drawn anew each time.

    flows: the plan, a single trial of decimals. What no draw moves is projected once, in decimals; what is moved, by
    the same function in floats, rounded to whole pounds by line and year as in the plan. With nothing varying every
    trial is the plan to the penny.

    Each chunk of trials has random numbers of its own from the seed (PCG64 by SeedSequence), so one seed gives the same
    answer, bit for bit, on any number of ``threads`` (None for one for each processor), and its first trials do not
    depend on how many follow. Raises ValueError where the uncertainty does not fit the flows.
    """
    if trials < 1:
        raise ValueError("a simulation needs at least one trial")
    uncertainty.check(flows)
    plan = run(flows, round_decimals)
    prepared = prepare(flows, uncertainty, seed)
    threads = threads or os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        found = run_trials(prepared, trials, float(plan.closing[0, -1]), pool, threads)
        fans = tuple(pool.map(_fan, [*found.position, *found.closing]))
    by_id = shares(prepared.draws, found.tallies, found.closing[-1] - found.reference)
    years = len(found.position)
    return Simulated(
        seed=seed,
        position=found.position.T,
        closing=found.closing.T,
        plan_position=tuple(plan.position[0]),
        plan_closing=tuple(plan.closing[0]),
        position_fans=fans[:years],
        closing_fans=fans[years:],
        shares=tuple(Share(each, label, by_id[each]) for each, label in uncertainty.labels()),
        together=1 - sum(by_id.values()) if fans[-1].sd else 0.0,
    )


def _chance(happens: NDArray[np.bool_]) -> Chance:
    share = float(np.count_nonzero(happens)) / len(happens)
    return Chance(share, sqrt(share * (1 - share) / len(happens)))


def _fan(figures: Floats) -> Fan:
    places = {percent: _place(percent, len(figures)) for percent in PERCENTILES}
    ordered = np.partition(figures, sorted(set(places.values())))
    found = {percent: float(ordered[place]) for percent, place in places.items()}
    return Fan(found, float(figures.mean()), float(figures.std()))


def _at_risk(closing: Floats, reserves: float) -> AtRisk:
    short = np.maximum(-closing - reserves, 0)
    place = _place(TAIL_PCT, len(short))
    ordered = np.partition(short, place)
    worst = ordered[min(place + 1, len(short) - 1) :]
    return AtRisk(_chance(short > 0), float(ordered[place]), float(worst.mean()))


def _place(percent: int, trials: int) -> int:
    """Where in order the least result is that at least ``percent`` per cent of the trials are at or below."""
    return -(-percent * trials // 100) - 1
