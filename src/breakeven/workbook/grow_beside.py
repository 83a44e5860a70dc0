"""What stands beside a sheet and names its rows: Excel tables, comments, drawings, pivot tables; moved as it grows."""

import re
from collections.abc import Iterator

from breakeven.workbook.formula_refs import Area, Growth
from breakeven.workbook.package import Package
from breakeven.workbook.xml_text import Document, Node, UnsafeError

FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"})
"""Elements that hold a formula."""
_VML_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>", re.DOTALL)
_VML_ROW = re.compile(rb"(<x:Row>\s*)(\d+)(\s*</x:Row>)")
_VML_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")


def every(node: Node) -> Iterator[Node]:
    """Every element beneath another, at any depth."""
    for child in node.children:
        yield child
        yield from every(child)


def set_said(document: Document, node: Node, name: str, value: str) -> None:
    """Change an attribute where it is not so already."""
    if node.said.get(name) != value:
        document.set_attribute(node, name, value)


def set_formula(document: Document, node: Node, growth: Growth, sheet: str) -> None:
    """Move a formula that an element holds, and that stands on ``sheet``."""
    text = document.plain(node)
    if (moved := growth.formula(text, sheet)) != text:
        document.set_text(node, moved)


def table_object(document: Document, growth: Growth) -> None:
    """An Excel table: what it covers, its filter, and the formulas of its columns."""
    root = document.root
    area = Area.parse(root.said["ref"])
    moved = growth.area(area)
    (top, bottom), (left, right) = moved.rows, moved.columns
    is_ours = (
        top <= growth.after < growth.after + growth.rows and left <= growth.columns[1] and right >= growth.columns[0]
    )
    if is_ours and area.rows[1] >= growth.after and bottom < growth.after + growth.rows:
        moved = moved.with_rows(top, growth.after + growth.rows)  # it had blank lines, but not enough of them
    set_said(document, root, "ref", str(moved))
    for node in every(root):
        if node.name in FORMULAS:
            set_formula(document, node, growth, growth.sheet)
        elif node.name == "autoFilter":
            filtered = growth.area(Area.parse(node.said["ref"]))
            totals = int(root.said.get("totalsRowCount", "0"))
            set_said(document, node, "ref", str(filtered.with_rows(filtered.rows[0], moved.rows[1] - totals)))
        elif node.name in {"sortState", "sortCondition"} and "ref" in node.said:
            set_said(document, node, "ref", growth.areas(node.said["ref"]))


def comments(document: Document, growth: Growth) -> None:
    """Comments, old and threaded: each stays with its cell."""
    for node in every(document.root):
        if node.name in {"comment", "threadedComment"} and "ref" in node.said:
            set_said(document, node, "ref", growth.areas(node.said["ref"], extend=False))


def drawing(document: Document, growth: Growth) -> None:
    """Charts and pictures: each end stays in its cell, or only the first, or neither, as the drawing says."""
    for anchor in document.root.children:
        ends = [(end, row) for name in ("from", "to") if (end := anchor.first(name)) and (row := end.first("row"))]
        if not ends or anchor.said.get("editAs") == "absolute":
            continue
        rows = [int(document.plain(row)) for _, row in ends]
        moved = [growth.row(row + 1) - 1 for row in rows]
        if anchor.said.get("editAs") == "oneCell":
            moved = [row + moved[0] - rows[0] for row in rows]
        for (_, node), before, after in zip(ends, rows, moved, strict=True):
            if before != after:
                document.set_text(node, str(after))


def pivot_table(document: Document, growth: Growth) -> None:
    """A pivot table beneath the lines is not moved: its parts say where it stands in many places."""
    for node in document.root.all("location"):
        area = Area.parse(node.said["ref"])
        if growth.shifts and area.rows[1] > growth.after:
            raise UnsafeError(f"the pivot table in {area} would be moved by a new row", node.said["ref"])


def pivot_source(document: Document, growth: Growth) -> None:
    """The lines that a pivot table draws on."""
    for node in document.root.all("worksheetSource"):
        if node.said.get("sheet", "").casefold() == growth.sheet.casefold() and "ref" in node.said:
            set_said(document, node, "ref", growth.areas(node.said["ref"]))


def shapes(package: Package, part: str, growth: Growth) -> None:
    """The boxes of comments, in the old drawing language, which need not be sound XML."""
    if not growth.shifts:
        return

    def shape(found: re.Match[bytes]) -> bytes:
        row = _VML_ROW.search(found[0])
        if row is None or int(row[2]) + 1 <= growth.after:
            return found[0]
        moved = _VML_ROW.sub(lambda m: m[1] + str(int(m[2]) + growth.rows).encode() + m[3], found[0])
        return _VML_ANCHOR.sub(anchor, moved)

    def anchor(found: re.Match[bytes]) -> bytes:
        places = [int(each) for each in found[2].split(b",")]
        for i in (
            2,
            6,
        ):  # left column, its offset, top row, its offset, right column, its offset, bottom row, its offset
            places[i] += growth.rows
        return found[1] + ", ".join(map(str, places)).encode() + found[3]

    package.put_bytes(part, _VML_SHAPE.sub(shape, package.read(part)))
