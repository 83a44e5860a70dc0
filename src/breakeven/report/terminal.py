"""A statement in the terminal: nothing truncated, nothing dropped, plain when piped."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from textwrap import wrap

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
    pence_text,
    percent_text,
)
from breakeven.report.statement import Column, ColumnKind, Row, RowKind, Statement

LABEL_WIDTH = 22
"""What a row's label needs at least, on a screen that is not narrow; longer ones wrap."""

HEADING_WIDTH = 8
"""What a heading may take before it is broken over lines, however narrow its figures."""

TEXT_WIDTH = 16
"""What a column of words takes at most; longer ones wrap."""

_RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_RULED_ASCII = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)

_STYLES = {
    "A": "red", "F": "green", "differs": "red", "open": "yellow",
    "G green": "green", "A amber": "yellow", "R red": "red",
}  # fmt: skip
"""What a letter or word looks like, besides saying it."""

_AFTER = f")%{ILLUSTRATIVE}"
"""What may follow a figure's digits."""


_INSTEAD = {"£": "GBP", "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/"}
"""What is written for a sign that the screen's encoding lacks."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A column as it will be printed: heading, and for each row a text and its A or F."""

    heading: str
    texts: tuple[str, ...]
    readings: tuple[str, ...]
    is_words: bool

    @property
    def width(self) -> int:
        """How wide it must be for no figure to be cut; words wrap, those of the heading too."""
        words = self.heading.split() if not self.is_words else [self.heading]
        widest = max(*map(cell_len, (*words, *self.texts)), min(cell_len(self.heading), HEADING_WIDTH))
        return min(widest, TEXT_WIDTH) if self.is_words else widest + self._reading_width

    @property
    def _reading_width(self) -> int:
        return 2 if any(self.readings) else 0

    @property
    def heading_lines(self) -> list[str]:
        """The heading over as many lines as it needs, above the figures."""
        if self.is_words:
            return [self.heading]
        return [self.placed(line) for line in wrap(self.heading, self.width - self._reading_width)] or [""]

    def placed(self, text: str) -> str:
        """A heading or a figure to the right of its column, with room after it for A or F."""
        room = self.width - self._reading_width - cell_len(text)
        return text if self.is_words else " " * room + text


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a statement fits a width: the unit, and the columns of each table that it takes."""

    unit: Unit
    label_width: int
    gap: int
    groups: tuple[tuple[_Written, ...], ...]


def draw(
    statement: Statement,
    console: Console,
    unit: Unit | None = None,
    *,
    omit: Sequence[str] = (),
    picture: Callable[[Console], None] | None = None,
    beneath: Sequence[Statement] = (),
) -> None:
    """Draw a statement by itself: heading, what it comes to, table, notes.

    unit: as asked, or the first of £, £k and £m in which every column fits. Where none does, the columns run on in a
    second table. omit: ids of columns that are said elsewhere. picture: drawn beneath the table. beneath: smaller
    statements that belong to it, drawn before the notes.
    """
    layout = _laid_out(statement, console.width, unit, omit)
    console.print(plain(statement.title, console, style="bold cyan"))
    in_unit = [f"in {layout.unit.words}"] if has_money(statement) else []
    state = ", ".join([statement.body, statement.state, *in_unit])
    console.print(plain(state, console, style="dim"))
    console.print()
    for sentence in statement.summary:
        console.print(plain(sentence, console))
    if statement.summary:
        console.print()
    _print_tables(statement, layout, console, heading=statement.label, spaced=True)
    notes = [*_notes(statement, layout, asked=unit), *statement.notes]
    if picture:
        console.print()
        picture(console)
    for part in beneath:
        console.print()
        notes += draw_part(part, console, unit)
    sources = dict.fromkeys(source for each in (statement, *beneath) for source in each.sources)
    read = [source.split(", sha256 ")[0] for source in sources]
    from_files = [f"From {', '.join(read)}; --json gives the SHA-256 of each."] if read else []
    print_notes(console, [*notes, *from_files])


def draw_part(statement: Statement, console: Console, unit: Unit | None = None) -> list[str]:
    """Draw a statement as one part of a screen: its table, headed by its title. Returns the notes it needs."""
    layout = _laid_out(statement, console.width, unit, ())
    heading = f"{statement.title}, {layout.unit.words}" if has_money(statement) else statement.title
    _print_tables(statement, layout, console, heading=heading, spaced=False)
    return [*_notes(statement, layout, asked=unit), *statement.notes]


def has_money(statement: Statement) -> bool:
    """Whether any column of a statement holds amounts, which have a unit."""
    return any(column.kind in {ColumnKind.AMOUNT, ColumnKind.PENCE} for column in statement.columns)


def has_pence(statement: Statement) -> bool:
    """Whether a statement is written to the penny, whatever unit is asked for."""
    return any(column.kind is ColumnKind.PENCE for column in statement.columns)


def print_notes(console: Console, notes: Iterable[str]) -> None:
    """Notes, each once, dimmed; a long one goes on beneath its own beginning."""
    console.print(Text("\nNotes", style="bold"))
    for note in dict.fromkeys(notes):
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text("-", style="dim"), plain(note, console, style="dim"))
        console.print(grid)


def plain(text: str, console: Console, style: str = "") -> Text:
    """Text that the terminal can show and does not obey: no escapes, no markup, no letter its encoding lacks."""
    shown = _spelt_out(visible(text), console.encoding).encode(console.encoding, "backslashreplace")
    return Text(shown.decode(console.encoding), style=style)


def _spelt_out(text: str, encoding: str) -> str:
    """The signs that an encoding lacks in letters it has: ``£5 − £3`` is ``GBP 5 - GBP 3``, no code."""
    for sign, instead in _INSTEAD.items():
        if sign in text and sign.encode(encoding, "ignore") != sign.encode(encoding, "replace"):
            before_digits = f"{instead} " if sign == "£" else instead
            text = re.sub(f"{sign}(?=[\\d.])", before_digits, text).replace(sign, instead)
    return text


def _notes(statement: Statement, layout: _Layout, *, asked: Unit | None) -> list[str]:
    notes = [statement.sign_note]
    columns = [column.id for column in statement.columns if column.kind is ColumnKind.AMOUNT]
    values = [row.values.get(column) for row in statement.rows for column in columns]
    amounts = [value for value in values if isinstance(value, Decimal)]
    if layout.unit is not Unit.POUNDS:
        narrow = "" if asked else ", to fit this width; --unit £ shows pounds"
        notes.append(f"In {layout.unit.words}{narrow}. {ROUNDING_NOTE}")
    elif any(amount != amount.to_integral_value() for amount in amounts):
        notes.append(f"Pence are not shown. {ROUNDING_NOTE}")
    if len(layout.groups) > 1:
        notes.append("The columns run on in a second table, to fit this width.")
    return notes + ([ILLUSTRATIVE_NOTE] if statement.has_illustrative else [])


def _laid_out(statement: Statement, width: int, asked: Unit | None, omit: Sequence[str]) -> _Layout:
    """The first unit in which the fewest tables hold every column, one of them two apart, or else one.

    Millions leave out so much that they must save two tables to be taken unasked.
    """
    columns = [column for column in statement.columns if column.id not in omit]
    labels = max((cell_len(_label(row, statement)) for row in statement.rows), default=0)
    least = min(labels, LABEL_WIDTH, width // 3)
    units = [Unit.POUNDS] if has_pence(statement) else [asked] if asked else list(Unit)
    written = {unit: [_written(statement, column, unit) for column in columns] for unit in units}

    def fits(group: Sequence[_Written], gap: int) -> bool:
        return least + _taken(group, gap) <= width

    def tables(unit: Unit, gap: int) -> list[list[_Written]]:
        groups: list[list[_Written]] = [[]]
        for column in written[unit]:
            if groups[-1] and not fits([*groups[-1], column], gap):
                groups.append([])
            groups[-1].append(column)
        return groups

    laid = [(unit, gap, tables(unit, gap)) for unit, gap in product(units, (2, 1))]
    spared = 1 if asked is None else 0
    unit, gap, groups = min(
        laid,
        key=lambda each: (len(each[2]) + spared * (each[0] is Unit.MILLIONS), len(each[2]) > 1 and each[1] > 1),
    )
    label_width = min(max(labels, cell_len(statement.title) + 4), width - max(_taken(group, gap) for group in groups))
    return _Layout(unit, max(label_width, 1), gap, tuple(tuple(group) for group in groups))


def _taken(columns: Sequence[_Written], gap: int) -> int:
    return sum(column.width + gap for column in columns)


def _print_tables(statement: Statement, layout: _Layout, console: Console, *, heading: str, spaced: bool) -> None:
    for number, group in enumerate(layout.groups):
        if number:
            console.print()
        console.print(_table(statement, layout, group, console, heading, spaced=spaced))


def _table(
    statement: Statement,
    layout: _Layout,
    columns: Sequence[_Written],
    console: Console,
    heading: str,
    *,
    spaced: bool,
) -> Table:
    """One table; ``spaced`` leaves a line after each total."""
    box = _RULED if console.encoding.lower().startswith("utf") else _RULED_ASCII
    table = Table(box=box, show_edge=False, pad_edge=False, padding=(0, layout.gap - 1, 0, 0), header_style="bold")
    table.add_column(plain(heading, console), overflow="fold", width=layout.label_width)
    for column in columns:
        table.add_column(
            Text("\n").join(plain(line, console) for line in column.heading_lines),
            no_wrap=not column.is_words,
            overflow="fold",
            width=column.width,
        )
    for i, row in enumerate(statement.rows):
        cells = [_cell(column, i, row, console) for column in columns]
        below = statement.rows[i + 1] if i + 1 < len(statement.rows) else None
        is_total = row.kind is RowKind.TOTAL
        heads = below is not None and below.level > row.level and row.kind is RowKind.SUBTOTAL
        label = _wrapped(plain(_label(row, statement), console), layout.label_width)
        table.add_row(label, *cells, style="bold" if is_total or heads else "")
        if spaced and is_total and below:
            table.add_row()
    return table


def _cell(column: _Written, i: int, row: Row, console: Console) -> Text:
    text = plain(column.placed(column.texts[i]), console, style=_STYLES.get(column.texts[i], ""))
    if row.kind is not RowKind.TOTAL and _is_nought(column.texts[i]):
        text.stylize("dim")
    if any(column.readings):
        text.append(f" {column.readings[i] or ' '}", style=_STYLES.get(column.readings[i], ""))
    return text


def _label(row: Row, statement: Statement) -> str:
    """A row's label, set in beneath the total it is part of."""
    return "  " * (row.level - min(each.level for each in statement.rows)) + visible(row.label)


