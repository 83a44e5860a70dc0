"""Rows into a sheet beneath a table's last line: everything that names a cell is moved as Excel would move it.

Beyond what Excel does, a range that reaches down to the last line takes in the new ones: the sum beneath a table, a
list of choices, a filter, a chart's figures. Where something stands there that this cannot do, UnsafeError says so.
"""

from collections.abc import Callable, Iterator, Mapping

from breakeven.workbook.formula_refs import Area, Growth, filled
from breakeven.workbook.grow_beside import (
    FORMULAS,
    comments,
    drawing,
    every,
    pivot_source,
    pivot_table,
    set_formula,
    set_said,
    shapes,
    table_object,
)
from breakeven.workbook.package import Package
from breakeven.workbook.sheet_cells import Place, SheetCells, ref_of
from breakeven.workbook.xml_text import Document, Node, UnsafeError

_STAYS = frozenset(
    [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetCalcPr",
        "sheetProtection",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "colBreaks",
        "phoneticPr",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "picture",
        "tableParts",
        "webPublishItems",
    ]
)
"""Parts of a sheet that name no row, or none that matters."""
_MOVES = frozenset(
    [
        "sheetData",
        "autoFilter",
        "sortState",
        "mergeCells",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "ignoredErrors",
        "protectedRanges",
        "rowBreaks",
        "cellWatches",
        "extLst",
    ]
)
"""Parts of a sheet that name rows, and that are moved here."""
_ONE_ROW = frozenset({"mergeCell", "hyperlink"})
"""What is about the very cells it names, so that it never takes in new ones."""


def grow(package: Package, growth: Growth) -> None:
    """Make room for a table's new lines, in all parts of the workbook.

    Raises UnsafeError; the package is then half changed, and not to be written.
    """
    part = package.sheet_part(growth.sheet)
    document = package.document(part)
    _own_sheet(document, growth)
    changed = {part: document}
    for name, other in package.sheets().items():
        if other != part and b"!" in package.read(other):
            changed[other] = package.document(other)
            _formulas_of_cells(SheetCells(changed[other]), growth, name)
            _beside_cells(changed[other], growth, name)
    changed[package.main] = package.document(package.main)
    for name in changed[package.main].root.all("definedName"):
        set_formula(changed[package.main], name, growth, "")
    for beside, reading in _related(package, part):
        changed[beside] = package.document(beside)
        reading(changed[beside], growth)
    for boxes in package.parts_of_kind(part, "vmlDrawing"):
        shapes(package, boxes, growth)
    for each in package.names:
        if "/charts/" in each and each.endswith(".xml") and each not in changed:
            changed[each] = package.document(each)
            for node in changed[each].root.all("f"):
                set_formula(changed[each], node, growth, "")
        elif "pivotCacheDefinition" in each and each.endswith(".xml"):
            changed[each] = package.document(each)
            pivot_source(changed[each], growth)
    for each, document in changed.items():
        package.put(each, document)


def _related(package: Package, part: str) -> Iterator[tuple[str, Callable[[Document, Growth], None]]]:
    """The parts that belong to a sheet, each with what moves it."""
    readings = {
        "table": table_object,
        "comments": comments,
        "threadedComment": comments,
        "drawing": drawing,
        "pivotTable": pivot_table,
    }
    for kind, reading in readings.items():
        for beside in package.parts_of_kind(part, kind):
            yield beside, reading


# ------------------------------------------------------------------ the sheet itself
def _own_sheet(document: Document, growth: Growth) -> None:
    unknown = [child.name for child in document.root.children if child.name not in _STAYS | _MOVES]
    if unknown and growth.shifts:
        raise UnsafeError(f"the sheet has rows beneath the table that would move, and {unknown[0]!r} that names rows")
    cells = SheetCells(document)
    _merges(document, growth)
    _formulas_of_cells(cells, growth, growth.sheet)
    if growth.shifts:
        for row, node in cells.rows.items():
            if row > growth.after:
                document.set_attribute(node, "r", str(growth.row(row)))
        for (row, column), node in cells.cells.items():
            if row > growth.after:
                document.set_attribute(node, "r", ref_of((growth.row(row), column)))
        if dimension := document.root.first("dimension"):
            document.set_attribute(dimension, "ref", growth.areas(dimension.said["ref"], extend=False))
    _beside_cells(document, growth, growth.sheet)


def _merges(document: Document, growth: Growth) -> None:
    """A merge over the place of the new lines would hide what is written there."""
    last = growth.after if growth.shifts else growth.after + growth.rows
    for node in document.root.all("mergeCell"):
        area = Area.parse(node.said["ref"])
        (top, bottom), (left, right) = area.rows, area.columns
        if top <= last and bottom > growth.after and left <= growth.columns[1] and right >= growth.columns[0]:
            raise UnsafeError(f"the merged cells {area} stand where the new row is to go", node.said["ref"])


