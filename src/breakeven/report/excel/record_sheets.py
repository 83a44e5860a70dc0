"""Inputs: savings, what they have delivered, pressures, investments and scenarios, a row for each record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from breakeven.ledger.assumptions import Investment, Pressure
from breakeven.ledger.chart import slug
from breakeven.ledger.savings import Saving
from breakeven.ledger.scenarios import MOST, Overlay
from breakeven.ledger.targets import FURTHER_SAVING, label_of
from breakeven.periods import MONTHS, year_of
from breakeven.report.excel.cells import FIRST_ROW, Allowed, Entry, Input, Sheet, Style, Value, letter, serial
from breakeven.report.excel.choices import INPUT_WORDS, MOST_POUNDS
from breakeven.report.excel.frame import Frame

RECURRENCES = ("recurrent", "one-off")
NIL, ALL = Decimal(0), Decimal(100)

SAVING_COLUMNS = {
    "recurrence": 6, "start": 7, "amount": 8, "delivered": 9, "forecast": 10, "status": 11, "confidence_pct": 12,
    "ramp_months": 13,
}  # fmt: skip
"""Where each input of a saving stands on its sheet."""

DATED_COLUMNS = {"start": 4, "recurrence": 5, "amount": 6}
OVERLAY_COLUMNS = {"value": 5, "year": 7, "from_period": 8, "last": 9}


def as_value(value: object) -> Value:
    """A record's field as a cell holds it."""
    if isinstance(value, date):
        return serial(value)
    if isinstance(value, int):
        return Decimal(value)
    return value if isinstance(value, Decimal | str) or value is None else str(value)


def savings(frame: Frame) -> Sheet:
    """The schemes."""
    sheet = frame.sheet("Savings", "inputs", "Savings schemes", "In £ a full year, and %. Source: plan.xlsx, Savings.")
    frame.signs(
        sheet,
        f"{INPUT_WORDS} A saving is positive. Start is the first day of the first month that it saves. Delivered and "
        "forecast are of the year it starts in; a blank confidence takes that of the status.",
    )
    headings = (
        "Ref", "Scheme", "Priority", "Owner", "Line", "Recurrent or one-off (input)", "Start (input)",
        "Full-year amount £ (input)", "Delivered £ (input)", "Forecast £ (input)", "Status (input)",
        "Confidence % (input)", "Ramp months (input)", "Planned start", "Basis", "Notes",
    )  # fmt: skip
    frame.head(sheet, headings, (9, 36, 28, 28, 28, 13, 12, 14, 13, 13, 14, 12, 10, 13, 13, 32))
    sheet.frozen_columns = 2
    recorded = {slug(each.saving) for each in frame.end.year.ledgers.deliveries}
    taken = _of_saving(frame)
    for number, each in enumerate(frame.end.year.ledgers.savings):
        row = FIRST_ROW + number
        made_up = each.basis == "illustrative"
        sheet.text(row, each.ref, each.scheme, each.priority, each.owner, label_of(each.line, frame.end.year.body))
        for name, column in SAVING_COLUMNS.items():
            style, unit, allowed = taken[name]
            is_locked = slug(each.ref) in recorded if name == "delivered" else name == "status" and frame.fixes_statuses
            entered = Input(("saving", str(number), name), f"{each.ref} {each.scheme}: {_said(name)}", unit, allowed)
            value = as_value(getattr(each, name))
            sheet.put(
                row, column, Entry(value, style=style, illustrative=made_up, input=None if is_locked else entered)
            )
        if each.planned_start:
            sheet.put(row, 14, Entry(serial(each.planned_start), style="day"))
        for column, text in ((15, each.basis), (16, each.notes)):
            if text:
                sheet.put(row, column, Entry(text))
    _name_columns(sheet, "Saving", SAVING_COLUMNS)
    return sheet


def _said(field: str) -> str:
    return field.removesuffix("_pct").replace("_", " ")


