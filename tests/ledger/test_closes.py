"""What a seal keeps of a record, and of a part of the page."""

from datetime import date
from decimal import Decimal

from breakeven.ledger.closes import Close, SealedFigure, SealedLeaf, plain_rows
from made import budget, virement


def leaf(**amounts: str | None) -> SealedLeaf:
    figures = {
        column: SealedFigure(None if amount is None else Decimal(amount), illustrative=False, rule="as read")
        for column, amount in amounts.items()
    }
    return SealedLeaf(
        "residential.p1_6010", "P1 6010", "expenditure", "residential", "placements", "P1", "6010", "", figures
    )


def test_the_forecast_is_posted_accrued_and_the_rest_and_open_where_one_is() -> None:
    assert leaf(posted="10", accruals="2", rest="-3").forecast == 9
    assert leaf(posted="10", accruals=None, rest="-3").forecast is None


def test_what_each_part_was_forecast_to_come_to_is_found_by_its_code() -> None:
    leaves = (leaf(posted="10", accruals="2", rest="-3"),)
    closed = Close(9, date(2024, 1, 10), "A. Clerk", "seal", "", leaves, (), None, {})
    assert closed.forecasts == {("P1", "6010"): 9}


def test_a_part_is_known_by_its_code_whatever_line_it_is_on_and_income_by_its_row() -> None:
    assert leaf().key == ("P1", "6010")
    assert SealedLeaf("contract_sum", "Contract sum", "income", "contract_sum", "income", "", "", "", {}).key == (
        "", "contract_sum",
    )  # fmt: skip


def test_the_rows_of_a_sheet_are_its_fields_then_each_records_cell_and_values() -> None:
    fields, row = plain_rows([virement("V1", "P1 6010", "-25.50")])
    told = dict(zip(fields, row, strict=True))
    assert (told["at"], told["ref"], told["date"], told["amount"]) == (
        "'[made.xlsx]Made'!A1", "V1", "2023-09-01", "-25.50",
    )  # fmt: skip
    months = dict(zip(*plain_rows([budget("P1 6010", "1")]), strict=True))
    assert (months["p12"], months["original"]) == (None, "1")
    assert plain_rows([]) == []
