"""Does a simulation cost much more than drawing its random numbers? A million trials of fifty lines over five years.

The yardstick is the drawing alone: as many standard normals from the same generator, into a buffer used again, on one
thread. README.md in this folder says how to read the table.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and seconds of processor over all threads."""

    wall: float
    cpu: float


def cost(work: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def draw(trials: int) -> None:
    """Draw the numbers of so many trials and do nothing with them."""
    random = np.random.Generator(np.random.PCG64(1))
    buffer = np.empty(BUFFER)
    for left in range(trials * LINES * YEARS, 0, -BUFFER):
        random.standard_normal(out=buffer[: min(left, BUFFER)])


def project(trials: int) -> None:
    """Simulate so many trials, on every processor there is. No speed counts if the answer is wrong."""
    chance = simulate(*plan(), trials=trials).break_even()[0]
    if abs(chance.value - 0.5) > 5 * chance.error:
        sys.exit(f"break-even is as likely as not, and comes out at {chance.value}")


def peak(trials: int) -> float:
    """MiB of a fresh process that only simulates."""
    command = [sys.executable, __file__, "--only", "--trials", str(trials)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> int:
    """Print the table, and return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="Does a simulation cost much more than its random numbers?")
    parser.add_argument("--trials", type=int, default=TRIALS, help="trials (1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="measured pairs (5); the best of each counts")
    parser.add_argument("--only", action="store_true", help="simulate once and print the MiB it took")
    asked = parser.parse_args()
    if asked.only:
        project(asked.trials)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return 0
    alone: list[Cost] = []
    whole: list[Cost] = []
    for _ in range(asked.rounds):
        alone.append(cost(lambda: draw(asked.trials)))
        whole.append(cost(lambda: project(asked.trials)))
    print(
        f"{f'{asked.trials:,} trials × {LINES} lines × {YEARS} years, best of {asked.rounds}':<52}{'wall':>8}{'CPU':>9}"
    )
    for name, costs in (("drawing the numbers alone, one thread", alone), ("simulating, all threads", whole)):
        print(f"{name:<52}{min(each.wall for each in costs):>7.2f}s{min(each.cpu for each in costs):>8.2f}s")
    ratio = min(each.wall for each in whole) / min(each.wall for each in alone)
    broken = 0
    print(f"\n{'':<44}{'figure':>10}{'limit':>15}")
    for name, figure, limit in (
        ("simulating / drawing, wall", ratio, RATIO),
        ("memory of a process that simulates, MiB", peak(asked.trials), MEBIBYTES),
    ):
        broken += figure > limit
        print(f"{name:<44}{figure:>10.2f}{f'at most {limit:g}':>15}  {'over' if figure > limit else 'within'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