def _of_saving(frame: Frame) -> dict[str, tuple[Style, str, Allowed]]:
    """How each input of a saving looks, its unit, and what it takes."""
    pounds = Allowed("decimal", NIL, MOST_POUNDS)
    statuses = "=Confidence!$A$6:$A$11"
    return {
        "recurrence": ("text", "name", Allowed("list", listed=RECURRENCES, blank=False)),
        "start": ("day", "day", _days(frame)),
        "amount": ("pence", "£", replace(pounds, blank=False)),
        "delivered": ("pence", "£", pounds),
        "forecast": ("pence", "£", pounds),
        "status": ("text", "name", Allowed("list", listed=statuses, blank=False)),
        "confidence_pct": ("percent", "%", Allowed("decimal", NIL, ALL)),
        "ramp_months": ("number", "months", Allowed("whole", Decimal(1), Decimal(60))),
    }


def _days(frame: Frame) -> Allowed:
    ledgers = frame.end.year.ledgers
    records: Sequence[Saving | Pressure | Investment] = (*ledgers.savings, *ledgers.pressures, *ledgers.investments)
    first = min([frame.base, *(year_of(each.start) for each in records)])
    last = max([frame.years[-1], *(year_of(each.start) for each in records)])
    return Allowed("day", serial(first.first_day), serial(last.last_day), blank=False)


def _name_columns(sheet: Sheet, stem: str, columns: dict[str, int]) -> None:
    for name, column in columns.items():
        at = f"${letter(column)}"
        sheet.names[f"{stem}_{name}"] = f"{at}${FIRST_ROW}:{at}${max(sheet.last_row, FIRST_ROW)}"


def deliveries(frame: Frame) -> Sheet:
    """What the schemes are shown to have delivered: a record of facts, which is entered with its evidence."""
    sheet = frame.sheet("Deliveries", "inputs", "What savings have delivered", "In £. Source: plan.xlsx, Deliveries.")
    frame.signs(
        sheet,
        "Locked: each entry is recorded with its evidence, by `breakeven savings deliver`, not typed "
        "here. Entries take "
        "the place of Delivered on the sheet Savings.",
    )
    headings = ("Saving", "Scheme number", "Year that begins in April", "Amount £", "Evidence", "Author", "Basis")
    frame.head(sheet, headings, (10, 10, 14, 14, 50, 24, 14))
    refs = [slug(each.ref) for each in frame.end.year.ledgers.savings]
    for row, each in enumerate(frame.end.year.ledgers.deliveries, start=FIRST_ROW):
        sheet.text(row, each.saving)
        key = slug(each.saving)
        if key in refs:
            sheet.put(row, 2, Entry(Decimal(refs.index(key) + 1), style="flag"))
        sheet.put(row, 3, Entry(Decimal(each.year.start), style="year"))
        sheet.put(row, 4, Entry(each.amount, style="pence", illustrative=each.basis == "illustrative"))
        for column, text in ((5, each.evidence), (6, each.author), (7, each.basis)):
            if text:
                sheet.put(row, column, Entry(text))
    return sheet


