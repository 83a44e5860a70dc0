"""Moving many figures of many trials at once: cells that lie side by side, as runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from breakeven.plan.cells import Cell, Name, Split, figures
from breakeven.plan.distributions import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Cells side by side in one array, moved alike by rows side by side, or all by one row.

    The figures become shift + gain × drawn, or are put together with that by ``combine``. shift, gain: cells × 1.
    """

    array: Name
    year: int
    lines: slice
    rows: slice
    shift: Floats
    gain: Floats
    combine: np.ufunc | None

    def move(self, arrays: dict[Name, Floats], drawn: Floats) -> None:
        """Move the figures of every trial. arrays: years × lines × trials; drawn: rows × trials."""
        moved = arrays[self.array][self.year, self.lines]
        if self.combine is None:
            np.multiply(drawn[self.rows], self.gain, out=moved)
            moved += self.shift
        else:
            self.combine(moved, drawn[self.rows] * self.gain + self.shift, out=moved)


def runs_of(cells: Sequence[Cell], parts: Split) -> tuple[Run, ...]:
    """The moves of the varying lines, as many at once as lie side by side, each cell's in the order they are listed."""
    moved: Counter[tuple[Name, int, int]] = Counter()
    placed: list[_Placed] = []
    for cell in cells:
        places = parts.places[cell.array[0]]
        if cell.line not in places:
            continue
        line = places.index(cell.line)
        turn = moved[cell.array, cell.year, line]
        moved[cell.array, cell.year, line] += 1
        planned = float(figures(parts.varying, cell.array)[0, line, cell.year])
        placed.append(_placed(cell, turn, line, planned))
    groups: list[list[_Placed]] = []
    for each in sorted(placed, key=attrgetter("turn", "array", "year", "line")):
        if not (groups and each.follows(groups[-1])):
            groups.append([])
        groups[-1].append(each)
    return tuple(_run(group) for group in groups)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell among the varying lines. turn: how many moves of the same figure come before."""

    turn: int
    array: Name
    year: int
    line: int
    row: int
    shift: float
    gain: float
    combine: np.ufunc | None

    def follows(self, group: list["_Placed"]) -> bool:
        """Whether it is the next cell of a group, and its row the next row, or again the group's only one."""
        last = group[-1]
        step = last.row - group[-2].row if len(group) > 1 else self.row - last.row
        alike = (self.turn, self.array, self.year, self.combine) == (last.turn, last.array, last.year, last.combine)
        return alike and self.line == last.line + 1 and step in {0, 1} and self.row == last.row + step


def _placed(cell: Cell, turn: int, line: int, planned: float) -> _Placed:
    """The first move of a figure takes what is planned into shift and gain; a later one finds the figure as moved."""
    shift, gain, combine = cell.shift, cell.gain, None
    if turn:
        combine = {"add": np.add, "multiply": np.multiply}[cell.how]
    elif cell.how == "add":
        shift += planned
    elif cell.how == "multiply":
        shift, gain = planned * shift, planned * gain
    return _Placed(turn, cell.array, cell.year, line, cell.row, shift, gain, combine)


def _run(group: Sequence[_Placed]) -> Run:
    first, last = group[0], group[-1]
    return Run(
        first.array,
        first.year,
        slice(first.line, last.line + 1),
        slice(first.row, last.row + 1),
        np.array([[each.shift] for each in group]),
        np.array([[each.gain] for each in group]),
        first.combine,
    )
