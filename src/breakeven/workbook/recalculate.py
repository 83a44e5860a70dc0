"""The results of sums, worked out again after their cells have changed, exactly; all other formulas are Excel's.

Known are ``SUM``, ``COUNT`` and ``COUNTA`` of areas, and ``SUBTOTAL(9, ...)`` where no row is hidden. What stands in
a workbook beside a formula is what Excel last made of it, and is what is read here: where a formula is not known,
Excel is asked to work all of them out when it opens the file.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from breakeven.workbook.amounts import UnreadableError, from_float
from breakeven.workbook.formula_refs import Area, sheet_named
from breakeven.workbook.grow import formula_text
from breakeven.workbook.package import Package
from breakeven.workbook.sheet_cells import Place, SheetCells, number_text

_KNOWN = re.compile(r"\s*(SUM|COUNTA?|SUBTOTAL)\s*\(([^()\"]*)\)\s*", re.IGNORECASE)
_AREA = re.compile(
    r"\s*('(?:[^']|'')*'!|[^\W\d][\w.]*!)?(\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})\s*"
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


class _NotKnownError(Exception):
    """A result that is left to Excel."""


def recalculate(package: Package) -> None:
    """Put the results of sums right, and have Excel work out the rest where there are other formulas."""
    results = _Results(package)
    if results.work_out():
        package.leave_to_excel()


class _Results:
    """The cells of the sheets that formulas draw on."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts = {name.casefold(): part for name, part in package.sheets().items()}
        self.sheets: dict[str, SheetCells] = {}
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
                    self._set(cells, place, self._result(sheet, place))
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

    def _set(self, cells: SheetCells, place: Place, result: Decimal) -> None:
        cell = cells.cells[place]
        held = cell.first("v")
        if held is None:
            formula = cell.first("f")
            if formula:
                prefix = cells.data.prefix
                cells.document.insert(formula.end, f"<{prefix}v>{number_text(result)}</{prefix}v>")
        elif _number(cells.document.plain(held)) != result:
            cells.document.set_text(held, number_text(result))

    def _result(self, sheet: str, place: Place) -> Decimal:
        """What a formula comes to. Raises _NotKnownError where it is not one of ours, or leads to itself."""
        key = sheet, place
        if key in self.known:
            return self.known[key]
        if key in self.asked:
            raise _NotKnownError
        self.asked.add(key)
        cells = self._cells(sheet)
        found = _KNOWN.fullmatch(formula_text(cells, place))
        if found is None or cells.cells[place].said.get("t", "n") not in {"n"}:
            raise _NotKnownError
        name, inside = found[1].upper(), found[2].split(",")
        if name == "SUBTOTAL":
            if inside[0].strip() != "9" or self._is_hidden(sheet, inside[1:]):
                raise _NotKnownError
            inside = inside[1:]
        values = [value for each in inside for value in self._values(sheet, each)]
        numbers = [value for value in values if isinstance(value, Decimal)]
        if name == "COUNTA":
            result = Decimal(len(values))
        else:
            result = Decimal(len(numbers)) if name == "COUNT" else sum(numbers, Decimal(0))
        self.known[key] = result
        return result

    def _is_hidden(self, sheet: str, areas: list[str]) -> bool:
        """Whether a row of a sheet that an area is on is hidden, or the areas hold sums of their own to be left out."""
        for each in areas:
            named, area = _area(each)
            on = named or sheet
            cells = self._cells(on)
            if any(row.said.get("hidden") in {"1", "true"} for row in cells.rows.values()):
                return True
            if any(cells.formula(place) for place in _inside(cells, area)):
                return True
        return False

    def _values(self, sheet: str, text: str) -> Iterator[Decimal | str]:
        """What stands in an area: numbers, and a word for anything else that is not blank."""
        named, area = _area(text)
        on = named or sheet
        cells = self._cells(on)
        for place in _inside(cells, area):
            cell = cells.cells[place]
            kind = cell.said.get("t", "n")
            held = cell.first("v")
            if cells.formula(place) is not None and kind == "n":
                try:
                    yield self._result(on, place)
                except _NotKnownError:
                    if held is None:
                        raise
                    yield _number(cells.document.plain(held))  # as it is read here, until Excel works it out
            elif kind == "e":
                raise _NotKnownError
            elif not cells.is_empty(place):
                yield _number(cells.document.plain(held)) if kind == "n" and held else kind


def _inside(cells: SheetCells, area: Area) -> Iterator[Place]:
    (top, bottom), (left, right) = area.rows, area.columns
    for row, column in cells.cells:
        if top <= row <= bottom and left <= column <= right:
            yield row, column


def _area(text: str) -> tuple[str, Area]:
    found = _AREA.fullmatch(text)
    if found is None:
        raise _NotKnownError
    return sheet_named(found[1]).casefold() if found[1] else "", Area.parse(found[2])


def _number(text: str) -> Decimal:
    try:
        return from_float(float(text))
    except (ValueError, UnreadableError):
        raise _NotKnownError from None
