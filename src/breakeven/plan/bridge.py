"""The bridge to money: what one step of an indicator or driver does to the plan, line by line and year by year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from breakeven.drivers.steps import UnmeasuredError, cost_of, measured
from breakeven.findings import Cell
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.chart import slug
from breakeven.ledger.provenance import Source
from breakeven.ledger.scenarios import UNIT_OF, Overlay
from breakeven.ledger.targets import OverlayError, target_of
from breakeven.plan.compare import Comparison, compare_overlays, laid_over
from breakeven.plan.lines import Start
from breakeven.plan.setting import Setting

PLACES = 8
"""To how many places a factor on a line is taken: a millionth of a per cent of it."""


OWN = "bridge"
"""What stands for the workbook of a step that is in none."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one row of a step changes of the plan.

    lines: ids of those it bears on. number: how many placements or posts, or of what else the row says. cost: pounds a
    year of one post, where the line is changed by a part of itself. sources: what its size was worked out from.
    """

    row: BridgeRow
    overlay: Overlay
    lines: tuple[str, ...]
    number: Decimal
    cost: Decimal | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One step of a driver, what it changes, and what that does to the plan.

    found: the plan with the step beside the plan as it stands, its changes those of ``parts``; None where the step
    moves no line, or where ``open_because`` says what is missing.
    """

    rows: tuple[BridgeRow, ...]
    parts: tuple[Part, ...] = ()
    found: Comparison | None = None
    open_because: str = ""

    @property
    def first(self) -> BridgeRow:
        """The row that says what the step is."""
        return self.rows[0]

    @property
    def id(self) -> str:
        """Its reference, as an id."""
        return slug(self.first.ref)

    @property
    def is_own(self) -> bool:
        """Whether it is of the plan's own driver, and stands on no sheet."""
        return self.first.at.workbook == OWN

    @property
    def moves_nothing(self) -> bool:
        """Whether it is said to move no line."""
        return not any(row.line for row in self.rows)

    @property
    def position(self) -> tuple[Decimal | None, ...]:
        """What it does to each year's position, in whole pounds, None where that is open; no years without a line."""
        if self.found is None:
            return ()
        pairs = zip(self.found.after.position, self.found.before.position, strict=True)
        return tuple(None if after is None or before is None else after - before for after, before in pairs)

    @property
    def total(self) -> Decimal | None:
        """What it does to the positions of all years together."""
        known = [amount for amount in self.position if amount is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(self.position) else None


@dataclass(frozen=True, slots=True)
class Bridge:
    """Every step, in the order of the sheet, then those of the plan's own drivers; and what nothing is said of."""

    steps: tuple[Moved, ...]
    unsaid: tuple[str, ...]
    """Indicators, by reference, that no row names."""

    @property
    def moving(self) -> tuple[Moved, ...]:
        """The steps that move a line."""
        return tuple(each for each in self.steps if not each.moves_nothing)

    @property
    def still(self) -> tuple[Moved, ...]:
        """The rest: those that are said to move none."""
        return tuple(each for each in self.steps if each.moves_nothing)


def bridge(setting: Setting) -> Bridge:
    """Put each step of the sheet Bridge to the plan, and one placement or post more of each line that has a number.

    Each is laid over the plan from its first year on, and the plan is worked out again. A line that a step of the sheet
    moves by itself, by its number, has no step of its own beside it.
    """
    year = setting.basis.year
    by_ref: dict[str, list[BridgeRow]] = {}
    for row in year.ledgers.bridge:
        by_ref.setdefault(slug(row.ref), []).append(row)
    steps = [*by_ref.values(), *([row] for row in _own_drivers(setting, [*by_ref.values()]))]
    named = {slug(ref) for row in year.ledgers.bridge for ref in row.indicators}
    return Bridge(
        tuple(_moved(rows, setting) for rows in steps),
        tuple(dict.fromkeys(kpi.ref for kpi in year.ledgers.kpis if slug(kpi.ref) not in named)),
    )


def _own_drivers(setting: Setting, said: Sequence[Sequence[BridgeRow]]) -> Iterator[BridgeRow]:
    """One more placement or post of each line that the plan counts some of, unless the sheet has that step."""
    name = setting.basis.year.body.chart.id_named
    alone = {name(rows[0].line) for rows in said if len(rows) == 1 and rows[0].what == "number"}
    for start in setting.basis.expenditure:
        if start.driver is not None and start.id not in alone:
            yield BridgeRow(
                at=Cell(OWN), ref=start.id, driver=start.label, step=Decimal(1), unit=start.driver.unit,
                line=start.label, what="number", value=Decimal(1),
                why="The plan counts how many the line has, at what price; one more all year, net of what others pay",
                source="the plan",
            )  # fmt: skip


def _moved(rows: Sequence[BridgeRow], setting: Setting) -> Moved:
    moving = [row for row in rows if row.line]
    if not moving:
        return Moved(tuple(rows))
    try:
        parts = tuple(_part(row, moving, setting) for row in moving)
        over = laid_over(setting.overlays, [part.overlay for part in parts], setting.basis)
        found = compare_overlays(setting.basis, setting.overlays, over, setting.view, setting.balances)
    except (OverlayError, UnmeasuredError) as error:
        return Moved(tuple(rows), open_because=str(error))
    return Moved(tuple(rows), parts, found)


def _part(row: BridgeRow, beside: Sequence[BridgeRow], setting: Setting) -> Part:
    """The change of the plan that one row of a step makes."""
    basis = setting.basis
    line = basis.year.body.chart.id_named(row.line)
    drivers = {start.id: start.driver for start in basis.expenditure if start.driver}
    step = measured(row, beside, basis.year, drivers)
    start = setting.starts.get(line)
    what: Any = row.what  # not blank: the row has a line
    said: dict[str, Any] = {"what": what, "how": "add", "value": step.number, "unit": UNIT_OF[what]}
    cost: Decimal | None = None
    sources = step.sources
    if row.role and start is not None and line not in drivers:
        cost, source = cost_of(row.role, basis.year.ledgers.post_costs)
        said |= {"what": "amount", "how": "multiply", "value": _factor(step.number * cost, start), "unit": "times"}
        sources = (*sources, source)
    elif line in drivers:
        sources = (*sources, *drivers[line].sources)
    try:
        overlay = Overlay(
            at=row.at, scenario="bridge", line=line, year=basis.years[0], source=row.why, basis=row.basis, **said
        )
    except ValidationError as error:
        raise UnmeasuredError(error.errors()[0]["msg"].removeprefix("Value error, ")) from None
    lines = target_of(overlay, basis.year.body, basis.year.ledgers.savings).lines
    return Part(row, overlay, lines, step.number, cost, tuple(dict.fromkeys(sources)))


def _factor(pounds: Decimal, start: Start) -> Decimal:
    """By what a line is multiplied for so many pounds more of what it starts from."""
    if not start.base.amount:
        raise UnmeasuredError(f"{start.label} has nothing that the posts could be a part of")
    return round(1 + pounds / start.base.amount, PLACES)
