"""What was said when a period was closed, as its seal keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from breakeven.findings import Cell
from breakeven.ledger.record import Kind, Reads, Record
from breakeven.periods import Year

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class SealedFigure:
    """One figure as it was: pounds, or None where open; whether it rested on illustrative cells; its rule in words."""

    amount: Decimal | None
    illustrative: bool
    rule: str
    workbooks: tuple[str, ...] = ()
    """The workbooks that it was read from."""


@dataclass(frozen=True, slots=True)
class SealedLeaf:
    """One cost centre and account, or one source of income, as it was; figures by column."""

    id: str
    label: str
    flow: str
    line: str
    category: str
    cost_centre: str
    account: str
    method: str
    figures: Mapping[str, SealedFigure]

    def amount(self, column: str) -> Decimal | None:
        """The pounds of one column."""
        return self.figures[column].amount

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by from one close to the next."""
        return (self.cost_centre, self.account) if self.cost_centre else ("", self.id)

    @property
    def forecast(self) -> Decimal | None:
        """The forecast outturn: posted, accrued and the rest of the year; None where one of them was open."""
        parts = [self.amount(column) for column in ("posted", "accruals", "rest")]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal("0.00")) if len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Close:
    """One closed period: its least parts, and the seals that hold it and the one before it to what they were."""

    period: int
    closed_on: date
    closed_by: str
    seal: str
    """SHA-256 of everything else in the file."""
    previous: str
    """The seal of the period closed before it; blank for the first."""
    leaves: tuple[SealedLeaf, ...]
    balances: tuple[SealedLeaf, ...]
    """The opening balance and its adjustments, each in the columns of an outturn."""
    since: int | None
    """The period that its movement was measured from."""
    told: Mapping[str, Any]
    """What else is sealed: version, body, inputs, published figures, statements and records."""

    @property
    def forecasts(self) -> Mapping[tuple[str, str], Decimal | None]:
        """The forecast outturn of each least part, by its cost centre and account, or blank and its row's id."""
        return {leaf.key: leaf.forecast for leaf in self.leaves}


def plain_rows(records: Sequence[Record]) -> list[list[Any]]:
    """The rows of one sheet as a seal keeps them: their fields, then each record's cell and values."""
    if not records:
        return []
    fields = [name for name in type(records[0]).model_fields if name not in {"at", "cells"}]
    return [["at", *fields], *([str(each.at), *(_plain(getattr(each, name)) for name in fields)] for each in records)]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def records_from(rows: Sequence[Sequence[Any]], kind: type[R], workbook: str) -> tuple[R, ...]:
    """The records that ``plain_rows`` made plain, each at its cell of then. workbook: the name of the seal's file."""
    if not rows:
        return ()
    fields, *told = rows
    return tuple(_record(dict(zip(fields, row, strict=True)), kind, workbook) for row in told)


def _record(told: dict[str, Any], kind: type[R], workbook: str) -> R:
    read = {name: _typed(value, _kind_of(kind, name)) for name, value in told.items() if name in kind.model_fields}
    return kind.model_validate(read | {"at": Cell(workbook, "", told["at"])})


def _kind_of(kind: type[Record], name: str) -> Kind:
    marks = (mark for mark in kind.model_fields[name].metadata if isinstance(mark, Reads))
    return next((mark.kind for mark in marks), Kind.TEXT)


def _typed(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind in {Kind.AMOUNT, Kind.NUMBER}:
        return Decimal(value)
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    return Year.parse(value) if kind is Kind.YEAR else value
