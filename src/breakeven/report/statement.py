"""The statement: one neutral table that every renderer draws and none of them adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from breakeven.ledger.provenance import Figure, Source
from breakeven.monitoring.outturn import Flow
from breakeven.pipeline import YearEnd
from breakeven.report.figures import ILLUSTRATIVE

SIGN_NOTE = "Costs, deficits and what worsens the position are in brackets; A adverse, F favourable."


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

    @property
    def has_illustrative(self) -> bool:
        """Whether any value must be marked."""
        return any(row.illustrative for row in self.rows)


def workbooks_behind(rows: Iterable[Row], end: YearEnd) -> tuple[str, ...]:
    """The input files that the rows' figures were read from, each with the SHA-256 of its bytes."""
    ids = {figure_id for row in rows for figure_id in row.figures.values()}
    return files_behind((end.book[figure_id] for figure_id in ids), end)


def files_behind(figures: Iterable[Figure], end: YearEnd) -> tuple[str, ...]:
    """The input files that some figures were read from, whether or not they are in the book."""
    read = {source.cells.workbook for figure in figures for source in figure.sources()}
    return tuple(f"{file.name}, sha256 {file.sha256}" for file in end.year.inputs if file.name in read)


def is_illustrative(end: YearEnd, part: Figure | Source) -> bool:
    """Whether a page must mark a figure, in the book or made of figures that are: it rests on illustrative cells."""
    if isinstance(part, Source):
        return part.illustrative
    if part.id in end.book:
        return part.id in end.illustrative
    return part.amount is not None and any(is_illustrative(end, below) for below in part.parts)


def mark_of(end: YearEnd, figure: Figure) -> str:
    """The mark of an illustrative figure in a sentence; nothing after any other."""
    return ILLUSTRATIVE if is_illustrative(end, figure) else ""
