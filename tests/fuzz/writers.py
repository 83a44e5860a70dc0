"""A plan as the bytes of a workbook: by openpyxl, by xlsxwriter, or part by part in ways that neither writes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from .plan import Amount, Form, Plan

SHEET = "Ledger"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def written(plan: Plan) -> bytes:
    """The bytes of a plan."""
    if plan.form.writer == "openpyxl":
        return _by_openpyxl(plan)
    if plan.form.writer == "xlsxwriter":
        return _by_xlsxwriter(plan)
    return zipped(by_hand(plan), is_packed=plan.form.is_packed)


def _by_openpyxl(plan: Plan) -> bytes:
    book: Any = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if plan.form.date_1904 else book.epoch
    sheet = book.active
    sheet.title = SHEET
    for number, (cells, hidden) in enumerate(plan.grid(), start=1):
        sheet.row_dimensions[number].hidden = hidden
        for column, value in cells.items():
            cell = sheet.cell(number, column)
            if isinstance(value, Amount) and value.spelling == "uncached":
                cell.value = f"={value.written}"
                continue
            cell.value = value.written if isinstance(value, Amount) else value
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _by_xlsxwriter(plan: Plan) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "constant_memory": plan.form.strings == "inline", "date_1904": plan.form.date_1904}
    book: Any = xlsxwriter.Workbook(out, options)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(SHEET)
    for number, (cells, hidden) in enumerate(plan.grid()):
        if hidden:
            sheet.set_row(number, None, None, {"hidden": True})
        for column, value in sorted(cells.items()):
            content: Any = value.written if isinstance(value, Amount) else value
            if isinstance(value, Amount) and value.spelling in {"formula", "error"}:
                sheet.write_formula(number, column - 1, "=1+1", None, content)
            elif isinstance(content, date):
                sheet.write_datetime(number, column - 1, datetime(*content.timetuple()[:3]), day)  # noqa: DTZ001
            elif isinstance(content, str):
                sheet.write_string(number, column - 1, content)
            elif content is not None:
                sheet.write(number, column - 1, content)
    book.close()
    return out.getvalue()


# ------------------------------------------------------------------ part by part
def zipped(parts: Mapping[str, bytes], *, is_packed: bool = True) -> bytes:
    """A zip of the parts, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 1, 9, 0, 0)), data, archive.compression)
    return out.getvalue()


def by_hand(plan: Plan) -> dict[str, bytes]:
    """The parts of a plan's workbook."""
    form, strings = plan.form, dict[str, int]()
    rows = [
        _row(number, cells, form, strings, said=' hidden="1"' if hidden else "")
        for number, (cells, hidden) in enumerate(plan.grid(), start=1)
        if cells or form.has_refs is False
    ]
    p, space = form.prefix, form.spaces
    name_space = f"xmlns:{p[:-1]}" if p else "xmlns"
    dimension = f'<{p}dimension ref="{form.dimension}"/>' if form.dimension else ""
    sheet = (
        f'<{p}worksheet {name_space}="{MAIN}">{space}{dimension}<{p}sheetData>{space}{space.join(rows)}{space}'
        f"</{p}sheetData></{p}worksheet>"
    )
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return parts(sheet, f'<sst xmlns="{MAIN}">{texts}</sst>', encoding=form.encoding, date_1904=form.date_1904)


def parts(sheet: str, strings: str, *, encoding: str = "utf-8", date_1904: bool = False) -> dict[str, bytes]:
    """The parts of a workbook of one sheet; the sheet and its texts in an encoding."""

    def part(text: str, by: str = "utf-8") -> bytes:
        said = "utf-8" if by == "utf-8-sig" else by
        return f'<?xml version="1.0" encoding="{said}"?>{text}'.encode(by)

    said_1904 = '<workbookPr date1904="1"/>' if date_1904 else ""
    links = (
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "/xl/sharedStrings.xml"),
    )
    return {
        "[Content_Types].xml": part(
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/{STRINGS_PART}" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
        ),
        "_rels/.rels": part(
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": part(
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{said_1904}<sheets>'
            f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": part(
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                for i, (kind, target) in enumerate(links, start=1)
            )
            + "</Relationships>"
        ),
        "xl/styles.xml": part(
            f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>"
        ),
        STRINGS_PART: part(strings, encoding),
        SHEET_PART: part(sheet, encoding),
    }


def _row(number: int, cells: Mapping[int, Any], form: Form, strings: dict[str, int], said: str) -> str:
    p = form.prefix
    row = f' r="{number}"' if form.has_refs else ""
    columns = sorted(cells) if form.has_refs else range(1, max(cells, default=0) + 1)
    inside = form.spaces.join(_cell(f"{_letter(c)}{number}", cells.get(c), form, strings) for c in columns)
    return f"<{p}row{row}{said}>{inside}</{p}row>"


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)  # no plan has 26 columns


def _cell(ref: str, value: Any, form: Form, strings: dict[str, int]) -> str:
    p, said = form.prefix, f' r="{ref}"' if form.has_refs else ""
    kind, inside = "", ""
    spelling = value.spelling if isinstance(value, Amount) else ""
    content: Any = value.written if isinstance(value, Amount) else value
    if spelling == "uncached":
        inside = f"<{p}f>{content}</{p}f>"
    elif spelling == "error":
        kind, inside = "e", f"<{p}v>{content}</{p}v>"
    elif isinstance(content, bool):
        kind, inside = "b", f"<{p}v>{int(content)}</{p}v>"
    elif isinstance(content, date):
        first = date(1904, 1, 1) if form.date_1904 else date(1899, 12, 30)
        said, inside = f'{said} s="1"', f"<{p}v>{(content - first).days}</{p}v>"
    elif isinstance(content, str) and form.strings == "shared":
        kind, inside = "s", f"<{p}v>{strings.setdefault(content, len(strings))}</{p}v>"
    elif isinstance(content, str):
        kind, inside = "inlineStr", f'<{p}is><{p}t xml:space="preserve">{escape(content)}</{p}t></{p}is>'
    elif content is not None:
        formula = f"<{p}f>1+1</{p}f>" if spelling == "formula" else ""
        inside = f"{formula}<{p}v>{content!r}</{p}v>"
    said += f' t="{kind}"' if kind else ""
    return f"<{p}c{said}>{inside}</{p}c>" if inside else f"<{p}c{said}/>"
