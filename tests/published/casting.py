"""A table by its places, and the sums that are cast in it: what is stated, what it comes to, whether that agrees."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from breakeven.reconciliation.check import Result

from .case import Case
from .printed import Printed
from .rules import Interval, Rule, range_of, weights

Place = tuple[int, int]
"""A row and a column, each counted from nought."""

Across = Literal["rows", "columns", "years"]
Look = Callable[[Place], Decimal | None]

OF_NO_SUM = frozenset({"percent", "rate"})
"""Kinds of row that are no part of a sum down or across, unless the file says so."""


class Basis(StrEnum):
    """Why a sum is cast."""

    STATED = "stated"
    """The file states it at this place."""
    RULE = "rule"
    """The file states its rule, at other places."""
    FOUND = "found"
    """The file has a total without a rule: this is what it is the sum of."""
    IMPLIED = "implied"
    """A law of balances: what is carried forward is brought forward, and moves by the movement of the year."""


class Table:
    """A case by its places: what each prints, and the amount that is cast."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rows = case.rows
        self.columns = case.columns
        blank = Printed("", None)
        self.printed: dict[Place, Printed] = {}
        for r, row in enumerate(case.rows):
            cells = (*row.printed, *[blank] * len(case.columns))
            self.printed |= {(r, c): cells[c] for c in range(len(case.columns))}
        self.amounts: dict[Place, Decimal | None] = {place: cell.amount for place, cell in self.printed.items()}
        self._places = {place: cell.places for place, cell in self.printed.items() if cell.amount is not None}
        finest = self._usual_places()
        self.in_last_places = {
            place: None if amount is None else int(amount.scaleb(finest)) for place, amount in self.amounts.items()
        }
        """Each amount in units of the last place that amounts have: quick to add, to see what may hold."""

    def _usual_places(self) -> int:
        """The finest last place of amounts, leaving out one or two figures that have their point elsewhere."""
        found = sorted(
            places
            for (r, c), places in self._places.items()
            if not self.is_percent(c) and self.rows[r].kind not in OF_NO_SUM
        )
        return found[max(len(found) - 3, 0)] if found else 0

    @property
    def is_whole(self) -> bool:
        """Whether the file says nothing of rows or cells that it lacks."""
        said = str((self.case.source or {}).get("completeness") or "complete")
        return said.strip().casefold().startswith("complete")

    def is_percent(self, column: int) -> bool:
        """Whether a column holds per cents, which are not added."""
        return self.columns[column].type == "percent"

    def amount(self, row: int, column: int) -> Decimal | None:
        """The amount at a place; None where there is none."""
        return self.amounts[row, column]

    def line(self, row: int) -> list[Decimal | None]:
        """The amounts of a row."""
        return [self.amounts[row, c] for c in range(len(self.columns))]

    def name_of(self, row: int) -> str:
        """A row by its id and its label."""
        found = self.rows[row]
        return f"{found.id} ({found.label})" if found.label and found.label != found.id else found.id

    def half(self, places: Iterable[Place]) -> Decimal:
        """Half the last place that some figures are printed to.

        That is the finest that two of them share, or of three or fewer the finest: trailing noughts may be lost in any
        of them, and one alone may have its point in the wrong place.
        """
        figures = sorted((self._places[p] for p in places if p in self._places), reverse=True)
        finest = figures[1] if len(figures) > 2 else max(figures, default=0)
        return Decimal(5).scaleb(-finest - 1)


