"""The whole workbook, sheet by sheet, before it is written."""

from breakeven.pipeline.year_end import YearEnd
from breakeven.report.excel import about, choices, outputs, record_sheets
from breakeven.report.excel.assumption_rows import assumption_rows, assumptions, base_of_drivers
from breakeven.report.excel.cells import FIRST_ROW, Pages
from breakeven.report.excel.checks import checks_sheet
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.line_sheet import LineSheet
from breakeven.report.excel.plan_sheet import PlanSheet
from breakeven.report.excel.scenario_sheets import scenario_months
from breakeven.report.excel.scheme_sheets import SchemeSheet
from breakeven.report.excel.scheme_years import scheme_years
from breakeven.report.excel.start_sheets import dated_effects, starting_points


def pages_of(end: YearEnd) -> Pages:
    """Every sheet of the workbook of a plan, in order: contents, outputs, inputs, workings, notes and sources."""
    frame = Frame(end)
    ledgers = end.year.ledgers
    names = choices.lists(frame)
    chosen = choices.choices(frame, names)
    rows = assumption_rows(frame)
    assumed = assumptions(frame, rows)
    base_of_drivers(assumed, rows, _base_of_drivers(frame))
    confidence, saved, delivered = (
        choices.confidence(frame),
        record_sheets.savings(frame),
        record_sheets.deliveries(frame),
    )
    pressed = record_sheets.dated(frame, "Pressures", ledgers.pressures, "pressure")
    invested = record_sheets.dated(frame, "Investments", ledgers.investments, "investment")
    overlays = record_sheets.scenarios(frame)
    effects = dated_effects(frame, pressed, invested)
    starts = starting_points(frame, effects)
    flags = scenario_months(frame)
    lines = LineSheet(frame, rows, effects)
    schemes = SchemeSheet(frame, delivered)
    by_year = scheme_years(frame, schemes)
    plan = PlanSheet(frame, lines.rows, by_year, effects)
    inputs = (chosen, assumed, confidence, saved, pressed, invested, overlays)
    by_priority = outputs.savings_summary(frame, by_year.sheet)
    posted, tests = outputs.outturn_sheet(frame), outputs.reconciliation_sheet(frame)
    checks = checks_sheet(frame, plan, lines.rows, inputs, tests)
    shown = (plan.sheet, about.charts(frame), posted, by_priority, tests, checks)
    worked = (starts, effects, flags, lines.months.sheet, lines.sheet, schemes.sheet, by_year.sheet, names)
    entered = (chosen, assumed, saved, delivered, confidence, pressed, invested, overlays)
    told = (about.notes(frame), about.sources(frame))
    rest = (*shown, *entered, *worked, *told)
    return Pages((about.contents(frame, rest), *rest), end.year.body.year.start)


def _base_of_drivers(frame: Frame) -> dict[tuple[str, str], str]:
    """The cells of the number and price of the base year, by line and kind."""
    found: dict[tuple[str, str], str] = {}
    for row, start in enumerate(frame.starts, start=FIRST_ROW):
        if start.driver:
            found[start.id, "number"] = f"'Starting points'!$G${row}"
            if start.driver.price is not None:
                found[start.id, "price"] = f"'Starting points'!$H${row}"
    return found
