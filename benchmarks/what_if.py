"""Is an answer there before the sentence ends? The plan of the example worked out again under what-if changes.

The floor is the arrays alone, projected in exact decimals: what a recalculation adds is reading the changes and
working out what they move. README.md in this folder says how to read the table.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import breakeven as be
from breakeven.pipeline import questions
from breakeven.plan.basis import model

ROOT = Path(__file__).parent.parent
ROUNDS = 51
LIMIT_MS = 10.0
CHANGES = ("residential=+5", "pay=4%", "S24-03=50%", "contract_sum=+£250k")


def milliseconds(work: Callable[[], object]) -> float:
    """The median of some rounds, after one unmeasured."""
    work()
    taken: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return median(taken)


def main() -> int:
    """Print the table, and return 1 where the limit is broken."""
    end = be.work_out(be.load(ROOT / "ledgers" / "2023-24"))
    overlays = questions.with_changes(end, CHANGES, "P07")
    changed = model(end.plan.basis, overlays)
    recalculated = milliseconds(lambda: model(end.plan.basis, overlays).balances())
    floor = milliseconds(changed.outcome)
    answered = milliseconds(lambda: be.what_if(end, CHANGES, since="P07"))
    rows = [
        ("the arrays alone, projected", floor, None),
        (f"recalculated under {len(CHANGES)} changes", recalculated, LIMIT_MS),
        ("the whole answer, each change alone too", answered, None),
    ]
    print(f"{f'milliseconds, median of {ROUNDS}':<42}{'ms':>8}{'limit':>8}{'over the arrays':>18}")
    for name, taken, limit in rows:
        print(f"{name:<42}{taken:>8.2f}{limit if limit is not None else '':>8}{taken / floor:>17.1f}x")
    return int(recalculated > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
