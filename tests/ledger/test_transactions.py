"""The extract in bulk: whole pence by column, each coding's sum with the cells it was read from."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from breakeven.ledger.lines import Transaction
from breakeven.money import from_pence
from made import HERE, day, posted, pounds

codings = st.sampled_from(["S1 5010", "S1 5110", "P1 6010"])
lines = st.lists(st.tuples(codings, st.integers(-(10**9), 10**9)), max_size=20)


def test_a_coding_has_its_sum_and_its_cells() -> None:
    extract = posted("S1 5010 100.10", "P1 6010 7", "S1 5010 0.20")
    found = extract.by_coding[("S1", "5010")]
    assert (found.total, str(found.cells)) == (Decimal("100.30"), "'[expenditure.xlsx]Transactions'!H2,H4")
    assert (extract.total, len(extract)) == (Decimal("107.30"), 3)


def test_a_coding_is_illustrative_where_one_of_its_lines_is() -> None:
    extract = posted("S1 5010 1", "S1 5010 2 illustrative", "P1 6010 7")
    assert [found.illustrative for found in extract.by_coding.values()] == [True, False]


def test_the_last_period_is_that_of_the_latest_line_and_none_where_there_is_none() -> None:
    assert replace(posted("S1 5010 1", "S1 5010 2", "S1 5010 3"), period=[4, 9, 7]).last_period == 9
    assert posted().last_period is None


def test_an_empty_extract_comes_to_nil() -> None:
    assert (posted().total, posted().by_coding) == (Decimal(0), {})


@given(lines)
def test_the_codings_come_to_the_extract_to_the_penny(drawn: list[tuple[str, int]]) -> None:
    extract = posted(*(f"{coding} {from_pence(pence)}" for coding, pence in drawn))
    assert sum((found.total for found in extract.by_coding.values()), Decimal(0)) == extract.total
    assert sum(len(found.cells) for found in extract.by_coding.values()) == len(extract) == len(drawn)


def test_the_frame_holds_the_same_lines_in_whole_pence() -> None:
    frame = posted("S1 5010 100.10", "P1 6010 -7").frame
    assert str(frame["pence"].dtype) == "int64"
    assert frame["pence"].tolist() == [10010, -700]
    assert frame["row"].tolist() == [2, 3]
    assert frame["cost_centre"].tolist() == ["S1", "P1"]
    assert list(frame.columns) == [
        "row", "date", "period", "cost_centre", "account", "description", "supplier", "reference", "pence", "basis",
    ]  # fmt: skip


def test_a_single_line_is_a_record_of_the_same_columns() -> None:
    one = Transaction(
        at=HERE, date=day("2023-04-30"), period=1, cost_centre="S1", account="5010", amount=pounds("100.10")
    )
    columns = set(posted().frame.columns) - {"row", "pence"} | {"amount"}
    assert set(one.model_dump()) - {"at", "cells"} == columns
