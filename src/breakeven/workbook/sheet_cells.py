"""The cells of one sheet's XML: found by where they stand, and written one by one, with all else as it was."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from xml.sax.saxutils import escape

from breakeven.workbook.formula_refs import Area, Corner, filled
from breakeven.workbook.headings import column_letter
from breakeven.workbook.xml_text import UNWRITABLE, Document, Node, UnsafeError

Place = tuple[int, int]
"""Row and column, each from 1."""

_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)", re.ASCII)
"""The line before what looks like a character by its number, ``_x0041_``: written by its own, or Excel would show A."""
_KEPT_OF_ROW = ("s", "customFormat", "ht", "customHeight")
"""What a new row takes from the line above: its format and its height, not that it is hidden."""


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula to be written, whose result Excel is to work out."""

    text: str


Written = str | Decimal | date | bool | FormulaText | None
"""What can be put in a cell; None leaves it blank."""


def ref_of(place: Place) -> str:
    """A place as a cell is called: row 17, column 5 is E17."""
    return f"{column_letter(place[1])}{place[0]}"


class SheetCells:
    """Where the rows and cells of a sheet stand in its XML. Raises UnsafeError where they do not say so."""

    def __init__(self, document: Document, *, date_1904: bool = False) -> None:
        self.document = document
        self.date_1904 = date_1904
        found = document.root.first("sheetData")
        if found is None:
            raise UnsafeError("the sheet has no cells in its XML")
        self.data: Node = found
        self.rows: dict[int, Node] = {}
        self.cells: dict[Place, Node] = {}
        for row in found.children:
            if not row.said.get("r", "").isdigit():
                raise UnsafeError("the rows of the sheet do not say which they are; open it in Excel and save it")
            number = int(row.said["r"])
            self.rows[number] = row
            for cell in row.children:
                self.cells[number, _column_of(cell, number)] = cell

    @cached_property
    def shared(self) -> Mapping[str, tuple[Place, str]]:
        """The formula that each group of cells shares, by its number, and the cell that it is written for."""
        found: dict[str, tuple[Place, str]] = {}
        for place in self.cells:
            node = self.formula(place)
            if node is not None and node.said.get("t") == "shared" and (text := self.document.plain(node)):
                found[node.said.get("si", "")] = place, text
        return found

    @cached_property
    def _rows_of_column(self) -> Mapping[int, list[int]]:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            rows.setdefault(column, []).append(row)
        return rows

    def inside(self, area: Area) -> Iterator[Place]:
        """The cells there are in an area, column by column."""
        (top, bottom), (left, right) = area.rows, area.columns
        for column in sorted(self._rows_of_column):
            if left <= column <= right:
                rows = self._rows_of_column[column]
                yield from ((row, column) for row in rows[bisect_left(rows, top) : bisect_left(rows, bottom + 1)])

    def formula_text(self, place: Place) -> str:
        """The formula of a cell as it reads there, though it may share it with others; nothing where it has none."""
        node = self.formula(place)
        if node is None:
            return ""
        group = node.said.get("si", "") if node.said.get("t") == "shared" else ""
        if group not in self.shared:
            return self.document.plain(node)
        first, text = self.shared[group]
        return filled(text, place[0] - first[0], place[1] - first[1])

    def style(self, place: Place) -> str:
        """The number of a cell's style; nothing where there is no cell or it has none."""
        cell = self.cells.get(place)
        return cell.said.get("s", "") if cell else ""

    def column_style(self, column: int) -> str:
        """The style that a whole column was given."""
        for columns in self.document.root.all("col"):
            if int(columns.said.get("min", 0)) <= column <= int(columns.said.get("max", 0)):
                return columns.said.get("style", "")
        return ""

    def formula(self, place: Place) -> Node | None:
        """The formula of a cell."""
        cell = self.cells.get(place)
        return cell.first("f") if cell else None

    def is_empty(self, place: Place) -> bool:
        """Whether nothing stands in a cell, though it may have a format."""
        cell = self.cells.get(place)
        return cell is None or not any(child.name in {"v", "f", "is"} for child in cell.children)

    def is_number(self, place: Place) -> bool:
        """Whether a cell holds a number or a date."""
        cell = self.cells.get(place)
        return cell is not None and cell.said.get("t", "n") == "n" and cell.first("v") is not None

    def is_text(self, place: Place) -> bool:
        """Whether a cell holds text."""
        cell = self.cells.get(place)
        return cell is not None and cell.said.get("t") in {"s", "str", "inlineStr"} and not self.is_empty(place)

    def xml(self, place: Place, value: Written, style: str) -> str:
        """The XML of one cell."""
        prefix = self.data.prefix
        said = f'r="{ref_of(place)}"' + (f' s="{style}"' if style else "")
        if value is None:
            return f"<{prefix}c {said}/>"
        if isinstance(value, FormulaText):
            return f"<{prefix}c {said}><{prefix}f>{escape(value.text)}</{prefix}f></{prefix}c>"
        if isinstance(value, str):
            if UNWRITABLE.search(value):
                raise UnsafeError("the text holds a character that no workbook can", ref_of(place))
            space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
            text = escape(_LIKE_ESCAPED.sub("_x005F_", value), {"\r": "&#13;"})
            held = f"<{prefix}is><{prefix}t{space}>{text}</{prefix}t></{prefix}is>"
            return f'<{prefix}c {said} t="inlineStr">{held}</{prefix}c>'
        if isinstance(value, bool):
            return f'<{prefix}c {said} t="b"><{prefix}v>{int(value)}</{prefix}v></{prefix}c>'
        number = self.serial(value) if isinstance(value, date) else number_text(value)
        return f"<{prefix}c {said}><{prefix}v>{number}</{prefix}v></{prefix}c>"

    def serial(self, day: date) -> str:
        """A date as Excel counts it, from 1900 or, on old Macs, from 1904."""
        return str((day - (date(1904, 1, 1) if self.date_1904 else date(1899, 12, 30))).days)

    def put(self, cells: Mapping[Place, str], like: int | None = None) -> None:
        """Write cells, given as XML, over what stands there; a row that is not there is made as row ``like`` is."""
        by_row: dict[int, dict[int, str]] = {}
        for (row, column), xml in sorted(cells.items()):
            by_row.setdefault(row, {})[column] = xml
        missing: dict[int, list[str]] = {}
        for row, wanted in by_row.items():
            node = self.rows.get(row)
            if node is not None:
                self._put_in_row(node, row, wanted)
                continue
            at = min((other.start for number, other in self.rows.items() if number > row), default=-1)
            missing.setdefault(at, []).append(self._new_row(row, wanted, like))
        for at, rows in missing.items():
            if at >= 0:
                self.document.insert(at, "".join(rows))
            else:
                self.document.append_inner(self.data, "".join(rows))
        self._widen_dimension(cells)

    def _put_in_row(self, node: Node, row: int, wanted: Mapping[int, str]) -> None:
        self._widen_spans(node, wanted)
        own = sorted((column, cell) for (number, column), cell in self.cells.items() if number == row)
        if not own:
            self.document.set_inner(node, "".join(wanted.values()))
            return
        for column, xml in wanted.items():
            if (row, column) in self.cells:
                cell = self.cells[row, column]
                self.document.replace(cell.start, cell.end, xml)
            else:
                after = next((cell.start for other, cell in own if other > column), own[-1][1].end)
                self.document.insert(after, xml)

    def _widen_spans(self, node: Node, wanted: Mapping[int, str]) -> None:
        """A row may say which columns it has cells in."""
        spans = [int(each) for each in re.findall(r"\d+", node.said.get("spans", ""))]
        if spans and (max(wanted) > max(spans) or min(wanted) < min(spans)):
            wide = f"{min(*spans, *wanted)}:{max(*spans, *wanted)}"
            self.document.set_attribute(node, "spans", wide)

    def _new_row(self, row: int, wanted: Mapping[int, str], like: int | None) -> str:
        above = self.rows.get(like) if like is not None else None
        kept = {name: above.said[name] for name in _KEPT_OF_ROW if name in above.said} if above else {}
        said = "".join(f' {name}="{value}"' for name, value in {"r": str(row), **kept}.items())
        tag = f"{self.data.prefix}row"
        return f"<{tag}{said}>{''.join(wanted.values())}</{tag}>"

    def _widen_dimension(self, cells: Mapping[Place, str]) -> None:
        said = self.document.root.first("dimension")
        if said is None or not cells:
            return
        corners = [(c.row or 1, c.column or 1) for c in map(Corner.parse, said.said.get("ref", "A1").split(":"))]
        rows, columns = zip(*corners, *cells, strict=True)
        self.document.set_attribute(
            said, "ref", f"{ref_of((min(rows), min(columns)))}:{ref_of((max(rows), max(columns)))}"
        )


def _column_of(cell: Node, row: int) -> int:
    try:
        corner = Corner.parse(cell.said.get("r", ""))
    except ValueError:
        corner = Corner(None, None)
    if corner.column is None or corner.row != row:
        raise UnsafeError("the cells of the sheet do not say where they stand; open it in Excel and save it")
    return corner.column


def number_text(value: Decimal) -> str:
    """A number exactly, as a cell holds it: 240000, 12.5."""
    return f"{value.normalize():f}" if value else "0"
