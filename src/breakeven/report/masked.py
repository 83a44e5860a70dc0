"""Counts of children that may be published: none below five is shown, nor any from which one could be told."""

from collections.abc import Sequence
from decimal import Decimal

CONFIDENTIAL = "[c]"
CONFIDENTIAL_NOTE = "[c] confidential: a number below five, or one from which such a number could be told."

SAFE = 5
"""The smallest number of children that is shown, beside nil."""


def masked(grid: Sequence[Sequence[Decimal | None]]) -> list[list[bool]]:
    """Which numbers of a table must not be shown.

    grid: rows and columns that add up, with their totals among them. A number above nil and below five is masked; so
    is the smallest other of a row or column in which it would be the only one, since the total would give it away. A
    nil hides nothing, since where the total is nil it can be told: it is shown.
    """
    hidden = [[number is not None and 0 < number < SAFE for number in row] for row in grid]
    lines = [
        *([(r, c) for c in range(len(row))] for r, row in enumerate(grid)),
        *([(r, c) for r in range(len(grid))] for c in range(len(grid[0]) if grid else 0)),
    ]
    changed = True
    while changed:
        changed = False
        for line in lines:
            shown = [(r, c) for r, c in line if not hidden[r][c] and grid[r][c]]
            if shown and sum(hidden[r][c] for r, c in line) == 1:
                r, c = min(shown, key=lambda place: grid[place[0]][place[1]] or Decimal(0))
                hidden[r][c] = changed = True
    return hidden


def with_total(shown: Sequence[Decimal | str | None], total: Decimal | None) -> Decimal | str | None:
    """The total of a column, masked itself where it would give away the only one of them that is."""
    return CONFIDENTIAL if list(shown).count(CONFIDENTIAL) == 1 else total
