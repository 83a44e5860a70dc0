"""The cells that a formula names, moved as Excel moves them when a table grows or a formula is filled down."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from breakeven.workbook.headings import column_letter, column_number
from breakeven.workbook.xml_text import UnsafeError

LAST_ROW = 1_048_576

_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_PIECES = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    | (?P<sheet>'(?:[^']|'')*'!|[^\W\d][\w.]*(?::[^\W\d][\w.]*)?!|\[\d+\][\w.]*!)?
      (?P<area>{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}})
      (?![\w.(\[!])
    | (?P<quoted>'(?:[^']|'')*'!?)
    | (?P<bracket>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
    | (?P<word>[\w.\\?$]+!?)""",
    re.VERBOSE | re.DOTALL,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of an area: a column and a row, each perhaps fixed by ``$``; None where the area is whole in it."""

    column: int | None
    row: int | None
    fixed_column: bool = False
    fixed_row: bool = False

    @classmethod
    def parse(cls, text: str) -> "Corner":
        """Read ``$E$17``, ``E`` or ``17``."""
        found = _CORNER.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no cell")
        sign, letters, second, digits = found.groups()
        if letters is None:
            return cls(None, int(digits), fixed_row=bool(sign or second))
        column = column_number(letters)
        return cls(column, int(digits) if digits else None, bool(sign), bool(second))

    def __str__(self) -> str:
        letters = "" if self.column is None else ("$" if self.fixed_column else "") + column_letter(self.column)
        return letters + ("" if self.row is None else ("$" if self.fixed_row else "") + str(self.row))


@dataclass(frozen=True, slots=True)
class Area:
    """A cell, or a range of them."""

    first: Corner
    last: Corner
    is_range: bool

    @classmethod
    def parse(cls, text: str) -> "Area":
        """Read ``E17``, ``$A$1:$H$17``, ``E:E`` or ``2:17``. Raises ValueError."""
        first, colon, last = text.partition(":")
        return cls(Corner.parse(first), Corner.parse(last if colon else first), bool(colon))

    def __str__(self) -> str:
        return f"{self.first}:{self.last}" if self.is_range else str(self.first)

    @property
    def rows(self) -> tuple[int, int]:
        """Its first and last row; all of them where it names columns alone."""
        first, last = self.first.row or 1, self.last.row or LAST_ROW
        return min(first, last), max(first, last)

    @property
    def columns(self) -> tuple[int, int]:
        """Its first and last column; all of them where it names rows alone."""
        first, last = self.first.column or 1, self.last.column or 16_384
        return min(first, last), max(first, last)

    @property
    def is_end_fixed(self) -> bool:
        """Whether ``$`` fixes its last row, so that it ends in the same one however far it is filled down."""
        lower = self.first if (self.first.row or 1) > (self.last.row or LAST_ROW) else self.last
        return lower.fixed_row

    def with_rows(self, first: int, last: int) -> "Area":
        """The same columns over other rows."""
        if self.first.row is None or self.last.row is None:
            return self
        top, bottom = (first, last) if self.first.row <= self.last.row else (last, first)
        return Area(
            Corner(self.first.column, top, self.first.fixed_column, self.first.fixed_row),
            Corner(self.last.column, bottom, self.last.fixed_column, self.last.fixed_row),
            self.is_range,
        )


@dataclass(frozen=True, slots=True)
class Growth:
    """A table that gets rows after its last line, and what becomes of everything that names its cells."""

    sheet: str
    first: int
    """The row of its first line."""
    after: int
    """The row of its last line."""
    rows: int
    """How many lines it gets."""
    columns: tuple[int, int]
    shifts: bool
    """Whether what stands beneath moves down; where nothing does, the new lines take rows that were empty."""

    def row(self, row: int) -> int:
        """Where a row is afterwards."""
        moved = row + self.rows if self.shifts and row > self.after else row
        if moved > LAST_ROW:
            raise UnsafeError("the rows beneath would move off the end of the sheet")
        return moved

    def area(self, area: Area, *, extend: bool = True) -> Area:
        """An area afterwards; with ``extend``, one that reaches down to the last line takes in the new ones."""
        if area.first.row is None and area.last.row is None:
            return area
        top, bottom = area.rows
        if extend and area.is_range and bottom == self.after and self._is_of_table(area, top):
            return area.with_rows(self.row(top), bottom + self.rows)
        is_to_the_end = bottom == LAST_ROW
        return area.with_rows(self.row(top), bottom if is_to_the_end else self.row(bottom))

    def _is_of_table(self, area: Area, top: int) -> bool:
        """Whether an area that ends in the last line is of the lines, rather than of that one line alone."""
        left, right = area.columns
        is_beside = right < self.columns[0] or left > self.columns[1]
        return not is_beside and (top < self.after or (self.first == self.after and left == right))

    def areas(self, sqref: str, *, extend: bool = True) -> str:
        """A list of areas with spaces between, afterwards."""
        return " ".join(str(self._area_of_list(Area.parse(each), extend=extend)) for each in sqref.split())

    def _area_of_list(self, area: Area, *, extend: bool) -> Area:
        """The one line of a table is named by its cell, E2 rather than E2:E2."""
        if extend and not area.is_range and self.first == self.after == area.rows[0]:
            alone = Area(area.first, area.last, is_range=True)
            grown = self.area(alone)
            return area if grown == alone else grown
        return self.area(area, extend=extend)

    def formula(self, formula: str, sheet: str, *, extend: bool | Callable[[Area], bool] = True) -> str:
        """A formula that stands on ``sheet``, afterwards; ``extend`` may say which areas are to take lines in."""

        def moved(area: Area, named: str | None) -> Area:
            if named is not None and ":" in named and self.shifts and "[" not in named:
                raise UnsafeError(f"a formula runs over several sheets, {named}!{area}")
            is_ours = (sheet if named is None else named).casefold() == self.sheet.casefold()
            takes_in = extend if isinstance(extend, bool) else extend(area)
            return self.area(area, extend=takes_in) if is_ours else area

        return each_area(formula, moved)


def each_area(formula: str, moved: Callable[[Area, str | None], Area | None]) -> str:
    """A formula with each of its areas changed; told the name of the sheet where one is named. None is ``#REF!``."""

    def change(found: re.Match[str]) -> str:
        if found["area"] is None:
            return found[0]
        area = Area.parse(found["area"])
        changed = moved(area, sheet_named(found["sheet"]) if found["sheet"] else None)
        if changed == area:
            return found[0]
        return (found["sheet"] or "") + ("#REF!" if changed is None else str(changed))

    return _PIECES.sub(change, formula)


def sheet_named(prefix: str) -> str:
    """The name in ``'My sheet'!`` or ``Sheet1!``."""
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def filled(formula: str, down: int, right: int = 0) -> str:
    """A formula as it reads when it is filled down or to the right: what ``$`` does not fix moves along."""

    def corner(old: Corner) -> Corner | None:
        row = old.row if old.row is None or old.fixed_row else old.row + down
        column = old.column if old.column is None or old.fixed_column else old.column + right
        if (row is not None and not 1 <= row <= LAST_ROW) or (column is not None and not 1 <= column <= 16_384):
            return None
        return Corner(column, row, old.fixed_column, old.fixed_row)

    def moved(area: Area, _sheet: str | None) -> Area | None:
        first, last = corner(area.first), corner(area.last)
        return None if first is None or last is None else Area(first, last, area.is_range)

    return each_area(formula, moved)
