"""The committee paper as a Word document, set out by a template: our own, or the user's house template."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from breakeven.findings import visible
from breakeven.report.paper.paper import Paper, Part, about, appendix_name
from breakeven.report.paper.pictures import png_of
from breakeven.report.section import Chart
from breakeven.report.table_view import CellView, TableView, table_view
from breakeven.report.template_error import TemplateError

TEMPLATE = Path(__file__).with_name("paper.docx")
"""The template that ships, made by docs/make_paper_template.py."""

THE_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a document: the earliest that a zip file can tell, so that no clock shows in it."""

WIDTH_MM = 170
"""How wide a chart is: the text of an A4 page."""

LETTER_TWIPS, LEAST_TWIPS = 112, 620
"""The width of a letter of a table, and of its narrowest column, in twentieths of a point."""


def word_of(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a docx file; the same paper and template give the same bytes.

    template: a house template, which names the parts it wants as docs/reports.md says. Raises TemplateError where it
    cannot be read, or asks for something that there is not.
    """
    import jinja2  # noqa: PLC0415  (only where a paper is written, as the others)
    from docxtpl import DocxTemplate  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    try:
        document: Any = DocxTemplate(template or TEMPLATE)
        document.init_docx()
    except Exception as error:  # python-docx raises whatever its zip and XML readers do
        raise TemplateError(f"{template} is no Word document that can be filled in: {error}") from error
    views = {name: view for part in paper.every_part for name, view in _views(part).items()}
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    try:
        document.render(_told(paper, document), environment, autoescape=True)
    except jinja2.TemplateError as error:
        raise TemplateError(f"{template or TEMPLATE.name} asks for something there is not: {error}") from error
    _widen(document.docx, views)
    made = io.BytesIO()
    document.save(made)
    return fixed(made.getvalue())


def _views(part: Part) -> dict[str, TableView]:
    """A part's tables by the names that they have in the document: one may stand in the paper and in an appendix."""
    views = [table_view(each, is_aside=each.id in part.asides) for each in part.tables]
    return {f"{part.id}.{view.id}": view for view in views}


def _told(paper: Paper, document: Any) -> dict[str, Any]:
    """What a template can ask for: the whole paper in order, and each part by its own name."""
    parts = [_part(part, str(place), document) for place, part in enumerate(paper.parts, 1)]
    appendices = [_part(part, appendix_name(place), document) for place, part in enumerate(paper.appendices)]
    return {
        "body": visible(paper.body),
        "title": visible(paper.title),
        "state": visible(paper.state),
        "made_by": paper.made_by,
        "parts": parts,
        "appendices": appendices,
        "part": {each["id"]: each for each in (*parts, *appendices)},
        "notes": [visible(note) for note in paper.notes],
        "inputs": [{"name": visible(each.name), "sha256": each.sha256} for each in paper.inputs],
    }


def _part(part: Part, number: str, document: Any) -> dict[str, Any]:
    dotted = f"{number}." if number.isdigit() else ""
    return {
        "id": part.id,
        "number": number,
        "title": visible(part.title),
        "paragraphs": [
            {"number": f"{dotted}{place}" if dotted else "", "text": visible(message.text)}
            for place, message in enumerate(part.paragraphs, 1)
        ],
        "called_out": [visible(each) for each in part.called_out],
        "points": [visible(each) for each in part.points],
        "charts": [_chart(chart, document) for chart in part.charts],
        "tables": [_table(name, view) for name, view in _views(part).items()],
    }


def _chart(chart: Chart, document: Any) -> dict[str, Any]:
    return {
        "title": visible(chart.data.title),
        "picture": _Picture(document, png_of(chart), visible(f"{chart.data.title}. {chart.description}")),
        "legend": visible(chart.legend),
    }


class _Picture:
    """A picture in a run, with its description for a reader who does not see it."""

    def __init__(self, document: Any, data: bytes, description: str) -> None:
        self.document, self.data, self.description = document, data, description

    def __html__(self) -> str:
        """Its XML, in place of the text of the run that asks for it."""
        from docx.shared import Mm  # noqa: PLC0415  (only where a paper is written)

        part = self.document.current_rendering_part
        inline = part.new_pic_inline(io.BytesIO(self.data), Mm(WIDTH_MM), None)
        for properties in inline.xpath(".//wp:docPr | .//pic:cNvPr"):
            properties.set("descr", self.description)
        return f'</w:t></w:r><w:r><w:drawing>{inline.xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">'

    __str__ = __html__


def _table(name: str, view: TableView) -> dict[str, Any]:
    sources = [f"From {', '.join(view.sources)}."] if view.sources else []
    return {
        "id": name,
        "title": view.title,
        "label": view.label,
        "columns": [column.label for column in view.columns],
        "rows": [
            {
                "label": "\u2003" * row.level + row.label,
                "is_total": row.kind == "total",
                "cells": [
                    _text(cell, has_reading=column.has_reading)
                    for cell, column in zip(row.cells, view.columns, strict=True)
                ],
            }
            for row in view.rows
        ],
        "about": " ".join([about(view), *view.notes, *sources]),
    }


def _text(cell: CellView, *, has_reading: bool) -> str:
    """A cell with its A or F; where others of its column have one, room for it, so that digits stand beneath digits."""
    letter = f"\u00a0{cell.reading or chr(0x2007)}" if has_reading else ""
    return f"{cell.text}{cell.after}{letter}"


# After it is filled in -------------------------------------------------------------------------------------------


def _widen(document: Any, views: Mapping[str, TableView]) -> None:
    """Give each table's columns the room that their words need: a label more than a figure."""
    from docx.oxml.ns import qn  # noqa: PLC0415  (only where a paper is written)

    for table in document.element.body.iter(qn("w:tbl")):
        described = table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}")
        view = views.get(described.get(qn("w:val"))) if described is not None else None
        grid = table.find(qn("w:tblGrid"))
        columns = list(grid)
        if view is None or len(columns) != len(view.columns) + 1:
            continue
        widths = _widths(view, sum(int(each.get(qn("w:w"))) for each in columns))
        for column, width in zip(columns, widths, strict=True):
            column.set(qn("w:w"), str(width))
        for row in table.iter(qn("w:tr")):
            for cell, width in zip(row.iter(qn("w:tc")), widths, strict=False):
                properties = cell.get_or_add_tcPr()
                properties.width = width * 635  # twentieths of a point to English metric units


