"""The statement: one neutral table that every renderer draws and none of them adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from breakeven.ledger.provenance import Figure, Source
from breakeven.ledger.year import ContractYear
from breakeven.monitoring.outturn import Flow
from breakeven.periods import Year
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.figures import ILLUSTRATIVE

SIGN_NOTE = "Costs, deficits and what worsens the position are in brackets."


class ColumnKind(StrEnum):
    """How a column's values are written."""

    AMOUNT = "amount"
    PENCE = "pence"
    """An amount that must be seen to the penny."""
    PERCENT = "percent"
    NUMBER = "number"
    TEXT = "text"


class RowKind(StrEnum):
    """What a row is to its table, whatever a renderer makes of it."""

    LINE = "line"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``id`` is fixed for scripts, ``label`` is for people."""

    id: str
    label: str
    kind: ColumnKind = ColumnKind.AMOUNT


Value = Decimal | str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Values are signed as records are; ``flow`` says which a page puts in brackets."""

    id: str
    label: str
    kind: RowKind
    level: int
    flow: Flow
    values: Mapping[str, Value]
    reading: Mapping[str, str] = field(default_factory=dict[str, str])
    """``A`` or ``F`` by column."""
    figures: Mapping[str, str] = field(default_factory=dict[str, str])
    """The id of the figure behind each value, for ``trace``."""
    illustrative: frozenset[str] = frozenset()
    """Columns whose value rests on illustrative cells that no published figure confirms."""
    as_signed: frozenset[str] = frozenset()
    """Columns whose value a page shows with its own sign, whatever way the row's money goes: money left, a limit."""
    unit: str = "£"
    """What the row's amounts are in, where they are no money: ``number`` or ``%``."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A table with its title, state, unit, signs, notes and sources: all a reader needs to trust it."""

    id: str
    body: str
    """Whose statement it is."""
    title: str
    state: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    """The heading over the rows' labels."""
    summary: tuple[str, ...] = ()
    """What the table comes to, in sentences."""
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unit: str = "GBP"
    sign_note: str = SIGN_NOTE
    """What is in brackets, in a sentence."""

    @property
    def signs(self) -> str:
        """How to read its signs: what is in brackets, and A and F where a column has any."""
        shown = {column.id for column in self.columns}
        has_reading = any(shown.intersection(row.reading) for row in self.rows)
        return f"{self.sign_note.removesuffix('.')}; A adverse, F favourable." if has_reading else self.sign_note

    @property
    def has_illustrative(self) -> bool:
        """Whether any value must be marked."""
        return any(row.illustrative for row in self.rows)


def has_money(statement: Statement) -> bool:
    """Whether any column of a statement holds amounts of money, which have a unit."""
    is_money = not statement.rows or any(row.unit == "£" for row in statement.rows)
    return is_money and any(column.kind in {ColumnKind.AMOUNT, ColumnKind.PENCE} for column in statement.columns)


def has_pence(statement: Statement) -> bool:
    """Whether a statement is written to the penny, whatever unit is asked for."""
    return any(column.kind is ColumnKind.PENCE for column in statement.columns)


class Placed(Protocol):
    """Anything that stands at a level of a table."""

    @property
    def level(self) -> int:
        """0 for a total, one more for each part of a part."""
        ...


P = TypeVar("P", bound=Placed)


def placed(rows: Iterable[P]) -> list[P]:
    """Each part below what it is part of, as a page reads, rather than above it, as a sum is made.

    A total of level 0 stays beneath the rows it adds up.
    """
    found: list[tuple[int, list[P]]] = []
    for row in rows:
        below: list[P] = []
        while row.level and found and found[-1][0] > row.level:
            below = found.pop()[1] + below
        found.append((row.level, [row, *below]))
    return [row for _, group in found for row in group]


def workbooks_behind(rows: Iterable[Row], end: YearEnd) -> tuple[str, ...]:
    """The input files that the rows' figures were read from, each with the SHA-256 of its bytes."""
    return files_behind((end.book[figure_id] for row in rows for figure_id in row.figures.values()), end.year)


def files_behind(figures: Iterable[Figure], year: ContractYear, more: Iterable[Source] = ()) -> tuple[str, ...]:
    """The input files that figures, and more sources besides, were read from, each with the SHA-256 of its bytes."""
    read = {source.cells.workbook for source in more}
    seen: set[int] = set()
    for figure in figures:
        _read_for(figure, read, seen)
    return tuple(f"{file.name}, sha256 {file.sha256}" for file in year.inputs if file.name in read)


def _read_for(figure: Figure, read: set[str], seen: set[int]) -> None:
    """Add the workbooks behind a figure to ``read``; parts that other figures have shown already are passed by."""
    if id(figure) in seen:
        return
    seen.add(id(figure))
    for part in figure.parts:
        if isinstance(part, Source):
            read.add(part.cells.workbook)
        else:
            _read_for(part, read, seen)


def kind_at(level: int) -> RowKind:
    """What a row is to a table whose levels are its totals, their parts, and the lines of those."""
    return {0: RowKind.TOTAL, 1: RowKind.SUBTOTAL}.get(level, RowKind.LINE)


def by_year(figures: Mapping[Year, Figure]) -> dict[str, Figure]:
    """Figures by year, as the columns of a plan are called."""
    return {str(year): figure for year, figure in figures.items()}


def figures_row(  # noqa: PLR0913
    end: YearEnd,
    row_id: str,
    label: str,
    kind: RowKind,
    level: int,
    figures: Mapping[str, Figure] | Iterable[tuple[str, Figure]],
    words: Mapping[str, Value] | None = None,
    *,
    flow: Flow = Flow.INCOME,
    reading: Mapping[str, str] | None = None,
    unit: str = "£",
) -> Row:
    """A row of figures, each marked where it is illustrative and traced where the book has it.

    figures: by column; words: what else stands in a column; reading: A or F, by column, nothing where it is neither.
    """
    by_column = dict(figures)
    values: dict[str, Value] = {column: figure.amount for column, figure in by_column.items()}
    return Row(
        id=row_id,
        label=label,
        kind=kind,
        level=level,
        flow=flow,
        values=values | dict(words or {}),
        reading={column: read for column, read in (reading or {}).items() if read},
        figures={column: figure.id for column, figure in by_column.items() if figure.id in end.book},
        illustrative=frozenset(column for column, figure in by_column.items() if end.marks.is_illustrative(figure)),
        unit=unit,
    )


def starting_point(end: YearEnd) -> str:
    """What a plan starts from, in words: ``provisional outturn``."""
    if end.year.starts_from_budget:
        return "the revised budget, as nothing is posted yet"
    return f"{end.year.body.state} outturn"


def plan_marks(end: YearEnd, values: Mapping[str, Value]) -> frozenset[str]:
    """The columns to mark of what is worked out of a plan anew and has no figure of its own."""
    return frozenset(
        column for column, value in values.items() if end.plan_is_illustrative and isinstance(value, Decimal)
    )


def plan_mark(end: YearEnd) -> str:
    """The mark of such an amount in a sentence; nothing where the plan rests on no illustrative cells."""
    return ILLUSTRATIVE if end.plan_is_illustrative else ""


def mark_of(end: YearEnd, figure: Figure) -> str:
    """The mark of an illustrative figure in a sentence; nothing after any other."""
    return ILLUSTRATIVE if end.marks.is_illustrative(figure) else ""
