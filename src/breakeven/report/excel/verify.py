"""Whether a workbook that came back still is ours: every formula, fact and name, the inputs' files, and all checks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from breakeven.findings import Cell
from breakeven.ledger.year import ContractYear
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import FIRST_ROW, Entry, Pages, Sheet, Value, letter
from breakeven.report.excel.formulas import written
from breakeven.report.excel.functions import FormulaError
from breakeven.report.excel.returned import Place, Returned, ReturnedRefusedError, as_read, inputs_of, same

HALF_A_PENNY = Decimal("0.005")
_MOST_SHIFTED = 20
"""Rows by which a table may have been moved for that to be said as such."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that is not as it was written, where, and what is wrong with it."""

    at: Cell
    message: str

    def __str__(self) -> str:
        return f"{self.at}: {self.message}"


def verify(returned: Returned, pages: Pages, year: ContractYear) -> tuple[Broken, ...]:
    """Everything of a workbook that is not as it would be written for the folder, its inputs apart."""
    return tuple(_broken(returned, pages, year))


def _broken(returned: Returned, pages: Pages, year: ContractYear) -> Iterator[Broken]:
    yield from _files(returned, year)
    for sheet in pages.sheets:
        there = returned.sheets.get(sheet.name)
        if there is None:
            yield Broken(Cell(returned.name, sheet.name), f"the sheet {sheet.name} is lost")
        elif shifted := _shifted(sheet, there):
            row, by = shifted
            moved = (
                f"{abs(by)} row{'s' if abs(by) > 1 else ''} {'inserted before' if by > 0 else 'removed at'} row {row}"
            )
            yield Broken(returned.cell(sheet.name, (row, 1)), f"{moved}; what stands below is not compared")
        else:
            yield from _cells(returned, sheet, there)
    for name, (sheet, at) in pages.names.items():
        found = returned.names.get(name)
        if found is None:
            yield Broken(Cell(returned.name, sheet.name), f"the name {name} is lost")
        elif _plain(found) != _plain(f"{sheet.ref}{at}"):
            yield Broken(Cell(returned.name, sheet.name), f"the name {name} is now {found}, not {sheet.ref}{at}")
    yield from _figures(returned, pages)


def other_files(returned: Returned, year: ContractYear) -> tuple[str, ...]:
    """The files of the folder that are not those the workbook was made from."""
    there = returned.sheets.get("Sources", {})
    was = {
        str(there[row, 1]): str(there.get((row, 2), "")) for row, column in there if column == 1 and row >= FIRST_ROW
    }
    return tuple(file.name for file in year.inputs if was and was.get(file.name) != file.sha256)


def _files(returned: Returned, year: ContractYear) -> Iterator[Broken]:
    for name in other_files(returned, year):
        message = f"{name} of the folder is not the file that this workbook was made from"
        yield Broken(Cell(returned.name, "Sources"), message)


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
        message = _wrong(entry, place, there.get(place))
        if message:
            yield Broken(returned.cell(sheet.name, place), message)
    for place in sorted(there.keys() - sheet.cells.keys()):
        yield Broken(returned.cell(sheet.name, place), f"holds {_said(there[place])}, where the workbook has nothing")


def _wrong(entry: Entry, place: Place, held: object) -> str:
    """What is wrong with one cell; blank where it is as it was written."""
    if not entry.formula:
        ours = entry.value.strip() if isinstance(entry.value, str) else entry.value
        if same(as_read(held), ours if ours != "" else None):
            return ""
        return f"holds {_said(held)}, and not {_said(entry.value)}, which is locked"
    ours = f"={written(entry.formula, *place)}"
    if held is None:
        return f"is empty; its formula is {ours}"
    if not isinstance(held, str) or not held.startswith("="):
        return f"holds {_said(held)}, typed over the formula {ours}"
    return "" if _plain(held) == _plain(ours) else f"has the formula {held}, and not {ours}"


def _said(value: object) -> str:
    read = as_read(value) if not isinstance(value, Decimal) else value
    return "nothing" if read is None else f"{read:,f}" if isinstance(read, Decimal) else repr(read)


_SPACED = re.compile(r"\"[^\"]*\"|'([A-Za-z_]\w*)'(?=!)|\s+|_xlfn\.")


def _plain(formula: str) -> str:
    """A formula without what programs write in different ways: spaces, quotes about a name, and a prefix."""
    return _SPACED.sub(lambda found: found[0] if found[0][0] == '"' else found[1] or "", formula).removeprefix("=")


def _figures(returned: Returned, pages: Pages) -> Iterator[Broken]:
    """Cells that showed something else, when the workbook was saved, than its inputs come to; and checks that fail."""
    try:
        values = Calculation(pages, inputs_of(returned, pages)).all()
    except ReturnedRefusedError as error:
        yield from (Broken(Cell(returned.name), reason) for reason in error.reasons)
        return
    except FormulaError as error:
        yield Broken(Cell(returned.name), f"its formulas cannot be worked out: {error}")
        return
    if not any(value is not None for value in returned.shown.get("Plan", {}).values()):
        return
    for sheet in pages.sheets:
        shown = returned.shown.get(sheet.name, {})
        if sheet.part != "outputs" or _shifted(sheet, returned.sheets.get(sheet.name, {})):
            continue
        for place, entry in sorted(sheet.cells.items()):
            ours, theirs = values[sheet.name, *place], as_read(shown.get(place))
            if entry.formula and not _agree(ours, theirs):
                message = f"showed {_said(theirs)} when it was saved, and its formula comes to {_said(ours)}"
                yield Broken(returned.cell(sheet.name, place), message)
    overall, at = pages.names["Overall_check"]
    place = (int(at.split("$")[2]), 5)
    if (found := values[overall.name, *place]) != "OK":
        yield Broken(returned.cell(overall.name, place), f"the workbook's own checks come to {found} ({letter(5)})")


def _agree(ours: Value, theirs: Value) -> bool:
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        return abs(ours - theirs) < HALF_A_PENNY
    if isinstance(ours, str):
        return (ours.strip() or None) == theirs
    return ours == theirs
