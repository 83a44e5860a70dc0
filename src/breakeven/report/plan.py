"""The medium-term financial plan as a statement."""

from collections.abc import Iterator

from breakeven.ledger.provenance import Figure
from breakeven.ledger.targets import FURTHER_SAVING, in_words
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.plan.model import HELD_SAVINGS
from breakeven.plan.mtfp import PlanRow
from breakeven.report.figures import amount_text
from breakeven.report.run_rate import counted_in, number_words, run_rate_note
from breakeven.report.statement import (
    Column,
    Row,
    RowKind,
    Statement,
    by_year,
    figures_row,
    mark_of,
    placed,
    starting_point,
    workbooks_behind,
)

TOTALS = {"income", "expenditure", "position", "closing_balance", "still_to_find"}


def plan_statement(end: YearEnd, *, lines: bool = False) -> Statement:
    """The plan by year; ``lines`` shows the lines beneath each category."""
    told = {FURTHER_SAVING, HELD_SAVINGS}
    shown = [row for row in placed(end.plan.rows) if lines or row.level <= 1 or row.id in told]
    rows = tuple(_row(row, end) for row in shown)
    years = end.plan.years
    return Statement(
        id="plan",
        body=end.year.body.name,
        title=f"Plan {' to '.join(dict.fromkeys((years[0].on_screen, years[-1].on_screen)))}",
        state=plan_state(end),
        columns=tuple(Column(str(year), year.on_screen) for year in years),
        rows=rows,
        summary=tuple(_summary(end)),
        notes=(*_notes(end), *end.year.body.notes),
        sources=workbooks_behind(rows, end),
    )


def plan_state(end: YearEnd) -> str:
    """What a page of the plan says it stands on, and whose scenario it is."""
    return f"medium-term plan on {starting_point(end)}{_scenario(end)}"


def _scenario(end: YearEnd) -> str:
    """Whose overlays the plan has, if any."""
    names = laid_over(end)
    return f", scenario {' and '.join(names)}" if names else ""


def laid_over(end: YearEnd) -> tuple[str, ...]:
    """The scenarios that a plan is laid over with, by name; none where it is as it is planned."""
    return tuple(dict.fromkeys(overlay.scenario for overlay in end.plan.overlays))


def _row(row: PlanRow, end: YearEnd) -> Row:
    kind = RowKind.TOTAL if row.id in TOTALS else RowKind.SUBTOTAL if row.level == 1 else RowKind.LINE
    return figures_row(end, row.id, row.label, kind, row.level, by_year(row.years), flow=row.flow)


def _summary(end: YearEnd) -> Iterator[str]:
    first, last = end.plan.years[0], end.plan.years[-1]

    if end.plan.open_lines:
        yield f"Open, because no assumption says how they move: {end.plan.model.open_in_words}."
    yield from break_even(end, first)
    yearly = end.plan.row("yearly_saving_to_clear").years[last]
    by = f"31 March {last.start + 1}"
    if yearly.amount:
        each = f"each of the {len(end.plan.years)} years" if first != last else "the year"
        further = _said(end, "yearly_saving_to_clear", last)
        yield f"On top of {_counted(end)}, a further {further} in {each} would clear the deficit by {by}."
    elif yearly.amount is not None:
        yield f"With {_counted(end)}, no more is needed to be out of deficit by {by}."


def break_even(end: YearEnd, year: Year) -> Iterator[str]:
    """What it takes to break even in one year, and what of it is identified; nothing where that year is open."""
    needed, missing = (
        end.plan.row(row_id).years[year].amount for row_id in ("break_even_requirement", "still_to_find")
    )
    if end.programme.held:
        yield from _break_even_beyond(end, year, end.programme.held)
        return
    identified = f"{_said(end, 'savings_identified', year)} identified, weighted by confidence"
    if needed == 0:
        yield f"{year.on_screen} needs no saving to break even; savings of {identified}."
    elif needed is not None:
        rest = f"and {_said(end, 'still_to_find', year)} still to find" if missing else "which is enough"
        yield (
            f"To break even in {year.on_screen} takes savings of {_said(end, 'break_even_requirement', year)}: "
            f"{identified}, {rest}."
        )


