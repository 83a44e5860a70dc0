"""A column of cells read in bulk: each distinct text once, clean floats straight to pence, the rest one by one."""

import operator
import struct
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count, repeat
from math import fsum, isfinite
from types import NoneType
from typing import Any, Protocol, cast

from breakeven.ledger.coded import Coded, Words
from breakeven.ledger.record import Kind
from breakeven.money import PENNY, to_pence
from breakeven.workbook import amounts
from breakeven.workbook.amounts import UnreadableError
from breakeven.workbook.layout import UNITS, ColumnLayout, TableLayout

Bad = list[tuple[int, UnreadableError]]
"""Places in a run of cells that could not be read, and why."""

_LARGEST_FLOAT = float(amounts.LARGEST)

MANY, VARIOUS = 8192, 0.9
"""A column of more distinct words than this, and of so many among its cells, is not worth a code a word."""

BETWEEN = Words.BETWEEN

_ADDED_BELOW, _NEAR_A_PENNY = 1e7, 1e-3

_ITS_OWN_KEY = frozenset({str, date, datetime, NoneType})
"""Types of cell that equal no cell of another type; 1, 1.0 and TRUE are equal, so they are known by type as well."""


class ColumnReader(Protocol):
    """Reads one field's cells, run after run, into what is stored for them."""

    def read(self, cells: Sequence[Any]) -> tuple[Sequence[Any], Bad]:
        """What is stored for a run of cells, and the places of those that could not be read."""
        ...

    def empty(self, lines: int) -> Any:
        """A store, to be extended, in which the first lines have no value."""
        ...

    def column(self, stored: Any) -> Sequence[Any]:
        """The column that a store holds."""
        ...


def column_reader(column: ColumnLayout, layout: TableLayout, unit: str, *, in_pence: bool) -> ColumnReader:
    """The reader of one field. in_pence: amounts are given as whole pence, not as Decimal pounds."""
    scale = UNITS[unit] if column.kind is Kind.AMOUNT else Decimal(1)
    read = _reader(column, replace(layout, part_pennies=layout.part_pennies and not in_pence), scale)
    if not column.is_number:
        return CodedReader(read, column.kind, any_word=column.kind is Kind.TEXT and not column.choices)
    if in_pence and column.kind is Kind.AMOUNT:
        return PenceReader(read, is_plain=scale == 1, optional=column.optional)
    return NumberReader(read)


