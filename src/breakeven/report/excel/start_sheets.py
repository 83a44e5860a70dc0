"""Workings: what each line starts from, and what pressures and investments come to by year."""

from collections.abc import Sequence
from decimal import Decimal

from breakeven.ledger.assumptions import Investment, Pressure
from breakeven.plan.effects import change_since
from breakeven.plan.lines import pressures_on
from breakeven.report.excel.cells import (
    BASE_COLUMN,
    FIRST_ROW,
    FIRST_YEAR,
    Entry,
    Sheet,
    letter,
)
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.record_sheets import DATED_COLUMNS
from breakeven.report.figures import MISSING

WHOLE = "ROUND(ROUND({},6),0)"
"""Whole pounds, halves away from zero: the inner rounding takes away what a binary fraction leaves of a half."""

CONTRACT_YEAR = "YEAR({0})-IF(MONTH({0})<4,1,0)"


def whole(formula: str) -> str:
    """A formula in whole pounds."""
    return WHOLE.format(formula)


def dated_effects(frame: Frame, pressures: Sheet, investments: Sheet) -> Sheet:
    """What each pressure and investment comes to in each year."""
    sheet = frame.sheet(
        "Dated effects",
        "workings",
        "Pressures and investments by year",
        "In £, whole pounds. Source: sheets Pressures, Investments.",
    )
    frame.signs(
        sheet,
        "Costs are positive. Recurrent: the amount × months left ÷ 12 in its first year, the whole "
        "of it after; one-off: "
        "whole in its first year. After F: first year, months left of it, line number, begun by the base year.",
    )
    right = ("First year", "Months of it", "Line number", "Begun by the base year")
    frame.year_head(sheet, ("Ref and description", "Kind", "Unit"), right, (50, 12, 8, 11, 11, 11, 13))
    first, months = letter(frame.after), letter(frame.after + 1)
    row = FIRST_ROW
    ledgers = frame.end.year.ledgers
    for kind, records, source in (
        ("pressure", ledgers.pressures, pressures),
        ("investment", ledgers.investments, investments),
    ):
        for number, each in enumerate(records):
            at = {name: f"{source.ref}${letter(column)}${FIRST_ROW + number}" for name, column in DATED_COLUMNS.items()}
            made_up = each.basis == "illustrative"
            sheet.text(row, f"{each.ref} {each.description}", kind, "£")
            share = f"{at['amount']}*IF(@$4=${first}#,${months}#,12)/12"
            now = (
                f'IF(@$4<${first}#,0,IF({at["recurrence"]}="recurrent",'
                f"{whole(share)},"
                f"IF(@$4=${first}#,{whole(at['amount'])},0)))"
            )
            for column in range(BASE_COLUMN, frame.after):
                sheet.put(row, column, Entry(formula=now, style="pounds", illustrative=made_up))
            sheet.put(row, frame.after, Entry(formula=CONTRACT_YEAR.format(at["start"]), style="year"))
            sheet.put(row, frame.after + 1, Entry(formula=f"12-MOD(MONTH({at['start']})+8,12)", style="flag"))
            if number_of_line := _line_number(frame, each):
                sheet.put(row, frame.after + 2, Entry(Decimal(number_of_line), style="flag"))
            sheet.put(row, frame.after + 3, Entry(formula=f"IF(${first}#<=$D$4,1,0)", style="flag"))
            row += 1
    return sheet


def _line_number(frame: Frame, record: Pressure | Investment) -> int | None:
    if isinstance(record, Investment):
        return None
    chart = frame.end.year.body.chart
    return next((frame.numbers[each.id] for each in frame.starts if pressures_on(each.id, chart, [record])), None)


def effects_of(sheet: Sheet, column: str, tests: Sequence[tuple[int, str]]) -> str:
    """The sum of a column of effects over the rows that pass some tests, each of a column and its value."""
    criteria = ",".join(f"{sheet.column_range(of)},{value}" for of, value in tests)
    rows = f"{sheet.ref}{column}${FIRST_ROW}:{column}${max(sheet.last_row, FIRST_ROW)}"
    return f"SUMIFS({rows},{criteria})"


def starting_points(frame: Frame, effects: Sheet) -> Sheet:
    """What each line starts from: its outturn, what began within the year, and how many it had at what price."""
    sheet = frame.sheet(
        "Starting points",
        "workings",
        "Starting points: the outturn, less one-offs, plus full-year effects",
        "In £ and pence; numbers and prices each say their unit. Source: sheet Outturn and the registers.",
    )
    frame.signs(
        sheet,
        "Locked: what was posted, and how many there were, are facts of the year; they are put right where they were "
        "recorded. Income and costs are positive.",
    )
    headings = ("Line", "Category", "Line number", f"Outturn {frame.base.on_screen} £", "Full-year effects £", "Base £",
                "Number on average", "Price of one £", "Price is for", "Others pay towards one £ a week",
                "Basis")  # fmt: skip
    frame.head(sheet, headings, (34, 14, 8, 18, 16, 18, 12, 14, 10, 16, 14))
    labels = frame.end.year.body.chart.labels
    year = frame.base
    begun = frame.after + 3
    for row, start in enumerate(frame.starts, start=FIRST_ROW):
        made_up = frame.end.marks.is_illustrative(start.base)
        sheet.text(row, start.label, labels.get(start.category, "Income"))
        sheet.put(row, 3, Entry(Decimal(row - FIRST_ROW + 1), style="flag"))
        taken = sum((change_since(year, year.later(1), each) for each in start.begun), Decimal(0))
        outturn = MISSING if start.base.amount is None else start.base.amount - taken
        sheet.put(row, 4, Entry(outturn, style="pence", illustrative=made_up))
        tests = ((2, '"pressure"'), (frame.after + 2, "$C#"), (begun, "1"))
        after, now = (effects_of(effects, column, tests) for column in (f"${letter(FIRST_YEAR)}", "$D"))
        sheet.put(row, 5, Entry(formula=f"{after}-{now}", style="pounds", illustrative=made_up))
        base = MISSING if start.base.amount is None else start.base.amount
        sheet.put(
            row, 6, Entry(formula='IF(ISNUMBER($D#),$D#+$E#,"[x]")', style="pence", illustrative=made_up, figure=base)
        )
        if start.driver:
            sheet.put(row, 7, Entry(start.driver.average, style="number"))
            if start.driver.price is not None:
                sheet.put(row, 8, Entry(start.driver.price, style="pence"))
            sheet.put(row, 9, Entry("a week" if start.driver.unit == "placement" else "a year"))
            sheet.put(row, 10, Entry(start.driver.contribution, style="pence"))
        if made_up:
            sheet.put(row, 11, Entry("illustrative"))
    return sheet
