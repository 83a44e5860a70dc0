"""Three small books of the same four postings, each kept another way, and a text file of them."""

import io
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from .writers import SHEET, zipped

HEADINGS = ("Date", "Cost centre", "Account", "Supplier", "Amount")
POSTINGS = (
    ("2023-04-03", "A1", "6100", "Hall hire", 1250.5),
    ("2023-05-17", "B2", "6100", "Smith & Sons", 80),
    ("2023-06-30", "A1", "0075", "Refund", -30.25),
    ("2024-03-31", "B2", "7010", "Café Zoë", 9.99),
)
SUM = Decimal("1310.24")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _small(out: io.BytesIO, *, as_it_is: str = "-") -> bytes:
    """The workbook without what only its looks need: half its bytes, each of which is to be changed 255 times.

    as_it_is: how the names of parts begin that are not packed.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(made, "w") as new:
        for name in archive.namelist():
            if not name.startswith(("docProps/", "xl/theme/")):
                way = zipfile.ZIP_STORED if name.startswith(as_it_is) else zipfile.ZIP_DEFLATED
                new.writestr(zipfile.ZipInfo(name, (2024, 4, 1, 9, 0, 0)), archive.read(name), way)
    return made.getvalue()


def of_xlsxwriter() -> bytes:
    """Packed parts, shared strings, and a total by a formula with its result."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet(SHEET), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for number, (date, *rest) in enumerate(POSTINGS, start=1):
        sheet.write_datetime(number, 0, _day(date), day)
        sheet.write_row(number, 1, rest)
    sheet.write(len(POSTINGS) + 1, 0, "Total")
    sheet.write_formula(len(POSTINGS) + 1, 4, "=SUM(E2:E5)", None, float(SUM))
    book.close()
    return _small(out)


def of_openpyxl() -> bytes:
    """A sheet that is not packed, so that a changed digit of an amount is a changed byte of the file."""
    book: Any = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet.append(HEADINGS)
    for date, *rest in POSTINGS:
        sheet.append([_day(date), *rest])
    sheet.append(["Total", None, None, None, float(SUM)])
    out = io.BytesIO()
    book.save(out)
    return _small(out, as_it_is="xl/worksheets/")


def of_opendocument() -> bytes:
    """An .ods, which calamine reads: amounts stand in it twice, as a number and as it is shown."""

    def text(value: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'

    def number(value: float | Decimal) -> str:
        said = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {said}><text:p>{value:,.2f}</text:p></table:table-cell>"

    def day(value: str) -> str:
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'

    rows = ["".join(map(text, HEADINGS))]
    rows += [
        day(date) + text(centre) + text(account) + text(supplier.replace("&", "&amp;")) + number(amount)
        for date, centre, account, supplier, amount in POSTINGS
    ]
    rows += [text("Total") + "<table:table-cell/>" * 3 + number(SUM)]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    spaces = "".join(f' xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content{spaces} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="{SHEET}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    made = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: text.encode() for name, text in made.items()}, is_packed=False)


def of_text() -> bytes:
    """A .csv with a total, which is all that tells of a changed digit: the file has no checksum."""
    rows = [HEADINGS, *POSTINGS, ("Total", "", "", "", SUM)]
    return "".join(",".join(map(str, row)) + "\r\n" for row in rows).encode()


SAMPLES = {
    "xlsxwriter.xlsx": of_xlsxwriter,
    "openpyxl.xlsx": of_openpyxl,
    "opendocument.ods": of_opendocument,
    "text.csv": of_text,
}
