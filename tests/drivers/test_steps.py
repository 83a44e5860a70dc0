"""How many placements or posts a step is: of the establishment, the caseloads, or the children in care."""

from decimal import Decimal

import pytest

from breakeven.drivers.steps import UnmeasuredError, cost_of, measured
from breakeven.drivers.units import drivers
from breakeven.ledger.bridge import BridgeRow
from breakeven.ledger.record import Record
from made import contract_year, placements
from made_bridge import caseload, establishment, moves, post_costs
from made_counts import row

COUNTED = [placements("Residential", "2024-03-31", "10"), placements("Fostering", "2024-03-31", "30")]
IN_CARE = [
    *row("Children in care", "Mar 2023: 700, Mar 2024: 800"),
    *row("Children in care", "Mar 2023: 90, Mar 2024: 80", unit="per 10,000"),
]


def step(wanted: BridgeRow, *records: Record, beside: list[BridgeRow] | None = None) -> Decimal:
    year = contract_year(*records)
    return measured(wanted, beside or [wanted], year, drivers(year)).number


def test_a_step_is_its_own_number_unless_it_is_measured_by_something() -> None:
    assert step(moves("fostering number -1", step="10")) == -10
    assert step(moves("staffing inflation 0.5", step="2")) == 1


def test_a_point_of_the_establishment_is_a_hundredth_of_the_last_months() -> None:
    earlier = establishment("203", at="2023-04-30")
    wanted = moves("agency number 1", measure="establishment")
    assert step(wanted, establishment("187"), earlier) == Decimal("1.87")
    with pytest.raises(UnmeasuredError, match="the sheet Workforce gives no establishment"):
        step(wanted)


def test_a_case_fewer_needs_as_many_more_workers_as_the_same_children_do() -> None:
    wanted = moves("agency number 1", measure="caseload")
    assert step(wanted, caseload("90", "10"), caseload("60", "6", "Care")) == 1 + 2
    assert step(moves("agency number 1", step="5", measure="caseload"), caseload("90", "10")) == 9
    with pytest.raises(UnmeasuredError, match="no caseload"):
        step(wanted)
    with pytest.raises(UnmeasuredError, match="Localities has no 1 cases a worker to be rid of"):
        step(wanted, caseload("90", "1"))


def test_a_child_is_shared_over_the_lines_as_those_who_are_there_are() -> None:
    home, foster = (moves(f"{line} number 1", measure="mix", step="4") for line in ("residential", "fostering"))
    both = [home, foster]
    assert [step(each, *COUNTED, beside=both) for each in both] == [1, 3]
    assert step(home, *COUNTED) == 4
    with pytest.raises(UnmeasuredError, match="nobody has given how many placements Fostering has"):
        step(home, COUNTED[0], beside=both)
    with pytest.raises(UnmeasuredError, match="there are no placements"):
        step(home, placements("Residential", "2024-03-31", "0"))


def test_one_per_10_000_is_as_many_children_as_the_last_count_and_rate_say() -> None:
    home, foster = (moves(f"{line} number 1", measure="rate") for line in ("residential", "fostering"))
    found = [step(each, *COUNTED, *IN_CARE, beside=[home, foster]) for each in (home, foster)]
    assert found == [Decimal("2.5"), Decimal("7.5")]
    with pytest.raises(UnmeasuredError, match="no date with both a number of children in care and their rate"):
        step(home, *COUNTED, IN_CARE[0])


def test_the_sources_are_the_cells_that_the_number_came_from() -> None:
    year = contract_year(establishment("187"), moves("agency number 1", measure="establishment"))
    found = measured(year.ledgers.bridge[0], year.ledgers.bridge, year, {})
    assert [str(each.cells) for each in found.sources] == [
        "'[performance.xlsx]bridge'!A2", "'[demand.xlsx]posts'!A2",
    ]  # fmt: skip


def test_a_post_costs_its_pay_with_on_costs() -> None:
    assert cost_of("permanent", [post_costs("permanent", "50_000", "20")])[0] == 60_000
    with pytest.raises(UnmeasuredError, match="the sheet Post costs has no agency post"):
        cost_of("agency", [post_costs("permanent", "50_000", "20")])
