"""Which figures of the plan are moved by which draw: once and for all in decimals, or in each trial in floats."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Literal

import numpy as np

from breakeven.money import whole_pounds
from breakeven.plan.distributions import Distribution, Normal
from breakeven.plan.draws import Draws
from breakeven.plan.model import round_decimals
from breakeven.plan.projection import Array, Flows, Lines
from breakeven.plan.uncertainty import Delivery, Demand, Figure, How, Side, Target, Uncertain, Uncertainty

Name = tuple[Side | Literal["savings"], Figure | Literal["amounts"]]
"""An array of the flows: one of a side's lines, or the savings."""
SAVINGS: Name = ("savings", "amounts")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one array, and a value that moves it.

        value = shift + gain × drawn[row]

    array, line, year: the figure; a base is in year 0, a saving's scheme is its line. exact: the value where it never
    varies, else None. how: the figure becomes the value, or the figure plus or times the value.
    """

    array: Name
    line: int
    year: int
    row: int
    how: How
    shift: float
    gain: float
    exact: Decimal | None


def cells_of(uncertainty: Uncertainty, flows: Flows, draws: Draws) -> list[Cell]:
    """Every figure that may be moved, in the order in which it is. Raises ValueError where one is set after a move."""
    found: list[Cell] = []
    for demand in uncertainty.demand:
        found += _demand(demand, flows, draws)
    for each in uncertainty.inputs:
        found += _input(each, flows, draws)
    for saving in uncertainty.savings:
        found += _saving(saving, flows, draws)
    moved: set[tuple[Name, int, int]] = set()
    for cell in found:
        figure = (cell.array, cell.line, cell.year)
        if cell.how == "set" and figure in moved:
            raise ValueError(f"{draws.rows[cell.row].id} sets a figure that another input has moved before it")
        moved.add(figure)
    return found


def _demand(demand: Demand, flows: Flows, draws: Draws) -> Iterator[Cell]:
    """in_year × (rate + scatter), the scatter being number / expected − rate."""
    array: Name = ("expenditure", "in_year")
    for year in range(len(demand.expected)):
        if demand.rate is not None:
            row = draws.row_of(demand.rate_id, year)
            distribution = draws.rows[row].distribution
            yield Cell(array, demand.line, year, row, "multiply", *_value(distribution, Decimal(1), Decimal(0)))
        if demand.by_chance:
            planned = float(flows.expenditure.in_year[0, demand.line, year])
            yield Cell(array, demand.line, year, draws.row_of(demand.chance_id, year), "add", 0.0, planned, exact=None)


def _input(each: Uncertain, flows: Flows, draws: Draws) -> Iterator[Cell]:
    target = each.target
    unit, offset = _units(target)
    value = _value(each.distribution, unit, offset)
    for line in target.lines:
        for year in target.years_of(flows.savings.shape[-1]):
            yield Cell((target.side, target.figure), line, year, draws.row_of(each.id, year), target.how, *value)


def _units(target: Target) -> tuple[Decimal, Decimal]:
    """What one unit of an input is in the array, and what nought is: 3.5% is a factor of 1 + 3.5 × 0.01."""
    if target.figure not in {"growth", "inflation"} or target.how == "multiply":
        return Decimal(1), Decimal(0)
    return Decimal("0.01"), Decimal(int(target.how == "set"))


def _value(distribution: Distribution, unit: Decimal, offset: Decimal) -> tuple[float, float, Decimal | None]:
    """Shift, gain and exact value of a cell; the row of a normal distribution holds its scores."""
    if distribution.sd == 0:
        exact = offset + unit * Decimal(repr(float(distribution.mean)))
        return float(exact), 0.0, exact
    if isinstance(distribution, Normal):
        return float(offset) + float(unit) * distribution.mean, float(unit) * distribution.sd, None
    return float(offset), float(unit), None


def _saving(saving: Delivery, flows: Flows, draws: Draws) -> Iterator[Cell]:
    """The whole of it where the row is 1, the part where it is 0."""
    for year, full in enumerate(flows.savings[0, saving.scheme]):
        part = whole_pounds(full * saving.part_pct / 100)
        exact = None if saving.varies else full if saving.confidence_pct == 100 else part
        row = draws.row_of(saving.id, year)
        yield Cell(SAVINGS, saving.scheme, year, row, "set", float(part), float(full - part), exact)


@dataclass(frozen=True, slots=True)
class Split:
    """A plan in two: what never varies, settled in decimals; and the lines and schemes that do, in floats, as planned.

    places: where in the whole plan the varying lines of each side and the varying schemes are.
    """

    fixed: Flows
    varying: Flows
    places: dict[str, list[int]]


def split(flows: Flows, cells: Sequence[Cell]) -> Split:
    """Part what varies from what does not. flows: the plan, a single trial of decimals.

    A line is fixed where no draw moves any of its figures. It is the same in every trial, so it is worked out once, and
    exactly.
    """
    flows = _as_stated(flows, cells)
    settled = _settled(flows, cells)
    places = {
        kind: sorted({cell.line for cell in cells if cell.array[0] == kind and cell.exact is None})
        for kind in ("income", "expenditure", "savings")
    }
    fixed = replace(
        settled,
        income=_lines(settled.income, lambda array: np.delete(array, places["income"], axis=1)),
        expenditure=_lines(settled.expenditure, lambda array: np.delete(array, places["expenditure"], axis=1)),
        savings=np.delete(settled.savings, places["savings"], axis=1),
    )
    varying = Flows(
        income=_lines(flows.income, lambda array: _floats(array[:, places["income"]])),
        expenditure=_lines(flows.expenditure, lambda array: _floats(array[:, places["expenditure"]])),
        savings=_floats(flows.savings[:, places["savings"]]),
        investments=_floats(flows.investments[:, :0]),
        opening=np.zeros(1),
    )
    return Split(fixed, varying, places)


def figures(flows: Flows, name: Name) -> Array:
    """One array of the flows, T × L × Y; a base is seen as that of a single year."""
    side, figure = name
    if side == "savings":
        return flows.savings
    array = getattr(getattr(flows, side), figure)
    return array[..., None] if figure == "base" else array


def with_figures(flows: Flows, arrays: Mapping[Name, Array]) -> Flows:
    """The flows with some of their arrays replaced; each T × L × Y, a base with a single year."""
    found: dict[str, dict[str, Array]] = {"income": {}, "expenditure": {}, "savings": {}}
    for (side, figure), array in arrays.items():
        found[side][figure] = array[..., 0] if figure == "base" else array
    return replace(
        flows,
        income=replace(flows.income, **found["income"]),
        expenditure=replace(flows.expenditure, **found["expenditure"]),
        savings=found["savings"].get("amounts", flows.savings),
    )


def _as_stated(flows: Flows, cells: Sequence[Cell]) -> Flows:
    """A stated sum that an input sets is one from the start."""
    income, expenditure = flows.income.is_stated.copy(), flows.expenditure.is_stated.copy()
    for cell in cells:
        if cell.array[1] == "stated" and cell.how == "set":
            (income if cell.array[0] == "income" else expenditure)[0, cell.line, cell.year] = True
    return replace(
        flows,
        income=replace(flows.income, is_stated=income),
        expenditure=replace(flows.expenditure, is_stated=expenditure),
    )


def _settled(flows: Flows, cells: Sequence[Cell]) -> Flows:
    """The plan after every move that never varies, in decimals; pressures are whole pounds after it as before."""
    arrays = {cell.array: figures(flows, cell.array).copy() for cell in cells if cell.exact is not None}
    for cell in cells:
        if cell.exact is not None:
            place = (0, cell.line, cell.year)
            array = arrays[cell.array]
            array[place] = _moved(array[place], cell.how, cell.exact)
    rounded = {name: round_decimals(array) if name[1] == "pressures" else array for name, array in arrays.items()}
    return with_figures(flows, rounded)


def _moved(figure: Decimal, how: How, value: Decimal) -> Decimal:
    return {"set": value, "add": figure + value, "multiply": figure * value}[how]


def _lines(lines: Lines, change: Callable[[Array], Array]) -> Lines:
    return Lines(**{field.name: change(getattr(lines, field.name)) for field in fields(lines)})


def _floats(amounts: Array) -> Array:
    return amounts if amounts.dtype == bool else amounts.astype(float)
