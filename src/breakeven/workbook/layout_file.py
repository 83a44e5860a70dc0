"""A layout file: how to read the tables of a workbook that is no part of a ledger folder.

    [[table]]
    sheet = "Ledger"
    principal = "amount"
    [table.columns]
    date = "Date"
    cost_centre = "Cost centre"
    amount = { heading = "Net", kind = "amount" }

A table named as one of ours (``transactions``) has that table's columns; any other has the columns it lists.
"""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from breakeven.findings import Cell, Finding
from breakeven.ledger.record import Kind
from breakeven.workbook.layout import ColumnLayout, TableLayout, default_layout
from breakeven.workbook.row_rules import RowRule
from breakeven.workbook.settings import ColumnSettings, TableSettings, setting_findings

WELL_KNOWN: dict[str, tuple[Kind, bool]] = {
    name: (column.kind, column.optional) for name, column in default_layout()["transactions"].columns.items()
}
"""How a column is read whose name is that of one of an extract's, where the file does not say."""


class FreeTable(TableSettings):
    """One table of a layout file."""

    name: str = "table"
    principal: str = "amount"
    sheets: list[str] = Field(default_factory=list[str])

    def layout(self) -> TableLayout:
        """The layout it describes."""
        columns = {field: _column(field, said) for field, said in self.columns.items()}
        base = TableLayout(
            self.name, self.workbook or "", self.sheet or "", self.principal, columns, sheets=tuple(self.sheets)
        )
        return TableSettings.model_validate(
            self.model_dump(include=set(TableSettings.model_fields), exclude={"columns"})
        ).applied_to(base)

    def wrong_rules(self) -> Iterator[str]:
        """What is wrong with its rules of adding up."""
        for text in self.adds_up or ():
            try:
                unknown = [field for field in RowRule.parse(text).fields if field not in self.columns]
            except ValueError as error:
                yield str(error)
                continue
            yield from (f"adds_up: {field!r} is not among the columns" for field in unknown)
        yield from (
            f"subtotals_by: {f!r} is not among the columns" for f in self.subtotals_by or () if f not in self.columns
        )


def _column(field: str, said: ColumnSettings) -> ColumnLayout:
    kind, optional = WELL_KNOWN.get(field, (Kind.AMOUNT, True))
    if said.kind is not None and said.kind != kind:
        kind, optional = said.kind, False
    optional = optional if said.optional is None else said.optional
    return ColumnLayout(field, said.headings, kind, optional=optional, letter=said.letter or "")


def read_layout_file(path: Path) -> list[TableLayout] | list[Finding]:
    """The tables that a layout file describes; findings where it cannot be used."""
    at = Cell(path.name)
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        return [Finding("setting-invalid", f"cannot be read: {error.strerror}", at)]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [Finding("setting-invalid", f"is not TOML that can be read: {error}", at)]
    tables: list[TableLayout] = []
    findings = [
        Finding("key-unknown", f"{key!r} is not a setting; known is [[table]]", at) for key in data if key != "table"
    ]
    for said in data.get("table", []):
        try:
            table = FreeTable.model_validate(said)
        except ValidationError as error:
            findings += setting_findings(error, said, path.name, FreeTable)
            continue
        if wrong := list(table.wrong_rules()):
            findings += [Finding("setting-invalid", each, at) for each in wrong]
        elif table.principal not in table.columns:
            findings.append(Finding("setting-invalid", f"principal {table.principal!r} is not among the columns", at))
        else:
            tables.append(table.layout())
    if not tables and not findings:
        findings.append(Finding("setting-invalid", "describes no [[table]]", at))
    return findings or tables
