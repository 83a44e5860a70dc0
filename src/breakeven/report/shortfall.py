"""The shortfall of the plan by year as a statement."""

from collections.abc import Iterator, Mapping

from breakeven.ledger.provenance import Figure
from breakeven.money import NIL
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.mtfp import PlanRow
from breakeven.plan.shortfall import shortfall
from breakeven.report.figures import balance_words
from breakeven.report.plan import plan_state
from breakeven.report.statement import Column, Row, RowKind, Statement, by_year, figures_row, files_behind, mark_of

TOTALS = {"cumulative_gap", "remaining"}


def shortfall_statement(end: YearEnd) -> Statement:
    """The gap before savings by year, what each year adds to it, and what the savings identified leave of it."""
    rows, years = shortfall(end.plan), end.plan.years
    return Statement(
        id="shortfall",
        body=end.year.body.name,
        title=f"Shortfall {' to '.join(dict.fromkeys((years[0].on_screen, years[-1].on_screen)))}",
        state=plan_state(end),
        columns=tuple(Column(str(year), year.on_screen) for year in years),
        rows=tuple(_row(row, end) for row in rows),
        summary=tuple(_summary(end, rows)),
        notes=(
            "The cumulative gap is a year's own position before savings; the annual gaps up to a year add up to it, "
            "the first being the whole of the first year's.",
            "The shortfall remaining counts the savings identified as weighted by confidence.",
            *end.year.body.notes,
        ),
        sources=files_behind((figure for row in rows for figure in row.years.values()), end.year),
    )


def _row(row: PlanRow, end: YearEnd) -> Row:
    kind, level = (RowKind.TOTAL, 0) if row.id in TOTALS else (RowKind.LINE, 1)
    return figures_row(end, row.id, row.label, kind, level, by_year(row.years), flow=row.flow)


def _summary(end: YearEnd, rows: tuple[PlanRow, ...]) -> Iterator[str]:
    found = {row.id: row.years for row in rows}
    known = [year for year in end.plan.years if found["cumulative_gap"][year].amount is not None]
    if known:
        yield (
            f"{known[-1].on_screen} is {_said(end, found['cumulative_gap'], known[-1])} before savings, and "
            f"{_said(end, found['remaining'], known[-1])} after those identified."
        )
    if rest := [year.on_screen for year in end.plan.years if year not in known]:
        lines = len(end.plan.open_lines)
        said = " and ".join(rest) if len(rest) < 3 else f"{rest[0]} to {rest[-1]}"
        yield (
            f"Open: {said}. Nothing is assumed of {lines} line{'s' if lines > 1 else ''}, "
            f"such as {end.plan.open_lines[0]}; no assumption is carried on."
        )


def _said(end: YearEnd, years: Mapping[Year, Figure], year: Year) -> str:
    figure = years[year]
    return f"{balance_words(figure.amount or NIL)}{mark_of(end, figure)}"