@dataclass(frozen=True, eq=False, slots=True)
class Cast:
    """One sum at one place: the cell that states it and what each other cell adds to it.

    A rule that is no plain sum, such as a per cent, has a ``formula`` instead, whose names stand at ``named``.
    """

    rule: str
    across: Across
    basis: Basis
    at: int
    """The column, where rows are added (or one year held against the next); the row, where columns are added."""
    total: Place | None
    adds: Mapping[Place, Decimal]
    constant: Decimal = Decimal(0)
    formula: Rule | None = None
    named: Mapping[str, Place] = field(default_factory=dict[str, Place])
    lacks: tuple[str, ...] = ()
    """Names in the rule that the table has no row or column for."""
    allowed: Decimal = Decimal(0)
    statuses: tuple[str, ...] = ()
    """What the file says of the outcome."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Every cell that the sum is made of, the total first."""
        return (*([self.total] if self.total else []), *(place for place in self.adds if place != self.total))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one sum comes out. ``difference`` is what it comes to less what is stated, as published cases have it."""

    stated: Decimal | None
    computed: Decimal | None
    result: Result
    allowed: Decimal

    @property
    def difference(self) -> Decimal | None:
        """What the sum comes to less what is stated; None where one of them is missing."""
        return None if self.stated is None or self.computed is None else self.computed - self.stated


def with_allowance(table: Table, cast: Cast) -> Cast:
    """A plain sum with its allowance: half a last place for every figure in it."""
    figures = sum((abs(cast.adds.get(p, Decimal(1))) for p in cast.places if table.amounts[p] is not None), Decimal(0))
    return replace(cast, allowed=figures * table.half(cast.places))


def outcome(table: Table, cast: Cast, look: Look | None = None) -> Outcome:
    """Cast one sum; ``look`` gives other amounts than the table's. A blank among others counts as nil.

    It is open where the total is missing, or everything that it is the sum of.
    """
    look = look or table.amounts.__getitem__
    if cast.formula is not None:
        return _of_formula(table, cast, look)
    stated = Decimal(0) if cast.total is None else look(cast.total)
    found = [(amount, by) for place, by in cast.adds.items() if (amount := look(place)) is not None]
    if stated is None or (cast.adds and not found):
        return Outcome(stated, None, Result.OPEN, cast.allowed)
    computed = sum((amount * by for amount, by in found), cast.constant)
    return Outcome(stated, computed, _result(abs(computed - stated), Decimal(0), cast.allowed), cast.allowed)


def _of_formula(table: Table, cast: Cast, look: Look) -> Outcome:
    assert cast.formula is not None
    halves = {name: _half_of_column(table, place) for name, place in cast.named.items()}
    amounts = {name: look(place) for name, place in cast.named.items()}
    if any(amount is None for amount in amounts.values()):
        return Outcome(None, None, Result.OPEN, Decimal(0))
    known = {name: amount for name, amount in amounts.items() if amount is not None}

    def exactly(name: str) -> Interval:
        return known[name], known[name]

    def as_printed(name: str) -> Interval:
        return known[name] - halves[name], known[name] + halves[name]

    try:
        stated, computed = range_of(cast.formula.stated, exactly)[0], range_of(cast.formula.computed, exactly)[0]
    except ArithmeticError:
        return Outcome(None, None, Result.OPEN, Decimal(0))
    own = halves[cast.formula.total] if cast.formula.total else Decimal(0)
    try:
        low, high = range_of(cast.formula.computed, as_printed)
    except ArithmeticError:  # a nil that may be anything up to half a last place
        return Outcome(stated, computed, Result.AGREES if abs(computed - stated) <= own else Result.ROUNDING, own)
    allowed = own + max(high - computed, computed - low)
    return Outcome(stated, computed, _result(abs(computed - stated), own, allowed), allowed)


def _result(difference: Decimal, exact: Decimal, allowed: Decimal) -> Result:
    if difference <= exact:
        return Result.AGREES
    return Result.ROUNDING if difference <= allowed else Result.DIFFERS


def _half_of_column(table: Table, place: Place) -> Decimal:
    column = place[1]
    kind = table.rows[place[0]].kind if table.rows[place[0]].kind in OF_NO_SUM else ""
    return table.half(
        (r, column) for r, row in enumerate(table.rows) if (row.kind if row.kind in OF_NO_SUM else "") == kind
    )


def adds_of(rule: Rule, places: Mapping[str, Place]) -> tuple[dict[Place, Decimal], Decimal] | None:
    """What each place adds to the total of a rule, and the number it adds; None where it is no plain sum."""
    computed, stated = weights(rule.computed), weights(rule.stated)
    if computed is None or stated is None:
        return None
    adds: dict[Place, Decimal] = {}
    for sign, (each, _) in ((1, computed), *(() if rule.total else ((-1, stated),))):
        for name, by in each.items():
            if name in places:
                adds[places[name]] = adds.get(places[name], Decimal(0)) + sign * by
    return adds, computed[1] - (Decimal(0) if rule.total else stated[1])
