"""The committee paper as an accessible PDF (PDF/UA-1), set by Typst in the fonts that come with it."""

import json
from importlib.resources import files
from typing import Any

from breakeven.findings import visible
from breakeven.report.paper.paper import Paper, Part, about
from breakeven.report.paper.pictures import svg_of
from breakeven.report.paper.typeset import typeset
from breakeven.report.table_view import READINGS, TableView, table_view


def pdf_of(paper: Paper) -> bytes:
    """The paper. Words reach Typst as data, never as its markup; the same paper gives the same bytes."""
    pictures: dict[str, bytes] = {}
    told = {
        "body": visible(paper.body),
        "title": visible(paper.title),
        "state": visible(paper.state),
        "parts": [_part(part, pictures) for part in paper.parts],
        "appendices": [_part(part, pictures) for part in paper.appendices],
        "notes": [visible(note) for note in paper.notes],
        "inputs": [{"name": visible(each.name), "sha256": each.sha256} for each in paper.inputs],
        "made_by": paper.made_by,
        "readings": READINGS,
    }
    template = files("breakeven.report.paper").joinpath("paper.typ").read_bytes()
    sources = {"main.typ": template, "paper.json": json.dumps(told).encode(), **pictures}
    return typeset(sources, "pdf", pdf_standards="ua-1")


def _part(part: Part, pictures: dict[str, bytes]) -> dict[str, Any]:
    charts: list[dict[str, str]] = []
    for chart in part.charts:
        name = f"chart-{len(pictures)}.svg"
        pictures[name] = svg_of(chart)
        charts.append(
            {
                "file": name,
                "title": visible(chart.data.title),
                "description": visible(f"{chart.description} {chart.legend}".strip()),
                "legend": visible(chart.legend),
            }
        )
    return {
        "title": visible(part.title),
        "paragraphs": [visible(message.text) for message in part.paragraphs],
        "called_out": [visible(each) for each in part.called_out],
        "points": [visible(each) for each in part.points],
        "charts": charts,
        "tables": [_table(table_view(each, is_aside=each.id in part.asides)) for each in part.tables],
    }


def _table(view: TableView) -> dict[str, Any]:
    return {
        "title": view.title,
        "about": about(view),
        "label": view.label,
        "columns": [
            {"label": c.label, "words": c.is_words, "after": c.after, "reading": c.has_reading, "broken": c.broken}
            for c in view.columns
        ],
        "rows": [
            {
                "label": row.label,
                "level": row.level,
                "kind": row.kind,
                "cells": [{"text": c.text, "after": c.after, "reading": c.reading} for c in row.cells],
            }
            for row in view.rows
        ],
        "notes": list(view.notes),
        "sources": list(view.sources),
        "small": view.is_aside,
    }
