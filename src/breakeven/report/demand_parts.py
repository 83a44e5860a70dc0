"""What a projection of demand rests on: how far it may differ, what moved, and how an earlier one turned out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from breakeven.drivers.back_test import BackTest, Scored, Side
from breakeven.ledger.chart import slug
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.demand import Range
from breakeven.plan.projected_demand import Projected
from breakeven.report.figures import percent_text
from breakeven.report.masked import CONFIDENTIAL, SAFE, masked, with_total
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, Value

DIFFERENCE = "cost.difference"
SIGNS = "Costs are in brackets, gross of what others pay."
"""How the page is signed, and every part of it."""

_TENTH = Decimal("0.1")


def number_row(row_id: str, label: str, values: Mapping[str, Value], *, is_total: bool = False) -> Row:
    """A row of numbers of placements by column."""
    kind, level = (RowKind.TOTAL, 0) if is_total else (RowKind.LINE, 1)
    return Row(row_id, label, kind, level, Flow.NET, values, unit="number")


# How far it may differ -------------------------------------------------------------------------------------------

_PERCENTILES: Mapping[str, str] = {"p10": "P10", "p50": "P50", "p90": "P90"}
_SPREADS: Mapping[str, str] = {"chance": "chance", "rates": "rates"}


def ranges_statements(end: YearEnd, found: Projected, *, publish: bool) -> list[Statement]:
    """P10, P50 and P90 of each type and year; and what the spread comes from, chance and rates apart."""
    ranges = _range_statement(
        end,
        found,
        ("ranges", "How far a year's number may differ", _PERCENTILES),
        "P10, P50 and P90: 10, 50 and 90 in 100 trials come out at or below it.",
        publish=publish,
    )
    spreads = _range_statement(
        end,
        found,
        ("spreads", "What that comes from: one standard deviation", _SPREADS),
        "Chance: children come, move and leave as the dice fall. Rates: those of the window are only a sample.",
        publish=publish,
    )
    return [ranges, spreads]


def _range_statement(
    end: YearEnd, found: Projected, of: tuple[str, str, Mapping[str, str]], note: str, *, publish: bool
) -> Statement:
    (part_id, title, parts), demand = of, found.demand
    everything = [*demand.rows, demand.total]
    rows: list[Row] = []
    concealed = hidden_in([[row.now, *row.by_year] for row in everything], publish=publish)
    for row, hides in zip(everything, concealed, strict=True):
        values: dict[str, Value] = {}
        for year, at in zip(demand.years, row.ranges, strict=True):
            for name in parts:
                number = tenth(_part(at, name))
                is_small = publish and name in _PERCENTILES and number < SAFE
                values[f"{year}.{name}"] = CONFIDENTIAL if is_small or any(hides) else number
        rows.append(number_row(f"{part_id}.{slug(row.type)}", row.type, values, is_total=row is demand.total))
    return Statement(
        id=part_id,
        body=end.year.body.name,
        title=title,
        state="",
        columns=tuple(
            Column(f"{year}.{name}", f"{year.on_screen} {label}", ColumnKind.NUMBER)
            for year in demand.years
            for name, label in parts.items()
        ),
        rows=tuple(rows),
        notes=(note,),
        sign_note=SIGNS,
    )


def _part(at: Range, name: str) -> Decimal:
    return {"p10": at.low, "p50": at.middle, "p90": at.high, "chance": at.chance_sd, "rates": at.rate_sd}[name]


# What moved ------------------------------------------------------------------------------------------------------

_OF_MOVEMENTS: Mapping[str, str] = {
    "opening": "At start", "entered": "Entered", "moved_in": "Moved in", "moved_out": "Moved out", "left": "Left",
    "turned_18": "Turned 18", "lost": "Lost", "closing": "At end",
}  # fmt: skip


def movements_statement(end: YearEnd, found: Projected, *, publish: bool) -> Statement:
    """What became of the children of each type over the window, all ages together."""
    assert found.flows is not None  # noqa: S101
    moved, types = found.flows.moved, found.flows.care.types
    counts = [[Decimal(int(getattr(moved, name).sum(axis=0)[i])) for name in _OF_MOVEMENTS] for i in range(len(types))]
    counts.append([sum((row[i] for row in counts), Decimal(0)) for i in range(len(_OF_MOVEMENTS))])
    hidden = hidden_in(counts, publish=publish)
    names = list(_OF_MOVEMENTS)
    rows = [
        number_row(
            f"moved.{slug(label)}",
            label,
            dict(zip(names, hide(numbers, concealed), strict=True)),
            is_total=label == "All placements",
        )
        for label, numbers, concealed in zip((*types, "All placements"), counts, hidden, strict=True)
    ]
    first, last = found.flows.counted.first, found.flows.counted.last
    return Statement(
        id="movements",
        body=end.year.body.name,
        title=f"What moved, {first:%d/%m/%Y} to {last:%d/%m/%Y}",
        state="",
        columns=tuple(Column(name, label, ColumnKind.NUMBER) for name, label in _OF_MOVEMENTS.items()),
        rows=tuple(rows),
        sign_note=SIGNS,
        notes=(
            "At start + entered + moved in − moved out − left − turned 18 − lost = at end. Lost: in no later return.",
        ),
    )


# The back-test ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeUp:
    """The types whose numbers, and whose costs, rest on illustrative cells."""

    numbers: frozenset[str]
    costs: frozenset[str]

    def columns(self, name: str | None) -> frozenset[str]:
        """The columns of the back-test to mark in one type's row, or in the row of all types (None)."""
        numbers, costs = (bool(own) if name is None else name in own for own in (self.numbers, self.costs))
        found = [f"number.{side}" for side in _SIDES if numbers] + [f"cost.{side}" for side in _SIDES if costs]
        return frozenset([*found, DIFFERENCE] if costs else found)


