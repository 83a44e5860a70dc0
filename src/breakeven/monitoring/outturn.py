"""The year's outturn: what was budgeted, what happened, and which way they differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from breakeven.ledger.chart import UNMAPPED, Category, Chart, Line, slug
from breakeven.ledger.lines import Coding
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure
from breakeven.ledger.rows import row_with
from breakeven.ledger.year import ContractYear
from breakeven.periods import YEAR_END_PERIOD


class Flow(StrEnum):
    """Which way a row's money goes: this decides its bracket on a page and whether more of it is adverse."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    NET = "net"


COLUMNS = ("budget", "actual")


@dataclass(frozen=True, slots=True)
class OutturnRow:
    """One row of the outturn, in pounds as records sign them: income and costs positive, a deficit negative.

    ``level`` 0 is a total, 1 a category or kind of income, 2 a line, source or variation, 3 a cost centre and account.
    """

    id: str
    label: str
    flow: Flow
    level: int
    budget: Figure
    actual: Figure
    variance: Figure
    """Actual less budget: positive is more income, more cost, or a better position."""


@dataclass(frozen=True, slots=True)
class Outturn:
    """Every row of the outturn, each below the parts it is the sum of."""

    rows: tuple[OutturnRow, ...]

    def row(self, row_id: str) -> OutturnRow:
        """The row with this id. Raises KeyError where there is none."""
        return row_with(row_id, self.rows)

    def figures(self) -> Iterator[Figure]:
        """Every figure of every row."""
        for row in self.rows:
            yield from (row.budget, row.actual, row.variance)


def adverse_or_favourable(flow: Flow, variance: Decimal | None) -> str:
    """``A`` where the variance worsens the position, ``F`` where it improves it, blank at nil or where it is open."""
    if not variance:
        return ""
    worsens = variance > 0 if flow is Flow.EXPENDITURE else variance < 0
    return "A" if worsens else "F"


def outturn(year: ContractYear) -> Outturn:
    """State the year's outturn from its ledgers.

        position = income - expenditure;  closing balance = opening balance + position + adjustments

    Income budget is what was agreed; actual third-party income is received plus accrued. Expenditure is the
    extract plus accruals, less prepayments and reversals. Source: annual review 2023-24, section (e).
    """
    income = _income_rows(year)
    spend = _expenditure_rows(year)
    total_income = _total_row("income", "Income", Flow.INCOME, [row for row in income if row.level == 1])
    total_spend = _total_row("expenditure", "Expenditure", Flow.EXPENDITURE, [row for row in spend if row.level == 1])
    position = _position(total_income, total_spend)
    return Outturn((*income, total_income, *spend, total_spend, position, *_balance_rows(year, position)))


def _row(row_id: str, label: str, flow: Flow, level: int, budget: Figure, actual: Figure) -> OutturnRow:
    variance = Figure(
        f"outturn/{row_id}/variance",
        f"{label}: variance",
        less(actual, budget),
        "actual − budget",
        (actual, budget),
    )
    return OutturnRow(row_id, label, flow, level, budget, actual, variance)


def _leaf(
    row_id: str, label: str, flow: Flow, level: int, budget: Sequence[Source], actual: Sequence[Source]
) -> OutturnRow:
    return _row(
        row_id,
        label,
        flow,
        level,
        sum_figure(f"outturn/{row_id}/budget", f"{label}: budget", _sum_of(budget), list(budget)),
        sum_figure(f"outturn/{row_id}/actual", f"{label}: actual", _sum_of(actual), list(actual)),
    )


def _sum_of(parts: Sequence[Source]) -> str:
    return "as read" if len(parts) == 1 else "nothing was posted" if not parts else "the sum of what was read"


def _total_row(row_id: str, label: str, flow: Flow, parts: Sequence[OutturnRow], level: int = 0) -> OutturnRow:
    rule = _rows_of(parts)
    return _row(
        row_id,
        label,
        flow,
        level,
        sum_figure(f"outturn/{row_id}/budget", f"{label}: budget", rule, [part.budget for part in parts]),
        sum_figure(f"outturn/{row_id}/actual", f"{label}: actual", rule, [part.actual for part in parts]),
    )


def _rows_of(parts: Sequence[object]) -> str:
    return "the sum of " + (f"{len(parts)} rows" if len(parts) != 1 else "one row")


def _income_rows(year: ContractYear) -> list[OutturnRow]:
    ledgers = year.ledgers
    basic = [source_of(r, "amount", "Basic contract sum") for r in ledgers.contract_sums if r.year == year.body.year]
    variations = [
        _leaf(f"variations.{slug(r.ref)}", r.purpose, Flow.INCOME, 2, read, read)
        for r in ledgers.variations
        for read in [[source_of(r, "amount", f"{r.ref} {r.purpose}")]]
    ]
    third_parties = [
        _opened(
            _leaf(
                f"third_party_income.{slug(r.source)}",
                r.source,
                Flow.INCOME,
                2,
                [source_of(r, "agreed", f"{r.source}: agreed")],
                [source_of(r, field, f"{r.source}: {field}") for field in ("received", "accrued")],
            ),
            no_budget=False,
            no_actual=year.starts_from_budget and not r.actual,
        )
        for r in ledgers.third_party_income
    ]
    return [
        _leaf("contract_sum", "Contract sum", Flow.INCOME, 1, basic, basic)
        if basic
        else _open_row("contract_sum", "Contract sum", Flow.INCOME),
        *variations,
        _total_row("variations", "Variations", Flow.INCOME, variations, level=1),
        *third_parties,
        _total_row("third_party_income", "Third-party income", Flow.INCOME, third_parties, level=1),
    ]


