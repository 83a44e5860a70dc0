"""A line's overspend, less what the contributions that follow it bring in beyond their budget."""

from decimal import Decimal

from breakeven.ledger.record import Record
from breakeven.monitoring.outturn import outturn
from breakeven.monitoring.pressures import net_pressures
from made import budget, contract_year, posted, third_party


def net(*records: Record, spent: str = "P1 6010 150") -> Decimal | None:
    """The net pressure on Residential, which Health contributes to."""
    year = contract_year(*records, extract=posted(spent))
    (figure,) = net_pressures(year, outturn(year))
    assert figure.id == "pressure/residential/net"
    return figure.amount


def test_a_contribution_beyond_its_budget_meets_part_of_the_overspend() -> None:
    assert net(budget("P1 6010", "100"), third_party("Health", "20", "32")) == 50 - 12


def test_a_contribution_that_falls_short_adds_to_the_pressure() -> None:
    assert net(budget("P1 6010", "100"), third_party("Health", "20", "15")) == 50 + 5


def test_every_row_of_the_contributor_counts() -> None:
    assert net(budget("P1 6010", "100"), third_party("Health", "20", "30"), third_party("health", "5", "6")) == 50 - 11


def test_other_income_does_not_count() -> None:
    assert net(budget("P1 6010", "100"), third_party("Health", "20"), third_party("Home Office", "0", "50")) == 50


def test_a_pressure_is_open_where_its_contribution_is_missing() -> None:
    assert net(budget("P1 6010", "100")) is None


def test_a_pressure_is_open_where_nothing_was_budgeted() -> None:
    assert net(third_party("Health", "20")) is None
