"""A statement as the cells of a table, each text settled, for a page or a paper to set out."""

from collections.abc import Iterator
from dataclasses import dataclass

from breakeven.findings import visible
from breakeven.report.cells import AFTER, cell_text, is_nought, pence_are_cut
from breakeven.report.figures import ILLUSTRATIVE, ILLUSTRATIVE_NOTE, MISSING, ROUNDING_NOTE, Unit
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement, has_money

BROKEN = {"long": 13, "longer": 26}
"""Letters from which on a column of words is broken over lines, and how wide it then is, as the style names it."""

WORDY = 60
"""Letters of a label from which on it takes more than two or three lines of a narrow column."""

QUARTERS = {")": 2, ILLUSTRATIVE: 3, "%": 5}
"""The room that each sign after a figure needs, in quarters of its height."""

MISSING_NOTE = "[x] is not recorded; blank is not nil."

READINGS = {"A": "adverse", "F": "favourable"}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its digits, what follows them, its A or F, and the id of the figure behind it."""

    text: str
    after: str = ""
    reading: str = ""
    figure: str = ""
    is_words: bool = False
    is_nought: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: its label, how deep it stands, and its cells."""

    label: str
    level: int
    kind: str
    heads: bool
    """Whether the rows beneath are parts of it."""
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column: its heading, the room its figures need after their digits, and whether it has an A or F."""

    label: str
    is_words: bool
    broken: str
    after: int
    has_reading: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A whole table with what must stand beneath it."""

    id: str
    title: str
    unit: str
    """What its amounts are in; blank where none is money."""
    state: str
    label: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    about: str
    """Signs, marks and rounding, in sentences."""
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    is_aside: bool
    is_wordy: bool
    """Whether a label is too long for a narrow column."""


def table_view(statement: Statement, *, is_aside: bool = False) -> TableView:
    """Set out a statement in whole pounds. is_aside: it has many columns, and may be set small."""
    texts = [[cell_text(row, column, Unit.POUNDS) for column in statement.columns] for row in statement.rows]
    columns = tuple(
        _column(column, statement.rows, [row[i] for row in texts]) for i, column in enumerate(statement.columns)
    )
    least = min((row.level for row in statement.rows), default=0)
    rows = tuple(_row(statement, place, cells, columns, least) for place, cells in enumerate(texts))
    every = [cell for row in rows for cell in row.cells]
    return TableView(
        id=statement.id.replace(".", "-"),
        title=visible(statement.title),
        unit=Unit.POUNDS.words if has_money(statement) else "",
        state=visible(statement.state),
        label=visible(statement.label),
        columns=columns,
        rows=rows,
        about=" ".join(_about(statement, every)),
        notes=tuple(map(visible, statement.notes)),
        sources=tuple(visible(source.split(", sha256 ")[0]) for source in statement.sources),
        is_aside=is_aside,
        is_wordy=any(len(row.label) > WORDY for row in rows),
    )


def _about(statement: Statement, cells: list[CellView]) -> Iterator[str]:
    yield visible(statement.signs)
    if pence_are_cut(statement):
        yield f"Pence are not shown. {ROUNDING_NOTE}"
    if statement.has_illustrative:
        yield ILLUSTRATIVE_NOTE
    if any(cell.text == MISSING for cell in cells):
        yield MISSING_NOTE


def _column(column: Column, rows: tuple[Row, ...], texts: list[str]) -> ColumnView:
    is_words = column.kind is ColumnKind.TEXT
    longest = max(map(len, texts), default=0)
    return ColumnView(
        label=visible(column.label),
        is_words=is_words,
        broken=next((name for name, letters in reversed(BROKEN.items()) if is_words and longest > letters), ""),
        after=0 if is_words else max((sum(QUARTERS[sign] for sign in _after(text)) for text in texts), default=0),
        has_reading=any(row.reading.get(column.id) for row in rows),
    )


def _after(text: str) -> str:
    """What follows a figure's digits."""
    return text[len(text.rstrip(AFTER)) :]


def _row(statement: Statement, place: int, texts: list[str], columns: tuple[ColumnView, ...], least: int) -> RowView:
    row = statement.rows[place]
    below = statement.rows[place + 1] if place + 1 < len(statement.rows) else None
    return RowView(
        label=visible(row.label),
        level=row.level - least,
        kind=row.kind.value,
        heads=row.kind is RowKind.SUBTOTAL and below is not None and below.level > row.level,
        cells=tuple(
            _cell(row, column.id, text, is_words=view.is_words)
            for column, text, view in zip(statement.columns, texts, columns, strict=True)
        ),
    )


def _cell(row: Row, column_id: str, text: str, *, is_words: bool) -> CellView:
    if is_words:
        return CellView(text, is_words=True)
    after, nought = _after(text), is_nought(text)
    return CellView(
        text=text.removesuffix(after),
        after=after,
        reading="" if nought else row.reading.get(column_id, ""),
        figure=visible(row.figures.get(column_id, "")),
        is_nought=nought,
        is_marked=text.endswith(ILLUSTRATIVE),
    )
