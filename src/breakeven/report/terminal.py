"""A statement in the terminal: nothing truncated, nothing dropped, plain when piped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from breakeven.findings import visible
from breakeven.monitoring.outturn import Flow
from breakeven.report.figures import (
    ILLUSTRATIVE,
    ILLUSTRATIVE_NOTE,
    ROUNDING_NOTE,
    Unit,
    amount_text,
    number_text,
    percent_text,
)
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement

LABEL_WIDTH = 24
"""Columns a row's label needs at least; longer ones wrap."""

TEXT_WIDTH = 14
"""Columns that a column of words needs at least; longer ones wrap."""

_RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_RULED_ASCII = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)

STYLES = {"A": "red", "F": "green"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A column as it will be printed: heading, one text a row, and whether it may wrap."""

    heading: str
    texts: tuple[str, ...]
    wraps: bool = False

    @property
    def width(self) -> int:
        """Columns it needs."""
        widest = max(map(cell_len, (self.heading, *self.texts)))
        return min(widest, TEXT_WIDTH) if self.wraps else widest


def draw(
    statement: Statement,
    console: Console,
    unit: Unit | None = None,
    *,
    omit: Sequence[str] = (),
    notes: bool = True,
) -> list[str]:
    """Draw a statement as wide as the console allows, and return the notes it needs.

    unit: as asked, or the first of £, £k and £m in which every column fits. Where none does, the columns run on in a
    second table. omit: ids of columns that are said elsewhere. notes: whether to print the notes beneath.
    """
    columns = [column for column in statement.columns if column.id not in omit]
    units = [unit] if unit else list(Unit)
    chosen, groups = next(
        ((u, [columns]) for u in units if _fits(statement, columns, u, console.width)),
        (units[-1], _wrapped(statement, columns, units[-1], console.width)),
    )
    title = f"{statement.title} ({statement.state})"
    console.print(Text(visible(title), style="bold"), Text(f"in {chosen.words}", style="dim"), soft_wrap=False)
    for group in groups:
        console.print(_table(statement, group, chosen, console))
    said = [*_notes(statement, chosen, given=unit), *(["Columns run on in a second table."] if len(groups) > 1 else [])]
    if notes:
        print_notes(console, [*said, *statement.notes])
    return said


def print_notes(console: Console, notes: Iterable[str]) -> None:
    """Notes, each once, dimmed and wrapped."""
    for note in dict.fromkeys(notes):
        console.print(Text(visible(note), style="dim"))


def _notes(statement: Statement, unit: Unit, *, given: Unit | None) -> list[str]:
    notes = [statement.sign_note]
    rounded = [v for row in statement.rows for v in row.values.values() if isinstance(v, Decimal)]
    if unit is not Unit.POUNDS:
        narrow = "" if given else "Shown so to fit this width; --unit £ shows pounds. "
        notes.append(f"In {unit.words}. {narrow}{ROUNDING_NOTE}")
    elif any(value != value.to_integral_value() for value in rounded):
        notes.append(f"Pence are not shown. {ROUNDING_NOTE}")
    return notes + ([ILLUSTRATIVE_NOTE] if statement.has_illustrative else [])


def _fits(statement: Statement, columns: Sequence[Column], unit: Unit, width: int) -> bool:
    return _label_width(statement) + sum(w.width + 1 for c in columns for w in _written(statement, c, unit)) <= width


def _label_width(statement: Statement) -> int:
    return min(LABEL_WIDTH, max((cell_len(_label(row)) for row in statement.rows), default=0))


def _wrapped(statement: Statement, columns: Sequence[Column], unit: Unit, width: int) -> list[list[Column]]:
    """Columns shared out over as many tables as the width needs, one column a table at worst."""
    groups: list[list[Column]] = [[]]
    for column in columns:
        if groups[-1] and not _fits(statement, [*groups[-1], column], unit, width):
            groups.append([])
        groups[-1].append(column)
    return groups


def _table(statement: Statement, columns: Sequence[Column], unit: Unit, console: Console) -> Table:
    is_unicode = console.encoding.lower().startswith("utf")
    table = Table(box=_RULED if is_unicode else _RULED_ASCII, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(Text(statement.label), overflow="fold", min_width=min(LABEL_WIDTH, _label_width(statement)))
    written = [part for column in columns for part in _written(statement, column, unit)]
    for part in written:
        table.add_column(
            Text(part.heading),
            justify="left" if part.wraps else "right",
            no_wrap=not part.wraps,
            overflow="fold",
        )
    for i, row in enumerate(statement.rows):
        style = "bold" if row.kind is RowKind.TOTAL else ""
        texts = [Text(part.texts[i], style=STYLES.get(part.texts[i], "")) for part in written]
        table.add_row(Text(_label(row)), *texts, style=style)
    return table


def _label(row: Row) -> str:
    return "  " * max(row.level - 1, 0) + visible(row.label)


def _written(statement: Statement, column: Column, unit: Unit) -> list[_Written]:
    """A column's texts, and beside it its A or F where any row has one."""
    texts = [_text(row, column, unit) for row in statement.rows]
    if column.kind is not ColumnKind.TEXT:
        texts = _aligned(texts)
    columns = [_Written(column.label, tuple(texts), wraps=column.kind is ColumnKind.TEXT)]
    readings = tuple(row.reading.get(column.id, "") for row in statement.rows)
    return [*columns, _Written("", readings)] if any(readings) else columns


def _text(row: Row, column: Column, unit: Unit) -> str:
    value = row.values.get(column.id)
    if column.kind is ColumnKind.TEXT or isinstance(value, str):
        return visible(str(value or ""))
    if column.kind is ColumnKind.NUMBER or row.unit != "£":
        return number_text(value) + (row.unit if row.unit == "%" else "")
    shown = -value if value is not None and row.flow is Flow.EXPENDITURE else value
    if column.kind is ColumnKind.PERCENT:
        return "" if shown is None else percent_text(shown)
    if column.id not in row.values:
        return ""
    return amount_text(shown, unit) + (ILLUSTRATIVE if column.id in row.illustrative else "")


def _aligned(texts: Sequence[str]) -> list[str]:
    """Digits under digits: a space where another row has a bracket, another where it has a mark."""
    any_bracket = any(text.rstrip(ILLUSTRATIVE).endswith(")") for text in texts)
    any_mark = any(text.endswith(ILLUSTRATIVE) for text in texts)
    aligned: list[str] = []
    for text in texts:
        bare = text.removesuffix(ILLUSTRATIVE)
        bracket = " " if any_bracket and not bare.endswith(")") else ""
        mark = ILLUSTRATIVE if text.endswith(ILLUSTRATIVE) else " " if any_mark else ""
        aligned.append(f"{bare}{bracket}{mark}" if bare else "")
    return aligned


def heading(console: Console, text: str) -> None:
    """A section's heading."""
    console.print()
    console.print(Text(visible(text), style="bold cyan"))
