"""A plan that starts from a year's average says where the year's end was another."""

import pytest

from breakeven.ledger.record import Record
from breakeven.monitoring.outturn import outturn
from breakeven.plan.basis import basis
from breakeven.plan.run_rate import RunRate, run_rates
from made import ALL_STEADY, BASE, assumed, contract_sum, contract_year, placements, posted


def told(*records: Record) -> list[RunRate]:
    year = contract_year(contract_sum("500"), *records, *ALL_STEADY, extract=posted("P1 6010 365000", "P2 6110 1000"))
    return list(run_rates(basis(year, outturn(year), [BASE.later(1)])))


def test_as_many_all_year_as_at_its_end_cost_what_the_average_leaves_out() -> None:
    (found,) = told(
        placements("Residential", "2023-09-30", "10", "700"), placements("Residential", "2024-03-31", "14", "700")
    )
    assert (found.start.label, found.planned, found.latest) == ("Residential", 12, 14)
    assert found.cost == 73_000  # 2 × 700 × 365 ÷ 7


def test_fewer_than_the_plan_has_would_cost_less() -> None:
    found = told(
        placements("Residential", "2023-09-30", "14", "700"), placements("Residential", "2024-03-31", "10", "700")
    )
    assert [each.cost for each in found] == [-73_000]


def test_the_price_is_that_of_the_plans_first_year() -> None:
    dearer = assumed("residential", "10", "inflation")
    rows = [placements("Residential", f"2024-0{n}-28", number, "700") for n, number in ((2, "10"), (3, "14"))]
    assert [each.cost for each in told(dearer, *rows)] == [80_300]


@pytest.mark.parametrize(
    "rows",
    [
        (placements("Residential", "2024-02-29", "100", "700"), placements("Residential", "2024-03-31", "104", "700")),
        (placements("Residential", "2024-02-29", "2", "700"), placements("Residential", "2024-03-31", "3", "700")),
        (placements("Residential", "2024-02-29", "10"), placements("Residential", "2024-03-31", "14")),
    ],
    ids=["within a twentieth", "less than one", "no price"],
)
def test_little_is_not_told_nor_what_nobody_has_priced(rows: tuple[Record, ...]) -> None:
    assert told(*rows) == []


def test_a_sum_stated_for_the_line_says_enough() -> None:
    rows = [placements("Residential", f"2024-0{n}-28", number, "700") for n, number in ((2, "10"), (3, "14"))]
    assert told(assumed("residential", "400000", "sum"), *rows) == []
