"""Ledgers of a few lines with one thing about them, and what reading them by a layout gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from preflight_books import parts, sheet, zipped

from breakeven.workbook.file_check import FilesRead, read_files
from breakeven.workbook.headings import column_letter
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.layout_file import read_layout_file

HEADINGS = ("Date", "Cost centre", "Account", "Description", "Amount")
DAY = date(2023, 10, 13)
LAYOUT = """
[[table]]
name = "ledger"
sheet = "Ledger"
first_day = 2023-04-01
last_day = 2024-03-31
cost_centres = ["A1", "B2", "0075"]
income_accounts = ["4"]
{rules}
[table.columns]
date = "Date"
cost_centre = "Cost centre"
account = "Account"
description = "Description"
amount = "Amount"
"""
FORMATS = ("General", "dd/mm/yyyy", "#,##0.00")


@dataclass(frozen=True)
class Styled:
    """A value with a number format of its own."""

    value: Any
    code: str


@dataclass(frozen=True)
class Raw:
    """What stands inside a cell's element, and its attributes."""

    inside: str
    attributes: str = ""


def line(
    amount: Any, words: Any = "Hall hire", *, day: Any = DAY, centre: Any = "A1", account: Any = "6100"
) -> list[Any]:
    """One row of the ledger."""
    return [day, centre, account, words, amount]


LINES = [line(100), line(Decimal("20.50"), "Rent"), line(-3, "Refund", centre="B2")]
"""They come to 117.50."""
SUM = Decimal("117.50")


def total(label: str | None, amount: Any = SUM, *, at: int = 3) -> list[Any]:
    """A row with a label in one column and an amount."""
    row: list[Any] = [None] * 5
    row[at], row[4] = label, amount
    return row


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    name: str = "Ledger",
    before: str = "",
    after: str = "",
    row_says: Mapping[int, str] | None = None,
) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet. ``row_says``: attributes of rows, by number."""
    codes = [*FORMATS, *dict.fromkeys(c.code for row in rows for c in row if isinstance(c, Styled))]
    said = row_says or {}
    xml = "".join(
        f'<row r="{r}" {said.get(r, "")}>'
        + "".join(_cell(value, f"{column_letter(c)}{r}", codes) for c, value in enumerate(row, start=1))
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    formats = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for i, code in enumerate(codes)
    )
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{len(codes)}">{formats}</numFmts><cellXfs count="{len(codes)}">'
        + "".join(f'<xf numFmtId="{200 + i if i else 0}"/>' for i in range(len(codes)))
        + "</cellXfs></styleSheet>"
    )
    return parts(sheet(xml, before=before, after=after), names=(name,), styles=styles)


def _cell(value: Any, ref: str, codes: Sequence[str]) -> str:
    style = 0
    if isinstance(value, Styled):
        style, value = codes.index(value.code), value.value
    if value is None:
        return ""
    if isinstance(value, Raw):
        return f'<c r="{ref}" {value.attributes}>{value.inside}</c>'
    if isinstance(value, bool):
        return f'<c r="{ref}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{ref}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'


@dataclass(frozen=True)
class Outcome:
    """What reading gave."""

    read: FilesRead

    @property
    def total(self) -> Decimal:
        """What was accepted."""
        return sum((tally.accepted for tally in self.read.tallies), Decimal(0))

    @property
    def found(self) -> set[str]:
        """Each finding as ``code cell``."""
        return {f"{finding.code} {finding.at.ref}".strip() for finding in self.read.findings}

    @property
    def refused(self) -> bool:
        """Whether there is an error."""
        return any(finding.is_error for finding in self.read.findings)

    def says(self, words: str) -> bool:
        """Whether a finding holds the words."""
        return any(words in str(finding) for finding in self.read.findings)


def read(
    folder: Path, content: dict[str, str | bytes] | bytes, rules: str = "", *, name: str = "ledger.xlsx"
) -> Outcome:
    """Write a file and read it by the ledger's layout with some more rules; conservation is held whatever it says."""
    (folder / "layout.toml").write_text(LAYOUT.format(rules=rules), encoding="utf-8")
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else zipped(content))
    layouts = [each for each in read_layout_file(folder / "layout.toml") if isinstance(each, TableLayout)]
    assert layouts
    found = read_files([path], layouts)
    assert all(tally.is_conserved for tally in found.tallies)
    in_bulk = read_files([path], [_as_extract(each) for each in layouts])
    assert all(tally.is_conserved for tally in in_bulk.tallies)
    assert [t.accepted for t in in_bulk.tallies] == [t.accepted for t in found.tallies]
    assert [f.code for f in in_bulk.findings] == [f.code for f in found.findings]
    return Outcome(found)


def _as_extract(layout: TableLayout) -> TableLayout:
    """The same layout as that of an extract, whose amounts are held in pence."""
    return replace(layout, name="transactions")


def ledger(
    folder: Path, rows: Sequence[Sequence[Any]], rules: str = "", *, headings: Sequence[str] = HEADINGS
) -> Outcome:
    """Read a workbook with headings and rows."""
    return read(folder, workbook([list(headings), *rows]), rules)


def csv_of(rows: Sequence[Sequence[Any]] = LINES, sep: str = ",") -> str:
    """The ledger as a text file."""

    def text(value: Any) -> str:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)

    return "".join(sep.join(map(text, row)) + "\r\n" for row in [HEADINGS, *rows])
