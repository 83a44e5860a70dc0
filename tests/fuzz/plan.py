"""A ledger's sheet as a finance office keeps one, as a plan: what stands in each row, and what it is meant as.

The plan knows what is written into the column of amounts without any help from the reader: it is what the reader is
held to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Meant = Literal["line", "held back", "set aside", "note", "headings"]
Verdict = Literal["accepted", "refused", "either"]
Spelling = Literal["number", "text", "formula", "uncached", "error", "boolean", "blank"]

UNIT = {"£": 1, "£000": 1000}


@dataclass(frozen=True)
class Amount:
    """What stands in a cell of the amounts. ``number`` is what whoever wrote it meant; None where it is no number."""

    spelling: Spelling
    written: Any
    number: Decimal | None


@dataclass(frozen=True)
class Row:
    """One row: what it is meant as, and its cells by field; ``at`` gives the fields other columns from here on."""

    meant: Meant
    cells: Mapping[str, Any] = field(default_factory=dict[str, Any])
    at: Mapping[str, int] | None = None
    hidden: bool = False

    @property
    def number(self) -> Decimal | None:
        """The number in the column of amounts."""
        amount = self.cells.get("amount")
        return amount.number if isinstance(amount, Amount) else None


@dataclass(frozen=True)
class Form:
    """How the file is written, which changes nothing of what is in it."""

    writer: Literal["openpyxl", "xlsxwriter", "by hand"] = "by hand"
    strings: Literal["inline", "shared"] = "inline"
    is_packed: bool = True
    prefix: str = ""
    encoding: Literal["utf-8", "utf-8-sig", "utf-16"] = "utf-8"
    has_refs: bool = True
    dimension: str = ""
    spaces: str = ""
    date_1904: bool = False


@dataclass(frozen=True)
class Plan:
    """A sheet of postings."""

    above: tuple[Mapping[int, Any], ...]
    """Rows above the headings: cells by column, 1 is A."""
    headings: Mapping[str, str]
    at: Mapping[str, int]
    """The column of each field."""
    strays: Mapping[int, str]
    """Headings of columns of numbers that nobody reads."""
    rows: tuple[Row, ...]
    unit: str
    unit_said_by: Literal["nobody", "heading", "note", "layout"]
    text_allowed: bool
    form: Form
    verdict: Verdict

    def grid(self) -> Iterator[tuple[Mapping[int, Any], bool]]:
        """Each row of the sheet from the first: its cells by column, and whether it is hidden."""
        yield from ((cells, False) for cells in self.above)
        at = self.at
        yield {at[name]: text for name, text in self.headings.items()} | dict(self.strays), False
        for i, row in enumerate(self.rows):
            at = row.at or at
            stray = dict.fromkeys(self.strays, i) if row.meant == "line" else {}
            yield stray | {at[name]: value for name, value in row.cells.items()}, row.hidden

    def numbers(self, *meant: Meant) -> list[Decimal]:
        """In pounds, the numbers in the column of amounts of rows meant as these; of all rows where none is named."""
        return [
            row.number * UNIT[self.unit]
            for row in self.rows
            if row.number is not None and (not meant or row.meant in meant)
        ]


DAY = date(2023, 10, 13)
