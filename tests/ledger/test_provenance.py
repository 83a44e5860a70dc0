"""A figure and what it was worked out from: nothing missing becomes nil, and every source is met once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakeven.findings import Cell
from breakeven.ledger.provenance import Figure, Source, less, source_of, sum_figure, total
from made import HERE, placements, third_party, variation


def read(amount: str | None) -> Source:
    return Source("read", None if amount is None else Decimal(amount), Cell("a.xlsx", "S", "A1"))


def figure(amount: str | None, *parts: Figure | Source) -> Figure:
    return Figure("a/b/c", "A figure", None if amount is None else Decimal(amount), "as read", parts)


amounts = st.none() | st.decimals(-(10**9), 10**9, places=2)


@given(st.lists(amounts))
def test_a_sum_is_open_as_soon_as_one_part_is_missing(parts: list[Decimal | None]) -> None:
    found = total([Source("read", part, HERE) for part in parts])
    assert found == (None if None in parts else sum(part for part in parts if part is not None))


def test_a_sum_of_nothing_is_nil_to_the_penny() -> None:
    assert str(total([])) == "0.00"


@pytest.mark.parametrize(("a", "b", "difference"), [("5", "3", "2"), (None, "3", None), ("5", None, None)])
def test_a_difference_is_open_where_either_side_is_missing(
    a: str | None, b: str | None, difference: str | None
) -> None:
    assert less(figure(a), figure(b)) == (None if difference is None else Decimal(difference))


def test_a_sum_figure_keeps_its_parts() -> None:
    parts = [read("1.10"), figure("2")]
    found = sum_figure("a/b/c", "A", "the sum", parts)
    assert (found.amount, found.parts, found.rule) == (Decimal("3.10"), tuple(parts), "the sum")


def test_sources_are_met_in_order_and_once_each() -> None:
    first, second = read("1"), read("2")
    shared = figure("1", first)
    top = figure("5", shared, figure("4", second, shared), first)
    assert [id(source) for source in top.sources()] == [id(first), id(second)]


def test_a_record_is_the_source_in_its_own_cell() -> None:
    record = variation("CC1", "509_144").model_copy(update={"basis": "illustrative"})
    source = source_of(record, "amount", "CC1")
    assert (source.cells, source.amount, source.illustrative) == (HERE, Decimal(509_144), True)
    assert not source_of(variation("CC1", "1"), "amount", "CC1").illustrative


def test_each_number_of_a_record_is_a_source_in_its_own_cell() -> None:
    record = third_party("Health", "5", "4", "3").model_copy(update={"cells": {"agreed": "B2", "accrued": "D2"}})
    found = {field: source_of(record, field, field) for field in ("agreed", "received", "accrued")}
    assert {field: source.cells for field, source in found.items()} == {
        "agreed": replace(HERE, ref="B2"), "received": HERE, "accrued": replace(HERE, ref="D2"),
    }  # fmt: skip
    assert [source.amount for source in found.values()] == [5, 4, 3]


def test_a_cost_may_be_illustrative_beside_a_number_that_is_not() -> None:
    record = placements("Residential", "2024-03-31", "68", "6174").model_copy(
        update={"basis": "published", "weekly_cost_basis": "illustrative"}
    )
    assert not source_of(record, "number", "placements", "number").illustrative
    assert source_of(record, "weekly_cost", "weekly cost").illustrative