def _beside_cells(document: Document, growth: Growth, sheet: str) -> None:
    """Everything of a sheet but its cells: filters, formats by condition, lists of choices, links."""
    is_own = sheet == growth.sheet
    for child in document.root.children:
        if child.name == "sheetData":
            continue
        for node in (child, *every(child)):
            if node.name in FORMULAS:
                set_formula(document, node, growth, sheet)
            elif node.name == "cfvo" and node.said.get("type") == "formula":
                set_said(document, node, "val", growth.formula(node.said.get("val", ""), sheet))
            elif node.name == "hyperlink" and "location" in node.said:
                set_said(document, node, "location", growth.formula(node.said["location"], sheet, extend=False))
            if is_own:
                _set_areas(document, node, growth)


def _set_areas(document: Document, node: Node, growth: Growth) -> None:
    if node.name == "sqref":  # of an extension, whose areas are text
        if (moved := growth.areas(document.plain(node))) != document.plain(node):
            document.set_text(node, moved)
    elif node.name == "brk" and node.said.get("id", "").isdigit() and growth.shifts:
        row = int(node.said["id"])
        if row >= growth.after:
            set_said(document, node, "id", str(row + growth.rows))
    elif node.name not in {"dimension", "selection", "pane"}:
        for name in ("ref", "sqref"):
            if name in node.said:
                set_said(document, node, name, growth.areas(node.said[name], extend=node.name not in _ONE_ROW))
    if node.name == "cellWatch":
        set_said(document, node, "r", growth.areas(node.said["r"], extend=False))


# ------------------------------------------------------------------ formulas in cells
def _formulas_of_cells(cells: SheetCells, growth: Growth, sheet: str) -> None:
    found = [(place, node) for place in cells.cells if (node := cells.formula(place)) is not None]
    changed: set[str] = set()
    texts: dict[Place, tuple[str, str]] = {}
    befores = {place: cells.formula_text(place) for place, _ in found}
    for place, node in found:
        before = befores[place]
        after = growth.formula(before, sheet)
        if after != before and _is_line(place, growth, sheet):
            after = growth.formula(before, sheet, extend=_taking_in(befores, place, growth))
        texts[place] = before, after
        is_moved = sheet == growth.sheet and growth.row(place[0]) != place[0]
        if node.said.get("t") == "shared" and (after != before or is_moved):
            changed.add(node.said.get("si", ""))
        if node.said.get("t") in {"array", "dataTable"}:
            _array(cells.document, node, growth, place, is_own=sheet == growth.sheet)
    for place, node in found:
        before, after = texts[place]
        if node.said.get("t") == "shared":
            if node.said.get("si", "") in changed:
                prefix = cells.data.prefix
                cells.document.replace(node.start, node.end, f"<{prefix}f>{_escaped(after)}</{prefix}f>")
        elif after != before:
            cells.document.set_text(node, after)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_line(place: Place, growth: Growth, sheet: str) -> bool:
    """Whether a formula stands in the rows of the lines: in a column of theirs, or beside them."""
    return sheet == growth.sheet and growth.first <= place[0] <= growth.after


def _taking_in(formulas: Mapping[Place, str], place: Place, growth: Growth) -> Callable[[Area], bool]:
    """Which areas of a formula in the rows of the lines take in the lines to come.

    A sum of them all does. A running total that ends in its own row does not, nor does one filled down over some lines
    before or after its own. Where ``$`` fixes the end it is neither.
    """
    row, column = place
    above, beneath = formulas.get((row - 1, column)), formulas.get((row + 1, column))
    is_filled = filled(formulas[place], 1) == beneath or (above is not None and filled(above, 1) == formulas[place])

    def takes_in(area: Area) -> bool:
        is_some = is_filled and area.rows[0] > growth.first
        return area.is_end_fixed or not (row == growth.after or is_some)

    return takes_in


def _array(document: Document, node: Node, growth: Growth, place: Place, *, is_own: bool) -> None:
    area = Area.parse(node.said.get("ref", ref_of(place)))
    top, bottom = area.rows
    if is_own and growth.shifts and bottom > growth.after:
        if top <= growth.after or node.said.get("t") == "dataTable":
            what = "what-if table" if node.said.get("t") == "dataTable" else "array formula"
            raise UnsafeError(f"the {what} in {area} would be moved or cut in two by a new row", ref_of(place))
        document.set_attribute(node, "ref", str(growth.area(area, extend=False)))
