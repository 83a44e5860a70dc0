"""A workbook with a register as somebody keeps one: with a total, notes, comments, a chart, lists of choices, links."""

import base64
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]  (it ships none)
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule  # pyright: ignore[reportUnknownVariableType]  (its stub has no types)
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from breakeven.ledger.year import InputFile
from breakeven.workbook.container import read_file
from commands import EXAMPLE

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEADINGS = ["Ref", "Date", "Cost centre", "Account", "Amount", "Reason", "Approved by", "Basis"]


@dataclass(frozen=True)
class Kept:
    """How one register is kept."""

    lines: int = 2
    title_rows: int = 0
    total: bool = False
    """A row beneath the lines with their sum; ``gap`` blank rows stand between."""
    gap: int = 0
    notes: bool = False
    """Two rows of notes beneath all that, with a comment, a link and merged cells."""
    is_table: bool = False
    """Whether it is an Excel table."""
    extras: bool = True
    """A chart, a picture, lists of choices, a format by condition, a filter."""
    check_column: bool = False
    """A ninth column with a formula in every line, that nothing reads."""
    is_1904: bool = False

    @property
    def heading(self) -> int:
        return self.title_rows + 1

    @property
    def last(self) -> int:
        return self.heading + self.lines

    @property
    def total_row(self) -> int:
        return self.last + self.gap + 1

    @property
    def beneath(self) -> bool:
        return self.total or self.notes

    @property
    def note_row(self) -> int:
        return (self.total_row if self.total else self.last) + 2


def line(n: int, amount: int | None = None) -> list[Any]:
    return [f"VR{n:02d}", date(2023, 5, n), "S1010", "5010", amount or 100 * n, f"Why {n}", "Director", None]


def ledger_folder(folder: Path) -> Path:
    """A folder with the settings of the example, and as yet no workbook."""
    folder.mkdir(parents=True)
    (folder / "breakeven.toml").write_bytes((EXAMPLE / "breakeven.toml").read_bytes())
    return folder


def inputs(workbook: Path) -> list[InputFile]:
    file = read_file(workbook)
    return [InputFile(workbook.name, getattr(file, "sha256", ""))]


