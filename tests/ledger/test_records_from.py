"""A record that a seal made plain comes back as it was, whatever sheet it is of."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from breakeven.findings import Cell
from breakeven.ledger.assumptions import Assumption
from breakeven.ledger.closes import plain_rows, records_from
from breakeven.ledger.record import Kind, Reads, Record
from breakeven.ledger.scenarios import Overlay
from breakeven.ledger.year import Ledgers
from breakeven.periods import Year
from breakeven.pipeline.year_end import load
from breakeven.workbook.layout import RECORDS
from commands import EXAMPLE
from made import HERE, assumed, overlay

TABLES = [field.name for field in fields(Ledgers)]
MANY_RULES = {"uncertainty", "assumptions", "scenarios", "correlations"}
"""Tables whose fields must fit each other, so that a row made by chance is seldom one."""


@cache
def example() -> Ledgers:
    return load(EXAMPLE).ledgers


def told(record: Record) -> dict[str, Any]:
    """All that a record says, wherever it stands."""
    return {name: value for name, value in record if name not in {"at", "cells"}}


def there_and_back(records: tuple[Record, ...], kind: type[Record]) -> tuple[Record, ...]:
    return records_from(json.loads(json.dumps(plain_rows(records))), kind, "closes/P09.json")


@pytest.mark.parametrize("table", TABLES)
def test_every_sheet_of_the_example_comes_back_row_by_row(table: str) -> None:
    records: tuple[Record, ...] = getattr(example(), table)
    assert [told(each) for each in there_and_back(records, RECORDS[table])] == [told(each) for each in records]


def value_of(kind: type[Record], name: str) -> st.SearchStrategy[Any]:
    """What the cells of a field may be read as."""
    field = kind.model_fields[name]
    reads = next(mark for mark in field.metadata if isinstance(mark, Reads))
    words = [word for each in (field.annotation, *get_args(field.annotation)) for word in get_args(each)]
    values: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.AMOUNT: st.decimals(-(10**9), 10**9, places=2),
        Kind.NUMBER: st.decimals(0, 100, places=4),
        Kind.COUNT: st.integers(1, 60),
        Kind.DATE: st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        Kind.YEAR: st.integers(2000, 2099).map(Year),
        Kind.PERIOD: st.integers(1, 12),
        Kind.YES_NO: st.booleans(),
        Kind.TEXT: st.sampled_from([w for w in words if isinstance(w, str)] or ["S1010", "a, b", "£5 – “now”"]),
    }
    return st.none() | values[reads.kind] if reads.optional and reads.kind is not Kind.TEXT else values[reads.kind]


@pytest.mark.parametrize("table", [table for table in TABLES if table not in MANY_RULES])
@given(data=st.data())
def test_any_record_comes_back_as_it_was(table: str, data: st.DataObject) -> None:
    kind = RECORDS[table]
    names = [name for name in kind.model_fields if name not in {"at", "cells"}]
    said = {name: data.draw(value_of(kind, name), name) for name in names}
    try:
        record = kind.model_validate({"at": HERE} | said)
    except ValidationError:  # such as an amount below nil where it cannot be
        return
    assert [told(each) for each in there_and_back((record,), type(record))] == [told(record)]


@pytest.mark.parametrize(
    "record",
    [
        overlay("residential number +5", "2025-26 P07", until="2026-27").model_copy(
            update={"set_on": date(2024, 5, 1)}
        ),
        overlay("pay inflation 4%"),
        assumed("residential", "6174.50", "price").model_copy(update={"owner": "Head of Placements"}),
    ],
)
def test_a_change_and_an_assumption_keep_their_dates_and_who_says_so(record: Record) -> None:
    (found,) = there_and_back((record,), type(record))
    assert told(found) == told(record)


def test_a_record_stands_where_it_then_stood_as_its_seal_says() -> None:
    (found,) = there_and_back((assumed("pay", "3.50", "inflation"),), Assumption)
    assert (found.at, found.cells) == (Cell("closes/P09.json", "", "'[made.xlsx]Made'!A1"), {})
    assert told(found)["value"] == Decimal("3.50")


def test_a_sheet_without_rows_has_no_records_and_what_is_no_field_any_more_is_passed_over() -> None:
    assert records_from([], Overlay, "closes/P09.json") == ()
    heads, row = plain_rows([overlay("pay inflation 4%")])
    (found,) = records_from([[*heads, "mood"], [*row, "gloomy"]], Overlay, "closes/P09.json")
    assert told(found) == told(overlay("pay inflation 4%"))