def _wrapped(label: Text, width: int) -> Text:
    """A label over as many lines as it needs, each but the first set in a little further."""
    words = label.plain.lstrip()
    indent = " " * (len(label.plain) - len(words))
    lines = wrap(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Text("\n".join(lines))


def _written(statement: Statement, column: Column, unit: Unit) -> _Written:
    texts = [_text(row, column, unit) for row in statement.rows]
    is_words = column.kind is ColumnKind.TEXT
    return _Written(
        column.label,
        tuple(texts if is_words else _aligned(texts)),
        tuple(
            "" if _is_nought(text) else row.reading.get(column.id, "")
            for row, text in zip(statement.rows, texts, strict=True)
        ),
        is_words,
    )


def _is_nought(text: str) -> bool:
    """Whether a figure is nil as it is shown: neither adverse nor favourable to the eye."""
    return text.strip(f"( {_AFTER}") in {"0", "0.0", "0.00"}


def _text(row: Row, column: Column, unit: Unit) -> str:
    if column.id not in row.values:
        return ""
    value = row.values[column.id]
    if column.kind is ColumnKind.TEXT or isinstance(value, str):
        return visible(str(value or ""))
    mark = ILLUSTRATIVE if value is not None and column.id in row.illustrative else ""
    if column.kind is ColumnKind.PERCENT and row.unit != "£":
        return "" if value is None else percent_text(value) + mark
    if column.kind is ColumnKind.NUMBER or row.unit != "£":
        return number_text(value) + (row.unit if row.unit == "%" else "") + mark
    turned = row.flow is Flow.EXPENDITURE and column.id not in row.as_signed
    shown = -value if value is not None and turned else value
    if column.kind is ColumnKind.PERCENT:
        return "" if shown is None else percent_text(shown)
    return (pence_text(shown) if column.kind is ColumnKind.PENCE else amount_text(shown, unit)) + mark


def _aligned(texts: Sequence[str]) -> list[str]:
    """Digits under digits: spaces after a figure where others have a bracket or a mark."""
    after = [len(text) - len(text.rstrip(_AFTER)) for text in texts]
    return [text + " " * (max(after) - here) if text else "" for text, here in zip(texts, after, strict=True)]
