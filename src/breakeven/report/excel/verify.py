"""Whether a workbook that came back still is ours: every formula, fact and name, the inputs' files, and all checks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from breakeven.findings import Cell
from breakeven.pipeline.year_end import YearEnd
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import FIRST_ROW, HEADING_ROW, Entry, Pages, Sheet, Value
from breakeven.report.excel.changes import changes_to, contradictions
from breakeven.report.excel.checks import RESULT_COLUMN
from breakeven.report.excel.formulas import written
from breakeven.report.excel.functions import FormulaError
from breakeven.report.excel.made_from import changes_since
from breakeven.report.excel.returned import (
    Broken,
    Place,
    Returned,
    ReturnedRefusedError,
    as_read,
    inputs_of,
    said,
    same,
)

HALF_A_PENNY = Decimal("0.005")
_MOST_SHIFTED = 20
"""Rows by which a table may have been moved for that to be said as such."""


def verify(returned: Returned, pages: Pages, end: YearEnd) -> tuple[Broken, ...]:
    """Everything of a workbook that is not as it would be written for the folder, its inputs apart.

    Where the folder has changed since, what it gives otherwise now is not held against the workbook: what can still be
    told is whether a formula was typed over, a sheet or name lost, and what the inputs hold.
    """
    found = list(altered(returned, pages, end))
    told = {each.at for each in found}
    found += [each for each in _figures(returned, pages, end) if each.at not in told]
    return tuple(found)


def altered(returned: Returned, pages: Pages, end: YearEnd) -> Iterator[Broken]:
    """Cells, sheets and names that are not as they were written, and what of the folder has changed since."""
    changed = changes_since(returned, end.year)
    for name in changed:
        yield Broken(Cell(returned.name, "Sources"), f"{name} has changed since this workbook was made", "folder")
    otherwise: list[Broken] = []
    for sheet in pages.sheets:
        found = list(_of_sheet(returned, sheet, has_moved=bool(changed)))
        yield from (each for each in found if each.kind != "folder")
        otherwise += [each for each in found if each.kind == "folder"]
    for name, (sheet, at) in pages.names.items():
        held = returned.names.get(name)
        if held is None:
            yield Broken(Cell(returned.name, sheet.name), f"the name {name} is lost")
        elif not changed and _plain(held) != _plain(f"{sheet.ref}{at}"):
            yield Broken(Cell(returned.name, sheet.name), f"the name {name} is now {held}, not {sheet.ref}{at}")
    if otherwise:
        counts = Counter(each.at.sheet for each in otherwise)
        where = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        message = f"cells not as the folder now gives them, and not held against the workbook: {where}"
        yield Broken(Cell(returned.name), message, "folder")


def _of_sheet(returned: Returned, sheet: Sheet, *, has_moved: bool) -> Iterator[Broken]:
    """What is amiss on one sheet. has_moved: whether the folder is another since, so that a fact may be of then."""
    there = returned.sheets.get(sheet.name)
    if there is None:
        yield Broken(Cell(returned.name, sheet.name), "the sheet is lost")
    elif not has_moved and (shifted := _shifted(sheet, there)):
        row, by = shifted
        moved = f"{abs(by)} row{'s' if abs(by) > 1 else ''} {'inserted before' if by > 0 else 'removed at'} row {row}"
        yield Broken(returned.cell(sheet.name, (row, 1)), f"{moved}; what stands below is not compared")
    elif not has_moved:
        yield from _cells(returned, sheet, there)
    elif sheet.name != "Sources":
        is_alike = _is_laid_out_alike(sheet, there)
        for each in _cells(returned, sheet, there):
            is_lost = each.kind == "formula" and is_alike
            yield replace(each, kind="cell" if is_lost else "folder")


def _is_laid_out_alike(sheet: Sheet, there: Mapping[Place, object]) -> bool:
    """Whether each row and column of a table is called what it is called in the workbook as it is written now."""
    return all(
        as_read(there.get((row, column))) == as_read(entry.value)
        for (row, column), entry in sheet.cells.items()
        if (row == HEADING_ROW or (column == 1 and row > HEADING_ROW)) and not entry.formula
    )


def _shifted(sheet: Sheet, there: Mapping[Place, object]) -> tuple[int, int] | None:
    """From which row on a table stands some rows lower or higher, and by how many; None where it does not."""
    ours = {
        row: as_read(entry.value) for (row, column), entry in sheet.cells.items() if column == 1 and not entry.formula
    }
    rows = sorted(row for row in ours if row >= FIRST_ROW)
    first = next((row for row in rows if as_read(there.get((row, 1))) != ours[row]), None)
    if first is None:
        return None
    rest = [row for row in rows if row >= first]
    for by in sorted(range(-_MOST_SHIFTED, _MOST_SHIFTED + 1), key=abs):
        stays = [row for row in rest if row + by >= first] if by < 0 else rest
        if by and len(stays) > 1 and all(as_read(there.get((row + by, 1))) == ours[row] for row in stays):
            return first, by
    return None


def _cells(returned: Returned, sheet: Sheet, there: Mapping[Place, object]) -> Iterator[Broken]:
    for place, entry in sorted(sheet.cells.items()):
        if entry.input:
            continue
        held = there.get(place)
        message = _wrong(entry, place, held)
        if message:
            is_lost = bool(entry.formula) and not str(held or "").startswith("=")
            yield Broken(returned.cell(sheet.name, place), message, "formula" if is_lost else "cell")
    for place in sorted(there.keys() - sheet.cells.keys()):
        yield Broken(returned.cell(sheet.name, place), f"holds {said(there[place])}, where the workbook has nothing")


def _wrong(entry: Entry, place: Place, held: object) -> str:
    """What is wrong with one cell; blank where it is as it was written."""
    if not entry.formula:
        ours = entry.value.strip() if isinstance(entry.value, str) else entry.value
        if same(as_read(held), ours if ours != "" else None):
            return ""
        return f"holds {said(held)}, and not {said(entry.value)}, which is locked"
    ours = f"={written(entry.formula, *place)}"
    if held is None:
        return f"is empty; its formula is {ours}"
    if not isinstance(held, str) or not held.startswith("="):
        return f"holds {said(held)}, typed over the formula {ours}"
    return "" if _plain(held) == _plain(ours) else f"has the formula {held}, and not {ours}"


_SPACED = re.compile(r"\"[^\"]*\"|'([A-Za-z_]\w*)'(?=!)|\s+|_xlfn\.")


def _plain(formula: str) -> str:
    """A formula without what programs write in different ways: spaces, quotes about a name, and a prefix."""
    return _SPACED.sub(lambda found: found[0] if found[0][0] == '"' else found[1] or "", formula).removeprefix("=")


def _figures(returned: Returned, pages: Pages, end: YearEnd) -> Iterator[Broken]:
    """What its inputs may not hold, cells that showed something else than they come to, and checks that fail."""
    has_moved = bool(changes_since(returned, end.year))
    try:
        inputs = inputs_of(returned, pages)
    except ReturnedRefusedError as error:
        yield from (each for each in error.reasons if each.kind == "input" or not has_moved)
        return
    if has_moved:
        return
    for change, why in contradictions(end, changes_to(inputs, pages, returned.name)):
        yield Broken(change.at, f"{change.in_words}: {why}", "input")
    try:
        values = Calculation(pages, inputs).all()
    except FormulaError as error:
        yield Broken(Cell(returned.name), f"its formulas cannot be worked out: {error}")
        return
    yield from _shown(returned, pages, values)
    yield from _failing(returned, pages, values)


def _failing(returned: Returned, pages: Pages, values: Mapping[tuple[str, int, int], Value]) -> Iterator[Broken]:
    """The workbook's own checks that fail, each with its two sides."""
    sheet, at = pages.names["Overall_check"]
    for row in range(FIRST_ROW, int(at.split("$")[2])):
        if values[sheet.name, row, RESULT_COLUMN] == "FAIL":
            label, a, b = (values[sheet.name, row, column] for column in (1, 2, 3))
            message = f"the workbook's own check fails: {label}: {said(a)}, and not {said(b)}"
            yield Broken(returned.cell(sheet.name, (row, RESULT_COLUMN)), message, "check")


def _shown(returned: Returned, pages: Pages, values: Mapping[tuple[str, int, int], Value]) -> Iterator[Broken]:
    """Cells of outputs that showed something else, when the workbook was saved, than its inputs come to."""
    held, shown = returned.sheets.get("Plan", {}), returned.shown.get("Plan", {})
    if all(shown.get(place) is None for place, value in held.items() if str(value).startswith("=")):
        return  # saved by a program that works nothing out: there are no figures to hold
    for sheet in pages.sheets:
        shown = returned.shown.get(sheet.name, {})
        if sheet.part != "outputs" or _shifted(sheet, returned.sheets.get(sheet.name, {})):
            continue
        for place, entry in sorted(sheet.cells.items()):
            ours, theirs = values[sheet.name, *place], as_read(shown.get(place))
            if entry.formula and not _agree(ours, theirs):
                message = f"showed {said(theirs)} when it was saved, and its formula comes to {said(ours)}"
                yield Broken(returned.cell(sheet.name, place), message)


def _agree(ours: Value, theirs: Value) -> bool:
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        return abs(ours - theirs) < HALF_A_PENNY
    if isinstance(ours, str):
        return (ours.strip() or None) == theirs
    return ours == theirs