def _expenditure_rows(year: ContractYear) -> list[OutturnRow]:
    budget, actual = _sources_by_coding(year)
    by_line: dict[str, list[Coding]] = {}
    for coding in sorted(budget.keys() | actual.keys()):
        by_line.setdefault(year.body.chart.line_of(coding), []).append(coding)
    rows: list[OutturnRow] = []
    categories = list(year.body.chart.categories)
    if UNMAPPED in by_line:
        categories.append(Category(UNMAPPED, "Unmapped"))
    for category in categories:
        lines = list(year.body.chart.lines_in(category.id))
        if category.id == UNMAPPED:
            lines = [Line(UNMAPPED, "Unmapped codes", UNMAPPED, ())]
        line_rows: list[OutturnRow] = []
        for line in lines:
            codings = [
                _leaf(
                    coding_row_id(year.body.chart, line.id, coding),
                    " ".join(coding),
                    Flow.EXPENDITURE,
                    3,
                    budget.get(coding, []),
                    actual.get(coding, []),
                )
                for coding in by_line.get(line.id, [])
            ]
            line_row = _total_row(row_id(year.body.chart, line.id), line.label, Flow.EXPENDITURE, codings, level=2)
            line_rows.append(_opened(line_row, no_budget=not budget, no_actual=not year.transactions))
            rows += [*codings, line_rows[-1]]
        rows.append(_total_row(category.id, category.label, Flow.EXPENDITURE, line_rows, level=1))
    return rows


def row_id(chart: Chart, line_id: str) -> str:
    """The id that a line of the chart has as a row: it differs where a category bears the line's id."""
    return f"{line_id}_codes" if line_id in {UNMAPPED, *(each.id for each in chart.categories)} else line_id


def coding_row_id(chart: Chart, line_id: str, coding: Coding) -> str:
    """The id of the row of one cost centre and account beneath its line: ``residential.p1010_6010``."""
    return f"{row_id(chart, line_id)}.{slug('_'.join(coding))}"


def _opened(row: OutturnRow, *, no_budget: bool, no_actual: bool) -> OutturnRow:
    """The row as open where nothing at all was budgeted or posted: an empty sheet is missing, not nil."""
    if not (no_budget or no_actual):
        return row
    budget = _missing(row.budget, "no budget was given") if no_budget else row.budget
    actual = _missing(row.actual, "no transactions were given") if no_actual else row.actual
    return _row(row.id, row.label, row.flow, row.level, budget, actual)


def _missing(figure: Figure, why: str) -> Figure:
    return Figure(figure.id, figure.label, None, why, ())


def _sources_by_coding(year: ContractYear) -> tuple[dict[Coding, list[Source]], dict[Coding, list[Source]]]:
    budget: dict[Coding, list[Source]] = {}
    for line in year.ledgers.budget:
        budget.setdefault(line.coding, []).append(source_of(line, "revised", f"Revised budget {' '.join(line.coding)}"))
    actual: dict[Coding, list[Source]] = {}
    for coding, postings in year.transactions.by_coding.items():
        label = f"{len(postings.cells):,} transactions"
        actual.setdefault(coding, []).append(Source(label, postings.total, postings.cells, postings.illustrative))
    for entry in year.accruals_at(YEAR_END_PERIOD):
        label = f"{entry.ref} {entry.kind} {entry.description}".strip()
        actual.setdefault(entry.coding, []).append(source_of(entry, "amount", label))
    return budget, actual


def _position(income: OutturnRow, spend: OutturnRow) -> OutturnRow:
    figures = {
        column: Figure(
            f"outturn/position/{column}",
            f"Position: {column}",
            less(inward, outward),
            "income − expenditure",
            (inward, outward),
        )
        for column, inward, outward in (
            ("budget", income.budget, spend.budget),
            ("actual", income.actual, spend.actual),
        )
    }
    return _row("position", "Position for the year", Flow.NET, 0, figures["budget"], figures["actual"])


def _balance_rows(year: ContractYear, position: OutturnRow) -> Iterator[OutturnRow]:
    opening = [source_of(r, "amount", "Opening balance") for r in year.ledgers.balances if r.kind == "opening"]
    adjusted = [
        source_of(r, "amount", r.description or "Adjustment") for r in year.ledgers.balances if r.kind == "adjustment"
    ]
    opening_row = _leaf("opening_balance", "Opening balance", Flow.NET, 1, opening, opening)
    if not opening:
        opening_row = _open_row("opening_balance", "Opening balance", Flow.NET)
    parts = [opening_row, position]
    yield opening_row
    if adjusted:
        parts.append(_leaf("adjustments", "Contributions and adjustments", Flow.NET, 1, adjusted, adjusted))
        yield parts[-1]
    closing = _total_row("closing_balance", "Closing balance", Flow.NET, parts)
    moved = [part.variance for part in parts]
    yield replace(closing, variance=sum_figure(closing.variance.id, closing.variance.label, _rows_of(moved), moved))


def _open_row(row_id: str, label: str, flow: Flow) -> OutturnRow:
    budget, actual = (Figure(f"outturn/{row_id}/{column}", label, None, "not given", ()) for column in COLUMNS)
    return _row(row_id, label, flow, 1, budget, actual)
