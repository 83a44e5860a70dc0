"""A data package descriptor: what each file of a report is, its bytes and its fields, in the form of Frictionless."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from hashlib import sha256
from typing import Any

from breakeven.report import data
from breakeven.report.pack import Pack
from breakeven.report.tidy.links import Link
from breakeven.report.tidy.rows import TidyRow

MEDIA = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_TYPES: Mapping[Any, str] = {bool: "boolean", int: "integer", str: "string", Decimal | None: "number"}

_MEANINGS = {
    "value": "Exact, signed as in the ledgers: income and expenditure are positive, a deficit is negative.",
    "unit": "GBP, %, number, or words.",
    "flow": "income, expenditure or net: a page puts expenditure in brackets.",
    "missing": "Nobody has recorded it; it is not nil.",
    "reading": "A adverse, F favourable.",
    "illustrative": "Made up to show detail that was not published.",
    "figure": "The id that breakeven trace follows.",
    "part": "The figure that is a part of it; blank where the part is cells.",
    "cells": "The cells that it was read from, as Excel writes them.",
    "amount": "The part's own amount, signed as in the ledgers; blank where it is open or confidential.",
}


def descriptor_files(pack: Pack, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """``NAME.datapackage.json``: one resource a file. files: those of the report, by name."""
    told = {
        "name": pack.name,
        "title": f"{pack.title}, {pack.body}",
        "description": f"State of the figures: {pack.state}. Unit: pounds, unless a row says otherwise.",
        "profile": "data-package",
        "sources": [{"title": each.name, "path": each.name, "hash": f"sha256:{each.sha256}"} for each in pack.inputs],
        "contributors": [{"title": pack.made_by, "role": "author"}],
        "resources": [_resource(name, content) for name, content in files.items()],
    }
    return {f"{pack.name}.datapackage.json": f"{data.json_text(told)}\n".encode()}


def _resource(name: str, content: bytes) -> dict[str, Any]:
    ending = name.rsplit(".", 1)[-1]
    resource: dict[str, Any] = {
        "name": name.lower().replace(".", "-"),
        "path": name,
        "format": ending,
        "mediatype": MEDIA[ending],
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    if ending not in {"csv", "parquet"}:
        return resource
    form = Link if name.removesuffix(f".{ending}").endswith("-provenance") else TidyRow
    return resource | {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(form)}


def _schema(form: type[Any]) -> dict[str, Any]:
    told = [
        {"name": field.name, "type": _TYPES[field.type]}
        | ({"description": _MEANINGS[field.name]} if field.name in _MEANINGS else {})
        for field in fields(form)
    ]
    return {"fields": told, "missingValues": [""]}
