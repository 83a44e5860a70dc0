"""A plan as numbers alone: what each line starts from, what moves it each year, and what all of it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import numpy as np

from breakeven.ledger.targets import FURTHER_SAVING
from breakeven.money import nearest_pound
from breakeven.periods import Year
from breakeven.plan.deficit import still_to_find
from breakeven.plan.projection import Array, Flows, Lines, Outcome, run

View = Literal["planned", "forecast", "weighted"]
"""Which savings a position counts: as planned, as forecast, or as far as they are sure."""

NIL, ONE = Decimal(0), Decimal(1)

_NAMED = 3
"""How many open lines a sentence names."""

HELD_SAVINGS = "held_savings"
"""What the base has of its own year's savings while that year goes on; it is negative."""
BESIDE_THE_SCHEMES = frozenset({FURTHER_SAVING, HELD_SAVINGS})
"""What counts among a plan's savings and is no scheme."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves one line in one year; see ``projection.Lines`` for what each does."""

    growth: Decimal = ONE
    inflation: Decimal = ONE
    stated: Decimal | None = None
    in_year: Decimal = ONE
    step: Decimal = NIL
    pressures: Decimal = NIL
    is_said: bool = True
    """Whether somebody has said how the line moves in this year; without it the line is open from here on."""


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One line of income or expenditure. base: its underlying outturn in pounds, None where that is open."""

    id: str
    label: str
    category: str
    """Blank for a line of income."""
    base: Decimal | None
    moves: tuple[Moves, ...]

    def is_known(self, place: int) -> bool:
        """Whether one year can be worked out: its sum is stated, or it is moved from a year that is known."""
        known = self.base is not None
        for moves in self.moves[: place + 1]:
            known = moves.stated is not None or (known and moves.is_said)
        return known


@dataclass(frozen=True, slots=True)
class ModelScheme:
    """One saving in whole pounds by year and view. One of the base year counts only what changes after it."""

    ref: str
    label: str
    line: str
    priority: str
    is_earlier: bool
    planned: tuple[Decimal, ...]
    forecast: tuple[Decimal, ...]
    weighted: tuple[Decimal, ...]
    confidence_pct: Decimal = Decimal(100)

    @classmethod
    def certain(cls, ref: str, label: str, saved: tuple[Decimal, ...], *, is_earlier: bool = False) -> "ModelScheme":
        """What stands beside the schemes and counts in full, however savings are counted."""
        return cls(ref, label, "", "", is_earlier=is_earlier, planned=saved, forecast=saved, weighted=saved)

    def saved(self, view: View) -> tuple[Decimal, ...]:
        """What it saves each year in one view."""
        return {"planned": self.planned, "forecast": self.forecast, "weighted": self.weighted}[view]


@dataclass(frozen=True, slots=True)
class ModelInvestment:
    """One investment in whole pounds by year, beyond what the base year's outturn holds of it."""

    ref: str
    label: str
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Balances:
    """What a plan comes to by year, whole pounds; None where something it needs is open."""

    income: tuple[Decimal | None, ...]
    expenditure: tuple[Decimal | None, ...]
    savings: tuple[Decimal, ...]
    investments: tuple[Decimal, ...]
    position: tuple[Decimal | None, ...]
    closing: tuple[Decimal | None, ...]
    identified: tuple[Decimal, ...]
    """The savings that are counted on, weighted by confidence, whichever view the position has; never a further one."""

    @property
    def still_to_find(self) -> tuple[Decimal | None, ...]:
        """What is short in each year with the savings identified; nil at least."""
        pairs = zip(self.gap, self.identified, strict=True)
        return tuple(None if short is None else still_to_find(-short, sure) for short, sure in pairs)

    @property
    def gap(self) -> tuple[Decimal | None, ...]:
        """The position before savings."""
        return tuple(None if p is None else p - s for p, s in zip(self.position, self.savings, strict=True))


