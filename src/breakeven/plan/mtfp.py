"""The medium-term financial plan: from the outturn and the assumptions to each year's balance."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.provenance import Figure, source_of, sum_figure, total
from breakeven.ledger.rows import row_with
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Flow, Outturn
from breakeven.periods import Year
from breakeven.plan import deficit
from breakeven.plan.basis import Basis, basis, model, overlaid
from breakeven.plan.effects import change_since
from breakeven.plan.lines import ProjectedLine, Start, effect_figure, projected
from breakeven.plan.model import HELD_SAVINGS, Model, ModelLine, View
from breakeven.plan.projection import Array, closing_balances, positions
from breakeven.plan.savings import Programme

Amounts = Mapping[Year, Figure]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the plan: a figure for each year, signed as records are.

    ``level`` 0 is a total, 1 a category or kind of income, 2 a line.
    """

    id: str
    label: str
    flow: Flow
    level: int
    years: Amounts


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan's rows; the lines that have no assumption for some year and so are open; what the lines start from."""

    view: View
    years: tuple[Year, ...]
    rows: tuple[PlanRow, ...]
    open_lines: tuple[str, ...]
    lines: tuple[ProjectedLine, ...]
    model: Model
    """The same plan as numbers."""
    basis: Basis
    """What it is made from, whatever scenario it is."""
    overlays: tuple[Overlay, ...] = ()
    """What its scenario changes."""

    def row(self, row_id: str) -> PlanRow:
        """The row with this id. Raises KeyError where there is none."""
        return row_with(row_id, self.rows)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for row in self.rows:
            yield from row.years.values()


def plan(
    year: ContractYear,
    outturn: Outturn,
    programme: Programme,
    view: View = "planned",
    overlays: Sequence[Overlay] = (),
) -> Plan:
    """Project the years after ``year``, in whole pounds by line and year.

        position = income − expenditure before savings + savings − investments
        closing balance = opening balance + position;  each year opens where the last closed

    view: which savings the position counts: planned, forecast, or weighted by confidence. What is still to find
    is always against the weighted ones. A line without an assumption for a year is open from that year on, until a
    sum is stated for it, and so is every total over it. overlays: what a scenario changes; ``programme`` is of the
    savings as it changes them. Raises OverlayError where one cannot be applied.
    Source: annual review 2023-24, section (e), Medium Term Financial Plan; docs/plan.md.
    """
    years = programme.years
    made_from = basis(year, outturn, years)
    numbers = model(made_from, overlays, view)
    outcome = numbers.outcome()
    changed = _bearing_on(made_from, overlays)
    income = _projected(made_from.income, numbers.income, outcome.income, years, changed)
    spend = _projected(made_from.expenditure, numbers.expenditure, outcome.gross, years, changed)
    income_rows = [PlanRow(p.start.id, p.start.label, Flow.INCOME, 1, p.years) for p in income]
    line_rows, category_rows = _expenditure_rows(year, spend, years)
    total_income = _sum_row("income", "Income", Flow.INCOME, 0, income_rows, years)
    gross = _sum_row("expenditure", "Expenditure before savings", Flow.EXPENDITURE, 0, category_rows, years)
    to_find = _further_saving_rows(numbers, overlays)
    held = _held_rows(programme, years)
    savings = _savings_row(programme, view, years, to_find)
    investments = _investments_row(year, years)
    rows = [*income_rows, total_income, *line_rows, gross, *held, *to_find, savings, investments]
    rows += _results((total_income, gross, savings, investments), made_from.opening, programme, years)
    return Plan(view, years, tuple(rows), numbers.open_lines, (*income, *spend), numbers, made_from, tuple(overlays))


def _bearing_on(made_from: Basis, overlays: Sequence[Overlay]) -> Mapping[str, Sequence[Overlay]]:
    """The overlays behind each line, by its id; what others pay towards placements added is third-party income."""
    lines = {line: [each.overlay for each in own] for line, own in overlaid(made_from, overlays).lines.items()}
    shared = [start.id for start in made_from.expenditure if start.driver and start.driver.contribution]
    paid = [each for line in shared for each in lines.get(line, ()) if each.what == "number"]
    return {**lines, "third_party_income": [*lines.get("third_party_income", ()), *paid]}


