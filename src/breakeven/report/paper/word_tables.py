"""The tables of a Word document once it is filled in: columns as wide as what is in them, and words to the left."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from breakeven.report.table_view import CellView, TableView

LETTER, PADDING, LEVEL = 112, 230, 170
"""Twentieths of a point: a letter in a table, what stands beside a column's words, and a level that a label is in."""

TEXT = 9638
"""The text of an upright A4 page with margins of 20 mm, in the same measure."""

SIZE, SMALLEST = 9, 0.72
"""Points of a table's letters, and what part of that they may be made where it is too wide for its page."""

LABEL_LETTERS, WORDS_LETTERS = 26, 22
"""How many letters of a label, and of a column of long words, a line should hold where there is room."""


def is_wide(view: TableView) -> bool:
    """Whether a table asks for more than an upright page."""
    return sum(min(letters, most) * LETTER + PADDING for letters, _, most in _columns(view)) > TEXT


def set_tables(document: Any, views: Mapping[str, TableView]) -> None:
    """Set each table that is named by its description: its columns' widths, and where their words begin."""
    from docx.oxml.ns import qn  # noqa: PLC0415  (only where a paper is written)

    least = least_width(document)
    for table, text in list(_tables(document)):
        described = table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")
        view = views.get(described.get(qn("w:val"))) if described is not None else None
        columns = list(table.find(qn("w:tblGrid")))
        if view is None or len(columns) != len(view.columns) + 1:
            continue
        whole = min(sum(int(each.get(qn("w:w"))) for each in columns) * text // least, text)
        widths, letters = _widths(view, whole)
        for column, width in zip(columns, widths, strict=True):
            column.set(qn("w:w"), str(width))
        for row in table.iter(qn("w:tr")):
            for place, (cell, width) in enumerate(zip(row.iter(qn("w:tc")), widths, strict=False)):
                cell.get_or_add_tcPr().width = width * 635  # twentieths of a point to English metric units
                if place and view.columns[place - 1].is_words:
                    for alignment in cell.iter(qn("w:jc")):
                        alignment.set(qn("w:val"), "left")
                if letters < 1:
                    for run in cell.iter(qn("w:r")):
                        run.get_or_add_rPr().sz_val = round(SIZE * letters * 2) * 6350  # half points


def least_width(document: Any) -> int:
    """The width of the text on a document's narrowest page, in twentieths of a point."""
    return min(_text_width(section._sectPr) for section in document.sections)  # noqa: SLF001


def _text_width(section: Any) -> int:
    from docx.oxml.ns import qn  # noqa: PLC0415  (only where a paper is written)

    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if page is None or margins is None:
        return TEXT
    beside = sum(int(margins.get(qn(f"w:{side}")) or 0) for side in ("left", "right", "gutter"))
    return max(int(page.get(qn("w:w"))) - beside, 1)


def _tables(document: Any) -> Iterator[tuple[Any, int]]:
    """Each table with the width of the text on its page: a section's page is said at its end."""
    from docx.oxml.ns import qn  # noqa: PLC0415  (only where a paper is written)

    waiting: list[Any] = []
    for block in document.element.body:
        waiting += block.iter(qn("w:tbl"))
        ends = next(block.iter(qn("w:sectPr")), None)
        if ends is not None:
            yield from ((table, _text_width(ends)) for table in waiting)
            waiting = []
    yield from ((table, least_width(document)) for table in waiting)


def _widths(view: TableView, whole: int) -> tuple[list[int], float]:
    """Twips by column, the label's first, and how large its letters are then, of 1.

    Each has room for its longest word; what is left goes to long words. Where all that is more than the table, the
    letters are smaller; where they would be too small to read, columns give way alike.
    """
    columns = list(_columns(view))
    (label, _, most), *others = columns
    asked = (min(label, most) + sum(word for _, word, _ in others)) * LETTER
    letters = min(max((whole - PADDING * len(columns)) / asked, SMALLEST), 1)

    def width(count: int) -> int:
        return round(count * LETTER * letters) + PADDING

    least = [width(word) for _, word, _ in columns]
    if (needed := sum(least)) >= whole:
        return [each * whole // needed for each in least], letters
    wanted = [max(width(min(longest, 60)) - at, 0) for (longest, _, _), at in zip(columns, least, strict=True)]
    left = min(whole - needed, sum(wanted))
    widths = [at + left * more // max(sum(wanted), 1) for at, more in zip(least, wanted, strict=True)]
    return [widths[0] + whole - sum(widths), *widths[1:]], letters


def _columns(view: TableView) -> Iterator[tuple[int, int, int]]:
    """Of each column, the label's first: its longest text and its longest word in letters, and how many it may ask."""
    texts = [view.label, *(row.label for row in view.rows)]
    deepest = max((row.level for row in view.rows), default=0) * LEVEL // LETTER
    yield max(map(len, texts)) + deepest, _longest_word(texts) + deepest, LABEL_LETTERS
    for place, column in enumerate(view.columns):
        cells = [
            cell_words(row.cells[place], has_reading=column.has_reading) + _BOLD * (row.kind == "total")
            for row in view.rows
        ]
        heading = max((len(word) + len(_BOLD) for word in column.label.split()), default=0)
        longest = max([heading, *map(len, cells)])
        breaks = column.is_words and bool(column.broken)
        yield longest, max(heading, _longest_word(cells)) if breaks else longest, WORDS_LETTERS


_BOLD = "\u2007"
"""What bold figures and headings need beyond others: a figure's width."""


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split(" ")), default=0)


def cell_words(cell: CellView, *, has_reading: bool) -> str:
    """A cell with its A or F; where others of its column have one, room for it, so that digits stand beneath digits."""
    letter = f"\u00a0{cell.reading or chr(0x2007)}" if has_reading else ""
    return f"{cell.text}{cell.after}{letter}"
