"""The plan on the right: each row as it stands, as it is changed, and the difference, by year; the answer first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message

from breakeven.findings import visible
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.plan.side_by_side import SideRow
from breakeven.report.figures import MISSING, Unit, amount_text
from breakeven.report.simulation import chance_text
from breakeven.whatif.figures_table import FiguresTable, Line, aligned, figure_text, moved_text
from breakeven.whatif.question import Chances

ANSWER = ("position", "opening_balance", "closing_balance", "still_to_find")
"""The rows that answer the question, above those that say how it comes about."""

CHANCE = "chance"
SHORT = {
    "position": "Position", "opening_balance": "Opening balance", "closing_balance": "Closing balance",
    "yearly_saving_to_clear": "Yearly, to clear", "gap_before_savings": "Before savings",
    "break_even_requirement": "To break even", "savings_identified": "Identified", "expenditure": "Expenditure",
}  # fmt: skip
"""What a row is called where there is little room."""

BESIDE = 3
"""Lines beside these rows: the chance of break-even, and two of headings."""

STRONG = frozenset({"position", "closing_balance", "still_to_find", CHANCE, "income", "expenditure"})


MEANS = {
    "position": "income less expenditure, after savings and investments: in brackets a deficit of the year",
    "opening_balance": "what all the years before come to, at 1 April: in brackets a deficit",
    "closing_balance": "the opening balance and the position: the deficit that is carried forward at 31 March",
    "still_to_find": "what the year would lack without savings, less the savings identified, each as far as it is sure",
    "chance": "of 100,000 trials of what the folder says is uncertain, those that break even; savings as forecast",
    "income": "the contract sum and third-party income",
    "expenditure": "what the lines come to, before any saving is taken off",
    "savings": "what the programme takes off, counted as the title says",
    "investments": "what is spent once, to save later",
    "gap_before_savings": "the position as it would be without any saving",
    "break_even_requirement": "the savings that bring the year to nil, whatever is identified",
    "savings_identified": "the programme, each saving counted only as far as it is sure",
    "yearly_saving_to_clear": "more to save each year, the same each time, to be out of deficit when the plan ends",
}
"""What each row of the plan is, in a line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How the plan is shown. first: the first of the years that fit. lines, unit: as asked; None for what fits."""

    first: int = 0
    lines: bool | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class _Laid:
    """The years that fit, and the unit they fit in."""

    unit: Unit
    places: tuple[int, ...]
    label_width: int

    @property
    def difference(self) -> str:
        """What a difference is headed where there is little room, and where there is more."""
        return "difference" if self.unit is Unit.POUNDS else "differs"


class PlanTable(FiguresTable):
    """The medium-term plan, base beside changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+tab", "app.go_to('levers')", "Levers", show=False),
        Binding("escape", "app.go_to('ask')", "Box", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("plan")
        self.laid: _Laid | None = None
        self._labels: dict[str, str] = {}
        self.shows_lines = False
        """Whether the lines beneath each category are shown."""
        self.hides_years = False
        """Whether there are years that do not fit."""

    def show_plan(
        self,
        rows: Sequence[SideRow],
        years: Sequence[Year],
        chances: tuple[Chances | None, Chances | None],
        shown: Shown,
        width: int,
    ) -> None:
        """Show the rows. chances: of the plan as it stands, and changed; None where one is not there yet."""
        fits = len(rows) + BESIDE <= self.size.height
        self.shows_lines = fits if shown.lines is None else shown.lines
        listed = _listed(rows, lines=self.shows_lines, height=self.size.height)
        laid = _laid(listed, len(years), shown, width)
        headings = ["" if laid.unit is Unit.POUNDS else laid.unit.words]
        headings[0] = f"\n{laid.unit.words}"
        for place in laid.places:
            headings += [f"{years[place].on_screen}\nbase", "\nchanged", f"\n{laid.difference}"]
        lines = [_line(row, laid) for row in listed]
        lines.insert(len(ANSWER), _chance_line(chances, laid))
        self.laid, self._labels = laid, {row.id: visible(row.label) for row in listed}
        self.hides_years = len(laid.places) < len(years)
        self.show(headings, lines, laid.label_width)

    @property
    def meaning(self) -> str:
        """What the row at the cursor is."""
        row_id = self.keys[self.cursor_row] if self.keys else ""
        label = "Break-even chance" if row_id == CHANCE else self._labels.get(row_id, "")
        means = MEANS.get(row_id, "")
        return f"{label}{f': {means}' if means else ''}   Enter: where it comes from"

    def on_data_table_cell_highlighted(self) -> None:
        self.post_message(self.Moved())

    class Moved(Message):
        """Another figure is looked at."""

    def figure_at_cursor(self) -> tuple[str, int, bool] | None:
        """Which figure the cursor is on: its row, the place of its year, and whether it is that of the base."""
        if self.laid is None or not self.keys:
            return None
        y, x = self.cursor_coordinate
        which = max(x - 1, 0)
        return self.keys[y], self.laid.places[which // 3], x > 0 and which % 3 == 0


def _listed(rows: Sequence[SideRow], *, lines: bool, height: int) -> list[SideRow]:
    """The answer, and the rows that say how it comes about; where not all of those fit, the ones that move first."""
    by_id = {row.id: row for row in rows}
    answer = [by_id[row_id] for row_id in ANSWER]
    others = [row for row in rows if row.id not in ANSWER and (lines or row.level < 2)]
    if len(answer) + len(others) + BESIDE > height and not lines:
        others.sort(key=lambda row: not any(row.difference))
    return [*answer, *others]


def _laid(rows: Sequence[SideRow], years: int, shown: Shown, width: int) -> _Laid:
    """All the years in pounds, or else in thousands; or as many as there is room for, from the first that is asked."""
    label_width = 17 if width < 62 else 20 if width < 100 else 34
    units = [shown.unit] if shown.unit else [Unit.POUNDS, Unit.THOUSANDS]
    for unit in units:
        if label_width + sum(_width(rows, place, unit) for place in range(years)) <= width:
            return _Laid(unit, tuple(range(years)), label_width)
    unit = units[-1]
    places: list[int] = []
    room = width - label_width
    for place in range(min(shown.first, years - 1), years):
        room -= _width(rows, place, unit)
        if room < 0 and places:
            break
        places.append(place)
    while places[0] > 0 and (room := room - _width(rows, places[0] - 1, unit)) >= 0:  # rather than an empty half
        places.insert(0, places[0] - 1)
    return _Laid(unit, tuple(places), label_width)


def _width(rows: Sequence[SideRow], place: int, unit: Unit) -> int:
    """How wide the three columns of a year are."""
    texts = [[amount_text(_shown(each, row), unit) for each in _three(row, place)] for row in rows]
    base, changed, difference = (max(map(len, column)) for column in zip(*texts, strict=True))
    return max(base, 6) + max(changed, 7) + max(difference + 2, 10 if unit is Unit.POUNDS else 7) + 3


def _three(row: SideRow, place: int) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return row.before[place], row.after[place], row.difference[place]


def _shown(amount: Decimal | None, row: SideRow) -> Decimal | None:
    """An amount as a page has it: costs in brackets."""
    return -amount if amount is not None and row.flow is Flow.EXPENDITURE else amount


def _line(row: SideRow, laid: _Laid) -> Line:
    strong = row.id in STRONG
    cells: list[Text] = []
    for place in laid.places:
        before, after, moved = (_shown(each, row) for each in _three(row, place))
        cells.append(figure_text(aligned(amount_text(before, laid.unit))))
        cells.append(figure_text(aligned(amount_text(after, laid.unit)), strong=strong))
        cells.append(moved_text(moved, laid.unit, row.reading(place), strong=strong))
    label = f"{'  ' if row.level == 2 else ''}{visible(row.label)}"
    label = SHORT.get(row.id, label) if laid.label_width < 34 or len(label) > laid.label_width else label
    return Line(row.id, label, tuple(cells), is_strong=strong)


def _chance_line(chances: tuple[Chances | None, Chances | None], laid: _Laid) -> Line:
    cells: list[Text] = []
    for place in laid.places:
        for is_changed, known in enumerate(chances):
            said = "..." if known is None else chance_text(known[place]) if known else MISSING
            cells.append(figure_text(f"{said} ", strong=bool(is_changed)))
        cells.append(figure_text(" "))
    return Line(CHANCE, "Break-even chance", tuple(cells), is_strong=True)
