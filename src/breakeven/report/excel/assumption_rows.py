"""Inputs: what is assumed, a row for each line and kind with a cell for each year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.assumptions import KINDS, OF_ONE_LINE, UNITS_OF, Assumption, AssumptionKind
from breakeven.ledger.chart import UNMAPPED, slug
from breakeven.ledger.targets import INCOME_LINES
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.plan.lines import ByName, by_name
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, FIRST_YEAR, Allowed, Entry, Input, Sheet, Style, letter
from breakeven.report.excel.choices import INPUT_WORDS
from breakeven.report.excel.frame import Frame

_STYLES: dict[str, Style] = {"%": "percent", "number": "number", "£": "pence", "£ a head": "pence"}
_PER_CENT, _MANY, _POUNDS = Decimal(100), Decimal(10**6), Decimal(10**12)


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One row: whose assumption it is, and of what kind and unit. names: what it goes by in the ledger."""

    id: str
    label: str
    names: tuple[str, ...]
    kind: AssumptionKind
    unit: str

    def found_in(self, ledger: ByName, year: Year) -> Assumption | None:
        """The record of one year, the first where there are several, as the plan takes it."""
        for name in dict.fromkeys(self.names):
            for each in ledger.get((name, year), ()):
                if each.kind == self.kind:
                    return each if each.unit == self.unit else None
        return None

    def key(self, year: Year) -> tuple[str, ...]:
        """The key of the input of one year."""
        return ("assumption", self.id, self.kind, self.unit, str(year))


def assumption_rows(frame: Frame) -> tuple[AssumptionRow, ...]:
    """Every row of the sheet, each category before its lines."""
    return tuple(_rows(frame))


def _rows(frame: Frame) -> Iterator[AssumptionRow]:
    labels = frame.end.year.body.chart.labels
    category = ""
    for start in frame.starts:
        if start.category not in {category, UNMAPPED}:
            category = start.category
            label = labels[category]
            usual = {("growth", "%"), ("inflation", "%")}
            of_all = [row for row in _of(category, label) if row.kind not in OF_ONE_LINE]
            yield from _used(of_all, frame, usual)
        usual = {("growth", "%"), ("inflation", "%"), ("step", "£")}
        if start.id in INCOME_LINES:
            usual.add(("sum", "£"))
        if start.driver:
            usual |= {("number", "number"), ("price", "£ a week" if start.driver.unit == "placement" else "£ a year")}
        yield from _used(_of(start.id, start.label), frame, usual)


def _of(row_id: str, label: str) -> Iterator[AssumptionRow]:
    """Every row that a line or category may have."""
    for kind in KINDS:
        for unit in UNITS_OF[kind]:
            yield AssumptionRow(row_id, label, (row_id, slug(label)), kind, unit)


def _used(rows: Iterable[AssumptionRow], frame: Frame, usual: set[tuple[str, str]]) -> Iterator[AssumptionRow]:
    """Those rows that are always there, and those of which somebody has assumed something."""
    for row in rows:
        if (row.kind, row.unit) in usual or any(row.found_in(frame.assumed, year) for year in frame.years):
            yield row


def assumptions(frame: Frame, rows: tuple[AssumptionRow, ...]) -> Sheet:
    """The sheet of what is assumed. A blank cell assumes nothing: a line then takes its category's, or is open."""
    sheet = frame.sheet(
        "Assumptions",
        "inputs",
        "Assumptions by line and year",
        "Each row says its unit and source. Quality: A agreed or published, B from our own data, C judgement, "
        "D placeholder.",
    )
    frame.signs(
        sheet,
        f"{INPUT_WORDS} A rate below nil is a fall. A blank assumes nothing: the category's own is used, and where "
        "that is blank too in every kind, the line is open.",
    )
    right = ("Basis", "Quality", "Owner", "Set on", "Source")
    frame.year_head(sheet, ("Line (input by year)", "Kind", "Unit"), right, (34, 12, 10, 28, 9, 24, 12, 60))
    for number, row in enumerate(rows, start=FIRST_ROW):
        sheet.text(number, row.label, row.kind, row.unit)
        found = {year: row.found_in(frame.assumed, year) for year in frame.years}
        for column, year in frame.year_columns:
            record = found[year]
            allowed = _allowed(row)
            entered = Input(row.key(year), f"{row.label}: {row.kind} in {year.on_screen}", row.unit, allowed)
            is_made_up = record is not None and record.basis == "illustrative"
            value = record.value if record else None
            style = _STYLES.get(row.unit, "pence")
            sheet.put(number, column, Entry(value, style=style, illustrative=is_made_up, input=entered))
        records = [record for record in found.values() if record]
        about = (
            _basis(found),
            ", ".join(dict.fromkeys(each.quality for each in records)),
            ", ".join(dict.fromkeys(each.owner for each in records if each.owner)),
            ", ".join(dict.fromkeys(f"{each.set_on:%d/%m/%Y}" for each in records if each.set_on)),
            "; ".join(dict.fromkeys(each.source for each in records)),
        )
        for column, text in enumerate(about, start=frame.after):
            if text:
                sheet.put(number, column, Entry(text))
        of_unit = f"_{slug(row.unit)}" if row.kind == "price" else ""
        sheet.names[f"input_{row.id}_{row.kind}{of_unit}"] = f"${letter(FIRST_YEAR)}${number}:${frame.last}${number}"
    return sheet


def _allowed(row: AssumptionRow) -> Allowed:
    if row.unit == "%":
        return Allowed("decimal", -_PER_CENT, _PER_CENT)
    if row.unit == "number":
        return Allowed("decimal", Decimal(0), _MANY)
    return Allowed("decimal", Decimal(0) if row.kind == "price" else -_POUNDS, _POUNDS)


def _basis(found: dict[Year, Assumption | None]) -> str:
    """Where each year's figure stands, in words: ``illustrative``, or which years are."""
    said = {year: record.basis for year, record in found.items() if record and record.basis}
    if len(set(said.values())) == 1 and len(said) == len([1 for record in found.values() if record]):
        return next(iter(said.values()))
    by_basis: dict[str, list[str]] = {}
    for year, basis in said.items():
        by_basis.setdefault(basis, []).append(year.on_screen)
    return "; ".join(f"{basis} {', '.join(years)}" for basis, years in by_basis.items())


def base_of_drivers(sheet: Sheet, rows: tuple[AssumptionRow, ...], at: dict[tuple[str, str], str]) -> None:
    """Show beside a number or a price what it was in the base year. at: its cell, by line and kind."""
    for number, row in enumerate(rows, start=FIRST_ROW):
        if (row.id, row.kind) in at:
            style: Style = "number" if row.kind == "number" else "pence"
            sheet.put(number, BASE_COLUMN, Entry(formula=at[row.id, row.kind], style=style))


def changed_assumptions(
    year: ContractYear, row: AssumptionRow, of: Year, value: Decimal | None, blank: Assumption
) -> tuple[Assumption, ...]:
    """The folder's assumptions with one of them typed otherwise. blank: what a new one is, but for its value."""
    old = row.found_in(by_name(year.ledgers.assumptions), of)
    if old is None:
        return year.ledgers.assumptions if value is None else (*year.ledgers.assumptions, blank)
    new = (
        ()
        if value is None
        else (Assumption.model_validate({**dict(old), "value": value, "at": blank.at, "cells": {}}),)
    )
    return tuple(part for each in year.ledgers.assumptions for part in (new if each is old else (each,)))
