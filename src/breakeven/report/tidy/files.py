"""The data files of a pack: CSV and Parquet, one value a row, and the whole pack as JSON."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from typing import Any

from breakeven.report import data
from breakeven.report.pack import Pack
from breakeven.report.section import Chart, Section
from breakeven.report.tidy.links import Link, links
from breakeven.report.tidy.rows import PLACES, TidyRow, tidy_rows

Tables = Mapping[str, tuple[type[Any], Sequence[Any]]]
"""The tables of a pack by the end of their files' names: the form of their rows, and these."""


def tables(pack: Pack) -> Tables:
    """The values of the pack, and where they come from."""
    return {"": (TidyRow, tuple(tidy_rows(pack))), "-provenance": (Link, links(pack))}


def csv_files(pack: Pack) -> dict[str, bytes]:
    """Both tables as CSV in UTF-8: amounts as they are, without rounding; an apostrophe before text like a formula."""
    return {f"{pack.name}{end}.csv": _csv(form, rows) for end, (form, rows) in tables(pack).items()}


def _csv(form: type[Any], rows: Iterable[Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [field.name for field in fields(form)]
    writer.writerow(names)
    for row in rows:
        writer.writerow([_text(getattr(row, name)) for name in names])
    return out.getvalue().encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return data.text_cell(str(value)) if isinstance(value, str) else str(value)


def parquet_files(pack: Pack) -> dict[str, bytes]:
    """Both tables as Parquet: amounts as decimals of 12 places, never as floats."""
    return {f"{pack.name}{end}.parquet": _parquet(form, rows) for end, (form, rows) in tables(pack).items()}


def _parquet(form: type[Any], rows: Sequence[Any]) -> bytes:
    pa: Any = import_module("pyarrow")  # where this is asked for; it has no types
    types: dict[Any, Any] = {
        bool: pa.bool_(), int: pa.int32(), str: pa.string(), Decimal | None: pa.decimal128(38, PLACES)
    }  # fmt: skip
    columns = {
        field.name: pa.array([_typed(getattr(row, field.name)) for row in rows], type=types[field.type])
        for field in fields(form)
    }
    out = io.BytesIO()
    import_module("pyarrow.parquet").write_table(pa.table(columns), out)
    return out.getvalue()


def _typed(value: object) -> object:
    """An amount in the places that the file has; parts of a share beyond them are rounded, halves away from nil."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-PLACES), rounding=ROUND_HALF_UP)
    return value


def json_files(pack: Pack) -> dict[str, bytes]:
    """The whole pack: key messages, every section with its sentences, charts and statements, provenance and inputs."""
    told = {
        "name": pack.name,
        "body": pack.body,
        "title": pack.title,
        "state": pack.state,
        "unit": "GBP",
        "messages": [{"text": message.text, "figures": list(message.figures)} for message in pack.messages],
        "headlines": data.statement_data(pack.headlines),
        "sections": [_section(section) for section in pack.sections],
        "left_out": [{"title": each.title, "why": each.why} for each in pack.left_out],
        "notes": list(pack.notes),
        "provenance": _provenance(links(pack)),
        "inputs": [{"file": each.name, "sha256": each.sha256} for each in pack.inputs],
        "made_by": pack.made_by,
    }
    return {f"{pack.name}.json": f"{data.json_text(told)}\n".encode()}


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        "lead": list(section.lead),
        "called_out": list(section.called_out),
        "points": list(section.points),
        "charts": [_chart(chart) for chart in section.charts],
        "statements": [{"id": each.id} | data.statement_data(each) for each in section.statements],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "id": chart.data.id,
        "kind": chart.kind.value,
        "description": chart.description,
        "data": data.statement_data(chart.data),
    }


def _provenance(found: Iterable[Link]) -> dict[str, Any]:
    """Each figure with its rule and its parts, by its id."""
    told: dict[str, Any] = {}
    for link in found:
        figure = told.setdefault(link.figure, {"label": link.label, "rule": link.rule, "parts": []})
        if link.part or link.part_label:
            part = {"figure": link.part} if link.part else {"label": link.part_label, "cells": link.cells}
            amount = data.decimal_string(link.amount, money=link.unit == "GBP")
            figure["parts"].append(part | {"amount": amount, "unit": link.unit, "illustrative": link.illustrative})
    return told
