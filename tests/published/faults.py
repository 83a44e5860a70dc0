"""The one cause that accounts for the sums of a table that differ: tried on the whole table, not on one sum alone.

Each cause is a mend: other amounts for some cells. It is held against every sum that those cells are part of. The best
leaves the fewest sums broken; among equals the order of ``Fault`` decides, then how near it comes. One that breaks as
many sums as it mends is no cause. So where a row's sum and a column's both differ, the cell where they meet is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .casting import Cast, Place, Table
from .mends import ORDER, Casts, Fault, Mend, Tried, try_mend
from .moved import moved_mends
from .slipped import slipped_mends


@dataclass(frozen=True, slots=True)
class Cause:
    """The mend that is chosen for a sum, and those of its kind and others that do as well."""

    mend: Mend
    others: tuple[Mend, ...] = ()


def explain(table: Table, casts: Sequence[Cast]) -> dict[int, Cause]:
    """The cause of every sum that differs, by its place in ``casts``: the fewest causes that account for all of them.

    A sum that no cause accounts for is not in the answer.
    """
    now = Casts(table, casts, dict(table.amounts))
    lost: set[Place] = set()
    found: dict[int, Cause] = {}
    while now.broken:
        mends = {mend.key: mend for mend in (*slipped_mends(now), *moved_mends(now))}
        tried = [each for mend in mends.values() if (each := try_mend(now, mend)).gain > 0]
        if not tried:
            break
        best = min(tried, key=lambda each: _rank(table, each))
        others = tuple(each.mend for each in tried if each.gain == best.gain and each.mend.at != best.mend.at)
        found |= dict.fromkeys(best.mends, Cause(best.mend, others))
        lost |= {place for place, amount in best.mend.instead.items() if amount is None}
        now = Casts(table, casts, now.amounts | dict(best.mend.instead), frozenset(lost))
    return found


def _rank(table: Table, tried: Tried) -> tuple[object, ...]:
    """Least for the best: what mends most, is likeliest, comes nearest and stands out, in that order."""
    mend = tried.mend
    return -tried.gain, ORDER[mend.fault], tried.still_out, not _stands_out(table, mend), mend.at


def _stands_out(table: Table, mend: Mend) -> bool:
    """Whether a sign that is turned is not that of most figures in its row and its column."""
    row, column = mend.at[0]
    amount = table.amounts[row, column]
    if mend.fault is not Fault.SIGN or not amount:
        return False
    beside = [each for (r, c), each in table.amounts.items() if each and (r == row) != (c == column)]
    return sum((each > 0) != (amount > 0) for each in beside) * 2 > len(beside)
