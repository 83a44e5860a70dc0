"""Is the command quick to start? CPU time, each command against a yardstick run beside it.

Seconds differ from machine to machine, and from one run to the next; the ratio of two commands
run in turn does not. README.md in this folder says how to read the table.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
BREAKEVEN = str(Path(sysconfig.get_path("scripts")) / "breakeven")
HELLO = """
import typer
def hello(name: str = "world") -> None:
    "Say hello."
    print(f"hello {name}")
typer.run(hello)
"""


@dataclass(frozen=True)
class Race:
    """A command of ours, the yardstick it is held to, and the most it may cost beside it."""

    name: str
    ours: Sequence[str]
    yardstick: Sequence[str]
    limit: float


RACES = [
    Race(
        "breakeven ledgers/2023-24",
        [BREAKEVEN, "ledgers/2023-24"],
        [PYTHON, "-c", "import pandas, openpyxl, pydantic, rich, typer"],
        limit=1.8,
    ),
    Race("breakeven --help", [BREAKEVEN, "--help"], [PYTHON, "-c", HELLO, "--help"], limit=1.3),
]


def cpu_seconds(command: Sequence[str]) -> float:
    """The user and system time of ``command`` and of what it waited for."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdin=quiet, stdout=quiet, stderr=subprocess.PIPE)
    assert process.stderr is not None  # noqa: S101  (PIPE was asked for)
    notes = process.stderr.read()
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{notes.decode()}")
    return used.ru_utime + used.ru_stime


def run(race: Race, rounds: int) -> tuple[float, float]:
    """The median CPU seconds of ours and of the yardstick, run in turn so that both share the weather."""
    for command in (race.ours, race.yardstick):
        cpu_seconds(command)  # once unmeasured: byte code and the disc cache
    pairs = [(cpu_seconds(race.ours), cpu_seconds(race.yardstick)) for _ in range(rounds)]
    return median(ours for ours, _ in pairs), median(yardstick for _, yardstick in pairs)


def main() -> int:
    """Run each race, print the table, and return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="Is the command quick to start?")
    parser.add_argument("--rounds", type=int, default=9, help="measured runs of each command (9)")
    rounds = parser.parse_args().rounds
    broken = 0
    print(f"{'CPU, median of ' + str(rounds):<28}{'ours':>8}{'yardstick':>11}{'ratio':>8}{'limit':>8}")
    for race in RACES:
        ours, yardstick = run(race, rounds)
        ratio = ours / yardstick
        over = ratio > race.limit
        broken += over
        verdict = "over" if over else "within"
        print(f"{race.name:<28}{ours:>7.2f}s{yardstick:>10.2f}s{ratio:>8.2f}{race.limit:>8.2f}  {verdict}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
