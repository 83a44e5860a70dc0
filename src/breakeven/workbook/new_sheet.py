"""A sheet that a workbook lacks, added with its headings after the other tabs."""

from xml.sax.saxutils import escape

from breakeven.workbook.headings import column_letter
from breakeven.workbook.layout import TableLayout
from breakeven.workbook.package import Package
from breakeven.workbook.styles_part import add_style
from breakeven.workbook.xml_text import quoted

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MAIN_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def add_sheet(package: Package, layout: TableLayout) -> None:
    """Add the sheet of a table: its headings in bold on row 1, and nothing beneath."""
    is_strict = package.workbook().strict
    number = next(n for n in range(1, 100_000) if not package.has(f"xl/worksheets/sheet{n}.xml"))
    part = f"xl/worksheets/sheet{number}.xml"
    package.add(part, _sheet(layout, add_style(package, bold=True), _MAIN_STRICT if is_strict else _MAIN), _TYPE)
    related = _RELATED_STRICT if is_strict else _RELATED
    relation = package.relate(package.main, part, f"{related}/worksheet")
    document = package.document(package.main)
    sheets = next(child for child in document.root.children if child.name == "sheets")
    last_id = max((int(sheet.said.get("sheetId", 0)) for sheet in sheets.children), default=0)
    said = f'name="{quoted(layout.sheet)}" sheetId="{last_id + 1}" xmlns:rel="{related}" rel:id="{relation}"'
    document.append_inner(sheets, f"<{document.root.prefix}sheet {said}/>")
    package.put(package.main, document)


def _sheet(layout: TableLayout, bold: str, namespace: str) -> bytes:
    headings = [column.headings[0] for column in layout.columns.values()]
    cells = "".join(
        f'<c r="{column_letter(n)}1" s="{bold}" t="inlineStr"><is><t>{escape(heading)}</t></is></c>'
        for n, heading in enumerate(headings, start=1)
    )
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{max(12, len(heading) + 4)}" customWidth="1"/>'
        for n, heading in enumerate(headings, start=1)
    )
    last = column_letter(len(headings))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{namespace}"><dimension ref="A1:{last}1"/><cols>{widths}</cols>'
        f'<sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    ).encode()
