"""Does a simulation cost much more than drawing its random numbers? A million trials of fifty lines over five years.

The yardstick is the drawing alone: as many standard normals from the same generator, into a buffer used again, on one
thread. README.md in this folder says how to read the table.
"""

import argparse
import resource
import subprocess
import sys
import time
from decimal import Decimal

import numpy as np

from breakeven.plan.distributions import Normal
from breakeven.plan.projection import Array, Flows, Lines
from breakeven.plan.simulation import simulate
from breakeven.plan.uncertainty import Target, Uncertain, Uncertainty

TRIALS, LINES, YEARS = 1_000_000, 50, 5
BUFFER = 1 << 18
"""Numbers drawn at a time by the yardstick: two megabytes, as good as any."""
RATIO, MEBIBYTES = 1.2, 300


def full(value: object, *shape: int) -> Array:
    """An array of one decimal."""
    return np.full(shape, value, dtype=object)


def lines(count: int, base: int) -> Lines:
    """Lines that nothing moves but the draws."""
    one, nil = full(Decimal(1), 1, count, YEARS), full(Decimal(0), 1, count, YEARS)
    return Lines(
        base=full(Decimal(base), 1, count),
        growth=one,
        inflation=one,
        stated=nil,
        is_stated=np.zeros((1, count, YEARS), dtype=bool),
        in_year=one,
        steps=nil,
        pressures=nil,
    )


def plan() -> tuple[Flows, Uncertainty]:
    """Fifty lines of expenditure, the inflation of each in each year a normal of its own."""
    flows = Flows(
        income=lines(1, LINES * 1_000_000),
        expenditure=lines(LINES, 1_000_000),
        savings=full(Decimal(0), 1, 0, YEARS),
        investments=full(Decimal(0), 1, 0, YEARS),
        opening=full(Decimal(0), 1),
    )
    inputs = tuple(
        Uncertain(
            f"line{i}", f"Line {i}", Normal(0, 2), Target("expenditure", "inflation", (i,), "add"), each_year=True
        )
        for i in range(LINES)
    )
    return flows, Uncertainty(inputs)


def draw(trials: int) -> float:
    """Seconds to draw the numbers of so many trials and do nothing with them."""
    random = np.random.Generator(np.random.PCG64(1))
    buffer = np.empty(BUFFER)
    left = trials * LINES * YEARS
    start = time.perf_counter()
    while left > 0:
        random.standard_normal(out=buffer[: min(left, BUFFER)])
        left -= BUFFER
    return time.perf_counter() - start


def project(trials: int) -> float:
    """Seconds to simulate so many trials, on every processor there is."""
    flows, uncertainty = plan()
    start = time.perf_counter()
    found = simulate(flows, uncertainty, trials=trials)
    taken = time.perf_counter() - start
    if not 0.4 < found.break_even()[0].value < 0.6:
        sys.exit(f"break-even is as likely as not, and comes out at {found.break_even()[0].value}")
    return taken


def peak(trials: int) -> float:
    """MiB of a fresh process that only simulates."""
    command = [sys.executable, __file__, "--only", "--trials", str(trials)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Print the table, and return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="Does a simulation cost much more than its random numbers?")
    parser.add_argument("--trials", type=int, default=TRIALS)
    parser.add_argument("--rounds", type=int, default=3, help="measured pairs (3); the quickest of each counts")
    parser.add_argument("--only", action="store_true", help="simulate once and print the MiB it took")
    asked = parser.parse_args()
    if asked.only:
        project(asked.trials)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    pairs = [(draw(asked.trials), project(asked.trials)) for _ in range(asked.rounds)]
    drawn, simulated = min(drawn for drawn, _ in pairs), min(simulated for _, simulated in pairs)
    memory = peak(asked.trials)
    print(f"{asked.trials:,} trials x {LINES} lines x {YEARS} years, quickest of {asked.rounds}")
    print(f"{'drawing the numbers alone, one thread':<44}{drawn:>8.2f} s")
    print(f"{'the simulation':<44}{simulated:>8.2f} s")
    print(f"{'ratio':<44}{simulated / drawn:>8.2f}   limit {RATIO}")
    print(f"{'largest memory of a process':<44}{memory:>8.0f} MiB   limit {MEBIBYTES}")
    return int(simulated / drawn > RATIO or memory > MEBIBYTES)


if __name__ == "__main__":
    sys.exit(main())
