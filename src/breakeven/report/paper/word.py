"""The committee paper as a Word document, set out by a template: our own, or the user's house template."""

import difflib
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from breakeven.findings import visible
from breakeven.report.paper.paper import Paper, Part, about, appendix_name
from breakeven.report.paper.pictures import png_of
from breakeven.report.paper.word_tables import cell_words, is_wide, least_width, set_tables
from breakeven.report.section import Chart
from breakeven.report.table_view import TableView, table_view
from breakeven.report.template_error import TemplateError

TEMPLATE = Path(__file__).with_name("paper.docx")
"""The template that ships, made by docs/make_paper_template.py."""

WIDEST_MM = 170
"""How wide a chart is at most: the text of an A4 page."""

THE_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a document: the earliest that a zip file can tell, so that no clock shows in it."""


def word_of(paper: Paper, template: Path | None = None) -> bytes:
    """The paper as a docx file; the same paper and template give the same bytes.

    template: a house template, which names the parts it wants as docs/reports.md says. Raises TemplateError where it
    cannot be read, or asks for something that there is not.
    """
    import jinja2  # noqa: PLC0415  (only where a paper is written, as the others)
    from docxtpl import DocxTemplate  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    name = template or TEMPLATE.name
    try:
        document: Any = DocxTemplate(template or TEMPLATE)
        document.init_docx()
    except Exception as error:  # python-docx raises whatever its zip and XML readers do
        raise TemplateError(f"{template} is no Word document that can be filled in: {error}") from error
    views = {name: view for part in paper.every_part for name, view in _views(part).items()}
    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)
    told = _told(paper, document)
    try:
        if not document.get_undeclared_template_variables(environment):
            raise TemplateError(f"{name} has no field, so nothing of the report would be in it: type {{{{ title }}}}")
        document.render(told, environment, autoescape=True)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(f"{name} has a field or a loop that is not whole: {error.message}") from error
    except jinja2.TemplateError as error:
        raise TemplateError(f"{name} asks for {_asked(str(error), told)}") from error
    set_tables(document.docx, views)
    made = io.BytesIO()
    document.save(made)
    return fixed(made.getvalue())


def _asked(why: str, told: dict[str, Any]) -> str:
    """What a template asked for that there is not, and the name that was likely meant. why: as Jinja says it."""
    found = re.search(r"attribute '(\w+)'$|^'(\w+)' is undefined$", why)
    if found is None:
        return f"something there is not: {why}"
    name = found[1] or found[2]
    near = difflib.get_close_matches(name, sorted(_names(told)), 1)
    return f"{name!r}, which there is not{f'; did you mean {near[0]}?' if near else ''}"


def _names(told: Any) -> set[str]:
    """Every name that a template can ask for, however deep."""
    if isinstance(told, dict):
        held = cast("dict[str, Any]", told)
        return set(held) | {name for each in held.values() for name in _names(each)}
    return {name for each in cast("list[Any]", told) for name in _names(each)} if isinstance(told, list) else set()


def _views(part: Part) -> dict[str, TableView]:
    """A part's tables by the names that they have in the document: one may stand in the paper and in an appendix."""
    views = [table_view(each, is_aside=each.id in part.asides) for each in part.tables]
    return {f"{part.id}.{view.id}": view for view in views}


def _told(paper: Paper, document: Any) -> dict[str, Any]:
    """What a template can ask for: the whole paper in order, and each part by its own name."""
    parts = [_part(part, str(place), document) for place, part in enumerate(paper.parts, 1)]
    appendices = [_part(part, appendix_name(place), document) for place, part in enumerate(paper.appendices)]
    turned = [any(map(is_wide, _views(part).values())) for part in paper.appendices]
    for each, before, wide in zip(appendices, [None, *turned], turned, strict=False):
        each |= {"ends_upright": not before and before is not wide, "ends_wide": bool(before) and not wide}
    return {
        "body": visible(paper.body),
        "title": visible(paper.title),
        "state": visible(paper.state),
        "made_by": paper.made_by,
        "parts": parts,
        "appendices": appendices,
        "part": {each["id"]: each for each in (*parts, *appendices)},
        "rests_on": appendix_name(len(appendices)),
        "ends_wide": bool(turned) and turned[-1],
        "notes": [visible(note) for note in paper.notes],
        "inputs": [{"name": visible(each.name), "sha256": each.sha256} for each in paper.inputs],
    }


def _part(part: Part, number: str, document: Any) -> dict[str, Any]:
    dotted = f"{number}." if number.isdigit() else ""
    points = [visible(each) for each in part.points]
    return {
        "id": part.id,
        "number": number,
        "title": visible(part.title),
        "paragraphs": [
            {"number": f"{dotted}{place}" if dotted else "", "text": visible(message.text)}
            for place, message in enumerate(part.paragraphs, 1)
        ],
        "called_out": [visible(each) for each in part.called_out],
        "points": points,
        "lettered": [f"{_letter(place)})\t{point}" for place, point in enumerate(points)],
        "charts": [_chart(chart, document) for chart in part.charts],
        "tables": [_table(name, view) for name, view in _views(part).items()],
    }


def _letter(place: int) -> str:
    """``a`` to ``z``, then ``aa``, ``ab`` and on."""
    more, last = divmod(place, 26)
    return (_letter(more - 1) if more else "") + chr(ord("a") + last)


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
        from docx.shared import Mm, Twips  # noqa: PLC0415  (only where a paper is written)

        width = min(Mm(WIDEST_MM), Twips(least_width(self.document.docx)))
        part = self.document.current_rendering_part
        inline = part.new_pic_inline(io.BytesIO(self.data), width, None)
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
                    cell_words(cell, has_reading=column.has_reading)
                    for cell, column in zip(row.cells, view.columns, strict=True)
                ],
            }
            for row in view.rows
        ],
        "about": " ".join([about(view), *view.notes, *sources]),
    }


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
