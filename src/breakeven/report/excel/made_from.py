"""What a workbook that came back was made from: whose plan, of which year, of which files, and by which version."""

import re
from collections.abc import Iterator
from decimal import Decimal

import breakeven
from breakeven.findings import Cell
from breakeven.ledger.year import ContractYear
from breakeven.periods import Year
from breakeven.report.excel.cells import BASE_COLUMN, FIRST_ROW, SAYS_ROW, YEAR_ROW, Pages
from breakeven.report.excel.returned import Broken, Returned, ReturnedRefusedError, as_read

_SAYS = re.compile(r"(?P<body>.+?), \d{4}/\d{2}, ")


def must_be_of(returned: Returned, pages: Pages, year: ContractYear) -> None:
    """Refuse what no report wrote, or was written for another body or year, in one sentence.

    Raises ReturnedRefusedError. pages: the workbook as it is written for the folder.
    """
    if reason := "".join(_not_of(returned, pages, year)):
        raise ReturnedRefusedError([Broken(Cell(returned.name), reason)])


def _not_of(returned: Returned, pages: Pages, year: ContractYear) -> Iterator[str]:
    there = [sheet for sheet in pages.sheets if sheet.name in returned.sheets]
    if 2 * len(there) < len(pages.sheets):
        yield "not a workbook that `breakeven report --format xlsx` wrote"
        return
    says = [str(returned.sheets[sheet.name].get((SAYS_ROW, 1), "")) for sheet in there]
    bodies = {found["body"] for each in says if (found := _SAYS.match(each))}
    if bodies and year.body.name not in bodies:
        yield f"made for {min(bodies)}; this folder is of {year.body.name}"
        return
    ours = Decimal(year.body.year.start)
    begun = {
        as_read(returned.sheets[sheet.name].get((YEAR_ROW, BASE_COLUMN)))
        for sheet in there
        if (entry := sheet.cells.get((YEAR_ROW, BASE_COLUMN))) and entry.value == ours
    }
    others = [each for each in begun if isinstance(each, Decimal)]
    if others and ours not in begun:
        yield f"made from {Year(int(others[0])).on_screen}; this folder is {year.body.year.on_screen}"


def changes_since(returned: Returned, year: ContractYear) -> tuple[str, ...]:
    """What is not as it was when the workbook was made: files of the folder, by name, and breakeven itself."""
    there = returned.sheets.get("Sources", {})
    was = {
        str(there[row, 1]): str(there.get((row, 2), "")) for row, column in there if column == 1 and row >= FIRST_ROW
    }
    if not was:
        return ()
    made_by = was.pop("breakeven", breakeven.__version__)
    now = {file.name: file.sha256 for file in year.inputs}
    changed = [name for name in dict.fromkeys((*now, *was)) if now.get(name) != was.get(name)]
    return (*changed, *([f"breakeven (then {made_by})"] if made_by != breakeven.__version__ else []))
