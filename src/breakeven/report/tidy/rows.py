"""Every statement of a pack in tidy rows: one value a row, with what it is, its signs and the figure behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.report.data import unit_code
from breakeven.report.pack import Pack
from breakeven.report.statement import Column, ColumnKind, Row, Statement

PLACES = 12
"""Decimal places of a value in a file that has a type for it: more than any figure of a statement needs."""


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One value of one statement.

    value: exact, signed as records are: income and expenditure are both positive, a deficit is negative; None where it
    is words, missing or confidential. flow: income, expenditure or net, which says what a page puts in brackets.
    """

    section: str
    statement: str
    title: str
    state: str
    row: str
    row_label: str
    row_kind: str
    level: int
    flow: str
    column: str
    column_label: str
    unit: str
    """``GBP``, ``%``, ``number`` or ``words``."""
    value: Decimal | None
    words: str
    missing: bool
    reading: str
    """``A``, ``F`` or nothing."""
    illustrative: bool
    figure: str
    """The id of the figure behind it, for ``breakeven trace``; blank where there is none."""


def tidy_rows(pack: Pack) -> Iterator[TidyRow]:
    """Every value of every table of the pack, the tables of its charts among them, in the order of the page."""
    yield from _rows("headlines", pack.headlines)
    for section in pack.sections:
        for statement in (*(chart.data for chart in section.charts), *section.statements):
            yield from _rows(section.id, statement)


def _rows(section: str, statement: Statement) -> Iterator[TidyRow]:
    for row in statement.rows:
        for column in statement.columns:
            if column.id in row.values:
                yield _row(section, statement, row, column)


def _row(section: str, statement: Statement, row: Row, column: Column) -> TidyRow:
    value = row.values[column.id]
    is_text = column.kind is ColumnKind.TEXT
    return TidyRow(
        section=section,
        statement=statement.id,
        title=statement.title,
        state=statement.state,
        row=row.id,
        row_label=row.label,
        row_kind=row.kind.value,
        level=row.level,
        flow=row.flow.value,
        column=column.id,
        column_label=column.label,
        unit="words" if is_text else _unit(row, column),
        value=value if isinstance(value, Decimal) else None,
        words=value if isinstance(value, str) else "",
        missing=value is None and not is_text,
        reading=row.reading.get(column.id, ""),
        illustrative=column.id in row.illustrative,
        figure=row.figures.get(column.id, ""),
    )


def _unit(row: Row, column: Column) -> str:
    if column.kind is ColumnKind.PERCENT:
        return "%"
    if column.kind is ColumnKind.NUMBER:
        return "number"
    return unit_code(row.unit)
