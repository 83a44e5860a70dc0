"""What the records say of each line beside its amounts: virements, one-offs, explanations, who pays towards it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from breakeven.ledger.chart import UNMAPPED, Category, Chart, slug
from breakeven.ledger.lines import Coding
from breakeven.ledger.provenance import Figure, Source, source_of, sum_figure
from breakeven.ledger.record import Record
from breakeven.ledger.registers import Explanation
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.line_state import Reason
from breakeven.monitoring.outturn import Flow, Outturn, OutturnRow, row_id
from breakeven.monitoring.overrides import row_named

THIRD_PARTY = "third_party_income"

INCOME = (
    Category("contract_sum", "Contract sum"),
    Category("variations", "Variations"),
    Category(THIRD_PARTY, "Third-party income"),
)
"""What income is grouped by, as categories are for expenditure. The contract sum is one line."""

_Coded = TypeVar("_Coded", bound=Record)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the outturn, or one row of income, which is a line too."""

    id: str
    label: str
    flow: Flow
    category: Category
    budget: Figure
    """The revised one; for income what was agreed."""
    actual: Figure


def line_rows(year: ContractYear, outturn: Outturn) -> tuple[LineRow, ...]:
    """Every line of the outturn, in its order; rows of income under one id are one line."""
    categories = {row_id(year.body.chart, line.id): line.category for line in year.body.chart.lines}
    known = {each.id: each for each in (*INCOME, *year.body.chart.categories, Category(UNMAPPED, "Unmapped"))}
    found: dict[str, LineRow] = {}
    for row in outturn.rows:
        category = row.id.split(".")[0] if row.flow is Flow.INCOME else categories.get(row.id, UNMAPPED)
        is_line = row.level == 2 or row.id == INCOME[0].id
        if is_line and row.flow is not Flow.NET:
            found[row.id] = _joined(found.get(row.id), row, known[category])
    return tuple(found.values())


def _joined(before: LineRow | None, row: OutturnRow, category: Category) -> LineRow:
    if before is None:
        return LineRow(row.id, row.label, row.flow, category, row.budget, row.actual)

    def both(column: str, one: Figure, other: Figure) -> Figure:
        return sum_figure(f"variance/{row.id}/{column}", f"{row.label}: {column}", "the sum of its rows", [one, other])

    budget, actual = both("budget", before.budget, row.budget), both("actual", before.actual, row.actual)
    return LineRow(row.id, before.label, row.flow, category, budget, actual)


def row_of(chart: Chart, coding: Coding) -> str:
    """The id of the row that a cost centre and account are on."""
    return row_id(chart, chart.line_of(coding))


def sources_by_row(
    records: Iterable[_Coded], row: Callable[[_Coded], str | None], field: str, label: Callable[[_Coded], str]
) -> dict[str, list[Source]]:
    """One amount of each record, by the row that it is on; blank amounts and records without a row are left out."""
    found: dict[str, list[Source]] = {}
    for record in records:
        on = row(record)
        if on is not None and getattr(record, field) is not None:
            found.setdefault(on, []).append(source_of(record, field, label(record)))
    return found


def virements_in_force(year: ContractYear, until: date) -> dict[str, Figure]:
    """What virements up to and on one day add to each line, net; a line they take from is below nil."""
    chart = year.body.chart
    made = [each for each in year.ledgers.virements if each.date <= until]
    found = sources_by_row(made, lambda each: row_of(chart, each.coding), "amount", lambda each: f"Virement {each.ref}")
    return {
        row: sum_figure(f"variance/{row}/virements/{until}", "Virements in force", f"up to {until:%d/%m/%Y}", sources)
        for row, sources in found.items()
    }


def one_off_variations(year: ContractYear, rows: Iterable[LineRow]) -> dict[str, Figure]:
    """The whole amount of each variation of the contract sum that does not recur."""
    once = {f"variations.{slug(each.ref)}" for each in year.ledgers.variations if not each.recurrent}
    return {row.id: row.actual for row in rows if row.id in once}


def contributors(chart: Chart) -> frozenset[str]:
    """The rows of income that the chart names as contributions to a line."""
    return frozenset(f"{THIRD_PARTY}.{slug(source)}" for line in chart.lines for source in line.contributions)


def explained_at(year: ContractYear, rows: Iterable[LineRow], *periods: int) -> dict[str, dict[Reason, Figure]]:
    """What is explained in pounds of each line, by reason, at the first of some periods at which anything is.

    A line may be named by its id or label, a row of income likewise. Words without an amount explain no pounds.
    """
    chart, known = year.body.chart, {row.id for row in rows}

    def row_about(explanation: Explanation) -> str | None:
        named = row_id(chart, row_named(explanation.line, year))
        return named if named in known else None

    found: dict[str, dict[Reason, Figure]] = {}
    for period in periods:
        at_it = [each for each in year.ledgers.explanations if each.period == period]
        told: dict[str, dict[Reason, Figure]] = {}
        for reason in Reason:
            given = [each for each in at_it if each.kind == reason.value]
            sources = sources_by_row(given, row_about, "amount", lambda each: each.text)
            for row, parts in sources.items():
                name = f"variance/{row}/explained_{slug(reason)}/{period}"
                told.setdefault(row, {})[reason] = sum_figure(name, reason.label, "as explained by hand", parts)
        found = told | found
    return found
