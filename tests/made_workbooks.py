"""Workbooks of made plans, and what of their formulas is not what the plan says."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import ContractYear
from breakeven.pipeline.year_end import YearEnd, load, work_out
from breakeven.plan.model import View
from breakeven.report.excel.calculation import Calculation
from breakeven.report.excel.cells import Entry, Input, Key, Pages, Value, letter
from breakeven.report.excel.pages import pages_of
from breakeven.report.excel.write import workbook_bytes
from commands import EXAMPLE

Place = tuple[str, int, int]


@lru_cache(maxsize=1)
def example() -> YearEnd:
    """The example, worked out."""
    return work_out(load(EXAMPLE))


@lru_cache(maxsize=1)
def example_pages() -> Pages:
    return pages_of(example())


@lru_cache(maxsize=1)
def example_bytes() -> bytes:
    return workbook_bytes(example())


def under(year: ContractYear, overlays: Sequence[Overlay] = (), view: View = "planned") -> YearEnd:
    """A year as a scenario of its own has it: the scenario that a workbook of it then picks."""
    named = tuple(each.model_copy(update={"scenario": "worst"}) for each in overlays)
    return work_out(replace(year, ledgers=replace(year.ledgers, scenarios=named)), view, overlays=named)


def wrong(end: YearEnd) -> list[str]:
    """Cells of a plan's workbook whose formulas, in exact decimals, do not come to what the plan says."""
    pages = pages_of(end)
    values = Calculation(pages).all()
    return [
        f"{place}: {values[place]} and not {entry.figure}: {entry.formula}"
        for place, entry in cells_of(pages)
        if entry.figure is not None and not agree(values[place], entry.figure)
    ]


def cells_of(pages: Pages) -> Iterator[tuple[Place, Entry]]:
    for sheet in pages.sheets:
        for (row, column), entry in sheet.cells.items():
            yield (sheet.name, row, column), entry


def agree(one: Any, other: Value, within: str = "1e-15") -> bool:
    """Whether two values are one: texts alike, and numbers to so many parts of the larger."""
    if isinstance(one, bool | str) or one is None or not isinstance(other, Decimal):
        return (one or None) == (other or None)
    number = Decimal(str(one))
    return abs(number - other) <= Decimal(within) * max(1, abs(number), abs(other))


def place_of(key: Key, pages: Pages | None = None) -> tuple[str, str]:
    """The sheet and the cell of an input, such as ``("Choices", "B6")``."""
    for sheet, (row, column), _, entered in (pages or example_pages()).inputs():
        if entered.key == key:
            return sheet.name, f"{letter(column)}{row}"
    raise KeyError(key)


# By chance ---------------------------------------------------------------------------------------------------

_SPREAD = {"%": 15, "number": 80, "£": 400_000, "£ a week": 9_000, "£ a year": 90_000, "£ a head": 900, "months": 12}


def some_changes(chance: random.Random, pages: Pages) -> dict[Key, Value]:
    """From one to four inputs typed otherwise, each with what it takes; blank now and then where it may be."""
    inputs = [(entry, entered) for _, _, entry, entered in pages.inputs()]
    often = [each for each in inputs if each[1].key[0] in {"choice", "scenario", "saving"}]
    picked = [chance.choice(chance.choice([inputs, often])) for _ in range(chance.randint(1, 4))]
    return {entered.key: _typed(chance, entry, entered, pages) for entry, entered in picked}


def _typed(chance: random.Random, entry: Entry, entered: Input, pages: Pages) -> Value:
    allowed = entered.allowed
    if allowed.blank and chance.random() < 0.2:
        return None
    if allowed.kind == "list":
        return chance.choice(_listed(entered, pages))
    if allowed.kind == "day":
        return Decimal(chance.randint(int(allowed.least) + 365, int(allowed.most)))
    if entered.unit == "times":
        return Decimal(chance.randint(80, 130)) / 100
    spread = _SPREAD.get(entered.unit, 12)
    centre = int(entry.value) if isinstance(entry.value, Decimal) else 0
    least, most = max(int(allowed.least), centre - spread), min(int(allowed.most), centre + spread)
    whole = Decimal(chance.randint(least, most))
    if allowed.kind == "whole":
        return whole
    return min(whole + Decimal(chance.choice([0, 0, 50, 25, 5, 12])) / 100, allowed.most)


def _listed(entered: Input, pages: Pages) -> list[str]:
    listed = entered.allowed.listed
    if not isinstance(listed, str):
        return list(listed)
    name = listed.removeprefix("=").partition("!")[0]
    cells = pages.sheet(name).cells
    return [str(entry.value) for (row, column), entry in sorted(cells.items()) if column == 1 and row >= 6]
