"""A first guess at the table of a sheet nobody has described: its headings, and what each column holds.

Nothing is read by a guess. It becomes a layout (``suggest``) that a person looks over before anything is read by it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from breakeven.ledger.record import Kind
from breakeven.money import PENNY
from breakeven.workbook.amounts import NumberRules, UnreadableError, is_blank, read_date, read_number
from breakeven.workbook.headings import SEARCHED_ROWS, Cells
from breakeven.workbook.layout import UNITS, default_layout, heading_key
from breakeven.workbook.units import unit_in_note

MISSING_WORDS = frozenset({"..", "...", "…", ":", "[x]", "[z]", "x", "n/a", "na", "null", "none", "nil return"})
"""Words that often stand where a figure is missing."""

_MOST_HEADING_ROWS = 6
_MOST_CLASSES = 40
_NUMBERS = NumberRules(text_allowed=True)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_CODE_WORDS = frozenset(
    {
        "code",
        "codes",
        "ecode",
        "number",
        "no",
        "nr",
        "id",
        "ref",
        "reference",
        "year",
        "period",
        "month",
        "line",
        "term",
    }
)
"""A column of numbers headed with one of these holds names for things, not amounts."""
_KNOWN_WORDS = frozenset(
    heading_key(heading)
    for table in default_layout().values()
    for column in table.columns.values()
    if column.kind is Kind.TEXT
    for heading in column.headings
)
"""Headings that we know to stand over words and codes, such as ``Account``."""
_RATE_WORDS = frozenset({"percentage", "perc", "percchange", "percent", "pct", "rate"})


@dataclass
class GuessedColumn:
    """One column: where it stands, its headings, and what its cells seem to be."""

    number: int
    headings: list[str]
    kind: Kind
    filled: int = 0
    """Rows with an amount in which it holds anything; of a column of numbers, a number."""
    as_text: bool = False
    """Whether amounts in it are stored as text."""
    words: Counter[str] = field(default_factory=Counter[str])
    """Words that stand among its numbers."""
    total: Decimal = Decimal(0)
    part_pennies: bool = False


@dataclass
class GuessedTable:
    """The table that a sheet seems to hold."""

    sheet: str
    heading_row: int
    heading_rows: int
    columns: list[GuessedColumn]
    lines: int
    """Rows with an amount."""
    unit: str
    """What a note or a heading says the amounts are in; blank where none does."""
    total_labels: list[str]
    again: list[int]
    """Rows in which the headings stand again."""
    key: GuessedColumn | None = None
    """The column of words without which a row is no line."""
    keyless: list[str] = field(default_factory=list[str])
    """What rows with amounts and no key are called."""
    bare: list[str] = field(default_factory=list[str])
    """What rows are called that have a key and no amount."""
    classes: list[GuessedColumn] = field(default_factory=list[GuessedColumn])
    """Columns of classes or regions, the words of which stand in rows without a key."""

    @property
    def amounts(self) -> list[GuessedColumn]:
        """The columns that seem to hold amounts."""
        return [column for column in self.columns if column.kind is Kind.AMOUNT]

    @property
    def shape(self) -> tuple[str, ...]:
        """What tables that can be read alike have in common."""
        return tuple(heading_key(column.headings[0]) for column in self.columns)


def guess_table(sheet: str, rows: Sequence[tuple[int, Cells]], *, is_text: bool) -> GuessedTable | None:
    """The table of a sheet; None where no row of words stands over rows of numbers."""
    block = _heading_block(rows)
    if block is None:
        return None
    first, count = block
    texts = _joined([cells for _, cells in rows[first : first + count]])
    below = [(number, cells) for number, cells in rows[first + count :] if any(not is_blank(cell) for cell in cells)]
    again = [(number, cells) for number, cells in below if _stands_again(cells, texts)]
    data = [cells for number, cells in below if not again or number < again[0][0]]
    units = [unit for _, cells in rows[: first + count] for cell in cells if (unit := unit_in_note(cell))]
    unit = units[0] if len(set(units)) == 1 else ""
    columns = _columns(data, texts, UNITS[unit or "£"], is_text=is_text)
    amounts = [column.number for column in columns if column.kind is Kind.AMOUNT]
    lines = [cells for cells in data if any(_is_number(_cell(cells, number)) for number in amounts)]
    if not lines:
        return None
    for column in columns:
        own = [_cell(cells, column.number) for cells in lines]
        is_word = column.kind in {Kind.TEXT, Kind.DATE}
        column.filled = sum(not is_blank(cell) if is_word else _is_number(cell) for cell in own)
        column.headings += _other_headings(column, columns, [cells for _, cells in again])
    labels = [_label(cells, columns) for cells in lines]
    totals = list(
        dict.fromkeys(label for label in labels if re.match(r"(grand |sub-?\s?)?total", label, re.IGNORECASE))
    )
    table = GuessedTable(
        sheet, rows[first][0], count, columns, len(lines), unit, totals, [number for number, _ in again]
    )
    _tell_totals_apart(table, lines)
    if table.key:
        without = (cells for cells in data if not any(_is_number(_cell(cells, number)) for number in amounts))
        table.bare = [_label(cells, columns) for cells in without if not is_blank(_cell(cells, table.key.number))]
    return table


def _tell_totals_apart(table: GuessedTable, lines: Sequence[Cells]) -> None:
    """The first column of words that three in four lines have is their key; a row without it may be a total."""
    texts = [column for column in table.columns if column.kind is Kind.TEXT]
    table.key = next((column for column in texts if column.filled * 4 >= table.lines * 3), None)
    if table.key is None:
        return
    keyed = [cells for cells in lines if not is_blank(_cell(cells, table.key.number))]
    keyless = [cells for cells in lines if is_blank(_cell(cells, table.key.number))]
    table.keyless = list(dict.fromkeys(_label(cells, table.columns) for cells in keyless))
    table.keyless = [label for label in table.keyless if label]
    words = [{cell for column in texts if not is_blank(cell := _cell(cells, column.number))} for cells in keyless]
    known = {column.number: {_cell(cells, column.number) for cells in keyed} - {None, ""} for column in texts}
    classes = [column for column in texts if 1 < len(known[column.number]) <= _MOST_CLASSES]
    named = set[Any]().union(*(known[column.number] for column in classes))
    if sum(bool(own & named) for own in words) * 2 > len(words):
        table.classes = [column for column in classes if any(own & known[column.number] for own in words)]


def _cell(cells: Cells, number: int) -> Any:
    return cells[number - 1] if number <= len(cells) else None


def _is_number(cell: Any) -> bool:
    return type(cell) in {int, float, Decimal} or (isinstance(cell, str) and _reads_as_number(cell))


def _is_date(cell: Any) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and _reads_as_date(cell))


@lru_cache(maxsize=50_000)  # a list repeats its words
def _reads_as_number(text: str) -> bool:
    try:
        return bool(text.strip()) and read_number(text, _NUMBERS) is not None
    except UnreadableError:
        return False


@lru_cache(maxsize=50_000)
def _reads_as_date(text: str) -> bool:
    try:
        read_date(text)
    except UnreadableError:
        return False
    return True


def _is_word(cell: Any) -> bool:
    if not isinstance(cell, str) or not cell.strip() or cell.strip().casefold() in MISSING_WORDS:
        return False
    return not _is_number(cell) and not _is_date(cell)


def _heading_block(rows: Sequence[tuple[int, Cells]]) -> tuple[int, int] | None:
    """The place of the first row of headings and how many rows they run over.

    The row with the most words, the last of several; and rows above it with half as many and no number.
    """
    top = rows[:SEARCHED_ROWS]
    words = [sum(map(_is_word, cells)) for _, cells in top]
    numbers = [sum(map(_is_number, cells)) for _, cells in rows[: 4 * SEARCHED_ROWS]]
    places = [i for i in range(len(top)) if words[i] >= 2 and any(numbers[i + 1 :]) and words[i] > numbers[i]]
    if not places:
        return None
    best = max(places, key=lambda i: (words[i], i))

    first = best
    while (
        first and best - first < _MOST_HEADING_ROWS and not numbers[first - 1] and words[first - 1] * 2 >= words[best]
    ):
        first -= 1
    return first, best - first + 1


def _joined(rows: Sequence[Cells]) -> dict[int, str]:
    words: dict[int, list[str]] = {}
    for cells in rows:
        for number, cell in enumerate(cells, start=1):
            if not is_blank(cell):
                words.setdefault(number, []).append(" ".join(str(cell).split()))
    return {number: " ".join(found) for number, found in words.items()}


def _stands_again(cells: Cells, texts: Mapping[int, str]) -> bool:
    known = set(texts.values())
    own = {" ".join(cell.split()) for cell in cells if isinstance(cell, str) and cell.strip()}
    return len(own & known) * 2 > len(known) >= 2


def _columns(data: Sequence[Cells], texts: Mapping[int, str], scale: Decimal, *, is_text: bool) -> list[GuessedColumn]:
    headed = (_column(number, text, data, scale, is_text=is_text) for number, text in sorted(texts.items()))
    columns = [column for column in headed if column]
    first = next((column.number for column in columns if column.kind is Kind.AMOUNT), 0)
    bare = (number for number in range(1, first) if number not in texts)
    labels = [n for n in bare if sum(_is_word(_cell(row, n)) for row in data) * 3 > len(data)]
    return sorted((*columns, *(GuessedColumn(n, [""], Kind.TEXT) for n in labels)), key=lambda column: column.number)


def _column(number: int, heading: str, data: Sequence[Cells], scale: Decimal, *, is_text: bool) -> GuessedColumn | None:
    """What a column holds: amounts where three in five cells are numbers that are no codes, dates, or words."""
    cells = [cell for row in data if not is_blank(cell := _cell(row, number))]
    if not cells:
        return None
    column = GuessedColumn(number, [heading], Kind.TEXT)
    if sum(map(_is_date, cells)) * 5 > len(cells) * 4:
        column.kind = Kind.DATE
        return column
    numbers = [cell for cell in cells if _is_number(cell)]
    words = [word.casefold() for word in _WORDS.findall(heading)]
    if len(numbers) * 5 < len(cells) * 3 or _is_code(words) or heading_key(heading) in _KNOWN_WORDS:
        return column
    column.kind = Kind.NUMBER if _RATE_WORDS & set(words) or "%" in heading else Kind.AMOUNT
    column.as_text = not is_text and any(isinstance(cell, str) and cell.strip() != "-" for cell in numbers)
    column.words = Counter(str(cell).strip() for cell in cells if not _is_number(cell))
    values = [value * scale for cell in numbers if (value := _value(cell)) is not None]
    column.part_pennies = any(value != value.quantize(PENNY) for value in values)
    column.total = sum(values, Decimal(0))
    return column


def _value(cell: Any) -> Decimal | None:
    try:
        return read_number(cell, _NUMBERS)
    except UnreadableError:  # too large for an amount, or no number at all
        return None


def _is_code(words: Sequence[str]) -> bool:
    """Whether a heading names codes: ``Transaction Number``, but not ``Number of posts`` or ``Drawn in year 2016``."""
    if not words or any(word.isdigit() for word in words):
        return False
    return words[-1] in _CODE_WORDS or (words[0] in _CODE_WORDS and words[0] not in {"number", "no"})


def _other_headings(column: GuessedColumn, columns: Sequence[GuessedColumn], again: Sequence[Cells]) -> list[str]:
    """What stands over a column in later headings where its own heading is gone and no other column's stands there."""
    known = {each.headings[0] for each in columns}
    found: list[str] = []
    for cells in again:
        own = [" ".join(str(cell).split()) for cell in cells]
        here = _cell(own, column.number)
        if column.headings[0] not in own and here and here not in known and here not in found:
            found.append(here)
    return found


def _label(cells: Cells, columns: Sequence[GuessedColumn]) -> str:
    texts = (_cell(cells, column.number) for column in columns if column.kind is Kind.TEXT)
    words = [" ".join(text.split()) for text in texts if isinstance(text, str) and text.strip()]
    return next((text for text in words if re.search("[a-z]{2}", text)), words[0] if words else "")
