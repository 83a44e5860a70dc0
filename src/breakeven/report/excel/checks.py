"""Checks: each a row with two sides that must agree, and one that says whether all of them do."""

from collections.abc import Iterator, Sequence

from breakeven.periods import MONTHS
from breakeven.report.excel.cells import FIRST_ROW, Entry, Pages, Sheet, letter
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.line_sheet import LineRows
from breakeven.report.excel.outputs import TEST_RESULT
from breakeven.report.excel.plan_sheet import PlanSheet, checked_line
from breakeven.report.excel.record_sheets import SAVING_COLUMNS
from breakeven.report.excel.scenario_sheets import last_month
from breakeven.report.excel.scheme_sheets import AT, SHEET

Check = tuple[str, str, str]
"""What must hold, and the formulas of its two sides."""

RESULT_COLUMN = 5


def checks_sheet(
    frame: Frame, plan: PlanSheet, lines: LineRows, inputs: Sequence[Sheet], reconciliation: Sheet
) -> Sheet:
    """Every check of the workbook's own, whether facts stand as they were read, and how many tests differ.

    Sides differ by less than half a penny, or the check fails.
    """
    sheet = frame.sheet(
        "Checks", "outputs", "Checks of this workbook", "In £ or numbers, as each row says. Source: every other sheet."
    )
    checked_line(sheet, "Two sides must agree to the penny; what is open is left out of both.")
    frame.head(sheet, ["Check", "Side A", "Side B", "Difference", "Result"], [78, 20, 20, 16, 10])
    row = FIRST_ROW
    for label, a, b in _checks(frame, plan, lines, inputs):
        sheet.text(row, label)
        for column, formula in ((2, a), (3, b), (4, "ROUND(B#-C#,2)")):
            sheet.put(row, column, Entry(formula=formula, style="pence"))
        sheet.put(row, RESULT_COLUMN, Entry(formula='IF(D#=0,"OK","FAIL")', figure="OK"))
        row += 1
    sheet.text(row, "All of this workbook's own checks: does it add up", strong=True)
    results = f"$E${FIRST_ROW}:$E${row - 1}"
    overall = f'IF(COUNTIFS({results},"OK")={row - FIRST_ROW},"OK","FAIL")'
    sheet.put(row, RESULT_COLUMN, Entry(formula=overall, strong=True, figure="OK"))
    sheet.names["Overall_check"] = f"$E${row}"
    _facts(frame, sheet)
    _tests(sheet, reconciliation)
    return sheet


def _facts(frame: Frame, sheet: Sheet) -> None:
    """Whether what is a fact of the folder, though it may be typed here, still is what was read."""
    first = row = sheet.last_row + 1
    for label, a, b in _facts_read(frame):
        sheet.text(row, label)
        for column, formula in ((2, a), (3, b), (4, "ROUND(B#-C#,2)")):
            sheet.put(row, column, Entry(formula=formula, style="pence"))
        sheet.put(row, RESULT_COLUMN, Entry(formula='IF(D#=0,"OK","LOOK")'))
        row += 1
    sheet.text(row, "All facts as they were read", strong=True)
    all_ok = f'COUNTIFS($E${first}:$E${row - 1},"OK")={row - first}' if row > first else "1=1"
    sheet.put(row, RESULT_COLUMN, Entry(formula=f'IF({all_ok},"OK","LOOK")', strong=True))
    sheet.names["Facts_check"] = f"$E${row}"


def _facts_read(frame: Frame) -> Iterator[Check]:
    year = frame.end.year
    if year.months_known == MONTHS:
        yield (
            f"The plan opens where {frame.base.on_screen}, which is over, closed",
            "IF(ISNUMBER(Opening_balance),Opening_balance,0)",
            "IF(ISNUMBER(Closed_at),Closed_at,0)",
        )
    if year.ledgers.savings:
        last, typed = FIRST_ROW + len(year.ledgers.savings) - 1, AT["typed"]
        yield (
            "No saving is typed as delivered of which Deliveries has no entry: how many are",
            f"SUM({SHEET}!${typed}${FIRST_ROW}:${typed}${last})",
            "0",
        )


def _tests(sheet: Sheet, reconciliation: Sheet) -> None:
    """How many tests of the folder's own figures differ: those are no checks of the workbook's."""
    row = sheet.last_row + 1
    sheet.text(row, "Tests of the folder that differ, each on the sheet Reconciliation: how many", strong=True)
    differ = f'COUNTIFS({reconciliation.column_range(TEST_RESULT)},"differs")'
    sheet.put(row, 2, Entry(formula=differ, style="flag", strong=True))
    sheet.put(row, RESULT_COLUMN, Entry(formula='IF(B#=0,"OK","LOOK")', strong=True))
    sheet.names["Tests_that_differ"] = f"$B${row}"


def _over(plan: PlanSheet, row_id: str) -> str:
    """A row of the plan over all its years."""
    row = plan.at[row_id]
    return f"Plan!$E${row}:${plan.frame.last}${row}"


