"""Inputs: the scenario, the savings that count, the opening balance, and how sure a saving of each status is."""

from decimal import Decimal

from breakeven.ledger.savings import STATUSES
from breakeven.plan.schemes import ALL_OF_IT
from breakeven.report.excel.cells import FIRST_ROW, Allowed, Entry, Input, Sheet
from breakeven.report.excel.frame import NO_SCENARIO, SIGNS, Frame
from breakeven.report.figures import MISSING

VIEWS = ("planned", "forecast", "weighted")
MOST_POUNDS = Decimal(10**12)

INPUT_WORDS = "Inputs are the shaded cells with a blue edge; anything else is locked."


def lists(frame: Frame) -> Sheet:
    """The names that may be picked as a scenario."""
    sheet = frame.sheet("Lists", "workings", "Scenarios that may be picked", "Names, no unit. Source: plan.xlsx.")
    frame.signs(sheet, "Names alone; nothing here is an amount.")
    frame.head(sheet, ["Scenario"], [30])
    for row, name in enumerate((NO_SCENARIO, *frame.scenarios), start=FIRST_ROW):
        sheet.text(row, name)
    return sheet


def choices(frame: Frame, names: Sheet) -> Sheet:
    """What the whole plan turns on."""
    sheet = frame.sheet("Choices", "inputs", "Choices", "Each row says its unit and source.")
    frame.signs(sheet, f"{INPUT_WORDS} {SIGNS}")
    frame.head(sheet, ["Choice", "Input", "Unit", "What it does", "Source", "Basis"], [26, 20, 8, 74, 40, 16])
    opening = frame.end.plan.basis.opening
    listed = names.column_range(1)
    rows: tuple[tuple[str, str, Entry, str, str, str], ...] = (
        (
            "Scenario",
            "Scenario",
            Entry(frame.picked, input=Input(("choice", "scenario"), "Scenario", "name", _one_of(f"={listed}"))),
            "name",
            "Lays the rows of one scenario of the sheet Scenarios over the plan.",
            "Sheet Scenarios",
        ),
        (
            "Savings counted",
            "Savings_view",
            Entry(frame.end.plan.view, input=Input(("choice", "view"), "Savings counted", "name", _one_of(VIEWS))),
            "name",
            "Which savings the position counts: as planned, as forecast, or weighted by confidence.",
            "The method, docs/plan.md",
        ),
        (
            "Opening balance",
            "Opening_balance",
            Entry(
                MISSING if opening.amount is None else opening.amount,
                style="pence",
                illustrative=frame.end.marks.is_illustrative(opening),
                input=Input(
                    ("choice", "opening"),
                    "Opening balance",
                    "£",
                    Allowed("decimal", -MOST_POUNDS, MOST_POUNDS, blank=False),
                ),
            ),
            "£",
            f"The balance at 31 March {frame.base.start + 1}, which the plan starts from; a deficit is negative.",
            "Sheet Outturn, closing balance",
        ),
    )
    for row, (label, name, entry, unit, does, source) in enumerate(rows, start=FIRST_ROW):
        sheet.text(row, label)
        sheet.put(row, 2, entry)
        for column, text in enumerate((unit, does, source), start=3):
            sheet.put(row, column, Entry(text))
        if entry.illustrative:
            sheet.put(row, 6, Entry("illustrative"))
        sheet.names[name] = f"$B${row}"
    return sheet


def _one_of(listed: str | tuple[str, ...]) -> Allowed:
    return Allowed("list", listed=listed, blank=False)


def confidence(frame: Frame) -> Sheet:
    """How much of a saving's forecast is counted on, by its status."""
    sheet = frame.sheet(
        "Confidence",
        "inputs",
        "Confidence in a saving, by its status",
        "Per cent of the forecast. Source: breakeven.toml.",
    )
    frame.signs(sheet, f"{INPUT_WORDS} A scheme's own figure, on the sheet Savings, comes first.")
    frame.head(sheet, ["Status", "Counted on (input)", "Unit"], [30, 20, 10])
    by_status = frame.end.year.body.confidence_pct
    for row, status in enumerate(STATUSES, start=FIRST_ROW):
        sheet.text(row, status, "", "%")
        allowed = Allowed("decimal", Decimal(0), ALL_OF_IT, blank=False)
        entered = Input(("confidence", status), f"Confidence, {status}", "%", allowed)
        sheet.put(row, 2, Entry(by_status.get(status, ALL_OF_IT), style="percent", input=entered))
    sheet.names["Confidence_by_status"] = f"$B${FIRST_ROW}:$B${sheet.last_row}"
    return sheet
