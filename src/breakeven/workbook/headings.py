"""Find a table's headings: on any row, over several rows, under another name, in another order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from breakeven.findings import Cell, Finding
from breakeven.workbook.layout import TableLayout, heading_key, split_unit

SEARCHED_ROWS = 60
"""How far down a sheet its headings are looked for."""

MOST_HEADING_ROWS = 3
"""Rows that headings are tried over where the layout does not say."""

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Headings:
    """Where a table's headings stand, the column of each field (1 is A), and the unit each heading names."""

    row: int
    rows: int
    columns: Mapping[str, int]
    texts: Mapping[str, str]
    units: Mapping[str, str]
    """The unit of each field whose heading names one."""


def column_letter(column: int) -> str:
    """A column's letters: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def column_number(letters: str) -> int:
    """A column's number: A is 1, AB is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def find_headings(rows: Sequence[tuple[int, Cells]], layout: TableLayout, sheet: Cell) -> Headings | list[Finding]:
    """The headings among the first rows of a sheet; findings where some are missing or stand twice.

    rows: row numbers and their cells. The first place where every needed heading stands is taken; over one row before
    two or three, so that a title above is not read into a heading.
    """
    best: _Match | None = None
    for count in [layout.heading_rows] if layout.heading_rows else range(1, MOST_HEADING_ROWS + 1):
        for start in range(len(rows)):
            if layout.heading_row is not None and rows[start][0] != layout.heading_row:
                continue
            match = _match([cells for _, cells in rows[start : start + count]], rows[start][0], layout)
            if best is None or match.score > best.score:
                best = match
            if not match.missing:
                return match.twice(sheet) or match.headings(count)
    if best is None:
        return [Finding("column-missing", "the sheet has no heading row", sheet)]
    return best.findings(sheet)


@dataclass(frozen=True, slots=True)
class _Match:
    """How far one row, or a few taken together, holds the headings of a layout."""

    row: int
    layout: TableLayout
    found: Mapping[str, list[int]]
    texts: Mapping[int, str]

    @property
    def missing(self) -> list[str]:
        return [field for field in self.layout.required if field not in self.found]

    @property
    def score(self) -> int:
        return len(self.found) - 100 * len(self.missing)

    def headings(self, rows: int) -> Headings:
        columns = {field: places[0] for field, places in self.found.items()}
        texts = {field: self.texts.get(column, column_letter(column)) for field, column in columns.items()}
        units = {field: unit for field, text in texts.items() if (unit := split_unit(text).unit)}
        return Headings(self.row, rows, columns, texts, units)

    def findings(self, sheet: Cell) -> list[Finding]:
        at = Cell(sheet.workbook, sheet.sheet, f"{self.row}:{self.row}")
        names = [self.layout.columns[field].headings[0] for field in self.missing]
        return [Finding("column-missing", f"no column is headed {name!r}", at) for name in names] + self.twice(sheet)

    def twice(self, sheet: Cell) -> list[Finding]:
        return [
            Finding(
                "column-twice",
                f"columns {' and '.join(f'{column_letter(place)}{self.row}' for place in places)} "
                f"are both headings for {self.layout.columns[field].headings[0]!r}",
                Cell(sheet.workbook, sheet.sheet, f"{column_letter(places[1])}{self.row}"),
            )
            for field, places in self.found.items()
            if len(places) > 1
        ]


def _match(rows: Sequence[Cells], number: int, layout: TableLayout) -> _Match:
    texts = _joined(rows)
    places: dict[str, list[int]] = {}
    for column, text in texts.items():
        for key in dict.fromkeys((heading_key(text), heading_key(split_unit(text).text))):
            places.setdefault(key, []).append(column)
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for field, column in layout.columns.items():
        if column.letter:
            found[field] = [column_number(column.letter)]
            taken.update(found[field])
            continue
        for heading in column.headings:
            free = [place for place in places.get(heading_key(heading), []) if place not in taken]
            if free:
                found[field] = free
                taken.update(free)
                break
    return _Match(number, layout, found, texts)


def _joined(rows: Sequence[Cells]) -> dict[int, str]:
    """Each column's heading, the words of several rows run together."""
    words: dict[int, list[str]] = {}
    for cells in rows:
        for column, value in enumerate(cells, start=1):
            if isinstance(value, str) and value.strip():
                words.setdefault(column, []).append(value.strip())
            elif isinstance(value, int | float) and not isinstance(value, bool):
                words.setdefault(column, []).append(f"{value:g}")
    return {column: " ".join(found) for column, found in words.items()}


def says_headings_again(cells: Cells, layout: TableLayout, sheet: Cell, number: int) -> Headings | list[Finding] | None:
    """Whether a row amid the lines is a heading row once more; its headings, or what it lacks, if it is.

    A row is taken for headings when half of the needed ones stand in it as words.
    """
    match = _match([cells], number, layout)
    named = [field for field in layout.required if field in match.found and not layout.columns[field].letter]
    if len(named) * 2 <= len(layout.required):
        return None
    if match.missing:
        return match.findings(sheet)
    return match.twice(sheet) or match.headings(1)
