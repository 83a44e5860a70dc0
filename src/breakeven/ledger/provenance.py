"""A figure and what it was worked out from, down to the cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from breakeven.findings import Cell, ColumnCells
from breakeven.ledger.record import Record


@dataclass(frozen=True, slots=True)
class Source:
    """The cell or cells that an amount was read from."""

    label: str
    amount: Decimal | None
    cells: Cell | ColumnCells
    illustrative: bool = False
    unit: str = "£"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a statement, signed as records are: a deficit is negative, a cost is positive.

    ``amount`` is None where it is open: something it needs is missing. ``rule`` says in words how the
    parts give it. Ids read ``statement/row/column``, as in ``outturn/placements/actual``.
    """

    id: str
    label: str
    amount: Decimal | None
    rule: str
    parts: tuple["Figure | Source", ...] = field(repr=False)
    unit: str = "£"

    def sources(self) -> Iterator[Source]:
        """Every source beneath the figure, each once, in the order met."""
        seen: set[int] = set()
        yield from _sources(self, seen)


def _sources(figure: Figure, seen: set[int]) -> Iterator[Source]:
    for part in figure.parts:
        if id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, Source):
            yield part
        else:
            yield from _sources(part, seen)


def source_of(record: Record, field: str, label: str, unit: str = "£") -> Source:
    """The source that one number of a record is: its amount, in the cell of that field."""
    return Source(label, getattr(record, field), record.cell_of(field), record.is_made_up(field), unit)


def total(parts: "Sequence[Figure | Source]") -> Decimal | None:
    """The sum of the parts in pounds; None (open) as soon as one of them is missing."""
    amounts = [part.amount for part in parts]
    if any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


def less(figure: Figure, other: Figure) -> Decimal | None:
    """One figure less another; None (open) where either is missing."""
    return None if figure.amount is None or other.amount is None else figure.amount - other.amount


def sum_figure(figure_id: str, label: str, rule: str, parts: "Sequence[Figure | Source]") -> Figure:
    """A figure that is the sum of its parts."""
    return Figure(figure_id, label, total(parts), rule, tuple(parts))