def _projected(
    starts: Sequence[Start],
    lines: Sequence[ModelLine],
    amounts: Array,
    years: Sequence[Year],
    overlays: Mapping[str, Sequence[Overlay]],
) -> list[ProjectedLine]:
    """The lines with what they come to, open where it is not known. overlays: by the id of the line."""
    found: list[ProjectedLine] = []
    for i, (start, line) in enumerate(zip(starts, lines, strict=True)):
        known = {year: amounts[0, i, t] if line.is_known(t) else None for t, year in enumerate(years)}
        found.append(projected(start, known, overlays.get(start.id, ())))
    return found


def _expenditure_rows(
    year: ContractYear, spend: Sequence[ProjectedLine], years: Sequence[Year]
) -> tuple[list[PlanRow], list[PlanRow]]:
    """Every line and category row in order, and the category rows alone."""
    rows: list[PlanRow] = []
    categories: list[PlanRow] = []
    for category in dict.fromkeys(line.start.category for line in spend):
        lines = [
            PlanRow(p.start.id, p.start.label, Flow.EXPENDITURE, 2, p.years)
            for p in spend
            if p.start.category == category
        ]
        if category == UNMAPPED:
            categories.append(PlanRow(UNMAPPED, "Unmapped", Flow.EXPENDITURE, 1, lines[0].years))
        else:
            label = year.body.chart.labels[category]
            categories.append(_sum_row(category, label, Flow.EXPENDITURE, 1, lines, years))
            rows += lines
        rows.append(categories[-1])
    return rows, categories


def _sum_row(
    row_id: str, label: str, flow: Flow, level: int, parts: Sequence[PlanRow], years: Sequence[Year]
) -> PlanRow:
    def figure(year: Year) -> Figure:
        rule = f"the sum of {len(parts)} rows"
        return sum_figure(
            f"plan/{row_id}/{year}", f"{label} {year.on_screen}", rule, [part.years[year] for part in parts]
        )

    return PlanRow(row_id, label, flow, level, {year: figure(year) for year in years})


def _further_saving_rows(numbers: Model, overlays: Sequence[Overlay]) -> list[PlanRow]:
    """The one row of what a scenario saves beyond every scheme; none where it says nothing of it."""
    sums = [each for each in overlays if slug(each.line) == FURTHER_SAVING]
    parts = tuple(source_of(each, "value", f"{each.scenario}: {each.in_words}") for each in sums)

    def figure(year: Year, amount: Decimal) -> Figure:
        label = f"Further saving {year.on_screen}, beyond every scheme"
        return Figure(f"plan/{FURTHER_SAVING}/{year}", label, amount, "each sum from its first month on", parts)

    rows = [scheme.planned for scheme in numbers.schemes if scheme.ref == FURTHER_SAVING]
    figures = [{year: figure(year, a) for year, a in zip(numbers.years, row, strict=True)} for row in rows]
    return [PlanRow(FURTHER_SAVING, "of which further", Flow.INCOME, 2, each) for each in figures]


def _held_rows(programme: Programme, years: Sequence[Year]) -> list[PlanRow]:
    """The one row of the savings that the lines hold already, while the base year goes on; none once it is over."""
    if programme.held is None:
        return []
    return [PlanRow(HELD_SAVINGS, "of which in the base already", Flow.INCOME, 2, dict.fromkeys(years, programme.held))]


def _savings_row(programme: Programme, view: View, years: Sequence[Year], to_find: Sequence[PlanRow]) -> PlanRow:
    """The schemes that count, what those beside them add or drop beyond the base year, and a further saving."""
    beyond = " and further" if to_find else ""

    def figure(year: Year) -> Figure:
        parts = [programme.totals[year].view(view), *programme.beside_totals(year)]
        parts += [row.years[year] for row in to_find]
        rule = f"new schemes as {view}, and earlier ones" + (", and the further saving" if to_find else "")
        return sum_figure(f"plan/savings/{year}", f"Savings {year.on_screen}", rule, parts)

    return PlanRow("savings", f"Savings, {view}{beyond}", Flow.INCOME, 1, {year: figure(year) for year in years})


