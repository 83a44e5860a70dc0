"""How many placements there were each month, and how the price of one has moved."""

from decimal import Decimal

import pytest

from breakeven.drivers.placements import placement_figures
from breakeven.ledger.placements import PlacementMonth
from made import placements


def figures(*records: PlacementMonth) -> dict[str, Decimal | None]:
    return {figure.id: figure.amount for figure in placement_figures(records)}


def test_residential_prices_rose_by_the_published_17_6_per_cent() -> None:
    found = figures(
        placements("Residential", "2023-03-31", "49", "5250"), placements("Residential", "2024-03-31", "68", "6174")
    )
    assert found == {
        "demand/residential/2023-03": Decimal(49),
        "demand/residential/2024-03": Decimal(68),
        "demand/residential/price_growth": Decimal("17.6"),
    }


def test_growth_is_from_the_first_month_to_the_last_in_whatever_order_they_stand() -> None:
    months = [placements("A", f"2023-0{month}-28", "1", str(100 + month)) for month in (6, 4, 5)]
    assert figures(*months)["demand/a/price_growth"] == Decimal("1.9")


def test_each_type_has_its_own_growth() -> None:
    found = figures(
        placements("A", "2023-04-30", "1", "100"), placements("B", "2023-04-30", "2", "100"),
        placements("A", "2023-05-31", "1", "110"), placements("B", "2023-05-31", "2", "90"),
    )  # fmt: skip
    assert (found["demand/a/price_growth"], found["demand/b/price_growth"]) == (Decimal("10.0"), Decimal("-10.0"))


@pytest.mark.parametrize(("first", "last"), [(None, "100"), ("100", None), ("0", "100")])
def test_growth_is_open_where_a_cost_is_missing_or_starts_at_nil(first: str | None, last: str | None) -> None:
    found = figures(placements("A", "2023-04-30", "1", first), placements("A", "2024-03-31", "1", last))
    assert found["demand/a/price_growth"] is None


def test_one_month_is_no_growth() -> None:
    assert figures(placements("A", "2023-04-30", "1", "100"))["demand/a/price_growth"] is None


def test_a_price_that_fell_to_nil_fell_by_all_of_it() -> None:
    found = figures(placements("A", "2023-04-30", "1", "100"), placements("A", "2024-03-31", "1", "0"))
    assert found["demand/a/price_growth"] == Decimal("-100.0")


def test_growth_names_both_months_and_their_cells() -> None:
    *_, growth = placement_figures([placements("A", "2023-04-30", "1", "1"), placements("A", "2024-03-31", "1", "2")])
    assert growth.label == "A: growth in weekly cost, April 2023 to March 2024"
    assert [source.label for source in growth.sources()] == ["weekly cost, April 2023", "weekly cost, March 2024"]


def test_no_placements_give_no_figures() -> None:
    assert figures() == {}
