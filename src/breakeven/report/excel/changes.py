"""What somebody changed in a workbook that came back, as records of the folder: the plan itself says what it does."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from breakeven.findings import Cell
from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.contract import Balance
from breakeven.ledger.record import Record
from breakeven.ledger.year import ContractYear
from breakeven.periods import MONTHS, Year
from breakeven.pipeline.year_end import YearEnd, work_out
from breakeven.plan.compare import Comparison, comparison
from breakeven.plan.model import View
from breakeven.report.excel.assumption_rows import assumption_rows, changed_assumptions
from breakeven.report.excel.cells import Key, Pages, Value, day_of
from breakeven.report.excel.frame import Frame
from breakeven.report.excel.returned import Broken, Returned, ReturnedRefusedError, inputs_of, same
from breakeven.report.figures import bracketed

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Change:
    """One input that holds something else than the folder has. at: its cell in the workbook that came back."""

    key: Key
    label: str
    unit: str
    before: Value
    after: Value
    at: Cell

    @property
    def in_words(self) -> str:
        """What was changed: ``Residential: inflation in 2024/25 4% → 5%``."""
        return f"{self.label} {self.said_before} → {self._said(self.after)}"

    @property
    def said_before(self) -> str:
        """What the folder has, in words."""
        return self._said(self.before)

    def _said(self, value: Value) -> str:
        if value is None:
            return "blank"
        if isinstance(value, str):
            return value
        if self.unit == "day":
            return f"{day_of(value):%d/%m/%Y}"
        sign, suffix = ("£" if self.unit.startswith("£") else "", "%" if self.unit == "%" else "")
        return bracketed(value.normalize(), suffix, sign)


def changes_in(returned: Returned, pages: Pages) -> tuple[Change, ...]:
    """Every input that holds something else than the folder has. Raises ReturnedRefusedError as ``inputs_of`` does."""
    return changes_to(inputs_of(returned, pages), pages, returned.name)


def changes_to(inputs: Mapping[Key, Value], pages: Pages, name: str) -> tuple[Change, ...]:
    """Every one of some inputs that holds something else than the folder has. name: the workbook they are of."""
    return tuple(
        Change(entered.key, entered.label, entered.unit, entry.value, inputs[entered.key], _at(name, sheet.name, place))
        for sheet, place, entry, entered in pages.inputs()
        if entered.key in inputs and not same(inputs[entered.key], entry.value)
    )


def _at(name: str, sheet: str, place: tuple[int, int]) -> Cell:
    return Returned(name, {}, {}, {}).cell(sheet, place)


def taken_over(end: YearEnd, changes: Sequence[Change]) -> YearEnd:
    """The year with what was changed in its place, worked out anew. Raises ReturnedRefusedError and OverlayError."""
    frame = Frame(end)
    year, view, picked = end.year, end.plan.view, frame.picked
    views: dict[str, View] = {each: each for each in get_args(View)}
    ledgers = replace(year.ledgers, scenarios=frame.overlays)
    year = replace(year, ledgers=ledgers)
    for change in changes:
        if change.key == ("choice", "scenario"):
            picked = str(change.after)
        elif change.key == ("choice", "view"):
            view = views[str(change.after)]
        else:
            year = _changed(year, frame, change)
    overlays = tuple(each for each in year.ledgers.scenarios if each.scenario == picked)
    return work_out(year, view, overlays=overlays)


def contradictions(end: YearEnd, changes: Iterable[Change]) -> Iterator[tuple[Change, str]]:
    """The changes of what is a fact of the folder, though an input here; and why each cannot be so."""
    year = end.year.body.year.on_screen
    for change in changes:
        if change.key == ("choice", "opening") and end.year.months_known == MONTHS:
            yield change, f"contradicts the year that is over, which closed at {change.said_before} in {year}"
        elif change.key[0] == "saving" and change.key[-1] == "delivered":
            yield change, "no entry of Deliveries says so; `breakeven savings deliver` records it with its evidence"


def _changed(year: ContractYear, frame: Frame, change: Change) -> ContractYear:
    """The year with one record as it was typed. Raises ReturnedRefusedError where it cannot be meant."""
    kind, *of = change.key
    ledgers = year.ledgers
    try:
        if kind == "confidence":
            confidence = {**year.body.confidence_pct, of[0]: _number(change)}
            return replace(year, body=replace(year.body, confidence_pct=confidence))
        if kind == "choice":
            by = _number(change) - (change.before if isinstance(change.before, Decimal) else Decimal(0))
            words = f"Opening balance of the plan as typed in {change.at.workbook}"
            more = Balance(kind="adjustment", description=words, amount=by, source=str(change.at), at=change.at)
            return replace(year, ledgers=replace(ledgers, balances=(*ledgers.balances, more)))
        if kind == "assumption":
            return replace(year, ledgers=replace(ledgers, assumptions=_assumptions(year, frame, change)))
        lists: dict[str, tuple[str, Sequence[Record]]] = {
            "saving": ("savings", ledgers.savings),
            "pressure": ("pressures", ledgers.pressures),
            "investment": ("investments", ledgers.investments),
            "scenario": ("scenarios", ledgers.scenarios),
        }
        name, records = lists[kind]
        return replace(year, ledgers=replace(ledgers, **{name: _with(records, int(of[0]), of[1], change)}))
    except ValidationError as error:
        reasons = [f"{change.label}: {each['msg'].removeprefix('Value error, ')}" for each in error.errors()]
        raise ReturnedRefusedError([Broken(change.at, reason, "input") for reason in reasons]) from None


def _number(change: Change) -> Decimal:
    if not isinstance(change.after, Decimal):
        raise ReturnedRefusedError([Broken(change.at, f"{change.label} is a number", "input")])
    return change.after


def _assumptions(year: ContractYear, frame: Frame, change: Change) -> tuple[Assumption, ...]:
    of, said = change.key[:-1], Year.parse(change.key[-1])
    row = next(each for each in assumption_rows(frame) if each.key(said)[:-1] == of)
    value = change.after if isinstance(change.after, Decimal) else None
    new = Assumption.model_validate(
        {
            "line": row.id,
            "year": said,
            "kind": row.kind,
            "value": value or Decimal(0),
            "unit": row.unit,
            "source": f"typed in {change.at.workbook}",
            "quality": "C",
            "at": change.at,
        }
    )
    return changed_assumptions(year, row, said, value, new)


_READ: dict[str, Callable[[Any], object]] = {
    "start": day_of,
    "ramp_months": int,
    "from_period": int,
    "year": Year.parse,
    "last": Year.parse,
}
"""How a cell's value is read into a field that is neither a number nor a name."""


def _with(records: Iterable[R], number: int, field: str, change: Change) -> tuple[R, ...]:
    """Some records with one field of one of them as it was typed."""
    read = _READ.get(field, lambda value: value)
    value = None if change.after is None else read(change.after)

    def typed(record: R) -> R:
        return type(record).model_validate({**dict(record), field: value, "at": change.at, "cells": {}})

    return tuple(typed(each) if place == number else each for place, each in enumerate(records))


def compared(end: YearEnd, changes: Sequence[Change]) -> tuple[Comparison, YearEnd]:
    """What each change does by itself, and all of them; and the year as they make it. Raises as ``taken_over`` does.

    A change that can only be made with another is in what they do together.
    """
    before, after = end.plan.model.balances(), taken_over(end, changes)

    def alone(change: Change) -> tuple[str, Any]:
        try:
            return change.in_words, taken_over(end, [change]).plan.model.balances()
        except ValueError:
            return f"{change.in_words} (only with the others)", before

    return comparison(end.plan.years, before, after.plan.model.balances(), map(alone, changes)), after