def _checks(frame: Frame, plan: PlanSheet, lines: LineRows, inputs: Sequence[Sheet]) -> Iterator[Check]:
    total = {name: f"SUM({_over(plan, name)})" for name in plan.at}
    first, last = "Plan!$E${}", f"Plan!${frame.last}${{}}"
    years = len(frame.years)

    def of_lines(*, income: bool) -> str:
        rows = [lines.row(start.id, "gross") for start in frame.starts if bool(start.category) != income]
        return "+".join(f"SUM(Lines!$E${row}:${frame.last}${row})" for row in rows)

    yield (
        "Income of all years is the sum of its lines",
        f"IF(COUNT({_over(plan, 'income')})={years},{total['income']},0)",
        (f"IF(COUNT({_over(plan, 'income')})={years},{of_lines(income=True)},0)"),
    )
    yield (
        "Expenditure of all years is the sum of its lines",
        f"IF(COUNT({_over(plan, 'expenditure')})={years},{total['expenditure']},0)",
        (f"IF(COUNT({_over(plan, 'expenditure')})={years},{of_lines(income=False)},0)"),
    )
    known = f"COUNT({_over(plan, 'closing_balance')})={years}"
    flows = f"{total['income']}-{total['expenditure']}+{total['savings']}-{total['investments']}"
    yield (
        "Positions come to income − expenditure + savings − investments",
        f"IF({known},{total['position']},0)",
        f"IF({known},{flows},0)",
    )
    opening = first.format(plan.at["opening_balance"])
    yield (
        "The first year opens at the opening balance",
        f"IF(ISNUMBER({opening}),{opening},0)",
        "IF(ISNUMBER(Opening_balance),Opening_balance,0)",
    )
    closing = last.format(plan.at["closing_balance"])
    yield (
        "The last balance is the first and every position since",
        f"IF({known},{closing},0)",
        f"IF({known},Opening_balance+{total['position']},0)",
    )
    opened, closed = plan.at["opening_balance"], plan.at["closing_balance"]
    carried = f"SUM(Plan!$E${opened}:${frame.last}${opened})"
    before = f"SUM(Plan!$D${closed}:${letter(frame.after - 2)}${closed})"
    yield "Each year opens where the one before it closed", carried, before
    yield (
        "Position before savings and savings come to the position",
        f"IF({known},{total['gap_before_savings']}+{total['savings']},0)",
        f"IF({known},{total['position']},0)",
    )
    yield (
        "The scenario that is picked is one of the list",
        "COUNTIFS(Lists!$A$6:$A$" + str(FIRST_ROW + len(frame.scenarios)) + ",Scenario)",
        "1",
    )
    yield (
        "The savings that count are one of the three views",
        'IF(OR(Savings_view="planned",Savings_view="forecast",Savings_view="weighted"),1,0)',
        "1",
    )
    yield from _scenario_checks(frame, lines)
    yield from _input_checks(frame, inputs)


def _scenario_checks(frame: Frame, lines: LineRows) -> Iterator[Check]:
    last, months = last_month(frame), "'Line months'!"
    refused = [each.rows["refused"] for each in lines.months.values() if "refused" in each.rows]
    if refused:
        count = "+".join(f"SUM({months}$E${row}:${last}${row})" for row in refused)
        yield "The scenario asks nothing of a line that the plan refuses: months in which it does", count, "0"
    twice = [row for each in lines.months.values() for name, row in each.rows.items() if name.endswith("_sets")]
    if twice:
        most_set = ",".join(f"MAX({months}$E${row}:${last}${row})" for row in twice)
        yield "No two changes set one thing: the most that do", f"MAX(1,{most_set})", "1"
    if frame.end.year.ledgers.savings:
        rows = f"${FIRST_ROW}:${{}}${FIRST_ROW + len(frame.end.year.ledgers.savings) - 1}"
        amounts = f"{SHEET}!${AT['amount']}{rows.format(AT['amount'])}"
        yield "No saving comes to less than nil: how many do", f'COUNTIFS({amounts},"<0")', "0"
        moved, first, used = (
            f"{SHEET}!${AT[name]}{rows.format(AT[name])}" for name in ("moved_by", "first", "first_used")
        )
        begun = f'COUNTIFS({moved},"<>0",{first},"<={frame.base.start}")'
        early = f'COUNTIFS({moved},"<>0",{first},">{frame.base.start}",{used},"<={frame.base.start}")'
        yield (
            "No saving is moved that has begun, nor to before the plan's first year: how many are",
            f"{begun}+{early}",
            "0",
        )
        recurrence, ramp = (f"Savings!${letter(SAVING_COLUMNS[name])}" for name in ("recurrence", "ramp_months"))
        kinds, months_of = (f"{each}{rows.format(each.partition('$')[2])}" for each in (recurrence, ramp))
        grows = f'COUNTIFS({kinds},"one-off",{months_of},">1")'
        yield "No one-off has months to grow over: how many do", grows, "0"


def _input_checks(frame: Frame, inputs: Sequence[Sheet]) -> Iterator[Check]:
    """That each amount is a number: a text among them would be left out of what it belongs to."""
    pages = Pages(tuple(inputs), frame.base.start)
    for sheet in inputs:
        cells = [
            (row, column)
            for each, (row, column), _, entered in pages.inputs()
            if each is sheet and entered.allowed.kind in {"decimal", "whole", "day"}
        ]
        columns = dict.fromkeys(column for _, column in cells)
        ranges = [f"{sheet.ref}${letter(c)}${FIRST_ROW}:${letter(c)}${sheet.last_row}" for c in columns]
        if sheet.name == "Choices" or not ranges:
            continue
        texts = "+".join(f"COUNTA({each})-COUNT({each})" for each in ranges)
        yield f"Every input of {sheet.name} that is an amount is a number: how many are not", texts, "0"