def dated(frame: Frame, name: str, records: Sequence[Pressure | Investment], kind: str) -> Sheet:
    """Pressures, or investments."""
    sheet = frame.sheet(name, "inputs", name, f"In £ a full year. Source: plan.xlsx, {name}.")
    frame.signs(sheet, f"{INPUT_WORDS} An amount is a cost, and positive; it counts from the month of its start.")
    taken: dict[str, tuple[Style, str, Allowed]] = {
        "start": ("day", "day", _days(frame)),
        "recurrence": ("text", "name", Allowed("list", listed=RECURRENCES, blank=False)),
        "amount": ("pence", "£", Allowed("decimal", -MOST_POUNDS, MOST_POUNDS, blank=False)),
    }
    last = "Source" if kind == "pressure" else "For saving"
    headings = ("Ref", "Description", "Line", "Start (input)", "Recurrent or one-off (input)",
                "Full-year amount £ (input)", last, "Basis")  # fmt: skip
    frame.head(sheet, headings, (9, 50, 30, 13, 14, 16, 36, 14))
    for number, each in enumerate(records):
        row = FIRST_ROW + number
        sheet.text(row, each.ref, each.description, label_of(each.line, frame.end.year.body))
        for field, column in DATED_COLUMNS.items():
            style, unit, allowed = taken[field]
            entered = Input((kind, str(number), field), f"{each.ref} {each.description}: {field}", unit, allowed)
            made_up = each.basis == "illustrative"
            sheet.put(
                row, column, Entry(as_value(getattr(each, field)), style=style, illustrative=made_up, input=entered)
            )
        about = each.source if isinstance(each, Pressure) else each.saving
        for column, text in ((7, about), (8, each.basis)):
            if text:
                sheet.put(row, column, Entry(text))
    _name_columns(sheet, kind.capitalize(), DATED_COLUMNS)
    return sheet


def scenarios(frame: Frame) -> Sheet:
    """Every scenario's rows; the one that is picked on the sheet Choices is laid over the plan."""
    sheet = frame.sheet(
        "Scenarios",
        "inputs",
        "Scenarios: changes laid over the plan",
        "Each row says its unit. Source: plan.xlsx, Scenarios.",
    )
    frame.signs(
        sheet,
        f"{INPUT_WORDS} The scenario is picked on the sheet Choices. A change of a saving holds for "
        f"the whole of it, so "
        "that its dates are locked; so is the period of a sum that is set, which is for whole years.",
    )
    headings = ("Scenario", "Line or saving", "What", "How", "Value (input)", "Unit", "From year (input)",
                "From period, 1 to 12 (input)", "To year (input)", "Why", "Author", "Basis")  # fmt: skip
    frame.head(sheet, headings, (16, 30, 11, 10, 13, 9, 12, 14, 12, 54, 24, 14))
    sheet.frozen_columns = 2
    for number, each in enumerate(frame.overlays):
        row = FIRST_ROW + number
        sheet.text(row, each.scenario, label_of(each.line, frame.end.year.body), each.what, each.how, "", each.unit)
        for name, column in OVERLAY_COLUMNS.items():
            sheet.put(row, column, _overlay_entry(frame, number, each, name))
        for column, text in ((10, each.source), (11, each.author), (12, each.basis)):
            if text:
                sheet.put(row, column, Entry(text))
    _name_columns(sheet, "Scenario", OVERLAY_COLUMNS)
    return sheet


def _overlay_entry(frame: Frame, number: int, each: Overlay, name: str) -> Entry:
    years = tuple(year.on_screen for year in frame.years)
    is_whole = frame.targets[number].is_whole
    if name == "value":
        least = NIL if each.how == "multiply" or slug(each.line) == FURTHER_SAVING else -Decimal(MOST[each.unit])
        kind = "whole" if each.what == "start" else "decimal"
        value, style, allowed = each.value, "number", Allowed(kind, least, Decimal(MOST[each.unit]), blank=False)
    elif name == "from_period":
        value, style = as_value(each.from_period), "flag"
        allowed = Allowed("whole", Decimal(1), Decimal(MONTHS))
    else:
        year = each.year if name == "year" else each.last
        value, style = year.on_screen if year else None, "text"
        allowed = Allowed("list", listed=years, blank=name == "last")
    sets_a_sum = each.what == "amount" and each.how == "set" and name == "from_period"
    is_locked = name != "value" and (is_whole or sets_a_sum)
    label = f"{each.scenario}: {label_of(each.line, frame.end.year.body)} {each.what}, {_said(name)}"
    entered = Input(("scenario", str(number), name), label, each.unit if name == "value" else "name", allowed)
    made_up = each.basis == "illustrative"
    return Entry(value, style=style, illustrative=made_up, input=None if is_locked else entered)
