"""Every cell of the workbook worked out in exact decimals, from its inputs as they are or as somebody changed them."""

from collections.abc import Mapping
from decimal import Decimal

from breakeven.report.excel.cells import Key, Pages, Part, Value, number_of
from breakeven.report.excel.formulas import At, compiled
from breakeven.report.excel.functions import FormulaError

_ORDER: tuple[Part, ...] = ("inputs", "workings", "outputs", "about")


class Calculation:
    """The values of a workbook's cells. inputs: what some of them hold instead, by their key."""

    def __init__(self, pages: Pages, inputs: Mapping[Key, Value] | None = None) -> None:
        self._sheets = {sheet.name: sheet for sheet in pages.sheets}
        self._inputs = inputs or {}
        self._names = {
            name: (sheet.name, int(at.split("$")[2]), number_of(at.split("$")[1]))
            for name, (sheet, at) in pages.names.items()
            if ":" not in at
        }
        self._known: dict[tuple[str, int, int], Value] = {}

    def value(self, sheet: str, row: int, column: int) -> Value:
        """The value of one cell. Raises FormulaError where its formula cannot be worked out."""
        place = (sheet, row, column)
        if place not in self._known:
            self._known[place] = self._worked_out(sheet, row, column)
        return self._known[place]

    def named(self, name: str) -> Value:
        """The value of a cell with a defined name."""
        return self.value(*self._names[name])

    def all(self) -> Mapping[tuple[str, int, int], Value]:
        """The value of every cell, by sheet, row and column: what others need first, and years in their order."""
        for sheet in sorted(self._sheets.values(), key=lambda each: _ORDER.index(each.part)):
            for row, column in sorted(sheet.cells, key=lambda place: (place[1], place[0])):
                self.value(sheet.name, row, column)
        return self._known

    def _worked_out(self, sheet: str, row: int, column: int) -> Value:
        entry = self._sheets[sheet].cells.get((row, column))
        if entry is None:
            return None
        if entry.input and entry.input.key in self._inputs:
            return self._inputs[entry.input.key]
        if not entry.formula:
            return entry.value
        try:
            found = compiled(entry.formula)(At(self, sheet, row, column))
        except FormulaError as error:
            raise FormulaError(f"{sheet} row {row} column {column}, {entry.formula}: {error}") from None
        return Decimal(found) if isinstance(found, bool) else Decimal(0) if found is None else found