def _break_even_beyond(end: YearEnd, year: Year, held: Figure) -> Iterator[str]:
    """The same where the base holds savings of a year that goes on: what of all is sure is held against them."""
    rows = ("break_even_requirement", "savings_identified", "still_to_find")
    needed, identified, missing = (end.plan.row(row_id).years[year] for row_id in rows)
    if needed.amount is None or identified.amount is None or not held.amount:
        return
    mark = mark_of(end, held)
    sure = f"£{amount_text(identified.amount - held.amount)}{mark_of(end, identified)}"
    more = f"£{amount_text(needed.amount)}{mark_of(end, needed)} more than" if needed.amount else "no more than"
    rest = f"and {_said(end, 'still_to_find', year)} is still to find" if missing.amount else "which is enough"
    yield (
        f"To break even in {year.on_screen} takes savings of {more} the £{amount_text(-held.amount)}{mark} of "
        f"{end.programme.base.on_screen} that the {'budget' if end.year.starts_from_budget else 'forecast'} holds: "
        f"{sure} of all is identified, weighted by confidence, {rest}."
    )


def _said(end: YearEnd, row_id: str, year: Year) -> str:
    figure = end.plan.row(row_id).years[year]
    return f"£{amount_text(figure.amount)}{mark_of(end, figure)}"


_COUNTED = {
    "planned": "every planned saving",
    "forecast": "every saving as forecast",
    "weighted": "every saving as weighted by confidence",
}


def _counted(end: YearEnd) -> str:
    """Which savings the position counts."""
    return f"{_COUNTED[end.plan.view]}{as_laid_over(end)}"


def as_laid_over(end: YearEnd) -> str:
    """That a plan's savings are a scenario's, where one is laid over it."""
    return " under the scenario" if end.plan.overlays else ""


def _notes(end: YearEnd) -> Iterator[str]:
    yield (
        f"The position, and the further saving that clears the deficit, count savings as {end.plan.view}; "
        "still to find is against those weighted by confidence."
    )
    yield from _numbers(end)
    yield from run_rate_note(end)
    if end.plan.overlays:
        yield f"The scenario changes: {'; '.join(in_words(each, end.year.body) for each in end.plan.overlays)}."


def _numbers(end: YearEnd) -> Iterator[str]:
    """The lines that placements or posts stand behind, how many, and which workbook says so."""
    found: list[str] = []
    read: dict[str, None] = {}
    for start in end.plan.basis.expenditure:
        planned = end.plan.basis.moves[start.id].numbers[0]
        if start.driver is None or planned is None:
            continue
        counted = counted_in(start)
        was, will_be = (
            number_words(start.driver.average, counted),
            number_words(planned, counted, start.assumptions[end.plan.years[0]]),
        )
        found.append(f"{start.label} {was}, {will_be} {start.driver.unit}s")
        read |= dict.fromkeys(each.cells.workbook for each in counted)
    if found:
        base, first = end.year.body.year.on_screen, end.plan.years[0].on_screen
        how = "budgeted for" if end.year.starts_from_budget else "on average in"
        counted_by = ", ".join(read) + _how_counted(end)
        before = ", before the scenario changes them" if end.plan.overlays else ""
        yield (
            f"Numbers stand behind these lines, {how} {base} ({counted_by}) and as the plan of {first} has "
            f"them{before}: {'; '.join(found)}. breakeven bridge says what one more does."
        )


def _how_counted(end: YearEnd) -> str:
    """What a number of placements is the average of, where demand may be said by another measure."""
    if end.year.starts_from_budget or not end.year.ledgers.placements:
        return ""
    nights = ", where Demand has that of every night" if end.year.ledgers.placement_register else ""
    return f"; placements are the average of month ends{nights}"
