"""Where the values of a pack come from: each figure with its rule, and what it is made of, down to the cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.ledger.provenance import Figure, Source
from breakeven.report.masked import CONFIDENTIAL, SAFE
from breakeven.report.pack import Pack


@dataclass(frozen=True, slots=True)
class Link:
    """One part of one figure: another figure, by its id, or cells that were read.

    amount: the part's own, None where it is open or, being a small number of children, confidential.
    """

    figure: str
    label: str
    rule: str
    part: str
    """The id of the figure that it is; blank where it is cells."""
    part_label: str
    cells: str
    amount: Decimal | None
    unit: str
    illustrative: bool


def links(pack: Pack) -> tuple[Link, ...]:
    """What each figure of the pack's tables is made of, and what those parts are, each figure once.

    Figures of demand at a period are left out: they rest on single children. A number of children from one to four is
    kept back wherever it stands.
    """
    book = pack.book
    asked = (
        figure_id
        for statement in pack.statements()
        for row in statement.rows
        for column, figure_id in row.figures.items()
        if isinstance(row.values.get(column), Decimal)
    )
    seen: set[str] = set()
    found: list[Link] = []
    for figure_id in asked:
        if figure_id in book:
            found += _links(book[figure_id], pack, seen)
    return tuple(found)


def _links(figure: Figure, pack: Pack, seen: set[str]) -> Iterator[Link]:
    if figure.id in seen:
        return
    seen.add(figure.id)
    for part in figure.parts:
        yield _link(figure, part, pack)
    for part in figure.parts:
        if isinstance(part, Figure):
            yield from _links(part, pack, seen)


def _link(figure: Figure, part: Figure | Source, pack: Pack) -> Link:
    is_small = part.unit == "number" and part.amount is not None and 0 < part.amount < SAFE
    return Link(
        figure=figure.id,
        label=figure.label,
        rule=figure.rule,
        part=part.id if isinstance(part, Figure) else "",
        part_label=CONFIDENTIAL if is_small and isinstance(part, Source) else part.label,
        cells=str(part.cells) if isinstance(part, Source) else "",
        amount=None if is_small else part.amount,
        unit="GBP" if part.unit == "£" else part.unit,
        illustrative=part.illustrative if isinstance(part, Source) else pack.end.marks.is_illustrative(part),
    )