class CodedReader:
    """Words, dates, periods and years: each distinct cell is read once, and a line stores its value's code.

    any_word: whether any word will do, without its spaces.
    """

    def __init__(self, read: Callable[[Any], Any], kind: Kind, *, any_word: bool) -> None:
        self._read = read
        self._any_word = any_word
        self._known: dict[Any, int] = {}
        # A word or date reads as itself were it a cell, so that one dictionary holds both.
        self._codes: dict[Any, int] = self._known if kind in {Kind.TEXT, Kind.DATE} else {}
        self._distinct: list[Any] = []
        self._missing: int | None = None
        self._seen = 0
        self._is_various = False

    def read(self, cells: Sequence[Any]) -> tuple[Sequence[Any], Bad]:
        """The code of each cell's value; once nearly every word has proved to be another, the words themselves."""
        self._seen += len(cells)
        if self._is_various:
            return self._read_various(cells)
        try:
            return list(map(self._known.__getitem__, cells)), []
        except KeyError:
            found = list(map(self._known.get, cells))
        if self._any_word:
            self._learn_words(dict.fromkeys(cell for cell, code in zip(cells, found, strict=True) if code is None))
            found = list(map(self._known.get, cells))
            self._is_various = len(self._distinct) > max(MANY, self._seen * VARIOUS)
        codes: list[int] = []
        bad: Bad = []
        for i, code in enumerate(found):
            try:
                codes.append(self._learn(cells[i]) if code is None else code)
            except UnreadableError as error:
                bad.append((i, error))
                codes.append(self._code_of_none())
        return codes, bad

    def _read_various(self, cells: Sequence[Any]) -> tuple[Sequence[Any], Bad]:
        if set(map(type, cells)) == {str} and list(map(str.strip, cells)) == list(cells):
            text = "".join(cells)
            if "#" not in text and BETWEEN not in text and "" not in cells:
                return cells, []
        words: list[str] = []
        bad: Bad = []
        for i, cell in enumerate(cells):
            try:
                words.append(self._read(cell))
            except UnreadableError as error:
                bad.append((i, error))
                words.append("")
        return words, bad

    def _learn_words(self, fresh: Mapping[Any, None]) -> None:
        """Learn cells all at once, if each is a word that reads as itself."""
        if not all(type(cell) is str for cell in fresh) or not all(map(operator.eq, map(str.strip, fresh), fresh)):
            return
        if "" not in fresh and amounts.EXCEL_ERRORS.isdisjoint(fresh) and not any(BETWEEN in cell for cell in fresh):
            self._known.update(zip(fresh, count(len(self._distinct)), strict=False))
            self._distinct.extend(fresh)

    def _learn(self, cell: Any) -> int:
        key: Any = cell if type(cell) in _ITS_OWN_KEY else (type(cell), cell)
        if (code := self._known.get(key)) is not None:
            return code
        value = self._read(cell)
        if value is None:
            code = self._code_of_none()
        else:
            code = self._codes.setdefault(value, len(self._distinct))
            if code == len(self._distinct):
                self._distinct.append(value)
        self._known[key] = code
        return code

    def _code_of_none(self) -> int:
        if self._missing is None:
            self._missing = len(self._distinct)
            self._distinct.append(None)
        return self._missing

    def empty(self, lines: int) -> "CodeStore":
        """Codes of nothing."""
        store = CodeStore()
        store.extend([self._code_of_none()] * lines if lines else [])
        return store

    def column(self, stored: Any) -> Sequence[Any]:
        """The values of the codes."""
        store = cast("CodeStore", stored)
        if not store.words:
            return Coded(store.codes, self._distinct)
        known = BETWEEN.join(self._distinct[code] or "" for code in store.codes)
        return Words(BETWEEN.join([known, *store.words] if store.codes else store.words), len(store))


class CodeStore:
    """Codes a line, and then, for a column in which nearly every word is another, runs of words."""

    def __init__(self) -> None:
        self.codes = Packed("i")
        self.words: list[str] = []
        self._count = 0

    def __len__(self) -> int:
        return len(self.codes) + self._count

    def __iter__(self) -> Iterator[Any]:
        """The codes and runs of words as they are."""
        return iter((*self.codes, *self.words))

    def extend(self, part: "Iterable[Any]") -> None:
        """Add lines: all codes or all words."""
        part = part if isinstance(part, list | tuple) else list(part)
        if part and isinstance(part[0], str):
            self.words.append(BETWEEN.join(part))
            self._count += len(part)
        elif self.words:
            self.extend([""] * len(part))
        else:
            self.codes.extend(part)


class Packed(array):  # pyright: ignore[reportMissingTypeArgument]  (array[int] cannot be said before Python 3.12)
    """Whole numbers in so many bytes each, extended four times as fast."""

    def extend(self, part: Iterable[int], /) -> None:
        """Add numbers."""
        numbers = part if isinstance(part, list | tuple) else list(part)
        self.frombytes(struct.pack(f"{len(numbers)}{self.typecode}", *numbers))


