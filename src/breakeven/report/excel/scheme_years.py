"""Workings: what each saving comes to by year, in each view, and what of it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.periods import MONTHS
from breakeven.plan.model import HELD_SAVINGS, View
from breakeven.plan.schemes import held_label
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, FIRST_YEAR, Entry, Sheet, Value, letter
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.record_sheets import SAVING_COLUMNS
from breakeven.report.excel.scenario_sheets import last_month
from breakeven.report.excel.scheme_sheets import AT, COLUMNS, SHEET, SchemeSheet, saved_in_year
from breakeven.report.excel.start_sheets import whole

VIEWS: tuple[View, ...] = ("planned", "forecast", "weighted")
BESIDE = "beside the schemes"


@dataclass(frozen=True)
class SchemeYears:
    """The sheet, and the rows of what counts among the savings and is no scheme, by the id of the plan's row."""

    sheet: Sheet
    beside: dict[str, int]


def scheme_years(frame: Frame, schemes: SchemeSheet) -> SchemeYears:
    """Every scheme's rows, and beneath them what stands beside the schemes."""
    sheet = frame.sheet(
        "Savings by year",
        "workings",
        "What each saving comes to by year",
        "In £, whole pounds. Source: sheets Schemes, Savings, Deliveries.",
    )
    frame.signs(
        sheet,
        "Savings are positive. Of a scheme whose first year is over, what counts is its change since "
        "the base year, as the "
        "outturn holds the rest. Counted: in the view picked on the sheet Choices.",
    )
    right = ("Priority", "Priority number", "Basis")
    frame.year_head(sheet, ("Ref and scheme", "What", "Unit"), right, (50, 22, 8, 30, 10, 14))
    row = FIRST_ROW
    for number, saving in enumerate(frame.end.year.ledgers.savings):
        for what, formula, with_base in _measures(schemes, number, row):
            _put(frame, sheet, saving, what, formula, with_base=with_base)
        row = sheet.last_row + 1
    beside: dict[str, int] = {}
    for row_id, label, formula in _beside(frame, schemes):
        sheet.text(row, label, BESIDE, "£")
        known = next((each.planned for each in frame.end.plan.model.schemes if each.ref == row_id), None)
        for place, (column, year) in enumerate(frame.year_columns):
            made_up = f"plan/{row_id}/{year}" in frame.end.illustrative
            figure = known[place] if known else Decimal(0)
            sheet.put(row, column, Entry(formula=formula, style="pounds", illustrative=made_up, figure=figure))
        beside[row_id] = row
        row += 1
    return SchemeYears(sheet, beside)


def _put(frame: Frame, sheet: Sheet, saving: Saving, what: str, formula: str, *, with_base: bool) -> None:
    """Add one row of a scheme."""
    row = max(sheet.last_row + 1, FIRST_ROW)
    strong, made_up = what == "counted", saving.basis == "illustrative"
    sheet.text(row, f"{saving.ref} {saving.scheme}", what, "£", strong=strong)
    figures = _figures(frame, saving.ref, what)
    for column in range(BASE_COLUMN if with_base else FIRST_YEAR, frame.after):
        figure = figures.get(column)
        sheet.put(row, column, Entry(None, formula, "pounds", strong, made_up, figure=figure))
    sheet.put(row, frame.after, Entry(saving.priority))
    number = frame.priorities.index(saving.priority) + 1
    sheet.put(row, frame.after + 1, Entry(Decimal(number), style="flag"))
    if saving.basis:
        sheet.put(row, frame.after + 2, Entry(saving.basis))


def _figures(frame: Frame, ref: str, what: str) -> dict[int, Value]:
    """What the plan's own model says of one row of a scheme, by column."""
    named: dict[str, View] = {f"{each}, counted": each for each in VIEWS}
    named["counted"] = frame.end.plan.view
    if what not in named:
        return {}
    found = next(each for each in frame.end.plan.model.schemes if each.ref == ref)
    return dict(enumerate(found.saved(named[what]), start=FIRST_YEAR))


def _measures(schemes: SchemeSheet, number: int, row: int) -> Iterator[tuple[str, str, bool]]:
    """Each row of a scheme: what it is, its formula, and whether it has the base year too."""
    at = {name: f"{SHEET}!${column}${FIRST_ROW + number}" for name, column in AT.items()}
    recurrence = f"Savings!${letter(SAVING_COLUMNS['recurrence'])}${FIRST_ROW + number}"
    planned, recorded, forecast, weighted = (f"@{row + place}" for place in range(4))
    yield "planned", saved_in_year(recurrence, at["amount"], at["month"], at["ramp"], "@$4"), True
    own = f'IF(AND({at["delivered"]}<>"",{at["first_used"]}=@$4),{at["delivered"]},"")'
    yield "recorded", schemes.recorded(number, "@$4", own), True
    made = whole(f"{planned}*{at['by']}/IF({at['of']}=0,1,{at['of']})")
    yield "forecast", f'IF(AND({at["by"]}<>"",{at["of"]}<>0),{made},{planned})', True
    sure = whole(f"{forecast}*{at['certain']}/100")
    least = f"MIN({whole(recorded)},{forecast})"
    yield "weighted", f'IF({recorded}="",{sure},MAX({sure},{least}))', True
    held = f"{forecast}-$D{row + 2}"
    for view, of in zip(VIEWS, (planned, forecast, weighted), strict=True):
        yield f"{view}, counted", f"IF({at['settled']}=1,{held},{of})", False
    views = [f"@{row + 4 + place}" for place in range(3)]
    picked = f'IF(Savings_view="planned",{views[0]},IF(Savings_view="forecast",{views[1]},{views[2]}))'
    yield "counted", picked, False


def _beside(frame: Frame, schemes: SchemeSheet) -> Iterator[tuple[str, str, str]]:
    """What counts among the savings and is no scheme: what the base holds already, and what is still to find."""
    if frame.standing.is_running:
        held = schemes.sheet.column_range(3 + list(COLUMNS).index("held"))
        yield HELD_SAVINGS, held_label(frame.base), f"-SUM({held})"
    last, months = last_month(frame), "'Scenario months'!"
    parts = [
        whole(f"Scenarios!$E${row}*SUMIFS({months}$E${row}:${last}${row},{months}$E$4:${last}$4,@$4)/{MONTHS}")
        for row, each in enumerate(frame.overlays, start=FIRST_ROW)
        if slug(each.line) == FURTHER_SAVING
    ]
    if parts:
        yield FURTHER_SAVING, "Further saving, beyond every scheme", "+".join(parts)
