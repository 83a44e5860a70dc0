"""Checks: each a row with two sides that must agree, and one that says whether all of them do."""

from collections.abc import Iterator, Sequence

from breakeven.plan.moves import REACH
from breakeven.report.excel.cells import FIRST_ROW, SIGN_ROW, Entry, Pages, Sheet, letter
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.line_sheet import LineRows
from breakeven.report.excel.plan_sheet import PlanSheet
from breakeven.report.excel.scenario_sheets import last_month
from breakeven.report.excel.scheme_sheets import AT, SHEET

Check = tuple[str, str, str]
"""What must hold, and the formulas of its two sides."""


def checks_sheet(frame: Frame, plan: PlanSheet, lines: LineRows, inputs: Sequence[Sheet]) -> Sheet:
    """Every check of the workbook. Sides differ by less than half a penny, or the check fails."""
    sheet = frame.sheet("Checks", "outputs", "Checks", "In £ or numbers, as each row says. Source: every other sheet.")
    sheet.put(SIGN_ROW, 1, Entry(
        formula='"All checks: "&Overall_check&". Each row has two sides that must agree to the penny; what is open is '
        'left out of both."', style="note"))  # fmt: skip
    frame.head(sheet, ["Check", "Side A", "Side B", "Difference", "Result"], [78, 20, 20, 16, 10])
    row = FIRST_ROW
    for label, a, b in _checks(frame, plan, lines, inputs):
        sheet.text(row, label)
        for column, formula in ((2, a), (3, b), (4, "ROUND(B#-C#,2)")):
            sheet.put(row, column, Entry(formula=formula, style="pence"))
        sheet.put(row, 5, Entry(formula='IF(D#=0,"OK","FAIL")', figure="OK"))
        row += 1
    sheet.text(row, "All checks", strong=True)
    results = f"$E${FIRST_ROW}:$E${row - 1}"
    overall = f'IF(COUNTIFS({results},"OK")={row - FIRST_ROW},"OK","FAIL")'
    sheet.put(row, 5, Entry(formula=overall, strong=True, figure="OK"))
    sheet.names["Overall_check"] = f"$E${row}"
    return sheet


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
    bounds = {"growth_pct": REACH["growth"], "inflation_pct": REACH["inflation"], "times": REACH["amount"],
              "number_after": REACH["number"], "price_after": REACH["price"]}  # fmt: skip
    words = {"growth_pct": "growth", "inflation_pct": "inflation", "times": "factors on an amount",
             "number_after": "numbers", "price_after": "prices"}  # fmt: skip
    for name, (least, most) in bounds.items():
        rows = [each.rows[name] for each in lines.months.values() if name in each.rows]
        if rows:
            outside = "+".join(
                f'COUNTIFS({months}$E${row}:${last}${row},"<{least}")+COUNTIFS({months}$E${row}:${last}${row},">{most}")'
                for row in rows
            )
            yield f"Under the scenario, {words[name]} stay from {least:,} to {most:,}: months outside", outside, "0"
    twice = [row for each in lines.months.values() for name, row in each.rows.items() if name.endswith("_sets")]
    if twice:
        most_set = ",".join(f"MAX({months}$E${row}:${last}${row})" for row in twice)
        yield "No two changes set one thing: the most that do", f"MAX(1,{most_set})", "1"
    if frame.end.year.ledgers.savings:
        rows = f"${FIRST_ROW}:${{}}${FIRST_ROW + len(frame.end.year.ledgers.savings) - 1}"
        amounts = f"{SHEET}!${AT['amount']}{rows.format(AT['amount'])}"
        yield "No saving comes to less than nil: how many do", f'COUNTIFS({amounts},"<0")', "0"
        moved, used = (f"{SHEET}!${AT[name]}{rows.format(AT[name])}" for name in ("moved_by", "first_used"))
        yield (
            "No saving is moved to before the plan's first year: how many are",
            (f'COUNTIFS({moved},"<>0",{used},"<={frame.base.start}")'),
            "0",
        )


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