def by_xlsxwriter(path: Path, kept: Kept) -> Path:
    book: Any = xlsxwriter.Workbook(path, {"date_1904": kept.is_1904})
    bold, money, day = (
        book.add_format(said)
        for said in (
            {"bold": True, "bg_color": "#DDE6F0"},
            {"num_format": "#,##0.00", "border": 1},
            {"num_format": "dd/mm/yyyy"},
        )
    )
    sheet, summary, controls = (book.add_worksheet(name) for name in ("Virements", "Summary", "Control totals"))
    for n in range(kept.title_rows):
        sheet.merge_range(n, 0, n, 3, f"Register, page {n}", bold)
    headings = [*HEADINGS, *(["Check"] if kept.check_column else [])]
    first, last = kept.heading + 1, kept.last
    if not kept.is_table:
        sheet.write_row(kept.heading - 1, 0, headings, bold)
    for n in range(1, kept.lines + 1):
        row = kept.heading + n - 1
        for column, value in enumerate(line(n)):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write(row, column, value, money if column == 4 else None)
        if kept.check_column:
            sheet.write_formula(row, 8, f"=E{row + 1}*2+SUM(E${first}:E{row + 1})", money, 0)
    if kept.is_table:
        sheet.add_table(
            kept.heading - 1, 0, last - 1, len(headings) - 1, {"columns": [{"header": h} for h in headings]}
        )
    elif kept.extras:
        sheet.autofilter(kept.heading - 1, 0, last - 1, len(headings) - 1)
    total = sum(100 * n for n in range(1, kept.lines + 1))
    if kept.total:
        sheet.write(kept.total_row - 1, 0, "Total", bold)
        sheet.write_formula(kept.total_row - 1, 4, f"=SUM(E{first}:E{last})", money, total)
    if kept.notes:
        note = kept.note_row - 1
        sheet.write_url(note, 0, f"internal:Virements!A{kept.note_row}", string="Checked by the board")
        sheet.write_comment(note, 0, "By whom?")
        sheet.merge_range(note + 1, 0, note + 1, 2, "End of the register", bold)
    if kept.extras:
        sheet.write_comment(kept.heading - 1, 4, "In pounds")
        sheet.data_validation(first - 1, 6, last - 1, 6, {"validate": "list", "source": ["Director", "Board"]})
        sheet.conditional_format(
            first - 1, 4, last - 1, 4, {"type": "cell", "criteria": "<", "value": 0, "format": bold}
        )
        chart = book.add_chart({"type": "column"})
        chart.add_series(
            {"values": f"=Virements!$E${first}:$E${last}", "categories": f"=Virements!$A${first}:$A${last}"}
        )
        sheet.insert_chart(last + 4, 10, chart)
        sheet.insert_image(0, 12, "pixel.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.protect("", {"format_cells": True})
        book.define_name("Amounts", f"=Virements!$E${first}:$E${last}")
    summary.write_formula(0, 0, f"=SUM(Virements!E{first}:E{last})", money, total)
    summary.write_formula(1, 0, f"=Virements!E{last}", money, 100 * kept.lines)
    summary.write_comment(1, 0, "The last one")
    controls.write_row(0, 0, ["Sheet", "Column", "Lines", "Total"], bold)
    controls.write_row(1, 0, ["Virements", "Amount", kept.lines, total])
    book.close()
    return path


def by_openpyxl(path: Path, kept: Kept) -> Path:
    """The same by another library, which writes no results of formulas: totals are typed."""
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Virements"
    for n in range(kept.title_rows):
        sheet.cell(n + 1, 1, f"Register, page {n}").font = Font(italic=True)
    for column, heading in enumerate(HEADINGS, start=1):
        cell = sheet.cell(kept.heading, column, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFDDE6F0")
    for n in range(1, kept.lines + 1):
        for column, value in enumerate(line(n), start=1):
            cell = sheet.cell(kept.heading + n, column, value)
            cell.number_format = {2: "dd/mm/yyyy", 5: "#,##0.00"}.get(column, "General")
    if kept.notes:
        sheet.cell(kept.note_row, 1, "Checked by the board").comment = Comment("By whom?", "Ann")
        sheet.merge_cells(start_row=kept.note_row + 1, end_row=kept.note_row + 1, start_column=1, end_column=3)
    if kept.extras:
        first, last = kept.heading + 1, kept.last
        sheet.cell(kept.heading, 5).comment = Comment("In pounds", "Ann")
        sheet.auto_filter.ref = f"A{kept.heading}:H{last}"
        listed: Any = DataValidation(type="list", formula1='"Director,Board"')
        listed.add(f"G{first}:G{last}")
        sheet.add_data_validation(listed)
        sheet.conditional_formatting.add(
            f"E{first}:E{last}", CellIsRule("lessThan", ["0"], font=Font(color="FFFF0000"))
        )
    controls = book.create_sheet("Control totals")
    controls.append(["Sheet", "Column", "Lines", "Total"])
    controls.append(["Virements", "Amount", kept.lines, sum(100 * n for n in range(1, kept.lines + 1))])
    book.save(path)
    return path


def new_rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "ref": "VR90",
            "date": date(2024, 1, 12),
            "cost_centre": "S1010",
            "account": "5110",
            "amount": Decimal(f"{n}250.5"),
            "reason": f"Because <{n}> & so",
            "approved_by": "Board",
        }
        for n in range(1, count + 1)
    ]


# --- what a workbook says, compared --------------------------------------------------------------------------

_PREFIXES = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Parts:
    """The parts of a workbook."""

    parts: dict[str, bytes] = field(default_factory=dict[str, bytes])

    @classmethod
    def of(cls, path: Path) -> "Parts":
        with zipfile.ZipFile(path) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def apart(self, other: "Parts") -> set[str]:
        """The parts that are not the same bytes in both."""
        names = self.parts.keys() | other.parts.keys()
        return {name for name in names if self.parts.get(name) != other.parts.get(name)}

    def tree(self, name: str) -> ET.Element:
        return ET.fromstring(self.parts[name])  # noqa: S314  (made here)

    def cells(self, name: str) -> dict[str, tuple[dict[str, str], str, str]]:
        """Each cell of a sheet: its attributes but for its place, its formula, and all else in it."""
        found: dict[str, tuple[dict[str, str], str, str]] = {}
        for cell in self.tree(name).iter():
            if _PREFIXES.sub("", cell.tag) == "c":
                said = dict(cell.attrib)
                formula = "".join(f.text or "" for f in cell if f.tag.endswith("}f"))
                held = "".join(ET.tostring(child, "unicode") for child in cell if not child.tag.endswith("}f"))
                found[said.pop("r")] = said, formula, held
        return found

    def beside_cells(self, name: str) -> list[str]:
        """All of a sheet but its cells, as text, in order."""
        return [
            ET.tostring(child, "unicode").strip()
            for child in self.tree(name)
            if _PREFIXES.sub("", child.tag) != "sheetData"
        ]


def moved(ref: str, after: int, by: int) -> str:
    """A cell's name once ``by`` rows stand in after row ``after``."""
    letters, row = re.sub(r"\d", "", ref), int(re.sub(r"\D", "", ref))
    return f"{letters}{row + by if row > after else row}"


def without(texts: Sequence[str], *names: str) -> list[str]:
    return [text for text in texts if not any(f":{name} " in text or f"<{name} " in text for name in names)]