def _widths(view: TableView, whole: int) -> list[int]:
    """Twips by column, the label's first: figures as much as their longest needs, words share what is left."""
    wanted = [max(map(len, (view.label, *(row.label for row in view.rows)))), *_letters(view)]
    are_words = [True, *(column.is_words for column in view.columns)]
    fixed_widths = [
        0 if words else max(LEAST_TWIPS, letters * LETTER_TWIPS + 160)
        for letters, words in zip(wanted, are_words, strict=True)
    ]
    left = max(whole - sum(fixed_widths), LEAST_TWIPS * sum(are_words))
    weights = [min(letters, 60) if words else 0 for letters, words in zip(wanted, are_words, strict=True)]
    shared = [left * weight // sum(weights) for weight in weights]
    return [fixed_width or share for fixed_width, share in zip(fixed_widths, shared, strict=True)]


def _letters(view: TableView) -> Iterator[int]:
    for place, column in enumerate(view.columns):
        cells = [_text(row.cells[place], has_reading=column.has_reading) for row in view.rows]
        heading = max(map(len, column.label.split()), default=0)
        yield max(heading, max(map(len, cells), default=0))


def fixed(data: bytes) -> bytes:
    """A document whose parts carry no clock: the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as book, zipfile.ZipFile(made, "w") as out:
        for name in _ordered(book.namelist()):
            info = zipfile.ZipInfo(name, THE_FIRST_DAY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            out.writestr(info, book.read(name))
    return made.getvalue()


def _ordered(names: Sequence[str]) -> list[str]:
    """The list of what is in a document comes first, as its readers expect."""
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
