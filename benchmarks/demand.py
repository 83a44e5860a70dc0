"""Is a projection of demand little more than one pass of matrix products? A thousand children, five years, each night.

The yardstick is that pass: a state of every age band and placement type, multiplied by one matrix for every night of
five years, in a loop, as a projection by daily steps does it at the least. README.md in this folder says how to read
the table.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from breakeven.drivers.flows import Cohort, Floats, Rates
from breakeven.drivers.stock_flow import Projection

CHILDREN, ALIKE, BANDS, TYPES, NIGHTS = 1000, 400, 5, 8, 1826
ENDS = np.array([365, 1826, 3652, 5844, 6574])
"""Birthdays between the bands in days of age."""
RATIO, MILLISECONDS = 7.0, 100.0


def cohort(count: int, random: np.random.Generator) -> Cohort:
    """Children of any age and type."""
    age = random.integers(1, ENDS[-1], count)
    return Cohort(np.searchsorted(ENDS, age, side="right"), random.integers(0, TYPES, count), ENDS - age[:, None])


def projection() -> Projection:
    """A thousand children, and four hundred like whom others enter over two years."""
    random = np.random.Generator(np.random.PCG64(1))
    moves: Floats = random.random((BANDS, TYPES, TYPES)) * 2e-4
    moves[:, range(TYPES), range(TYPES)] = 0
    rates = Rates(moves, np.full((BANDS, TYPES), 8e-4), np.full(ALIKE, 1 / 730))
    return Projection(cohort(CHILDREN, random), cohort(ALIKE, random), rates, NIGHTS)


def step() -> Floats:
    """Five years of one matrix product a night."""
    matrix = np.eye(BANDS * TYPES) * 0.999
    state = np.ones(BANDS * TYPES)
    for _ in range(NIGHTS):
        state = state @ matrix
    return state


def project() -> Floats:
    """Every night of five years, from nothing. No speed counts if the answer depends on the step."""
    made = projection()
    daily = made.stocks()
    if not np.allclose(made.stocks(365), daily[::365], rtol=0, atol=1e-9):
        sys.exit("yearly and daily steps give different answers")
    return daily


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the fastest of some rounds."""
    found: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return 1000 * min(found)


def main() -> int:
    """Print the table, and return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="Is a projection of demand little more than a pass of products?")
    parser.add_argument("--rounds", type=int, default=20, help="measured rounds (20); the best counts")
    asked = parser.parse_args()
    project()
    alone, whole = best(step, asked.rounds), best(lambda: projection().stocks(), asked.rounds)
    print(f"{CHILDREN:,} children, {NIGHTS:,} nights, best of {asked.rounds}")
    print(f"{'one matrix product a night':<44}{alone:>8.1f} ms")
    print(f"{'projecting children in daily steps':<44}{whole:>8.1f} ms")
    broken = 0
    print(f"\n{'':<44}{'figure':>10}{'limit':>15}")
    for name, figure, limit in (
        ("projecting / products alone", whole / alone, RATIO),
        ("projecting, milliseconds", whole, MILLISECONDS),
    ):
        broken += figure > limit
        print(f"{name:<44}{figure:>10.2f}{f'at most {limit:g}':>15}  {'over' if figure > limit else 'within'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
