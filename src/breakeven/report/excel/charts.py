"""The charts of the workbook, each with words for whoever cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from breakeven.money import NIL
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, FIRST_YEAR, HEADING_ROW, Pages, Sheet, letter
from breakeven.report.statement import placed

_MARKERS = ("circle", "square", "diamond")
_MILLIONS = "#,##0.0,,;(#,##0.0,,)"
_COLOURS = ("#2F6690", "#C98B2B", "#6B8F71")


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart: its title, the rows of the plan that it shows, and what it says in words. at: the cell it starts in."""

    title: str
    rows: tuple[str, ...]
    words: str
    at: str
    is_line: bool = False
    starts_before: bool = False
    """Whether the year that the plan starts from is its first point."""


CHARTS = (
    _Chart("Closing balance at 31 March of each year", ("closing_balance",),
           "The closing balance at the end of each year, from that which the plan starts at; a deficit is below nil.",
           "A7", starts_before=True),
    _Chart("Income and expenditure before savings (the axis does not start at nil)", ("expenditure", "income"),
           "Income and expenditure before savings by year, a line each.", "H7", is_line=True),
    _Chart("Saving needed, identified, and still to find",
           ("break_even_requirement", "savings_identified", "still_to_find"),
           "For each year, the saving needed to break even, the savings identified as weighted, and "
           "what is still to find.",
           "A25"),
    _Chart("Position for the year", ("position", "gap_before_savings"),
           "For each year, the position after savings beside that before them; a deficit is below the line.", "H25"),
)  # fmt: skip


def add_charts(book: Any, pages: Pages, end: YearEnd) -> None:
    """Put the charts on their sheet; the figures are those of the sheet Plan."""
    plan = pages.sheet("Plan")
    drawn = book.get_worksheet_by_name("Charts")
    rows = {row.id: FIRST_ROW + place for place, row in enumerate(placed(end.plan.rows))}
    mark = ", illustrative" if end.plan_is_illustrative else ""
    for each in CHARTS:
        drawn.insert_chart(each.at, _drawn(book, plan, each, rows, f"{each.title}, £m{mark}", end), {
            "description": f"{each.title}. {each.words} Figures: sheet Plan, "
            f"{', '.join(f'row {rows[row]}' for row in each.rows)}.",
            "x_scale": 0.95, "y_scale": 1.15,
        })  # fmt: skip


def _from_nil(amounts: Sequence[Decimal]) -> dict[str, int]:
    """Where an axis of columns must be told to start: programs leave nil out where all amounts are far from it."""
    least, most = min(amounts, default=NIL), max(amounts, default=NIL)
    if 2 * least > most > NIL:
        return {"min": 0}
    return {"max": 0} if 2 * most < least < NIL else {}


def _beside(chart: _Chart, row_id: str) -> dict[str, str]:
    """Where the label of a point stands: of lines clear of them, the first's above and another's below."""
    if not chart.is_line:
        return {}
    return {"position": "above" if row_id == chart.rows[0] else "below"}


def _as_line(colour: str, marker: str) -> dict[str, object]:
    point = {"type": marker, "size": 7, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2.25}, "marker": point}


def _drawn(book: Any, plan: Sheet, chart: _Chart, rows: dict[str, int], title: str, end: YearEnd) -> Any:
    years = len(end.plan.years)
    amounts = [
        figure.amount for row in chart.rows for figure in end.plan.row(row).years.values() if figure.amount is not None
    ]
    first = letter(BASE_COLUMN if chart.starts_before else FIRST_YEAR)
    last = letter(FIRST_YEAR + years - 1)
    found = book.add_chart({"type": "line" if chart.is_line else "column"})
    for colour, marker, row_id in zip(_COLOURS, _MARKERS, chart.rows, strict=False):
        row = rows[row_id]
        label = str(plan.cells[row, 1].value).strip()
        found.add_series({
            "name": label,
            "categories": f"=Plan!${first}${HEADING_ROW}:${last}${HEADING_ROW}",
            "values": f"=Plan!${first}${row}:${last}${row}",
            **(_as_line(colour, marker) if chart.is_line else {"fill": {"color": colour}}),
            "data_labels": {"value": True, "num_format": _MILLIONS, "font": {"size": 8}, **_beside(chart, row_id)},
        })  # fmt: skip
    found.set_title({"name": title, "name_font": {"size": 11}, "overlay": False})
    lines = {"visible": True, "line": {"color": "#D9D9D9"}}
    axis = {"num_format": _MILLIONS, "major_gridlines": lines, "num_font": {"size": 8}}
    found.set_y_axis(axis if chart.is_line else axis | _from_nil(amounts))
    found.set_x_axis({"label_position": "low", "num_font": {"size": 9}})
    found.set_legend({"position": "bottom"} if len(chart.rows) > 1 else {"none": True})
    return found
