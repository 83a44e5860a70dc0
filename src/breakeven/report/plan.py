"""The medium-term financial plan as a statement."""

from breakeven.pipeline import YearEnd
from breakeven.plan.mtfp import PlanRow
from breakeven.report.figures import amount_text
from breakeven.report.statement import Column, Row, RowKind, Statement, workbooks_behind

TOTALS = {"income", "expenditure", "position", "closing_balance", "still_to_find"}


def plan_statement(end: YearEnd, *, lines: bool = False) -> Statement:
    """The plan by year; ``lines`` shows the lines beneath each category."""
    shown = [row for row in _placed(end.plan.rows) if lines or row.level <= 1]
    rows = tuple(_row(row, end) for row in shown)
    years = end.plan.years
    return Statement(
        id="plan",
        title=f"{end.year.body.name}: medium-term financial plan {years[0].on_screen} to {years[-1].on_screen}",
        state=f"plan on {end.year.body.state} outturn",
        columns=tuple(Column(str(year), year.on_screen) for year in years),
        rows=rows,
        notes=(*_notes(end), *end.year.body.notes),
        sources=workbooks_behind(rows, end),
    )


def _placed(rows: tuple[PlanRow, ...]) -> list[PlanRow]:
    """Each line below its category, as a page reads."""
    placed: list[PlanRow] = []
    lines: list[PlanRow] = []
    for row in rows:
        if row.level == 2:
            lines.append(row)
        else:
            placed += [row, *lines]
            lines = []
    return placed


def _row(row: PlanRow, end: YearEnd) -> Row:
    return Row(
        id=row.id,
        label=row.label,
        kind=RowKind.TOTAL if row.id in TOTALS else RowKind.SUBTOTAL if row.level == 1 else RowKind.LINE,
        level=row.level,
        flow=row.flow,
        values={str(year): figure.amount for year, figure in row.years.items()},
        figures={str(year): figure.id for year, figure in row.years.items()},
        illustrative=frozenset(str(year) for year, figure in row.years.items() if figure.id in end.illustrative),
    )


def _notes(end: YearEnd) -> list[str]:
    years, plan = end.plan.years, end.plan
    notes = [f"Position counts savings as {plan.view}; still to find is against savings weighted by confidence."]
    yearly = plan.row("yearly_saving_to_clear").years[years[-1]].amount
    if yearly is not None:
        by = f"31 March {years[-1].start + 1}"
        notes.append(
            f"A further £{amount_text(yearly)} in each of the {len(years)} years would clear the deficit by {by}."
            if yearly
            else f"No further saving is needed to be out of deficit by {by}."
        )
    if plan.open_lines:
        notes.append(f"Open, because no assumption says how they move: {', '.join(plan.open_lines)}.")
    return notes
