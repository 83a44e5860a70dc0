"""What each change does, and the deficit as a picture: what stands below the levers and the plan."""

from collections.abc import Sequence
from decimal import Decimal

from rich.text import Text
from textual.widgets import Static

from breakeven.findings import visible
from breakeven.monitoring.outturn import Flow, adverse_or_favourable
from breakeven.periods import Year
from breakeven.plan.compare import Amounts, Comparison, less_each
from breakeven.plan.side_by_side import SideRow
from breakeven.report.figures import MISSING, Unit, amount_text
from breakeven.whatif.figures_table import FiguresTable, Line, moved_text


class ChangesTable(FiguresTable):
    """What each change alone does to each year's position and to the last balance, adding up."""

    def __init__(self) -> None:
        super().__init__("changes")

    def show_changes(self, found: Comparison, width: int) -> None:
        """Show the contributions. width: columns that there are."""
        last = f"31 Mar {found.years[-1].start + 1}\nbalance"
        headings = [f"{year.on_screen}\nposition" for year in found.years]
        rows = [(each.label, each.position, each.closing) for each in found.changes]
        if found.together:
            rows.append((found.together.label, found.together.position, found.together.closing))
        whole = (
            less_each(found.after.position, found.before.position),
            less_each(found.after.closing, found.before.closing),
        )
        rows.append(("All changes", *whole))
        label_width = 23 if width < 62 else 40 if width < 110 else 56
        unit, shown = _fitting(rows, len(found.years), width - label_width)
        lines = [
            _line(f"{n}", label, [*(position[t] for t in shown), closing[-1]], unit, strong=n == len(rows) - 1)
            for n, (label, position, closing) in enumerate(rows)
        ]
        self.show([f"\n{unit.words}", *(headings[t] for t in shown), last], lines, label_width)


def _fitting(rows: Sequence[tuple[str, Amounts, Amounts]], years: int, room: int) -> tuple[Unit, Sequence[int]]:
    """The unit in which every year fits beside the last balance; or thousands, and the first years that fit."""
    for unit in (Unit.POUNDS, Unit.THOUSANDS):
        widths = [_width([row[1][t] for row in rows], unit) for t in range(years)]
        balance = _width([row[2][-1] for row in rows], unit)
        if sum(widths) + balance <= room:
            return unit, range(years)
    many = 1
    while many < years and sum(widths[: many + 1]) + balance <= room:
        many += 1
    return unit, range(many)


def _width(amounts: Sequence[Decimal | None], unit: Unit) -> int:
    return max(12, *(len(amount_text(each, unit)) + 4 for each in amounts))


def _line(key: str, label: str, amounts: Sequence[Decimal | None], unit: Unit, *, strong: bool) -> Line:
    cells: list[Text] = []
    for amount in amounts:
        reading = "" if amount is None else adverse_or_favourable(Flow.NET, amount)
        cells.append(moved_text(amount, unit, reading, strong=strong))
    return Line(key, visible(label), tuple(cells), is_strong=strong)


class DeficitChart(Static):
    """The balance at each 31 March: a bar for it as changed, and a mark where it is as planned."""

    def __init__(self) -> None:
        super().__init__(id="chart", markup=False)
        self._shown: tuple[SideRow, Sequence[Year], str] | None = None

    def show(self, balance: SideRow, years: Sequence[Year], scenario: str) -> None:
        """Draw the closing balances. scenario: what the changes are laid over; blank for the plan as it stands."""
        self._shown = balance, years, f"in {visible(scenario)}" if scenario else "planned"
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw again, as wide as there is room."""
        if self._shown:
            self.update(_bars(*self._shown, max(self.size.width, 20), self.size.height), layout=False)


def _bars(balance: SideRow, years: Sequence[Year], base: str, width: int, height: int) -> Text:
    """Two bars for each year, as changed and as in the base, each with its amount; or one where few lines fit.

    A bar goes right for a deficit, and left of the axis for a surplus.
    """
    known = [-each for each in (*balance.before, *balance.after) if each is not None]
    low, high = min([*known, Decimal(0)]), max([*known, Decimal(0)])
    deep = ((height + 1) // len(years) - 1) // 2 if height >= 3 * len(years) - 1 else 0
    room = width - (22 if deep else 24)
    scale = Decimal(room - 1) / ((high - low) or Decimal(1))
    axis = int(-low * scale)
    found = Text(no_wrap=True, overflow="crop")
    if not deep:
        found.append(f"{'changed':>13}{base[-9:]:>10}\n", style="bold")
    for n, (year, before, after) in enumerate(zip(years, balance.before, balance.after, strict=True)):
        was, now = (amount_text(each, Unit.MILLIONS) for each in (before, after))
        if deep:
            for label, said, amount, block in (
                (f"{year.start + 1} changed", now, after, "█"), (f"     {base[:8]}", was, before, "░"),
            ):  # fmt: skip
                bar = _bar(amount, axis, scale, room, block)
                found.append(f"{label:<13}{said:>8} ").append_text(bar).append("\n")
                for _ in range(deep - 1):
                    found.append(" " * 22).append_text(bar).append("\n")
            found.append("\n" if n < len(years) - 1 else "")
        else:
            found.append(f"{year.start + 1} {now:>8}{was:>10} ").append_text(_bar(after, axis, scale, room, "▄"))
            found.append("\n")
    if not known:
        found.append(f"{MISSING} open")
    return found


def _bar(amount: Decimal | None, axis: int, scale: Decimal, room: int, block: str) -> Text:
    cells = [" "] * room
    if amount is not None:
        end = axis + round(-amount * scale)
        for at in range(min(axis, end), max(axis, end) + 1):
            cells[min(max(at, 0), room - 1)] = block
    cells[axis] = "│" if cells[axis] == " " else cells[axis]
    return Text("".join(cells), style="" if amount is None or amount >= 0 else "red")
