"""Where the values of a pack come from: each figure with its rule, and what it is made of, down to the cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.findings import Cell
from breakeven.ledger.provenance import Figure, Source
from breakeven.report.data import unit_code
from breakeven.report.masked import SAFE
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

    Nobody is shown by himself: rows of the registers of placements and posts are counted, not listed, figures of demand
    at a period are left out, and a number of children from one to four is kept back wherever it stands.
    """
    asked = (
        figure_id
        for statement in pack.statements()
        for row in statement.rows
        for column, figure_id in row.figures.items()
        if isinstance(row.values.get(column), Decimal)
    )
    return tuple(_Walk(pack).below(asked))


class _Walk:
    """Goes from figures to what they are made of, each figure once."""

    def __init__(self, pack: Pack) -> None:
        self.book, self.marks = pack.book, pack.end.marks
        ledgers = pack.end.year.ledgers
        self.registers = {
            (record.at.workbook, record.at.sheet) for record in (*ledgers.placement_register, *ledgers.post_register)
        }
        self.seen: set[str] = set()

    def below(self, figure_ids: Iterable[str]) -> Iterator[Link]:
        """The parts of each figure that the book has, then the parts of those."""
        for figure_id in figure_ids:
            if figure_id in self.book:
                yield from self._links(self.book[figure_id])

    def _links(self, figure: Figure) -> Iterator[Link]:
        if figure.id in self.seen:
            return
        self.seen.add(figure.id)
        if not figure.parts:  # nil, as nothing bears on it: its rule is all that there is to say
            yield Link(
                figure.id, figure.label, figure.rule, "", "", "", None, unit_code(figure.unit), illustrative=False
            )
        rows: dict[tuple[str, str], list[Source]] = {}
        for part in figure.parts:
            if isinstance(part, Source) and (place := (part.cells.workbook, part.cells.sheet)) in self.registers:
                rows.setdefault(place, []).append(part)
            else:
                yield self._link(figure, part)
        for (workbook, sheet), sources in rows.items():
            marked = any(source.illustrative for source in sources)
            label, cells = f"{len(sources)} rows of {sheet}", str(Cell(workbook, sheet, ""))
            yield Link(figure.id, figure.label, figure.rule, "", label, cells, None, "GBP", marked)
        for part in figure.parts:
            if isinstance(part, Figure):
                yield from self._links(part)

    def _link(self, figure: Figure, part: Figure | Source) -> Link:
        is_small = part.unit == "number" and part.amount is not None and 0 < part.amount < SAFE
        return Link(
            figure=figure.id,
            label=figure.label,
            rule=figure.rule,
            part=part.id if isinstance(part, Figure) else "",
            part_label=part.label,
            cells=str(part.cells) if isinstance(part, Source) else "",
            amount=None if is_small else part.amount,
            unit=unit_code(part.unit),
            illustrative=part.illustrative if isinstance(part, Source) else self.marks.is_illustrative(part),
        )
