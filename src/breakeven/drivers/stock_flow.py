"""Stock and flow: how many children there will be in each placement type and age band, night by night.

Within a band children move and leave at its rates, as a matrix exponential. They age on their own birthdays, each of
which is known to the day; so do those who enter, who are like the children that entered over the window. Nothing is
stepped: a longer step is a power of the same matrix, so that it cannot change the answer.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from breakeven.drivers.flows import Cohort, Floats, Rates
from breakeven.drivers.generator import arrived, chances, powers


@dataclass(frozen=True)
class Projection:
    """The expected number of children on each night after one on which they are counted.

    there: the children in care on night 0. alike: children like whom others enter, at ``rates.entering`` a day each,
    at any time of the day. nights: how far it looks. Numbers are expectations: they are not whole.
    """

    there: Cohort
    alike: Cohort
    rates: Rates
    nights: int

    def stocks(self, step: int = 1) -> Floats:
        """The number on night 0 and every ``step`` nights after it, by night, band and type.

            n[t + s] = n[t] × Pˢ + Σ crossed[t + i] × Pˢ⁻ⁱ⁺¹ + entered × (1 + P + … + Pˢ⁻¹)

        P: exp(Q) of each band. crossed: who comes into a band on a birthday, less who leaves it on one, at the start of
        the day. entered: who enters within a day and is there on its night. For any step the same to rounding.
        """
        crossed, entered = self.crossings, self.arrivals
        steps = self.nights // step
        daily = self._powers[:, : step + 1]
        into = crossed[:, 1 : steps * step + 1].reshape(len(crossed), steps, step, -1)
        more = np.einsum("bmik,bikl->bml", into, daily[:, :0:-1])
        more += np.einsum("bk,bikl->bl", entered, daily[:, :-1])[:, None]
        found = np.concatenate([self._opening[:, None], more], axis=1)
        return np.swapaxes(_carried_on(found, daily[:, -1]), 0, 1)

    @cached_property
    def daily(self) -> Floats:
        """The number on every night, by night, band and type."""
        return self.stocks()

    def mean(self, first: int, last: int) -> Floats:
        """The mean over the nights ``first`` to ``last``, both counted, by band and type: what a year pays for."""
        return self.daily[first : last + 1].mean(axis=0)

    @cached_property
    def _daily_chances(self) -> Floats:
        return chances(self.rates.generator)

    @cached_property
    def _powers(self) -> Floats:
        """P⁰ to Pⁿ of each band, by band and exponent."""
        return powers(self._daily_chances, self.nights + 1)

    @cached_property
    def _opening(self) -> Floats:
        """Night 0 by band and type."""
        bands, types = self.rates.left.shape
        found = np.zeros((bands, types))
        np.add.at(found, (self.there.band, self.there.type), 1.0)
        return found

    @cached_property
    def arrivals(self) -> Floats:
        """Who enters within a day and is there on its night, by band and type."""
        bands, types = self.rates.left.shape
        entering = np.zeros((bands, types))
        np.add.at(entering, (self.alike.band, self.alike.type), self.rates.entering)
        return np.einsum("bk,bkl->bl", entering, arrived(self.rates.generator))

    @cached_property
    def crossings(self) -> Floats:
        """Who is in a band from a day on because of a birthday, less who was till then; by band, day and type."""
        bands, types = self.rates.left.shape
        found = np.zeros((bands, self.nights + 2, types))
        self._cross(found, self.there, np.eye(types)[self.there.type])
        streams = np.zeros_like(found)
        first = np.einsum("nk,nkl->nl", np.eye(types)[self.alike.type], arrived(self.rates.generator)[self.alike.band])
        self._cross(streams, self.alike, first * self.rates.entering[:, None])
        # Those who enter on day y cross y days later than those on night 0 would: a birthday m days off is crossed
        # on every day from m + 1 on.
        found[:, 1:] += np.cumsum(streams, axis=1)[:, :-1]
        return found

    def _cross(self, found: Floats, children: Cohort, chance: Floats) -> None:
        """Add each child's birthdays. chance: of each child being in each type on night 0."""
        chance, since = chance.copy(), np.ones(len(children), dtype=np.int64)
        for band in range(len(found)):
            day = children.birthdays[:, band]
            here = np.flatnonzero((children.band <= band) & (day <= self.nights))
            day = day[here]
            gone = np.einsum("nk,nkl->nl", chance[here], self._powers[band, day - since[here]])
            np.add.at(found[band], day, -gone)
            if band + 1 < len(found):
                np.add.at(found[band + 1], day, gone)
            chance[here], since[here] = gone, day


def _carried_on(into: Floats, chances_a_step: Floats) -> Floats:
    """n[t] = n[t−1] × P + into[t] for all t of each band, in log₂ of their number of multiplications.

    After each round every n holds what came in over twice as many steps.
    """
    found, matrix, reach = into.copy(), chances_a_step, 1
    while reach < found.shape[1]:
        found[:, reach:] += found[:, :-reach] @ matrix
        matrix, reach = matrix @ matrix, 2 * reach
    return found
