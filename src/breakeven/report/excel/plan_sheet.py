"""Output: the medium-term plan by year, with its corkscrew."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Figure
from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.monitoring.outturn import Flow
from breakeven.plan.model import HELD_SAVINGS
from breakeven.plan.mtfp import PlanRow
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, SIGN_ROW, Entry, Sheet
from breakeven.report.excel.frame import SIGNS, Frame
from breakeven.report.excel.line_sheet import LineRows
from breakeven.report.excel.scheme_years import SchemeYears
from breakeven.report.excel.start_sheets import effects_of
from breakeven.report.figures import MISSING
from breakeven.report.plan import TOTALS
from breakeven.report.statement import placed


def known(cells: Sequence[str], formula: str) -> str:
    """A formula over some cells; open where one of them is."""
    return f'IF(COUNT({",".join(cells)})={len(cells)},{formula},"[x]")'


def summed(cells: Sequence[str]) -> str:
    """The sum of some cells, open where one of them is; those that follow on are one range."""
    if not cells:
        return "0"
    rows = [int(cell[1:]) for cell in cells]
    if rows == list(range(rows[0], rows[-1] + 1)) and len(rows) > 1:
        run = f"{cells[0]}:{cells[-1]}"
        return f'IF(COUNT({run})={len(cells)},SUM({run}),"[x]")'
    return known(cells, "+".join(cells))


def checked_line(sheet: Sheet, words: str) -> None:
    """Say on an output whether it adds up, how many tests of the folder differ, and which scenario it shows."""
    facts = 'IF(Facts_check="OK","",", but a fact was typed otherwise: see Checks")'
    formula = (
        f'"This workbook\'s own checks: "&Overall_check&{facts}&". Tests of the folder that differ: "'
        f'&Tests_that_differ&". Scenario: "&Scenario&". Savings counted: "&Savings_view&". {words}"'
    )
    sheet.put(SIGN_ROW, 1, Entry(formula=formula, style="note"))


def made_up_years(frame: Frame, row_id: str) -> str:
    """Which years of a row rest on illustrative figures, in words."""
    years = [year.on_screen for year in frame.years if f"plan/{row_id}/{year}" in frame.end.illustrative]
    if not years:
        return ""
    return "illustrative" if len(years) == len(frame.years) else f"illustrative {', '.join(years)}"


_PARTS = {Flow.INCOME: "income", Flow.EXPENDITURE: "cost"}
OF_SAVINGS = frozenset(
    {
        "savings", FURTHER_SAVING, HELD_SAVINGS, "break_even_requirement", "savings_identified", "still_to_find",
        "yearly_saving_to_clear",
    }
)  # fmt: skip
"""Rows of the plan of what is saved, or must be; they are signed as income is."""


class PlanSheet:
    """Builds the sheet Plan."""

    def __init__(self, frame: Frame, lines: LineRows, savings: SchemeYears, effects: Sheet) -> None:
        self.frame, self.lines, self.savings, self.effects = frame, lines, savings, effects
        self.sheet = frame.sheet(
            "Plan",
            "outputs",
            f"Medium-term plan {frame.years[0].on_screen} to {frame.years[-1].on_screen}",
            "In £, whole pounds by line and year. Source: sheets Lines, Savings by year, Dated effects.",
        )
        checked_line(self.sheet, SIGNS)
        frame.year_head(self.sheet, ("Row", "Part", "Unit"), ("Basis",), (58, 14, 7, 30))
        rows = self._plan_rows()
        self.at = {row.id: FIRST_ROW + place for place, row in enumerate(rows)}
        for place, row in enumerate(rows):
            self._row(FIRST_ROW + place, row, rows[place + 1 :])

    def _row(self, number: int, row: PlanRow, after: Sequence[PlanRow]) -> None:
        frame, strong = self.frame, row.id in TOTALS
        parts = list(_while_deeper(after, row.level))
        label = f"{'   ' * row.level}{row.label}"
        self.sheet.text(
            number,
            label,
            "saving" if row.id in OF_SAVINGS else _PARTS.get(row.flow, "balance"),
            "£",
            strong=strong,
        )
        if strong:
            self.sheet.put(number, BASE_COLUMN, Entry(strong=True))
            self.sheet.put(number, frame.after, Entry(strong=True))
        if row.id == "savings":
            formula = f'"{"   " * row.level}Savings, "&Savings_view{self._beyond()}'
            self.sheet.put(number, 1, Entry(formula=formula, figure=label))
        if row.id == "closing_balance":
            self.sheet.put(number, BASE_COLUMN, Entry(formula="Opening_balance", style="pounds", strong=True))
        formula = self._formula(row, parts)
        for column, year in frame.year_columns:
            amount = row.years[year].amount
            entry = Entry(
                formula=formula,
                style="pounds",
                strong=strong,
                illustrative=row.years[year].id in frame.end.illustrative,
                figure=MISSING if amount is None else amount,
            )
            self.sheet.put(number, column, entry)
        if words := made_up_years(frame, row.id):
            self.sheet.put(number, frame.after, Entry(words, strong=strong))

    def _cells(self, *ids: str) -> list[str]:
        return [f"@{self.at[each]}" for each in ids]

    def _formula(self, row: PlanRow, parts: Sequence[PlanRow]) -> str:
        if row.id in self.lines.of:
            return f"Lines!@{self.lines.row(row.id, 'gross')}"
        if result := self._result(row.id):
            return result
        if row.id == "income":
            return summed(
                self._cells(*(each.start.id for each in self.frame.end.plan.lines if not each.start.category))
            )
        if row.id == "expenditure":
            categories = dict.fromkeys(each.start.category for each in self.frame.end.plan.lines if each.start.category)
            return summed(self._cells(*categories))
        return summed(self._cells(*(each.id for each in parts)))

    def _result(self, row_id: str) -> str:
        ids = ("income", "expenditure", "savings", "investments")
        income, spend, saved, invested = self._cells(*ids)
        position, opening, closing, gap, needed, identified = self._cells(
            "position", "opening_balance", "closing_balance", "gap_before_savings", "break_even_requirement",
            "savings_identified",
        )  # fmt: skip
        del needed
        beside = self._beside()
        kinds = ((2, '"investment"'),)
        now, then = (effects_of(self.effects, column, kinds) for column in ("@", "$D"))
        last = f"${self.frame.last}${self.at['closing_balance']}"
        each_year = f"ROUNDUP(ROUND(MAX(-{last}/{len(self.frame.years)},0),6),0)"
        counted = {
            name: f'SUMIFS({self._column("@")},{self._column("$B")},"{name}")'
            for name in ("counted", "weighted, counted")
        }
        found = {
            "savings": "+".join([counted["counted"], *beside.values()]),
            "investments": f"{now}-{then}",
            "position": known([income, spend, saved, invested], f"{income}-{spend}+{saved}-{invested}"),
            "opening_balance": f"~{closing[1:]}",
            "closing_balance": known([opening, position], f"{opening}+{position}"),
            "gap_before_savings": known([income, spend, invested], f"{income}-{spend}-{invested}"),
            "break_even_requirement": known([gap], f"MAX(-{gap},0)"),
            "savings_identified": "+".join(
                [counted["weighted, counted"], *(cell for name, cell in beside.items() if name == HELD_SAVINGS)]
            ),
            "still_to_find": known([gap], f"MAX(-{gap}-{identified},0)"),
            "yearly_saving_to_clear": known([last], each_year),
        }
        return found.get(row_id) or beside.get(row_id, "")

    def _column(self, column: str) -> str:
        sheet = self.savings.sheet
        return f"{sheet.ref}{column}${FIRST_ROW}:{column}${max(sheet.last_row, FIRST_ROW)}"

    def _beside(self) -> dict[str, str]:
        """The cells of what counts among the savings and is no scheme, by the id of the plan's row."""
        return {row_id: f"{self.savings.sheet.ref}@{row}" for row_id, row in self.savings.beside.items()}

    def _plan_rows(self) -> list[PlanRow]:
        """The plan's rows as a page reads; with that of a further saving wherever some scenario has one."""
        rows = placed(self.frame.end.plan.rows)
        if FURTHER_SAVING in self.savings.beside and all(row.id != FURTHER_SAVING for row in rows):
            nil = {year: Figure("", "", Decimal(0), "", ()) for year in self.frame.years}
            after = next(place for place, row in enumerate(rows) if row.id == "investments")
            rows.insert(after, PlanRow(FURTHER_SAVING, "of which further", Flow.INCOME, 2, nil))
        return rows

    def _beyond(self) -> str:
        """What is added to the name of the savings where the picked scenario has a further one."""
        rows = [
            row for row, each in enumerate(self.frame.overlays, start=FIRST_ROW) if slug(each.line) == FURTHER_SAVING
        ]
        picked = "+".join(f"'Scenario months'!$D${row}" for row in rows)
        return f'&IF({picked}>0," and further","")' if rows else ""


def _while_deeper(rows: Sequence[PlanRow], level: int) -> Iterator[PlanRow]:
    """The rows below one, as far as they are parts of it."""
    for each in rows:
        if each.level <= level:
            return
        yield each