def _investments_row(year: ContractYear, years: Sequence[Year]) -> PlanRow:
    """Each investment beyond what the outturn already holds of it."""

    def figure(each: Year) -> Figure:
        parts = [
            effect_figure(i, f"{i.ref} {i.description}", change_since(year.body.year, each, i), each)
            for i in year.ledgers.investments
        ]
        return sum_figure(
            f"plan/investments/{each}", f"Investments {each.on_screen}", f"the sum of {len(parts)} investments", parts
        )

    return PlanRow("investments", "Investments", Flow.EXPENDITURE, 1, {each: figure(each) for each in years})


RESULTS: tuple[tuple[str, str, Flow, int], ...] = (
    ("position", "Position for the year", Flow.NET, 0),
    ("opening_balance", "Opening balance", Flow.NET, 1),
    ("closing_balance", "Closing balance", Flow.NET, 0),
    ("gap_before_savings", "Position before savings", Flow.NET, 0),
    ("break_even_requirement", "All savings needed to break even", Flow.INCOME, 1),
    ("savings_identified", "Savings identified, weighted", Flow.INCOME, 1),
    ("still_to_find", "Still to find", Flow.INCOME, 0),
    ("yearly_saving_to_clear", "Further saving a year, beyond those counted, to clear the deficit", Flow.INCOME, 0),
)


def _results(flows: Sequence[PlanRow], opening: Figure, programme: Programme, years: Sequence[Year]) -> list[PlanRow]:
    """Position and corkscrew, then what it takes to break even each year and to clear the deficit by the last.

    flows: income, expenditure before savings, savings, investments.
    """
    moved = positions(*(_amounts(row, years) for row in flows))
    closing = closing_balances(np.array([opening.amount or Decimal(0)], dtype=object), moved)
    found: dict[str, dict[Year, Figure]] = {row_id: {} for row_id, *_ in RESULTS}

    def put(row_id: str, year: Year, amount: Decimal, rule: str, parts: Sequence[Figure]) -> Figure:
        is_open = any(part.amount is None for part in parts)
        figure = Figure(
            f"plan/{row_id}/{year}",
            f"{_LABELS[row_id]} {year.on_screen}",
            None if is_open else amount,
            rule,
            tuple(parts),
        )
        found[row_id][year] = figure
        return figure

    balance = opening
    for i, year in enumerate(years):
        income, gross, savings, investments = (row.years[year] for row in flows)
        position = put("position", year, moved[0, i], "income − expenditure + savings − investments",
                       (income, gross, savings, investments))  # fmt: skip
        opened = put("opening_balance", year, balance.amount or Decimal(0), "where the last year closed", (balance,))
        balance = put("closing_balance", year, closing[0, i], "opening balance + position", (opened, position))
        gap = put("gap_before_savings", year, moved[0, i] - (savings.amount or 0), "income − expenditure − investments",
                  (income, gross, investments))  # fmt: skip
        put("break_even_requirement", year, deficit.requirement(gap.amount or Decimal(0)),
                     "the saving that brings the gap to nil", (gap,))  # fmt: skip
        weighted = (programme.totals[year].weighted, *programme.beside_totals(year))
        identified = put("savings_identified", year, total(weighted) or Decimal(0), "forecast × confidence", weighted)
        put("still_to_find", year, deficit.still_to_find(-(gap.amount or Decimal(0)), identified.amount or Decimal(0)),
            "what is left short with the savings identified, nil at least", (gap, identified))  # fmt: skip
    for year in years:
        a_year = deficit.yearly_saving_to_clear(balance.amount or Decimal(0), len(years))
        rule = f"the closing deficit of {years[-1].on_screen} ÷ {len(years)} years, rounded up to the pound"
        put("yearly_saving_to_clear", year, a_year, rule, (balance,))
    return [PlanRow(row_id, label, flow, level, found[row_id]) for row_id, label, flow, level in RESULTS]


_LABELS = {row_id: label for row_id, label, *_ in RESULTS}


def _amounts(row: PlanRow, years: Sequence[Year]) -> Array:
    """A row as an array of one trial and one line; nil stands in where a figure is open, and is never shown."""
    return np.array([[[row.years[year].amount or Decimal(0) for year in years]]], dtype=object)
