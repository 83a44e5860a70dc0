"""What the workbook says of itself: its contents, its notes, and what it was made from."""

from collections.abc import Iterator, Sequence

import breakeven
from breakeven.reconciliation.check import Result
from breakeven.report.excel.cells import FIRST_ROW, Entry, Part, Sheet
from breakeven.report.excel.choices import INPUT_WORDS
from breakeven.report.excel.frame import SIGNS, Frame
from breakeven.report.excel.plan_sheet import checked_line
from breakeven.report.figures import MISSING, ROUNDING_NOTE
from breakeven.report.reconciliation import disagreements

PARTS: dict[Part, str] = {
    "about": "about the workbook",
    "inputs": "inputs",
    "workings": "workings",
    "outputs": "outputs",
}


def contents(frame: Frame, sheets: Sequence[Sheet]) -> Sheet:
    """The first sheet: whose plan it is, whether it holds, and what is on each sheet."""
    sheet = frame.sheet(
        "Contents",
        "about",
        f"{frame.end.year.body.name}: medium-term plan {frame.years[0].on_screen} to {frame.years[-1].on_screen}",
        "In £ unless a row says otherwise. Source: the files on the sheet Sources.",
    )
    checked_line(sheet, SIGNS)
    frame.head(sheet, ["Sheet", "Part", "What it holds"], [22, 22, 90])
    for row, each in enumerate((sheet, *sheets), start=FIRST_ROW):
        holds = "This list" if each is sheet else each.title
        if each.name == "Reconciliation":
            holds = " ".join([f"{holds}.", *_differences(frame)])
        sheet.text(row, each.name, PARTS[each.part], holds)
    return sheet


def _differences(frame: Frame) -> Iterator[str]:
    """What of the folder's own figures does not agree: each test of money by itself, and the rest by their number."""
    end = frame.end
    yield from disagreements(end, end.checks, Result.DIFFERS)
    others = sum(each.result is Result.DIFFERS for each in end.count_checks)
    if others:
        yield f"Of figures that are no money {others} test{'s differ' if others > 1 else ' differs'}."


def notes(frame: Frame) -> Sheet:
    """How the workbook is used, what it rests on, and what of it is no formula."""
    sheet = frame.sheet(
        "Notes", "about", "Notes", "Texts alone. Source: docs/workbook.md and docs/plan.md of breakeven."
    )
    frame.signs(sheet)
    frame.head(sheet, ["Note", "About"], [130, 16])
    for row, (about, text) in enumerate(_notes(frame), start=FIRST_ROW):
        sheet.text(row, text, about)
    return sheet


def _notes(frame: Frame) -> Iterator[tuple[str, str]]:
    yield "inputs", INPUT_WORDS + " Change one and every working and output follows."
    yield "inputs", "Sheets are protected without a password, so that a formula is not typed over by mistake."
    yield (
        "inputs",
        (
            "A scenario, and which savings count, are picked on the sheet Choices; a scenario's rows "
            "are on the sheet Scenarios."
        ),
    )
    yield (
        "method",
        (
            "A line is its level a year before × growth × inflation, or a sum that replaces it, and "
            "steps; in whole pounds by "
            "line and year, halves away from zero, before any total."
        ),
    )
    yield (
        "method",
        (
            "ROUND(ROUND(x,6),0) rounds as the plan's exact decimals do: a half that binary "
            "fractions leave a hair short is "
            "still a half."
        ),
    )
    yield (
        "method",
        f"{MISSING} is a figure that nobody knows: a line of which nothing is assumed, and every total over it.",
    )
    yield "units", f"All is in £, in full. In any other unit: {ROUNDING_NOTE[0].lower()}{ROUNDING_NOTE[1:]}"
    yield (
        "illustrative",
        (
            "What rests on illustrative figures is in italics, and its row says illustrative: made "
            "up to show detail that was "
            "not published."
        ),
    )
    yield (
        "not formulas",
        (
            "What was posted, budgeted and counted (sheets Outturn, Starting points, Deliveries, "
            "Reconciliation) is read from "
            "the folder and locked: it is put right where it was recorded, not here."
        ),
    )
    yield (
        "not formulas",
        (
            "Which lines or schemes a change of a scenario bears on follows from the chart of "
            "accounts and the groups of the "
            "folder, and is worked into the formulas: a change's line, what and how are locked."
        ),
    )
    yield (
        "not formulas",
        "The result and cause of each reconciling test are words, as `breakeven reconcile` gives them.",
    )
    yield (
        "returning it",
        (
            "`breakeven verify FILE` proves that no formula was broken, `breakeven compare FILE` "
            "lists what was changed and what "
            "that does, and `breakeven plan --from FILE` takes it over."
        ),
    )
    for text in frame.end.year.body.notes:
        yield "the folder", text


def sources(frame: Frame) -> Sheet:
    """Every file that was read, with the SHA-256 of its bytes."""
    sheet = frame.sheet("Sources", "about", "Sources", "Files and their SHA-256, no unit. Source: the ledger folder.")
    frame.signs(
        sheet, "Nothing here is an amount. A file whose SHA-256 is another now has changed since this was written."
    )
    frame.head(sheet, ["File", "SHA-256"], [34, 70])
    for row, each in enumerate(frame.end.year.inputs, start=FIRST_ROW):
        sheet.text(row, each.name, each.sha256)
    sheet.text(sheet.last_row + 1, "breakeven", breakeven.__version__)
    return sheet


def charts(frame: Frame) -> Sheet:
    """The sheet that the charts stand on; what they show is on the sheet Plan."""
    sheet = frame.sheet(
        "Charts", "outputs", "Charts of the plan", "In £. Source: sheet Plan, whose rows each chart names."
    )
    checked_line(sheet, "A deficit is below the line.")
    sheet.put(5, 1, Entry("The figures of each chart are on the sheet Plan; its alternative text names their rows."))
    return sheet
