"""The results of sums, worked out again after their cells have changed, exactly; all other formulas are Excel's.

Known are ``SUM``, ``COUNT`` and ``COUNTA`` of areas and of columns of Excel tables, and ``SUBTOTAL`` of them (9 and
109) where no row is hidden. What stands beside a formula is what Excel last made of it, and is what is read here:
where a formula is not known, Excel is asked to work all of them out when it opens the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from breakeven.workbook.amounts import UnreadableError, from_float
from breakeven.workbook.formula_refs import Area, Corner, sheet_named
from breakeven.workbook.package import Package
from breakeven.workbook.sheet_cells import Place, SheetCells, number_text

_KNOWN = re.compile(r"\s*(SUM|COUNTA?|SUBTOTAL)\s*\(([^()\"]*)\)\s*", re.IGNORECASE)
_CELL = r"\$?[A-Za-z]{1,3}\$?\d+"
_AREA = re.compile(
    rf"\s*(?P<sheet>'(?:[^']|'')*'!|[^\W\d][\w.]*!)?"
    rf"(?P<area>{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})\s*"
)
_COLUMN = re.compile(r"\s*(?P<table>[^\W\d][\w.]*)?\[(?P<column>[^\[\]#@']+)\]\s*")
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SUMS = {"9", "109"}


class _NotKnownError(Exception):
    """A result that is left to Excel."""


def recalculate(package: Package) -> None:
    """Put the results of sums right, and have Excel work out the rest where there are other formulas."""
    if _Results(package).work_out():
        package.leave_to_excel()


@dataclass(frozen=True, slots=True)
class _Table:
    """An Excel table: its sheet, the rows of its lines, and the column of each heading."""

    name: str
    sheet: str
    area: Area
    rows: tuple[int, int]
    columns: dict[str, int]


class _Results:
    """The cells of the sheets that formulas draw on."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts = {name.casefold(): part for name, part in package.sheets().items()}
        self.sheets: dict[str, SheetCells] = {}
        self.tables = [table for sheet, part in self.parts.items() for table in _tables(package, sheet, part)]
        self.known: dict[tuple[str, Place], Decimal] = {}
        self.asked: set[tuple[str, Place]] = set()

    def work_out(self) -> bool:
        """Every sum's result; returns whether a formula is left to Excel."""
        is_left = False
        for sheet, part in self.parts.items():
            if not _HAS_FORMULA.search(self.package.read(part)):
                continue
            cells = self._cells(sheet)
            for place in [place for place in cells.cells if cells.formula(place)]:
                try:
                    _set(cells, place, self._result(sheet, place))
                except _NotKnownError:
                    is_left = True
        for sheet, cells in self.sheets.items():
            self.package.put(self.parts[sheet], cells.document)
        return is_left

    def _cells(self, sheet: str) -> SheetCells:
        if sheet not in self.parts:
            raise _NotKnownError
        if sheet not in self.sheets:
            self.sheets[sheet] = SheetCells(self.package.document(self.parts[sheet]))
        return self.sheets[sheet]

    def _result(self, sheet: str, place: Place) -> Decimal:
        """What a formula comes to. Raises _NotKnownError where it is not one of ours, or leads to itself."""
        key = sheet, place
        if key in self.known:
            return self.known[key]
        if key in self.asked:
            raise _NotKnownError
        self.asked.add(key)
        cells = self._cells(sheet)
        found = _KNOWN.fullmatch(cells.formula_text(place))
        if found is None or cells.cells[place].said.get("t", "n") != "n":
            raise _NotKnownError
        name, inside = found[1].upper(), found[2].split(",")
        is_subtotal = name == "SUBTOTAL"
        if is_subtotal and inside.pop(0).strip() not in _SUMS:
            raise _NotKnownError
        areas = [self._area(sheet, place, each) for each in inside]
        if is_subtotal and any(self._is_partial(on, area) for on, area in areas):
            raise _NotKnownError
        values = [value for on, area in areas for value in self._values(on, area)]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if name == "COUNTA":
            result = Decimal(len(values))
        else:
            result = Decimal(len(numbers)) if name == "COUNT" else sum(numbers, Decimal(0))
        self.known[key] = result
        return result

    def _area(self, sheet: str, place: Place, text: str) -> tuple[str, Area]:
        """The sheet and the area that ``Virements!E2:E17``, ``Table1[Amount]`` or ``[Amount]`` stand for."""
        if found := _AREA.fullmatch(text):
            return (sheet_named(found["sheet"]).casefold() if found["sheet"] else sheet), Area.parse(found["area"])
        found = _COLUMN.fullmatch(text)
        for table in self.tables if found else ():
            is_named = found and (found["table"] or "").casefold() == table.name
            is_around = found and not found["table"] and table.sheet == sheet and _is_in(place, table.area)
            column = table.columns.get(found["column"].casefold()) if found else None
            if column and (is_named or is_around):
                return table.sheet, Area(Corner(column, table.rows[0]), Corner(column, table.rows[1]), is_range=True)
        raise _NotKnownError

    def _is_partial(self, sheet: str, area: Area) -> bool:
        """Whether a sum may leave out cells of an area: a row is hidden, or there are sums within."""
        cells = self._cells(sheet)
        is_hidden = any(row.said.get("hidden") in {"1", "true"} for row in cells.rows.values())
        return is_hidden or any(cells.formula(place) for place in cells.inside(area))

    def _values(self, sheet: str, area: Area) -> Iterator[Decimal | str]:
        """What stands in an area: numbers, and a word for anything else that is not blank."""
        cells = self._cells(sheet)
        for place in cells.inside(area):
            cell = cells.cells[place]
            kind, held = cell.said.get("t", "n"), cell.first("v")
            if cells.formula(place) is not None and kind == "n":
                try:
                    yield self._result(sheet, place)
                except _NotKnownError:
                    if held is None:
                        raise
                    yield _number(cells.document.plain(held))  # as it is read here, until Excel works it out
            elif kind == "e":
                raise _NotKnownError
            elif not cells.is_empty(place):
                yield _number(cells.document.plain(held)) if kind == "n" and held else kind


def _tables(package: Package, sheet: str, part: str) -> Iterator[_Table]:
    for beside in package.parts_of_kind(part, "table"):
        said = package.document(beside).root
        area = Area.parse(said.said["ref"])
        (top, bottom), (left, _) = area.rows, area.columns
        lines = top + int(said.said.get("headerRowCount", "1")), bottom - int(said.said.get("totalsRowCount", "0"))
        columns = {column.said.get("name", "").casefold(): n for n, column in enumerate(said.all("tableColumn"), left)}
        yield _Table(said.said.get("displayName", "").casefold(), sheet, area, lines, columns)


def _is_in(place: Place, area: Area) -> bool:
    (top, bottom), (left, right) = area.rows, area.columns
    return top <= place[0] <= bottom and left <= place[1] <= right


def _set(cells: SheetCells, place: Place, result: Decimal) -> None:
    cell = cells.cells[place]
    held, formula, prefix = cell.first("v"), cell.first("f"), cells.data.prefix
    if held is None and formula:
        cells.document.insert(formula.end, f"<{prefix}v>{number_text(result)}</{prefix}v>")
    elif held and _number(cells.document.plain(held)) != result:
        cells.document.set_text(held, number_text(result))


def _number(text: str) -> Decimal:
    try:
        return from_float(float(text))
    except (ValueError, UnreadableError):
        raise _NotKnownError from None