class NumberReader:
    """Numbers as Decimal, each distinct cell read once."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        self._read = read
        self._known: dict[Any, Any] = {}

    def read(self, cells: Sequence[Any]) -> tuple[list[Any], Bad]:
        """The number in each cell; None where it may be missing, or could not be read."""
        values: list[Any] = []
        bad: Bad = []
        known = self._known
        for i, cell in enumerate(cells):
            key: Any = cell if type(cell) is str else (type(cell), cell)
            try:
                values.append(known[key])
            except KeyError:
                try:
                    value = known[key] = self._read(cell)
                except UnreadableError as error:
                    value = None
                    bad.append((i, error))
                values.append(value)
        return values, bad

    def empty(self, lines: int) -> list[Any]:
        """As many times None."""
        return [None] * lines

    def column(self, stored: Any) -> Sequence[Any]:
        """The numbers as they are."""
        return stored


class PenceReader:
    """Amounts as whole pence. is_plain: they are in pounds, so that a float of two places gives its pence at once."""

    def __init__(self, read: Callable[[Any], Any], *, is_plain: bool, optional: bool) -> None:
        self._read = read
        self._is_plain = is_plain
        self._optional = optional

    def read(self, cells: Sequence[Any]) -> tuple[Sequence[Any], Bad]:
        """The pence of each cell; None where it may be missing, or could not be read."""
        if self._is_plain and (pence := whole_pence(cells)) is not None:
            return pence, []
        values: list[Any] = [None] * len(cells)
        rest: Sequence[int] = range(len(cells))
        if self._is_plain and (pence := whole_pence([cell for cell in cells if type(cell) is float])) is not None:
            numbers = iter(pence)
            values = [next(numbers) if type(cell) is float else None for cell in cells]
            rest = [i for i, cell in enumerate(cells) if type(cell) is not float]
        bad: Bad = []
        for i in rest:
            try:
                value = self._read(cells[i])
                values[i] = None if value is None else to_pence(value)
            except UnreadableError as error:
                bad.append((i, error))
        return values, bad

    def empty(self, lines: int) -> Any:
        """int64, unless an amount may be missing."""
        return [None] * lines if self._optional or lines else Packed("q")

    def column(self, stored: Any) -> Sequence[Any]:
        """The pence as they are."""
        return stored


def whole_pence(cells: Sequence[Any]) -> list[int] | None:
    """The pence of cells that are all numbers of whole pence; None if any of them is anything else."""
    if not cells or not {float, int}.issuperset(map(type, cells)):
        return None
    if not -_LARGEST_FLOAT < min(cells) <= max(cells) < _LARGEST_FLOAT:
        return None
    try:
        pence = list(map(round, map(operator.mul, cells, repeat(100))))
    except ValueError:  # NaN beside numbers escapes min and max
        return None
    # A float is n pence exactly when n / 100 is that float: the nearest to a decimal of two places.
    return pence if [n / 100 for n in pence] == list(cells) else None


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
        if layout.part_pennies:
            return pounds
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


def count_numbers(cells: Sequence[Any], rules: amounts.NumberRules, *, in_pence: bool = False) -> tuple[int, Decimal]:
    """How many cells hold a number and what they add up to: counted apart from any record made of them.

    Text that reads as a number counts as one, whether or not the layout lets it be read. in_pence: the sum is to be
    whole pence, so that floats are added as they are: fsum adds exactly, and a float is that near to its decimal.
    """
    if (
        in_pence
        and {float, int}.issuperset(map(type, cells))
        and -_ADDED_BELOW < min(cells, default=0) <= max(cells, default=0) < _ADDED_BELOW
    ):
        total = fsum(cells) * 100
        if isfinite(total) and abs(total - round(total)) < _NEAR_A_PENNY:
            return len(cells), Decimal(round(total)).scaleb(-2)
    pence = whole_pence([cell for cell in cells if type(cell) is float])
    rest = cells if pence is None else [cell for cell in cells if type(cell) is not float]
    numbers = [number for cell in rest if (number := number_or_none(cell, rules)) is not None]
    return len(numbers) + len(pence or ()), sum(numbers, Decimal(sum(pence or ())).scaleb(-2))


def number_or_none(cell: Any, rules: amounts.NumberRules) -> Decimal | None:
    """The number in a cell, text that reads as one among them; None where there is none."""
    if cell is None or cell == "":
        return None
    try:
        return amounts.read_number(cell, rules)
    except UnreadableError:
        return None
