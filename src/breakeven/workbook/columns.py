"""A column of cells read in bulk: each distinct text once, clean floats straight to pence, the rest one by one."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from breakeven.ledger.record import Kind
from breakeven.money import PENNY, to_pence
from breakeven.workbook import amounts
from breakeven.workbook.amounts import UnreadableError
from breakeven.workbook.layout import UNITS, ColumnLayout, TableLayout

Bad = list[tuple[int, UnreadableError]]
"""Places in a run of cells that could not be read, and why."""

_LARGEST_FLOAT = float(amounts.LARGEST)


class ColumnReader:
    """Reads one field's cells, run after run, and remembers each distinct text, date or period it has read.

    in_pence: whether amounts are given as whole pence (int) rather than Decimal pounds.
    """

    def __init__(self, column: ColumnLayout, layout: TableLayout, unit: str, *, in_pence: bool) -> None:
        self.column = column
        self._scale = UNITS[unit] if column.kind is Kind.AMOUNT else Decimal(1)
        self._in_pence = in_pence and column.kind is Kind.AMOUNT
        self._read = _reader(column, layout, self._scale)
        self._known: dict[Any, Any] = {}

    def read(self, cells: Sequence[Any]) -> tuple[list[Any], Bad]:
        """The values of a run of cells, and the places of those that could not be read (None stands there)."""
        if self._in_pence and self._scale == 1:
            return self._read_pence(cells)
        values: list[Any] = []
        bad: Bad = []
        known = self._known
        for i, cell in enumerate(cells):
            key = cell if type(cell) is str else (type(cell), cell)
            try:
                values.append(known[key])
            except KeyError:
                try:
                    value = self._read(cell)
                except UnreadableError as error:
                    value = None
                    bad.append((i, error))
                else:
                    known[key] = value
                values.append(value)
        return (values, bad) if not self._in_pence else ([None if v is None else to_pence(v) for v in values], bad)

    def _read_pence(self, cells: Sequence[Any]) -> tuple[list[Any], Bad]:
        values: list[Any] = []
        bad: Bad = []
        for i, cell in enumerate(cells):
            # A float is n pence exactly when n / 100 is that float: the nearest to a decimal of two places.
            if type(cell) is float and -_LARGEST_FLOAT < cell < _LARGEST_FLOAT:
                pence = round(cell * 100)
                if pence / 100 == cell:
                    values.append(pence)
                    continue
            try:
                value = self._read(cell)
                values.append(None if value is None else to_pence(value))
            except UnreadableError as error:
                values.append(None)
                bad.append((i, error))
        return values, bad


def _reader(column: ColumnLayout, layout: TableLayout, scale: Decimal) -> Callable[[Any], Any]:
    number_rules = amounts.NumberRules(
        text_allowed=layout.text_amounts,
        decimal_comma=layout.decimal_comma,
        missing=frozenset(word.casefold() for word in layout.missing),
        nil=frozenset(word.casefold() for word in layout.nil),
        optional=column.optional,
    )

    def amount(cell: Any) -> Decimal | None:
        number = amounts.read_number(cell, number_rules)
        if number is None:
            return None
        pounds = number * scale
        if pounds != pounds.quantize(PENNY):
            raise UnreadableError("amount-sub-penny", f"{number} has part of a penny in it")
        return pounds.quantize(PENNY)

    def blank_or(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda cell: None if column.optional and amounts.is_blank(cell) else read(cell)

    readers: dict[Kind, Callable[[Any], Any]] = {
        Kind.AMOUNT: amount,
        Kind.NUMBER: lambda cell: amounts.read_number(cell, number_rules),
        Kind.COUNT: lambda cell: amounts.read_count(cell, number_rules),
        Kind.DATE: blank_or(amounts.read_date),
        Kind.YEAR: blank_or(amounts.read_year),
        Kind.PERIOD: blank_or(amounts.read_period),
        Kind.YES_NO: blank_or(amounts.read_yes_no),
        Kind.TEXT: lambda cell: amounts.read_word(cell, column.choices, optional=column.optional),
    }
    return readers[column.kind]


def count_numbers(cells: Iterable[Any], rules: amounts.NumberRules) -> tuple[int, Decimal]:
    """How many cells hold a number and what they add up to: counted apart from any record made of them.

    Text that reads as a number counts as one, whether or not the layout lets it be read.
    """
    count = pence = 0
    rest = Decimal(0)
    for cell in cells:
        if type(cell) is float and -_LARGEST_FLOAT < cell < _LARGEST_FLOAT:
            whole = round(cell * 100)
            if whole / 100 == cell:
                count += 1
                pence += whole
                continue
        number = number_or_none(cell, rules)
        if number is not None:
            count += 1
            rest += number
    return count, Decimal(pence).scaleb(-2) + rest


def number_or_none(cell: Any, rules: amounts.NumberRules) -> Decimal | None:
    """The number in a cell, text that reads as one among them; None where there is none."""
    if cell is None or cell == "":
        return None
    try:
        return amounts.read_number(cell, rules)
    except UnreadableError:
        return None