@dataclass(frozen=True)
class Model:
    """Everything a plan's figures follow from. Two models can be held against each other item by item.

    opening: the balance at the end of ``base``, a deficit negative; None where it is open. Nothing here is a float.
    """

    base: Year
    years: tuple[Year, ...]
    income: tuple[ModelLine, ...]
    expenditure: tuple[ModelLine, ...]
    schemes: tuple[ModelScheme, ...]
    investments: tuple[ModelInvestment, ...]
    opening: Decimal | None
    view: View = "planned"

    def flows(self, view: View | None = None) -> Flows:
        """The model as arrays of a single trial; nil stands in for what is open, and is never shown."""
        saved = [scheme.saved(view or self.view) for scheme in self.schemes]
        return Flows(
            income=_arrays(self.income, len(self.years)),
            expenditure=_arrays(self.expenditure, len(self.years)),
            savings=_table(saved, len(self.years)),
            investments=_table([each.amounts for each in self.investments], len(self.years)),
            opening=np.array([self.opening or NIL], dtype=object),
        )

    def outcome(self, view: View | None = None) -> Outcome:
        """What every line comes to, in exact decimals."""
        return run(self.flows(view), round_decimals)

    def balances(self, view: View | None = None, found: Outcome | None = None) -> Balances:
        """What the model comes to each year. found: the outcome in that view, where it has been worked out."""
        found = found or self.outcome(view)
        saved = [scheme.saved(view or self.view) for scheme in self.schemes]
        known_in, known_out = self._known(self.income), self._known(self.expenditure)
        income = _open(found.income[0].sum(axis=0).tolist(), known_in)
        gross = _open(found.gross[0].sum(axis=0).tolist(), known_out)
        known = [a and b for a, b in zip(known_in, known_out, strict=True)]
        balanced = [self.opening is not None and all(known[: t + 1]) for t in range(len(known))]
        return Balances(
            income=income,
            expenditure=gross,
            savings=_totals(saved, len(self.years)),
            investments=_totals([each.amounts for each in self.investments], len(self.years)),
            position=_open(found.position[0].tolist(), known),
            closing=_open(found.closing[0].tolist(), balanced),
            identified=_totals(
                [scheme.weighted for scheme in self.schemes if scheme.ref != FURTHER_SAVING], len(self.years)
            ),
        )

    def _known(self, lines: Sequence[ModelLine]) -> list[bool]:
        return [all(line.is_known(t) for line in lines) for t in range(len(self.years))]

    @property
    def known_years(self) -> tuple[Year, ...]:
        """The first years, up to one in which a line is open."""
        lines = (*self.income, *self.expenditure)
        return tuple(year for t, year in enumerate(self.years) if all(line.is_known(t) for line in lines))

    @property
    def open_in_words(self) -> str:
        """The lines that are open and from which year on, three of them at most by name; blank where none is."""
        found, lines = self.open_lines, len(self.income) + len(self.expenditure)
        if not found:
            return ""
        said = ", ".join(found)
        if len(found) == lines > 1:
            said = "every line"
        elif len(found) > _NAMED + 1:
            said = f"{', '.join(found[:_NAMED])} and {len(found) - _NAMED} more"
        return f"{said}, from {self.years[len(self.known_years)].on_screen} on"

    @cached_property
    def open_lines(self) -> tuple[str, ...]:
        """The labels of lines that are open in some year."""
        last = len(self.years) - 1
        return tuple(
            line.label for line in (*self.income, *self.expenditure) if not all(map(line.is_known, range(last + 1)))
        )


def round_decimals(amounts: Array, whole: Array) -> None:
    """Put the whole pounds of an array of decimals into another, halves away from zero."""
    whole[...] = np.array([nearest_pound(amount) for amount in amounts.flat], dtype=object).reshape(amounts.shape)


def _arrays(lines: Sequence[ModelLine], years: int) -> Lines:
    def table(value: Callable[[Moves], object], kind: str = "object") -> Array:
        rows = [[value(moves) for moves in line.moves] for line in lines]
        return np.array(rows, dtype=np.dtype(kind)).reshape(1, len(lines), years)

    return Lines(
        base=np.array([line.base or NIL for line in lines], dtype=object).reshape(1, len(lines)),
        growth=table(lambda moves: moves.growth),
        inflation=table(lambda moves: moves.inflation),
        stated=table(lambda moves: moves.stated or NIL),
        is_stated=table(lambda moves: moves.stated is not None, "bool"),
        in_year=table(lambda moves: moves.in_year),
        steps=table(lambda moves: moves.step),
        pressures=table(lambda moves: moves.pressures),
    )


def _table(rows: Sequence[Sequence[Decimal]], years: int) -> Array:
    return np.array(rows, dtype=object).reshape(1, len(rows), years)


def _totals(rows: Sequence[Sequence[Decimal]], years: int) -> tuple[Decimal, ...]:
    return tuple(sum((row[t] for row in rows), NIL) for t in range(years))


def _open(amounts: Sequence[Decimal], known: Sequence[bool]) -> tuple[Decimal | None, ...]:
    return tuple(amount if is_known else None for amount, is_known in zip(amounts, known, strict=True))
