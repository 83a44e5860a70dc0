"""What a heading or a note beside a table says its amounts are in: pounds, thousands, millions, or another currency."""

import re
from collections.abc import Iterator, Mapping, Sequence

from breakeven.findings import Cell, Finding
from breakeven.workbook.amounts import quoted
from breakeven.workbook.headings import Cells, Headings, column_letter
from breakeven.workbook.layout import UNITS, TableLayout

LONGEST_NOTE = 200
"""Characters beyond which a text above a table is no note of its unit."""

_APOSTROPHE = "['\u2018\u2019`]"
_THOUSANDS = re.compile(
    rf"£\s?{_APOSTROPHE}?000(?![\d,.])|(?<![\d£,.]){_APOSTROPHE}000s?\b|\(000{_APOSTROPHE}?s?\)|£\s?k\b"
    r"|£\s?thousands?\b|\bin\s+thousands\b|\bthousands\s+of\s+pounds\b|^\s*thousands\s*$",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"£\s?mn?\b|£\s?millions?\b|\bin\s+millions\b|\bmillions\s+of\s+pounds\b|^\s*millions\s*$", re.IGNORECASE
)
CURRENCY = re.compile(
    r"[€$¥₹₽₩₺₴₪₫]|\b(?:EUR|USD|CHF|JPY|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|CNY|HKD|SGD|ZAR|AED|TRY|RUB)\b"
    r"|\b(?:euros?|dollars?|francs?|rupees|kr)\b",
    re.IGNORECASE,
)
"""A currency other than pounds."""


def unit_in_note(text: object) -> str:
    """The unit that a text beside a table names, ``£000`` or ``£m``; nothing where it names none, or more than one."""
    if not isinstance(text, str) or len(text) > LONGEST_NOTE:
        return ""
    found = [unit for unit, words in (("£000", _THOUSANDS), ("£m", _MILLIONS)) if words.search(text)]
    return found[0] if len(found) == 1 else ""


def notes_above(rows: Sequence[tuple[int, Cells]], headings: Headings, sheet: Cell) -> list[tuple[str, Cell]]:
    """Each unit named in the rows above the headings, and where."""
    return [
        (unit, Cell(sheet.workbook, sheet.sheet, f"{column_letter(column)}{row}"))
        for row, cells in rows
        if row < headings.row
        for column, text in enumerate(cells, start=1)
        if (unit := unit_in_note(text))
    ]


def unit_of_note(layout: TableLayout, notes: Sequence[tuple[str, Cell]]) -> str | None:
    """The unit that notes above a table give it; none where the layout says one, or the notes do not agree."""
    units = {unit for unit, _ in notes}
    return units.pop() if len(units) == 1 and layout.unit is None else None


def unit_findings(
    layout: TableLayout, headings: Headings, notes: Sequence[tuple[str, Cell]], sheet: Cell
) -> Iterator[Finding]:
    """What is to be said of units and currency: thousands read as such, two that disagree, euro for pounds."""
    amounts = {name: headings.texts[name] for name in headings.columns if layout.columns[name].kind == "amount"}
    places = {name: _place(headings, name, sheet) for name in amounts}
    yield from _of_headings(layout, headings, amounts, places)
    units = {unit for unit, _ in notes}
    if not amounts or not notes or units == {layout.unit}:
        return
    unit, at = notes[0]
    named = [headings.units[name] for name in amounts if name in headings.units]
    if len(units) > 1:
        where = " and ".join(f"{each.ref} {unit}" for unit, each in notes)
        yield Finding("unit-unclear", f"notes above the table name two units: {where}; say which in the layout", at)
    elif layout.unit or (len(named) == len(amounts) and set(named) != units):
        other = (
            f"the layout says {layout.unit}" if layout.unit else f"the headings say {', '.join(dict.fromkeys(named))}"
        )
        yield Finding("amount-unit", f"a note here says {unit}, but {other}, which is believed", at)
    elif len(named) < len(amounts):
        yield Finding("amount-unit", f"amounts are in {unit} by this note, and are read as that many pounds", at)


def _of_headings(
    layout: TableLayout, headings: Headings, amounts: Mapping[str, str], places: Mapping[str, Cell]
) -> Iterator[Finding]:
    for name, text in amounts.items():
        unit = headings.units.get(name)
        if currency := CURRENCY.search(text):
            message = f"the heading {quoted(text)} names another currency than pounds: {currency[0]}"
            yield Finding("amount-currency", message, places[name])
        elif "%" in text:
            yield Finding("unit-unclear", f"the heading {quoted(text)} is of percentages, not amounts", places[name])
        elif unit and layout.unit and unit != layout.unit:
            message = f"the heading says {unit}, the layout {layout.unit}; put right whichever is wrong"
            yield Finding("unit-unclear", message, places[name])
        elif unit and UNITS[unit] != 1:
            message = f"amounts are in {unit} by their heading, and are read as that many pounds"
            yield Finding("amount-unit", message, places[name])


def _place(headings: Headings, name: str, sheet: Cell) -> Cell:
    return Cell(sheet.workbook, sheet.sheet, f"{column_letter(headings.columns[name])}{headings.row}")
