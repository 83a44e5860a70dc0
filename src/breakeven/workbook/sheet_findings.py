"""What is wrong with a sheet as a whole, in words, from the facts the scan found.

Errors, formulas without a result, merges and hidden rows are not here: whether they matter depends on the column
they stand in, so the table that is read from the sheet says that.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from breakeven.findings import Cell, Finding
from breakeven.workbook.sheet_facts import Refs, SheetFacts


def sheet_findings(workbook: str, sheet: SheetFacts, styles: int, outside: Sequence[str]) -> Iterator[Finding]:
    """Findings for one sheet. ``styles``: cell styles the workbook has; ``outside``: workbooks it draws on."""

    def about(code: str, refs: Refs, message: str) -> Iterator[Finding]:
        if refs:
            first = refs.first[0] if refs.first[0].isalnum() and not refs.first[0].isdigit() else ""
            yield Finding(code, message.format(refs=refs), Cell(workbook, sheet.name, first))

    twice = "" if not sheet.cells_twice else ", the second time with {cells}".replace("{cells}", str(sheet.cells_twice))
    yield from about("row-twice", sheet.rows_twice, "these rows stand in the sheet twice: {refs}" + twice)
    if not sheet.rows_twice:
        yield from about("cell-twice", sheet.cells_twice, "these cells stand in the sheet twice: {refs}")
    yield from about("cell-out-of-order", sheet.disordered, "these rows or cells stand after later ones: {refs}")
    yield from about("cell-ref-invalid", sheet.bad_refs, "these are no places in this row of a sheet: {refs}")
    yield from about("cell-text-missing", sheet.missing_strings, "the text of these cells is not in the file: {refs}")
    yield from about("cell-unreadable", sheet.unreadable, "readers disagree on what these cells hold: {refs}")
    yield from _styles(workbook, sheet, styles)
    named = f" ({_names(outside)})" if outside else ""
    message = f"these cells take their figure from another workbook{named}, as it was when last saved: " + "{refs}"
    yield from about("external-link", sheet.external, message)


def _names(targets: Sequence[str]) -> str:
    """The names of other workbooks without their folders, which may be someone's own."""
    names = sorted({unquote(target).replace("\\", "/").rpartition("/")[2] for target in targets})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _styles(workbook: str, sheet: SheetFacts, styles: int) -> Iterator[Finding]:
    """A style the workbook does not have: whether the cell is a date or shown in thousands cannot be told."""
    if not styles:
        return
    for column in sheet.columns.values():
        for style, ref in column.styles.items():
            if not 0 <= style < styles:
                message = f"the format of this cell, number {style}, is not among the {styles} the workbook has"
                yield Finding("cell-style-unknown", message, Cell(workbook, sheet.name, ref))
