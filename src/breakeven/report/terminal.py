"""A statement in the terminal: nothing truncated, nothing dropped, plain when piped."""

import re
from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap

from rich.box import Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from breakeven.findings import visible
from breakeven.report.cells import is_nought, pence_are_cut
from breakeven.report.figures import ILLUSTRATIVE_NOTE, ROUNDING_NOTE, Unit
from breakeven.report.fitting import Layout, Written, label_of, laid_out
from breakeven.report.statement import Row, RowKind, Statement, has_money

_RULED = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_RULED_ASCII = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)

_STYLES = {
    "A": "red", "F": "green", "differs": "red", "open": "yellow",
    "G green": "green", "A amber": "yellow", "R red": "red",
}  # fmt: skip
"""What a letter or word looks like, besides saying it."""

_INSTEAD = {"£": "GBP", "−": "-", "–": "-", "—": "-", "×": "x", "÷": "/"}
"""What is written for a sign that the screen's encoding lacks."""


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
    layout = laid_out(statement, console.width, unit, omit)
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
    layout = laid_out(statement, console.width, unit, ())
    heading = f"{statement.title}, {layout.unit.words}" if has_money(statement) else statement.title
    _print_tables(statement, layout, console, heading=heading, spaced=False)
    return [*_notes(statement, layout, asked=unit), *statement.notes]


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


def _notes(statement: Statement, layout: Layout, *, asked: Unit | None) -> list[str]:
    notes = [statement.signs]
    if layout.unit is not Unit.POUNDS:
        narrow = "" if asked else ", to fit this width; --unit £ shows pounds"
        notes.append(f"In {layout.unit.words}{narrow}. {ROUNDING_NOTE}")
    elif pence_are_cut(statement):
        notes.append(f"Pence are not shown. {ROUNDING_NOTE}")
    if len(layout.groups) > 1:
        notes.append("The columns run on in a second table, to fit this width.")
    return notes + ([ILLUSTRATIVE_NOTE] if statement.has_illustrative else [])


def _print_tables(statement: Statement, layout: Layout, console: Console, *, heading: str, spaced: bool) -> None:
    for number, group in enumerate(layout.groups):
        if number:
            console.print()
        console.print(_table(statement, layout, group, console, heading, spaced=spaced))


def _table(
    statement: Statement,
    layout: Layout,
    columns: Sequence[Written],
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
        label = _wrapped(plain(label_of(row, statement), console), layout.label_width)
        table.add_row(label, *cells, style="bold" if is_total or heads else "")
        if spaced and is_total and below:
            table.add_row()
    return table


def _cell(column: Written, i: int, row: Row, console: Console) -> Text:
    text = plain(column.placed(column.texts[i]), console, style=_STYLES.get(column.texts[i], ""))
    if row.kind is not RowKind.TOTAL and is_nought(column.texts[i]):
        text.stylize("dim")
    if any(column.readings):
        text.append(f" {column.readings[i] or ' '}", style=_STYLES.get(column.readings[i], ""))
    return text


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
