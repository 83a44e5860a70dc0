"""Workings: in which months each change of the picked scenario counts, and what it makes of each line's months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.scenarios import How, What
from breakeven.ledger.targets import label_of
from breakeven.periods import MONTHS, period_name
from breakeven.report.excel.cells import (
    BASE_COLUMN,
    FIRST_ROW,
    FIRST_YEAR,
    SIGN_ROW,
    YEAR_ROW,
    Entry,
    Sheet,
    letter,
)
from breakeven.report.excel.frame import Frame, picked_for


@dataclass(frozen=True, slots=True)
class Term:
    """One change that may bear on a line or a scheme: its row, how it changes what, and how many it names."""

    row: int
    how: How
    what: What
    breadth: int
    is_named: bool = False

    @property
    def value(self) -> str:
        """The cell of its value."""
        return f"Scenarios!$E${self.row}"


def terms_of_lines(frame: Frame) -> dict[str, list[Term]]:
    """The changes that may bear on each line, by its id."""
    found: dict[str, list[Term]] = {}
    for row, (each, target) in enumerate(zip(frame.overlays, frame.targets, strict=True), start=FIRST_ROW):
        lines = target.lines
        for line in lines:
            found.setdefault(line, []).append(Term(row, each.how, each.what, len(lines)))
    return found


def months_head(frame: Frame, sheet: Sheet, left: tuple[str, str, str, str], widths: Sequence[int]) -> None:
    """The headings of a table of months: three rows of them, the period, the year it is of, and both in words."""
    sheet.frozen_columns = 4
    sheet.put(SIGN_ROW, 1, Entry("Period of the year", style="note"))
    sheet.put(YEAR_ROW, 1, Entry("Year that begins in April", style="note"))
    sheet.put(YEAR_ROW, BASE_COLUMN, Entry(Decimal(frame.base.start), style="year"))
    months = [(year, period) for year in frame.years for period in range(1, MONTHS + 1)]
    for column, (year, period) in enumerate(months, start=FIRST_YEAR):
        sheet.put(SIGN_ROW, column, Entry(Decimal(period), style="year"))
        sheet.put(YEAR_ROW, column, Entry(Decimal(year.start), style="year"))
    frame.head(
        sheet,
        (*left, *(f"{year.on_screen} {period_name(period)}" for year, period in months)),
        (*widths, *(11 for _ in months)),
    )


def last_month(frame: Frame) -> str:
    """The letters of the last month's column."""
    return letter(FIRST_YEAR - 1 + MONTHS * len(frame.years))


def scenario_months(frame: Frame) -> Sheet:
    """1 in each month in which a change of the picked scenario counts. Its rows are those of the sheet Scenarios."""
    sheet = frame.sheet(
        "Scenario months",
        "workings",
        "When each change of the picked scenario counts",
        "1 where it counts, 0 where it does not; no unit. Source: sheets Choices, Scenarios.",
    )
    months_head(frame, sheet, ("Scenario", "Change", "Unit", "Picked"), (16, 40, 8, 9))
    start = "VALUE(LEFT(Scenarios!$G#,4))"
    last = 'IF(Scenarios!$I#="",9999,VALUE(LEFT(Scenarios!$I#,4)))'
    period = 'IF(Scenarios!$H#="",1,Scenarios!$H#)'
    counts = f"IF(AND($D#=1,{start}<=@$4,{last}>=@$4,OR({start}<@$4,{period}<=@$3)),1,0)"
    for row, each in enumerate(frame.overlays, start=FIRST_ROW):
        sheet.text(row, each.scenario, f"{label_of(each.line, frame.end.year.body)} {each.what} {each.how}", "flag")
        sheet.put(row, BASE_COLUMN, Entry(formula=picked_for("Scenarios!$A#"), style="flag"))
        for column in range(FIRST_YEAR, FIRST_YEAR + MONTHS * len(frame.years)):
            sheet.put(row, column, Entry(formula=counts, style="flag"))
    return sheet


def folded(value: str, terms: Sequence[Term], flags: Mapping[int, str]) -> str:
    """A value as changes of one thing make it: set, then multiplied, then added to; the narrowest that sets counts.

    flags: the test of whether each counts, by its row.
    """
    of = dict(flags)
    sets = [term for term in terms if term.how == "set"]
    if sets:
        narrowest = f"MIN({','.join(f'IF({of[each.row]}=1,{each.breadth},999999)' for each in sets)})"
        least = min(each.breadth for each in sets)
        of |= {
            each.row: f"IF(AND({of[each.row]}=1,{each.breadth}<={narrowest}),1,0)"
            for each in terms
            if each.breadth > least
        }
        any_set = "+".join(of[each.row] for each in sets)
        chosen = "+".join(f"{of[each.row]}*{each.value}" for each in sets)
        value = f"IF({any_set}>0,{chosen},{value})"
    for each in terms:
        if each.how == "multiply":
            value = f"{value}*IF({of[each.row]}=1,{each.value},1)"
    added = "".join(f"+{of[each.row]}*{each.value}" for each in terms if each.how == "add")
    return value + added


def at_year_end(frame: Frame, row: int) -> str:
    """Whether a change counts in the last month of this column's year: in the year at all, as none ends within one."""
    last = last_month(frame)
    months = "'Scenario months'!"
    return f"SUMIFS({months}$E${row}:${last}${row},{months}$E$4:${last}$4,@$4,{months}$E$3:${last}$3,12)"
