"""How far the number of children may differ from what is expected: by chance, and as the rates are a sample.

Chance: children come, move and leave one by one, as the dice fall. Rates: what was counted over a window is only a
sample; had it been another couple of years, as many events might have been more or fewer. The two are told apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from breakeven.drivers.flows import Cohort, Counts, Floats, Flows, Rates
from breakeven.drivers.stock_flow import Projection

DRAWS = 100
"""Draws of the rates alone, each of which is projected exactly."""

_BATCH = 50
"""Trials whose children are followed at once: some tens of thousands, whatever the number of trials."""

Span = tuple[int, int]
"""The first and last night of a year, both counted, by their number."""


@dataclass(frozen=True)
class Spread:
    """Mean numbers over years, by year and type, with all types together in the last column.

    expected: exactly, at the rates as counted. trials: what each trial came to, chance and rates together. by_chance,
    by_rate: the standard deviation at known rates, and of the expectation over what the rates may be.
    """

    expected: Floats
    trials: Floats
    by_chance: Floats
    by_rate: Floats

    def percentile(self, percent: int) -> Floats:
        """The number that so many in 100 trials come out at or below, by year and type."""
        return np.percentile(self.trials, percent, axis=0)


def spread(there: Cohort, counted: Flows, years: Sequence[Span], *, trials: int, seed: int) -> Spread:
    """Project many times, with every child drawn anew, and with the rates drawn anew. One seed gives one answer.

    A rate that was counted as n events in so many child-nights is drawn from the gamma distribution of shape n and that
    exposure: its mean is the rate counted, and the fewer the events the wider it is. What never happened in the window
    never happens. Entrants of one type and age band share one draw.
    """
    apart = [np.random.Generator(np.random.PCG64(each)) for each in np.random.SeedSequence(seed).spawn(3)]
    projection = Projection(there, counted.entered, counted.rates, max(last for _, last in years))
    at_known: list[Floats] = []
    drawn: list[Floats] = []
    for first in range(0, trials, _BATCH):
        count = min(_BATCH, trials - first)
        at_known.append(_followed(there, counted.entered, [counted.rates] * count, years, apart[0]))
        other = [_drawn(counted, apart[1]) for _ in range(count)]
        drawn.append(_followed(there, counted.entered, other, years, apart[1]))
    means = [_expected(replace(projection, rates=_drawn(counted, apart[2])), years) for _ in range(DRAWS)]
    return Spread(
        expected=_expected(projection, years),
        trials=np.concatenate(drawn),
        by_chance=np.concatenate(at_known).std(axis=0),
        by_rate=np.stack(means).std(axis=0),
    )


def _expected(projection: Projection, years: Sequence[Span]) -> Floats:
    return _with_total(np.stack([projection.mean(*year).sum(axis=0) for year in years]))


def _with_total(numbers: Floats) -> Floats:
    return np.concatenate([numbers, numbers.sum(axis=-1, keepdims=True)], axis=-1)


def _drawn(counted: Flows, random: np.random.Generator) -> Rates:
    """Rates as they might be, given what was counted."""
    at_risk = np.maximum(counted.at_risk, 1)
    cells = np.zeros_like(counted.at_risk)
    there = counted.entered.band, counted.entered.type
    np.add.at(cells, there, 1)
    factor = random.standard_gamma(cells) / np.maximum(cells, 1)
    return Rates(
        moves=random.standard_gamma(counted.moves) / at_risk[:, :, None],
        left=random.standard_gamma(counted.left) / at_risk,
        entering=factor[there] / counted.days,
    )


@dataclass
class _Children:
    """Children who are followed, of all trials together; time is in days from the end of night 0."""

    trial: Counts
    band: Counts
    type: Counts
    birthdays: Floats
    """The time of each birthday, by band."""
    time: Floats

    def at(self, places: Counts) -> "_Children":
        """Some of them."""
        return _Children(
            self.trial[places], self.band[places], self.type[places], self.birthdays[places], self.time[places]
        )


def _followed(
    there: Cohort, alike: Cohort, rates: Sequence[Rates], years: Sequence[Span], random: np.random.Generator
) -> Floats:
    """The mean numbers of one trial for each of ``rates``, by trial, year and type, and of all types together."""
    bands, types = rates[0].left.shape
    horizon = max(last for _, last in years) + 0.5
    away = np.stack([np.concatenate([each.moves, each.left[:, :, None]], axis=2) for each in rates])
    up_to = np.cumsum(away, axis=3)
    found = np.zeros((len(rates), len(years), types))
    children = _everyone(there, alike, rates, horizon, random)
    while len(children.trial):
        place = children.trial, children.band, children.type
        rate = up_to[(*place, -1)]
        with np.errstate(divide="ignore"):
            moved_at = children.time + random.standard_exponential(len(rate)) / rate
        crossed_at = children.birthdays[np.arange(len(rate)), children.band]
        until = np.minimum(np.minimum(moved_at, crossed_at), horizon)
        for year, (first, last) in enumerate(years):
            nights = np.minimum(until, last + 0.5) - np.maximum(children.time, first - 0.5)
            np.add.at(found[:, year], (children.trial, children.type), np.maximum(nights, 0) / (last - first + 1))
        to = (random.random(len(rate))[:, None] * rate[:, None] >= up_to[place][:, :-1]).sum(axis=1)
        moves = moved_at <= np.minimum(crossed_at, horizon)
        ages = ~moves & (crossed_at <= horizon)
        children.type = np.where(moves & (to < types), to, children.type)
        children.band = children.band + ages
        children.time = until
        stays = (moves & (to < types)) | (ages & (children.band < bands))
        children = children.at(np.flatnonzero(stays))
    return _with_total(found)


def _everyone(
    there: Cohort, alike: Cohort, rates: Sequence[Rates], horizon: float, random: np.random.Generator
) -> _Children:
    """The children in care on night 0, in each trial, and those who enter by chance after it, whenever in the day."""
    trials = len(rates)
    entering = random.poisson(np.stack([each.entering for each in rates]) * horizon)
    trial, like = (np.repeat(each.ravel(), entering.ravel()) for each in np.indices(entering.shape))
    time = random.random(len(trial)) * horizon
    day = np.ceil(time)[:, None].astype(np.float64)
    now = np.tile(np.arange(len(there)), trials)
    return _Children(
        trial=np.concatenate([np.repeat(np.arange(trials), len(there)), trial]),
        band=np.concatenate([there.band[now], alike.band[like]]),
        type=np.concatenate([there.type[now], alike.type[like]]),
        birthdays=np.concatenate([there.birthdays[now].astype(np.float64), alike.birthdays[like] + day]) - 1,
        time=np.concatenate([np.zeros(len(now)), time]),
    )
