"""The formats of cells: one more where a new sheet needs bold headings or a date, with all others as they were."""

from breakeven.workbook.package import Package
from breakeven.workbook.workbook_parts import number_formats
from breakeven.workbook.xml_text import Document, Node, UnsafeError

DATE_FORMAT = "14"
"""The built-in short date, which Excel shows in the order of the computer's own country."""
AMOUNT_FORMAT = "4"
"""The built-in ``#,##0.00``."""


def is_date_style(package: Package, style: str) -> bool:
    """Whether a cell of this style shows a number as a date."""
    part = next(package.parts_of_kind(package.main, "styles"), "")
    formats = number_formats(package.read(part)) if part else ()
    number = int(style or 0)
    code = formats[number].lower() if number < len(formats) else ""
    return "yy" in code or "d/m" in code or "m/d" in code or "d-m" in code


def add_style(package: Package, number_format: str = "0", *, bold: bool = False) -> str:
    """The number of a new cell style. Raises UnsafeError where the workbook has no styles at all."""
    part = next(package.parts_of_kind(package.main, "styles"), "")
    if not part:
        raise UnsafeError("the workbook has no part for formats; open it in Excel and save it")
    document = package.document(part)
    root = document.root
    formats = root.first("cellXfs")
    if formats is None:
        raise UnsafeError("the workbook lists no formats of cells; open it in Excel and save it")
    font = _bold_font(document, root) if bold else 0
    prefix = root.prefix
    said = f'numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
    applied = (' applyNumberFormat="1"' if number_format != "0" else "") + (' applyFont="1"' if bold else "")
    number = _append(document, formats, f"<{prefix}xf {said}{applied}/>")
    package.put(part, document)
    return str(number)


def _bold_font(document: Document, root: Node) -> int:
    fonts = root.first("fonts")
    if fonts is None or not fonts.children:
        raise UnsafeError("the workbook lists no fonts; open it in Excel and save it")
    usual = fonts.children[0]
    inner = document.text[usual.inner : usual.inner_end]
    prefix = root.prefix
    bold = "" if any(child.name == "b" for child in usual.children) else f"<{prefix}b/>"
    return _append(document, fonts, f"<{prefix}font>{bold}{inner}</{prefix}font>")


def _append(document: Document, group: Node, xml: str) -> int:
    """Add one to a group that may say its own count; returns its place in it."""
    number = len(group.children)
    document.append_inner(group, xml)
    if "count" in group.said:
        document.set_attribute(group, "count", str(number + 1))
    return number
