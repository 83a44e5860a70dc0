"""Outputs: the outturn, the savings by priority, and the reconciliation."""

from collections.abc import Sequence

from breakeven.monitoring.outturn import Flow, OutturnRow
from breakeven.periods import MONTHS
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, Entry, Sheet, Value, letter
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.plan_sheet import checked_line, known
from breakeven.report.figures import MISSING
from breakeven.report.statement import placed

TEST_RESULT = 8
"""The column of the sheet Reconciliation that says whether a test agrees."""


def outturn_sheet(frame: Frame) -> Sheet:
    """The year's outturn against its budget; totals and variances are formulas, what was posted is not."""
    end = frame.end
    sheet = frame.sheet(
        "Outturn",
        "outputs",
        f"Outturn {frame.base.on_screen}",
        "In £ and pence. Source: contract, budget and expenditure workbooks.",
    )
    checked_line(
        sheet, "Income and costs are positive; a variance that worsens the position is negative, in brackets, and A."
    )
    is_over = end.year.months_known == MONTHS
    heading = "Actual" if is_over else "As budgeted, nothing posted," if end.year.starts_from_budget else "Expected"
    frame.head(
        sheet,
        ["Row", "Budget £", f"{heading} £", "Variance £", "A or F", "Basis"],
        [52, 18, 18, 16, 8, 14],
    )
    rows = placed([row for row in end.expected.rows if row.level <= 2])
    at = {row.id: FIRST_ROW + place for place, row in enumerate(rows)}
    sheet.names["Closed_at"] = f"$C${at['closing_balance']}"
    for place, row in enumerate(rows):
        number = FIRST_ROW + place
        strong = row.level == 0
        made_up = any(figure.id in end.illustrative for figure in (row.budget, row.actual))
        sheet.text(number, f"{'   ' * row.level}{row.label}", strong=strong)
        total = _outturn_total(row, rows, place, at)
        for column, figure in ((2, row.budget), (3, row.actual)):
            value: Value = MISSING if figure.amount is None else figure.amount
            entry = Entry(
                None if total else value,
                total,
                "pence",
                strong,
                figure.id in end.illustrative,
                figure=value if total else None,
            )
            sheet.put(number, column, entry)
        is_cost = row.flow is Flow.EXPENDITURE
        amount = None if row.variance.amount is None else -row.variance.amount if is_cost else row.variance.amount
        formula = known(["B#", "C#"], "ROUND(B#-C#,2)" if is_cost else "ROUND(C#-B#,2)")
        # Where nothing is posted, the plan starts from the budget, of which there is no variance yet.
        figure = None if end.year.starts_from_budget else MISSING if amount is None else amount
        sheet.put(number, 4, Entry(formula=formula, style="pence", strong=strong, illustrative=made_up, figure=figure))
        sheet.put(number, 5, Entry(formula='IF(ISNUMBER(D#),IF(D#>0,"F",IF(D#<0,"A","")),"")'))
        if made_up:
            sheet.put(number, 6, Entry("illustrative"))
    return sheet


def _outturn_total(row: OutturnRow, rows: Sequence[OutturnRow], place: int, at: dict[str, int]) -> str:
    """The formula of a row that others come to; blank for what was posted."""
    parts = {
        "income": [each.id for each in rows if each.level == 1 and each.flow is Flow.INCOME],
        "expenditure": [each.id for each in rows if each.level == 1 and each.flow is Flow.EXPENDITURE],
    }.get(row.id)
    if row.id == "position":
        cells = [f"@{at[each]}" for each in ("income", "expenditure")]
        return known(cells, f"ROUND({cells[0]}-{cells[1]},2)")
    if row.id == "closing_balance":
        cells = [f"@{at[each]}" for each in ("opening_balance", "position", "adjustments") if each in at]
        return known(cells, f"ROUND({'+'.join(cells)},2)")
    if parts is None:
        parts = list[str]()
        for each in rows[place + 1 :]:
            if each.level <= row.level:
                break
            if each.level == row.level + 1:
                parts.append(each.id)
    cells = [f"@{at[each]}" for each in parts]
    return known(cells, f"ROUND({'+'.join(cells)},2)") if cells else ""


def savings_summary(frame: Frame, savings: Sheet) -> Sheet:
    """The programme by priority, in each view."""
    sheet = frame.sheet(
        "Savings summary", "outputs", "Savings by priority", "In £, whole pounds. Source: sheet Savings by year."
    )
    checked_line(sheet, "Savings are positive; those whose first year is over count by their change since then.")
    frame.year_head(sheet, ("Priority", "View", "Unit"), (), (36, 14, 8))
    sheet.widths = (*sheet.widths[: BASE_COLUMN - 1], 9, *sheet.widths[BASE_COLUMN:])  # which has no savings of its own
    row = FIRST_ROW
    priorities = frame.priorities
    views = ("planned", "forecast", "weighted")
    rows = max(savings.last_row, FIRST_ROW)

    def whole_column(column: str) -> str:
        return f"{savings.ref}{column}${FIRST_ROW}:{column}${rows}"

    by_priority = whole_column(f"${letter(frame.after + 1)}")
    made_up = any(each.basis == "illustrative" for each in frame.end.year.ledgers.savings)
    for view in views:
        first = row
        for number, name in enumerate(priorities, start=1):
            sheet.text(row, name, view, "£")
            tests = f'{whole_column("$B")},"{view}, counted",{by_priority},{number}'
            for column, _ in frame.year_columns:
                sheet.put(
                    row,
                    column,
                    Entry(formula=f"SUMIFS({whole_column('@')},{tests})", style="pounds", illustrative=made_up),
                )
            row += 1
        sheet.text(row, f"All priorities{', illustrative' if made_up else ''}", view, "£", strong=True)
        sheet.put(row, BASE_COLUMN, Entry(strong=True))
        total = f"SUM(@{first}:@{row - 1})" if priorities else "0"
        for column, _ in frame.year_columns:
            sheet.put(row, column, Entry(formula=total, style="pounds", strong=True, illustrative=made_up))
        row += 1
    return sheet


def reconciliation_sheet(frame: Frame) -> Sheet:
    """Every test of whether the folder adds up. The sides are as read; the differences are formulas."""
    sheet = frame.sheet(
        "Reconciliation",
        "outputs",
        f"Reconciliation {frame.base.on_screen}",
        "Each row says its unit. Source: `breakeven reconcile`, of the folder.",
    )
    checked_line(sheet, "A difference is side A less side B. The sides are of the folder, whatever is changed here.")
    frame.head(sheet, ["Test", "Side A is", "Side A", "Side B is", "Side B", "Unit", "Difference", "Result", "Cause"],
               [40, 28, 17, 30, 17, 10, 13, 10, 40])  # fmt: skip
    for row, check in enumerate(frame.end.all_checks, start=FIRST_ROW):
        sheet.text(row, check.label, check.side_a.label, "", check.side_b.label, "", check.unit)
        for column, side in ((3, check.side_a), (5, check.side_b)):
            value: Value = MISSING if side.amount is None else side.amount
            sheet.put(row, column, Entry(value, style="pence" if check.unit == "£" else "number"))
        figure = MISSING if check.difference is None else check.difference
        style = "pence" if check.unit == "£" else "number"
        sheet.put(row, 7, Entry(formula=known(["C#", "E#"], "ROUND(C#-E#,6)"), style=style, figure=figure))
        sheet.put(row, TEST_RESULT, Entry(str(check.result)))
        if check.cause:
            sheet.put(row, 9, Entry(check.cause))
    return sheet
