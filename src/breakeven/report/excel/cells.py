"""A workbook before it is written: sheets of cells, each a text, a figure, an input or a formula."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from breakeven.report.figures import MISSING

Value = Decimal | str | None
"""What a cell holds; a day is its number in Excel, and nothing is a blank cell."""

Style = Literal["text", "note", "pounds", "pence", "percent", "number", "factor", "flag", "day", "year"]
Part = Literal["about", "inputs", "workings", "outputs"]

TITLE_ROW, SAYS_ROW, SIGN_ROW, YEAR_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3, 4, 5, 6
"""Rows of every sheet: title, what it is, signs and check, a column's year, headings, first of the table."""

BASE_COLUMN, FIRST_YEAR = 4, 5
"""Columns that every sheet of years shares: D is the year that the plan starts from, E its first year."""

OPEN = f'"{MISSING}"'
"""A figure that nobody knows, as a formula gives it."""

_DAY_NOUGHT = date(1899, 12, 30)


def serial(day: date) -> Decimal:
    """A day as Excel numbers it."""
    return Decimal((day - _DAY_NOUGHT).days)


def day_of(number: Decimal) -> date:
    """The day with a number of Excel's."""
    return date.fromordinal(_DAY_NOUGHT.toordinal() + int(number))


def letter(column: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """The number of a column: AB is 28."""
    found = 0
    for each in letters:
        found = found * 26 + ord(each) - ord("A") + 1
    return found


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    return f"'{sheet}'" if not sheet.isidentifier() else sheet


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an input takes: a whole or decimal number between two, a day between two, or one of a list.

    listed: the choices, or where they stand (``=Confidence!$A$6:$A$11``). blank: whether it may be left empty.
    """

    kind: Literal["decimal", "whole", "day", "list"]
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    listed: str | tuple[str, ...] = ()
    blank: bool = True

    def in_words(self, choices: Sequence[str] = ()) -> str:
        """What may be typed, for a person who is about to. choices: the list, where it is not before their eyes."""
        if self.kind == "list":
            words = f"one of {', '.join(choices)}" if choices else "one of the list"
        elif self.kind == "day":
            words = f"a day from {day_of(self.least):%d/%m/%Y} to {day_of(self.most):%d/%m/%Y}"
        else:
            words = f"a {'whole ' if self.kind == 'whole' else ''}number from {self.least:,f} to {self.most:,f}"
        return f"{words[0].upper()}{words[1:]}{', or blank' if self.blank else ''}."


Key = tuple[str, ...]
"""Which input a cell is: ``("saving", "3", "amount")``."""


@dataclass(frozen=True, slots=True)
class Input:
    """What makes a cell an input: which it is, what it is called, its unit, and what it takes."""

    key: Key
    label: str
    unit: str
    allowed: Allowed


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell. formula: a template, see ``formulas.compiled``; blank where the cell holds ``value``."""

    value: Value = None
    formula: str = ""
    style: Style = "text"
    strong: bool = False
    """Whether it stands in a row of totals."""
    illustrative: bool = False
    input: Input | None = None
    figure: Value = None
    """What a page of the plan says of it, where the cell is one of its figures; ``[x]`` where that is open."""


@dataclass
class Sheet:
    """One sheet: a table beneath its title. ``cells`` are by row and column, counted from 1."""

    name: str
    part: Part
    title: str
    says: str
    headings: Sequence[str] = ()
    widths: Sequence[int] = ()
    cells: dict[tuple[int, int], Entry] = field(default_factory=dict[tuple[int, int], Entry])
    names: dict[str, str] = field(default_factory=dict[str, str])
    """Names that the workbook defines for cells of this sheet, each with its range: ``$E$6:$G$6``."""
    frozen_columns: int = 1
    last_row: int = HEADING_ROW

    def put(self, row: int, column: int, entry: Entry) -> None:
        """Set one cell."""
        self.cells[row, column] = entry
        self.last_row = max(self.last_row, row)

    def text(self, row: int, *texts: str, strong: bool = False, illustrative: bool = False) -> None:
        """Set texts from column A on; a blank one is left out."""
        for column, each in enumerate(texts, start=1):
            if each:
                self.put(row, column, Entry(each, strong=strong, illustrative=illustrative))

    @property
    def ref(self) -> str:
        """The sheet's name before a cell's, as a formula writes it."""
        return f"{quoted(self.name)}!"

    def column_range(self, column: int) -> str:
        """A whole column of the table, as a formula of any sheet writes it."""
        last = max(self.last_row, FIRST_ROW)
        return f"{self.ref}${letter(column)}${FIRST_ROW}:${letter(column)}${last}"


@dataclass(frozen=True)
class Pages:
    """All the sheets of a workbook, in order, and what its inputs were read from."""

    sheets: tuple[Sheet, ...]
    base: int
    """The year that the plan starts from, by the calendar year it begins in."""

    def sheet(self, name: str) -> Sheet:
        """The sheet with this name. Raises KeyError where there is none."""
        found = next((each for each in self.sheets if each.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def inputs(self) -> Iterator[tuple[Sheet, tuple[int, int], Entry, Input]]:
        """Every input, with its sheet and its cell."""
        for sheet in self.sheets:
            for place, entry in sheet.cells.items():
                if entry.input:
                    yield sheet, place, entry, entry.input

    def choices(self, allowed: Allowed) -> tuple[str, ...]:
        """What a list offers, where it stands in the workbook too; nothing of an input that takes no list."""
        if not isinstance(allowed.listed, str):
            return allowed.listed
        name, _, at = allowed.listed.removeprefix("=").partition("!")
        _, letters, first, _, last = at.replace(":", "").split("$")
        cells, column = self.sheet(name).cells, number_of(letters)
        return tuple(str(cells[row, column].value) for row in range(int(first), int(last) + 1))

    @property
    def names(self) -> Mapping[str, tuple[Sheet, str]]:
        """Every defined name, with its sheet and range."""
        return {name: (sheet, at) for sheet in self.sheets for name, at in sheet.names.items()}