def back_test_statement(end: YearEnd, test: BackTest, made_up: MadeUp, *, publish: bool) -> Statement:
    """Numbers and cost by type as they stood, as projected, and as they were."""
    sides: tuple[Side, ...] = ("unchanged", "projected", "actual")
    grid = [[exact(row.number(side)) for side in sides] for row in test.rows]
    grid.append([exact(test.number(side)) for side in sides])
    hidden = hidden_in(grid, publish=publish)
    rows = [
        replace(_scored(test, row, concealed), illustrative=made_up.columns(row.type))
        for row, concealed in zip(test.rows, hidden, strict=False)
    ]
    costs = [with_total([row.values[f"cost.{side}"] for row in rows], test.total_cost(side)) for side in sides]
    totals: list[Value] = [*hide([tenth(number) for number in grid[-1]], hidden[-1]), *costs]
    miss = CONFIDENTIAL if CONFIDENTIAL in costs else _miss(totals)
    row = _back_row("back_test.total", "All placements", [*totals, miss], RowKind.TOTAL)
    rows.append(replace(row, illustrative=made_up.columns(None)))
    return Statement(
        id="back_test",
        body=end.year.body.name,
        title=f"Back-test: {test.first:%d/%m/%Y} to {test.last:%d/%m/%Y} as projected before it",
        state="",
        columns=(
            *(Column(f"number.{side}", f"{label} number", ColumnKind.NUMBER) for side, label in _SIDES.items()),
            *(Column(f"cost.{side}", f"{label} cost") for side, label in _SIDES.items()),
            Column(DIFFERENCE, "Projected less actual"),
        ),
        rows=tuple(rows),
        sign_note=SIGNS,
        notes=(
            "Unchanged is the number as it stood when the projection was made. All are priced at the same weekly cost, "
            "so that only numbers are scored; a type without one has no cost.",
        ),
    )


_SIDES: Mapping[Side, str] = {"unchanged": "Unchanged", "projected": "Projected", "actual": "Actual"}


def _scored(test: BackTest, row: Scored, concealed: Sequence[bool]) -> Row:
    numbers: list[Value] = [tenth(exact(row.number(side))) for side in _SIDES]
    costs: list[Value] = [test.cost(row, side) for side in _SIDES]
    miss = _miss([*numbers, *costs])
    if any(concealed):
        numbers, costs = hide(numbers, concealed), hide(costs, concealed)
        miss = CONFIDENTIAL
    return _back_row(f"back_test.{slug(row.type)}", row.type, [*numbers, *costs, miss], RowKind.LINE)


def _miss(values: Sequence[Value]) -> Value:
    """The cost projected less the actual, of three numbers and three costs."""
    projected, actual = values[4], values[5]
    return projected - actual if isinstance(projected, Decimal) and isinstance(actual, Decimal) else None


def _back_row(row_id: str, label: str, values: Sequence[Value], kind: RowKind) -> Row:
    names = (*(f"number.{side}" for side in _SIDES), *(f"cost.{side}" for side in _SIDES), DIFFERENCE)
    of = dict(zip(names, values, strict=True))
    return Row(
        row_id, label, kind, 0 if kind is RowKind.TOTAL else 1, Flow.EXPENDITURE, of, as_signed=frozenset({DIFFERENCE})
    )


def verdict(test: BackTest) -> str:
    """How far off the projection was in headcount, mix and cost, and how far no projection would have been."""
    actual = test.number("actual")
    said: list[str] = []
    for side in ("projected", "unchanged"):
        off = (test.number(side) - actual) / actual * 100 if actual else Fraction(0)
        priced = test.total_cost("actual")
        cost_off = (test.total_cost(side) - priced) / priced * 100 if priced else Decimal(0)
        said.append(
            f"{percent_text(exact(off))} in number, {percent_text(exact(test.mix_error(side) * 100))} in mix and "
            f"{percent_text(cost_off)} in cost"
        )
    days = f"{test.first:%d/%m/%Y} to {test.last:%d/%m/%Y}"
    return f"Back-test of {days}: off by {said[0]}; had nothing changed, by {said[1]}."


# Shared ----------------------------------------------------------------------------------------------------------


def hidden_in(grid: Sequence[Sequence[Decimal | None]], *, publish: bool) -> list[list[bool]]:
    """Which numbers of a table a page leaves out; none unless it is to be published."""
    return masked(grid) if publish else [[False] * len(row) for row in grid]


def hide(values: Sequence[Decimal | None] | Sequence[Value], hidden: Sequence[bool]) -> list[Value]:
    """Values with a mark for those that are hidden."""
    return [CONFIDENTIAL if is_hidden else value for value, is_hidden in zip(values, hidden, strict=True)]


def tenth(number: Decimal) -> Decimal:
    """A number as a page shows it."""
    return number.quantize(_TENTH, rounding=ROUND_HALF_UP)


def exact(number: Fraction) -> Decimal:
    """A fraction as a decimal."""
    return Decimal(number.numerator) / number.denominator
